"""What Aftaleoversigten asks of an appointment, as far as one document can show it.

An error stands only where a source says SHALL and no reference lets it pass.
"""
