"""All facts of a document, from the plan and the results it shows."""

from __future__ import annotations

from datetime import date

from bcp.model.assumed import still_open
from bcp.model.audience import message_audience
from bcp.model.component import Kind
from bcp.model.finding import Finding, Severity
from bcp.model.plan import Message
from bcp.model.references import WHOLE_PLAN
from bcp.model.route import RoutingPlan
from bcp.render.context.activities import activity_facts
from bcp.render.context.components import channel_facts, channels, component_facts
from bcp.render.context.desks import desk_facts
from bcp.render.context.facts import (
    ComponentFacts,
    ContactFacts,
    DutyFacts,
    Facts,
    MessageFacts,
    PhaseFacts,
    QuestionFacts,
    TestFacts,
)
from bcp.render.context.fallbacks import fallback_facts, fate_facts, route_facts
from bcp.render.context.happened import scenario_facts
from bcp.render.context.material import Material
from bcp.render.context.people import people, person, teams
from bcp.render.context.reach import reach_facts
from bcp.render.context.recovery import deadlock_facts, recovery_facts, supplier_facts
from bcp.render.context.results import FindingFacts
from bcp.render.context.wording import duration, severity_name, severity_tone
from bcp.render.marks import clean
from bcp.render.notices.beforehand import notice_beforehand
from bcp.render.notices.texts import NoticeTexts
from bcp.words import LANGUAGES


def facts_of(material: Material, *, revision: str, made_on: date | None) -> Facts:
    """Everything that a template may show. `made_on` None leaves the day open."""
    plan, assessment, document, _ = material.plan, material.assessment, material.plan.document, material.words
    fallbacks = sorted(plan.fallbacks, key=lambda f: (material.name(f), f))
    numbers = plan.of_kind(Kind.NUMBER, Kind.NUMBER_RANGE)
    return Facts(
        organisation=clean(plan.organisation.name),
        language=material.language,
        languages=LANGUAGES[material.language],
        made_on=_.day(made_on) if made_on else "",
        revision=clean(revision),
        content_hash=plan.content_hash,
        owner=person(document.owner, material),
        approver=person(document.approver, material),
        version=clean(document.version) or clean(revision),
        next_review=_.day(document.next_review) if document.next_review else "",
        classification=clean(document.classification),
        copies=_texts(document.copies),
        purpose=clean(document.purpose),
        scope=clean(document.scope),
        assumptions=_texts(document.assumptions),
        criteria=_texts(document.activation.criteria),
        decided_by=_persons(document.activation.decided_by, material),
        alarm_path=clean(document.activation.alarm_path),
        meeting_place=clean(document.activation.meeting_place),
        rhythm=clean(document.activation.rhythm),
        stand_down=_texts(document.stand_down),
        validation=_texts(document.validation),
        duties=_duties(material),
        messages=_messages(material),
        tests=_tests(material),
        questions=_questions(material),
        activities=tuple(activity_facts(a, material) for a in material.priority),
        numbers=tuple(
            component_facts(i, material) for i in sorted(numbers, key=lambda i: (numbers[i].e164 or "", i))
        ),
        components=tuple(
            component_facts(i, material)
            for i in sorted(
                plan.components, key=lambda i: (_rank(plan.components[i].kind), material.name(i), i)
            )
        ),
        suspects=_suspects(material),
        channels=channels(material),
        teams=teams(material),
        contacts=people(material),
        desks=desk_facts(material),
        fallbacks=tuple(fallback_facts(f, material) for f in fallbacks),
        routes=tuple(route_facts(r, material) for r in _routes_in_order(material)),
        fates=tuple(fate_facts(s, material) for s in assessment.shared_fate),
        findings=tuple(_finding(f, material) for f in sorted(assessment.findings, key=_weight)),
        phases=_phases(material),
        deadlocks=tuple(" ↔ ".join(material.names(group)) for group in assessment.deadlocks),
        recoveries=recovery_facts(material),
        breaks=deadlock_facts(material),
        suppliers=supplier_facts(material),
        reach=reach_facts(material),
        scenario=scenario_facts(material),
    )


def _suspects(material: Material) -> tuple[ComponentFacts, ...]:
    alone = {i for points in material.assessment.single_points.values() for i in points}
    facts = [component_facts(i, material) for i in sorted(alone - set(material.priority))]
    return tuple(sorted(facts, key=lambda c: (-len(c.single_point_of), c.name, c.id)))


def _rank(kind: Kind) -> int:
    return tuple(Kind).index(kind)


def _texts(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text for line in lines if (text := clean(line)))


def _persons(keys: tuple[str, ...], material: Material) -> tuple[ContactFacts, ...]:
    found = (person(key, material) for key in keys)
    return tuple(facts for facts in found if facts is not None)


def _routes_in_order(material: Material) -> list[RoutingPlan]:
    """Activities by priority, then the others as they come."""
    order = {a: n for n, a in enumerate(material.priority)}
    return sorted(
        material.routes, key=lambda r: (order.get(r.subject, len(order)), material.name(r.subject), r.subject)
    )


def _duties(material: Material) -> tuple[DutyFacts, ...]:
    duties = sorted(material.plan.document.duties, key=lambda d: (d.deadline, d.authority, d.what))
    return tuple(
        DutyFacts(
            clean(d.authority),
            clean(d.what),
            duration(d.deadline, material.words),
            clean(d.how),
            clean(d.source),
        )
        for d in duties
    )


def _messages(material: Material) -> tuple[MessageFacts, ...]:
    texts = NoticeTexts(material.plan, open_times=True)
    return tuple(_message(m, texts, material) for m in material.plan.document.messages)


def _message(message: Message, texts: NoticeTexts, material: Material) -> MessageFacts:
    notice = notice_beforehand(material.plan, message_audience(message))
    text = texts.filled_in(message.text, notice)
    failing = {f.number for f in notice.failing}
    told = [i.fallback for i in notice.instead if i.number in text and i.number not in failing]
    return MessageFacts(
        audience=clean(message.audience),
        when=clean(message.when),
        channels=tuple(channel_facts(c, material) for c in message.channels),
        by=material.name(message.by) if message.by else "",
        text=text,
        decisions=material.names(tuple(dict.fromkeys(told))),
    )


def _tests(material: Material) -> tuple[TestFacts, ...]:
    tests = sorted(material.plan.document.tests, key=lambda t: (t.held, t.what), reverse=True)
    return tuple(
        TestFacts(material.words.day(t.held), clean(t.what), clean(t.result), clean(t.actions)) for t in tests
    )


def _questions(material: Material) -> tuple[QuestionFacts, ...]:
    """The questions that wait for an answer, as the plan lists them."""
    return tuple(
        QuestionFacts(
            about=_about(q.about, material),
            text=clean(q.text),
            ask=material.name(q.to) if q.to else "",
        )
        for q in still_open(material.plan)
    )


def _about(key: str, material: Material) -> str:
    return material.words("The whole plan") if key == WHOLE_PLAN else material.name(key)


def _weight(finding: Finding) -> int:
    return tuple(Severity).index(finding.severity)


def _finding(finding: Finding, material: Material) -> FindingFacts:
    _ = material.words
    risks = material.plan.accepted_risks
    risk = next((r for r in risks if r.code == finding.code and r.subject == finding.subject), None)
    accepted = ""
    if risk is not None:
        accepted = _(
            "Accepted by {who} until {day}: {reason}",
            who=clean(risk.accepted_by),
            day=_.day(risk.until),
            reason=clean(risk.reason),
        )
    return FindingFacts(
        code=clean(finding.code),
        severity=str(finding.severity),
        severity_name=severity_name(finding.severity, _),
        tone=severity_tone(finding.severity),
        subject=_about(finding.subject, material),
        message=clean(finding.message),
        fix=clean(finding.fix),
        accepted=accepted,
    )


_NOT_STARTED = (Kind.CUSTOMER_GROUP, Kind.TEAM)
"""Kinds that nobody starts."""


def _phases(material: Material) -> tuple[PhaseFacts, ...]:
    assessment, _ = material.assessment, material.words
    facts: list[PhaseFacts] = []
    for phase in assessment.restart_order:
        started = [i for i in phase if material.plan.components[i].kind not in _NOT_STARTED]
        if not started:
            continue
        ready = max((assessment.restart_ready_s.get(i, 0.0) for i in started), default=0.0)
        order = sorted(started, key=lambda i: (_rank(material.plan.components[i].kind), material.name(i), i))
        facts.append(
            PhaseFacts(
                number=len(facts) + 1,
                ready=_("ready after {time}", time=_.length(ready)) if ready else _("ready at once"),
                components=tuple(component_facts(i, material) for i in order),
            )
        )
    return tuple(facts)
