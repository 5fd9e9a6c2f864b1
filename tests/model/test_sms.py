from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp.model.sms import segments, sms_text

GSM = st.text(st.sampled_from("aåöÄé@£$ñ\n {}€[]0"), max_size=700)


@pytest.mark.parametrize(
    ("text", "encoding", "units", "parts"),
    [
        ("", "GSM-7", 0, 0),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("€" * 80, "GSM-7", 160, 1),
        ("a" * 159 + "€", "GSM-7", 161, 2),
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),
        ("č" * 70, "UCS-2", 70, 1),
        ("č" * 71, "UCS-2", 71, 2),
        ("č" * 134, "UCS-2", 134, 2),
        ("😀" * 35, "UCS-2", 70, 1),
        ("č" * 66 + "😀" + "č" * 66, "UCS-2", 134, 3),
        ("Ring 0980-31 92 40, åäö ÅÄÖ é ü ß", "GSM-7", 33, 1),
        ("È più tardi", "UCS-2", 11, 1),
    ],
)
def test_segments_are_those_of_the_standard(text: str, encoding: str, units: int, parts: int) -> None:
    """160 and 153 septets, 70 and 67 units; an escape or a surrogate pair is never cut in two."""
    assert segments(text) == (encoding, units, parts)


@given(st.text(max_size=700))
def test_segments_hold_the_text(text: str) -> None:
    """No text needs more segments than half-filled ones would, nor fewer than full ones."""
    encoding, units, parts = segments(text)
    joined = 153 if encoding == "GSM-7" else 67
    assert parts >= units / (160 if encoding == "GSM-7" else 70)
    assert parts <= 1 + units // (joined - 1)
    assert (parts == 0) == (text == "")


@given(GSM, GSM)
def test_more_text_never_takes_fewer_segments(one: str, more: str) -> None:
    """Appending to a text of one encoding does not make it shorter."""
    assert segments(one + more).parts >= segments(one).parts


@given(st.text(max_size=100))
def test_plain_signs_stay(text: str) -> None:
    """Typographic signs become plain ones, and doing it twice changes nothing more."""
    once = sms_text(text)
    assert sms_text(once) == once
    assert sms_text("’–…\xa0") == "'-... "
