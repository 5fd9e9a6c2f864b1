"""The newest of what suppliers sent, in whatever order it came."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bcp.model.notice import Notice, NoticeImpact, NoticeStatus, Window, merged, newest, worst

STAMPS = st.one_of(st.none(), st.integers(0, 3).map(lambda n: datetime(2026, 3, 1, n, tzinfo=UTC)))


@st.composite
def notices(draw: st.DrawFn, *, told: bool = False) -> Notice:
    """A revision of one of a few works by one of two suppliers; `told`: it always has a status."""
    statuses = [s for s in NoticeStatus if not told or s != NoticeStatus.NO_CHANGE]
    return Notice(
        provider=draw(st.sampled_from(["a", "b"])),
        id=draw(st.sampled_from(["1", "2"])),
        status=draw(st.sampled_from(statuses)),
        sequence=draw(st.integers(-1, 2)),
        stamp=draw(STAMPS),
        summary=draw(st.sampled_from(["x", "y"])),
        replaces=draw(st.sampled_from([(), (), ("2",), ("3",)])),
        format="maintnote",
    )


def revision(sequence: int, hour: int, status: NoticeStatus = NoticeStatus.CONFIRMED) -> Notice:
    """A revision of one work."""
    stamp = datetime(2026, 3, 1, hour, tzinfo=UTC)
    return Notice(provider="a", id="1", sequence=sequence, stamp=stamp, status=status, format="maintnote")


@given(st.lists(notices(), max_size=6), st.randoms(use_true_random=False))
def test_the_order_in_which_notices_come_changes_nothing(found: list[Notice], random: object) -> None:
    """Any order of the same notices gives the same newest ones, in the same order."""
    mixed = list(found)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert newest(mixed) == newest(found)
    assert merged(mixed) == merged(found)


@given(st.lists(notices(), max_size=6))
def test_merging_twice_is_merging_once(found: list[Notice]) -> None:
    """What is newest stays so, and doubles change nothing."""
    once = newest(found)
    assert newest(once) == newest([*found, *once]) == newest([*found, *found]) == once
    assert merged(merged(found)) == merged(found)


@given(st.lists(notices(told=True), max_size=5), st.lists(notices(told=True), max_size=5))
def test_notices_may_come_in_portions(first: list[Notice], second: list[Notice]) -> None:
    """Keeping only the newest between two deliveries gives what all of them together give, where ids tell the work."""
    one, other = ([n.model_copy(update={"replaces": ()}) for n in part] for part in (first, second))
    assert newest([*newest(one), *other]) == newest([*one, *other])


@given(st.lists(notices(), max_size=6))
def test_nothing_newer_is_left_out(found: list[Notice]) -> None:
    """Each notice is beaten by one of its supplier with at least its sequence, and nothing is made up."""
    kept = newest(found)
    assert {n.summary for n in kept} <= {n.summary for n in found}
    assert all(any(k.provider == n.provider and k.sequence >= n.sequence for k in kept) for n in found)
    assert [n.key for n in kept] == sorted({n.key for n in kept})


def test_the_sequence_counts_before_the_stamp() -> None:
    """A higher sequence wins though it is stamped earlier; among equal ones the later stamp does."""
    assert newest([revision(2, 1), revision(1, 9)]) == (revision(2, 1),)
    assert newest([revision(2, 5), revision(2, 3)]) == (revision(2, 5),)


def test_what_was_called_off_is_dropped_even_if_it_came_first() -> None:
    """A cancellation that overtakes what it calls off still counts; a newer revision brings the work back."""
    off, before, again = revision(2, 2, NoticeStatus.CANCELLED), revision(1, 1), revision(3, 3)
    assert merged([off, before]) == ()
    assert newest([off, before]) == (off,)
    assert merged([off, before, again]) == (again,)


def test_a_revision_without_a_status_keeps_the_one_before() -> None:
    """Carriers that leave the status out mean that it has not changed."""
    (found,) = newest(
        [revision(3, 3, NoticeStatus.NO_CHANGE), revision(1, 1), revision(2, 2, NoticeStatus.TENTATIVE)]
    )
    assert (found.sequence, found.status) == (3, NoticeStatus.TENTATIVE)


def test_an_alert_that_replaces_another_is_its_revision() -> None:
    """Ids that follow on each other are one work, of which the newest is left."""
    first = revision(0, 1)
    second = revision(0, 2).model_copy(update={"id": "2", "replaces": ("1",)})
    third = revision(0, 3, NoticeStatus.CANCELLED).model_copy(update={"id": "3", "replaces": ("2",)})
    assert newest([third, first, second]) == (third,)
    assert merged([second, first]) == (second,)


def test_the_worst_of_no_impacts_is_an_outage() -> None:
    """What is not told counts as the worst."""
    assert worst([]) == NoticeImpact.OUTAGE
    assert worst([NoticeImpact.DEGRADED, NoticeImpact.NO_IMPACT]) == NoticeImpact.DEGRADED


def test_windows_are_in_utc_and_in_order() -> None:
    """A window keeps its moment in UTC; one that ends before it begins, or has no zone, is refused."""
    start = datetime(2026, 3, 1, 2, tzinfo=timezone(timedelta(hours=1)))
    assert Window(start=start).start.isoformat() == "2026-03-01T01:00:00+00:00"
    for end in (start, start.replace(tzinfo=None)):
        with pytest.raises(ValidationError):
            Window(start=start, end=end)
