"""The app's server: what is read in before a browser asks, and what the first page does without."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from bcp.cli.serve import command
from bcp.content.location import app_file
from bcp.store import PlanStore
from bcp.ui.reading_in import FIRST, LATER

HEAVY = (
    "networkx",
    "scipy",
    "pandas",
    "pyarrow",
    "reportlab",
    "jinja2",
    "alembic",
    "pypdfium2",
    "bcp.engine.run",
)


@pytest.mark.parametrize("name", [*FIRST, *LATER])
def test_what_is_read_in_is_there(name: str) -> None:
    """Every module that the server reads in beforehand exists."""
    assert find_spec(name) is not None


def test_the_first_page_reads_in_nothing_that_only_documents_and_analyses_need(tmp_path: Path) -> None:
    """The start page runs without graph and document packages, tables and engine, which take longer than itself."""
    PlanStore.open(tmp_path / "plans.sqlite").close()  # an up-to-date store: only a new one needs alembic
    told = (
        "import sys\nfrom streamlit.testing.v1 import AppTest\n"
        f"page = AppTest.from_file({str(app_file())!r}, default_timeout=60).run()\nassert not page.exception\n"
        f"print(page.title[0].value, *sorted({set(HEAVY)} & set(sys.modules)))"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", told],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "BCP_DATA": str(tmp_path)},
    )
    assert done.stdout.strip() == "When the operator fails"


def test_the_app_is_served_by_the_module_that_reads_in() -> None:
    """The command that starts the app names it, and spares each click the collection of all rubbish."""
    words = command(8501)
    assert words[1:4] == ["-m", "bcp.ui.serving", "run"]
    assert "--runner.postScriptGC=false" in words
