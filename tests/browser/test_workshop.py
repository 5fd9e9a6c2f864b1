"""A workshop of one facilitator and three participants, each with a browser of their own, over a crash of the server."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from bcp import usecases
from bcp.store import PlanStore
from tests.browser.conftest import Open, Server
from tests.browser.steps import by_key, press, said, settled

FALLBACK = "Publicera VA-jourens mobil"
DEAD_END = "Byt styrplan till kontaktcentrets direktnummer"


@dataclass(frozen=True)
class Room:
    """How the facilitator works, how wide the windows are, and what stands in the facilitator's room.

    The exercise itself is in the organisation's language, and so are the participants' pages.
    """

    locale: str
    leads: int
    joins: int
    exercise: str
    after: str
    over: str
    saved: str
    stands: str
    runs: str
    reason: str
    script: str


SWEDISH = Room(
    "sv-SE", 1280, 390, "ÖVNING", "Efteråt", "Övningen är slut.", "Sparat", "Klockan står still.",
    "Klockan går, i normal hastighet.", "skäl: ", "Manus",
)  # fmt: skip
ENGLISH = Room(
    "en-GB", 390, 1280, "EXERCISE", "After-action", "The exercise is over.", "Saved", "The clock stands still.",
    "The clock runs, at normal speed.", "reason: ", "Script",
)  # fmt: skip


def write(page: Page, key: str, text: str) -> None:
    """Type into the field of this key and leave it."""
    field = by_key(page, key).get_by_role("textbox")
    field.fill(text)
    field.press("Tab")
    settled(page)


def join(visit: Open, room: Room, code: str, name: str, role: str) -> Page:
    """Somebody comes in with the link, on a device of their own."""
    page = visit(f"join?join={code}", locale=room.locale, width=room.joins)
    write(page, "join-name", name)
    by_key(page, "join-role").get_by_text(role, exact=True).click()
    press(page, "join-go")
    expect(page.get_by_text(f"Du är {name}, {role}.")).to_be_visible()
    return page


def decide(page: Page, fallback: str, reason: str, owner: str) -> None:
    """Decide on the fallback that stands first for the role, with a reason and an owner."""
    expect(by_key(page, "decide-fallback").get_by_role("combobox")).to_have_value(fallback)
    write(page, "decide-reason", reason)
    write(page, "decide-owner", owner)
    press(page, "decide-go")


def view(page: Page, name: str) -> None:
    """Turn the facilitator's room to a view."""
    by_key(page, "workshop-view").get_by_text(name, exact=True).click()
    settled(page)


def opened(visit: Open, server: Server, room: Room) -> tuple[Page, str]:
    """The facilitator opens an exercise: their room, and the code on its screen."""
    with PlanStore.open(server.folder / "plans.sqlite") as store:
        store.save("kommun", usecases.open_plan("example:kommun").plan, author="test")
    leader = visit("workshop?plan=kommun&scenario=se-telia-020-0771", locale=room.locale, width=room.leads)
    write(leader, "facilitator-name", "Lena")
    press(leader, "open-exercise")
    expect(leader.get_by_role("heading", level=1)).to_contain_text(room.exercise)
    assert room.exercise in leader.title()
    return leader, re.sub(r"\s", "", by_key(leader, "way-in").get_by_test_id("stHtml").inner_text())


def crash(server: Server, room: Room, pages: tuple[Page, ...]) -> None:
    """The server dies and comes back; everybody reloads."""
    server.kill()
    pages[0].wait_for_timeout(500)
    server.start()
    for page in pages:
        page.reload()
        mark = room.exercise if page is pages[0] else "ÖVNING"
        expect(page.get_by_role("heading", level=1)).to_contain_text(mark)
        settled(page)


def measured_into_plan(leader: Page, room: Room) -> None:
    """After the action: an action is agreed on, the exercise ends, and the measured times go into the plan."""
    view(leader, room.after)
    write(leader, "action-text", "Prova larmkedjan igen")
    press(leader, "action-agree")
    expect(by_key(leader, "action-list")).to_contain_text("Prova larmkedjan igen")
    press(leader, "close-exercise")
    expect(leader.get_by_text(room.over)).to_be_visible()
    by_key(leader, "measured-felanmalan-till-jourmobil").get_by_text(FALLBACK).click()
    settled(leader)
    press(leader, "measured-into-plan")
    expect(leader.get_by_test_id("stToast")).to_contain_text(room.saved)


@pytest.mark.parametrize("room", [SWEDISH, ENGLISH], ids=["sv", "en"])
def test_a_workshop_from_the_code_to_the_measured_times(visit: Open, server: Server, room: Room) -> None:
    """Injects reach their roles, decisions change the course, a crash loses nothing, and what was measured is in the plan."""
    leader, code = opened(visit, server, room)
    water = join(visit, room, code, "Tage", "VA-jouren")
    systems = join(visit, room, code, "Aron", "It-driften")
    press_room = join(visit, room, code, "Ebba", "Kommunikationsenheten")
    for page in (water, systems, press_room):
        assert page.get_by_test_id("stSidebarNav").count() == 0
        assert "ÖVNING · ÖVNING · ÖVNING" in said(page)

    press(leader, "clock-start")
    press(leader, "jump-900")
    expect(by_key(systems, "heard")).to_contain_text(
        "Provsamtalet till Medborgarnumret 0771-12 34 56 misslyckas"
    )
    expect(by_key(water, "heard")).to_contain_text("Provsamtalet till Felanmälan 020-12 34 56 misslyckas")
    assert "Medborgarnumret" not in by_key(water, "heard").inner_text()
    press(leader, "clock-pause")
    expect(leader.get_by_text(room.stands)).to_be_visible()

    decide(water, FALLBACK, "Ingen kommer fram till 020", "Tage")
    decide(systems, DEAD_END, "Kontaktcentret svarar", "Aron")
    expect(by_key(systems, "under-way-styr-om-0771")).to_contain_text(
        "inget svar från Servicenummerplattform 1"
    )
    expect(leader.get_by_text(room.reason + "Ingen kommer fram till 020")).to_be_visible()
    view(leader, room.script)
    leader.locator("[class*=st-key-release-hindered]").first.get_by_role("button").click()
    expect(by_key(systems, "heard")).to_contain_text("Ni börjar med")
    assert "Ni börjar med" not in by_key(press_room, "heard").inner_text()

    by_key(press_room, "decide-reason").get_by_role("textbox").press_sequentially("Halvskriven")
    crash(server, room, (leader, water, systems, press_room))
    expect(by_key(press_room, "decide-reason").get_by_role("textbox")).to_have_value("Halvskriven")
    expect(leader.get_by_text(room.stands)).to_be_visible()
    expect(by_key(water, "heard")).to_contain_text("Provsamtalet till Felanmälan 020-12 34 56 misslyckas")

    press(leader, "clock-start")
    expect(leader.get_by_text(room.runs)).to_be_visible()
    press(leader, "jump-900")
    expect(leader.get_by_role("heading", level=2).first).to_contain_text("+0:3")
    press(water, "in-place-felanmalan-till-jourmobil")
    expect(by_key(water, "under-way-felanmalan-till-jourmobil")).to_contain_text("Aktiv")
    expect(leader.get_by_text(re.compile(r"Felanmälan vatten, avlopp och gator · ◐ 50\s?%"))).to_be_visible()

    measured_into_plan(leader, room)
    with PlanStore.open(server.folder / "plans.sqlite") as store:
        newest = store.load("kommun").plan
    tried = newest.fallbacks["felanmalan-till-jourmobil"]
    assert tried.lead_time is not None
    assert 15 <= tried.lead_time / 60 <= 17, "40 minutes were planned"
    assert tried.last_tested is not None
    assert newest.document.tests[-1].what.startswith("Servicenummerplattform")
