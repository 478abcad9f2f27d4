"""The commands: one module each, imported when the command is called.

A new command is a module here with a :class:`click.Command` named ``command``, whose callback
returns the exit status, and a line in :data:`COMMANDS`.
"""

from apd.wording import Wording

COMMANDS: dict[str, Wording] = {
    "show": Wording(
        "Vis aftaledokumenter i ord, som JSON eller som en side.",
        "Show appointment documents in words, as JSON or as a page.",
    ),
    "overview": Wording(
        "Vis én patients aftaler som tekst, side eller kalender.",
        "Show one patient's appointments, as text, page or calendar.",
    ),
    "build": Wording("Dan et dokument af JSON.", "Make a document from JSON."),
    "roundtrip": Wording(
        "Læs og skriv dokumenter, og vis, hvad der ville blive anderledes.",
        "Read and write documents, and show what would differ.",
    ),
    "validate": Wording(
        "Vis, hvad der er galt med dokumenter, og hvordan det rettes.",
        "Report what is wrong with documents, and how to fix it.",
    ),
    "rules": Wording("Vis reglerne, eller forklar en.", "List the rules, or explain one."),
    "diff": Wording(
        "Vis, hvad der er ændret fra ét dokument til et andet.",
        "Show what has changed from one document to another.",
    ),
    "upgrade": Wording(
        "Opgradér et dokument fra en ældre version til DK-APD 2.0.1.",
        "Upgrade a document of an older release to DK-APD 2.0.1.",
    ),
    "anonymise": Wording(
        "Erstat alle personoplysninger med testdata.",
        "Replace all personal data with test data.",
    ),
    "generate": Wording(
        "Dan dokumenter med opdigtede patienter, uden fejl eller med én.",
        "Make documents of invented patients, without faults or with one.",
    ),
    "bench": Wording(
        "Bedøm en validator ud fra dokumenter, hvis fejl er kendt.",
        "Judge a validator by documents whose faults are known.",
    ),
    "series": Wording(
        "Vis forekomsterne af en repeterende aftale.",
        "List the occurrences of a repeating appointment.",
    ),
    "xds": Wording(
        "Dan et dokuments XDS-metadata og de beskeder, der publicerer det.",
        "Make the XDS metadata of a document, and the messages that publish it.",
    ),
    "plan": Wording(
        "Planlæg, hvad der skal publiceres, erstattes og fjernes fra visning, og skriv det.",
        "Plan what is to be published, replaced and deprecated, and write it.",
    ),
    "certify": Wording(
        "Kør den nationale integrationstest mod dit system, og udfyld testprotokollen.",
        "Run the national integration test against your system, and fill in its protocol.",
    ),
}
"""The name of each command, and its description for ``apd --help``."""
