"""A plan: one organisation's whole model. A value; it knows no clock."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar

from pydantic import Field

from bcp.model.announcement import Audience, Occasion
from bcp.model.component import Component, Kind
from bcp.model.duration import MINUTE, Duration
from bcp.model.fallback import Fallback
from bcp.model.operators import operator_names
from bcp.model.telephone import PhoneNumber
from bcp.model.value import Identifier, Identifiers, Line, Lines, Share, Text, Value

if TYPE_CHECKING:
    import networkx as nx


class Organisation(Value):
    """Whose plan it is, and how its texts, numbers, times and money are shown."""

    name: Line
    country: str = Field(default="SE", pattern="^[A-Z]{2}$", description="ISO 3166 code.")
    language: str = Field(default="sv", pattern="^[a-z]{2}$", description="ISO 639 code.")
    timezone: Line = Field(default="Europe/Stockholm", description="IANA name.")
    currency: str = Field(default="SEK", pattern="^[A-Z]{3}$", description="ISO 4217 code.")


class Defaults(Value):
    """What holds where a component or fallback does not say."""

    detection: Duration = Field(default=15 * MINUTE, validate_default=False)
    decision: Duration = Field(default=10 * MINUTE, validate_default=False)
    stabilise: Duration = Field(default=30 * MINUTE, validate_default=False)
    trigger_below: Share = 0.5
    complaint_rate: Share = Field(default=0.01, description="Share of failed contacts that complain.")
    complaints_to_notice: float = Field(
        default=5.0, gt=0, description="Complaints until a silent failure is noticed."
    )


class WayKind(StrEnum):
    """How a person is reached."""

    MOBILE = "mobile"
    PHONE = "phone"
    EMAIL = "email"
    CHAT = "chat"
    SMS = "sms"
    RADIO = "radio"
    IN_PERSON = "in_person"


class Way(Value):
    """One way to reach a contact, and the components that it rests on.

    Without `on` it is not known what it rests on; nobody who sits next door (`in_person`) rests on anything.
    """

    kind: WayKind
    address: Line = Field(default="", description="Number, address, channel or room.")
    on: Identifiers = Field(default=(), description="The components it rests on.")


class Contact(Value):
    """A person or a desk, and how to reach them when the ordinary telephony is down."""

    name: Line
    role: Line = ""
    organisation: Line = ""
    phone: PhoneNumber | None = None
    mobile: PhoneNumber | None = None
    operator: Line = Field(default="", description="Operator of the mobile's SIM.")
    email: Line = ""
    ways: tuple[Way, ...] = Field(
        default=(), description="Ways to reach them beside the mobile, telephone and e-mail above."
    )
    deputy: Identifier | None = None
    note: Text = ""


class AcceptedRisk(Value):
    """A finding that somebody has decided to live with, until a day."""

    code: Line
    subject: Identifier
    reason: Text
    accepted_by: Line
    until: date


class Activation(Value):
    """When the plan is activated, by whom, and how they are reached without the telephones."""

    criteria: Lines = ()
    decided_by: Identifiers = Field(default=(), description="Contacts, first choice first.")
    alarm_path: Text = Field(
        default="", description="How the crisis team is called without the failed service."
    )
    meeting_place: Line = ""
    quorum: int | None = Field(
        default=None, ge=1, strict=True, description="How many of those who decide must be reached."
    )
    roles: Lines = Field(default=(), description="Roles of contacts that must be reached, each by somebody.")
    call_tree: Mapping[Identifier, Identifiers] = Field(
        default={}, description="Who calls whom: a contact, and the contacts that they call."
    )
    rhythm: Text = Field(default="", description="How often the crisis team meets, and its agenda.")


class Duty(Value):
    """A report that a law or contract asks for."""

    authority: Line
    what: Text
    deadline: Duration
    how: Text = ""
    source: Line = ""


class Message(Value):
    """A prepared message to an audience."""

    audience: Line
    when: Line
    to: Audience | None = Field(default=None, description="Whom it is for, as notices know them.")
    occasions: tuple[Occasion, ...] = Field(
        default=(), description="On which occasions notices take its text instead of the usual one."
    )
    channels: Identifiers = ()
    text: Text
    by: Identifier | None = None


class TestRecord(Value):
    """One exercise or test: when, of what, with which outcome."""

    __test__ = False

    held: date
    what: Line
    result: Text = ""
    actions: Text = ""


class OpenQuestion(Value):
    """Something about the plan that nobody could answer yet: about what, and whom to ask."""

    about: Identifier = Field(
        default="plan", description="The component, fallback or contact that it is about; plan: all of it."
    )
    text: Text
    to: Identifier | None = Field(default=None, description="The contact to ask; none: ourselves.")
    assumes: Mapping[Line, Line] = Field(
        default={},
        description="The figures taken until it is answered, by field, as written there, empty for one left out; "
        "one changed since counts no more.",
    )
    kept: Lines = Field(
        default=(), description="Those of these figures that somebody saw proposed and let stand."
    )


class Document(Value):
    """What the documents say beside what is computed: control page, activation, duties, messages, tests."""

    owner: Identifier | None = None
    approver: Identifier | None = None
    version: Line = ""
    next_review: date | None = None
    classification: Line = ""
    copies: Lines = Field(default=(), description="Where copies are kept, paper ones too.")
    purpose: Text = ""
    scope: Text = ""
    assumptions: Lines = ()
    activation: Activation = Activation()
    stand_down: Lines = ()
    duties: tuple[Duty, ...] = ()
    messages: tuple[Message, ...] = ()
    validation: Lines = Field(default=(), description="Test calls and checks before a recovery is declared.")
    tests: tuple[TestRecord, ...] = ()
    questions: tuple[OpenQuestion, ...] = Field(
        default=(), description="What nobody could answer yet, and whom to ask."
    )


class Plan(Value):
    """One organisation's whole model: components, fallbacks, contacts, accepted risks."""

    format: Literal["bcp-plan/1"] = "bcp-plan/1"
    organisation: Organisation
    defaults: Defaults = Defaults()
    components: Mapping[Identifier, Component] = {}
    fallbacks: Mapping[Identifier, Fallback] = {}
    contacts: Mapping[Identifier, Contact] = {}
    accepted_risks: tuple[AcceptedRisk, ...] = ()
    document: Document = Document()

    def of_kind(self, *kinds: Kind) -> dict[str, Component]:
        """The components of these kinds, by id, in the order of the file."""
        return {i: c for i, c in self.components.items() if c.kind in kinds}

    @property
    def activities(self) -> dict[str, Component]:
        """The activities, by id."""
        return self.of_kind(Kind.ACTIVITY)

    def title(self, key: str) -> str:
        """The name that people know a component, fallback, contact or operator by; its id where it has none."""
        for named in (self.components, self.fallbacks, self.contacts):
            if key in named:
                return named[key].name or key
        return self.operator_names.get(key, key)

    @cached_property
    def operator_names(self) -> Mapping[str, str]:
        """What people call the operators of components and contacts, by their ids."""
        return operator_names(
            self.components, ((c.operator, c.organisation or c.name) for c in self.contacts.values())
        )

    def written(self) -> dict[str, Any]:
        """The plan as the file has it: plain data, without what has its default value."""
        data: dict[str, Any] = self.model_dump(mode="json", exclude_defaults=True)
        return {"format": self.format, **data}

    def __copy__(self) -> Self:
        """A copy without what is kept: `model_copy` puts its changes into it."""
        return _unkept(super().__copy__())

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        """As `__copy__`, with copies of what it holds."""
        return _unkept(super().__deepcopy__(memo))

    @cached_property
    def content_hash(self) -> str:
        """The first 12 hexadecimal digits of SHA-256 over the plan's canonical JSON: names exactly this content.

        Worked out when it is first asked for: the plan is frozen, and reading a large one takes long.
        """
        text = json.dumps(self.written(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def graph(self) -> nx.MultiDiGraph[str]:
        """The plan as a NetworkX graph: an edge from a component to each one it requires.

        Nodes carry `kind`, `name`, `operator`, `area`, `site`; edges carry `mode` (needs, pool, split,
        quorum), `during` (run, start), `group` (number of the requirement in its owner) and `weight`
        (impact, capacity or share; 1 for a quorum). Fallbacks are edges of mode `fallback` from the
        protected component, with `fallback` its id, to each one it goes via.
        """
        import networkx as nx  # noqa: PLC0415 - slow to import, and most pages and commands need none

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for i, c in self.components.items():
            graph.add_node(i, kind=str(c.kind), name=c.name, operator=c.operator, area=c.area, site=c.site)
        for i, c in self.components.items():
            for group, requirement in enumerate(c.requires):
                weights = {
                    **getattr(requirement, "pool", {}),
                    **getattr(requirement, "split", {}),
                }
                default = getattr(requirement, "impact", 1.0)
                mode = type(requirement).__name__.lower()
                for member in requirement.members:
                    weight = weights.get(member, default)
                    graph.add_edge(
                        i, member, mode=mode, during=requirement.during, group=group, weight=weight
                    )
        for f, fallback in self.fallbacks.items():
            for member in fallback.via:
                graph.add_edge(
                    fallback.protects, member, mode="fallback", fallback=f, weight=fallback.capacity
                )
        return graph


_P = TypeVar("_P", bound=Plan)


def _unkept(plan: _P) -> _P:
    """The plan without what was worked out of another content."""
    for name in ("content_hash", "operator_names"):
        plan.__dict__.pop(name, None)
    return plan
