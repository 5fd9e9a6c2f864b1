"""The first notices as they are printed beforehand: every published number fails, and the times are left open."""

from __future__ import annotations

from datetime import UTC, datetime

from bcp.engine.notices.facts import number_text
from bcp.engine.run.dialled import given_to_callers, published_by
from bcp.model.announcement import NOTICE_LANGUAGES, Announcement, Audience, Failing, Form, Instead, Occasion
from bcp.model.audience import message_audience
from bcp.model.component import Kind
from bcp.model.plan import Plan
from bcp.render.notices.texts import NoticeTexts
from bcp.render.pack.contents import FirstNotice

_SOME_TIME = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for times that are left open: no text shows it."""

_TOLD = (Audience.PUBLIC, Audience.STAFF, Audience.PARTNERS, Audience.VITAL, Audience.AUTHORITIES)


def first_notices(plan: Plan, language: str) -> tuple[FirstNotice, ...]:
    """What is said first to the public, the staff, and whomever else the plan has prepared a message for.

    Written in the plan's language where notices are, else in `language`. Raises BcpError where a template
    is wrong.
    """
    own = next(code for code in (plan.organisation.language, language, "en") if code in NOTICE_LANGUAGES)
    texts = NoticeTexts(plan, open_times=True)
    prepared = {message_audience(m) for m in plan.document.messages}
    names = texts.page_words(own)
    found = []
    for audience in _TOLD:
        if audience not in prepared and audience not in (Audience.PUBLIC, Audience.STAFF):
            continue
        notice = texts.worded(_notice(plan, audience), [(own, Form.WEB), (own, Form.SMS)])
        long, short = notice.wordings
        found.append(FirstNotice(audience, names[f"audiences.{audience.value}"], long, short))
    return tuple(found)


def _notice(plan: Plan, audience: Audience) -> Announcement:
    return Announcement(
        id="first", revision=1, occasion=Occasion.DETECTION, audience=audience, at_s=0.0, at=_SOME_TIME,
        organisation=plan.organisation.name, country=plan.organisation.country, planned=False,
        begins=_SOME_TIME, next_update=_SOME_TIME, failing=_published(plan),
        instead=_instead(plan, public=audience not in (Audience.STAFF, Audience.PARTNERS)), impact="all",
    )  # fmt: skip


def _published(plan: Plan) -> tuple[Failing, ...]:
    """The numbers that callers know."""
    return tuple(
        Failing(component=i, name=plan.title(i), number=number_text(plan.components[i], plan), level=0.0)
        for i in given_to_callers(plan)
    )


def _instead(plan: Plan, *, public: bool) -> tuple[Instead, ...]:
    """The numbers that fallbacks publish; to everybody only those that go over a notice channel too."""
    found = []
    for f, fallback in sorted(plan.fallbacks.items()):
        to_all = any(plan.components[i].kind == Kind.CHANNEL for i in fallback.via)
        for i in published_by(plan, fallback) if to_all or not public else ():
            component = plan.components[fallback.protects]
            numbers = _protected(plan, fallback.protects) or (component.name,)
            found.append(
                Instead(
                    fallback=f,
                    component=i,
                    number=number_text(plan.components[i], plan),
                    instead_of=numbers,
                    public=to_all,
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
