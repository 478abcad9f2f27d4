"""``apd rules``: the list, and what is told of one."""

import json
import re

import pytest

from apd.cli.app import run
from apd.findings import Layer
from apd.sor.comparison import every_rule

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
    said = dict(re.split(r"\s{2,}", row.strip(), maxsplit=1) for row in rows)
    assert said == {
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
    from apd.cli.rule_names import named

    for rule in RULES:
        for name in (rule.id, *rule.conformance):
            assert rule in named(name)


UNKNOWN = [
    ("CONF-DK-APD:cdc", "reglen 'CONF-DK-APD:cdc' findes ikke; mente du CONF-DK-APD:cdc3"),
    ("XLM-DTD", "mente du XML-DTD"),
    ("qqqqqqqqqqqq", "reglen 'qqqqqqqqqqqq' findes ikke; apd rules viser dem alle"),
    ("\x1b[31m", "reglen '\ufffd[31m' findes ikke"),
    ("", "reglen '' findes ikke"),
]


@pytest.mark.parametrize(("name", "says"), UNKNOWN)
def test_a_rule_that_is_not_there(capsys, name, says) -> None:
    assert run(["rules", "XML-DTD", name]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(r"apd: .+\n", err)
    assert says in err
