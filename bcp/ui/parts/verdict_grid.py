"""A table of verdicts whose cells can be opened: rows are outages or versions, columns are activities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from bcp.model.overview import Cell, Row
from bcp.model.overview_words import cell_text, grade_text
from bcp.model.plan import Plan
from bcp.words import Words

_FILES = Path(__file__).parents[1] / "grid"


@lru_cache(maxsize=1)
def _component() -> Callable[..., Any]:
    return st.components.v2.component(
        "bcp.grid",
        html='<div class="bcp-grid"></div>',
        js=(_FILES / "grid.js").read_text("utf-8"),
        css=(_FILES / "grid.css").read_text("utf-8"),
    )


def verdict_grid(
    plan: Plan, rows: Sequence[Row], words: Words, *, key: str, corner: str = ""
) -> tuple[Row, str] | None:
    """Draw the rows, the activities of `plan` as columns, `corner` (else: Outage) above the rows' titles; the row and the activity of the cell that was just chosen, or None.

    The activity is empty where the outage itself was chosen.
    """
    data = picture(plan, rows, words, dark=st.context.theme.type == "dark")
    data["corner"] = corner or data["corner"]
    result = _component()(key=key, data=data, on_opened_change=lambda: None, height="content")
    return chosen(result.opened, plan, rows)


def picture(plan: Plan, rows: Sequence[Row], words: Words, *, dark: bool) -> dict[str, Any]:
    """What the browser gets: plain texts, each cell's own and one to be read aloud."""
    return {
        "dark": dark,
        "label": words("Verdict of each activity in each outage"),
        "corner": words("Outage"),
        "columns": [plan.title(i) for i in plan.activities],
        "ids": list(plan.activities),
        "rows": [
            {
                "id": row.scenario,
                "title": row.title,
                "cells": [_shown(plan, row, i, words) for i in plan.activities],
            }
            for row in rows
        ],
    }


def _shown(plan: Plan, row: Row, activity: str, words: Words) -> dict[str, str]:
    cell = row.cells.get(activity)
    if cell is None:
        return {"text": "–", "told": words("{name} is not there", name=plan.title(activity)), "paint": "none"}
    return {
        "text": cell_text(cell, words),
        "told": _told(plan, row, activity, cell, words),
        "paint": _paint(cell),
    }


def _paint(cell: Cell) -> str:
    return cell.grade.name.lower()


def _told(plan: Plan, row: Row, activity: str, cell: Cell, words: Words) -> str:
    parts = [f"{plan.title(activity)}, {row.title}: {grade_text(cell.grade, words)}"]
    if cell.breach_s is not None:
        parts.append(words("limit broken at {time}", time=words.clock(cell.breach_s)))
    if cell.spare_s is not None:
        parts.append(words("{length} left", length=words.length(cell.spare_s)))
    parts.append(words("at worst {level}", level=words.percent(round(cell.min_level, 3))))
    return ", ".join(parts)


def chosen(sent: object, plan: Plan, rows: Sequence[Row]) -> tuple[Row, str] | None:
    """What the browser says was chosen; None where it says nothing that there is."""
    match sent:
        case [str() as reference, str() as activity] if not activity or activity in plan.activities:
            row = next((r for r in rows if r.scenario == reference), None)
            return None if row is None else (row, activity)
        case _:
            return None
