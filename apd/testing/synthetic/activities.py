"""The activities of appointments: what is done, by whom, where and for how long."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from apd.errors import InvalidValue
from apd.model.code import Code
from apd.model.location import HomeLocation, OtherLocation, SorLocation
from apd.standard.codes import AppointmentType, Category, Oid
from apd.testing.synthetic.criteria import LocationClass, Selection
from apd.wording import Wording

EXACT, ABOUT, OPEN = (
    AppointmentType.STANDARD,
    AppointmentType.INDICATIVE,
    AppointmentType.OPEN_END,
)
_REGION, _MUNICIPALITY, _PRACTICE = (
    Category.REGIONAL,
    Category.MUNICIPAL,
    Category.PRACTITIONER,
)


def _snomed(code: str) -> Code:
    return Code(code, Oid.SNOMED_CT)


_HEART = Code("ALAL02", Oid.SKS, "Hjertesygdomme")
_MIND = Code("ALAL03", Oid.SKS, "Psykiske lidelser og adfærdsmæssige forstyrrelser")
_LUNGS = Code("ALAL21", Oid.SKS, "Kronisk obstruktiv lungesygdom (KOL)")
_DIABETES = Code("ALAL22", Oid.SKS, "Type 2-diabetes")
_BIRTH = Code("ALAL51", Oid.SKS, "Graviditet, fødsel og barsel")


class Activity(NamedTuple):
    """Something that patients have appointments for.

    Args:
        category: the category of the appointment.
        unit: the short name of the performing unit; see the organisations.
        reason: the reason, worded for the patient.
        title: the title of the performer.
        location: the class of the location.
        place: the name of the place, or the directions to it; "" for the patient's home.
        types: the possible appointment types, of 1 to 3.
        minutes: the duration.
        nights: the number of nights that the patient stays.
        repeats: whether it may be a series.
        by_day: whether only the day may be set.
        code: a code for the reason.
        label: the label of its episode of care.
    """

    category: Category
    unit: str
    reason: str
    title: str
    location: LocationClass
    place: str
    types: tuple[AppointmentType, ...]
    minutes: int
    nights: int = 0
    repeats: bool = False
    by_day: bool = False
    code: Code | None = None
    label: Code | None = None


_SOR, _OTHER, _HOME = SorLocation, OtherLocation, HomeLocation

ACTIVITIES = (
    # hospitals, in the house
    Activity(_REGION, "Ortopædkirurgisk Ambulatorium", "Kontrol efter operation", "Overlæge", _SOR,
             "Indgang C, 1. sal", (EXACT,), 30),
    Activity(_REGION, "Ortopædkirurgisk Ambulatorium", "Røntgen og samtale om hofte", "Læge", _SOR,
             "Indgang C, 1. sal", (EXACT, OPEN), 45),
    Activity(_REGION, "Billeddiagnostisk Afdeling", "MR-skanning af ryg", "Radiograf", _SOR,
             "Indgang A, kælderen", (EXACT,), 45, code=_snomed("113091000")),
    Activity(_REGION, "Billeddiagnostisk Afdeling", "CT-skanning", "Radiograf", _SOR,
             "Indgang A, kælderen", (EXACT,), 20, code=_snomed("77477000")),
    Activity(_REGION, "Hjertemedicinsk Ambulatorium", "Ekkokardiografi", "Overlæge", _SOR,
             "Indgang B, stuen", (EXACT,), 45, code=_snomed("40701008"), label=_HEART),
    Activity(_REGION, "Lungemedicinsk Ambulatorium", "Kontrol af lungefunktion", "Sygeplejerske",
             _SOR, "Indgang B, 2. sal", (EXACT, OPEN), 40, label=_LUNGS),
    Activity(_REGION, "Kirurgisk Dagafsnit", "Operation for brok", "Kirurg", _SOR,
             "Indgang D, stuen", (ABOUT,), 0),
    Activity(_REGION, "Kirurgisk Dagafsnit", "Kikkertundersøgelse af tarm", "Kirurg", _SOR,
             "Indgang D, stuen", (ABOUT, OPEN), 0, by_day=True, code=_snomed("73761001")),
    Activity(_REGION, "Kirurgisk Sengeafsnit", "Indlæggelse til operation", "Kirurg", _SOR,
             "Indgang D, 3. sal", (EXACT, OPEN), 300, nights=3, by_day=True),
    Activity(_REGION, "Dialyseafsnittet", "Dialyse", "Sygeplejerske", _SOR,
             "Indgang E, 1. sal", (EXACT, OPEN), 240, repeats=True, code=_snomed("302497006")),
    Activity(_REGION, "Svangreambulatoriet", "Jordemoderkonsultation", "Jordemoder", _SOR,
             "Indgang F, stuen", (EXACT, ABOUT), 30, repeats=True, label=_BIRTH),
    Activity(_REGION, "Ambulatorium for Psykiatri", "Samtale", "Psykolog", _SOR,
             "Indgang G, 2. sal", (EXACT,), 50, repeats=True, label=_MIND),
    # hospitals, elsewhere
    Activity(_REGION, "Blodprøvetagningen", "Blodprøver i prøvetagningsbussen", "Bioanalytiker",
             _OTHER, "Torvet, ved springvandet", (ABOUT,), 0, by_day=True,
             code=_snomed("396550006")),
    Activity(_REGION, "Fysioterapi og Ergoterapi", "Træning i varmtvandsbassin", "Fysioterapeut",
             _OTHER, "Svømmehallen, mød op i forhallen", (EXACT, ABOUT, OPEN), 60, repeats=True,
             code=_snomed("91251008")),
    Activity(_REGION, "Blodprøvetagningen", "Blodprøve i hjemmet", "Bioanalytiker", _HOME, "",
             (ABOUT,), 0, by_day=True, code=_snomed("396550006")),
    Activity(_REGION, "Ambulatorium for Psykiatri", "Besøg af udgående team", "Sygeplejerske",
             _HOME, "", (EXACT, ABOUT, OPEN), 60, repeats=True, by_day=True, label=_MIND),
    # municipalities
    Activity(_MUNICIPALITY, "Sygeplejeklinikken", "Sårpleje", "Sygeplejerske", _SOR,
             "Sygeplejeklinikken", (EXACT, ABOUT), 20, repeats=True),
    Activity(_MUNICIPALITY, "Træningscenteret", "Genoptræning af knæ", "Fysioterapeut", _SOR,
             "Træningssalen", (EXACT,), 60, repeats=True, code=_snomed("91251008")),
    Activity(_MUNICIPALITY, "Omsorgstandplejen", "Eftersyn af tænder", "Tandlæge", _SOR,
             "Klinikken, 1. sal", (EXACT, OPEN), 30),
    Activity(_MUNICIPALITY, "Sundhedscenteret", "Kursus om type 2-diabetes", "Diætist", _SOR,
             "Undervisningslokalet", (EXACT, OPEN), 120, repeats=True, label=_DIABETES),
    Activity(_MUNICIPALITY, "Sundhedscenteret", "Gåtur med holdet", "Fysioterapeut", _OTHER,
             "Skovens parkeringsplads", (EXACT, OPEN), 60, repeats=True),
    Activity(_MUNICIPALITY, "Træningscenteret", "Genoptræning i vand", "Fysioterapeut", _OTHER,
             "Svømmehallen, mød op i forhallen", (EXACT, ABOUT), 60, repeats=True),
    Activity(_MUNICIPALITY, "Hjemmeplejen", "Hjælp til bad", "Social- og sundhedshjælper", _HOME,
             "", (ABOUT,), 0, repeats=True, by_day=True),
    Activity(_MUNICIPALITY, "Hjemmeplejen", "Hjælp til medicin", "Social- og sundhedsassistent",
             _HOME, "", (ABOUT,), 0, repeats=True),
    Activity(_MUNICIPALITY, "Hjemmeplejen", "Skift af forbinding", "Sygeplejerske", _HOME, "",
             (EXACT, ABOUT), 30, by_day=True),
    Activity(_MUNICIPALITY, "Hjemmeplejen", "Samtale om hjælp i hjemmet", "Visitator", _HOME, "",
             (EXACT, OPEN), 60, repeats=True),
    # practices
    Activity(_PRACTICE, "Lægerne", "Årskontrol", "Læge", _SOR, "Klinikken", (EXACT,), 15),
    Activity(_PRACTICE, "Lægerne", "Blodprøve", "Bioanalytiker", _SOR, "Laboratoriet",
             (EXACT, ABOUT), 10, code=_snomed("396550006")),
    Activity(_PRACTICE, "Lægerne", "Samtale", "Læge", _SOR, "Klinikken", (EXACT, OPEN), 30,
             repeats=True),
    Activity(_PRACTICE, "Fysioterapeuterne", "Behandling af skulder", "Fysioterapeut", _SOR,
             "Behandlingsrum 2", (EXACT, ABOUT), 30, repeats=True),
    Activity(_PRACTICE, "Lægerne", "Vaccination mod influenza", "Sygeplejerske", _OTHER,
             "Forsamlingshuset, den store sal", (ABOUT, OPEN), 0, by_day=True),
    Activity(_PRACTICE, "Fysioterapeuterne", "Hold for rygpatienter", "Fysioterapeut", _OTHER,
             "Idrætshallen, mødelokalet", (EXACT, ABOUT, OPEN), 60, repeats=True),
    Activity(_PRACTICE, "Lægerne", "Sygebesøg", "Læge", _HOME, "", (ABOUT, OPEN), 0, by_day=True),
    Activity(_PRACTICE, "Fodterapeuterne", "Fodbehandling i hjemmet", "Fodterapeut", _HOME, "",
             (EXACT, ABOUT, OPEN), 45, repeats=True),
)  # fmt: skip
"""All activities. Every category occurs with every location and type, in a series and alone."""


_HOW_OFTEN = {EXACT: 3, ABOUT: 2, OPEN: 1}


class Variant(NamedTuple):
    """A variant of an activity, of type 1 to 3; one that repeats is of a series (type 4)."""

    activity: Activity
    type: AppointmentType
    repeats: bool


@lru_cache(maxsize=16)
def variants(selection: Selection) -> tuple[Variant, ...]:
    """The variants in a selection, which is not empty; the more common ones several times."""
    found = tuple(
        Variant(activity, type, repeats)
        for activity in ACTIVITIES
        if activity.category in selection.categories and activity.location in selection.locations
        for type in activity.types
        for repeats in _ways(activity)
        if selection.takes(type, repeats=repeats)
        for _ in range(_HOW_OFTEN[type])
    )
    if not found:
        raise InvalidValue(
            "Selection",
            Wording("er tomt", "is empty"),
            Wording(
                f"{selection.release} har ikke type 2 og 4",
                f"{selection.release} has no types 2 and 4",
            ),
        )
    return found


def _ways(activity: Activity) -> Iterable[bool]:
    return (False, True) if activity.repeats else (False,)
