"""Files that are made when somebody asks for them."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from bcp.model.log_entry import Closed
from bcp.store import PlanStore
from bcp.usecases import sittings
from tests.ui.conftest import PLAN, Visit
from tests.ui.test_incident import begin, press, seen


def handed_over(app: AppTest) -> list[dict[str, Any]]:
    """The files that the last run gave to the browser."""
    parts = [b.proto for b in app.get("bidi_component") if b.proto.component_name == "bcp_saving"]
    return [json.loads(part.json) for part in parts]


@pytest.mark.parametrize(
    ("key", "begins", "name"),
    [
        ("-report", b"%PDF-", ".pdf"),
        ("-markdown", b"# ", ".md"),
        ("-csv", b"\xef\xbb\xbf", ".csv"),
        ("-scenario", b"format: bcp-scenario/1", ".yaml"),
    ],
)
def test_what_is_left_of_an_incident_goes_to_the_browser_with_the_click(
    saved: PlanStore, visit: Visit, key: str, begins: bytes, name: str
) -> None:
    """Right after closing, each file comes with the page itself, and once only."""
    seat = begin(saved)
    sittings.append(saved, seat, Closed())
    app = press(seen(visit, seat, "log"), key)
    (file,) = handed_over(app)
    assert base64.b64decode(file["content"]).startswith(begins)
    assert file["name"].endswith(name)
    app.run()
    assert handed_over(app) == []


@pytest.mark.usefixtures("saved")
@pytest.mark.parametrize("page", ["start", "incident", "reports"])
def test_no_file_hangs_on_the_run_that_drew_its_button(visit: Visit, page: str) -> None:
    """No button names a file by a number that the next run forgets; the pack comes with the click."""
    app = visit(page, plan=PLAN)
    assert not any(b.proto.deferred_file_id for b in app.get("download_button"))
    (key,) = (b.key for b in app.button if (b.key or "").startswith("pack-"))
    app.button(key=key).click().run()
    (file,) = handed_over(app)
    assert base64.b64decode(file["content"]).startswith(b"<!DOCTYPE html>")
