"""The answer to "why is this down": the chain of what rests on what, down to what happened."""

from __future__ import annotations

import streamlit as st

from bcp.model.scenario import in_language
from bcp.model.why import Why, WhyStep
from bcp.ui.parts.levels import level_class, level_text
from bcp.ui.parts.plain import plain
from bcp.ui.parts.runs import Shown
from bcp.words import Words, words

_PAINT = {"full": "green", "reduced": "orange", "down": "red"}


def why(shown: Shown, answer: Why, language: str) -> None:
    """Show the chain from the component down to the event, and what a blocked fallback waits for."""
    told = words(language)
    lines = [line for step in answer.steps for line in _lines(shown, step, language)]
    st.markdown("\n\n".join(lines) if lines else "✓ " + told("It delivers in full."))
    more = len(answer.involved) - len(answer.steps)
    if more > 0:
        st.caption(
            told.count(
                "{n} more component lies on such a chain.", "{n} more components lie on such chains.", more
            )
        )
    _blocked(shown, answer, told)


def _lines(shown: Shown, step: WhyStep, language: str) -> list[str]:
    told = words(language)
    paint = _PAINT[level_class(step.level)]
    head = f"**{plain(shown.plan.title(step.component))}** :{paint}-badge[{level_text(step.level, told)}]"
    if step.level > step.primary + 1e-9:
        head += " " + told("(without fallback {level})", level=told.percent(round(step.primary, 3)))
    return ["  \n".join([head, *(f":small[↓ {reason}]" for reason in _reasons(shown, step, language))])]


def _reasons(shown: Shown, step: WhyStep, language: str) -> list[str]:
    told = words(language)
    other = plain(shown.plan.title(step.on)) if step.on else ""
    texts = {
        "needs": told("needs {other}", other=other),
        "pool": told("shares its load with others, among them {other}", other=other),
        "split": told("a fixed share goes through {other}", other=other),
        "quorum": told("too few of its group are left, among them {other}", other=other),
        "start": told("can only start when {other} is up", other=other),
        "restarting": told("is starting again"),
        "earlier": told("an earlier event took it down, and it has not started again"),
        "event": told("this is what fails in the scenario"),
    }
    notes = [in_language(shown.scenario.events[n].note, language) for n in step.events]
    return [texts[step.because], *(plain(note) for note in notes if note)]


def _blocked(shown: Shown, answer: Why, told: Words) -> None:
    """Name the fallbacks on the chain that cannot be activated, and by what."""
    on_chain = {step.component for step in answer.steps}
    for f, by in shown.run.blocked.items():
        if by and shown.plan.fallbacks[f].protects in on_chain:
            names = ", ".join(shown.plan.title(b) for b in by)
            st.warning(
                told(
                    "The fallback {name} does not help: it is blocked by {names}.",
                    name=plain(shown.plan.title(f)),
                    names=plain(names),
                ),
                icon=":material/block:",
            )
