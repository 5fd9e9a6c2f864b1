"""What the interview has made so far: the picture, what the last answers added, and what is still to be asked."""

from __future__ import annotations

import streamlit as st

from bcp.model.assumed import still_open
from bcp.model.placing import Placed
from bcp.model.plan import Plan
from bcp.model.scenario import in_language
from bcp.ui.parts.fields import kind_of
from bcp.ui.parts.graph import graph
from bcp.ui.parts.links import around, neighbours
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session
from bcp.usecases import building
from bcp.usecases.interviewing import Conducted
from bcp.words import Words

_MOST = 8
"""Boxes that can still be read in the small picture, which shows them all."""


def so_far(session: Session, found: Conducted) -> None:
    """Draw the picture and the lists beside the question; what is being answered is in them already."""
    words = session.words
    plan = found.plan
    st.markdown("#### " + words("Your plan so far"))
    if not plan.components:
        st.caption(words("Nothing yet. What you answer appears here at once, and is saved."))
        return
    _last(session, found, plan)
    _picture(plan, _new(found), words)
    _all(session, found)
    asked = len(still_open(plan))
    if asked:
        st.caption(
            ":material/help: "
            + words.count("{n} question to ask so far", "{n} questions to ask so far", asked)
        )


def _new(found: Conducted) -> Placed | None:
    """What was added last."""
    return found.placed[-1] if found.placed else None


def _last(session: Session, found: Conducted, plan: Plan) -> None:
    words, last = session.words, _new(found)
    if last is None:
        return
    lines = [f"✓ {plain(plan.title(i))}{_kind(plan, i, words)}" for i in last.added]
    lines += ["↳ " + words("{name} now rests on it", name=plain(plan.title(i))) for i in last.joined]
    lines += [f"? {plain(q.text)}" for q in last.questions]
    if lines:
        title = in_language(building.blocks()[found.interview.done[-1].block].title, session.language)
        text = f"**{words('Added')}: {plain(title)}**  \n" + "  \n".join(lines)
        st.success(text, icon=":material/check_circle:")


def _all(session: Session, found: Conducted) -> None:
    words, plan = session.words, found.plan
    if len(found.placed) > 1:
        with st.expander(words("Everything added ({n})", n=sum(len(s.added) for s in found.placed))):
            for step, before in zip(found.placed, found.interview.done, strict=True):
                name = in_language(building.blocks()[before.block].title, session.language)
                st.markdown(f"**{plain(name)}**")
                st.caption(" · ".join(plain(plan.title(i)) for i in step.added) or "–")


def _kind(plan: Plan, key: str, words: Words) -> str:
    if key in plan.components:
        return f" · {kind_of(plan.components[key], words)}"
    return f" · {words('Fallback')}" if key in plan.fallbacks else f" · {words('Contact')}"


def _picture(plan: Plan, last: Placed | None, words: Words) -> None:
    new = [i for i in (last.added if last else ()) if i in plan.components]
    shown = list(plan.components)
    if len(shown) > _MOST:
        middles = new or [next(iter(plan.activities), shown[0])]
        beside = [i for m in middles for i in around(neighbours(plan), m, up=1, down=1)]
        shown = list(dict.fromkeys((*middles, *beside)))[:_MOST]
    newest = new[0] if new else ""
    graph(plan, shown, words, key="graph-guided", focus=newest, chosen=newest, whole=True)
    hidden = len(plan.components) - len(shown)
    if hidden:
        st.caption(
            words(
                "{n} of {all} components shown, {hidden} hidden.",
                n=len(shown), all=len(plan.components), hidden=hidden,
            )
        )  # fmt: skip
