"""What an appointment is: the classes of the model, what they take and what they refuse."""
