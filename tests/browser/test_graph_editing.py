"""Editing on the picture itself, with mouse and keys: every step is a revision, and can be undone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from bcp import usecases
from bcp.model.plan import Plan
from bcp.model.requirement import Needs, Pool
from bcp.store import PlanStore
from bcp.ui.parts.filled_form import stamp
from tests.browser.conftest import Open, Server
from tests.browser.steps import by_key, click_box, pick, press, settled, too_wide

HERE = "medborgarservice"


@pytest.fixture
def saved(server: Server) -> PlanStore:
    """The server's store with the example in it."""
    store = PlanStore.open(server.folder / "plans.sqlite")
    store.save("kommun", usecases.open_plan("example:kommun").plan, author="test")
    return store


def plan(saved: PlanStore) -> Plan:
    """The plan as it was saved last."""
    return saved.load("kommun").plan


def canvas(page: Page) -> Locator:
    """What takes the keys of the picture."""
    return page.locator(".bcp-canvas")


def key(page: Page, name: str) -> None:
    """Press a key in the picture."""
    canvas(page).focus()
    page.keyboard.press(name)
    page.wait_for_timeout(300)
    settled(page)


def middle(page: Page, component: str) -> tuple[float, float]:
    """Where a box stands on the screen."""
    frame = canvas(page).bounding_box() or {"x": 0, "y": 0}
    place = page.locator(".bcp-graph").evaluate(
        "(g, id) => g.bcpGraph.getElementById(id).renderedPosition()", component
    )
    return frame["x"] + place["x"], frame["y"] + place["y"]


def places(page: Page) -> dict[str, tuple[float, float]]:
    """Where every component stands in the picture."""
    found = page.locator(".bcp-graph").evaluate(
        "g => g.bcpGraph.nodes('.box').map(n => [n.id(), n.position().x, n.position().y])"
    )
    return {i: (x, y) for i, x, y in found}


def add_below(page: Page, name: str) -> None:
    """Fill the form for a new component beside the chosen one."""
    by_key(page, "beside-name").get_by_role("textbox").fill(name)
    by_key(page, "beside-add").get_by_role("button").click()
    page.wait_for_timeout(400)
    settled(page)


def test_a_plan_is_edited_on_the_picture(visit: Open, saved: PlanStore) -> None:
    """Add, connect by dragging, set the mode, rename in place, delete, and take it all back; nothing jumps."""
    page = visit("model?plan=kommun")
    pick(page, "focus", "Medborgarservice")
    click_box(page, HERE)
    before = places(page)
    key(page, "n")
    add_below(page, "Kö")
    assert Needs(needs="ko") in plan(saved).components[HERE].requires
    assert {i: places(page)[i] for i in before} == before
    assert "ko" in places(page)

    click_box(page, "ko")
    handle = page.locator(".bcp-handle").bounding_box() or {"x": 0, "y": 0}
    page.mouse.move(handle["x"] + 8, handle["y"] + 8)
    page.mouse.down()
    page.mouse.move(*middle(page, "kontaktcenter"), steps=8)
    page.mouse.up()
    page.wait_for_timeout(400)
    settled(page)
    assert plan(saved).components["ko"].requires == (Needs(needs="kontaktcenter"),)

    form = f"arrow-ko-0-{stamp(Needs(needs='kontaktcenter'))}"
    pick(page, f"{form}-mode", "share the load")
    by_key(page, f"{form}-pool-kontaktcenter").get_by_role("spinbutton").fill("40")
    press(page, f"{form}-save")
    assert plan(saved).components["ko"].requires == (Pool(pool={"kontaktcenter": 0.4}),)

    click_box(page, "ko")
    key(page, "F2")
    page.locator(".bcp-name").fill("Köhantering")
    page.keyboard.press("Enter")
    page.wait_for_timeout(400)
    settled(page)
    assert plan(saved).components["ko"].name == "Köhantering"

    key(page, "Delete")
    press(page, "remove-ko")
    assert "ko" not in plan(saved).components
    for _ in range(5):
        key(page, "Control+z")
    assert plan(saved) == usecases.open_plan("example:kommun").plan
    key(page, "Control+y")
    assert "ko" in plan(saved).components


def test_several_boxes_are_copied_and_placed_at_once(visit: Open, saved: PlanStore) -> None:
    """Two chosen with shift get one operator, are copied with the arrow between them, and removed together.

    The picture is so tall that the page has to be scrolled for it: a click still means the box under it.
    """
    page = visit("model?plan=kommun")
    pick(page, "focus", "Medborgarservice")
    by_key(page, "depth-down").get_by_text("2", exact=True).click()
    settled(page)
    click_box(page, HERE)
    page.keyboard.down("Shift")
    click_box(page, "kontaktcenter")
    page.keyboard.up("Shift")
    expect(page.get_by_role("heading", name="2 components chosen")).to_be_visible()
    by_key(page, "block-value").get_by_role("textbox").fill("Nytt bolag")
    press(page, "block-set")
    assert {plan(saved).components[i].operator for i in (HERE, "kontaktcenter")} == {"Nytt bolag"}

    key(page, "Control+c")
    key(page, "Control+v")
    copied = plan(saved)
    assert any("kontaktcenter-2" in r.members for r in copied.components[f"{HERE}-2"].requires)
    assert {"kontaktcenter-2", f"{HERE}-2"} <= places(page).keys()
    key(page, "Delete")
    press(page, f"remove-{HERE}-2")
    assert not {"kontaktcenter-2", f"{HERE}-2"} & plan(saved).components.keys()


def test_the_picture_is_walked_with_keys(visit: Open, saved: PlanStore) -> None:
    """Right and left follow the arrows, Enter looks around, c connects, Escape lets go; nothing is saved by walking."""
    page = visit("model?plan=kommun")
    pick(page, "focus", "Medborgarservice")
    key(page, "ArrowRight")
    expect(by_key(page, "focus").get_by_role("combobox")).not_to_have_value("Medborgarservice · Activity")
    key(page, "ArrowLeft")
    expect(by_key(page, "focus").get_by_role("combobox")).to_have_value("Medborgarservice · Activity")
    key(page, "ArrowLeft")
    key(page, "Enter")
    expect(page.get_by_role("heading", name="Invånare")).to_be_visible()
    key(page, "Escape")
    expect(page.get_by_text("Choose a component to see and change it.")).to_be_visible()
    assert len(saved.revisions("kommun")) == 1
    pick(page, "focus", "Medborgarservice")
    key(page, "c")
    key(page, "ArrowLeft")
    key(page, "Enter")
    assert Needs(needs="invanare") in plan(saved).components[HERE].requires


def test_a_quick_hand_loses_nothing(visit: Open, saved: PlanStore) -> None:
    """A name is saved when another box is clicked before Enter, and so are five acts in one moment."""
    page = visit("model?plan=kommun")
    pick(page, "focus", "Medborgarservice")
    key(page, "F2")
    page.locator(".bcp-name").fill("Kundtjänst")
    click_box(page, "kontaktcenter")
    expect(page.get_by_role("heading", name="Kontaktcenter i molnet")).to_be_visible()
    assert plan(saved).components[HERE].name == "Kundtjänst"
    for name in ("Control+c", "Control+v", "Control+v", "Control+z", "Control+v"):
        page.keyboard.press(name)
    page.wait_for_timeout(1500)
    settled(page)
    copies = [i for i in plan(saved).components if i.startswith("kontaktcenter-")]
    assert copies == ["kontaktcenter-2", "kontaktcenter-3"]


def test_hidden_neighbours_and_groups_open_with_a_click(visit: Open, saved: PlanStore) -> None:
    """A mark beside a box shows what is hidden there; a group is one box until it is unfolded."""
    del saved
    page = visit("model?plan=kommun")
    pick(page, "focus", "Medborgarservice")
    before = places(page)
    page.mouse.click(*middle(page, ":m:down:kontaktcenter"))
    page.wait_for_timeout(400)
    settled(page)
    after = places(page)
    assert len(after) > len(before)
    assert {i: after[i] for i in before} == before
    page.get_by_role("button", name="Show", exact=True).click()
    pick(page, "view-by", "Operator")
    page.keyboard.press("Escape")
    settled(page)
    frames = page.locator(".bcp-graph").evaluate("g => g.bcpGraph.nodes('.frame').map(n => n.data('name'))")
    assert frames
    by_key(page, "unfolded").get_by_role("button").first.click()
    settled(page)
    folded = page.locator(".bcp-graph").evaluate("g => g.bcpGraph.nodes('.folded').map(n => n.data('label'))")
    assert len(folded) == 1
    assert "component" in folded[0]


def test_on_a_phone_buttons_do_what_mouse_and_keys_do(visit: Open, saved: PlanStore) -> None:
    """In Swedish at 390 pixels: add, connect, copy, delete and undo by the buttons under the picture alone."""
    page = visit("model?plan=kommun", locale="sv-SE", width=390)
    pick(page, "focus", "Medborgarservice")
    click_box(page, HERE)
    expect(by_key(page, "ask-below")).to_contain_text("Behöver en ny")
    press(page, "ask-below")
    add_below(page, "Kö")
    assert Needs(needs="ko") in plan(saved).components[HERE].requires

    click_box(page, "ko")
    press(page, "ask-connect")
    pick(page, "connect-to", "Kontaktcenter i molnet")
    press(page, "connect-do")
    assert plan(saved).components["ko"].requires == (Needs(needs="kontaktcenter"),)

    click_box(page, "ko")
    press(page, "copy-block")
    assert plan(saved).components["ko-2"].requires == (Needs(needs="kontaktcenter"),)
    press(page, "ask-remove")
    press(page, "remove-ko-2")
    assert "ko-2" not in plan(saved).components
    assert too_wide(page) <= 0
    page.get_by_test_id("stExpandSidebarButton").click()
    press(page, "undo")
    assert "ko-2" in plan(saved).components
