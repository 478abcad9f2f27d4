"""The commands: one module each, loaded when it is called.

A new command is a module here with a :class:`click.Command` named ``command``, whose callback
returns the exit status, and a line in :data:`COMMANDS`.
"""

COMMANDS: dict[str, str] = {
    "show": "Show appointment documents in words, or as JSON.",
    "build": "Make a document of JSON.",
    "roundtrip": "Read and write documents, and tell what would differ.",
    "validate": "Say what is wrong with documents, and how to mend it.",
    "rules": "List the rules, or explain one.",
}
"""Name of each command, and what it does, for ``apd --help``."""
