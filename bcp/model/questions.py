"""What to ask where the plan does not say how somebody is reached or a step is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from bcp.model.answer import Answer, worst
from bcp.model.control_path import ControlPath, StepGap
from bcp.model.plan import Plan, WayKind
from bcp.model.reachability import ContactReach, Reachability, WayGap
from bcp.model.telephone import display, normal
from bcp.words import Words


def way_kind_name(kind: WayKind, _: Words) -> str:
    """What a way to reach somebody is called."""
    return {
        WayKind.MOBILE: _("mobile"),
        WayKind.PHONE: _("telephone"),
        WayKind.EMAIL: _("e-mail"),
        WayKind.CHAT: _("chat"),
        WayKind.SMS: _("SMS"),
        WayKind.RADIO: _("two-way radio"),
        WayKind.IN_PERSON: _("in person"),
    }[kind]


def way_question(gap: WayGap, _: Words, *, name: str, kind: WayKind, address: str, operator: str) -> str:
    """What to ask about a way to reach the contact `name`."""
    return {
        WayGap.SIM_OPERATOR: _("Which operator's SIM card is in {name}'s mobile?", name=name),
        WayGap.SIM_CARRIER: _(
            "Which network carries {name}'s mobile at {operator}? Add it to the plan.",
            name=name,
            operator=operator,
        ),
        WayGap.NUMBER: _(
            "What carries the number {number} of {name}? Add the number to the plan, or say what this way rests on.",
            number=address,
            name=name,
        ),
        WayGap.BASE: _(
            "What does this way to {name} rest on ({kind}): which platform, login and network?",
            name=name,
            kind=way_kind_name(kind, _),
        ),
        WayGap.NO_WAY: _("How is {name} reached?", name=name),
    }[gap]


def step_question(gap: StepGap, _: Words, *, number: int, fallback: str, by: str) -> str:
    """What to ask about step `number` of a fallback that `by` does."""
    return {
        StepGap.WHO: _(
            "Who does step {n} of {fallback}, and who else is authorised to?", n=number, fallback=fallback
        ),
        StepGap.REACH: _(
            "How is {by} reached for step {n} of {fallback}?", by=by, n=number, fallback=fallback
        ),
        StepGap.TOOLS: _(
            "With what is step {n} of {fallback} done: which portal or operator's desk (number, hours), "
            "which login and second factor, and who is authorised?",
            n=number,
            fallback=fallback,
        ),
    }[gap]


def questions_of(
    plan: Plan, reach: Reachability, paths: Iterable[ControlPath], name: Callable[[str], str], _: Words
) -> tuple[str, ...]:
    """What to ask of people who may be out of reach and of steps of which too little is known, each once.

    `name` gives the name of a contact or fallback. Nobody is asked about whom some way reaches throughout.
    """
    found = [
        question
        for i, contact in reach.contacts.items()
        if worst(contact.reached) != Answer.YES
        for question in _about(plan, contact, name(i), _)
    ]
    found += [
        step_question(
            gap,
            _,
            number=step.number,
            fallback=name(path.fallback),
            by=name(step.by) if step.by else "–",
        )
        for path in paths
        for step in path.steps
        for gap in step.gaps
        if gap != StepGap.REACH or step.by not in reach.contacts
    ]
    return tuple(dict.fromkeys(found))


def _about(plan: Plan, contact: ContactReach, name: str, _: Words) -> Iterator[str]:
    if contact.gap is not None:
        yield _("How is {name} reached?", name=name)
    for way in contact.ways:
        if way.gap is not None:
            number = (
                way.address if way.gap != WayGap.NUMBER else shown(way.address, plan.organisation.country)
            )
            operator = plan.title(plan.contacts[contact.contact].operator)
            yield way_question(way.gap, _, name=name, kind=way.kind, address=number, operator=operator)


def shown(address: str, country: str) -> str:
    """A number as people of the country write it; any other address as it stands."""
    try:
        return display(normal(address), country)
    except ValueError:
        return address
