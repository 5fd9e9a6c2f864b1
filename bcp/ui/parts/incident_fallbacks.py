"""Which fallbacks work now, the decision to activate one, and its action card with boxes to tick."""

from __future__ import annotations

import streamlit as st

from bcp.model.assumed import with_doubts
from bcp.model.decision import Act
from bcp.model.fallback import Step
from bcp.model.log_entry import Decided, StepTaken
from bcp.model.names import state_name, verdict_name
from bcp.model.next_step import who_decides
from bcp.model.route import Verdict
from bcp.model.run import FallbackState
from bcp.model.situation import FallbackNow
from bcp.model.worth import Worth
from bcp.ui.parts.incident_next import decide_by, decided_by
from bcp.ui.parts.incident_scene import Scene, named, nameless, write
from bcp.ui.parts.levels import VERDICT_PAINT, VERDICT_SIGN
from bcp.ui.parts.plain import plain
from bcp.ui.state import given, put
from bcp.usecases.incidents import worths
from bcp.usecases.next_step import next_step
from bcp.usecases.sittings.seats import LONGEST_NAME

_UNDER_WAY = (
    FallbackState.ACTIVATING,
    FallbackState.BLOCKED,
    FallbackState.ACTIVE,
    FallbackState.FAILING_BACK,
)
_CARRYING = (FallbackState.ACTIVE, FallbackState.FAILING_BACK)


def fallbacks(scene: Scene) -> None:
    """Those that are called for or under way, first the one to deal with now, then the best; the others on demand."""
    words = scene.words
    now = {f.fallback: f for f in scene.now.fallbacks}
    found = worths(scene.live, scene.now)
    first = next_step(scene.live, scene.now, tuple).fallback
    found = tuple(sorted(found, key=lambda w: w.fallback != first))
    needed = [w for w in found if now[w.fallback].state != FallbackState.IDLE]
    if not found:
        st.info(words("The plan has no fallbacks."))
    elif not needed:
        st.info(words("Nothing that has a fallback is down."))
    for worth in needed:
        _fallback(scene, worth, now[worth.fallback])
    others = [w for w in found if w not in needed]
    if others:
        with st.expander(words("Fallbacks that are not called for ({n})", n=len(others))):
            for worth in others:
                _fallback(scene, worth, now[worth.fallback])


def _fallback(scene: Scene, worth: Worth, now: FallbackNow) -> None:
    words = scene.words
    with st.container(border=True):
        st.markdown(
            f"#### {plain(scene.plan.title(worth.fallback))}\n"
            f":{VERDICT_PAINT[worth.verdict]}-badge[{VERDICT_SIGN[worth.verdict]} {with_doubts(verdict_name(worth.verdict, words), worth.doubts, words)}] "
            f":gray-badge[{state_name(now.state, words)}]"
        )
        st.markdown(plain(reason(scene, worth, now)))
        if worth.shares and worth.verdict is not Verdict.SHARES:
            names = ", ".join(scene.plan.title(i) for i in worth.shares)
            st.markdown(
                plain(
                    words(
                        "Holds only while {names} works: what it stands in for rests on that too.",
                        names=names,
                    )
                )
            )
        st.caption(
            plain(words("Stands in for {name}", name=scene.plan.title(now.protects)))
            + " · "
            + words("carries {share} of the load", share=words.percent(round(worth.carries, 2)))
        )
        if scene.open:
            _deciding(scene, worth, now)
            _decide(scene, now)
        _card(scene, now)


def reason(scene: Scene, worth: Worth, now: FallbackNow) -> str:
    """Why it is worth that, in a sentence."""
    words = scene.words
    names = ", ".join(scene.plan.title(i) for i in worth.because)
    if now.state in _CARRYING:
        return _carrying(scene, now)
    match worth.verdict:
        case Verdict.BLOCKED:
            since_s = now.stopped_since_s if now.stopped_since_s is not None else scene.now.clock.t_s
            return words("Blocked by {names} since {clock}.", names=names, clock=scene.clock(since_s))
        case Verdict.SHARES:
            return words("What would carry the load is down too: {names}.", names=names or "–")
        case Verdict.UNKNOWN if scene.plan.fallbacks[worth.fallback].lead_time is not None:
            unsure = words("What it rests on is not all in the plan: try it before you trust it.")
            return f"{_usable(scene, worth, now)} {unsure}"
        case Verdict.UNKNOWN:
            return words("Nothing stands in its way, but how long it takes is not in the plan.")
        case _:
            return _in_time(scene, worth, now)


def _in_time(scene: Scene, worth: Worth, now: FallbackNow) -> str:
    """When it carries load, and whether that is soon and much enough."""
    words = scene.words
    match worth.verdict:
        case Verdict.TOO_LATE:
            return words(
                "Carries load at {clock} at the earliest; the time limit (RTO) of {activity} runs out at {limit}.",
                clock=_clock(scene, worth.arrives_s), activity=scene.plan.title(worth.limit_of), limit=_clock(scene, worth.limit_s),
            )  # fmt: skip
        case Verdict.TOO_SMALL:
            return words(
                "Carries {share}; {need} is needed. In place at {clock}.",
                share=words.percent(round(worth.carries, 2)), need=words.percent(worth.needed), clock=_clock(scene, worth.arrives_s),
            )  # fmt: skip
        case _:
            return _usable(scene, worth, now)


def _carrying(scene: Scene, now: FallbackNow) -> str:
    words = scene.words
    since = words("Carries load since {clock}.", clock=scene.clock(now.in_place_s or now.since_s))
    if now.ends_s is None:
        return since
    ends = words("Used up at {clock}, {left}.", clock=scene.clock(now.ends_s), left=scene.left(now.ends_s))
    return f"{since} {ends}"


def _usable(scene: Scene, worth: Worth, now: FallbackNow) -> str:
    words, clock = scene.words, _clock(scene, worth.arrives_s)
    if now.state == FallbackState.ACTIVATING:
        return words("Will carry load at {clock}.", clock=clock)
    if worth.limit_s is None:
        return words("Carries load at {clock} if you decide now.", clock=clock)
    return words(
        "Carries load at {clock} if you decide now; the time limit (RTO) of {activity} runs out at {limit}.",
        clock=clock, activity=scene.plan.title(worth.limit_of), limit=_clock(scene, worth.limit_s),
    )  # fmt: skip


def _clock(scene: Scene, t_s: float | None) -> str:
    return "–" if t_s is None else scene.clock(t_s)


def _deciding(scene: Scene, worth: Worth, now: FallbackNow) -> None:
    """Who decides and by when, as long as nobody has; who did and why, once somebody has."""
    words = scene.words
    own = (d for d in scene.now.decisions if d.fallback == now.fallback)
    made = next((d for d in own if d.t_s == now.decided_s), None)
    if now.state in _UNDER_WAY and made is not None:
        parts = [words("Decided {clock}", clock=scene.clock(made.t_s)), made.owner or made.who, made.reason]
        st.markdown("✓ " + plain(" · ".join(part for part in parts if part)))
    elif now.state is not FallbackState.IDLE and now.state not in _UNDER_WAY:
        who = decided_by(scene, who_decides(scene.plan, now.fallback))
        st.markdown(
            "**" + plain(" ".join(part for part in (who, decide_by(scene, worth.last)) if part)) + "**"
        )


def _decide(scene: Scene, now: FallbackNow) -> None:
    """The buttons that fit its state: activate, in place, stand down; with reason and owner."""
    words, key = scene.words, f"{scene.key}-{now.fallback}"
    with st.container(horizontal=True):
        if now.state not in _UNDER_WAY:
            with st.popover(
                words("Activate"), icon=":material/play_arrow:", type="primary", key=f"{key}-activate"
            ):
                _form(scene, now, Act.ACTIVATE, words("Activate now"))
        else:
            if now.state not in _CARRYING:
                with st.popover(words("It carries load"), icon=":material/check:", key=f"{key}-in-place"):
                    _form(scene, now, Act.IN_PLACE, words("It carries load now"))
            with st.popover(words("Stand down"), icon=":material/stop:", key=f"{key}-stand-down"):
                _form(scene, now, Act.STAND_DOWN, words("Stand down now"))


def _form(scene: Scene, now: FallbackNow, act: Act, label: str) -> None:
    words, key = scene.words, f"{scene.key}-{now.fallback}-{act.value}"
    who = who_decides(scene.plan, now.fallback)
    with st.form(key, border=False):
        if nameless(scene):
            st.text_input(
                words("Your name"), key=f"{key}-name", max_chars=LONGEST_NAME,
                placeholder=words("so that the log says who wrote it"),
            )  # fmt: skip
        st.text_input(
            words("Who decided?"), scene.plan.title(who[0]) if who else "", key=f"{key}-owner", max_chars=100
        )
        st.text_input(
            words("Why?"), key=f"{key}-reason", max_chars=300, placeholder=words("one line for the report")
        )
        st.form_submit_button(
            label, type="primary", key=f"{key}-go", on_click=_decided, args=(scene, now.fallback, act, key)
        )


def _decided(scene: Scene, fallback: str, act: Act, key: str) -> None:
    write(
        named(scene, (given(f"{key}-name") or "").strip()),
        Decided(
            fallback=fallback, act=act,
            reason=(given(f"{key}-reason") or "").strip(), owner=(given(f"{key}-owner") or "").strip(),
        ),
    )  # fmt: skip


def _card(scene: Scene, now: FallbackNow) -> None:
    """The action card: its steps in order with boxes; open while the fallback is being put in place."""
    words = scene.words
    fallback = scene.plan.fallbacks[now.fallback]
    done, of = len(now.steps_done), len(fallback.steps)
    title = (
        words("Action card: {done} of {all} done", done=done, all=of)
        if of
        else words("No steps are written.")
    )
    with st.expander(title, expanded=now.state in (FallbackState.ACTIVATING, FallbackState.BLOCKED)):
        for n, step in enumerate(fallback.steps):
            _step(scene, now, n, step, failback=False)
        if fallback.failback_steps:
            st.markdown("**" + words("To go back") + "**")
            for n, step in enumerate(fallback.failback_steps):
                _step(scene, now, n, step, failback=True)


def _step(scene: Scene, now: FallbackNow, n: int, step: Step, *, failback: bool) -> None:
    words = scene.words
    key = f"{scene.key}-{now.fallback}-{'back' if failback else 'step'}-{n}"
    done = n in (now.failback_steps_done if failback else now.steps_done)
    put(key, done)
    by = f" – {plain(scene.plan.title(step.by))}" if step.by else ""
    takes = f" ({words.length(step.takes)})" if step.takes is not None else ""
    at = f" **{_done_at(scene, now.fallback, n, failback=failback)}**" if done else ""
    st.checkbox(
        f"{n + 1}. {plain(step.do)}{by}{takes}{at}", key=key, disabled=not scene.open,
        on_change=_stepped, args=(scene, now.fallback, n, failback, key),
    )  # fmt: skip
    if step.expect:
        st.caption(f"→ {plain(step.expect)}")


def _stepped(scene: Scene, fallback: str, n: int, failback: bool, key: str) -> None:
    write(scene, StepTaken(fallback=fallback, step=n, done=bool(given(key)), failback=failback))


def _done_at(scene: Scene, fallback: str, n: int, *, failback: bool) -> str:
    """When a step was ticked last."""
    times = [
        e.when
        for e in scene.live.entries
        if isinstance(e.what, StepTaken)
        and (e.what.fallback, e.what.step, e.what.failback, e.what.done) == (fallback, n, failback, True)
    ]
    return scene.wall(times[-1]) if times else ""
