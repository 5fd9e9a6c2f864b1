"""What participants should do, by when, and what they should not count on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bcp.engine.exercise.ground import Ground
from bcp.engine.people.notice_reach import bounds
from bcp.model.announcement import Occasion
from bcp.model.audience import message_occasions
from bcp.model.component import Kind
from bcp.model.duration import MINUTE
from bcp.model.exercise import Choice, Expected, Part
from bcp.model.route import Verdict

_TOLD_WITHIN = 30 * MINUTE
"""Seconds from when it is noticed until people are told, as with notices out."""

_SERVES = 0.5


def expectations(ground: Ground, key: Sequence[Choice]) -> tuple[Expected, ...]:
    """Everything expected, by time."""
    found = [*_calling_in(ground), *_decisions(ground, key), *_telling(ground), *_going_back(ground)]
    return tuple(sorted(found, key=lambda e: (e.by_s, e.text)))


def _calling_in(ground: Ground) -> Iterator[Expected]:
    """The crisis team is called in, by a way that the outage leaves."""
    _, activation = ground.words, ground.plan.document.activation
    begun = ground.run.noticed_s
    if begun is None:
        return
    criteria = "; ".join(activation.criteria)
    yield Expected(
        by_s=begun + ground.plan.defaults.decision,
        to=ground.seated.part(Part.MANAGEMENT),
        text=_("Decide whether the plan is activated. Its criteria: {criteria}", criteria=criteria)
        if criteria
        else _("Decide whether the plan is activated. It names no criteria for that."),
    )
    lost = [i for i in ground.people.crisis_team.members if ground.people.contacts[i].lost_s is not None]
    if lost:
        yield Expected(
            by_s=begun + ground.plan.defaults.decision,
            to=ground.seated.part(Part.MANAGEMENT),
            text=_(
                "Reach {names} by a way that does not rest on what has failed. The plan's alarm path: {path}",
                names=", ".join(ground.plan.title(i) for i in lost),
                path=activation.alarm_path or "–",
            ),
        )


def _decisions(ground: Ground, key: Sequence[Choice]) -> Iterator[Expected]:
    _, plan = ground.words, ground.plan
    for choice in (c for c in key if not c.automatic):
        name = plan.title(choice.fallback)
        to = tuple(
            dict.fromkeys((*((choice.role,) if choice.role else ()), *ground.seated.part(Part.MANAGEMENT)))
        )
        if choice.in_time:
            by = choice.decide_by_s
            yield Expected(
                by_s=choice.noticed_s + plan.defaults.decision if by is None else by,
                to=to,
                fallback=choice.fallback,
                text=_("Decide on “{name}”. It brings {activities} back to enough.", name=name,
                       activities=_titles(ground, choice.enough_for))
                if by is None
                else _("Decide on “{name}” by {time}: after that the RTO of {activity} cannot be kept with it.",
                       name=name, time=_.clock(by), activity=plan.title(choice.limit_of)),
            )  # fmt: skip
        elif choice.verdict in (Verdict.BLOCKED, Verdict.SHARES):
            yield Expected(
                by_s=choice.noticed_s,
                to=to,
                fallback=choice.fallback,
                avoid=True,
                text=_("Do not count on “{name}”: it rests on {shared}, which has failed.", name=name,
                       shared=_titles(ground, choice.because) or "–"),
            )  # fmt: skip
        elif choice.enough_for:
            yield Expected(
                by_s=choice.noticed_s,
                to=to,
                fallback=choice.fallback,
                text=_("Decide on “{name}” at once: even so the RTO of {activity} is broken, but it shortens the disruption.",
                       name=name, activity=plan.title(choice.limit_of)),
            )  # fmt: skip


def _titles(ground: Ground, ids: Sequence[str]) -> str:
    return ", ".join(ground.plan.title(i) for i in ids)


def _telling(ground: Ground) -> Iterator[Expected]:
    """The plan's prepared messages over channels that serve, and the reports that are a duty."""
    _, plan, begun = ground.words, ground.plan, ground.run.noticed_s
    if begun is None:
        return
    for message in plan.document.messages:
        if Occasion.DETECTION not in message_occasions(message):
            continue
        at = begun + _TOLD_WITHIN
        serving = [c for c in message.channels if ground.run.level_at(c, at) >= _SERVES]
        lost = [c for c in message.channels if c not in serving]
        role = ground.seated.of(message.by)
        text = _("Tell {audience} ({when}) over {channels}.", audience=message.audience, when=message.when,
                 channels=_titles(ground, serving) or _("a channel that still serves"))  # fmt: skip
        if lost:
            text += " " + _("Not over {channels}: that has failed.", channels=_titles(ground, lost))
        yield Expected(by_s=at, to=(role,) if role else ground.seated.part(Part.COMMUNICATIONS), text=text)
    for duty in plan.document.duties:
        yield Expected(
            by_s=begun + duty.deadline,
            to=ground.seated.part(Part.MANAGEMENT),
            text=_("Report to {authority}: {what}", authority=duty.authority, what=duty.what),
        )
    if not plan.document.messages and plan.of_kind(Kind.CHANNEL):
        serving = [c for c in plan.of_kind(Kind.CHANNEL) if ground.run.level_at(c, begun) >= _SERVES]
        least, _most = bounds((plan.components[c].reach, ground.run.level_at(c, begun)) for c in serving)
        yield Expected(
            by_s=begun + _TOLD_WITHIN,
            to=ground.seated.part(Part.COMMUNICATIONS),
            text=_("Tell customers over {channels}, which reach {share} of them at least.",
                   channels=_titles(ground, serving), share=_.percent(round(least, 3))),
        )  # fmt: skip


def _going_back(ground: Ground) -> Iterator[Expected]:
    """What must be done before the all-clear."""
    _, document = ground.words, ground.plan.document
    ends = [ground.run.activities[i].disruptions[-1][1] for i in ground.disrupted]
    if not ends or max(ends) >= ground.run.horizon_s:
        return
    checks = "; ".join((*document.stand_down, *document.validation))
    yield Expected(
        by_s=max(ends),
        to=ground.seated.part(Part.MANAGEMENT),
        text=_("Before the all-clear: {checks}", checks=checks)
        if checks
        else _(
            "Before the all-clear: test calls from other networks, and a list of what was changed meanwhile."
        ),
    )
