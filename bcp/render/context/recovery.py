"""Recovery from black, deadlocks and suppliers' demands, made ready for templates."""

from __future__ import annotations

from bcp.engine.recovery.suppliers import supplier_demands
from bcp.model.contract import SupplierDemand
from bcp.model.overview import NOTHING_TO_SPARE_S
from bcp.model.recovery import Deadlock, Demand, Link, Recovery, Standing
from bcp.render.blocks import Tone
from bcp.render.context.material import Material
from bcp.render.context.recovery_facts import BreakFacts, DeadlockFacts, RecoveryFacts, SupplierFacts
from bcp.render.context.wording import duration
from bcp.render.marks import clean

_TONES = {
    Standing.KEPT: Tone.GOOD,
    Standing.TOO_SLOW: Tone.BAD,
    Standing.UNKNOWN: Tone.WARN,
    Standing.NOT_ASKED: Tone.QUIET,
}


def recovery_facts(material: Material) -> tuple[RecoveryFacts, ...]:
    """The earliest recovery of every activity, by priority."""
    found = {r.activity: r for r in material.assessment.recovery}
    return tuple(_recovery(found[a], material) for a in material.priority if a in found)


def _recovery(found: Recovery, material: Material) -> RecoveryFacts:
    _ = material.words
    margin = found.margin_s
    if found.enough_s is None:
        told, tone = _("never, as the plan stands"), Tone.BAD
    elif margin is None:
        told, tone = "–", Tone.QUIET
    elif margin < 0:
        told, tone = _("{time} over the RTO", time=_.length(-margin)), Tone.BAD
    elif margin < NOTHING_TO_SPARE_S:
        told, tone = _("exactly at the limit: nothing to spare"), Tone.WARN
    else:
        told, tone = _("{time} to spare", time=_.length(margin)), Tone.GOOD
    return RecoveryFacts(
        activity=material.name(found.activity),
        earliest=_("never") if found.enough_s is None else duration(found.enough_s, _),
        rto=_.length(found.rto_s),
        margin=told,
        tone=tone,
        critical_path=tuple(_link(link, material) for link in found.path if link.takes_s > 0),
    )


def _link(link: Link, material: Material) -> str:
    _ = material.words
    name, time = material.name(link.component), _.length(link.takes_s)
    if link.fallback:
        instead = material.name(link.fallback)
        return _("{fallback} in place of {name} ({time})", fallback=instead, name=name, time=time)
    return f"{name} ({time})"


def deadlock_facts(material: Material) -> tuple[DeadlockFacts, ...]:
    """Every group that waits for itself, with what to break."""
    return tuple(_deadlock(found, material) for found in material.assessment.deadlock_breaks)


def _deadlock(found: Deadlock, material: Material) -> DeadlockFacts:
    return DeadlockFacts(
        group=" ↔ ".join(material.names(found.components)),
        breaks=tuple(
            BreakFacts(
                owner=material.name(b.owner),
                members=material.names(b.members),
                only_to_start=b.during == "start",
                stand_ins=material.names(b.stands_in),
            )
            for b in found.breaks
        ),
        fewest=found.exact,
        ways_out=material.names(found.ways_out),
    )


def supplier_facts(material: Material) -> tuple[SupplierFacts, ...]:
    """Every supplier of which activities ask something: those that miss most first, then by name."""
    found = supplier_demands(material.plan, material.assessment.demands)
    order = (Standing.TOO_SLOW, Standing.UNKNOWN, Standing.KEPT, Standing.NOT_ASKED)

    def rank(s: SupplierDemand) -> tuple[bool, int, str]:
        return bool(s.slowest.together_with), order.index(s.standing), material.name(s.supplier)

    return tuple(_supplier(s, material) for s in sorted(found, key=rank))


def _supplier(found: SupplierDemand, material: Material) -> SupplierFacts:
    _, d = material.words, found.slowest
    asked = _("{time} for {activity}", time=_limit(d.within_s, material), activity=material.name(d.activity))
    return SupplierFacts(
        name=material.name(found.supplier),
        contracts=tuple(clean(c) for c in found.contracts),
        component=material.name(d.component),
        asked=asked,
        together_with=material.names(d.together_with),
        known=_("not known") if d.worst_s is None else _.length(d.worst_s),
        gap=_gap(d, material),
        tone=_TONES[d.standing],
        bridged=_bridged(d, material),
        unpromised=material.names(found.unpromised),
        clauses=tuple(
            c.sentence(_, material.name, material.plan.organisation.currency) for c in found.clauses
        ),
    )


def _limit(within: float | None, material: Material) -> str:
    _ = material.words
    if within is None:
        return _("no limit")
    return _.length(within) if within > 0 else _("no time at all")


def _gap(demand: Demand, material: Material) -> str:
    _, gap = material.words, demand.gap_s
    if gap is None:
        return _("too slow") if demand.standing == Standing.TOO_SLOW else _("unknown: ask the supplier")
    if abs(gap) < NOTHING_TO_SPARE_S:
        return _("exactly at the limit: nothing to spare")
    return _("{time} too slow", time=_.length(gap)) if gap > 0 else _("{time} to spare", time=_.length(-gap))


def _bridged(demand: Demand, material: Material) -> str:
    if not demand.bridged_by:
        return ""
    _ = material.words
    if demand.bridged_within_s is None:
        return _("as long as fallbacks carry the load")
    return _limit(demand.bridged_within_s, material)
