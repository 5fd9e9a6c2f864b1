"""The scenario and its run as templates see them."""

from __future__ import annotations

from bcp.model.run import Run, Strike
from bcp.model.scenario import Scenario, in_language
from bcp.render.context.material import Material
from bcp.render.context.results import AffectedFacts, ScenarioFacts, StrikeFacts
from bcp.render.marks import clean

_NAMED = 6
"""Components named for one event; the others are counted."""


def scenario_facts(material: Material) -> ScenarioFacts | None:
    """The scenario with what happened; None where a document has none."""
    run, scenario, _ = material.run, material.scenario, material.words
    if run is None:
        return None
    return ScenarioFacts(
        id=clean(run.scenario),
        title=clean(scenario.titled(material.language)) if scenario else clean(run.scenario),
        description=_told(scenario, "description", material),
        teaches=_told(scenario, "teaches", material),
        source=clean(scenario.source) if scenario else "",
        source_english=scenario is not None and _from_the_library(scenario) and material.language != "en",
        clock=clean(scenario.clock) if scenario else "",
        horizon=_.length(run.horizon_s),
        noticed=_.clock(run.noticed_s) if run.noticed_s is not None else "–",
        declared=_.clock(run.declared_s) if run.declared_s is not None else "–",
        strikes=tuple(_strike(s, i, material) for i, s in enumerate(run.strikes)),
        affected=_affected(run, material),
        stuck=tuple(" ↔ ".join(material.names(group)) for group in run.deadlocks),
    )


def _from_the_library(scenario: Scenario) -> bool:
    """Its texts are in several languages, and its source in English."""
    return len(scenario.title) > 1 and "en" in scenario.title


def _told(scenario: Scenario | None, field: str, material: Material) -> str:
    return clean(in_language(getattr(scenario, field), material.language)) if scenario else ""


def _strike(strike: Strike, number: int, material: Material) -> StrikeFacts:
    _ = material.words
    scenario = material.scenario
    note = ""
    if scenario is not None and number < len(scenario.events):
        note = clean(in_language(scenario.events[number].note, material.language))
    names = list(material.names(strike.components))
    if len(names) > _NAMED:
        names = [*names[:_NAMED], _("and {n} more", n=len(names) - _NAMED)]
    return StrikeFacts(
        at=_.clock(strike.at_s),
        until=_.clock(strike.until_s) if strike.until_s is not None else _("to the end"),
        open=strike.until_s is None,
        text=note or _effect(number, strike, material),
        components=tuple(names),
        silent=strike.silent,
    )


def _effect(number: int, strike: Strike, material: Material) -> str:
    """What the event does, in words; as the scenario writes it where the event is not at hand."""
    _, scenario = material.words, material.scenario
    if scenario is None or number >= len(scenario.events):
        return clean(strike.text)
    effect = scenario.events[number].effect
    parts = []
    if effect.level is not None:
        parts.append(
            _("fails") if effect.level == 0 else _("falls to {share}", share=_.percent(effect.level))
        )
    if effect.ramp is not None:
        share, over = _.percent(effect.ramp.to), _.length(effect.ramp.over)
        parts.append(_("goes to {share} over {time}", share=share, time=over))
    if effect.freeze:
        parts.append(_("nothing can be changed there"))
    if effect.surge is not None:
        parts.append(_("demand is {times} times the normal", times=_.number(effect.surge, 1)))
    if effect.quality is not None:
        parts.append(_("only {share} of what gets through is good", share=_.percent(effect.quality)))
    return ", ".join(parts)


def _affected(run: Run, material: Material) -> tuple[AffectedFacts, ...]:
    _ = material.words
    hit = [(key, value) for key, value in run.affected.items() if value.customers > 0]
    hit.sort(key=lambda item: (-item[1].customer_hours, item[0]))
    return tuple(
        AffectedFacts(material.name(key), _.number(value.customers), _.number(value.customer_hours))
        for key, value in hit
    )
