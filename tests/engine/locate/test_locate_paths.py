"""What a call rests on, and what its names stand for."""

from __future__ import annotations

import random

import pytest

from bcp.engine.locate.names import Directory, Named, is_outside
from bcp.engine.locate.paths import Paths, Route
from bcp.engine.locate.reader import Reader
from bcp.model.located import Standing
from bcp.model.plan import Plan


def plan(components: dict[str, object], name: str = "Helder Telefonie", country: str = "NL") -> Plan:
    """A plan of components given as their requirements, or as whole components."""
    whole = {
        i: c
        if isinstance(c, dict) and "kind" in c
        else {"kind": "system", "name": f"name of {i}", "requires": c}
        for i, c in components.items()
    }
    return Plan.model_validate({"organisation": {"name": name, "country": country}, "components": whole})


def exposed(made: Plan, route: Route, extra: tuple[str, ...] = ()) -> dict[str, float]:
    """The exposure of a route to each component that it may touch."""
    paths = Paths(made, extra)
    found, nodes = paths.exposures([route])
    return {paths.ids[node]: round(float(e), 9) for node, e in zip(nodes, found[0], strict=True)}


def test_each_mode_of_requirement_has_its_exposure() -> None:
    """Needs 1, a soft need its impact, a split the shares, a pool by capacity, a quorum k of n; starting counts nothing."""
    made = plan(
        {
            "n": [
                "a",
                {"needs": "b", "impact": 0.3},
                {"split": {"c": 0.03, "d": 0.97}},
                {"pool": {"e": 1.5, "f": 0.5, "g": 0}},
                {"quorum": 2, "of": ["h", "i", "j"]},
                {"needs": "k", "during": "start"},
            ],
            **{i: [] for i in "abcdefghijk"},
        }
    )
    third = round(2 / 3, 9)
    wanted = {
        "a": 1.0,
        "b": 0.3,
        "c": 0.03,
        "d": 0.97,
        "e": 0.75,
        "f": 0.25,
        "h": third,
        "i": third,
        "j": third,
    }
    assert exposed(made, Route(("n",))) == {"n": 1.0, **wanted}


def test_ways_through_one_split_add_up() -> None:
    """What every member of a split rests on is met for certain; what some rest on, with the sum of their shares."""
    made = plan(
        {
            "n": [{"split": {"a": 0.2, "b": 0.3, "c": 0.5}}],
            "a": ["site", "power"],
            "b": ["site"],
            "c": ["power"],
            "site": ["power"],
            "power": [],
        }
    )
    found = exposed(made, Route(("n",)))
    assert found["power"] == 1.0
    assert found["site"] == 0.5


def test_a_call_went_where_it_says() -> None:
    """Given what a call met, the members that lead there take it, and other choices are as likely as that leaves them."""
    made = plan(
        {
            "n": [{"split": {"a": 0.2, "b": 0.3, "c": 0.5}}, {"any_of": ["c", "d"]}],
            "a": ["site"],
            "b": ["site"],
            **{i: [] for i in ("c", "d", "site", "other")},
        }
    )
    assert exposed(made, Route(("n",), ("b",)))["a"] == 0.0
    by_site = exposed(made, Route(("n",), ("site",)))
    assert (by_site["a"], by_site["b"], by_site["d"]) == (0.4, 0.6, 0.5)
    # c is met by either choice or both, in 0.75 of all calls
    by_c = exposed(made, Route(("n",), ("c",)))
    wanted = {"a": 0.2 * 0.5 / 0.75, "c": 1.0, "d": 0.5 * 0.5 / 0.75}
    assert {i: by_c[i] for i in wanted} == pytest.approx(wanted)
    both = exposed(made, Route(("n",), ("a", "c")))
    assert (both["b"], both["c"], both["d"]) == (0.0, 1.0, 0.0)
    elsewhere = exposed(made, Route(("n",), ("other",)))
    assert (elsewhere["a"], elsewhere["c"], elsewhere["d"], elsewhere["other"]) == (0.2, 0.75, 0.5, 1.0)
    impossible = exposed(made, Route(("n",), ("a", "b")))
    assert (impossible["a"], impossible["b"], impossible["c"]) == (1.0, 1.0, 0.75)


def test_exposures_are_those_of_walked_calls() -> None:
    """Over many calls walked at random, those that met a component met each other one as often as is computed."""
    made = plan(
        {
            "n": [
                {"split": {"a": 0.3, "b": 0.7}},
                {"quorum": 2, "of": ["c", "d", "e"]},
                {"needs": "f", "impact": 0.4},
            ],
            "a": [{"any_of": ["p", "q"]}],
            "b": [{"any_of": ["q", "r"]}],
            "c": ["r"],
            "d": [{"split": {"p": 0.5, "s": 0.5}}],
            **{i: [] for i in ("e", "f", "p", "q", "r", "s")},
        }
    )
    rng = random.Random(20260303)  # noqa: S311 - a seeded draw
    walks = [_walked(rng) for _ in range(20_000)]
    for met in ((), ("p",), ("r",), ("p", "r")):
        kept = [walk for walk in walks if walk.issuperset(met)]
        for name, chance in exposed(made, Route(("n",), met)).items():
            assert sum(name in walk for walk in kept) / len(kept) == pytest.approx(chance, abs=0.03)


def _walked(rng: random.Random) -> set[str]:
    """What one call through that plan meets."""
    met = {"n", "a" if rng.random() < 0.3 else "b", *rng.sample(["c", "d", "e"], 2)}
    met |= {"f"} if rng.random() < 0.4 else set()
    met |= {rng.choice("pq")} if "a" in met else {rng.choice("qr")}
    met |= {"r"} if "c" in met else set()
    return met | ({rng.choice("ps")} if "d" in met else set())


def test_a_ring_is_met_as_a_whole() -> None:
    """What rests on each other is met together, and a name that rests on nothing stands alone."""
    made = plan({"n": ["a"], "a": ["b"], "b": ["c"], "c": ["a", "x"], "x": []})
    found = exposed(made, Route(("n",), ("outside",)), ("outside",))
    assert found == dict.fromkeys(("n", "a", "b", "c", "x", "outside"), 1.0)


NAMES = plan(
    {
        "desk": {"kind": "number", "name": "Desk", "e164": "+31201234567", "operator": "kpn"},
        "series": {
            "kind": "number_range",
            "name": "Series",
            "span": {"first": "+31201234000", "last": "+31201234999"},
        },
        "all": {
            "kind": "number_range",
            "name": "All",
            "span": {"first": "+31201230000", "last": "+31201239999"},
        },
        "card": {"kind": "interconnect", "name": "The card", "operator": "kpn"},
        "core": {"kind": "platform", "name": "Core", "operator": "Helder"},
        "t-mob": {"kind": "operator", "name": "T-Mobile"},
        "twin-1": {"kind": "system", "name": "Twin"},
        "twin-2": {"kind": "system", "name": "Twin"},
        "transit": {"kind": "interconnect", "name": "Transit"},
    }
)


@pytest.mark.parametrize(
    ("text", "name", "standing"),
    [
        ("desk", "desk", Standing.COMPONENT),
        ("DESK", "desk", Standing.COMPONENT),
        ("the  card", "the  card", Standing.OUTSIDE),
        ("the card", "card", Standing.COMPONENT),
        ("+31 20 123 45 67", "desk", Standing.COMPONENT),
        ("0031201234567", "desk", Standing.COMPONENT),
        ("020-123 4567", "desk", Standing.COMPONENT),
        ("020 123 4999", "series", Standing.COMPONENT),
        ("+31201235000", "all", Standing.COMPONENT),
        ("020 765 4321", "+31207654321", Standing.OUTSIDE),
        ("KPN", "kpn", Standing.OPERATOR),
        ("t-mobile", "t-mob", Standing.COMPONENT),
        ("Twin", "Twin", Standing.OUTSIDE),
        ("outside", "outside", Standing.OUTSIDE),
        ("9" * 40, "9" * 40, Standing.OUTSIDE),
    ],
)
def test_names_stand_for_what_people_mean(text: str, name: str, standing: Standing) -> None:
    """Ids, names, operators and numbers in each writing are found; what is not in the plan stays what it is."""
    assert Directory(NAMES).of(text) == Named(name, standing)


def test_whose_a_thing_is() -> None:
    """Another operator's, an interconnect and what the plan does not have are outside; what nobody claims is ours."""
    outside = {i: is_outside(NAMES, Named(i, Standing.COMPONENT)) for i in NAMES.components}
    assert {i for i, away in outside.items() if away} == {"desk", "card", "t-mob", "transit"}
    assert is_outside(NAMES, Named("kpn", Standing.OPERATOR))
    assert not is_outside(NAMES, Named("helder", Standing.OPERATOR))
    assert is_outside(NAMES, Named("moon", Standing.OUTSIDE))


def test_an_operator_tells_the_way() -> None:
    """A call from an operator came by its interconnect where it has one; one via it met something of its."""
    made = plan(
        {
            "n": [{"split": {"kpn-in": 0.5, "odido-in": 0.5}}, {"any_of": ["kpn-box", "box"]}],
            "kpn-in": {"kind": "interconnect", "name": "In", "operator": "kpn"},
            "odido-in": {"kind": "interconnect", "name": "In", "operator": "odido"},
            "kpn-box": {"kind": "platform", "name": "Box", "operator": "kpn"},
            "box": [],
        }
    )
    reader = Reader(made, Directory(made), Paths(made, ("kpn",)))
    came = exposed(made, reader.route(("kpn",), ("n",), ()), ("kpn",))
    assert (came["kpn-in"], came["odido-in"], came["kpn-box"]) == (1.0, 0.0, 0.5)
    via = exposed(made, reader.route((), ("n",), ("KPN",)), ("kpn",))
    # one of the two, or both, in three cases of four
    wanted = {"kpn-in": 2 / 3, "kpn-box": 2 / 3, "box": 1 / 3, "kpn": 1.0}
    assert {i: via[i] for i in wanted} == pytest.approx(wanted)
