"""Documents of people who wish a page ill, or who only write at length."""

from attrs import evolve

import apd
from apd import overview as ov
from tests import samples
from tests.overview import kit

SCRIPT = "</title></style><script>document.title = 'taken'</script>"
IMAGE = '"><img src=x onerror="document.title = 1">'
TURNED = "\u202e00.21 .lk gadirf \u2066skjult"
COMMENT = "<!-- <bdi> {{ 7 * 7 }} {% raw %} &lt;b&gt; ]]> \x7f\x9b"
LONG_WORD = "Speciallægekonsulentundersøgelsesindkaldelse" * 12
LONG_REASON = "Kontrol af knæ og hofte efter operation, " * 12 + "i alt 512 tegn."
TEXTS = (SCRIPT, IMAGE, TURNED, COMMENT, LONG_WORD, LONG_REASON)
URIS = (
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "data:text/html,<b>",
    "vbscript:x",
    "file:///",
)
SAFE_URIS = (
    "tel:65000000",
    "sms:65000000",
    "mailto:a@example.dk",
    "http://a.dk",
    "https://a.dk/?b&c",
)


def documents() -> list[apd.AppointmentDocument]:
    """A document for each text, which stands wherever a text may stand."""
    return [_document(number, text) for number, text in enumerate(TEXTS)]


def _document(number: int, text: str) -> apd.AppointmentDocument:
    hour = 8 + number
    when = kit.schedule(f"2026-03-05 {hour:02}:00", f"{hour:02}:45", indicative=True, note=text)
    made = kit.document(
        number,
        when,
        reason=apd.Reason(text),
        location=samples.location(name=text, address=samples.address(lines=[text], city=text)),
        performer=samples.performer(
            organization=apd.Organization(name=text),
            person=apd.Person(apd.PersonName([text], text)),
            telecoms=[apd.Telecom(uri) for uri in SAFE_URIS],
        ),
        episode_of_care=apd.EpisodeOfCare(
            [apd.Identifier("1.2.3", text)], apd.Code("ALAL07", apd.Oid.SKS, text)
        ),
        patient=samples.patient(name=apd.PersonName([text], text)),
    )
    return evolve(made, language="x-\u202eda", custodian=samples.custodian(name=text))


def overview(**more: object) -> ov.Overview:
    """An overview of all of them."""
    return kit.overview(*documents(), now=kit.at("2026-03-05 07:00"), viewer=kit.NURSE, **more)
