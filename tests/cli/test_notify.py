"""`bcp notify` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from bcp.cli.notify_command import notify
from bcp.errors import BcpError

TELIA = ("example:kommun", "se-telia-020-0771", "--begins", "2026-03-03T07:00")


def bcp(*arguments: str) -> tuple[int, str]:
    """Runs the command; gives its exit status and what it printed. A BcpError is raised as it is."""
    app = typer.Typer()
    app.command()(notify)
    done = CliRunner().invoke(app, [*arguments], env={"BCP_LANG": "en", "COLUMNS": "200"})
    if isinstance(done.exception, BcpError):
        raise done.exception
    return done.exit_code, done.output


def read(output: str) -> dict[str, Any]:
    """The JSON that was printed."""
    data: dict[str, Any] = json.loads(output)
    return data


def test_the_notices_of_a_minute_are_told() -> None:
    """At 45 minutes staff, public, partners and alarm users have been told, in Swedish, on surviving channels."""
    status, out = bcp(*TELIA, "--at", "45m")
    assert status == 0
    assert "The public" in out
    assert "Meddelande 1. Just nu går det inte att ringa kommunen" in out
    assert "not open to callers yet" in out
    assert "new state" not in out


def test_json_has_its_format_and_obeys_the_minute() -> None:
    """The published form names every notice due by then, with its state and its unchecked numbers."""
    status, out = bcp(*TELIA, "--at", "45m", "--json", "--lang", "de")
    data = read(out)
    assert (status, data["format"], data["language"]) == (0, "bcp-notify/1", "de")
    assert {n["audience"] for n in data["notices"]} == {"staff", "public", "partners", "vital"}
    assert max(n["at_s"] for n in data["notices"]) <= 2700
    public = next(n for n in data["notices"] if n["audience"] == "public")
    assert public["at"] == "2026-03-03T07:40:00+01:00"
    assert public["wordings"][0]["text"].startswith("Älvåsa kommun ist zurzeit")


def test_files_lines_and_checks(tmp_path: Path) -> None:
    """Owners of affected lines are told and nobody else; checked numbers put the files under ready/."""
    lines = tmp_path / "lines.csv"
    lines.write_text(
        "id,area,components,contacts,consent,language\n"
        "A,IT/25/valdoro,lines-valdoro,email:a@example.org,email,de\n"
        "B,IT/82/portosale,lines-portosale,email:b@example.org,email,it\n",
        encoding="utf-8",
    )
    checks = tmp_path / "checks.csv"
    checks.write_text(
        "number,by,at\n+44 1632 960700,Anna,10:00\n+44 1632 960700,Bo,10:05\n", encoding="utf-8"
    )
    folder = tmp_path / "out"
    status, out = bcp(
        "example:fibra", "it-pianetafibra-area", "--lang", "it", "--at", "40m", "--lines", str(lines),
        "--checks", str(checks), "-o", str(folder), "--sender", "noc@fibra.example",
    )  # fmt: skip
    assert status == 0
    assert "1 titolare di una linea" in " ".join(out.split())
    everything = "".join(p.read_text(encoding="utf-8", errors="replace") for p in folder.rglob("*.csv"))
    assert "a@example.org" in everything
    assert "b@example.org" not in everything
    assert list((folder / "ready").glob("cap/*.xml"))


def test_strict_says_that_there_are_drafts(tmp_path: Path) -> None:
    """With --strict a notice that may not go out yet gives status 1; with every number called it gives 0."""
    assert bcp(*TELIA, "--at", "45m", "--strict")[0] == 1
    night = (
        "example:stadsnat",
        "se-mittnat-upgrade",
        "--at",
        "0s",
        "--begins",
        "2019-09-24T00:00",
        "--strict",
    )
    assert bcp(*night)[0] == 1
    checks = tmp_path / "checks.csv"
    checks.write_text("number,by\n0980-31 92 00,Anna\n0980-31 92 00,Bo\n", encoding="utf-8")
    assert bcp(*night, "--checks", str(checks))[0] == 0


def test_an_outage_may_be_called_planned() -> None:
    """--window makes it planned work that is told beforehand and ends as told."""
    data = read(bcp(*TELIA, "--window", "6h", "--json")[1])
    assert data["notices"][0]["occasion"] == "before_10_days"
    assert data["notices"][0]["expected_end"] == "2026-03-03T13:00:00+01:00"


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--at", "soon"), "no length of time"),
        (("--begins", "tomorrow"), "no date and time"),
        (("--expected-end", "x"), "no date and time"),
        (("--lang", "fr"), "no language of notices"),
        (("--every", "1s"), "time between updates"),
        (("--begins", "1500-01-01T00:00"), "year"),
        (("--begins", "9999-12-31T00:00"), "year"),
        (("--checks", "nowhere.csv"), "no file of test calls"),
    ],
)
def test_wrong_options_say_what_to_do(option: tuple[str, str], said: str) -> None:
    """Whatever is wrong is an error with a remedy, never a traceback."""
    with pytest.raises(BcpError, match=said) as refused:
        bcp(*TELIA, *option)
    assert refused.value.fix
