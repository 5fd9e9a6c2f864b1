"""Over which channels an audience is told at a minute: only those that serve then, with the share reached."""

from __future__ import annotations

from dataclasses import dataclass

from bcp.engine.notices.facts import Facts
from bcp.engine.people.notice_reach import bounds
from bcp.model.announcement import Audience, ChannelUse, Form, Occasion
from bcp.model.answer import Answer
from bcp.model.audience import form_of, prepared
from bcp.model.component import Kind
from bcp.model.plan import Contact, Plan
from bcp.model.reachability import Reachability
from bcp.model.run import at

BY_HAND = frozenset(
    {Audience.STAFF, Audience.PARTNERS, Audience.VITAL, Audience.RESELLERS, Audience.AUTHORITIES}
)
"""Audiences whose members are known by name and told one by one too."""

_ONLY_BY_HAND = BY_HAND - {Audience.VITAL, Audience.STAFF}

DIRECT = ChannelUse(channel="", name="", form=Form.DIRECT, reach=None)
"""Telling contacts one by one, by whatever way reaches each."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The channels that serve, the names of those that do not, and the least and most share they reach."""

    serving: tuple[ChannelUse, ...]
    lost: tuple[str, ...]
    least: float
    most: float


def coverage(facts: Facts, audience: Audience, occasion: Occasion, t: float) -> Coverage:
    """The channels of an audience at scenario time t (seconds; before 0 everything serves).

    They are those that the plan's own message names, or all of the plan; where none of the message's
    serves, every other one that does is taken. `least` and `most` are bounds, since how far channels
    reach the same people is not known.
    """
    channels = _channels(facts.plan, audience, occasion)
    every = tuple(facts.plan.of_kind(Kind.CHANNEL)) if channels else ()
    serving = tuple(i for i in channels if _serves(facts, i, t))
    if not serving:
        serving = tuple(i for i in every if _serves(facts, i, t))
    uses = tuple(_use(facts, i, t) for i in serving)
    least, most = bounds((u.reach, u.level) for u in uses)
    lost = tuple(facts.plan.title(i) for i in channels if not _serves(facts, i, t))
    by_hand = (DIRECT,) if audience in BY_HAND else ()
    return Coverage((*uses, *by_hand), lost, least, most)


def own_staff(plan: Plan) -> tuple[str, ...]:
    """The contacts of the organisation itself: of no organisation, or of one named like it; sorted."""
    return tuple(i for i, c in sorted(plan.contacts.items()) if _own(plan, c))


def reached_by_hand(people: Reachability, plan: Plan, audience: Audience, t: float) -> tuple[int, int] | None:
    """How many of the contacts to tell one by one are reached surely, of how many; none where nobody knows whom."""
    if audience != Audience.STAFF:
        return None
    members = own_staff(plan)
    if not members:
        return None
    surely = sum(at(people.contacts[i].reached, max(0.0, t)) == Answer.YES for i in members)
    return surely, len(members)


def _own(plan: Plan, contact: Contact) -> bool:
    ours, theirs = plan.organisation.name.casefold(), contact.organisation.casefold()
    return not theirs or theirs in ours or ours in theirs


def _channels(plan: Plan, audience: Audience, occasion: Occasion) -> tuple[str, ...]:
    message = prepared(plan.document.messages, audience, occasion)
    known = plan.of_kind(Kind.CHANNEL)
    if message is not None:
        named = tuple(i for i in message.channels if i in known)
        if named or audience in _ONLY_BY_HAND:
            return named
    if audience in _ONLY_BY_HAND or audience == Audience.STAFF:
        return ()
    return tuple(sorted(known))


def _serves(facts: Facts, channel: str, t: float) -> bool:
    return t < 0 or at(facts.serving.course(channel), t) == Answer.YES


def _use(facts: Facts, channel: str, t: float) -> ChannelUse:
    component = facts.plan.components[channel]
    level = 1.0 if t < 0 else facts.serving.level(channel, t)
    return ChannelUse(
        channel=channel,
        name=component.name,
        form=form_of(channel, component),
        reach=component.reach,
        level=level,
        guessed=component.form is None,
    )
