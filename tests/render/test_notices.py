"""Sentences of notices: the same in five languages, plain text whatever a plan says, mistakes told with their place."""

from __future__ import annotations

import shutil
import unicodedata
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp.content.notices import notice_folder
from bcp.errors import BcpError
from bcp.model.announcement import NOTICE_LANGUAGES, Audience, Form, Occasion
from bcp.render.notices.places import filled
from bcp.render.notices.sentences import layout, sentences
from bcp.render.notices.texts import NoticeTexts, forms_of
from bcp.render.notices.told import Clock, Told, told_of
from tests.engine.telling import plan_of
from tests.files.notices_out.samples import NASTY, notice, planned

FOLDER = notice_folder()
PLAN = plan_of()


def told(**changes: object) -> Told:
    """The values of a notice in English."""
    return told_of(
        notice(**changes),
        Clock("en", "HH:mm", "d MMMM y, HH:mm", "d MMMM y", "{start} to {end}", "{day}, {start} to {end}"),
        "Call 112.",
    )


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the folder to change."""
    folder = tmp_path / "notices"
    shutil.copytree(FOLDER, folder)
    return folder


def test_every_language_has_the_same_texts() -> None:
    """No language lacks a text or has one that the others lack, and none is forgotten in the folder."""
    keys = {code: sentences(FOLDER, code).keys for code in NOTICE_LANGUAGES}
    assert {code: sorted(k ^ keys["en"]) for code, k in keys.items()} == {key: [] for key in NOTICE_LANGUAGES}
    assert {p.stem for p in FOLDER.glob("*.yaml")} == {*NOTICE_LANGUAGES, "layout"}


def test_every_sentence_of_the_layout_is_there() -> None:
    """Each name in the layout is a sentence, also for each audience, and every sentence is used."""
    keys = {k.removeprefix("sentences.") for k in sentences(FOLDER, "en").keys if k.startswith("sentences.")}
    used = {
        name
        for table in (layout(FOLDER).full, layout(FOLDER).short)
        for names in table.values()
        for name in names
    }
    for ending in ("", "_back"):
        if f"for_audience{ending}" in used:
            used |= {f"for_{audience}{ending}" for audience in Audience}
    assert used - {"for_audience", "for_audience_back"} == keys


def test_occasions_and_audiences_have_names() -> None:
    """The page can name every occasion and audience in every language."""
    for code in NOTICE_LANGUAGES:
        words = NoticeTexts(PLAN).page_words(code)
        assert all(words[f"occasions.{o}"] for o in Occasion)
        assert all(words[f"audiences.{a}"] for a in Audience)


@given(
    st.lists(NASTY, min_size=3, max_size=3),
    st.sampled_from(sorted(NOTICE_LANGUAGES)),
    st.sampled_from(list(Form)),
)
def test_any_text_of_a_plan_is_only_text(texts: list[str], language: str, form: Form) -> None:
    """A name with Jinja, Markdown or control characters in it stands in the notice as text, on its line."""
    a, b, c = (text[:300] for text in texts)
    for base in (notice, planned):
        (wording,) = (
            NoticeTexts(PLAN)
            .worded(base(organisation=a, cause=b, contact=c, place=(a,)), [(language, form)])
            .wordings
        )
        unseen = {unicodedata.category(ch) for ch in (wording.text + wording.subject).replace("\n", "")}
        assert unseen.isdisjoint({"Cc", "Cf", "Cs", "Co"})
        assert "\n" not in wording.subject
        assert "49" not in wording.text.replace("{{ 7*7 }}", "")


def test_long_lists_are_cut_and_counted() -> None:
    """A list of many numbers names the first ones and says how many more there are."""
    german = sentences(FOLDER, "de")
    assert german.shortened(["a", "b", "c"]) == "a, b und c"
    assert german.shortened(["a", "b", "c", "d", "e"]) == "a, b und 3 weitere"
    assert german.shortened(["a", "b", "c"], 1) == "a und 2 weitere"
    assert german.shortened([]) == ""


def test_a_mistake_in_a_sentence_is_told_with_its_place(own: Path) -> None:
    """An unknown value, bad Jinja, a missing text or language names the file and the sentence."""
    path = own / "en.yaml"
    good = path.read_text(encoding="utf-8")
    for wrong, said in (
        ("{{ nothing_such }}", "nothing_such"),
        ("{% if %}", "Expected an expression"),
        ("{{ organisation.__class__ }}", "unsafe"),
        ("{% for i in range(100000) %}x{% endfor %}", "runs too long"),
    ):
        path.write_text(good.replace('sender: "{{ organisation }}:"', f'sender: "{wrong}"'), encoding="utf-8")
        with pytest.raises(BcpError, match=said) as refused:
            NoticeTexts(PLAN, own).worded(notice(), [("en", Form.SMS)])
        assert refused.value.where.endswith("en.yaml: sentences.sender")
    path.write_text("a: [", encoding="utf-8")
    with pytest.raises(BcpError, match="no YAML"):
        sentences(own, "en")
    path.unlink()
    with pytest.raises(BcpError, match="cannot be read"):
        sentences(own, "en")
    with pytest.raises(BcpError, match="no language"):
        sentences(own, "fr")


def test_a_changed_file_is_read_anew(own: Path) -> None:
    """Who edits a sentence sees it in the next notice."""
    before = sentences(own, "en").plain("page.title")
    path = own / "en.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("title: Service status", "title: News"), encoding="utf-8"
    )
    assert (before, sentences(own, "en").plain("page.title")) == ("Service status", "News")


def test_an_unknown_country_is_told_of_112() -> None:
    """Every country has its advice; one that the sentences do not know gets the common one."""
    (wording,) = NoticeTexts(PLAN).worded(notice(country="AT"), [("de", Form.WEB)]).wordings
    assert "Im Notfall wählen Sie die 112." in wording.text


@pytest.mark.parametrize(
    ("text", "result", "left"),
    [
        ("Nästa besked lämnas klockan [TID].", "Nästa besked lämnas klockan 09:20.", ()),
        ("No service since [TIME].", "No service since 3 March 2026, 07:00.", ()),
        ("[SINCE]: [CAUSE]. [NEXT UPDATE]", "3 March 2026, 07:00: not known. 09:20", ()),
        ("[Sedan]: [Orsak]. [Nächste Meldung]", "3 March 2026, 07:00: not known. 09:20", ()),
        ("Cause: [KNOWN OR NOT].", "Cause: not known.", ()),
        ("Expected end: [TIME OR NONE].", "Expected end: not known.", ()),
        ("Your line in [MUNICIPALITY].", "Your line in Residents.", ()),
        ("Ask [NAME] on [DAY].", "Ask [NAME] on [DAY].", ("[NAME]", "[DAY]")),
        ("No places.", "No places.", ()),
    ],
)
def test_places_of_a_prepared_message_are_filled(text: str, result: str, left: tuple[str, ...]) -> None:
    """What is clear is filled in; what only a person knows stays, and is named."""
    assert filled(text, told(), "not known") == (result, left)


def test_sentences_stand_where_a_message_leaves_them_open() -> None:
    """What fails and what works are put in whole; a sentence with nothing to say leaves no gap."""
    sentences = {"fails": "You cannot call 1.", "instead": "", "works": "You can call 2."}
    text = "[WHAT FAILS] [CALL INSTEAD] [What works] Next update by [NEXT UPDATE]."
    expected = "You cannot call 1. You can call 2. Next update by 09:20."
    assert filled(text, told(), "not known", sentences) == (expected, ())
    assert filled("[WHAT FAILS]", told(), "not known") == ("[WHAT FAILS]", ("[WHAT FAILS]",))


def test_planned_work_fills_its_own_times() -> None:
    """Start and end of planned work are known."""
    values = told_of(planned(), Clock("en", "HH:mm", "HH:mm", "d", "{start}-{end}", "{start}-{end}"), "")
    assert filled("From [START] to [END].", values, "?")[0] == "From 00:00 to 06:00."


@pytest.mark.parametrize(
    ("day", "since"),
    [(1, "1 March 2026, 00:30"), (29, "29 March 2026, 00:30 (CET)")],
    ids=["on any day", "while the clocks change"],
)
def test_the_zone_is_named_only_where_a_time_could_be_misread(day: int, since: str) -> None:
    """Callers read the time of their own clock; across a change of the clocks every time has its zone."""
    zone = ZoneInfo("Europe/Stockholm")
    begins, following = (datetime(2026, 3, day, hour, 30, tzinfo=zone) for hour in (0, 4))
    found = notice(begins=begins, known_from=None, at=begins, next_update=following, history=())
    worded = NoticeTexts(PLAN).worded(found, [("en", Form.WEB)])
    assert f"since {since}." in worded.wordings[0].text
    assert ("(CEST)" in worded.wordings[0].text) == (day == 29)


def test_a_message_of_the_plan_gets_the_number_to_call_instead() -> None:
    """A prepared text without a place for the other number says it in a sentence of its own, once."""
    for text in ("We cannot be reached.", "Call 0980-31 92 40."):
        message = {"audience": "The public", "when": "At once", "text": text}
        texts = NoticeTexts(plan_of(document={"messages": [message]}))
        found = texts.worded(notice(), [("sv", Form.WEB)]).wordings[0].text
        assert found.count("0980-31 92 40") == 1


def test_an_sms_is_written_only_where_one_can_be_sent() -> None:
    """The staff gets an SMS where the plan has a mobile number of theirs, the public where it has a channel for it."""
    staff, mobile = {"name": "Ada"}, {"name": "Ada", "mobile": "+46701740640"}
    without, with_one = (plan_of(contacts={"ada": person}) for person in (staff, mobile))
    told_staff = notice(audience=Audience.STAFF, channels=())
    assert Form.SMS not in forms_of(told_staff, without)
    assert Form.SMS in forms_of(told_staff, with_one)
    assert forms_of(notice(audience=Audience.PUBLIC, channels=()), with_one) == (Form.WEB,)


def test_a_crowd_is_told_in_round_figures() -> None:
    """Nobody counts the affected to the last one: two figures are enough."""
    assert [told(customers=n).customers for n in (0, 7, 42, 137, 13_486, 34_000)] == [
        "", "7", "42", "140", "13,000", "34,000",
    ]  # fmt: skip


def test_a_text_says_how_long_it_is() -> None:
    """SMS in segments, radio in words, else characters, each beside what its channel takes."""
    wanted = [("sv", form) for form in (Form.SMS, Form.RADIO, Form.SOCIAL, Form.WEB)]
    sms, radio, social, web = NoticeTexts(PLAN).worded(notice(), wanted).wordings
    assert (sms.encoding, sms.size, sms.limit) == ("GSM-7", 1, 3)
    assert (radio.size, radio.limit) == (len(radio.text.split()), 90)
    assert (social.size, social.limit) == (len(social.text), 300)
    assert web.limit is None
    assert all(w.fits for w in (sms, radio, social, web))
