"""Running the requirements over a document."""
