"""YAML and JSON text to plain data in which every value knows its line.

Only what a plan needs of YAML: `true` and `false` are the truth values (`no` and `on` are words), a
number that begins with `+` or `0` stays text, and so do dates and times of day. A key that stands
twice, a text that refers to itself and one that unfolds into too much are problems, not surprises.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from bcp.errors import InvalidInputError, Problem

MOST_BYTES = 20_000_000
"""A larger file is no plan."""

MOST_VALUES = 1_000_000
"""Values in a file, those repeated by `*name` counted each time."""

DEEPEST = 60

_INTEGER = re.compile(r"-?(0|[1-9]\d{0,17})")
_NUMBER = re.compile(r"-?((0|[1-9]\d{0,17})(\.\d{0,40})?|\.\d{1,40})([eE][+-]?\d{1,3})?")
_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_JSON_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")

_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that JSON takes as they are inside its texts and YAML only escaped."""


@dataclass(slots=True)
class Node:
    """One value as it stands in the file: where, as written and as data."""

    line: int
    data: Any = None
    raw: str = ""
    items: dict[str, Node] | list[Node] | None = None
    weight: int = 1
    done: bool = True


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

    def problem(
        self, path: tuple[str | int, ...], text: str, message: str, fix: str, word: str = ""
    ) -> Problem:
        """A problem at a place; `text` is the path as people read it."""
        return Problem(self.file_name, self.line(path, word), text, message, fix)


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
        raise _refused(
            file_name,
            0,
            f"the file is larger than {MOST_BYTES // 10**6} MB.",
            "Split it, or leave out what is no plan.",
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _refused(
            file_name, line, "the text is not in UTF-8.", "Save the file again with the encoding UTF-8."
        ) from error


def read_source(text: str, file_name: str) -> Source:
    """The data of a YAML or JSON text with its lines. Raises InvalidInputError with what keeps it from being read."""
    if len(text) > MOST_BYTES:
        raise _refused(
            file_name,
            0,
            f"the text is larger than {MOST_BYTES // 10**6} MB.",
            "Split it, or leave out what is no plan.",
        )
    plain = text.removeprefix("\ufeff")
    if plain.lstrip()[:1] in ("{", "[") and _is_json(plain):
        plain = _NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", _JSON_PAIR.sub(_json_pair, plain))
    builder = _Builder(file_name)
    try:
        for event in yaml.parse(plain, Loader=yaml.CSafeLoader):
            builder.take(event)
    except yaml.YAMLError as error:
        raise _unreadable(file_name, plain, error) from error
    except ValueError as error:  # lone surrogates cannot be encoded for the parser
        raise _refused(
            file_name, 0, "the text holds characters that no file can.", "Take them out."
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


def _refused(file_name: str, line: int, message: str, fix: str) -> InvalidInputError:
    return InvalidInputError([Problem(file_name, line, "", message, fix)])


_HINTS = (
    ("tab character", "Indent with spaces, not tabs."),
    ("character that cannot start any token", "Put the text in quotes; use spaces, not tabs, to indent."),
    ("mapping values are not allowed", "A text with a colon in it needs quotes; check the indentation too."),
    ("did not find expected key", "Check the indentation and that every quote and bracket is closed."),
    ("did not find expected '-' indicator", "Check the indentation of the list."),
    ("could not find expected ':'", "A key needs a colon after it; check the indentation and the quotes."),
    ("did not find expected ',' or", "A bracket { or [ is not closed, or a comma is missing."),
    ("unexpected end of stream", "A quote or bracket is not closed."),
    ("control characters are not allowed", "Take the control character out."),
    ("undefined alias", "Write the text out instead of *name, or define it first with &name."),
)


def _unreadable(file_name: str, text: str, error: yaml.YAMLError) -> InvalidInputError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "it is no YAML")
    line = mark.line + 1 if mark is not None else 0
    if isinstance(position := getattr(error, "position", None), int) and mark is None:
        line = text.count("\n", 0, position) + 1
    fix = next(
        (hint for start, hint in _HINTS if start in what), "Check the indentation, quotes and brackets there."
    )
    return _refused(file_name, line, f"the text cannot be read: {what}.", fix)


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being read, and the key whose value comes next."""

    node: Node
    key: str | None = None
    key_line: int = 0


@dataclass(slots=True)
class _Builder:
    file_name: str
    root: Node | None = None
    problems: list[Problem] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    named: dict[str, Node] = field(default_factory=dict)

    def take(self, event: Any) -> None:
        """Build on with the parser's next event."""
        match event:
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._begin(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._end()
            case yaml.AliasEvent():
                self._alias(event)
            case yaml.DocumentStartEvent() if self.root is not None:
                self._stop(event, "a second document begins here.", "Put one plan or scenario in a file.")

    def _scalar(self, event: Any) -> None:
        line = event.start_mark.line + 1
        opened = self.stack[-1] if self.stack else None
        if opened is not None and isinstance(opened.node.items, dict) and opened.key is None:
            self._key(opened, event.value, line)
            return
        plain = not event.style and event.implicit[0]
        data = _resolved(event.value) if plain else event.value
        self._add(Node(line, data, event.value), event.anchor)

    def _key(self, opened: _Open, key: str, line: int) -> None:
        if key in opened.node.data:
            first = opened.node.items[key].line  # type: ignore[index, call-overload] # data says: a mapping
            message = f"the key {key!r} stands here a second time; first on line {first}."
            self.problems.append(Problem(self.file_name, line, "", message, "Keep one of the two."))
        opened.key, opened.key_line = key, line

    def _begin(self, event: Any) -> None:
        mapping = isinstance(event, yaml.MappingStartEvent)
        opened = self.stack[-1] if self.stack else None
        if opened is not None and isinstance(opened.node.items, dict) and opened.key is None:
            self._stop(event, "a key must be a single text.", "Check the brackets { } and [ ].")
        if len(self.stack) >= DEEPEST:
            self._stop(
                event, f"it is nested more than {DEEPEST} deep.", "Check the brackets and the indentation."
            )
        node = Node(event.start_mark.line + 1, {} if mapping else [], "", {} if mapping else [], done=False)
        self._add(node, event.anchor)
        self.stack.append(_Open(node))

    def _end(self) -> None:
        node = self.stack.pop().node
        node.done = True
        inner = node.items.values() if isinstance(node.items, dict) else node.items or []
        node.weight = 1 + sum(i.weight for i in inner)
        if node.weight > MOST_VALUES:
            message = f"it unfolds into more than {MOST_VALUES} values."
            raise _refused(self.file_name, node.line, message, "Write the texts out instead of *name.")

    def _alias(self, event: Any) -> None:
        node = self.named.get(event.anchor)
        if node is None:
            self._stop(
                event, f"there is no &{event.anchor} before this.", "Write the text out instead of *name."
            )
        elif not node.done:
            self._stop(
                event, f"*{event.anchor} stands inside itself.", "Write the text out instead of *name."
            )
        elif self.stack and isinstance(self.stack[-1].node.items, dict) and self.stack[-1].key is None:
            self._key(self.stack[-1], node.raw, event.start_mark.line + 1)
        else:
            self._add(Node(event.start_mark.line + 1, node.data, node.raw, node.items, node.weight), None)

    def _add(self, node: Node, anchor: str | None) -> None:
        if anchor is not None:
            self.named[anchor] = node
        if not self.stack:
            self.root = node
            return
        opened = self.stack[-1]
        if isinstance(opened.node.items, dict):
            key = opened.key or ""
            node.line = opened.key_line
            opened.node.items[key] = node
            opened.node.data[key] = node.data
            opened.key = None
        elif opened.node.items is not None:
            opened.node.items.append(node)
            opened.node.data.append(node.data)

    def _stop(self, event: Any, message: str, fix: str) -> None:
        raise _refused(self.file_name, event.start_mark.line + 1, message, fix)


def _resolved(text: str) -> Any:
    """A plain scalar as data: null, a truth value, a number; otherwise the text itself."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _NUMBER.fullmatch(text):
        return float(text)
    return text
