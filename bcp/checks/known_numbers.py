"""The telephone numbers that a plan knows, and those that stand in a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

import phonenumbers

from bcp.model.component import Kind
from bcp.model.plan import Plan
from bcp.model.telephone import normal

_DIGITS = re.compile(r"\d(?:[\s\-().\u2010-\u2015\u00a0/]*\d){6}")
"""Whatever has fewer digits in a row is no whole number, and a short one is known to everybody."""


class Ranges:
    """The number ranges of a plan, to ask which ones hold a number."""

    def __init__(self, plan: Plan) -> None:
        spans = sorted(
            (len(c.span.first), c.span.first, c.span.last, i)
            for i, c in plan.of_kind(Kind.NUMBER_RANGE).items()
            if c.span is not None
        )
        self._firsts = [(length, first) for length, first, _, _ in spans]
        self._spans = spans
        self._furthest: list[tuple[int, str]] = []
        for length, _, last, _ in spans:
            self._furthest.append(max((length, last), self._furthest[-1] if self._furthest else (0, "")))

    def holding(self, number: str) -> Iterator[str]:
        """The ranges that a number lies in, by id."""
        place = bisect_right(self._firsts, (len(number), number)) - 1
        while place >= 0 and self._furthest[place] >= (len(number), number):
            length, first, last, i = self._spans[place]
            if length == len(number) and first <= number <= last:
                yield i
            place -= 1


class Known:
    """Every number that some component or contact of a plan has."""

    def __init__(self, plan: Plan) -> None:
        self._ranges = Ranges(plan)
        self._numbers = {c.e164 for c in plan.components.values()}
        for c in plan.contacts.values():
            self._numbers |= {c.phone, c.mobile, *(_normal(way.address) for way in c.ways)}

    def has(self, number: str) -> bool:
        """True for a number of a component, of a range or of a contact."""
        return number in self._numbers or any(self._ranges.holding(number))


def _normal(address: str) -> str | None:
    try:
        return normal(address)
    except ValueError:
        return None


def numbers_in(text: str, country: str) -> list[str]:
    """The whole telephone numbers that stand in a text, as E.164, each once; `country` (ISO 3166) reads national ones."""
    if not _DIGITS.search(text):
        return []
    matches = phonenumbers.PhoneNumberMatcher(text, country, phonenumbers.Leniency.VALID)
    form = phonenumbers.PhoneNumberFormat.E164
    return list(dict.fromkeys(phonenumbers.format_number(match.number, form) for match in matches))
