"""Documents of a first plan as somebody reads them who has neither its file nor English."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import bcp.words
from bcp import usecases
from bcp.model.plan import Plan
from bcp.model.scenario import Scenario
from bcp.usecases import building
from tests.render.sample import text_of

COUNTRIES = {
    "sv": ("SE", "se-service-number", "+46771793336", "+46105551122"),
    "de": ("DE", "de-service-number", "+498001234567", "+493023125000"),
    "nl": ("NL", "nl-service-number", "+318001234567", "+31205551122"),
    "it": ("IT", "it-numero-verde", "+39800123456", "+390655511223"),
}
BLOCKS = (
    "customer-service",
    "cloud-contact-centre",
    "web-page",
    "publish-other-number",
    "divert-in-network",
    "decision",
)
FIELD = re.compile(r"(?<![\w@.-])[a-z]\w*(?:\.[a-z]\w+)+(?![\w@-])|\b[a-z]\w*_\w+")
"""A path of fields such as document.activation, or a name such as lead_time."""

ENGLISH = re.compile(r"\b(the|with|which|this|that|nobody|when|what|from|until)\b")
"""English words that none of the other languages has."""


def first_plan(language: str) -> Plan:
    """A plan as the guided start makes it in a language, most of it unknown."""
    country, block, number, reserve = COUNTRIES[language]
    who = building.organisation("Eken", country, language)
    answers = {
        "operator": "Telia",
        "publish-other-number.operator": "Tele2",
        f"{block}.number": number,
        "publish-other-number.number": reserve,
        "publish-other-number.told_on": "web-page",
    }
    return building.new_plan(who, (*BLOCKS, block), answers)[0]


@lru_cache(maxsize=16)
def document(name: str, language: str) -> str:
    """The text of a document about a first plan and its first outage, without that one's source."""
    plan = first_plan(language)
    found = building.first_outage(plan)
    assert found is not None
    scenario: Scenario = usecases.scenario(found[0], found[1]).model_copy(update={"source": ""})
    made = usecases.report(plan, name, scenario=scenario, language=language, made_on=date(2026, 11, 24))
    return text_of(made)


def sentences(language: str) -> list[str]:
    """Whole English sentences of the code, without places to fill, that are another one in the language."""
    found = []
    for path in sorted((Path(bcp.words.__file__).parent / "locale" / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                text = message.id if isinstance(message.id, str) else message.id[0]
                if "{" not in text and len(text.split()) > 2 and message.string != text:
                    found.append(text)
    return found


@pytest.mark.parametrize("language", COUNTRIES)
@pytest.mark.parametrize("name", ["bcp", "drp", "action-cards"])
def test_a_document_is_in_its_language_throughout(name: str, language: str) -> None:
    """No document says anything in English where it is in another language, or names a field of a plan file."""
    text = document(name, language)
    assert not [s for s in sentences(language) if s in text]
    assert not ENGLISH.findall(text)
    assert not FIELD.findall(text)


@pytest.mark.parametrize("language", COUNTRIES)
def test_a_prepared_message_has_the_number_to_call_instead(language: str) -> None:
    """The plan's own reserve number stands in the messages, with the decision that it waits for, and no place for it."""
    plan = first_plan(language)
    text = document("bcp", language)
    (publish,) = (f for f in plan.fallbacks.values() if not f.executes_at)
    message = text[text.rindex("9.2 ") :]
    assert not re.search(r"\[[A-Z]", message)
    assert "____" in message
    assert publish.name in message[: message.index("11.1")]


def test_every_operator_stands_in_the_list_of_contacts() -> None:
    """An operator without a contact or a number is listed as such, and so is a supplier whom nobody has named."""
    plan = first_plan("sv")
    text = document("bcp", "sv")
    listed = text[text.rindex("11.1 ") : text.rindex("11.2 ")]
    assert "Telia, felanmälan (inget nummer angivet)" in listed
    assert "Tele2" in listed
    unknown = [c.name for c in plan.components.values() if "unknown" in c.tags]
    assert unknown
    assert all(name in listed for name in unknown)
    assert "ingen kontakt angiven" in listed


def test_a_source_in_english_is_announced() -> None:
    """The library's sources are in English: a document in another language says so."""
    plan = first_plan("sv")
    scenario = usecases.scenario("se-telia-020-0771", {"operator": "telia"})
    swedish = text_of(usecases.report(plan, "bcp", scenario=scenario, language="sv"))
    english = text_of(usecases.report(plan, "bcp", scenario=scenario, language="en"))
    assert "Källa (på engelska)" in swedish
    assert "(in English)" not in english
