"""What the commands read and write: files, standard input and output."""
