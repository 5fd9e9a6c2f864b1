"""The clock of a sitting: which scenario second it is at any moment, from the log alone.

An exercise stands still until somebody starts it, and then goes as its clock entries say. An incident has the
real clock: second 0 is when it began, or the earliest thing that the log knows to have happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bcp.model.log_entry import Clock, Decided, Entry, Marked
from bcp.model.sitting import Sitting, closed_at, standing
from bcp.model.situation import ClockReading


@dataclass(frozen=True, slots=True)
class _Stretch:
    """From `at` on the clock goes from `t_s` (scenario seconds) at `speed`, or stands there.

    `number` is that of the log's entry that says so; 0 where it goes so from the beginning.
    """

    at: datetime
    t_s: float
    running: bool
    speed: float
    number: int = 0

    def reads(self, moment: datetime) -> float:
        gone = max(0.0, (moment - self.at).total_seconds())
        return self.t_s + gone * self.speed if self.running else self.t_s


@dataclass(frozen=True, slots=True)
class SittingClock:
    """The whole course of a clock: stretches in order, and when the sitting was closed, if it was."""

    stretches: tuple[_Stretch, ...]
    closed: datetime | None

    @property
    def zero(self) -> datetime:
        """The moment from which on it is reckoned."""
        return self.stretches[0].at

    def started(self, now: datetime) -> datetime | None:
        """When it was first set going, up to now; None: it has not been."""
        return next((s.at for s in self.stretches if s.running and s.at <= now), None)

    def at(self, moment: datetime) -> ClockReading:
        """What it shows at a moment; from the closing on it stands still."""
        last = moment if self.closed is None else min(moment, self.closed)
        stretch = self._stretch(last)
        going = stretch.running and (self.closed is None or moment < self.closed)
        return ClockReading(t_s=stretch.reads(last), running=going, speed=stretch.speed)

    def t_of(self, entry: Entry) -> float:
        """The scenario second at which what an entry says counts.

        What was done to the clock after it does not move it, be it at the same moment: a computer's own clock
        may be set back, and entries then share the moment of the last one before.
        """
        last = entry.when if self.closed is None else min(entry.when, self.closed)
        return self._stretch(last, entry.number).reads(last)

    def reached(self, t_s: float, now: datetime) -> datetime | None:
        """When the clock first showed `t_s` or more, up to now; None: it has not yet."""
        last = now if self.closed is None else min(now, self.closed)
        for stretch, following in zip(self.stretches, (*self.stretches[1:], None), strict=True):
            until = last if following is None else min(following.at, last)
            if stretch.at > last:
                return None
            if stretch.t_s >= t_s:
                return stretch.at
            if stretch.running and stretch.reads(until) >= t_s:
                return stretch.at + timedelta(seconds=(t_s - stretch.t_s) / stretch.speed)
        return None

    def _stretch(self, moment: datetime, number: int | None = None) -> _Stretch:
        """The stretch of a moment, of those that the log had up to an entry of that number."""
        found = self.stretches[0]
        for stretch in self.stretches[1:]:
            if stretch.at <= moment and (number is None or stretch.number <= number):
                found = stretch
        return found


def clock_of(sitting: Sitting, entries: Sequence[Entry]) -> SittingClock:
    """The clock of a sitting with this log. It never goes back: a jump to what is past is none."""
    if not sitting.is_exercise:
        began = min([sitting.begun, *(e.when for e in standing(entries) if _tells_when(e))])
        return SittingClock((_Stretch(began, 0.0, running=True, speed=1.0),), closed_at(entries))
    stretches = [_Stretch(sitting.created, 0.0, running=False, speed=1.0)]
    for entry in entries:
        if isinstance(entry.what, Clock):
            at = max(entry.at, stretches[-1].at)
            t_s = max(stretches[-1].reads(at), entry.what.jump_to or 0.0)
            stretches.append(_Stretch(at, t_s, entry.what.running, entry.what.speed, entry.number))
    return SittingClock(tuple(stretches), closed_at(entries))


def _tells_when(entry: Entry) -> bool:
    return isinstance(entry.what, Marked | Decided)
