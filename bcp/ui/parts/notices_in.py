"""Suppliers' notices given to the app: what they strike, go or no-go, what overlaps, scenarios to download."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from bcp.model.plan import Plan
from bcp.model.planned_work import PlannedWork
from bcp.model.work_tables import Rows, WorkTables
from bcp.ui import guard
from bcp.ui.parts.plain import plain
from bcp.usecases import notices_in
from bcp.words import Words

_LARGEST_MB = 5
_KINDS = ["ics", "ical", "eml", "json", "xml", "atom", "rss", "cap"]

Uploads = tuple[tuple[str, bytes], ...]


def notices(plan: Plan, words: Words) -> None:
    """Upload notices and see what they mean for the plan; what is wrong with a file is said, and nothing is read."""
    with st.expander(words("Notices from suppliers"), icon=":material/engineering:"):
        st.caption(
            words(
                "Maintenance calendars, carriers' e-mails, status pages, feeds and CAP alerts. A circuit is found by the tag circuit:ABC-123 on a component, or by its id, name, contract or number."
            )
        )
        files = st.file_uploader(
            words("Files with notices"),
            type=_KINDS,
            accept_multiple_files=True,
            key="notices-in",
            max_upload_size=_LARGEST_MB,
        )
        if not files:
            return
        with guard.problems(words):
            uploads = tuple((file.name, file.getvalue()) for file in files)
            with st.spinner(words("Working out what the notices mean …")):
                work = _work(plan.content_hash, uploads, plan)
            _show(plan, work, words)


@st.cache_resource(show_spinner=False, max_entries=10)
def _work(plan_hash: str, uploads: Uploads, _plan: Plan) -> PlannedWork:
    del plan_hash  # the key
    return notices_in.planned_work(_plan, notices_in.read_uploads(uploads, _plan))


def _show(plan: Plan, work: PlannedWork, words: Words) -> None:
    tables = WorkTables(plan, words)
    _table(tables.notices(work))
    if work.not_understood:
        st.markdown("#### " + words("Not understood"))
        _table(tables.left_over(work))
    for table in work.go_no_go:
        st.markdown("#### " + plain(words("Go or no-go: {name}", name=tables.title(table))))
        if not table.outlooks:
            st.caption(words("No activity falls below its minimum level (MBCO), however the work goes."))
            continue
        _table(tables.outlooks(table))
        length = words.length(table.roll_back_s)
        st.caption(words("Decide to roll back at the latest (rolling back takes {length})", length=length))
        _table(tables.roll_backs(table))
    if work.overlaps:
        st.markdown("#### " + words("Windows that together remove redundancy"))
        _table(tables.overlaps(work))
    if work.to_come:
        st.download_button(
            words("Download as scenarios"),
            notices_in.scenario_archive(notices_in.work_scenarios(plan, work)),
            file_name="planned-work.zip",
            mime="application/zip",
            icon=":material/download:",
            key="notices-in-scenarios",
            on_click="ignore",
        )


def _table(rows: Rows) -> None:
    columns, cells = rows
    st.dataframe(pd.DataFrame(cells, columns=columns), hide_index=True)
