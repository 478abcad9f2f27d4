"""The commands: one module each, loaded when it is called.

A new command is a module here with a :class:`click.Command` named ``command``, whose callback
returns the exit status, and a line in :data:`COMMANDS`.
"""

COMMANDS: dict[str, str] = {
    "show": "Show appointment documents in words, as JSON or as a page.",
    "overview": "Show one patient's appointments, as text, page or calendar.",
    "build": "Make a document of JSON.",
    "roundtrip": "Read and write documents, and tell what would differ.",
    "validate": "Say what is wrong with documents, and how to fix it.",
    "rules": "List the rules, or explain one.",
    "diff": "Tell what has changed from one document to another.",
    "upgrade": "Lift a document of an older release to DK-APD 2.0.1.",
    "anonymise": "Put test data in place of everything personal.",
    "generate": "Make documents of invented patients, without a flaw or with one.",
    "series": "List the occurrences of a repeating appointment.",
    "xds": "Make the XDS metadata of a document, and the messages that publish it.",
    "plan": "Tell what is to be published, replaced and deprecated, and write it.",
}
"""Name of each command, and what it does, for ``apd --help``."""
