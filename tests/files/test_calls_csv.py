"""Lists of calls as CSV: what is read, and what is said of damaged files."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcp.errors import BcpError, InvalidInputError, NotFoundError
from bcp.files import calls_csv
from bcp.files.calls_csv import MOST_PROBLEMS, load_calls, read_calls, write_calls
from bcp.model.call import Call, Calls

HEAD = "time,from,to,via,result"
LINE = "2026-03-03 09:00,kpn,+31201234567,card-1;core,ok"


def problems(data: bytes | str) -> list[str]:
    """What is said of a file, one line a problem."""
    with pytest.raises(BcpError) as caught:
        read_calls(data, "calls.csv")
    return [str(problem) for problem in caught.value.problems]


def test_a_call_is_read_with_everything_it_names() -> None:
    """From, to and via may name several things, the result is lower case, other columns are kept."""
    calls = read_calls(
        f"{HEAD},ticket\n 09:00 ,kpn, +3120 ;  desk ,card-1;core,One-Way  Audio,T-1\n", "calls.csv"
    )
    assert calls.others == ("ticket",)
    assert calls.calls == (
        Call(2, "09:00", ("kpn",), ("+3120", "desk"), ("card-1", "core"), "one-way audio", ("T-1",)),
    )


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_spreadsheets_of_all_countries_are_understood(sign: str, mark: str, end: str) -> None:
    """Comma, semicolon and tab, a byte order mark, and each sort of line end give the same calls."""
    head, line = HEAD.replace(",", sign), sign.join(["09:00", "kpn", "n", '"a; b"', "OK"])
    calls = read_calls((mark + end.join([head, line, "", ""])).encode(), "calls.csv").calls
    assert [(c.origin, c.to, c.via, c.result) for c in calls] == [(("kpn",), ("n",), ("a", "b"), "ok")]
    assert calls == read_calls((mark + end.join([head, line])).encode("utf-16"), "calls.csv").calls


def test_columns_may_stand_in_any_order_and_case() -> None:
    """Columns are found by name; time and via may be missing."""
    calls = read_calls("Result,TO, From \nok,n,kpn\n", "calls.csv").calls
    assert calls == (Call(2, "", ("kpn",), ("n",), (), "ok"),)


def test_every_problem_is_told_with_its_line() -> None:
    """All problems of a file come at once, in the order of lines, and no call of it is taken."""
    text = f"{HEAD}\n{LINE}\na,b,c\n09:00,kpn,n,,\n09:00,,,,no connection\n{'x' * 301},kpn,n,,ok\n"
    found = problems(text)
    assert [line.split(":")[1] for line in found] == ["3", "4", "5", "6"]
    assert "has 3 cells, the head has 5" in found[0]
    assert "the result is missing" in found[1]
    assert "names nothing" in found[2]
    assert "longer than 300" in found[3]


def test_too_many_problems_are_counted() -> None:
    """A file in which every line is wrong does not flood its reader."""
    found = problems(f"{HEAD}\n" + "x\n" * 500)
    assert len(found) == MOST_PROBLEMS + 1
    assert "450 more" in found[-1]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "no column from"),
        ("time,from,to,via\n1,a,b,c\n", "no column result"),
        ("from,to,to,result\na,b,c,ok\n", "column to is there twice"),
        (HEAD + "\n", "no call in this file"),
        (HEAD + "\n09:00,kpn,n,,ok\xff", ""),
        ((HEAD + "\n\xff").encode("latin-1"), "calls.csv:2: this is not text in UTF-8"),
        (b"\xff\xfe\x00", "this is not text"),
        (HEAD + '\n09:00,"kpn,n,,ok\n', "this is no CSV"),
        (HEAD + '\n09:00,"kpn"x,n,,ok\n', "this is no CSV"),
        (HEAD + "\n09:00,kpn\0,n,,ok\n", "calls.csv:2: there is a zero byte"),
        (",".join(f"c{n}" for n in range(300)), "more than 200 columns"),
        (f'{HEAD}\n09:00,"{"x" * 200_000}",n,,ok\n', "this is no CSV"),
    ],
)
def test_damaged_files_are_refused(data: bytes | str, said: str) -> None:
    """Each way in which a file can be broken has its message, with file and remedy."""
    if not said:
        assert len(read_calls(data, "calls.csv").calls) == 1
        return
    found = problems(data)
    assert said in "\n".join(found)
    assert all(line.startswith("calls.csv") for line in found)


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300)), st.booleans())
def test_no_file_gives_a_traceback(data: bytes | str, headed: bool) -> None:
    """Whatever stands in a file, there are calls or a BcpError."""
    if headed:
        head = HEAD + "\n"
        data = head.encode() + data if isinstance(data, bytes) else head + data
    with suppress(BcpError):
        assert read_calls(data, "calls.csv").calls


NAMES = st.lists(
    st.text(st.characters(categories=("L", "N")), min_size=1, max_size=8), max_size=3, unique=True
).map(tuple)


@given(
    st.lists(
        st.tuples(NAMES, NAMES, NAMES, st.sampled_from(["ok", "bad audio", "no connection"])),
        min_size=1,
        max_size=20,
    )
)
def test_what_is_written_reads_back(rows: list[tuple[tuple[str, ...], ...]]) -> None:
    """Calls that are written as CSV are the same when they are read again."""
    calls = Calls(
        tuple(Call(n, "09:00", a or ("x",), b, c, str(r)) for n, (a, b, c, r) in enumerate(rows, 2))
    )
    again = read_calls(write_calls(calls, calls.calls), "again.csv")
    assert again.others == ("line",)
    assert [(c.origin, c.to, c.via, c.result) for c in again.calls] == [
        (c.origin, c.to, c.via, c.result) for c in calls.calls
    ]


def test_no_cell_becomes_a_formula() -> None:
    """A name from a file that a spreadsheet would compute is written as text; numbers stay numbers."""
    call = Call(2, "=NOW()", ("+46771123456",), ("@SUM(A1)",), ("＝NOW()",), "ok")
    written = write_calls(Calls((call,)), [call])
    assert "'=NOW()" in written
    assert "'＝NOW()" in written
    assert "'@SUM(A1)" in written
    assert ",+46771123456," in written


def test_limits_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """More calls or bytes than are read are refused, not cut off."""
    monkeypatch.setattr(calls_csv, "MOST_CALLS", 2)
    assert "more than 2 calls" in problems(f"{HEAD}\n" + f"{LINE}\n" * 3)[0]
    monkeypatch.setattr(calls_csv, "MOST_BYTES", 20)
    assert "larger than" in problems(f"{HEAD}\n{LINE}\n".encode())[0]


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    """A missing file and a folder are told by name."""
    for path in (tmp_path / "missing.csv", tmp_path):
        with pytest.raises(NotFoundError, match="cannot be read"):
            load_calls(path)
    (tmp_path / "calls.csv").write_text(f"{HEAD}\n{LINE}\n", "utf-8")
    assert load_calls(tmp_path / "calls.csv").failures == 0
    with pytest.raises(InvalidInputError):
        read_calls(f"{HEAD}\nx\n", "calls.csv")
