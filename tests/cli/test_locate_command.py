"""`bcp locate` in a terminal and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bcp.cli.locate_command import locate
from bcp.cli.locate_tables import put_location
from bcp.engine.locate.suspects import locate as located
from bcp.errors import InvalidInputError
from bcp.files.calls_csv import read_calls
from bcp.files.plan_file import write_plan
from bcp.model.call import Calls
from bcp.model.located import Location
from bcp.model.plan import Plan
from bcp.usecases import locating
from bcp.words import words

PLAN = Plan.model_validate(
    {
        "organisation": {"name": "Helder", "country": "NL"},
        "components": {
            "numbers": {
                "kind": "number_range",
                "name": "Our numbers",
                "span": {"first": "+441632960000", "last": "+441632960999"},
                "requires": [{"split": {"card-1": 0.5, "card-2": 0.5}}, "core"],
            },
            "card-1": {"kind": "interconnect", "name": "Card 1", "operator": "kpn"},
            "card-2": {"kind": "interconnect", "name": "Card 2", "operator": "kpn"},
            "core": {"kind": "platform", "name": "Core", "operator": "helder"},
        },
    }
)
LINES = [
    *["09:00,lost,+44 1632 960123,card-1,One-way"] * 8,
    *["09:01,kpn,+44 1632 960123,card-1,ok"] * 12,
    *["09:02,kpn,+44 1632 960456,card-2,ok"] * 30,
]
TEXT = "\n".join(["time,from,to,via,result", *LINES]).replace("lost", "kpn")


def told(language: str, text: str, capsys: pytest.CaptureFixture[str]) -> str:
    """All that is printed, with single blanks."""
    put_location(PLAN, located(PLAN, read_calls(text, "calls.csv")), words(language))
    return " ".join(capsys.readouterr().out.split())


def test_the_fault_is_told_with_its_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    """Verdict, suspects, whose fault it is, and the next test are told by name."""
    out = told("en", TEXT, capsys)
    for part in (
        "Helder – Of 50 calls 8 failed",
        "Most probably Card 1:",
        "belongs to kpn",
        "It accounts for 8 of the failures (one-way: 8). 12 calls through it were well.",
        "It is not us",
        "8 of the failures have Card 1 in common",
        "Of our own things Core is the likeliest",
        "Next test call",
    ):
        assert part in out


def test_it_speaks_swedish(capsys: pytest.CaptureFixture[str]) -> None:
    """No English is left where plan and calls have none, whatever was found."""
    out = told("sv", TEXT, capsys)
    assert "Av 50 samtal misslyckades 8" in out
    assert "Det är inte vi" in out
    assert "hör till kpn" in out
    assert not {"suspect", "calls", "Probability", "failed", "Suspects", "times"} & set(out.split())
    assert "Inget samtal misslyckades" in told("sv", "from,to,result\na,core,ok\n", capsys)
    complaints = told("sv", "from,to,result\nmoon,core,bad\n" * 1 + "moon,core,bad\n" * 3, capsys)
    assert "Bara misslyckade samtal angavs" in complaints
    assert "moon (4)" in complaints


def test_the_command_reads_files_and_prints_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON is that of the use case, and its sentences follow the language."""
    plan, calls = tmp_path / "plan.yaml", tmp_path / "calls.csv"
    plan.write_text(write_plan(PLAN), "utf-8")
    calls.write_text(TEXT, "utf-8")
    locate(str(plan), calls, as_json=True, lang="sv")
    data = json.loads(capsys.readouterr().out)
    assert data["format"] == "bcp-locate/1"
    assert data["suspects"][0]["component"] == "card-1"
    assert data["suspects"][0]["explains"] == list(range(2, 10))
    assert data["outside"] is True
    assert "Prova" in data["next_test"]["why"]
    assert "utanför vårt eget nät" in data["outside_because"]
    locate(str(plan), calls, lang="en")
    assert "Card 1" in capsys.readouterr().out


def test_bad_files_are_refused_by_line(tmp_path: Path) -> None:
    """A damaged list of calls gives its lines, no result."""
    calls = tmp_path / "calls.csv"
    calls.write_text("from,to,result\na,b\n", "utf-8")
    with pytest.raises(InvalidInputError, match=r"calls\.csv:2"):
        locate("example:kommun", calls)


def test_the_evidence_can_be_taken_along() -> None:
    """The calls for and against a suspect come as CSV with their lines, to read again; an unknown suspect has none."""
    calls = read_calls(TEXT, "calls.csv")
    found: Location = located(PLAN, calls)
    again: Calls = locating.read_calls(locating.evidence_csv(calls, found, "card-1"), "evidence.csv")
    assert [int(call.other[0]) for call in again.calls] == list(range(2, 22))
    assert again.failures == 8
    assert locating.evidence_csv(calls, found, "nobody").count("\n") == 1
