"""Answers over time: yes, no and unknown put together."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bcp.model.answer import Answer, Course, alike, all_of, always, any_of, at_least, first, holds, spans
from bcp.model.run import at

YES, UNKNOWN, NO = Answer.YES, Answer.UNKNOWN, Answer.NO
VALUE = {NO: 0, UNKNOWN: 1, YES: 2}


@st.composite
def courses(draw: st.DrawFn) -> Course:
    """A course with changes at whole seconds below 10."""
    later = sorted(draw(st.sets(st.integers(1, 9), max_size=4)))
    return tuple((float(t), draw(st.sampled_from(Answer))) for t in (0, *later))


def test_two_of_three_is_unknown_while_the_third_may_still_come() -> None:
    """One yes and one unknown may make two; one yes and two no never do."""
    assert at_least(2, [always(YES), always(UNKNOWN), always(NO)]) == always(UNKNOWN)
    assert at_least(2, [always(YES), always(NO), always(NO)]) == always(NO)
    assert at_least(2, [always(YES), always(YES), always(UNKNOWN)]) == always(YES)


def test_of_nothing_all_hold_and_none_does() -> None:
    """All of no courses say yes, any of none says no, and whether they agree is unknown."""
    assert all_of([]) == always(YES)
    assert any_of([]) == always(NO)
    assert alike([]) == always(UNKNOWN)


def test_those_that_disagree_leave_it_unknown() -> None:
    """What two say alike counts, and nothing else."""
    one: Course = ((0.0, YES), (5.0, NO))
    other: Course = ((0.0, YES), (7.0, NO))
    assert alike([one, other]) == ((0.0, YES), (5.0, UNKNOWN), (7.0, NO))


def test_spans_reach_to_the_horizon() -> None:
    """The last answer holds to the end, and each span says from and until."""
    course: Course = ((0.0, YES), (5.0, NO), (7.0, YES), (9.0, NO))
    assert spans(course, NO, 20.0) == ((5.0, 7.0), (9.0, 20.0))
    assert first(course, NO) == 5.0
    assert first(course, UNKNOWN) is None
    assert holds(course, NO, (5.0, 7.0))
    assert not holds(course, NO, (5.0, 8.0))


@given(st.lists(courses(), max_size=4), st.integers(0, 5))
def test_k_of_n_is_the_k_th_best_answer_at_every_time(given_courses: list[Course], k: int) -> None:
    """Ordered no, unknown, yes, k of n is the k-th highest of them; without repeats."""
    found = at_least(k, given_courses)
    for t in range(11):
        ranked = sorted((VALUE[at(c, t)] for c in given_courses), reverse=True)
        expected = 2 if k == 0 else ranked[k - 1] if k <= len(ranked) else 0
        assert VALUE[at(found, t)] == expected
    assert all(a != b for (_, a), (_, b) in pairwise(found))
