"""The rules that check a document against the requirements."""
