"""People's own outages: references, names, and what cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bcp import usecases
from bcp.errors import InvalidInputError, NotFoundError
from bcp.store import PlanStore
from bcp.usecases import own_outages
from bcp.usecases.scenarios import own_parts

FLOOD = """format: bcp-scenario/1
id: flood
title: Flood
parameters: {length: {default: 3h, kind: duration}}
events: [{at: 0, select: {id: telia-in-1}, effect: {level: 0}, until: "{length}"}]
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PlanStore]:
    """A store with the example municipality under a name with signs that references use."""
    with PlanStore.open(tmp_path / "plans.sqlite") as opened:
        opened.save("a/b@c", usecases.open_plan("example:kommun").plan, author="test")
        yield opened


def test_a_reference_names_an_edition_whatever_the_plan_is_called(store: PlanStore) -> None:
    """A plan with a slash and an at sign in its name keeps its outages apart, and parameters can be set."""
    reference = own_outages.save_outage(store, "a/b@c", FLOOD, author="test")
    assert own_parts(reference)[:2] == ("a/b@c", "flood")
    assert usecases.scenario(reference, store=store).events[0].end == 3 * 3600
    assert usecases.scenario(reference, {"length": "1h"}, store=store).events[0].end == 3600
    assert set(usecases.scenario_parameters(reference, store=store)) == {"length"}
    assert usecases.scenario("own:a/b@c/flood", store=store) == usecases.scenario(reference, store=store)


def test_a_second_outage_of_the_same_id_gets_a_number(store: PlanStore) -> None:
    """Two new outages with one id are two, and neither takes the other's place."""
    first = own_outages.save_outage(store, "a/b@c", FLOOD, author="test")
    second = own_outages.save_outage(store, "a/b@c", FLOOD.replace("3h", "4h"), author="test")
    assert (own_parts(first)[1], own_parts(second)[1]) == ("flood", "flood-2")
    assert len(own_outages.own_outages(store, "a/b@c").outages) == 2


@pytest.mark.parametrize("reference", ["own:", "own:flood", "own:/flood", "own:a/b@c/", "own:a/b@c/nothing"])
def test_a_reference_that_leads_nowhere_is_said(store: PlanStore, reference: str) -> None:
    """What is no reference, or names an outage that is not there, is an error in words."""
    with pytest.raises(NotFoundError):
        usecases.scenario(reference, store=store)


def test_what_is_no_scenario_is_not_saved(store: PlanStore) -> None:
    """A text with mistakes is refused with all of them, and nothing is kept."""
    with pytest.raises(InvalidInputError):
        own_outages.save_outage(store, "a/b@c", FLOOD.replace("level: 0", "levle: 0"), author="test")
    assert store.outages.every("a/b@c") == ()


def test_one_that_cannot_be_read_is_told_and_hides_no_other(store: PlanStore) -> None:
    """An outage that a newer version wrote is named among the problems; the others are there."""
    own_outages.save_outage(store, "a/b@c", FLOOD, author="test")
    store.outages.save("a/b@c", "newer", "format: bcp-scenario/9\n", author="test")
    found = own_outages.own_outages(store, "a/b@c")
    assert [s.id for s in found.outages.values()] == ["flood"]
    assert any("newer.yaml" in problem.file for problem in found.problems)


def test_removed_it_is_out_of_the_list(store: PlanStore) -> None:
    """Removing leaves the edition readable for those who hold its reference, but offers it to nobody."""
    reference = own_outages.save_outage(store, "a/b@c", FLOOD, author="test")
    own_outages.remove_outage(store, reference, "test")
    assert own_outages.own_outages(store, "a/b@c").outages == {}
    assert usecases.scenario(reference, store=store).id == "flood"
    with pytest.raises(NotFoundError):
        usecases.scenario("own:a/b@c/flood", store=store)


def test_written_and_read_a_scenario_is_the_same() -> None:
    """Every outage of the library comes back equal from the YAML that is written of it."""
    for scenario in usecases.library():
        assert own_outages.scenario_of(own_outages.scenario_text(scenario), "x.yaml") == scenario
