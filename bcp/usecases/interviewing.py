"""Conducting an interview: the plan that its answers make, and where it stands, kept between visits."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from pydantic import ValidationError

from bcp.model import interview as steps
from bcp.model.block import Answers, Role
from bcp.model.interview import SECTIONS, Interview, settled
from bcp.model.placing import Placed
from bcp.model.plan import Plan
from bcp.usecases.building import blocks, blocks_for, placed

if TYPE_CHECKING:
    from bcp.store.plans import PlanStore
    from bcp.store.revision import Stored


@dataclass(frozen=True, slots=True)
class Conducted:
    """An interview with the plan that it has made so far, and what each of its blocks added."""

    interview: Interview
    plan: Plan
    placed: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class _Base:
    """A plan that is known by its content, to keep what was made of it."""

    content: str
    plan: Plan = field(compare=False)


def conduct(base: Plan, interview: Interview) -> Conducted:
    """The plan that the interview's answers make of `base`. Raises BcpError where answers contradict each other."""
    return _conducted(_Base(base.content_hash, base), interview.model_dump_json())


@lru_cache(maxsize=64)
def _conducted(base: _Base, interview: str) -> Conducted:
    """The same, kept: a page asks for it several times over for one answer."""
    at, plan = Interview.model_validate_json(interview), base.plan
    steps: list[Placed] = []
    for done in at.done:
        step = placed(plan, blocks()[done.block], done.answers)
        plan = step.plan
        steps.append(step)
    now = settled(at, plan, blocks())
    return Conducted(now, plan, tuple(steps))


def resumed(stored: Stored, store: PlanStore) -> Conducted | None:
    """The interview about a saved plan where it was left; None where there never was one.

    Where its last blocks were undone, it goes on without them. Where the plan has been changed otherwise
    since, its newest revision is what the interview goes on from: nothing of either is lost, but what was
    answered before can no longer be taken back in it.
    """
    interview = kept(store, stored.name)
    if interview is None:
        return None
    fits = all(done.block in blocks() for done in interview.done)
    known = {revision.number for revision in store.revisions(stored.name)}
    if fits and interview.base in known:
        base = store.load(stored.name, interview.base).plan
        found = conduct(base, interview)
        if found.plan.content_hash == stored.plan.content_hash:
            return found
        if (undone := _undone(base, found, stored.plan)) is not None:
            return undone
    onwards = interview.model_copy(
        update={"base": stored.revision.number, "done": (), "block": None, "answers": Answers(), "asking": ""}
    )
    return conduct(stored.plan, onwards)


def _undone(base: Plan, found: Conducted, now: Plan) -> Conducted | None:
    """The interview without its last blocks, where taking those back makes the plan as it is now; else None."""
    reached = [base, *(step.plan for step in found.placed)]
    for count in range(len(found.placed) - 1, -1, -1):
        if reached[count].content_hash == now.content_hash:
            update = {
                "done": found.interview.done[:count],
                "block": None,
                "answers": Answers(),
                "asking": "",
            }
            return conduct(base, found.interview.model_copy(update=update))
    return None


def onwards(interview: Interview, plan: Plan) -> Interview:
    """The interview at its next part. The decision is asked for at once: there is nothing to choose."""
    at = steps.onwards(interview)
    if at.section is not Role.DECISION:
        return at
    return steps.begin(at, plan, blocks_for(Role.DECISION, plan.organisation.country)[0])


def begun(stored: Stored) -> Interview:
    """An interview from the beginning about a plan as it is now: it adds to what is there."""
    return Interview(base=stored.revision.number, section=SECTIONS[1 if stored.plan.activities else 0])


def unfinished(store: PlanStore, name: str) -> bool:
    """Whether the interview about the plan of this name has got answers and was left before its end."""
    interview = kept(store, name)
    return interview is not None and interview.section is not None and bool(interview.done)


def left_off(store: PlanStore, organisation: str) -> tuple[str, bool] | None:
    """The saved plan of an organisation whose interview was begun and left, and whether anything was answered in it.

    None where there is none, or where its interview came to its end.
    """
    for summary in store.plans():
        interview = kept(store, summary.name) if summary.organisation == organisation else None
        if interview is not None and interview.section is not None:
            return summary.name, bool(interview.done or summary.components)
    return None


def kept(store: PlanStore, name: str) -> Interview | None:
    """Where the interview about the plan of this name was left; None where there is none that can be read."""
    text = store.get_setting(_key(store, name))
    try:
        return None if text is None else Interview.model_validate(json.loads(text))
    except (ValidationError, ValueError):
        return None  # written by another version of the product: the plan is safe, the interview begins anew


def keep(store: PlanStore, name: str, interview: Interview) -> None:
    """Remember where the interview about the plan of this name stands."""
    store.put_setting(_key(store, name), interview.model_dump_json())


def _key(store: PlanStore, name: str) -> str:
    return f"interview:{store.identity(name)}"
