"""Who can be reached and told, and whether steps can be done: made ready for templates."""

from __future__ import annotations

from bcp.model.answer import Answer, Course, worst
from bcp.model.control_path import StepPath, StepVerdict
from bcp.model.questions import questions_of
from bcp.model.reach_words import (
    break_text,
    contact_text,
    group_text,
    reached_text,
    share_text,
    step_text,
    times_text,
    way_text,
)
from bcp.model.reachability import CallTreeReach, GroupReach
from bcp.render.blocks import Tone
from bcp.render.context.material import Material
from bcp.render.context.reach_facts import (
    CallFacts,
    NoticeShareFacts,
    PersonReachFacts,
    ReachFacts,
    RoleFacts,
)
from bcp.render.marks import clean

_TONES = {Answer.YES: Tone.GOOD, Answer.UNKNOWN: Tone.QUIET, Answer.NO: Tone.BAD}
_STEP_TONES = {
    StepVerdict.POSSIBLE: Tone.GOOD,
    StepVerdict.UNKNOWN: Tone.QUIET,
    StepVerdict.SHARES: Tone.WARN,
}


def reach_facts(material: Material) -> ReachFacts:
    """Who can be reached in the run, or, without one, while everything works."""
    reach, _ = material.reach, material.words
    tree = reach.call_tree
    return ReachFacts(
        quorum=reach.crisis_team.quorum,
        quorum_said=material.plan.document.activation.quorum is not None,
        people=tuple(_person(i, material) for i in _acting(material)),
        teams=(
            _group(_("The crisis team"), reach.crisis_team, material),
            *(
                _group(material.name(i), team, material)
                for i, team in reach.teams.items()
                if set(team.members) != set(reach.crisis_team.members)
            ),
        ),
        roles=_roles(material),
        alarm_raised_by=() if tree is None else material.names(tree.roots),
        calls=() if tree is None else _calls(tree, material),
        never_called=() if tree is None else material.names(tree.adrift),
        left_out=() if tree is None else material.names(tree.left_out),
        shares=_shares(material),
        questions=questions_of(
            material.plan, reach, tuple(material.control_paths.values()), material.name, _
        ),
    )


def step_verdict(step: StepPath, material: Material) -> tuple[str, str]:
    """What a step is worth in words, and its tone."""
    return step_text(step, material.name, material.words), _STEP_TONES.get(step.verdict, Tone.BAD)


def _acting(material: Material) -> tuple[str, ...]:
    """Those who decide, then those in the call tree and in teams, each once."""
    activation = material.plan.document.activation
    tree = [i for caller, called in activation.call_tree.items() for i in (caller, *called)]
    members = [m for team in material.reach.teams.values() for m in team.members]
    return tuple(i for i in dict.fromkeys([*activation.decided_by, *tree, *members]))


def _person(key: str, material: Material) -> PersonReachFacts:
    found, horizon, _ = material.reach.contacts[key], material.reach.horizon_s, material.words
    return PersonReachFacts(
        name=material.name(key),
        role=clean(material.plan.contacts[key].role),
        decides=key in material.plan.document.activation.decided_by,
        verdict=contact_text(found, horizon, _),
        tone=_tone(found.reached),
        ways=tuple(way_text(way, horizon, material.name, _) for way in found.ways),
    )


def _group(name: str, group: GroupReach, material: Material) -> RoleFacts:
    return RoleFacts(
        name=name,
        people=material.names(group.members),
        verdict=group_text(group, material.reach.horizon_s, material.words),
        tone=_tone(group.met),
    )


def _roles(material: Material) -> tuple[RoleFacts, ...]:
    _ = material.words
    return tuple(
        RoleFacts(
            name=clean(role.role),
            people=material.names((*role.holders, *role.deputies)),
            verdict=reached_text(role.covered, material.reach.horizon_s, _)
            if role.holders
            else _("nobody has this role"),
            tone=_tone(role.covered),
        )
        for role in material.reach.roles
    )


def _calls(tree: CallTreeReach, material: Material) -> tuple[CallFacts, ...]:
    broken = {b.called: b for b in reversed(tree.breaks)}
    return tuple(
        CallFacts(
            caller=material.name(link.caller),
            called=material.name(link.called),
            verdict=reached_text(link.through, material.reach.horizon_s, material.words),
            tone=_tone(link.through),
            instead=break_text(broken[link.called], material.name, material.words)
            if link.called in broken
            else "",
        )
        for link in tree.links
    )


def _shares(material: Material) -> tuple[NoticeShareFacts, ...]:
    shares, horizon, _ = material.reach.notices.shares, material.reach.horizon_s, material.words
    if not material.reach.notices.channels:
        return ()
    ends = [*(s.from_s for s in shares[1:]), horizon]
    return tuple(
        NoticeShareFacts(
            times=times_text([(share.from_s, end)], horizon, _) if material.run is not None else "",
            channels=material.names(share.channels),
            reached=share_text(share, _),
        )
        for share, end in zip(shares, ends, strict=True)
    )


def _tone(course: Course) -> str:
    return _TONES[worst(course)]
