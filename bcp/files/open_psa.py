"""Fault trees in: the Open-PSA model exchange format, all problems of a file at once.

Read are coherent trees: and, or and at-least over gates, basic events and house events. What makes a
tree non-coherent (not, xor and their like) cannot be said with requirements and is refused by name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bcp.errors import InvalidInputError, Problem
from bcp.files.open_psa_expressions import MISSION_TIME, TRUTH, Evaluator, ExpressionError
from bcp.files.open_psa_scope import BESIDE, LONGEST_NAME, Definition, Scope, collected
from bcp.files.open_psa_tree import BasicEvent, FaultTree, Gate, HouseEvent, in_order
from bcp.files.xml_source import Element, read_xml
from bcp.files.yaml_tree import refused
from bcp.model.spelling import Spelling
from bcp.saying import said

ROOT = "opsa-mef"
"""The outermost element of the format."""

_MOST_PROBLEMS = 100
_LONGEST_LABEL = 20_000

_NON_COHERENT = ("not", "xor", "nand", "nor", "iff", "imply", "cardinality")
_REFERENCES = ("event", "gate", "basic-event", "house-event")

_NOUNS = {"gate": said("a gate"), "basic-event": said("a basic event"), "house-event": said("a house event")}


def read_open_psa(text: str, file_name: str, *, mission_time: float = MISSION_TIME) -> FaultTree:
    """The fault tree in a text of the Open-PSA model exchange format.

    Nested formulas become gates of their own, named after the gate they stand in, and what is private to
    a component is named by its path. Expressions are worked out for `mission_time` hours; a random
    deviate counts with its mean. Raises InvalidInputError with every problem, in the order of lines.
    """
    root = read_xml(text, file_name)
    if root.name != ROOT:
        message = said(
            "this is no Open-PSA model: its outermost element is <{name}>, not <{root}>.",
            name=root.name,
            root=ROOT,
        )
        raise refused(file_name, root.line, message, said("Check that it is the right file."))
    scope = Scope(file_name)
    definitions = collected(root, scope)
    evaluator = Evaluator(scope.parameter, mission_time)
    reader = _Reader(scope, evaluator, {d.name for d in definitions}, Spelling(scope.names))
    tree = reader.tree(_name(root), definitions)
    if scope.problems:
        raise InvalidInputError(_shown(scope.problems, file_name))
    return tree


def _name(root: Element) -> str:
    trees = root.named("define-fault-tree")
    names = (element.attributes.get("name", "").strip() for element in (*trees, root))
    return next((name[:LONGEST_NAME] for name in names if name), "fault-tree")


def _shown(problems: Iterable[Problem], file_name: str) -> list[Problem]:
    """The problems in the order of lines; of very many the first ones, and how many more there are."""
    found = sorted(set(problems))
    if len(found) <= _MOST_PROBLEMS:
        return found
    more = said("there are {n} more problems after these.", n=len(found) - _MOST_PROBLEMS)
    return [*found[:_MOST_PROBLEMS], Problem(file_name, 0, "", more, "")]


@dataclass(slots=True)
class _Reader:
    scope: Scope
    evaluator: Evaluator
    taken: set[str]
    spelling: Spelling
    gates: list[Gate] = field(default_factory=list)
    basic_events: list[BasicEvent] = field(default_factory=list)
    house_events: list[HouseEvent] = field(default_factory=list)

    def tree(self, name: str, definitions: list[Definition]) -> FaultTree:
        """The tree of all definitions; problems go to the scope."""
        for definition in definitions:
            match definition.kind:
                case "gate":
                    self._gate(definition)
                case "basic-event":
                    self._basic_event(definition)
                case "house-event":
                    self._house_event(definition)
                case _:
                    self._one(definition, "expression")
        if not self.gates and not self.scope.problems:
            self.scope.problem(
                0, "", said("there is no gate in it."), said("Define a top event with <define-gate>.")
            )
        self._rings(definitions)
        return FaultTree(name, tuple(self.gates), tuple(self.basic_events), tuple(self.house_events))

    def _rings(self, definitions: list[Definition]) -> None:
        _, ring = in_order(self.gates)
        if ring:
            line = next((d.element.line for d in definitions if d.name == ring[0]), 0)
            message = said("it rests on itself: {names}.", names=" → ".join((*ring, ring[0])))
            self.scope.problem(line, f"gate {ring[0]}", message, said("Take one of these references out."))

    def _label(self, definition: Definition) -> str:
        label = " ".join(part.text for part in definition.element.named("label"))
        if len(label) > _LONGEST_LABEL:
            message = said(
                "its label is longer than {longest_label} characters.", longest_label=_LONGEST_LABEL
            )
            self.scope.problem(definition.element.line, definition.title, message, said("Shorten it."))
        return label

    def _one(self, definition: Definition, what: str, *, needed: bool = True) -> Element | None:
        """The one formula, expression or constant of a definition."""
        found = [child for child in definition.element.children if child.name not in BESIDE]
        if len(found) == 1 or not (found or needed):
            return found[0] if found else None
        message = said("it has {n} {what}s; one is wanted.", n=len(found), what=what)
        self.scope.problem(
            definition.element.line, definition.title, message, said("Give it one {what}.", what=what)
        )
        return None

    def _house_event(self, definition: Definition) -> None:
        constant = self._one(definition, "constant", needed=False)
        failed = False if constant is None else self._constant(constant, definition)
        self.house_events.append(HouseEvent(definition.name, failed, self._label(definition)))

    def _constant(self, element: Element, definition: Definition) -> bool:
        value = element.attributes.get("value", "").strip()
        if element.name != "constant" or value not in TRUTH:
            message = said("a house event is a constant, true or false.")
            self.scope.problem(
                element.line, definition.title, message, said('Write <constant value="true"/>.')
            )
        return TRUTH.get(value, False)

    def _basic_event(self, definition: Definition) -> None:
        expression = self._one(definition, "expression", needed=False)
        probability = None if expression is None else self._probability(expression, definition)
        self.basic_events.append(BasicEvent(definition.name, probability, self._label(definition)))

    def _probability(self, expression: Element, definition: Definition) -> float | None:
        self.evaluator.base = definition.base
        try:
            value = self.evaluator.value(expression)
        except ExpressionError as error:
            self.scope.problem(error.line, definition.title, error.message, error.fix)
            return None
        if not 0 <= value <= 1:
            message = said("its probability is {value:.6g}, which is not between 0 and 1.", value=value)
            self.scope.problem(expression.line, definition.title, message, said("Check its expression."))
        return value

    def _gate(self, definition: Definition) -> None:
        formula = self._one(definition, "formula")
        if formula is not None:
            self._named(definition.name, formula, definition, self._label(definition))

    def _named(self, name: str, formula: Element, definition: Definition, label: str = "") -> None:
        """Add the gate of this name, and after it those of the formulas inside."""
        place = len(self.gates)
        self.gates.append(Gate(name, 1, ()))
        least, arguments = self._formula(formula, definition)
        self.gates[place] = Gate(name, least, arguments, label)

    def _formula(self, formula: Element, definition: Definition) -> tuple[int, tuple[str, ...]]:
        match formula.name:
            case "and" | "or" | "atleast":
                found = [a for child in formula.children if (a := self._argument(child, definition))]
                return self._combined(formula, found, definition)
            case "constant":
                return (0 if self._constant(formula, definition) else 1), ()
            case kind if kind in _REFERENCES:
                reference = self._reference(formula, definition)
                return 1, (reference,) if reference else ()
            case _:
                self._unknown_formula(formula, definition)
                return 1, ()

    def _argument(self, formula: Element, definition: Definition) -> str | None:
        """The name of a formula inside another: what it refers to, or a gate made for it."""
        if formula.name in _REFERENCES:
            return self._reference(formula, definition)
        if formula.name not in ("and", "or", "atleast", "constant"):
            self._unknown_formula(formula, definition)
            return None
        number = 1
        while (name := f"{definition.name}-{number}") in self.taken:
            number += 1
        self.taken.add(name)
        self._named(name, formula, definition)
        return name

    def _unknown_formula(self, formula: Element, definition: Definition) -> None:
        if formula.name in _NON_COHERENT:
            message = said(
                "<{name}> makes the tree non-coherent: a failure could mend something.", name=formula.name
            )
            fix = said("Such trees are not read. Rewrite the gate with and, or and atleast if it can be.")
        else:
            message = said("<{name}> is no formula that is read here.", name=formula.name)
            fix = said(
                "Formulas are and, or, atleast, and references to gates, basic events and house events."
            )
        self.scope.problem(formula.line, definition.title, message, fix)

    def _combined(
        self, formula: Element, found: list[str], definition: Definition
    ) -> tuple[int, tuple[str, ...]]:
        distinct = tuple(dict.fromkeys(found))
        if not formula.children:
            message = said("<{name}> combines nothing.", name=formula.name)
            self.scope.problem(formula.line, definition.title, message, said("Give it arguments."))
        if formula.name != "atleast":
            return (1 if formula.name == "or" else len(distinct)) or 1, distinct
        text = formula.attributes.get("min", "").strip()
        least = int(text) if text.isascii() and text.isdigit() and len(text) < len("1000000000") else 0
        if not 1 <= least <= len(formula.children):
            message = said(
                "at least {names} of {n} is never or always so.", names=text or "?", n=len(formula.children)
            )
            fix = said("Set min to a number from 1 to {n}.", n=len(formula.children))
            self.scope.problem(formula.line, definition.title, message, fix)
        elif len(distinct) < len(found):
            message = said("<atleast> names an argument twice.")
            self.scope.problem(formula.line, definition.title, message, said("Name each argument once."))
        return least, distinct

    def _reference(self, formula: Element, definition: Definition) -> str | None:
        name = formula.attributes.get("name", "").strip()
        found = self.scope.event(name, definition)
        wanted = formula.attributes.get("type", "") if formula.name == "event" else formula.name
        if found is None:
            noun = _NOUNS.get(wanted, "an event or gate").split(" ", 1)[1]
            fix = self.spelling.did_you_mean(
                name, said("Define it with <define-{names}>.", names=wanted or "basic-event")
            )
            self.scope.problem(
                formula.line,
                definition.title,
                said("there is no {noun} {name!r}.", noun=noun, name=name),
                fix,
            )
            return None
        if wanted and wanted != found.kind:
            message = said(
                "{name!r} is {noun} (line {line}), no {wanted}.",
                name=name,
                noun=_NOUNS[found.kind],
                line=found.element.line,
                wanted=wanted,
            )
            self.scope.problem(
                formula.line, definition.title, message, said("Write <{kind} name=…/>.", kind=found.kind)
            )
        return found.name
