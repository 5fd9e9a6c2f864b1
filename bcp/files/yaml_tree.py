"""The tree of a YAML text, built from the parser's events: every value with its line, nothing recursive."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from bcp.errors import InvalidInputError, Problem
from bcp.saying import said

MOST_VALUES = 1_000_000
"""Values in a file, those repeated by `*name` counted each time."""

DEEPEST = 60

_INTEGER = re.compile(r"-?(0|[1-9]\d{0,17})")
_NUMBER = re.compile(r"-?((0|[1-9]\d{0,17})(\.\d{0,40})?|\.\d{1,40})([eE][+-]?\d{1,3})?")
_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


@dataclass(slots=True)
class Node:
    """One value as it stands in the file: where, as written and as data."""

    line: int
    data: Any = None
    raw: str = ""
    items: dict[str, Node] | list[Node] | None = None
    weight: int = 1
    done: bool = True


def refused(file_name: str, line: int, message: str, fix: str) -> InvalidInputError:
    """A text that cannot be read at all, for one reason."""
    return InvalidInputError([Problem(file_name, line, "", message, fix)])


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being read, and the key whose value comes next."""

    node: Node
    key: str | None = None
    key_line: int = 0


@dataclass(slots=True)
class Builder:
    """Takes the parser's events one by one; `root` is the tree, `problems` what stands twice in it."""

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
            message = said(
                "the key {key!r} stands here a second time; first on line {first}.", key=key, first=first
            )
            self.problems.append(Problem(self.file_name, line, "", message, said("Keep one of the two.")))
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
            message = said("it unfolds into more than {most_values} values.", most_values=MOST_VALUES)
            raise refused(self.file_name, node.line, message, said("Write the texts out instead of *name."))

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
        raise refused(self.file_name, event.start_mark.line + 1, message, fix)


def _resolved(text: str) -> Any:
    """A plain scalar as data: null, a truth value, a number; otherwise the text itself."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _NUMBER.fullmatch(text):
        return float(text)
    return text
