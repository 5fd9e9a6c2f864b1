"""The letters that ask operators and suppliers what nobody in the organisation knows."""

from __future__ import annotations

from dataclasses import dataclass

from bcp.model.assumed import still_open
from bcp.model.plan import Contact, OpenQuestion, Plan
from bcp.model.references import WHOLE_PLAN
from bcp.words import Words


@dataclass(frozen=True, slots=True)
class Letter:
    """The open questions for one contact, with a text to mail; `to` is None for what must be found out ourselves."""

    to: str | None
    name: str
    email: str
    questions: tuple[OpenQuestion, ...]
    subject: str
    text: str


def letters(plan: Plan, _: Words) -> tuple[Letter, ...]:
    """A letter for each contact with open questions, in the order of the questions; ours last."""
    whom = dict.fromkeys(q.to for q in still_open(plan) if q.to is None or q.to in plan.contacts)
    ordered = sorted(whom, key=lambda to: to is None)
    return tuple(_letter(plan, to, _) for to in ordered)


def _letter(plan: Plan, to: str | None, _: Words) -> Letter:
    asked = tuple(q for q in still_open(plan) if q.to == to)
    contact = plan.contacts[to] if to is not None else Contact(name=_("Ourselves"))
    who = plan.organisation.name
    lines = "\n\n".join(f"{n}. {question_line(plan, q)}" for n, q in enumerate(asked, 1))
    opening = _(
        "We are writing our continuity plan and need to know what our telephony with you rests on. "
        "Please answer in writing, and say what you do not know."
    )
    closing = _(
        "Please also tell us where we report a fault when our telephones are dead, and our contract number there."
    )
    if to is None:
        text = lines
    else:
        text = f"{_('Hello,')}\n\n{opening}\n\n{lines}\n\n{closing}\n\n{_('Kind regards')}\n{who}\n"
    subject = _("Questions for the continuity plan of {name}", name=who)
    return Letter(to, contact.organisation or contact.name, contact.email, asked, subject, text)


def question_line(plan: Plan, question: OpenQuestion) -> str:
    """A question with what it is about in brackets, where it is about one thing."""
    return (
        question.text if question.about == WHOLE_PLAN else f"{question.text} ({plan.title(question.about)})"
    )


def answered(plan: Plan, question: OpenQuestion) -> Plan:
    """The plan without a question that has its answer."""
    left = tuple(q for q in plan.document.questions if q != question)
    return plan.model_copy(update={"document": plan.document.model_copy(update={"questions": left})})
