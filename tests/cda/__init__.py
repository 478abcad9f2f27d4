"""How an appointment is written and read."""
