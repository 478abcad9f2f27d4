"""What a defect is: what the document is given, and what is then changed in its XML."""

from collections.abc import Callable
from typing import NamedTuple

from apd.model.document import AppointmentDocument

IN_CDA = ("XSD-ELEMENT",)
"""What follows where CDA asks for the same, or allows no second one."""

START, END = "CONF-DK-APD:ad38", "CONF-DK-APD:7e5c"
"""What follows where only one of header and encounter tells the start, or the end."""

Change = Callable[[AppointmentDocument], AppointmentDocument]


class Defect(NamedTuple):
    """A way to make a document that breaks one rule.

    Args:
        rule: id of the rule.
        edits: small edits of the XML; see :mod:`apd.testing.defects.editing`.
        given: changes of the document before that: what the rule is about and the document may
            lack, or the defect itself where the model can say it.
        also: ids of the rules that are broken as well, always; where it is not obvious why,
            a comment says so.
    """

    rule: str
    edits: str = ""
    given: tuple[Change, ...] = ()
    also: tuple[str, ...] = ()
