"""Notices out of a scenario: whom to tell what, when, over which channels that survive, and as which files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bcp.engine.lines.affected import AffectedLines
from bcp.engine.lines.affected import affected_lines as hit_lines
from bcp.engine.lines.notices import line_notices, owners_told
from bcp.engine.notices.announcements import announcements
from bcp.engine.notices.channels import own_staff
from bcp.engine.notices.facts import Facts
from bcp.engine.notices.times import windows
from bcp.engine.notices.told_numbers import number_book
from bcp.engine.people.reachability import reachability
from bcp.engine.run.dialled import dialled_levels
from bcp.errors import BcpError
from bcp.files.notices_out.bundle import Bundle, bundle, zipped
from bcp.files.number_checks import read_checks
from bcp.files.yaml_source import read_bytes
from bcp.model.announcement import NOTICE_LANGUAGES, Announcement, Announcements, Audience, Checked, Form
from bcp.model.line import Lines
from bcp.model.line_notice import LineNotice, OwnersTold
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from bcp.model.telling import Telling
from bcp.render.notices.texts import NoticeTexts, forms_of
from bcp.saying import said
from bcp.usecases.computing import run, system_of

FEWEST, MOST = 900.0, 86_400.0
"""Seconds between updates: a quarter of an hour to a day."""

FIRST_YEAR, LAST_YEAR = 1900, 2999

_CHECKS_BYTES = 1_000_000
_IN_ALL = (Audience.PUBLIC, Audience.VITAL, Audience.LINES)
"""Audiences whose page texts are written in every language."""


@dataclass(frozen=True, slots=True)
class Notified:
    """The notices of a run, and to the owner of which line each goes."""

    plan: Plan
    found: Announcements
    lines: AffectedLines | None = None

    def at(self, t_s: float | None) -> tuple[Announcement, ...]:
        """All revisions that are due by a minute (seconds of scenario time), or all there are."""
        return tuple(n for n in self.found.notices if t_s is None or n.at_s <= t_s)

    def to_lines(self, t_s: float | None = None) -> tuple[LineNotice, ...]:
        """Which owner of an affected line gets the newest revision of which notice, and where."""
        if self.lines is None:
            return ()
        return line_notices(self.lines, newest(self.at(t_s)), self.found.language)

    def owners(self, t_s: float | None = None) -> OwnersTold | None:
        """Whom the notices to owners of lines go to, counted; none where no list of lines was given."""
        return None if self.lines is None else owners_told(self.lines, self.to_lines(t_s))


def newest(notices: Iterable[Announcement]) -> tuple[Announcement, ...]:
    """The newest revision of each notice, by id."""
    last = {n.id: n for n in sorted(notices, key=lambda n: n.revision)}
    return tuple(last[i] for i in sorted(last))


def notify(
    plan: Plan,
    scenario: Scenario,
    *,
    telling: Telling | None = None,
    language: str | None = None,
    lines: Lines | None = None,
    checks: Iterable[tuple[str, Checked]] = (),
) -> Notified:
    """Every notice of a scenario, with texts, the share of customers reached and the state of each number.

    `telling` says when scenario time 0 is and what is known beside the run; `lines` are customers' lines,
    whose owners are told where they are hit. Raises BcpError for a language that notices are not written in,
    a template that is wrong, and as `run` does.
    """
    own = _language(plan, language)
    known = telling or Telling(begins=begins_at(plan, scenario))
    if not FEWEST <= known.every <= MOST:
        raise BcpError(
            said("the time between updates is not possible."), said("Give 15m to 24h; 30m to 1h is usual.")
        )
    if not FIRST_YEAR <= known.begins.year <= LAST_YEAR:
        raise BcpError(
            said("the year {year} is not possible.", year=known.begins.year),
            said("Give {first} to {last}.", first=FIRST_YEAR, last=LAST_YEAR),
        )
    happened = run(plan, scenario)
    hit = None if lines is None else hit_lines(lines, happened)
    hanging = () if hit is None else _components(hit)
    facts = Facts(plan, happened, dialled_levels(plan, scenario, system_of(plan)), hanging)
    known = replace(
        known, windows=known.windows or windows(scenario), with_lines=known.with_lines or hit is not None
    )
    texts, book = NoticeTexts(plan), number_book(facts, checks)
    notices = tuple(
        book.checked(texts.worded(notice, _wanted(notice, own, plan)))
        for notice in announcements(facts, scenario, reachability(plan, happened), known)
    )
    found = Announcements(
        plan=plan.organisation.name,
        plan_hash=plan.content_hash,
        scenario=scenario.id,
        begins=known.begins.astimezone(ZoneInfo(plan.organisation.timezone)),
        timezone=plan.organisation.timezone,
        language=own,
        notices=notices,
    )
    return Notified(plan, found, hit)


def notice_files(told: Notified, *, at_s: float | None = None, sender: str = "") -> dict[str, bytes]:
    """The notices as files by name: `ready/` what may go out, `draft/` what has unchecked numbers or open places.

    `at_s` leaves out what is due later (seconds of scenario time). Raises BcpError where a page would grow too large.
    """
    texts = NoticeTexts(told.plan)
    words = {code: texts.page_words(code) for code in NOTICE_LANGUAGES}
    revisions = told.at(at_s)
    return bundle(
        Bundle(
            revisions=revisions,
            newest=newest(revisions),
            words=words,
            organisation=told.found.plan,
            language=told.found.language,
            sender=sender,
            mailbox=_mailbox(told.plan),
            to_lines=told.to_lines(at_s),
            line_ids=None if told.lines is None else tuple(told.lines.lines.ids),
            staff=_staff(told.plan),
        )
    )


def owner_files(told: Notified, *, at_s: float | None = None, sender: str = "") -> dict[str, bytes]:
    """What goes to the owners of affected lines: their e-mails with lists of recipients, and SMS for a gateway.

    Named as `notice_files` names it.
    """
    found = told.found
    mine = tuple(n for n in found.notices if n.audience == Audience.LINES)
    owners = replace(told, found=found.model_copy(update={"notices": mine}))
    files = notice_files(owners, at_s=at_s, sender=sender)
    return {name: content for name, content in files.items() if "/email" in name or name.endswith("/sms.csv")}


def archived(files: Mapping[str, bytes]) -> bytes:
    """The files as one ZIP archive."""
    return zipped(files)


def begins_at(plan: Plan, scenario: Scenario, on: date | None = None) -> datetime:
    """When scenario time 0 is: the scenario's clock, on `on`, else on its own day, in the plan's time zone.

    A day without a year is that day of the current year; without a day it is today; without a clock it is 08:00.
    """
    zone = ZoneInfo(plan.organisation.timezone)
    hour, minute = (int(part) for part in (scenario.clock or "08:00").split(":"))
    day = on or _day(scenario.date, datetime.now(UTC).astimezone(zone).date())
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)


def read_number_checks(path: Path) -> tuple[tuple[str, Checked], ...]:
    """The test calls in a CSV file. Raises BcpError where it cannot be read or is wrong."""
    try:
        if not path.is_file() or path.stat().st_size > _CHECKS_BYTES:
            raise BcpError(
                said("this is no file of test calls."), said("Give a CSV file of number, by, at."), str(path)
            )
        content = path.read_bytes()
    except OSError as error:
        raise BcpError(
            said("the file cannot be read: {error}.", error=error.strerror),
            said("Check its name."),
            str(path),
        ) from error
    return read_checks(read_bytes(content, str(path)), str(path))


def _day(text: str, today: date) -> date:
    parts = [int(part) for part in text.split("-") if part]
    try:
        match parts:
            case [year, month, day]:
                return date(year, month, day)
            case [month, day] if len(text) == len("03-03"):
                return date(today.year, month, day)
    except ValueError:
        return today
    return today


def _language(plan: Plan, language: str | None) -> str:
    if language is None:
        own = plan.organisation.language
        return own if own in NOTICE_LANGUAGES else "en"
    if language not in NOTICE_LANGUAGES:
        raise BcpError(
            said("{language!r} is no language of notices.", language=language),
            said("There are: {names}.", names=", ".join(NOTICE_LANGUAGES)),
        )
    return language


def _wanted(notice: Announcement, own: str, plan: Plan) -> list[tuple[str, Form]]:
    """Every form in the main language; page texts, and texts to owners of lines, in all."""
    wanted = [(own, form) for form in forms_of(notice, plan)]
    if notice.audience in _IN_ALL:
        written = (Form.WEB, Form.EMAIL, Form.SMS) if notice.audience == Audience.LINES else (Form.WEB,)
        wanted += [(code, form) for code in NOTICE_LANGUAGES if code != own for form in written]
    return wanted


def _components(hit: AffectedLines) -> tuple[str, ...]:
    return tuple(sorted({component for members in hit.lines.components.values for component in members}))


def _mailbox(plan: Plan) -> str:
    """The address that e-mails come from where no other is given: the owner of the document, else the first contact with one."""
    owner = plan.contacts.get(plan.document.owner or "")
    contacts = [owner, *plan.contacts.values()] if owner else list(plan.contacts.values())
    return next((c.email for c in contacts if c.email), "")


def _staff(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Mobile number and e-mail of each contact of the organisation itself."""
    return tuple((plan.contacts[i].mobile or "", plan.contacts[i].email) for i in own_staff(plan))
