"""An entry of a log in a line of plain words."""

from __future__ import annotations

from bcp.model.decision import Act
from bcp.model.log_entry import (
    ActionAgreed,
    ActionDone,
    Clock,
    Closed,
    Corrected,
    Decided,
    Entry,
    Held,
    Joined,
    Marked,
    Noted,
    Parked,
    Released,
    StepTaken,
    Told,
    What,
)
from bcp.model.plan import Plan
from bcp.model.sitting import FACILITATOR
from bcp.words import Words


def act_name(act: Act, _: Words) -> str:
    """What is decided about a fallback."""
    return {
        Act.ACTIVATE: _("activate"),
        Act.IN_PLACE: _("in place"),
        Act.STAND_DOWN: _("stand down"),
    }[act]


def entry_kind(what: What, _: Words) -> str:
    """What sort of entry it is, in a word or two."""
    return {
        "joined": _("Joined"),
        "clock": _("Clock"),
        "released": _("Inject"),
        "held": _("Inject held back"),
        "decided": _("Decision"),
        "marked": _("Seen"),
        "step": _("Step"),
        "told": _("Told"),
        "noted": _("Note"),
        "parked": _("Parked question"),
        "action": _("Action"),
        "action_done": _("Action done"),
        "corrected": _("Struck out"),
        "closed": _("Closed"),
    }[what.kind]


def role_text(role: str, _: Words) -> str:
    """A role as people know it; those that an exercise names itself stay as they are."""
    return _("Facilitator") if role == FACILITATOR else role


def entry_text(entry: Entry, plan: Plan, _: Words) -> str:
    """What an entry says, on one line, with the names that people know things by. Its texts are as untrusted as theirs."""
    return " ".join(_said(entry, plan, _).split())


def _said(entry: Entry, plan: Plan, _: Words) -> str:  # noqa: C901, PLR0911, PLR0912 - a case for each kind of entry
    match entry.what:
        case Joined():
            return _("came in as {role}", role=role_text(entry.role, _)) if entry.role else _("came in")
        case Clock() as what:
            return _clock(what, _)
        case Released() as what:
            return _released(what, _)
        case Held(inject=inject, held=held):
            return (
                _("inject {id} is held back", id=inject)
                if held
                else _("inject {id} is held back no more", id=inject)
            )
        case Decided() as what:
            return _decided(what, plan, _)
        case Marked() as what:
            return _marked(what, plan, _)
        case StepTaken() as what:
            return _step(what, plan, _)
        case Told() as what:
            return _told(what, plan, _)
        case Noted(text=text) | Parked(text=text):
            return text
        case ActionAgreed() as what:
            due = what.due.isoformat() if what.due else ""
            return " – ".join(part for part in (what.text, what.owner, due) if part)
        case ActionDone(action=number, done=done):
            return (
                _("the action in entry {n} is done", n=number)
                if done
                else _("the action in entry {n} is open again", n=number)
            )
        case Corrected(entry=number, reason=reason):
            return _with(_("entry {n} does not count", n=number), reason)
        case Closed(text=text):
            return _with(_("closed"), text)


def _clock(what: Clock, _: Words) -> str:
    parts = [_("the clock runs") if what.running else _("the clock stands")]
    if what.running and what.speed != 1:
        parts.append(_("{n} times as fast", n=_.number(what.speed, 1)))
    if what.jump_to is not None:
        parts.append(_("jump to {time}", time=_.clock(what.jump_to)))
    return ", ".join(parts)


def _released(what: Released, _: Words) -> str:
    told = what.text or _("inject {id}", id=what.inject)
    channel = f" ({what.channel})" if what.channel else ""
    return f"{what.to}: {told}{channel}" if what.to else f"{told}{channel}"


def _decided(what: Decided, plan: Plan, _: Words) -> str:
    said = f"{plan.title(what.fallback)}: {act_name(what.act, _)}"
    owner = f" ({what.owner})" if what.owner else ""
    return _with(f"{said}{owner}", what.reason)


def _marked(what: Marked, plan: Plan, _: Words) -> str:
    if what.level >= 1:
        state = _("works")
    elif what.level <= 0:
        state = _("down")
    else:
        state = _("at {share}", share=_.percent(what.level))
    frozen = _(", nothing can be changed there") if what.frozen else ""
    return _with(f"{plan.title(what.component)}: {state}{frozen}", what.source)


def _step(what: StepTaken, plan: Plan, _: Words) -> str:
    name = plan.title(what.fallback)
    fallback = plan.fallbacks.get(what.fallback)
    steps = () if fallback is None else (fallback.failback_steps if what.failback else fallback.steps)
    text = steps[what.step].do if what.step < len(steps) else ""
    n = what.step + 1
    said = (
        _("{name}, step {n} done", name=name, n=n)
        if what.done
        else _("{name}, step {n} not done after all", name=name, n=n)
    )
    return _with(said, text)


def _told(what: Told, plan: Plan, _: Words) -> str:
    channel = plan.title(what.channel) if what.channel else ""
    head = f"{what.audience} ({channel})" if channel else what.audience
    return _with(head, what.text)


def _with(said: str, more: str) -> str:
    return f"{said}. {more}" if more.strip() else said
