from __future__ import annotations

from pathlib import Path

import pytest

from bcp.errors import BcpError, NotFoundError
from bcp.render import sandbox
from bcp.render.blocks import Heading, Listing, Paragraph, Table
from tests.render.sample import plan, written


def named(name: str) -> dict[str, object]:
    """The parts of a plan whose only activity has this name."""
    return {
        "components": {"a": {"kind": "activity", "name": name}},
        "fallbacks": {},
        "contacts": {},
        "document": {},
    }


@pytest.mark.parametrize(
    "name",
    [
        "<b>bold</b> & <a href='x'>",
        "{{ 7*7 }} {% if x %}",
        "| # *x* | - [ ] ---",
        "[x](javascript:alert(1))",
        "```bcp",
    ],
)
@pytest.mark.parametrize(
    "shape", ["# {{ a.name }}", "- {{ a.name }}", "| A |\n|---|\n| {{ a.name }} |", "{{ a.name }}"]
)
def test_text_of_a_plan_is_shown_literally(name: str, shape: str, tmp_path: Path) -> None:
    """A name with Jinja, Markdown or HTML in it stands in the document as it is, wherever it is put."""
    template = "{% for a in activities %}\n" + shape + "\n{% endfor %}\n"
    blocks = written(template, tmp_path, of=plan(named(name))).blocks
    assert len(blocks) == 1
    block = blocks[0]
    if isinstance(block, Table):
        line = block.rows[0][0]
        assert len(block.rows) == len(block.rows[0]) == 1
    elif isinstance(block, Listing):
        first = block.items[0].content[0]
        assert isinstance(first, Paragraph)
        assert not block.items[0].box
        line = first.text
    else:
        assert isinstance(block, Heading | Paragraph)
        line = block.text
    assert "".join(span.text for span in line) == name


def test_a_macro_may_hold_structure_and_values(tmp_path: Path) -> None:
    """Structure out of a macro counts, a value that went through it does not."""
    template = "{% macro item(x) %}- **{{ x }}**{% endmacro %}{{ item(activities[0].name ~ '*') }}\n"
    (block,) = written(template, tmp_path, of=plan(named("a *b*"))).blocks
    assert isinstance(block, Listing)
    paragraph = block.items[0].content[0]
    assert isinstance(paragraph, Paragraph)
    assert [(s.text, s.bold) for s in paragraph.text] == [("a *b**", True)]


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{ ''.__class__ }}", "unsafe"),
        ("{{ activities.__class__.__mro__ }}", "unsafe"),
        ("{{ activities[0].name.upper() }}", "unsafe"),
        ("{{ figure.__globals__ }}", "unsafe"),
        ("{{ self.__init__ }}", "unsafe"),
        ("{% for x in range(10**9) %}{% endfor %}", "numbers only"),
        ("{% for x in range(900000000) %}{% endfor %}", "too long"),
        ("{% for x in range(99999) %}{% for y in range(99999) %}{% endfor %}{% endfor %}", "too long"),
        ("{{ 'a' * 1000000000 }}", "numbers only"),
        (
            "{% set n = namespace(x='aa') %}{% for i in range(99) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
            "too long",
        ),
        (
            "{% set n = namespace(x='aa') %}{% for i in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}",
            "too long",
        ),
        ("{% for i in range(999999) %}" + "x" * 99 + "{% endfor %}", "too long"),
        ("{% macro f(n) %}{{ f(n) }}{% endmacro %}{{ f(1) }}", "without end"),
        ("{{ no_such_value }}", "undefined"),
        ("{{ activities[0].no_such_field }}", "no attribute"),
        ("{{ activities }}", "cannot be printed"),
        ("{{ figure('portrait') }}", "no figure"),
        ("{{ figure('timeline') }}", "needs a scenario"),
        ("{{ figure('dependencies', 'nobody') }}", "nobody"),
        ("{{ tone('loud', 'x') }}", "no tone"),
        ("{{ log_lines(0) }}", "log lines"),
        ("{{ 1 / 0 }}", "division"),
        ("{% if %}", "xpected"),
        ("{% include '../bcp/en.md' %}", "not in"),
        ("{{ activities | tojson }}", "tojson"),
        ("\ue123", "private use"),
    ],
)
def test_a_wrong_template_is_an_error_with_its_place(template: str, message: str, tmp_path: Path) -> None:
    """Whatever is wrong in a template is said with file, line and remedy, never by a traceback."""
    with pytest.raises(BcpError, match=f"(?i){message}") as caught:
        written("first\nsecond\n" + template + "\n", tmp_path)
    assert caught.value.fix
    if message not in ("without end", "not in"):
        assert caught.value.where == f"{tmp_path / 'en.md'}:3"


def test_the_budget_does_not_depend_on_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a template may do is counted in steps: just enough passes, one less does not."""
    template = "{% for i in range(10) %}{{ i }}{% endfor %}\n"
    used = next(n for n in range(1, 200) if _passes(template, n, tmp_path, monkeypatch))
    assert not _passes(template, used - 1, tmp_path, monkeypatch)
    assert used > 20


def _passes(template: str, steps: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr(sandbox, "STEPS", steps)
    try:
        written(template, folder)
    except BcpError:
        return False
    return True


def test_settings_stand_at_the_top(tmp_path: Path) -> None:
    """Title, subtitle and layout are read, with values filled in; the rest is text."""
    it = written("---\ntitle: For {{ organisation }}\nlayout: cards\n---\nText\n", tmp_path)
    assert (it.title, it.subtitle, it.layout) == ("For Åmåls ärende & öga", "", "cards")
    assert len(it.blocks) == 1


@pytest.mark.parametrize(
    ("line", "message"), [("colour: red", "not a setting"), ("layout: poster", "no layout")]
)
def test_a_wrong_setting_is_refused(line: str, message: str, tmp_path: Path) -> None:
    """An unknown setting or layout is an error."""
    with pytest.raises(BcpError, match=message):
        written(f"---\n{line}\n---\nText\n", tmp_path)


def test_a_folder_may_share_parts(tmp_path: Path) -> None:
    """A template can include another file of its own folder."""
    (tmp_path / "part.md").write_text("# Shared\n", encoding="utf-8")
    (block,) = written("{% include 'part.md' %}\n", tmp_path).blocks
    assert isinstance(block, Heading)


def test_an_error_in_a_shared_part_names_that_part(tmp_path: Path) -> None:
    """The place of an error is the included file's."""
    (tmp_path / "part.md").write_text("fine\n{{ nothing }}\n", encoding="utf-8")
    with pytest.raises(BcpError) as caught:
        written("{% include 'part.md' %}\n", tmp_path)
    assert caught.value.where == f"{tmp_path / 'part.md'}:2"


def test_english_stands_in_for_a_language_without_template(tmp_path: Path) -> None:
    """Where a folder has no template in the language, its English one is used."""
    assert written("# Only English\n", tmp_path, language="sv").blocks


def test_an_empty_folder_is_an_error_that_says_what_to_add(tmp_path: Path) -> None:
    """A folder without a template is refused."""
    from tests.render.sample import pdf  # noqa: PLC0415 - only this test writes no template

    with pytest.raises(NotFoundError, match="no template") as caught:
        pdf(templates=tmp_path)
    assert "en.md" in caught.value.fix
