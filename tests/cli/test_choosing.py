"""What a command sets by itself, because only one thing in the plan fits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bcp.cli import main

PLAN = """
organisation: {name: Small}
components:
  grid: {kind: power, name: Grid, site: town-hall}
  n-1: {kind: number, name: Switchboard, e164: "+46980123456", requires: [grid]}
  desk: {kind: activity, name: Desk, requires: [n-1], bia: {rto: 1h}}
"""


def bcp(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run a command as somebody types it; its exit status."""
    monkeypatch.setattr("sys.argv", ["bcp", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


@pytest.mark.parametrize(
    ("scenario", "set_so"), [("site-power", "site=town-hall"), ("single-number", "number=n-1")]
)
def test_the_only_thing_that_fits_is_set_and_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    scenario: str,
    set_so: str,
) -> None:
    """The run strikes it, standard output stays JSON, and standard error says what was set."""
    file = tmp_path / "small.yaml"
    file.write_text(PLAN, encoding="utf-8")
    assert bcp(monkeypatch, "run", str(file), scenario, "--json", "--lang", "en") == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["activities"]["desk"]["min_level"] == 0
    assert set_so in said.err


def test_nothing_is_told_where_nothing_was_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What somebody sets is run as it is, and what strikes nothing is still an error that says so."""
    file = tmp_path / "small.yaml"
    file.write_text(PLAN, encoding="utf-8")
    assert bcp(monkeypatch, "run", str(file), "site-power", "--set", "site=town-hall", "--json") == 0
    assert capsys.readouterr().err == ""
    assert bcp(monkeypatch, "run", str(file), "site-power", "--set", "site=elsewhere") == 2
    assert "site" in capsys.readouterr().err
