"""Which component a supplier's circuit is: by provider and object id, never guessed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp.engine.notices.match import matched, plain_name
from bcp.model.notice import UNNAMED, Notice, NoticeImpact, NoticeObject
from bcp.model.notice_match import MatchBy, ObjectMatch
from bcp.model.plan import Plan

COMPONENTS: dict[str, Any] = {
    "arelion": {"kind": "operator", "name": "Arelion Sweden", "tags": ["provider:twelve99.net"]},
    "trunk-a": {"kind": "trunk", "name": "Trunk A", "operator": "arelion", "tags": ["circuit:IC-111111"]},
    "trunk-b": {"kind": "trunk", "name": "Trunk B", "operator": "arelion", "contract": "C 42"},
    "trunk-c": {"kind": "trunk", "name": "Trunk B", "operator": "other"},
    "access": {"kind": "access", "name": "Fibre", "tags": ["circuit:F-1"]},
    "mast": {"kind": "access", "name": "Mast", "contract": "F-1"},
    "ring-1": {"kind": "access", "name": "Ring"},
    "ring-2": {"kind": "access", "name": "ring"},
    "both": {"kind": "access", "name": "Both", "virtual": True, "tags": ["circuit:IC-9"]},
    "n": {"kind": "number", "name": "0771", "e164": "+46771123456", "operator": "arelion"},
}


def plan(components: dict[str, Any] | None = None) -> Plan:
    """A plan of these components."""
    return Plan.model_validate({"organisation": {"name": "Liten"}, "components": components or COMPONENTS})


def found(name: str, provider: str = "arelion.com", of: Plan | None = None) -> ObjectMatch:
    """What one circuit of a provider is."""
    notice = Notice(provider=provider, id="1", objects=(NoticeObject(id=name),), format="maintnote")
    (match,) = matched(of or plan(), [notice])
    return match.objects[0]


@pytest.mark.parametrize(
    ("name", "component", "by"),
    [
        ("IC-111111", "trunk-a", MatchBy.TAG),
        ("ic 111 111", "trunk-a", MatchBy.TAG),
        ("IC\u2011111111", "trunk-a", MatchBy.TAG),
        ("TRUNK_A", "trunk-a", MatchBy.ID),
        ("c42", "trunk-b", MatchBy.CONTRACT),
        ("Trunk B", "trunk-b", MatchBy.ID),
        ("+46 771-12 34 56", "n", MatchBy.NUMBER),
        ("0771", "n", MatchBy.NAME),
    ],
)
def test_a_circuit_is_found_by_any_of_its_names(name: str, component: str, by: MatchBy) -> None:
    """Tag, id, contract, name or number; letter case, blanks and hyphens aside."""
    match = found(name)
    assert match.component == component
    assert by in match.by


@pytest.mark.parametrize(
    "provider",
    ["arelion", "Arelion.com", "noc@arelion.com", "ARELION SWEDEN", "twelve99.net", "Arelion (AS1299)"],
)
def test_a_provider_is_known_by_any_of_its_names(provider: str) -> None:
    """As components call it, as its own component is called, by its domain, or as a tag says."""
    assert found("IC-111111", provider).component == "trunk-a"


def test_another_operators_circuit_is_shown_and_not_taken() -> None:
    """The same id at another supplier is another circuit."""
    match = found("IC-111111", "example.com")
    assert (match.component, match.candidates, match.ambiguous) == ("", ("trunk-a",), False)


def test_what_could_be_several_is_ambiguous() -> None:
    """Two components of one name are both shown, and neither is struck."""
    match = found("ring")
    assert (match.component, match.candidates, match.ambiguous) == ("", ("ring-1", "ring-2"), True)


def test_a_tag_counts_before_all_else() -> None:
    """Whoever writes circuit:F-1 on a component has said which one it is."""
    assert found("f1").component == "access"


def test_what_is_not_in_the_plan_is_kept() -> None:
    """An unknown circuit stays in the result; a combination cannot be worked on."""
    for name in ("IC-222222", "IC-9"):
        assert (found(name).id, found(name).component, found(name).candidates) == (name, "", ())


def test_the_worst_impact_on_a_component_counts() -> None:
    """Two circuits of a notice that are the same component strike it once, with the worse impact."""
    objects = (
        NoticeObject(id="IC-111111", impact=NoticeImpact.DEGRADED),
        NoticeObject(id="trunk-a", impact=NoticeImpact.NO_IMPACT),
        NoticeObject(id="unknown"),
    )
    (match,) = matched(plan(), [Notice(provider="arelion", id="1", objects=objects, format="maintnote")])
    assert match.struck == {"trunk-a": NoticeImpact.DEGRADED}


NAMES = st.sampled_from(["A-1", "a 1", "a1", "B-2", "b_2", "C3"])


@given(st.lists(st.tuples(NAMES, NAMES, st.sampled_from(["", "x", "y"])), min_size=1, max_size=5), NAMES)
def test_nothing_is_matched_that_could_be_another(parts: list[tuple[str, str, str]], name: str) -> None:
    """A match is the only component of the provider, or of nobody, that has the name; compared one by one."""
    components = {
        f"part-{n}": {"kind": "trunk", "name": of, "contract": contract, "operator": operator}
        for n, (of, contract, operator) in enumerate(parts)
    }
    named = [
        i
        for i, c in components.items()
        if plain_name(name) in (plain_name(c["name"]), plain_name(c["contract"]))
    ]
    own = [i for i in named if components[i]["operator"] == "x"] or [
        i for i in named if not components[i]["operator"]
    ]
    match = found(name, "x", plan(components))
    assert match.component == (own[0] if len(own) == 1 else "")
    assert match.candidates == (() if len(own) == 1 else tuple(own or named))


def test_a_strangers_plain_name_means_nothing_here() -> None:
    """Of a page that nobody names only a tag counts; a component called the same is not struck."""
    assert found("access", provider="example.com").component == "access"
    assert found("access", provider=UNNAMED).component == ""
    assert found("F-1", provider=UNNAMED).component == "access"
