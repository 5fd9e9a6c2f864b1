"""Who sits where: joining with a code and a name, coming back after a reload, and leading."""

from __future__ import annotations

import hashlib
import secrets
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING
from unicodedata import normalize

from bcp.errors import BcpError
from bcp.model.log_entry import Entry, Joined
from bcp.model.sitting import FACILITATOR, Sitting, closed_at
from bcp.saying import said
from bcp.usecases.sittings.reading import live

if TYPE_CHECKING:
    from bcp.store.plans import PlanStore

LONGEST_NAME = 60

_ALPHABET = "ACDEFGHJKMNPRTUVWXY34679"
"""Letters and figures that nobody takes for one another, read from a projector or over the telephone."""

_CODE_LENGTH = 6
_SEAT_LENGTH = 16


class JoinRefusedError(BcpError):
    """Nobody comes in so: the code leads nowhere, it is full, or too many wrong codes were tried."""


class NameTakenError(JoinRefusedError):
    """Somebody of that name is in already; it may be the same person, come back."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's place in a sitting. `key` is their secret: who has it comes back to the same seat."""

    sitting: str
    name: str
    role: str
    facilitator: bool
    key: str = field(repr=False)


class Attempts:
    """Wrong codes of late, so that nobody finds a code by trying: by where they came from, and in all."""

    WINDOW = timedelta(minutes=5)
    FROM_ONE = 30
    IN_ALL = 300

    def __init__(self) -> None:
        self._failed: deque[tuple[datetime, str]] = deque()
        self._lock = Lock()

    def check(self, source: str, now: datetime) -> None:
        """Raise JoinRefusedError where too many wrong codes came from this source, or from all."""
        with self._lock:
            while self._failed and self._failed[0][0] <= now - self.WINDOW:
                self._failed.popleft()
            own = sum(1 for _, known in self._failed if known == source)
            if own >= self.FROM_ONE or len(self._failed) >= self.IN_ALL:
                raise JoinRefusedError(
                    said("too many wrong codes have been tried."),
                    said("Wait five minutes, then type the code anew."),
                )

    def failed(self, source: str, now: datetime) -> None:
        """Remember a wrong code."""
        with self._lock:
            self._failed.append((now, source))


_ATTEMPTS = Attempts()


def new_key() -> str:
    """A secret that nobody guesses."""
    return secrets.token_urlsafe(24)


def new_join_code() -> str:
    """A code to join with."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))


def seat_of(key: str) -> str:
    """What the log knows a key by: not secret, and no way back to the key."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:_SEAT_LENGTH]


def tidy_name(name: str) -> str:
    """A person's name as one line. Raises BcpError where there is none, or it is too long."""
    tidy = _one_line(name)
    if not tidy:
        raise BcpError(
            said("there is no name."), said("Type your name, so that the log can say who decided what.")
        )
    if len(tidy) > LONGEST_NAME:
        raise BcpError(
            said("the name is {n} characters long.", n=len(tidy)),
            said("Use at most {most}.", most=LONGEST_NAME),
        )
    return tidy


def _one_line(text: str) -> str:
    """Printable characters in Unicode's composed form, as the log keeps them: what looks alike is alike."""
    return normalize("NFC", " ".join("".join(c if c.isprintable() else " " for c in text).split()))


def join(
    store: PlanStore,
    code: str,
    name: str,
    role: str = "",
    *,
    source: str = "",
    again: bool = False,
    now: datetime | None = None,
    attempts: Attempts = _ATTEMPTS,
) -> Seat:
    """Come into an exercise with its code. `source` says where from (an address), for the limit on wrong codes.

    Raises NameTakenError where somebody of that name is in, unless it is the same person come back (`again`),
    JoinRefusedError where the code leads nowhere or no seat is left, and BcpError for a name or role that is none.
    """
    moment = now or store.sittings.now()
    attempts.check(source, moment)
    typed = "".join(c for c in code.upper() if c.isalnum())
    sitting = store.sittings.with_code(typed) if typed else None
    if sitting is None or sitting.code_until is None or sitting.code_until <= moment:
        attempts.failed(source, moment)
        raise _no_such_code()
    entries = live(store, sitting.id).entries
    if closed_at(entries) is not None:
        raise _no_such_code()
    chosen = _role(sitting, role)
    tidy = tidy_name(name)
    _room(sitting, entries, tidy, again=again)
    return _seated(store, sitting.id, tidy, chosen, facilitator=False, now=moment)


def join_incident(
    store: PlanStore, sitting_id: str, name: str, role: str = "", *, now: datetime | None = None
) -> Seat:
    """Take part in an incident, where everybody may do everything. Raises BcpError where there is no name."""
    sitting = live(store, sitting_id).sitting
    if sitting.is_exercise:
        raise JoinRefusedError(
            said("this is an exercise."),
            said("Join it with its code; the facilitator shows it on the screen."),
        )
    return _seated(store, sitting_id, tidy_name(name), role.strip(), facilitator=True, now=now)


def resume(store: PlanStore, sitting_id: str, key: str) -> Seat | None:
    """The seat that this key is for, after a reload or a restart; None where it is for none."""
    if not key:
        return None
    found = live(store, sitting_id)
    seat = seat_of(key)
    last = next(
        (e for e in reversed(found.entries) if isinstance(e.what, Joined) and e.what.seat == seat), None
    )
    leads = not found.sitting.is_exercise or store.sittings.leads(sitting_id, key)
    if last is None:
        return None
    return Seat(sitting_id, last.who, last.role, leads, key)


def take_over(store: PlanStore, sitting_id: str, name: str, *, now: datetime | None = None) -> Seat:
    """Lead an exercise from here on, beside whoever leads it: for those who sit at the machine it runs on."""
    tidy, key = tidy_name(name), new_key()
    store.sittings.add_key(sitting_id, key)
    return seated_with(store, sitting_id, tidy, FACILITATOR, key, facilitator=True, now=now)


def seated_with(
    store: PlanStore,
    sitting_id: str,
    name: str,
    role: str,
    key: str,
    *,
    facilitator: bool,
    now: datetime | None,
) -> Seat:
    """A seat with this key, and the log's word that somebody has taken it."""
    store.sittings.append(sitting_id, Joined(seat=seat_of(key)), who=name, role=role, at=now)
    return Seat(sitting_id, name, role, facilitator, key)


def _seated(
    store: PlanStore, sitting_id: str, name: str, role: str, *, facilitator: bool, now: datetime | None
) -> Seat:
    return seated_with(store, sitting_id, name, role, new_key(), facilitator=facilitator, now=now)


def _no_such_code() -> JoinRefusedError:
    return JoinRefusedError(
        said("this code leads to no exercise that is open."),
        said(
            "Look at the facilitator's screen: six letters and figures, and a code is valid for twelve hours."
        ),
    )


def _role(sitting: Sitting, role: str) -> str:
    """The role as the exercise has it. Raises BcpError for one that it does not have."""
    tidy = _one_line(role)
    typed = tidy.casefold()
    if not sitting.settings.roles and typed != FACILITATOR:
        return tidy
    for known in sitting.settings.roles:
        if known.strip().casefold() == typed:
            return known.strip()
    raise BcpError(
        said("the exercise has no role {role!r}.", role=role),
        said("Choose one of: {roles}.", roles=", ".join(sitting.settings.roles)),
    )


def _room(sitting: Sitting, entries: Sequence[Entry], name: str, *, again: bool) -> None:
    """Raise JoinRefusedError where nobody of this name can come in; a name that leads is nobody else's."""
    joined = [e for e in entries if isinstance(e.what, Joined)]
    leading = {e.who.casefold() for e in joined if e.role == FACILITATOR}
    seated = {e.who.casefold() for e in joined if e.role != FACILITATOR}
    if name.casefold() in leading | seated:
        if again and name.casefold() not in leading:
            return
        raise NameTakenError(
            said("somebody called {name} is in already.", name=name),
            said("Come back as the same person if that is you; else add an initial to your name."),
        )
    if len(seated) >= sitting.settings.participants:
        raise JoinRefusedError(
            said("all {n} seats are taken.", n=sitting.settings.participants), said("Ask the facilitator.")
        )
