"""A plan's weaknesses as a person reads them in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bcp.cli.output import heading, put, put_table
from bcp.cli.tables import fate_words
from bcp.model.assessment import Assessment
from bcp.model.fate import Basis, Redundancy
from bcp.model.names import fate_name
from bcp.model.plan import Plan
from bcp.model.recovery import Demand, Standing
from bcp.model.top_event import TopEvent
from bcp.words import Words

_HOURS = 8766
"""Hours of a mean year."""

_MATTER = 5
"""So many components of an activity are named as what matters most."""

_TEN = 10
"""From here on a factor is shown without decimals."""

_SLOW = 20
"""So many demands are listed."""


def put_assessment(plan: Plan, found: Assessment, _: Words) -> None:
    """Cut sets and unavailability, shared fate, recovery from black, demands, deadlocks and findings."""
    put(plan.organisation.name, "bold")
    _put_single_points(plan, found, _)
    _put_cut_sets(plan, found, _)
    _put_importance(plan, found.top_events, _)
    _put_fates(plan, found, _)
    _put_recovery(plan, found, _)
    _put_demands(plan, found.demands, _)
    if found.findings:
        heading(_("Findings"))
        put_table(
            [_("Code"), _("Subject"), _("Finding")],
            [[f.code, plan.title(f.subject), f"{f.message} {f.fix}"] for f in found.findings],
        )


def _put_single_points(plan: Plan, found: Assessment, _: Words) -> None:
    put_table(
        [_("Activity"), _("Cut sets by size"), _("Down a year"), _("Single points of failure")],
        [
            [
                plan.title(i),
                _counts(found.top_events.get(i)),
                _down_a_year(found.top_events.get(i), _),
                ", ".join(plan.title(p) for p in points) or "–",
            ]
            for i, points in found.single_points.items()
        ],
    )
    for i, event in found.top_events.items():
        if event.stopped:
            put(f"{plan.title(i)}: {event.stopped}", "bold")
    if any(event.without_figures for event in found.top_events.values()):
        put(_("≥: some components have no figure and count as never failing."), "dim")


def _counts(event: TopEvent | None) -> str:
    if event is None:
        return "–"
    more = " …" if event.complete_to is not None else ""
    return " ".join(str(n) for n in event.counts) + more or "–"


def _down_a_year(event: TopEvent | None, _: Words) -> str:
    if event is None or event.at_least is None or event.at_most is None:
        return "–"
    low = _.length(event.at_least * _HOURS * 3600)
    if event.unavailability is None:
        return f"{low} – {_.length(event.at_most * _HOURS * 3600)}"
    return f"≥ {low}" if event.without_figures else low


def _put_cut_sets(plan: Plan, found: Assessment, _: Words) -> None:
    larger = [(i, s) for i, sets in found.cut_sets.items() for s in sets if len(s) > 1]
    if larger:
        heading(_("Cut sets of two and more"))
        put_table(
            [_("Activity"), _("Together")],
            [[plan.title(i), " + ".join(map(plan.title, s))] for i, s in larger],
        )
    if found.refused:
        put(found.refused, "bold")
    for i, order in found.listed_to.items():
        put(_("{activity}: all are listed up to size {n} only.", activity=plan.title(i), n=order), "bold")


def _put_importance(plan: Plan, events: Mapping[str, TopEvent], _: Words) -> None:
    rows = [
        [
            plan.title(target) if n == 0 else "",
            plan.title(i.component),
            _.percent(round(i.fussell_vesely, 3)),
            "–"
            if i.risk_achievement is None
            else f"× {_.number(i.risk_achievement, 1 if i.risk_achievement < _TEN else 0)}",
        ]
        for target, event in events.items()
        for n, i in enumerate(i for i in event.importance[:_MATTER] if i.fussell_vesely)
        if i.fussell_vesely is not None
    ]
    if rows:
        heading(_("What matters most"))
        put_table(
            [_("Activity"), _("Component"), _("Share of the downtime"), _("If it has failed")],
            rows,
            right=(2, 3),
        )


def _put_fates(plan: Plan, found: Assessment, _: Words) -> None:
    if found.shared_fate:
        heading(_("Shared fate"))
        put_table(
            [_("Fallback"), _("Protects"), _("Verdict")],
            [
                [plan.title(f.fallback), plan.title(f.protects), fate_words(plan, f, _)]
                for f in found.shared_fate
            ],
        )
    if found.redundancy:
        heading(_("Members that stand in for each other"))
        put_table(
            [_("Of"), _("Members"), _("Verdict"), _("Both rest on")],
            [
                [
                    _("two operators") if r.basis is Basis.OPERATORS else plan.title(r.subject),
                    ", ".join(map(plan.title, r.members)),
                    fate_name(r.verdict, _),
                    _points(plan, r),
                ]
                for r in found.redundancy
            ],
        )
    asked = [f.question for f in found.shared_fate] + [r.question for r in found.redundancy]
    _put_list(_("To ask the operators"), dict.fromkeys(question for question in asked if question))


def _points(plan: Plan, redundancy: Redundancy) -> str:
    return ", ".join(plan.title(point.component) for point in redundancy.points)


def _put_list(title: str, texts: Iterable[str]) -> None:
    lines = list(texts)
    if lines:
        heading(title)
        for line in lines:
            put(f"· {line}")


def _put_recovery(plan: Plan, found: Assessment, _: Words) -> None:
    if found.recovery:
        heading(_("Recovery from black"))
        put_table(
            [_("Activity"), _("At its MBCO after"), "RTO", _("Critical path")],
            [
                [
                    plan.title(r.activity),
                    _("never") if r.enough_s is None else _.length(r.enough_s),
                    _.length(r.rto_s) + ("" if r.margin_s is None or r.margin_s >= 0 else " ✕"),
                    " → ".join(plan.title(link.component) for link in r.path if link.takes_s),
                ]
                for r in found.recovery
            ],
            right=(1, 2),
        )
    for deadlock in found.deadlock_breaks:
        names = ", ".join(map(plan.title, deadlock.components))
        put(_("Waiting for each other to start: {names}", names=names), "bold")
        for edge in deadlock.breaks:
            members = ", ".join(map(plan.title, edge.members))
            put(
                _(
                    "  break: {owner} no longer waits for {members}",
                    owner=plan.title(edge.owner),
                    members=members,
                )
            )


def _put_demands(plan: Plan, found: Iterable[Demand], _: Words) -> None:
    open_ones = [
        d for d in found if d.standing in (Standing.TOO_SLOW, Standing.UNKNOWN) and not d.together_with
    ]
    if not open_ones:
        return
    open_ones.sort(key=lambda d: (d.standing != Standing.TOO_SLOW, d.within_s or 0.0, d.component))
    heading(_("What must come back in time, and may not"))
    put_table(
        [_("Component"), _("Within"), _("For"), _("Repair"), _("Contract"), _("Too slow by")],
        [
            [
                plan.title(d.component),
                _.length(d.within_s),
                plan.title(d.activity),
                _.length(d.repair_s),
                _.length(d.contract_s),
                _("not known") if d.gap_s is None else _.length(d.gap_s),
            ]
            for d in open_ones[:_SLOW]
        ],
        right=(1, 3, 4, 5),
    )
    if len(open_ones) > _SLOW:
        put(_("{n} more are not shown.", n=len(open_ones) - _SLOW), "dim")
