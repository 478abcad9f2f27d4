"""Why a text is not the one that was expected, described without the text itself."""

import html
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import attrs

from apd.wording import Wording

_SWAPPED = Wording("fornavn og efternavn er byttet om", "given and family name are swapped")
_MISREAD = Wording(
    "UTF-8 er læst som ISO-8859-1: erklæringen siger et andet tegnsæt end det, der er skrevet i",
    "UTF-8 was read as ISO-8859-1: the declaration states another encoding than the one used",
)
_REPLACED = Wording(
    "bogstaver er blevet til ?: teksten har været i et tegnsæt, der ikke har dem",
    "letters have become ?: the text has been in an encoding that lacks them",
)
_ESCAPED_TWICE = Wording(
    "tegn som & er skrevet som &amp;amp;: teksten er kodet som XML to gange",
    "characters such as & are written as &amp;amp;: the text was escaped for XML twice",
)
_NORMAL_FORM = Wording(
    "bogstaver som å er sat sammen af to tegn, eller omvendt (Unicodes normalformer)",
    "letters such as å are composed of two characters, or the reverse (Unicode normal forms)",
)
_CASE = Wording("kun store og små bogstaver er forskellige", "only the case of letters differs")
_BLANKS = Wording("kun mellemrum er forskellige", "only blanks differ")
_CUT_OFF = Wording(
    "teksten er afkortet til {actual} tegn af {expected}",
    "the text was cut off after {actual} characters of {expected}",
)
_OTHER = Wording(
    "{actual} tegn i stedet for {expected}; tegn nr. {at} er det første, der afviger",
    "{actual} characters instead of {expected}; character {at} is the first that differs",
)
_PARTS = Wording("forskellen er i {parts}", "the difference is in {parts}")
_PART_NAMES = {
    "given": Wording("fornavne", "given names"),
    "family": Wording("efternavn", "family name"),
    "prefix": Wording("titel foran navnet", "prefix"),
    "suffix": Wording("titel efter navnet", "suffix"),
    "lines": Wording("vej og nummer", "street"),
    "postal_code": Wording("postnummer", "postal code"),
    "city": Wording("by", "city"),
    "country": Wording("land", "country"),
    "use": Wording("anvendelse (use)", "use"),
    "null_flavor": Wording("nullFlavor", "nullFlavor"),
    "value": Wording("nummer eller adresse", "number or address"),
    "code": Wording("kode", "code"),
    "system": Wording("kodesystem", "code system"),
    "display": Wording("kodens tekst (displayName)", "words of the code (displayName)"),
    "text": Wording("tekst", "text"),
}


def text_mistake(expected: object, actual: object) -> Wording | None:
    """Why a text, name, address or telecom is not the expected one of its type; None for others.

    The cause, or a description of the difference without any content.
    """
    if type(expected) is not type(actual):
        return None
    leaves = [
        (name, one, other) for name, one, other in _leaves("", expected, actual) if one != other
    ]
    if not leaves:
        return None
    of_name = {name: (one, other) for name, one, other in leaves}
    given, family = of_name.get("given"), of_name.get("family")
    if given and family and given == family[::-1]:
        return _SWAPPED
    for is_cause, wording in _CAUSES:
        if all(is_cause(_plain(one), _plain(other)) for _, one, other in leaves):
            return wording
    if len(leaves) == 1 and not leaves[0][0]:
        return _difference(*leaves[0][1:])
    names = dict.fromkeys(_PART_NAMES[name] for name, *_ in leaves if name in _PART_NAMES)
    if not names:
        return None
    da, en = (", ".join(one.in_language(language) for one in names) for language in ("da", "en"))
    return _PARTS.filled(parts=Wording(da, en))


def _leaves(name: str, expected: Any, actual: Any) -> Iterator[tuple[str, str, str]]:
    """The texts in two values of one type, in pairs, each with the name of its field."""
    if attrs.has(type(expected)) and type(expected) is type(actual):
        for one in attrs.fields(type(expected)):
            yield from _leaves(one.name, getattr(expected, one.name), getattr(actual, one.name))
    elif isinstance(expected, tuple) or isinstance(actual, tuple):
        yield name, " ".join(map(str, expected or ())), " ".join(map(str, actual or ()))
    else:
        yield name, str(expected or ""), str(actual or "")


def _difference(expected: str, actual: str) -> Wording:
    pairs = zip(expected, actual, strict=False)
    same = next((at for at, (one, other) in enumerate(pairs) if one != other), None)
    wording = _OTHER
    if same is None and len(actual) < len(expected):
        wording = _CUT_OFF
    at = 1 + (min(len(expected), len(actual)) if same is None else same)
    return wording.filled(actual=len(actual), expected=len(expected), at=at)


# --- causes ----------------------------------------------------------------------------------


def _plain(text: str) -> str:
    return " ".join(text.split())


def _is_misread(expected: str, actual: str) -> bool:
    encoded = expected.encode("utf-8", errors="replace")
    return actual in (
        _plain(encoded.decode("iso-8859-1")),
        _plain(encoded.decode("cp1252", errors="replace")),
    )


def _is_replaced(expected: str, actual: str) -> bool:
    return len(expected) == len(actual) and all(
        one == other or (other in "?\ufffd" and not one.isascii())
        for one, other in zip(expected, actual, strict=True)
    )


def _is_other_normal_form(expected: str, actual: str) -> bool:
    return unicodedata.normalize("NFC", expected) == unicodedata.normalize("NFC", actual)


_CAUSES: tuple[tuple[Callable[[str, str], bool], Wording], ...] = (
    (lambda expected, actual: expected == actual, _BLANKS),
    (_is_other_normal_form, _NORMAL_FORM),
    (lambda expected, actual: expected.casefold() == actual.casefold(), _CASE),
    (lambda expected, actual: expected == html.unescape(actual), _ESCAPED_TWICE),
    (_is_misread, _MISREAD),
    (_is_replaced, _REPLACED),
)
