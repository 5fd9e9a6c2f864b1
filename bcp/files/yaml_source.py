"""YAML and JSON text to plain data in which every value knows its line.

Only what a plan needs of YAML: `true` and `false` are the truth values (`no` and `on` are words), a
number that begins with `+` or `0` stays text, and so do dates and times of day. A key that stands
twice, a text that refers to itself and one that unfolds into too much are problems, not surprises.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from bcp.errors import InvalidInputError, Problem
from bcp.files.yaml_tree import Builder, Node, refused
from bcp.saying import said

MOST_BYTES = 20_000_000
"""A larger file is no plan."""

_POSITION = re.compile(r"\[(\d{1,9})\]\.?")
_JSON_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")

_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that JSON takes as they are inside its texts and YAML only escaped."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file's data, and the line of every place in it."""

    file_name: str
    root: Node

    @property
    def data(self) -> Any:
        """Plain dicts, lists, texts, numbers, truth values and None."""
        return self.root.data

    def node(self, path: tuple[str | int, ...]) -> tuple[Node, int]:
        """The value at a path, or the nearest one above it that exists; and how far down the path that is."""
        node = self.root
        for depth, part in enumerate(path):
            inner: Node | None = None
            if isinstance(part, str) and isinstance(node.items, dict):
                inner = node.items.get(part)
            elif isinstance(part, int) and isinstance(node.items, list):
                inner = node.items[part] if part < len(node.items) else None
            elif part == 0:
                inner = node  # one value written without the list's brackets
            if inner is None:
                return node, depth
            node = inner
        return node, len(path)

    def line(self, path: tuple[str | int, ...], word: str = "") -> int:
        """The line of a place, from 1; of the text `word` inside it where that is found."""
        node, _ = self.node(path)
        return next(_lines_of(node, word), node.line) if word else node.line

    def line_at(self, where: str) -> int:
        """The line of a place written as people read it, such as `components.n-0771.requires[0]`."""
        node = self.root
        while where:
            inner: Node | None = None
            if isinstance(node.items, dict):
                key = next((k for k in _heads(where) if k in node.items), None)
                inner = node.items[key] if key is not None else None
                where = where[len(key) :].removeprefix(".") if key is not None else ""
            elif isinstance(node.items, list) and (position := _POSITION.match(where)) is not None:
                where = where[position.end() :]
                inner = node.items[int(position[1])] if int(position[1]) < len(node.items) else None
            if inner is None:
                break
            node = inner
        return node.line

    def problem(
        self, path: tuple[str | int, ...], text: str, message: str, fix: str, word: str = ""
    ) -> Problem:
        """A problem at a place; `text` is the path as people read it."""
        return Problem(self.file_name, self.line(path, word), text, message, fix)


def _heads(where: str) -> Iterator[str]:
    """The beginnings of a place that may be a key, the longest first: keys may themselves hold points and brackets."""
    yield where
    for end in range(len(where) - 1, -1, -1):
        if where[end] in ".[":
            yield where[:end]


def _lines_of(node: Node, word: str) -> Iterator[int]:
    if node.items is None:
        if node.raw == word:
            yield node.line
    elif isinstance(node.items, dict):
        for key, inner in node.items.items():
            if key == word:
                yield inner.line
            yield from _lines_of(inner, word)
    else:
        for inner in node.items:
            yield from _lines_of(inner, word)


def read_bytes(content: bytes, file_name: str) -> str:
    """The text of a file in UTF-8. Raises InvalidInputError where it is not, or too large."""
    if len(content) > MOST_BYTES:
        raise refused(
            file_name,
            0,
            said("the file is larger than {n} MB.", n=MOST_BYTES // 10**6),
            said("Split it, or leave out what is no plan."),
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refused(
            file_name,
            line,
            said("the text is not in UTF-8."),
            said("Save the file again with the encoding UTF-8."),
        ) from error


def read_source(text: str, file_name: str) -> Source:
    """The data of a YAML or JSON text with its lines. Raises InvalidInputError with what keeps it from being read."""
    if len(text) > MOST_BYTES:
        raise refused(
            file_name,
            0,
            said("the text is larger than {n} MB.", n=MOST_BYTES // 10**6),
            said("Split it, or leave out what is no plan."),
        )
    plain = text.removeprefix("\ufeff")
    if plain.lstrip()[:1] in ("{", "[") and _is_json(plain):
        plain = _NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", _JSON_PAIR.sub(_json_pair, plain))
    builder = Builder(file_name)
    try:
        for event in yaml.parse(plain, Loader=yaml.CSafeLoader):
            builder.take(event)
    except yaml.YAMLError as error:
        raise _unreadable(file_name, plain, error) from error
    except ValueError as error:  # lone surrogates cannot be encoded for the parser
        raise refused(
            file_name, 0, said("the text holds characters that no file can."), said("Take them out.")
        ) from error
    if builder.problems:
        raise InvalidInputError(sorted(builder.problems))
    return Source(file_name, builder.root or Node(1))


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _json_pair(match: re.Match[str]) -> str:
    """JSON writes 😀 as two escapes, YAML as one."""
    character = json.loads(f'"\\u{match[2]}\\u{match[3]}"')
    return f"{match[1]}\\U{ord(character):08x}"


_HINTS = (
    ("tab character", said("Indent with spaces, not tabs.")),
    (
        "character that cannot start any token",
        said("Put the text in quotes; use spaces, not tabs, to indent."),
    ),
    (
        "mapping values are not allowed",
        said("A text with a colon in it needs quotes; check the indentation too."),
    ),
    (
        "did not find expected key",
        said("Check the indentation and that every quote and bracket is closed."),
    ),
    ("did not find expected '-' indicator", said("Check the indentation of the list.")),
    (
        "could not find expected ':'",
        said("A key needs a colon after it; check the indentation and the quotes."),
    ),
    ("did not find expected ',' or", said("A bracket {{ or [ is not closed, or a comma is missing.")),
    ("unexpected end of stream", said("A quote or bracket is not closed.")),
    ("control characters are not allowed", said("Take the control character out.")),
    ("undefined alias", said("Write the text out instead of *name, or define it first with &name.")),
)


def _unreadable(file_name: str, text: str, error: yaml.YAMLError) -> InvalidInputError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = str(getattr(error, "problem", None) or getattr(error, "reason", None) or said("it is no YAML"))
    line = mark.line + 1 if mark is not None else 0
    if isinstance(position := getattr(error, "position", None), int) and mark is None:
        line = text.count("\n", 0, position) + 1
    fix = next(
        (hint for start, hint in _HINTS if start in what),
        said("Check the indentation, quotes and brackets there."),
    )
    return refused(file_name, line, said("the text cannot be read: {what}.", what=what), fix)
