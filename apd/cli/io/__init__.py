"""The input and output of commands: files, standard input and standard output."""
