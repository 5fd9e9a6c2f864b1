"""Suppliers' notices given to the app: what they strike, go or no-go, what overlaps, scenarios to download."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from bcp.errors import BcpError
from bcp.model.plan import Plan
from bcp.model.planned_work import PlannedWork
from bcp.model.scenario import Scenario
from bcp.model.work_tables import Rows, WorkTables
from bcp.ui import cached, guard
from bcp.ui.desk import AUTHOR
from bcp.ui.parts.plain import plain
from bcp.ui.state import Session
from bcp.usecases import notices_in, notices_onto
from bcp.words import Words

_LARGEST_MB = 5
_KINDS = ["ics", "ical", "eml", "json", "xml", "atom", "rss", "cap"]

Uploads = tuple[tuple[str, bytes], ...]


def notices(session: Session, plan: Plan) -> None:
    """Upload notices and see what they mean for the plan; what is wrong with a file is said, and nothing is read.

    The session keeps the files, so that the work can be told of on the page of notices.
    """
    words = session.words
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
            on_change=_removed,
            args=(session,),
        )
        if files:
            session.supplier_notices = tuple((file.name, file.getvalue()) for file in files)
        if not session.supplier_notices:
            return
        if not files:
            names = ", ".join(name for name, _ in session.supplier_notices)
            st.caption(words("Uploaded before: {names}", names=plain(names)))
        with guard.problems(words):
            with st.spinner(words("Working out what the notices mean …")):
                work = _work(plan.content_hash, session.supplier_notices, plan)
            _show(plan, work, words)
            if work.to_come:
                _keeping(session, plan, work)


def scenarios(session: Session, plan: Plan) -> tuple[Scenario, ...]:
    """The scenarios of the work that the session's notices tell of; none where they could not be read."""
    if not session.supplier_notices:
        return ()
    try:
        work = _work(plan.content_hash, session.supplier_notices, plan)
    except BcpError:  # said where the files were given
        return ()
    return notices_in.work_scenarios(plan, work)


def _removed(session: Session) -> None:
    """The files in the field are others now, or none."""
    session.supplier_notices = ()


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


def _keeping(session: Session, plan: Plan, work: PlannedWork) -> None:
    """The work as outages to run: kept with the plan, or as files."""
    words, found = session.words, notices_in.work_scenarios(plan, work)
    keep, load = st.columns(2)
    if session.plan:
        keep.button(
            words("Keep as own outages"), icon=":material/bookmark_add:", key="notices-in-keep",
            on_click=_kept, args=(session, found), width="stretch",
        )  # fmt: skip
    load.download_button(
        words("Download as scenarios"), notices_in.scenario_archive(found), file_name="planned-work.zip",
        mime="application/zip", icon=":material/download:", key="notices-in-scenarios", on_click="ignore",
        width="stretch",
    )  # fmt: skip


def _kept(session: Session, found: tuple[Scenario, ...]) -> None:
    """Keep the outages with the plan, where every page lets choose them."""
    words = session.words
    try:
        kept = notices_onto.keep(cached.store(), session.plan, found, AUTHOR)
    except BcpError as error:
        session.refused = session.words.say(str(error))
        return
    told = words.count("{n} outage is kept with the plan.", "{n} outages are kept with the plan.", len(kept))
    session.told = (told,)


def _table(rows: Rows) -> None:
    columns, cells = rows
    st.dataframe(pd.DataFrame(cells, columns=columns), hide_index=True)
