"""Changes to a plan, each a new plan: put, rename and remove, with every reference kept right."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import TypeAdapter, ValidationError

from bcp.errors import BcpError, NotFoundError
from bcp.model.component import Component
from bcp.model.fallback import Fallback
from bcp.model.plan import Contact, Plan
from bcp.model.references import Reference, path_text
from bcp.model.references import references as all_references
from bcp.model.requirement import Quorum, Requirement, Split
from bcp.model.spelling import did_you_mean
from bcp.model.swap import swapped, swapped_requirement, with_parts
from bcp.model.value import Identifier
from bcp.saying import said
from bcp.words import Words, words

_SECTIONS = ("components", "fallbacks", "contacts")
_ID: TypeAdapter[str] = TypeAdapter(Identifier)


def references(plan: Plan, key: str) -> tuple[str, ...]:
    """Where a component, fallback or contact is named, as paths such as `fallbacks.f1.via[0]`."""
    return tuple(dict.fromkeys(path_text(r.path) for r in all_references(plan) if r.name == key))


def put_component(plan: Plan, key: str, component: Component) -> Plan:
    """The plan with this component added, or in the place of the one with that id. Raises BcpError."""
    return _put(plan, "components", key, component)


def put_fallback(plan: Plan, key: str, fallback: Fallback) -> Plan:
    """The plan with this fallback added, or in the place of the one with that id. Raises BcpError."""
    return _put(plan, "fallbacks", key, fallback)


def put_contact(plan: Plan, key: str, contact: Contact) -> Plan:
    """The plan with this contact added, or in the place of the one with that id. Raises BcpError."""
    return _put(plan, "contacts", key, contact)


def rename(plan: Plan, old: str, new: str) -> Plan:
    """The plan in which a component, fallback or contact has another id, everywhere. Raises BcpError."""
    section = _section_of(plan, old)
    if new == old:
        return plan
    _free(plan, new, "")
    changed = swapped(plan, lambda key: new if key == old else key)
    entries = {new if k == old else k: v for k, v in getattr(changed, section).items()}
    return with_parts(changed, {section: entries})


def remove(
    plan: Plan,
    *keys: str,
    words: Words = words("en"),  # noqa: B008 - the words of a language are one constant value
) -> tuple[Plan, tuple[str, ...]]:
    """The plan without these components, fallbacks or contacts, and in words what else changed because of it.

    Their mentions go: a requirement that loses its last member, a share of a split (the others are
    scaled up to sum to 1), a member of a quorum (which is lowered where it could not be reached), and
    fallbacks that protect one of them or have nothing else to go via. Raises NotFoundError.
    """
    for key in keys:
        _section_of(plan, key)
    gone = {*keys, *_fallen_with(plan, frozenset(keys))}
    report = _Report(plan, words, gone)
    report.fallbacks(frozenset(keys))
    for reference in all_references(plan):
        inside_gone = reference.path[0] in _SECTIONS and reference.path[1] in gone
        if reference.name in gone and not inside_gone:
            report.mention(reference)
    changed = swapped(plan, lambda k: None if k in gone else k)
    rest = {s: {k: v for k, v in getattr(changed, s).items() if k not in gone} for s in _SECTIONS}
    risks = tuple(r for r in plan.accepted_risks if r.subject not in gone)
    return with_parts(changed, {**rest, "accepted_risks": risks}), tuple(dict.fromkeys(report.texts))


def _fallen_with(plan: Plan, keys: frozenset[str]) -> list[str]:
    """Fallbacks that mean nothing without what is removed."""
    return [
        i
        for i, f in plan.fallbacks.items()
        if f.protects in keys or (f.via and all(member in keys for member in f.via))
    ]


@dataclass
class _Report:
    """What else changes in a removal, in words."""

    plan: Plan
    words: Words
    gone: set[str]
    texts: list[str] = field(default_factory=list)

    def fallbacks(self, keys: frozenset[str]) -> None:
        """The fallbacks that go with what is removed."""
        for i, fallback in self.plan.fallbacks.items():
            if i not in self.gone or i in keys:
                continue
            name = self.plan.title(i)
            if fallback.protects in keys:
                cause = self.plan.title(fallback.protects)
                text = self.words("Fallback {name} is removed: it protects {cause}.", name=name, cause=cause)
            else:
                cause = ", ".join(map(self.plan.title, fallback.via))
                text = self.words(
                    "Fallback {name} is removed: it goes via {cause} alone.", name=name, cause=cause
                )
            self.texts.append(text)

    def mention(self, reference: Reference) -> None:
        """One place that names what is removed."""
        section, owner, *rest = reference.path
        cause = self.plan.title(reference.name)
        if section == "components" and rest[0] == "requires" and isinstance(rest[1], int):
            self._requirement(str(owner), self.plan.components[str(owner)].requires[rest[1]], cause)
        elif section == "accepted_risks":
            self.texts.append(self.words("The accepted risk about {cause} is removed.", cause=cause))
        else:
            place = path_text(reference.path)
            self.texts.append(self.words("{cause} is taken out of {place}.", cause=cause, place=place))

    def _requirement(self, owner: str, requirement: Requirement, cause: str) -> None:
        name = self.plan.title(owner)
        left = swapped_requirement(requirement, lambda k: None if k in self.gone else k)
        self.texts.append(self.words("{name} no longer requires {cause}.", name=name, cause=cause))
        if isinstance(left, Split):
            text = self.words("The other shares of {name} are scaled up so that they sum to 1.", name=name)
            self.texts.append(text)
        if isinstance(left, Quorum) and isinstance(requirement, Quorum) and left.quorum < requirement.quorum:
            text = self.words("The quorum of {name} is lowered to {quorum}.", name=name, quorum=left.quorum)
            self.texts.append(text)


def _put(plan: Plan, section: str, key: str, value: object) -> Plan:
    _free(plan, key, section)
    return with_parts(plan, {section: {**getattr(plan, section), key: value}})


def _free(plan: Plan, key: str, own: str) -> None:
    """Raise BcpError where `key` is no id or stands in a section other than `own`."""
    try:
        _ID.validate_python(key)
    except ValidationError:
        fix = said(
            "Use up to 80 letters, digits, underscores, dots and hyphens; begin with a letter or digit."
        )
        raise BcpError(said("{key!r} is no id.", key=key), fix) from None
    for section in _SECTIONS:
        if section != own and key in getattr(plan, section):
            raise BcpError(
                said("the id {key!r} is taken: it stands under {section}.", key=key, section=section),
                said("Choose another id."),
            )


def _section_of(plan: Plan, key: str) -> str:
    for section in _SECTIONS:
        if key in getattr(plan, section):
            return section
    known = [k for section in _SECTIONS for k in getattr(plan, section)]
    fix = did_you_mean(key, known, said("Name one that the plan has."))
    raise NotFoundError(said("the plan has no component, fallback or contact {key!r}.", key=key), fix)
