"""Activities, and what the scenario did to them, as templates see them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from bcp.model.assumed import Doubt, with_doubts
from bcp.model.component import Bia
from bcp.model.overview import NOTHING_TO_SPARE_S
from bcp.model.quality_words import spoilt_text
from bcp.model.route import RouteOption, Verdict
from bcp.model.run import ActivityResult
from bcp.render.blocks import Tone
from bcp.render.context.components import component_facts, titled
from bcp.render.context.facts import ActivityFacts
from bcp.render.context.fallbacks import fallback_facts, route_facts
from bcp.render.context.material import Material
from bcp.render.context.results import ImpactFacts, OutcomeFacts
from bcp.render.context.wording import category_name, duration
from bcp.render.marks import clean
from bcp.words import Words

_MONEY = ("economy", "financial")
"""The categories of impact that are counted in the organisation's currency."""


def activity_facts(key: str, material: Material) -> ActivityFacts:
    """One activity."""
    plan, _ = material.plan, material.words
    component = plan.components[key]
    bia = component.analysis
    below = material.nearest_first(key)
    checked = [plan.components[i].verified for i in below]
    oldest = min((day for day in checked if day), default=None)
    alone = material.assessment.single_points.get(key, ())
    joint = [s for s in material.assessment.cut_sets.get(key, ()) if len(s) > 1]
    serving = [f for f in sorted(plan.fallbacks) if plan.fallbacks[f].protects in {key, *below}]
    achieved = _achieved(key, material)
    plain = next((r for r in material.routes if r.subject == key), None)
    route = route_facts(plain, material) if plain else None
    listed = {o.fallback for o in plain.options} if plain else set()
    return ActivityFacts(
        id=clean(key),
        name=material.name(key),
        description=clean(component.description),
        owner=material.name(component.owner) if component.owner else "",
        mtpd=_.length(bia.mtpd),
        rto=_.length(bia.rto),
        rpo=_.length(bia.rpo),
        mbco=_.percent(bia.mbco),
        demand=_("{n} contacts an hour", n=_.number(bia.demand)) if bia.demand else "–",
        peaks=clean(bia.peaks),
        legal_duty=clean(bia.legal_duty),
        impact_times=tuple(_.length(t) for t in _times(bia)),
        impact=_growth(bia, material),
        single_points=tuple(component_facts(i, material) for i in below if i in alone),
        joint_losses=tuple(" + ".join(material.names(s)) for s in joint),
        rests_on=tuple(component_facts(i, material) for i in below),
        numbers=tuple(_numbered(i, material) for i in material.numbers_of(key)),
        options=route.options if route else (),
        other_fallbacks=tuple(fallback_facts(f, material) for f in serving if f not in listed),
        checked=_.day(oldest) if oldest else "",
        unchecked=sum(day is None for day in checked),
        outcome=_outcome(key, material),
        achieved=_("Not hit") if material.run is not None and achieved == 0 else duration(achieved, _),
        gap=_gap(achieved, bia.rto, material),
        gap_tone=_gap_tone(achieved, bia.rto),
    )


def _numbered(key: str, material: Material) -> str:
    facts = component_facts(key, material)
    return titled(facts.name, facts.number)


def _times(bia: Bia) -> list[float]:
    return sorted({after for steps in bia.impact.values() for after in steps})


def _growth(bia: Bia, material: Material) -> tuple[ImpactFacts, ...]:
    rows = []
    for category, steps in sorted(bia.impact.items()):
        reached = [max((t for t in steps if t <= after), default=None) for after in _times(bia)]
        amounts = tuple("–" if t is None else amount(category, steps[t], material) for t in reached)
        rows.append(ImpactFacts(category_name(category, material.words), amounts))
    return tuple(rows)


def amount(category: str, value: float, material: Material) -> str:
    """An amount of impact: money in the organisation's currency, other categories as numbers."""
    if category in _MONEY:
        return material.words.money(value, material.plan.organisation.currency)
    return material.words.number(value, 1)


def _achieved(key: str, material: Material) -> float | None:
    """Seconds: the longest disruption in the run; without one, from black until it delivers."""
    if material.run is not None and key in material.run.activities:
        return material.run.activities[key].longest_s
    return material.assessment.restart_ready_s.get(key)


def _gap(achieved: float | None, rto: float | None, material: Material) -> str:
    _ = material.words
    if rto is None or achieved is None:
        return "–"
    if abs(rto - achieved) < NOTHING_TO_SPARE_S:
        return _("exactly at the limit: nothing to spare")
    if achieved < rto:
        return _("{time} to spare", time=_.length(rto - achieved))
    return _("{time} over the RTO", time=_.length(achieved - rto))


def _gap_tone(achieved: float | None, rto: float | None) -> Tone:
    if rto is None or achieved is None:
        return Tone.QUIET
    if abs(rto - achieved) < NOTHING_TO_SPARE_S:
        return Tone.WARN
    return Tone.GOOD if achieved <= rto else Tone.BAD


def _outcome(key: str, material: Material) -> OutcomeFacts | None:
    run, _ = material.run, material.words
    if run is None or key not in run.activities:
        return None
    result, bia = run.activities[key], material.plan.components[key].analysis
    hit = result.first_below_s is not None
    covered, tone = _coverage(key, result, material)
    return OutcomeFacts(
        hit=hit,
        first_below=_.clock(result.first_below_s) if result.first_below_s is not None else "–",
        downtime=_.length(result.downtime_s) if hit else "–",
        longest=_.length(result.longest_s) if hit else "–",
        lowest=_.percent(result.min_level),
        rto=_kept(result.rto_met, result.rto_breach_s, _spare(bia.rto, result), material),
        rto_tone=_kept_tone(result.rto_met, _spare(bia.rto, result)),
        mtpd=_kept(result.mtpd_met, result.mtpd_breach_s, _spare(bia.mtpd, result), material),
        mtpd_tone=_kept_tone(result.mtpd_met, _spare(bia.mtpd, result)),
        to_rto=_.length(bia.rto) if result.rto_met is False else "–",
        to_mtpd=_.length(bia.mtpd) if result.mtpd_met is False else "–",
        lost_contacts=_.number(result.lost_contacts),
        spoilt=spoilt_text(material.plan, run, key, _),
        impact=tuple(
            ImpactFacts(category_name(c, _), (amount(c, v, material),))
            for c, v in sorted(result.impact.items())
        ),
        causes=material.names(run.causes.get(key, ())),
        covered=covered,
        tone=tone,
    )


def _spare(limit: float | None, result: ActivityResult) -> float:
    """Seconds that the longest disruption leaves of a limit."""
    return math.inf if limit is None else limit - result.longest_s


def _kept(met: bool | None, breach: float | None, spare: float, material: Material) -> str:
    _ = material.words
    if met is None:
        return _("no limit set")
    if met:
        return _("kept") if spare >= NOTHING_TO_SPARE_S else _("kept, with nothing to spare")
    return _("broken at {time}", time=_.clock(breach)) if breach is not None else _("broken")


def _kept_tone(met: bool | None, spare: float) -> Tone:
    if met and spare < NOTHING_TO_SPARE_S:
        return Tone.WARN
    return Tone.QUIET if met is None else Tone.GOOD if met else Tone.BAD


def _coverage(key: str, result: ActivityResult, material: Material) -> tuple[str, Tone]:
    """Whether a fallback covered the activity, and which."""
    _ = material.words
    if result.first_below_s is None:
        return (_("Not hit"), Tone.GOOD) if result.quality is None else (_("Reached, but spoilt"), Tone.WARN)
    options = [o for route in material.routes if route.subject == key for o in route.options if o.triggered]
    usable = [o for o in options if o.verdict == Verdict.USABLE]
    if usable:
        names = ", ".join(dict.fromkeys(material.names([o.fallback for o in usable])))
        return _("Covered by {names}", names=names), Tone.GOOD
    helps = [o for o in options if _carries(o)]
    names = ", ".join(dict.fromkeys(material.names([o.fallback for o in helps])))
    if result.rto_met and helps:
        return _within_rto(helps, names, _)
    if result.rto_met:
        return _("Within the RTO without a fallback"), Tone.GOOD
    if helps:
        return _("Partly covered, by {names}", names=names), Tone.WARN
    return _("Not covered"), Tone.BAD


def _within_rto(helps: Sequence[RouteOption], names: str, _: Words) -> tuple[str, Tone]:
    """What holds only if fallbacks do of which the plan says too little is said so, and is not green."""
    told = _("Within the RTO, with {names}", names=names)
    if all(o.verdict != Verdict.UNKNOWN for o in helps):
        return told, Tone.GOOD
    found = {Doubt.UNKNOWN, *(doubt for o in helps for doubt in o.doubts)}
    return with_doubts(told, [doubt for doubt in Doubt if doubt in found], _), Tone.WARN


def _carries(option: RouteOption) -> bool:
    return option.active_from_s is not None and option.capacity > 0
