"""M: components that nothing uses, and attributes that contradict the rest of the plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from bcp.checks.evidence import Evidence
from bcp.checks.rule import Hit, Rule
from bcp.engine.fate.claims import used_by
from bcp.engine.people.ways import Ways
from bcp.model.component import Component, Kind
from bcp.model.finding import Severity
from bcp.model.references import references
from bcp.model.remedy import Change, added
from bcp.words import Words

_ENDS = (Kind.ACTIVITY, Kind.CUSTOMER_GROUP, Kind.CHANNEL)
"""Kinds that are there for their own sake: nothing else has to use them."""

_NOT_IN_A_SITE = (Kind.SITE, Kind.POWER, Kind.OPERATOR, Kind.CUSTOMER_GROUP)
"""Kinds that may have a site as an address without failing with it: power feeds the site."""


def _unused(evidence: Evidence) -> Iterator[Hit]:
    plan, ways = evidence.plan, Ways(evidence.plan)
    named = {r.name for r in references(plan) if r.path[0] not in ("components", "accepted_risks")}
    named |= {c.operator for entries in (plan.components, plan.contacts) for c in entries.values()}
    named |= {i for contact in plan.contacts.values() for _, base in ways.of(contact) for i in base.on}
    decide = set(plan.document.activation.decided_by)
    named |= {i for i, c in plan.of_kind(Kind.TEAM).items() if decide & set(c.members)}
    used = evidence.reach.closure([*plan.of_kind(*_ENDS), *(i for i in plan.components if i in named)])
    for i, c in plan.components.items():
        if i not in used:
            yield Hit(i, ("components", i), {"name": c.name})


def _same_name(evidence: Evidence) -> Iterator[Hit]:
    first: dict[tuple[Kind, str], str] = {}
    for i, c in evidence.plan.components.items():
        if c.kind is not Kind.ACTIVITY:
            other = first.setdefault((c.kind, c.name.strip().casefold()), i)
            if other != i:
                yield Hit(i, ("components", i, "name"), {"name": c.name, "first": other, "second": i})


def _spelt_in_two_ways(evidence: Evidence) -> Iterator[Hit]:
    plan = evidence.plan
    usual = _usual_spellings(evidence)
    for section, entries in (("components", plan.components), ("contacts", plan.contacts)):
        for i, c in entries.items():
            wanted = usual.get(_folded(c.operator), c.operator)
            if c.operator != wanted:
                values = {"name": c.name or i, "operator": c.operator, "usual": wanted}
                change = Change(path=(section, i, "operator"), before=c.operator, after=wanted)
                yield Hit(i, (section, i, "operator"), values, (change,))


def _usual_spellings(evidence: Evidence) -> Mapping[str, str]:
    """By folded text: the id of the operator component of that id or name, else how most write it."""
    plan = evidence.plan
    written = Counter(
        c.operator
        for entries in (plan.components, plan.contacts)
        for c in entries.values()
        if _folded(c.operator)
    )
    ways: dict[str, list[str]] = defaultdict(list)
    for text in sorted(written, key=lambda t: (-written[t], t)):
        ways[_folded(text)].append(text)
    usual = {folded: texts[0] for folded, texts in ways.items()}
    for i, c in sorted(plan.of_kind(Kind.OPERATOR).items(), reverse=True):
        usual |= {_folded(c.name): i}
    return usual | {_folded(i): i for i in sorted(plan.of_kind(Kind.OPERATOR), reverse=True)}


def _folded(text: str) -> str:
    return "".join(ch for ch in text.casefold() if ch.isalnum())


def _not_with_its_site(evidence: Evidence) -> Iterator[Hit]:
    rests, components = evidence.reach.rests, evidence.plan.components
    for i, c in components.items():
        place = components.get(c.site)
        if place is None or place.kind is not Kind.SITE or c.kind in _NOT_IN_A_SITE or c.virtual:
            continue
        if not rests(i, c.site) and not rests(c.site, i):
            values = {"name": c.name, "site": place.name}
            change = added(("components", i, "requires"), len(c.requires), c.site)
            yield Hit(i, ("components", i, "site"), values, (change,) if _harmless(i, c, evidence) else ())


def _harmless(i: str, component: Component, evidence: Evidence) -> bool:
    """No fallback would turn out to rest on what it protects once the component rests on its site."""
    rests = evidence.reach.rests
    return not any(
        any(rests(used, i) for used in used_by(f))
        or (f.executes_at is not None and rests(f.protects, i) and rests(component.site, f.executes_at))
        for _, f in evidence.fallbacks()
    )


def _figures_of_a_name(evidence: Evidence) -> Iterator[Hit]:
    for i, c in evidence.plan.components.items():
        written = c.model_dump(mode="json", include={"mtbf", "mttr", "unavailability"}) if c.virtual else {}
        given = {field: value for field, value in written.items() if value is not None}
        if given:
            changes = tuple(Change(path=("components", i, f), before=v) for f, v in given.items())
            values = {"name": c.name, "fields": ", ".join(_figure(f, evidence.words) for f in given)}
            yield Hit(i, ("components", i), values, changes)


def _figure(field: str, _: Words) -> str:
    """A figure of how something fails, by its name."""
    return {
        "mtbf": _("time between failures"),
        "mttr": _("time to repair"),
        "unavailability": _("unavailability"),
    }[field]


RULES = (
    Rule(
        "M11", Severity.ADVICE, "Component that nothing uses",
        "No activity, customer group, notice channel or fallback uses {name}.",
        "Either something is missing that rests on it, or it makes the plan longer for nothing.",
        "Name it as needed by what needs it, or remove it.",
        "8.2.2", _unused, field="requires",
    ),
    Rule(
        "M12", Severity.ADVICE, "Two components with the same name",
        "{first} and {second} are of the same kind and both called {name}.",
        "In documents and on the telephone nobody can tell them apart.",
        "Rename one of them, or make them one component.",
        "8.2.2", _same_name,
    ),
    Rule(
        "M16", Severity.WARNING, "Operator spelt in two ways",
        "The operator of {name} is written {operator}; elsewhere it is {usual}.",
        "A scenario that strikes one of them leaves the other up.",
        "Write it in one way everywhere.",
        "8.2.2", _spelt_in_two_ways, "Write {usual}",
    ),
    Rule(
        "M17", Severity.WARNING, "Stands in a site without needing it",
        "{name} stands in {site}, but does not rest on it.",
        "A fire or a power cut there leaves it up in every result.",
        "Say that it rests on the site, or take it out as an address.",
        "8.2.2", _not_with_its_site, "Let it require {site}", field="requires",
    ),
    Rule(
        "M18", Severity.ADVICE, "Failure figures of a mere name",
        "{name} is virtual and cannot fail by itself, but has {fields}.",
        "The figures are in no result; whoever gave them meant something else.",
        "Put them on what really fails, or say that it can fail.",
        "8.2.3", _figures_of_a_name, "Take out {fields}", field="virtual",
    ),
)  # fmt: skip
