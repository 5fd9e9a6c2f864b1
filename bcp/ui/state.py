"""What one browser session remembers, in one value. No other file says session_state.

The open plan itself lies in the store; here is only its name. What must survive a reload of the page
also stands in its address.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from threading import RLock
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from bcp.model.what_if import Trial
from bcp.ui.draft import Draft
from bcp.ui.view import View
from bcp.words import LANGUAGES, Words, chosen_language, words

OPEN = "BCP_OPEN"
"""The environment variable that names the plan to open first: a path, db:NAME or example:NAME."""

RUN = "BCP_SCENARIO"
"""The environment variable that names the scenario to run on it."""

OWNER = "BCP_OWNER"
"""The environment variable with the key of the one who shares the app: without it others may only join exercises."""

_KEY = "bcp"
_SETTING = "set."


@dataclass(frozen=True)
class RunKey:
    """Which run is shown: of which revision of which plan, with which trials, under which scenario and settings."""

    plan: str
    revision: int
    scenario: str
    settings: tuple[tuple[str, str], ...] = ()
    trials: tuple[Trial, ...] = ()


@dataclass(frozen=True)
class Filled:
    """A form on the page: the key of its fields, and the revisions that it shows and whose changes are known."""

    key: str
    shown: int
    known: int


@dataclass
class Session:
    """The choices of one browser session: names and numbers, never plans or runs, and files given to pages."""

    language: str
    plan: str = ""
    large: bool = False
    to_open: str = ""
    to_run: bool = False
    to_land: str = ""
    scenario: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    ran: RunKey | None = None
    before: RunKey | None = None
    minute: int = 0
    playing: bool = False
    stride: int = 1
    asked: str = ""
    guided_refused: str = ""
    guided_left: str = ""
    draft: Draft | None = None
    trials: tuple[Trial, ...] = ()
    trials_kept: str = ""
    late: bool = False
    table: str = "activities"
    chosen: str = ""
    view: View = field(default_factory=View)
    model_view: str = "graph"
    weakness_view: str = "sets"
    overview_view: str = "heat"
    incident: str = ""
    incident_key: str = ""
    incident_view: str = "now"
    workshop: str = ""
    workshop_key: str = ""
    workshop_view: str = "now"
    owner: str = ""
    guest: bool = False
    joining: str = ""
    returning: bool = False
    seat: str = ""
    seat_key: str = ""
    fallback: str = ""
    contact: str = ""
    subject: str = ""
    accepting: str = ""
    document: str = ""
    document_language: str = ""
    table_base: int = 0
    table_last: int = 0
    supplier_notices: tuple[tuple[str, bytes], ...] = ()
    lines_file: tuple[str, bytes] | None = None
    told: tuple[str, ...] = ()
    person: str = ""
    """The name of who is at the screen, as it was given last."""
    refused: str = ""
    own_revision: int = 0
    filled: dict[str, Filled] = field(default_factory=dict)
    editing: AbstractContextManager[object] = field(default_factory=RLock, repr=False, compare=False)
    """Held while something is edited: Streamlit may begin a new run while the last one is still in a callback."""
    sent: dict[str, int] = field(default_factory=dict)
    half: dict[str, Any] = field(default_factory=dict)

    @property
    def words(self) -> Words:
        """The words of the chosen language."""
        return words(self.language)

    @property
    def running(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The scenario that was run last, or will be at once, with its settings; an empty name for none."""
        if self.ran is not None:
            return self.ran.scenario, self.ran.settings
        return (self.scenario, tuple(sorted(self.settings.items()))) if self.to_run else ("", ())

    def blank_form(self, form: str) -> str:
        """The key of a form for something new: another one, and so an empty form, each time it was sent."""
        return f"{form}-{self.sent.get(form, 0)}"

    def form_sent(self, form: str) -> None:
        """What was typed into a form for something new is in the plan now."""
        self.sent[form] = self.sent.get(form, 0) + 1

    def open(self, plan: str) -> None:
        """Turn to another plan: what was chosen in the last one is forgotten."""
        fresh = Session(self.language, plan, self.large, owner=self.owner, editing=self.editing)
        fresh.person = self.person
        self.__dict__.update(fresh.__dict__)


def session() -> Session:
    """What this browser session remembers; at its start, what the address and the environment say."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = _begun()
    kept: Session = st.session_state[_KEY]
    return kept


def _begun() -> Session:
    query = st.query_params
    language = query.get("lang", "")
    begun = Session(language if language in LANGUAGES else chosen_language(st.context.locale))
    begun.owner = query.get("owner", "")
    begun.large = query.get("size") == "large"
    if _only_joins(begun.owner):
        begun.guest, begun.joining = True, query.get("join", "").strip().upper()
        begun.seat, begun.seat_key = query.get("seat", ""), query.get("seat_key", "")
        return begun
    begun.plan = query.get("plan", "")
    begun.scenario = query.get("scenario", "")
    begun.settings = {k.removeprefix(_SETTING): query[k] for k in query if k.startswith(_SETTING)}
    minute = query.get("t", "0")
    begun.minute = int(minute) if minute.isdecimal() and len(minute) < 8 else 0  # noqa: PLR2004 - 19 years will do
    begun.to_run = "t" in query
    begun.trials_kept = query.get("trials", "")
    begun.incident, begun.incident_key = query.get("incident", ""), query.get("incident_key", "")
    begun.workshop, begun.workshop_key = query.get("workshop", ""), query.get("workshop_key", "")
    if not begun.plan:
        begun.to_open = os.environ.get(OPEN, "")
        begun.scenario = begun.scenario or os.environ.get(RUN, "")
        if os.environ.get(RUN):
            begun.to_run = True
            begun.to_land = "" if urlsplit(st.context.url or "").path.strip("/") else "scenarios"
    return begun


def _only_joins(owner: str) -> bool:
    """Whether this browser came to join an exercise: by the page's address, or as a guest of a shared app."""
    if urlsplit(st.context.url or "").path.rstrip("/").endswith("/join"):
        return True
    key = os.environ.get(OWNER, "")
    return bool(key) and not (_from_here() and secrets.compare_digest(owner.encode(), key.encode()))


def _from_here() -> bool:
    """Whether the browser runs on the computer that serves the app.

    Nobody else's browser is the owner's, whatever key it brings: the owner's address, with its key, stands on
    the projector in front of all guests.
    """
    return st.context.ip_address in (None, st.get_option("browser.serverAddress"))


def write_address(current: Session) -> None:
    """Keep in the page's address what a reload needs."""
    wanted = _guest_address(current) if current.guest else _address(current)
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)


def _guest_address(current: Session) -> dict[str, str]:
    wanted = {"lang": current.language, "join": current.joining}
    return wanted | {"seat": current.seat, "seat_key": current.seat_key} if current.seat else wanted


def _address(current: Session) -> dict[str, str]:
    wanted = {"lang": current.language}
    if current.large:
        wanted["size"] = "large"
    if current.owner:
        wanted["owner"] = current.owner
    if current.plan:
        wanted["plan"] = current.plan
    if current.scenario:
        wanted["scenario"] = current.scenario
        wanted |= {_SETTING + key: value for key, value in current.settings.items()}
    if current.ran is not None or current.to_run:
        wanted["t"] = str(current.minute)
    if current.trials_kept:
        wanted["trials"] = current.trials_kept
    if current.incident:
        wanted |= {"incident": current.incident, "incident_key": current.incident_key}
    if current.workshop:
        wanted |= {"workshop": current.workshop, "workshop_key": current.workshop_key}
    return wanted


def given(key: str, default: Any = None) -> Any:
    """What the widget of this key holds just now; for the functions that widgets call."""
    return st.session_state.get(key, default)


def edited_rows(key: str) -> Mapping[int, Mapping[str, Any]]:
    """The cells that were changed in the table of this key, by row and column."""
    held = st.session_state.get(key)
    rows: Mapping[int, Mapping[str, Any]] = held["edited_rows"] if held else {}
    return rows


def put(key: str, value: Any) -> None:
    """Set the widget of this key before it is drawn."""
    st.session_state[key] = value


def seed(key: str, value: Any) -> None:
    """Set the widget of this key where it does not hold anything yet, as after a change of page."""
    if key not in st.session_state:
        st.session_state[key] = value


def held(key: str) -> bool:
    """Whether the widget of this key was drawn last time and so remembers what was done in it."""
    return key in st.session_state


def carry(current: Session, keys: Iterable[str]) -> None:
    """Keep what the widgets of these keys hold, and give it back where the page has not drawn them for a while.

    To be called before they are drawn; `remember` takes what was typed last when the page turns away from them.
    """
    for key in keys:
        if key in st.session_state:
            current.half[key] = st.session_state[key]
        elif key in current.half:
            st.session_state[key] = current.half[key]


def remember(current: Session) -> None:
    """Keep what the widgets that are carried hold just now; for what a choice of views calls."""
    current.half |= {key: st.session_state[key] for key in current.half if key in st.session_state}
