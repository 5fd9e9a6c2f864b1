"""A notice as it is printed beforehand: every published number fails, every fallback works, the times are left open."""

from __future__ import annotations

from datetime import UTC, datetime

from bcp.engine.notices.facts import number_text
from bcp.engine.run.dialled import INTERNAL, given_to_callers, given_to_everybody, published_by
from bcp.model.announcement import Announcement, Audience, Failing, Instead, Occasion
from bcp.model.component import Kind
from bcp.model.plan import Plan

_SOME_TIME = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for times that are left open: no text shows it."""


def notice_beforehand(plan: Plan, audience: Audience) -> Announcement:
    """The first notice to an audience as if every published number failed and every fallback could be used."""
    return Announcement(
        id="first", revision=1, occasion=Occasion.DETECTION, audience=audience, at_s=0.0, at=_SOME_TIME,
        organisation=plan.organisation.name, country=plan.organisation.country, planned=False,
        begins=_SOME_TIME, next_update=_SOME_TIME, failing=_published(plan),
        instead=tuple(i for i in _published_instead(plan) if i.told_to(audience)), impact="all",
    )  # fmt: skip


def _published(plan: Plan) -> tuple[Failing, ...]:
    """The numbers that callers know."""
    return tuple(
        Failing(component=i, name=plan.title(i), number=number_text(plan.components[i], plan), level=0.0)
        for i in given_to_callers(plan)
    )


def _published_instead(plan: Plan) -> tuple[Instead, ...]:
    """The numbers that fallbacks publish, whoever is told them."""
    found = []
    for f, fallback in sorted(plan.fallbacks.items()):
        to_all = given_to_everybody(plan, fallback)
        for i in published_by(plan, fallback):
            component = plan.components[fallback.protects]
            numbers = _protected(plan, fallback.protects) or (component.name,)
            found.append(
                Instead(
                    fallback=f,
                    component=i,
                    number=number_text(plan.components[i], plan),
                    instead_of=numbers,
                    public=i in to_all,
                    internal=INTERNAL in plan.components[i].tags,
                )
            )
    return tuple(found)


def _protected(plan: Plan, protects: str) -> tuple[str, ...]:
    component = plan.components[protects]
    if component.kind == Kind.NUMBER:
        return (number_text(component, plan),)
    members = (m for r in component.requires for m in r.members)
    own = (plan.components[m] for m in members if m in plan.components)
    return tuple(number_text(c, plan) for c in own if c.kind == Kind.NUMBER)
