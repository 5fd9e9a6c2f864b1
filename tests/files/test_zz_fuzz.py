from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bcp.errors import InvalidInputError, NotFoundError
from bcp.files.plan_file import load_plan, read_plan, write_plan, write_plan_json
from bcp.model.integrity import problems
from bcp.model.plan import Plan
from tests.strategies import plans

ENGINE_CASES = sorted((Path(__file__).parents[3] / "shared" / "cases" / "engine").glob("*/plan.yaml"))

BROKEN = """\
format: bcp-plan/1
organisation: {name: Exempelkommun, country: Sweden, timezone: Europe/Stokholm}
components:
  telia-in:
    kind: plattform
    name: 4711
    resart: 30m
  n-0771:
    kind: number
    e164: 46771234567
    requires:
      - telia_in
      - {needs: telia-in, impact: 20%}
      - {pol: {a: 1}}
      - quorum: 3
        of:
          - a
          - nowhere
      - {split: {a: 0.3, b: 0.3}}
    detection: 10 minutes
  cs: {kind: activity, name: Service, requires: n-071, bia: {rto: 4h, mtpd: 2h, mbco: 1.5}, verified: yesterday}
  b c: {kind: site, name: x}
  a: {kind: site, name: A, tags: , customers: "5"}
  b: {kind: site, name: B, tags: [1, x]}
fallbacks:
  f: {protects: n-0771, via: a, automatic: yes, steps: [{doo: x}], needs: [a, c]}
contacts:
  ann: [x]
document: {messages: [{audience: x}], activation: {decided_by: ann}, owner: an}
"""


def told(text: str, file_name: str = "plan.yaml") -> list[str]:
    """Every problem of a plan that cannot be read, as a user sees it."""
    with pytest.raises(InvalidInputError) as caught:
        read_plan(text, file_name)
    return [str(problem) for problem in caught.value.problems]


def test_every_problem_of_a_file_is_told_at_once_in_plain_words() -> None:
    """Problems of form and names that lead nowhere come together, each with line, place and remedy, by line."""
    assert told(BROKEN) == [
        "plan.yaml:2: organisation.country: 'Sweden' is no country code. Write two capital letters such as \"SE\" (ISO 3166).",
        "plan.yaml:2: organisation.timezone: there is no timezone 'Europe/Stokholm'. Did you mean \"Europe/Stockholm\"?",
        "plan.yaml:5: components.telia-in.kind: 'plattform' is not known here. Did you mean \"platform\"?",
        'plan.yaml:6: components.telia-in.name: a text is wanted, not the number 4711. Put it in quotes: "4711".',
        "plan.yaml:7: components.telia-in.resart: there is no key 'resart' here. Did you mean \"restart\"?",
        "plan.yaml:8: components.n-0771: 'name' is missing. Add \"name:\".",
        'plan.yaml:10: components.n-0771.e164: a text is wanted, not the number 46771234567. Put it in quotes: "46771234567".',
        "plan.yaml:12: components.n-0771.requires[0]: there is no component 'telia_in'. Did you mean \"telia-in\"?",
        "plan.yaml:13: components.n-0771.requires[1].impact: '20%' is not written as a number. Write the share 0.2.",
        "plan.yaml:14: components.n-0771.requires[2]: this is no requirement. Write a component's id, or one of needs, pool, any_of, split and quorum.",
        "plan.yaml:15: components.n-0771.requires[3].quorum: a quorum of 3 among 2 can never be reached. Set quorum to 2 or less, or name more members.",
        "plan.yaml:18: components.n-0771.requires[3]: there is no component 'nowhere'. Add it under \"components\", or name one that is there.",
        "plan.yaml:19: components.n-0771.requires[4].split: the shares of this split sum to 0.6, not 1. Change them so that they sum to 1; or write a pool.",
        "plan.yaml:20: components.n-0771.detection: '10 minutes' is not a length of time. Write a length of time such as 30s, 45m, 4h, 1h30m, 2d, 1w, 5y or PT4H.",
        "plan.yaml:21: components.cs.bia.mbco: 1.5 is not allowed: it must be at most 1. Write a number at most 1.",
        "plan.yaml:21: components.cs.bia.rto: the RTO (4h) is above the MTPD (2h). Recovery must come before the disruption is intolerable: lower the RTO.",
        "plan.yaml:21: components.cs.requires[0]: there is no component 'n-071'. Did you mean \"n-0771\"?",
        "plan.yaml:21: components.cs.verified: 'yesterday' is no day. Write year, month and day, such as 2026-03-03.",
        "plan.yaml:22: components.b c: 'b c' is no id. An id has letters, digits, underscore, dot and hyphen, and begins with a letter, digit or underscore.",
        "plan.yaml:23: components.a.customers: a whole number is wanted, not the text '5'. Write it in digits, without quotes, point or unit.",
        "plan.yaml:23: components.a.tags: nothing stands here. Give a value, or take the line out.",
        'plan.yaml:24: components.b.tags[0]: a text is wanted, not the number 1. Put it in quotes: "1".',
        "plan.yaml:26: fallbacks.f.automatic: true or false is wanted, not the text 'yes'. Write true or false, without quotes.",
        "plan.yaml:26: fallbacks.f.needs[1]: there is no component 'c'. Did you mean \"cs\"?",
        "plan.yaml:26: fallbacks.f.steps[0]: 'do' is missing. Add \"do:\".",
        "plan.yaml:26: fallbacks.f.steps[0].doo: there is no key 'doo' here. Did you mean \"do\"?",
        'plan.yaml:28: contacts.ann: keys with values are wanted, not a list. Write "key: value" lines, or {key: value}.',
        "plan.yaml:29: document.messages[0]: 'text' is missing. Add \"text:\".",
        "plan.yaml:29: document.messages[0]: 'when' is missing. Add \"when:\".",
        "plan.yaml:29: document.owner: there is no contact 'an'. Add it under \"contacts\", or name one that is there.",
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("", "plan.yaml:1: this is no plan. It begins with `format: bcp-plan/1` and `organisation:`."),
        ("just words", "plan.yaml:1: this is no plan. It begins with `format: bcp-plan/1` and `organisation:`."),
        ("a: 1", "plan.yaml:1: 'organisation' is missing. Add \"organisation:\"."),
        ("organisation: {name: X}\nformat: bcp-plan/2", "plan.yaml:2: format: 'bcp-plan/2' is not known here. Did you mean \"bcp-plan/1\"?"),
        ("organisation: {name: X}\ncomponents: [a]", 'plan.yaml:2: components: keys with values are wanted, not a list. Write "key: value" lines, or {key: value}.'),
        ("organisation:\n  name: X\n\tcountry: SE", "plan.yaml:3: the text cannot be read: found a tab character"),
    ],
)  # fmt: skip
def test_what_is_no_plan_at_all(text: str, first: str) -> None:
    """A text that is something else says what is missing."""
    assert told(text)[0].startswith(first)


def test_a_path_stays_right_after_a_broken_list_item() -> None:
    """Faults behind an unreadable item of a list keep their own position and line."""
    text = (
        "organisation: {name: X}\ncomponents:\n  a:\n    kind: system\n    name: A\n    requires:\n"
        "      - {needs: 5}\n      - {nothing: 1}\n      - b\n      - {needs: 6}\n      - c\n"
    )
    places = [line.partition(" ")[2].partition(": ")[0] for line in told(text)]
    assert places == [f"components.a.requires[{n}]" + (".needs" if n in (0, 3) else "") for n in range(5)]
    assert [line.split(":")[1] for line in told(text)] == ["7", "8", "9", "10", "11"]


def test_a_key_that_a_requirement_does_not_know_is_named_with_those_it_knows() -> None:
    """Unknown keys are compared with the keys of just that kind of thing."""
    text = "organisation: {name: X}\ncomponents:\n  a: {kind: system, name: A, requires: [{pool: {b: 1}, durring: start}]}\n  b: {kind: system, name: B}\n"
    assert told(text) == [
        "plan.yaml:3: components.a.requires[0].durring: there is no key 'durring' here. Did you mean \"during\"?"
    ]


def test_numbers_survive_as_they_are_written() -> None:
    """Numbers with a leading plus or zero and times of day are text, in quotes or not."""
    text = "organisation: {name: no}\ncomponents:\n  0771: {kind: number, name: 0771, e164: +46771123456, contract: 12:30}\n"
    component = read_plan(text, "plan.yaml").components["0771"]
    assert (component.name, component.e164, component.contract) == ("0771", "+46771123456", "12:30")


@given(plans())
def test_a_plan_written_is_read_back_equal(plan: Plan) -> None:
    """YAML and JSON of any plan give the same plan again, and are the same text the second time."""
    text = write_plan(plan)
    assert read_plan(text, "plan.yaml") == plan
    assert write_plan(read_plan(text, "plan.yaml")) == text
    assert read_plan(write_plan_json(plan), "plan.json") == plan
    assert read_plan(write_plan_json(plan), "plan.json").content_hash == plan.content_hash


def test_a_written_plan_is_good_to_read() -> None:
    """Keys come in the model's order, requirements on one line, what has its default value is left out."""
    plan = Plan.model_validate(
        {
            "organisation": {"name": "Exempelkommun"},
            "components": {
                "n": {"name": "No", "kind": "number", "e164": "+46771123456", "detection": "90m",
                      "requires": ["t", {"pool": {"t": 0.6, "u": 0.6}}], "description": "One\nTwo"},
                "t": {"kind": "trunk", "name": "0771", "tags": ["a", "b"]},
                "u": {"kind": "trunk", "name": "U"},
            },
        }
    )  # fmt: skip
    assert write_plan(plan) == (
        "format: bcp-plan/1\n\n"
        "organisation: {name: Exempelkommun}\n\n"
        "components:\n"
        "  n:\n"
        "    kind: number\n"
        "    name: 'No'\n"
        "    description: |-\n"
        "      One\n"
        "      Two\n"
        "    e164: '+46771123456'\n"
        "    requires: [t, {pool: {t: 0.6, u: 0.6}}]\n"
        "    detection: 90m\n"
        "  t:\n"
        "    kind: trunk\n"
        "    name: '0771'\n"
        "    tags: [a, b]\n"
        "  u:\n"
        "    kind: trunk\n"
        "    name: U\n"
    )


PIECES = st.sampled_from(
    [
        None,
        "x",
        "",
        5,
        -1,
        1e300,
        True,
        [],
        {},
        [None],
        {"needs": "c0"},
        {"x": {"y": []}},
        "1h",
        "c0",
        "yes",
        "\x00",
        "{a}",
    ]
)
"""Things that may stand in a file where they do not belong."""


@given(plans(max_components=4), st.data())
@settings(max_examples=3000)
def test_a_mutated_plan_is_a_plan_or_has_problems(plan: Plan, data: st.DataObject) -> None:
    """Whatever is put anywhere in a plan: it is read as a plan without faults, or each problem has a message."""
    raw: Any = json.loads(write_plan_json(plan))
    for _ in range(data.draw(st.integers(1, 3))):
        _mutate(raw, data)
    try:
        found = read_plan(json.dumps(raw), "plan.json")
    except InvalidInputError as error:
        told_all = [problem.message for problem in error.problems]
        lines = [problem.line for problem in error.problems]
    else:
        assert problems(found) == ()
        return
    assert all(told_all)
    assert lines == sorted(lines)


def _mutate(at: Any, data: st.DataObject) -> None:
    """Walk down a random way and put something else at its end."""
    while isinstance(at, dict | list) and at:
        keys = sorted(at) if isinstance(at, dict) else list(range(len(at)))
        key = data.draw(st.sampled_from(keys))
        inner = at[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.integers(0, 3)) == 0:
            how = data.draw(st.sampled_from(["put", "delete", "add"]))
            if how == "put":
                at[key] = data.draw(PIECES)
            elif how == "delete":
                del at[key]
            elif isinstance(at, dict):
                at[data.draw(st.sampled_from(["x", "a b", "", "needs", "name"]))] = data.draw(PIECES)
            else:
                at.append(data.draw(PIECES))
            return
        at = inner


@given(st.text())
def test_any_text_is_a_plan_or_has_problems(text: str) -> None:
    """No text makes the reader fail in another way."""
    found: object = None
    with suppress(InvalidInputError):
        found = read_plan(text, "plan.yaml")
    assert found is None


@pytest.mark.parametrize("name", ["missing.yaml", "folder", "a\0b"])
def test_a_file_that_cannot_be_read_is_not_found(tmp_path: Path, name: str) -> None:
    """A path that is no readable file gives one error with a remedy."""
    (tmp_path / "folder").mkdir()
    with pytest.raises(NotFoundError) as caught:
        load_plan(tmp_path / name)
    assert caught.value.fix


def test_a_plan_is_loaded_from_a_file(tmp_path: Path) -> None:
    """A file with a byte order mark and Windows line ends is read; problems carry the file's name alone."""
    path = tmp_path / "plan.yaml"
    path.write_bytes("\ufefforganisation:\r\n  name: Åmål\r\n".encode())
    assert load_plan(path).organisation.name == "Åmål"


@pytest.mark.skipif(not ENGINE_CASES, reason="the shared engine cases are not beside this checkout")
def test_the_engine_cases_are_read_and_written() -> None:
    """Every plan of the shared engine cases reads, has no fault, and reads back equal when written."""
    for path in ENGINE_CASES:
        plan = load_plan(path)
        assert read_plan(write_plan(plan), "plan.yaml") == plan
