"""What is wrong with a plan whose form is right: names that lead nowhere and figures that cannot be.

A plan with any fault cannot be run.
"""

from __future__ import annotations

import math
import zoneinfo
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bcp.model.component import Bia, Component, Kind, NumberSpan
from bcp.model.duration import duration_text
from bcp.model.plan import Plan
from bcp.model.references import Path, Reference, Wanted, references
from bcp.model.requirement import Pool, Quorum, Requirement, Split
from bcp.model.spelling import Spelling
from bcp.model.telephone import is_short, is_valid, trunk_zero
from bcp.saying import said

_NUMBERED = (Kind.NUMBER, Kind.NUMBER_RANGE, Kind.CHANNEL)
_SUM_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that keeps a plan from being run: where it stands, what is wrong, what to do.

    `word` is the text at fault, where a single one is, so that its line in a file can be found.
    """

    path: Path
    message: str
    fix: str
    word: str = ""


def problems(plan: Plan, *, known: Collection[str] = ()) -> tuple[Fault, ...]:
    """Every fault of the plan at once, in its order; none means that it can be run.

    `known` are ids to count as existing, whatever they are: those of parts that could not be read.
    """
    return (
        *_organisation(plan),
        *_shared_ids(plan),
        *_unknown_names(plan, frozenset(known)),
        *(fault for i, c in plan.components.items() for fault in _component(("components", i), i, c, plan)),
        *_fallbacks(plan),
        *_contacts(plan),
    )


def _organisation(plan: Plan) -> Iterator[Fault]:
    zone = plan.organisation.timezone
    if zone not in _zones():
        fix = Spelling(_zones()).did_you_mean(zone, said('Write an IANA name such as "Europe/Stockholm".'))
        yield Fault(
            ("organisation", "timezone"), said("there is no timezone {zone!r}.", zone=zone), fix, zone
        )


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def _shared_ids(plan: Plan) -> Iterator[Fault]:
    """Components, fallbacks and contacts are looked up by the same names."""
    first: dict[str, str] = {}
    sections = {"components": plan.components, "fallbacks": plan.fallbacks, "contacts": plan.contacts}
    for section, ids in sections.items():
        for i in ids:
            if i in first:
                message = said(
                    "the id {key!r} is taken: it stands under {section} too.", key=i, section=first[i]
                )
                yield Fault((section, i), message, said("Give one of the two another id."))
            first.setdefault(i, section)


def _unknown_names(plan: Plan, known: frozenset[str]) -> Iterator[Fault]:
    teams = plan.of_kind(Kind.TEAM).keys()
    allowed: dict[Wanted, frozenset[str]] = {
        "component": frozenset(plan.components),
        "contact": frozenset(plan.contacts),
        "person": frozenset(plan.contacts) | teams,
        "subject": frozenset((*plan.components, *plan.fallbacks, *plan.contacts)),
    }
    spelling = {wanted: Spelling(ids) for wanted, ids in allowed.items()}
    for reference in references(plan):
        ids = allowed[reference.wanted]
        if reference.name not in ids and reference.name not in known:
            yield _unknown(plan, reference, spelling[reference.wanted])


_NOUNS: dict[Wanted, tuple[str, str]] = {
    "component": (said("component"), said('Add it under "components", or name one that is there.')),
    "contact": (said("contact"), said('Add it under "contacts", or name one that is there.')),
    "person": (
        said("contact or team"),
        said('Add it under "contacts", or name a contact or a component of kind team.'),
    ),
    "subject": (said("component, fallback or contact"), said("Take this out, or name one that is there.")),
}


def _unknown(plan: Plan, reference: Reference, spelling: Spelling) -> Fault:
    noun, remedy = _NOUNS[reference.wanted]
    name = reference.name
    for what, ids in (
        (said("component"), plan.components),
        (said("fallback"), plan.fallbacks),
        (said("contact"), plan.contacts),
    ):
        if name in ids:
            return Fault(
                reference.path,
                said("{name!r} is a {what}; a {noun} is wanted here.", name=name, what=what, noun=noun),
                remedy,
                name,
            )
    return Fault(
        reference.path,
        said("there is no {noun} {name!r}.", noun=noun, name=name),
        spelling.did_you_mean(name, remedy),
        name,
    )


def _component(at: Path, i: str, component: Component, plan: Plan) -> Iterator[Fault]:
    for n, requirement in enumerate(component.requires):
        here = (*at, "requires", n)
        if i in requirement.members:
            yield Fault(
                here,
                said("{i!r} requires itself.", i=i),
                said("Take this requirement out, or name what it really needs."),
                i,
            )
        yield from _sums(here, requirement)
    if component.bia is not None:
        if component.kind is not Kind.ACTIVITY:
            message = said("a {kind} has no business impact analysis.", kind=component.kind)
            yield Fault(
                (*at, "bia"),
                message,
                said("Put it on the activity that rests on this, or set kind: activity."),
            )
        yield from _bia((*at, "bia"), component.bia)
    yield from _numbers(at, component, plan.organisation.country)
    if component.mtbf == 0:
        yield Fault(
            (*at, "mtbf"),
            said("an MTBF of 0 means that it always fails."),
            said("Give a longer time such as 5y."),
        )


def _sums(here: Path, requirement: Requirement) -> Iterator[Fault]:
    match requirement:
        case Split(split=shares) if abs((total := math.fsum(shares.values())) - 1) > _SUM_TOLERANCE:
            message = said("the shares of this split sum to {total:.12g}, not 1.", total=total)
            yield Fault(
                (*here, "split"), message, said("Change them so that they sum to 1; or write a pool.")
            )
        case Pool(pool=capacities) if not any(capacities.values()):
            message = said("no member of this pool has any capacity.")
            yield Fault(
                (*here, "pool"),
                message,
                said("Give each the share of the load that it can carry, 1 for all of it."),
            )
        case Quorum(quorum=k, of=members) if k > len(members):
            message = said("a quorum of {k} among {n} can never be reached.", k=k, n=len(members))
            yield Fault(
                (*here, "quorum"),
                message,
                said("Set quorum to {n} or less, or name more members.", n=len(members)),
            )
        case _:
            pass


def _bia(at: Path, bia: Bia) -> Iterator[Fault]:
    if bia.mtpd == 0:
        message = said("an MTPD of 0 tolerates no disruption at all: no plan can keep it.")
        yield Fault(
            (*at, "mtpd"), message, said("Give the time after which the disruption becomes intolerable.")
        )
    elif bia.mtpd is not None and bia.rto is not None and bia.rto > bia.mtpd:
        message = said(
            "the RTO ({rto}) is above the MTPD ({mtpd}).",
            rto=duration_text(bia.rto),
            mtpd=duration_text(bia.mtpd),
        )
        yield Fault(
            (*at, "rto"),
            message,
            said("Recovery must come before the disruption is intolerable: lower the RTO."),
        )


def _numbers(at: Path, component: Component, country: str) -> Iterator[Fault]:
    if component.e164 is not None:
        if component.kind not in _NUMBERED:
            message = said("a {kind} has no number of its own.", kind=component.kind)
            fix = said("Make a component of kind number with it, and require that.")
            yield Fault((*at, "e164"), message, fix)
        yield from _number((*at, "e164"), component.e164, country)
    if component.span is not None:
        if component.kind is not Kind.NUMBER_RANGE:
            message = said("a {kind} has no span of numbers.", kind=component.kind)
            yield Fault((*at, "span"), message, said("Set kind: number_range, or take the span out."))
        yield from _span((*at, "span"), component.span, country)


def _span(at: Path, span: NumberSpan, country: str) -> Iterator[Fault]:
    yield from _number((*at, "first"), span.first, country)
    yield from _number((*at, "last"), span.last, country)
    if len(span.first) != len(span.last) or is_short(span.first) != is_short(span.last):
        message = said(
            "{first} and {last} differ in length: they bound no range.", first=span.first, last=span.last
        )
        yield Fault(at, message, said("Write both ends with the same number of digits."))
    elif span.first > span.last:
        yield Fault(
            at,
            said("the range begins at {first}, after its end {last}.", first=span.first, last=span.last),
            said("Swap first and last."),
        )


def _number(at: Path, number: str, country: str) -> Iterator[Fault]:
    if is_short(number):
        if not is_valid(number, country):
            message = said(
                "{number} is no short number that is known in {country}.", number=number, country=country
            )
            yield Fault(
                at,
                message,
                said('Write a whole number with its country code, such as "+46771123456".'),
                number,
            )
    elif (right := trunk_zero(number)) is not None:
        message = said("{number} keeps the 0 that is dialled only within the country.", number=number)
        yield Fault(at, message, said('Write "{right}".', right=right), number)


def _fallbacks(plan: Plan) -> Iterator[Fault]:
    for i, fallback in plan.fallbacks.items():
        at: Path = ("fallbacks", i)
        if fallback.protects in fallback.via:
            message = said("it goes via {name!r}, the very thing that it protects.", name=fallback.protects)
            yield Fault((*at, "via"), message, said("Name what carries the load instead."), fallback.protects)
        if fallback.endurance == 0:
            message = said("an endurance of 0 means that it ends as it begins.")
            yield Fault(
                (*at, "endurance"),
                message,
                said("Give how long it can be kept up, or leave it out: without limit."),
            )


def _contacts(plan: Plan) -> Iterator[Fault]:
    for i, contact in plan.contacts.items():
        for field, number in (("phone", contact.phone), ("mobile", contact.mobile)):
            if number is not None:
                yield from _number(("contacts", i, field), number, plan.organisation.country)
        if contact.deputy == i:
            message = said("{i!r} is their own deputy.", i=i)
            yield Fault(("contacts", i, "deputy"), message, said("Name somebody else, or leave it out."), i)
