"""How reachability and control paths are said to people: one wording for the terminal and the documents.

`name` gives the name of a component, contact or fallback by its id, fit for where it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from bcp.model.answer import Answer, Course, Span, spans, worst
from bcp.model.control_path import StepPath, StepVerdict
from bcp.model.questions import way_kind_name
from bcp.model.reachability import Break, ContactReach, Count, GroupReach, NoticeShare, Outage, WayReach
from bcp.model.run import at
from bcp.words import Words

Namer = Callable[[str], str]


def times_text(times: Iterable[Span], horizon: float, _: Words) -> str:
    """Times of a scenario, such as "+0:10–+14:00, from +20:00"; those that last to the horizon stay open."""
    parts = []
    for since, until in times:
        if until < horizon:
            parts.append(f"{_.clock(since)}–{_.clock(until)}")
        else:
            parts.append(_("from {time}", time=_.clock(since)))
    return ", ".join(parts)


def reached_text(course: Course, horizon: float, _: Words) -> str:
    """Whether somebody is reached, and if not, when."""
    times = times_text(spans(course, worst(course), horizon), horizon, _)
    match worst(course):
        case Answer.NO:
            return _("not reached {times}", times=times)
        case Answer.UNKNOWN:
            return _("not known {times}", times=times) if len(course) > 1 else _("not known")
        case Answer.YES:
            return _("reached")


def contact_text(contact: ContactReach, horizon: float, _: Words) -> str:
    """Whether somebody is reached; if not, when, and when only an e-mail would arrive."""
    lost: list[Span] = []
    mail: list[Span] = []
    for since, until in spans(contact.reached, Answer.NO, horizon):
        cuts = [since, *(t for t, _answer in contact.mailed if since < t < until), until]
        for part in pairwise(cuts):
            (mail if at(contact.mailed, part[0]) == Answer.YES else lost).append(part)
    texts = []
    if lost:
        texts.append(_("not reached {times}", times=times_text(lost, horizon, _)))
    if mail:
        texts.append(_("only by e-mail {times}", times=times_text(mail, horizon, _)))
    return "; ".join(texts) or reached_text(contact.reached, horizon, _)


def way_text(way: WayReach, horizon: float, name: Namer, _: Words) -> str:
    """One way to somebody and whether it works, such as "mobile down +0:10–+14:00 (Mobile network)"."""
    kind = way_kind_name(way.kind, _)
    if way.down:
        return f"{kind} {down_text(way.down, horizon, name, _)}"
    if worst(way.works) == Answer.UNKNOWN:
        return _("{way} not known", way=kind)
    return _("{way} works", way=kind)


def down_text(down: tuple[Outage, ...], horizon: float, name: Namer, _: Words) -> str:
    """When something is down and because of what, such as "down +0:10–+14:00 (Mobile network)"."""
    times = times_text([(o.from_s, o.until_s) for o in down], horizon, _)
    bases = dict.fromkeys(i for o in down for i in (o.path[-1:] or o.by))
    names = ", ".join(map(name, bases))
    return _("down {times} ({names})", times=times, names=names) if names else _("down {times}", times=times)


def group_text(group: GroupReach, horizon: float, _: Words) -> str:
    """Whether enough of a group are reached, with the least number at any time."""
    if not group.members:
        return _("nobody is named")
    lowest = min(group.counts, key=_least)
    number = f"{lowest.surely}" if lowest.surely == lowest.at_most else f"{lowest.surely}–{lowest.at_most}"
    values = {"all": len(group.members), "quorum": group.quorum}
    match worst(group.met):
        case Answer.YES:
            return _(
                "at least {n} of {all} reached at all times (needed: {quorum})", n=lowest.surely, **values
            )
        case Answer.UNKNOWN:
            return _(
                "{n} of {all} reached at the worst time (needed: {quorum}): not known", n=number, **values
            )
        case Answer.NO:
            times = times_text(spans(group.met, Answer.NO, horizon), horizon, _)
            return _(
                "only {n} of {all} reached (needed: {quorum}): too few {times}",
                n=number,
                times=times,
                **values,
            )


def _least(count: Count) -> tuple[int, int]:
    return count.surely, count.at_most


_CALLERS = 2
"""So many who can call instead are named."""


def break_text(found: Break, name: Namer, _: Words) -> str:
    """What to do when a branch of the call tree is broken."""
    if found.instead_by:
        return _("is called by {names} instead", names=", ".join(map(name, found.instead_by[:_CALLERS])))
    if found.deputy:
        return _("the deputy {name} is called instead", name=name(found.deputy))
    return _("nobody in the tree can call instead")


def share_text(share: NoticeShare, _: Words) -> str:
    """The bounds on the share of customers reached."""
    if share.most - share.least < _SAME:
        return _.percent(share.least)
    return _("at least {least}, at most {most}", least=_.percent(share.least), most=_.percent(share.most))


_SAME = 0.0005
"""Shares that differ by less are shown as one."""


def step_text(step: StepPath, name: Namer, _: Words) -> str:
    """What a step is worth, with what is behind it."""
    names = ", ".join(map(name, step.because))
    way = " → ".join(map(name, step.path))
    because = f"{names} ({way})" if len(step.path) > 1 else names
    match step.verdict:
        case StepVerdict.POSSIBLE if step.waited_s:
            return _("possible after waiting {time}", time=_.length(step.waited_s))
        case StepVerdict.POSSIBLE:
            return _("possible")
        case StepVerdict.UNKNOWN:
            return _("not known")
        case StepVerdict.SHARES:
            return _("shares {names} with what it protects", names=because)
        case StepVerdict.UNREACHABLE:
            return _("{names} not reached", names=because)
        case StepVerdict.BLOCKED:
            return _("blocked by {names}", names=because)
