"""Shared fate: what a fallback and the thing it protects both rest on, and where the two ways meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bcp.engine.fate.attributes import DUCT, OPERATOR, SITE, site_of
from bcp.engine.fate.claims import of_fallback, used_by
from bcp.engine.fate.overlaps import Ground, Overlap
from bcp.engine.levels.compile import System
from bcp.engine.levels.losses import losses
from bcp.engine.levels.requirements import Floats
from bcp.engine.levels.selectors import Lineage
from bcp.engine.levels.standing import HALF
from bcp.engine.levels.tolerance import LEVEL
from bcp.model.fallback import Fallback
from bcp.model.fate import Fate, Meeting, SharedFate
from bcp.model.plan import Plan
from bcp.words import words


def shared_fate(
    plan: Plan, *, system: System | None = None, ground: Ground | None = None
) -> tuple[SharedFate, ...]:
    """The shared-fate verdict of every fallback of the plan, by its id.

    With `system`, the plan compiled, each meeting says whether its loss alone calls for the fallback
    and hinders it. `ground` is the plan made ready, where the caller has it.

    Shares: some component lies under both. Otherwise same operator: an operator stands on both sides,
    and what its boxes share is not in the plan. Otherwise unknown: a duct stands on both sides, or a
    site that is not the protected component's own; or something that always rests on something has
    nothing below it; or the fallback uses nothing. Otherwise independent, as far as the plan knows.
    """
    ready = ground or Ground(Lineage(plan))
    fallbacks = sorted(plan.fallbacks)
    overlaps = ready.overlaps([of_fallback(plan.fallbacks[f]) for f in fallbacks])
    together = {} if system is None else _together(plan, system, fallbacks, overlaps, ready.closures.ids)
    return tuple(_fate(f, overlap, ready, together) for f, overlap in zip(fallbacks, overlaps, strict=True))


_Together = Mapping[tuple[str, str], bool]
"""Whether the loss of a component alone calls for a fallback and hinders it, by fallback and component."""


def _together(
    plan: Plan,
    system: System,
    fallbacks: Sequence[str],
    overlaps: Sequence[Overlap],
    ids: Sequence[str],
) -> _Together:
    wanted: dict[str, list[str]] = {}
    for fallback, overlap in zip(fallbacks, overlaps, strict=True):
        for met in overlap.met:
            wanted.setdefault(ids[met.component], []).append(fallback)
    return {
        (fallback, component): _hindered(plan, plan.fallbacks[fallback], system, x)
        for component, x in losses(system, wanted)
        for fallback in wanted[component]
    }


def _hindered(plan: Plan, fallback: Fallback, system: System, x: Floats) -> bool:
    """True where levels `x` call for a fallback that cannot be activated at them, or cannot carry its whole load."""
    trigger = plan.defaults.trigger_below if fallback.trigger_below is None else fallback.trigger_below
    place = (fallback.executes_at,) if fallback.executes_at else ()
    blocked = any(x[system.index[i]] < HALF - LEVEL for i in (*fallback.needs, *place))
    short = any(x[system.index[i]] < 1.0 - LEVEL for i in fallback.via)
    return bool(x[system.index[fallback.protects]] < trigger - LEVEL) and (blocked or short)


def _fate(fallback_id: str, overlap: Overlap, ground: Ground, together: _Together) -> SharedFate:
    plan, ids = ground.plan, ground.closures.ids
    fallback = plan.fallbacks[fallback_id]
    own = site_of(plan, fallback.protects)
    verdict = verdict_of(overlap, own)
    if verdict == Fate.INDEPENDENT and not used_by(fallback):
        verdict = Fate.UNKNOWN
    ends = tuple(ids[i] for i in overlap.open_ends.first)
    question = asked(
        plan, verdict, (fallback_id, fallback.protects), places(overlap.same, own), overlap.same, ends
    )
    return SharedFate(
        fallback=fallback_id,
        protects=fallback.protects,
        verdict=verdict,
        shared=tuple(ids[i] for i in overlap.shared.first),
        shared_count=overlap.shared.count,
        meetings=tuple(
            Meeting(
                component=ids[met.component],
                from_fallback=tuple(ids[i] for i in met.ways[0]),
                from_protected=tuple(ids[i] for i in met.ways[1]),
                together=together.get((fallback_id, ids[met.component])),
            )
            for met in overlap.met
        ),
        same=overlap.same,
        open_ends=ends,
        question=question,
    )


def verdict_of(overlap: Overlap, own_site: str = "") -> Fate:
    """The verdict on what sides have in common. To stand at `own_site`, where all of it stands, says nothing."""
    if overlap.shared.count:
        return Fate.SHARES
    if any(attribute.startswith(OPERATOR) for attribute in overlap.same):
        return Fate.SAME_OPERATOR
    if overlap.open_ends.count or places(overlap.same, own_site):
        return Fate.UNKNOWN
    return Fate.INDEPENDENT


def places(same: Iterable[str], own_site: str) -> tuple[str, ...]:
    """The ducts and sites among attributes in common, `own_site` left out."""
    return tuple(a for a in same if a.startswith((DUCT, SITE)) and a != SITE + own_site)


def asked(
    plan: Plan,
    verdict: Fate,
    parties: Sequence[str],
    at: Sequence[str],
    same: Sequence[str],
    ends: Sequence[str],
) -> str:
    """What to ask, and whom, where the verdict on `parties` is not known; empty where it is.

    `at` are the places in common, `same` all attributes in common, `ends` the components that end open.
    """
    _ = words(plan.organisation.language)

    def named(keys: Iterable[str]) -> str:
        return ", ".join(map(plan.title, keys))

    if verdict == Fate.SAME_OPERATOR:
        operators = [a.removeprefix(OPERATOR) for a in same if a.startswith(OPERATOR)]
        return _(
            "Ask {operators}: which of your platforms, cables, sites and power feeds carry more than one of these: {parties}?",
            operators=named(operators), parties=named(parties),
        )  # fmt: skip
    if verdict != Fate.UNKNOWN:
        return ""
    if at:
        return _(
            "Ask whoever delivers {parties}: do their ways run through the same duct, room or power feed at {places}?",
            parties=named(parties), places=named(a.partition(":")[2] for a in at),
        )  # fmt: skip
    if ends:
        return _(
            "Ask whoever delivers {components}: what does it rest on, down to site and power?",
            components=named(ends),
        )
    return _("Say what {fallback} goes via and what it needs.", fallback=plan.title(parties[0]))
