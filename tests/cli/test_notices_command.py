"""`bcp notices` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bcp import usecases
from bcp.cli.notices_command import notices
from bcp.errors import BcpError
from bcp.usecases import notices_in
from tests.files.notices.samples import ALERT, CALENDAR, STATUSPAGE

PLAN = """\
format: bcp-plan/1
organisation: {name: Liten, country: SE}
components:
  example: {kind: operator, name: Example, tags: ["provider:example.com"]}
  leg-1: {kind: trunk, name: Leg 1, operator: example, tags: ["circuit:acme-2"]}
  leg-2: {kind: trunk, name: Leg 2, operator: example, tags: ["circuit:ACME 3"]}
  n: {kind: number, name: Nummer, e164: "+46771123456", requires: [{any_of: [leg-1, leg-2]}]}
  s: {kind: activity, name: Kundtjänst, requires: n, bia: {rto: 1h, mtpd: 4h}}
  t: {kind: activity, name: Larm, requires: leg-1, bia: {rto: 4h, mtpd: 20h}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plan and notices in a folder."""
    texts = {"plan.yaml": PLAN, "work.ics": CALENDAR, "page.json": STATUSPAGE, "alert.xml": ALERT}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def call(*arguments: object) -> tuple[int, str]:
    """Runs the command in English; gives its exit status and output. Errors are raised."""
    app = typer.Typer()
    app.command()(notices)
    result = CliRunner().invoke(app, [*map(str, arguments), "--lang", "en"])
    if isinstance(result.exception, BcpError):
        raise result.exception
    return result.exit_code, result.output


def test_it_prints_what_is_struck_and_when_to_roll_back(folder: Path) -> None:
    """Matched and unmatched circuits, the table of each window, the overlap of two suppliers' work."""
    status, out = call(folder / "plan.yaml", folder / "work.ics", folder / "page.json")
    assert status == 0
    for text in ("acme-2 = Leg 1 (out)", "acme-1: not in the plan", "Go or no-go: example.com WorkOrder-31415",
                 "never comes back", "2026-03-10 05:00", "Windows that together remove redundancy"):  # fmt: skip
        assert text in out


def test_json_has_everything(folder: Path) -> None:
    """The published form has notices with their matches, tables and overlaps."""
    _, out = call(
        folder / "plan.yaml", folder / "work.ics", folder / "alert.xml", "--json", "--roll-back", "30m"
    )
    data = json.loads(out)
    assert data["format"] == "bcp-notices/1"
    assert [n["notice"]["id"] for n in data["notices"]] == ["weekly@example.com", "WorkOrder-31415", "A-2"]
    (work,) = [t for t in data["go_no_go"] if t["id"] == "WorkOrder-31415"]
    assert (work["roll_back_s"], work["roll_backs"][0]["window"]) == (
        1800.0, {"needed": True, "by": "2026-03-10T03:30:00Z"},
    )  # fmt: skip


def test_strict_exits_with_1_where_work_may_break_a_limit(folder: Path) -> None:
    """A no-go in any variant counts."""
    assert call(folder / "plan.yaml", folder / "work.ics", "--strict")[0] == 1
    assert call(folder / "plan.yaml", folder / "alert.xml", "--strict")[0] == 0


def test_scenarios_are_written_that_can_be_run(folder: Path) -> None:
    """Each file written is a scenario; run, it says what the table says."""
    plan = usecases.open_plan(str(folder / "plan.yaml")).plan
    status, out = call(folder / "plan.yaml", folder / "work.ics", "-o", folder / "out")
    paths = sorted((folder / "out").iterdir())
    assert status == 0
    assert len(paths) == 4 + 3 * 4
    assert all(path.name in out.replace("\n", "") for path in paths)
    work = notices_in.planned_work(plan, notices_in.read_notices([folder / "work.ics"], plan))
    expected = {s.id: s for s in notices_in.work_scenarios(plan, work)}
    for path in paths:
        assert usecases.scenario(str(path)) == expected[path.stem]
    (never,) = [p for p in paths if "workorder" in p.name and "never" in p.name]
    happened = usecases.run(plan, usecases.scenario(str(never)))
    assert happened.activities["t"].rto_breach_s == 4 * 3600.0


def test_a_bad_file_among_good_ones_is_said_and_nothing_is_read(folder: Path) -> None:
    """Every problem of every file at once."""
    (folder / "bad.ics").write_text(CALENDAR.replace("20260310T010000Z", "then"), encoding="utf-8")
    (folder / "worse.ics").write_text("BEGIN:VCALENDAR\n", encoding="utf-8")
    with pytest.raises(BcpError) as told:
        call(folder / "plan.yaml", folder / "bad.ics", folder / "work.ics", folder / "worse.ics")
    assert [p.file for p in told.value.problems] == ["bad.ics", "worse.ics"]


def test_a_roll_back_that_is_no_time_is_refused(folder: Path) -> None:
    """The option is named."""
    with pytest.raises(BcpError, match=r"^--roll-back: 'soon' is not a length of time"):
        call(folder / "plan.yaml", folder / "work.ics", "--roll-back", "soon")


def test_a_later_notice_calls_the_work_off(folder: Path) -> None:
    """A cancellation with a higher sequence takes the work out of the tables and shows it as called off."""
    off = CALENDAR.replace("SEQUENCE:1", "SEQUENCE:2").replace("CONFIRMED", "CANCELLED")
    (folder / "off.ics").write_text(off, encoding="utf-8")
    _, out = call(folder / "plan.yaml", folder / "off.ics", folder / "work.ics")
    assert "called off" in out
    assert "Go or no-go: example.com WorkOrder-31415" not in out
