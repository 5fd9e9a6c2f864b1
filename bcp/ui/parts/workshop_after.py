"""After the action: planned against measured times, what was learnt, open actions, and the measured times into the plan."""

from __future__ import annotations

from datetime import date

import streamlit as st

from bcp.errors import BcpError
from bcp.model.after_action import AfterAction, MeasuredFallback
from bcp.model.log_entry import ActionAgreed, ActionDone, Closed
from bcp.model.situation import Situation
from bcp.ui import desk
from bcp.ui.parts.plain import unlinked
from bcp.ui.parts.workshop_key import wrapped
from bcp.ui.parts.workshop_seat import Held, again, moment, say, write
from bcp.ui.state import Session, given, put
from bcp.usecases import sittings
from bcp.words import Words

_TEXT, _OWNER, _DUE = "action-text", "action-owner", "action-due"


def close(session: Session, mine: Held, now: Situation) -> None:
    """End the exercise; what was learnt comes after that."""
    words = session.words
    if now.closed is None:
        st.button(words("End the exercise"), key="close-exercise", icon=":material/flag:",
                  on_click=say, args=(session, mine.seat, Closed()))  # fmt: skip
        st.caption(words("The clock stops for good. Actions can be agreed afterwards, and the log stays."))


def measured(session: Session, mine: Held) -> None:
    """Planned against measured times of each fallback, and the way into the plan."""
    words = session.words
    after = sittings.after_action(mine.live, now=moment())
    st.markdown("#### " + words("Planned and measured"))
    if not after.fallbacks:
        st.caption(words("No fallback was decided on, so nothing was measured."))
        return
    wrapped([_row(f, mine, words) for f in after.fallbacks])
    _into_plan(session, mine, after)


def _row(found: MeasuredFallback, mine: Held, words: Words) -> dict[str, str]:
    return {
        words("Fallback"): mine.live.plan.title(found.fallback),
        words("Decision: planned → measured"): _both(found.planned_decision_s, found.decision_s, words),
        words("Lead time: planned → measured"): _both(found.planned_lead_s, found.lead_s, words),
        words("Measured"): _how(found, words),
    }


def _both(planned_s: float | None, measured_s: float | None, words: Words) -> str:
    return f"{words.length(planned_s)} → {words.length(measured_s)}"


def _how(found: MeasuredFallback, words: Words) -> str:
    """How far the measured times can be trusted."""
    if found.decision_s is None:
        return (
            words("reported in place, but nobody decided on it")
            if found.reported
            else words("not decided on")
        )
    if not found.true_to_life:
        return "≈ " + words("the clock was stopped, hurried or moved on")
    return "✓ " + words("as in real time") if found.lead_s is not None else words("not reported in place")


def _into_plan(session: Session, mine: Held, after: AfterAction) -> None:
    words, plan = session.words, mine.live.plan
    useful = [f for f in after.fallbacks if f.reported or f.decision_s is not None]
    if not useful:
        st.caption(words("No fallback was decided on, so nothing was measured."))
        return
    st.markdown(words("Put the measured times of these into the plan"))
    chosen = [
        f.fallback
        for f in useful
        if st.checkbox(
            unlinked(plan.title(f.fallback)),
            f.true_to_life and f.lead_s is not None,
            key=f"measured-{f.fallback}",
        )
    ]
    st.button(
        words("Put measured times into the plan"), key="measured-into-plan", type="primary", disabled=not chosen,
        icon=":material/published_with_changes:", on_click=_put_in, args=(session, mine, tuple(chosen)),
    )  # fmt: skip
    if not chosen:
        st.caption(words("Tick at least one fallback above: its measured times go into the plan."))
    if any(not f.true_to_life for f in useful):
        st.caption(
            words(
                "Where the clock was stopped, hurried or moved on, the times are those of the exercise clock."
            )
        )


def _put_in(session: Session, mine: Held, chosen: tuple[str, ...]) -> None:
    mine = again(mine)
    try:
        newest = desk.newest(mine.live.sitting.plan)
        after = sittings.after_action(mine.live, now=moment())
        changed = sittings.with_measured(newest.plan, after, chosen)
    except BcpError as error:
        session.refused = session.words.say(str(error))
        return
    desk.save(session, newest, changed)


def actions(session: Session, mine: Held, now: Situation) -> None:
    """What was agreed, each to be ticked off."""
    words = session.words
    st.markdown("#### " + words("Actions agreed"))
    with st.container(key="action-list"):
        for action in now.actions:
            key = f"action-{action.entry}"
            put(key, action.done)
            about = " · ".join(
                part for part in (unlinked(action.owner), words.day(action.due) if action.due else "") if part
            )
            st.checkbox(f"{unlinked(action.text)}  \n:small[{about}]" if about else unlinked(action.text), key=key,
                        on_change=_done, args=(session, mine, action.entry))  # fmt: skip
    if not now.actions:
        st.caption(words("Write down what has to be done after this, by whom and until when."))


def _done(session: Session, mine: Held, entry: int) -> None:
    write(session, mine.seat, ActionDone(action=entry, done=bool(given(f"action-{entry}"))))


def agree(session: Session, mine: Held) -> None:
    """Agree on an action. Drawn outside of what is polled."""
    words = session.words
    left, middle, right = st.columns([4, 2, 2])
    left.text_input(words("What has to be done"), key=_TEXT, max_chars=300)
    middle.text_input(words("By whom"), key=_OWNER, max_chars=100)
    right.date_input(words("Done by"), None, key=_DUE, format="YYYY-MM-DD")
    st.button(
        words("Agree on it"),
        key="action-agree",
        icon=":material/add_task:",
        on_click=_agree,
        args=(session, mine),
    )


def _agree(session: Session, mine: Held) -> None:
    text, due = str(given(_TEXT, "")).strip(), given(_DUE)
    if not text:
        return
    what = ActionAgreed(
        text=text, owner=str(given(_OWNER, "")).strip(), due=due if isinstance(due, date) else None
    )
    if write(session, mine.seat, what):
        put(_TEXT, "")
        put(_OWNER, "")
