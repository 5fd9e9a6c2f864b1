"""`bcp exercise` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import typer
from typer.testing import CliRunner

from bcp.cli.exercise_command import exercise

TELIA = ("example:kommun", "se-telia-020-0771")


def bcp(*arguments: str) -> str:
    """Runs the command; gives what it printed."""
    app = typer.Typer()
    app.command()(exercise)
    done = CliRunner().invoke(app, [*arguments], env={"BCP_LANG": "en", "COLUMNS": "200"})
    assert done.exit_code == 0, done.output
    return done.output


def test_script_key_and_sheets_are_printed() -> None:
    """Script, answer key and role sheets come as Markdown, in the plan's language or the one asked for."""
    out = bcp(*TELIA)
    assert "## Manus" in out
    assert "# ÖVNING – It-driften" in out
    english = bcp(*TELIA, "--lang", "en")
    assert "## Answer key" in english
    assert (
        "| Öppna och publicera reservnumret hos annan operatör | Usable | +3:00 | Medborgarservice | – |"
        in english
    )


def test_a_role_sheet_has_no_answers() -> None:
    """A role's sheet names its own people and fallbacks, and neither verdicts nor what is to come."""
    out = bcp(*TELIA, "--lang", "en")
    sheet = out.split("# EXERCISE – It-driften")[1].split("# EXERCISE – ")[0]
    assert "Hanna Övrevik" in sheet
    assert "Byt styrplan till kontaktcentrets direktnummer" in sheet
    assert "Blocked" not in sheet
    assert "+0:10" not in sheet


def test_a_file_and_json(tmp_path: Path) -> None:
    """-o writes the text; --json prints the exercise as data."""
    target = tmp_path / "exercise.md"
    found = json.loads(bcp(*TELIA, "-o", str(target), "--json"))
    assert found["format"] == "bcp-exercise/1"
    assert {choice["fallback"] for choice in found["key"]} >= {"styr-om-0771", "publicera-reservnumret"}
    assert target.read_text("utf-8").startswith("# ÖVNING – ")
