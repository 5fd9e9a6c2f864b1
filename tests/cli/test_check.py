"""`bcp check` as a linter: choosing rules, SARIF, accepted risks, one line a finding."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bcp import cli

Check = Callable[..., tuple[int, str, str]]

PLAN = """\
format: bcp-plan/1
organisation: {name: Liten, country: SE}
components:
  in: {kind: platform, name: "Platt\\nform \\u001b[31m", operator: telia}
  n: {kind: number, name: Nummer, e164: "+46771123456", requires: in}
  s: {kind: activity, name: Kundtjänst, requires: n, bia: {rto: 1h, mtpd: 4h, demand: 60/h}}
accepted_risks:
  - {code: S2, subject: n, reason: För liten, accepted_by: Ann, until: 2030-01-01}
"""


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A plan file in the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    return "plan.yaml"


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Check:
    """Runs `bcp check` in English; gives its exit status, standard output and standard error."""

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["bcp", "check", *arguments, "--lang", "en"])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        told = capsys.readouterr()
        return int(stop.value.code or 0), told.out, told.err

    return call


def codes(out: str) -> list[str]:
    """The codes of the printed findings."""
    return [line.split()[1] for line in out.splitlines()]


def test_a_finding_is_one_line_whatever_a_plan_holds(check: Check, plan: str) -> None:
    """Each finding is one line `file:line CODE message`; line breaks and control characters of a name become blanks."""
    _, out, _ = check(plan, "--select", "S1")
    assert [line.split()[:2] for line in out.splitlines()] == [["plan.yaml:4", "S1"], ["plan.yaml:5", "S1"]]
    assert "\x1b" not in out
    assert "Platt form" in out


def test_rules_are_selected_and_ignored(check: Check, plan: str) -> None:
    """Codes and families, in one option or several, decide what is printed and what --strict counts."""
    assert set(codes(check(plan, "--select", "M7,S1")[1])) == {"M7", "S1"}
    assert set(codes(check(plan, "--select", "M7", "--select", "s")[1])) == {"M7", "S1"}
    assert "S1" not in codes(check(plan, "--ignore", "S")[1])
    assert check(plan, "--select", "S1", "--strict")[0] == 1
    assert check(plan, "--select", "S", "--ignore", "S1", "--strict")[0] == 0
    assert check(plan, "--select", "S", "--ignore", "S1")[1].strip() == "Nothing found."


def test_a_code_that_is_none_is_bad_input(check: Check, plan: str) -> None:
    """A misspelt code ends with status 2 and says so, instead of checking nothing."""
    status, out, err = check(plan, "--select", "S77")
    assert (status, out) == (2, "")
    assert "S77" in err


def test_accepted_risks_are_told_in_json_only(check: Check, plan: str) -> None:
    """What is accepted is not printed as a finding, and stands apart in the JSON with its risk."""
    assert "S2" not in codes(check(plan)[1])
    data = json.loads(check(plan, "--json")[1])
    assert "S2" not in {f["code"] for f in data["findings"]}
    (accepted,) = data["accepted"]
    assert accepted["finding"]["subject"] == "n"
    assert accepted["risk"]["accepted_by"] == "Ann"


def test_the_json_of_a_finding_holds_its_remedy(check: Check, plan: str) -> None:
    """A finding's remedy is an edit that another program can apply."""
    text = PLAN.replace("requires: in}", "requires: {any_of: in}}").replace("any_of: in", "any_of: [in]")
    Path(plan).write_text(text, encoding="utf-8")
    data = json.loads(check(plan, "--json", "--select", "M15")[1])
    (finding,) = data["findings"]
    assert finding["remedy"]["changes"] == [
        {"path": ["components", "n", "requires", 0], "before": {"any_of": ["in"]}, "after": "in"}
    ]


def test_a_sarif_log_is_written_beside_the_output(check: Check, plan: str) -> None:
    """The log has the findings with their lines and the accepted ones suppressed; the lines are printed all the same."""
    status, out, _ = check(plan, "--sarif", "out/check.sarif")
    assert status == 0
    results = json.loads(Path("out/check.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert [r["ruleId"] for r in results if "suppressions" not in r] == codes(out)
    assert [r["ruleId"] for r in results if "suppressions" in r] == ["S2"]
    first = results[0]["locations"][0]["physicalLocation"]
    assert first["artifactLocation"]["uri"] == "plan.yaml"
    assert f"plan.yaml:{first['region']['startLine']}" == out.split()[0]


def test_the_catalogue_says_what_a_rule_is(check: Check) -> None:
    """Each rule of the listed catalogue has its family, severity, texts and clause; there are more than forty."""
    rules = json.loads(check("--list", "--json")[1])["rules"]
    assert len(rules) > 40
    for rule in rules:
        assert rule["severity"] in {"error", "warning", "advice"}
        assert all(
            rule[field] for field in ("code", "family", "family_name", "title", "message", "reason", "remedy")
        )
