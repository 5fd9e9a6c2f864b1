from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp.errors import InvalidInputError
from bcp.files.yaml_source import Source, read_bytes, read_source
from bcp.files.yaml_text import yaml_text
from tests.strategies import TEXTS

PLAIN: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=15,
)
"""Plain data as a plan holds it."""


def first_problem(text: str) -> tuple[int, str]:
    """The line and message of the first problem of a text that cannot be read."""
    with pytest.raises(InvalidInputError) as caught:
        read_source(text, "f.yaml")
    found = caught.value.problems[0]
    assert found.fix
    return found.line, found.message


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("true", True), ("false", False), ("null", None), ("~", None),
        ("0771", "0771"), ("+46771", "+46771"), ("0", 0), ("-5", -5), ("112", 112), ("0x1F", "0x1F"), ("1_000", "1_000"),
        ("12:30", "12:30"), ("190:20:30", "190:20:30"), ("2026-03-03", "2026-03-03"), ("0.6", 0.6), (".5", 0.5),
        ("1e3", 1000.0), ("1.0e-05", 1e-05), (".nan", ".nan"), (".inf", ".inf"), ("'0.6'", "0.6"), ('"112"', "112"),
        ("45m", "45m"), ("e5", "e5"), (".", "."), ("1" * 40, "1" * 40), ("!!int x", "x"), ("<<", "<<"),
    ],
)  # fmt: skip
def test_plain_values_are_what_they_look_like(written: str, read: object) -> None:
    """Only true, false, null and plain decimal numbers are more than text: no octal, no clock, no yes and no."""
    found = read_source(f"a: {written}", "f.yaml").data["a"]
    assert (found, type(found)) == (read, type(read))


def test_keys_are_always_text() -> None:
    """A key stays as it is written, a number or `no` too."""
    assert read_source("0771: 1\nno: 2\n5: 3\n1e5: 4", "f.yaml").data == {
        "0771": 1,
        "no": 2,
        "5": 3,
        "1e5": 4,
    }


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\nb: 2\na: 3", 3, "the key 'a' stands here a second time; first on line 1."),
        ("a:\n\tb: 1", 2, "the text cannot be read: found character that cannot start any token."),
        ("a: [1\nb: 2", 2, "the text cannot be read: did not find expected ',' or ']'."),
        ("a: 1\n---\nb: 2", 2, "a second document begins here."),
        ("? [x]\n: 1", 1, "a key must be a single text."),
        ("a: &x\n  b: *x", 2, "*x stands inside itself."),
        ("a: *x", 1, "there is no &x before this."),
        ("a: 1\nb: " + "[" * 100_000, 2, "it is nested more than 60 deep."),
        ("a: 'x\x07'", 1, "the text cannot be read: control characters are not allowed."),
        ("a: \ud800", 0, "the text holds characters that no file can."),
    ],
)
def test_what_cannot_be_read_is_a_problem_with_its_line(text: str, line: int, message: str) -> None:
    """Wrong syntax, keys that stand twice and texts made to do harm are told with line and remedy."""
    assert first_problem(text) == (line, message)


def test_an_alias_bomb_is_refused() -> None:
    """A small text that unfolds into millions of values is refused before anything is built from it."""
    rows = ["a0: &a0 [" + ",".join("x" * 10) + "]"]
    rows += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    assert first_problem("\n".join(rows))[1] == "it unfolds into more than 1000000 values."


def test_an_honest_alias_is_read() -> None:
    """A text may be written once and named again."""
    assert read_source("a: &x [1, 2]\nb: *x", "f.yaml").data == {"a": [1, 2], "b": [1, 2]}


def test_bytes_that_are_no_utf8_are_a_problem_with_their_line() -> None:
    """A file in another encoding is refused where it first differs; a byte order mark is not minded."""
    with pytest.raises(InvalidInputError) as caught:
        read_bytes("name: A\nname2: Å".encode("latin-1"), "f.yaml")
    assert caught.value.problems[0].line == 2
    assert read_bytes(b"\xef\xbb\xbfa: 1", "f.yaml") == "a: 1"


def test_a_place_has_its_line() -> None:
    """A value has the line of its key or its dash; what does not exist has the line of what is above it."""
    source = read_source("a:\n  b:\n    - x\n    - y: 1\n      z:\n        2\nc: one\n", "f.yaml")
    paths: list[tuple[tuple[str | int, ...], int]] = [
        (("a",), 1), (("a", "b"), 2), (("a", "b", 1), 4), (("a", "b", 1, "z"), 5), (("a", "b", 7), 2), (("c", 0), 7),
    ]  # fmt: skip
    assert [source.line(path) for path, _ in paths] == [line for _, line in paths]
    assert source.line(("a",), "x") == 3


def test_a_place_in_words_has_its_line() -> None:
    """The path that a finding names leads to its line, ids with dots in them and single values without a list too."""
    text = (
        "components:\n  n.1:\n    requires:\n      - a\n      - needs: b\n  n:\n    requires: a\n    1: x\n"
    )
    source = read_source(text, "f.yaml")
    places = [
        "components.n.1.requires[1]",
        "components.n.requires[0]",
        "components.n.name",
        "components",
        "document",
        "",
    ]
    assert [source.line_at(place) for place in places] == [5, 7, 6, 1, 1, 1]
    assert source.line_at("components.n.1.requires[9].needs") == 3


def test_json_is_read_too() -> None:
    """JSON is read by the same way, emoji as two escapes and tabs included."""
    text = '{"a": "\\ud83d\\ude00 \\/ \\u00e5",\n\t"b": [1, -2.5e3, true, null]}'
    assert read_source(text, "f.json").data == json.loads(text)


@given(PLAIN)
def test_json_of_any_data_reads_back(data: Any) -> None:
    """What the standard library writes as JSON is read as the same data."""
    for ascii_only in (True, False):
        assert read_source(json.dumps({"a": data}, ensure_ascii=ascii_only), "f.json").data == {"a": data}


@given(st.dictionaries(TEXTS, PLAIN, max_size=4))
def test_yaml_of_any_data_reads_back(data: dict[str, Any]) -> None:
    """What is written as YAML is read as the same data, whatever the texts hold."""
    assert read_source(yaml_text(data), "f.yaml").data == (data or None)


@given(st.text())
def test_any_text_is_data_or_a_problem(text: str) -> None:
    """No text whatever makes the reader fail in another way."""
    found: object = None
    with suppress(InvalidInputError):
        found = read_source(text, "f.yaml")
    assert found is None or isinstance(found, Source)
