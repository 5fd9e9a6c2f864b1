"""What stands at the top of an incident: what is down, the next limit, and the one thing to do now."""

from __future__ import annotations

import streamlit as st

from bcp.model.fallback import Step
from bcp.model.last_decision import LastDecision
from bcp.model.next_step import NextKind, NextStep
from bcp.model.situation import ActivityNow
from bcp.model.telephone import display
from bcp.ui.parts import incident_telling
from bcp.ui.parts.incident_scene import Scene
from bcp.ui.parts.plain import plain
from bcp.usecases.next_step import next_step

_NAMED = 3
"""So many activities are named; the others are counted."""

_VIEWS = {
    NextKind.MARK: "mark",
    NextKind.DECIDE: "fallbacks",
    NextKind.CARRY_OUT: "fallbacks",
    NextKind.STUCK: "fallbacks",
    NextKind.TELL: "tell",
    NextKind.TELL_AGAIN: "tell",
    NextKind.FAIL_BACK: "fallbacks",
    NextKind.CLOSE: "log",
}
"""Where each is done."""

_LOOKING = ("now", "mark")
"""The views on which it all stands; on those on which something is done about it, one line and the limit do."""


def at_a_glance(scene: Scene) -> None:
    """Three lines in one box: what is down, the next limit with its time, and what to do with the way there."""
    words = scene.words
    if not scene.open:
        return
    down = [a for a in scene.now.activities if not a.enough]
    step = next_step(scene.live, scene.now, lambda: incident_telling.found(scene))
    if scene.session.incident_view not in _LOOKING:
        st.markdown(f"**→ {plain(said(scene, step))}** {plain(_in_short(scene, step))}".rstrip())
        _limit(scene, down)
        return
    with st.container(border=True, key=f"{scene.key}-glance"):
        if down:
            named = ", ".join(scene.plan.title(a.activity) for a in down[:_NAMED])
            more = f" +{len(down) - _NAMED}" if len(down) > _NAMED else ""
            st.markdown("**▼ " + plain(words("Down or too little: {names}", names=named + more)) + "**")
            _limit(scene, down)
        if step.helpless and step.kind is not NextKind.STUCK:
            names = ", ".join(map(scene.plan.title, step.helpless))
            st.markdown(
                "✕ " + plain(words("No way around works for {names}: ask the operator.", names=names))
            )
        st.markdown(f"**→ {plain(said(scene, step))}**")
        detail = _detail(scene, step)
        if detail:
            st.markdown(plain(detail))
        view = _VIEWS.get(step.kind, "")
        if view and view != scene.session.incident_view:
            st.button(
                _label(scene, step), key=f"{scene.key}-next-go", type="primary", width="stretch",
                icon=":material/arrow_forward:", on_click=_turn, args=(scene, view),
            )  # fmt: skip


def _turn(scene: Scene, view: str) -> None:
    scene.session.incident_view = view


def _limit(scene: Scene, down: list[ActivityNow]) -> None:
    """The next limit that is not reached yet; where all are, the last that was."""
    words, t = scene.words, scene.now.clock.t_s
    found = [
        (at, name, a.activity)
        for a in down
        for at, name in ((a.rto_at_s, "RTO"), (a.mtpd_at_s, "MTPD"))
        if at is not None
    ]
    coming = [limit for limit in found if limit[0] > t]
    if coming:
        at, name, activity = min(coming)
        text = words(
            "Next limit {clock}, {left}: {limit} of {activity}",
            clock=scene.clock(at), left=scene.left(at), limit=name, activity=scene.plan.title(activity),
        )  # fmt: skip
        st.markdown(f"**◷ {plain(text)}**")
    elif found:
        at, name, activity = max(found)
        text = words(
            "All limits are broken, the last {clock}: {limit} of {activity}",
            clock=scene.clock(at), limit=name, activity=scene.plan.title(activity),
        )  # fmt: skip
        st.markdown(f"**✕ {plain(text)}**")


def said(scene: Scene, step: NextStep) -> str:
    """What to do now, in a sentence."""
    words, plan = scene.words, scene.plan
    name = plan.title(step.fallback) if step.fallback else ""
    return {
        NextKind.MARK: words("Do now: mark what is down."),
        NextKind.DECIDE: words(
            "Do now: decide on {name}, for {activity}.",
            name=name,
            activity=plan.title(step.activity) if step.activity else "",
        ),
        NextKind.CARRY_OUT: words("Do now: carry out {name}.", name=name),
        NextKind.TELL: words("Do now: tell those who have not been told."),
        NextKind.TELL_AGAIN: words(
            "Do now: tell those who were told that it works again: {names}.", names=", ".join(step.audiences)
        ),
        NextKind.FAIL_BACK: words("Do now: end {name}, it is needed no more.", name=name),
        NextKind.STUCK: words(
            "Do now: no way around works for {activity}. Ask the operator when it will be back.",
            activity=plan.title(step.activity) if step.activity else "",
        ),
        NextKind.WATCH: words("Nothing has to be decided now. Mark what changes."),
        NextKind.CLOSE: words("All that was marked is back. Close the incident when you are sure."),
    }[step.kind]


def _detail(scene: Scene, step: NextStep) -> str:
    """Who, and by when."""
    words, plan = scene.words, scene.plan
    match step.kind:
        case NextKind.DECIDE:
            return " ".join(
                part for part in (decided_by(scene, step.who), decide_by(scene, step.last)) if part
            )
        case NextKind.CARRY_OUT:
            steps = plan.fallbacks[step.fallback].steps
            return _own_step(scene, step, steps) or words("All steps are done: say so when it carries load.")
        case NextKind.FAIL_BACK:
            return _own_step(scene, step, plan.fallbacks[step.fallback].failback_steps)
        case NextKind.TELL if step.by_s is not None:
            return words("The first of them by {clock}.", clock=scene.clock(step.by_s))
        case NextKind.STUCK if step.because:
            names = ", ".join(map(plan.title, step.because))
            return words("In the way: {names}.", names=names)
        case _:
            return ""


def _in_short(scene: Scene, step: NextStep) -> str:
    """What goes into one line behind what to do: the time of a decision, or the step that it has come to."""
    if step.kind is NextKind.DECIDE:
        return decide_by(scene, step.last and step.last.model_copy(update={"missed": ()}))
    return _detail(scene, step) if step.kind in (NextKind.CARRY_OUT, NextKind.FAIL_BACK) else ""


def _own_step(scene: Scene, step: NextStep, steps: tuple[Step, ...]) -> str:
    """The step that it has come to, with who takes it; empty where all are done."""
    if step.step >= len(steps):
        return ""
    who = ", ".join(map(scene.plan.title, step.who))
    return f"{step.step + 1}. {steps[step.step].do}" + (f" – {who}" if who else "")


def decided_by(scene: Scene, who: tuple[str, ...]) -> str:
    """Who decides, the first of them with a number to call; a question where the plan does not say."""
    words = scene.words
    if not who:
        return words("The plan does not say who decides: you do.")
    names = [scene.plan.title(i) + _number(scene, i) for i in who[:_NAMED]]
    return words("Decides: {names}.", names=f" {words('or')} ".join(names))


def _number(scene: Scene, who: str) -> str:
    contact = scene.plan.contacts.get(who)
    number = (contact.mobile or contact.phone) if contact is not None else None
    return f" ({display(number, scene.plan.organisation.country)})" if number else ""


def decide_by(scene: Scene, last: LastDecision | None) -> str:
    """By when it must be decided for which limit, and which limit cannot be met; empty where that cannot be said."""
    words = scene.words
    if last is None:
        return ""
    activity = scene.plan.title(last.activity)
    parts = [
        words("Decide at once.")
        if last.by_s is None
        else words(
            "Decide by {clock}, {left}, for the {limit} of {activity}.",
            clock=scene.clock(last.by_s), left=scene.left(last.by_s), limit=last.limit, activity=activity,
        )
    ]  # fmt: skip
    for missed in last.missed:
        if missed.never:
            text = words(
                "The {limit} of {activity} cannot be met with this: it takes {takes}, the {limit} is {allowed}.",
                limit=missed.limit, activity=activity, takes=words.length(last.takes_s),
                allowed=words.length(missed.allowed_s),
            )  # fmt: skip
        else:
            text = words(
                "The {limit} of {activity} can no longer be met.", limit=missed.limit, activity=activity
            )
        parts.append(text)
    return " ".join(parts)


def _label(scene: Scene, step: NextStep) -> str:
    words = scene.words
    return {
        NextKind.MARK: words("Mark what is down"),
        NextKind.DECIDE: words("To the decision"),
        NextKind.CARRY_OUT: words("To the action card"),
        NextKind.STUCK: words("See why"),
        NextKind.TELL: words("Tell them"),
        NextKind.TELL_AGAIN: words("Tell them"),
        NextKind.FAIL_BACK: words("To the action card"),
        NextKind.CLOSE: words("To the end of the incident"),
    }[step.kind]
