"""A building block of a first plan: what to ask, what the answers add, and what that joins. Data; no formulas."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Literal

import phonenumbers
from pydantic import Field, model_validator

from bcp.errors import BcpError, WrongValueError
from bcp.model.component import Kind
from bcp.model.duration import duration_text, per_hour, rate_text, seconds
from bcp.model.requirement import During
from bcp.model.scenario import ByLanguage
from bcp.model.telephone import normal
from bcp.model.value import Identifier, Identifiers, Line, Lines, Share, Value
from bcp.saying import said

UNKNOWN = "?"
"""The answer of somebody who does not know."""

OWN = "+"
"""The answer to where a block meets the plan: nowhere, it gets something of its own."""

NONE = "none"
"""The choice after which nothing stands in the plan: there is no such limit."""

_LONGEST = 300
_SLUG = 40
_FIRM = re.compile(
    r"[\s,]+(?:ab|aktiebolag|gmbh|ag|kg|bv|b\.v\.|nv|n\.v\.|spa|s\.p\.a\.|srl|s\.r\.l\.|as|a/s|oy|ltd|plc|inc)\.?$",
    re.IGNORECASE,
)


class Role(StrEnum):
    """What a block is in a plan, in the order in which an interview comes to it.

    Channels come before fallbacks, because a fallback may have to tell customers on them.
    """

    ACTIVITY = "activity"
    NUMBER = "number"
    ANSWERING = "answering"
    RUNNING = "running"
    TELLING = "telling"
    FALLBACK = "fallback"
    DECISION = "decision"
    TEAM = "team"


class AskKind(StrEnum):
    """What sort of answer a question wants."""

    TEXT = "text"
    OPERATOR = "operator"
    NUMBER = "number"
    DURATION = "duration"
    SHARE = "share"
    RATE = "rate"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"


class Ask(Value):
    """One question of a block. Texts are by language; `{name}` places in them stand for earlier answers."""

    ask: ByLanguage
    help: ByLanguage = Field(default={}, description="A sentence below the question.")
    kind: AskKind = AskKind.TEXT
    default: ByLanguage = Field(default={}, description="The proposal.")
    choices: Mapping[Line, ByLanguage] = Field(
        default={}, description="For a choice: what may be answered, as it is stored, with its words."
    )
    example: Line = Field(default="", description="What an answer looks like.")
    unknown: ByLanguage = Field(
        default={}, description="What to ask where nobody knows; without it, the question itself."
    )
    of: Identifier | None = Field(default=None, description="The block's contact who is asked then.")
    about: Identifier | None = Field(default=None, description="The part that it is about; else the first.")
    named: ByLanguage = Field(default={}, description="What the unknown is called inside names.")
    only_if: Identifier | None = Field(
        default=None, description="Asked only where this earlier answer is yes."
    )
    at_most: Identifier | None = Field(
        default=None,
        description="The earlier length of time that the proposal never exceeds; for a share the join whose channels reach no more.",
    )
    usual: bool = Field(
        default=False, strict=True, description="Its proposal mostly does: folded away until somebody looks."
    )

    @model_validator(mode="after")
    def _choices_fit(self) -> Ask:
        if (self.kind is AskKind.CHOICE) != bool(self.choices):
            raise WrongValueError(
                said("a question of kind choice has `choices`, and no other has."),
                said("Add or remove them."),
            )
        return self


class How(StrEnum):
    """How a block hangs together with what the plan has already."""

    REQUIRED_BY = "required_by"
    """The chosen ones come to require the block's `part`."""

    USES = "uses"
    """The block's parts name the chosen ones, by the join's own name, as what they rest on."""


class Join(Value):
    """Where a block meets the plan: which of its components come into question, and how they are joined."""

    ask: ByLanguage
    help: ByLanguage = Field(default={})
    how: How
    part: Identifier | None = Field(default=None, description="For required_by: the part that is required.")
    kinds: tuple[Kind, ...] = Field(default=(), description="Components of these kinds come into question.")
    tags: Lines = Field(default=(), description="Those with one of these tags too.")
    not_tags: Lines = Field(default=(), description="But none with one of these.")
    below: Identifier | None = Field(
        default=None, description="Only what the components chosen in this other join rest on."
    )
    one: bool = Field(default=False, strict=True, description="Exactly one is chosen.")
    own: Identifier | None = Field(
        default=None, description="For uses: the part that is placed where something of its own is chosen."
    )
    done_by: Lines = Field(
        default=(),
        description="For required_by: kinds and tags; what rests on such a one already is not proposed. "
        "Left out: the part's kind.",
    )
    stand_in: ByLanguage = Field(
        default={},
        description="For uses: what stands there, of which nothing is known, where none is chosen.",
    )
    during: During = Field(
        default="run", description="For required_by: start, where it is needed to start only."
    )
    impact: Share = Field(default=1.0, description="For required_by: share of the output lost without it.")
    otherwise: Identifier | None = Field(
        default=None, description="The block that is placed first where the plan has none."
    )
    unknown: ByLanguage = Field(
        default={}, description="What to ask where nobody knows; those proposed are joined then."
    )
    of: Identifier | None = Field(default=None, description="The block's contact who is asked then.")

    @model_validator(mode="after")
    def _part_fits(self) -> Join:
        if (self.how is How.REQUIRED_BY) != (self.part is not None):
            raise WrongValueError(
                said("a join that is required_by names a `part`, and no other does."),
                said("Add or remove it."),
            )
        return self


class Block(Value):
    """A building block. `parts` is a piece of a plan file in which `{name}` places stand for answers."""

    format: Literal["bcp-block/1"] = "bcp-block/1"
    id: Identifier
    role: Role
    title: ByLanguage
    description: ByLanguage = Field(default={})
    country: Lines = Field(default=(), description="ISO 3166 codes of where it fits; none: anywhere.")
    order: int = Field(default=50, description="Place among its like; smaller comes first.")
    unknown: bool = Field(
        default=False, strict=True, description="Stands for: we do not know. Asks whoever may know."
    )
    asks: Mapping[Identifier, Ask] = {}
    joins: Mapping[Identifier, Join] = {}
    parts: Mapping[str, Any] = {}
    every_fallback: Mapping[Identifier, Any] = Field(
        default={}, description="What every fallback of the plan gets that does not say it yet."
    )

    @model_validator(mode="after")
    def _hangs_together(self) -> Block:
        own = {k for section in self.parts.values() if isinstance(section, dict) for k in section}
        joins = self.joins.values()
        named = [*(p for j in joins for p in (j.part, j.own)), *(a.about for a in self.asks.values())]
        missing = [part for part in named if part is not None and part not in own]
        if missing:
            raise WrongValueError(
                said("the block has no part {part!r}.", part=missing[0]), said("Name one under `parts`.")
            )
        unasked = [a.only_if for a in self.asks.values() if a.only_if not in (None, *self.asks)]
        unasked += [a.at_most for a in self.asks.values() if a.at_most not in (None, *self.asks, *self.joins)]
        if unasked:
            raise WrongValueError(
                said("the block does not ask {name!r}.", name=unasked[0]), said("Name one of its `asks`.")
            )
        return self

    def fits(self, country: str) -> bool:
        """Whether it is for this country (ISO 3166)."""
        return not self.country or country in self.country


class Answers(Value):
    """What somebody answered to a block's questions: texts as they are stored, `?` for unknown, empty for left out.

    A question that is missing takes its proposal; `kept` are those of them whose proposal somebody saw and let
    stand. `joins` are the components chosen in each join; one that is missing takes what is proposed, and one
    in `own_joins` something of its own.
    """

    values: Mapping[Identifier, Line] = {}
    kept: Identifiers = ()
    joins: Mapping[Identifier, Identifiers] = {}
    unknown_joins: Identifiers = ()
    own_joins: Identifiers = ()

    def own(self, name: str, join: Join) -> str | None:
        """The part of its own that was chosen in a join; None where it was not, or the join has none."""
        return join.own if name in self.own_joins else None


def read_answer(ask: Ask, text: str, country: str) -> str:
    """An answer as it is stored, from how people write it. Raises BcpError where it does not suit the question."""
    given = " ".join(text.split())
    if given in ("", UNKNOWN):
        return given
    if len(given) > _LONGEST:
        raise BcpError(
            said("the answer is longer than {most} characters.", most=_LONGEST), said("Shorten it.")
        )
    try:
        return _read(ask, given, country)
    except WrongValueError as error:
        raise BcpError(error.message, error.fix) from error


def _read(ask: Ask, given: str, country: str) -> str:  # noqa: PLR0911 - one answer for each kind
    match ask.kind:
        case AskKind.NUMBER:
            return international(given, country)
        case AskKind.OPERATOR:
            operator_id(given)
            return given
        case AskKind.DURATION:
            return duration_text(seconds(given))
        case AskKind.SHARE:
            return _share(given)
        case AskKind.RATE:
            return rate_text(per_hour(given if "/" in given else f"{given}/h"))
        case AskKind.DATE:
            return _day(given)
        case AskKind.YES_NO:
            return _one_of(given, ("yes", "no"))
        case AskKind.CHOICE:
            return _one_of(given, tuple(ask.choices))
        case AskKind.TEXT:
            return given


def _share(given: str) -> str:
    try:
        number = float(given)
    except ValueError:
        raise WrongValueError(
            said("{given!r} is no number.", given=given), said("Write a share such as 0.6.")
        ) from None
    if not 0 <= number <= 1:
        raise WrongValueError(
            said("{given} is not between 0 and 1.", given=given), said("Write a share such as 0.6.")
        )
    return format(number, "g")


def _day(given: str) -> str:
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        raise WrongValueError(
            said("{value} is no day.", value=given), said("Write year, month and day, such as 2026-03-03.")
        ) from None


def _one_of(given: str, allowed: tuple[str, ...]) -> str:
    if given not in allowed:
        raise WrongValueError(
            said("{given!r} is not one of the answers.", given=given),
            said("There are: {names}.", names=", ".join(allowed)),
        )
    return given


def international(text: str, country: str) -> str:
    """A number as a plan has it, from how people of the country write it: 0771-12 34 56 → +46771123456.

    Raises ValueError where it is no number.
    """
    try:
        return normal(text)
    except ValueError as wrong:
        try:
            parsed = phonenumbers.parse(text, country)
        except phonenumbers.NumberParseException:
            raise wrong from None
        return normal(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def operator_id(name: str) -> str:
    """What an operator is called inside a plan, the same however its firm is written: Telia AB → telia.

    Two spellings of one operator must not look like two. Raises ValueError where nothing of it can be in an id.
    """
    bare = _FIRM.sub("", name.strip())
    found = slug(bare)
    if not found:
        raise WrongValueError(
            said("{name!r} is no operator's name.", name=name), said("Write it with letters or digits.")
        )
    return found


def slug(name: str) -> str:
    """Small letters a–z, digits and hyphens of a name: `Växel 010` → `vaxel-010`; other letters stay themselves."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(c if c.isalnum() else "" if unicodedata.combining(c) else "-" for c in plain)
    return re.sub(r"-+", "-", kept).strip("-")[:_SLUG].rstrip("-")
