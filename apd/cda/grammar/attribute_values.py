"""The values that an attribute may have: a list, or those of a lexical form, as a pattern."""

import re
from collections.abc import Callable, Iterable
from enum import Enum
from xml.sax.saxutils import escape

from attrs import evolve, frozen

from apd.cda.grammar.notation import IN_ATTRIBUTE, REFERENCE, UNPADDED
from apd.cda.lexical_forms import RECOGNISERS
from apd.standard import identifier_forms
from apd.standard.element import Lexical

_DAY = (
    "(?:(?:0[1-9]|1[0-2])(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])(?:29|30)|(?:0[13578]|1[02])31)"
)
_YEAR = "(?:19|[2-9][0-9])[0-9]{2}"
_LEAP_YEAR = "(?:(?:19|[2-9][0-9])(?:0[48]|[2468][048]|[13579][26])|[2468][048]00)"
_DATE = f"(?:{_YEAR}{_DAY}|{_LEAP_YEAR}0229)"
_CLOCK = "(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]"
_OFFSET = r"[+\-](?:0[0-9]|1[0-3])[0-5][0-9]"

_IN_URI = r"(?:[0-9A-Za-z+@._~\-/;,?=()!*'$]|&amp;|%[0-9A-Fa-f]{2})"


class Form(Enum):
    """A lexical form, by its pattern in canonical XML; around a value there is no blank.

    Around one that is plain, without references, there may be blanks.
    """

    PLAIN = f"{IN_ATTRIBUTE}*+"
    ANYTHING = f"(?:{UNPADDED})?"
    TEXT = UNPADDED
    CODE = rf'(?:[^\s"<&\x00-\x1f]++|{REFERENCE})+'
    TOKENS = r"[A-Za-z0-9._:\-]++(?: [A-Za-z0-9._:\-]++)*"
    OID = identifier_forms.OID
    UID = f"(?:{identifier_forms.UID})"
    UUID = identifier_forms.UUID
    NUMBER = "[0-9]{1,18}"
    FULL_TIME = f"{_DATE}{_CLOCK}{_OFFSET}"
    TIME = f"{_DATE}(?:{_CLOCK}{_OFFSET})?"
    URI = rf"[A-Za-z][A-Za-z0-9+.\-]*:(?://{_IN_URI}+|(?!//)(?:{_IN_URI}|:)+)(?:#{_IN_URI}*)?"
    INTEGER = "(?:0|[1-9][0-9]{0,8})"


_OF_LEXICAL = {
    Lexical.UUID: Form.UUID,
    Lexical.OID: Form.OID,
    Lexical.OID_OR_UUID: Form.UID,
    Lexical.ORGANIZATION_NUMBER: Form.NUMBER,
    Lexical.FULL_TIME: Form.FULL_TIME,
    Lexical.TIME: Form.TIME,
    Lexical.URI: Form.URI,
    Lexical.INTEGER: Form.INTEGER,
    Lexical.NOT_BLANK: Form.TEXT,
}
_OF_SIMPLE_TYPE = {
    "st": Form.TEXT,
    "cs": Form.CODE,
    "uid": Form.UID,
    "ts": Form.TIME,
    "url": Form.URI,
    "int": Form.INTEGER,
    "xs:string": Form.ANYTHING,
    "StrucDoc.Tokens": Form.TOKENS,
}
_NARROWER = {
    Form.CODE: (Form.TEXT,),
    Form.OID: (Form.UID, Form.CODE, Form.TEXT),
    Form.UID: (Form.CODE, Form.TEXT),
    Form.UUID: (Form.UID, Form.CODE, Form.TEXT),
    Form.NUMBER: (Form.CODE, Form.TEXT),
    Form.FULL_TIME: (Form.TIME, Form.CODE, Form.TEXT),
    Form.TIME: (Form.CODE, Form.TEXT),
    Form.URI: (Form.CODE, Form.TEXT),
    Form.INTEGER: (Form.CODE, Form.TEXT),
}
"""The forms that a form is a special case of."""


_RECOGNISERS: dict[Form, Callable[[str], object]] = {
    form: RECOGNISERS[lexical] for lexical, form in _OF_LEXICAL.items()
} | {Form.CODE: lambda value: len(value.split()) == 1, Form.ANYTHING: lambda _: True}


@frozen
class Values:
    """The values that an attribute may have.

    Args:
        listed: the values; None for any of the form.
        form: the form.
        but_for: values that it must not have.
        longest: how many characters it may have at most; None for any number.
    """

    listed: frozenset[str] | None = None
    form: Form = Form.ANYTHING
    but_for: frozenset[str] = frozenset()
    longest: int | None = None

    @classmethod
    def of(cls, values: Iterable[str]) -> "Values":
        """Those listed."""
        return cls(frozenset(values))

    @classmethod
    def of_lexical(cls, lexical: Lexical) -> "Values":
        """Those of a lexical form of the table of elements."""
        return cls(form=_OF_LEXICAL[lexical])

    @classmethod
    def of_simple_type(cls, name: str) -> "Values | None":
        """Those of a simple type of the schema; None for a type that is not described."""
        if name in ("bl", "bn"):
            return cls.of(("true", "false"))
        form = _OF_SIMPLE_TYPE.get(name)
        return None if form is None else cls(form=form)

    def without(self, value: str) -> "Values":
        """The same but for one."""
        if self.listed is not None:
            return evolve(self, listed=self.listed - {value})
        return evolve(self, but_for=self.but_for | {value})

    def __and__(self, other: "Values") -> "Values":
        """Those of both; none where it is not clear which."""
        if self.listed is None and other.listed is None:
            but_for = self.but_for | other.but_for
            longest = min((one.longest for one in (self, other) if one.longest), default=None)
            for one, two in ((self.form, other.form), (other.form, self.form)):
                if one is two or two is Form.ANYTHING or two in _NARROWER.get(one, ()):
                    return Values(None, one, but_for, longest)
            return Values(frozenset())
        if self.listed is None:
            return other & self
        kept = self.listed if other.listed is None else self.listed & other.listed
        return Values(frozenset(value for value in kept if other.may_be(value)))

    def may_be(self, value: str) -> bool:
        """Whether a value is one of them."""
        if self.listed is not None:
            return value in self.listed
        if self.longest is not None and len(value) > self.longest:
            return False
        recognises = _RECOGNISERS.get(self.form)
        return value not in self.but_for and recognises is not None and bool(recognises(value))

    @property
    def pattern(self) -> str:
        """The pattern of one in canonical XML."""
        if self.listed is not None:
            return _one_of(self.listed)
        other = f'(?!{_one_of(self.but_for)}")' if self.but_for else ""
        return f"{other}{self._short}{self.form.value}"

    @property
    def _short(self) -> str:
        """The pattern of what is not too long; a reference is one character."""
        if self.longest is None:
            return ""
        too_many = self.longest + 1
        return rf'(?!(?=[^"]{{{too_many}}})(?:[^"&]|{REFERENCE}){{{too_many}}})'


def _one_of(values: Iterable[str]) -> str:
    written = [re.escape(escape(one, {'"': "&quot;"})) for one in sorted(values)]
    return written[0] if len(written) == 1 else f"(?:{'|'.join(written)})"
