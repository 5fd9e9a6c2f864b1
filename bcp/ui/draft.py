"""An outage that is being written: what the form holds, and the scenario that comes of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from bcp.model.scenario import Scenario, in_language

Raw = dict[str, Any]
"""An event as a scenario's file has it."""

_IN_THE_FORM = ("format", "id", "title", "description", "clock", "events", "parameters")
"""What the form shows. Parameters are filled in already."""

_OF_THE_REAL_ONE = ("source", "country", "date", "cause", "causes", "patterns", "teaches", "facts", "example")
"""What is told of an outage that happened, and not true of one made from it."""


@dataclass
class Draft:
    """A scenario in the making. `replaces` is the reference of the own outage that it changes; empty: a new one.

    `events` are by a number of their own, so that one can be taken out while the others keep their places
    in the form. `rest` is what the form does not show and must not lose.
    """

    replaces: str = ""
    id: str = ""
    title: str = ""
    description: str = ""
    clock: str = ""
    events: dict[int, Raw] = field(default_factory=dict)
    rest: Raw = field(default_factory=dict)
    number: int = 0

    def add(self, event: Raw) -> int:
        """Put an event at the end; its number."""
        self.number += 1
        self.events[self.number] = event
        return self.number

    def remove(self, number: int) -> None:
        """Take an event out."""
        self.events.pop(number, None)

    def raw(self, language: str) -> Raw:
        """The scenario as its file has it, with the title and description in `language`."""
        told = {"title": {language: self.title}} if self.title else {}
        if self.description:
            told["description"] = {language: self.description}
        clock = {"clock": self.clock} if self.clock else {}
        return {"id": self.id, **told, **self.rest, **clock, "events": list(self.events.values())}


def written(draft: Draft) -> str:
    """The draft as text, to be kept until it is saved or left."""
    return json.dumps(asdict(draft), ensure_ascii=False)


def read(text: str) -> Draft:
    """The draft in a text that `written` made."""
    data = json.loads(text)
    data["events"] = {int(number): event for number, event in data["events"].items()}
    return Draft(**data)


def blank() -> Draft:
    """A new outage with one event that lasts four hours and strikes nothing yet."""
    draft = Draft()
    draft.add(new_event())
    return draft


def new_event() -> Raw:
    """An event that takes something down for the first four hours."""
    return {"at": "0s", "select": {}, "effect": {"level": 0.0}, "until": "4h"}


def copied(scenario: Scenario, title: str, language: str) -> Draft:
    """A new outage with the events of another, its parameters filled in as they were set."""
    draft = _draft(scenario, language)
    draft.id, draft.title = "", title
    for key in _OF_THE_REAL_ONE:
        draft.rest.pop(key, None)
    return draft


def opened(reference: str, scenario: Scenario, language: str) -> Draft:
    """An own outage as it stands, to be changed."""
    draft = _draft(scenario, language)
    draft.replaces = reference
    return draft


def _draft(scenario: Scenario, language: str) -> Draft:
    data: Mapping[str, Any] = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    rest = {key: value for key, value in data.items() if key not in _IN_THE_FORM}
    draft = Draft(
        id=scenario.id,
        title=scenario.titled(language),
        description=in_language(scenario.description, language),
        clock=scenario.clock,
        rest=rest,
    )
    for event in data.get("events", ()):
        draft.add(dict(event))
    return draft
