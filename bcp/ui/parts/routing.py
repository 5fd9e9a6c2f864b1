"""The fallback routing plan on the screen: an overview, and the options of one number or activity."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from bcp.model.assumed import assumed, kept_up, with_doubts
from bcp.model.fallback import Step
from bcp.model.fate import SharedFate
from bcp.model.names import fate_name, verdict_name
from bcp.model.plan import Plan
from bcp.model.route import RouteOption, RoutingPlan, Verdict
from bcp.store import Stored
from bcp.ui import cached, guard
from bcp.ui.parts import confirming, outages
from bcp.ui.parts.fields import kind_of
from bcp.ui.parts.levels import FATE_PAINT, FATE_SIGN, VERDICT_PAINT, VERDICT_SIGN
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session, given, put, seed
from bcp.words import Words

_NONE = ""


def chosen_plans(session: Session, opened: Stored) -> tuple[tuple[RoutingPlan, ...], bool]:
    """Let a scenario be chosen; the routing plans, and whether they are judged under one or under plain failures."""
    words = session.words
    known = outages.known(opened.name)
    last, held = session.running
    seed("routes-scenario", last if last in known else _NONE)
    picked = st.selectbox(
        words("Judged under"), [_NONE, *known], key="routes-scenario",
        format_func=lambda i: outages.title(i, known[i], words) if i else words("Each failure by itself, without a scenario"),
    )  # fmt: skip
    settings = held if picked == last else ()
    with guard.problems(words, stop=True):
        return cached.routes(opened.plan, picked, settings), bool(picked)


def overview(plan: Plan, plans: Sequence[RoutingPlan], words: Words, *, under_scenario: bool) -> None:
    """A row for every number and activity: its best option and how many there are."""
    rows = [
        {
            words("Number or activity"): plan.title(p.subject),
            words("Kind"): kind_of(plan.components[p.subject], words),
            words("Best option"): _best(plan, p, words, under_scenario=under_scenario),
            words("Options"): str(len(p.options)),
            words("Usable"): str(sum(o.verdict is Verdict.USABLE for o in p.options)),
            words("Down in the scenario"): _down(p, words),
        }
        for p in plans
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, height=min(38 + 35 * len(rows), 320))


def _best(plan: Plan, routing: RoutingPlan, words: Words, *, under_scenario: bool) -> str:
    if not routing.options and under_scenario and routing.down_from_s is None:
        return "✓ " + words("stays up")
    if not routing.options:
        return "– " + words("no way around")
    best = routing.options[0]
    return f"{VERDICT_SIGN[best.verdict]} {with_doubts(verdict_name(best.verdict, words), best.doubts, words)}: {plan.title(best.fallback)}"


def _down(routing: RoutingPlan, words: Words) -> str:
    if routing.down_from_s is None:
        return "–"
    until = "" if routing.down_until_s is None else words.clock(routing.down_until_s)
    return f"{words.clock(routing.down_from_s)} – {until}"


def choose_subject(session: Session, plan: Plan, plans: Sequence[RoutingPlan]) -> RoutingPlan:
    """Let one number or activity be chosen."""
    words = session.words
    by_subject = {p.subject: p for p in plans}
    if session.subject not in by_subject:
        ranked = sorted(plans, key=lambda p: (p.down_from_s is None, not p.options))
        session.subject = ranked[0].subject
    put("subject", session.subject)
    st.selectbox(
        words("Ways around a failure of"), list(by_subject), key="subject", on_change=_picked, args=(session,),
        format_func=lambda i: f"{plan.title(i)} · {kind_of(plan.components[i], words)}",
    )  # fmt: skip
    return by_subject[session.subject]


def _picked(session: Session) -> None:
    session.subject = given("subject") or session.subject


def options(session: Session, plan: Plan, routing: RoutingPlan, *, under_scenario: bool) -> None:
    """The options of one subject, the best first."""
    words = session.words
    if not routing.options and under_scenario and routing.down_from_s is None:
        st.success(words("The scenario does not take it down: no way around is needed."))
    elif not routing.options:
        st.warning(
            words("There is no way around. If this fails, it stays down until it is repaired."),
            icon=":material/warning:",
        )
    for number, option in enumerate(routing.options, 1):
        with st.container(border=True):
            _option(session, plan, number, option)


def _option(session: Session, plan: Plan, number: int, option: RouteOption) -> None:
    words = session.words
    badge = f":{VERDICT_PAINT[option.verdict]}-badge[{VERDICT_SIGN[option.verdict]} {with_doubts(verdict_name(option.verdict, words), option.doubts, words)}]"
    st.markdown(
        f"**{number}. {plain(plan.title(option.fallback))}** {badge}  \n{plain(reason(plan, option, words))}"
    )
    _figures(plan, option, words)
    _doubtful(session, plan, option)
    with st.expander(words("Steps, return and shared fate")):
        left, right = st.columns(2)
        with left:
            _steps(plan, words("To activate"), option.steps, words)
            _steps(plan, words("To go back"), option.failback_steps, words)
        with right:
            shared_fate(plan, option.fate, words)


def _doubtful(session: Session, plan: Plan, option: RouteOption) -> None:
    """What the verdict rests on and nobody has confirmed, with the ways to do so."""
    confirming.confirming(session, plan, option.fallback, key=f"confirm-{option.fallback}")
    if option.limit_of and assumed(plan, option.limit_of):
        key = f"confirm-{option.fallback}-{option.limit_of}"
        confirming.confirming(session, plan, option.limit_of, key=key)


def _figures(plan: Plan, option: RouteOption, words: Words) -> None:
    limit = None if option.limit_s is None else words("limit {length}", length=words.length(option.limit_s))
    need = None
    if option.needed_capacity:
        need = words("needed {share}", share=words.percent(option.needed_capacity))
    none = "?" if option.verdict == Verdict.UNKNOWN else words("never")
    after = none if option.active_from_s is None else words.length(option.active_from_s)
    kept = kept_up(plan, option.fallback, words, endless=words("no limit"))
    with st.container(horizontal=True, gap="large"):
        shown = (
            (words("Carries load after"), after, limit),
            (words("Capacity"), words.percent(option.capacity), need),
            (words("Callers served"), words.percent(round(option.subject_level, 3)), None),
            (words("Can be kept up for"), kept, None),
        )
        for label, value, against in shown:
            st.metric(label, value, against, delta_color="off", delta_arrow="off", width="content")


def reason(plan: Plan, option: RouteOption, words: Words) -> str:
    """The verdict's reason in a sentence."""
    names = ", ".join(plan.title(i) for i in option.because)
    active, limit = words.length(option.active_from_s), words.length(option.limit_s)
    late = (option.active_from_s or 0) - (option.limit_s or 0)
    of = plan.title(option.limit_of) if option.limit_of else ""
    match option.verdict:
        case Verdict.USABLE:
            held = (
                words("in time for the RTO of {limit}", limit=limit)
                if option.limit_s is not None
                else words("no RTO to meet")
            )
            return words("Carries load after {active}, {held}.", active=active, held=held)
        case Verdict.TOO_LATE:
            return words(
                "Carries load after {active}: {late} too late for {activity}, whose RTO is {limit}.",
                active=active, late=words.length(late), activity=of, limit=limit,
            )  # fmt: skip
        case Verdict.TOO_SMALL:
            need = words.percent(option.needed_capacity)
            return words(
                "Serves {share} of the callers; {need} is needed.",
                share=words.percent(round(option.capacity, 3)),
                need=need,
            )
        case Verdict.BLOCKED:
            return words("Cannot be activated: blocked by {names}.", names=names)
        case Verdict.SHARES:
            return _shares(names, words, happened=option.triggered)
        case Verdict.UNKNOWN:
            return (
                words("Cannot be judged: {names}.", names=names)
                if names
                else words("Cannot be judged: its lead time or what carries it is not stated.")
            )


def _shares(names: str, words: Words, *, happened: bool) -> str:
    """What both rest on: in an outage that took it, or as a condition that the way holds under."""
    if happened:
        return words("Goes down with what it stands in for: both rest on {names}.", names=names)
    return words(
        "Holds only while {names} works: what it stands in for rests on that too.",
        names=names,
    )


def _steps(plan: Plan, title: str, steps: Sequence[Step], words: Words) -> None:
    st.markdown(f"**{title}**")
    if not steps:
        st.caption(words("No steps are written."))
    for n, step in enumerate(steps, 1):
        by = f" – {plain(plan.title(step.by))}" if step.by else ""
        takes = f" ({words.length(step.takes)})" if step.takes is not None else ""
        expect = f"  \n:small[→ {plain(step.expect)}]" if step.expect else ""
        st.markdown(f"{n}. {plain(step.do)}{by}{takes}{expect}")


def shared_fate(plan: Plan, fate: SharedFate, words: Words) -> None:
    """What a fallback and what it protects rest on together, with the way there on both sides."""
    st.markdown(
        f"**{words('Shared fate')}** :{FATE_PAINT[fate.verdict]}-badge[{FATE_SIGN[fate.verdict]} {fate_name(fate.verdict, words)}]"
    )
    for meeting in fate.meetings:
        st.markdown(
            f"{words('Both rest on {name}', name='**' + plain(plan.title(meeting.component)) + '**')}"
        )
        if meeting.together is not None:
            effect = (
                words("Its loss alone calls for the fallback and hinders it.")
                if meeting.together
                else words("Its loss alone does not take both.")
            )
            st.markdown(f":small[{effect}]")
        for title, path in (
            (words("From the fallback"), meeting.from_fallback),
            (words("From what it protects"), meeting.from_protected),
        ):
            st.markdown(f":small[{title}: {' → '.join(plain(plan.title(i)) for i in path)}]")
    if fate.same:
        st.caption(words("In common: {names}", names=plain(", ".join(fate.same))))
    if fate.question:
        st.caption(words("Ask the operator: {question}", question=plain(fate.question)))
