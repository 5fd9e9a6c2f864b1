"""Fallbacks, their options and shared fate as templates see them."""

from __future__ import annotations

from dataclasses import replace

from bcp.model.assumed import kept_up
from bcp.model.fallback import Fallback, Step
from bcp.model.fate import SharedFate
from bcp.model.route import RouteOption, RoutingPlan, Verdict
from bcp.model.run import FallbackState
from bcp.render.blocks import Tone
from bcp.render.context.components import component_facts, titled
from bcp.render.context.facts import (
    FallbackFacts,
    FateFacts,
    MeetingFacts,
    OptionFacts,
    RouteFacts,
    StateFacts,
    StepFacts,
)
from bcp.render.context.material import Material
from bcp.render.context.people import deputy_of, person
from bcp.render.context.reach import step_verdict
from bcp.render.context.wording import (
    duration,
    fate_name,
    fate_tone,
    limit_name,
    margin_name,
    option_tone,
    state_name,
    verdict_name,
)
from bcp.render.marks import clean


def fallback_facts(key: str, material: Material) -> FallbackFacts:
    """One fallback; made once, since many parts of a document name it."""
    if key not in material.fallbacks:
        material.fallbacks[key] = _fallback_facts(key, material)
    return material.fallbacks[key]


def _fallback_facts(key: str, material: Material) -> FallbackFacts:
    plan, _ = material.plan, material.words
    f = plan.fallbacks[key]
    protected = plan.components[f.protects]
    detection = plan.defaults.detection if protected.detection is None else protected.detection
    decision = 0.0 if f.automatic else plan.defaults.decision if f.decision is None else f.decision
    below = plan.defaults.trigger_below if f.trigger_below is None else f.trigger_below
    option = _first_option(key, material)
    fate = next((s for s in material.assessment.shared_fate if s.fallback == key), None)
    return FallbackFacts(
        id=clean(key),
        name=material.name(key),
        description=clean(f.description),
        protects=material.name(f.protects),
        protects_id=clean(f.protects),
        activities=material.names(material.activities_on[f.protects]),
        trigger=_trigger(f, below, material),
        owner=person(f.owner, material),
        deputy=deputy_of(f.owner, material),
        via=material.names(f.via),
        needs=material.names(f.needs),
        executes_at=material.name(f.executes_at) if f.executes_at else "",
        detection=duration(detection, _),
        decision=_("automatic") if f.automatic else duration(decision, _),
        lead_time=_("not known")
        if f.lead_time is None
        else _.length(f.lead_time)
        if f.lead_time
        else _("none"),
        ready_after=duration(detection + decision + (f.lead_time or 0.0), _),
        capacity=_.percent(f.capacity),
        endurance=kept_up(plan, key, _, endless=_("without limit")),
        stabilise=_.length(plan.defaults.stabilise if f.stabilise is None else f.stabilise),
        failback=_.length(f.failback) if f.failback else _("no time"),
        steps=_judged(key, step_facts(f.steps, material), material),
        failback_steps=step_facts(f.failback_steps, material),
        last_tested=_.day(f.last_tested) if f.last_tested else "",
        fate=fate_facts(fate, material) if fate else None,
        states=_states(key, material),
        blocked_by=material.names(material.run.blocked.get(key, ()) if material.run else ()),
        verdict_name=verdict_name(option, material) if option else "",
        tone=option_tone(option) if option else Tone.QUIET,
    )


def route_facts(route: RoutingPlan, material: Material) -> RouteFacts:
    """The fallback routing plan of one number or activity."""
    component = component_facts(route.subject, material)
    return RouteFacts(
        id=component.id,
        name=component.name,
        title=titled(component.name, component.number),
        kind=component.kind,
        kind_name=component.kind_name,
        number=component.number,
        down=_down(route, material),
        options=tuple(_option(option, route.subject, material) for option in route.options),
    )


def fate_facts(fate: SharedFate, material: Material) -> FateFacts:
    """What a fallback shares with what it protects."""
    return FateFacts(
        fallback=material.name(fate.fallback),
        protects=material.name(fate.protects),
        verdict=str(fate.verdict),
        verdict_name=fate_name(fate.verdict, material.words),
        tone=fate_tone(fate.verdict),
        shared=material.names(fate.shared),
        meetings=tuple(
            MeetingFacts(
                material.name(m.component), material.way(m.from_fallback), material.way(m.from_protected)
            )
            for m in fate.meetings
        ),
        same=tuple(_attribute(text, material) for text in fate.same),
        question=clean(fate.question),
    )


def step_facts(steps: tuple[Step, ...], material: Material) -> tuple[StepFacts, ...]:
    """Steps with their numbers, and when each is done, counted from the first."""
    facts, clock = [], 0.0
    for number, step in enumerate(steps, start=1):
        clock += step.takes or 0.0
        facts.append(
            StepFacts(
                number=number,
                do=clean(step.do),
                by=material.name(step.by) if step.by else "",
                takes=material.words.length(step.takes) if step.takes is not None else "",
                expect=clean(step.expect),
                until_s=clock,
                needs=material.names(step.needs),
            )
        )
    return tuple(facts)


def _judged(key: str, steps: tuple[StepFacts, ...], material: Material) -> tuple[StepFacts, ...]:
    """The steps of a fallback with what its control path says of each."""
    found = []
    for step, path in zip(steps, material.control_paths[key].steps, strict=True):
        verdict, tone = step_verdict(path, material)
        found.append(replace(step, verdict=verdict, tone=tone))
    return tuple(found)


def _option(option: RouteOption, subject: str, material: Material) -> OptionFacts:
    _ = material.words
    never = option.verdict == Verdict.BLOCKED and option.active_from_s is None
    return OptionFacts(
        fallback=fallback_facts(option.fallback, material),
        verdict=str(option.verdict),
        verdict_name=verdict_name(option, material),
        tone=option_tone(option),
        active_from=_("never") if never else duration(option.active_from_s, _),
        active_from_s=option.active_from_s,
        limit=limit_name(option, subject, material),
        margin=margin_name(option, material),
        capacity=_.percent(option.capacity),
        served=_.percent(option.subject_level),
    )


def _down(route: RoutingPlan, material: Material) -> str:
    _ = material.words
    if route.down_from_s is None:
        return ""
    if route.down_until_s is None:
        return _("down from {start}", start=_.clock(route.down_from_s))
    return _("down from {start} to {end}", start=_.clock(route.down_from_s), end=_.clock(route.down_until_s))


def _first_option(key: str, material: Material) -> RouteOption | None:
    options = [o for route in material.routes for o in route.options if o.fallback == key]
    direct = [
        o
        for route in material.routes
        for o in route.options
        if o.fallback == key and o.protects == route.subject
    ]
    return next(iter(direct or options), None)


def _states(key: str, material: Material) -> tuple[StateFacts, ...]:
    if material.run is None:
        return ()
    steps = material.run.fallbacks.get(key, ())
    if all(state == FallbackState.IDLE for _, state in steps):
        return ()
    _ = material.words
    return tuple(StateFacts(_.clock(t), state_name(state, _)) for t, state in steps)


def _attribute(text: str, material: Material) -> str:
    """`operator:telia` as people say it."""
    _ = material.words
    kind, _colon, value = text.partition(":")
    names = {
        "operator": _("operator {name}", name=material.operator(value)),
        "site": _("site {name}", name=clean(value)),
    }
    return names.get(kind, clean(text))


def _trigger(fallback: Fallback, below: float, material: Material) -> str:
    """What calls for a fallback: too low a level, and too low a quality where it has such a threshold."""
    _, name = material.words, material.name(fallback.protects)
    if fallback.trigger_quality_below is None:
        return _("{name} below {share}", name=name, share=_.percent(below))
    return _(
        "{name} below {share}, or its quality below {quality}",
        name=name,
        share=_.percent(below),
        quality=_.percent(fallback.trigger_quality_below),
    )
