"""P: whether enough people can be called together when something fails, and know when to come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bcp.checks.evidence import Evidence
from bcp.checks.people import acting, wakes
from bcp.checks.rule import Hit, Rule
from bcp.engine.levels.tolerance import LEVEL
from bcp.engine.people.reachability import has_role, reachability_at
from bcp.engine.people.ways import Base, Ways
from bcp.model.finding import Severity
from bcp.model.plan import WayKind
from bcp.model.references import WHOLE_PLAN, Path
from bcp.model.remedy import added

_SERVES = 0.5
"""From this level on a component serves, as for what a fallback needs."""

_TELEPHONE = (WayKind.MOBILE, WayKind.PHONE, WayKind.SMS)


def _one_failure(evidence: Evidence) -> Iterator[Hit]:
    activation = evidence.plan.document.activation
    deciders = tuple(dict.fromkeys(activation.decided_by))
    quorum = activation.quorum or 1
    if not quorum <= len(deciders) > 1 or WHOLE_PLAN in (evidence.found("P1") or ()):
        return
    ways = Ways(evidence.plan)
    bases = [_waking(d, ways) for d in deciders]
    struck = Counter(i for of_one in bases for i in evidence.reach.ids(_below_all(of_one, evidence)))
    few = [i for i, n in struck.items() if len(deciders) - n < quorum]
    for component in evidence.reach.tops(evidence.reach.mask(few)):
        left = sum(_called(of_one, component, evidence) for of_one in bases)
        if left < quorum:
            values = {
                "component": evidence.plan.title(component),
                "left": left,
                "n": len(deciders),
                "quorum": quorum,
            }
            yield Hit(WHOLE_PLAN, ("document", "activation", "decided_by"), values)


def _waking(contact: str, ways: Ways) -> list[Base]:
    """What the ways to somebody rest on; an e-mail wakes nobody."""
    return [base for way, base in ways.of(ways.plan.contacts[contact]) if way.kind is not WayKind.EMAIL]


def _below_all(bases: list[Base], evidence: Evidence) -> int:
    """A bit for each component on which every way rests; none where a way rests on nothing known."""
    common = -1
    for base in bases:
        below = 0
        for i in base.all_of:
            below |= evidence.reach.below(i)
        common &= below
    return common if bases else 0


def _called(bases: list[Base], lost: str, evidence: Evidence) -> bool:
    """True while some way serves, or may, when a component is lost."""
    x, index = evidence.levels(lost, 0.0), evidence.system.index
    return any(all(x[index[i]] >= _SERVES - LEVEL for i in base.all_of) for base in bases)


def _sim_unknown(evidence: Evidence) -> Iterator[Hit]:
    named = acting(evidence)
    open_ones = [
        i for i, c in evidence.plan.contacts.items() if i in named and c.mobile is not None and not c.operator
    ]
    if open_ones:
        yield Hit(WHOLE_PLAN, ("contacts", open_ones[0]), {"names": evidence.names(open_ones)})


def _left_out_of_the_tree(evidence: Evidence) -> Iterator[Hit]:
    tree = (
        reachability_at(evidence.plan, {}).call_tree if evidence.plan.document.activation.call_tree else None
    )
    missed = [] if tree is None else [*dict.fromkeys((*tree.left_out, *tree.adrift))]
    if tree is not None and missed:
        at: Path = ("document", "activation", "call_tree")
        first = tree.roots[0] if tree.roots else None
        called = evidence.plan.document.activation.call_tree.get(first, ()) if first is not None else ()
        changes = (
            tuple(added((*at, first), len(called) + n, i) for n, i in enumerate(missed)) if first else ()
        )
        values = {"names": evidence.names(missed), "first": evidence.plan.title(first) if first else ""}
        yield Hit(WHOLE_PLAN, at, values, changes)


def _quorum_too_large(evidence: Evidence) -> Iterator[Hit]:
    activation = evidence.plan.document.activation
    n = len(set(activation.decided_by))
    if activation.quorum is not None and activation.quorum > n:
        yield Hit(WHOLE_PLAN, ("document", "activation", "quorum"), {"quorum": activation.quorum, "n": n})


def _role_of_nobody(evidence: Evidence) -> Iterator[Hit]:
    for n, role in enumerate(evidence.plan.document.activation.roles):
        if not any(has_role(c.role, role) for c in evidence.plan.contacts.values()):
            yield Hit(WHOLE_PLAN, ("document", "activation", "roles", n), {"role": role})


def _only_telephones(evidence: Evidence) -> Iterator[Hit]:
    activation = evidence.plan.document.activation
    contacts = [evidence.plan.contacts[i] for i in activation.decided_by]
    other = any(way.kind not in (*_TELEPHONE, WayKind.EMAIL) for c in contacts for way in c.ways)
    if len(contacts) > 1 and not activation.alarm_path and not other:
        yield Hit(WHOLE_PLAN, ("document", "activation"))


def _only_own_numbers(evidence: Evidence) -> Iterator[Hit]:
    named = acting(evidence)
    ways = Ways(evidence.plan)
    for i, c in evidence.plan.contacts.items():
        numbers = [n for n in (c.mobile, c.phone) if n is not None]
        if i in named and numbers and not wakes(c) and all(ways.numbers(n) for n in numbers):
            carried = sorted({component for n in numbers for component in ways.numbers(n)})
            yield Hit(i, ("contacts", i), {"name": c.name, "numbers": evidence.names(carried)})


def _no_criteria(evidence: Evidence) -> Iterator[Hit]:
    if evidence.plan.fallbacks and not evidence.plan.document.activation.criteria:
        yield Hit(WHOLE_PLAN, ("document", "activation"))


RULES = (
    Rule(
        "P6", Severity.WARNING, "One failure silences those who decide",
        "When {component} fails, {left} of the {n} who decide can be reached; {quorum} must be.",
        "The outage that calls for a decision keeps it from being made.",
        "Give some of them a way that does not rest on it: another SIM card, radio, a place to meet.",
        "8.4.2", _one_failure,
    ),
    Rule(
        "P7", Severity.ADVICE, "SIM cards of unknown operators",
        "The plan does not say which operator has the SIM card of {names}, who must act.",
        "Whether they can be called when an operator is down cannot be seen in any result.",
        "Ask each of them, and write down the operator of the SIM card.",
        "8.4.3", _sim_unknown, field="operator",
    ),
    Rule(
        "P8", Severity.WARNING, "Call tree that does not reach everybody",
        "The call tree does not lead to {names}.",
        "Whoever nobody calls does not come.",
        "Say in the call tree who calls them.",
        "8.4.3", _left_out_of_the_tree, "Have {first} call them", field="document.activation.call_tree",
    ),
    Rule(
        "P9", Severity.WARNING, "Quorum that cannot be met",
        "{quorum} of those who decide must be reached, but only {n} are named.",
        "The decision can never be made as the plan asks for it.",
        "Name more people who may decide, or ask for fewer of them.",
        "8.4.2", _quorum_too_large, field="document.activation.decided_by",
    ),
    Rule(
        "P10", Severity.WARNING, "Role that nobody has",
        "Somebody in the role {role} must be reached, but no contact has that role.",
        "A role without a name is filled by nobody at night.",
        "Give a contact that role, or correct the name of the role.",
        "8.4.2", _role_of_nobody, field="document.activation.roles",
    ),
    Rule(
        "P11", Severity.WARNING, "Crisis team called by telephone only",
        "The plan does not say how those who decide are called together without telephones.",
        "The plan is for the day on which calling them does not work.",
        "Write down after how long they meet where without being called.",
        "8.4.3", _only_telephones, field="document.activation.alarm_path",
    ),
    Rule(
        "P12", Severity.WARNING, "Person reached on the plan's own numbers only",
        "{name} must act, but can be called only through {numbers}.",
        "When those numbers are dead, so is the way to whoever should do something about it.",
        "Add a mobile with the operator of its SIM card, or another way.",
        "8.4.3", _only_own_numbers,
    ),
    Rule(
        "P14", Severity.ADVICE, "Nobody knows when to activate",
        "The plan has fallbacks, but does not say when it is activated.",
        "Everybody waits for somebody else to call it a crisis.",
        "Write down when: what has failed for how long.",
        "8.4.4", _no_criteria, field="document.activation.criteria",
    ),
)  # fmt: skip
