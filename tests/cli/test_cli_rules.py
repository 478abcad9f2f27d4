"""``apd rules``: the list, and what is told of one."""

import json
import re
from typing import Any

import pytest

from apd.cli.app import run
from apd.findings import Layer
from apd.sor.register_rules import every_rule

RULES = every_rule()


def test_the_list(apd_command) -> None:
    result = apd_command("rules", "--lang", "en")
    lines = result.out.splitlines()
    assert (result.status, result.err) == (0, "")
    assert [line.split()[0] for line in lines] == [rule.id for rule in RULES]
    for rule, line in zip(RULES, lines, strict=True):
        assert rule.severity in line
        assert line.endswith(rule.wording.en)


@pytest.mark.parametrize("layer", list(Layer))
def test_one_layer(apd_command, layer) -> None:
    result = apd_command("rules", "--layer", layer.value, "--format", "json")
    ids = [json.loads(line)["id"] for line in result.out.splitlines()]
    assert ids == [rule.id for rule in RULES if rule.layer is layer]


@pytest.mark.parametrize("language", ["da", "en"])
def test_json(apd_command, language) -> None:
    result = apd_command("rules", "--format", "json", "--lang", language)
    forms = [json.loads(line) for line in result.out.splitlines()]
    for rule, form in zip(RULES, forms, strict=True):
        assert form == {
            "id": rule.id,
            "conformance": list(rule.conformance),
            "layer": rule.layer.value,
            "severity": rule.severity.value,
            "message": rule.wording.in_language(language),
            "explanation": rule.explanation.in_language(language),
            "remedy": rule.remedy.in_language(language),
            "source": rule.source,
        }


def test_one_rule(apd_command) -> None:
    [rule] = [rule for rule in RULES if rule.id == "XML-DTD"]
    result = apd_command("rules", "XML-DTD")
    assert (result.status, result.err) == (0, "")
    title, *rows = result.out.splitlines()
    assert title == "XML-DTD"
    stated = dict(re.split(r"\s{2,}", row.strip(), maxsplit=1) for row in rows)
    assert stated == {
        "Krav": rule.wording.da,
        "Forklaring": rule.explanation.da,
        "Rettelse": rule.remedy.da,
        "Alvorlighed": "fejl",
        "Lag": "xml",
        "Kilde": rule.source,
    }


@pytest.mark.parametrize("name", ["CONF-DK-APD:cdc3", "cdc3", "CDC3", "conf-dk-apd:CDC3"])
def test_every_way_to_name_a_rule(capsys, name) -> None:
    assert run(["rules", name, "--format", "json"]) == 0
    forms = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(forms) == 2
    assert all("CONF-DK-APD:cdc3" in form["conformance"] for form in forms)


def test_every_clause_finds_its_rules() -> None:
    from apd.sor.register_rules import rules_named

    for rule in RULES:
        for name in (rule.id, *rule.conformance):
            assert rule in rules_named(name)


UNKNOWN = [
    ("CONF-DK-APD:cdc", "reglen 'CONF-DK-APD:cdc' findes ikke; mente du CONF-DK-APD:cdc3"),
    ("XLM-DTD", "mente du XML-DTD"),
    ("qqqqqqqqqqqq", "reglen 'qqqqqqqqqqqq' findes ikke; apd rules viser dem alle"),
    ("\x1b[31m", "reglen '\ufffd[31m' findes ikke"),
    ("", "reglen '' findes ikke"),
]


@pytest.mark.parametrize(("name", "message"), UNKNOWN)
def test_a_rule_that_is_not_there(capsys, name, message) -> None:
    assert run(["rules", "XML-DTD", name]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(r"apd: .+\n", err)
    assert message in err


# --- what applied on a day ----------------------------------------------------------------------


def on(apd_command, day: str) -> dict[str, Any]:
    """What a program is told of a day."""
    result = apd_command("rules", "--on", day, "--format", "json", "--lang", "en")
    assert (result.status, result.err, result.out.count("\n")) == (0, "", 1)
    reported: dict[str, Any] = json.loads(result.out)
    return reported


def test_aftaleoversigten_on_a_day(apd_command) -> None:
    before, after = (on(apd_command, day)["business_rules"] for day in ("2025-06-24", "2025-06-25"))
    keys = ("version", "since", "edition")
    assert [before[key] for key in keys] == ["1.0.12", "2025-06-20", "1.0"]
    assert [after[key] for key in keys] == ["2.0", "2025-06-25", "2.0"]
    ids = [{one["id"] for one in reported["sentences"]} for reported in (before, after)]
    assert ids[0] - ids[1] == {"R4", "R6", "R7"}
    worded = {one["id"]: one["is_at_hand"] for one in after["sentences"]}
    assert [id for id, is_at_hand in worded.items() if not is_at_hand] == ["#8", "#10"]


def test_the_laws_on_a_day(apd_command) -> None:
    before, after = (
        {one["basis"]: one for one in on(apd_command, day)["legal_bases"]}
        for day in ("2025-06-30", "2025-07-01")
    )
    assert set(after) - set(before) == {"elderly_act", "elderly_act_8", "elderly_act_16"}
    care = after["elderly_act"]
    assert (care["may_be_shared"], care["days_ahead"], care["is_inferred"]) == (True, 30, True)
    assert care["valid_from"] == "2025-07-01"
    assert before["services_act_85"]["may_be_shared"] is False


def test_the_rules_that_have_a_date(apd_command) -> None:
    reported = {one["id"]: one for one in on(apd_command, "2021-11-23")["rules"]}
    assert reported["CONF-DK-APD:9245"]["since"] == "2021-11-24"
    assert reported["CONF-DK-APD:9245"]["applies"] is False
    assert reported["SET-SERIES-REASON"]["severity"] == "error"
    reported = {one["id"]: one for one in on(apd_command, "2025-08-01")["rules"]}
    assert reported["CONF-DK-APD:9245"]["applies"] is True
    assert reported["SET-SERIES-REASON"]["severity"] == "information"
    assert "XML-DTD" not in reported


def test_before_there_was_anything(apd_command) -> None:
    reported = on(apd_command, "2019-12-31")["business_rules"]
    assert (reported["version"], reported["since"], reported["sentences"]) == (None, None, [])
    result = apd_command("rules", "--on", "2019-12-31", "--lang", "en")
    assert result.out.startswith("Aftaleoversigten had not been published yet.\n\nLegal bases")


@pytest.mark.parametrize(
    ("language", "message"),
    [
        (
            "da",
            [
                "Aftaleoversigten 2.0 (fra 2025-06-25); apd validate --edition 2.0",
                "Retsgrundlag for en aftale den dag",
                r"ældreloven \(helhedspleje\) +ja +30 dage +2025-07-01 +ja +ældreloven",
                r"serviceloven § 85 \(socialpædagogisk støtte\) +nej +MedCom",
                r"#8 +skal +2020-01-06 .*siden 1\.0\.12 er den en anden, som ikke foreligger",
                r"BR-8 +2020-01-06 +ja +advarsel",
            ],
        ),
        (
            "en",
            [
                "Aftaleoversigten 2.0 (since 2025-06-25); apd validate --edition 2.0",
                "Legal bases of an appointment on that day",
                r"Elderly Act \(integrated care\) +yes +30 days +2025-07-01 +yes +ældreloven",
                r"R1 +may +2020-11-13",
            ],
        ),
    ],
)
def test_a_day_in_words(apd_command, language, message) -> None:
    result = apd_command("rules", "--on", "2025-08-01", "--lang", language)
    assert (result.status, result.err) == (0, "")
    for one in message:
        assert one in result.out or re.search(one, result.out), one


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--on", "yesterday"], "is not a day; specify a day such as 2026-12-01"),
        (["--on", "2025-02-30"], "is not a day"),
        (["--on", "2025-08-01", "XML-DTD"], "--on cannot be used with RULE"),
        (["--on", "2025-08-01", "--layer", "xml"], "--on cannot be used with --layer"),
        (["--on", "2025-08-01", "--edition", "1.0"], "--on cannot be used with --edition"),
    ],
)
def test_what_a_day_does_not_go_with(apd_command, arguments, message) -> None:
    result = apd_command("rules", *arguments, "--lang", "en")
    assert (result.status, result.out) == (2, "")
    assert message in result.err
