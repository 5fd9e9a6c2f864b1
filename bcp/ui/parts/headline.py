"""What a run comes to, in sentences: the worst first."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from bcp.model.assumed import outcome_doubts, with_doubts
from bcp.model.overview import NOTHING_TO_SPARE_S, Grade, grade, limits_broken, nothing_left, repeated
from bcp.model.overview_words import grade_text
from bcp.model.plan import Plan
from bcp.model.quality_words import spoilt_text
from bcp.model.run import ActivityResult, Run
from bcp.model.scenario import Scenario
from bcp.ui import cached
from bcp.ui.parts.levels import FULL, Paint
from bcp.ui.parts.plain import plain
from bcp.words import Words

_PAINT: dict[Grade, Paint] = {
    Grade.MTPD_BROKEN: "red",
    Grade.RTO_BROKEN: "red",
    Grade.BELOW: "orange",
    Grade.REDUCED: "blue",
    Grade.UNTOUCHED: "green",
}


@dataclass(frozen=True, slots=True)
class Headline:
    """One activity's verdict as a sentence."""

    activity: str
    grade: Grade
    text: str


def headlines(plan: Plan, run: Run, words: Words) -> tuple[Headline, ...]:
    """A sentence for every activity, the worst first, then in the plan's order."""
    found = [Headline(i, grade(run.activities[i]), sentence(plan, i, run, words)) for i in plan.activities]
    return tuple(sorted(found, key=lambda h: h.grade))


def sentence(plan: Plan, activity: str, run: Run, words: Words) -> str:
    """Such as: Customer service down 5 h – RTO broken after 4 h."""
    spoilt = spoilt_text(plan, run, activity, words)
    if not spoilt:
        return _level_sentence(plan, activity, run, words)
    if run.activities[activity].min_level >= FULL:
        return f"{plan.title(activity)}: {spoilt}"
    return f"{_level_sentence(plan, activity, run, words)}; {spoilt}"


def _level_sentence(plan: Plan, activity: str, run: Run, words: Words) -> str:
    name, result = plan.title(activity), run.activities[activity]
    bia = plan.components[activity].analysis
    if result.first_below_s is None:
        if result.min_level >= FULL:
            return words("{name} is not affected", name=name)
        return words(
            "{name} falls to {level} at worst, which is enough",
            name=name,
            level=words.percent(result.min_level),
        )
    return f"{_disruption(name, activity, run, words)} – {_limits(bia.rto, bia.mtpd, result, words)}"


def _disruption(name: str, activity: str, run: Run, words: Words) -> str:
    """How long it was too low; `down` only where nothing at all was left all the while."""
    result = run.activities[activity]
    length = words.length(result.longest_s)
    if nothing_left(run, activity):
        return words("{name} down {length}", name=name, length=length)
    level = words.percent(round(result.min_level, 3))
    return words("{name} too low for {length}, {level} at worst", name=name, length=length, level=level)


def _limits(rto: float | None, mtpd: float | None, result: ActivityResult, words: Words) -> str:
    if result.mtpd_met is False:
        return words("MTPD broken after {length}", length=words.length(mtpd))
    if result.rto_met is False:
        return words("RTO broken after {length}", length=words.length(rto))
    if rto is not None:
        return _rto_held(rto, rto - result.longest_s, words)
    if mtpd is not None:
        return _mtpd_held(mtpd, mtpd - result.longest_s, words)
    return words("no limit is set")


def _rto_held(limit: float, left: float, words: Words) -> str:
    if left < NOTHING_TO_SPARE_S:
        return words("exactly at the RTO of {limit}: nothing to spare", limit=words.length(limit))
    return words("RTO of {limit} held, {left} to spare", limit=words.length(limit), left=words.length(left))


def _mtpd_held(limit: float, left: float, words: Words) -> str:
    if left < NOTHING_TO_SPARE_S:
        return words("exactly at the MTPD of {limit}: nothing to spare", limit=words.length(limit))
    return words("MTPD of {limit} held, {left} to spare", limit=words.length(limit), left=words.length(left))


def verdicts(plan: Plan, run: Run, words: Words, before: Run | None = None) -> None:
    """Show the sentences; those not affected together on one line.

    With `before`, an activity whose verdict differs from that run says what it was.
    """
    told = headlines(plan, run, words)
    hit = [h for h in told if h.grade is not Grade.UNTOUCHED]
    if not hit:
        st.success(words("No activity is affected."))
        return
    unsure = cached.unsure(plan)
    for line in hit:
        text = f":{_PAINT[line.grade]}-badge[{with_doubts(grade_text(line.grade, words), outcome_doubts(plan, line.activity, run, unsure), words)}] **{plain(line.text)}**"
        was = before.activities.get(line.activity) if before else None
        if was is not None and grade(was) is not line.grade:
            text += (
                f"  \n:small[{words('Before the change: {verdict}', verdict=grade_text(grade(was), words))}]"
            )
        st.markdown(text)
    rest = [plan.title(h.activity) for h in told if h.grade is Grade.UNTOUCHED]
    if rest:
        st.caption("✓ " + words("Not affected: {names}", names=plain(", ".join(rest))))


def figures(plan: Plan, run: Run, scenario: Scenario, words: Words) -> None:
    """The run in four figures, and what the lost contacts count."""
    broken = sum(limits_broken(result) for result in run.activities.values())
    below = sum(grade(result) <= Grade.BELOW for result in run.activities.values())
    lost = sum(result.lost_contacts for result in run.activities.values())
    customers = sum(hit.customers for hit in run.affected.values())
    stated = any(component.customers for component in plan.components.values())
    spoilt = sum(result.quality.spoiled_contacts for result in run.activities.values() if result.quality)
    shown = [
        (words("Activities below their minimum"), words("{n} of {all}", n=below, all=len(plan.activities))),
        (words("Limits broken"), words.number(broken)),
        (words("Lost contacts"), words.number(lost)),
        (words("Customers affected"), words.number(customers) if stated else words("not stated")),
    ]
    if run.quality:
        shown.insert(3, (words("Spoilt contacts"), words.number(spoilt)))
    with st.container(horizontal=True, gap="large"):
        for label, value in shown:
            st.metric(label, value, width="content")
    again = repeated(plan, run, scenario)
    if lost and again > 1:
        st.caption(
            words(
                "Lost contacts are attempts, repeated calls included: at most {n} times the usual number.",
                n=words.number(again, 1),
            )
        )
