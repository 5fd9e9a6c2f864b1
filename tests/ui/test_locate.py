"""The page that finds a fault from calls."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from bcp.ui.parts.sample_calls import as_csv
from bcp.usecases import locating
from tests.ui.conftest import PLAN, Visit, texts

CALLS = "\n".join(
    [
        "time,from,to,via,result",
        *["09:00,telia,n-0771,telia-in-1,no connection"] * 9,
        *["09:00,telia,n-0771,telia-in-1,ok"] * 3,
        *["09:00,telenor,n-reserv,,ok"] * 12,
        *["09:00,tele2,n-kc-direkt,,ok"] * 12,
    ]
)


def pasted(visit: Visit, text: str, lang: str = "en") -> AppTest:
    """The page after a table was pasted."""
    app = visit("locate", plan=PLAN, lang=lang)
    app.button_group(key="calls-way").set_value("text").run()
    app.text_area(key="calls-text").set_value(text).run()
    assert not app.exception
    return app


@pytest.mark.usefixtures("saved")
def test_without_calls_the_page_says_what_to_give(visit: Visit) -> None:
    """Each way of giving calls shows what a list of calls is, and no result yet."""
    app = visit("locate", plan=PLAN)
    assert "Suspects appear here" in texts(app)
    app.button_group(key="calls-way").set_value("table").run()
    assert not app.exception
    assert "Suspects appear here" in texts(app)


@pytest.mark.usefixtures("saved")
def test_pasted_calls_give_suspects(visit: Visit) -> None:
    """Verdict, ranked suspects, whose fault it is and the next test call appear."""
    app = pasted(visit, CALLS)
    assert "Of 36 calls 9 failed" in texts(app)
    assert "Next test call" in texts(app)
    table = app.dataframe[0].value
    assert list(table["Probability"]) == sorted(table["Probability"], reverse=True)
    assert "It accounts for 9 of the failures" in texts(app)


@pytest.mark.usefixtures("saved")
def test_made_up_calls_show_how_it_works(visit: Visit) -> None:
    """Without calls of one's own the shipped ones can be tried; on another plan it is said where they belong."""
    app = visit("locate", plan=PLAN)
    app.button_group(key="calls-way").set_value("sample").run()
    assert not app.exception
    assert "made up for the example telefonie-nl" in texts(app).replace("\\", "")
    assert "Open that example under Start" in app.warning[0].value
    assert app.dataframe


@pytest.mark.usefixtures("saved")
def test_the_page_speaks_swedish(visit: Visit) -> None:
    """The result is Swedish on a Swedish page."""
    told = texts(pasted(visit, CALLS, "sv"))
    assert "Av 36 samtal misslyckades 9" in told
    assert "Nästa provsamtal" in told


@pytest.mark.usefixtures("saved")
def test_a_damaged_table_is_told_by_line(visit: Visit) -> None:
    """What is wrong in pasted text is shown with its line, and no suspects."""
    app = pasted(visit, "from,to,result\na,b\n")
    assert "pasted text:2" in app.error[0].value.replace("\\", "")
    assert not app.dataframe


def test_typed_rows_are_calls() -> None:
    """A row of the table without a result is a call that was well; separators in a cell stay in it."""
    calls = locating.read_calls(
        as_csv([["09:00", "a,b", "n", "x; y", ""], ["", "c", "n", "", "One-way"]]), "t"
    )
    assert [(c.origin, c.via, c.result) for c in calls.calls] == [
        (("a,b",), ("x", "y"), "ok"),
        (("c",), (), "one-way"),
    ]
