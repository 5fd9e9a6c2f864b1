"""Why a component is below its normal level at a moment: the chain down to the events that caused it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bcp.model.value import Value

Because = Literal["event", "needs", "pool", "split", "quorum", "start", "restarting", "earlier"]
"""What holds a component down: an event on itself, a requirement by its mode, one needed only to start,
its own restart, or an earlier event that is over while what it took down still waits to start."""


class WhyStep(Value):
    """One component of the chain and what holds it down."""

    component: str
    level: float = Field(description="What it delivers, 0–1, fallbacks included.")
    primary: float = Field(description="What it would deliver without fallbacks, 0–1.")
    because: Because
    on: str = Field(default="", description="The next component of the chain; empty at its end.")
    events: tuple[int, ...] = Field(
        default=(), description="At the end: the scenario's events, counted from 0."
    )


class Why(Value):
    """The shortest chain of binding requirements, and everything that lies on any of them."""

    component: str
    t_s: float
    level: float
    steps: tuple[WhyStep, ...] = Field(
        default=(), description="From the component down; empty where nothing is wrong."
    )
    involved: tuple[str, ...] = Field(default=(), description="All components on any binding chain, sorted.")
    roots: tuple[int, ...] = Field(default=(), description="Every event at a root, counted from 0.")
