"""Which area of a plan an alert names: by path, code or name, never guessed, and nothing is struck by it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp.engine.notices.match import matched
from bcp.model.notice import Notice
from bcp.model.notice_match import AreaMatch
from bcp.model.plan import Plan

COMPONENTS: dict[str, Any] = {
    "net": {"kind": "operator", "name": "Net", "tags": ["provider:net.example"]},
    "lines-v": {"kind": "access", "name": "Lines in Valdoro", "operator": "net", "area": "IT/25/valdoro"},
    "node-v": {"kind": "platform", "name": "Node", "operator": "other", "area": "IT/25/valdoro"},
    "owners-v": {"kind": "customer_group", "name": "Owners", "place": "Val d'Oro", "area": "IT/25/valdoro"},
    "almdal": {"kind": "access", "name": "Almdal", "operator": "net", "area": "SE/S/9101"},
    "twin-a": {"kind": "access", "name": "Twin", "area": "SE/S/twin"},
    "twin-b": {"kind": "access", "name": "Twin", "area": "NO/03/twin"},
}
PLAN = Plan.model_validate({"organisation": {"name": "Liten"}, "components": COMPONENTS})


def found(*named: str, provider: str = "net.example") -> tuple[AreaMatch, ...]:
    """What the areas of an alert are."""
    (match,) = matched(PLAN, [Notice(provider=provider, id="1", areas=named, format="cap")])
    assert match.struck == {}
    return match.areas


@pytest.mark.parametrize(
    ("named", "area"),
    [
        ("area=IT/25/valdoro", "IT/25/valdoro"),
        ("Valdoro", "IT/25/valdoro"),
        ("val d'oro", "IT/25/valdoro"),
        ("ISO 3166-2=IT-25", "IT/25"),
        ("municipality=9101", "SE/S/9101"),
        ("SE", "SE"),
        ("25", ""),
        ("Elsewhere", ""),
        ("twin", ""),
    ],
)
def test_an_area_is_found_by_path_code_or_name(named: str, area: str) -> None:
    """A short part of a path names nothing by itself; two of a name are not chosen between."""
    (match,) = found(named)
    assert match.area == area
    assert match.candidates == (("NO/03/twin", "SE/S/twin") if named == "twin" else ())


def test_the_components_there_are_those_of_the_sender() -> None:
    """Another operator's node in the same place is not the sender's to speak of."""
    assert found("Valdoro")[0].components == ("lines-v",)
    assert found("Valdoro", provider="weather.example")[0].components == ()


def test_a_name_and_the_code_of_one_area_are_one_match() -> None:
    """An alert has both; what the plan does not have stays, each by itself."""
    names = ("Valdoro", "area=IT/25/valdoro", "Elsewhere", "Nowhere")
    assert [m.area for m in found(*names)] == ["IT/25/valdoro", "", ""]


@given(st.lists(st.text(max_size=12), max_size=5).map(tuple))
def test_whatever_an_alert_names_is_kept(named: tuple[str, ...]) -> None:
    """Nothing that is not in the plan is lost, and no area comes out that the plan does not have."""
    lines = tuple(" ".join(n.split()) for n in named if n.isprintable())
    paths = {c.area for c in PLAN.components.values()} | {"SE", "IT", "NO", "SE/S", "IT/25", "NO/03"}
    matches = found(*lines)
    assert {m.area for m in matches} <= paths | {""}
    for line in lines:
        (alone,) = found(line)
        same = [m for m in matches if (m.area, m.candidates) == (alone.area, alone.candidates)]
        assert any(alone.area or alone.candidates or m.named == line for m in same)
