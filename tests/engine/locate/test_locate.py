"""Where a fault lies: worked cases."""

from __future__ import annotations

import random
import runpy
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from bcp import usecases
from bcp.engine.locate.reader import reader_for
from bcp.engine.locate.samples import samples_of
from bcp.engine.locate.search import g_statistic, ochiai
from bcp.engine.locate.suspects import component_probabilities, locate
from bcp.errors import NotFoundError
from bcp.model.call import OK, Call, Calls
from bcp.model.located import Location, Standing
from bcp.model.plan import Plan
from bcp.usecases import locating
from tests.engine.locate.test_locate_paths import plan

CARD_CASE = runpy.run_path(str(Path(__file__).parents[3] / "benchmarks" / "locate" / "voys.py"))
"""The case of the faulty card, as the benchmark has it."""

Tried = tuple[str, str, str, str, int]
"""From, to, via, result, how often."""


def calls_of(*tried: Tried) -> Calls:
    """A list of calls."""
    rows = [(o, t, v, r) for o, t, v, r, n in tried for _ in range(n)]
    return Calls(
        tuple(
            Call(row, "", (o,) if o else (), (t,), (v,) if v else (), r)
            for row, (o, t, v, r) in enumerate(rows, 2)
        )
    )


def chances(found: Location) -> dict[str, float]:
    """The probability of each suspect."""
    return {s.component: s.probability for s in found.suspects}


TWO = plan(
    {
        "n1": {
            "kind": "number",
            "name": "n1",
            "requires": ["core", {"split": {"card-1": 0.5, "card-2": 0.5}}],
        },
        "n2": {"kind": "number", "name": "n2", "requires": ["core", "trunk"]},
        "card-1": {"kind": "interconnect", "name": "Card 1", "operator": "kpn"},
        "card-2": {"kind": "interconnect", "name": "Card 2", "operator": "kpn"},
        "trunk": {"kind": "trunk", "name": "Trunk", "operator": "odido"},
        "core": ["power"],
        "power": [],
    }
)


def test_the_common_part_of_the_failures_is_found() -> None:
    """Failures over one card only, successes over all else: the card, with what it explains and what is well."""
    found = locate(
        TWO,
        calls_of(
            ("", "n1", "card-1", "one-way", 6),
            ("", "n1", "card-1", OK, 30),
            ("", "n1", "card-2", OK, 40),
            ("", "n2", "", OK, 40),
        ),
    )
    first = found.suspects[0]
    assert first.component == "card-1"
    assert first.probability > 0.9
    assert (first.explains, first.explained_kinds) == (tuple(range(2, 8)), {"one-way": 6})
    assert first.contradicted_by == tuple(range(8, 38))
    assert 0.05 < first.fails < 0.3
    assert (found.outside, first.outside, first.operator) == (True, True, "kpn")
    assert found.chance < 0.1


def test_a_cause_of_our_own_is_not_blamed_on_others() -> None:
    """Failures over everything lie in what everything rests on, which is ours, and no member of it is preferred."""
    found = locate(
        TWO,
        calls_of(
            ("", "n1", "card-1", "no connection", 10),
            ("", "n1", "card-2", "no connection", 12),
            ("", "n2", "", "no connection", 11),
            ("", "n1", "card-1", OK, 10),
            ("", "n1", "card-2", OK, 11),
            ("", "n2", "", OK, 9),
        ),
    )
    first, second = found.suspects[:2]
    assert {first.component, second.component} == {"core", "power"}
    assert first.probability == second.probability
    assert first.alike == (second.component,)
    assert not found.outside
    group = found.groups[0]
    assert (group.members, group.size, group.outside) == ((first.component, second.component), 2, False)
    assert first.group == second.group == 1
    assert group.probability == pytest.approx(first.probability + second.probability, abs=1e-6)


def test_two_causes_at_once_are_both_found() -> None:
    """A card and a trunk fail together: both are nearly certain, and the failures are shared out between them."""
    found = locate(
        TWO,
        calls_of(
            ("", "n1", "card-1", "no connection", 15),
            ("", "n1", "card-1", OK, 60),
            ("", "n2", "", "no connection", 15),
            ("", "n2", "", OK, 60),
            ("", "n1", "card-2", OK, 150),
        ),
    )
    by = {s.component: s for s in found.suspects}
    assert by["card-1"].probability > 0.9
    # n2 and the trunk carry the same calls
    assert by["trunk"].probability + by["n2"].probability > 0.9
    assert by["trunk"].alike == ("n2",)
    assert set(by["card-1"].explains) == set(range(2, 17))
    assert set(by["trunk"].explains) == set(range(77, 92))


def test_kinds_of_failure_may_have_causes_of_their_own() -> None:
    """Where each kind of failure sticks to its own part, each part is found by its kind."""
    found = locate(
        TWO,
        calls_of(
            ("", "n1", "card-1", "one-way", 12),
            ("", "n1", "card-1", OK, 80),
            ("", "n1", "card-2", OK, 80),
            ("", "n2", "", "dropped", 12),
            ("", "n2", "", OK, 80),
        ),
    )
    assert found.apart
    by = {s.component: s for s in found.suspects}
    assert by["card-1"].explained_kinds == {"one-way": 12}
    assert by["trunk"].explained_kinds == {"dropped": 12}


def test_words_for_one_fault_are_not_torn_apart() -> None:
    """The same fault told in different words is one cause."""
    words = ("bad audio", "one-way", "no sound")
    failed = [("", "n1", "card-1", word, 5) for word in words]
    found = locate(TWO, calls_of(*failed, ("", "n1", "card-1", OK, 60), ("", "n1", "card-2", OK, 75)))
    assert not found.apart
    assert found.suspects[0].component == "card-1"
    assert len(found.suspects[0].explains) == 15


def test_noise_alone_names_nobody() -> None:
    """A few failures spread over everything are chance, and the suspects stay improbable."""
    rng = random.Random(7)  # noqa: S311 - a seeded draw
    rows = [("n1", "card-1"), ("n1", "card-2"), ("n2", "")]
    tried = [("", *rng.choice(rows), "no connection" if n % 100 == 0 else OK, 1) for n in range(400)]
    found = locate(TWO, calls_of(*tried))
    assert found.chance > 0.5
    assert not found.outside
    assert all(s.probability < 0.3 for s in found.suspects)


def test_without_failures_there_is_nothing_to_find() -> None:
    """Calls that were all well suspect nobody and ask for no test."""
    found = locate(TWO, calls_of(("", "n1", "", OK, 20)))
    assert (found.suspects, found.next_test, found.chance, found.outside) == ((), None, 1.0, False)


def test_what_the_plan_does_not_have_is_a_suspect_of_its_own() -> None:
    """Failures from a network that no component knows point at it, outside, and it is told as not in the plan."""
    found = locate(
        TWO,
        calls_of(
            ("simpel", "n1", "", "no connection", 8), ("kpn", "n1", "", OK, 30), ("odido", "n2", "", OK, 30),
            ("simpel", "n2", "", "no connection", 7),
        ),
    )  # fmt: skip
    first = found.suspects[0]
    assert (first.component, first.standing, first.outside) == ("simpel", Standing.OUTSIDE, True)
    assert first.probability > 0.9
    assert found.outside
    assert found.outside_names == {"simpel": 15}


def test_the_way_between_two_ends_can_be_at_fault() -> None:
    """One network's calls to one number fail, while either end is well with others: the way is named, not an end."""
    found = locate(
        TWO,
        calls_of(
            ("kpn-mobile", "n1", "", "no connection", 9),
            ("kpn-mobile", "n2", "", OK, 20),
            ("odido", "n1", "", OK, 20),
            ("odido", "n2", "", OK, 20),
        ),
    )
    first = found.suspects[0]
    assert (first.component, first.standing, first.outside) == ("kpn-mobile → n1", Standing.ROUTE, True)
    assert first.probability > 0.8
    assert first.explains == tuple(range(2, 11))


def test_complaints_alone_are_weighed_by_demand() -> None:
    """Without successes the plan's demand says what is usual: a card of a twentieth of the traffic in all complaints."""
    made = Plan.model_validate(
        {
            "organisation": {"name": "Test"},
            "components": {
                "service": {"kind": "activity", "name": "s", "requires": ["n"], "bia": {"demand": "100/h"}},
                "n": {
                    "kind": "number",
                    "name": "n",
                    "requires": [{"split": {"small": 0.05, "large": 0.95}}, "core"],
                },
                **{i: {"kind": "platform", "name": i, "operator": "kpn"} for i in ("small", "large", "core")},
            },
        }
    )
    found = locate(made, calls_of(("", "n", "small", "bad audio", 20)))
    assert found.successes_assumed
    assert found.suspects[0].component == "small"
    assert found.suspects[0].probability > 0.8


def test_the_next_test_tells_the_suspects_apart() -> None:
    """Two things that all calls had in common are told apart by a call that the plan allows through one of them only."""
    made = plan(
        {
            "n1": {"kind": "number", "name": "n1", "e164": "+31201234567", "requires": ["a", "b"]},
            "n2": {"kind": "number", "name": "n2", "e164": "+31201234568", "requires": ["a"]},
            "n3": {"kind": "number", "name": "n3", "e164": "+31201234569", "requires": ["c"]},
            "a": [],
            "b": [],
            "c": [],
        }
    )
    found = locate(made, calls_of(("home", "n1", "", "no connection", 9), ("home", "n3", "", OK, 9)))
    test = found.next_test
    assert test is not None
    assert (test.origin, test.to) == (("home",), ("n2",))
    assert set(test.suspects) == {"a", "home"}
    assert set(test.avoids) == {"b", "n1"}
    assert test.gain > 0.3
    assert 1 <= test.repeat <= 10


def test_virtual_names_are_never_at_fault() -> None:
    """A name for a combination of others cannot fail by itself."""
    made = plan(
        {"n": ["both"], "both": {"kind": "system", "name": "b", "virtual": True, "requires": ["a"]}, "a": []}
    )
    found = locate(made, calls_of(("", "n", "", "no connection", 5), ("", "a", "", OK, 1)))
    assert "both" not in chances(found)


def test_first_views_are_the_published_formulas() -> None:
    """Ochiai and G by hand: 3 of 4 failures and 1 of 6 successes went through it."""
    exposure = np.array([[1.0], [1.0], [0.0], [0.0]])
    well, failed = np.array([1.0, 0.0, 5.0, 0.0]), np.array([0.0, 3.0, 0.0, 1.0])
    assert ochiai(exposure, well, failed)[0] == pytest.approx(3 / (4 * 4) ** 0.5)
    table = [(3, 4 * 4), (1, 4 * 6), (1, 6 * 4), (5, 6 * 6)]
    expected = 2 * sum(seen * np.log(seen * 10 / product) for seen, product in table)
    assert g_statistic(exposure, well, failed)[0] == pytest.approx(expected)


def test_json_has_the_published_form() -> None:
    """The keys of DESIGN section 6 are there, suspects in order, and the test as from, to and why."""
    data = locate(TWO, calls_of(("kpn", "n1", "", "one-way", 5), ("kpn", "n2", "", OK, 30))).json_data(
        "because"
    )
    assert data["format"] == "bcp-locate/1"
    assert {"component", "probability", "explains", "contradicted_by"} <= set(data["suspects"][0])
    assert {"from", "to", "why"} <= set(data["next_test"])
    assert data["next_test"]["why"] == "because"
    assert isinstance(data["outside"], bool)
    said = [s["probability"] for s in data["suspects"]]
    assert said == sorted(said, reverse=True)


def test_the_faulty_card_is_found_from_complaints() -> None:
    """50 complaints and 200 good calls, the card known for half of them: it is first, and it is not us."""
    for seed in range(4):
        found = locate(CARD_CASE["plan"](), CARD_CASE["calls"](seed, traced=0.5))
        assert found.suspects[0].component == CARD_CASE["FAULTY"]
        assert found.outside


def test_cards_that_no_call_names_are_one_suspect() -> None:
    """Where no call says by which card it came, the eight cards rank as one, among the first three, and it is not us."""
    for seed in range(3):
        found = locate(CARD_CASE["plan"](), CARD_CASE["calls"](seed, traced=0.0))
        place = next(n for n, g in enumerate(found.groups) if CARD_CASE["FAULTY"] in g.members)
        cards = found.groups[place]
        assert place < 3
        assert sorted(cards.members) == [f"kpn-card-{n}" for n in range(1, 9)]
        assert (cards.outside, cards.operator) == (True, "kpn")
        assert found.outside
        assert [g.probability for g in found.groups] == sorted(
            (g.probability for g in found.groups), reverse=True
        )
        assert {s.group for s in found.suspects if s.component in cards.members} == {place + 1}


def test_the_shipped_calls_show_the_card() -> None:
    """The made-up calls of the example are 50 complaints and 200 good ones, and their fault is found."""
    opened = usecases.open_plan("example:telefonie-nl").plan
    calls = locating.load_calls(Path("example:telefonie-nl"))
    assert (calls.failures, len(calls.calls)) == (50, 250)
    found = locating.locate(opened, calls)
    assert found.groups[0].members == ("kpn-card-3",)
    assert found.groups[0].probability > 0.9
    assert found.outside
    with pytest.raises(NotFoundError, match=r"no sample 'x-calls\.csv'"):
        locating.load_calls(Path("example:x"))


def test_what_is_said_is_so_as_often_as_it_is_said() -> None:
    """Over many random cases with one to two causes, probabilities and frequencies agree in every range."""
    rng = np.random.default_rng(20260303)
    said: list[tuple[float, bool]] = []
    for _ in range(60):
        size = 24
        made = plan({f"c{n}": {"kind": "system", "name": str(n)} for n in range(size)})
        true = rng.random(size) < 1 / size
        share = np.exp(rng.uniform(np.log(0.05), 0.0, size))
        rows = []
        for row in range(2, 202):
            met = np.flatnonzero(rng.random(size) < 0.15)
            missed = 0.99 * np.prod(1.0 - share[met] * true[met])
            named = tuple(f"c{n}" for n in met) or ("elsewhere",)
            rows.append(Call(row, "", (), named, (), OK if rng.random() < missed else "no connection"))
        calls = Calls(tuple(rows))
        samples = samples_of(reader_for(made, calls), calls)
        for named, p in zip(samples.columns, component_probabilities(samples), strict=True):
            if named.standing is Standing.COMPONENT:
                said.append((float(p), bool(true[int(named.name[1:])])))
    ranges = Counter[int]()
    hits = Counter[int]()
    expected = Counter[int]()
    for p, at_fault in said:
        k = int(np.searchsorted([0.05, 0.5, 0.9], p))
        ranges[k] += 1
        hits[k] += at_fault
        expected[k] += p  # type: ignore[assignment]  # a sum of probabilities
    for k in ranges:
        spread = 3 * max(1.0, expected[k] * (1 - expected[k] / ranges[k])) ** 0.5
        assert abs(hits[k] - expected[k]) <= spread, (k, ranges[k], hits[k], expected[k])
    assert ranges[3] >= 20
