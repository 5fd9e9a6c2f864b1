"""Who must be told what now, over which channel that still serves, and who has been told."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from bcp.model.announcement import Announcement, Audience, Form, Occasion
from bcp.model.log_entry import Told
from bcp.model.notice_out_words import audience_name, form_name, number_state, occasion_name, reached_text
from bcp.model.to_tell import ToTell
from bcp.ui import guard
from bcp.ui.parts import notice_shown
from bcp.ui.parts.incident_scene import Scene, say, write
from bcp.ui.parts.plain import plain
from bcp.ui.state import given
from bcp.usecases.next_step import not_told_of_the_end
from bcp.usecases.telling_now import audience_told, to_tell
from bcp.words import words as words_of

_ONE_BY_ONE = ""


def telling(scene: Scene) -> None:
    """A box for each audience, those not told yet first."""
    words = scene.words
    with st.spinner(words("Writing the notices …")), guard.problems(words, stop=True):
        due = found(scene)
    again = [name for name in not_told_of_the_end(scene.now) if name not in _restored(scene, due)]
    for name in again:
        _works_again(scene, name)
    if not due and not again:
        st.info(words("Nobody has to be told anything yet."))
    for told in due:
        _audience(scene, told)


def _restored(scene: Scene, due: Sequence[ToTell]) -> set[str]:
    """The audiences for whom a notice that it works again is ready, as the log names them."""
    return {
        audience_told(scene.live, told.notice.audience)
        for told in due
        if told.open and told.notice.occasion is Occasion.RESTORATION
    }


def _works_again(scene: Scene, name: str) -> None:
    """An audience that was last told of the outage, and for which no notice is written."""
    words = scene.words
    with st.container(border=True):
        st.markdown(f"#### {plain(name)}")
        st.markdown(words("Last told before it was back: tell them that it works again."))
        if scene.open:
            text = words_of(scene.live.sitting.language)("It works again.")
            st.button(
                words("Told"), key=f"{scene.key}-again-{name}", icon=":material/done_all:", type="primary",
                on_click=say, args=(scene, Told(audience=name, channel=_ONE_BY_ONE, text=text)),
            )  # fmt: skip


def found(scene: Scene) -> tuple[ToTell, ...]:
    """Whom to tell what; computed once for each entry and minute."""
    return _found(scene.live.sitting.id, scene.now.number, int(scene.now.clock.t_s // 60), scene)


@st.cache_resource(show_spinner=False, max_entries=50)
def _found(sitting: str, number: int, minute: int, _scene: Scene) -> tuple[ToTell, ...]:
    del sitting, number, minute  # the key
    return to_tell(_scene.live, _scene.now, _scene.at, _scene.plan.organisation.language)


def _audience(scene: Scene, told: ToTell) -> None:
    words, notice = scene.words, told.notice
    with st.container(border=True):
        if told.open and told.due > scene.at:
            state = f":orange-badge[◷ {words('to be told by {clock}', clock=scene.wall(told.due))}]"
        elif told.open:
            state = f":orange-badge[◷ {words('to be told since {clock}', clock=scene.wall(told.due))}]"
        else:
            state = f":green-badge[✓ {words('told {clock}', clock=scene.wall(told.told_at or told.due))}]"
        st.markdown(f"#### {plain(audience_name(notice.audience, words))}\n{state}")
        st.caption(
            plain(
                f"{occasion_name(notice.occasion, words)} · {words('reached: {share}', share=reached_text(notice, words))}"
            )
        )
        names = [c.name or words("one by one") for c in notice.channels]
        st.markdown(
            plain(words("Over: {names}", names=", ".join(names)))
            if names
            else words("No channel serves: go there, or send somebody.")
        )
        if notice.lost_channels:
            st.markdown("✕ " + plain(words("Gone: {names}", names=", ".join(notice.lost_channels))))
        _numbers(scene, notice)
        if scene.open:
            _tell(scene, notice)
        with st.expander(words("The text"), expanded=told.open and notice.audience == Audience.PUBLIC):
            _texts(scene, notice)
            if notice.at_decision is not None:
                notice_shown.decided(notice.at_decision, scene.plan, words)
                _numbers(scene, notice.at_decision)
                _texts(scene, notice.at_decision)


def _numbers(scene: Scene, notice: Announcement) -> None:
    """Numbers in the text that do not answer now, and those that somebody must call before they are given out."""
    words = scene.words
    for number in notice.wrong:
        text = words(
            "The text names {number}: {state}.", number=number.number, state=number_state(number.state, words)
        )
        st.error(plain(text), icon=":material/call_end:")
    for number in notice.unchecked:
        if number not in notice.wrong:
            text = words("Call {number} yourself before you give it to anybody.", number=number.number)
            st.caption(":material/call: " + plain(text))


def _tell(scene: Scene, notice: Announcement) -> None:
    """The channel that was used, and the button that says so."""
    words, key = scene.words, f"{scene.key}-told-{notice.audience.value}"
    names = {c.channel: c.name or words("one by one") for c in notice.channels}
    if _ONE_BY_ONE not in names:
        names[_ONE_BY_ONE] = words("one by one")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            words("Channel"),
            list(names),
            key=f"{key}-channel",
            format_func=names.__getitem__,
            width="stretch",
        )
        st.button(
            words("Told"),
            key=key,
            icon=":material/done_all:",
            type="primary",
            on_click=_told,
            args=(scene, notice, key),
        )
        if notice.at_decision is not None:
            st.button(
                words("Told, with the number"),
                key=f"{key}-with-decision",
                icon=":material/dialpad:",
                on_click=_told,
                args=(scene, notice.at_decision, key),
            )


def _told(scene: Scene, notice: Announcement, key: str) -> None:
    wording = notice.wording(_language(notice), Form.WEB)
    text = f"{wording.subject}. {wording.text}" if wording else ""
    write(
        scene,
        Told(
            audience=audience_told(scene.live, notice.audience),
            channel=given(f"{key}-channel") or "",
            text=text[:20_000],
        ),
    )


def _language(notice: Announcement) -> str:
    return notice.wordings[0].language if notice.wordings else "en"


def _texts(scene: Scene, notice: Announcement) -> None:
    """The texts ready to copy, those of the same words together."""
    words = scene.words
    forms_of: dict[str, list[str]] = {}
    for wording in notice.wordings:
        forms_of.setdefault(wording.text, []).append(form_name(wording.form, words))
    for text, forms in forms_of.items():
        st.caption(plain(" · ".join(forms)))
        st.code(text, language=None, wrap_lines=True)
