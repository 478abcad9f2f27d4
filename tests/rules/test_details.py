"""Messages that lead to the mistake: what was found and what is due, all places, each once."""

import re

import pytest

import apd
from apd.findings import Finding
from apd.rules.catalogue import rules_of_the_library
from apd.rules.details import DETAILS, TOGETHER, follows
from apd.rules.rule import Rule
from apd.rules.settings import Settings
from apd.standard.element import ABSENT, Element, Has
from apd.standard.elements import elements
from apd.testing.defects import defects, is_of_set, with_defect
from apd.testing.defects.rows import edited_path
from tests.rules.editing import edited, valid, valid_document

LOW, HIGH = "$encounter/effectiveTime/low", "$encounter/effectiveTime/high"


def found(edit: str, rule: str) -> list[Finding]:
    """The findings of one rule in the valid document after an edit."""
    return [one for one in apd.validate(edited(edit)).findings if one.rule == rule]


def both(low: str, high: str) -> str:
    """An edit that writes the start and the end of the appointment, in header and body."""
    return " && ".join(
        f"set {place}/effectiveTime/{name} value={value}"
        for place in ("$time", "$encounter")
        for name, value in (("low", low), ("high", high))
    )


APPOINTMENT = "CONF-DK:33-APPOINTMENT"
FULL = "The time of the appointment must have a date, a time with seconds and an offset: "
# an edit, the rule, and what the finding says in English and in Danish
MESSAGES = [
    (
        both("20260305090000+0200", "20260305110000+0200"),
        "BR-OFFSET",
        "The offset is +0200, but +0100 applies in Denmark at that time. The readable text "
        "mentions the time of day as it is in the data: the offset is probably wrong.",
        "Tidszonen er +0200, men i Danmark gælder +0100 på det tidspunkt. Den læsbare tekst "
        "nævner klokkeslættet, som det står i data: tidszonen er formentlig forkert.",
    ),
    (
        both("20260305080000+0000", "20260305100000+0000"),
        "BR-OFFSET",
        "The offset is +0000, but +0100 applies in Denmark at that time.",
        "Tidszonen er +0000, men i Danmark gælder +0100 på det tidspunkt.",
    ),
    (
        both("202603050900+0100", "202603051100+0100"),
        APPOINTMENT,
        f"{FULL}YYYYMMDDhhmmss+hhmm; the seconds are missing here.",
        "; her mangler sekunderne.",
    ),
    (
        both("20260305090000", "20260305110000"),
        APPOINTMENT,
        f"{FULL}YYYYMMDDhhmmss+hhmm; the offset is missing here; at that time it is +0100.",
        "; her mangler tidszonen; på det tidspunkt er den +0100.",
    ),
    (
        both("202603050900", "202603051100"),
        APPOINTMENT,
        f"{FULL}YYYYMMDDhhmmss+hhmm; the seconds are missing here; the offset is missing here; "
        "at that time it is +0100.",
        "; her mangler sekunderne; her mangler tidszonen; på det tidspunkt er den +0100.",
    ),
    (
        both("20260305", "20260306"),
        APPOINTMENT,
        f"{FULL}YYYYMMDDhhmmss+hhmm; the time of day is missing here; the offset is missing "
        "here; at that time it is +0100.",
        "; her mangler klokkeslættet; her mangler tidszonen; på det tidspunkt er den +0100.",
    ),
    (
        both("2026-03-05T09:00:00+01:00", "2026-03-05T11:00:00+01:00"),
        APPOINTMENT,
        f"{FULL}YYYYMMDDhhmmss+hhmm; the form is a different one here, such as ISO 8601.",
        "; her er formen en anden, f.eks. ISO 8601.",
    ),
    (
        both("20260305080000+0100", "20260305100000+0100"),
        "BR-TEXT-TIME",
        "The readable text does not mention the time of the appointment; either the text or the "
        "data are wrong. UTC was probably written as Danish local time (the difference is "
        "exactly Denmark's offset).",
        " UTC er formentlig skrevet som dansk tid (forskellen er præcis Danmarks tidszone).",
    ),
    (
        both("20260305100000+0100", "20260305120000+0100"),
        "BR-TEXT-TIME",
        "The readable text does not mention the time of the appointment; either the text or the "
        "data are wrong. The times in the text are probably UTC (the difference is exactly "
        "Denmark's offset).",
        " Tiderne i teksten er formentlig UTC (forskellen er præcis Danmarks tidszone).",
    ),
    (
        both("20260305210000+0100", "20260305230000+0100"),
        "BR-TEXT-TIME",
        "The readable text does not mention the time of the appointment; either the text or the "
        "data are wrong. The time of day was probably written in 12-hour format (the difference "
        "is 12 hours).",
        " Klokkeslættet er formentlig skrevet i 12-timersformat (forskellen er 12 timer).",
    ),
    (
        both("20260305131500+0100", "20260305134500+0100"),
        "BR-TEXT-TIME",
        "The readable text does not mention the time of the appointment; either the text or the "
        "data are wrong.",
        "Den læsbare tekst nævner ikke aftalens klokkeslæt; teksten eller data er forkert.",
    ),
    (
        both("20260503090000+0200", "20260503110000+0200"),
        "BR-TEXT-DATE",
        "The readable text does not mention the date of the appointment; either the text or the "
        "data are wrong. The day and the month were probably swapped.",
        " Dag og måned er formentlig byttet om.",
    ),
    (  # a start without seconds is a clock as well
        both("202605030900+0200", "202605031100+0200"),
        "BR-TEXT-DATE",
        "The readable text does not mention the date of the appointment; either the text or the "
        "data are wrong. The day and the month were probably swapped.",
        " Dag og måned er formentlig byttet om.",
    ),
]


@pytest.mark.parametrize(("edit", "rule", "en", "da"), MESSAGES)
def test_what_was_found_and_what_is_due(edit: str, rule: str, en: str, da: str) -> None:
    (finding,) = found(edit, rule)
    assert finding.wording.en == en
    assert finding.wording.da.endswith(da)


def test_one_mistake_is_one_finding_with_all_its_places() -> None:
    edit = both("20260305090000+0200", "20260305110000+0200")
    (finding,) = apd.validate(edited(edit)).findings
    places = (finding.path, *(place.path for place in finding.also_at))
    interval = "effectiveTime/{}/@value"
    assert [place.partition("/serviceEvent/")[2] or place[-26:] for place in places] == [
        *(interval.format(name) for name in ("low", "high")),
        *(f"r/{interval.format(name)}"[-26:] for name in ("low", "high")),
    ]
    text = edited(edit).decode()
    for place in (finding, *finding.also_at):
        assert place.line is not None
        assert place.column is not None
        line = text.splitlines()[place.line - 1]
        assert line[place.column - 1 :].startswith('value="20260305')


def test_what_differs_is_another_finding() -> None:
    edit = f"set {LOW} value=202603050900+0100 && set {HIGH} value=20260305110000"
    assert len(found(edit, APPOINTMENT)) == 2


ATTRIBUTES = [
    ("set realmCode code=SE", "CONF-DK-APD:cdc3-CODE", "realmCode/@code"),
    ("unset realmCode code", "CONF-DK-APD:cdc3-CODE", "realmCode"),
    ("set title nullFlavor=NI", "APD-TITLE-1", "title/@nullFlavor"),
    ("set $patient/id extension=1", "BR-CPR-1", "patientRole/id/@extension"),
    ("set $encounter/statusCode code=x", "CONF-DK-APD:0da6", "statusCode/@code"),
    ("set $performer/telecom value=tel:1", "BR-TELECOM", "telecom/@value"),
    ("remove realmCode", "CONF-DK-APD:cdc3", "/ClinicalDocument"),
    ("set $custodian/telecom value=tel:%zz", "XSD-OTHER", "telecom"),
    ("set $encounter/code nullFlavor=x", "XSD-VALUE", "encounter/code/@nullFlavor"),
    ("set $encounter/code mood=x", "XSD-ATTRIBUTE", "encounter/code/@mood"),
    ("unset $encounter classCode", "XSD-ATTRIBUTE", "section/entry/encounter"),
    (
        "set $repetition/criterion/value xsi:type=NoSuchType",
        "XSD-TYPE",
        "criterion/value",
    ),
]


@pytest.mark.parametrize(("edit", "rule", "path"), ATTRIBUTES)
def test_an_attribute_that_is_wrong_is_pointed_at(edit: str, rule: str, path: str) -> None:
    (finding,) = found(edit, rule)
    assert finding.path.endswith(path)


def test_an_attribute_is_found_behind_others_that_look_like_it() -> None:
    data = valid().replace(b"<realmCode ", b"<realmCode xmlns:code='urn:x' a=' code=\"DK\"'\n  ")
    (finding,) = (
        one
        for one in apd.validate(data.replace(b'code="DK"/>', b"code = 'SE'/>")).findings
        if one.rule == "CONF-DK-APD:cdc3-CODE"
    )
    line = data.decode().splitlines()[(finding.line or 0) - 1]
    assert line == '  code="DK"/>'
    assert finding.column == 3


# --- what speaks for what --------------------------------------------------------------------

SPEAKING = {other for one in follows().values() for other in one.others}
RULES = {rule.id: rule for rule in rules_of_the_library()}


def test_the_tables_name_rules() -> None:
    assert {*DETAILS, *TOGETHER, *follows(), *SPEAKING} <= RULES.keys()
    assert SPEAKING.isdisjoint({*TOGETHER, *follows()})


@pytest.mark.parametrize("rule", follows())
def test_what_speaks_for_a_rule_is_shown_where_its_layer_is(rule: str) -> None:
    layers = {RULES[other].layer for other in follows()[rule].others}
    assert layers == {RULES[rule].layer}


NEVER_NULL = [
    row
    for row in elements()
    for one in row.constraints
    if row.type and isinstance(one, Has) and one.attributes == {"nullFlavor": ABSENT}
]


@pytest.mark.parametrize("row", NEVER_NULL, ids=lambda row: str(row.path))
def test_that_a_value_must_not_be_null_is_said_once_where_it_has_content(row: Element) -> None:
    data = edited(f"set {edited_path(row.path)} nullFlavor=OTH")
    rules = {one.rule.id for one in row.constraints if isinstance(one, Has)}

    found = {one.rule for one in apd.validate(data).findings}

    assert found & rules
    assert "DT-NULL" not in found


ALONE = [
    rule if rule in SPEAKING else pytest.param(rule, marks=pytest.mark.slow)
    for rule in defects()
    if not is_of_set(rule)
]


@pytest.mark.parametrize("rule", ALONE)
def test_what_follows_is_not_lost(rule: str) -> None:
    """The verdict stays, every clause is named, and what speaks for another weighs no less."""
    data = with_defect(valid_document(), rule)
    findings = apd.validate(data).findings
    alone = apd.validate(data, settings=Settings(off={rule})).findings
    named = {clause for one in findings for clause in one.conformance}
    # what the rule spoke for is found by itself as soon as the rule is off
    assert named >= {clause for one in alone for clause in one.conformance}
    weights = [one.severity for one in findings]
    assert max(weights, default=None) == max(
        weights + [one.severity for one in alone], default=None
    )


def test_no_message_repeats_a_value() -> None:
    """Own words of findings name forms: no digits but those of offsets and of the rule's words."""
    for rule in (rule for rule in RULES.values() if isinstance(rule, Rule) and rule.detail):
        for finding in apd.validate(with_defect(valid_document(), rule.id)).findings:
            assert not re.search(r"[0-9]{5}", finding.message.replace(rule.wording.en, ""))
