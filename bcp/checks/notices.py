"""N: whether customers can be told when the number that they call is dead."""

from __future__ import annotations

from collections.abc import Iterator

from bcp.checks.evidence import Evidence
from bcp.checks.rule import Hit, Rule
from bcp.model.announcement import Occasion
from bcp.model.audience import form_of, group_audiences, guessed_form, message_audience, message_occasions
from bcp.model.component import Kind
from bcp.model.finding import Severity
from bcp.model.notice_out_words import audience_name, form_name, occasion_name
from bcp.model.references import WHOLE_PLAN, Path
from bcp.model.remedy import Change, added

_PLACES = (Kind.POWER, Kind.SITE)
"""A building or its power takes more than the telephones; a failed number does not take these."""


def _without_channel(evidence: Evidence) -> Iterator[Hit]:
    reach = evidence.reach
    channels = [reach.below(i) for i, _ in evidence.of_kind(Kind.CHANNEL)]
    all_numbers, places = reach.of_kind(Kind.NUMBER, Kind.NUMBER_RANGE), reach.of_kind(*_PLACES)
    for i, c in evidence.of_kind(Kind.ACTIVITY):
        numbers = list(reach.ids(reach.below(i) & all_numbers))
        below = 0
        for number in numbers:
            below |= reach.below(number)
        if numbers and all(below & ~places & channel for channel in channels):
            yield Hit(i, ("components", i), {"name": c.name, "numbers": evidence.names(sorted(numbers))})


def _without_messages(evidence: Evidence) -> Iterator[Hit]:
    if evidence.plan.of_kind(Kind.NUMBER, Kind.NUMBER_RANGE) and not evidence.plan.document.messages:
        yield Hit(WHOLE_PLAN, ("document",))


def _message_without_channel(evidence: Evidence) -> Iterator[Hit]:
    for n, message in enumerate(evidence.plan.document.messages):
        if not message.channels:
            yield Hit(
                WHOLE_PLAN, ("document", "messages", n), {"audience": message.audience, "when": message.when}
            )


def _without_reach(evidence: Evidence) -> Iterator[Hit]:
    for i, c in evidence.of_kind(Kind.CHANNEL):
        if c.reach is None:
            yield Hit(i, ("components", i), {"name": c.name})


def _one_way_out(evidence: Evidence) -> Iterator[Hit]:
    for n, message in enumerate(evidence.plan.document.messages):
        common = -1 if message.channels else 0
        for channel in message.channels:
            common &= evidence.reach.below(channel)
        if shared := evidence.reach.tops(common):
            values = {"audience": message.audience, "when": message.when, "shared": evidence.names(shared)}
            yield Hit(WHOLE_PLAN, ("document", "messages", n, "channels"), values)


def _sort_of_channel_unsaid(evidence: Evidence) -> Iterator[Hit]:
    for i, c in evidence.of_kind(Kind.CHANNEL):
        if c.form is None:
            guess = guessed_form(i, c)
            change = Change(path=("components", i, "form"), after=guess.value) if guess else None
            values = {"name": c.name, "form": form_name(guess or form_of(i, c), evidence.words)}
            yield Hit(i, ("components", i), values, (change,) if change else ())


def _group_by_its_words(evidence: Evidence) -> Iterator[Hit]:
    for i, c in evidence.of_kind(Kind.CUSTOMER_GROUP):
        for audience in group_audiences(c)[:1]:
            if c.audience is None:
                change = Change(path=("components", i, "audience"), after=audience.value)
                values = {"name": c.name, "audience": audience_name(audience, evidence.words)}
                yield Hit(i, ("components", i), values, (change,))


def _message_by_its_words(evidence: Evidence) -> Iterator[Hit]:
    for n, message in enumerate(evidence.plan.document.messages):
        if message.to is None or not message.occasions:
            to, occasions = message_audience(message), message_occasions(message)
            path: Path = ("document", "messages", n)
            named = [o.value for o in Occasion if o in occasions]
            values = {
                "audience": message.audience,
                "when": message.when,
                "to": audience_name(to, evidence.words),
                "occasions": ", ".join(occasion_name(Occasion(o), evidence.words) for o in named),
            }
            changes = [] if message.to else [Change(path=(*path, "to"), after=to.value)]
            if not message.occasions:
                changes += [added((*path, "occasions"), k, o) for k, o in enumerate(named)]
            yield Hit(WHOLE_PLAN, path, values, tuple(changes))


RULES = (
    Rule(
        "N1", Severity.WARNING, "No notice channel outside the number",
        "If {numbers} cannot be called, no notice channel is left that reaches the customers of {name}.",
        "Customers who hear nothing keep calling, and trust is lost faster than calls.",
        "Add a channel that rests on nothing that the number rests on: the web, SMS over another operator, radio.",
        "8.4.3", _without_channel,
    ),
    Rule(
        "N2", Severity.ADVICE, "No prepared messages",
        "The plan has no prepared message to customers.",
        "The first notice is due within half an hour, and texts written in haste are wrong.",
        "Write messages for before, during and after.",
        "8.4.3", _without_messages, field="document.messages",
    ),
    Rule(
        "N3", Severity.ADVICE, "Message without a channel",
        "The message to {audience} ({when}) does not say over which channels it goes.",
        "A text that nobody sends informs nobody.",
        "Name its channels.",
        "8.4.3", _message_without_channel,
    ),
    Rule(
        "N4", Severity.ADVICE, "Channel of unknown reach",
        "The plan does not say what share of the customers {name} reaches.",
        "Nobody can say who still hears nothing when it is the only one left.",
        "Count or estimate it, and write it down.",
        "8.4.3", _without_reach, field="reach",
    ),
    Rule(
        "N5", Severity.ADVICE, "Message with a single way out",
        "The message to {audience} ({when}) goes out over {shared} or not at all.",
        "When that is down too, those whom it is for hear nothing.",
        "Add a channel that does not rest on it.",
        "8.4.3", _one_way_out,
    ),
    Rule(
        "N6", Severity.ADVICE, "Sort of notice channel not given",
        "The plan does not say what sort of channel {name} is: notices take it for {form}.",
        "The sort decides how long a text may be; a wrong guess sends a web page's text as an SMS.",
        "Say what sort it is: web page, e-mail, SMS, recorded message, radio, social media or screens.",
        "8.4.3", _sort_of_channel_unsaid, "Say that it is {form}", field="form",
    ),
    Rule(
        "N7", Severity.ADVICE, "Message known by its words alone",
        "Whom the message to {audience} ({when}) is for and when it goes out is guessed from its words: to {to}, on {occasions}.",
        "On a wrong guess the prepared text goes to the wrong people, or to nobody.",
        "Say whom the message is for and on what occasions it goes out.",
        "8.4.3", _message_by_its_words, "Say: to {to}, on {occasions}", field="document.messages",
    ),
    Rule(
        "N8", Severity.ADVICE, "Customer group known by its words alone",
        "That notices tell {name} as {audience} is guessed from its name and tags.",
        "People with alarms must be told first; a guess may miss them, or tell others to look after an alarm.",
        "Say as whom they are told: people with alarms or care, resellers, or the public.",
        "8.4.3", _group_by_its_words, "Say that it is {audience}", field="audience",
    ),
)  # fmt: skip
