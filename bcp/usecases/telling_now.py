"""Whom to tell in the middle of an incident: the notices of the driven run that are due by now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bcp.engine.notices.announcements import announcements
from bcp.engine.notices.at_decision import with_decision
from bcp.engine.notices.facts import Facts
from bcp.engine.notices.told_numbers import number_book
from bcp.engine.people.reachability import reachability
from bcp.engine.run.dialled import dialled_levels
from bcp.model.announcement import NOTICE_LANGUAGES, Announcement, Audience
from bcp.model.log_entry import Told
from bcp.model.notice_out_words import audience_name
from bcp.model.situation import Situation
from bcp.model.telling import Telling
from bcp.model.to_tell import ToTell
from bcp.render.notices.texts import NoticeTexts, forms_of
from bcp.usecases import sittings
from bcp.usecases.sittings import Live
from bcp.words import words


def to_tell(live: Live, now: Situation, at: datetime, language: str) -> tuple[ToTell, ...]:
    """Every audience with the notice that stands for it at a moment, those not told yet first.

    What fails, what works and which number stands in follow from the log: from what was marked and decided.
    Written in `language`, in English where notices are not. Raises as `run` does.
    """
    plan, scenario = live.plan, sittings.scenario_now(live, now=at)
    if not scenario.events or now.zero is None:
        return ()
    happened = sittings.course(live, now=at)
    facts = Facts(plan, happened, dialled_levels(plan, scenario, live.system, live.told.driving))
    begins = now.zero.astimezone(ZoneInfo(plan.organisation.timezone))
    known = Telling(begins=begins, exercise=live.sitting.is_exercise)
    due = announcements(facts, scenario, reachability(plan, happened), known)
    texts, code = NoticeTexts(plan), language if language in NOTICE_LANGUAGES else "en"
    book = number_book(facts, ())
    found = []
    for planned, notice in _standing(due, facts, now):
        worded = book.checked(texts.worded(notice, [(code, form) for form in forms_of(notice, plan)]))
        found.append(_to_tell(worded, planned, now, audience_told(live, notice.audience)))
    return tuple(sorted(found, key=_rank))


def _standing(
    due: Iterable[Announcement], facts: Facts, now: Situation
) -> Iterator[tuple[datetime, Announcement]]:
    """For each notice the revision that stands, and when it is due; the first one before that, as it would be now."""
    t = now.clock.t_s
    revisions: dict[str, list[Announcement]] = {}
    for notice in sorted(due, key=lambda n: n.revision):
        revisions.setdefault(notice.id, []).append(notice)
    for found in revisions.values():
        last = next((n for n in reversed(found) if n.at_s <= t), None)
        if last is not None:
            yield last.at, with_decision(last, facts, t)
        elif facts.failing(t) and not found[0].planned:
            yield found[0].at, _as_now(found[0], facts, t)


def _as_now(first: Announcement, facts: Facts, t: float) -> Announcement:
    """A first notice that is not due yet, with what is known now: nobody is sent to a number before it is open."""
    now = first.model_copy(
        update={
            "at_s": t,
            "at": first.at - timedelta(seconds=first.at_s - t),
            "failing": facts.failing(t),
            "works": facts.works(t),
            "instead": tuple(i for i in facts.instead(t) if i.told_to(first.audience)),
        }
    )
    return with_decision(now, facts, t)


def audience_told(live: Live, audience: Audience) -> str:
    """The name of an audience as the log of this incident says it."""
    return audience_name(audience, words(live.sitting.language))


def _rank(told: ToTell) -> tuple[bool, int, str]:
    return not told.open, list(Audience).index(told.notice.audience), told.notice.id


def _to_tell(notice: Announcement, due: datetime, now: Situation, name: str) -> ToTell:
    told = [e.when for e in now.told if isinstance(e.what, Told) and e.what.audience == name]
    return ToTell(notice=notice, due=due, told_at=max(told, default=None))
