"""The saved plans on the start page."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from bcp.model import edit
from bcp.model.plan import Plan
from bcp.store import PlanStore
from bcp.ui import cached
from tests.ui.conftest import PLAN, Visit, texts


def do(app: AppTest, what: str, name: str = "") -> AppTest:
    """Press one of the buttons under the list, with a new name typed."""
    if name:
        app.text_input(key="plan-new-name").set_value(name)
    app.button(key=f"plan-{what}").click().run()
    assert not app.exception
    return app


def test_a_plan_is_renamed_with_its_history(saved: PlanStore, visit: Visit) -> None:
    """The open plan stays open under its new name."""
    app = do(visit(plan=PLAN), "rename", "Älvåsa 2027")
    assert [p.name for p in saved.plans()] == ["Älvåsa 2027"]
    assert app.query_params["plan"] == "Älvåsa 2027"
    assert "is called Älvåsa 2027 now" in app.toast[0].value


def test_a_deleted_plan_is_brought_back(saved: PlanStore, visit: Visit) -> None:
    """Deleting closes the plan; it can be brought back with its revisions."""
    app = do(visit(plan=PLAN), "delete")
    assert saved.plans() == ()
    assert "plan" not in app.query_params
    do(app, "recover")
    assert [p.name for p in saved.plans()] == [PLAN]
    assert len(saved.revisions(PLAN)) == 1


def test_a_copy_goes_its_own_way(saved: PlanStore, visit: Visit, example: Plan) -> None:
    """The copy is another plan; a name that is taken is refused and said."""
    app = do(visit(plan=PLAN), "copy", "Kopia")
    assert saved.load("Kopia").plan == example
    do(app, "copy", "Kopia")
    assert "already a plan named" in app.toast[0].value
    assert len(saved.revisions("Kopia")) == 1


@pytest.mark.usefixtures("saved")
def test_without_a_new_name_nothing_happens(visit: Visit) -> None:
    """Renaming asks for the name first."""
    app = do(visit(plan=PLAN), "rename")
    assert "Type the new name first" in app.toast[0].value


def test_older_plans_are_a_choice_away(saved: PlanStore, visit: Visit, example: Plan) -> None:
    """The last eight have a button each; the others are in a list, and are opened from there."""
    for n in range(9):
        saved.save(f"Plan {n}", example, author="test")
    app = visit()
    assert len([b for b in app.button if b.key and b.key.startswith("plan-Plan")]) == 8
    app.selectbox(key="plan-other").set_value(PLAN).run()
    assert app.query_params["plan"] == PLAN
    assert "2 older plans" not in texts(app)


def test_a_new_plan_of_an_old_name_is_the_new_one(saved: PlanStore, example: Plan) -> None:
    """What the app keeps of a deleted plan is not shown for a later one of its name."""
    assert cached.stored(PLAN, 1).plan == example
    saved.delete(PLAN)
    other, _ = edit.remove(example, "n-vajour")
    saved.save(PLAN, other, author="test")
    assert cached.stored(PLAN, 1).plan == other
