"""What is done in the picture, on the buttons beside it and in the tables: the same acts on the same choice."""

from __future__ import annotations

from typing import Any

import pytest

from bcp.model.component import Kind
from bcp.model.edit_block import group_of
from bcp.model.plan import Plan
from bcp.model.requirement import Needs, Pool
from bcp.store import PlanStore
from bcp.ui.parts.chosen import act, choose, chosen
from bcp.ui.parts.filled_form import stamp
from bcp.ui.parts.gestures import understood
from bcp.ui.state import Session
from tests.ui.conftest import PLAN, Visit, texts
from tests.ui.test_model import choose as find
from tests.ui.test_model import show

HERE = "medborgarservice"


@pytest.fixture
def session(saved: PlanStore) -> Session:
    """Somebody who has the example open."""
    del saved
    return Session("en", PLAN)


def newest(saved: PlanStore) -> Plan:
    """The plan as it was saved last."""
    return saved.load(PLAN).plan


def done(session: Session, saved: PlanStore, **message: Any) -> None:
    """A browser's message, understood and done."""
    gesture = understood(message, newest(saved))
    assert gesture is not None
    act(session, gesture)


def test_a_gesture_edits_and_chooses_what_it_made(session: Session, saved: PlanStore) -> None:
    """Connecting chooses the arrow, copying the copies, asking what is asked about; each edit is told."""
    done(session, saved, do="connect", source="n-020", target="kontaktcenter")
    assert newest(saved).components["n-020"].requires[-1] == Needs(needs="kontaktcenter")
    assert (session.chosen, session.view.arrow) == ("n-020", ("n-020", "kontaktcenter"))
    assert any("n-020" in line or "Requires" in line or "kontaktcenter" in line for line in session.told)
    done(session, saved, do="copy", ids=[HERE, "kontaktcenter"])
    assert chosen(session, newest(saved)) == (f"{HERE}-2", "kontaktcenter-2")
    done(session, saved, do="rename", id=f"{HERE}-2", name=" Ny  tjänst ")
    assert newest(saved).components[f"{HERE}-2"].name == "Ny tjänst"
    done(session, saved, do="ask", what="remove", ids=["n-020"])
    assert (session.chosen, session.view.asking) == ("n-020", "remove")
    done(session, saved, do="undo")
    assert newest(saved).components[f"{HERE}-2"].name != "Ny tjänst"
    done(session, saved, do="redo")
    assert newest(saved).components[f"{HERE}-2"].name == "Ny tjänst"


def test_a_refused_gesture_changes_nothing_and_says_why(session: Session, saved: PlanStore) -> None:
    """The same arrow twice, itself and an empty name are refused in words."""
    for message in (
        {"do": "connect", "source": HERE, "target": HERE},
        {"do": "connect", "source": HERE, "target": "kontaktcenter"},
        {"do": "rename", "id": HERE, "name": "  "},
    ):
        session.refused = ""
        done(session, saved, **message)
        assert session.refused
    assert len(saved.revisions(PLAN)) == 1
    assert session.told == ()


def test_turning_the_picture_saves_nothing(session: Session, saved: PlanStore) -> None:
    """Choosing, looking around, opening what is hidden and folding change what is shown, not the plan."""
    done(session, saved, do="choose", ids=[HERE, "n-020"])
    assert chosen(session, newest(saved)) == (HERE, "n-020")
    done(session, saved, do="look", id="n-020")
    assert (session.view.centre, session.chosen) == ("n-020", "n-020")
    done(session, saved, do="more", id="n-020", way="up")
    assert ("n-020", "up") in session.view.opened
    session.view.drawn = 80
    done(session, saved, do="more", id=HERE, way="down")
    assert (session.view.centre, session.view.opened) == (HERE, frozenset())
    done(session, saved, do="fold", group="telia")
    done(session, saved, do="fold", group="tele2")
    done(session, saved, do="unfold", group="telia")
    assert session.view.folded == frozenset({"tele2"})
    done(session, saved, do="choose", ids=[])
    assert chosen(session, newest(saved)) == ()
    assert len(saved.revisions(PLAN)) == 1


def test_what_was_chosen_elsewhere_lets_the_others_go(session: Session, saved: PlanStore) -> None:
    """When another page chooses a component, what was chosen beside the last one is chosen no longer."""
    choose(session, [HERE, "n-020"])
    session.chosen = "kontaktcenter"
    assert chosen(session, newest(saved)) == ("kontaktcenter",)
    session.chosen = "gone"
    assert chosen(session, newest(saved)) == ()


def test_every_act_has_a_button(saved: PlanStore, visit: Visit) -> None:
    """Without the picture: a new one below, a connection upwards, a copy and a removal, each saved."""
    app = find(visit("model", plan=PLAN), "n-020")
    app.button(key="ask-below").click().run()
    app.selectbox(key="beside-kind").set_value(Kind.TRUNK)
    app.text_input(key="beside-name").set_value("Ny trunk")
    app.button(key="beside-add").click().run()
    assert not app.exception
    assert Needs(needs="ny-trunk") in newest(saved).components["n-020"].requires
    app.button(key="ask-connect").click().run()
    app.radio(key="connect-way").set_value("up")
    app.selectbox(key="connect-to").set_value(HERE)
    app.button(key="connect-do").click().run()
    assert Needs(needs="ny-trunk") in newest(saved).components[HERE].requires
    find(app, "ny-trunk")
    app.segmented_control(key="depth-up").set_value(0).run()
    app.button(key="more-up").click().run()
    assert not app.exception
    find(app, "ny-trunk")
    app.button(key="copy-block").click().run()
    assert "ny-trunk-2" in newest(saved).components
    app.button(key="ask-remove").click().run()
    app.button(key="remove-ny-trunk-2").click().run()
    assert not app.exception
    assert "ny-trunk-2" not in newest(saved).components


def test_the_mode_of_an_arrow_is_changed_where_it_stands(saved: PlanStore, visit: Visit) -> None:
    """The form starts from what holds; saving it untouched changes nothing; cutting takes the arrow away."""
    app = find(visit("model", plan=PLAN), HERE)
    requires = newest(saved).components[HERE].requires
    n = next(k for k, r in enumerate(requires) if "kontaktcenter" in r.members)
    app.button(key=f"mode-{HERE}-{n}").click().run()
    key = f"arrow-{HERE}-{n}-{stamp(requires[n])}"
    app.button(key=f"{key}-save").click().run()
    assert newest(saved).components[HERE].requires == requires
    app.selectbox(key=f"{key}-mode").set_value("pool").run()
    app.multiselect(key=f"{key}-many").set_value(["kontaktcenter", "n-020"]).run()
    app.number_input(key=f"{key}-pool-n-020").set_value(25.0).run()
    app.button(key=f"{key}-save").click().run()
    assert not app.exception
    assert newest(saved).components[HERE].requires[n] == Pool(pool={"kontaktcenter": 0.6, "n-020": 0.25})
    app.button(key="cut-arrow").click().run()
    assert "kontaktcenter" not in {m for r in newest(saved).components[HERE].requires for m in r.members}


def test_many_are_chosen_in_the_table_and_changed_at_once(saved: PlanStore, visit: Visit) -> None:
    """Ticks in the table are the choice; a group is set on all of them; the picture shows the same choice."""
    app = show(visit("model", plan=PLAN), "table")
    ids = list(newest(saved).components)
    ticks = {0: {"chosen": True}, 3: {"chosen": True}}
    app.session_state["components-1-"] = {"edited_rows": ticks, "added_rows": [], "deleted_rows": []}
    app.run()
    assert "2 components chosen" in texts(app)
    app.selectbox(key="block-field").set_value("group")
    app.text_input(key="block-value").set_value("Kärnan")
    app.button(key="block-set").click().run()
    assert not app.exception
    after = newest(saved)
    assert {i for i, c in after.components.items() if group_of(c) == "Kärnan"} == {ids[0], ids[3]}
    assert len(saved.revisions(PLAN)) == 2
    show(app, "graph")
    assert "2 components chosen" in texts(app)


@pytest.mark.usefixtures("saved")
def test_filters_and_groups_say_what_they_leave_out(visit: Visit) -> None:
    """A filter's count stands in the text, a group can be folded in a list, and all comes back with one button."""
    app = find(visit("model", plan=PLAN), HERE)
    app.multiselect(key="view-kinds").set_value([Kind.NUMBER]).run()
    assert "The filters leave out" in texts(app)
    app.button(key="view-clear").click().run()
    assert "The filters leave out" not in texts(app)
    app.toggle(key="view-whole").set_value(True).run()
    app.selectbox(key="view-by").set_value("operator").run()
    assert not app.exception
    assert "80 of 80 components shown" in texts(app)
    groups = app.button_group(key="unfolded")
    groups.set_value([]).run()
    assert not app.exception
    assert "80 of 80 components shown" in texts(app)


@pytest.mark.usefixtures("saved")
def test_many_are_chosen_in_the_list_beside_the_picture(visit: Visit) -> None:
    """The list holds what is drawn; choosing there is choosing, the first one stays the main one."""
    app = find(visit("model", plan=PLAN), HERE)
    several = app.multiselect(key="choose-many")
    assert several.value == [HERE]
    several.set_value(["kontaktcenter", HERE]).run()
    assert not app.exception
    assert "2 components chosen" in texts(app)
    assert app.multiselect(key="choose-many").value == [HERE, "kontaktcenter"]
    app.button(key="choose-none").click().run()
    assert "Choose a component to see and change it." in texts(app)
