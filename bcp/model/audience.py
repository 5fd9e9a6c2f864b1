"""Whom a plan means: audiences, occasions and sorts of channels, as it says or by words in five languages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bcp.model.announcement import Audience, Form, Occasion
from bcp.model.component import Component
from bcp.model.plan import Message

_AUDIENCES: Mapping[Audience, str] = {
    Audience.PARTNERS: r"\bsos\b|polis|police|polizei|politie|polizia|carabin|vårdcentral|grannkommun|partner"
    r"|samverk|leitstelle|meldkamer|questura|exchange|neighbour",
    Audience.VITAL: r"larm|alarm|allarm|vårdtag|patient|pazient|zorg|pflege|health|hälsa|dialys|brukare|\bcare\b|vård"
    r"|assistiti|hausnotruf",
    Audience.RESELLERS: r"återförsälj|wiederverkäuf|wederverko|rivendit|reseller",
    Audience.LINES: r"lines?\b|linee|linea|förbindelse|anslutning|anschlüss|anschluss|lijn|abonnent|subscriber",
    Audience.STAFF: r"personal|staff|växel|switchboard|telefonist|medarbet|mitarbeit|medewerk|dipendent"
    r"|centralin|zentrale|receptie|employee|kollegor|collegh",
    Audience.AUTHORITIES: r"myndighet|länsstyr|tillsyn|regulator|authorit|behörd|aufsicht|toezicht|autorit|media"
    r"|press|medien|stampa",
    Audience.PUBLIC: r"allmänhet|public|invånare|medborgare|kund|callers?|bürger|öffentlichkeit|anrufer|kunden"
    r"|publiek|inwoner|bellers?|klant|pubblico|cittadin|utent|client|customer|owner|alla\b|everybody",
}
"""In the order in which they are tried: the narrow ones first."""

_FIRST: Mapping[Audience, str] = {Audience.AUTHORITIES: r"allmänhet|public|pubblico|publiek|öffentlich"}
"""Words that speak against an audience: to the public and the media is to the public."""

_OCCASIONS: Mapping[Occasion, str] = {
    Occasion.BEFORE_10_DAYS: r"(before|före|inför|vor |voor |prima)\W.*(plan|main|arbet|werk|lavor|manut|wartung)"
    r"|planned|planerat|geplant|gepland|programmat",
    Occasion.RESTORATION: r"provsamtal|provade|prövade|återst|fungerar igen|åter\b|restor|works again|back|wieder|hersteld"
    r"|opgelost|ripristin|test calls? succ|avhjälpt|behoben",
    Occasion.AFTER: r"efteråt|uppfölj|dagar efter|days after|tage nach|dagen na|giorni dopo|afterwards",
    Occasion.UPDATE: r"uppdater|varje timme|every|update|change|ändring|stündlich|aktualis|elk uur|wijzig|aggiorn"
    r"|ogni|förändr",
    Occasion.DETECTION: r"upptäckt|detect|inom \d|within|innerhalb|binnen|entro|begin|utan förvarning|nach erkenn"
    r"|entdeck|ontdek|rilevaz",
}

_FORMS: Mapping[Form, str] = {
    Form.SMS: r"\bsms|sms\b|textmeddel",
    Form.EMAIL: r"e-?mail|e-?post|mejl|posta elettr|newsletter",
    Form.PHONE: r"telefonsvar|talsvar|röstmeddel|recorded|\bivr\b|ansage|bandtekst|messaggio vocale|voice message",
    Form.RADIO: r"radio|vma|rundfunk|omroep",
    Form.SOCIAL: r"social|sozial|facebook|mastodon|twitter|\bx\b|instagram",
    Form.DISPLAY: r"skärm|screen|display|anslag|poster|notice ?board|aushang|schermo|scherm|trygghetspunkt",
    Form.WEB: r"web|site|sida|page|pagina|portal|app\b|form",
}


def audience_of(text: str) -> Audience:
    """The audience that a plan's words name; the public where none fits."""
    lowered = text.casefold()
    for audience, pattern in _AUDIENCES.items():
        against = _FIRST.get(audience)
        if re.search(pattern, lowered) and not (against and re.search(against, lowered)):
            return audience
    return Audience.PUBLIC


def is_vital(component: Component) -> bool:
    """True for a customer group that relies on alarms or care: as the plan says, else by its words."""
    return Audience.VITAL in group_audiences(component)


def is_reseller(component: Component) -> bool:
    """True for a customer group of resellers: as the plan says, else by its words."""
    return Audience.RESELLERS in group_audiences(component)


def group_audiences(component: Component) -> tuple[Audience, ...]:
    """As whom a customer group is told beside the public: as the plan says, else by its name and tags."""
    if component.audience is not None:
        return (component.audience,)
    words = " ".join((component.name, *component.tags)).casefold()
    return tuple(a for a in (Audience.VITAL, Audience.RESELLERS) if re.search(_AUDIENCES[a], words))


def occasions_of(text: str) -> frozenset[Occasion]:
    """The occasions that a plan's words for when name: several where it says `then every hour`.

    Words for before stand for all three notices of planned work. Nothing known means on detection.
    """
    lowered = text.casefold()
    found = {o for o, pattern in _OCCASIONS.items() if re.search(pattern, lowered)}
    if Occasion.BEFORE_10_DAYS in found:
        return frozenset({Occasion.BEFORE_10_DAYS, Occasion.BEFORE_24_HOURS})
    return frozenset(found or {Occasion.DETECTION})


def form_of(key: str, channel: Component) -> Form:
    """What sort of channel it is: as the plan says, else by its id, name and tags; a page where nothing tells."""
    return channel.form or guessed_form(key, channel) or Form.WEB


def guessed_form(key: str, channel: Component) -> Form | None:
    """What sort of channel its tags, its name or its id speak of; none where nothing does."""
    for words in (" ".join(channel.tags), channel.name, key):
        for form, pattern in _FORMS.items():
            if re.search(pattern, words.casefold()):
                return form
    return None


def message_audience(message: Message) -> Audience:
    """Whom a prepared message is for: as the plan says, else by its words."""
    return message.to or audience_of(message.audience)


def message_occasions(message: Message) -> frozenset[Occasion]:
    """On which occasions a prepared message goes out: as the plan says, else by its words."""
    return frozenset(message.occasions) or occasions_of(message.when)


def prepared(messages: tuple[Message, ...], audience: Audience, occasion: Occasion) -> Message | None:
    """The plan's own message for an audience and occasion: the first that fits both."""
    for message in messages:
        if message_audience(message) == audience and occasion in message_occasions(message):
            return message
    return None
