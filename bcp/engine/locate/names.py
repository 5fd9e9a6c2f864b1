"""What the names in calls stand for in a plan: components, numbers, operators, or things outside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import phonenumbers

from bcp.model.component import Component, Kind
from bcp.model.located import BETWEEN, Standing
from bcp.model.plan import Plan
from bcp.model.telephone import normal

_NUMBER = re.compile(r"[+(]?\d[\d\s\-()./\u2010-\u2015\u00a0]{1,24}")
_WORD = re.compile(r"[^\W_]+")

_FOREIGN_KINDS = frozenset({Kind.OPERATOR, Kind.SUPPLIER, Kind.INTERCONNECT})
"""Kinds that are somebody else's where nobody says whose they are."""


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """What a name stands for: a component, an operator that components have as theirs, or something outside."""

    name: str
    standing: Standing


@dataclass(frozen=True)
class Directory:
    """The names of a plan, as calls may write them.

    A name is looked for, in this order, among ids, telephone numbers (as E.164 or in the plan's country's
    own writing, a number's own component before a range that holds it), operators, and names of
    components. Case counts only between ids that differ in nothing else.
    """

    plan: Plan
    _known: dict[str, Named] = field(default_factory=dict, repr=False)
    _numbers: dict[str, str] = field(default_factory=dict, repr=False)
    _spans: list[tuple[int, str, str, str]] = field(default_factory=list, repr=False)
    _found: dict[str, Named] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for key in sorted(self.plan.components):
            component = self.plan.components[key]
            if component.e164 is not None:
                self._numbers.setdefault(component.e164, key)
            if component.span is not None:
                first, last = component.span.first, component.span.last
                self._spans.append((int(last) - int(first), first, last, key))
        self._spans.sort()
        for place in (self._by_id(), self._by_operator(), self._by_name()):
            for text, named in place.items():
                self._known.setdefault(text, named)

    def of(self, text: str) -> Named:
        """What a name stands for; every name stands for something, if only for itself outside the plan."""
        if text not in self._found:
            self._found[text] = self._looked_up(text)
        return self._found[text]

    def _looked_up(self, text: str) -> Named:
        if text in self.plan.components:
            return Named(text, Standing.COMPONENT)
        own = self._known.get(text.casefold())
        if own is not None and own.name.casefold() == text.casefold():
            return own
        number = self.number(text)
        carrier = self._carrier(number) if number else ""
        if carrier:
            return Named(carrier, Standing.COMPONENT)
        return own or Named(number or text, Standing.OUTSIDE)

    def number(self, text: str) -> str:
        """The text as a telephone number in the plan's form; empty where it is none."""
        bare = text.strip()
        if not _NUMBER.fullmatch(bare):
            return ""
        try:
            return normal(f"+{bare[2:]}" if bare.startswith("00") else bare)
        except ValueError:
            pass
        try:
            parsed = phonenumbers.parse(bare, self.plan.organisation.country)
        except phonenumbers.NumberParseException:
            return ""
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)

    def _carrier(self, number: str) -> str:
        if number in self._numbers:
            return self._numbers[number]
        inside = (
            key
            for _, first, last, key in self._spans
            if len(first) == len(number) and first <= number <= last
        )
        return next(inside, "")

    def _by_id(self) -> Mapping[str, Named]:
        return {
            i.casefold(): Named(i, Standing.COMPONENT) for i in sorted(self.plan.components, reverse=True)
        }

    def _by_name(self) -> Mapping[str, Named]:
        """Names of components; one that several have stands for none of them."""
        found: dict[str, list[str]] = {}
        for key, component in self.plan.components.items():
            found.setdefault(" ".join(component.name.split()).casefold(), []).append(key)
        return {name: Named(keys[0], Standing.COMPONENT) for name, keys in found.items() if len(keys) == 1}

    def _by_operator(self) -> Mapping[str, Named]:
        operators = sorted({c.operator for c in self.plan.components.values() if c.operator}, reverse=True)
        return {" ".join(o.split()).casefold(): Named(o, Standing.OPERATOR) for o in operators}


def of_operator(plan: Plan, operator: str, kind: Kind | None = None) -> frozenset[str]:
    """The components that have this operator, all or those of one kind; case counts for nothing."""
    wanted = operator.casefold()
    return frozenset(
        i
        for i, c in plan.components.items()
        if c.operator.casefold() == wanted and (kind is None or c.kind == kind)
    )


def is_outside(plan: Plan, named: Named) -> bool:
    """Whether something is somebody else's: an operator's that is not the organisation itself, or not in the plan.

    The way from one end to another is theirs where the calls begin, for they choose it. A component of which nobody says whose it is counts as the organisation's own, unless it is an
    operator, a supplier or an interconnect.
    """
    if named.standing is Standing.OUTSIDE:
        return True
    if named.standing is Standing.ROUTE:
        origin = named.name.partition(BETWEEN)[0]
        known = Standing.COMPONENT if origin in plan.components else Standing.OPERATOR
        return is_outside(plan, Named(origin, known))
    if named.standing is Standing.OPERATOR:
        return not _is_us(plan, named.name)
    component = plan.components[named.name]
    whose = _whose(named.name, component)
    if whose:
        return not _is_us(plan, whose)
    return component.kind in _FOREIGN_KINDS


def _whose(key: str, component: Component) -> str:
    if component.operator:
        return component.operator
    return (component.name or key) if component.kind == Kind.OPERATOR else ""


def _is_us(plan: Plan, operator: str) -> bool:
    """Whether an operator is the organisation: its words stand in the organisation's name, one after the other."""
    theirs = _WORD.findall(operator.casefold())
    ours = _WORD.findall(plan.organisation.name.casefold())
    return any(theirs == ours[i : i + len(theirs)] for i in range(len(ours))) if theirs else False
