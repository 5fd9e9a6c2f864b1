"""Which definition a name means in an Open-PSA model: public, or private to a fault tree's component."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bcp.errors import Problem
from bcp.files.xml_source import Element
from bcp.saying import said

_KINDS = {
    "define-gate": "gate",
    "define-basic-event": "basic-event",
    "define-house-event": "house-event",
    "define-parameter": "parameter",
}
_CONTAINERS = ("define-fault-tree", "define-component")
LONGEST_NAME = 300
"""Characters that a name in a plan may have."""
BESIDE = ("label", "attributes")
"""What may stand in any definition beside what it defines."""

_NOT_READ = {
    "define-CCF-group": said("groups with common-cause failures"),
    "define-event-tree": said("event trees"),
    "define-initiating-event": said("initiating events"),
    "define-functional-event": said("functional events"),
    "define-sequence": "sequences",
    "define-consequence": "consequences",
    "define-consequence-group": said("groups of consequences"),
    "define-rule": "rules",
    "define-alignment": "alignments",
    "define-substitution": "substitutions",
    "define-extern-library": said("external libraries"),
    "define-extern-function": said("external functions"),
    "include": said("other files"),
}


@dataclass(slots=True)
class Definition:
    """Something that the model defines: where it stands, and the name it has once scopes are gone."""

    kind: str
    name: str
    element: Element
    base: str
    private: bool

    @property
    def path(self) -> str:
        """Its full path, such as Tree.component.gate."""
        return ".".join(part for part in (self.base, self.element.attributes.get("name", "").strip()) if part)

    @property
    def title(self) -> str:
        """What problems call it."""
        return f"{self.kind.replace('-', ' ')} {self.name}"


@dataclass(slots=True)
class Scope:
    """All definitions of a model, found by name from where the name is used; and the problems met so far."""

    file_name: str
    problems: list[Problem] = field(default_factory=list)
    events: dict[str, Definition] = field(default_factory=dict)
    parameters: dict[str, Definition] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """Every name under which an event or gate can be meant."""
        return list(self.events)

    def problem(self, line: int, where: str, message: str, fix: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(self.file_name, line, where, message, fix))

    def add(self, definition: Definition) -> None:
        """Take a definition in: under its full path, and a public one under its name too."""
        table = self.parameters if definition.kind == "parameter" else self.events
        own = definition.element.attributes.get("name", "").strip()
        for key in (definition.path,) if definition.private else (definition.path, own):
            first = table.setdefault(key, definition)
            if first is not definition:
                message = said("it is defined a second time; first on line {line}.", line=first.element.line)
                self.problem(definition.element.line, definition.title, message, said("Keep one of the two."))
                return

    def event(self, name: str, user: Definition) -> Definition | None:
        """The gate, basic event or house event that `name` means inside `user`'s container."""
        return _found(self.events, name, user.base)

    def parameter(self, name: str, base: str) -> tuple[Element, str] | None:
        """The expression of the parameter that `name` means inside a container, and its own container."""
        found = _found(self.parameters, name, base)
        inner = found.element.children if found else ()
        expression = next((child for child in inner if child.name not in BESIDE), None)
        return (expression, found.base) if found and expression else None


def _found(table: dict[str, Definition], name: str, base: str) -> Definition | None:
    """In the container itself, then among what is public or named by its whole path, then further out."""
    if not name:
        return None
    scopes = [base]
    while scopes[-1]:
        scopes.append(scopes[-1].rpartition(".")[0])
    keys = (f"{base}.{name}", name, *(f"{scope}.{name}" for scope in scopes[1:]))
    return next((table[key] for key in keys if key in table), None)


def collected(root: Element, scope: Scope) -> list[Definition]:
    """Every definition of the model in the order of the file, each with a name of its own."""
    found: list[Definition] = []
    for child in root.children:
        if child.name == "define-fault-tree":
            found += _inside(child, scope, child.attributes.get("name", "").strip(), private=False)
        elif child.name == "model-data":
            found += _inside(child, scope, "", private=False)
        elif child.name not in BESIDE:
            _not_read(child, scope)
    for definition in found:
        scope.add(definition)
    _name_private(found)
    return found


def _inside(container: Element, scope: Scope, base: str, *, private: bool) -> Iterator[Definition]:
    for child in container.children:
        if child.name in BESIDE:
            continue
        role = child.attributes.get("role", "")
        hidden = role == "private" if role else private
        name = child.attributes.get("name", "").strip()
        if child.name == "define-component" and container.name in _CONTAINERS:
            yield from _inside(child, scope, f"{base}.{name}", private=hidden)
        elif child.name not in _KINDS:
            _not_read(child, scope)
        elif not name or len(name) > LONGEST_NAME:
            message = said(
                "<{name}> needs a name of 1 to {most} characters.", name=child.name, most=LONGEST_NAME
            )
            scope.problem(child.line, "", message, said("Give it a name."))
        else:
            yield Definition(_KINDS[child.name], name, child, base, hidden)


def _not_read(element: Element, scope: Scope) -> None:
    what = _NOT_READ.get(element.name)
    message = (
        said("<{name}> is not read: {what} cannot be said in a plan.", name=element.name, what=what)
        if what
        else said("<{name}> is not read here.", name=element.name)
    )
    scope.problem(
        element.line, "", message, said("Take it out, or keep only the fault trees and their data.")
    )


def _name_private(definitions: list[Definition]) -> None:
    """Name what is private by its path inside its fault tree: t.E1 becomes t-E1, made unlike any other."""
    taken = {d.name for d in definitions if not d.private}
    for definition in definitions:
        if definition.private:
            inside = definition.path.split(".", 1)[-1].replace(".", "-")
            number = 1
            name = inside
            while name in taken:
                number += 1
                name = f"{inside}-{number}"
            taken.add(name)
            definition.name = name
