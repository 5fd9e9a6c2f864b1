"""When components serve: at half their level or more, the same threshold as for what an activation needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bcp.engine.levels.standing import HALF
from bcp.engine.levels.tolerance import LEVEL
from bcp.model.answer import Answer, Course, always, spans
from bcp.model.reachability import Outage
from bcp.model.run import Run, at

Steps = tuple[tuple[float, float], ...]
"""(seconds, level) from 0 on; a level holds until the next one's time."""


@dataclass(frozen=True)
class Serving:
    """Levels of components over time up to `horizon` (seconds), and the chains down to their causes.

    A component without levels is whole.
    """

    levels: Mapping[str, Steps]
    horizon: float = 0.0
    causes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _known: dict[str, Course] = field(default_factory=dict, repr=False, compare=False)

    def course(self, component: str) -> Course:
        """Whether the component serves."""
        if component not in self._known:
            self._known[component] = _course(self.levels.get(component, ((0.0, 1.0),)))
        return self._known[component]

    def level(self, component: str, t: float) -> float:
        """Its level at a time (seconds)."""
        return at(self.levels.get(component, ((0.0, 1.0),)), t)

    def failed(self, components: Iterable[str], t: float) -> tuple[str, ...]:
        """Those of the components that do not serve at a time (seconds), in the same order."""
        return tuple(i for i in components if at(self.course(i), t) == Answer.NO)

    def path(self, component: str) -> tuple[str, ...]:
        """From a component that failed down to the cause, as far as the run tells."""
        return self.causes.get(component, (component,))

    def outages(self, course: Course, on: Iterable[str]) -> tuple[Outage, ...]:
        """The times in which something that rests on these components does not serve, with the reason."""
        bases = tuple(on)
        found = []
        for since, until in spans(course, Answer.NO, self.horizon):
            by = self.failed(bases, since)
            path = self.path(by[0]) if by else ()
            found.append(Outage(from_s=since, until_s=until, by=by, path=path))
        return tuple(found)


def serving_in(run: Run) -> Serving:
    """What serves over a run."""
    return Serving(run.levels, run.horizon_s, run.causes)


def serving_at(levels: Mapping[str, float]) -> Serving:
    """What serves at these levels (0–1), for ever."""
    return Serving({i: ((0.0, level),) for i, level in levels.items()})


def _course(steps: Steps) -> Course:
    found = list(always(_serves(steps[0][1])))
    for t, level in steps[1:]:
        if _serves(level) != found[-1][1]:
            found.append((t, _serves(level)))
    return tuple(found)


def _serves(level: float) -> Answer:
    return Answer.NO if level < HALF - LEVEL else Answer.YES
