"""CPR numbers and SOR codes. Source: CPR's rules on the number; SOR; FAQ of 2023, F4."""

from apd.cda.datatypes import read_date
from apd.cda.remembering import remembered_if_short
from apd.errors import InvalidValue
from apd.model.identifiers import CprNumber, SorCode, known_identifier
from apd.rules.admitted_values import AdmittedValues
from apd.rules.business.rule_factories import business
from apd.rules.document_view import DocumentView, Node
from apd.rules.rule import Rule
from apd.standard import paths
from apd.standard.codes import Oid
from apd.wording import Wording

_ODD, _EVEN = frozenset("13579"), frozenset("02468")
_LAST_DIGITS = {"M": _ODD, "F": _EVEN}
_SHORTEST_WITH_CHECK_DIGIT = 6


def _cpr_ids(view: DocumentView) -> list[Node]:
    """The ids of the patient that stand as a CPR number."""
    return [
        node
        for node in view.at(paths.PATIENT_ROLE / "id")
        if node.get("root") == Oid.CPR and (node.get("extension") or "").strip()
    ]


def _cpr_numbers(view: DocumentView) -> list[CprNumber]:
    """The patient's CPR numbers that can be made out, as a rule one."""
    read = (_number_of(node.get("extension") or "") for node in _cpr_ids(view))
    return [number for number in read if number is not None]


def _number_of(text: str) -> CprNumber | None:
    number = known_identifier(Oid.CPR, text.strip())
    return number if isinstance(number, CprNumber) else None


def _malformed_numbers(view: DocumentView) -> list[Node]:
    return [node for node in _cpr_ids(view) if not _is_well_formed(node)]


def _is_well_formed(node: Node) -> bool:
    extension = (node.get("extension") or "").strip()
    number = _number_of(extension)
    return number is not None and number.value == extension


def _other_birth_dates(view: DocumentView) -> list[Node]:
    births = view.at(paths.PATIENT / "birthTime")
    dates = {number.birth_date for number in _cpr_numbers(view)} if births else set()
    if not dates:
        return []
    return [
        node
        for node in births
        if (date := read_date(node.element)) is not None and date not in dates
    ]


def _other_genders(view: DocumentView) -> list[Node]:
    genders = view.at(paths.PATIENT / "administrativeGenderCode")
    last = {number.value[-1] for number in _cpr_numbers(view)} if genders else set()
    return [
        node
        for node in genders
        if last and last.isdisjoint(_LAST_DIGITS.get((node.get("code") or "").strip(), last))
    ]


def _sor_codes(view: DocumentView) -> list[Node]:
    return view.ids_by_root.get(Oid.SOR, [])


@remembered_if_short  # no personal data, and the same few again and again
def _sor_form(value: str) -> tuple[bool, bool]:
    """Whether a SOR code is of the right form, and whether its check digit is right."""
    try:
        code = SorCode(value)
    except InvalidValue:
        return False, True
    return True, len(value) >= _SHORTEST_WITH_CHECK_DIGIT and code.has_check_digit


def _number(node: Node) -> str:
    return node.attributes.get("extension", "").strip()


def _malformed_sor_codes(view: DocumentView) -> list[Node]:
    return [node for node in _sor_codes(view) if not _sor_form(_number(node))[0]]


def _unchecked_sor_codes(view: DocumentView) -> list[Node]:
    return [node for node in _sor_codes(view) if not _sor_form(_number(node))[1]]


def _stated_number(values: AdmittedValues) -> CprNumber | None:
    number = _number_of(values.cpr)
    return number if number is not None and number.value == values.cpr else None


def _is_birth_date(values: AdmittedValues) -> bool:
    number = _number_of(values.cpr)
    born = "" if number is None else number.birth_date.isoformat().replace("-", "")
    return not values.birth or values.birth.startswith(born)


def _is_gender(values: AdmittedValues) -> bool:
    last = _LAST_DIGITS.get(values.gender)
    return last is None or values.cpr[-1:] in last


RULES: tuple[Rule, ...] = (
    business(
        "BR-CPR-1",
        _malformed_numbers,
        Wording(
            "CPR-nummeret består ikke af ti cifre, der begynder med en dato.",
            "The CPR number does not consist of ten digits that begin with a date.",
        ),
        Wording(
            "De første seks cifre er fødselsdatoen; i erstatningsnumre er der lagt 60 til dagen. "
            "Kontrolciffer kræves ikke, da der siden 2007 er tildelt numre uden.",
            "The first six digits are the date of birth; replacement numbers have 60 added to the "
            "day. A check digit is not required, as numbers without one have been assigned since "
            "2007.",
        ),
        Wording("Ret CPR-nummeret.", "Correct the CPR number."),
        "CPR",
        attribute="extension",
        settled=lambda values: not values.cpr or _stated_number(values) is not None,
    ),
    business(
        "BR-CPR-2",
        _other_birth_dates,
        Wording(
            "Fødselsdatoen passer ikke med CPR-nummeret.",
            "The date of birth does not match the CPR number.",
        ),
        Wording(
            "Det kan være rigtigt i sjældne tilfælde, men oftest er der tale om to forskellige "
            "personer.",
            "In rare cases this is correct, but usually they belong to two different people.",
        ),
        Wording("Kontrollér, at begge er patientens.", "Check that both are the patient's."),
        "CPR",
        attribute="value",
        settled=_is_birth_date,
    ),
    business(
        "BR-CPR-3",
        _other_genders,
        Wording(
            "Kønnet passer ikke med CPR-nummeret.",
            "The gender does not match the CPR number.",
        ),
        Wording(
            "Sidste ciffer er ulige for mænd og lige for kvinder.",
            "The last digit is odd for men and even for women.",
        ),
        Wording("Kontrollér, at begge er patientens.", "Check that both are the patient's."),
        "CPR",
        attribute="code",
        settled=_is_gender,
    ),
    business(
        "BR-SOR-1",
        _malformed_sor_codes,
        Wording(
            "En SOR-kode er et tal på 1 til 18 cifre.", "A SOR code is a number of 1 to 18 digits."
        ),
        Wording(
            "Et nummer i en anden form kan ikke findes i SOR.",
            "A number of any other form cannot be found in SOR.",
        ),
        Wording("Slå koden op i SOR.", "Look the code up in SOR."),
        "SOR",
        attribute="extension",
        settled=lambda values: all(_sor_form(code)[0] for code in values.sor_codes),
    ),
    business(
        "BR-SOR-2",
        _unchecked_sor_codes,
        Wording(
            "SOR-kodens kontrolciffer er forkert.", "The check digit of the SOR code is wrong."
        ),
        Wording(
            "SOR-koder er bygget som SNOMED-id'er: før det sidste ciffer, som er et Verhoeff-"
            "kontrolciffer, står 00 eller 01. Opdigtede koder i eksempler fejler her.",
            "SOR codes are built like SNOMED identifiers: the last digit is a Verhoeff check "
            "digit, and the two digits before it are 00 or 01. Invented codes in examples fail "
            "this check.",
        ),
        Wording("Slå koden op i SOR.", "Look the code up in SOR."),
        "SNOMED CT identifiers",
        attribute="extension",
        settled=lambda values: all(_sor_form(code)[1] for code in values.sor_codes),
    ),
)
