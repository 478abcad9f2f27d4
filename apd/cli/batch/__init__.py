"""Work on many documents: archives, several processes, progress, and work taken up again."""
