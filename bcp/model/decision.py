"""A decision about a fallback at a moment of a scenario: what a run that people drive is given."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from bcp.model.value import Identifier, Value


class Act(StrEnum):
    """What is decided or reported about a fallback."""

    ACTIVATE = "activate"
    IN_PLACE = "in_place"
    STAND_DOWN = "stand_down"


class Decision(Value):
    """Activate a fallback, report that it carries load, or end it, at scenario time `at` (seconds)."""

    at: Annotated[float, Field(ge=0)]
    fallback: Identifier
    act: Act
