"""Notices out in words: occasions, audiences, sorts of channels, and what a number is worth."""

from __future__ import annotations

from bcp.model.announcement import Announcement, Audience, Form, NumberState, Occasion, Wording
from bcp.words import Words


def occasion_name(occasion: Occasion, _: Words) -> str:
    """Why a notice goes out, in a few words."""
    return {
        Occasion.BEFORE_10_DAYS: _("ten working days before"),
        Occasion.BEFORE_24_HOURS: _("one day before"),
        Occasion.START: _("the work begins"),
        Occasion.DETECTION: _("first notice"),
        Occasion.UPDATE: _("new state"),
        Occasion.RESTORATION: _("working again"),
        Occasion.AFTER: _("afterwards"),
    }[occasion]


def audience_name(audience: Audience, _: Words) -> str:
    """To whom a notice goes."""
    return {
        Audience.PUBLIC: _("The public"),
        Audience.STAFF: _("Staff and switchboard"),
        Audience.PARTNERS: _("Those who refer people to us"),
        Audience.LINES: _("Owners of affected lines"),
        Audience.VITAL: _("People with alarms or care at home"),
        Audience.RESELLERS: _("Resellers"),
        Audience.AUTHORITIES: _("Authorities"),
    }[audience]


def form_name(form: Form, _: Words) -> str:
    """A sort of channel."""
    return {
        Form.WEB: _("Web page"),
        Form.EMAIL: _("E-mail"),
        Form.SMS: _("SMS"),
        Form.RADIO: _("Read on the radio"),
        Form.SOCIAL: _("Social media"),
        Form.DISPLAY: _("Screens and posters"),
        Form.DIRECT: _("One by one"),
    }[form]


def number_state(state: NumberState, _: Words) -> str:
    """What a number named in a text is worth at that minute."""
    return {
        NumberState.WORKS: _("works"),
        NumberState.FAILING: _("does not work"),
        NumberState.NOT_OPEN: _("not open to callers yet"),
        NumberState.UNKNOWN: _("not in the plan"),
    }[state]


def reached_text(notice: Announcement, _: Words) -> str:
    """The share of customers reached, or how many people."""
    if notice.reached_by_hand is not None and not any(c.channel for c in notice.channels):
        surely, of = notice.reached_by_hand
        return _("{surely} of {of} people", surely=surely, of=of)
    if not any(c.channel for c in notice.channels):
        return "–"
    if notice.least == notice.most:
        return _.percent(notice.least)
    return _("{least} to {most}", least=_.percent(notice.least), most=_.percent(notice.most))


def size_text(wording: Wording, _: Words) -> str:
    """How long a text is, in what its channel counts."""
    if wording.form == Form.SMS:
        return _.count("{n} segment", "{n} segments", wording.size)
    if wording.form == Form.RADIO:
        return _.count("{n} word", "{n} words", wording.size)
    return _.count("{n} character", "{n} characters", wording.size)
