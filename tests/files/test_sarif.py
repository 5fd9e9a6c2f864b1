from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bcp import __version__, usecases
from bcp.checks import examine, rule_texts
from bcp.files.sarif import write_sarif
from bcp.model.finding import Examination
from bcp.words import words
from tests.checks.sound import TODAY, changed
from tests.checks.test_rules import risk

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
LANGUAGE = {"type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"}

RULE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id"],
    "properties": {
        "id": {"type": "string"},
        "shortDescription": TEXT,
        "fullDescription": TEXT,
        "help": TEXT,
        "defaultConfiguration": {
            "type": "object",
            "properties": {"level": LEVEL},
            "additionalProperties": False,
        },
        "properties": {
            "type": "object",
            "properties": {"tags": {"type": "array", "uniqueItems": True, "items": {"type": "string"}}},
        },
    },
}

LOCATION = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "physicalLocation": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {
                        "uri": {"type": "string", "pattern": r"^[\w\-./%:~]+$"},
                        "uriBaseId": {"type": "string"},
                    },
                },
                "region": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {"startLine": {"type": "integer", "minimum": 1}},
                },
            },
        },
        "logicalLocations": {
            "type": "array",
            "uniqueItems": True,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {"name": {"type": "string"}, "fullyQualifiedName": {"type": "string"}},
            },
        },
    },
}

RESULT = {
    "type": "object",
    "additionalProperties": False,
    "required": ["message"],
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": -1},
        "level": LEVEL,
        "message": TEXT,
        "locations": {"type": "array", "items": LOCATION},
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
        "suppressions": {
            "type": "array",
            "uniqueItems": True,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["kind"],
                "properties": {
                    "kind": {"enum": ["inSource", "external"]},
                    "status": {"enum": ["accepted", "underReview", "rejected"]},
                    "justification": {"type": "string"},
                },
            },
        },
    },
}

DRIVER = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {
        "name": {"type": "string"},
        "semanticVersion": {"type": "string"},
        "language": LANGUAGE,
        "rules": {"type": "array", "uniqueItems": True, "items": RULE},
    },
}

SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"enum": ["2.1.0"]},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["tool"],
                "properties": {
                    "tool": {"type": "object", "required": ["driver"], "properties": {"driver": DRIVER}},
                    "language": LANGUAGE,
                    "results": {"type": "array", "items": RESULT},
                },
            },
        },
    },
}
"""What SARIF 2.1.0 asks of the objects that the log uses; a property that is not listed here is not in the log."""


def log(found: Examination, file_name: str = "plans/my plan.yaml", lines: list[int] | None = None) -> Any:
    """The log of an examination, read back."""
    n = len(found.findings) + len(found.accepted)
    numbers = lines or list(range(1, n + 1))
    return json.loads(write_sarif(found, rule_texts(words("en")), file_name, numbers, words("en")))


EXAMINED = examine(
    changed(
        ("fallbacks/publish/last_tested", None),
        ("fallbacks/publish/executes_at", "in-1"),
        ("fallbacks/publish/steps", None),
        ("accepted_risks", [risk("B7", "publish", "2027-01-01")]),
    ),
    on=TODAY,
)


@pytest.mark.parametrize("name", usecases.example_names())
@pytest.mark.parametrize("language", ["en", "sv"])
def test_the_log_of_an_example_is_sarif(name: str, language: str) -> None:
    """The examples' findings have the form that SARIF 2.1.0 asks for, in each language."""
    plan = usecases.open_plan(f"example:{name}").plan
    found = usecases.examine(plan, on=date(2026, 11, 23), language=language)
    text = usecases.sarif_log(f"example:{name}", plan, found, language=language)
    data = json.loads(text)
    jsonschema.validate(data, SCHEMA)
    assert len(data["runs"][0]["results"]) == len(found.findings) + len(found.accepted)
    assert text == usecases.sarif_log(f"example:{name}", plan, found, language=language)
    assert text.endswith("}\n")


def test_each_result_names_its_rule_and_how_much_it_matters() -> None:
    """A result points at its rule in the catalogue; errors, warnings and advice become errors, warnings and notes."""
    (run,) = log(EXAMINED)["runs"]
    driver = run["tool"]["driver"]
    assert driver["semanticVersion"] == __version__
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    levels = {result["ruleId"]: result["level"] for result in run["results"]}
    assert {code: levels[code] for code in ("B1", "B5", "B7")} == {
        "B1": "error",
        "B5": "warning",
        "B7": "note",
    }


def test_an_accepted_finding_is_suppressed_with_its_reason() -> None:
    """What somebody accepted stays in the log, suppressed, with who, until when and why; nothing else is suppressed."""
    results = log(EXAMINED)["runs"][0]["results"]
    (accepted,) = [r for r in results if "suppressions" in r]
    assert accepted["ruleId"] == "B7"
    assert accepted["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "Accepted by Ann until 1 January 2027: -"}
    ]


def test_a_result_stands_at_its_line_and_at_its_place_in_the_plan() -> None:
    """Lines are those given; the file is named from the working directory, with blanks written as a URI has them."""
    place = log(EXAMINED)["runs"][0]["results"][0]["locations"][0]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "plans/my%20plan.yaml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 1},
    }
    assert place["logicalLocations"][0]["name"] == "publish"


def test_a_file_is_named_from_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An absolute path below the working directory is told from there; one elsewhere stays a whole address."""
    monkeypatch.chdir(tmp_path)
    inside = log(EXAMINED, str(tmp_path / "plan.yaml"))["runs"][0]["results"][0]["locations"][0]
    assert inside["physicalLocation"]["artifactLocation"] == {"uri": "plan.yaml", "uriBaseId": "%SRCROOT%"}
    outside = log(EXAMINED, str(tmp_path.parent / "plan.yaml"))["runs"][0]["results"][0]["locations"][0]
    assert outside["physicalLocation"]["artifactLocation"]["uri"].startswith("file:///")


def test_a_plan_in_no_file_has_no_lines() -> None:
    """Findings of a plan in the store name their place in the plan only."""
    results = log(EXAMINED, "")["runs"][0]["results"]
    assert all("physicalLocation" not in place for r in results for place in r["locations"])
    jsonschema.validate(log(EXAMINED, ""), SCHEMA)


def test_a_result_is_known_again_when_lines_move() -> None:
    """The fingerprint depends on the rule and the place in the plan, not on the line."""
    n = len(EXAMINED.findings) + len(EXAMINED.accepted)
    prints = [
        [r["partialFingerprints"] for r in log(EXAMINED, lines=lines)["runs"][0]["results"]]
        for lines in ([1] * n, [100] * n)
    ]
    assert prints[0] == prints[1]
    assert len({json.dumps(p) for p in prints[0]}) == n
