"""Who sits at the table: the plan's teams, and the people who answer for something and are in none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bcp.engine.notices.channels import own_staff
from bcp.model.component import Kind
from bcp.model.exercise import Part, Role
from bcp.model.plan import Plan
from bcp.words import Words

_PARTS: Mapping[Part, str] = {
    Part.MANAGEMENT: r"\bkris|crisis|krise|ledning|directie|direktion|director|direzione|management|\bvd\b",
    Part.COMMUNICATIONS: r"kommunika|communicat|comunicaz|press|notice|informat",
    Part.TECHNOLOGY: r"\bit\b|nät|drift|network|netz|netwerk|\brete\b|tekni|techni|engineer|operations|\bops\b|betrieb",
}
"""Words in the names of teams and of their leaders' roles, in five languages."""


@dataclass(frozen=True)
class Seats:
    """The roles of a plan, and which of them a person, an activity or a part is."""

    plan: Plan
    roles: tuple[Role, ...]
    _of: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def of(self, owner: str | None) -> str:
        """The role that a contact or team belongs to; empty for none."""
        if owner is None:
            return ""
        if not self._of:
            for role in self.roles:
                for key in (role.id, *role.contacts):
                    self._of.setdefault(key, role.id)
        return self._of.get(owner, "")

    def part(self, part: Part) -> tuple[str, ...]:
        """The roles that are there for this."""
        return tuple(role.id for role in self.roles if part in role.parts)

    def answering(self, component: str) -> tuple[str, ...]:
        """The role that answers for a component: its owner's, else a team that it needs, else who runs systems."""
        found = self.plan.components[component]
        part = Part.MANAGEMENT if found.kind == Kind.ACTIVITY else Part.TECHNOLOGY
        needed = (m for r in found.requires for m in r.members)
        role = next(filter(None, map(self.of, (found.owner, component, *needed))), "")
        return (role,) if role else self.part(part)

    def activating(self, fallback: str) -> tuple[str, ...]:
        """The role that activates a fallback: its owner's, else that of its first step, else of what it protects."""
        found = self.plan.fallbacks[fallback]
        role = next(filter(None, map(self.of, (found.owner, *(s.by for s in found.steps)))), "")
        return (role,) if role else self.answering(found.protects)

    def addressed(self, text: str) -> tuple[str, ...]:
        """Whom a scenario's own inject means: a part, or a role by id or name; none: everybody."""
        wanted = text.strip().casefold()
        if wanted in {part.value for part in Part}:
            return self.part(Part(wanted))
        return tuple(r.id for r in self.roles if wanted in (r.id.casefold(), r.name.casefold()))


def seats(plan: Plan, words: Words) -> Seats:
    """The roles of a plan. Somebody is always there for management, technology and communications.

    People of other organisations have no seat: operators and suppliers are played by the facilitator.
    """
    people = set(own_staff(plan))
    found = [*_teams(plan, people), *_alone(plan, people)]
    if not found:
        found = [
            Role(id="management", name=words("Management"), parts=(Part.MANAGEMENT, Part.SERVICE)),
            Role(id="it", name=words("IT and telephony"), parts=(Part.TECHNOLOGY,)),
            Role(id="communications", name=words("Communications"), parts=(Part.COMMUNICATIONS,)),
        ]
    return _with_duties(Seats(plan, tuple(_complete(plan, _shortly(found)))))


def _shortly(roles: Sequence[Role]) -> list[Role]:
    """The roles by their names up to the first comma, which separates roles elsewhere; told apart by their ids."""
    short = [role.name.split(",")[0].split(";")[0].strip() or role.id for role in roles]
    counts = Counter(name.casefold() for name in short)
    return [
        role.model_copy(update={"name": name if counts[name.casefold()] == 1 else f"{name} ({role.id})"})
        for role, name in zip(roles, short, strict=True)
    ]


def _teams(plan: Plan, people: set[str]) -> Iterator[Role]:
    for key, team in plan.of_kind(Kind.TEAM).items():
        members = tuple(m for m in team.members if m in people)
        if members:
            leader = plan.contacts[members[0]].role
            parts = _parts(plan, f"{key} {team.name}", leader, key)
            yield Role(id=key, name=team.name, contacts=members, parts=parts)


def _alone(plan: Plan, people: set[str]) -> Iterator[Role]:
    """Those who own something or decide, and sit in no team."""
    seated = {m for team in plan.of_kind(Kind.TEAM).values() for m in team.members}
    owners = (f.owner for f in plan.fallbacks.values())
    answering = (a.owner for a in plan.activities.values())
    for key in dict.fromkeys((*plan.document.activation.decided_by, *owners, *answering)):
        if key in people and key not in seated:
            contact = plan.contacts[key]
            yield Role(
                id=key,
                name=contact.role or contact.name,
                contacts=(key,),
                parts=_parts(plan, "", contact.role, key),
            )


def _parts(plan: Plan, name: str, leader: str, key: str) -> tuple[Part, ...]:
    """What a role is for, by its name and by the activities that need it; else by its leader's role."""
    found = {p for p, pattern in _PARTS.items() if re.search(pattern, name.casefold())}
    needed = any(key in r.members for a in plan.activities.values() for r in a.requires)
    if needed and Part.MANAGEMENT not in found:
        found.add(Part.SERVICE)
    found = found or {p for p, pattern in _PARTS.items() if re.search(pattern, leader.casefold())}
    return tuple(part for part in Part if part in found)


def _complete(plan: Plan, roles: Iterable[Role]) -> Iterator[Role]:
    """Somebody manages: who decides by the plan, else the first. What nobody is for is management's."""
    found = list(roles)
    deciding = plan.document.activation.decided_by
    if not any(Part.MANAGEMENT in r.parts for r in found):
        counts = [sum(c in deciding for c in r.contacts) for r in found]
        chief = counts.index(max(counts))
        found[chief] = found[chief].model_copy(update={"parts": (Part.MANAGEMENT, *found[chief].parts)})
    chief = next(n for n, r in enumerate(found) if Part.MANAGEMENT in r.parts)
    lacking = {p for p in Part if not any(p in r.parts for r in found)}
    parts = tuple(p for p in Part if p in {*found[chief].parts, *lacking})
    found[chief] = found[chief].model_copy(update={"parts": parts})
    yield from found


def _with_duties(seated: Seats) -> Seats:
    """The same roles with the activities and fallbacks that are theirs."""
    plan = seated.plan
    activities = {i: seated.answering(i) for i in plan.activities}
    fallbacks = {f: seated.activating(f) for f in plan.fallbacks}
    return Seats(
        plan,
        tuple(
            role.model_copy(
                update={
                    "activities": tuple(i for i, held in activities.items() if role.id in held),
                    "fallbacks": tuple(f for f, held in fallbacks.items() if role.id in held),
                }
            )
            for role in seated.roles
        ),
    )
