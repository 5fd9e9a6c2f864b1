from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp.errors import BcpError, InvalidInputError, SelectorError
from bcp.files.scenario_file import Setting, read_scenario, scenario_parameters

ENGINE_CASES = sorted((Path(__file__).parents[3] / "shared" / "cases" / "engine").glob("*/scenario.yaml"))

TEXT = """\
format: bcp-scenario/1
id: platform-failure
title: {en: "Failure at {operator}", sv: "Fel hos {operator}"}
source: made up
parameters:
  operator: {default: telia, kind: operator}
  duration: {default: 5h, kind: duration}
  level: {default: 0.1, kind: share}
  mode: {default: full, choices: [full, partial]}
events:
  - at: 0
    select: {kind: platform, operator: "{operator}", hosts_prefix: ["+4620", "+46771"]}
    effect: {level: "{level}"}
    until: "{duration}"
    note: "{mode}: until {duration}"
  - {at: 30m, select: {id: cs}, effect: {surge: 4}, for: 6h}
injects:
  - {at: 20m, text: "A {guest} calls {operator}."}
"""


def test_places_are_filled_from_the_defaults() -> None:
    """A place that is a whole text takes the parameter's value with its type; inside a text it becomes words."""
    scenario = read_scenario(TEXT, "s.yaml")
    event = scenario.events[0]
    assert event.select.operator == ("telia",)
    assert (event.effect.level, event.end) == (0.1, 18_000.0)
    assert event.note == {"en": "full: until 5h"}
    assert scenario.title == {"en": "Failure at telia", "sv": "Fel hos telia"}


def test_settings_come_before_defaults_and_are_kept() -> None:
    """What was set is used, and stands in the scenario as the value that it was filled with."""
    scenario = read_scenario(TEXT, "s.yaml", {"operator": "tele2", "level": "0.5", "duration": "1h"})
    assert scenario.events[0].select.operator == ("tele2",)
    assert (scenario.events[0].effect.level, scenario.events[0].end) == (0.5, 3600.0)
    assert {name: p.default for name, p in scenario.parameters.items()} == {
        "operator": "tele2",
        "duration": "1h",
        "level": "0.5",
        "mode": "full",
    }


def test_a_place_in_a_text_for_people_that_is_no_parameter_stays() -> None:
    """Braces in an inject are words, unless they name a parameter."""
    assert read_scenario(TEXT, "s.yaml").injects[0].text == {"en": "A {guest} calls telia."}


@pytest.mark.parametrize(
    ("settings", "message", "fix"),
    [
        ({"operatr": "x"}, "the scenario has no parameter 'operatr'.", 'Did you mean "operator"?'),
        ({"zzz": "x"}, "the scenario has no parameter 'zzz'.", "It has: operator, duration, level, mode."),
        ({"level": "2"}, "the parameter 'level' cannot be set so: 2 is not between 0 and 1.", "Give another value."),
        ({"level": "much"}, "the parameter 'level' cannot be set so: 'much' is not a number.", "Give another value."),
        ({"mode": "none"}, "the parameter 'mode' cannot be set so: 'none' is not one of full, partial.", "Give another value."),
        ({"operator": ["a", "b"]}, "the parameter 'operator' takes a text or a number.", "Give a single value."),
        ({"operator": {"kind": "site"}}, "the parameter 'operator' takes a text or a number.", "Give a single value."),
        ({"operator": True}, "the parameter 'operator' takes a text or a number.", "Give a single value."),
        ({"operator": "x" * 301}, "the parameter 'operator' cannot be set so: the text is longer than 300 characters.",
         "Give another value."),
    ],
)  # fmt: skip
def test_a_setting_that_does_not_fit_is_an_error_naming_it(
    settings: dict[str, object], message: str, fix: str
) -> None:
    """Unknown names and values that do not suit a parameter say which it is and what to do."""
    with pytest.raises(SelectorError) as caught:
        read_scenario(TEXT, "s.yaml", settings)
    assert (caught.value.message, caught.value.fix) == (message, fix)


def test_a_wrong_length_of_time_is_told_for_its_parameter() -> None:
    """A duration that is none names the parameter, not the event where it is used."""
    with pytest.raises(
        SelectorError, match=r"the parameter 'duration' cannot be set so: '5' is not a length of time"
    ):
        read_scenario(TEXT, "s.yaml", {"duration": "5"})


def test_a_parameter_without_a_value_is_an_error() -> None:
    """A parameter that has neither default nor setting is named."""
    with pytest.raises(SelectorError, match="the parameter 'operator' has no value"):
        read_scenario(TEXT.replace("default: telia, ", ""), "s.yaml")


def test_every_problem_of_a_scenario_is_told_by_line() -> None:
    """Wrong values, unknown keys and places that no parameter fills come together in the order of lines."""
    broken = (
        TEXT.replace("kind: platform", "kind: plattform")
        .replace('"{level}"', '"{levle}"')
        .replace("until:", "untill:")
        .replace("at: 0", "at: 5")
    )
    with pytest.raises(InvalidInputError) as caught:
        read_scenario(broken, "s.yaml")
    assert [str(p) for p in caught.value.problems] == [
        "s.yaml:11: events[0].at: 5 has no unit. Write a length of time such as 30s, 45m, 4h, 1h30m, 2d, 1w, 5y or PT4H.",
        "s.yaml:12: events[0].select.kind[0]: 'plattform' is not known here. Did you mean \"platform\"?",
        "s.yaml:13: events[0].effect.level: there is no parameter 'levle'. Did you mean \"level\"?",
        "s.yaml:14: events[0].untill: there is no key 'untill' here. Did you mean \"until\"?",
    ]


def test_a_default_that_does_not_suit_its_kind_is_a_problem_of_the_file() -> None:
    """A library scenario with a wrong default is told with its line."""
    with pytest.raises(InvalidInputError) as caught:
        scenario_parameters(TEXT.replace("default: 5h", "default: 5"), "s.yaml")
    assert [(p.line, p.path) for p in caught.value.problems] == [(7, "parameters.duration.default")]


def test_the_parameters_are_listed_with_their_defaults() -> None:
    """Whoever runs a scenario sees what may be set."""
    assert {name: p.default for name, p in scenario_parameters(TEXT, "s.yaml").items()} == {
        "operator": "telia",
        "duration": "5h",
        "level": 0.1,
        "mode": "full",
    }
    assert scenario_parameters("id: x\ntitle: X", "s.yaml") == {}


def test_a_text_that_is_no_scenario_says_so() -> None:
    """An empty file or a list is no scenario."""
    for text in ("", "- a", "words"):
        with pytest.raises(InvalidInputError, match="this is no scenario"):
            read_scenario(text, "s.yaml")


HOSTILE = st.text(max_size=60) | st.sampled_from(
    [
        "{operator}",
        "{mode}",
        "'}\n- {at: 0}",
        "}, kind: site, x: {",
        "*x",
        "&x a",
        "!!python/none",
        "\x00",
        "x: y",
        "[a]",
        "\n  id: b",
    ]
)


@given(HOSTILE)
def test_a_setting_never_changes_the_structure(value: str) -> None:
    """Whatever text a parameter is set to stands in the scenario as that text, and nothing else differs."""
    plain = read_scenario(TEXT, "s.yaml").model_dump()
    try:
        scenario = read_scenario(TEXT, "s.yaml", {"operator": value})
    except BcpError:
        return
    dumped = scenario.model_dump()
    assert dumped["events"][0]["select"]["operator"] == (value,)
    assert dumped["title"] == {"en": f"Failure at {value}", "sv": f"Fel hos {value}"}
    dumped["events"][0]["select"]["operator"] = ("telia",)
    for key in ("title", "parameters", "injects"):
        dumped[key] = plain[key]
    assert dumped == plain


@given(
    st.dictionaries(
        st.sampled_from(["operator", "duration", "level", "mode", "x"]),
        st.text() | st.floats() | st.integers(),
    )
)
def test_any_settings_give_a_scenario_or_an_error(settings: dict[str, Setting]) -> None:
    """No value makes reading fail in another way."""
    try:
        scenario = read_scenario(TEXT, "s.yaml", settings)
    except BcpError as error:
        found = error.message
    else:
        found = scenario.id
    assert found


@given(st.text())
def test_any_text_is_a_scenario_or_has_problems(text: str) -> None:
    """No text makes the reader fail in another way."""
    with pytest.raises(InvalidInputError):
        read_scenario(text, "s.yaml")


@pytest.mark.skipif(not ENGINE_CASES, reason="the shared engine cases are not beside this checkout")
def test_the_engine_cases_are_read() -> None:
    """Every scenario of the shared engine cases reads."""
    for path in ENGINE_CASES:
        assert read_scenario(path.read_text(encoding="utf-8"), path.name).events


PLANNED = """\
format: bcp-scenario/1
id: work
title: Work
parameters:
  begin: {default: 22h, kind: duration}
  length: {default: 4h, kind: duration}
planned: [{at: "{begin}", for: "{length}"}]
events: [{at: "{begin}", select: {id: core}, effect: {level: 0}, for: 6h}]
"""


def test_planned_work_has_a_window_of_its_own() -> None:
    """Its places are filled like those of events, and it ends when it should, whatever the events do."""
    (window,) = read_scenario(PLANNED, "work.yaml", {"length": "5h"}).planned
    assert (window.at, window.end) == (22 * 3600.0, 27 * 3600.0)


@pytest.mark.parametrize(
    ("window", "message"),
    [
        ("{at: 1h}", "a window has `until` or `for`"),
        ("{at: 1h, until: 2h, for: 1h}", "a window has `until` or `for`"),
        ("{at: 2h, until: 2h}", "the window ends before it begins"),
        ('{at: "{start}", for: 1h}', "there is no parameter 'start'"),
    ],
)
def test_a_window_without_a_clear_end_is_refused(window: str, message: str) -> None:
    """Whoever is told beforehand is told when it ends."""
    with pytest.raises(InvalidInputError, match=message):
        read_scenario(PLANNED.replace('{at: "{begin}", for: "{length}"}', window), "work.yaml")
