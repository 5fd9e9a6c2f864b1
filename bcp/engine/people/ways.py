"""What each way to reach a contact rests on, and when it works."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bcp.engine.run.serving import Serving
from bcp.model.answer import Answer, Course, alike, all_of, always
from bcp.model.component import Kind
from bcp.model.plan import Contact, Plan, Way, WayKind
from bcp.model.reachability import WayGap, WayReach
from bcp.model.telephone import normal

MOBILE_TAGS = frozenset({"mobile", "mobile-network"})
"""Tags that say of an operator's platform that it carries mobiles."""

_NETWORK_KINDS = (Kind.PLATFORM, Kind.SYSTEM)
_ORDER = tuple(WayKind)
_MOBILE = (WayKind.MOBILE, WayKind.SMS)
_DIALLED = (WayKind.MOBILE, WayKind.PHONE, WayKind.SMS)


@dataclass(frozen=True)
class Base:
    """What a way rests on: `all_of` must all serve; where `either` disagree it is not known.

    An operator with several mobile networks is such a case: the plan does not say which one carries
    the SIM. `gap` is what must be asked where nothing is known.
    """

    all_of: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    gap: WayGap | None = None

    mute: bool = False
    """No number is known under which to call: what it rests on may fail it, but never says that it works."""

    @property
    def on(self) -> tuple[str, ...]:
        """All components concerned."""
        return (*self.all_of, *self.either)

    def works(self, serving: Serving) -> Course:
        """Whether it serves; unknown at all times where nothing is known."""
        if self.gap is not None and not self.on:
            return always(Answer.UNKNOWN)
        courses = [serving.course(i) for i in self.all_of]
        if self.mute:
            courses.append(always(Answer.UNKNOWN))
        if self.either:
            courses.append(alike([serving.course(i) for i in self.either]))
        return all_of(courses)


@dataclass(frozen=True)
class Ways:
    """The ways to every contact of a plan."""

    plan: Plan

    def of(self, contact: Contact) -> Iterator[tuple[Way, Base]]:
        """A contact's ways in the order of their kinds: those from the contact's fields, and those listed.

        A listed way of the same kind with the same address, or with none, stands for the field's.
        """
        ways = sorted((*_fields(contact), *contact.ways), key=lambda way: _ORDER.index(way.kind))
        for way in ways:
            if way not in contact.ways and any(_same(way, listed) for listed in contact.ways):
                continue
            address = way.address or _own_address(contact, way.kind)
            yield way.model_copy(update={"address": address}), self.base(contact, way)

    def base(self, contact: Contact, way: Way) -> Base:
        """What a way rests on: what it says itself; else what the plan says of the number or the SIM's operator.

        A way in person that names nothing rests on nothing. A mobile without a number, of somebody about whom
        the plan itself has a question, is one that nobody knows how to call, whatever it rests on.
        """
        if way.on:
            mute = (
                way.kind in _MOBILE
                and not (way.address or _own_address(contact, way.kind))
                and contact in self._asked_about
            )
            return Base(tuple(dict.fromkeys(way.on)), gap=WayGap.NO_WAY if mute else None, mute=mute)
        if way.kind == WayKind.IN_PERSON:
            return Base()
        if way.kind not in _DIALLED:
            return Base(gap=WayGap.BASE)
        number = _number(way.address or _own_address(contact, way.kind))
        carrying = self.numbers(number)
        if carrying:
            return Base(carrying)
        if way.kind == WayKind.PHONE or number != _number(contact.mobile or ""):
            return Base(gap=WayGap.NUMBER)
        return self.sim(contact.operator)

    def numbers(self, number: str) -> tuple[str, ...]:
        """The components that are this number; else the ranges that hold it; sorted."""
        if not number:
            return ()
        exact = self._exact.get(number)
        return exact or tuple(i for i, first, last in self._ranges if _within(number, first, last))

    def sim(self, operator: str) -> Base:
        """What carries a SIM of this operator: its component of kind operator, and its mobile network.

        A mobile network is a platform or system of the operator with the tag mobile or mobile-network.
        """
        if not operator:
            return Base(gap=WayGap.SIM_OPERATOR)
        ids = {operator.casefold()}
        owner = []
        for i, c in self.plan.of_kind(Kind.OPERATOR).items():
            if operator.casefold() in (i.casefold(), c.name.casefold()):
                owner.append(i)
                ids |= {i.casefold(), c.name.casefold()}
        networks = [
            i
            for i, c in self.plan.of_kind(*_NETWORK_KINDS).items()
            if c.operator.casefold() in ids and MOBILE_TAGS & set(c.tags)
        ]
        if not owner and not networks:
            return Base(gap=WayGap.SIM_CARRIER)
        single = sorted(networks) if len(networks) == 1 else []
        return Base((*sorted(owner), *single), () if single else tuple(sorted(networks)))

    @cached_property
    def _asked_about(self) -> tuple[Contact, ...]:
        about = {question.about for question in self.plan.document.questions}
        return tuple(c for i, c in self.plan.contacts.items() if i in about)

    @cached_property
    def _exact(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for i, c in sorted(self.plan.of_kind(Kind.NUMBER).items()):
            if c.e164:
                found[c.e164] = (*found.get(c.e164, ()), i)
        return found

    @cached_property
    def _ranges(self) -> tuple[tuple[str, str, str], ...]:
        ranges = sorted(self.plan.of_kind(Kind.NUMBER_RANGE).items())
        return tuple((i, c.span.first, c.span.last) for i, c in ranges if c.span is not None)


def way_reach(way: Way, base: Base, serving: Serving) -> WayReach:
    """When a way works."""
    works = base.works(serving)
    return WayReach(
        kind=way.kind,
        address=way.address,
        on=base.on,
        works=works,
        down=serving.outages(works, base.on),
        gap=base.gap,
    )


def _fields(contact: Contact) -> Iterator[Way]:
    for kind in (WayKind.MOBILE, WayKind.PHONE, WayKind.EMAIL):
        address = _own_address(contact, kind)
        if address:
            yield Way(kind=kind, address=address)


def _own_address(contact: Contact, kind: WayKind) -> str:
    match kind:
        case WayKind.MOBILE | WayKind.SMS:
            return contact.mobile or ""
        case WayKind.PHONE:
            return contact.phone or ""
        case WayKind.EMAIL:
            return contact.email
        case _:
            return ""


def _same(way: Way, listed: Way) -> bool:
    """True where a listed way is about the same mobile, telephone or mailbox as a field."""
    if way.kind != listed.kind:
        return False
    return not listed.address or _number(listed.address) == _number(way.address)


def _number(address: str) -> str:
    """A number in one spelling; any other address without case and blanks at its ends."""
    try:
        return normal(address)
    except ValueError:
        return address.strip().casefold()


def _within(number: str, first: str, last: str) -> bool:
    return len(number) == len(first) == len(last) and first <= number <= last
