"""The answers to a block's questions in the places of its texts and parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from bcp.model.block import NONE, UNKNOWN, Answers, Ask, AskKind, Block, operator_id, slug
from bcp.model.duration import seconds
from bcp.model.joins import reached
from bcp.model.plan import Organisation, Plan
from bcp.model.scenario import in_language
from bcp.model.telephone import display

PLACE = re.compile(r"\{(\w+(?:\.\w+)?)\}")
"""A place: `{operator}`, or in another form `{operator.name}`, `{number.shown}`, `{site.id}`."""

_LANGUAGE = re.compile(r"[a-z]{2}")


class Filling:
    """The answers as a block's places want them; `reach` says how many each join's channels reach, see `reached`."""

    def __init__(
        self,
        block: Block,
        answers: Answers,
        organisation: Organisation,
        reach: Mapping[str, float] = MappingProxyType({}),
    ) -> None:
        self._block, self._answers, self._organisation = block, answers, organisation
        self._reach = reach

    def answer(self, key: str) -> str:
        """What was answered, or proposed; `?` where that is unknown, empty where it was left out."""
        ask = self._block.asks[key]
        if ask.only_if is not None and self.answer(ask.only_if) != "yes":
            return ""
        proposal = self.proposal(key)
        given = self._answers.values.get(key)
        if given is None:
            return proposal or (UNKNOWN if ask.unknown else "")
        return (proposal or given) if ask.kind is AskKind.TEXT and given in ("", UNKNOWN) else given

    def proposal(self, key: str) -> str:
        """What is proposed as the answer; empty where nothing is."""
        ask = self._block.asks[key]
        proposal = in_language(ask.default, self._organisation.language)
        limit = self._limit(ask)
        if not proposal or limit in ("", UNKNOWN):
            return proposal
        return min(proposal, limit, key=float if ask.kind is AskKind.SHARE else seconds)

    def _limit(self, ask: Ask) -> str:
        if ask.at_most is None:
            return ""
        if ask.at_most in self._block.asks:
            return self.answer(ask.at_most)
        share = self._reach.get(ask.at_most)
        return "" if share is None else format(share, "g")

    def asked(self, key: str) -> bool:
        """Whether it was answered that nobody knows; a proposal that was taken for want of better counts too."""
        answer = self.answer(key)
        return answer == UNKNOWN or (bool(answer) and self._answers.values.get(key) == UNKNOWN)

    def known(self, key: str) -> bool:
        """Whether a place can be filled with more than the word for the unknown."""
        return self.answer(key.partition(".")[0]) not in ("", UNKNOWN)

    def of(self, place: str) -> str:
        """What stands in a place; what the unknown is called where it is not known."""
        key, _, form = place.partition(".")
        ask, given = self._block.asks[key], self.answer(key)
        if given in ("", UNKNOWN):
            return in_language(ask.named, self._organisation.language) or UNKNOWN
        match ask.kind, form:
            case AskKind.OPERATOR, "":
                return operator_id(given)
            case AskKind.NUMBER, "shown":
                return display(given, self._organisation.country)
            case AskKind.CHOICE, "shown":
                return in_language(ask.choices[given], self._organisation.language)
            case _, "id":
                return slug(given)
            case _:
                return given

    def text(self, text: str) -> str:
        """A text with its places filled."""
        return PLACE.sub(lambda m: self.of(m[1]) if self._has(m[1]) else m[0], text)

    def filled(self, data: Any) -> Any:
        """Data with its places filled; None for a value that is one place of which nothing is known."""
        if isinstance(data, dict):
            if "en" in data and all(_LANGUAGE.fullmatch(str(k)) for k in data):
                return self.text(in_language(data, self._organisation.language))
            return {k: filled for k, v in data.items() if (filled := self.filled(v)) is not None}
        if isinstance(data, list):
            return [filled for v in data if (filled := self.filled(v)) is not None]
        if not isinstance(data, str):
            return data
        whole = PLACE.fullmatch(data)
        if whole and self._has(whole[1]):
            return self._typed(whole[1])
        return self.text(data)

    def _typed(self, place: str) -> Any:
        if not self.known(place):
            return None
        key = place.partition(".")[0]
        kind = self._block.asks[key].kind
        if kind is AskKind.CHOICE and self.answer(key) == NONE:
            return None
        text = self.of(place)
        return float(text) if kind is AskKind.SHARE else text

    def _has(self, place: str) -> bool:
        return place.partition(".")[0] in self._block.asks


def proposed(block: Block, answers: Answers, key: str, language: str) -> str:
    """The answer to a question of the block as it counts: what was given, else the proposal, `?` for unknown."""
    return Filling(block, answers, Organisation(name="", language=language)).answer(key)


def proposal(plan: Plan, block: Block, answers: Answers, key: str) -> str:
    """What is proposed as the answer to a question of the block, after the answers given so far."""
    return Filling(block, answers, plan.organisation, reached(plan, block, answers)).proposal(key)


def said(text: str, block: Block, answers: Answers, organisation: Organisation) -> str:
    """A text of the block with its places filled from the answers given so far."""
    return Filling(block, answers, organisation).text(text)
