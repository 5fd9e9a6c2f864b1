"""What the location of a fault says, in a language's words: suspects, reasons, the next test, whose fault it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bcp.model.located import BETWEEN, Location, Standing, Suspect, SuspectGroup, TestCall
from bcp.words import Words

Title = Callable[[str], str]
"""What people call the thing of an id."""

_SHOWN = 6
_EXPLAINED = 3
_CERTAIN = 0.995
_SMALL = 0.05


def chance_text(probability: float, _: Words) -> str:
    """A probability as people say it; nothing found from samples is certain."""
    if probability > _CERTAIN:
        return _("over {share}", share=_.percent(0.99))
    return _.percent(round(probability, 2 if probability >= _SMALL else 3))


def ranked(found: Location) -> tuple[tuple[SuspectGroup, Suspect], ...]:
    """The groups of suspects, the most probable first, each with the suspect whose reasons stand for all of it."""
    by_name = {s.component: s for s in found.suspects}
    return tuple((g, by_name[g.members[0]]) for g in found.groups if g.members[0] in by_name)


def worth_explaining(found: Location) -> tuple[tuple[SuspectGroup, Suspect], ...]:
    """The few groups whose reasons are worth reading: the first, and others that are not far-fetched."""
    return tuple(
        (g, s) for n, (g, s) in enumerate(ranked(found)[:_EXPLAINED]) if not n or g.probability >= _SMALL
    )


def group_text(group: SuspectGroup, title: Title, _: Words) -> str:
    """A group's one member, or how many there are and who."""
    if group.size == 1:
        return name_text(group.members[0], title)
    names = named(group.members, title, _, more=group.size - len(group.members))
    return _("one of {n}: {names}", n=group.size, names=names)


def whose_text(group: SuspectGroup, suspect: Suspect, _: Words) -> str:
    """Whose a group is: as its first suspect, unless its members differ in that."""
    if group.outside is None:
        return _("ours or not, by which it is")
    if group.operator == suspect.operator:
        return standing_text(suspect, _)
    return _("somebody else's") if group.outside else _("our own")


def standing_text(suspect: Suspect, _: Words) -> str:
    """What a suspect is: ours or somebody else's, and whose."""
    if suspect.standing is Standing.OUTSIDE:
        return _("not in the plan")
    if suspect.standing is Standing.ROUTE:
        return _("the way there, not either end")
    if suspect.standing is Standing.OPERATOR:
        return _("an operator's network") if suspect.outside else _("our own network")
    if not suspect.outside:
        return _("our own")
    return _("belongs to {operator}", operator=suspect.operator) if suspect.operator else _("somebody else's")


def reason_text(suspect: Suspect, _: Words) -> str:
    """What a suspect accounts for and what speaks against it, in a few sentences."""
    parts = [
        _("It accounts for {n} of the failures", n=suspect.explains_count)
        + _kinds(suspect.explained_kinds)
        + ".",
        _.count("{n} call through it was well.", "{n} calls through it were well.", suspect.well),
        _(
            "If it is at fault, about {share} of the calls through it fail.",
            share=_.percent(round(suspect.fails, 2)),
        ),
    ]
    return " ".join(parts)


def _kinds(kinds: Mapping[str, int]) -> str:
    shown = ", ".join(f"{kind}: {n}" for kind, n in list(kinds.items())[:_SHOWN])
    return f" ({shown})" if shown else ""


def name_text(name: str, title: Title) -> str:
    """What people call a suspect; of a way, both its ends."""
    return BETWEEN.join(title(end) for end in name.split(BETWEEN))


def named(names: Sequence[str], title: Title, _: Words, *, more: int = 0) -> str:
    """Some names on one line, and how many more; `more` are not among the names."""
    shown = ", ".join(name_text(name, title) for name in names[:_SHOWN])
    rest = max(0, len(names) - _SHOWN) + more
    return shown if rest <= 0 else _("{names} and {n} more", names=shown, n=rest)


def call_text(test: TestCall, title: Title, _: Words) -> str:
    """The test call: from where, by which way, to where."""
    origin, to = ("; ".join(title(n) for n in names) or "–" for names in (test.origin, test.to))
    if test.via:
        via = "; ".join(title(n) for n in test.via)
        return _("from {origin} via {via} to {to}", origin=origin, via=via, to=to)
    return _("from {origin} to {to}", origin=origin, to=to)


def why_text(test: TestCall, title: Title, _: Words) -> str:
    """Why this test call is the next one, and how often to try it."""
    on, off = named(test.suspects, title, _), named(test.avoids, title, _)
    if on and off:
        text = _(
            "It goes through {on} and not through {off}, so its result tells them apart.", on=on, off=off
        )
    elif on:
        text = _("It goes through {on}: if it never fails, the fault is elsewhere.", on=on)
    elif off:
        text = _("It avoids {off}: if it fails all the same, the fault is elsewhere.", off=off)
    else:
        text = _("It may pass through the suspects, and its result weighs them anew.")
    times = _.count(
        "Try it once.", "Try it {n} times, for the fault shows itself only in some calls.", test.repeat
    )
    return f"{text} {times}"


def verdict_text(found: Location, title: Title, _: Words) -> str:
    """Where the fault lies, in a sentence."""
    if not found.failures:
        return _("No call failed.")
    if not found.groups or found.chance > 0.5:  # noqa: PLR2004 - more likely than not
        return _("These calls do not show a common cause: the failures may well be chance.")
    first = found.groups[0]
    share = chance_text(first.probability, _)
    if first.size > 1:
        names = named(first.members, title, _, more=first.size - len(first.members))
        return _(
            "Most probably one of {names}: {share} together. These calls cannot tell which.",
            names=names,
            share=share,
        )
    return _("Most probably {name}: {share}.", name=name_text(first.members[0], title), share=share)


def outside_text(found: Location, title: Title, _: Words) -> str:
    """That it is not us, with the evidence, as it can be sent to the operator; empty where it may be us."""
    if not found.outside or not found.suspects:
        return ""
    first = next((s for _g, s in ranked(found) if s.outside), found.suspects[0])
    parts = [
        _(
            "With a probability of {share} the fault lies outside our own network.",
            share=chance_text(found.outside_probability, _),
        ),
        _("Of {n} calls {failed} failed", n=found.calls, failed=found.failures) + _kinds(found.kinds) + ".",
        _(
            "{n} of the failures have {name} in common; of the other calls through it {well} were well.",
            n=first.explains_count,
            name=named([first.component, *first.alike], title, _),
            well=first.well,
        ),
    ]
    ours = next((s for s in found.suspects if not s.outside), None)
    if ours is not None:
        parts.append(
            _(
                "Of our own things {name} is the likeliest, with {share}: {n} calls through it were well.",
                name=name_text(ours.component, title),
                share=chance_text(ours.probability, _),
                n=ours.well,
            )
        )
    return " ".join(parts)


def caveats(found: Location, _: Words) -> tuple[str, ...]:
    """What to keep in mind about the result."""
    told = []
    if found.successes_assumed:
        told.append(
            _(
                "Only failures were given. What is usual was taken from the plan's demand, which is weaker: add calls that were well."
            )
        )
    if found.apart:
        told.append(_("Kinds of failure have causes of their own and were taken apart."))
    if found.outside_names:
        shown = [*found.outside_names]
        text = ", ".join(f"{name} ({found.outside_names[name]})" for name in shown[:_SHOWN])
        rest = len(shown) - _SHOWN + found.outside_more
        text = text if rest <= 0 else _("{names} and {n} more", names=text, n=rest)
        told.append(_("Not in the plan, and kept as something outside: {names}.", names=text))
    return tuple(told)
