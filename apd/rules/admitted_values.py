"""The values of an admitted document that rules ask for first, taken by libxml2 in a few steps.

In a document that the grammar admits each of them is there at most once, or in a list. From them
most rules see that there is nothing to find; what they leave open is looked at by element.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, cast

from lxml import etree

from apd.cda.xml import HL7, Element, hl7
from apd.standard import paths
from apd.standard.codes import Oid
from apd.standard.paths import Declares, Path, Step
from apd.text.mentions import as_compared


class AdmittedValues(NamedTuple):
    """Values of a document that the grammar admits.

    What is not in the document is an empty string or list. A field that asks whether there is
    something is the name of the element, or empty.

    Args:
        begins: the start of the appointment.
        ends: its end.
        begins_in_header: the start in the header.
        ends_in_header: the end in the header.
        made: when the document was made.
        document_id: the extension of its id.
        appointment_id: the extension of the id of the appointment.
        title: of the document.
        cpr: the extension of the patient's id with the root of CPR.
        birth: the patient's date of birth.
        gender: the code of the patient's gender.
        home: the text of the patient's address.
        masked: whether that address or a part of it is null.
        place: the text of the name of the location.
        at_home: whether there is a location at the patient's home.
        without_telephone_in_sor: whether a location in SOR has no telecom of a telephone.
        without_telephone: whether a performer has none.
        precondition: whether there is one.
        second_id: whether a service event has several ids.
        second_telecom: whether a telecom may say the same as a sibling.
        authored: the times of the authors.
        telecoms: the values of all telecoms.
        sor_codes: the extensions of all ids with the root of SOR, empty for one that has none.
        postal_codes: those of all addresses.
        cities: those of all addresses.
        text: the readable text, as texts are compared.
    """

    begins: str
    ends: str
    begins_in_header: str
    ends_in_header: str
    made: str
    document_id: str
    appointment_id: str
    title: str
    cpr: str
    birth: str
    gender: str
    home: str
    masked: str
    place: str
    at_home: str
    without_telephone_in_sor: str
    without_telephone: str
    precondition: str
    second_id: str
    second_telecom: str
    authored: Sequence[str]
    telecoms: Sequence[str]
    sor_codes: Sequence[str]
    postal_codes: Sequence[str]
    cities: Sequence[str]
    text: str

    def __repr__(self) -> str:
        return "AdmittedValues(***)"


Settled = Callable[[AdmittedValues], bool]
"""True where a rule finds nothing in an admitted document of these values; False leaves it open."""

_PREFIX = "hl7"


def _of_step(step: Step) -> str:
    if isinstance(step.selector, Declares):
        return f"{_PREFIX}:{step.name}[{_PREFIX}:templateId/@root='{step.selector.template}']"
    return f"{_PREFIX}:{step}"


def _at(path: Path, attribute: str = "") -> str:
    """A place as XPath, from the root element on."""
    steps = [*map(_of_step, path.steps), *([f"@{attribute}"] if attribute else [])]
    return "/".join(steps)


def _name_of(place: str, condition: str) -> str:
    return f"local-name({place}[{condition}])"


_TELEPHONE = "starts-with(@value, 'tel:') and translate(@value, '0123456789', '') != @value"
_NO_TELEPHONE = f"not({_PREFIX}:telecom[{_TELEPHONE}])"
_BEFORE = f"preceding-sibling::{_PREFIX}:telecom"
# at most two siblings are looked at for each, however many there are
_MAY_BE_THE_SAME = f"@value = {_BEFORE}[1]/@value or {_BEFORE}[2]"
_CPR = _at(paths.PATIENT_ROLE / "id") + f"[@root='{Oid.CPR}']"

_SINGLE = {
    "begins": _at(paths.BODY_INTERVAL / "low", "value"),
    "ends": _at(paths.BODY_INTERVAL / "high", "value"),
    "begins_in_header": _at(paths.HEADER_INTERVAL / "low", "value"),
    "ends_in_header": _at(paths.HEADER_INTERVAL / "high", "value"),
    "made": _at(paths.ROOT / "effectiveTime", "value"),
    "document_id": _at(paths.ROOT / "id", "extension"),
    "appointment_id": _at(paths.ENCOUNTER / "id", "extension"),
    "title": _at(paths.ROOT / "title"),
    "cpr": f"{_CPR}/@extension",
    "birth": _at(paths.PATIENT / "birthTime", "value"),
    "gender": _at(paths.PATIENT / "administrativeGenderCode", "code"),
    "home": _at(paths.PATIENT_ROLE / "addr"),
    "masked": _at(paths.PATIENT_ROLE / "addr") + "/descendant-or-self::*/@nullFlavor",
    "place": _at(paths.PLACE / "name") + "/text()",
    "at_home": _name_of(_at(paths.PARTICIPANT), "@typeCode='SBJ'"),
    "without_telephone_in_sor": _name_of(_at(paths.IN_SOR / "participantRole"), _NO_TELEPHONE),
    "without_telephone": _name_of(_at(paths.PERFORMER), _NO_TELEPHONE),
    "precondition": f"local-name({_at(paths.PRECONDITION)})",
    "second_id": _name_of(_at(paths.SERVICE_EVENT / "id"), "2"),
    "second_telecom": _name_of(f"//{_PREFIX}:telecom", _MAY_BE_THE_SAME),
}
"""Each field that there is once, as XPath."""

_SEPARATOR = "\ufdd0"
"""A character that stands for none, for use within a program (Unicode, noncharacters)."""
_QUOTED = f"'{_SEPARATOR}'"


def _asked(expression: str) -> Callable[[Element], object]:
    return etree.XPath(expression, namespaces={_PREFIX: HL7}, smart_strings=False)


_single = cast(
    Callable[[Element], str],
    _asked(f"concat({f', {_QUOTED}, '.join(_SINGLE.values())})"),
)
_readable = cast(Callable[[Element], list[str]], _asked(_at(paths.SECTION_TEXT) + "//text()"))

ElementsByName = Mapping[str, Sequence[Element]]
"""Elements of a document by lxml's name, in their order."""

_TIME, _TELECOM = hl7("time"), hl7("telecom")
_POSTAL_CODE, _CITY = hl7("postalCode"), hl7("city")
_WITH_ROOT = tuple(map(hl7, ("id", "setId", "value")))

ASKED_FOR = frozenset((_TIME, _TELECOM, _POSTAL_CODE, _CITY, *_WITH_ROOT))
"""The names of the elements that are asked for by their names."""


def values_of(root: Element, by_name: ElementsByName) -> AdmittedValues | None:
    """The values of an admitted document; None where they cannot be distinguished.

    Args:
        root: the root element.
        by_name: all elements of the names that are asked for.
    """
    single = _single(root).split(_SEPARATOR)
    if len(single) != len(_SINGLE):
        return None
    return AdmittedValues(
        **dict(zip(_SINGLE, single, strict=True)),
        authored=_values(by_name, _TIME),
        telecoms=_values(by_name, _TELECOM),
        sor_codes=[
            element.get("extension", "")
            for name in _WITH_ROOT
            for element in by_name.get(name, ())
            if element.get("root") == Oid.SOR
        ],
        postal_codes=[element.text or "" for element in by_name.get(_POSTAL_CODE, ())],
        cities=[element.text or "" for element in by_name.get(_CITY, ())],
        text=as_compared(" ".join(_readable(root))),
    )


def _values(by_name: ElementsByName, name: str) -> list[str]:
    return [value for element in by_name.get(name, ()) if (value := element.get("value"))]
