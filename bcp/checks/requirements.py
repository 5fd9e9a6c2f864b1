"""M: requirements that do not say what they seem to say."""

from __future__ import annotations

from collections.abc import Iterator

from bcp.checks.evidence import Evidence
from bcp.checks.rule import Hit, Rule
from bcp.model.finding import Severity
from bcp.model.references import Path
from bcp.model.remedy import Change, added
from bcp.model.requirement import Needs, Pool, Quorum, Requirement


def _without_effect(evidence: Evidence) -> Iterator[Hit]:
    for i, c in evidence.plan.components.items():
        for n, requirement in enumerate(c.requires):
            if isinstance(requirement, Needs) and requirement.impact == 0:
                at: Path = ("components", i, "requires", n)
                values = {"name": c.name, "need": evidence.plan.title(requirement.needs)}
                yield Hit(i, at, values, (Change(path=at, before=_written(requirement)),))


def _needs_all(evidence: Evidence) -> Iterator[Hit]:
    for i, c in evidence.plan.components.items():
        for n, requirement in enumerate(c.requires):
            if isinstance(requirement, Quorum) and requirement.quorum == len(requirement.of) > 1:
                values = {
                    "name": c.name,
                    "n": requirement.quorum,
                    "members": evidence.names(requirement.members),
                }
                at: Path = ("components", i, "requires", n)
                first, *rest = [_written(_plain(m, requirement)) for m in requirement.of]
                replaced = Change(path=at, before=_written(requirement), after=first)
                behind = (added(at[:-1], len(c.requires) + k, value) for k, value in enumerate(rest))
                yield Hit(i, at, values, (replaced, *behind))


def _only_member(evidence: Evidence) -> Iterator[Hit]:
    for i, c in evidence.plan.components.items():
        for n, requirement in enumerate(c.requires):
            if isinstance(requirement, Pool | Quorum) and len(requirement.members) == 1:
                member = requirement.members[0]
                at: Path = ("components", i, "requires", n)
                plain = _written(_plain(member, requirement))
                change = Change(path=at, before=_written(requirement), after=plain)
                same = isinstance(requirement, Quorum) or requirement.pool[member] == 1
                values = {"name": c.name, "member": evidence.plan.title(member)}
                yield Hit(i, at, values, (change,) if same else ())


def _plain(member: str, instead_of: Requirement) -> Needs:
    return Needs(needs=member, during=instead_of.during)


def _written(requirement: Requirement) -> object:
    """The requirement as a plan's file has it."""
    return requirement.model_dump(mode="json")


RULES = (
    Rule(
        "M13", Severity.ADVICE, "Requirement without effect",
        "{name} requires {need} with an impact of 0: it loses nothing when that is gone.",
        "Who reads the plan believes that it matters; no result takes it into account.",
        "Give the share of the output that is lost without it, or take the requirement out.",
        "8.2.2", _without_effect, "Take out the requirement on {need}",
    ),
    Rule(
        "M14", Severity.ADVICE, "Quorum of all",
        "{name} needs all {n} of {members}: none of them may fail.",
        "A quorum reads like redundancy; this one has none.",
        "Lower the quorum if fewer are enough, or require each of them plainly.",
        "8.3.3", _needs_all, "Require each of them plainly",
    ),
    Rule(
        "M15", Severity.ADVICE, "Choice of one",
        "{name} has {member} to choose from, and nothing else.",
        "It is written as redundancy, and is none.",
        "Name what can take its place, or require it plainly.",
        "8.3.3", _only_member, "Require it plainly",
    ),
)  # fmt: skip
