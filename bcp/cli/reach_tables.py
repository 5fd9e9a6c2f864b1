"""Who can be reached and what can be done, as a person reads it in a terminal."""

from __future__ import annotations

from bcp.cli.output import heading, put, put_table
from bcp.model.control_path import ControlPath
from bcp.model.plan import Plan
from bcp.model.questions import questions_of
from bcp.model.reach_words import (
    break_text,
    contact_text,
    down_text,
    group_text,
    reached_text,
    share_text,
    step_text,
    times_text,
    way_text,
)
from bcp.model.reachability import CallTreeReach, ContactReach, NoticeReach, Reachability
from bcp.model.scenario import Scenario
from bcp.words import Words


def put_reach(
    plan: Plan, scenario: Scenario, reach: Reachability, paths: tuple[ControlPath, ...], _: Words
) -> None:
    """The crisis team, everybody else, the call tree, the channels, and what can be done step by step."""
    put(f"{plan.organisation.name} – {scenario.titled(_.language)}", "bold")
    _put_people(plan, reach, _)
    _put_groups(plan, reach, _)
    if reach.call_tree is not None:
        _put_call_tree(plan, reach.call_tree, reach.horizon_s, _)
    _put_channels(plan, reach.notices, reach.horizon_s, _)
    _put_paths(plan, paths, _)
    questions = questions_of(plan, reach, paths, plan.title, _)
    if questions:
        heading(_("To find out"))
        for question in questions:
            put(f"· {question}")


def _put_people(plan: Plan, reach: Reachability, _: Words) -> None:
    """Those who decide first, in their order; then everybody else."""
    deciders = [i for i in plan.document.activation.decided_by if i in reach.contacts]
    heading(_("Who can be reached"))
    put_table(
        [_("Person"), _("Role"), _("Verdict"), _("By")],
        [
            [
                plan.title(i) + (" *" if i in deciders else ""),
                plan.contacts[i].role,
                contact_text(reach.contacts[i], reach.horizon_s, _),
                _ways(plan, reach.contacts[i], reach.horizon_s, _),
            ]
            for i in dict.fromkeys([*deciders, *reach.contacts])
        ],
    )
    if deciders:
        put(_("* decides on activation"), "dim")


def _ways(plan: Plan, contact: ContactReach, horizon: float, _: Words) -> str:
    return "; ".join(way_text(way, horizon, plan.title, _) for way in contact.ways) or "–"


def _put_groups(plan: Plan, reach: Reachability, _: Words) -> None:
    rows = [[_("The crisis team"), group_text(reach.crisis_team, reach.horizon_s, _)]]
    rows += [[plan.title(i), group_text(team, reach.horizon_s, _)] for i, team in reach.teams.items()]
    for role in reach.roles:
        names = ", ".join(map(plan.title, (*role.holders, *role.deputies)))
        text = reached_text(role.covered, reach.horizon_s, _) if names else _("nobody has this role")
        rows.append([_("Role: {role}", role=role.role), f"{text} ({names})" if names else text])
    heading(_("Teams and roles"))
    put_table([_("Team or role"), _("Verdict")], rows)


def _put_call_tree(plan: Plan, tree: CallTreeReach, horizon: float, _: Words) -> None:
    heading(_("Call tree"))
    put(_("Raises the alarm: {names}", names=", ".join(map(plan.title, tree.roots)) or "–"))
    broken = {b.called: b for b in reversed(tree.breaks)}
    put_table(
        [_("Calls"), _("Is called"), _("Does the call come through?"), _("Instead")],
        [
            [
                plan.title(link.caller),
                plan.title(link.called),
                reached_text(link.through, horizon, _),
                break_text(broken[link.called], plan.title, _) if link.called in broken else "",
            ]
            for link in tree.links
        ],
    )
    for names, text in ((tree.adrift, _("Never called")), (tree.left_out, _("Not in the call tree"))):
        if names:
            put(f"{text}: {', '.join(map(plan.title, names))}", "bold")


def _put_channels(plan: Plan, notices: NoticeReach, horizon: float, _: Words) -> None:
    if not notices.channels:
        return
    heading(_("Notice channels"))
    put_table(
        [_("Channel"), _("Reaches"), _("Verdict")],
        [
            [
                plan.title(c.channel),
                "–" if c.reach is None else _.percent(c.reach),
                down_text(c.down, horizon, plan.title, _) if c.down else _("serves"),
            ]
            for c in notices.channels
        ],
        right=(1,),
    )
    ends = [*(s.from_s for s in notices.shares[1:]), horizon]
    for share, end in zip(notices.shares, ends, strict=True):
        times = times_text([(share.from_s, end)], horizon, _)
        put(_("Customers reached {times}: {share}", times=times, share=share_text(share, _)))


def _put_paths(plan: Plan, paths: tuple[ControlPath, ...], _: Words) -> None:
    rows = [
        [
            plan.title(path.fallback) if step.number == 1 else "",
            str(step.number),
            plan.title(step.by) if step.by else "–",
            "–" if step.at_s is None else _.clock(step.at_s),
            ", ".join(map(plan.title, step.tools)) or "–",
            step_text(step, plan.title, _),
        ]
        for path in paths
        for step in path.steps
    ]
    if rows:
        heading(_("Control paths: can each step be done?"))
        columns = [_("Fallback"), _("Step"), _("Who"), _("At"), _("With"), _("Verdict")]
        put_table(columns, rows, right=(1, 3))
