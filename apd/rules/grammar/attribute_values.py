"""What an attribute may hold: a list of values, or those of a lexical form.

libxml2 compiles the pattern of a value anew for each value that it looks at. So most forms are
left to Python, and the grammar says of them no more than that there is a value.
"""

from collections.abc import Callable, Iterable
from enum import Enum
from xml.sax.saxutils import escape

from attrs import evolve, frozen

from apd.rules.lexical_forms import RECOGNISERS
from apd.standard import identifier_forms
from apd.standard.element import Lexical

_DAY = "((0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])(29|30)|(0[13578]|1[02])31)"
_YEAR = "(19|[2-9][0-9])[0-9]{2}"
_LEAP_YEAR = "((19|[2-9][0-9])(0[48]|[2468][048]|[13579][26])|[2468][048]00)"
_DATE = f"({_YEAR}{_DAY}|{_LEAP_YEAR}0229)"
_CLOCK = "([01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]"

_IN_URI = r"[0-9A-Za-z+@._~\-/;,?&=()!*'$]|%[0-9A-Fa-f]{2}"


class Form(Enum):
    """A lexical form, by its pattern: Python's, and for some XML Schema's as well."""

    ANYTHING = ""
    TEXT = r"(\s|\S)+"
    CODE = r"\S+"
    TOKENS = r"[A-Za-z0-9._:\-]+( [A-Za-z0-9._:\-]+)*"
    UID = identifier_forms.UID
    UUID = identifier_forms.UUID
    NUMBER = "[0-9]{1,18}"
    FULL_TIME = rf"{_DATE}{_CLOCK}[+\-](0[0-9]|1[0-3])[0-5][0-9]"
    TIME = rf"{_DATE}({_CLOCK}[+\-](0[0-9]|1[0-3])[0-5][0-9])?"
    URI = rf"[A-Za-z][A-Za-z0-9+.\-]*:(//({_IN_URI})+|(?!//)({_IN_URI}|:)+)(#({_IN_URI})*)?"
    INTEGER = "0|[1-9][0-9]{0,8}"


_PATTERNS = {
    Form.ANYTHING: "<text/>",
    Form.TEXT: '<data type="string"><except><value type="token"/></except></data>',
    Form.TOKENS: f'<data type="string"><param name="pattern">{Form.TOKENS.value}</param></data>',
    Form.INTEGER: f'<data type="string"><param name="pattern">{Form.INTEGER.value}</param></data>',
}
"""The patterns of the forms that the grammar checks. Around a value there is no blank anyway."""


_OF_LEXICAL = {
    Lexical.UUID: Form.UUID,
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
    Form.UID: (Form.CODE, Form.TEXT),
    Form.UUID: (Form.UID, Form.CODE, Form.TEXT),
    Form.NUMBER: (Form.CODE, Form.TEXT),
    Form.FULL_TIME: (Form.TIME, Form.CODE, Form.TEXT),
    Form.TIME: (Form.CODE, Form.TEXT),
    Form.URI: (Form.CODE, Form.TEXT),
    Form.INTEGER: (Form.CODE, Form.TEXT),
}
"""The forms that a form is a special case of."""


def narrower(one: Form, other: Form) -> Form:
    """Of two forms the one that admits less."""
    return one if other in _NARROWER.get(one, ()) or one is other else other


_RECOGNISERS: dict[Form, Callable[[str], object]] = {
    form: RECOGNISERS[lexical] for lexical, form in _OF_LEXICAL.items()
} | {Form.CODE: lambda value: len(value.split()) == 1, Form.ANYTHING: lambda _: True}


_USUAL = ("WP", "H", "MPROT", "NI", "MC", "HP")
"""What stands first in a list, as libxml2 tries one value after the other."""


def _in_order(values: Iterable[str]) -> list[str]:
    usual = [one for one in _USUAL if one in values]
    return [*usual, *sorted(one for one in values if one not in usual)]


@frozen
class Values:
    """What an attribute may hold.

    Args:
        listed: the values; None for any of the form.
        form: the form.
        but_for: values that it may not hold.
    """

    listed: frozenset[str] | None = None
    form: Form = Form.ANYTHING
    but_for: frozenset[str] = frozenset()

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
            for one, two in ((self.form, other.form), (other.form, self.form)):
                if one is two or two is Form.ANYTHING or two in _NARROWER.get(one, ()):
                    return Values(None, one, but_for)
            return Values(frozenset())
        if self.listed is None:
            return other & self
        kept = self.listed if other.listed is None else self.listed & other.listed
        return Values(frozenset(value for value in kept if other.may_be(value)))

    def may_be(self, value: str) -> bool:
        """Whether a value is one of them."""
        if self.listed is not None:
            return value in self.listed
        recognises = _RECOGNISERS.get(self.form)
        return value not in self.but_for and recognises is not None and bool(recognises(value))

    @property
    def pattern(self) -> str:
        """The RELAX NG pattern of one."""
        if self.listed is not None:
            values = [
                f'<value type="string">{escape(one)}</value>' for one in _in_order(self.listed)
            ]
            return values[0] if len(values) == 1 else f"<choice>{''.join(values)}</choice>"
        if not self.but_for:
            return _PATTERNS.get(self.form, "<text/>")
        # libxml2 takes any value for one of type string here
        but_for = [f'<value type="token">{escape(one)}</value>' for one in sorted(self.but_for)]
        return f'<data type="string"><except><choice>{"".join(but_for)}</choice></except></data>'

    @property
    def is_left_to_python(self) -> bool:
        """Whether the grammar does not see that a value is of the form."""
        return (
            self.listed is None
            and self.form is not Form.ANYTHING
            and (bool(self.but_for) or self.form not in _PATTERNS)
        )
