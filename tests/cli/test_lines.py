from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bcp.cli.lines_command import lines
from bcp.errors import BcpError
from bcp.files.lines_csv import load_lines
from bcp.usecases import open_plan

LINES = """\
id;components;area;contacts;consent;priority;customer
A1;lines-valdoro;IT/25/valdoro;email:a@example.it;email;;K1
A2;lines-valdoro;IT/25/valdoro;sms:+393331234567;;alarm;K1
B1;lines-portosale;IT/82/portosale;email:b@example.it;email;health;K2
"""

app = typer.Typer()
app.command()(lines)


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """A list of three lines in two regions."""
    path = tmp_path / "lines.csv"
    path.write_text(LINES, "utf-8")
    return path


def call(*arguments: str) -> str:
    """What the command prints. Errors come through."""
    result = CliRunner(env={"BCP_LANG": "en"}).invoke(
        app, ["example:fibra", "it-pianetafibra-area", *arguments], catch_exceptions=False
    )
    assert result.exit_code == 0
    return result.stdout


def test_the_affected_lines_are_shown_by_area(listed: Path) -> None:
    """Only the struck municipality and what is above it, and who is told first."""
    out = call(str(listed))
    assert "2 of 3 lines are affected" in out
    assert "IT/25/valdoro" in out
    assert "IT/82" not in out
    assert out.index("A2") < out.index("A1")
    assert "no channel" in out


def test_a_wider_fault_and_a_narrower_question(listed: Path) -> None:
    """A parameter widens the fault, --area narrows what is asked about."""
    found = json.loads(call(str(listed), "--set", "area=IT", "--area", "IT/82", "--json"))
    assert (found["format"], found["total"]["lines"], found["lines_in_all"]) == ("bcp-lines/1", 1, 3)
    assert [one["line"] for one in found["told_first"]] == ["B1"]
    assert found["told_first"][0]["channels"] == ["email"]
    assert [area["area"] for area in found["areas"]] == ["IT", "IT/82", "IT/82/portosale"]


def test_the_affected_list_is_written(listed: Path, tmp_path: Path) -> None:
    """-o writes those told first first, and the file is a list of lines itself."""
    out = tmp_path / "out" / "affected.csv"
    assert str(out) in call(str(listed), "-o", str(out))
    again = load_lines(out, open_plan("example:fibra").plan)
    assert [line.id for line in again] == ["A2", "A1"]


def test_the_list_itself_is_never_written_over(listed: Path) -> None:
    """The same name for the list and the result is an error, and the list stays as it is."""
    with pytest.raises(BcpError, match="not written over"):
        call(str(listed), "-o", str(listed))
    assert listed.read_text("utf-8") == LINES


def test_an_area_without_lines_is_an_error(listed: Path) -> None:
    """A misspelt area is no empty answer."""
    with pytest.raises(BcpError, match="no line is in the area"):
        call(str(listed), "--area", "IT/2")


def test_nobody_affected_is_said_plainly(listed: Path) -> None:
    """A fault elsewhere leaves every line alone."""
    assert "None of the 3 lines is affected." in call(str(listed), "--set", "area=IT/21")
