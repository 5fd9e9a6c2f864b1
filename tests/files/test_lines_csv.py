from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bcp.errors import BcpError, InvalidInputError, NotFoundError
from bcp.files import csv_columns
from bcp.files.csv_columns import MOST_PROBLEMS
from bcp.files.lines_csv import COLUMNS, load_lines, read_lines
from bcp.model.line import ContactChannel, ContactPoint, CustomerLine, Lines, contact_points
from bcp.model.plan import Plan
from tests.line_lists import as_csv, line_lists

PLAN = Plan.model_validate(
    {
        "organisation": {"name": "P"},
        "components": {i: {"kind": "access", "name": i} for i in ("card-1", "card-2", "node-a", "voice")},
    }
)
HEAD = "id,area,components,contacts,consent,language,priority,customer\n"
GOOD = "L1,SE/S/1784,card-1;voice,sms:+46701740605,sms,sv,alarm,K1\n"


def problems_of(text: str | bytes) -> list[tuple[int, str, str]]:
    """Line, column and message of every problem of a file."""
    with pytest.raises(InvalidInputError) as caught:
        read_lines(text, "lines.csv", PLAN)
    assert all(p.file == "lines.csv" for p in caught.value.problems)
    return [(p.line, p.path, p.message) for p in caught.value.problems]


def read_or_refused(content: str | bytes) -> Lines | BcpError:
    """The lines of a file, or our own error; any other error fails the test."""
    try:
        return read_lines(content, "lines.csv", PLAN)
    except BcpError as error:
        return error


@given(
    st.data(),
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_is_written_is_read(
    data: st.DataObject, separator: str, ending: str, quote_all: bool, encoding: str
) -> None:
    """Any separator, line ending, quoting and encoding that spreadsheets write gives the same lines."""
    lines = data.draw(line_lists(PLAN, least=1))
    text = as_csv(lines, separator, ending, quote_all=quote_all)
    assert list(read_lines(text.encode(encoding), "lines.csv", PLAN)) == lines


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("block", [1000, 1001, 1013, 4096])
def test_rows_that_lie_across_blocks_are_whole(
    monkeypatch: pytest.MonkeyPatch, block: int, ending: str
) -> None:
    """A file of many blocks gives the same lines, with line breaks in cells and quotes in the middle of some."""
    monkeypatch.setattr(csv_columns, "_BLOCK", block)
    lines = [
        CustomerLine(
            id=f'L{n}-5" ö',
            components=("card-1", "voice") if n % 3 else ("node-a",),
            area=f"SE/{n % 7}",
            priority="alarm" if n % 5 == 0 else "",
            customer=f"K, {n // 2}",
        )
        for n in range(700)
    ]
    text = as_csv(lines, ending=ending).replace('""a"", b; ', f'""a"",{ending}{ending}b; ')
    text += f'M,x 5" pipe,,voice,,,,,{ending}'
    found = list(read_lines(text, "lines.csv", PLAN))
    assert found == [*lines, CustomerLine(id="M", components=("voice",))]


def test_every_cell_is_understood() -> None:
    """Blanks, letter case, repeated names and the separators in numbers count for nothing."""
    text = " ID ;Components;CONTACTS;Consent;language;Priority\n"
    text += ' x ;" voice ; card-1;card-1";"SMS: +46 70-174 06 05 ;email";Email;SV-se; ALARM \n'
    [line] = read_lines(text, "lines.csv", PLAN)
    assert line == CustomerLine(
        id="x",
        components=("card-1", "voice"),
        contacts=(ContactPoint(ContactChannel.SMS, "+46701740605"), ContactPoint(ContactChannel.EMAIL)),
        consent=(ContactChannel.EMAIL,),
        language="sv",
        priority="alarm",
    )
    assert line.told_by == (ContactPoint(ContactChannel.EMAIL),)


def test_without_consent_nobody_is_told() -> None:
    """A list without a column for consent has contacts, but none that a notice may go to."""
    [line] = read_lines("id,components,contacts\na,voice,email:a@example.se\n", "lines.csv", PLAN)
    assert line.contacts
    assert line.told_by == ()


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("L2,SE/S,card-3,,,,,", "components", "the plan has no component 'card-3'."),
        ("L2,SE/S,card-1;x;y;z;v,,,,,", "components", "'x', 'y', 'z' and 1 more"),
        ("L2,SE/S,,,,,,", "components", "hangs on nothing"),
        ("L2,SE/S, ; ,,,,,", "components", "hangs on nothing"),
        ("L2,SE//S,voice,,,,,", "area", "no area path"),
        ("L2,/SE,voice,,,,,", "area", "no area path"),
        ("L2,SE/S;SE/O,voice,,,,,", "area", "no area path"),
        ("L2,SE,voice,,yes,,,", "consent", "'yes' is no channel"),
        ("L2,SE,voice,0701740605,,,,", "contacts", "no contact"),
        ("L2,SE,voice,sms:0701740605,,,,", "contacts", "no contact"),
        ("L2,SE,voice,mail:a@example.se,,,,", "contacts", "no contact"),
        ("L2,SE,voice,email:nobody,,,,", "contacts", "no contact"),
        (f"L2,SE,voice,letter:{'x' * 1001},,,,", "contacts", "longer than"),
        ("L2,SE,voice,,,svenska,,", "language", "no language code"),
        ("L2,SE,voice,,,,a!b,", "priority", "no priority"),
        (f"{'x' * 121},SE,voice,,,,,", "id", "longer than"),
        (",SE,voice,,,,,", "id", "id is missing"),
        ("L\x00,SE,voice,,,,,", "id", "cannot be printed"),
        ("L2,SE,voice,,,,,K\u202e1", "customer", "cannot be printed"),
        ("L1,SE,voice,,,,,", "id", "It stands in line 2 already."),
        ("L2,SE,voice,,,,", "", "this line has 7 cells, the head has 8."),
        ("L2,SE,voice,,,,,,", "", "this line has 9 cells, the head has 8."),
        ('L2,SE,voice,,,,,"a"b', "", "this is no CSV"),
        ('L2,SE,voice,,,,,"a', "", "this is no CSV"),
    ],
)
def test_each_mistake_is_told_with_its_line(row: str, column: str, said: str) -> None:
    """A wrong cell is named with file, line and column, also after empty lines and cells of several lines."""
    text = HEAD + GOOD + "\n  \n,,,,,,,\n" + 'L9,SE,voice,,,,,"a' + '"\n' + row + "\n"
    [(line, path, message)] = problems_of(text)
    assert (line, path) == (7, column)
    assert said in message


def test_a_misspelt_component_is_answered_with_the_right_one() -> None:
    """The nearest id of the plan stands in the remedy."""
    with pytest.raises(InvalidInputError, match=r'Did you mean "card-1"\?'):
        read_lines("id,components\na,cadr-1\n", "lines.csv", PLAN)


def test_all_mistakes_are_told_at_once_in_order_up_to_a_limit() -> None:
    """One problem for each wrong value and each wrong row, in the order of lines; the rest is counted."""
    rows = [f"a{n},SE,nope-{n % 70},sms:1,,,," for n in range(200)]
    found = problems_of(HEAD + "\n".join(rows))
    lines = [line for line, _, _ in found[:-1]]
    assert len(lines) == MOST_PROBLEMS
    assert lines == sorted(lines)
    assert found[0][2] == "the plan has no component 'nope-0'. (2 more lines have the same.)"
    assert {column for _, column, _ in found[:-1]} == {"components", "contacts"}
    assert found[-1][2] == f"and {70 + 200 - MOST_PROBLEMS} more problems like these."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "there is no column id"),
        ("id,area\n", "there is no column components"),
        ("id,component\n", 'Did you mean "component"?'),
        ("id,components,ID\n", "the column id is there twice"),
        ("id,components\n", "there is no line in this file"),
        ("id,components\n\n \n", "there is no line in this file"),
        ("id,components" + ",x" * 300 + "\na,voice" + "," * 300, "more than 200 columns"),
        (b"id,components\na,voice\n\xff,voice\n", "not text in UTF-8"),
        (b"id,components,note\na,voice,\xff\n\xff,voice,\n", "lines.csv:3: this is not text in UTF-8"),
        ("id,components\na,voice\n".encode("utf-16")[:-1], "this is no CSV"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08", "there is no column id"),
    ],
)
def test_a_file_that_is_no_list_says_so(text: str | bytes, said: str) -> None:
    """Missing columns, no lines, wrong encodings and other kinds of file."""
    with pytest.raises(BcpError) as caught:
        read_lines(text, "lines.csv", PLAN)
    assert said in str(caught.value)


def test_bad_letters_in_a_column_that_nobody_reads_do_no_harm() -> None:
    """Only the columns that are wanted have to be text."""
    [line] = read_lines(b"id,note,components\na,\xff\xfe,voice\n", "lines.csv", PLAN)
    assert line.components == ("voice",)


def test_a_missing_file_and_a_folder_are_said_so(tmp_path: Path) -> None:
    """A path that holds no file gives an error with a remedy."""
    for path in (tmp_path / "none.csv", tmp_path, Path("a\0b")):
        with pytest.raises(NotFoundError, match="cannot be read"):
            load_lines(path, PLAN)


def test_a_file_is_read_like_its_bytes(tmp_path: Path) -> None:
    """The path and the bytes of a list give the same lines."""
    path = tmp_path / "lines.csv"
    path.write_text(HEAD + GOOD, "utf-8")
    assert list(load_lines(path, PLAN)) == list(read_lines(HEAD + GOOD, "lines.csv", PLAN))


def test_a_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Its size is looked at before its content."""
    monkeypatch.setattr(csv_columns, "MOST_BYTES", 10)
    path = tmp_path / "lines.csv"
    path.write_text(HEAD + GOOD, "utf-8")
    for read in (lambda: load_lines(path, PLAN), lambda: read_lines(HEAD, "lines.csv", PLAN)):
        with pytest.raises(BcpError, match="larger than"):
            read()


def _slowly(text: str) -> list[dict[str, str]]:
    """The rows of a CSV text by Python's own strict reader, without those that are blank."""
    first = next(line for line in text.splitlines() if line)
    separator = max(
        ",;\t",
        key=lambda sign: len({c.strip().strip('"').casefold() for c in first.split(sign)} & set(COLUMNS)),
    )
    rows = [r for r in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True) if r]
    rows = [r for r in rows if len(r) > 1 or r[0].strip()]
    head = [cell.strip().casefold() for cell in rows[0]]
    assert all(len(r) == len(head) for r in rows)
    named = [{n: c for n, c in zip(head, r, strict=True) if n in COLUMNS} for r in rows[1:]]
    return [r for r in named if any(c.strip() for c in r.values())]


@given(st.data())
@example(None)
def test_a_damaged_file_is_refused_or_read_as_it_stands(data: st.DataObject | None) -> None:
    """Whatever letters are struck out, put in or doubled: an error of ours, or exactly what a strict reader reads."""
    if data is None:
        text = HEAD + GOOD
    else:
        text = as_csv(data.draw(line_lists(PLAN, least=1)), data.draw(st.sampled_from(",;")))
        for _ in range(data.draw(st.integers(1, 4))):
            start = data.draw(st.integers(0, len(text)))
            end = min(len(text), start + data.draw(st.integers(0, 6)))
            junk = data.draw(
                st.sampled_from(['"', ",", ";", "\n", "\r", "\t", " ", "é", "x", '""', "", "\x00", "'", "/"])
            )
            text = text[:start] + junk + text[end:]
    lines = read_or_refused(text)
    if isinstance(lines, BcpError):
        assert all(p.message and p.file == "lines.csv" for p in lines.problems)
        return
    rows = _slowly(text)
    assert [x.id for x in lines] == [r["id"].strip() for r in rows]
    for line, row in zip(lines, rows, strict=True):
        assert set(line.components) == {c.strip() for c in row["components"].split(";")} - {""}
        assert line.area == row.get("area", "").strip()
        assert line.contacts == contact_points(row.get("contacts", ""))


@given(st.binary(max_size=300))
@example(b"id,components\n\x00,voice")
@example(b"\xff\xfei\x00")
@example(b"id,components\r\na,voice\r\n\x1a")
def test_any_bytes_give_lines_or_an_error_of_ours(data: bytes) -> None:
    """A file of whatever kind never gives a traceback."""
    for content in (data, b"id,components\n" + data, b'id,components\na,voice\n"b",' + data):
        assert isinstance(read_or_refused(content), Lines | BcpError)


@given(st.text(max_size=60))
@example("sms:+46701740605;;email")
@example("email:a@b;EMAIL : c@d")
@example("sms:+4670\u00a0174")
def test_contacts_that_are_let_in_can_be_used(cell: str) -> None:
    """A cell of contacts is refused, or each of its contacts has a channel and an address of its form."""
    out = io.StringIO()
    csv.writer(out).writerows([["id", "components", "contacts"], ["a", "voice", cell]])
    found = read_or_refused(out.getvalue())
    if isinstance(found, BcpError):
        return
    [line] = found
    for point in line.contacts:
        assert point.address.isprintable()
        if point.channel in (ContactChannel.SMS, ContactChannel.PHONE) and point.address:
            assert point.address[0] == "+"
            assert point.address[1:].isdigit()
        if point.channel is ContactChannel.EMAIL and point.address:
            assert point.address.count("@") == 1
