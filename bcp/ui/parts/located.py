"""Where a fault lies: the verdict, ranked suspects with their reasons, the next test, and the evidence to take along."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from bcp.model.call import Calls
from bcp.model.locate_words import (
    call_text,
    caveats,
    chance_text,
    group_text,
    outside_text,
    ranked,
    reason_text,
    verdict_text,
    whose_text,
    why_text,
    worth_explaining,
)
from bcp.model.located import Location, Suspect, SuspectGroup
from bcp.model.plan import Plan
from bcp.ui.parts.plain import plain
from bcp.usecases import locating
from bcp.words import Words

_SHOWN = 15
_LEAST = 0.005


def found(plan: Plan, calls: Calls) -> Location:
    """The location of the fault, kept while plan and calls stay the same. Raises BcpError."""
    return _found(plan.content_hash, hash(calls), plan, calls)


@st.cache_resource(show_spinner=False, max_entries=20)
def _found(plan_hash: str, calls_hash: int, _plan: Plan, _calls: Calls) -> Location:
    del plan_hash, calls_hash  # the key
    return locating.locate(_plan, _calls)


def verdict(plan: Plan, location: Location, words: Words) -> None:
    """Where it lies, in a sentence; and that it is not us, with the evidence."""
    st.subheader(plain(verdict_text(location, plan.title, words)))
    st.caption(plain(words("Of {n} calls {failed} failed", n=location.calls, failed=location.failures)))
    text = outside_text(location, plan.title, words)
    if text:
        st.info(f"**{words('It is not us')}**  \n{plain(text)}", icon=":material/verified:")


def suspects(plan: Plan, calls: Calls, location: Location, words: Words) -> None:
    """The suspects, the most probable first; the reasons of the first ones; their calls to download.

    Those that the calls cannot tell apart are one row.
    """
    shown = [(g, s) for g, s in ranked(location) if g.probability >= _LEAST][:_SHOWN]
    if not shown:
        return
    st.markdown("#### " + words("Suspects"))
    probability = words("Probability")
    st.dataframe(
        pd.DataFrame([_row(plan, g, s, words) for g, s in shown]),
        hide_index=True,
        column_config={
            probability: st.column_config.ProgressColumn(
                probability, format="percent", min_value=0.0, max_value=1.0
            )
        },
    )
    for n, (group, suspect) in enumerate(worth_explaining(location)):
        with st.container(border=True):
            share = chance_text(group.probability, words)
            st.markdown(f"**{plain(group_text(group, plan.title, words))}** · {share}")
            st.write(plain(reason_text(suspect, words)))
            st.download_button(
                words("Download the calls"),
                locating.evidence_csv(calls, location, suspect.component).encode("utf-8-sig"),
                icon=":material/download:",
                file_name=f"{_file_stem(suspect)}.csv",
                mime="text/csv",
                key=f"evidence-{n}",
                on_click="ignore",
            )


def _row(plan: Plan, group: SuspectGroup, suspect: Suspect, words: Words) -> dict[str, object]:
    return {
        words("Suspect"): group_text(group, plan.title, words),
        words("Probability"): group.probability,
        words("Whose"): whose_text(group, suspect, words),
        words("Accounts for"): suspect.explains_count,
        words("Well through it"): suspect.well,
    }


def _file_stem(suspect: Suspect) -> str:
    """A file name of nothing but letters, digits and hyphens."""
    stem = "".join(ch if ch.isascii() and ch.isalnum() else "-" for ch in suspect.component)
    return f"calls-{stem[:60]}"


def next_test(plan: Plan, location: Location, words: Words) -> None:
    """The call to try next, and why."""
    test = location.next_test
    if test is not None:
        st.markdown("#### " + words("Next test call"))
        st.markdown(f"**{plain(call_text(test, plan.title, words))}**")
        st.write(plain(why_text(test, plan.title, words)))


def notes(location: Location, words: Words) -> None:
    """What to keep in mind about the result."""
    for note in caveats(location, words):
        st.caption(plain(note))
