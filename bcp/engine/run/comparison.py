"""What became better and what worse between two editions of a plan, or under two scenarios."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bcp.engine.levels.tolerance import LEVEL
from bcp.model.assessment import Assessment
from bcp.model.comparison import Change, Comparison, Difference, Edition, Figure, Measure
from bcp.model.fate import Fate
from bcp.model.finding import Finding
from bcp.model.plan import Plan
from bcp.model.references import Path, path_text
from bcp.model.route import RouteOption, RoutingPlan, Verdict
from bcp.model.run import Run

_WORTH = {Verdict.USABLE: 2, Verdict.UNKNOWN: 1}
"""What a verdict is worth; all others are worth 0: whichever way a fallback fails, it does not help."""

_FATES = {Fate.INDEPENDENT: 2, Fate.UNKNOWN: 1, Fate.SAME_OPERATOR: 1, Fate.SHARES: 0}

_NEVER = frozenset({"first_below_s", "active_from_s", "endurance_s"})
"""Times for which none means never (or, for an endurance, without end)."""


@dataclass(frozen=True, slots=True)
class Side:
    """One edition and all that was computed from it. `run` is none where no scenario was asked for."""

    label: str
    plan: Plan
    run: Run | None
    routes: Sequence[RoutingPlan]
    assessment: Assessment


def compared(before: Side, after: Side) -> Comparison:
    """Both sides by activity and fallback, each in the order of their ids.

    Without a run the activities are compared by their single points of failure alone.
    """
    return Comparison(
        before=_edition(before),
        after=_edition(after),
        activities=_differences(_activities(before), _activities(after), before.plan, after.plan),
        fallbacks=_differences(_fallbacks(before), _fallbacks(after), before.plan, after.plan),
        findings_gone=_missing(before.assessment.findings, after.assessment.findings),
        findings_new=_missing(after.assessment.findings, before.assessment.findings),
        changes=changed_places(before.plan, after.plan),
    )


def _edition(side: Side) -> Edition:
    return Edition(
        label=side.label,
        plan=side.plan.organisation.name,
        plan_hash=side.plan.content_hash,
        scenario=None if side.run is None else side.run.scenario,
    )


Figures = Mapping[str, tuple[Figure, int]]
"""A figure by its name, and whether more of it is better (1) or worse (−1)."""


def _activities(side: Side) -> dict[str, Figures]:
    return {i: _activity(i, side) for i in sorted(side.plan.activities)}


def _activity(i: str, side: Side) -> Figures:
    points = side.assessment.single_points.get(i, ())
    figures: dict[str, tuple[Figure, int]] = {"single_points": (float(len(points)), -1)}
    if side.run is not None:
        result = side.run.activities[i]
        figures |= {
            "rto_met": (result.rto_met, 1),
            "mtpd_met": (result.mtpd_met, 1),
            "longest_s": (result.longest_s, -1),
            "downtime_s": (result.downtime_s, -1),
            "min_level": (result.min_level, 1),
            "first_below_s": (result.first_below_s, 1),
            "lost_contacts": (result.lost_contacts, -1),
        }
        figures |= {f"impact.{name}": (value, -1) for name, value in sorted(result.impact.items())}
    return figures


def _fallbacks(side: Side) -> dict[str, Figures]:
    options = _options(side.routes)
    return {i: _fallback(options.get(i)) for i in sorted(side.plan.fallbacks)}


def _options(routes: Iterable[RoutingPlan]) -> dict[str, RouteOption]:
    """Each fallback's option for what it protects itself, where that is a subject, else for the first."""
    found: dict[str, RouteOption] = {}
    for routing in routes:
        for option in routing.options:
            if option.fallback not in found or routing.subject == option.protects:
                found[option.fallback] = option
    return found


def _fallback(option: RouteOption | None) -> Figures:
    if option is None:
        return {"verdict": (None, 1)}
    return {
        "verdict": (str(option.verdict), 1),
        "active_from_s": (option.active_from_s, -1),
        "capacity": (option.capacity, 1),
        "subject_level": (option.subject_level, 1),
        "endurance_s": (option.endurance_s, 1),
        "fate": (str(option.fate.verdict), 1),
    }


def _differences(
    before: Mapping[str, Figures], after: Mapping[str, Figures], old: Plan, new: Plan
) -> tuple[Difference, ...]:
    return tuple(
        Difference(
            subject=i,
            title=new.title(i) if i in after else old.title(i),
            change=_of_all(measures) if i in before and i in after else _coming(i in after),
            measures=measures,
        )
        for i in sorted({*before, *after})
        for measures in [tuple(_measures(before.get(i, {}), after.get(i, {})))]
    )


def _coming(is_there: bool) -> Change:
    return Change.ADDED if is_there else Change.REMOVED


def _measures(before: Figures, after: Figures) -> Iterator[Measure]:
    """The figures that both sides have; of a subject that came or went, those of the side that has it."""
    for name in dict.fromkeys((*before, *after)):
        if name in before and name in after:
            (old, direction), (new, _) = before[name], after[name]
            yield Measure(name=name, before=old, after=new, change=_change(name, old, new, direction))
        elif not before or not after:
            old, new = before.get(name, (None, 0))[0], after.get(name, (None, 0))[0]
            yield Measure(name=name, before=old, after=new, change=_coming(name in after))


def _change(name: str, old: Figure, new: Figure, direction: int) -> Change:
    """Whether a figure became better; a figure that does not apply on one side decides nothing by itself."""
    if old == new:
        return Change.SAME
    was, now = _worth(name, old), _worth(name, new)
    if was is None or now is None:
        return Change.MIXED
    gain = (now - was) * direction
    if abs(gain) <= LEVEL:
        return Change.MIXED if isinstance(old, str) else Change.SAME
    return Change.BETTER if gain > 0 else Change.WORSE


def _worth(name: str, figure: Figure) -> float | None:
    """A figure as a number to compare by; none where it cannot be."""
    if isinstance(figure, str):
        return float(_WORTH.get(Verdict(figure), 0) if name == "verdict" else _FATES[Fate(figure)])
    if figure is None:
        return float("inf") if name in _NEVER else None
    return float(figure)


def _of_all(measures: Sequence[Measure]) -> Change:
    found = {m.change for m in measures} - {Change.SAME}
    if not found:
        return Change.SAME
    if found <= {Change.BETTER}:
        return Change.BETTER
    if found <= {Change.WORSE}:
        return Change.WORSE
    return Change.MIXED


def _missing(found: Sequence[Finding], other: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings whose code and subject the other side does not have."""
    there = {(f.code, f.subject) for f in other}
    return tuple(f for f in found if (f.code, f.subject) not in there)


def changed_places(old: Plan, new: Plan) -> tuple[str, ...]:
    """The places at which two plans differ, as paths, sorted; a part that came or went counts as one place."""
    return tuple(sorted(path_text(path) for path in _changed(old.written(), new.written(), ())))


_DEEPEST = 3
"""Places are named down to a field of a component, fallback or contact."""


def _changed(old: object, new: object, path: Path) -> Iterator[Path]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict) and len(path) < _DEEPEST:
        for key in dict.fromkeys((*old, *new)):
            yield from _changed(old.get(key), new.get(key), (*path, key))
    else:
        yield path
