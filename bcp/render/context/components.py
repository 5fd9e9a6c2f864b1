"""Components as templates see them."""

from __future__ import annotations

from bcp.model.component import Component, Kind
from bcp.render.blocks import Tone
from bcp.render.context.facts import ChannelFacts, ComponentFacts
from bcp.render.context.material import Material
from bcp.render.context.wording import duration, kind_of, phone
from bcp.render.marks import clean

_HALF = 0.5


def component_facts(key: str, material: Material) -> ComponentFacts:
    """One component; made once, since many parts of a document name it."""
    if key not in material.components:
        material.components[key] = _component_facts(key, material)
    return material.components[key]


def _component_facts(key: str, material: Material) -> ComponentFacts:
    plan, _ = material.plan, material.words
    c = plan.components[key]
    low = lowest_level(key, material)
    return ComponentFacts(
        id=clean(key),
        name=material.name(key),
        kind=str(c.kind),
        kind_name=kind_of(c, _),
        description=clean(c.description),
        operator=material.operator(c.operator),
        area=clean(c.area),
        site=material.name(c.site) if c.site else "",
        number=_number(c, plan.organisation.country),
        contract=clean(c.contract),
        owner=material.name(c.owner) if c.owner else "",
        restart=duration(c.restart, _),
        restart_s=c.restart,
        detection=duration(plan.defaults.detection if c.detection is None else c.detection, _),
        failures=_failures(c, material),
        verified=_.day(c.verified) if c.verified else "",
        rests_on=material.names(material.lineage.below[key]),
        needed_by=material.names([a for a in material.activities_on[key] if a != key]),
        single_point_of=material.names(material.stopped_by.get(key, ())),
        lowest="" if low is None else _.percent(low),
        lowest_share=1.0 if low is None else low,
        customers=_.number(c.customers) if c.customers else "",
        reach=_.percent(c.reach) if c.reach is not None else "",
    )


def titled(name: str, number: str) -> str:
    """A name with its number, unless the name says it already."""
    said = "".join(c for c in name if c.isdigit())
    digits = "".join(c for c in number if c.isdigit())
    return name if not digits or digits in said else f"{name}, {number}"


def lowest_level(key: str, material: Material) -> float | None:
    """The lowest level of a component in the run, if there is one."""
    if material.run is None or key not in material.run.levels:
        return None
    return min(level for _, level in material.run.levels[key])


def channel_facts(key: str, material: Material) -> ChannelFacts:
    """A notice channel, and whether the run leaves it."""
    _ = material.words
    low = lowest_level(key, material)
    if low is None:
        survives, tone = _("Not examined: no scenario"), Tone.QUIET
    elif low >= 1:
        survives, tone = _("Survives the scenario"), Tone.GOOD
    elif low >= _HALF:
        survives, tone = _("Falls to {share} in the scenario", share=_.percent(low)), Tone.WARN
    else:
        survives, tone = _("Fails in the scenario: {share} left", share=_.percent(low)), Tone.BAD
    component = material.plan.components.get(key)
    reach = component.reach if component is not None else None
    return ChannelFacts(
        name=material.name(key),
        reach=_.percent(reach) if reach is not None else "–",
        survives=survives,
        tone=tone,
    )


def channels(material: Material) -> tuple[ChannelFacts, ...]:
    """All notice channels, the one that reaches most customers first."""
    known = material.plan.of_kind(Kind.CHANNEL)
    order = sorted(known, key=lambda i: (-(known[i].reach or 0.0), material.name(i), i))
    return tuple(channel_facts(i, material) for i in order)


def _number(c: Component, country: str) -> str:
    if c.e164:
        return phone(c.e164, country)
    return f"{phone(c.span.first, country)} – {phone(c.span.last, country)}" if c.span else ""


def _failures(c: Component, material: Material) -> str:
    _ = material.words
    if c.mtbf is not None and c.mttr is not None:
        return _("every {between}, {repair} to repair", between=_.length(c.mtbf), repair=_.length(c.mttr))
    if c.unavailability is not None:
        return _("down {share} of the time", share=f"{_.number(c.unavailability * 100, 4)} %")
    return ""
