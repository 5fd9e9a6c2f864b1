"""Notices out on the screen: what is due when, the texts at a minute, test calls to the numbers, the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import streamlit as st

from bcp.model.announcement import (
    NOTICE_LANGUAGES,
    Audience,
    Checked,
    NumberCheck,
    NumberState,
)
from bcp.model.line import Lines
from bcp.model.notice_out_words import (
    assumed_text,
    audience_name,
    channel_text,
    due_text,
    number_state,
    occasion_name,
    reached_text,
)
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from bcp.model.telling import Telling
from bcp.store import Stored
from bcp.ui import cached
from bcp.ui.parts import line_owners, notice_shown, notices_in, outages
from bcp.ui.parts.plain import plain
from bcp.ui.parts.plans import file_stem
from bcp.ui.parts.which_run import which_run
from bcp.ui.state import Session, seed
from bcp.usecases import notifying
from bcp.usecases.notifying import Notified
from bcp.words import Words

Checks = tuple[tuple[str, str], ...]
"""Test calls: the number as written, and who made the call."""


@dataclass(frozen=True)
class _Choice:
    """Which notices: of which outage, begun when, in which language, as an exercise or not.

    `made` is the content of a scenario that is none of the library's.
    """

    scenario: str
    settings: cached.Settings
    language: str
    day: str
    exercise: bool
    made: str = ""
    lines: str = ""
    """What the list of lines holds; empty for none."""


def notices(session: Session, opened: Stored) -> None:
    """Let an outage be chosen, and show its notices."""
    words, plan = session.words, opened.plan
    notices_in.notices(session, plan)
    mark, listed = line_owners.given_lines(session, plan)
    choice, scenario = _choose(session, opened)
    choice = replace(choice, lines=mark)
    which_run(session, opened, choice.settings)
    with st.spinner(words("Writing the notices …")):
        bare = _told(plan, choice, (), scenario, listed)
    if not bare.found.notices:
        st.info(words("Nobody has to be told anything in this outage."))
        return
    moment = _moment(bare, words)
    checks = _calls(bare, moment, words)
    told = _told(plan, choice, checks, scenario, listed)
    with st.spinner(words("Writing the notices …")):
        files, owners = _made(plan.content_hash, choice, checks, moment, told)
    _download(files, told, moment, opened, choice, words)
    if owners is not None:
        line_owners.owners(owners, opened, words)
    _standing(told, moment, words)
    _table(told, words)


def _choose(session: Session, opened: Stored) -> tuple[_Choice, Scenario]:
    words = session.words
    work = {scenario.id: scenario for scenario in notices_in.scenarios(session, opened.plan)}
    known = work | outages.known(opened.name)
    last, held = session.running
    seed("notices-scenario", last if last in work else outages.first(session, opened, known))
    own = opened.plan.organisation.language
    seed("notices-language", own if own in NOTICE_LANGUAGES else "en")
    what, how, when, kind = st.columns([4, 2, 2, 2], vertical_alignment="bottom")
    picked = what.selectbox(
        words("In this outage"), list(known), key="notices-scenario",
        format_func=lambda i: outages.title(i, known[i], words),
    )  # fmt: skip
    language = how.selectbox(
        words("Language of the notices"), list(NOTICE_LANGUAGES), key="notices-language",
        format_func=NOTICE_LANGUAGES.__getitem__,
    )  # fmt: skip
    settings = held if picked == last else ()
    scenario = work[picked] if picked in work else cached.scenario_on(opened.plan, picked, settings)
    first = notifying.begins_at(opened.plan, scenario).date()
    day = when.date_input(words("It begins on"), first, key=f"notices-day-{picked}")
    exercise = kind.toggle(words("Exercise"), value=False, key="notices-exercise")
    on = (day if isinstance(day, date) else first).isoformat()
    made = scenario.model_dump_json() if picked in work else ""
    return _Choice(picked, settings, language, on, exercise, made), scenario


def _told(plan: Plan, choice: _Choice, checks: Checks, scenario: Scenario, lines: Lines | None) -> Notified:
    return _notified(plan.content_hash, plan, choice, checks, scenario, lines)


@st.cache_resource(show_spinner=False, max_entries=40, hash_funcs={_Choice: repr})
def _notified(
    plan_hash: str, _plan: Plan, choice: _Choice, checks: Checks, _scenario: Scenario, _lines: Lines | None
) -> Notified:
    del plan_hash  # the key
    begins = notifying.begins_at(_plan, _scenario, date.fromisoformat(choice.day))
    return notifying.notify(
        _plan,
        _scenario,
        lines=_lines,
        telling=Telling(begins=begins, exercise=choice.exercise),
        language=choice.language,
        checks=[(number, Checked(by=name)) for number, name in checks],
    )


def _moment(told: Notified, words: Words) -> float:
    """The minute that is looked at: one at which a notice is due."""
    times = {n.at_s: words.moment(n.at) for n in told.found.notices}
    if len(times) == 1:
        return next(iter(times))
    options = sorted(times)
    public = [n for n in told.found.notices if n.audience == Audience.PUBLIC]
    first = next((n.at_s for n in public if not n.planned), public[0].at_s if public else options[0])
    return st.select_slider(
        words("State at"),
        options,
        value=first,
        format_func=times.__getitem__,
        key=f"notices-at-{told.found.scenario}",
    )


def _calls(told: Notified, moment: float, words: Words) -> Checks:
    """Two names for each number that callers are sent to now: whoever of the staff has called it."""
    numbers = {
        n.number: n
        for newest in notifying.newest(told.at(moment))
        for notice in newest.versions
        for n in notice.numbers
        if not n.named_as_failing and n.state != NumberState.NOT_OPEN
    }
    if not numbers:
        return ()
    made: list[tuple[str, str]] = []
    with st.expander(words("Test calls: two people for each number"), expanded=True, icon=":material/call:"):
        st.caption(
            words(
                "Two of your own people call each number that callers are sent to, from different networks, "
                "before the notices go out. A number that no notice gives out yet is not among them."
            )
        )
        for number, check in sorted(numbers.items()):
            made += [(number, name) for name in _names(number, check, words)]
    return tuple(sorted(made))


def _names(number: str, check: NumberCheck, words: Words) -> Sequence[str]:
    what, first, second, state = st.columns([2, 3, 3, 3], vertical_alignment="center")
    what.markdown(f"**{plain(number)}**")
    label = words("has called {number}", number=number)
    names = [
        column.text_input(
            f"{words('Name')} {k}: {label}", key=f"notices-call-{number}-{k}", placeholder=words("Name"),
            label_visibility="collapsed", max_chars=80,
        ).strip()
        for k, column in ((1, first), (2, second))
    ]  # fmt: skip
    passed = len({name.casefold() for name in names if name}) > 1
    if check.state != NumberState.WORKS:
        state.markdown(f":material/warning: {plain(number_state(check.state, words))}")
    else:
        state.markdown(
            f":material/check: {words('two people')}" if passed else words("not called by two yet")
        )
    return [name for name in names if name]


@st.cache_resource(show_spinner=False, max_entries=10, hash_funcs={_Choice: repr})
def _made(
    plan_hash: str, choice: _Choice, checks: Checks, moment: float, _told: Notified
) -> tuple[dict[str, bytes], line_owners.Owners | None]:
    """The files of a minute, and what goes to the owners of lines: slow with many lines, so kept."""
    del plan_hash, choice, checks  # the key
    return notifying.notice_files(_told, at_s=moment), line_owners.made(_told, moment)


def _download(
    files: Mapping[str, bytes],
    told: Notified,
    moment: float,
    opened: Stored,
    choice: _Choice,
    words: Words,
) -> None:
    drafts = sum(v.draft for n in notifying.newest(told.at(moment)) for v in n.versions)
    if drafts:
        st.warning(
            words.count(
                "{n} notice is a draft: see its numbers.",
                "{n} notices are drafts: see their numbers.",
                drafts,
            )
        )
    name = f"{file_stem(opened.name)}-{words('notices')}-{choice.scenario}.zip"
    archive, page = st.columns(2)
    archive.download_button(
        words("Download all files"), notifying.archived(files), icon=":material/folder_zip:", file_name=name,
        mime="application/zip", type="primary", key="notices-zip", on_click="ignore", width="stretch",
    )  # fmt: skip
    status = next((content for path, content in files.items() if path.endswith("/status.html")), None)
    if status is not None:
        page.download_button(
            words("Download the status page"), status, icon=":material/web:", file_name="status.html",
            mime="text/html", key="notices-page", on_click="ignore", width="stretch",
        )  # fmt: skip


def _standing(told: Notified, moment: float, words: Words) -> None:
    """The notices that stand at the minute, one tab each, those of that very minute first."""
    standing = sorted(notifying.newest(told.at(moment)), key=lambda n: (-n.at_s, n.audience))
    tabs = st.tabs([plain(audience_name(n.audience, words)) for n in standing])
    for tab, notice in zip(tabs, standing, strict=True):
        with tab:
            notice_shown.notice(notice, told.plan, told.found.language, words)


def _table(told: Notified, words: Words) -> None:
    """Everything that is due, in time."""
    st.markdown("#### " + words("Everything that is due"))
    rows = [
        {
            words("When"): due_text(n, words),
            words("To"): audience_name(n.audience, words),
            words("Occasion"): occasion_name(n.occasion, words),
            words("Rev."): n.revision,
            words("Reached"): reached_text(n, words),
            words("Channels"): ", ".join(channel_text(c, words) for c in n.channels),
            words("State"): words("draft") if n.draft else words("ready"),
        }
        for n in told.found.notices
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch")
    if any(n.assumed for n in told.found.notices):
        st.caption(assumed_text(words))
