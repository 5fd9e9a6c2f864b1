"""`bcp new`: a plan file from building blocks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bcp import usecases
from bcp.cli import main
from bcp.usecases import building


def ran(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """The exit status of `bcp ...`."""
    monkeypatch.setattr("sys.argv", ["bcp", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_it_writes_a_plan_and_says_how_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Patterns and settings make a plan that runs; the commands that follow are printed and work."""
    file = tmp_path / "my.yaml"
    status = ran(
        monkeypatch, "new", str(file), "--pattern", "se-service-number", "--pattern", "own-pbx",
        "--set", "number=0771-12 34 56", "--set", "se-service-number.operator=Telia",
        "--set", "own-pbx.operator=Tele2", "--name", "Provbolaget", "--lang", "en",
    )  # fmt: skip
    said = capsys.readouterr().out
    assert status == 0
    opened = usecases.open_plan(str(file))
    assert opened.problems == ()
    assert opened.plan.organisation.name == "Provbolaget"
    assert {c.operator for c in opened.plan.components.values()} == {"", "telia", "tele2"}
    assert f"bcp check {file}" in said
    assert f"bcp run {file} se-telia-020-0771 --set operator=telia" in said
    assert ran(monkeypatch, "run", str(file), "se-telia-020-0771", "--set", "operator=telia") == 0


def test_it_never_overwrites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is there stays as it is, and the command says so with status 2."""
    file = tmp_path / "my.yaml"
    file.write_text("mine", encoding="utf-8")
    assert ran(monkeypatch, "new", str(file), "--pattern", "customer-service") == 2
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--pattern", "customer-servise"), "customer-service"),
        ((), "--list"),
        (("--pattern", "customer-service", "--set", "nmae=x"), "name"),
        (("--pattern", "customer-service", "--set", "mtpd=soon"), "not a length of time"),
        (("--pattern", "fixed-number", "--set", "serves=nothing"), "nothing"),
        (("--pattern", "customer-service", "--country", "XX"), "XX"),
        (("--pattern", "customer-service", "--pattern", "mobile-data-line"), "access"),
        (("--pattern", "customer-service", "--set", "mtpd=1h", "--set", "rto=2h"), "above the MTPD"),
    ],
)
def test_what_is_wrong_is_said(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    word: str,
) -> None:
    """A wrong pattern, setting or country is named with what to do, and no file is left behind."""
    file = tmp_path / "my.yaml"
    assert ran(monkeypatch, "new", str(file), *arguments) == 2
    assert word in capsys.readouterr().err
    assert not file.exists()


def test_the_list_has_every_block(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`bcp new --list` names every block, and as JSON has them whole."""
    assert ran(monkeypatch, "new", "--list", "--lang", "en") == 0
    said = capsys.readouterr().out
    assert [i for i in building.blocks() if i not in said] == []
    assert ran(monkeypatch, "new", "--list", "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert [b["id"] for b in data["blocks"]] == list(building.blocks())


def test_json_lists_what_was_added_and_what_to_ask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As JSON the command gives the file, the ids and the open questions; a file may be JSON too."""
    file = tmp_path / "my.json"
    assert ran(monkeypatch, "new", str(file), "--pattern", "reseller-number", "--json") == 0
    data = json.loads(capsys.readouterr().out)
    plan = usecases.open_plan(str(file)).plan
    assert data["format"] == "bcp-new/1"
    assert set(data["added"]) <= {*plan.components, *plan.fallbacks, *plan.contacts}
    assert len(data["questions"]) == len(plan.document.questions) > 0
