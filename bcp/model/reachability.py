"""Who can still be reached, and told: contacts, the crisis team, the call tree and the notice channels."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field

from bcp.model.answer import Course
from bcp.model.plan import WayKind
from bcp.model.value import Value


class WayGap(StrEnum):
    """What the plan does not say about a way to reach somebody."""

    SIM_OPERATOR = "sim_operator"
    SIM_CARRIER = "sim_carrier"
    NUMBER = "number"
    BASE = "base"
    NO_WAY = "no_way"


class Outage(Value):
    """A time in which something does not serve: from and until in seconds, and what is behind it."""

    from_s: float
    until_s: float
    by: tuple[str, ...] = Field(description="The components below half their level that it rests on.")
    path: tuple[str, ...] = Field(
        default=(), description="From the first of them down to what the scenario struck."
    )


class WayReach(Value):
    """One way to reach a contact, and when it works."""

    kind: WayKind
    address: str = ""
    on: tuple[str, ...] = Field(default=(), description="The components it rests on, as far as known.")
    works: Course
    down: tuple[Outage, ...] = ()
    gap: WayGap | None = Field(default=None, description="What must be asked before more can be said.")


class ContactReach(Value):
    """One contact: reached while any way but e-mail works, not reached while every such way is down.

    An e-mail calls nobody in: `mailed` says of itself when one would arrive.
    """

    contact: str
    ways: tuple[WayReach, ...]
    reached: Course
    mailed: Course
    lost_s: float | None = Field(default=None, description="When they are not reached for the first time.")
    gap: WayGap | None = None


class Count(Value):
    """How many of a group are reached from a time on (seconds): surely, and at most."""

    from_s: float
    surely: int
    at_most: int


class GroupReach(Value):
    """The crisis team or another team, and whether enough of them are reached."""

    members: tuple[str, ...]
    quorum: int = Field(description="How many must be reached.")
    counts: tuple[Count, ...]
    met: Course
    lost_s: float | None = Field(default=None, description="When too few are reached for the first time.")


class RoleReach(Value):
    """A role that must be reached, by one who has it or one of their deputies."""

    role: str
    holders: tuple[str, ...]
    deputies: tuple[str, ...]
    covered: Course


class CallLink(Value):
    """A caller and whom they call."""

    caller: str
    called: str
    common: Course = Field(description="Whether both have a working way in common.")
    through: Course = Field(description="Whether, moreover, the alarm has reached the caller.")


class Break(Value):
    """A time (seconds) in which the alarm does not reach a contact, and what can be done instead."""

    called: str
    from_s: float
    until_s: float
    callers: tuple[str, ...] = Field(description="Those who should call them.")
    without_alarm: tuple[str, ...] = Field(
        default=(), description="Those of the callers whom the alarm does not reach either."
    )
    instead_by: tuple[str, ...] = Field(
        default=(), description="Others in the tree who have the alarm and a working way to them."
    )
    deputy: str = Field(default="", description="The deputy, where one can be called instead.")


class CallTreeReach(Value):
    """The call tree under a scenario: whom an alarm raised at a time reaches."""

    roots: tuple[str, ...] = Field(description="Callers whom nobody calls: they raise the alarm.")
    links: tuple[CallLink, ...]
    alarmed: Mapping[str, Course] = Field(description="For everybody in the tree, whether the alarm comes.")
    breaks: tuple[Break, ...] = ()
    adrift: tuple[str, ...] = Field(
        default=(), description="Those in the tree to whom no way leads from a root, even if all works."
    )
    left_out: tuple[str, ...] = Field(
        default=(), description="Those who decide but do not stand in the tree."
    )


class ChannelReach(Value):
    """One notice channel, and when it serves."""

    channel: str
    reach: float | None = Field(description="Share of customers it reaches when whole; none: unknown.")
    lowest: float = Field(description="Its lowest level.")
    serves: Course
    down: tuple[Outage, ...] = ()


class NoticeShare(Value):
    """Bounds on the share of customers that the channels left reach together, from a time on (seconds).

    How far channels reach the same people is not known: together they reach at least what the widest
    one reaches, and at most the sum of all, and everybody.
    """

    from_s: float
    least: float
    most: float
    channels: tuple[str, ...] = Field(description="The channels that serve.")


class NoticeReach(Value):
    """The notice channels and the share of customers that those left reach together.

    A channel serves at half its level or more, and then reaches its share times its level. One whose
    share is not known counts nothing for the least and everybody for the most. `groups` says the same
    of each customer group that rests on channels, over those alone, as if it were like all customers.
    """

    channels: tuple[ChannelReach, ...]
    shares: tuple[NoticeShare, ...]
    groups: Mapping[str, tuple[NoticeShare, ...]] = {}


class Reachability(Value):
    """Who can be reached, and told, over a run."""

    format: Literal["bcp-reach/1"] = "bcp-reach/1"
    plan: str
    plan_hash: str
    scenario: str = ""
    horizon_s: float
    contacts: Mapping[str, ContactReach]
    crisis_team: GroupReach
    roles: tuple[RoleReach, ...] = ()
    teams: Mapping[str, GroupReach] = {}
    call_tree: CallTreeReach | None = None
    notices: NoticeReach

    def json_data(self) -> dict[str, Any]:
        """Plain data of the published form `bcp-reach/1`."""
        data: dict[str, Any] = self.model_dump(mode="json")
        return data
