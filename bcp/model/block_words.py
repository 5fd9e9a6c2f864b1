"""What the parts of an interview are called, and the question that each begins with."""

from __future__ import annotations

from bcp.model.block import Role
from bcp.words import Words


def role_name(role: Role, _: Words) -> str:
    """What blocks of a role are about."""
    return {
        Role.ACTIVITY: _("What customers call for"),
        Role.NUMBER: _("Numbers"),
        Role.ANSWERING: _("Where calls are answered"),
        Role.RUNNING: _("What must be running"),
        Role.TELLING: _("How customers are told"),
        Role.FALLBACK: _("What to do when it is dead"),
        Role.DECISION: _("Who decides, and when"),
        Role.TEAM: _("The crisis team"),
    }[role]


def role_question(role: Role, _: Words) -> str:
    """The question that a part of the interview begins with."""
    return {
        Role.ACTIVITY: _("What do customers call you for?"),
        Role.NUMBER: _("Which sort of number do they call?"),
        Role.ANSWERING: _("Where are the calls answered?"),
        Role.RUNNING: _("What must be running for that?"),
        Role.TELLING: _("How do you tell customers when the telephones are dead?"),
        Role.FALLBACK: _("What would you do if it is dead?"),
        Role.DECISION: _("Who decides to activate it, and when?"),
        Role.TEAM: _("Who leads when the telephones are dead?"),
    }[role]


def role_help(role: Role, _: Words) -> str:
    """A sentence below that question."""
    return {
        Role.ACTIVITY: _("Begin with the one that hurts most when nobody gets through. More can follow."),
        Role.NUMBER: _("The number on your web site and on your letters."),
        Role.ANSWERING: _("Where the call ends: the system that rings, and how calls get there."),
        Role.RUNNING: _("Lines, power, logins and systems. Name what you know; the rest becomes a question."),
        Role.TELLING: _("At best a channel that has nothing in common with the telephones."),
        Role.FALLBACK: _("What you would really do, even if nobody has tried it."),
        Role.DECISION: _("Asked once; it holds for every fallback that says nothing else."),
        Role.TEAM: _("Those who decide. Their mobiles and operators show whether they are lost all at once."),
    }[role]


def role_more(role: Role, _: Words) -> str:
    """The question where one has been given already."""
    return {
        Role.ACTIVITY: _("Do customers call for anything else?"),
        Role.NUMBER: _("Do they call any other number?"),
        Role.ANSWERING: _("Are calls answered anywhere else?"),
        Role.RUNNING: _("What else must be running?"),
        Role.TELLING: _("On which other channels do you tell them?"),
        Role.FALLBACK: _("What else could you do?"),
        Role.DECISION: _("Who else decides?"),
        Role.TEAM: _("Who else?"),
    }[role]
