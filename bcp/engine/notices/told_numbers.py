"""The telephone numbers that a notice names: what each is worth at that minute, and who has test-called it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import phonenumbers

from bcp.engine.notices.facts import Facts, number_text
from bcp.model.announcement import Announcement, Checked, NumberCheck, NumberState, Occasion
from bcp.model.component import Kind

EMERGENCY = frozenset({"112", "110", "113", "115", "118", "999"})
"""Numbers that nobody may test-call."""

_RUN = re.compile(r"\+?\d+(?:[ \u00a0\-\u2010-\u2013/]\(?\d+\)?)*")
_SPELL = re.compile(r"\b\d{1,2}[.:]\d{2}\s*[-\u2013]\s*\d{1,2}[.:]\d{2}\b")
"""From one time of day to another, which has as many digits as a number."""

_AGAIN = (Occasion.RESTORATION, Occasion.AFTER)


def digits(text: str) -> str:
    """The digits of a number as it is written, so that writings can be compared."""
    return re.sub(r"\D", "", text)


@dataclass(frozen=True)
class NumberBook:
    """The numbers of a plan, and the test calls made to them, by digits."""

    facts: Facts
    checks: Mapping[str, tuple[Checked, ...]]

    def checked(self, notice: Announcement) -> Announcement:
        """The notice with every number that its texts and its facts name, sorted as they are written."""
        decided = notice.at_decision and self.checked(notice.at_decision)
        named = {i.component: i.number for i in notice.instead}
        named |= {f.component: f.number for f in (*notice.works, *notice.failing) if f.number}
        unknown: dict[str, str] = {}
        for wording in notice.wordings:
            found, strange = self._in_text(f"{wording.text}\n{notice.contact}")
            named |= {i: self._display(i) for i in found}
            unknown |= {digits(text): text for text in strange}
        entries = [self._entry(notice, i, number) for i, number in named.items()]
        entries += [
            NumberCheck(number=text, state=NumberState.UNKNOWN, checks=self.checks.get(key, ()))
            for key, text in unknown.items()
        ]
        numbers = tuple(sorted(entries, key=lambda n: n.number))
        return notice.model_copy(update={"numbers": numbers, "at_decision": decided})

    def _entry(self, notice: Announcement, component: str, number: str) -> NumberCheck:
        t = max(0.0, notice.at_s)
        failing = any(f.component == component for f in notice.failing)
        opens = any(i.component == component and i.fallback in notice.opens for i in notice.instead)
        opened = opens or self.facts.opened(component, t)
        answers = self.facts.number_answers(component, t)
        state = NumberState.WORKS if answers else NumberState.FAILING
        if not opened:
            state = NumberState.NOT_OPEN
        return NumberCheck(
            number=number,
            component=component,
            state=state,
            named_as_failing=failing and notice.occasion not in _AGAIN,
            checks=self._checks(component, number),
        )

    def _checks(self, component: str, number: str) -> tuple[Checked, ...]:
        keys = {digits(number), *(k for k, i in self._known.items() if i == component)}
        return tuple(c for key in sorted(keys) for c in self.checks.get(key, ()))

    def _in_text(self, text: str) -> tuple[set[str], set[str]]:
        """The plan's numbers in a text, and others that look like numbers of its country."""
        found: set[str] = set()
        text = _SPELL.sub(" ", text)
        rest = text
        for match in _RUN.finditer(text):
            component = self._known.get(digits(match[0]))
            if component is not None:
                found.add(component)
                rest = rest.replace(match[0], " ")
        country = self.facts.plan.organisation.country
        strange = {
            match.raw_string
            for match in phonenumbers.PhoneNumberMatcher(rest, country)
            if digits(match.raw_string) not in EMERGENCY
        }
        return found, strange

    @cached_property
    def _known(self) -> Mapping[str, str]:
        """The plan's numbers by their digits: as its country writes them, and with the country code."""
        found: dict[str, str] = {}
        for i, c in self.facts.plan.of_kind(Kind.NUMBER).items():
            if c.e164 and c.e164 not in EMERGENCY:
                for key in (digits(self._display(i)), digits(c.e164), "00" + digits(c.e164)):
                    found.setdefault(key, i)
        return found

    def _display(self, i: str) -> str:
        return number_text(self.facts.plan.components[i], self.facts.plan)


def number_book(facts: Facts, checks: Iterable[tuple[str, Checked]]) -> NumberBook:
    """The plan's numbers with the test calls given as (number as written, who and when)."""
    found: dict[str, list[Checked]] = {}
    for number, checked in checks:
        found.setdefault(digits(number), []).append(checked)
    return NumberBook(facts, {key: tuple(made) for key, made in found.items()})
