"""Choosing two sides to compare, and what became better or worse between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from bcp import usecases
from bcp.model.comparison import Change, Comparison, Difference
from bcp.model.finding import Finding
from bcp.model.names import CHANGE_SIGN, change_name, figure_text, measure_name
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from bcp.store import Stored
from bcp.ui import background, cached, desk
from bcp.ui.parts import outages
from bcp.ui.parts.plain import plain
from bcp.ui.per_plan import content_hash
from bcp.ui.state import Session, seed
from bcp.words import Words

_NONE = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One side: which revision of which plan, under which scenario; an empty one for none."""

    label: str
    stored: Stored
    scenario: str


def kind(session: Session) -> str:
    """Let it be chosen what is compared: versions, plans, two outages or several side by side."""
    words = session.words
    kinds = {
        "versions": words("Versions of this plan"),
        "plans": words("Another plan"),
        "outages": words("Two outages"),
        "several": words("Up to four outages"),
    }
    seed("compare-what", "versions")
    chosen = st.segmented_control(
        words("What to compare"),
        list(kinds),
        format_func=kinds.__getitem__,
        key="compare-what",
        required=True,
    )
    return chosen or "versions"


def choose(session: Session, opened: Stored, what: str) -> tuple[Chosen, Chosen]:
    """Let the two sides be chosen: versions of the open plan, two plans, or two outages on the open plan."""
    words = session.words
    left, right = st.columns(2)
    if what == "outages":
        return _outage(session, opened, left, "first"), _outage(session, opened, right, "second")
    under = _scenario(session, "compare-under", _last(session))
    if what == "plans":
        other = _other_plan(session, opened, left)
        return Chosen(other.name, other, under), Chosen(opened.name, opened, under)
    old = _version(session, opened, left, "old")
    new = _version(session, opened, right, "new")
    return (
        Chosen(words("Version {n}", n=old.revision.number), old, under),
        Chosen(words("Version {n}", n=new.revision.number), new, under),
    )


def _last(session: Session) -> str:
    return session.running[0]


def _scenario(session: Session, key: str, default: str) -> str:
    words = session.words
    known = _scenarios(session)
    seed(key, default if default in known else _NONE)
    return st.selectbox(
        words("Under which outage"),
        [_NONE, *known],
        format_func=lambda i: (
            outages.title(i, known[i], session.words) if i else words("None: weaknesses only")
        ),
        key=key,
    )


def _scenarios(session: Session) -> dict[str, Scenario]:
    return outages.known(session.plan)


def _outage(session: Session, opened: Stored, place: st.delta_generator.DeltaGenerator, which: str) -> Chosen:
    known = _scenarios(session)
    names = list(known)
    default = _last(session) or names[0]
    if which == "second":
        default = next(i for i in names if i != default)
    label = session.words("First outage") if which == "first" else session.words("Second outage")
    seed(f"compare-outage-{which}", default)
    picked = place.selectbox(
        label,
        names,
        format_func=lambda i: outages.title(i, known[i], session.words),
        key=f"compare-outage-{which}",
    )
    return Chosen(known[picked].titled(session.language), opened, picked)


def _version(
    session: Session, opened: Stored, place: st.delta_generator.DeltaGenerator, which: str
) -> Stored:
    words = session.words
    revisions = {r.number: r for r in cached.store().revisions(opened.name)}
    numbers = sorted(revisions, reverse=True)
    default = numbers[0] if which == "new" else numbers[min(1, len(numbers) - 1)]
    key = f"compare-version-{which}-{opened.name}"
    seed(key, default)
    picked = place.selectbox(
        words("Before") if which == "old" else words("After"),
        numbers,
        format_func=lambda n: " · ".join(
            part
            for part in (
                words("Version {n}", n=n),
                words.moment(desk.local(revisions[n].saved_at)),
                revisions[n].note[:60],
            )
            if part
        ),
        key=key,
    )
    return cached.stored(opened.name, picked)


def _other_plan(session: Session, opened: Stored, place: st.delta_generator.DeltaGenerator) -> Stored:
    words = session.words
    others = {s.name: s for s in cached.store().plans() if s.name != opened.name}
    if not others:
        st.info(words("There is no other plan yet. Open or upload one on the start page."))
        st.stop()
    picked = place.selectbox(
        words("Compare with"),
        list(others),
        format_func=lambda name: f"{others[name].organisation} ({name})",
        key="compare-plan",
    )
    return desk.newest(picked)


def compared(before: Chosen, after: Chosen, session: Session) -> Comparison:
    """Both sides compared; while that takes long, how long, and the page ends there.

    Raises BcpError where one of them cannot be run.
    """
    sides = _side(before), _side(after)
    wanted = ("comparison", *(_what(*side) for side in sides), session.language)
    return background.whole(
        wanted,
        lambda _: usecases.compare(*sides, language=session.language),
        session.words,
        key="comparison",
    )


def _side(chosen: Chosen) -> tuple[str, Plan, Scenario | None]:
    plan = chosen.stored.plan
    struck = cached.scenario_on(plan, chosen.scenario, ()) if chosen.scenario else None
    return chosen.label, plan, struck


def _what(label: str, plan: Plan, struck: Scenario | None) -> tuple[str, str, str]:
    """What tells one side from another: own outages can change under their name."""
    return label, content_hash(plan), struck.model_dump_json() if struck else ""


def summary(found: Comparison, words: Words) -> None:
    """How much became better and worse, in one line."""
    counted = Counter(d.change for d in (*found.activities, *found.fallbacks))
    st.markdown(f"**{plain(found.before.label)} → {plain(found.after.label)}**")
    if set(counted) <= {Change.SAME}:
        st.info(words("No activity or fallback differs."))
        return
    with st.container(horizontal=True, gap="large"):
        for change in Change:
            if counted[change]:
                label = f"{CHANGE_SIGN[change]} {change_name(change, words)}"
                st.metric(label, counted[change], width="content")


def differences(found: Comparison, words: Words) -> None:
    """What differs, figure by figure."""
    for title, rows in ((words("Activities"), found.activities), (words("Fallbacks"), found.fallbacks)):
        changed = [d for d in rows if d.change is not Change.SAME]
        if changed:
            st.markdown(f"#### {title}")
            st.dataframe(_table(changed, words), hide_index=True)
            same = len(rows) - len(changed)
            if same:
                st.caption(words("{n} more are the same on both sides.", n=same))


def _table(changed: Sequence[Difference], words: Words) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                words("Name"): d.title,
                words("Measure"): measure_name(m.name, words),
                words("Before"): figure_text(m.name, m.before, words),
                words("After"): figure_text(m.name, m.after, words),
                words("Change"): f"{CHANGE_SIGN[m.change]} {change_name(m.change, words)}",
            }
            for d in changed
            for m in d.measures
            if m.change is not Change.SAME
        ]
    )


def remarks(found: Comparison, words: Words) -> None:
    """Findings that came or went, and the places of the plan that differ."""
    for title, findings in (
        (words("New remarks"), found.findings_new),
        (words("Remarks that are gone"), found.findings_gone),
    ):
        if findings:
            with st.expander(f"{title} ({len(findings)})"):
                st.markdown("\n".join(f"- {_line(f)}" for f in findings))
    if found.changes:
        with st.expander(words("Changed in the plan") + f" ({len(found.changes)})"):
            st.markdown("\n".join(f"- `{_code(place)}`" for place in found.changes))


def _line(finding: Finding) -> str:
    return f"**{plain(finding.code)}** {plain(finding.message)}"


def _code(text: str) -> str:
    """Text between backticks, without any of its own."""
    return text.replace("`", "'")
