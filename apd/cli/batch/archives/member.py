"""What the readers of archives share."""

from collections.abc import Callable
from typing import NamedTuple

from apd.wording import Wording

BROKEN = Wording(
    "Arkivet er ødelagt eller ikke et arkiv; resten af det kan ikke læses.",
    "The archive is broken or none; the rest of it cannot be read.",
)
DAMAGED = Wording("Filen i arkivet er beskadiget.", "The file in the archive is damaged.")


class ArchiveError(Exception):
    """An archive, or a file in it, cannot be read; says why."""

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording.en)
        self.wording = wording


class Entry(NamedTuple):
    """A file in an archive.

    Args:
        path: where it is, within the archive.
        read: gives its bytes, not many more than a document may have, before the next entry is
            asked for.
    """

    path: str
    read: Callable[[], bytes]
