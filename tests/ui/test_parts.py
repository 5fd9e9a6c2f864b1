"""What the pages are made of, one value at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bcp import usecases
from bcp.errors import InvalidInputError
from bcp.model import edit
from bcp.model.component import Bia, Component, Kind
from bcp.model.duration import duration_text, seconds
from bcp.model.plan import Organisation, Plan
from bcp.model.requirement import Needs, Pool, Quorum, Split
from bcp.model.run import ActivityResult, Run
from bcp.render.context.wording import kind_of as printed_kind
from bcp.ui.parts.add import new_id
from bcp.ui.parts.bia_form import impact_data, impact_text
from bcp.ui.parts.changes import changes
from bcp.ui.parts.fields import checked, kind_of, shown_percent, tidy, typed_percent, written_duration
from bcp.ui.parts.findings import place
from bcp.ui.parts.headline import Grade, grade, headlines, sentence
from bcp.ui.parts.layout import COLUMN, ROW, laid_out
from bcp.ui.parts.levels import level_text
from bcp.ui.parts.links import Link, Neighbours, around, links
from bcp.ui.parts.picture import picture
from bcp.ui.parts.plain import plain
from bcp.ui.parts.requirement_form import requirement_text, whole
from bcp.ui.parts.timeline import clock_time, figure, shown_until
from bcp.words import words
from tests.ui.conftest import SCENARIO

EN = words("en")
UI = Path(__file__).parents[2] / "bcp" / "ui"

ids = st.sampled_from("abcdefghijkl")
some_links = st.lists(st.builds(Link, ids, ids, st.just("needs")), max_size=30)


@given(some_links)
def test_no_two_boxes_stand_in_one_place(drawn: list[Link]) -> None:
    """Whatever rests on whatever, rings too, every box has a place of its own, on the grid of columns."""
    laid = laid_out("abcdefghijkl", drawn)
    assert set(laid.places) == set("abcdefghijkl")
    assert len(set(laid.places.values())) == 12
    assert all(x % COLUMN == 0 for x, _ in laid.places.values())


@given(some_links)
def test_the_picture_does_not_depend_on_the_order(drawn: list[Link]) -> None:
    """The same links in another order give the same picture."""
    assert laid_out("abcdefghijkl", drawn) == laid_out("lkjihgfedcba", drawn[::-1])


def test_what_is_rested_on_stands_to_the_right() -> None:
    """A chain runs from left to right, and a link past a column goes around its boxes."""
    chain = [Link("a", "b", "needs"), Link("b", "c", "needs"), Link("a", "c", "needs")]
    laid = laid_out("abc", chain)
    assert [laid.places[i][0] for i in "abc"] == [0, COLUMN, 2 * COLUMN]
    (bend,) = laid.bends["a", "c"]
    assert bend[0] == COLUMN
    assert abs(bend[1] - laid.places["b"][1]) >= ROW


def test_the_neighbourhood_goes_up_and_down_but_not_sideways() -> None:
    """Two steps from b reach what it rests on and what rests on it, not what else rests on the same."""
    drawn = [Link(s, t, "needs") for s, t in ("ab", "bc", "cd", "de", "xc")]
    assert around(Neighbours(drawn), "b", up=2, down=2) == ("b", "a", "c", "d")
    assert around(Neighbours(drawn), "b", up=0, down=1) == ("b", "c")


def test_links_leave_out_names_that_lead_nowhere(example: Plan) -> None:
    """A reference to a component that is not there draws nothing."""
    broken = edit.put_component(
        example, "extra", Component(kind=Kind.SYSTEM, name="X", requires=(Needs(needs="nowhere"),))
    )
    assert links(broken) == links(example)


@given(st.text(max_size=60))
def test_a_text_stays_what_it_is_in_markdown(text: str) -> None:
    """Read as Markdown, a plan's text is one paragraph with exactly those words, never markup."""
    tokens = MarkdownIt("commonmark").parse(plain(text))
    inline = [child for token in tokens for child in token.children or ()]
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    assert "".join(child.content for child in inline) == " ".join(text.split())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("45m", "45m"), ("45 min", "45m"), ("1 tim 30 min", "1h30m"), ("4 timmar", "4h"), ("2 dygn", "2d"),
        ("1,5 h", "1.5h"), ("PT4H", "PT4H"), ("soon", "soon"), ("", ""), ("3 veckor", "3w"), ("5 år", "5y"),
    ],
)  # fmt: skip
def test_lengths_of_time_are_read_as_people_write_them(typed: str, meant: str) -> None:
    """Spoken units become the model's; what is no length of time is left for the model to refuse."""
    assert written_duration(typed) == meant


@given(st.integers(0, 10**7).map(float))
def test_a_length_of_time_survives_the_field(value: float) -> None:
    """What a field shows is read back as the same length."""
    assert seconds(written_duration(duration_text(value))) == value


@given(
    st.dictionaries(
        st.sampled_from(["financial", "trust", "life"]),
        st.dictionaries(
            st.integers(1, 5000).map(lambda n: n * 60.0),
            st.integers(0, 10**5).map(float),
            min_size=1,
            max_size=4,
        ),
        max_size=3,
    )
)
def test_impact_over_time_survives_the_field(impact: dict[str, dict[float, float]]) -> None:
    """The field's text is read back as the same steps."""
    written = {c: {duration_text(t): v for t, v in steps.items()} for c, steps in impact.items()}
    bia = Bia.model_validate({"impact": written})
    assert Bia.model_validate({"impact": impact_data(impact_text(bia), EN)}) == bia


@pytest.mark.parametrize("text", ["financial", "financial: much", "financial: 1h 5", ": 1h: 5,"])
def test_an_impact_that_cannot_be_read_is_refused(text: str) -> None:
    """A line without category, time or value names itself and shows how to write it."""
    with pytest.raises(InvalidInputError, match="financial: 1h: 5000"):
        impact_data(text, EN)


@given(st.floats(0, 1))
def test_a_share_survives_a_field_that_nobody_touched(share: float) -> None:
    """The field shows per cent; unless it is changed, exactly the same share is saved."""
    assert typed_percent(shown_percent(share), share) == share
    assert typed_percent(12.5, share) == 0.125
    assert typed_percent(None, share) is None


def test_a_refused_value_names_its_field() -> None:
    """Every wrong field of a form is named as the form names it."""
    with pytest.raises(InvalidInputError) as refused:
        checked(
            Component,
            tidy({"kind": "number", "name": "N", "e164": "0771123456", "restart": "soon", "site": ""}),
            EN,
        )
    assert [p.path for p in refused.value.problems] == ["Telephone number", "Restart time"]


def test_an_edit_is_told_field_by_field(example: Plan) -> None:
    """A changed lead time, an added and a removed component each have their line."""
    quicker = example.fallbacks["reservkraft"].model_copy(update={"lead_time": 600.0})
    after = edit.put_fallback(example, "reservkraft", quicker)
    after = edit.put_component(after, "new", Component(kind=Kind.SITE, name="Ny plats"))
    after, _ = edit.remove(after, "n-vajour")
    told = changes(example, after, EN)
    assert any(line.endswith("Lead time: 1m → 10m") for line in told)
    assert "Added: Ny plats" in told
    assert any(line.startswith("Removed: ") for line in told)
    assert changes(example, example, EN) == ()


def test_requirements_read_as_people_say_them() -> None:
    """Each mode has its own wording, with names, shares and whether it is for starting."""
    parts = {i: Component(kind=Kind.SYSTEM, name=i.upper()) for i in "abc"}
    plan = Plan(organisation=Organisation(name="O"), components=parts)
    said = [
        requirement_text(r, plan, EN)
        for r in (
            Needs(needs="a"), Needs(needs="a", impact=0.2, during="start"), Pool(pool={"a": 1, "b": 1}),
            Pool(pool={"a": 0.6, "b": 0.5}), Split(split={"a": 0.03, "b": 0.97}), Quorum(quorum=2, of=("a", "b", "c")),
        )
    ]  # fmt: skip
    assert said == [
        "A", "A (loss costs 20%) (to start)", "any of A / B", "shared by A 60% / B 50%", "split on A 3%, B 97%", "2 of A, B, C",
    ]  # fmt: skip


def test_shares_that_only_rounding_spoils_are_made_whole() -> None:
    """Three thirds typed as 33.3333 sum to 1; a real mistake is left to be seen."""
    assert abs(sum(whole({"a": 0.333333, "b": 0.333333, "c": 0.333333}).values()) - 1) < 1e-12
    assert whole({"a": 0.5, "b": 0.4}) == {"a": 0.5, "b": 0.4}


@pytest.mark.parametrize(
    ("result", "expected", "text"),
    [
        ({"min_level": 1.0}, Grade.UNTOUCHED, "Desk is not affected"),
        ({"min_level": 0.7}, Grade.REDUCED, "Desk falls to 70% at worst, which is enough"),
        ({"longest_s": 3600.0, "first_below_s": 0.0, "rto_met": True, "mtpd_met": True}, Grade.BELOW, "Desk down 1 h – RTO of 4 h held, 3 h to spare"),
        ({"longest_s": 14400.0, "first_below_s": 0.0, "rto_met": True, "mtpd_met": True}, Grade.BELOW, "Desk down 4 h – exactly at the RTO of 4 h: nothing to spare"),
        ({"longest_s": 18000.0, "first_below_s": 0.0, "rto_met": False, "mtpd_met": True}, Grade.RTO_BROKEN, "Desk down 5 h – RTO broken after 4 h"),
        ({"longest_s": 90000.0, "first_below_s": 0.0, "rto_met": False, "mtpd_met": False, "min_level": 0.1}, Grade.MTPD_BROKEN, "Desk too low for 1 d 1 h, 10% at worst – MTPD broken after 1 d"),
    ],
)  # fmt: skip
def test_the_headline_says_how_long_and_which_limit(
    result: dict[str, object], expected: Grade, text: str
) -> None:
    """Length of the disruption, then the worst limit that is broken, or what is to spare."""
    blank: dict[str, object] = {
        "downtime_s": 0.0, "longest_s": 0.0, "min_level": 0.0, "first_below_s": None, "rto_met": True, "mtpd_met": True,
        "lost_contacts": 0.0, "impact": {}, "disruptions": (),
    }  # fmt: skip
    outcome = ActivityResult.model_validate(blank | result)
    desk = Component.model_validate(
        {"kind": "activity", "name": "Desk", "bia": {"rto": "4h", "mtpd": "24h", "mbco": 0.4}}
    )
    plan = Plan(organisation=Organisation(name="O"), components={"desk": desk})
    happened = Run(
        plan="O", plan_hash="", scenario="s", horizon_s=1e6, levels={"desk": ((0.0, 1.0),)}, activities={"desk": outcome},
        fallbacks={}, blocked={}, affected={}, causes={},
    )  # fmt: skip
    assert grade(outcome) is expected
    assert sentence(plan, "desk", happened, EN).replace("\xa0", " ") == text


def test_the_worst_comes_first(example: Plan) -> None:
    """Headlines are sorted by how badly an activity fared."""
    run = usecases.run(example, usecases.scenario(SCENARIO))
    grades = [line.grade for line in headlines(example, run, EN)]
    assert grades == sorted(grades)
    assert len(grades) == len(example.activities)


@pytest.mark.parametrize("dark", [True, False])
def test_the_timeline_holds_every_activity_with_its_limits(example: Plan, dark: bool) -> None:
    """Bars cover each activity from 0 to the end of the picture, and marks stand where limits fall due."""
    scenario = usecases.scenario(SCENARIO)
    run = usecases.run(example, scenario)
    drawn = figure(example, run, scenario, EN, 1800.0, dark=dark)
    bars, names, limits = drawn.data
    assert {c.name for c in example.activities.values()} <= set(names.text)
    end = shown_until(run) / 3600
    first = [b for b, y in zip(bars.base, bars.y, strict=True) if y == max(bars.y)]
    assert first[0] == 0
    assert max(b + w for b, w in zip(bars.base, bars.x, strict=True)) == pytest.approx(end)
    assert "RTO 4 h" in {text.strip().replace("\xa0", " ") for text in limits.text}
    assert drawn.layout.shapes[0].x0 == 0.5


def test_markup_in_a_name_is_text_in_the_timeline(example: Plan) -> None:
    """Plotly's own markup in a name is escaped in bars, names and tips."""
    nasty = example.components["medborgarservice"].model_copy(update={"name": '<a href="x">b</a>'})
    plan = edit.put_component(example, "medborgarservice", nasty)
    scenario = usecases.scenario(SCENARIO)
    drawn = figure(plan, usecases.run(plan, scenario), scenario, EN, 0.0, dark=False).to_json()
    assert "<a " not in drawn
    assert "\\u003ca " not in drawn


def test_the_clock_follows_the_scenario() -> None:
    """Scenario time is shown as time of day where the scenario has one, past midnight too."""
    scenario = usecases.scenario(SCENARIO).model_copy(update={"clock": "22:30"})
    assert clock_time(scenario, 2 * 3600.0) == "00:30"
    assert clock_time(scenario.model_copy(update={"clock": ""}), 60.0) == ""


def test_levels_have_a_sign_and_a_share() -> None:
    """Full, reduced and down differ in their sign, not in colour alone."""
    assert [level_text(x, EN) for x in (1.0, 0.6, 0.0)] == ["● 100%", "◐ 60%", "✕ 0%"]


def test_the_picture_marks_levels_and_the_chain(example: Plan) -> None:
    """Boxes carry class and share, the asked chain is heavy, and links to hidden ones are left out."""
    shown = ["medborgarservice", "n-0771", "telia-in-1"]
    levels = dict.fromkeys(example.components, 1.0) | dict.fromkeys(shown, 0.0)
    drawn = picture(example, shown, EN, focus="n-0771", chosen="", levels=levels, chain=shown)
    assert {node["classes"] for node in drawn["nodes"]} == {"down activity", "down focus", "down"}
    assert all("✕ 0%" in node["label"] for node in drawn["nodes"])
    assert sorted((e["source"], e["target"]) for e in drawn["edges"] if "chain" in e["classes"]) == [
        ("medborgarservice", "n-0771"), ("n-0771", "telia-in-1"),
    ]  # fmt: skip


def test_a_problem_is_found_where_it_stands(example: Plan) -> None:
    """A problem's path leads to its component even where one id begins another."""
    plan = edit.put_component(example, "n", Component(kind=Kind.SYSTEM, name="N"))
    assert place("components.n-0771.requires[0]", plan) == "n-0771"
    assert place("components.n.name", plan) == "n"
    assert place("organisation.timezone", plan) == ""


@given(st.text(max_size=50), st.sets(st.sampled_from(["a", "a-2", "component"])))
def test_a_new_id_is_always_a_free_id(name: str, taken: set[str]) -> None:
    """Whatever the name, the id made from it is free and one that the model takes."""
    made = new_id(name, taken)
    assert made not in taken
    plan = Plan(organisation=Organisation(name="O"))
    assert made in edit.put_component(plan, made, Component(kind=Kind.SITE, name="S")).components


def test_down_is_said_only_where_nothing_was_left_all_the_while() -> None:
    """What a fallback brings back to half is too low for the whole time, with its lowest level; not down for it."""
    desk = Component.model_validate({"kind": "activity", "name": "Desk", "bia": {"rto": "2h", "mbco": 0.9}})
    plan = Plan(organisation=Organisation(name="O"), components={"desk": desk})

    def told(*levels: tuple[float, float]) -> str:
        outcome = ActivityResult(
            downtime_s=18000.0, longest_s=18000.0, min_level=0.0, first_below_s=0.0, rto_met=False, mtpd_met=None,
            lost_contacts=0.0, impact={}, disruptions=((0.0, 18000.0),),
        )  # fmt: skip
        run = Run(
            plan="O", plan_hash="", scenario="s", horizon_s=1e6, levels={"desk": levels}, activities={"desk": outcome},
            fallbacks={}, blocked={}, affected={}, causes={},
        )  # fmt: skip
        return sentence(plan, "desk", run, EN).replace("\xa0", " ")

    assert told((0.0, 0.0), (5400.0, 0.5), (18000.0, 1.0)).startswith(
        "Desk too low for 5 h, 0% at worst – RTO"
    )
    assert told((0.0, 0.0), (18000.0, 1.0)).startswith("Desk down 5 h – RTO")


def test_what_stands_for_something_unnamed_is_called_unknown() -> None:
    """A stand-in has no type that anybody has said, so none is shown, on the screen and in documents."""
    named = Component(kind=Kind.INTERCONNECT, name="Line")
    unnamed = named.model_copy(update={"tags": ("unknown",)})
    assert (kind_of(named, EN), kind_of(unnamed, EN)) == ("Interconnect", "Unknown")
    assert printed_kind(unnamed, EN) == "Unknown"
