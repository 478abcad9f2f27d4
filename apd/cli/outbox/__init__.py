"""The outbox: the directory that messages are sent from, and the answers to them."""
