"""Writing a document to standard output, or to a file that appears as a whole."""

from apd.cli import output
from apd.cli.report_file import report_file


def write_document(data: bytes, target: str | None) -> None:
    """Write a document.

    Args:
        data: XML in UTF-8.
        target: the file, or None for standard output.

    Raises:
        click.ClickException: the file cannot be written.
    """
    if target is None:
        output.write_bytes(data)
        return
    with report_file(target) as write:
        write(data.decode().removesuffix("\n"))
