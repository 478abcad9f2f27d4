"""What is required of an appointment, and that it agrees with the reference validators."""
