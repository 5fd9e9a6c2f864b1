"""Notices to the owners of affected lines: to each who is hit, to nobody else, on channels agreed to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bcp.engine.lines.affected import AffectedLines, LineHit
from bcp.model.announcement import NOTICE_LANGUAGES, Announcement, Audience
from bcp.model.line import ContactChannel, priority_rank
from bcp.model.line_notice import LineNotice, OwnersTold


def line_notices(
    found: AffectedLines, notices: Iterable[Announcement], language: str
) -> tuple[LineNotice, ...]:
    """What goes to whom for these revisions, those who are told first first.

    A line gets a notice when it is hit in the episode that the notice tells of: at that minute or
    earlier, for planned work at any time of it. A channel without an address, or one that the owner has
    not agreed to, gets nothing; the owner finds the notice on the status page all the same. `language`
    is taken where the owner's is not known or notices are not written in it.
    """
    mine = [n for n in notices if n.audience == Audience.LINES]
    return tuple(
        told
        for notice in mine
        for hit in found
        if concerns(notice, hit)
        for told in _to(hit, notice, language)
    )


def concerns(notice: Announcement, hit: LineHit) -> bool:
    """True where a line is hit in the time of which the notice tells."""
    begins = notice.at_s - (notice.at - notice.begins).total_seconds()
    known_at, ends = max(notice.at_s, begins), None
    if notice.planned:
        told = notice.ended or notice.window_end or notice.begins
        known_at = ends = max(notice.at_s, begins + (told - notice.begins).total_seconds())
    elif notice.ended is not None:
        ends = begins + (notice.ended - notice.begins).total_seconds()
    return any(
        since <= known_at and until > begins and (ends is None or since < ends)
        for since, until in hit.course.spans
    )


def owners_told(found: AffectedLines, told: Iterable[LineNotice]) -> OwnersTold:
    """The notices to owners counted: each line once, however many notices and channels it has."""
    spoken: dict[str, str] = {}
    sent: set[str] = set()
    messages: Counter[ContactChannel] = Counter()
    for one in told:
        spoken[one.line] = one.language
        if one.channel is not None:
            sent.add(one.line)
            messages[one.channel] += 1
    priorities = Counter(hit.line.priority for hit in found if hit.line.id in spoken)
    languages = Counter(spoken.values())
    return OwnersTold(
        lines_in_all=len(found.lines),
        concerned=len(spoken),
        page_only=len(spoken) - len(sent),
        messages={channel: messages[channel] for channel in ContactChannel if channel in messages},
        languages={code: languages[code] for code in sorted(languages)},
        priorities={word: priorities[word] for word in sorted(priorities, key=priority_rank)},
    )


def _to(hit: LineHit, notice: Announcement, language: str) -> Iterable[LineNotice]:
    spoken = hit.line.language if hit.line.language in NOTICE_LANGUAGES else language
    points = [p for p in hit.line.told_by if p.address and p.channel in _WRITTEN]
    if not points:
        yield LineNotice(hit.line.id, notice.id, notice.revision, None, "", spoken)
    for point in points:
        yield LineNotice(hit.line.id, notice.id, notice.revision, point.channel, point.address, spoken)


_WRITTEN = frozenset({ContactChannel.SMS, ContactChannel.EMAIL})
"""Channels on which a text can be sent as it is."""
