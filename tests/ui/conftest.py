"""The app in a folder of its own, without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from bcp import usecases
from bcp.model.plan import Plan
from bcp.store import PlanStore
from bcp.ui import background

ROOT = Path(__file__).parents[2]
PLAN = "kommun"
SCENARIO = "se-telia-020-0771"

Visit = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the app keeps its plans in this test; nothing is asked for in the environment."""
    monkeypatch.setenv("BCP_DATA", str(tmp_path))
    for name in ("BCP_OPEN", "BCP_SCENARIO", "BCP_CONTENT"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work beside the pages counts as done at once, however slow the machine: a test page does not poll."""
    monkeypatch.setattr(background, "_SHORT_S", 30.0)


@pytest.fixture
def store(folder: Path) -> Iterator[PlanStore]:
    """The store that the app uses."""
    with PlanStore.open(folder / "plans.sqlite") as opened:
        yield opened


@pytest.fixture
def example() -> Plan:
    """The example municipality."""
    return usecases.open_plan(f"example:{PLAN}").plan


@pytest.fixture
def visit() -> Visit:
    """Opens a page of the app, such as `visit("model", plan="kommun", lang="sv")`."""

    def open_page(page: str = "", **query: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.query_params["lang"] = query.pop("lang", "en")
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        if page:
            app.switch_page(str(ROOT / "bcp" / "ui" / "pages" / f"{page}.py")).run()
        assert not app.exception
        return app

    return open_page


@pytest.fixture
def saved(store: PlanStore, example: Plan) -> PlanStore:
    """The store with the example municipality in it."""
    store.save(PLAN, example, author="test")
    return store


def texts(app: AppTest) -> str:
    """Everything that the page says in running text, without the signs that keep Markdown from reading it."""
    parts = [
        *app.title, *app.subheader, *app.header, *app.markdown, *app.caption, *app.info, *app.warning,
        *app.error, *app.success,
    ]  # fmt: skip
    return "\n".join(str(part.value) for part in parts).replace("\\", "")
