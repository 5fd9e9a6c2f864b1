"""Everything that is said to be independent, and what it has in common."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from bcp.model.fate import Basis, CommonPoint, Fate, Redundancy, SharedFate
from bcp.model.names import fate_name
from bcp.model.plan import Plan
from bcp.ui.parts.levels import FATE_PAINT, FATE_SIGN
from bcp.ui.parts.plain import plain
from bcp.ui.parts.routing import shared_fate
from bcp.words import Words

_WORST_FIRST = (Fate.SHARES, Fate.SAME_OPERATOR, Fate.UNKNOWN, Fate.INDEPENDENT)

_MOST = 40
"""More than this many claims are not drawn at once."""


def fates(plan: Plan, fallbacks: Sequence[SharedFate], members: Sequence[Redundancy], words: Words) -> None:
    """Fallbacks first, then members that stand in for each other; the worst verdicts on top."""
    st.caption(
        words(
            "Whatever the plan says stands in for something else, and what both rest on. Unknown is an answer: the question to ask stands beside it."
        )
    )
    _counts([f.verdict for f in fallbacks] + [m.verdict for m in members], words)
    _section(words("Fallbacks and what they protect"), sorted(fallbacks, key=_rank), plan, words)
    _section(words("Members that stand in for each other"), sorted(members, key=_rank), plan, words)


def _rank(claim: SharedFate | Redundancy) -> int:
    return _WORST_FIRST.index(claim.verdict)


def _counts(verdicts: Sequence[Fate], words: Words) -> None:
    with st.container(horizontal=True, gap="large"):
        for fate in _WORST_FIRST:
            label = f"{FATE_SIGN[fate]} {fate_name(fate, words)}"
            st.metric(label, verdicts.count(fate), width="content")


def _section(title: str, claims: Sequence[SharedFate | Redundancy], plan: Plan, words: Words) -> None:
    st.markdown(f"#### {title}")
    if not claims:
        st.caption(words("There are none."))
    for claim in claims[:_MOST]:
        badge = f":{FATE_PAINT[claim.verdict]}-badge[{FATE_SIGN[claim.verdict]} {fate_name(claim.verdict, words)}]"
        with st.expander(f"{badge} {plain(_title(claim, plan, words))}"):
            if isinstance(claim, SharedFate):
                shared_fate(plan, claim, words)
            else:
                _redundancy(claim, plan, words)
    if len(claims) > _MOST:
        st.caption(words("{n} more with no worse verdict are not shown.", n=len(claims) - _MOST))


def _title(claim: SharedFate | Redundancy, plan: Plan, words: Words) -> str:
    if isinstance(claim, SharedFate):
        return words(
            "{fallback} for {protected}",
            fallback=plan.title(claim.fallback),
            protected=plan.title(claim.protects),
        )
    members = ", ".join(plan.title(m) for m in claim.members)
    if claim.basis is Basis.OPERATORS:
        return words("Operators: {members}", members=members)
    return words("{members} for {name}", members=members, name=plan.title(claim.subject))


def _redundancy(claim: Redundancy, plan: Plan, words: Words) -> None:
    for point in claim.points:
        _point(point, plan, words)
    if claim.shared_count > len(claim.points):
        st.caption(words("They rest on {n} components together in all.", n=claim.shared_count))
    if claim.same:
        st.caption(words("In common: {names}", names=plain(", ".join(claim.same))))
    if claim.question:
        st.caption(words("Ask the operator: {question}", question=plain(claim.question)))
    if not (claim.points or claim.same or claim.question):
        st.caption(words("Nothing in common, as far as the plan knows."))


def _point(point: CommonPoint, plan: Plan, words: Words) -> None:
    name = "**" + plain(plan.title(point.component)) + "**"
    effect = {
        None: "",
        True: words("Without it the requirement still holds."),
        False: words(
            "Without it {share} of the requirement is left.", share=words.percent(point.left or 0.0)
        ),
    }[point.holds]
    st.markdown(f"{words('Both rest on {name}', name=name)} :small[{effect}]")
    for way in point.ways:
        st.markdown(f":small[{' → '.join(plain(plan.title(i)) for i in way)}]")
