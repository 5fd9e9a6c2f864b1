"""The ways to reach a contact, and what a step is done with, as cells of an editable table."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from bcp.model.plan import Plan, Way, WayKind
from bcp.model.questions import way_kind_name
from bcp.ui.parts.fields import tidy
from bcp.words import Words

_COLUMNS = ("kind", "address", "on")


def components_column(label: str, plan: Plan, words: Words) -> Any:
    """A column whose cells hold several components of the plan, shown by their names."""
    return st.column_config.MultiselectColumn(
        label, options=list(plan.components), format_func=plan.title, help=words("Leave it empty where nobody knows.")
    )  # fmt: skip


def ids_in(cell: Any) -> list[str]:
    """The ids in a cell of such a column; none where it is empty."""
    return [] if cell is None or isinstance(cell, str | float) else [str(i) for i in cell]


def text(cell: Any) -> str:
    """The text in a cell; empty where it is."""
    return "" if cell is None or pd.isna(cell) else str(cell).strip()


def way_rows(ways: tuple[Way, ...], plan: Plan, words: Words, key: str) -> list[dict[str, Any]]:
    """Draw the table of a contact's ways; returns them as data, those without a kind left out."""
    rows = [{"kind": str(w.kind), "address": w.address, "on": list(w.on)} for w in ways]
    edited = st.data_editor(
        pd.DataFrame(rows, columns=list(_COLUMNS), dtype=object),
        num_rows="dynamic",
        hide_index=True,
        key=key,
        column_config={
            "kind": st.column_config.SelectboxColumn(
                words("Way"),
                options=[str(k) for k in WayKind],
                format_func=lambda k: way_kind_name(WayKind(str(k)), words),
                help=words(
                    "Beside the mobile, telephone and e-mail above; one of the same kind stands for it."
                ),
            ),
            "address": st.column_config.TextColumn(words("Number, address, channel or room")),
            "on": components_column(words("Rests on"), plan, words),
        },
    )
    found = [
        tidy({"kind": text(row["kind"]), "address": text(row["address"]), "on": ids_in(row["on"])})
        for row in edited.to_dict("records")
    ]
    return [way for way in found if "kind" in way]
