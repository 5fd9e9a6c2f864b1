"""Placing a building block into a plan: plan and answers in; a larger plan out, and what was added and asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from bcp.errors import BcpError
from bcp.model.block import UNKNOWN, Answers, Ask, Block, How, Join, slug
from bcp.model.component import Component, Kind
from bcp.model.filling import PLACE, Filling
from bcp.model.plan import Document, Message, OpenQuestion, Plan
from bcp.model.requirement import Needs, Pool
from bcp.model.scenario import in_language
from bcp.model.swap import swapped, with_parts

STAND_IN = "unknown"
"""The tag of a component that stands for something nobody knows yet."""

_SECTIONS = ("components", "fallbacks", "contacts")
_LISTED = ("requires", "via", "needs")
_SINGLE = ("protects", "executes_at", "about")


@dataclass(frozen=True, slots=True)
class Placed:
    """A plan with a block in it: ids of what was added, of what came to require it, and what must be asked."""

    plan: Plan
    added: tuple[str, ...]
    joined: tuple[str, ...]
    questions: tuple[OpenQuestion, ...]


def place(plan: Plan, block: Block, answers: Answers, blocks: Mapping[str, Block]) -> Placed:
    """The plan with the block in it.

    A question without an answer takes its proposal; without one it counts as unknown. What is unknown
    never makes things look independent: a platform of an unknown operator is a component of which
    nothing is known, and an unknown join takes everything that comes into question. In an empty plan
    the block that a join names for that is placed first. Raises BcpError where the block's parts are
    no piece of a plan.
    """
    before = plan
    added: list[str] = []
    asked: list[OpenQuestion] = []
    for join in () if plan.components else block.joins.values():
        if join.otherwise is not None and not candidates(before, join, ()):
            first = place(before, blocks[join.otherwise], Answers(), blocks)
            before = first.plan
            added += first.added
            asked += first.questions
    placing = _Placing(before, block, answers)
    done = placing.done()
    return Placed(done.plan, (*added, *done.added), done.joined, (*asked, *done.questions))


def candidates(plan: Plan, join: Join, above: Iterable[str]) -> tuple[str, ...]:
    """The plan's components that come into question for a join: by kind as the join lists them, then as the plan does.

    `above` are those chosen in the join that `below` names.
    """
    wanted = frozenset(join.kinds)
    within = _rests_on(plan, above) if join.below is not None else plan.components.keys()
    found = [
        i
        for i, c in plan.components.items()
        if (c.kind in wanted or set(c.tags) & set(join.tags))
        and not set(c.tags) & set(join.not_tags)
        and i in within
    ]
    rank = {kind: n for n, kind in enumerate(join.kinds)}
    return tuple(sorted(found, key=lambda i: rank.get(plan.components[i].kind, len(rank))))


def chosen(plan: Plan, block: Block, answers: Answers) -> Mapping[str, tuple[str, ...]]:
    """The components that each join takes: those answered that are still there, else all that come into question."""
    found: dict[str, tuple[str, ...]] = {}
    for name, join in block.joins.items():
        above = found.get(join.below or "", ())
        possible = candidates(plan, join, above)
        if name in answers.joins and name not in answers.unknown_joins:
            kept = tuple(i for i in answers.joins[name] if i in plan.components)
        else:
            kept = possible
        found[name] = kept[:1] if join.one else kept
    return found


def _rests_on(plan: Plan, above: Iterable[str]) -> set[str]:
    found: set[str] = set()
    row = [i for i in above if i in plan.components]
    while row:
        below = [m for i in row for r in plan.components[i].requires for m in r.members]
        row = [i for i in dict.fromkeys(below) if i not in found]
        found |= set(row)
    return found


class _Placing:
    """One block on its way into a plan."""

    def __init__(self, plan: Plan, block: Block, answers: Answers) -> None:
        self.plan, self.block, self.answers = plan, block, answers
        self.values = Filling(block, answers, plan.organisation)
        self.chosen = chosen(plan, block, answers)
        self.real: dict[str, str | None] = {
            _slot(name, n): i for name, ids in self.chosen.items() for n, i in enumerate(ids)
        }
        self.shared: set[str] = set()

    def done(self) -> Placed:
        """The plan with the block in it."""
        piece = self._piece()
        moved = swapped(piece, self.real.get)
        sections: dict[str, Any] = {}
        added: list[str] = []
        for section in _SECTIONS:
            own = {
                str(self.real[k]): v
                for k, v in getattr(moved, section).items()
                if self.real.get(k) is not None and k not in self.shared
            }
            added += own
            if section == "components":
                own = {i: _plain(c) for i, c in own.items()}
            sections[section] = {**getattr(self.plan, section), **own}
        self._enlarge(sections["components"], moved)
        joined = self._join(sections["components"])
        questions = (*moved.document.questions, *self._questions())
        document = _together(self.plan.document, moved.document, questions)
        return Placed(
            with_parts(self.plan, {**sections, "document": document}), tuple(added), joined, questions
        )

    def _piece(self) -> Plan:
        """The block's parts as a plan of their own, with the block's own ids."""
        raw: dict[str, Any] = {"organisation": self.plan.organisation.model_dump()}
        for section, parts in self.block.parts.items():
            if section not in _SECTIONS:
                raw[section] = self.values.filled(self._with_joins(parts))
                continue
            raw[section] = {}
            for key, part in parts.items():
                if (made := self._part(section, key, part)) is not None:
                    raw[section][key] = made
        try:
            return Plan.model_validate(raw)
        except ValidationError as failed:
            first = failed.errors(include_url=False)[0]
            place = ".".join(str(p) for p in first["loc"])
            message = f"the block {self.block.id!r} makes no plan: {place}: {first['msg']}."
            raise BcpError(message, "Mend the block's file, or answer otherwise.") from failed

    def _part(self, section: str, key: str, part: Mapping[str, Any]) -> dict[str, Any] | None:
        """A part with its places filled; None where it does not come about."""
        condition = part.get("only_if")
        if condition is not None and self.values.answer(condition) in ("no", "", UNKNOWN):
            return None
        identity = part.get("shared")
        places = PLACE.findall(identity) if identity else []
        unknown = not all(self.values.known(p) for p in places)
        if unknown and section != "components":
            return None
        own = {k: v for k, v in part.items() if k not in ("only_if", "shared")}
        data: dict[str, Any] = self.values.filled(self._with_joins(own))
        if section == "fallbacks" and "protects" not in data:
            return None
        if unknown:
            data = _stand_in(data)
        self._identify(section, key, data, self.values.text(identity) if identity and not unknown else "")
        if section == "components" and key not in self.shared:
            taken = {c.name for c in self.plan.components.values() if c.kind == data.get("kind")}
            data["name"] = free_name(str(data.get("name", "")), taken)
        return data

    def _identify(self, section: str, key: str, data: Mapping[str, Any], identity: str) -> None:
        """Give the part its id in the plan: that of the same thing where the plan has it already."""
        if identity and (same := self._same(section, data, identity)) is not None:
            self.real[key] = same
            self.shared.add(key)
            return
        taken = {i for s in _SECTIONS for i in getattr(self.plan, s)} | {i for i in self.real.values() if i}
        self.real[key] = free_id(identity or slug(str(data.get("name", ""))) or key, taken)

    def _same(self, section: str, data: Mapping[str, Any], identity: str) -> str | None:
        """What the plan has of the same: by its id, else the only component of this kind, operator and tag."""
        there = getattr(self.plan, section).get(identity)
        if section != "components":
            return identity if there is not None else None
        if there is not None and there.kind == data.get("kind"):
            return identity
        alike = [
            i
            for i, c in self.plan.components.items()
            if c.kind == data.get("kind")
            and c.operator
            and c.operator == data.get("operator")
            and set(c.tags) & set(data.get("tags", ()))
        ]
        return alike[0] if len(alike) == 1 else None

    def _with_joins(self, data: Any) -> Any:
        """The data with the name of a join in the place of what it rests on put apart into those chosen."""
        if isinstance(data, list):
            return [self._with_joins(v) for v in data]
        if not isinstance(data, dict):
            return data
        found = {}
        for key, value in data.items():
            if key in _LISTED and isinstance(value, list):
                found[key] = [slot for v in value for slot in self._slots(v)]
            elif key in _SINGLE and value in self.chosen:
                slots = self._slots(value)
                if slots:
                    found[key] = slots[0]
            else:
                found[key] = self._with_joins(value)
        return found

    def _slots(self, value: Any) -> list[Any]:
        name = value.get("needs") if isinstance(value, dict) else value
        if not isinstance(name, str) or name not in self.chosen:
            return [value]
        slots = [_slot(name, n) for n in range(len(self.chosen[name]))]
        return [{**value, "needs": slot} for slot in slots] if isinstance(value, dict) else list(slots)

    def _enlarge(self, components: dict[str, Component], moved: Plan) -> None:
        """Let the teams that the plan has already get the block's people."""
        for key in self.shared & moved.components.keys():
            there = components[str(self.real[key])]
            members = _once(there.members, moved.components[key].members)
            if members != there.members:
                components[str(self.real[key])] = there.model_copy(update={"members": members})

    def _join(self, components: dict[str, Component]) -> tuple[str, ...]:
        """Let the chosen components require the block's parts; their ids."""
        joined: list[str] = []
        for name, join in self.block.joins.items():
            part = self.real.get(join.part or "")
            if join.how is not How.REQUIRED_BY or part is None:
                continue
            for i in self.chosen[name]:
                above = components[i]
                if i != part and part not in {m for r in above.requires for m in r.members}:
                    requires = (*above.requires, Needs(needs=part, during=join.during, impact=join.impact))
                    components[i] = above.model_copy(update={"requires": requires})
                    joined.append(i)
        return tuple(dict.fromkeys(joined))

    def _questions(self) -> tuple[OpenQuestion, ...]:
        """What must be asked because somebody did not know."""
        asked = [
            self._question(ask, ask.about, ask.of)
            for key, ask in self.block.asks.items()
            if self.values.asked(key)
        ]
        asked += [
            self._question(join, join.part, join.of)
            for name, join in self.block.joins.items()
            if name in self.answers.unknown_joins
        ]
        return tuple(q for q in asked if q is not None)

    def _question(self, ask: Ask | Join, about: str | None, of: str | None) -> OpenQuestion | None:
        parts = [self.real.get(about or ""), *(i for i in self.real.values() if i)]
        subject = next((i for i in parts if i), None)
        if subject is None:
            return None
        language = self.plan.organisation.language
        text = in_language(ask.unknown, language) or in_language(ask.ask, language)
        return OpenQuestion(about=subject, text=self.values.text(text), to=self.real.get(of or ""))


def free_id(stem: str, taken: Iterable[str]) -> str:
    """The stem, with a number behind it where it is taken."""
    used, number, key = set(taken), 1, stem
    while key in used:
        number += 1
        key = f"{stem}-{number}"
    return key


def free_name(name: str, taken: Iterable[str]) -> str:
    """The name, with a number in brackets behind it where another of its kind has it."""
    used, number, found = set(taken), 1, name
    while found in used:
        number += 1
        found = f"{name} ({number})"
    return found


def _slot(join: str, n: int) -> str:
    return f"join.{join}.{n}"


def _plain(component: Component) -> Component:
    """The component with a choice of one, of which the others did not come about, as a plain need."""
    requires = tuple(
        Needs(needs=r.members[0], during=r.during)
        if isinstance(r, Pool) and len(r.pool) == 1 and r.pool[r.members[0]] == 1
        else r
        for r in component.requires
    )
    return component.model_copy(update={"requires": requires})


def _stand_in(data: Mapping[str, Any]) -> dict[str, Any]:
    """A component of which nothing is known but that it is there: it always rests on something unnamed."""
    return {
        "kind": str(Kind.INTERCONNECT),
        "name": data["name"][:1].upper() + data["name"][1:],
        "tags": [*data.get("tags", []), STAND_IN],
    }


def _together(before: Document, added: Document, questions: tuple[OpenQuestion, ...]) -> Document:
    """The document with what a block adds: messages, those who decide and what must be asked, each once."""
    activation = before.activation.model_copy(
        update={
            "decided_by": _once(before.activation.decided_by, added.activation.decided_by),
            "criteria": _once(before.activation.criteria, added.activation.criteria),
            "alarm_path": before.activation.alarm_path or added.activation.alarm_path,
        }
    )
    return before.model_copy(
        update={
            "activation": activation,
            "messages": _messages((*before.messages, *added.messages)),
            "questions": _once(before.questions, questions),
        }
    )


def _messages(messages: Iterable[Message]) -> tuple[Message, ...]:
    """The messages, one text to one audience once, over all its channels."""
    found: dict[Message, tuple[str, ...]] = {}
    for message in messages:
        bare = message.model_copy(update={"channels": ()})
        found[bare] = _once(found.get(bare, ()), message.channels)
    return tuple(bare.model_copy(update={"channels": channels}) for bare, channels in found.items())


def _once(before: tuple[Any, ...], added: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*before, *(new for new in added if new not in before))
