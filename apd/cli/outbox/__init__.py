"""The directory that messages are sent from, what is written into it, and the answers."""
