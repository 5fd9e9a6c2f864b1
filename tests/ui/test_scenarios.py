"""Running an outage on the screen."""

from __future__ import annotations

import pytest

from bcp import usecases
from bcp.model import edit
from bcp.model.plan import Plan
from bcp.store import PlanStore
from tests.ui.conftest import PLAN, SCENARIO, Visit, texts

LATE = "socialjour-pa-reservmobil"


@pytest.mark.usefixtures("saved")
def test_a_run_tells_the_worst_first(visit: Visit) -> None:
    """After Run the headline says which activity breaks which limit, and when."""
    app = visit("scenarios", plan=PLAN, scenario=SCENARIO)
    assert "RTO broken" not in texts(app)
    app.button(key="run-button").click().run()
    assert not app.exception
    assert "Socialjouren down 1 h 10 min – RTO broken after 1 h" in texts(app).replace("\xa0", " ")
    assert app.query_params["t"] == "0"


@pytest.mark.usefixtures("saved")
def test_the_settings_of_a_scenario_count(visit: Visit) -> None:
    """A shorter outage, written as people write it, gives another run."""
    app = visit("scenarios", plan=PLAN, scenario=SCENARIO)
    app.text_input(key=f"set-{SCENARIO}-duration").set_value("20 min")
    app.button(key="run-button").click().run()
    assert not app.exception
    assert "Socialjouren down 20 min – RTO of 1 h held" in texts(app).replace("\xa0", " ")
    assert app.query_params["set.duration"] == "20m"


@pytest.mark.usefixtures("saved")
def test_a_setting_that_cannot_be_is_explained(visit: Visit) -> None:
    """A duration that is none gives a sentence with the remedy, not a traceback."""
    app = visit("scenarios", plan=PLAN, scenario=SCENARIO)
    app.text_input(key=f"set-{SCENARIO}-duration").set_value("soon")
    app.button(key="run-button").click().run()
    assert not app.exception
    assert app.error


@pytest.mark.usefixtures("saved")
def test_the_minute_moves_and_why_is_answered(visit: Visit) -> None:
    """At a chosen minute the page says what is down and the chain down to the failed platform."""
    app = visit("scenarios", plan=PLAN, scenario=SCENARIO, t="0")
    app.slider(key="minute").set_value(30).run()
    assert not app.exception
    assert "+0:30" in texts(app)
    app.selectbox(key="asked").set_value("medborgarservice").run()
    told = texts(app)
    assert "needs Medborgarnumret" in told
    assert "this is what fails in the scenario" in told
    assert "blocked by Servicenummerplattform 1" in told
    app.slider(key="minute").set_value(360).run()
    assert "Nothing is down at this minute" in texts(app)
    assert app.query_params["t"] == "360"


@pytest.mark.usefixtures("saved")
def test_the_next_change_is_one_click_away(visit: Visit) -> None:
    """The arrows beside the slider go to the moments at which something changes."""
    app = visit("scenarios", plan=PLAN, scenario=SCENARIO, t="0")
    app.button(key="later").click().run()
    first = app.slider(key="minute").value
    assert first > 0
    app.button(key="later").click().run()
    assert app.slider(key="minute").value > first
    app.button(key="earlier").click().run()
    assert app.slider(key="minute").value == first


def test_an_edit_makes_the_run_old_and_running_again_compares(saved: PlanStore, visit: Visit) -> None:
    """After an edit the page says so; running again changes the verdict and says what it was."""
    app = visit("scenarios", plan=PLAN, scenario=SCENARIO, t="0")
    plan = saved.load(PLAN).plan
    quicker = plan.fallbacks[LATE].model_copy(update={"lead_time": 1200.0})
    saved.save(PLAN, edit.put_fallback(plan, LATE, quicker), author="test")
    app.run()
    assert "The plan has changed since this run" in texts(app)
    app.button(key="run-button").click().run()
    told = texts(app).replace("\xa0", " ")
    assert "Socialjouren down 40 min – RTO of 1 h held, 20 min to spare" in told
    assert "Before the change: ✕ RTO broken" in told
    assert "The plan has changed" not in told


@pytest.mark.usefixtures("saved")
@pytest.mark.parametrize(
    "scenario", ["access-cut", "carrier-total", "component-out", "prefix-dead", "site-power"]
)
def test_every_scenario_can_be_run_with_one_click(visit: Visit, scenario: str) -> None:
    """Each scenario of the library runs on the example as it is offered."""
    app = visit("scenarios", plan=PLAN, scenario=scenario)
    app.button(key="run-button").click().run()
    assert not app.exception
    assert not app.error
    assert app.metric


@pytest.mark.usefixtures("saved")
def test_choices_survive_a_change_of_page(visit: Visit) -> None:
    """The run, the minute and the question are still there after a look at another page."""
    app = visit("scenarios", plan=PLAN, scenario=SCENARIO, t="0")
    app.slider(key="minute").set_value(45).run()
    app.selectbox(key="asked").set_value("vaxel").run()
    app.switch_page("bcp/ui/pages/routes.py").run()
    assert not app.exception
    assert app.selectbox(key="routes-scenario").value == SCENARIO
    app.switch_page("bcp/ui/pages/scenarios.py").run()
    assert app.slider(key="minute").value == 45
    assert app.selectbox(key="asked").value == "vaxel"


@pytest.mark.usefixtures("saved")
def test_the_figures_are_in_tables(visit: Visit) -> None:
    """Activities, fallbacks and customers each have their table, one at a time."""
    app = visit("scenarios", plan=PLAN, scenario=SCENARIO, t="0")
    assert next(iter(app.dataframe[0].value["Activity"])) == "Medborgarservice"
    app.segmented_control(key="consequence").set_value("fallbacks").run()
    table = app.dataframe[0].value.set_index("Fallback")
    blocked = table[table["Blocked by"] != "–"]
    assert set(blocked["Outcome"]) == {"Blocked"}
    assert set(blocked["Blocked by"]) == {"Servicenummerplattform 1"}
    app.segmented_control(key="consequence").set_value("customers").run()
    assert "Invånare" in set(app.dataframe[0].value["Customer group"])


@pytest.mark.usefixtures("saved")
def test_an_outage_plays_until_it_is_paused_or_over(visit: Visit) -> None:
    """Play moves the minute by its stride at each step, pause holds it, and at the end it stops by itself."""
    app = visit("scenarios", plan=PLAN, scenario=SCENARIO, t="0")
    app.segmented_control(key="play-stride").set_value(60).run()
    assert app.slider(key="minute").value == 0
    app.button(key="play").click().run()
    assert app.button(key="play").label == "Pause"
    first = app.slider(key="minute").value
    app.run()
    assert app.slider(key="minute").value == first + 60
    app.button(key="play").click().run()
    held = app.slider(key="minute").value
    app.run()
    assert (app.slider(key="minute").value, app.button(key="play").label) == (held, "Play")
    app.button(key="play").click().run()
    for _ in range(30):
        app.run()
    assert app.button(key="play").label == "Play"
    assert app.slider(key="minute").value == app.slider(key="minute").max
    assert not app.exception


@pytest.mark.usefixtures("saved")
def test_moving_the_slider_pauses(visit: Visit) -> None:
    """Whoever takes the slider in hand while it plays keeps the minute chosen."""
    app = visit("scenarios", plan=PLAN, scenario=SCENARIO, t="0")
    app.button(key="play").click().run()
    app.slider(key="minute").set_value(45).run()
    assert app.button(key="play").label == "Play"
    assert app.slider(key="minute").value == 45


def test_what_is_spoilt_is_said(visit: Visit, store: PlanStore) -> None:
    """Calls that get through and cannot be heard: headline, the minute, its cause and the table say so."""
    store.save("voip", usecases.open_plan("example:telefonie-nl").plan, author="test")
    app = visit("scenarios", plan="voip", scenario="nl-kpn-card")
    app.button(key="run-button").click().run()
    assert not app.exception
    told = texts(app).replace("\xa0", " ").replace("\\", "")
    assert "calls get through, but at worst 3.1% of them cannot be heard or used" in told
    assert "below the floor of 99%" in told
    assert "What spoils it:" in told
    assert "KPN media card 3" in told
    assert "Spoilt contacts" in app.dataframe[0].value.columns


def test_the_only_site_of_the_plan_is_chosen(store: PlanStore, visit: Visit) -> None:
    """A setting that one thing in the plan fits stands there, and the run strikes it."""
    plan = Plan.model_validate(
        {
            "organisation": {"name": "Small"},
            "components": {
                "grid": {"kind": "power", "name": "Grid", "site": "town-hall"},
                "desk": {"kind": "activity", "name": "Desk", "requires": ["grid"], "bia": {"rto": "1h"}},
            },
        }
    )
    store.save("small", plan, author="test")
    app = visit("scenarios", plan="small", scenario="site-power")
    assert app.selectbox(key="set-site-power-site").value == "town-hall"
    app.button(key="run-button").click().run()
    assert not app.exception
    assert app.query_params["set.site"] == "town-hall"
    assert "Desk" in texts(app)


@pytest.mark.usefixtures("saved")
def test_the_figures_count_what_the_table_says(visit: Visit) -> None:
    """Limits broken are those that the table marks as broken; repeated calls among the lost are said beside them."""
    app = visit("scenarios", plan=PLAN, scenario="se-telia-020-0771")
    app.text_input(key="set-se-telia-020-0771-surge").set_value("2")
    app.text_input(key="set-se-telia-020-0771-duration").set_value("20 h")
    app.button(key="run-button").click().run()
    assert not app.exception
    table = app.dataframe[0].value
    marked = sum(str(cell).startswith("✕") for limit in ("RTO", "MTPD") for cell in table[limit])
    assert {m.label: m.value for m in app.metric}["Limits broken"] == str(marked)
    assert marked > (table["RTO"].str.startswith("✕") | table["MTPD"].str.startswith("✕")).sum()
    assert "repeated calls included: at most 2 times" in texts(app)
    app.text_input(key="set-se-telia-020-0771-surge").set_value("1")
    app.button(key="run-button").click().run()
    assert "repeated calls included" not in texts(app)
