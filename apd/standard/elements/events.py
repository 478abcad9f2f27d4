"""The service events of the header: the time, the profile and the episode of care.

Source: APD-DK 2.0.1, header; errata of 2021-11-24, items 6 and 7; official Schematron.
"""

from collections.abc import Iterator

from apd.standard.codes import (
    EPISODE_EVENT,
    NULL_FLAVORS,
    SKS_NAME,
    TIME_EVENT,
    VERSION_EVENT,
    Oid,
)
from apd.standard.element import ABSENT, NOT_BLANK, Element, Formed, In, Is, Lexical, OrAbsent
from apd.standard.elements.common_constraints import (
    WARNING,
    Constrained,
    attributes,
    exactly_one,
    has,
    medcom_uuid,
    not_null,
    occurs,
    row,
    such,
)
from apd.standard.paths import (
    EPISODE,
    HEADER_INTERVAL,
    PROFILE_VERSION,
    ROOT,
    SERVICE_EVENT,
    TIME_OF_APPOINTMENT,
    Path,
)
from apd.standard.requirement import (
    EXAMPLES,
    HEADER,
    INFERRED,
    OFFICIAL,
    both,
    errata,
    requirement,
)
from apd.wording import Wording

_THE_INTERVAL = Wording("Aftalens tid i headeren", "The appointment's time in the header")

TIME_OF_THE_APPOINTMENT = requirement(
    "CONF-DK:33",
    Wording(
        "Aftalens tidspunkt skal have dato, klokkeslæt med sekunder og tidszone: "
        "ÅÅÅÅMMDDttmmss+ttmm.",
        "The time of the appointment must have a date, a time with seconds and an offset: "
        "YYYYMMDDhhmmss+hhmm.",
    ),
    both(
        Wording(
            "Uden tidszone læses tidspunktet forskelligt fra system til system.",
            "Without an offset, systems read the time differently.",
        ),
        INFERRED,
    ),
    Wording(
        "Skriv 14 cifre og den tidszone, der gælder i Danmark den dag.",
        "Write 14 digits and the offset that applies in Denmark on that day.",
    ),
    name="CONF-DK:33-APPOINTMENT",
    source=EXAMPLES,
    severity=WARNING,
)
_IS_FULL_TIME = has(TIME_OF_THE_APPOINTMENT, {"value": OrAbsent(Formed(Lexical.FULL_TIME))})
ALWAYS_STARTS = Wording("En aftale har altid en start.", "An appointment always has a start.")
ALWAYS_HAS_HIGH = Wording(
    "Også en aftale, hvis slutning ikke kendes, har et high; det er så null.",
    "Even an appointment whose end is not known has a high; it is then null.",
)
END_UNKNOWN = Wording(
    "Kendes slutningen ikke, angives det med en nullFlavor.",
    "If the end is not known, a nullFlavor states that.",
)


def start_of(
    interval: Path, once: Constrained, ids: str, da: str, en: str, source: str, name: str = ""
) -> Element:
    """The row of a start, in the header or in the encounter: it has a value."""
    rule = requirement(
        ids,
        Wording(
            f"{da} skal have en værdi og må ikke være null.",
            f"{en} must have a value and must not be null.",
        ),
        Wording(
            "En aftale uden start kan ikke vises i en kalender.",
            "An appointment without a start cannot be shown in a calendar.",
        ),
        Wording(
            "Angiv starttidspunktet som value, og fjern nullFlavor.",
            "Specify the start as the value, and remove the nullFlavor.",
        ),
        name=name or None,
        source=source,
    )
    given = has(rule, {"value": NOT_BLANK, "nullFlavor": ABSENT})
    field = "appointment.schedule.start"
    return row(interval / "low", "TS", once, given, _IS_FULL_TIME, field=field)


def end_of(
    interval: Path,
    once: Constrained,
    ids: str,
    da: str,
    en: str,
    source: str,
    explanation: Wording = END_UNKNOWN,
) -> Element:
    """The row of an end, in the header or in the encounter: it has a value or is null."""
    rule = requirement(
        ids,
        Wording(f"{da} skal have en værdi eller være null.", f"{en} must have a value or be null."),
        explanation,
        Wording(
            'Angiv value, eller skriv nullFlavor="NI".',
            'Specify the value, or write nullFlavor="NI".',
        ),
        source=source,
    )
    given = has(rule, {"value": NOT_BLANK}, or_null=True)
    is_flavor = has(rule, {"nullFlavor": OrAbsent(In(NULL_FLAVORS))})
    field = "appointment.schedule.end"
    return row(interval / "high", "TS", once, given, is_flavor, _IS_FULL_TIME, field=field)


def _once(template: str, clause: str, da: str, en: str) -> Constrained:
    rule = requirement(
        clause,
        Wording(
            f"templateId {template} må kun stå én gang i sin serviceEvent.",
            f"The templateId {template} must occur only once in its serviceEvent.",
        ),
        Wording(f"Dette templateId kendetegner {da}.", f"This templateId identifies {en}."),
        Wording("Fjern dubletten.", "Remove the duplicate."),
        source=OFFICIAL,
    )
    return such(rule, "templateId", {"root": Is(template)}, least=0)


def _time() -> Iterator[Element]:
    is_given = requirement(
        "",
        Wording(
            "Aftalens tid i headeren må ikke være null.",
            "The appointment's time in the header must not be null.",
        ),
        ALWAYS_STARTS,
        Wording(
            "Fjern nullFlavor, og angiv low og high.",
            "Remove the nullFlavor, and specify low and high.",
        ),
        name="APD-TIME-EVENT-1",
        source=OFFICIAL,
    )
    one_low = requirement(
        "0b52",
        Wording(
            f"{_THE_INTERVAL.da} skal have præcis ét starttidspunkt (low).",
            f"{_THE_INTERVAL.en} must have exactly one start (low).",
        ),
        ALWAYS_STARTS,
        Wording("Angiv low med en value.", "Specify low with a value."),
        source=HEADER,
    )
    one_high = requirement(
        "2d8c",
        Wording(
            f"{_THE_INTERVAL.da} skal have præcis ét sluttidspunkt (high).",
            f"{_THE_INTERVAL.en} must have exactly one end (high).",
        ),
        ALWAYS_HAS_HIGH,
        Wording(
            'Angiv high, eller skriv <high nullFlavor="NI"/>.',
            'Specify high, or write <high nullFlavor="NI"/>.',
        ),
        source=HEADER,
    )
    yield row(
        TIME_OF_APPOINTMENT,
        None,
        occurs(
            requirement(
                "851d 37d2",
                Wording(
                    "Headeren skal have præcis én serviceEvent med aftalens tid "
                    f"(templateId {TIME_EVENT}).",
                    "The header must have exactly one serviceEvent with the time of the "
                    f"appointment (templateId {TIME_EVENT}).",
                ),
                Wording(
                    "Aftalens tid gentages i headeren, så den kan findes uden at læse kroppen.",
                    "The time of the appointment is repeated in the header, so that it can be "
                    "found without reading the body.",
                ),
                Wording(
                    f"Tilføj en documentationOf/serviceEvent med templateId {TIME_EVENT} og "
                    "aftalens effectiveTime; behold kun én.",
                    f"Add a documentationOf/serviceEvent with templateId {TIME_EVENT} and the "
                    f"appointment's effectiveTime; keep only one.",
                ),
                source=HEADER,
            ),
            within=ROOT,
        ),
        _once(TIME_EVENT, "4318", "aftalens tid", "the time of the appointment"),
        not_null(is_given),
        field="appointment.schedule",
    )
    yield row(HEADER_INTERVAL, "IVL_TS", not_null(is_given), field="appointment.schedule")
    low = occurs(one_low, within=TIME_OF_APPOINTMENT)
    high = occurs(one_high, within=TIME_OF_APPOINTMENT)
    yield start_of(
        HEADER_INTERVAL,
        low,
        "0561 592c",
        "Starttidspunktet i headeren",
        "The start in the header",
        HEADER,
    )
    yield end_of(
        HEADER_INTERVAL,
        high,
        "eff6 42aa",
        "Sluttidspunktet i headeren",
        "The end in the header",
        HEADER,
    )


def _version(version: str) -> Iterator[Element]:
    written = (
        f'<id assigningAuthorityName="MedCom" extension="{version}" '
        f'root="{Oid.MEDCOM_PROFILE_VERSION}"/>'
    )
    remedy = Wording(f"Skriv {written}.", f"Write {written}.")
    yield row(
        PROFILE_VERSION,
        None,
        occurs(
            requirement(
                "69ee 5363",
                Wording(
                    "Headeren skal have præcis én serviceEvent med profilens version (templateId "
                    f"{VERSION_EVENT}).",
                    "The header must have exactly one serviceEvent with the version of the "
                    f"profile (templateId {VERSION_EVENT}).",
                ),
                Wording(
                    "Den angiver, hvilken version af profilen dokumentet følger.",
                    "It states which release of the profile the document follows.",
                ),
                Wording(
                    f"Tilføj en documentationOf/serviceEvent med templateId {VERSION_EVENT} og "
                    "versionens id; behold kun én.",
                    f"Add a documentationOf/serviceEvent with templateId {VERSION_EVENT} and the "
                    f"id of the version; keep only one.",
                ),
                source=HEADER,
            ),
            within=ROOT,
        ),
        _once(VERSION_EVENT, "0b61", "profilens version", "the version of the profile"),
        such(
            requirement(
                "a2e5 44bb 9f67",
                Wording(
                    f"Profilens version skal angives som præcis ét id med extension {version}.",
                    "The version of the profile must be stated as exactly one id with the "
                    f"extension {version}.",
                ),
                Wording(
                    "Id'et nævner profil og version. Klausulreglerne kontrollerer kun roden og "
                    "navnet; MedComs Schematron kræver det hele.",
                    "The id names profile and version. The clause rules check only the root and "
                    "the name; MedCom's Schematron requires all of it.",
                ),
                remedy,
                source=f"{OFFICIAL}; {errata(6, 7)}",
            ),
            "id",
            {"extension": Is(version), "root": Is(Oid.MEDCOM_PROFILE_VERSION)},
        ),
        field="release",
    )
    yield row(
        PROFILE_VERSION / "id",
        "II",
        has(
            requirement(
                "a879",
                Wording(
                    f"Versionens id skal have roden {Oid.MEDCOM_PROFILE_VERSION}.",
                    f"The id of the version must have the root {Oid.MEDCOM_PROFILE_VERSION}.",
                ),
                Wording(
                    "Det er MedComs rod for versioner af profiler.",
                    "It is MedCom's root for profile versions.",
                ),
                remedy,
                source=errata(6, 7),
            ),
            {"root": Is(Oid.MEDCOM_PROFILE_VERSION)},
        ),
        has(
            requirement(
                "c69d",
                Wording(
                    "Versionens id skal have assigningAuthorityName MedCom.",
                    "The id of the version must have the assigningAuthorityName MedCom.",
                ),
                Wording(
                    "MedCom tildeler versionerne deres navne.",
                    "MedCom assigns the names of the versions.",
                ),
                remedy,
                source=errata(6, 7),
            ),
            {"assigningAuthorityName": Is("MedCom")},
        ),
        field="release",
    )


def _episode() -> Iterator[Element]:
    medcom_id = requirement(
        "8aa5",
        Wording(
            f"Et forløb må højst have ét id med roden {Oid.MEDCOM}, og det skal være en UUID med "
            "assigningAuthorityName MedCom.",
            f"An episode must have at most one id with the root {Oid.MEDCOM}, and it must be a "
            f"UUID with the assigningAuthorityName MedCom.",
        ),
        Wording(
            "Id'er med andre rødder er der ingen grænse for.",
            "There is no limit on ids with other roots.",
        ),
        Wording(
            "Behold ét id i MedComs rod, eller brug forløbets rod fra LPR3.",
            "Keep one id under MedCom's root, or use LPR3's root for episodes.",
        ),
        source=OFFICIAL,
    )
    yield row(
        EPISODE,
        None,
        occurs(
            requirement(
                "42f3",
                Wording(
                    "Headeren må højst have én serviceEvent med et forløb (templateId "
                    f"{EPISODE_EVENT}).",
                    "The header must have at most one serviceEvent with an episode of care "
                    f"(templateId {EPISODE_EVENT}).",
                ),
                Wording(
                    "En aftale hører til ét forløb; det kan have flere id'er.",
                    "An appointment belongs to one episode of care, which may have several ids.",
                ),
                Wording("Behold ét forløb.", "Keep one episode."),
                source=OFFICIAL,
            ),
            least=0,
            within=ROOT,
        ),
        _once(EPISODE_EVENT, "2035", "et forløb", "an episode of care"),
        such(medcom_id, "id", {"root": Is(Oid.MEDCOM)}, least=0),
        field="appointment.episode_of_care",
    )
    yield row(
        EPISODE / "id",
        "II",
        has(medcom_id, medcom_uuid(Oid.MEDCOM), given={"root": Is(Oid.MEDCOM)}),
        field="appointment.episode_of_care.ids",
    )
    yield row(
        EPISODE / "code",
        "CE",
        exactly_one(
            "158f",
            Wording("Et forløb", "An episode of care"),
            Wording(
                "Koden er forløbets label, f.eks. ALAL21.",
                "The code is the label of the episode, such as ALAL21.",
            ),
            source=OFFICIAL,
        ),
        has(
            requirement(
                "44e3",
                Wording(
                    f"Forløbslabelen skal være fra SKS ({Oid.SKS}).",
                    f"The label of the episode must be from SKS ({Oid.SKS}).",
                ),
                Wording(
                    "Forløbslabels er koder i Sundhedsvæsenets Klassifikations System, og null er "
                    "ikke tilladt.",
                    "Episode labels are codes of the Danish health care classification system "
                    "(SKS), and null is not allowed.",
                ),
                Wording(f'Skriv codeSystem="{Oid.SKS}".', f'Write codeSystem="{Oid.SKS}".'),
                source=OFFICIAL,
            ),
            {"codeSystem": Is(Oid.SKS)},
        ),
        has(
            requirement(
                "b670 8b6d",
                Wording(
                    f'Forløbslabelens codeSystemName skal være "{SKS_NAME}".',
                    f'The codeSystemName of the label must be "{SKS_NAME}".',
                ),
                Wording("Navnet kan udelades.", "The name may be left out."),
                Wording("Ret navnet, eller udelad det.", "Correct the name, or leave it out."),
                source=OFFICIAL,
            ),
            {"codeSystemName": OrAbsent(Is(SKS_NAME))},
        ),
        field="appointment.episode_of_care.label",
    )


def events(version: str) -> tuple[Element, ...]:
    """The rows of the service events, for the id of a version of the profile."""
    return (
        row(ROOT / "documentationOf", None, fixed=attributes("typeCode=DOC")),
        row(SERVICE_EVENT, None, fixed=attributes("moodCode=EVN")),
        *_time(),
        *_version(version),
        *_episode(),
    )
