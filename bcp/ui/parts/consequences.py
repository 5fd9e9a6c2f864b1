"""What a run comes to, as tables: activities against their limits, fallbacks, customers."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from bcp.model.assumed import doubts, with_doubts
from bcp.model.names import state_name
from bcp.model.plan import Plan
from bcp.model.run import FallbackState, Run
from bcp.ui.parts.runs import Shown
from bcp.ui.state import Session, given, put
from bcp.words import Words

_KEY = "consequence"


def consequences(session: Session, shown: Shown) -> None:
    """Draw the chosen table; only that one, so that a re-run stays quick."""
    words = session.words
    names = {
        "activities": words("Activities"),
        "fallbacks": words("Fallbacks"),
        "customers": words("Affected customers"),
    }
    put(_KEY, session.table)
    st.segmented_control(
        words("Result in figures"), list(names), format_func=names.__getitem__, key=_KEY, required=True,
        on_change=_choose, args=(session,),
    )  # fmt: skip
    if session.table == "fallbacks" and not shown.plan.fallbacks:
        st.caption(words("The plan has no fallbacks yet. Add one under Model."))
    elif session.table == "customers" and not shown.run.affected:
        st.caption(words("The plan has no customer groups yet. Add one under Model."))
    else:
        table = {"activities": activity_table, "fallbacks": fallback_table, "customers": customer_table}[
            session.table
        ]
        st.dataframe(table(shown.plan, shown.run, words), hide_index=True)


def _choose(session: Session) -> None:
    session.table = given(_KEY) or session.table


def activity_table(plan: Plan, run: Run, words: Words) -> pd.DataFrame:
    """A row for every activity."""
    categories = sorted({category for a in plan.activities.values() for category in a.analysis.impact})
    rows = []
    for i, component in plan.activities.items():
        result, bia = run.activities[i], component.analysis
        row = {
            words("Activity"): component.name,
            words("Downtime"): words.length(result.downtime_s),
            words("Longest"): words.length(result.longest_s),
            words("Lowest level"): words.percent(round(result.min_level, 3)),
            "RTO": _against(bia.rto, result.rto_met, words),
            "MTPD": _against(bia.mtpd, result.mtpd_met, words),
            words("Lost contacts"): words.number(result.lost_contacts),
        }
        if run.quality:
            spoilt = result.quality
            row[words("Lowest quality")] = words.percent(round(spoilt.lowest, 3) if spoilt else 1.0)
            row[words("Spoilt contacts")] = words.number(spoilt.spoiled_contacts if spoilt else 0.0)
        for category in categories:
            amount = result.impact.get(category)
            row[words("Impact: {category}", category=_category(category, words))] = (
                "–" if amount is None else words.number(amount, 1)
            )
        rows.append(row)
    return pd.DataFrame(rows)


def _category(category: str, words: Words) -> str:
    known = {
        "financial": words("financial"),
        "economy": words("financial"),
        "legal": words("legal"),
        "safety": words("safety"),
        "trust": words("trust"),
        "operational": words("operational"),
        "life": words("life and health"),
    }
    return known.get(category, category)


def _against(limit: float | None, met: bool | None, words: Words) -> str:
    if limit is None:
        return "–"
    verdict = words("broken") if met is False else words("held")
    return f"{'✕' if met is False else '✓'} {words.length(limit)} {verdict}"


def fallback_table(plan: Plan, run: Run, words: Words) -> pd.DataFrame:
    """A row for every fallback: what became of it, when it carried load, and what blocked it."""
    rows = []
    for f, states in run.fallbacks.items():
        active = [t for t, state in states if state is FallbackState.ACTIVE]
        furthest = _furthest([state for _, state in states])
        rows.append(
            {
                words("Fallback"): plan.title(f),
                words("Stands in for"): plan.title(plan.fallbacks[f].protects),
                words("Outcome"): with_doubts(state_name(furthest, words), doubts(plan, f), words)
                if furthest is not FallbackState.IDLE
                else words("Not called for"),
                words("Active from"): words.clock(active[0]) if active else "–",
                words("Capacity"): words.percent(plan.fallbacks[f].capacity),
                words("Blocked by"): ", ".join(plan.title(b) for b in run.blocked.get(f, ())) or "–",
            }
        )
    return pd.DataFrame(rows)


def _furthest(states: list[FallbackState]) -> FallbackState:
    order = (
        FallbackState.EXHAUSTED,
        FallbackState.ACTIVE,
        FallbackState.BLOCKED,
        FallbackState.ACTIVATING,
        FallbackState.WAITING,
        FallbackState.DETECTING,
    )
    return next((state for state in order if state in states), FallbackState.IDLE)


def customer_table(plan: Plan, run: Run, words: Words) -> pd.DataFrame:
    """A row for every customer group that was hit, the hardest hit first."""
    groups = sorted(run.affected, key=lambda i: (-run.affected[i].customer_hours, i))
    return pd.DataFrame(
        [
            {
                words("Customer group"): plan.title(i),
                words("Customers"): words.number(plan.components[i].customers),
                words("Affected"): words.number(run.affected[i].customers),
                words("Customer hours"): words.number(run.affected[i].customer_hours),
                words("Lowest level"): words.percent(round(min(x for _, x in run.levels[i]), 3)),
                **_spoilt_hours(run, i, words),
            }
            for i in groups
        ]
    )


def _spoilt_hours(run: Run, group: str, words: Words) -> dict[str, str]:
    """A column of its own where anything was spoilt."""
    return (
        {words("Spoilt hours"): words.number(run.affected[group].spoiled_hours or 0.0)} if run.quality else {}
    )
