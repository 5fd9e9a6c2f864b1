from __future__ import annotations

import pytest

from bcp.model.announcement import Audience, Form, Occasion
from bcp.model.audience import (
    audience_of,
    form_of,
    guessed_form,
    is_reseller,
    is_vital,
    occasions_of,
    prepared,
)
from bcp.model.component import Component, Kind
from bcp.model.plan import Message


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        ("Allmänheten", Audience.PUBLIC),
        ("Allmänheten och media", Audience.PUBLIC),
        ("Kunden", Audience.PUBLIC),
        ("Anrufer", Audience.PUBLIC),
        ("I cittadini", Audience.PUBLIC),
        ("Personalen", Audience.STAFF),
        ("Växeln", Audience.STAFF),
        ("Alle Mitarbeitenden", Audience.STAFF),
        ("Anhöriga och brukare med trygghetslarm", Audience.VITAL),
        ("SOS Alarm, polis, vårdcentral, grannkommuner", Audience.PARTNERS),
        ("Leitstelle und Polizei", Audience.PARTNERS),
        ("Owners of affected lines", Audience.LINES),
        ("Återförsäljare", Audience.RESELLERS),
        ("Wederverkopers", Audience.RESELLERS),
        ("Länsstyrelsen", Audience.AUTHORITIES),
        ("Redaktionen der Presse", Audience.AUTHORITIES),
        ("Whoever else", Audience.PUBLIC),
    ],
)
def test_a_plans_own_words_name_an_audience(text: str, audience: Audience) -> None:
    """What people write in five languages is understood; anything else is the public."""
    assert audience_of(text) == audience


@pytest.mark.parametrize(
    ("text", "occasions"),
    [
        ("Inom 30 minuter från upptäckt", {Occasion.DETECTION}),
        ("När provsamtal från tre operatörer lyckats", {Occasion.RESTORATION}),
        ("Within 15 minutes of detection, then every hour", {Occasion.DETECTION, Occasion.UPDATE}),
        (
            "Before planned maintenance, ten working days and one day ahead",
            {Occasion.BEFORE_10_DAYS, Occasion.BEFORE_24_HOURS},
        ),
        ("", {Occasion.DETECTION}),
    ],
)
def test_a_plans_own_words_name_occasions(text: str, occasions: set[Occasion]) -> None:
    """When a message is meant for is read from its words; without any it is the first notice."""
    assert occasions_of(text) == occasions


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Sms till den som anmält sig", Form.SMS),
        ("E-mail to customers", Form.EMAIL),
        ("Lokalradio, myndighetsmeddelande och VMA", Form.RADIO),
        ("Soziale Medien", Form.SOCIAL),
        ("Skärmar i bibliotek", Form.DISPLAY),
        ("Kommunens webbplats", Form.WEB),
        ("Något annat", Form.WEB),
    ],
)
def test_a_channels_name_tells_what_it_takes(name: str, form: Form) -> None:
    """The sort of a channel follows from its name; a page where nothing tells."""
    assert form_of("k", Component(kind=Kind.CHANNEL, name=name)) == form


def test_tags_of_a_channel_come_first() -> None:
    """A tag says what a channel is, whatever its name seems to say."""
    channel = Component(kind=Kind.CHANNEL, name="Webbradion", tags=("sms",))
    assert form_of("k", channel) == Form.SMS


def test_what_the_plan_says_counts_before_its_words() -> None:
    """A channel's form and a message's audience and occasions are never guessed where they are given."""
    channel = Component(kind=Kind.CHANNEL, name="Webbradion", tags=("sms",), form=Form.PHONE)
    assert form_of("k", channel) == Form.PHONE
    message = Message(
        audience="Personalen",
        when="Inom 15 minuter",
        text="a",
        to=Audience.VITAL,
        occasions=(Occasion.AFTER,),
    )
    assert prepared((message,), Audience.VITAL, Occasion.AFTER) == message
    assert prepared((message,), Audience.STAFF, Occasion.DETECTION) is None


def test_a_group_is_told_as_the_plan_says() -> None:
    """By its words only where the plan does not say; said to be of the public it is not of those with alarms."""
    group = Component(kind=Kind.CUSTOMER_GROUP, name="Personer med trygghetslarm")
    assert is_vital(group)
    assert not is_vital(group.model_copy(update={"audience": Audience.PUBLIC}))
    assert is_reseller(group.model_copy(update={"audience": Audience.RESELLERS}))


def test_a_channel_of_which_nothing_is_known_is_no_guess() -> None:
    """Where no word tells its sort there is nothing to propose, though a page's text does least harm."""
    assert guessed_form("k", Component(kind=Kind.CHANNEL, name="Något annat")) is None


def test_the_first_message_that_fits_is_taken() -> None:
    """A prepared message needs both its audience and its occasion."""
    first = Message(audience="Personalen", when="Inom 15 minuter från upptäckt", text="a")
    second = Message(audience="Personalen", when="Inom 15 minuter från upptäckt", text="b")
    assert prepared((first, second), Audience.STAFF, Occasion.DETECTION) == first
    assert prepared((first, second), Audience.PUBLIC, Occasion.DETECTION) is None
    assert prepared((first, second), Audience.STAFF, Occasion.RESTORATION) is None
