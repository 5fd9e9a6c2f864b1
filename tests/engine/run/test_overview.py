"""The overview's cells, seen by hand and on random plans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp import usecases
from bcp.engine.run.overview import cells
from bcp.engine.run.result import run
from bcp.errors import BcpError
from bcp.model.overview import Grade, Light, Overview, Row, Unstruck, counted, light
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from tests.engine.worked import MINUTE, event, plan_of
from tests.strategies import plans, scenarios

BIA = {"rto": "1h", "mtpd": "2h", "mbco": 0.5}


def _scenario(*events: dict[str, object], horizon: str = "1d") -> Scenario:
    return Scenario.model_validate({"id": "x", "title": "X", "horizon": horizon, "events": list(events)})


def _plan() -> Plan:
    return plan_of({"a": {"bia": BIA, "requires": ["s"]}, "s": {}})


def test_a_broken_rto_tells_when() -> None:
    """90 minutes down against an RTO of one hour: broken at one hour after the beginning at minute 10."""
    cell = cells(_plan(), run(_plan(), _scenario(event("s", 10, 100, 0))))["a"]
    assert cell.grade is Grade.RTO_BROKEN
    assert cell.breach_s == cell.look_at_s == 70 * MINUTE
    assert cell.mtpd_breach_s is None
    assert cell.spare_s is None


def test_a_broken_mtpd_is_looked_at_where_the_first_limit_broke() -> None:
    """Three hours down break both; the first breach is the RTO's, the MTPD's has its own time."""
    cell = cells(_plan(), run(_plan(), _scenario(event("s", 0, 180, 0))))["a"]
    assert cell.grade is Grade.MTPD_BROKEN
    assert (cell.breach_s, cell.mtpd_breach_s) == (60 * MINUTE, 120 * MINUTE)


def test_what_is_left_is_told_where_no_limit_broke() -> None:
    """40 minutes down leave 20 of the RTO, and the moment to look at is when it fell."""
    cell = cells(_plan(), run(_plan(), _scenario(event("s", 5, 45, 0))))["a"]
    assert cell.grade is Grade.BELOW
    assert (cell.spare_s, cell.breach_s, cell.look_at_s) == (20 * MINUTE, None, 5 * MINUTE)


def test_enough_is_green() -> None:
    """A level of 60 % where half is enough is reduced and green, and nothing at all is untouched."""
    reduced = cells(_plan(), run(_plan(), _scenario(event("s", 5, 45, 0.6))))["a"]
    assert (reduced.grade, reduced.look_at_s) == (Grade.REDUCED, 5 * MINUTE)
    whole = cells(_plan(), run(_plan(), _scenario()))["a"]
    assert (whole.grade, whole.look_at_s, whole.spare_s) == (Grade.UNTOUCHED, 0, None)
    assert light(reduced.grade) is light(whole.grade) is Light.GREEN


@given(st.data())
def test_a_cell_says_what_its_run_says(data: st.DataObject) -> None:
    """On any plan the grade, the breach and what is left agree with the run's metrics and with each other."""
    plan = data.draw(plans())
    happened = run(plan, data.draw(scenarios(plan)))
    for i, cell in cells(plan, happened).items():
        result, bia = happened.activities[i], plan.components[i].analysis
        broken = False in (result.rto_met, result.mtpd_met)
        assert (light(cell.grade) is Light.RED) == broken == (cell.breach_s is not None)
        assert 0 <= cell.look_at_s <= happened.horizon_s
        if cell.spare_s is not None:
            limit = bia.rto if bia.rto is not None else bia.mtpd
            assert limit is not None
            assert cell.spare_s == limit - result.longest_s >= -1e-6


def test_every_outage_of_the_library_is_a_row_or_says_why_not() -> None:
    """Nothing is left out silently, and what does not fit says what does not match."""
    plan = usecases.open_plan("example:fibra").plan
    known = {s.id: s for s in usecases.library()}
    found = list(usecases.overview_rows(plan, known, language="sv"))
    assert [f.scenario for f in found] == list(known)
    unstruck = [f for f in found if isinstance(f, Unstruck)]
    assert unstruck
    assert all("träffar inget i denna plan" in u.reason and u.remedy for u in unstruck)


def test_lights_are_counted_once_a_cell() -> None:
    """Red, amber and green sum to all cells, and are those of the rows."""
    plan = usecases.open_plan("example:kommun").plan
    known = {s.id: s for s in usecases.browse(country="SE")}
    rows = [r for r in usecases.overview_rows(plan, known) if isinstance(r, Row)]
    found = counted(rows)
    assert found.red + found.amber + found.green == len(rows) * len(plan.activities)
    assert usecases.lights(plan, known) == found
    assert found.red > 0


def test_a_plan_that_cannot_be_run_is_an_error_once() -> None:
    """What is wrong with the plan itself is raised, not told once for every outage."""
    plan = plan_of({"a": {"bia": BIA, "requires": ["gone"]}})
    with pytest.raises(BcpError, match="gone"):
        list(usecases.overview_rows(plan, {s.id: s for s in usecases.library()}))


def test_the_published_form_names_the_grades() -> None:
    """In JSON a grade is a word."""
    plan = usecases.open_plan("example:kommun").plan
    found = usecases.overview(plan, {"single-number": usecases.scenario("single-number")})
    assert isinstance(found, Overview)
    data = found.json_data()
    assert data["format"] == "bcp-overview/1"
    assert {c["grade"] for c in data["rows"][0]["cells"].values()} <= {g.name.lower() for g in Grade}
    assert {e["by"] for e in data["exposure"]} == {"operator", "area", "platform"}
