"""Findings on the screen: where they stand, mending them with one click, and accepting risks."""

from __future__ import annotations

from datetime import date
from threading import Event
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from bcp import usecases
from bcp.model.finding import Examination, Finding
from bcp.store import PlanStore
from bcp.ui import background
from bcp.ui.parts import findings
from tests.ui.conftest import PLAN, Visit, texts
from tests.ui.test_model import choose, show

LATE = "operatoren-flyttar-0771"


def listed(visit: Visit, lang: str = "en") -> AppTest:
    """The list of remarks."""
    return show(visit("model", plan=PLAN, lang=lang), "problems")


def found(store: PlanStore) -> tuple[Finding, ...]:
    """What the rules find in the plan as it is saved."""
    today = date.today()  # noqa: DTZ011 - the day on the user's desk, as for the app
    return usecases.check(store.load(PLAN).plan, on=today, language="en")


def shown(text: str) -> str:
    """The text as Markdown shows it, on one line."""
    return " ".join(text.split())


def keys(app: AppTest, start: str) -> list[str]:
    """The keys of the buttons that begin so."""
    return [b.key for b in app.button if b.key and b.key.startswith(start)]


def fill(app: AppTest, key: str, reason: str, who: str) -> AppTest:
    """Fill in and send the form that accepts a risk."""
    app.text_input(key=f"reason-{key}").set_value(reason)
    app.text_input(key=f"by-{key}").set_value(who)
    return app.button(key=f"accepted-{key}").click().run()


def test_a_remark_says_why_and_what_to_do(saved: PlanStore, visit: Visit) -> None:
    """Each remark stands with its code, reason, remedy and the clause that asks for it."""
    told = texts(listed(visit))
    for finding in (f for f in found(saved) if f.code == "R1"):
        assert shown(finding.message) in told
        assert finding.reason in told
        assert finding.fix in told
        assert finding.clause in told


@pytest.mark.usefixtures("saved")
def test_remarks_speak_the_language_of_the_page(visit: Visit) -> None:
    """The remarks are Swedish on a Swedish page, and English on an English one."""
    assert "har aldrig testats" in texts(listed(visit, "sv"))
    assert "has never been tested" in texts(listed(visit, "en"))


def test_a_remedy_is_one_revision_and_can_be_undone(saved: PlanStore, visit: Visit) -> None:
    """The button mends the plan at once, the remark is gone, what changed is told, and undo brings it back."""
    app = listed(visit)
    before, wanted = saved.load(PLAN), next(f for f in found(saved) if f.remedy is not None)
    assert wanted.remedy is not None
    button = next(b for b in app.button if b.key in keys(app, "mend-"))
    assert button.label.replace("\\", "") == wanted.remedy.label
    button.click().run()
    assert not app.exception
    after = saved.load(PLAN)
    assert after.plan == wanted.remedy.apply(before.plan)
    assert after.revision.number == before.revision.number + 1
    assert shown(wanted.message) not in texts(app)
    app.button(key="undo").click().run()
    assert saved.load(PLAN).plan == before.plan
    assert shown(wanted.message) in texts(app)


def test_a_risk_is_accepted_and_taken_back(saved: PlanStore, visit: Visit) -> None:
    """With a reason, a name and a day a remark is accepted: it moves to the accepted ones, and comes back from there."""
    app = listed(visit)
    first, before = found(saved)[0], saved.load(PLAN).plan
    app.button(key="accept-f0").click().run()
    fill(app, "f0", "Costs more than it is worth.", "Ann, head")
    assert not app.exception
    risk = saved.load(PLAN).plan.accepted_risks[-1]
    assert (risk.code, risk.subject, risk.accepted_by) == (first.code, first.subject, "Ann, head")
    assert first not in found(saved)
    assert "Costs more than it is worth." in texts(app)
    taken_back = keys(app, "withdraw-")
    assert len(taken_back) == len(before.accepted_risks) + 1
    app.button(key=taken_back[0]).click().run()
    assert not app.exception
    assert first in found(saved)
    assert saved.load(PLAN).plan.accepted_risks == before.accepted_risks


def test_an_acceptance_without_a_reason_is_refused(saved: PlanStore, visit: Visit) -> None:
    """Nothing is accepted without a reason and a name, and the page says so."""
    app = listed(visit)
    app.button(key="accept-f0").click().run()
    fill(app, "f0", " ", "Ann")
    assert "needs a reason" in texts(app)
    assert len(saved.revisions(PLAN)) == 1


def test_a_remark_stands_on_its_component(saved: PlanStore, visit: Visit) -> None:
    """The component, fallback or contact that a remark is about shows it where it is edited."""
    findings = found(saved)
    component = next(f for f in findings if f.code == "S1")
    assert shown(component.message) in texts(choose(visit("model", plan=PLAN), component.subject))
    app = visit("model", plan=PLAN)
    show(app, "fallbacks")
    app.selectbox(key="fallback").set_value(LATE).run()
    late = next(f for f in findings if f.subject == LATE and f.code == "R1")
    assert shown(late.message) in texts(app)
    contact = next(f for f in findings if f.code == "P13")
    show(app, "contacts")
    app.selectbox(key="contact").set_value(contact.subject).run()
    assert shown(contact.message) in texts(app)


def test_a_remark_leads_to_its_contact(saved: PlanStore, visit: Visit) -> None:
    """The button beside a remark about a person shows the contacts with that person chosen."""
    app = listed(visit)
    number, finding = next((n, f) for n, f in enumerate(found(saved)) if f.code == "P13")
    app.button(key=f"show-f{number}").click().run()
    assert not app.exception
    assert app.selectbox(key="contact").value == finding.subject


@pytest.mark.usefixtures("saved")
def test_one_family_of_remarks_is_shown_alone(visit: Visit) -> None:
    """Choosing a family leaves the others out."""
    app = listed(visit)
    everything = len(keys(app, "accept-"))
    app.button_group(key="finding-family").set_value("R").run()
    assert not app.exception
    assert 0 < len(keys(app, "accept-")) < everything
    assert "must be back within" in texts(app)
    assert "has never been tested" not in texts(app)


@pytest.mark.usefixtures("saved")
def test_the_page_stands_before_the_rules_are_done(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the rules are at work the model is drawn without remarks and says so; then it has them."""
    gate = Event()
    examine = usecases.examine

    def slow(*asked: Any, **how: Any) -> Examination:
        assert gate.wait(30)
        return examine(*asked, **how)

    monkeypatch.setattr(background, "_SHORT_S", 0.01)
    monkeypatch.setattr(background, "_HELD_S", 0.01)
    monkeypatch.setattr(usecases, "examine", slow)
    background.pieces.clear()
    app = visit("model", plan=PLAN)
    assert "Remarks (…)" in app.segmented_control(key="model-view").options
    assert app.selectbox(key="focus")
    assert any("Computing" in one.proto.text for one in app.get("progress"))
    gate.set()
    for _ in range(300):
        app.run()
        if "Remarks (…)" not in app.segmented_control(key="model-view").options:
            break
    assert not app.get("progress")
    assert "What to do" in texts(show(app, "problems"))


@pytest.mark.usefixtures("saved")
def test_a_long_list_of_remarks_is_drawn_piece_by_piece(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only so many remarks are drawn at once; a button says how many are left and draws more."""
    monkeypatch.setattr(findings, "_DRAWN", 3)
    app = listed(visit)
    few = len(texts(app))
    more = app.button(key="findings-more")
    assert more.label.endswith("more")
    more.click().run()
    assert len(texts(app)) > few
