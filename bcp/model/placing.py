"""Placing a building block into a plan: plan and answers in; a larger plan out, and what was added and asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from bcp.errors import BcpError
from bcp.model.block import UNKNOWN, Answers, Ask, Block, How, Join, slug
from bcp.model.block_document import once, together
from bcp.model.block_figures import Places, assumed_figures, places, questions_about, taken_up
from bcp.model.component import NOT_CHOSEN, STAND_IN, Component, Kind
from bcp.model.edit_block import free_id
from bcp.model.fallback import Fallback
from bcp.model.filling import PLACE, Filling
from bcp.model.joins import candidates, chosen, marks_of, reached, rests_directly
from bcp.model.plan import Contact, Document, OpenQuestion, Plan
from bcp.model.references import WHOLE_PLAN
from bcp.model.requirement import Needs
from bcp.model.scenario import in_language
from bcp.model.swap import swapped, with_parts
from bcp.model.value_faults import value_fault
from bcp.saying import said
from bcp.words import words

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

    A question without an answer takes its proposal, and where that is a figure a question says that it is
    assumed; without one it counts as unknown. What is unknown never makes things look independent: a
    platform of an unknown operator is a component of which nothing is known, and so is what a fallback
    rests on where nobody chose it. In an empty plan the block that a join names for that is placed first.
    Raises BcpError where the block's parts are no piece of a plan.
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


class _Placing:
    """One block on its way into a plan."""

    def __init__(self, plan: Plan, block: Block, answers: Answers) -> None:
        self.plan, self.block, self.answers = plan, block, answers
        self.values = Filling(block, answers, plan.organisation, reached(plan, block, answers))
        self.chosen = chosen(plan, block, answers)
        self.real: dict[str, str | None] = {
            _slot(name, n): i for name, ids in self.chosen.items() for n, i in enumerate(ids)
        }
        self.shared: set[str] = set()
        self.twins: dict[str, tuple[str, Mapping[str, Any]]] = {}

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
            sections[section] = {**getattr(self.plan, section), **own}
        self._enlarge(sections, moved)
        again = self._again()
        joined = self._join(sections["components"])
        where = {**self._for_every_fallback(sections["fallbacks"]), **self._figures(sections)}
        assumed = self._assumed({**sections["components"], **sections["fallbacks"]}, where)
        questions = (*moved.document.questions, *self._questions(), *again, *assumed)
        document = together(self._without(assumed), moved.document, questions)
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
            if section == "components":
                raw[section] |= self._stand_ins()
        try:
            return Plan.model_validate(raw)
        except ValidationError as failed:
            first = failed.errors(include_url=False)[0]
            place = ".".join(str(p) for p in first["loc"])
            message = said(
                "the block {block!r} makes no plan: {place}: {wrong}",
                block=self.block.id,
                place=place,
                wrong=value_fault(first)[0],
            )
            raise BcpError(message, said("Mend the block's file, or answer otherwise.")) from failed

    def _part(self, section: str, key: str, part: Mapping[str, Any]) -> dict[str, Any] | None:
        """A part with its places filled; None where it does not come about."""
        condition = part.get("only_if")
        if condition is not None and not self._holds(condition):
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

    def _holds(self, condition: str) -> bool:
        """Whether a question was answered so, or something of its own was chosen in a join, that a part comes about."""
        if condition in self.block.joins:
            return condition in self.answers.own_joins
        return self.values.answer(condition) not in ("no", "", UNKNOWN)

    def _identify(self, section: str, key: str, data: Mapping[str, Any], identity: str) -> None:
        """Give the part its id in the plan: that of the same thing where the plan has it already."""
        if identity and (same := self._same(section, data, identity)) is not None:
            self.real[key] = same
            self.shared.add(key)
            return
        taken = {i for s in _SECTIONS for i in getattr(self.plan, s)} | {i for i in self.real.values() if i}
        made = self.real[key] = free_id(identity or slug(str(data.get("name", ""))) or key, taken)
        if identity and section == "components":
            self.twins[identity] = (made, data)

    def _same(self, section: str, data: Mapping[str, Any], identity: str) -> str | None:
        """What the plan, or the block itself, has of the same: by its id, else the only one of kind, operator and tag."""
        there = getattr(self.plan, section).get(identity)
        if section != "components":
            return identity if there is not None and _agree(there, data, "mobile") else None
        if there is not None and there.kind == data.get("kind") and _agree(there, data, "operator"):
            return identity
        twin, said_there = self.twins.get(identity, ("", {}))
        if twin and all(said_there.get(f) == data.get(f) for f in ("kind", "operator")):
            return twin
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
        if own := self.answers.own(name, self.block.joins[name]):
            slots = [own]
        slots = slots or ([_slot(name, 0)] if self.block.joins[name].stand_in else [])
        return [{**value, "needs": slot} for slot in slots] if isinstance(value, dict) else list(slots)

    def _stand_ins(self) -> dict[str, Any]:
        """A component of which nothing is known for each join in which nothing was chosen that something rests on."""
        found: dict[str, Any] = {}
        for name, join in self.block.joins.items():
            if not join.stand_in or self.chosen[name] or self.answers.own(name, join):
                continue
            called = in_language(join.stand_in, self.plan.organisation.language)
            data = _stand_in({"name": free_name(called, {c.name for c in self.plan.components.values()})})
            if set(join.kinds) == {Kind.CHANNEL}:
                data["tags"].append(NOT_CHOSEN)
            self._identify("components", _slot(name, 0), data, "")
            found[_slot(name, 0)] = data
        return found

    def _enlarge(self, sections: dict[str, Any], moved: Plan) -> None:
        """Let the teams that the plan has already get the block's people, and people what was not known of them."""
        components: dict[str, Component] = sections["components"]
        for key in self.shared & moved.contacts.keys():
            there, new = sections["contacts"][str(self.real[key])], moved.contacts[key]
            missing = {f: getattr(new, f) for f in new.model_fields_set if not getattr(there, f)}
            sections["contacts"][str(self.real[key])] = there.model_copy(update=missing)
        for key in self.shared & moved.components.keys():
            there = components[str(self.real[key])]
            members = once(there.members, moved.components[key].members)
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
            if self.values.asked(key) and key not in taken_up(self.block)
        ]
        asked += [
            self._question(join, join.part or self.answers.own(name, join) or _slot(name, 0), join.of)
            for name, join in self.block.joins.items()
            if name in self.answers.unknown_joins
            or self.answers.own(name, join)
            or self._hangs_loose(name, join)
        ]
        return tuple(q for q in asked if q is not None)

    def _hangs_loose(self, name: str, join: Join) -> bool:
        """Whether nothing was chosen where something could have been, and had to be."""
        if self.chosen[name]:
            return False
        return bool(join.stand_in or (join.how is How.REQUIRED_BY and candidates(self.plan, join, ())))

    def _again(self) -> tuple[OpenQuestion, ...]:
        """What to ask where something comes to rest on a second thing of a kind: whether it needs both."""
        _ = words(self.plan.organisation.language)
        found = []
        for name, join in self.block.joins.items():
            part = self.real.get(join.part or "")
            if join.how is not How.REQUIRED_BY or part is None:
                continue
            marks = marks_of(self.block, join)
            for i in self.chosen[name]:
                first = [m for m in rests_directly(self.plan, i, marks) if m != part]
                if first:
                    text = _("Does it need each of several, or does one do, and what share does each carry?")
                    found.append(OpenQuestion(about=i, text=text))
        return tuple(found)

    def _for_every_fallback(self, fallbacks: dict[str, Fallback]) -> dict[str, dict[str, str]]:
        """Let every fallback get what it does not say yet; which question's answer stands in which field then."""
        given = {k: v for k, v in self.block.every_fallback.items() if self.values.filled(v) is not None}
        made = Fallback.model_validate({"protects": "any", **self.values.filled(given)})
        found: dict[str, dict[str, str]] = {}
        for i, f in self.plan.fallbacks.items():
            own = {k: getattr(made, k) for k in given if getattr(f, k) is None}
            if "owner" in own:
                own["owner"] = self.real.get(str(own["owner"]))
            if f.automatic:
                own.pop("decision", None)
            fallbacks[i] = f.model_copy(update=own)
            found[i] = places({k: v for k, v in given.items() if k in own})
        return found

    def _figures(self, sections: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        """For each thing added, which question's answer stands in which of its fields."""
        return {
            str(self.real[key]): places(part)
            for section in ("components", "fallbacks")
            for key, part in self.block.parts.get(section, {}).items()
            if self.real.get(key) in sections[section] and key not in self.shared
        }

    def _assumed(self, things: Mapping[str, Any], where: Places) -> tuple[OpenQuestion, ...]:
        """The questions that say which figures were taken because nobody said otherwise."""
        taken = assumed_figures(self.block, self.answers, self.values, things, where)
        kept = {i: [f for f, key in where[i].items() if key in self.answers.kept] for i in taken}
        spoken = words(self.plan.organisation.language)
        return tuple(questions_about(self.plan.document, taken, kept, spoken))

    def _without(self, assumed: tuple[OpenQuestion, ...]) -> Document:
        """The plan's document without the questions that those about assumed figures take up into themselves."""
        said = {q.about for q in assumed}
        document = self.plan.document
        left = tuple(q for q in document.questions if not q.assumes or q.about not in said)
        return document.model_copy(update={"questions": left})

    def _question(self, ask: Ask | Join, about: str | None, of: str | None) -> OpenQuestion | None:
        if about is not None and self.real.get(about) is None:
            return None
        parts = () if self.block.every_fallback else self.real.values()
        subject = self.real.get(about or "") or next((i for i in parts if i), WHOLE_PLAN)
        language = self.plan.organisation.language
        text = in_language(ask.unknown, language) or in_language(ask.ask, language)
        return OpenQuestion(about=subject, text=self.values.text(text), to=self.real.get(of or ""))


def free_name(name: str, taken: Iterable[str]) -> str:
    """The name, with a number in brackets behind it where another of its kind has it."""
    used, number, found = set(taken), 1, name
    while found in used:
        number += 1
        found = f"{name} ({number})"
    return found


def _agree(there: Component | Contact, data: Mapping[str, Any], field: str) -> bool:
    """Whether what is there and what is added may be the same: they do not differ in what both say."""
    one, other = getattr(there, field), data.get(field)
    return not one or not other or str(one) == str(other)


def _slot(join: str, n: int) -> str:
    return f"join.{join}.{n}"


def _stand_in(data: Mapping[str, Any]) -> dict[str, Any]:
    """A component of which nothing is known but that it is there: it always rests on something unnamed."""
    return {
        "kind": str(Kind.INTERCONNECT),
        "name": data["name"][:1].upper() + data["name"][1:],
        "tags": [*data.get("tags", []), STAND_IN],
    }
