"""All components as a table whose names and places can be changed in the cell.

Critical figures are not here but in forms: the first key strokes in a cell can be lost while its
editor loads. What a change stored is told at once and can be undone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from bcp.model import edit
from bcp.model.component import Component
from bcp.model.plan import Plan
from bcp.store import Stored
from bcp.ui import cached, desk, guard
from bcp.ui.parts.add import add
from bcp.ui.parts.block_form import block_form
from bcp.ui.parts.chosen import choose, chosen
from bcp.ui.parts.fields import checked, field_name, kind_name
from bcp.ui.parts.requirement_form import requirement_text
from bcp.ui.state import Session, edited_rows, held
from bcp.words import Words

_CHOSEN = "chosen"
_EDITABLE = ("name", "operator", "area", "site", "contract")


def component_table(session: Session, opened: Stored) -> None:
    """Draw it. The rows stay those of the revision it was drawn from, so that typing is not disturbed."""
    words = session.words
    search, new = st.columns([5, 2], vertical_alignment="bottom")
    wanted = search.text_input(
        words("Search"), key="table-search", placeholder=words("Name, kind, operator, site …")
    )
    with new:
        add(session, opened)
    if session.table_last != opened.revision.number or not held(_key(session, wanted)):
        session.table_base = session.table_last = opened.revision.number
        session.view.tabled = chosen(session, opened.plan)
    base = cached.stored(opened.name, session.table_base).plan
    key = _key(session, wanted)
    rows = component_rows(base, words)
    if wanted:
        hit = rows.apply(lambda row: wanted.casefold() in " ".join(map(str, row)).casefold(), axis=1)
        rows = rows[hit]
    rows.insert(0, _CHOSEN, rows["id"].isin(session.view.tabled))
    st.data_editor(
        rows,
        key=key,
        hide_index=True,
        height=min(38 + 35 * max(len(rows), 1), 620),
        disabled=[c for c in rows.columns if c not in (*_EDITABLE, _CHOSEN)],
        column_config={
            c: st.column_config.CheckboxColumn(words("Chosen"), width="small")
            if c == _CHOSEN
            else st.column_config.TextColumn(_title(c, words))
            for c in rows.columns
        },
    )
    st.caption(
        words(
            "{n} of {all} components. A change in a cell is saved at once; figures and times are changed in the picture's forms.",
            n=len(rows),
            all=len(base.components),
        )
    )
    ids = list(rows["id"])
    _choose(session, opened.plan, key, ids)
    _save(session, opened, key, ids)
    held_now = chosen(session, opened.plan)
    if len(held_now) > 1:
        block_form(session, opened, held_now)


def _choose(session: Session, plan: Plan, key: str, ids: Sequence[str]) -> None:
    """Choose what is ticked: the same choice as in the picture."""
    ticks = {ids[n]: bool(cells[_CHOSEN]) for n, cells in edited_rows(key).items() if _CHOSEN in cells}
    before = session.view.tabled
    wanted = [i for i in before if ticks.get(i, True)] + [
        i for i, on in ticks.items() if on and i not in before
    ]
    if ticks and set(wanted) != set(chosen(session, plan)):
        choose(session, [i for i in wanted if i in plan.components])


def _key(session: Session, wanted: str) -> str:
    return f"components-{session.table_base}-{wanted}"


def component_rows(plan: Plan, words: Words) -> pd.DataFrame:
    """A row for every component."""
    above: dict[str, int] = {}
    for component in plan.components.values():
        for member in {m for r in component.requires for m in r.members}:
            above[member] = above.get(member, 0) + 1
    return pd.DataFrame(
        [
            {
                "id": i,
                "name": c.name,
                "kind": kind_name(c.kind, words),
                "operator": c.operator,
                "area": c.area,
                "site": c.site,
                "contract": c.contract,
                "requires": "; ".join(requirement_text(r, plan, words) for r in c.requires),
                "carries": str(above.get(i, 0)),
            }
            for i, c in plan.components.items()
        ],
        columns=["id", "name", "kind", "operator", "area", "site", "contract", "requires", "carries"],
    )


def _title(column: str, words: Words) -> str:
    return {"id": words("Id"), "carries": words("Rests on it")}.get(column) or field_name(column, words)


def _save(session: Session, opened: Stored, key: str, ids: Sequence[str]) -> None:
    """Save the cells that were changed since the rows were drawn. The same cells again change nothing."""
    cells = {ids[n]: changed for n, changed in edited_rows(key).items()}
    with guard.problems(session.words):
        after = with_cells(opened.plan, cells, session.words)
        if after.content_hash != opened.plan.content_hash and desk.save(session, opened, after):
            session.table_last = desk.newest(opened.name).revision.number
            st.rerun()


def with_cells(plan: Plan, cells: Mapping[str, Mapping[str, Any]], words: Words) -> Plan:
    """The plan with these cells of its components changed. Raises InvalidInputError for what cannot be."""
    for i, changed in cells.items():
        if i in plan.components:
            data = plan.components[i].model_dump(mode="json", exclude_defaults=True)
            data |= {
                field: str(value or "").strip() for field, value in changed.items() if field in _EDITABLE
            }
            plan = edit.put_component(plan, i, checked(Component, data, words))
    return plan
