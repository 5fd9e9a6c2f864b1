"""Published fault trees: the figures measured by an independent tool, and our two methods beside each other."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bcp.engine.failure.cutsets import analyse
from bcp.engine.failure.direct import direct
from bcp.engine.failure.logic import Logic
from bcp.files.open_psa import read_open_psa
from bcp.files.open_psa_tree import logic_of
from tests.engine.logics import TOP, chances, logics

DATA = Path(__file__).parents[4] / "shared" / "data" / "open-psa"
QUICK = [
    "BSCU",
    "HIPPS",
    "lift",
    "theatre",
    "three_motor",
    "chinese",
    "das9201",
    "das9204",
    "das9206",
    "das9208",
    "das9209",
    "edf9201",
    "edf9205",
    "ftr10",
    "isp9601",
    "isp9605",
    "isp9607",
]


def tree(name: str) -> tuple[Logic, str, dict[str, float]]:
    """A tree's logic, its top and its probabilities."""
    path = DATA / f"{name}.xml"
    if not path.exists():
        pytest.skip("the shared fault trees are not here")
    read = read_open_psa(path.read_text("utf-8"), path.name)
    logic = logic_of(read)
    return logic, next(iter(logic.tops)), {e.name: e.probability or 0.0 for e in read.basic_events}


def expected(name: str) -> dict[str, str]:
    """The line of expected.csv with the most about a tree."""
    with (DATA / "expected.csv").open(encoding="utf-8", newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["tree"] == name and line["status"] == "ok"]
    return next((line for line in lines if line["max_order"] == "all"), lines[-1])


@pytest.mark.parametrize("name", QUICK)
def test_published_trees_have_the_known_figures(name: str) -> None:
    """Cut sets of each order, and the probability to six digits."""
    logic, top, q = tree(name)
    event = analyse(logic, top, unavailability=q, list_up_to=0).event
    known = expected(name)
    counts = tuple(int(n) for n in known["cut_sets_by_order"].split())
    if known["max_order"] == "all":
        assert event.counts == counts
        assert event.total == int(known["minimal_cut_sets"])
    else:
        order = int(known["max_order"])
        assert event.counts[:order] == (*counts, *([0] * order))[:order]
    assert f"{event.unavailability:.6g}" == f"{float(known['probability']):.6g}"


@pytest.mark.parametrize("name", QUICK)
def test_two_methods_agree_on_published_trees(name: str) -> None:
    """The direct way, with the probability rebuilt from the cut sets, gives the same to 1e-9."""
    logic, top, q = tree(name)
    event = analyse(logic, top, unavailability=q, list_up_to=0).event
    other = direct(logic, top, q)
    assert other is not None
    assert other.consistent
    assert other.counts == event.counts
    assert other.probability == pytest.approx(event.unavailability, rel=1e-9)


@settings(max_examples=150)
@given(logics(), st.integers(0, 10**9))
def test_two_methods_agree_on_random_logics(logic: Logic, seed: int) -> None:
    """Counts are equal and probabilities agree to 1e-9."""
    q = chances(logic, seed)
    known = analyse(logic, TOP, unavailability=q, fast=False)
    if known.sets in {(), ((),)}:
        return
    other = direct(logic, TOP, q, fast=False)
    assert other is not None
    assert other.consistent
    assert other.counts == known.event.counts
    assert other.probability == pytest.approx(known.event.unavailability, rel=1e-9, abs=1e-300)
