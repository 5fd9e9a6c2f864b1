"""Answers to a building block's questions, as people write them and as a plan has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp.errors import BcpError
from bcp.model.block import AskKind, international, operator_id, read_answer, slug
from bcp.model.plan import Plan


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("0771-12 34 56", "SE", "+46771123456"),
        ("020-12 34 56", "SE", "+4620123456"),
        ("+46 771 12 34 56", "DE", "+46771123456"),
        ("0800 1234567", "DE", "+498001234567"),
        ("088 1234567", "NL", "+31881234567"),
        ("800 123456", "IT", "+39800123456"),
        ("114 14", "SE", "11414"),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, country: str, number: str) -> None:
    """A national number becomes an international one, by the organisation's country."""
    assert international(text, country) == number


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("number", "hej"),
        ("duration", "4"),
        ("share", "60 %"),
        ("rate", "many"),
        ("date", "1 March"),
        ("yes_no", "ja"),
    ],
)
def test_an_answer_that_does_not_suit_is_refused_in_words(kind: str, text: str) -> None:
    """What cannot be read is refused with what is wrong."""
    from bcp.model.block import Ask  # noqa: PLC0415 - beside its use

    with pytest.raises(BcpError):
        read_answer(Ask(ask={"en": "?"}, kind=AskKind(kind)), text, "SE")


@given(st.text(max_size=60))
def test_an_operator_has_one_id(name: str) -> None:
    """An operator's id is allowed in a plan and the same for its name and its firm; a name without letters is refused."""
    found = slug(name)
    if not found:
        with pytest.raises(ValueError, match="no operator"):
            operator_id(name)
        return
    try:
        first = operator_id(name)
    except ValueError:
        return  # only a firm's form, such as " AB"
    assert operator_id(f"{name.strip()} AB") == first or first != slug(name)
    Plan.model_validate(
        {"organisation": {"name": "x"}, "components": {first: {"kind": "operator", "name": "x"}}}
    )
