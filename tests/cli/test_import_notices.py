"""`bcp import NOTICE --onto PLAN` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path
from unittest.mock import patch

import pytest
import typer
from typer.testing import CliRunner

from bcp import usecases
from bcp.cli.exchange_commands import import_
from bcp.cli.notify_command import notify
from bcp.errors import BcpError
from bcp.store import PlanStore
from bcp.usecases import own_outages
from tests.cli.test_notices_command import PLAN
from tests.files.notices.samples import CALENDAR


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plan and a notice in a folder."""
    for name, text in {"plan.yaml": PLAN, "work.ics": CALENDAR}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(command: object, *arguments: object) -> str:
    """What a command prints in English. Errors are raised."""
    app = typer.Typer()
    app.command()(command)  # type: ignore[type-var]
    result = CliRunner().invoke(app, [*map(str, arguments), "--lang", "en"], env={"COLUMNS": "250"})
    if isinstance(result.exception, BcpError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def call(*arguments: object) -> str:
    """What the import prints."""
    return run(import_, *arguments)


def test_without_a_folder_it_only_tells_what_it_would_add(folder: Path) -> None:
    """Nothing is written; what is not matched stands there."""
    before = sorted(folder.iterdir())
    out = call(folder / "work.ics", "--onto", folder / "plan.yaml")
    assert "Scenarios that would be added" in out
    assert "acme-1: not in the plan" in out
    assert sorted(folder.iterdir()) == before


def test_the_scenarios_written_count_as_planned_work(folder: Path) -> None:
    """`bcp notify` on one of them begins ten working days before, without being told a window."""
    data = json.loads(
        call(folder / "work.ics", "--onto", folder / "plan.yaml", "-o", folder / "out", "--json")
    )
    assert data["format"] == "bcp-import/1"
    assert {"provider": "example.com", "notice": "WorkOrder-31415", "circuit": "acme-1"} in data["unmatched"]
    assert sorted(data["added"]) == sorted(str(p) for p in (folder / "out").iterdir())
    late = next(p for p in data["added"] if "31415" in p and "2h-late" in p)
    told = json.loads(run(notify, folder / "plan.yaml", late, "--json", "--lang", "sv"))["notices"]
    public = [n for n in told if n["audience"] == "public"]
    assert [n["occasion"] for n in public[:3]] == ["before_10_days", "before_24_hours", "start"]
    assert public[0]["at"].startswith("2026-02-24T09:00")
    assert public[0]["window_end"].startswith("2026-03-10T05:00")
    assert any(n["overrun"] for n in public)


def test_a_damaged_notice_adds_nothing(folder: Path) -> None:
    """One bad event of a file keeps the good ones out."""
    (folder / "work.ics").write_text(CALENDAR.replace("DURATION:PT2H", "DURATION:-PT2H"), encoding="utf-8")
    with pytest.raises(BcpError, match=r"work\.ics:44"):
        call(folder / "work.ics", "--onto", folder / "plan.yaml", "-o", folder / "out")
    assert not (folder / "out").exists()


def test_where_one_file_cannot_be_written_none_is(folder: Path) -> None:
    """The folder holds nothing of what was begun."""
    real, count = Path.write_bytes, 0

    def full(path: Path, data: bytes) -> int:
        nonlocal count
        count += 1
        if count > 2:
            raise OSError(28, "No space left on device")
        return real(path, data)

    with patch.object(Path, "write_bytes", full), pytest.raises(BcpError, match="No space left"):
        call(folder / "work.ics", "--onto", folder / "plan.yaml", "-o", folder / "out")
    assert list((folder / "out").iterdir()) == []


def test_a_saved_plan_keeps_them_among_its_own_outages(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They can be chosen in the app; the same notice read twice is there once, a changed one anew."""
    monkeypatch.setenv("BCP_DATA", str(folder / "data"))
    plan = usecases.open_plan(str(folder / "plan.yaml")).plan
    store = usecases.default_store()
    store.save("liten", plan, author="Anna")
    first = call(folder / "work.ics", "--onto", "db:liten")
    assert "Scenarios added" in first
    kept = _own(store)
    call(folder / "work.ics", "--onto", "db:liten")
    assert _own(store) == kept
    assert any("31415" in reference for reference in kept)
    (folder / "work.ics").write_text(CALENDAR.replace("SEQUENCE:1", "SEQUENCE:2"), encoding="utf-8")
    call(folder / "work.ics", "--onto", "db:liten")
    changed = _own(store)
    assert len(changed) == len(kept)
    assert changed != kept


def _own(store: PlanStore) -> list[str]:
    """The references of the plan's own outages."""
    return sorted(own_outages.own_outages(store, "liten").outages)


def test_a_plan_from_another_tool_still_needs_a_file_to_write(folder: Path) -> None:
    """Without -o and without --onto nobody knows what to do."""
    with pytest.raises(BcpError, match="which file to write"):
        call(folder / "plan.yaml")
