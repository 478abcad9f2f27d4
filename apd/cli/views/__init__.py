"""What the commands show on a terminal, in a file or a pipe."""
