"""How reachability and control paths are said, in both languages."""

from __future__ import annotations

import pytest

from bcp.model.answer import Answer, Course
from bcp.model.control_path import StepGap, StepPath, StepVerdict
from bcp.model.plan import WayKind
from bcp.model.questions import shown, step_question, way_question
from bcp.model.reach_words import (
    break_text,
    contact_text,
    down_text,
    group_text,
    reached_text,
    share_text,
    step_text,
    times_text,
    way_text,
)
from bcp.model.reachability import (
    Break,
    ContactReach,
    Count,
    GroupReach,
    NoticeShare,
    Outage,
    WayGap,
    WayReach,
)
from bcp.words import words

YES, UNKNOWN, NO = Answer.YES, Answer.UNKNOWN, Answer.NO
EN, SV = words("en"), words("sv")
HOUR = 3600.0
DAY = 24 * HOUR


def named(key: str) -> str:
    """An id as a name."""
    return key.title()


def plain(text: str) -> str:
    """A text with ordinary blanks."""
    return text.replace("\xa0", " ")


def test_times_that_last_to_the_horizon_stay_open() -> None:
    """What ends is said with both ends."""
    assert times_text([(600, HOUR), (2 * HOUR, DAY)], DAY, EN) == "+0:10–+1:00, from +2:00"
    assert times_text([(600, DAY)], DAY, SV) == "från +0:10"


def contact(reached: Course, mailed: Course) -> ContactReach:
    """A contact with these answers."""
    return ContactReach(contact="a", ways=(), reached=reached, mailed=mailed)


@pytest.mark.parametrize(
    ("reached", "mailed", "english", "swedish"),
    [
        (((0, YES),), ((0, NO),), "reached", "nås"),
        (((0, UNKNOWN),), ((0, NO),), "not known", "inte känd"),
        (
            ((0, YES), (600, UNKNOWN), (HOUR, YES)),
            ((0, NO),),
            "not known +0:10–+1:00",
            "inte känt +0:10–+1:00",
        ),
        (((0, YES), (600, NO)), ((0, NO),), "not reached from +0:10", "nås inte från +0:10"),
        (((0, NO), (HOUR, YES)), ((0, YES),), "only by e-mail +0:00–+1:00", "bara med e-post +0:00–+1:00"),
        (
            ((0, NO), (2 * HOUR, YES)),
            ((0, YES), (HOUR, NO)),
            "not reached +1:00–+2:00; only by e-mail +0:00–+1:00",
            "nås inte +1:00–+2:00; bara med e-post +0:00–+1:00",
        ),
    ],
)
def test_whether_somebody_is_reached(reached: Course, mailed: Course, english: str, swedish: str) -> None:
    """With the times at which they are not, and those at which only an e-mail would arrive."""
    assert contact_text(contact(reached, mailed), DAY, EN) == english
    assert contact_text(contact(reached, mailed), DAY, SV) == swedish
    if "e-mail" not in english:
        assert reached_text(reached, DAY, EN) == english


def test_a_way_that_is_down_names_the_cause() -> None:
    """The end of the path says it, and where there is none what the way rests on."""
    down = (Outage(from_s=600, until_s=HOUR, by=("sim",), path=("sim", "network")),)
    way = WayReach(kind=WayKind.MOBILE, works=((0, YES), (600, NO), (HOUR, YES)), down=down)
    assert way_text(way, DAY, named, EN) == "mobile down +0:10–+1:00 (Network)"
    assert way_text(way, DAY, named, SV) == "mobil nere +0:10–+1:00 (Network)"
    assert down_text((Outage(from_s=0, until_s=DAY, by=("sim",)),), DAY, named, EN) == "down from +0:00 (Sim)"
    assert way_text(WayReach(kind=WayKind.RADIO, works=((0, YES),)), DAY, named, SV) == "radio fungerar"
    assert way_text(WayReach(kind=WayKind.CHAT, works=((0, UNKNOWN),)), DAY, named, EN) == "chat not known"


@pytest.mark.parametrize(
    ("met", "counts", "english", "swedish"),
    [
        (((0, YES),), [(0, 3, 3), (9, 2, 3)], "at least 2 of 3 reached at all times (needed: 2)", "minst 2 av 3 nås hela tiden (behövs: 2)"),
        (((0, UNKNOWN),), [(0, 1, 3)], "1–3 of 3 reached at the worst time (needed: 2): not known", "1–3 av 3 nås när det är som sämst (behövs: 2): inte känt"),
        (((0, YES), (600, NO)), [(0, 3, 3), (600, 1, 1)], "only 1 of 3 reached (needed: 2): too few from +0:10", "bara 1 av 3 nås (behövs: 2): för få från +0:10"),
    ],
)  # fmt: skip
def test_whether_enough_are_reached(
    met: Course, counts: list[tuple[float, int, int]], english: str, swedish: str
) -> None:
    """With the number at the worst time, and when it is too small."""
    rows = tuple(Count(from_s=t, surely=a, at_most=b) for t, a, b in counts)
    group = GroupReach(members=("a", "b", "c"), quorum=2, counts=rows, met=met)
    assert group_text(group, DAY, EN) == english
    assert group_text(group, DAY, SV) == swedish


def test_a_broken_branch_says_who_calls_instead() -> None:
    """Another caller, of whom two are named, else the deputy, else nobody."""
    broken = Break(called="c", from_s=0, until_s=1, callers=("b",), instead_by=("a", "d", "f"), deputy="e")
    assert break_text(broken, named, EN) == "is called by A, D instead"
    assert (
        break_text(broken.model_copy(update={"instead_by": ()}), named, SV) == "ersättaren E rings i stället"
    )
    alone = broken.model_copy(update={"instead_by": (), "deputy": ""})
    assert break_text(alone, named, SV) == "ingen i larmkedjan kan ringa i stället"


def test_bounds_that_agree_are_one_figure() -> None:
    """Otherwise both are said."""
    share = NoticeShare(from_s=0, least=0.3, most=0.3, channels=("a",))
    assert share_text(share, EN) == "30%"
    wide = share.model_copy(update={"most": 0.75})
    assert plain(share_text(wide, SV)) == "minst 30 %, högst 75 %"


@pytest.mark.parametrize(
    ("change", "english", "swedish"),
    [
        ({}, "possible", "går"),
        ({"waited_s": 600.0}, "possible after waiting 10 min", "går efter 10 min väntan"),
        ({"verdict": StepVerdict.UNKNOWN}, "not known", "inte känd"),
        ({"verdict": StepVerdict.BLOCKED, "because": ("portal",), "path": ("portal", "net")}, "blocked by Portal (Portal → Net)", "blockeras av Portal (Portal → Net)"),
        ({"verdict": StepVerdict.SHARES, "because": ("in",), "path": ("in",)}, "shares In with what it protects", "delar In med det den skyddar"),
        ({"verdict": StepVerdict.UNREACHABLE, "because": ("eva",)}, "Eva not reached", "Eva nås inte"),
    ],
)  # fmt: skip
def test_what_a_step_is_worth(change: dict[str, object], english: str, swedish: str) -> None:
    """With what is behind it."""
    step = StepPath(number=1, at_s=0, by="", own_tools=(), tools=(), verdict=StepVerdict.POSSIBLE)
    judged = step.model_copy(update=change)
    assert plain(step_text(judged, named, EN)) == english
    assert plain(step_text(judged, named, SV)) == swedish


@pytest.mark.parametrize("gap", WayGap)
def test_every_gap_of_a_way_is_a_question_with_the_name(gap: WayGap) -> None:
    """In both languages, with the number or the operator where that is what is asked about."""
    asked = [
        way_question(gap, _, name="Eva", kind=WayKind.CHAT, address="070-1", operator="one") for _ in (EN, SV)
    ]
    assert len(set(asked)) == 2
    assert all("Eva" in question and "?" in question for question in asked)
    assert all(("070-1" in question) == (gap == WayGap.NUMBER) for question in asked)


@pytest.mark.parametrize("gap", StepGap)
def test_every_gap_of_a_step_is_a_question_about_it(gap: StepGap) -> None:
    """The step's number and its fallback stand in it."""
    asked = [step_question(gap, _, number=3, fallback="Divert", by="Eva") for _ in (EN, SV)]
    assert len(set(asked)) == 2
    assert all("3" in question and "Divert" in question for question in asked)


def test_a_number_is_shown_as_people_write_it() -> None:
    """Any other address stands as it is."""
    assert shown("+46846500450", "SE") == "08-465 004 50"
    assert shown("Group 7", "SE") == "Group 7"
