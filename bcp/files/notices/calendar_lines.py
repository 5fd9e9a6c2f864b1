"""iCalendar (RFC 5545) as components and properties with their lines: unfolding, parameters, nesting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bcp.files.yaml_tree import refused
from bcp.saying import said

DEEPEST = 10
"""How deep components may stand in each other."""

MOST_LINES = 500_000

_BREAK = re.compile(r"\r\n|\n|\r")
_NAME = re.compile(r"[A-Za-z0-9-]+")
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)')
_ESCAPED = re.compile(r"\\([\\;,nN])")


@dataclass(frozen=True, slots=True)
class Property:
    """One content line: its name in capitals, its first line, its parameters (by name in capitals), its raw value."""

    name: str
    line: int
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value as a TEXT, its escapes resolved."""
        return _ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], self.value)


@dataclass(slots=True)
class Component:
    """What stands between BEGIN and END; `stray` are lines that are no content lines, with their numbers."""

    name: str
    line: int
    properties: list[Property] = field(default_factory=list)
    children: list[Component] = field(default_factory=list)
    stray: list[tuple[int, str]] = field(default_factory=list)

    def first(self, name: str) -> Property | None:
        """The first property of this name."""
        return next(self.all(name), None)

    def all(self, name: str) -> Iterator[Property]:
        """Every property of this name, in the order of the file."""
        return (p for p in self.properties if p.name == name)

    def named(self, name: str) -> Iterator[Component]:
        """The components of this name that stand in it directly."""
        return (c for c in self.children if c.name == name)


def read_calendars(text: str, file_name: str) -> list[Component]:
    """The VCALENDAR components of a text.

    Lines that are no content lines are kept as stray: carriers fold long texts wrongly. Raises
    InvalidInputError with the line where something is not closed, closed that was not opened, stands
    outside a calendar, or where there is none.
    """
    stack: list[Component] = []
    calendars: list[Component] = []
    for line, content in _unfolded(text, file_name):
        found = _property(content, line)
        if found is None or found.name not in ("BEGIN", "END"):
            _keep(stack, found, line, content, file_name)
        elif found.name == "BEGIN":
            _begin(stack, calendars, found, file_name)
        else:
            _end(stack, found, file_name)
    if stack:
        message = said("{name} begins here and never ends.", name=stack[-1].name)
        raise refused(
            file_name, stack[-1].line, message, said("The file may have been cut off: fetch it again.")
        )
    if not calendars:
        raise refused(
            file_name, 1, said("there is no BEGIN:VCALENDAR."), said("Check that it is the right file.")
        )
    return calendars


def _unfolded(text: str, file_name: str) -> Iterator[tuple[int, str]]:
    """Each logical line with the number of its first physical line; empty ones left out."""
    begun, parts = 0, [""]
    for number, physical in enumerate(_BREAK.split(text.removeprefix("\ufeff")), 1):
        if number > MOST_LINES:
            raise refused(
                file_name,
                number,
                said("there are more than {most_lines} lines.", most_lines=MOST_LINES),
                said("Split the file."),
            )
        if begun and physical[:1] in (" ", "\t"):
            parts.append(physical[1:])
            continue
        if begun:
            yield begun, "".join(parts)
        begun, parts = (number, [physical]) if physical.strip() else (0, [""])
    if begun:
        yield begun, "".join(parts)


def _property(content: str, line: int) -> Property | None:
    """A content line; None where it is none."""
    name = _NAME.match(content)
    if name is None:
        return None
    place = name.end()
    parameters: dict[str, str] = {}
    while content[place : place + 1] == ";":
        found = _PARAMETER.match(content, place)
        if found is None:
            return None
        parameters[found[1].upper()] = found[2].strip('"')
        place = found.end()
    if content[place : place + 1] != ":":
        return None
    return Property(name[0].upper(), line, parameters, content[place + 1 :])


def _keep(stack: list[Component], found: Property | None, line: int, content: str, file_name: str) -> None:
    if not stack:
        message = said("this stands outside BEGIN:VCALENDAR and END:VCALENDAR.")
        raise refused(file_name, line, message, said("Take it out, or fetch the file again."))
    if found is None:
        stack[-1].stray.append((line, content))
    else:
        stack[-1].properties.append(found)


def _begin(stack: list[Component], calendars: list[Component], found: Property, file_name: str) -> None:
    component = Component(found.value.strip().upper(), found.line)
    if (component.name == "VCALENDAR") is bool(stack):
        where = said("inside another component") if stack else said("outside a calendar")
        message = said(
            "{names} begins {where}.", names=component.name or "a component without a name", where=where
        )
        raise refused(file_name, found.line, message, said("Check that every BEGIN has its END."))
    if len(stack) >= DEEPEST:
        message = said("components stand more than {deepest} deep in each other.", deepest=DEEPEST)
        raise refused(file_name, found.line, message, said("Check that every BEGIN has its END."))
    (stack[-1].children if stack else calendars).append(component)
    stack.append(component)


def _end(stack: list[Component], found: Property, file_name: str) -> None:
    name = found.value.strip().upper()
    if not stack or stack[-1].name != name:
        opened = (
            said("{name} of line {line} is open", name=stack[-1].name, line=stack[-1].line)
            if stack
            else said("nothing is open")
        )
        message = said("END:{name} ends what was not begun: {opened}.", name=name[:40], opened=opened)
        raise refused(file_name, found.line, message, said("Check that every BEGIN has its END."))
    stack.pop()
