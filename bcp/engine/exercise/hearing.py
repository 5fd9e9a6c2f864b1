"""What people notice in an outage, role by role: alarms, complaints, callers, customers, suppliers, missing colleagues."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from bcp.engine.exercise.ground import Ground
from bcp.engine.levels.tolerance import LEVEL
from bcp.model.component import Kind
from bcp.model.duration import HOUR, MINUTE
from bcp.model.exercise import ExerciseInject, InjectKind, Part
from bcp.model.run import FallbackState
from bcp.model.scenario import in_language
from bcp.words import Words

MOST_ACTIVITIES = 12
"""More activities than this are too many for one exercise."""

_FIRST_CALLER, _LAST_CALLER = 5 * MINUTE, HOUR
"""Seconds from the disruption between which the first complaint comes, however many or few contacts there are."""

_CUSTOMERS_ASK = 30 * MINUTE
_GROUPS = 3
_SUPPLIER_SAYS = 45 * MINUTE
_NEAR = 10 * MINUTE
"""Seconds within which the scenario's own inject tells of a restoration."""


def story(ground: Ground) -> Iterator[ExerciseInject]:
    """The scenario's own injects, to the roles that they mean."""
    for number, inject in enumerate(ground.scenario.injects, 1):
        yield ExerciseInject(
            id=f"story-{number}",
            kind=InjectKind.STORY,
            at_s=inject.at,
            to=() if inject.to == "all" else ground.seated.addressed(inject.to),
            channel=channel_name(inject.channel, ground.words),
            text=in_language(inject.text, ground.words.language),
        )


def alarms(ground: Ground) -> Iterator[ExerciseInject]:
    """Monitoring, or complaints where it sees nothing, for everything that has a fallback: once each."""
    _ = ground.words
    first: dict[str, tuple[float, str]] = {}
    for f, fallback in ground.plan.fallbacks.items():
        if (at := ground.waiting.noticed(f)) < inf:
            first[fallback.protects] = min((at, f), first.get(fallback.protects, (inf, "")))
    told = [i for i in first if not set(ground.run.causes.get(i, ())[1:]) & first.keys()]
    for number, i in enumerate(told, 1):
        name = ground.plan.title(i)
        at, fallback_id = first[i]
        silent = _silent(ground, fallback_id)
        called = ground.plan.components[i].kind in (Kind.NUMBER, Kind.NUMBER_RANGE)
        yield ExerciseInject(
            id=f"alarm-{number}",
            kind=InjectKind.COMPLAINTS if silent else InjectKind.ALARM,
            at_s=at,
            to=ground.seated.answering(i),
            channel=_("telephone") if silent else _("test call") if called else _("monitoring"),
            text=_(
                "So many have now said that {name} does not work that it cannot be chance. Monitoring shows nothing.",
                name=name,
            )
            if silent
            else _("The test call to {name} fails. So does the next one.", name=name)
            if called
            else _("Alarm: {name} does not respond.", name=name),
            about=i,
            note=_behind(ground, i),
        )


def callers(ground: Ground) -> Iterator[ExerciseInject]:
    """The first who complains of each disrupted activity, as early as its demand and complaint rate make likely."""
    _ = ground.words
    for number, i in enumerate(ground.disrupted[:MOST_ACTIVITIES], 1):
        since = ground.run.activities[i].first_below_s or 0.0
        level = ground.run.level_at(i, since)
        rate = (
            ground.plan.components[i].analysis.demand
            / HOUR
            * ground.plan.defaults.complaint_rate
            * (1.0 - level)
        )
        wait = min(max(1.0 / rate, _FIRST_CALLER), _LAST_CALLER) if rate > 0 else _FIRST_CALLER
        if since + wait >= _until(ground, i):
            continue
        yield ExerciseInject(
            id=f"caller-{number}",
            kind=InjectKind.CALLERS,
            at_s=since + wait,
            to=ground.seated.answering(i),
            channel=_("in person"),
            text=_(
                "Somebody comes up to you and is upset: “{name} does not work for me. Where do I turn?”",
                name=ground.plan.title(i),
            ),
            about=i,
            note=_(
                "{name} is at {level} of its normal level. {chain}",
                name=ground.plan.title(i),
                level=_.percent(round(level, 3)),
                chain=ground.behind(i),
            ),
        )


def customers(ground: Ground) -> Iterator[ExerciseInject]:
    """What the largest customer groups that are hit ask those who inform."""
    _ = ground.words
    groups = [i for i, hit in ground.run.affected.items() if hit.customers > 0]
    largest = sorted(groups, key=lambda i: (-ground.run.affected[i].customers, i))[:_GROUPS]
    for number, i in enumerate(largest, 1):
        since = next((t for t, level in ground.run.levels[i] if level < 1.0 - LEVEL), 0.0)
        yield ExerciseInject(
            id=f"customers-{number}",
            kind=InjectKind.CUSTOMERS,
            at_s=since + _CUSTOMERS_ASK + (number - 1) * _FIRST_CALLER,
            to=ground.seated.part(Part.COMMUNICATIONS),
            channel=_("e-mail"),
            text=_(
                "{name} ask what has happened, how long it will last and where to turn meanwhile.",
                name=ground.plan.title(i),
            ),
            about=i,
            note=_.count(
                "{n} customer is hit at worst.",
                "{n} customers are hit at worst.",
                round(ground.run.affected[i].customers),
            ),
        )


def suppliers(ground: Ground) -> Iterator[ExerciseInject]:
    """What the operator says of it, where the scenario does not tell: nothing that helps, and later that it is over."""
    _, plan = ground.words, ground.plan
    told = [inject.at for inject in ground.scenario.injects]
    for number, strike in enumerate(ground.run.strikes, 1):
        lowered = [i for i in strike.components if plan.components[i].kind != Kind.ACTIVITY]
        if not lowered:
            continue
        name = plan.title(lowered[0])
        to = ground.seated.part(Part.TECHNOLOGY)
        if not told and (strike.until_s is None or strike.until_s - strike.at_s > _SUPPLIER_SAYS):
            yield ExerciseInject(
                id=f"supplier-{number}",
                kind=InjectKind.SUPPLIER,
                at_s=strike.at_s + _SUPPLIER_SAYS,
                to=to,
                channel=_("web"),
                text=_(
                    "Those who run {name} write: “We have a disturbance and are looking for the fault.” No end is given.",
                    name=name,
                ),
                about=lowered[0],
            )
        if strike.until_s is None or any(abs(t - strike.until_s) <= _NEAR for t in told):
            continue
        if _rises(ground, lowered[0], strike.until_s):
            yield ExerciseInject(
                id=f"restored-{number}",
                kind=InjectKind.RESTORED,
                at_s=strike.until_s,
                to=to,
                channel=_("telephone"),
                text=_(
                    "Those who run {name} say that the fault is mended. They cannot say yet what it was.",
                    name=name,
                ),
                about=lowered[0],
            )


def missing(ground: Ground) -> Iterator[ExerciseInject]:
    """Those who are to decide and cannot be reached, when the first alarm has come."""
    _ = ground.words
    begun = ground.run.noticed_s
    if begun is None:
        return
    lost = {
        i: reach.lost_s
        for i in ground.people.crisis_team.members
        if (reach := ground.people.contacts[i]).lost_s is not None
    }
    for number, (i, since) in enumerate(lost.items(), 1):
        yield ExerciseInject(
            id=f"unreached-{number}",
            kind=InjectKind.UNREACHED,
            at_s=max(begun, since or 0.0),
            to=ground.seated.part(Part.MANAGEMENT),
            channel=_("telephone"),
            text=_("You try to call {name} in. Nobody answers, on any number.", name=ground.plan.title(i)),
            about="",
            note=ground.plan.document.activation.alarm_path,
        )


def back(ground: Ground) -> Iterator[ExerciseInject]:
    """The first sign that an activity works again."""
    _ = ground.words
    for number, i in enumerate(ground.disrupted[:MOST_ACTIVITIES], 1):
        until = _until(ground, i)
        if until >= ground.run.horizon_s:
            continue
        yield ExerciseInject(
            id=f"back-{number}",
            kind=InjectKind.BACK,
            at_s=until + _FIRST_CALLER,
            to=ground.seated.answering(i),
            channel=_("in person"),
            text=_(
                "{name} works again, as it seems. What must have happened before you go back to normal?",
                name=ground.plan.title(i),
            ),
            about=i,
        )


def channel_name(channel: str, words: Words) -> str:
    """What a channel that a scenario names is called; as it stands where it is none of the usual."""
    known = {
        "telephone": words("telephone"),
        "in person": words("in person"),
        "e-mail": words("e-mail"),
        "web": words("web"),
        "monitoring": words("monitoring"),
        "social media": words("social media"),
        "radio": words("radio"),
    }
    return known.get(channel, channel)


def _until(ground: Ground, activity: str) -> float:
    return ground.run.activities[activity].disruptions[-1][1]


def _rises(ground: Ground, component: str, t: float) -> bool:
    """Its level goes up at scenario time t (seconds): nothing else holds it down."""
    return ground.run.level_at(component, t) > ground.run.level_at(component, t - 1.0) + LEVEL


def _silent(ground: Ground, fallback: str) -> bool:
    """It was noticed by complaints: a silent strike, and longer after it was called for than monitoring takes."""
    if not any(strike.silent for strike in ground.run.strikes):
        return False
    called = next(t for t, state in ground.run.fallbacks[fallback] if state == FallbackState.DETECTING)
    own = ground.plan.components[ground.plan.fallbacks[fallback].protects].detection
    seen = ground.plan.defaults.detection if own is None else own
    return ground.waiting.noticed(fallback) - called > seen + 1.0


def _behind(ground: Ground, component: str) -> str:
    chain = ground.behind(component)
    return ground.words("Behind it: {chain}", chain=chain) if chain else ""
