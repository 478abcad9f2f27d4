"""The report as SARIF 2.1.0."""

import json
from typing import Any

import pytest
from attrs import evolve

from apd.reports.checked import Ending, Known
from apd.reports.contract import header
from apd.reports.sarif import sarif, uri
from apd.rules.catalogue import rules_of_the_library
from apd.rules.settings import Settings, rule_set
from tests.reports.making import DOCUMENTS, context, rule
from tests.reports.sarif_shape import check

RULES = {one.id: one for one in rules_of_the_library()}


def log(documents=DOCUMENTS, **changes: Any) -> Any:
    """A report, parsed and found to be SARIF."""
    lines = sarif(documents, context(**changes))
    form = json.loads("\n".join(lines))
    check(form)
    return form


@pytest.mark.parametrize("documents", [(), DOCUMENTS[:1], DOCUMENTS[1:2], DOCUMENTS])
@pytest.mark.parametrize("language", ["da", "en"])
def test_shape(documents, language) -> None:
    [run] = log(documents, language=language)["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == sum(len(checked.findings) for checked in documents)
    for result in run["results"]:
        if "ruleIndex" in result:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        else:
            assert result["ruleId"] == "NO-SUCH-RULE"


def test_the_librarys_own_rules() -> None:
    form = log(rules=RULES)
    ids = [one["id"] for one in form["runs"][0]["tool"]["driver"]["rules"]]
    assert ids == list(RULES)
    assert all(one["help"]["text"] for one in form["runs"][0]["tool"]["driver"]["rules"])


def test_others_of_one_name_are_reported_once() -> None:
    """An archive may hold two files of one name; locations beside a result must differ."""
    twice = evolve(DOCUMENTS[-1], others=("a.zip/b.xml", "a.zip/b.xml"))
    [result] = log([twice])["runs"][0]["results"]
    assert len(result["relatedLocations"]) == 1


def test_a_result() -> None:
    first, second, *_ = log()["runs"][0]["results"]
    assert first == {
        "ruleId": "T-1",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "Must be <here> & now."},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "a%20folder/bad.xml"},
                    "region": {"startLine": 7, "startColumn": 5},
                },
                "logicalLocations": [
                    {"fullyQualifiedName": "/ClinicalDocument/author[2]", "kind": "element"}
                ],
            }
        ],
        "partialFingerprints": {"dkApd/v1": DOCUMENTS[1].fingerprint(DOCUMENTS[1].findings[0])},
    }
    assert second["level"] == "warning"
    assert second["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    assert {result["level"] for result in log()["runs"][0]["results"]} == {
        "error",
        "warning",
        "note",
    }


def test_what_documents_are_wrong_together() -> None:
    together = log()["runs"][0]["results"][-1]
    assert together["relatedLocations"] == [
        {"physicalLocation": {"artifactLocation": {"uri": "warned.xml"}}}
    ]


def test_a_rule() -> None:
    [reported, *_] = log(language="da")["runs"][0]["tool"]["driver"]["rules"]
    assert reported["shortDescription"] == {"text": rule().wording.da}
    assert reported["help"] == {"text": "Fordi.\nGør det.\nSide 7"}
    assert reported["defaultConfiguration"] == {"level": "error"}
    assert reported["properties"]["conformance"] == ["T-1"]


def test_rules_of_the_library_are_explained_and_the_tool_as_well() -> None:
    """Where the pages are published, and nowhere else."""
    pages = "https://docs.example/apd/"
    driver = log(rules=RULES, documentation=pages)["runs"][0]["tool"]["driver"]
    assert driver["informationUri"] == pages
    assert all(one["helpUri"].startswith(f"{pages}rules/") for one in driver["rules"])
    driver = log(rules=RULES)["runs"][0]["tool"]["driver"]
    assert "informationUri" not in driver
    assert not any("helpUri" in one for one in driver["rules"])


def test_settings_in_force_are_overrides() -> None:
    settings = Settings(off={"BR-HOME"}, severities={"CONF-DK-APD:cdc3": "warning"})
    [run] = log((), rules=RULES, rule_set=rule_set(settings))["runs"]
    overrides = run["invocations"][0]["ruleConfigurationOverrides"]
    reported = {one["descriptor"]["id"]: one["configuration"] for one in overrides}
    assert reported.pop("BR-HOME") == {"enabled": False}
    assert reported == {
        id: {"level": "warning"}
        for id, one in RULES.items()
        if "CONF-DK-APD:cdc3" in (id, *one.conformance)
    }
    ids = [one["id"] for one in run["tool"]["driver"]["rules"]]
    assert all(ids[one["descriptor"]["index"]] == one["descriptor"]["id"] for one in overrides)


def test_what_is_new_known_and_gone() -> None:
    ending = Ending(gone=(Known(("a.xml",), "T-1", "/ClinicalDocument/id", "0" * 32),))
    documents = [evolve(DOCUMENTS[1], known=(True, False))]
    [run] = log(documents, ending=ending, baseline="known.json")["runs"]
    assert [one["baselineState"] for one in run["results"]] == ["unchanged", "new"]
    [gone] = run["properties"]["gone"]
    assert (gone["rule"], gone["fingerprint"]) == ("T-1", "0" * 32)


def test_every_result_is_in_a_file() -> None:
    """GitHub refuses a report with a result that is in none."""
    ending = Ending(gone=(Known(("a.xml",), "T-1", "/ClinicalDocument/id", "0" * 32),))
    [run] = log(ending=ending, baseline="known.json")["runs"]
    places = [place["physicalLocation"] for one in run["results"] for place in one["locations"]]
    assert len(places) >= len(run["results"]) > 0
    assert all(one["locations"] for one in run["results"])
    assert all(one["artifactLocation"]["uri"] and one["region"] for one in places)


def test_the_header_of_the_report_is_in_the_run() -> None:
    assert log()["runs"][0]["properties"]["header"] == header(context())


def test_what_could_not_be_checked() -> None:
    [invocation] = log()["runs"][0]["invocations"]
    [notification] = invocation["toolExecutionNotifications"]
    assert not invocation["executionSuccessful"]
    assert notification["message"] == {"text": "There is no such file."}
    assert log(DOCUMENTS[:2])["runs"][0]["invocations"][0]["executionSuccessful"]


@pytest.mark.parametrize(
    ("name", "directory", "expected"),
    [
        ("a.xml", "/w", "a.xml"),
        ("./a b/æ.xml", "/w", "a%20b/%C3%A6.xml"),
        ("../a.xml", "/w", "../a.xml"),
        ("/w/x/a.xml", "/w", "x/a.xml"),
        ("/other/a#.xml", "/w", "file:///other/a%23.xml"),
        ("a:b.xml", "/w", "a%3Ab.xml"),
        ("251248-****.xml", "", "251248-%2A%2A%2A%2A.xml"),
        ("-", "", "-"),
        (r"a\x0ab.xml", "/w", "a%0Ab.xml"),
        (r"/other/a\xffb.xml", "/w", "file:///other/a%FFb.xml"),
        (r"a\\xffb.xml", "/w", "a%5Cxffb.xml"),
        (r"a\xe2\x80\xaeb.xml", "", "a%E2%80%AEb.xml"),
    ],
)
def test_uris(name, directory, expected) -> None:
    assert uri(name, directory) == expected
