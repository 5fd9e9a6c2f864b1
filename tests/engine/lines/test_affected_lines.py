from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp import usecases
from bcp.engine.lines.affected import affected_ids, affected_lines
from bcp.engine.run.result import run
from bcp.errors import BcpError
from bcp.model.component import Kind
from bcp.model.line import PRIORITIES, CustomerLine, Lines, priority_rank, within_area
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from tests.engine.coarse import coarse_cases
from tests.line_lists import AREAS, NEAR_1, instants, is_hit, level_of, line_lists

NOISE = 1e-9


@given(st.data())
def test_exactly_the_lines_that_are_hit_are_found(data: st.DataObject) -> None:
    """Not one outside and not one missing, against every line looked at by itself at every time."""
    plan, scenario = data.draw(coarse_cases())
    lines = data.draw(line_lists(plan))
    happened = run(plan, scenario)
    area = data.draw(st.sampled_from(AREAS))
    wanted = sorted(x.id for x in lines if is_hit(x, happened) and within_area(x.area, area))
    assert affected_ids(Lines.of(lines), happened, area=area) == tuple(wanted)


@given(st.data())
def test_a_line_has_the_lowest_level_of_what_it_hangs_on(data: st.DataObject) -> None:
    """From when to when, how low and how many hours, against the level of each line at each time."""
    plan, scenario = data.draw(coarse_cases())
    happened = run(plan, scenario)
    times = instants(happened)
    ends = [*times[1:], happened.horizon_s]
    for hit in affected_lines(Lines.of(data.draw(line_lists(plan, least=1))), happened):
        levels = [level_of(hit.line, happened, t) for t in times]
        course = hit.course
        assert course.lowest == pytest.approx(min(levels), abs=NOISE)
        lost = sum((1 - x) * (e - t) for x, t, e in zip(levels, times, ends, strict=True)) / 3600
        assert course.lost_hours == pytest.approx(lost, abs=1e-6)
        for t, level in zip(times, levels, strict=True):
            assert any(since <= t < until for since, until in course.spans) == (level < NEAR_1)
            assert any(since <= t < until for since, until in course.down_spans) == (level < 0.5 - NOISE)
        first = next(t for t, level in zip(times, levels, strict=True) if level < NEAR_1)
        assert course.from_s == first
        assert (course.until_s is None) == (levels[-1] < NEAR_1)


@given(st.data())
def test_areas_count_what_lies_in_them_at_every_time(data: st.DataObject) -> None:
    """Each path counts its own lines and those below it: hit, down, customers, peak and hours."""
    plan, scenario = data.draw(coarse_cases())
    lines = data.draw(line_lists(plan))
    happened = run(plan, scenario)
    found = affected_lines(Lines.of(lines), happened)
    hit = [x for x in lines if is_hit(x, happened)]
    paths = {
        "/".join(x.area.split("/")[: n + 1]) for x in hit if x.area for n in range(x.area.count("/") + 1)
    }
    assert [a.area for a in found.areas] == sorted(paths, key=lambda path: path.split("/"))
    lost = {h.line.id: h.course.lost_hours for h in found}
    for area in (found.total, *found.areas):
        inside = [x for x in hit if within_area(x.area, area.area)]
        assert area.lines == len(inside)
        named = {x.customer for x in inside if x.customer}
        assert area.customers == len(named) + sum(not x.customer for x in inside)
        assert area.customer_hours == pytest.approx(sum(lost[x.id] for x in inside))
        counts = []
        for t in instants(happened):
            levels = [level_of(x, happened, t) for x in inside]
            step = [s for s in area.steps if s[0] <= t][-1]
            assert step[1:] == (sum(x < NEAR_1 for x in levels), sum(x < 0.5 - NOISE for x in levels))
            counts.append((step[1], -t))
        peak, when = max(counts, default=(0, 0.0))
        assert (area.peak, area.peak_s) == (peak, -when if peak else 0.0)
        down = [x for x in inside if any(level_of(x, happened, t) < 0.5 - NOISE for t in instants(happened))]
        assert area.down == len(down)
        minutes = area.minutes(happened.horizon_s)
        assert minutes.max() == area.peak
        assert len(minutes) == -(-happened.horizon_s // 60)


@given(st.data())
def test_who_is_told_first_stands_first(data: st.DataObject) -> None:
    """By priority, then by area along its path with unknown areas last, then in the order of the file."""
    plan, scenario = data.draw(coarse_cases())
    lines = data.draw(line_lists(plan))
    found = affected_lines(Lines.of(lines), run(plan, scenario))
    place = {x.id: n for n, x in enumerate(lines)}
    keys = [
        (priority_rank(h.line.priority), not h.line.area, h.line.area.split("/"), place[h.line.id])
        for h in found
    ]
    assert keys == sorted(keys)
    assert sum(found.by_priority.values()) == len(found)
    assert list(found.by_priority) == sorted(found.by_priority, key=priority_rank)


def test_known_priorities_come_first_then_other_words_then_none() -> None:
    """The documented words in their order, free words by the alphabet, lines without a priority last."""
    words = ["", "zoo", "business", "alarm", "bakery", "health"]
    assert sorted(words, key=priority_rank) == ["alarm", "health", "business", "bakery", "zoo", ""]
    assert PRIORITIES[:2] == ("alarm", "health")


def _pianetafibra(area: str) -> tuple[Plan, Scenario, list[CustomerLine]]:
    """The example of the incident, with three lines on every access line of the plan."""
    plan = usecases.open_plan("example:fibra").plan
    lines = [
        CustomerLine(id=f"{key}-{n}", components=(key,), area=component.area, customer=f"{key} {n}")
        for key, component in plan.of_kind(Kind.ACCESS).items()
        for n in range(3)
    ]
    return plan, usecases.scenario("it-pianetafibra-area", {"area": area}), lines


@pytest.mark.parametrize("area", ["IT/25/valdoro", "IT/25", "IT/82", "IT"])
def test_a_sicilian_is_not_alerted_for_lombardy(area: str) -> None:
    """PianetaFibra: whatever the area of the fault, exactly the owners of the lines in it are concerned."""
    plan, scenario, lines = _pianetafibra(area)
    found = affected_ids(Lines.of(lines), run(plan, scenario))
    assert found == tuple(sorted(x.id for x in lines if within_area(x.area, area)))
    assert found


def test_a_line_on_an_unknown_component_is_refused() -> None:
    """A list that was read with another plan gives an error that names the component."""
    plan, scenario, _ = _pianetafibra("IT")
    lines = Lines.of([CustomerLine(id="x", components=("nowhere",))])
    with pytest.raises(BcpError, match="nowhere"):
        affected_lines(lines, run(plan, scenario))


def test_a_peak_between_two_minutes_is_seen() -> None:
    """The count of a minute is the most at once in it, however short that was."""
    plan = Plan.model_validate(
        {"organisation": {"name": "P"}, "components": {"a": {"kind": "access", "name": "A"}}}
    )
    event = {"at": "70s", "for": "5s", "select": {"id": "a"}, "effect": {"level": 0.4}}
    scenario = Scenario.model_validate({"id": "s", "title": "S", "events": [event], "horizon": "4m"})
    found = affected_lines(
        Lines.of([CustomerLine(id="x", components=("a",), area="SE")]), run(plan, scenario)
    )
    assert found.total.steps == ((0.0, 0, 0), (70.0, 1, 1), (75.0, 0, 0))
    assert np.array_equal(found.areas[0].minutes(240.0), [0, 1, 0, 0])
    assert found.total.customer_hours == pytest.approx(0.6 * 5 / 3600)
