"""The first notices as they are printed beforehand: every published number fails, and the times are left open."""

from __future__ import annotations

from bcp.engine.notices.channels import own_staff
from bcp.model.announcement import Audience, Form
from bcp.model.audience import form_of, message_audience
from bcp.model.component import Kind
from bcp.model.plan import Plan
from bcp.render.notices.beforehand import notice_beforehand
from bcp.render.notices.texts import NoticeTexts, notice_language
from bcp.render.pack.contents import FirstNotice

_TOLD = (Audience.PUBLIC, Audience.STAFF, Audience.PARTNERS, Audience.VITAL, Audience.AUTHORITIES)


def first_notices(plan: Plan, language: str) -> tuple[FirstNotice, ...]:
    """What is said first to the public, the staff, and whomever else the plan has prepared a message for.

    Written in the plan's language where notices are, else in `language`. Raises BcpError where a template
    is wrong.
    """
    own = notice_language(plan, language)
    texts = NoticeTexts(plan, open_times=True)
    prepared = {message_audience(m) for m in plan.document.messages}
    names = texts.page_words(own)
    found = []
    for audience in _TOLD:
        if audience not in prepared and audience not in (Audience.PUBLIC, Audience.STAFF):
            continue
        forms = (Form.WEB, Form.SMS) if _by_sms(plan, audience) else (Form.WEB,)
        notice = texts.worded(notice_beforehand(plan, audience), [(own, form) for form in forms])
        found.append(FirstNotice(audience, names[f"audiences.{audience.value}"], *notice.wordings))
    return tuple(found)


def _by_sms(plan: Plan, audience: Audience) -> bool:
    """The plan has a way to send an SMS to an audience: a channel, or for the staff a mobile number."""
    by_channel = any(form_of(i, c) == Form.SMS for i, c in plan.of_kind(Kind.CHANNEL).items())
    mobile = any(plan.contacts[i].mobile for i in own_staff(plan))
    return by_channel or (audience == Audience.STAFF and mobile)
