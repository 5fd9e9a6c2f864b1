"""Control paths: who does each step of a fallback, with what, and whether that serves when it is due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bcp.engine.levels.selectors import Lineage
from bcp.engine.people.reachability import reachability
from bcp.engine.people.ways import Ways
from bcp.engine.run.serving import Serving, serving_in
from bcp.model.answer import Answer
from bcp.model.component import Kind
from bcp.model.control_path import ControlPath, StepGap, StepPath, StepVerdict
from bcp.model.fallback import Fallback, Step
from bcp.model.plan import Plan, WayKind
from bcp.model.reachability import Reachability
from bcp.model.requirement import Needs, Pool, Quorum, Requirement, Split
from bcp.model.run import FallbackState, Run, at

_WORST_FIRST = tuple(reversed(StepVerdict))
_RUNS = frozenset({FallbackState.ACTIVATING, FallbackState.ACTIVE, FallbackState.FAILING_BACK})
"""States in which steps are done; one that is blocked stands still, any other has ended them."""


def control_paths(
    plan: Plan,
    run: Run | None = None,
    *,
    reach: Reachability | None = None,
    lineage: Lineage | None = None,
) -> tuple[ControlPath, ...]:
    """The control path of every fallback of the plan, by its id.

    In a run, a fallback that it calls for is judged by what serves at the time when each step is due:
    the decision's time and that of the steps before it after the activation began, standing still while
    that is blocked. Any other fallback, and each one without a run, is judged by structure: a step
    whose tools or doer rest on something that the protected component rests on shares its fate.
    `reach` is the reachability in this run and `lineage` the plan's, where the caller has them already.
    """
    judge = _Judge(plan, lineage or Lineage(plan))
    seen = None if run is None else _Seen(run, serving_in(run), reach or reachability(plan, run))
    return tuple(judge.path(f, fallback, seen) for f, fallback in sorted(plan.fallbacks.items()))


def tools_of(fallback: Fallback, step: Step) -> tuple[str, ...]:
    """All that must serve for a step: its own needs, the fallback's, and where that executes."""
    place = (fallback.executes_at,) if fallback.executes_at else ()
    return tuple(dict.fromkeys((*step.needs, *fallback.needs, *place)))


@dataclass(frozen=True, slots=True)
class _Seen:
    """A run, what serves in it, and who is reached."""

    run: Run
    serving: Serving
    reach: Reachability

    def frozen(self, component: str, t: float) -> bool:
        """True while an event lets nothing be changed there."""
        return any(
            component in strike.components
            and strike.at_s <= t
            and (strike.until_s is None or t < strike.until_s)
            and "frozen" in strike.text.split(", ")
            for strike in self.run.strikes
        )

    def begins(self, fallback: str) -> float | None:
        """When its activation first begins; none: never."""
        states = self.run.fallbacks.get(fallback, ())
        started = (FallbackState.ACTIVATING, FallbackState.BLOCKED)
        return next((t for t, state in states if state in started), None)

    def due(self, fallback: str, work: float) -> float:
        """When `work` seconds of the activation are done, or when it stopped for good before that."""
        begins = self.begins(fallback) or 0.0
        states = [step for step in self.run.fallbacks[fallback] if step[0] >= begins]
        ends = [*(t for t, _ in states[1:]), self.run.horizon_s]
        stopped, left = begins, work
        for (t, state), end in zip(states, ends, strict=True):
            if state in _RUNS:
                if left < end - t:
                    return t + left
                left, stopped = left - (end - t), end
            elif state == FallbackState.BLOCKED:
                stopped = t
            else:
                break
        return stopped


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found about one side of a step: its tools, or its doer."""

    verdict: StepVerdict = StepVerdict.POSSIBLE
    because: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    gap: StepGap | None = None


@dataclass(frozen=True)
class _Judge:
    plan: Plan
    lineage: Lineage
    _ways: dict[str, tuple[tuple[str, ...] | None, ...]] = field(default_factory=dict)

    def path(self, key: str, fallback: Fallback, seen: _Seen | None) -> ControlPath:
        begins = None if seen is None else seen.begins(key)
        called_for = seen if begins is not None else None
        decision = self.plan.defaults.decision if fallback.decision is None else fallback.decision
        work = 0.0 if fallback.automatic else decision
        steps = []
        for number, step in enumerate(fallback.steps, start=1):
            due = None if called_for is None else called_for.due(key, work)
            judged = self._step(number, step, fallback, due, called_for)
            waited = 0.0 if due is None or begins is None else max(0.0, due - begins - work)
            steps.append(judged.model_copy(update={"waited_s": waited}))
            work += step.takes or 0.0
        worst = min((s.verdict for s in steps), key=_WORST_FIRST.index, default=StepVerdict.UNKNOWN)
        return ControlPath(
            fallback=key,
            in_run=called_for is not None,
            begins_s=begins,
            verdict=worst,
            steps=tuple(steps),
        )

    def _step(
        self, number: int, step: Step, fallback: Fallback, due: float | None, seen: _Seen | None
    ) -> StepPath:
        by = step.by or fallback.owner or ""
        tools = tools_of(fallback, step)
        if seen is None or due is None:
            below = self.lineage.rests_on([fallback.protects])
            sides = (self._tools_shared(tools, below), self._doer_shared(by, below))
        else:
            sides = (self._tools_serve(tools, due, seen), self._doer_reached(by, due, seen))
        gaps = [side.gap for side in sides if side.gap is not None]
        if not (step.needs or fallback.needs) and not self._by_people_alone(fallback):
            gaps.append(StepGap.TOOLS)
        unsure = StepVerdict.UNKNOWN if gaps else StepVerdict.POSSIBLE
        worst = min(sides, key=lambda side: _WORST_FIRST.index(side.verdict))
        verdict = min(worst.verdict, unsure, key=_WORST_FIRST.index)
        return StepPath(
            number=number,
            at_s=due,
            by=by,
            own_tools=step.needs,
            tools=tools,
            verdict=verdict,
            because=worst.because,
            path=worst.path,
            unblocking=self._unblocking(step, fallback),
            gaps=tuple(gaps),
        )

    def _tools_serve(self, tools: tuple[str, ...], t: float, seen: _Seen) -> _Found:
        held = [i for i in tools if seen.frozen(i, t)]
        blockers = tuple(i for i in tools if i in held or i in seen.serving.failed(tools, t))
        if not blockers:
            return _Found()
        return _Found(StepVerdict.BLOCKED, blockers, seen.serving.path(blockers[0]))

    def _doer_reached(self, by: str, t: float, seen: _Seen) -> _Found:
        people = self._people(by)
        if not people:
            return _Found(gap=StepGap.WHO)
        answers = [at(seen.reach.contacts[p].reached, t) for p in people]
        if Answer.YES in answers:
            return _Found()
        mailed = any(at(seen.reach.contacts[p].mailed, t) == Answer.YES for p in people)
        if mailed or Answer.UNKNOWN in answers:
            return _Found(gap=StepGap.REACH)
        down = [
            outage
            for way in seen.reach.contacts[people[0]].ways
            for outage in way.down
            if outage.from_s <= t < outage.until_s
        ]
        return _Found(StepVerdict.UNREACHABLE, people, next((o.path for o in down if o.path), ()))

    def _tools_shared(self, tools: Iterable[str], below: frozenset[str]) -> _Found:
        ways = [way for tool in tools if (way := self._down_to(tool, below))]
        return _shared(ways)

    def _doer_shared(self, by: str, below: frozenset[str]) -> _Found:
        """Shares where every way to the doer rests on what the protected component rests on."""
        people = self._people(by)
        if not people:
            return _Found(gap=StepGap.WHO)
        ways: list[tuple[str, ...]] = []
        unsure = False
        for bases in (bases for person in people for bases in self._bases(person)):
            met = [way for base in bases or () if (way := self._down_to(base, below))]
            if bases is not None and not met:
                return _Found()
            unsure |= bases is None
            ways += met
        return _Found(gap=StepGap.REACH) if unsure or not ways else _shared(ways)

    def _down_to(self, start: str, below: frozenset[str]) -> tuple[str, ...]:
        """The shortest way from a component down to something in `below`; empty where there is none."""
        met = self.lineage.rests_on([start]) & below
        return min((self.lineage.path(start, i) for i in met), key=lambda way: (len(way), way), default=())

    def _people(self, by: str) -> tuple[str, ...]:
        """The contacts behind a contact's or a team's id."""
        if by in self.plan.contacts:
            return (by,)
        return self.plan.components[by].members if by in self.plan.components else ()

    def _by_people_alone(self, fallback: Fallback) -> bool:
        """True where teams carry the load and nothing is switched: such steps may need no tool."""
        via = [self.plan.components[i].kind for i in fallback.via]
        return bool(via) and fallback.executes_at is None and set(via) == {Kind.TEAM}

    def _bases(self, person: str) -> tuple[tuple[str, ...] | None, ...]:
        """What each way to a person rests on; None for a way of which that is not known, and for e-mail."""
        if person not in self._ways:
            found = Ways(self.plan).of(self.plan.contacts[person])
            self._ways[person] = tuple(
                base.on if base.gap is None and way.kind != WayKind.EMAIL else None for way, base in found
            ) or (None,)
        return self._ways[person]

    def _unblocking(self, step: Step, fallback: Fallback) -> tuple[str, ...]:
        """Own tools that the fallback neither needs nor goes via, and on which nothing of that rests for certain."""
        place = (fallback.executes_at,) if fallback.executes_at else ()
        seen = {*fallback.needs, *fallback.via, *place}
        row = list(seen)
        while row:
            for member in _indispensable(self.plan.components[row.pop()].requires):
                if member not in seen:
                    seen.add(member)
                    row.append(member)
        return tuple(i for i in step.needs if i not in seen)


def _shared(ways: list[tuple[str, ...]]) -> _Found:
    """What the ways lead to, with the shortest of them."""
    if not ways:
        return _Found()
    path = min(ways, key=lambda way: (len(way), way))
    return _Found(StepVerdict.SHARES, tuple(sorted({way[-1] for way in ways})), path)


def _indispensable(requirements: Iterable[Requirement]) -> Iterator[str]:
    """Members without which nothing is delivered."""
    for requirement in requirements:
        if requirement.during == "start":
            continue
        match requirement:
            case Needs(impact=impact) if impact < 1:
                continue
            case Quorum(quorum=k, of=of) if k < len(of):
                continue
            case Pool() | Split() if len(requirement.members) > 1:
                continue
        yield from requirement.members
