"""Which components, alone or together, take a target below what is wanted: minimal cut sets, exactly.

A failure logic is made small (`circuit`), cut at its modules (`regions`), turned into decision diagrams
and these into diagrams of its minimal cut sets (`solution`), in which sets are counted and listed
(`counting`) and probabilities computed (`importance`). Where a limit stops that, `truncated` gives
the smallest cut sets and bounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bcp.engine.failure.circuit import FALSE, TRUE, circuit, simplified
from bcp.engine.failure.counting import Collector, listing
from bcp.engine.failure.diagrams import Deadline, Limits
from bcp.engine.failure.importance import Passes
from bcp.engine.failure.logic import Logic
from bcp.engine.failure.regions import regions
from bcp.engine.failure.solution import Solution, solve
from bcp.engine.failure.truncated import Smallest, bounds, smallest
from bcp.errors import BcpError
from bcp.model.top_event import Importance, TopEvent
from bcp.saying import said
from bcp.words import Words, words

_DIAGRAMS, _SEARCH = 0.6, 0.5
"""The share of the time for diagrams, and of what is then left for the smallest cut sets; bounds take the rest."""
_CLOSE = 1e-3
"""Where less than this share of a probability is left without a component, it is computed by itself."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was found out about one top: `event` in figures, and its smallest cut sets.

    `sets` are sorted by order and then by their names; they are all sets up to order `listed_to` (None:
    all there are), and as many of the next order as there was room for.
    """

    event: TopEvent
    sets: tuple[tuple[str, ...], ...]
    listed_to: int | None


def analyse(
    logic: Logic,
    top: str,
    *,
    order: int | None = None,
    list_up_to: int = 10_000,
    unavailability: Mapping[str, float] | None = None,
    limits: Limits = Limits(),  # noqa: B008 - a constant value
    language: str = "en",
    fast: bool | None = None,
) -> Analysis:
    """Minimal cut sets, exact probability and importance of one of a logic's tops, within limits.

    Sets are counted in all orders and listed up to `order` (None: all) and up to a number. `unavailability` gives
    the probability of each variable, independent of the others; one that it does not name never fails.
    `fast` says whether kernels are compiled (None: where it pays). Raises BcpError for a probability
    that is none.
    """
    if unavailability is not None:
        _check(unavailability)
    whole = Deadline(limits.seconds, limits.ended)
    small = simplified(circuit(logic, logic.tops[top]))
    if small.top in {FALSE, TRUE}:
        return _constant(top, always=small.top == TRUE, known=unavailability is not None)
    solution = solve(regions(small), limits, whole.part(_DIAGRAMS), fast=fast)
    cuts = _cuts(solution, order, whole.part(_SEARCH), fast)
    by_order = cuts.families.by_order()
    if cuts.complete_to is not None:
        by_order = (*by_order, *([0] * (cuts.complete_to + 1)))[: cuts.complete_to + 1]
    wanted = by_order if order is None else by_order[: order + 1]
    shown = listing(cuts.families, logic.variables, wanted, list_up_to)
    relevant = _relevant(solution, cuts)
    figures = {}
    if unavailability is not None:
        figures = _figures(solution, logic.variables, relevant, unavailability, whole, fast=fast)
    event = TopEvent(
        target=top,
        counts=by_order[1:],
        complete_to=cuts.complete_to,
        total=sum(by_order) if cuts.complete_to is None else None,
        stopped=_stopped(solution, cuts, limits, words(language)),
        **figures,
    )
    everything = cuts.complete_to is None and shown.complete_to == len(by_order) - 1
    return Analysis(event, shown.sets, None if everything else shown.complete_to)


def _check(unavailability: Mapping[str, float]) -> None:
    for name, q in unavailability.items():
        if not 0 <= q <= 1:
            raise BcpError(
                said("the unavailability of {name} is {q}, which is no probability.", name=name, q=q),
                said("Give a figure from 0 to 1."),
            )


def _constant(top: str, *, always: bool, known: bool) -> Analysis:
    """A top that has failed from the start, or that nothing can make fail."""
    figure = float(always) if known else None
    event = TopEvent(
        target=top,
        always=always,
        counts=(),
        complete_to=None,
        total=int(always),
        unavailability=figure,
        at_least=figure,
        at_most=figure,
    )
    return Analysis(event, ((),) if always else (), None)


def _cuts(solution: Solution, order: int | None, deadline: Deadline, fast: bool | None) -> Smallest:
    """All cut sets from the diagrams, or the smallest where a limit stopped one."""
    if None in solution.sets:
        return smallest(solution, order, deadline, fast=fast)
    collector = Collector(solution)
    for _ in solution.sets:
        collector.add()
    return Smallest(collector.families, None)


def _relevant(solution: Solution, cuts: Smallest) -> tuple[int, ...]:
    """The variables in any cut set; where not all sets are known, those that may be in one."""
    if cuts.complete_to is None:
        return cuts.families.variables()
    return tuple(sorted(a for a in solution.regions.leaf if a >= 0))


def _figures(
    solution: Solution,
    names: Sequence[str],
    relevant: Sequence[int],
    unavailability: Mapping[str, float],
    deadline: Deadline,
    *,
    fast: bool | None,
) -> dict[str, Any]:
    """The fields of a top event that hold figures: exact ones, or bounds where a diagram is missing."""
    q = [unavailability.get(name, 0.0) for name in names]
    without = tuple(sorted({names[v] for v in relevant} - set(unavailability)))
    passes = Passes(solution)
    if None in solution.root:
        low, high = bounds(solution, passes, q, deadline, fast=fast)
        return {"at_least": low, "at_most": high, "without_figures": without}
    p, derivative = passes.derivatives(q)
    found = []
    for v in relevant:
        b = float(derivative[v])
        up = p - q[v] * b
        if up < _CLOSE * p:
            up = passes.probability([*q[:v], 0.0, *q[v + 1 :]])
        found.append(_importance(names[v], unavailability.get(names[v]), p, up, b))
    found.sort(key=lambda i: (-(i.fussell_vesely or 0.0), i.component))
    p = min(1.0, p)
    return {
        "unavailability": p,
        "at_least": p,
        "at_most": p,
        "without_figures": without,
        "importance": tuple(found),
    }


def _importance(name: str, q: float | None, p: float, up: float, derivative: float) -> Importance:
    """The measures of one component, from the top's probability as it is and with the component up.

    Definitions as in NUREG/CR-3385 (Vesely et al. 1983), Fussell-Vesely as the share of the probability
    that goes away when the component cannot fail.
    """
    return Importance(
        component=name,
        unavailability=q,
        birnbaum=derivative,
        fussell_vesely=(p - up) / p if p else None,
        risk_achievement=(up + derivative) / p if p else None,
        risk_reduction=p / up if up else None,
    )


def _stopped(solution: Solution, cuts: Smallest, limits: Limits, _: Words) -> str:
    """Why not everything is known, as a sentence; empty where it is."""
    if None not in solution.sets:
        return ""
    if limits.ended():
        why = _("It was ended before all was known.")
    elif solution.diagrams.deadline.left:
        why = _("The decision diagram grew past {n} nodes.", n=f"{limits.nodes:,}")
    else:
        why = _("The time of {n} seconds was over.", n=f"{limits.seconds:g}")
    if cuts.complete_to is None:
        return why
    return (
        why + " " + _("Cut sets are complete up to order {n}; there may be larger ones.", n=cuts.complete_to)
    )
