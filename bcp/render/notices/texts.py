"""The texts of a notice: by language and sort of channel, from the plan's own messages or the sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, NamedTuple

from bcp.content.notices import notice_folder
from bcp.engine.notices.channels import own_staff
from bcp.model.announcement import NOTICE_LANGUAGES, SPOKEN, Announcement, Audience, Form, Occasion, Wording
from bcp.model.audience import prepared
from bcp.model.plan import Plan
from bcp.model.sms import segments, sms_text
from bcp.render.marks import clean
from bcp.render.notices.places import filled
from bcp.render.notices.sentences import Layout, Sentences, layout, sentences
from bcp.render.notices.told import Clock, OpenClock, Told, clocks_change, told_of

LONG = frozenset({Form.WEB, Form.EMAIL, Form.DIRECT})
"""Channels that take a whole notice; the others take a short one."""

_SUBJECTS = {
    Occasion.BEFORE_10_DAYS: "planned",
    Occasion.BEFORE_24_HOURS: "planned",
    Occasion.START: "started",
    Occasion.DETECTION: "fails",
    Occasion.UPDATE: "update",
    Occasion.RESTORATION: "back",
    Occasion.AFTER: "after",
}
_SUBJECT = 300
_ASKED = (Audience.PUBLIC, Audience.STAFF)
"""Who must know the number to call instead, whatever a prepared text says: who calls, and who is asked."""


class _Said(NamedTuple):
    text: str
    source: Literal["template", "plan"] = "template"
    left: tuple[str, ...] = ()


def notice_language(plan: Plan, otherwise: str = "en") -> str:
    """The plan's language where notices are written in it, else another."""
    return next(code for code in (plan.organisation.language, otherwise, "en") if code in NOTICE_LANGUAGES)


@dataclass
class NoticeTexts:
    """Writes notices of one plan, in as many languages as asked; templates are read once.

    `folder` holds layout.yaml and the sentences; by default it is the product's. `open_times` leaves places
    to write instead of times.
    """

    plan: Plan
    folder: Path = field(default_factory=notice_folder)
    open_times: bool = False
    _known: dict[str, Sentences] = field(default_factory=dict)

    def worded(self, notice: Announcement, wanted: Iterable[tuple[str, Form]]) -> Announcement:
        """The notice with a text for each language and sort of channel.

        Raises BcpError for a language that notices are not written in and for whatever is wrong in a template.
        """
        asked = tuple(wanted)
        texts = tuple(self._wording(notice, language, form) for language, form in asked)
        decided = notice.at_decision and self.worded(notice.at_decision, asked)
        return notice.model_copy(update={"wordings": texts, "at_decision": decided})

    def filled_in(self, text: str, notice: Announcement) -> str:
        """A prepared text of the plan with its places filled in for a notice; what is not known is left to write."""
        own = self._sentences(notice_language(self.plan))
        told = self._told(notice, own)
        return filled(clean(text), told, OpenClock.BLANK, _parts(own, told, Form.WEB))[0]

    def page_words(self, language: str) -> dict[str, str]:
        """The words of the status page and the names of occasions and audiences, by key."""
        own = self._sentences(language)
        found = {"name": own.plain("name")}
        for key in sorted(own.keys):
            head, _, rest = key.partition(".")
            if head in ("page", "occasions", "audiences"):
                found[key if head != "page" else rest] = own.plain(key)
        return found

    def _sentences(self, language: str) -> Sentences:
        if language not in self._known:
            self._known[language] = sentences(self.folder, language)
        return self._known[language]

    def _wording(self, notice: Announcement, language: str, form: Form) -> Wording:
        own = self._sentences(language)
        told = self._told(notice, own)
        subject = own.say(f"subjects.{_subject(notice)}", told)
        said = self._text(notice, own, told, form)
        text = sms_text(said.text) if form == Form.SMS else said.text
        return Wording(
            language=language,
            form=form,
            subject=subject[:_SUBJECT],
            text=text,
            source=said.source,
            left_open=said.left,
            **_size(text, form, layout(self.folder)),
        )

    def _told(self, notice: Announcement, own: Sentences) -> Told:
        kind = OpenClock if self.open_times else Clock
        patterns = (own.plain(key) for key in ("clock", "moment", "day", "span", "span_day"))
        clock = replace(kind(own.language, *patterns), zoned=clocks_change(notice))
        country = notice.country if f"emergency.{notice.country}" in own.keys else "other"
        told = told_of(notice, clock, own.plain(f"emergency.{country}"))
        return replace(told, topic=own.say("topic", told))

    def _text(self, notice: Announcement, own: Sentences, told: Told, form: Form) -> _Said:
        spoken = self.plan.organisation.language
        message = prepared(self.plan.document.messages, notice.audience, _told_as(notice))
        if message is not None and (own.language == spoken or spoken not in NOTICE_LANGUAGES):
            parts = _parts(own, told, form)
            text, left = filled(clean(message.text), told, own.plain("unknown"), parts)
            alarm = own.say("sentences.exercise", told)
            needed = notice.audience in _ASKED and told.instead and not _names_all(text, told)
            number = parts["instead"] if needed else ""
            return _Said("\n".join(part for part in (alarm, text, number) if part), "plan", left)
        names = self._names(notice, form)
        said = (own.say(f"sentences.{name}", told) for name in names)
        return _Said(("\n" if form in LONG else " ").join(part for part in said if part))

    def _names(self, notice: Announcement, form: Form) -> Iterable[str]:
        table = layout(self.folder).full if form in LONG else layout(self.folder).short
        for name in table[_told_as(notice)]:
            if name == "for_audience":
                yield f"for_{notice.audience}"
            elif name == "for_audience_back":
                yield f"for_{notice.audience}_back"
            else:
                yield name


def _names_all(text: str, told: Told) -> bool:
    """A text that its organisation wrote already has every number to call instead."""
    digits = re.sub(r"\D", "", text)
    return all((own := re.sub(r"\D", "", i.number)) and own in digits for i in told.instead)


def _parts(own: Sentences, told: Told, form: Form) -> dict[str, str]:
    """The sentences that a prepared text may have places for: what fails, what to call instead, what works."""
    short = "" if form in LONG else "short_"
    instead = own.say(f"sentences.{short}instead", told)
    return {
        "fails": own.say(f"sentences.{short}fails", told),
        "instead": instead or own.say("sentences.no_instead", told),
        "works": own.say("sentences.works", told),
    }


def _subject(notice: Announcement) -> str:
    return "overrun" if notice.overrun else _SUBJECTS[_told_as(notice)]


def _told_as(notice: Announcement) -> Occasion:
    """The occasion whose words fit: while planned work goes as planned, an update is no disruption."""
    as_planned = notice.planned and not notice.overrun
    return Occasion.START if as_planned and notice.occasion == Occasion.UPDATE else notice.occasion


def _size(text: str, form: Form, table: Layout) -> dict[str, Any]:
    """How long the text is in what its channel counts, and what the channel takes."""
    limit = table.limits.get(form.value)
    if form == Form.SMS:
        taken = segments(text)
        return {"size": taken.parts, "limit": limit, "encoding": taken.encoding}
    size = len(text.split()) if form in SPOKEN else len(text)
    return {"size": size, "limit": limit}


def forms_of(notice: Announcement, plan: Plan) -> tuple[Form, ...]:
    """The sorts of channels that a notice needs a text for: its channels', a page, and a line owner's.

    The staff's are those for which the plan has an address of any of them.
    """
    used = {channel.form for channel in notice.channels} | {Form.WEB}
    if notice.audience == Audience.LINES:
        used |= {Form.EMAIL, Form.SMS}
    if notice.audience == Audience.STAFF:
        staff = [plan.contacts[i] for i in own_staff(plan)]
        used |= {Form.EMAIL} if any(c.email for c in staff) else set()
        used |= {Form.SMS} if any(c.mobile for c in staff) else set()
    return tuple(form for form in Form if form in used)
