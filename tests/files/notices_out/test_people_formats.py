"""Notices out as what people read and gateways take: text, e-mail, CSV."""

from __future__ import annotations

import csv
import email
import io
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp.errors import InvalidInputError
from bcp.files.notices_out.bundle import zipped
from bcp.files.notices_out.mail import is_address, mail_bytes
from bcp.files.notices_out.plain_text import file_name, xml_safe
from bcp.files.notices_out.sms_csv import Mail, Sms, checks_csv, mail_csv, sms_csv
from bcp.files.notices_out.text import notice_text
from bcp.files.number_checks import read_checks
from bcp.model.announcement import Form
from tests.files.notices_out.samples import NASTY, checked, notice, wording

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def rows(content: bytes) -> list[list[str]]:
    """The cells of a CSV file."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@given(st.lists(NASTY, min_size=5, max_size=5))
def test_no_text_can_add_a_header(texts: list[str]) -> None:
    """Whatever stands in a subject, an address or the id, the message has its own headers and no others."""
    subject, text, sender, to, name = texts
    told = notice(id=name or "x")
    content = mail_bytes(told, wording("en", text, subject=subject[:300]), sender=sender, to=[to], draft=True)
    message = email.message_from_bytes(content, policy=default)
    assert set(message.keys()) <= {
        "Subject", "From", "To", "Date", "Message-ID", "In-Reply-To", "References", "Auto-Submitted",
        "Content-Language", "X-Unsent", "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip
    assert len(message.keys()) == len(set(message.keys()))
    assert message.defects == []
    assert message["To"].addresses == ()


def test_a_mail_says_what_the_notice_says() -> None:
    """Subject, text, thread and recipients are those of the notice; only plain addresses are taken."""
    told = notice(revision=3)
    content = mail_bytes(
        told, wording("sv", "Åäö.\nRing 112."), sender="noc@example.org",
        to=["b@example.org", "a@example.org", "c@example.org\r\nBcc: d@example.org", "no address"],
    )  # fmt: skip
    message = email.message_from_bytes(content, policy=default)
    assert message["Subject"] == "Disruption"
    assert str(message["To"]) == "a@example.org, b@example.org"
    assert message["In-Reply-To"] == "<20260303-case-public.2.sv@example.org>"
    assert message.get_content().replace("\r\n", "\n") == "Åäö.\nRing 112.\n"
    assert message["X-Unsent"] is None
    assert message["Date"].datetime == told.at


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("a@example.org", True),
        ("first.last+tag@mail.example.org", True),
        ("a@example.org, b@example.org", False),
        ("Name <a@example.org>", False),
        ("a@example.org\n", False),
        ("a b@example.org", False),
        ("a@", False),
        ("a@x..y", False),
        ("ä@example.org", False),
    ],
)
def test_addresses_are_plain(text: str, *, is_one: bool) -> None:
    """An address is one mailbox and nothing that a header could take for more."""
    assert is_address(text) is is_one


@given(st.lists(NASTY, min_size=1, max_size=6))
def test_no_cell_is_a_formula(texts: list[str]) -> None:
    """Every cell of every CSV is harmless, and each message is one row."""
    messages = [Sms(text, text, 1, text, text, text) for text in texts]
    for content in (
        sms_csv(messages),
        mail_csv([Mail(text, text, text, text, text) for text in texts]),
        checks_csv([(text, checked(text[:300], text[:300] or "A")) for text in texts]),
    ):
        found = rows(content)
        assert len(found) == len(texts) + 1
        assert len({len(row) for row in found}) == 1
        for cell in (cell for row in found[1:] for cell in row):
            assert not cell.startswith(FORMULA) or cell[1:].isdigit()


def test_a_gateway_gets_numbers_it_can_dial() -> None:
    """A recipient stands in E.164 as it is, beside the text and its segments."""
    content = sms_csv([Sms("+46701740610", "=Hej, du", 1, "sv", "n r1", "")])
    assert rows(content) == [
        ["to", "text", "segments", "language", "notice", "line"],
        ["+46701740610", "'=Hej, du", "1", "sv", "n r1", ""],
    ]


def test_test_calls_come_back() -> None:
    """The list of test calls is read again as it was written, and rows without a name are still to make."""
    content = checks_csv([("n", checked("0980-31 92 40")), ("n", checked("+46 8 465 004 20", "Bo"))])
    found = read_checks(content.decode("utf-8"), "c.csv")
    assert [(number, c.by) for number, c in found] == [
        ("0980-31 92 40", "Anna"), ("0980-31 92 40", "Bo"), ("+46 8 465 004 20", "Bo"),
    ]  # fmt: skip
    assert read_checks("number,by,at\n112,,\n", "c.csv") == ()


@pytest.mark.parametrize(
    "text", ["", "number\n1\n", "a,b\n", "number,by\nno digits,Anna\n", 'number,by\n"1,A\n' + "x" * 200_000]
)
def test_a_wrong_list_of_calls_is_refused(text: str) -> None:
    """A list without its columns, or with something else than numbers, is an error with its line."""
    with pytest.raises(InvalidInputError) as refused:
        read_checks(text, "c.csv")
    assert refused.value.problems[0].file == "c.csv"


@given(st.text(max_size=2000))
def test_any_list_of_calls_is_read_or_refused(text: str) -> None:
    """No file of test calls ends in a traceback."""
    try:
        found = read_checks(text, "c.csv")
    except InvalidInputError:
        return
    assert all(any(ch.isdigit() for ch in number) and check.by for number, check in found)


@given(NASTY, NASTY)
def test_a_text_file_has_its_lines_and_no_controls(subject: str, text: str) -> None:
    """A notice as text ends with its id, revision and time, and has nothing that cannot be printed."""
    written = notice_text(notice(), wording("en", text, subject=subject[:300], form=Form.DIRECT))
    assert written.endswith("-- \n20260303-case-public r2 2026-03-03T08:20+01:00\n")
    assert all(ch.isprintable() or ch == "\n" for ch in written)


@given(NASTY)
def test_names_are_safe_everywhere(text: str) -> None:
    """A file's name has letters, digits, dots and hyphens, never leads out of its folder; XML can hold any text."""
    name = file_name(text)
    assert name
    assert not set(name) - set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")
    assert not name.startswith(".")
    assert "\x00" not in xml_safe(text)


def test_an_archive_of_the_same_files_is_the_same() -> None:
    """The order in which files come does not matter, nor the time of day."""
    assert zipped({"a": b"1", "b": b"2"}) == zipped({"b": b"2", "a": b"1"})
