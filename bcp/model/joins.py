"""Where a building block meets a plan: which components come into question, which are proposed, which are chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bcp.model.block import Answers, Block, How, Join
from bcp.model.plan import Plan


def marks_of(block: Block, join: Join) -> frozenset[str]:
    """The kinds and tags by which one sees that something has what the join would give it."""
    return frozenset(join.done_by or {block.parts["components"][join.part]["kind"]})


def candidates(plan: Plan, join: Join, above: Iterable[str]) -> tuple[str, ...]:
    """The plan's components that come into question for a join: by kind as the join lists them, then as the plan does.

    `above` are those chosen in the join that `below` names.
    """
    wanted = frozenset(join.kinds)
    within = rests_on(plan, above) if join.below is not None else plan.components.keys()
    found = [
        i
        for i, c in plan.components.items()
        if (c.kind in wanted or set(c.tags) & set(join.tags))
        and not set(c.tags) & set(join.not_tags)
        and i in within
    ]
    rank = {kind: n for n, kind in enumerate(join.kinds)}
    return tuple(sorted(found, key=lambda i: rank.get(plan.components[i].kind, len(rank))))


def chosen(plan: Plan, block: Block, answers: Answers) -> Mapping[str, tuple[str, ...]]:
    """The components that each join takes: those answered that are still there, else those proposed.

    Proposed is what has nothing of the kind yet, and never anything that a fallback rests on: that it shares
    everything with what it stands in for, or nothing, is for people to say.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name, join in block.joins.items():
        above = found.get(join.below or "", ())
        possible = candidates(plan, join, above)
        if answers.own(name, join):
            kept: tuple[str, ...] = ()
        elif name in answers.joins and name not in answers.unknown_joins:
            kept = tuple(i for i in answers.joins[name] if i in plan.components)
        else:
            kept = _proposed(plan, block, join, possible)
        found[name] = kept[:1] if join.one else kept
    return found


def reached(plan: Plan, block: Block, answers: Answers) -> Mapping[str, float]:
    """How many of the customers (share 0–1) are reached by what a join takes, for each join that limits a proposal.

    Those who are not told of a number do not call it: a fallback that is published carries no more than its
    channels reach, unless somebody says so. Where none is chosen, those that could be count. It is the one that
    reaches most, because the others may reach the same people; a join of unknown reach limits nothing.
    """
    found = {}
    taken = chosen(plan, block, answers)
    for name in sorted({a.at_most for a in block.asks.values() if a.at_most} & block.joins.keys()):
        join = block.joins[name]
        ids = taken[name] or candidates(plan, join, taken.get(join.below or "", ()))
        shares = [c.reach for i in ids if (c := plan.components[i]).reach is not None]
        if shares:
            found[name] = max(shares)
    return found


def _proposed(plan: Plan, block: Block, join: Join, possible: tuple[str, ...]) -> tuple[str, ...]:
    if join.one:
        return possible
    if join.how is How.USES:
        return ()
    marks = marks_of(block, join)
    return tuple(i for i in possible if not rests_directly(plan, i, marks))


def rests_directly(plan: Plan, key: str, marks: frozenset[str]) -> tuple[str, ...]:
    """Those of its requirements that are of one of these kinds or have one of these tags."""
    members = dict.fromkeys(m for r in plan.components[key].requires for m in r.members)
    there = [(m, plan.components[m]) for m in members if m in plan.components]
    return tuple(m for m, c in there if marks & {str(c.kind), *c.tags})


def rests_on(plan: Plan, above: Iterable[str]) -> set[str]:
    """All that these components require, directly or through others."""
    found: set[str] = set()
    row = [i for i in above if i in plan.components]
    while row:
        below = [m for i in row for r in plan.components[i].requires for m in r.members]
        row = [i for i in dict.fromkeys(below) if i not in found]
        found |= set(row)
    return found
