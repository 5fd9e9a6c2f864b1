"""Planned work as tables of words, the same in the terminal and in the app."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bcp.model.go_no_go import Deadline, GoNoGo, Outlook, Overlap
from bcp.model.notice import Window
from bcp.model.notice_match import AreaMatch, ObjectMatch
from bcp.model.notice_words import impact_text, status_text, variant_text
from bcp.model.plan import Plan
from bcp.model.planned_work import PlannedWork
from bcp.words import Words

_SHOWN = 3
"""More components than this in an area are counted."""

Rows = tuple[list[str], list[list[str]]]
"""The names of columns, and rows of cells."""


@dataclass(frozen=True, slots=True)
class WorkTables:
    """Makes the tables of a plan's planned work, in a language and the plan's time zone."""

    plan: Plan
    words: Words

    def clock(self, moment: datetime | None) -> str:
        """A moment in the plan's time zone; a dash for none."""
        zone = ZoneInfo(self.plan.organisation.timezone)
        return "–" if moment is None else self.words.moment(moment.astimezone(zone))

    def window(self, window: Window) -> str:
        """From when until when; a question mark where nobody says."""
        return f"{self.clock(window.start)} – {self.clock(window.end) if window.end else '?'}"

    def title(self, table: GoNoGo) -> str:
        """Whose work, which, and when."""
        return f"{table.provider} {table.id}, {self.window(table.window)}"

    def notices(self, work: PlannedWork) -> Rows:
        """Every notice, and what each of its circuits is in the plan."""
        _ = self.words
        rows = [
            [
                one.notice.provider,
                one.notice.id,
                status_text(one.notice.status, _),
                "; ".join(map(self.window, one.notice.windows)) or _("no time told"),
                "; ".join([*map(self._match, one.objects), *map(self._area, one.areas)])
                or _("names no circuit or service"),
            ]
            for one in work.notices
        ]
        rows += [[n.provider, n.id, status_text(n.status, _), "–", "–"] for n in work.called_off]
        return [_("Supplier"), _("Id"), _("Status"), _("Window"), _("Strikes")], rows

    def _match(self, match: ObjectMatch) -> str:
        _ = self.words
        if match.component:
            return f"{match.id} = {self.plan.title(match.component)} ({impact_text(match.impact, _)})"
        names = ", ".join(map(self.plan.title, match.candidates))
        if match.ambiguous:
            return _("{id}: could be {names}", id=match.id, names=names)
        if names:
            return _("{id}: {names} is another operator's", id=match.id, names=names)
        return _("{id}: not in the plan", id=match.id)

    def _area(self, match: AreaMatch) -> str:
        """An area that an alert names; several components there are counted, few are named."""
        _ = self.words
        if not match.area:
            if match.candidates:
                return _("{id}: could be {names}", id=match.named, names=", ".join(match.candidates))
            return _("area {name}: not in the plan", name=match.named)
        if not match.components:
            return _("area {name} = {area}", name=match.named, area=match.area)
        there = ", ".join(map(self.plan.title, match.components[:_SHOWN]))
        if len(match.components) > _SHOWN:
            there = _("{names} and {n} more", names=there, n=len(match.components) - _SHOWN)
        return _(
            "area {name} = {area}, where {names} may be hit", name=match.named, area=match.area, names=there
        )

    def left_over(self, work: PlannedWork) -> Rows:
        """What was not understood of the files, and where it stands."""
        _ = self.words
        rows = [[n.where, _.say(n.text), _.say(n.why)] for n in work.not_understood]
        return [_("Where"), _("Text"), _("Why")], rows

    def outlooks(self, table: GoNoGo) -> Rows:
        """What each variant of a window does to each activity."""
        _ = self.words
        columns = [
            _("Variant"), _("Activity"), _("Verdict"), _("Lowest level"), _("Below from"), _("Back"),
            _("RTO breaks"), _("MTPD breaks"), _("Carried by"),
        ]  # fmt: skip
        return columns, [self._outlook(outlook) for outlook in table.outlooks]

    def _outlook(self, outlook: Outlook) -> list[str]:
        _ = self.words
        moments = (outlook.first_below, outlook.back, outlook.rto_breaks, outlook.mtpd_breaks)
        return [
            variant_text(outlook.variant, _),
            self.plan.title(outlook.activity),
            _("go") if outlook.go else _("no-go"),
            _.percent(outlook.min_level),
            *map(self.clock, moments),
            ", ".join(map(self.plan.title, outlook.carried_by)) or "–",
        ]

    def roll_backs(self, table: GoNoGo) -> Rows:
        """Until when to decide to roll back, for each activity."""
        _ = self.words
        columns = [_("Activity"), _("for the window"), _("for the RTO"), _("for the MTPD")]
        return columns, [
            [self.plan.title(r.activity), *map(self._deadline, (r.window, r.rto, r.mtpd))]
            for r in table.roll_backs
        ]

    def _deadline(self, deadline: Deadline) -> str:
        if not deadline.needed:
            return self.words("holds anyway")
        return self.clock(deadline.by) if deadline.by is not None else self.words("cannot be held")

    def overlaps(self, work: PlannedWork) -> Rows:
        """Which notices together take which activity below its MBCO, and when."""
        _ = self.words
        columns = [_("When"), _("Notices from suppliers"), _("Activity"), _("Level"), _("Verdict")]
        return columns, [self._overlap(overlap) for overlap in work.overlaps]

    def _overlap(self, overlap: Overlap) -> list[str]:
        _ = self.words
        verdict = (
            _("falls below the MBCO if it goes worse than told")
            if overlap.if_worse
            else _("falls below the MBCO")
        )
        return [
            self.window(Window(start=overlap.start, end=overlap.end)),
            " + ".join(f"{provider} {name}" for provider, name in overlap.notices),
            self.plan.title(overlap.activity),
            f"{_.percent(overlap.level)} < {_.percent(overlap.mbco)}",
            f"{verdict}; {_('fallbacks hold it')}" if overlap.held_by_fallbacks else verdict,
        ]
