"""Notices out in words: occasions, audiences, sorts of channels, and what a number is worth."""

from __future__ import annotations

from bcp.model.announcement import (
    SPOKEN,
    Announcement,
    Audience,
    ChannelUse,
    Form,
    NumberState,
    Occasion,
    Wording,
)
from bcp.model.line import ContactChannel
from bcp.model.plan import Plan
from bcp.words import Words


def channel_text(channel: ChannelUse, _: Words) -> str:
    """A channel by name; what sort it is taken for, where the plan does not say."""
    if not channel.channel:
        return _("one by one")
    if not channel.guessed:
        return channel.name
    return _("{name} (taken for: {form})", name=channel.name, form=form_name(channel.form, _))


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
        Form.PHONE: _("Recorded message"),
        Form.SOCIAL: _("Social media"),
        Form.DISPLAY: _("Screens and posters"),
        Form.DIRECT: _("One by one"),
    }[form]


def contact_name(channel: ContactChannel, _: Words) -> str:
    """A channel on which the owner of a line is told."""
    return {
        ContactChannel.SMS: _("SMS"),
        ContactChannel.PHONE: _("Telephone"),
        ContactChannel.EMAIL: _("E-mail"),
        ContactChannel.APP: _("App"),
        ContactChannel.LETTER: _("Letter"),
    }[channel]


def number_state(state: NumberState, _: Words) -> str:
    """What a number named in a text is worth at that minute."""
    return {
        NumberState.WORKS: _("works"),
        NumberState.FAILING: _("does not work"),
        NumberState.NOT_OPEN: _("not open to callers yet"),
        NumberState.UNKNOWN: _("not in the plan"),
    }[state]


def due_text(notice: Announcement, _: Words) -> str:
    """When a notice is due; marked where that rests on a time that nobody has confirmed."""
    due = _.moment(notice.at)
    return f"{due} ({_('assumed')})" if notice.assumed else due


def assumed_text(_: Words) -> str:
    """What a time marked as assumed rests on."""
    return _(
        "A time marked as assumed rests on one that nobody has confirmed: how soon the failure is noticed, or how "
        "soon the fallback works."
    )


def decision_text(version: Announcement, plan: Plan, _: Words) -> str:
    """Which decision a version of a notice goes out with, and what must be done before."""
    names = "; ".join(plan.title(f) for f in version.opens)
    return _(
        "Send this version once “{names}” is decided and two people have called the number: to tell the number is "
        "what brings the fallback into use.",
        names=names,
    )


def reached_text(notice: Announcement, _: Words) -> str:
    """The share of customers reached, or how many people."""
    if notice.reached_by_hand is not None and not any(c.channel for c in notice.channels):
        surely, of = notice.reached_by_hand
        return _("{surely} of {of} people", surely=surely, of=of)
    if not any(c.channel for c in notice.channels):
        return _("nobody is named") if notice.audience == Audience.STAFF else "–"
    if notice.least == notice.most:
        return _.percent(notice.least)
    return _("{least} to {most}", least=_.percent(notice.least), most=_.percent(notice.most))


def size_text(wording: Wording, _: Words) -> str:
    """How long a text is, in what its channel counts."""
    if wording.form == Form.SMS:
        return _.count("{n} segment", "{n} segments", wording.size)
    if wording.form in SPOKEN:
        return _.count("{n} word", "{n} words", wording.size)
    return _.count("{n} character", "{n} characters", wording.size)
