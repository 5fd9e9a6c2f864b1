"""An entry in the log of a sitting: what somebody did, decided, saw or said, and when. Nothing is ever taken out."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, model_validator

from bcp.errors import WrongValueError
from bcp.model.decision import Act
from bcp.model.value import Identifier, Line, Share, Text, Value
from bcp.saying import said

FASTEST = 3600.0
"""The fastest clock of an exercise: an hour of the scenario in a second."""

EVERYBODY = "all"
"""The role that an inject for everybody is released to."""


class Joined(Value):
    """A participant came in, or came back with another role. `seat` names them without being secret."""

    kind: Literal["joined"] = "joined"
    seat: Line


class Clock(Value):
    """The exercise clock: whether it runs from now on, how fast, and where it jumps to (scenario seconds).

    `speed` is scenario seconds a second. A jump leads forward: what people have lived through stays so.
    """

    kind: Literal["clock"] = "clock"
    running: bool
    speed: Annotated[float, Field(gt=0, le=FASTEST)] = 1.0
    jump_to: Annotated[float, Field(ge=0)] | None = None


class Released(Value):
    """An inject let out by hand: one of the sitting's (`inject` is its id), or a text of the moment.

    `to` is a role, or `all`; where it is empty an inject of the sitting goes to whom it is meant for.
    """

    kind: Literal["released"] = "released"
    inject: Line = ""
    text: Text = ""
    channel: Line = ""
    to: Line = ""

    @model_validator(mode="after")
    def _something(self) -> Released:
        if bool(self.inject) == bool(self.text.strip()):
            raise WrongValueError(
                said("an inject is one of the exercise or a text of its own."), said("Give one of the two.")
            )
        return self


class Held(Value):
    """An inject held back: it is not let out at its time, until it is released by hand or held no more."""

    kind: Literal["held"] = "held"
    inject: Line
    held: bool = True


class Decided(Value):
    """A fallback is to be activated, is reported to carry load, or is ended; by whose decision and why."""

    kind: Literal["decided"] = "decided"
    fallback: Identifier
    act: Act
    reason: Text = ""
    owner: Line = ""


class Marked(Value):
    """A component seen down, degraded or back: its own level 0–1, whether nothing can be changed there.

    `source` says where that is known from: a notice, call samples, somebody who tried.
    """

    kind: Literal["marked"] = "marked"
    component: Identifier
    level: Share
    frozen: bool = False
    source: Line = ""


class StepTaken(Value):
    """A step of a fallback done, or not done after all; `step` counts from 0 in its (failback) steps."""

    kind: Literal["step"] = "step"
    fallback: Identifier
    step: Annotated[int, Field(ge=0)]
    done: bool = True
    failback: bool = False


class Told(Value):
    """Somebody was told: which audience, over which channel (a component, or free words), what."""

    kind: Literal["told"] = "told"
    audience: Line
    channel: Line = ""
    text: Text = ""


class Noted(Value):
    """An observation."""

    kind: Literal["noted"] = "noted"
    text: Annotated[Text, Field(min_length=1)]


class Parked(Value):
    """A question for later: the parking lot."""

    kind: Literal["parked"] = "parked"
    text: Annotated[Text, Field(min_length=1)]


class ActionAgreed(Value):
    """Something to do afterwards, by whom and until when. Its number is that of its entry."""

    kind: Literal["action"] = "action"
    text: Annotated[Text, Field(min_length=1)]
    owner: Line = ""
    due: date | None = None


class ActionDone(Value):
    """An action agreed in entry `action` is done, or is open again."""

    kind: Literal["action_done"] = "action_done"
    action: Annotated[int, Field(ge=1)]
    done: bool = True


class Corrected(Value):
    """An earlier entry struck out: it stays readable and counts no more."""

    kind: Literal["corrected"] = "corrected"
    entry: Annotated[int, Field(ge=1)]
    reason: Text = ""


class Closed(Value):
    """The sitting is over."""

    kind: Literal["closed"] = "closed"
    text: Text = ""


What = Annotated[
    Joined
    | Clock
    | Released
    | Held
    | Decided
    | Marked
    | StepTaken
    | Told
    | Noted
    | Parked
    | ActionAgreed
    | ActionDone
    | Corrected
    | Closed,
    Field(discriminator="kind"),
]
"""What an entry says."""


class Entry(Value):
    """One line of a log. Numbers count from 1 without a gap; `at` is when it was written, in UTC.

    `happened` is when it really was, where somebody wrote it down later.
    """

    number: Annotated[int, Field(ge=1)]
    at: AwareDatetime
    who: Line
    role: Line = ""
    what: What
    happened: AwareDatetime | None = None

    @property
    def when(self) -> AwareDatetime:
        """When it really was."""
        return self.at if self.happened is None else min(self.happened, self.at)
