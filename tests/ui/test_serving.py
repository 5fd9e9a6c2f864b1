"""The app's server: what is read in before a browser asks, and what the first page does without."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import pytest

from bcp.cli.serve import command
from bcp.ui.serving import WANTED

FIRST_PAGE = (
    "bcp.ui.navigation", "bcp.ui.desk",
    *(f"bcp.ui.parts.{part}" for part in ("incident_banner", "sidebar", "emergency", "guided_begin", "plan_list", "plans")),
)  # fmt: skip
HEAVY = ("networkx", "scipy", "reportlab", "jinja2", "alembic", "pypdfium2")


@pytest.mark.parametrize("name", WANTED)
def test_what_is_read_in_is_there(name: str) -> None:
    """Every module that the server reads in beforehand exists."""
    assert find_spec(name) is not None


def test_the_first_page_reads_in_nothing_that_only_documents_and_analyses_need() -> None:
    """The modules of the start page import neither graph nor document packages, which take longer than itself."""
    told = f"import sys\nimport {', '.join(FIRST_PAGE)}\nprint(*sorted({set(HEAVY)} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)  # noqa: S603 - our own interpreter
    assert done.stdout.strip() == ""


def test_the_app_is_served_by_the_module_that_reads_in() -> None:
    """The command that starts the app names it, and spares each click the collection of all rubbish."""
    words = command(8501)
    assert words[1:4] == ["-m", "bcp.ui.serving", "run"]
    assert "--runner.postScriptGC=false" in words
