"""Suppliers' notices in the app."""

from __future__ import annotations

import io
import zipfile

from streamlit.testing.v1 import AppTest

from bcp.files.plan_file import read_plan
from bcp.files.scenario_file import read_scenario
from bcp.usecases import notices_in
from tests.cli.test_notices_command import PLAN
from tests.files.notices.samples import CALENDAR


def page(calendar: str) -> None:
    """A page on which this calendar was uploaded."""
    from unittest.mock import patch  # noqa: PLC0415 - Streamlit runs the function's text by itself

    import streamlit as st  # noqa: PLC0415

    from bcp.files.plan_file import read_plan  # noqa: PLC0415
    from bcp.ui.parts import notices_in  # noqa: PLC0415
    from bcp.ui.state import Session  # noqa: PLC0415
    from tests.cli.test_notices_command import PLAN  # noqa: PLC0415

    class Upload:
        """A file as the browser hands it over."""

        name = "work.ics"

        def getvalue(self) -> bytes:
            """Its bytes."""
            return calendar.encode()

    with patch.object(st, "file_uploader", lambda *_, **__: [Upload()]):
        notices_in.notices(Session("en"), read_plan(PLAN, "plan.yaml"))


def shown(calendar: str) -> AppTest:
    """The page after an upload."""
    app = AppTest.from_function(page, kwargs={"calendar": calendar}, default_timeout=60).run()
    assert not app.exception
    return app


def test_an_upload_shows_what_it_strikes_and_when_to_roll_back() -> None:
    """The tables of the terminal stand on the page, in the same words."""
    app = shown(CALENDAR)
    cells = [str(cell) for frame in app.dataframe for row in frame.value.to_numpy() for cell in row]
    assert any("acme-2 = Leg 1 (out)" in cell for cell in cells)
    assert {"never comes back", "no-go", "2026-03-10 05:00"} <= set(cells)
    assert any("Windows that together" in m.value for m in app.markdown) is any(
        "falls below" in c for c in cells
    )


def test_a_damaged_upload_is_said_and_shows_nothing_else() -> None:
    """The problem stands with its line; no table is drawn."""
    app = shown(CALENDAR.replace("20260310T010000Z", "then"))
    assert "work\\.ics\\:22" in app.error[0].value
    assert len(app.dataframe) == 0


def test_the_archive_holds_scenarios_that_can_be_read() -> None:
    """Each file of the ZIP is a scenario; the archive is the same each time."""
    plan = read_plan(PLAN, "plan.yaml")
    work = notices_in.planned_work(plan, notices_in.read_uploads([("work.ics", CALENDAR.encode())], plan))
    scenarios = notices_in.work_scenarios(plan, work)
    content = notices_in.scenario_archive(scenarios)
    assert content == notices_in.scenario_archive(scenarios)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        read = [read_scenario(archive.read(name).decode(), name) for name in archive.namelist()]
    assert read == sorted(scenarios, key=lambda s: s.id)


def test_a_file_may_be_uploaded_twice() -> None:
    """The same revision twice is one notice."""
    plan = read_plan(PLAN, "plan.yaml")
    upload = ("work.ics", CALENDAR.encode())
    once, twice = (notices_in.read_uploads([upload] * n, plan) for n in (1, 2))
    assert notices_in.planned_work(plan, twice) == notices_in.planned_work(plan, once)
