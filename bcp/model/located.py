"""Where the fault lies, as far as calls tell: suspects with probabilities, and the next call to try."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field

from bcp.model.value import Share, Value

BETWEEN = " → "
"""Stands between the two ends of a way that is a suspect as a whole."""


class Standing(StrEnum):
    """What a suspect is: a component, an operator's network, something outside the plan, or the way between two ends."""

    COMPONENT = "component"
    OPERATOR = "operator"
    OUTSIDE = "outside"
    ROUTE = "route"


class Suspect(Value):
    """Something that may be at fault."""

    component: str = Field(
        description="Id of a component; an operator, a name that the plan does not have, or the two ends of a way."
    )
    probability: Share = Field(description="That it is at fault, given the calls and the plan.")
    standing: Standing = Standing.COMPONENT
    outside: bool = Field(default=False, description="Whether it is somebody else's.")
    operator: str = Field(default="", description="Whose it is, where the plan says.")
    fails: Share = Field(
        default=0.0, description="Share of the calls through it that fail, if it is at fault."
    )
    through: int = Field(
        default=0, description="Calls that went through it; where that is not sure, as many as is expected."
    )
    well: int = Field(default=0, description="Those of them that were well.")
    explained: float = Field(default=0.0, description="Failures that it is expected to account for.")
    explains: tuple[int, ...] = Field(default=(), description="Lines of the failures that it accounts for.")
    explains_count: int = Field(default=0, description="How many those are; a long list of lines is cut off.")
    contradicted_by: tuple[int, ...] = Field(
        default=(), description="Lines of the calls that very likely went through it and were well."
    )
    contradicted_count: int = Field(default=0, description="How many those are.")
    explained_kinds: Mapping[str, int] = Field(default={}, description="Those failures by result.")
    alike: tuple[str, ...] = Field(
        default=(), description="Others that the calls cannot tell from it: each as probable as its sort."
    )
    group: int | None = Field(
        default=None,
        description="Which of `groups` it belongs to, counted from 1; none: to none of those listed.",
    )


class SuspectGroup(Value):
    """Suspects that the calls cannot tell apart, one alone where they can: which of them it is, the calls do not say."""

    members: tuple[str, ...] = Field(description="The most probable first, as many as are listed.")
    size: int = Field(description="How many there are.")
    probability: Share = Field(description="That one of them is at fault.")
    outside: bool | None = Field(description="Whether it is somebody else's; none: of some of them it is.")
    operator: str = Field(default="", description="Whose all of them are, where they are one's.")


class TestCall(Value):
    """A call to try next, named as a list of calls names it."""

    __test__ = False

    origin: tuple[str, ...]
    to: tuple[str, ...]
    via: tuple[str, ...] = ()
    gain: float = Field(description="Bits by which a series of such calls narrows the suspects down.")
    repeat: int = Field(description="How often to try, so that a suspect on its way would show itself.")
    suspects: tuple[str, ...] = Field(default=(), description="The suspects that the call rests on.")
    avoids: tuple[str, ...] = Field(default=(), description="The suspects that it does not rest on.")


class Ranked(Value):
    """A first view of one component: its Ochiai similarity with the failures, and its G statistic."""

    component: str
    ochiai: float
    g: float


class Location(Value):
    """What a list of calls tells about where the fault lies in a plan."""

    format: Literal["bcp-locate/1"] = "bcp-locate/1"
    plan: str
    plan_hash: str
    calls: int
    failures: int
    kinds: Mapping[str, int] = Field(default={}, description="Failures by result.")
    apart: bool = Field(
        default=False, description="Whether kinds of failure were found to have causes of their own."
    )
    suspects: tuple[Suspect, ...] = ()
    groups: tuple[SuspectGroup, ...] = Field(
        default=(),
        description="The suspects with those that the calls cannot tell apart as one, the most probable first.",
    )
    chance: Share = Field(default=1.0, description="Probability that there is no common cause at all.")
    background: Share = Field(default=0.0, description="Share of calls that fail without a common cause.")
    next_test: TestCall | None = None
    outside: bool = Field(default=False, description="Whether the causes lie outside the organisation.")
    outside_probability: Share = 0.0
    successes_assumed: bool = Field(
        default=False, description="Whether only failures were given, so that the plan's demand stands in."
    )
    outside_names: Mapping[str, int] = Field(
        default={}, description="Names that the plan does not have, and in how many calls they stand."
    )
    outside_more: int = Field(default=0, description="How many more such names there are.")
    first_view: tuple[Ranked, ...] = ()

    def json_data(self, why: str) -> dict[str, Any]:
        """Plain data of the published form `bcp-locate/1`; `why` says in a sentence why the next test is it."""
        data: dict[str, Any] = self.model_dump(mode="json", exclude={"next_test"})
        test = self.next_test
        data["next_test"] = None
        if test is not None:
            named = {"from": "; ".join(test.origin), "to": "; ".join(test.to), "via": "; ".join(test.via)}
            rest = test.model_dump(mode="json", exclude={"origin", "to", "via"})
            data["next_test"] = {**named, "why": why, **rest}
        return data
