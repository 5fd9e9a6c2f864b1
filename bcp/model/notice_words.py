"""Words of notices and of what they mean."""

from __future__ import annotations

from bcp.model.go_no_go import Variant
from bcp.model.notice import NoticeImpact, NoticeStatus
from bcp.words import Words


def variant_text(variant: Variant, _: Words) -> str:
    """A variant in words."""
    return {
        Variant.AS_PLANNED: _("as planned"),
        Variant.TWO_HOURS_LATE: _("2 h late"),
        Variant.SIX_HOURS_LATE: _("6 h late"),
        Variant.NEVER_BACK: _("never comes back"),
        Variant.WORSE: _("worse than told"),
    }[variant]


def status_text(status: NoticeStatus, _: Words) -> str:
    """A notice's status in words."""
    return {
        NoticeStatus.TENTATIVE: _("tentative"),
        NoticeStatus.CONFIRMED: _("confirmed"),
        NoticeStatus.RE_SCHEDULED: _("re-scheduled"),
        NoticeStatus.IN_PROCESS: _("in progress"),
        NoticeStatus.COMPLETED: _("completed"),
        NoticeStatus.CANCELLED: _("called off"),
        NoticeStatus.NO_CHANGE: _("status not told"),
    }[status]


def impact_text(impact: NoticeImpact, _: Words) -> str:
    """What a notice says happens, in words."""
    return {
        NoticeImpact.NO_IMPACT: _("no impact"),
        NoticeImpact.REDUCED_REDUNDANCY: _("without redundancy"),
        NoticeImpact.DEGRADED: _("degraded"),
        NoticeImpact.OUTAGE: _("out"),
    }[impact]
