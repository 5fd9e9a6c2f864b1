from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp.engine.lines.affected import AffectedLines, affected_lines
from bcp.engine.run.result import run
from bcp.errors import BcpError
from bcp.files.affected_csv import COLUMNS, save_affected, write_affected
from bcp.files.lines_csv import read_lines
from bcp.files.spreadsheet import harmless
from bcp.model.line import CustomerLine, Lines
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from tests.engine.coarse import coarse_cases
from tests.line_lists import as_csv, line_lists


def written(found: AffectedLines) -> str:
    """The file's text."""
    out = io.BytesIO()
    write_affected(found, out)
    return out.getvalue().decode()


def struck(*lines: CustomerLine) -> AffectedLines:
    """These lines, hanging on `a`, in a run in which it fails at 60 s for good and at 30 s is at 0.8."""
    plan = Plan.model_validate(
        {"organisation": {"name": "P"}, "components": {"a": {"kind": "access", "name": "A"}}}
    )
    events = [
        {"at": "30s", "select": {"id": "a"}, "effect": {"level": 0.8}},
        {"at": "60s", "select": {"id": "a"}, "effect": {"level": 0}},
    ]
    scenario = Scenario.model_validate({"id": "s", "title": "S", "events": events, "horizon": "1h"})
    return affected_lines(Lines.of(lines), run(plan, scenario))


@given(st.data())
def test_the_list_can_be_read_again(data: st.DataObject) -> None:
    """What is written is the affected lines in the order in which they are told, whatever way they were read."""
    plan, scenario = data.draw(coarse_cases())
    lines = data.draw(line_lists(plan, least=1))
    happened = run(plan, scenario)
    for listed in (Lines.of(lines), read_lines(as_csv(lines), "lines.csv", plan)):
        found = affected_lines(listed, happened)
        text = written(found)
        wanted = [hit.line for hit in found]
        assert not wanted or list(read_lines(text, "affected.csv", plan)) == wanted
        assert len(list(csv.reader(io.StringIO(text)))) == len(wanted) + 1


def test_when_and_how_deep_stands_beside_each_line() -> None:
    """From, until (empty: not in the run), down from, lowest level and hours, in plain figures."""
    rows = list(csv.DictReader(io.StringIO(written(struck(CustomerLine(id="x", components=("a",)))))))
    assert tuple(rows[0]) == COLUMNS
    figures = [rows[0][name] for name in ("from_s", "until_s", "down_from_s", "lowest_level", "affected_h")]
    assert figures == ["30", "", "60", "0", "0.991667"]


def test_no_cell_becomes_a_formula() -> None:
    """Ids, areas and customers that a spreadsheet would compute are marked as text; an E.164 number is not."""
    bad = CustomerLine(id='=HYPERLINK("x")', components=("a",), area="@SE/S", customer="-1+1")
    found = struck(bad, CustomerLine(id="+46701234567", components=("a",), area="SE"))
    rows = list(csv.DictReader(io.StringIO(written(found))))
    cells = {row["id"]: (row["area"], row["customer"]) for row in rows}
    assert cells == {'\'=HYPERLINK("x")': ("'@SE/S", "'-1+1"), "+46701234567": ("SE", "")}


@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=5, unique=True))
def test_any_id_comes_out_as_it_was_but_for_formulas(ids: list[str]) -> None:
    """Quotes, separators, line breaks and other scripts survive the file."""
    text = written(struck(*(CustomerLine(id=i, components=("a",)) for i in ids)))
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["id"] for row in rows] == [harmless(i) for i in ids]


def test_a_place_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    """A folder in the file's place is an error with a remedy."""
    with pytest.raises(BcpError, match="cannot be written"):
        save_affected(struck(), tmp_path)
