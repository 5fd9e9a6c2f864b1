"""Telephone numbers: checked as E.164 or as a short number, shown as people of the country write them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated

import phonenumbers
from phonenumbers import shortnumberinfo
from pydantic import AfterValidator

from bcp.errors import WrongValueError
from bcp.saying import said

_SEPARATORS = re.compile(r"[\s\-().\u2010-\u2015\u00a0/]")
_E164 = re.compile(r"\+[1-9]\d{5,14}")
_SHORT = re.compile(r"\d{3,6}")

_HARMONISED = frozenset({"112", "116000", "116006", "116111", "116117", "116123"})
"""Short numbers that hold across Europe; the library misses some of them in some countries."""

_MISSED = frozenset({("19222", "DE")})
"""Short numbers in use that the library does not know: German ambulances."""

_FICTION = ("+447700900", "+441632960")
"""British numbers reserved for fiction, which the library calls invalid; the Swedish ones it accepts."""

_SE_SERVICE = re.compile(r"\+46(77\d|200|20|900|939|944)(\d+)")


def normal(text: str) -> str:
    """The number without separators: `+46 771-12 34 56` → `+46771123456`, `114 14` → `11414`.

    Raises ValueError where it is neither an E.164 number that can exist nor a short number.
    """
    bare = _SEPARATORS.sub("", text.strip())
    if _SHORT.fullmatch(bare):
        return bare
    if not _E164.fullmatch(bare):
        raise WrongValueError(said("{text!r} is not a telephone number.", text=text), _remedy(bare))
    try:
        number = phonenumbers.parse(bare, None)
    except phonenumbers.NumberParseException as error:
        raise WrongValueError(
            said("{text!r} is not a telephone number: {error}.", text=text, error=error), _remedy(bare)
        ) from error
    if not phonenumbers.is_possible_number(number):
        raise WrongValueError(
            said("{text!r} is too long or too short for a number of its country.", text=text), _remedy(bare)
        )
    return bare


def _remedy(bare: str) -> str:
    if bare.startswith("00"):
        return said('Write it in international form: "+{digits}".', digits=bare[2:])
    if bare.startswith("0") and bare.isdigit():
        return said('Write it with its country code, in Sweden "+46{digits}".', digits=bare[1:])
    return said('Write it with its country code, such as "+46771123456", or as a short number such as "112".')


def is_short(number: str) -> bool:
    """True for 112, 1177, 11414 and their like, which have no country code."""
    return not number.startswith("+")


def trunk_zero(number: str) -> str | None:
    """The number as it should be where it keeps the national 0: +460771… → +46771…; None where it is right."""
    right = phonenumbers.format_number(phonenumbers.parse(number, None), phonenumbers.PhoneNumberFormat.E164)
    return right if right != number else None


@lru_cache(maxsize=65_536)
def is_valid(number: str, country: str) -> bool:
    """True where the number lies in a range that its country's plan has in use.

    `country` (ISO 3166) decides for short numbers. Numbers reserved for fiction are valid in this sense.
    """
    if not is_short(number):
        return number.startswith(_FICTION) or phonenumbers.is_valid_number(phonenumbers.parse(number, None))
    if number in _HARMONISED or (number, country) in _MISSED:
        return True
    short = phonenumbers.PhoneNumber(
        country_code=phonenumbers.country_code_for_region(country), national_number=int(number)
    )
    return shortnumberinfo.is_valid_short_number_for_region(short, country) or _whole(number, country)


def _whole(number: str, country: str) -> bool:
    """Some short-looking numbers are ordinary ones, such as the Dutch 14020."""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, country))
    except phonenumbers.NumberParseException:
        return False


@lru_cache(maxsize=65_536)
def display(number: str, country: str = "SE") -> str:
    """The number as people in `country` write it.

    Swedish service numbers follow Swedish use, which the library does not know: 0771-12 34 56 and
    0200-12 34 56. Numbers of other countries, and those in no range in use, are shown in international form.
    """
    if is_short(number):
        return f"{number[:3]} {number[3:]}" if len(number) == 5 and country == "SE" else number  # noqa: PLR2004 - 114 14
    if country == "SE" and (match := _SE_SERVICE.fullmatch(number)):
        return f"0{match[1]}-{_grouped(match[2])}"
    parsed = phonenumbers.parse(number, None)
    region = phonenumbers.region_code_for_number(parsed)
    home = region == country and phonenumbers.is_valid_number(parsed)  # else the national form may lack its 0
    form = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, form)


def _grouped(digits: str) -> str:
    """Digits in pairs, a leading group of three where their count is odd: 123456 → 12 34 56."""
    head = 3 if len(digits) % 2 and len(digits) > 1 else 0
    pairs = [digits[i : i + 2] for i in range(head, len(digits), 2)]
    return " ".join(([digits[:head]] if head else []) + pairs)


PhoneNumber = Annotated[str, AfterValidator(normal)]
"""An E.164 number (`+46771123456`) or a short number (`112`), without separators."""
