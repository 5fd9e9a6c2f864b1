from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from bcp import usecases
from bcp.errors import NotFoundError
from tests.render.sample import OUTAGE, made, pdf, plan, text_of

DOCUMENTS = ("action-cards", "bcp", "drp")

SECTIONS = {
    ("bcp", "en"): [
        "0 Control page",
        "1 Purpose, scope and objectives",
        "2 Activation",
        "3 Response structure",
        "4 Priorities",
        "5 Dependencies",
        "6 Scenario results",
        "7 Continuity actions",
        "8 Fallback routing plan",
        "9 Communication",
        "10 Reporting duties",
        "11 Resources and contacts",
        "12 Stand-down",
        "13 Tests and changes",
        "14 Open questions",
    ],
    ("bcp", "sv"): [
        "0 Dokumentstyrning",
        "1 Syfte, omfattning och mål",
        "2 Aktivering",
        "3 Krisorganisation",
        "4 Prioritering",
        "5 Beroenden",
        "6 Scenariots utfall",
        "7 Kontinuitetsåtgärder",
        "8 Plan för reservvägar",
        "9 Kommunikation",
        "10 Rapportering",
        "11 Resurser och kontakter",
        "12 Avveckling",
        "13 Övningar och ändringar",
        "14 Öppna frågor",
    ],
    ("drp", "en"): [
        "1 Scope and system",
        "2 Targets",
        "3 Activation and assessment",
        "4 Recovery order",
        "5 Procedures",
        "6 Alternate telecommunications",
        "7 Data",
        "8 Validation",
        "9 Return to normal",
        "10 Suppliers",
        "11 Tests",
        "12 Open questions",
    ],
    ("action-cards", "en"): [
        "Divert",
        "Open the reserve number",
        "Publish the ordinary number",
        "Switch at once",
    ],
}


def _outline(data: bytes) -> tuple[PdfReader, list[tuple[str, int]]]:
    """The top entries of a PDF's bookmarks with the page they lead to, from 1."""
    reader = PdfReader(io.BytesIO(data))
    tops = [entry for entry in reader.outline if not isinstance(entry, list)]
    return reader, [(str(e.title), (reader.get_destination_page_number(e) or 0) + 1) for e in tops]


@pytest.mark.parametrize(("document", "language"), sorted(SECTIONS))
def test_each_document_has_its_sections(document: str, language: str) -> None:
    """The bookmarks are the sections of the merged tables of contents, each on the page that shows it."""
    reader, entries = _outline(made(document, language))
    assert [title for title, _page in entries] == SECTIONS[document, language]
    for title, page in entries:
        assert title in " ".join(reader.pages[page - 1].extract_text().split())


def test_contents_give_the_pages_of_the_sections() -> None:
    """The numbers in the list of contents are those of the pages that the bookmarks lead to."""
    reader, entries = _outline(made("bcp"))
    lines = reader.pages[1].extract_text().split("\n")
    for title, page in entries:
        at = next(n for n, line in enumerate(lines) if line.startswith(title))
        assert lines[at - 1].split()[-1] == str(page)  # ReportLab draws the number before the title


def test_every_page_says_which_content_it_shows() -> None:
    """After the cover each page has organisation, title, classification, revision, hash and page x of y."""
    reader = PdfReader(io.BytesIO(made("bcp")))
    count = len(reader.pages)
    for number, page in enumerate(reader.pages[1:], start=2):
        text = " ".join(page.extract_text().split())
        assert f"Page {number} of {count}" in text
        assert "Åmåls ärende & öga · Business continuity plan" in text
        assert "INTERNAL" in text
        assert f"Revision 7 · content {plan().content_hash}" in text
        assert "23 November 2026" in text


def test_the_cover_says_what_it_is() -> None:
    """The cover has title, organisation, version and the whole classification."""
    text = " ".join(PdfReader(io.BytesIO(made("bcp"))).pages[0].extract_text().split())
    for words in (
        "Business continuity plan",
        "Åmåls ärende & öga",
        "Internal, parts are secret",
        "Version 3",
    ):
        assert words in text


def test_the_cover_of_a_plan_without_a_version_says_its_revision() -> None:
    """Whoever holds the paper can tell which plan it was made of."""
    unnumbered = plan()
    unnumbered = unnumbered.model_copy(
        update={"document": unnumbered.document.model_copy(update={"version": ""})}
    )
    front = " ".join(PdfReader(io.BytesIO(pdf("bcp", of=unnumbered))).pages[0].extract_text().split())
    assert "Version 7" in front


def test_verdicts_stand_in_words() -> None:
    """Usable, too late by how much, blocked by what and shared with what are in the text."""
    text = text_of(made("bcp"))
    for words in (
        "Usable",
        "Too late by 10 min",
        "Blocked by Service-number platform",
        "Shares Service-number platform",
    ):
        assert words in text
    swedish = text_of(made("bcp", "sv"))
    for words in ("Användbar", "10 min för sen", "Blockeras av Service-number platform"):
        assert words in swedish


def test_all_letters_are_there_and_fonts_are_embedded() -> None:
    """å ä ö ß é and € come out as text, and every font that draws something travels with the file."""
    data = made("bcp")
    text = text_of(data)
    for letter in "åäöÅßé€":
        assert letter in text
    embedded = [name for name in _fonts(data) if "+" in name]
    assert embedded
    assert all("DejaVuSansCondensed" in name for name in embedded)


def _fonts(data: bytes) -> set[str]:
    reader = PdfReader(io.BytesIO(data))
    fonts = [page["/Resources"].get("/Font", {}) for page in reader.pages]
    return {str(f[name].get_object()["/BaseFont"]) for f in fonts for name in f}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_same_input_same_bytes(document: str) -> None:
    """A document made twice is the same file."""
    assert pdf(document) == made(document)


def test_bytes_do_not_depend_on_the_hash_seed() -> None:
    """Two processes with different hash seeds write the same file."""
    code = (
        "import hashlib; from tests.render.sample import pdf;"
        "print(hashlib.sha256(pdf('bcp') + pdf('drp', language='sv')).hexdigest())"
    )
    root = Path(__file__).parents[2]
    results = {
        subprocess.run(  # noqa: S603 - our own code in our own interpreter
            [sys.executable, "-c", code],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(results) == 1


def test_no_day_is_printed_unless_one_is_given() -> None:
    """Without a day the document leaves it open, and the file's own dates are fixed."""
    data = pdf("bcp", made_on=None)
    assert "day left open" in text_of(data)
    created = PdfReader(io.BytesIO(data)).metadata
    assert created is not None
    assert str(created["/CreationDate"]).startswith("D:2000")


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("language", ["en", "sv"])
def test_a_plan_with_nothing_but_one_activity_renders(document: str, language: str) -> None:
    """Where the plan says nothing, the document says what is missing instead of showing empty sections."""
    bare = plan(
        {
            "components": {"a": {"kind": "activity", "name": "Alone"}},
            "fallbacks": {},
            "contacts": {},
            "document": {},
        }
    )
    text = text_of(pdf(document, of=bare, scenario=None, language=language, made_on=None))
    assert ("Missing." if language == "en" else "Saknas.") in text


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_plan_with_nothing_at_all_renders(document: str) -> None:
    """Even a plan without components gives a document."""
    empty = plan({"components": {}, "fallbacks": {}, "contacts": {}, "document": {}})
    assert "Missing." in text_of(pdf(document, of=empty, scenario=None))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_hostile_text_is_shown_and_harms_nothing(document: str) -> None:
    """Markup, long words and long texts in every place of a plan are printed as they are."""
    nasty = "<b>x</b> & {{ 7777*7777 }} | # *y* [z](javascript:q) </para>"
    long_word, long_text = "W" * 290, "long text " * 1900
    parts = plan().written()
    for component in parts["components"].values():
        component |= {"name": nasty, "description": long_text, "contract": long_word, "operator": long_word}
    for fallback in parts["fallbacks"].values():
        fallback |= {"name": nasty, "description": long_text, "steps": [long_text, nasty, long_word]}
    for contact in parts["contacts"].values():
        contact |= {"name": nasty, "role": long_word, "note": long_text}
    parts["document"]["duties"] = [
        {"authority": nasty, "what": long_text, "deadline": "24h", "how": long_word}
    ]
    parts["organisation"]["name"] = nasty
    text = text_of(pdf(document, of=plan(parts)))
    assert "<b>x</b> & {{ 7777*7777 }} | # *y*" in text
    assert str(7777 * 7777) not in text
    assert "W" * 10 in text


def test_each_card_has_one_side() -> None:
    """A card takes one page each, and its steps are grouped by when they are to be done."""
    data = made("action-cards")
    assert len(PdfReader(io.BytesIO(data)).pages) == 4
    text = text_of(data)
    for words in ("Within 5 minutes", "Within 60 minutes", "Stop and hand over", "Open it"):
        assert words in text


def test_a_full_card_is_set_smaller_to_stay_on_its_side() -> None:
    """A card with more steps than a side holds at full size still has one side."""
    parts = plan().written()
    parts["fallbacks"] = {
        "slow": {**parts["fallbacks"]["slow"], "steps": [f"Do thing number {n}" for n in range(25)]}
    }
    data = pdf("action-cards", of=plan(parts))
    assert len(PdfReader(io.BytesIO(data)).pages) == 1
    assert "Do thing number 24" in text_of(data)


def test_own_templates_are_used(tmp_path: Path) -> None:
    """A folder with a template of one's own replaces the shipped one."""
    (tmp_path / "en.md").write_text(
        "---\ntitle: Mine\n---\n# Only {{ activities[0].name }}\n", encoding="utf-8"
    )
    text = text_of(pdf(templates=tmp_path))
    assert "Only Customer service" in text
    assert "Priorities" not in text


def test_an_unknown_document_is_an_error() -> None:
    """A name that is no folder of reports/ is refused, a path too."""
    for name in ("nothing", "../secrets"):
        with pytest.raises(NotFoundError):
            pdf(name)


@pytest.mark.parametrize("name", usecases.example_names())
@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_example_organisations_render(name: str, document: str) -> None:
    """Every document can be made of every shipped organisation, with and without a scenario."""
    it = usecases.open_plan(f"example:{name}").plan
    language = it.organisation.language
    bare = usecases.report(it, document, scenario=None, language=language)
    assert bare.startswith(b"%PDF")
    told = usecases.report(
        it, document, scenario=usecases.scenario(usecases.own_incident(name)), language=language
    )
    assert told != bare


def test_restart_order_and_deadlocks_are_in_the_recovery_plan() -> None:
    """The DRP lists the phases by what they need, and names what waits for each other."""
    parts = plan().written()
    parts["components"]["login"] = {
        "kind": "system",
        "name": "Login",
        "requires": [{"needs": "host", "during": "start"}],
    }
    parts["components"]["host"] = {
        "kind": "system",
        "name": "Host",
        "requires": [{"needs": "login", "during": "start"}],
    }
    text = text_of(pdf("drp", of=plan(parts), scenario=OUTAGE))
    assert "Phase 2: ready at once" in text
    assert "Black-start deadlock." in text
    assert "Host ↔ Login" in text


def test_the_recovery_plan_says_what_to_break_and_what_to_ask_of_suppliers() -> None:
    """The earliest recovery with its critical path, the requirement to do without, gaps and clauses."""
    parts = plan().written()
    parts["components"]["telia-in"] |= {"restart": "90m", "contract_time": "4h"}
    parts["components"]["login"] = {
        "kind": "system",
        "name": "Login",
        "requires": [{"needs": "host", "during": "start"}],
    }
    parts["components"]["host"] = {"kind": "system", "name": "Host", "requires": ["login"]}
    text = text_of(pdf("drp", of=plan(parts), scenario=OUTAGE))
    assert "30 min over the RTO" in text
    assert "Service-number platform (1 h 30 min)" in text
    assert "The fewest requirements to do without:" in text
    assert "nothing in the plan" in text
    assert "3 h 10 min too slow" in text
    assert "To seek in the contract with Telia" in text
    assert "Restores Service-number platform within 50 min of the report" in text
