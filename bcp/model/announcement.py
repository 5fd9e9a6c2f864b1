"""A notice out: what is told to whom, when, over which channels and in which words."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from bcp.model.value import Line, Lines, Text, Value

NOTICE_LANGUAGES = {
    "sv": "Svenska",
    "en": "English",
    "de": "Deutsch",
    "nl": "Nederlands",
    "it": "Italiano",
}
"""The languages that notices are written in, by ISO 639 code; more than the product itself speaks."""

PERSONS = 2
"""How many people must have test-called a number before it is published."""


class Occasion(StrEnum):
    """Why a notice goes out now, in the order in which they come."""

    BEFORE_10_DAYS = "before_10_days"
    BEFORE_24_HOURS = "before_24_hours"
    START = "start"
    DETECTION = "detection"
    UPDATE = "update"
    RESTORATION = "restoration"
    AFTER = "after"


BEFORE = frozenset({Occasion.BEFORE_10_DAYS, Occasion.BEFORE_24_HOURS})
"""Occasions on which nothing has happened yet."""


class Audience(StrEnum):
    """To whom a notice goes."""

    PUBLIC = "public"
    STAFF = "staff"
    PARTNERS = "partners"
    LINES = "lines"
    VITAL = "vital"
    RESELLERS = "resellers"
    AUTHORITIES = "authorities"


class Form(StrEnum):
    """What sort of channel a text is for: that decides its length."""

    WEB = "web"
    EMAIL = "email"
    SMS = "sms"
    RADIO = "radio"
    PHONE = "phone"
    """A recorded message that callers hear."""
    SOCIAL = "social"
    DISPLAY = "display"
    DIRECT = "direct"
    """By hand: a call, a radio, in person, to each contact."""


SPOKEN = frozenset({Form.RADIO, Form.PHONE})
"""Sorts of channels whose texts are read aloud: their length counts in words."""


class Failing(Value):
    """A number or service that does not work as usual; `level` is the share of its callers served (0–1)."""

    component: str
    name: Line
    number: Line = Field(default="", description="As people write it; empty for what is no number.")
    level: float


class Instead(Value):
    """A number that a fallback active now publishes, and what it stands in for."""

    fallback: str
    component: str
    number: Line
    instead_of: Lines = Field(default=(), description="Numbers as people write them, else names.")
    public: bool = Field(description="It is given to everybody, and not only to those told one by one.")
    internal: bool = Field(default=False, description="It is for the own staff alone.")

    def told_to(self, audience: Audience) -> bool:
        """Whether this audience is given the number: staff and partners are told one by one, partners nothing internal."""
        one_by_one = audience == Audience.STAFF or (audience == Audience.PARTNERS and not self.internal)
        return self.public or one_by_one


class ChannelUse(Value):
    """A channel that serves now, and the share of customers that it reaches (0–1; none: unknown)."""

    channel: str = Field(description="Its id; empty for telling contacts one by one.")
    name: Line
    form: Form
    reach: float | None
    level: float = 1.0
    guessed: bool = Field(
        default=False, description="The plan does not say its sort: it is taken from its words."
    )


class NumberState(StrEnum):
    """What a number named in a text is worth at that minute."""

    WORKS = "works"
    FAILING = "failing"
    NOT_OPEN = "not_open"
    """It is a fallback's, and that fallback is not active."""
    UNKNOWN = "unknown"
    """The plan does not have it."""


class Checked(Value):
    """Somebody test-called a number."""

    by: Line = Field(min_length=1)
    at: str = Field(default="", max_length=40, description="When, as they wrote it.")


class NumberCheck(Value):
    """A number in a notice, and who has test-called it."""

    number: Line
    component: str = ""
    state: NumberState
    named_as_failing: bool = Field(
        default=False, description="The text says that it fails: nobody is sent there."
    )
    checks: tuple[Checked, ...] = ()

    @property
    def passed(self) -> bool:
        """Two different people have test-called it."""
        return len({check.by.strip().casefold() for check in self.checks}) >= PERSONS


class Revision(Value):
    """One revision of a notice, as the history of later ones tells it."""

    revision: int
    occasion: Occasion
    at: AwareDatetime
    subject: Line = ""


class Wording(Value):
    """The text of a notice in one language for one sort of channel."""

    language: str
    form: Form
    subject: Line
    text: Text
    source: Literal["template", "plan"] = "template"
    size: int = Field(description="Segments of an SMS; words for radio; else characters.")
    limit: int | None = Field(default=None, description="What the channel takes; none: any length.")
    encoding: Literal["", "GSM-7", "UCS-2"] = ""
    left_open: Lines = Field(default=(), description="Places of a prepared text that nobody has filled in.")

    @property
    def fits(self) -> bool:
        """Not longer than its channel takes."""
        return self.limit is None or self.size <= self.limit


class Announcement(Value):
    """One revision of a notice to one audience: the facts at that minute, and its texts.

    `id` stays the same over the revisions of one incident or one planned work for one audience.
    Only what is known at that minute is said: of a failure that nobody planned the end is unknown.
    """

    id: str
    revision: int = Field(ge=1)
    occasion: Occasion
    audience: Audience
    at_s: float = Field(description="When it is due, in seconds of scenario time; before 0 for planned work.")
    at: AwareDatetime
    assumed: bool = Field(
        default=False,
        description="When it is due rests on a time that nobody has confirmed: until it is noticed, or until "
        "a fallback works.",
    )
    latest: AwareDatetime | None = Field(default=None, description="For what is due within a span: its end.")
    organisation: Line
    country: str
    exercise: bool = False
    planned: bool = Field(description="Work that was planned; else a failure.")
    overrun: bool = Field(default=False, description="Planned work that has not ended when it should.")
    begins: AwareDatetime
    known_from: AwareDatetime | None = Field(
        default=None,
        description="When somebody noticed, of what nobody saw begin; it is told as `at least since`.",
    )
    window_end: AwareDatetime | None = Field(default=None, description="When planned work should end.")
    expected_end: AwareDatetime | None = None
    ended: AwareDatetime | None = Field(default=None, description="When everything worked again.")
    next_update: AwareDatetime | None = None
    place: Lines = Field(default=(), description="Who or what is hit, in the words of the plan.")
    places: Lines = Field(default=(), description="Where, as the plan wants notices to name it.")
    areas: Lines = Field(default=(), description="Areas as paths, the fewest that cover all that is hit.")
    failing: tuple[Failing, ...] = ()
    works: tuple[Failing, ...] = Field(default=(), description="Published numbers that work as usual.")
    instead: tuple[Instead, ...] = ()
    customers: int = Field(default=0, description="Customers hit at that minute.")
    impact: Literal["none", "part", "all"] = "none"
    cause: Line = Field(default="", description="Empty while it is not known.")
    contact: Line = ""
    duty: Line = Field(default="", description="For an authority: what must be reported.")
    channels: tuple[ChannelUse, ...] = ()
    lost_channels: Lines = Field(default=(), description="Names of channels that the failure has taken.")
    least: float = Field(default=0.0, description="At least this share of customers is reached.")
    most: float = Field(default=0.0, description="At most this share is reached.")
    reached_by_hand: tuple[int, int] | None = Field(
        default=None, description="Contacts who are reached surely, and how many there are."
    )
    opens: Lines = Field(default=(), description="Fallbacks that come into use by this very notice.")
    at_decision: Announcement | None = Field(
        default=None,
        description="The same notice as it goes out with the decision to give out another number: "
        "telling it is what brings that fallback into use.",
    )
    history: tuple[Revision, ...] = Field(default=(), description="Earlier revisions, oldest first.")
    wordings: tuple[Wording, ...] = ()
    numbers: tuple[NumberCheck, ...] = ()

    @property
    def versions(self) -> tuple[Announcement, ...]:
        """The notice as it stands, and as it goes out with a decision, where one is still to be made."""
        return (self,) if self.at_decision is None else (self, self.at_decision)

    @property
    def end_known(self) -> bool:
        """An end can be told."""
        return self.expected_end is not None or self.ended is not None

    @property
    def unchecked(self) -> tuple[NumberCheck, ...]:
        """Numbers that people are sent to, which two have not test-called yet."""
        return tuple(n for n in self.numbers if not n.passed and not n.named_as_failing)

    @property
    def wrong(self) -> tuple[NumberCheck, ...]:
        """Numbers that people are sent to, and that do not answer at that minute."""
        bad = (NumberState.FAILING, NumberState.NOT_OPEN)
        return tuple(n for n in self.numbers if n.state in bad and not n.named_as_failing)

    @property
    def draft(self) -> bool:
        """It may not go out yet: a number is unchecked or does not answer, or a place is left open."""
        return bool(self.unchecked or self.wrong or any(w.left_open for w in self.wordings))

    def wording(self, language: str, form: Form) -> Wording | None:
        """Its text in a language for a sort of channel, if there is one."""
        return next((w for w in self.wordings if w.language == language and w.form == form), None)

    def json_data(self) -> dict[str, Any]:
        """Plain data, with whether it is a draft."""
        data: dict[str, Any] = self.model_dump(mode="json")
        return {**data, "draft": self.draft, "unchecked": [n.number for n in self.unchecked]}


class Announcements(Value):
    """All notices out of a run, by time, audience and revision."""

    format: Literal["bcp-notify/1"] = "bcp-notify/1"
    plan: str
    plan_hash: str
    scenario: str
    begins: AwareDatetime = Field(description="When scenario time 0 is.")
    timezone: str
    language: str = Field(description="The language that the notices are written in first.")
    notices: tuple[Announcement, ...]

    def at(self, t_s: float) -> tuple[Announcement, ...]:
        """The newest revision of each notice that is due at scenario time t (seconds), by id."""
        newest = {n.id: n for n in sorted(self.notices, key=lambda n: n.revision) if n.at_s <= t_s}
        return tuple(newest[i] for i in sorted(newest))

    def json_data(self) -> dict[str, Any]:
        """Plain data of the published form `bcp-notify/1`."""
        data: dict[str, Any] = self.model_dump(mode="json", exclude={"notices"})
        return {**data, "notices": [notice.json_data() for notice in self.notices]}
