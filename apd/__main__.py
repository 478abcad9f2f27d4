"""``python -m apd``: the command line, as the command ``apd``."""

from apd.cli import main

if __name__ == "__main__":
    main()
