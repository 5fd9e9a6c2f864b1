"""P: whether the people who must act can be reached when the telephones are down."""

from __future__ import annotations

from collections.abc import Iterator

from bcp.checks.evidence import Evidence
from bcp.checks.rule import Hit, Rule
from bcp.model.component import Kind
from bcp.model.finding import Severity
from bcp.model.plan import Contact, WayKind
from bcp.model.references import WHOLE_PLAN, Path

_WITHOUT_OPERATOR = (WayKind.RADIO, WayKind.IN_PERSON)
"""Ways to wake somebody that no telephone operator carries."""


def _groups(evidence: Evidence) -> Iterator[tuple[str, str, Path, tuple[str, ...]]]:
    """Who must act together: whoever decides on activation, and every other team. Subject, name, place, contacts."""
    decided_by = evidence.plan.document.activation.decided_by
    name = evidence.words("The crisis team")
    yield WHOLE_PLAN, name, ("document", "activation", "decided_by"), decided_by
    for i, c in evidence.of_kind(Kind.TEAM):
        if set(c.members) != set(decided_by):
            yield i, c.name, ("components", i, "members"), c.members


def acting(evidence: Evidence) -> set[str]:
    """The contacts who must act: in a group, in a step of a fallback, or by sending a message."""
    plan = evidence.plan
    doers = [s.by for f in plan.fallbacks.values() for s in (*f.steps, *f.failback_steps)]
    doers += [m.by for m in plan.document.messages]
    named = {m for _, _, _, members in _groups(evidence) for m in members}
    return named | {by for by in doers if by is not None and by in plan.contacts}


def wakes(contact: Contact) -> bool:
    """True where a way to somebody is listed other than e-mail, which wakes nobody."""
    return any(way.kind is not WayKind.EMAIL for way in contact.ways)


def _one_operator(evidence: Evidence) -> Iterator[Hit]:
    for subject, name, path, members in _groups(evidence):
        contacts = [evidence.plan.contacts[m] for m in members]
        operators = {c.operator for c in contacts}
        otherwise = all(any(way.kind in _WITHOUT_OPERATOR for way in c.ways) for c in contacts)
        if len(members) > 1 and len(operators) == 1 and "" not in operators and not otherwise:
            yield Hit(subject, path, {"name": name, "operator": evidence.plan.title(operators.pop())})


def _unreachable(evidence: Evidence) -> Iterator[Hit]:
    named = acting(evidence)
    for i, contact in evidence.plan.contacts.items():
        if i in named and not (contact.phone or contact.mobile or wakes(contact)):
            yield Hit(i, ("contacts", i), {"name": contact.name})


def _nobody_decides(evidence: Evidence) -> Iterator[Hit]:
    if evidence.plan.fallbacks and not evidence.plan.document.activation.decided_by:
        yield Hit(WHOLE_PLAN, ("document", "activation"))


def _one_decider(evidence: Evidence) -> Iterator[Hit]:
    members = evidence.plan.document.activation.decided_by
    if len(members) == 1 and evidence.plan.contacts[members[0]].deputy is None:
        path: Path = ("document", "activation", "decided_by", 0)
        yield Hit(members[0], path, {"name": evidence.plan.title(members[0])})


def _empty_team(evidence: Evidence) -> Iterator[Hit]:
    for i, c in evidence.of_kind(Kind.TEAM):
        if not c.members:
            yield Hit(i, ("components", i), {"name": c.name})


RULES = (
    Rule(
        "P1", Severity.WARNING, "People all on one mobile operator",
        "All SIM cards of {name} are with {operator}: when that is down, none of their mobiles can be called.",
        "The outage that calls for them takes their telephones too.",
        "Give at least two of them a SIM card of another operator, or agree on a way without telephones.",
        "8.4.2", _one_operator,
    ),
    Rule(
        "P2", Severity.WARNING, "Person without a telephone number",
        "{name} must act, but the plan has no telephone number for them.",
        "An action card without a number is no help at night.",
        "Add their mobile, and the operator of its SIM card.",
        "8.4.3", _unreachable,
    ),
    Rule(
        "P3", Severity.WARNING, "Nobody decides",
        "The plan does not say who decides that a fallback is activated.",
        "Without a name the decision waits for the one who is on holiday.",
        "Name those who may activate, first choice first.",
        "8.4.2", _nobody_decides, field="document.activation.decided_by",
    ),
    Rule(
        "P4", Severity.ADVICE, "Only one person may decide",
        "{name} alone may activate the plan and has no deputy.",
        "One person cannot be on duty at every hour.",
        "Name a deputy, or more people who may decide.",
        "8.4.2", _one_decider,
    ),
    Rule(
        "P5", Severity.ADVICE, "Team without members",
        "The plan does not say who is in {name}.",
        "Nobody can be called by the name of a team.",
        "Name its people, the leader first.",
        "8.4.2", _empty_team, field="members",
    ),
)  # fmt: skip
