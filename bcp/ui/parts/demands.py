"""What each component owes the activities: how soon it must deliver again, what is known about it, and the gap."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from bcp import usecases
from bcp.model.contract import SupplierDemand
from bcp.model.plan import Plan
from bcp.model.recovery import Demand, Standing
from bcp.ui.parts.plain import plain
from bcp.ui.state import seed
from bcp.words import Words

_RANK = (Standing.TOO_SLOW, Standing.UNKNOWN, Standing.KEPT, Standing.NOT_ASKED)


def demands(plan: Plan, found: Sequence[Demand], words: Words) -> None:
    """The demands, the largest gap first; those that nobody asks for are left out."""
    st.caption(
        words(
            "The strictest recovery time (RTO) of the activities that rest on a component, less the restarts that must follow it, beside its own repair and contract times."
        )
    )
    seed("demands-bridged", value=False)
    bridged = st.toggle(words("While fallbacks carry the load"), key="demands-bridged")
    asked = [d for d in found if _standing(d, bridged=bridged) is not Standing.NOT_ASKED]
    if not asked:
        st.success(words("Nothing is asked of any component."))
        return
    asked.sort(
        key=lambda d: (_RANK.index(_standing(d, bridged=bridged)), _within(d, bridged=bridged), d.component)
    )
    st.dataframe(pd.DataFrame([_row(d, plan, words, bridged=bridged) for d in asked]), hide_index=True)
    left = len(found) - len(asked)
    if left:
        st.caption(words("Of {n} components nothing is asked.", n=left))
    _suppliers(plan, usecases.owed_by_suppliers(plan, found), words)


def _suppliers(plan: Plan, found: Sequence[SupplierDemand], words: Words) -> None:
    if not found:
        return
    st.markdown("#### " + words("Clauses to seek in contracts"))
    for supplier in sorted(found, key=lambda s: (_RANK.index(s.standing), s.supplier)):
        contracts = f" · {', '.join(supplier.contracts)}" if supplier.contracts else ""
        title = f"{_sign(supplier.standing)} {plan.title(supplier.supplier)}{contracts}"
        with st.expander(plain(title)):
            currency = plan.organisation.currency
            lines = [f"- {plain(c.sentence(words, plan.title, currency))}" for c in supplier.clauses]
            st.markdown("\n".join(lines) or words("Its contracts promise what is asked."))


def _sign(standing: Standing) -> str:
    return {Standing.TOO_SLOW: "✕", Standing.UNKNOWN: "?", Standing.KEPT: "✓", Standing.NOT_ASKED: "–"}[
        standing
    ]


def _standing(demand: Demand, *, bridged: bool) -> Standing:
    return demand.bridged_standing if bridged else demand.standing


def _within(demand: Demand, *, bridged: bool) -> float:
    within = demand.bridged_within_s if bridged else demand.within_s
    return float("inf") if within is None else within


def _row(demand: Demand, plan: Plan, words: Words, *, bridged: bool) -> dict[str, str]:
    component = plan.components[demand.component]
    together = ", ".join(plan.title(i) for i in demand.together_with)
    return {
        words("Component"): plan.title(demand.component),
        words("Verdict"): _verdict(demand, words, bridged=bridged),
        words("Operator"): plan.title(component.operator) if component.operator else "–",
        words("Must deliver again within"): words.length(_within(demand, bridged=bridged)),
        words("For"): plan.title(demand.activity),
        words("Least level"): words.percent(round(demand.needed_level, 3))
        if demand.needed_level
        else words("only if lost with {names}", names=together),
        words("Repair"): words.length(demand.repair_s),
        words("Contract"): words.length(demand.contract_s),
    }


def _verdict(demand: Demand, words: Words, *, bridged: bool) -> str:
    gap = demand.bridged_gap_s if bridged else demand.gap_s
    match _standing(demand, bridged=bridged):
        case Standing.KEPT:
            return "✓ " + words("kept")
        case Standing.TOO_SLOW if gap is None:
            return "✕ " + words("its restart alone is too slow")
        case Standing.TOO_SLOW:
            return "✕ " + words("{time} too slow", time=words.length(gap))
        case _:
            return "? " + words("not known: ask for repair and contract times")
