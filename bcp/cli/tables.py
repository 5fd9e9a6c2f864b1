"""Results as a person reads them in a terminal."""

from __future__ import annotations

from bcp.cli.output import heading, put, put_table
from bcp.model.assumed import kept_up, with_doubts
from bcp.model.fate import Fate, SharedFate
from bcp.model.plan import Plan
from bcp.model.quality_words import spoilt_text
from bcp.model.route import RouteOption, RoutingPlan, Verdict
from bcp.model.run import FallbackState, Run
from bcp.model.scenario import Scenario
from bcp.words import Words


def put_run(plan: Plan, scenario: Scenario, run: Run, _: Words) -> None:
    """What a scenario did: activities against their limits, fallbacks over time, customers."""
    put(f"{plan.organisation.name} – {scenario.titled(_.language)}", "bold")
    put_table(
        [
            _("Activity"),
            _("Lowest"),
            _("Down from"),
            _("Longest"),
            "RTO",
            "MTPD",
            _("Lost contacts"),
            _("Because of"),
        ],
        [
            [
                plan.title(i),
                _.percent(a.min_level),
                "–" if a.first_below_s is None else _.clock(a.first_below_s),
                _.length(a.longest_s) if a.longest_s else "–",
                _limit(a.rto_met, plan.components[i].analysis.rto, _),
                _limit(a.mtpd_met, plan.components[i].analysis.mtpd, _),
                _.number(a.lost_contacts),
                plan.title(run.causes[i][-1]) if i in run.causes else "",
            ]
            for i, a in run.activities.items()
        ],
        right=(1, 2, 3, 6),
    )
    for i in run.activities:
        if spoilt := spoilt_text(plan, run, i, _):
            chain = " → ".join(plan.title(j) for j in run.quality_causes.get(i, ()))
            put(f"{plan.title(i)}: {spoilt}")
            put("  " + _("What spoils it: {chain}", chain=chain))
    if run.fallbacks:
        heading(_("Fallbacks"))
        put_table(
            [_("Fallback"), _("What happened"), _("Blocked by")],
            [
                [
                    plan.title(f),
                    "  ".join(
                        f"{_.clock(t)} {state_word(state, _)}"
                        for t, state in steps[0 if len(steps) == 1 else 1 :]
                    ),
                    ", ".join(plan.title(i) for i in run.blocked.get(f, ())),
                ]
                for f, steps in run.fallbacks.items()
            ],
        )
    _put_customers(plan, run, _)
    for group in run.deadlocks:
        put(
            _("Waiting for each other to start: {names}", names=", ".join(plan.title(i) for i in group)),
            "bold",
        )


def _put_customers(plan: Plan, run: Run, _: Words) -> None:
    hit = {g: a for g, a in run.affected.items() if a.customer_hours or a.spoiled_hours}
    if not hit:
        return
    heading(_("Customers affected"))
    rows = [[plan.title(g), _.number(a.customers), _.number(a.customer_hours)] for g, a in hit.items()]
    if not run.quality:
        put_table([_("Customer group"), _("Customers"), _("Customer hours")], rows, right=(1, 2))
        return
    spoilt = [_.number(a.spoiled_hours or 0.0) for a in hit.values()]
    put_table(
        [_("Customer group"), _("Customers"), _("Customer hours"), _("Spoilt hours")],
        [[*row, hours] for row, hours in zip(rows, spoilt, strict=True)],
        right=(1, 2, 3),
    )


def _limit(met: bool | None, limit: float | None, _: Words) -> str:
    if met is None:
        return "–"
    return f"{_('kept') if met else _('broken')} ({_.length(limit)})"


def state_word(state: FallbackState, _: Words) -> str:
    """A fallback's state in words."""
    return {
        FallbackState.IDLE: _("idle"),
        FallbackState.DETECTING: _("detecting"),
        FallbackState.ACTIVATING: _("activating"),
        FallbackState.BLOCKED: _("blocked"),
        FallbackState.ACTIVE: _("active"),
        FallbackState.FAILING_BACK: _("failing back"),
        FallbackState.EXHAUSTED: _("exhausted"),
        FallbackState.WAITING: _("waiting for a decision"),
    }[state]


def put_routes(plan: Plan, routes: tuple[RoutingPlan, ...], _: Words) -> None:
    """The options of every number and activity that has any."""
    for routing in routes:
        if not routing.options:
            continue
        heading(plan.title(routing.subject))
        put_table(
            [
                _("Option"),
                _("Verdict"),
                _("Carries load after"),
                "RTO",
                _("Share carried"),
                _("Share needed"),
                _("Lasts"),
                _("Shared fate"),
            ],
            [
                [
                    plan.title(option.fallback),
                    with_doubts(verdict_words(plan, option, _), option.doubts, _),
                    "–" if option.active_from_s is None else _.length(option.active_from_s),
                    _.length(option.limit_s),
                    _.percent(option.capacity),
                    _.percent(option.needed_capacity),
                    kept_up(plan, option.fallback, _, endless="–"),
                    fate_words(plan, option.fate, _),
                ]
                for option in routing.options
            ],
            right=(2, 3, 4, 5, 6),
        )
    without = [plan.title(r.subject) for r in routes if not r.options]
    if without:
        heading(_("Without any fallback"))
        put(", ".join(without))


def verdict_words(plan: Plan, option: RouteOption, _: Words) -> str:
    """A verdict in words, with what is behind it."""
    names = ", ".join(plan.title(i) for i in option.because)
    match option.verdict:
        case Verdict.USABLE:
            return _("usable")
        case Verdict.TOO_LATE:
            over = (option.active_from_s or 0.0) - (option.limit_s or 0.0)
            return _("too late by {time}", time=_.length(over))
        case Verdict.TOO_SMALL:
            return _("too small")
        case Verdict.BLOCKED:
            return _("blocked by {names}", names=names)
        case Verdict.SHARES:
            return _shares(names, _, happened=option.triggered)
        case Verdict.UNKNOWN:
            return _("unknown")


def _shares(names: str, _: Words, *, happened: bool) -> str:
    """What both rest on: in an outage that took it, or as a condition that the way holds under."""
    if happened:
        return _("shares {names}", names=names)
    return _("shares {names}: holds only while that works", names=names)


def fate_words(plan: Plan, fate: SharedFate, _: Words) -> str:
    """A shared-fate verdict in words."""
    match fate.verdict:
        case Fate.INDEPENDENT:
            return _("independent")
        case Fate.SHARES:
            return _("shares {names}", names=", ".join(plan.title(m.component) for m in fate.meetings))
        case Fate.SAME_OPERATOR:
            return _("same operator, unknown below")
        case Fate.UNKNOWN:
            return _("unknown")
