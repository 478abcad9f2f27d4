"""Work on many documents: archives, several processes, progress, and resuming."""
