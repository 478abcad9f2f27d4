"""The text output of the commands, on a terminal, in a file or a pipe."""
