"""The texts of a notice: by language and sort of channel, from the plan's own messages or the sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, NamedTuple

from bcp.content.notices import notice_folder
from bcp.model.announcement import NOTICE_LANGUAGES, SPOKEN, Announcement, Audience, Form, Occasion, Wording
from bcp.model.audience import prepared
from bcp.model.plan import Plan
from bcp.model.sms import segments, sms_text
from bcp.render.marks import clean
from bcp.render.notices.places import filled
from bcp.render.notices.sentences import Layout, Sentences, layout, sentences
from bcp.render.notices.told import Clock, OpenClock, Told, told_of

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


class _Said(NamedTuple):
    text: str
    source: Literal["template", "plan"] = "template"
    left: tuple[str, ...] = ()


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
        texts = tuple(self._wording(notice, language, form) for language, form in wanted)
        return notice.model_copy(update={"wordings": texts})

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
        clock = kind(own.language, *patterns)
        country = notice.country if f"emergency.{notice.country}" in own.keys else "other"
        told = told_of(notice, clock, own.plain(f"emergency.{country}"))
        return replace(told, topic=own.say("topic", told))

    def _text(self, notice: Announcement, own: Sentences, told: Told, form: Form) -> _Said:
        spoken = self.plan.organisation.language
        message = prepared(self.plan.document.messages, notice.audience, _told_as(notice))
        if message is not None and (own.language == spoken or spoken not in NOTICE_LANGUAGES):
            text, left = filled(clean(message.text), told, own.plain("unknown"), _parts(own, told, form))
            alarm = own.say("sentences.exercise", told)
            return _Said("\n".join(part for part in (alarm, text) if part), "plan", left)
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


def forms_of(notice: Announcement) -> tuple[Form, ...]:
    """The sorts of channels that a notice needs a text for: its channels', a page, and a line owner's."""
    used = {channel.form for channel in notice.channels} | {Form.WEB}
    if notice.audience in (Audience.LINES, Audience.STAFF):
        used |= {Form.EMAIL, Form.SMS}
    return tuple(form for form in Form if form in used)
