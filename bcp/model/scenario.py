"""A scenario: a named, parametrised list of timed events on selected components. Data; it computes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BeforeValidator, Field, model_validator

from bcp.errors import WrongValueError
from bcp.model.component import Kind
from bcp.model.duration import Duration
from bcp.model.outage import CauseKind, Pattern
from bcp.model.value import Identifier, Line, Lines, Share, Text, Value
from bcp.saying import said

Titles = Mapping[str, Text]
"""A text by language code; `en` is always there."""


def _titled(value: Any) -> Any:
    return {"en": value} if isinstance(value, str) else value


ByLanguage = Annotated[Titles, BeforeValidator(_titled, json_schema_input_type=str | Titles)]
"""A text by language code; a plain text is English."""


def _several(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class Parameter(Value):
    """A value that whoever runs the scenario may set. `{name}` in an event stands for it."""

    default: str | int | float | None = None
    title: ByLanguage = Field(default={})
    choices: Lines = ()
    kind: Literal["text", "duration", "share", "component", "operator", "prefix", "site", "area", "tag"] = (
        "text"
    )


class Selector(Value):
    """Which components an event strikes. All conditions given must hold; a list means any of its values."""

    id: Lines = ()
    kind: Annotated[
        tuple[Kind, ...], BeforeValidator(_several, json_schema_input_type=Kind | tuple[Kind, ...])
    ] = ()
    operator: Lines = ()
    area: Lines = Field(default=(), description="A path; covers everything below it.")
    site: Lines = ()
    tag: Lines = ()
    prefix: Lines = Field(
        default=(),
        validation_alias=AliasChoices("prefix", "number_prefix"),
        description="Numbers and ranges that begin so, in E.164: +46771.",
    )
    hosts_prefix: Lines = Field(default=(), description="What numbers that begin so rest on.")
    depends_on: Lines = Field(default=(), description="What rests on one of these, directly or not.")
    all: tuple[Selector, ...] = ()
    any: tuple[Selector, ...] = ()
    exclude: Selector | None = Field(default=None, alias="not")

    @model_validator(mode="after")
    def _not_empty(self) -> Selector:
        if not self.model_fields_set:
            raise WrongValueError(
                said("this selector has no condition and would strike everything."),
                said("Name at least one condition."),
            )
        return self


class Ramp(Value):
    """The own state goes to a level in 20 equal steps."""

    to: Share
    over: Annotated[Duration, Field(gt=0)]


class Effect(Value):
    """What an event does to the components that it strikes."""

    level: Share | None = Field(default=None, description="Own state while the event lasts.")
    ramp: Ramp | None = None
    freeze: bool = Field(default=False, strict=True, description="Nothing can be changed there.")
    surge: Annotated[float, Field(gt=0, le=1000)] | None = Field(
        default=None, description="For activities: demand is this many times the normal."
    )
    quality: Share | None = Field(
        default=None,
        description="Share of what gets through here that is good, such as calls that can be heard. Takes nothing away.",
    )

    @model_validator(mode="after")
    def _something(self) -> Effect:
        if self.level is not None and self.ramp is not None:
            raise WrongValueError(
                said("an effect has a level or a ramp, not both."), said("Write two events.")
            )
        does = (self.level, self.ramp, self.surge, self.quality)
        if all(part is None for part in does) and not self.freeze:
            raise WrongValueError(
                said("an effect that does nothing."),
                said("Give level, ramp, freeze: true, surge or quality."),
            )
        return self


class Event(Value):
    """Something that happens to selected components for a while."""

    at: Duration
    select: Selector
    effect: Effect
    until: Duration | None = Field(default=None, description="Scenario time at which it ends.")
    lasts: Duration | None = Field(default=None, alias="for", description="Its length, instead of until.")
    silent: bool = Field(default=False, strict=True, description="Monitoring does not see it.")
    detected_after: Duration | None = Field(
        default=None, description="Noticed after this, whatever is struck."
    )
    optional: bool = Field(default=False, strict=True, description="It may match nothing.")
    note: ByLanguage = Field(default={})

    @model_validator(mode="after")
    def _ends(self) -> Event:
        if self.until is not None and self.lasts is not None:
            raise WrongValueError(said("an event has `until` or `for`, not both."), said("Keep one."))
        if self.until is not None and self.until <= self.at:
            raise WrongValueError(
                said("the event ends before it begins."),
                said("Set `until` after `at`, or give its length with `for`."),
            )
        if self.lasts == 0:
            raise WrongValueError(said("the event lasts no time."), said("Give a longer `for`."))
        if self.silent and self.detected_after is not None:
            raise WrongValueError(
                said("a silent event is not seen by monitoring."), said("Keep `silent` or `detected_after`.")
            )
        return self

    @property
    def end(self) -> float | None:
        """When it ends in seconds of scenario time; None: it lasts to the horizon."""
        if self.lasts is not None:
            return self.at + self.lasts
        return self.until


class PlannedWindow(Value):
    """Planned work: when it begins and when it should end, as those are told who are told beforehand.

    What the work does stands in the events, which may go on beyond the window.
    """

    at: Duration
    until: Duration | None = Field(default=None, description="Scenario time at which it should end.")
    lasts: Duration | None = Field(default=None, alias="for", description="Its length, instead of until.")

    @model_validator(mode="after")
    def _in_order(self) -> PlannedWindow:
        if (self.until is None) == (self.lasts is None):
            raise WrongValueError(
                said("a window has `until` or `for`, one of them."), said("Say when the work should end.")
            )
        if self.end <= self.at:
            raise WrongValueError(said("the window ends before it begins."), said("Set `until` after `at`."))
        return self

    @property
    def end(self) -> float:
        """When the work should end, in seconds of scenario time."""
        return self.until if self.until is not None else self.at + (self.lasts or 0.0)


class Inject(Value):
    """Something participants of a workshop get to hear at a time."""

    at: Duration
    to: Line = "all"
    channel: Line = ""
    text: ByLanguage


class Fact(Value):
    """What really happened, and what the run must show for it."""

    claim: ByLanguage
    measure: Line
    expect: str | int | float | bool
    source: Line = ""
    uncertain: bool = False


class Scenario(Value):
    """A scenario with its parameters filled in: ready to be run on any plan."""

    format: Literal["bcp-scenario/1"] = "bcp-scenario/1"
    id: Identifier
    title: ByLanguage
    description: ByLanguage = Field(default={})
    teaches: ByLanguage = Field(default={}, description="What it shows that people did not expect.")
    source: Text = ""
    country: Line = Field(default="", description="ISO 3166 codes of where it happened: SE, or GB, JP.")
    date: str = Field(
        default="",
        pattern=r"^([0-9]{4}(-[0-9]{2}){0,2}|[0-9]{2}-[0-9]{2})?$",
        description="When it began, as far as it is known: 2019-06-24, 2017-05, 2023, or 03-03 without a year.",
    )
    cause: Line = Field(default="", description="What caused it, in words.")
    causes: Annotated[
        tuple[CauseKind, ...],
        BeforeValidator(_several, json_schema_input_type=CauseKind | tuple[CauseKind, ...]),
    ] = Field(default=(), description="What set it off, to find it by.")
    patterns: Annotated[
        tuple[Pattern, ...],
        BeforeValidator(_several, json_schema_input_type=Pattern | tuple[Pattern, ...]),
    ] = Field(default=(), description="How it did more harm than its cause suggests, to find it by.")
    example: Line = Field(default="", description="The example organisation that it is told on.")
    clock: str = Field(
        default="",
        pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9])?$",
        description="Local time of day at scenario time 0, such as 07:00.",
    )
    parameters: Mapping[Identifier, Parameter] = {}
    horizon: Annotated[Duration, Field(gt=0)] | None = Field(
        default=None, description="When the run ends; default 24h after the last event."
    )
    planned: tuple[PlannedWindow, ...] = Field(
        default=(), description="Planned work: told beforehand, with its window. None: a failure."
    )
    events: tuple[Event, ...] = ()
    injects: tuple[Inject, ...] = ()
    facts: tuple[Fact, ...] = ()

    def titled(self, language: str) -> str:
        """The title in a language, in English where there is none."""
        return in_language(self.title, language) or self.id

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries in which it happened, as codes; none for what is no incident of one place."""
        return tuple(part.strip() for part in self.country.split(",") if part.strip())

    @property
    def horizon_s(self) -> float:
        """Seconds of scenario time at which the run ends.

        Where the scenario does not say: 24 h after its last event has ended. An event that never ends
        counts from its beginning, or from the end of its ramp.
        """
        if self.horizon is not None:
            return self.horizon
        last = 0.0
        for event in self.events:
            ramp = event.effect.ramp.over if event.effect.ramp else 0.0
            last = max(last, event.end if event.end is not None else event.at + ramp)
        return last + 24 * 3600.0


def in_language(texts: Titles, language: str) -> str:
    """The text in `language`, else in English, else in any language (first by code), else empty."""
    for code in (language, "en", *sorted(texts)):
        if code in texts:
            return texts[code]
    return ""
