"""Yes, no or unknown, over time: the answer to whether something works, is reached or comes through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from bcp.model.run import at


class Answer(StrEnum):
    """An answer. Unknown is one of its own: the plan does not say."""

    YES = "yes"
    UNKNOWN = "unknown"
    NO = "no"


Course = tuple[tuple[float, Answer], ...]
"""An answer over time: (seconds, answer) from 0 on; an answer holds until the next one's time."""

Span = tuple[float, float]
"""From and until, in seconds."""


def always(answer: Answer) -> Course:
    """The same answer at all times."""
    return ((0.0, answer),)


def at_least(k: int, courses: Sequence[Course]) -> Course:
    """Whether at least k of the courses say yes.

    Yes where k of them do; no where too few are left even if every unknown one does; else unknown.
    """

    def answer(t: float) -> Answer:
        answers = [at(course, t) for course in courses]
        if answers.count(Answer.YES) >= k:
            return Answer.YES
        return Answer.NO if len(answers) - answers.count(Answer.NO) < k else Answer.UNKNOWN

    return _merged((t, answer(t)) for t in times(courses))


def any_of(courses: Sequence[Course]) -> Course:
    """Whether one of the courses says yes; no where there is none."""
    return at_least(1, courses)


def all_of(courses: Sequence[Course]) -> Course:
    """Whether all courses say yes; yes where there is none."""
    return at_least(len(courses), courses)


def alike(courses: Sequence[Course]) -> Course:
    """What the courses say where they all say the same; elsewhere, and where there is none, unknown."""

    def answer(t: float) -> Answer:
        answers = {at(course, t) for course in courses}
        return answers.pop() if len(answers) == 1 else Answer.UNKNOWN

    return _merged((t, answer(t)) for t in times(courses))


def times(courses: Iterable[Sequence[tuple[float, object]]]) -> list[float]:
    """Every time at which one of the step functions changes, 0 among them, sorted."""
    return sorted({0.0, *(t for course in courses for t, _ in course)})


def spans(course: Course, answer: Answer, horizon: float) -> tuple[Span, ...]:
    """When the answer holds, each time from and until, up to the horizon (seconds)."""
    ends = [*(t for t, _ in course[1:]), max(horizon, course[-1][0])]
    return tuple((t, end) for (t, found), end in zip(course, ends, strict=True) if found == answer)


def first(course: Course, answer: Answer) -> float | None:
    """When the answer is first given; none: never."""
    return next((t for t, found in course if found == answer), None)


def holds(course: Course, answer: Answer, span: Span) -> bool:
    """True where the answer is given throughout a span."""
    since, until = span
    return at(course, since) == answer and all(found == answer for t, found in course if since < t < until)


def worst(course: Course) -> Answer:
    """The worst answer ever given: no, else unknown, else yes."""
    answers = {answer for _, answer in course}
    return next(answer for answer in (Answer.NO, Answer.UNKNOWN, Answer.YES) if answer in answers)


def _merged(steps: Iterable[tuple[float, Answer]]) -> Course:
    merged: list[tuple[float, Answer]] = []
    for t, answer in steps:
        if not merged or merged[-1][1] != answer:
            merged.append((t, answer))
    return tuple(merged)
