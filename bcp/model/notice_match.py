"""Which components of a plan a notice means: what was matched, what could be meant, what is not in the plan."""

from __future__ import annotations

from enum import StrEnum

from bcp.model.notice import Notice, NoticeImpact
from bcp.model.value import Identifiers, Line, Lines, Value


class MatchBy(StrEnum):
    """By what a circuit was found."""

    TAG = "tag"
    CONTRACT = "contract"
    ID = "id"
    NAME = "name"
    NUMBER = "number"


class ObjectMatch(Value):
    """One circuit or service of a notice, and the component of the plan that it is.

    Without a `component` it is not matched: `candidates` are those it could be; where there are several
    it is ambiguous, where there is one that one belongs to another operator.
    """

    id: Line
    impact: NoticeImpact
    component: str = ""
    by: tuple[MatchBy, ...] = ()
    candidates: Identifiers = ()

    @property
    def ambiguous(self) -> bool:
        """Several components could be meant."""
        return not self.component and len(self.candidates) > 1


class AreaMatch(Value):
    """An area that an alert names, and the area path of the plan that it is.

    Without an `area` the plan does not have it; `candidates` are several that it could be. It strikes
    nothing by itself: `components` are those of the alert's sender that lie there.
    """

    named: Line
    area: str = ""
    candidates: Lines = ()
    components: Identifiers = ()


class MatchedNotice(Value):
    """A notice with what each of its circuits and areas is in the plan."""

    notice: Notice
    objects: tuple[ObjectMatch, ...] = ()
    areas: tuple[AreaMatch, ...] = ()

    @property
    def struck(self) -> dict[str, NoticeImpact]:
        """The impact on each matched component, the worst where several circuits are the same; by id."""
        order = list(NoticeImpact)
        found: dict[str, NoticeImpact] = {}
        for match in self.objects:
            if match.component:
                before = found.get(match.component, NoticeImpact.NO_IMPACT)
                found[match.component] = max(before, match.impact, key=order.index)
        return dict(sorted(found.items()))
