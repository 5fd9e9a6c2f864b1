"""Reachability: whether those who decide and act can be reached, over a run or at given levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bcp.engine.people.call_tree import call_tree_reach
from bcp.engine.people.notice_reach import notice_reach
from bcp.engine.people.ways import Ways, way_reach
from bcp.engine.run.serving import Serving, serving_at, serving_in
from bcp.model.answer import Answer, always, any_of, at_least, first, times
from bcp.model.component import Kind
from bcp.model.plan import Plan, WayKind
from bcp.model.reachability import (
    ContactReach,
    Count,
    GroupReach,
    Reachability,
    RoleReach,
    WayGap,
)
from bcp.model.run import Run, at


def reachability(plan: Plan, run: Run) -> Reachability:
    """Who can be reached and told over a run of this plan.

    A way works while everything that it rests on is at half its level or more. Whether somebody looks
    at it then, the plan cannot know; an e-mail counts as reaching nobody.
    """
    return _reachability(plan, serving_in(run), run.scenario)


def reachability_at(plan: Plan, levels: Mapping[str, float]) -> Reachability:
    """Who can be reached and told at these levels (0–1); a component that is not named is whole.

    All answers hold from second 0, and the horizon is 0.
    """
    return _reachability(plan, serving_at(levels), "")


def _reachability(plan: Plan, serving: Serving, scenario: str) -> Reachability:
    ways = Ways(plan)
    contacts = {i: _contact(i, ways, serving) for i in sorted(plan.contacts)}
    people = _People(plan, contacts)
    activation = plan.document.activation
    return Reachability(
        plan=plan.organisation.name,
        plan_hash=plan.content_hash,
        scenario=scenario,
        horizon_s=serving.horizon,
        contacts=contacts,
        crisis_team=people.group(activation.decided_by, activation.quorum or 1),
        roles=tuple(people.role(role) for role in activation.roles),
        teams={
            i: people.group(team.members, 1)
            for i, team in sorted(plan.of_kind(Kind.TEAM).items())
            if team.members
        },
        call_tree=call_tree_reach(plan, contacts, serving.horizon),
        notices=notice_reach(plan, serving),
    )


def _contact(key: str, ways: Ways, serving: Serving) -> ContactReach:
    found = tuple(way_reach(way, base, serving) for way, base in ways.of(ways.plan.contacts[key]))
    calling = [way.works for way in found if way.kind != WayKind.EMAIL]
    reached = any_of(calling) if calling else always(Answer.UNKNOWN)
    return ContactReach(
        contact=key,
        ways=found,
        reached=reached,
        mailed=any_of([way.works for way in found if way.kind == WayKind.EMAIL]),
        lost_s=first(reached, Answer.NO),
        gap=None if calling else WayGap.NO_WAY,
    )


@dataclass(frozen=True, slots=True)
class _People:
    plan: Plan
    contacts: Mapping[str, ContactReach]

    def group(self, members: tuple[str, ...], quorum: int) -> GroupReach:
        """Whether enough of these are reached, each counted once."""
        distinct = tuple(dict.fromkeys(members))
        courses = [self.contacts[m].reached for m in distinct]
        counts: list[Count] = []
        for t in times(courses):
            answers = [at(course, t) for course in courses]
            surely, lost = answers.count(Answer.YES), answers.count(Answer.NO)
            count = Count(from_s=t, surely=surely, at_most=len(answers) - lost)
            if not counts or (counts[-1].surely, counts[-1].at_most) != (count.surely, count.at_most):
                counts.append(count)
        met = at_least(quorum, courses)
        return GroupReach(
            members=distinct, quorum=quorum, counts=tuple(counts), met=met, lost_s=first(met, Answer.NO)
        )

    def role(self, role: str) -> RoleReach:
        """Whether somebody with this role, or a deputy of theirs, is reached.

        A contact has a role that is theirs in full or one of the parts between commas; case counts not.
        """
        holders = tuple(i for i, c in sorted(self.plan.contacts.items()) if has_role(c.role, role))
        deputies = tuple(
            dict.fromkeys(
                d for i in holders if (d := self.plan.contacts[i].deputy) is not None and d not in holders
            )
        )
        courses = [self.contacts[i].reached for i in (*holders, *deputies)]
        return RoleReach(role=role, holders=holders, deputies=deputies, covered=any_of(courses))


def has_role(text: str, role: str) -> bool:
    """True where a contact's role, `text`, is or lists this role."""
    parts = {text.strip().casefold(), *(part.strip().casefold() for part in text.split(","))}
    return role.strip().casefold() in parts
