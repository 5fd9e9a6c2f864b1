from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp.model.telephone import display, is_short, is_valid, normal, trunk_zero


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+46771123456", "0771-12 34 56"), ("+4620123456", "020-12 34 56"), ("+46200123456", "0200-12 34 56"),
        ("+46313900612", "031-390 06 12"), ("+46701740651", "070-174 06 51"), ("+46846500400", "08-465 004 00"),
        ("+46104551234", "010-455 12 34"), ("+49301234567", "+49 30 1234567"), ("112", "112"), ("1177", "1177"),
        ("11414", "114 14"), ("+4620123", "020-123"), ("+46201234", "020-12 34"),
    ],
)  # fmt: skip
def test_numbers_are_shown_as_swedes_write_them(number: str, shown: str) -> None:
    """Service numbers follow Swedish use, foreign numbers stay international."""
    assert display(number, "SE") == shown


def test_numbers_are_shown_as_their_own_country_writes_them() -> None:
    """At home a number has its national form, abroad the international one."""
    assert display("+49301234567", "DE") == "030 1234567"
    assert display("+46771123456", "DE").startswith("+46 ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+46 771-12 34 56", "+46771123456"),
        ("114 14", "11414"),
        ("+46 (31) 390 06 12", "+46313900612"),
        (" 112 ", "112"),
    ],
)
def test_separators_are_left_out(text: str, expected: str) -> None:
    """Blanks, hyphens, dots and brackets are how people read, not part of the number."""
    assert normal(text) == expected


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("0771-12 34 56", '"+46771123456"'), ("0046771123456", '"+46771123456"'), ("abc", "country code"), ("", "country code"),
        ("+46", "country code"), ("+467712345678901", "country code"), ("0771-567 567 ankn 123", "country code"),
        ("+999123456", "country code"), ("12", "country code"),
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused_with_the_way_to_write_it(text: str, remedy: str) -> None:
    """A number without its country code is shown with it."""
    with pytest.raises(ValueError, match=r"not a telephone number|too long or too short") as caught:
        normal(text)
    assert remedy in str(caught.value)


@given(st.text())
def test_any_text_is_a_number_or_refused(text: str) -> None:
    """What is accepted stays the same when it is read again, and can be shown."""
    try:
        number = normal(text)
    except ValueError:
        return
    assert normal(number) == number
    assert display(number, "SE")


@given(st.from_regex(r"\+46[1-9][0-9]{6,9}", fullmatch=True))
def test_a_swedish_number_shown_holds_the_same_digits(number: str) -> None:
    """Grouping a number loses no digit, and adds none but the national 0."""
    try:
        normal(number)
    except ValueError:
        return
    digits = "".join(c for c in display(number, "SE") if c.isdigit())
    assert digits in ("0" + number.removeprefix("+46"), number.removeprefix("+"))


def test_a_national_zero_after_the_country_code_is_seen() -> None:
    """+46 0771 … is told apart from +46 771 …; Italian numbers keep their zero."""
    assert trunk_zero("+460771123456") == "+46771123456"
    assert trunk_zero("+46771123456") is None
    assert trunk_zero("+390612345678") is None


@pytest.mark.parametrize(
    ("number", "country", "valid"),
    [
        ("112", "SE", True), ("112", "IT", True), ("1177", "SE", True), ("1177", "DE", False), ("14020", "NL", True),
        ("14020", "SE", False), ("19222", "DE", True), ("19222", "SE", False), ("116117", "IT", True), ("4711", "SE", False),
        ("+46771123456", "SE", True), ("+46778123456", "SE", False), ("+447700900123", "SE", True), ("112", "XX", True),
    ],
)  # fmt: skip
def test_numbers_in_use_are_told_from_others(number: str, country: str, valid: bool) -> None:
    """Short numbers belong to their country; numbers for fiction count as in use."""
    assert is_valid(number, country) is valid


def test_short_numbers_have_no_country_code() -> None:
    """112 is short, +46112 is not."""
    assert is_short("112")
    assert not is_short("+46771123456")
