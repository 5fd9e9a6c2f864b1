"""Shared fate: what things that are said to be independent have in common."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from bcp.model.value import Value


class Fate(StrEnum):
    """What things said to be independent have in common."""

    INDEPENDENT = "independent"
    SHARES = "shares"
    SAME_OPERATOR = "same_operator"
    UNKNOWN = "unknown"


class Meeting(Value):
    """A component on which both sides rest, and the way to it on each side."""

    component: str
    from_fallback: tuple[str, ...] = Field(
        description="From something the fallback uses down to the component."
    )
    from_protected: tuple[str, ...] = Field(description="From the protected component down to it.")
    together: bool | None = Field(
        default=None,
        description="True where its loss alone calls for the fallback and hinders it; none: not computed.",
    )


class SharedFate(Value):
    """The verdict on one fallback: what it secretly shares with what it protects."""

    fallback: str
    protects: str
    verdict: Fate
    shared: tuple[str, ...] = Field(
        description="Components on which both rest, by id; the first of them in very large plans."
    )
    shared_count: int = Field(default=0, description="How many components both rest on.")
    meetings: tuple[Meeting, ...] = Field(
        default=(), description="Where the two sides first meet: the nearest, where there are many."
    )
    same: tuple[str, ...] = Field(
        default=(),
        description="Attributes that stand on both sides beside what they share: operator:, site:, area:, duct:.",
    )
    open_ends: tuple[str, ...] = Field(
        default=(),
        description="Components that always rest on something, for which the plan names nothing; the first of many.",
    )
    question: str = Field(default="", description="What to ask the operator where the verdict is not known.")


class Basis(StrEnum):
    """How a plan says that things stand in for each other, beside a fallback."""

    POOL = "pool"
    QUORUM = "quorum"
    OPERATORS = "operators"


class CommonPoint(Value):
    """A component on which several members rest, where their ways come together."""

    component: str
    members: tuple[str, ...] = Field(description="The members that rest on it.")
    ways: tuple[tuple[str, ...], ...] = Field(description="The way down to it from each of these members.")
    left: float | None = Field(
        default=None,
        description="Value of the requirement, 0 to 1, when this component alone is gone; none: not computed.",
    )

    @property
    def holds(self) -> bool | None:
        """True where the requirement is met in full without the component; None where that is not computed."""
        return None if self.left is None else self.left >= 1.0


class Redundancy(Value):
    """The verdict on members that stand in for each other: of a pool, of a quorum, or two operators."""

    subject: str = Field(description="The component whose requirement it is; the first of two operators.")
    requirement: int | None = Field(
        default=None, description="Which of its requirements, from 0; none for operators."
    )
    basis: Basis
    members: tuple[str, ...]
    verdict: Fate
    shared: tuple[str, ...] = Field(
        description="Components on which two members or more rest, by id; the first of them in very large plans."
    )
    shared_count: int = Field(default=0, description="How many components two members or more rest on.")
    points: tuple[CommonPoint, ...] = Field(
        default=(), description="Where the ways of members come together: the nearest, where there are many."
    )
    same: tuple[str, ...] = Field(
        default=(),
        description="Attributes of two members or more beside what they share, such as duct:north.",
    )
    open_ends: tuple[str, ...] = Field(
        default=(),
        description="Components that always rest on something, for which the plan names nothing; the first of many.",
    )
    question: str = Field(default="", description="What to ask the operator where the verdict is not known.")
