"""What to do: the options of each number and activity with their verdicts, and an action card for each fallback."""

from __future__ import annotations

from bcp.model.route import RoutingPlan
from bcp.render.context.facts import FallbackFacts, OptionFacts, StepFacts
from bcp.render.context.fallbacks import fallback_facts, route_facts
from bcp.render.html import Html, element, joined
from bcp.render.pack.contents import Contents, badge, gap, section, tick, ways


def ordered(contents: Contents) -> tuple[RoutingPlan, ...]:
    """Activities by priority, then the numbers by name."""
    order = {a: n for n, a in enumerate(contents.material.priority)}
    plan = contents.plan

    def rank(route: RoutingPlan) -> tuple[int, str, str]:
        return order.get(route.subject, len(order)), plan.title(route.subject).casefold(), route.subject

    return tuple(sorted(contents.material.routes, key=rank))


def card_order(contents: Contents) -> tuple[str, ...]:
    """Every fallback once: in the order in which the options name them, then those that no option names."""
    named = [option.fallback for route in ordered(contents) for option in route.options]
    return tuple(dict.fromkeys([*named, *sorted(contents.plan.fallbacks)]))


def routes(contents: Contents) -> Html:
    """For each activity and number its options, best first, each leading to its card."""
    _ = contents.words
    body = [_route(route, contents) for route in ordered(contents)]
    return section(
        "routes",
        _("If it is dead: what to do instead"),
        *(body or [gap(_("The plan has no numbers or activities to route."))]),
    )


def _route(route: RoutingPlan, contents: Contents) -> Html:
    _ = contents.words
    facts = route_facts(route, contents.material)
    limits = _limits(route.subject, contents)
    options = [
        element("li", _option(option, key.fallback, contents))
        for option, key in zip(facts.options, route.options, strict=True)
    ]
    return element(
        "div",
        element("h3", facts.title, element("small", f"{facts.kind_name}{limits}")),
        element("ol", *options) if options else gap(_("No way around: it stays down until it is repaired.")),
        class_="card",
    )


def _limits(subject: str, contents: Contents) -> str:
    _, bia = contents.words, contents.plan.components[subject].analysis
    rto = [_("RTO {limit}", limit=_.length(bia.rto))] if bia.rto is not None else []
    mtpd = [_("MTPD {limit}", limit=_.length(bia.mtpd))] if bia.mtpd is not None else []
    return "".join(f" · {text}" for text in (*rto, *mtpd))


def _option(option: OptionFacts, key: str, contents: Contents) -> Html:
    _ = contents.words
    facts = _("carries load after {time}, serves {share}", time=option.active_from, share=option.served)
    return joined(
        element("a", option.fallback.name, href=f"#card-{_number(key, contents)}"),
        " ",
        badge(str(option.tone), option.verdict_name),
        element("br"),
        element("span", facts, class_="note"),
    )


def _number(key: str, contents: Contents) -> int:
    return card_order(contents).index(key) + 1


def cards(contents: Contents) -> Html:
    """The action cards, one for each fallback."""
    _ = contents.words
    body = [_card(n, key, contents) for n, key in enumerate(card_order(contents), 1)]
    return section("cards", _("Action cards"), *(body or [gap(_("The plan has no fallbacks."))]))


def _card(number: int, key: str, contents: Contents) -> Html:
    _ = contents.words
    facts = fallback_facts(key, contents.material)
    about = [element("p", element("strong", _("Use when:")), f" {facts.trigger}")]
    if facts.activities:
        about.append(element("p", element("strong", _("Serves:")), f" {', '.join(facts.activities)}"))
    about.append(element("p", element("strong", _("Who:")), " ", _owner(key, contents)))
    about.append(element("p", element("strong", _("Ready:")), f" {_ready(facts, contents)}"))
    need = ", ".join((*facts.needs, *([facts.executes_at] if facts.executes_at else ())))
    if need:
        about.append(element("p", element("strong", _("Needs:")), f" {need}"))
    if facts.fate is not None and facts.fate.meetings:
        about.append(_beware(facts, contents))
    steps = [_step(f"card.{key}.{step.number}", step, contents) for step in facts.steps]
    back = [_step(f"back.{key}.{step.number}", step, contents) for step in facts.failback_steps]
    log = element("p", _("Activated at ________ by ____________________"), class_="write")
    return element(
        "article",
        element(
            "h3", f"{number}. {facts.name} ", badge(str(facts.tone), facts.verdict_name or _("not judged"))
        ),
        *about,
        element("ol", *steps) if steps else gap(_("No steps are written.")),
        log,
        *_return(facts, back, contents),
        id=f"card-{number}",
        class_="card action",
    )


def _ready(facts: FallbackFacts, contents: Contents) -> str:
    return contents.words(
        "{time} after the failure; carries {share}; can be kept up {endurance}",
        time=facts.ready_after,
        share=facts.capacity,
        endurance=facts.endurance,
    )


def _owner(key: str, contents: Contents) -> Html:
    """Who activates the fallback, with their numbers: a contact, or the members of a team."""
    _, plan = contents.words, contents.plan
    owner = plan.fallbacks[key].owner
    if owner is None:
        return element("span", _("nobody is named"), class_="gap")
    if owner in plan.contacts:
        return joined(plan.title(owner), " · ", ways(plan.contacts[owner], contents))
    members = [m for m in plan.components[owner].members if m in plan.contacts]
    people = [joined(plan.title(m), " · ", ways(plan.contacts[m], contents)) for m in members[:3]]
    return joined(plan.title(owner), *(joined(element("br"), person) for person in people))


def _beware(facts: FallbackFacts, contents: Contents) -> Html:
    _ = contents.words
    shared = ", ".join(m.component for m in facts.fate.meetings) if facts.fate else ""
    text = _(
        "Rests, like what it stands in for, on {names}. If that has failed, take another card.", names=shared
    )
    return element("p", "⇄ ", text, class_="beware")


def _step(key: str, step: StepFacts, contents: Contents) -> Html:
    _ = contents.words
    beside = " · ".join(
        text
        for text in (
            step.by,
            step.takes,
            _("with {names}", names=", ".join(step.needs)) if step.needs else "",
            step.verdict if step.tone in ("bad", "warn") else "",
        )
        if text
    )
    parts: list[str] = [step.do]
    if beside:
        parts.append(element("small", beside))
    if step.expect:
        parts.append(element("small", f"→ {step.expect}"))
    return element("li", tick(key, *parts))


def _return(facts: FallbackFacts, back: list[Html], contents: Contents) -> list[Html]:
    _ = contents.words
    when = _("Go back when {name} has held for {time}", name=facts.protects, time=facts.stabilise)
    return [element("h4", when), *([element("ol", *back)] if back else [])]
