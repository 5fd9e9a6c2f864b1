"""Calls that people tried, given to the app: as a file, as pasted text, or typed into a table."""

from __future__ import annotations

import csv
import io

import pandas as pd
import streamlit as st

from bcp.model.call import COLUMNS, OK, Calls
from bcp.model.plan import Plan
from bcp.ui.state import seed
from bcp.usecases import locating
from bcp.words import Words

_LARGEST_MB = 200
_NEW_ROWS = 8


def given_calls(words: Words, plan: Plan | None = None) -> Calls | None:
    """The calls that the user gave; None while there are none. Raises BcpError.

    With a plan, made-up calls can be tried too; in a real incident they would only be in the way.
    """
    ways = {"file": words("Upload a file"), "text": words("Paste a table"), "table": words("Type calls")}
    if plan is not None and locating.sample_names():
        ways["sample"] = words("Try made-up calls")
    seed("calls-way", "file")
    way = st.segmented_control(
        words("The calls"), list(ways), format_func=ways.__getitem__, key="calls-way", required=True
    )
    st.caption(
        words(
            "One call a line, those that were well too. From, to and via name components, telephone numbers or operators; several are separated by semicolons. The result is ok, or what was wrong."
        )
    )
    if way == "sample" and plan is not None:
        return _sample(plan, words)
    if way == "file":
        return _from_file(words)
    return _from_text(words) if way == "text" else _from_table(words)


def _sample(plan: Plan, words: Words) -> Calls:
    """The shipped calls, to be looked at and downloaded too; said where they are not this plan's."""
    name = locating.sample_names()[0]
    file = locating.sample_calls(name)
    calls = locating.load_calls(file)
    st.caption(
        words(
            "{failed} complaints and {well} calls that were well, made up for the example {name}. Nobody really made them.",
            failed=calls.failures,
            well=len(calls.calls) - calls.failures,
            name=name,
        )
    )
    if not any(name in plan.components for call in calls.calls for name in call.via):
        st.warning(
            words("Open that example under Start: this plan has nothing of what these calls went through.")
        )
    st.download_button(
        words("Download as a pattern for your own"),
        file.read_bytes(),
        file_name=f"calls-{name}.csv",
        mime="text/csv",
        icon=":material/download:",
        key="calls-sample",
        on_click="ignore",
    )
    return calls


def _from_file(words: Words) -> Calls | None:
    file = st.file_uploader(
        words("Calls as CSV"), type=["csv", "txt", "tsv"], key="calls-file", max_upload_size=_LARGEST_MB
    )
    return None if file is None else locating.read_calls(file.getvalue(), file.name)


def _from_text(words: Words) -> Calls | None:
    text = st.text_area(
        words("Calls as CSV"),
        key="calls-text",
        height=220,
        placeholder="time,from,to,via,result\n2026-03-03 09:12,kpn,+31201234567,,one-way\n",
    )
    return locating.read_calls(text, words("pasted text")) if text and text.strip() else None


def _from_table(words: Words) -> Calls | None:
    titles = {
        "time": words("Time"),
        "from": words("From"),
        "to": words("To"),
        "via": words("Via"),
        "result": words("Result"),
    }
    edited = st.data_editor(
        pd.DataFrame([[""] * len(COLUMNS)] * _NEW_ROWS, columns=list(COLUMNS)),
        key="calls-table",
        num_rows="dynamic",
        hide_index=True,
        column_config={name: st.column_config.TextColumn(titles[name]) for name in COLUMNS},
    )
    rows = [[str(cell or "").strip() for cell in row] for row in edited[list(COLUMNS)].fillna("").to_numpy()]
    rows = [row for row in rows if any(row)]
    return locating.read_calls(as_csv(rows), words("table")) if rows else None


def as_csv(rows: list[list[str]]) -> str:
    """Rows of the five columns as CSV; a call without a result was well."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([*row[:-1], row[-1] or OK] for row in rows)
    return out.getvalue()
