"""The status page: one file, nothing from the network, all text escaped, one's own line and no list of customers."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp.errors import BcpError
from bcp.files.notices_out import status_page as page_module
from bcp.files.notices_out.status_page import PageLines, checksum, status_page
from bcp.model.announcement import NOTICE_LANGUAGES, Audience, Occasion
from bcp.model.line_notice import LineNotice
from bcp.render.notices.texts import NoticeTexts
from tests.engine.telling import plan_of
from tests.files.notices_out.samples import NASTY, checked, notice, planned, wording
from tests.html_outline import Outline

WORDS = {code: NoticeTexts(plan_of()).page_words(code) for code in NOTICE_LANGUAGES}
ALLOWED = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "nav",
        "button",
        "main",
        "h1",
        "h2",
        "h3",
        "small",
        "p",
    ),
    *("article", "span", "time", "details", "summary", "div", "section", "form", "label", "input", "script"),
}


def page(*notices: object, lines: PageLines | None = None, organisation: str = "Testkommun") -> bytes:
    """The page of these notices."""
    return status_page(list(notices), WORDS, organisation=organisation, language="sv", lines=lines)  # type: ignore[arg-type]


def data_of(content: bytes) -> dict[str, object]:
    """The data that the page's script reads."""
    found = re.search(rb'<script type="application/json" id="data">(.*?)</script>', content, re.DOTALL)
    assert found
    data: dict[str, object] = json.loads(found[1])
    return data


def test_the_page_is_one_file_without_network() -> None:
    """No element loads anything, and the policy allows only the page's own style and script."""
    content = page(notice())
    outline = Outline(content)
    loading = {"src", "href", "srcset", "action", "background", "poster", "data"}
    assert [a for _, attributes in outline.seen for a in attributes if a in loading] == []
    policy = next(a["content"] for t, a in outline.seen if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert b"url(" not in content
    assert b"@import" not in content


def test_all_five_languages_and_both_schemes_are_there() -> None:
    """Each language has its part with its own code, and the style knows dark and light."""
    content = page(notice())
    outline = Outline(content)
    assert [a["lang"] for t, a in outline.seen if t == "main"] == list(NOTICE_LANGUAGES)
    assert b"prefers-color-scheme: dark" in content
    ids = [a["id"] for _, a in outline.seen if "id" in a]
    assert len(ids) == len(set(ids))


@given(st.lists(NASTY, min_size=4, max_size=4))
def test_any_text_is_only_text(texts: list[str]) -> None:
    """Whatever a plan says, the page has its own elements only, nested properly, and no handler."""
    a, b, c, d = texts
    told = notice(
        organisation=a[:300], wordings=tuple(wording(code, b, subject=c[:300]) for code in NOTICE_LANGUAGES)
    )
    lines = PageLines([LineNotice(d, told.id, 2, None, "", "sv")], [d])
    outline = Outline(page(told, organisation=a, lines=lines))
    assert {tag for tag, _ in outline.seen} <= ALLOWED
    assert [
        k for _, attributes in outline.seen for k in attributes if k.startswith("on") or k == "style"
    ] == []
    assert len([t for t, _ in outline.seen if t == "script"]) == 2


def test_the_page_tells_history_and_next_update() -> None:
    """Earlier revisions stand under the newest, and the next update at the top."""
    first = notice(
        revision=1, occasion=Occasion.DETECTION, history=(), wordings=(wording("sv", "Det första."),)
    )
    content = page(first, notice()).decode()
    assert "Tidigare meddelanden (1)" in content
    assert "Det första." in content
    assert '<p class="next">Nästa besked: <time datetime="2026-03-03T09:20+01:00">' in content


def test_drafts_and_exercises_say_so() -> None:
    """An unchecked number or an exercise puts a banner over the page in every language."""
    assert b'class="banner' not in page(notice())
    assert page(notice(exercise=True)).count(b"banner exercise") == len(NOTICE_LANGUAGES)
    assert page(notice(numbers=(checked("1", "Anna"),))).count(b"banner draft") == len(NOTICE_LANGUAGES)


def test_the_public_page_has_nothing_for_staff() -> None:
    """What goes to staff, partners and authorities stays off the page."""
    inner = notice(audience=Audience.STAFF, wordings=(wording("sv", "Lova ingen sluttid."),))
    assert "Lova ingen sluttid" not in page(inner, notice()).decode()


def test_no_line_can_be_read_out_of_the_page() -> None:
    """Ids stand in as checksums with the page's own salt; the owner's id still finds its notice."""
    told = [LineNotice(line, planned().id, 1, None, "", "sv") for line in ("fb-1001", "fb-1002")]
    content = page(notice(), planned(), lines=PageLines(told, ["fb-1001", "fb-1002", "fb-1003"]))
    assert b"fb-100" not in content.lower()
    data = data_of(content)
    salt, rounds, lines = data["salt"], data["rounds"], data["lines"]
    assert isinstance(salt, str)
    assert isinstance(rounds, int)
    assert isinstance(lines, dict)
    assert set(lines) == {checksum(i, salt, rounds) for i in ("FB-1001", "FB-1002")}
    other = data_of(page(notice(), lines=PageLines(told, ["fb-1001"])))
    assert other["salt"] != salt


def test_ids_that_differ_in_case_alone_are_kept_apart() -> None:
    """Where two lines differ only in capitals, an id counts as it is written: no stranger is alarmed."""
    told = [LineNotice("ab", planned().id, 1, None, "", "sv")]
    assert data_of(page(planned(), lines=PageLines(told, ["ab", "AB"])))["fold"] is False
    assert data_of(page(planned(), lines=PageLines(told, ["ab", "cd"])))["fold"] is True


def test_a_page_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """More affected lines than a page can hold are refused with what to do."""
    monkeypatch.setattr(page_module, "MOST_LINES", 1)
    told = [LineNotice(i, planned().id, 1, None, "", "sv") for i in ("a", "b")]
    with pytest.raises(BcpError, match="too many for one page"):
        page(planned(), lines=PageLines(told, ["a", "b"]))
