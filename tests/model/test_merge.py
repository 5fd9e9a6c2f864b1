"""Two changes of one thing, brought together."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bcp.model.component import Bia, Component, Kind
from bcp.model.merge import changed_fields, merged

TEXTS = st.sampled_from(["", "one", "two"])
FIELDS = ("name", "description", "operator", "contract")


def system(**fields: Any) -> Component:
    """A system."""
    return Component(kind=Kind.SYSTEM, **{"name": "ACD"} | fields)


@st.composite
def systems(draw: st.DrawFn) -> Component:
    """A system with texts that often agree."""
    return system(**{field: draw(TEXTS) for field in FIELDS})


def test_changes_of_different_fields_both_hold() -> None:
    """One changes the name, another the operator: the merged value has both."""
    found = merged(system(), system(name="Queue"), system(operator="telia"))
    assert found.value == system(name="Queue", operator="telia")
    assert found.clashes == ()


def test_a_field_that_both_changed_is_named() -> None:
    """Two names for one thing clash; the value has mine until somebody decides otherwise."""
    found = merged(system(), system(name="Queue"), system(name="Platform", operator="telia"))
    assert found.clashes == ("name",)
    assert found.value == system(name="Queue", operator="telia")


@given(systems(), systems(), systems())
def test_a_merge_forgets_no_change(base: Component, mine: Component, theirs: Component) -> None:
    """Each field has the change of whoever made one; mine where both did, and then it is named."""
    found = merged(base, mine, theirs)
    for field in FIELDS:
        was, ours, other, now = (getattr(c, field) for c in (base, mine, theirs, found.value))
        assert now == (other if ours == was else ours)
        assert (field in found.clashes) == (len({was, ours, other}) == 3)


@given(systems(), systems())
def test_nobody_else_changed_anything(base: Component, mine: Component) -> None:
    """Alone, each gets exactly what was made; the fields that differ are the changed ones."""
    assert merged(base, mine, base).value == mine
    assert merged(base, base, mine).value == mine
    assert merged(base, mine, mine).clashes == ()
    assert changed_fields(base, mine) == tuple(
        f for f in Component.model_fields if getattr(base, f) != getattr(mine, f)
    )


def test_times_are_merged_as_what_they_mean() -> None:
    """An analysis with the same time written in another way was not changed."""
    base = Bia.model_validate({"rto": "4h", "demand": "100/h"})
    same = Bia.model_validate({"rto": "240m", "demand": "100/h"})
    theirs = Bia.model_validate({"rto": "2h", "demand": "100/h"})
    assert merged(base, same, theirs).value == theirs
