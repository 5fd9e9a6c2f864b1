"""What takes an activity down: single points, cut sets by size, how likely it is, and what matters most."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from bcp import usecases
from bcp.engine.failure.cutsets import Analysis
from bcp.model.plan import Plan
from bcp.model.top_event import TopEvent
from bcp.store import Stored
from bcp.ui import background, navigation
from bcp.ui.parts.findings import show
from bcp.ui.parts.neighbourhood import option
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session, seed
from bcp.words import Words

YEAR = 8766
"""Hours of a mean year."""

_SHOWN = 200
"""At most so many cut sets stand in the table."""

_LISTED = 1000
"""More cut sets than this are counted but not listed."""

_SECONDS = 20.0
"""Nobody waits longer for the cut sets of one activity; what is known by then is shown."""

_TEN = 10
"""From here on a factor is shown without decimals."""

_MATTER = 15
"""So many components stand in the table of what matters most."""


def cut_sets(session: Session, opened: Stored) -> None:
    """Let an activity be chosen, and show what takes it below its MBCO."""
    words, plan = session.words, opened.plan
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    targets = [*plan.activities, *(i for i in plan.components if i not in plan.activities)]
    seed("cuts-of", session.chosen if session.chosen in plan.activities else targets[0])
    target = left.selectbox(
        words("What takes down"), targets, format_func=lambda i: option(plan, i, words), key="cuts-of"
    )
    with_fallbacks = right.toggle(words("Count the fallbacks"), key="cuts-fallbacks")
    found = _found(session, plan, target, with_fallbacks=with_fallbacks)
    _figures(found.event, words)
    if found.event.stopped:
        st.warning(plain(found.event.stopped), icon=":material/hourglass_bottom:")
    if found.event.always:
        st.error(
            words("It is below its minimum level (MBCO) even with everything up: the model is not right.")
        )
        return
    if not found.sets:
        st.success(words("Nothing in the plan takes it below its minimum level (MBCO)."))
        return
    sets, matters = st.columns([4, 5], gap="medium")
    with sets:
        _sets(found, plan, words)
    with matters:
        _importance(found.event, plan, words)
        _jump(session, found, plan)


def _found(session: Session, plan: Plan, target: str, *, with_fallbacks: bool) -> Analysis:
    """What takes one component below what is wanted of it; the page ends here while that is worked out."""

    def work(ended: background.Ended) -> Analysis:
        return usecases.cut_sets(
            plan,
            [target],
            list_up_to=_LISTED,
            with_fallbacks=with_fallbacks,
            limit=_SECONDS,
            ended=ended,
            language=session.language,
        )[target]

    wanted = ("cut sets", plan.content_hash, target, with_fallbacks, session.language)
    return background.whole(wanted, work, session.words, key="cuts", endable=True)


def _figures(event: TopEvent, words: Words) -> None:
    with st.container(horizontal=True, gap="large"):
        st.metric(words("Single points of failure"), event.counts[0] if event.counts else 0, width="content")
        total = (
            words("more than {n}", n=sum(event.counts)) if event.total is None else words.number(event.total)
        )
        st.metric(words("Minimal cut sets"), total, width="content")
        if event.at_least is not None and event.at_most is not None:
            st.metric(words("Below its minimum level"), _per_year(event, words), width="content")
    if event.without_figures:
        st.caption(
            words.count(
                "{n} component has neither an unavailability nor MTBF and MTTR: it counts as never failing, so the true figure is higher.",
                "{n} components have neither an unavailability nor MTBF and MTTR: they count as never failing, so the true figure is higher.",
                len(event.without_figures),
            )
        )


def _per_year(event: TopEvent, words: Words) -> str:
    low, high = event.at_least or 0.0, event.at_most or 0.0
    least = words("{time} a year", time=words.length(low * YEAR * 3600))
    if event.unavailability is None:
        return f"{least} – {words('{time} a year', time=words.length(high * YEAR * 3600))}"
    return ("≥ " if event.without_figures else "") + least


def _sets(found: Analysis, plan: Plan, words: Words) -> None:
    st.markdown("#### " + words("Minimal cut sets"))
    counts = " · ".join(
        words("{n} of {k}", n=words.number(n), k=words.count("{n} component", "{n} components", k))
        for k, n in enumerate(found.event.counts, 1)
        if n
    )
    st.caption(
        words("The loss of all components of a row takes it down, and of no fewer. {counts}.", counts=counts)
    )
    rows = [
        {words("Size"): len(s), words("Together"): " + ".join(plan.title(i) for i in s)}
        for s in found.sets[:_SHOWN]
    ]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height=min(38 + 35 * len(rows), 460),
        column_config={words("Size"): st.column_config.NumberColumn(width="small")},
    )
    hidden = sum(found.event.counts) - len(rows)
    if hidden > 0:
        st.caption(words("{n} larger ones are not shown.", n=words.number(hidden)))


def _importance(event: TopEvent, plan: Plan, words: Words) -> None:
    if not event.unavailability:
        return
    st.markdown("#### " + words("What matters most"))
    rows = [
        {
            words("Component"): plan.title(i.component),
            words("Share of the downtime"): "–"
            if i.fussell_vesely is None
            else words.percent(round(i.fussell_vesely, 3)),
            words("If it has failed"): "–"
            if i.risk_achievement is None
            else f"× {words.number(i.risk_achievement, 1 if i.risk_achievement < _TEN else 0)}",
        }
        for i in event.importance[:_MATTER]
        if i.unavailability is not None
    ]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        column_config={
            words("Component"): st.column_config.TextColumn(width="medium"),
            words("Share of the downtime"): st.column_config.TextColumn(
                help=words("Fussell-Vesely: the part of the downtime that goes away if it never fails.")
            ),
            words("If it has failed"): st.column_config.TextColumn(
                help=words("Risk achievement worth: so many times more downtime while it is failed.")
            ),
        },
    )


def _jump(session: Session, found: Analysis, plan: Plan) -> None:
    words = session.words
    named = list(dict.fromkeys(i for s in found.sets[:_SHOWN] for i in s))
    chosen = st.selectbox(words("Component"), named, format_func=plan.title, key="cuts-jump")
    if st.button(words("Show in the model"), key="cuts-show", icon=":material/account_tree:"):
        show(session, plan, chosen)
        navigation.go(session, "model")
