"""An exercise as Markdown to print or pass on: the facilitator's script with the answer key, and a sheet a role."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bcp.model.assumed import with_doubts
from bcp.model.exercise import Choice, Exercise, ExerciseInject, Role
from bcp.model.names import verdict_name
from bcp.model.plan import Contact, Plan
from bcp.model.telephone import display
from bcp.words import Words

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~!$&]|:(?=[\w+\-/]+[:\[]))")


def exercise_text(exercise: Exercise, plan: Plan, words: Words) -> str:
    """The whole exercise: script, answers to decisions, what is expected, answer key, then the role sheets."""
    parts = [
        _head(exercise, words),
        _script(exercise, words),
        _upon(exercise, plan, words),
        _expected(exercise, words),
        _key(exercise, plan, words),
        *(role_sheet(role, plan, words) for role in exercise.roles),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def role_sheet(role: Role, plan: Plan, words: Words) -> str:
    """What a role has before it when the exercise begins; nothing of what is to come, and no answers."""
    _ = words
    told = _(
        "This is an exercise. Everything that you say or send begins and ends with {mark}.", mark=_marked(_)
    )
    return f"# {_marked(_)} – {_plain(role.name)}\n\n{told}\n\n{role_brief(role, plan, words)}"


def role_brief(role: Role, plan: Plan, words: Words) -> str:
    """What the plan gives a role: its people, what it answers for, what it can activate, what it says to others."""
    _ = words
    sections = (
        *_section(_("Who you are"), (_who(plan.contacts[c], plan) for c in role.contacts)),
        *_section(_("What you answer for"), (_activity(plan, i, _) for i in role.activities)),
        *_section(
            _("What you can activate"), (line for f in role.fallbacks for line in _fallback(plan, f, _))
        ),
        *_section(_("What you say to others"), _messages(plan, role)),
    )
    return "\n\n".join(sections)


def _head(exercise: Exercise, words: Words) -> str:
    _ = words
    lines = [
        f"# {_marked(_)} – {_plain(exercise.title)}",
        _("For the facilitator only. {organisation}.", organisation=_plain(exercise.plan)),
        _("What is told, and when limits are reached, holds as long as nobody decides anything."),
    ]
    if exercise.left_out:
        lines.append(
            _.count(
                "{n} activity or fallback is left out: too many for one exercise.",
                "{n} activities and fallbacks are left out: too many for one exercise.",
                exercise.left_out,
            )
        )
    return "\n\n".join(lines)


def _script(exercise: Exercise, words: Words) -> str:
    _ = words
    rows = [_row(i, exercise, words) for i in exercise.injects if not i.upon]
    return _table(_("Script"), (_("Time"), _("To"), _("Channel"), _("Text"), _("Behind it")), rows)


def _upon(exercise: Exercise, plan: Plan, words: Words) -> str:
    """The world's answers, by hand, to those who decide on something."""
    _ = words
    rows = [(_plain(plan.title(i.upon)), *_row(i, exercise, words)[1:]) for i in exercise.injects if i.upon]
    head = (_("When they decide on"), _("To"), _("Channel"), _("Text"), _("Behind it"))
    return _table(_("Answers to decisions"), head, rows) if rows else ""


def _row(inject: ExerciseInject, exercise: Exercise, words: Words) -> tuple[str, ...]:
    names = exercise.names()
    to = ", ".join(names[r] for r in inject.to) or words("everybody")
    return (
        words.clock(inject.at_s), _plain(to), _plain(inject.channel), _plain(inject.text), _plain(inject.note),
    )  # fmt: skip


def _expected(exercise: Exercise, words: Words) -> str:
    names = exercise.names()
    rows = [
        (
            words.clock(e.by_s),
            _plain(", ".join(names[r] for r in e.to) or words("everybody")),
            _plain(e.text),
        )
        for e in exercise.expected
    ]
    return _table(words("Expected"), (words("Latest"), words("Who"), words("What")), rows)


def _key(exercise: Exercise, plan: Plan, words: Words) -> str:
    _ = words
    head = (_("Fallback"), _("Verdict"), _("Decide by"), _("For"), _("Because"))
    rows = [
        (
            _plain(plan.title(c.fallback)),
            with_doubts(verdict_name(c.verdict, _), c.doubts, _),
            decide_by_text(c, _),
            _plain(", ".join(plan.title(i) for i in c.enough_for)) or "–",
            _plain(", ".join(plan.title(i) for i in c.because)) or "–",
        )
        for c in exercise.key
    ]
    return _table(_("Answer key"), head, rows) if rows else ""


def decide_by_text(choice: Choice, words: Words) -> str:
    """By when a fallback must be decided on, in words."""
    if choice.automatic:
        return words("acts by itself")
    if not choice.enough_for:
        return words("not enough alone")
    if choice.decide_by_s is None:
        return words("any time")
    if choice.decide_by_s < choice.noticed_s:
        return words("too late when noticed")
    return words.clock(choice.decide_by_s)


def _who(contact: Contact, plan: Plan) -> str:
    numbers = [display(n, plan.organisation.country) for n in (contact.mobile, contact.phone) if n]
    return _plain(" · ".join(part for part in (contact.name, contact.role, *numbers) if part))


def _activity(plan: Plan, activity: str, words: Words) -> str:
    bia = plan.components[activity].analysis
    limits = [
        f"{name} {words.length(limit)}" for name, limit in (("RTO", bia.rto), ("MTPD", bia.mtpd)) if limit
    ]
    return _plain(" · ".join((plan.title(activity), *limits)))


def _fallback(plan: Plan, fallback: str, words: Words) -> Iterator[str]:
    f = plan.fallbacks[fallback]
    yield f"**{_plain(plan.title(fallback))}** · {words.length(f.lead_time)} · {words.percent(f.capacity)}"
    for number, step in enumerate(f.steps, 1):
        by = f" ({_plain(plan.title(step.by))})" if step.by else ""
        yield f"  {number}. {_plain(step.do)}{by}"


def _messages(plan: Plan, role: Role) -> Iterator[str]:
    for message in plan.document.messages:
        if message.by in (role.id, *role.contacts):
            yield f"**{_plain(message.audience)}** – {_plain(message.when)}: {_plain(message.text)}"


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = [line if line.startswith("  ") else f"- {line}" for line in lines]
    if found:
        yield f"## {title}"
        yield "\n".join(found)


def _table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return f"## {title}\n\n" + "\n".join(lines)


def _marked(words: Words) -> str:
    return words("EXERCISE")


def _plain(text: str) -> str:
    """Untrusted text on one line, every sign escaped that Markdown could take as its own."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
