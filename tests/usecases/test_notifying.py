"""Notices as a person gets them: their words in five languages, their files, and what makes them drafts."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bcp import usecases
from bcp.errors import BcpError
from bcp.files.notices.reading import read_notices
from bcp.model.announcement import NOTICE_LANGUAGES, Audience, Checked, Form, NumberState, Occasion
from bcp.model.line import ContactChannel, ContactPoint, CustomerLine, Lines
from bcp.model.telling import Telling
from bcp.usecases import building, notifying
from bcp.usecases.notifying import Notified
from tests.engine.telling import BEGINS, outage, plan_of

KOMMUN = usecases.open_plan("example:kommun").plan
FIBRA = usecases.open_plan("example:fibra").plan
TELIA = usecases.scenario("se-telia-020-0771")
WORK = {"at": "24h", "select": {"id": "core"}, "effect": {"level": 0}, "until": "28h"}
TOLD = [{"at": "24h", "for": "4h"}]


def told(plan: Any = KOMMUN, scenario: Any = TELIA, language: str | None = None, **known: Any) -> Notified:
    """The notices of a scenario that begins on 3 March 2026 at 07:00 Swedish time."""
    return notifying.notify(plan, scenario, telling=Telling(**{"begins": BEGINS, **known}), language=language)


def text(
    found: Notified, audience: Audience, revision: int, language: str, form: Form = Form.WEB
) -> list[str]:
    """Subject and lines of one revision."""
    notice = next(n for n in found.found.notices if (n.audience, n.revision) == (audience, revision))
    wording = notice.wording(language, form)
    assert wording is not None
    return [wording.subject, *wording.text.split("\n")]


def abroad(language: str, country: str, zone: str, name: str) -> Any:
    """The small plan as an organisation of another country has it."""
    return plan_of(organisation={"name": name, "country": country, "language": language, "timezone": zone})


def test_the_telia_run_in_swedish() -> None:
    """An hour and twenty minutes in: what fails, which numbers to call, 112, no invented cause or end."""
    assert text(told(), Audience.PUBLIC, 3, "sv") == [
        "Störning, nytt läge kl. 08.20: samtal till 0771-12 34 56, 0980-31 92 00 och 2 till",
        "Det går just nu inte att ringa Älvåsa kommun på 0771-12 34 56, 0980-31 92 00, 020-12 34 56 och 0980-31 92 10.",
        "Felet har funnits sedan 3 mars 2026 kl. 07.00.",
        "Ring 0980-31 92 40 i stället för 0771-12 34 56. Ring 070-174 06 40 i stället för 020-12 34 56.",
        "Vid akut fara: ring 112.",
        "Orsaken är ännu inte känd.",
        "Vi vet ännu inte när det fungerar igen.",
        "Nästa besked lämnas senast 3 mars 2026 kl. 09.20.",
        "Frågor: 0980-31 92 40.",
        "Detta ersätter meddelandet från 3 mars 2026 kl. 08.05.",
    ]
    assert text(told(), Audience.PUBLIC, 3, "sv", Form.SMS)[1:] == [
        (
            "Älvåsa kommun: Det går inte att ringa 0771-12 34 56 och 3 till. Ring i stället 0980-31 92 40 (för 0771-12 34 56),"
            " 070-174 06 40 (för 020-12 34 56). Vid akut fara: ring 112. Nästa besked kl. 09.20."
        )
    ]


def test_the_telia_run_in_english() -> None:
    """When it works again: since when, what to do, and that it is watched."""
    assert text(told(), Audience.PUBLIC, 7, "en") == [
        "Working again: calls to 0771-12 34 56, 0980-31 92 00 and 2 more",
        (
            "Since 3 March 2026, 12:00 you can call Älvåsa kommun on 0771-12 34 56, 0980-31 92 00, 020-12 34 56 and"
            " 0980-31 92 10 again."
        ),
        "If you do not get through, wait a few minutes and try again.",
        "You may have to queue today.",
        "We keep watching, and will say so if the fault comes back.",
        "The cause is not known yet.",
        "Questions: 0771-12 34 56.",
        "This replaces the notice of 3 March 2026, 11:10.",
    ]


def test_while_work_goes_as_planned_nobody_is_told_of_a_disruption() -> None:
    """An update within the window is of the work, names the place and not the plan's word for its customers."""
    found = told(FIBRA, usecases.scenario("it-pianetafibra-area"), language="en")
    update = next(
        n for n in found.found.notices if n.planned and n.occasion == Occasion.UPDATE and not n.overrun
    )
    wording = update.wording("en", Form.WEB)
    assert wording is not None
    assert wording.subject == "Planned work in progress: Valdoro"
    assert wording.text.startswith("The planned work has begun and should be finished by 4 March 2026")
    assert not any(n.occasion == Occasion.AFTER for n in found.found.notices if n.planned)
    assert not any("Owners" in w.text for n in found.found.notices for w in n.wordings)


def test_no_notice_of_an_example_leaves_a_place_open() -> None:
    """Every prepared message of the example organisations is filled in by itself on its own incident."""
    for name in usecases.example_names():
        plan = usecases.open_plan(f"example:{name}").plan
        found = told(plan, usecases.scenario(usecases.own_incident(name)))
        left = {place for n in found.found.notices for w in n.wordings for place in w.left_open}
        assert left == set(), name


def test_a_plans_own_message_comes_first() -> None:
    """The municipality's prepared message is used in its language, with the next update filled in."""
    found = told()
    assert text(found, Audience.PUBLIC, 1, "sv")[1:] == [
        (
            "Meddelande 1. Just nu går det inte att ringa kommunen på 0771-12 34 56, 020-12 34 56 eller 0980-31 92 00."
            " Felet finns hos operatören. Ring i stället 0980-31 92 40. Vid akut fara: ring 112. Det fungerar som vanligt."
            " Nästa besked lämnas klockan 08.40."
        )
    ]
    assert text(found, Audience.PUBLIC, 1, "de")[1].startswith("Älvåsa kommun ist zurzeit")


def test_a_number_named_too_early_is_caught() -> None:
    """The prepared message names the reserve number forty minutes before it is open: a draft whoever checked it."""
    checks = [("0980-31 92 40", Checked(by=name)) for name in ("Anna", "Bo")]
    found = notifying.notify(KOMMUN, TELIA, telling=Telling(begins=BEGINS), checks=checks)
    first = next(n for n in found.found.notices if n.audience == Audience.PUBLIC)
    assert [(n.number, n.state) for n in first.wrong] == [("0980-31 92 40", NumberState.NOT_OPEN)]
    assert first.draft


def test_german() -> None:
    """A German town tells callers in German, with 110 and 112."""
    plan = abroad("de", "DE", "Europe/Berlin", "Musterstadt")
    assert text(told(plan, outage()), Audience.PUBLIC, 2, "de") == [
        "Störung, Stand 07:50 Uhr: Rufnummer +46 980 31 92 00",
        "Musterstadt ist zurzeit unter +46 980 31 92 00 nicht erreichbar.",
        "Die Störung besteht seit dem 3. März 2026, 07:00 Uhr.",
        "Bitte wählen Sie +46 980 31 92 40 statt +46 980 31 92 00.",
        "Im Notfall wählen Sie die 112 (Feuerwehr, Rettungsdienst) oder die 110 (Polizei).",
        "Die Ursache ist noch nicht bekannt.",
        "Wann die Störung behoben ist, wissen wir noch nicht.",
        "Nächste Meldung: spätestens am 3. März 2026, 08:50 Uhr.",
        "Fragen: +46 980 31 92 40.",
        "Diese Meldung ersetzt die vom 3. März 2026, 07:40 Uhr.",
    ]


def test_dutch() -> None:
    """A Dutch municipality tells in Dutch what it knows."""
    plan = abroad("nl", "NL", "Europe/Amsterdam", "Gemeente Voorbeeld")
    known = told(
        plan, outage(), cause="een kabelbreuk", expected_end=datetime(2026, 3, 3, 11, tzinfo=BEGINS.tzinfo)
    )
    assert text(known, Audience.PUBLIC, 2, "nl") == [
        "Storing, stand van 07.50 uur: bellen naar +46 980 31 92 00",
        "U kunt Gemeente Voorbeeld op dit moment niet bellen op +46 980 31 92 00.",
        "De storing begon op 3 maart 2026 om 07.00 uur.",
        "Bel +46 980 31 92 40 in plaats van +46 980 31 92 00.",
        "Is er direct gevaar? Bel 112.",
        "Oorzaak: een kabelbreuk.",
        "Wij verwachten dat de dienst op 3 maart 2026 om 11.00 uur weer werkt.",
        "Volgend bericht: uiterlijk op 3 maart 2026 om 08.50 uur.",
        "Vragen: +46 980 31 92 40.",
        "Dit vervangt het bericht van 3 maart 2026 om 07.40 uur.",
    ]


def test_italian() -> None:
    """An Italian municipality announces planned work in Italian, ten working days before."""
    plan = abroad("it", "IT", "Europe/Rome", "Comune di Esempio")
    assert text(told(plan, outage(WORK, planned=TOLD)), Audience.PUBLIC, 1, "it") == [
        "Lavori programmati 4 marzo 2026, ore 07:00: chiamate verso +46 980 31 92 00",
        (
            "Eseguiremo lavori programmati il 4 marzo 2026 dalle ore 07:00 alle ore 11:00. In questo"
            " periodo potrebbe non essere possibile chiamare +46 980 31 92 00."
        ),
        "In caso di emergenza chiamare il 112.",
    ]


@pytest.mark.parametrize("language", NOTICE_LANGUAGES)
@pytest.mark.parametrize("example", usecases.example_names())
def test_every_notice_has_its_texts(example: str, language: str) -> None:
    """No notice of any incident's example is empty, has a place left by a template, or lacks 112 while it lasts."""
    plan = usecases.open_plan(f"example:{example}").plan
    for scenario in [s for s in usecases.library() if s.example == example][:1]:
        for notice in told(plan, scenario, language).found.notices:
            assert notice.wordings
            for wording in notice.wordings:
                assert wording.text.strip()
                assert wording.subject.strip()
                assert "{" not in wording.text + wording.subject
                assert "  " not in wording.text
                during = notice.ended is None and notice.audience != Audience.AUTHORITIES
                assert not during or wording.source == "plan" or "112" in wording.text


def test_the_files_of_a_run() -> None:
    """Texts, alert, feeds, page and calls to make; what has unchecked numbers stands under draft/."""
    files = notifying.notice_files(told(), at_s=5400.0, sender="kris@alvasa.example")
    folders = {name.split("/")[0] for name in files}
    assert folders == {"draft", "notices.json", "numbers.csv"}
    for name in (
        "status.html",
        "sms.csv",
        "feed.sv.xml",
        "feed.it.xml",
        "cap/20260303-se-telia-020-0771-public-r3.xml",
    ):
        assert f"draft/{name}" in files
    found = json.loads(files["notices.json"])
    assert {n["id"].rsplit("-", 1)[1] for n in found} == {"public", "staff", "partners", "vital"}
    assert files == notifying.notice_files(told(), at_s=5400.0, sender="kris@alvasa.example")


def test_checked_numbers_make_them_ready() -> None:
    """Once two people have called every number, the same files stand under ready/ and the alert is Actual."""
    numbers = ("0980-31 92 40", "070-174 06 40", "070-174 06 41")
    checks = [(n, Checked(by=name)) for n in numbers for name in ("Anna", "Bo")]
    found = notifying.notify(KOMMUN, TELIA, telling=Telling(begins=BEGINS), checks=checks)
    files = notifying.notice_files(found, at_s=5400.0)
    assert {name.split("/")[0] for name in files} == {"ready", "notices.json", "numbers.csv"}
    alert = files["ready/cap/20260303-se-telia-020-0771-public-r3.xml"]
    assert b"<status>Actual</status>" in alert
    assert len(read_notices(alert, "a.xml").notices) == 1


def test_planned_work_gives_a_calendar() -> None:
    """Work that is planned is a maintenance note, which is ready whatever the texts are."""
    plan = usecases.open_plan("example:stadsnat").plan
    night = datetime(2019, 9, 24, tzinfo=ZoneInfo("Europe/Stockholm"))
    files = notifying.notice_files(
        told(plan, usecases.scenario("se-mittnat-upgrade"), begins=night), at_s=-3600.0
    )
    (work,) = read_notices(files["ready/maintenance.ics"], "m.ics").notices
    assert work.windows[0].start == night
    assert work.windows[0].end == datetime(2019, 9, 24, 6, tzinfo=ZoneInfo("Europe/Stockholm"))


def owner(
    area: str, *contacts: ContactPoint, consent: tuple[ContactChannel, ...], language: str = ""
) -> CustomerLine:
    """The owner of a line in a municipality of the fibre example."""
    name = area.rsplit("/", 1)[1]
    return CustomerLine(
        id=f"FV-{name}",
        components=(f"lines-{name}",),
        area=area,
        contacts=contacts,
        consent=consent,
        language=language,
    )


def test_owners_of_lines_get_theirs_and_nobody_else() -> None:
    """E-mail and SMS go to who opted in, in their language; the page answers for their line only."""
    mail, sms = ContactChannel.EMAIL, ContactChannel.SMS
    lines = Lines.of([
        owner("IT/25/valdoro", ContactPoint(mail, "a@example.org"), consent=(mail,), language="de"),
        owner("IT/25/pontelago", ContactPoint(mail, "b@example.org"), consent=(mail,)),
        owner("IT/82/portosale", ContactPoint(sms, "+447700900301"), consent=(sms,)),
    ])  # fmt: skip
    found = notifying.notify(
        FIBRA,
        usecases.scenario("it-pianetafibra-area"),
        telling=Telling(begins=BEGINS),
        language="it",
        lines=lines,
    )
    files = notifying.notice_files(found, at_s=3600.0)
    recipients = files["draft/email.csv"].decode()
    assert "a@example.org,email/20260303-it-pianetafibra-area-lines-1-r1-de.eml,de" in recipients
    assert "b@example.org" not in recipients
    assert "FV-portosale" not in files["draft/email.csv"].decode() + files["draft/sms.csv"].decode()
    page = files["draft/status.html"].decode()
    assert "FV-" not in page
    assert '"lines": {"' in page


def test_an_exercise_is_marked_everywhere() -> None:
    """Every text of an exercise begins by saying that it is one, the plan's own messages too."""
    found = told(exercise=True)
    for notice in found.found.notices:
        for wording in notice.wordings:
            assert any(
                word in wording.text.split("\n")[0]
                for word in ("ÖVNING", "EXERCISE", "ÜBUNG", "OEFENING", "ESERC")
            )


@pytest.mark.parametrize(
    ("scenario", "begins"), [("se-mittnat-upgrade", "2019-09-24T00:00"), ("se-telia-020-0771", None)]
)
def test_a_scenario_begins_on_its_own_day(scenario: str, begins: str | None) -> None:
    """Scenario time 0 is the scenario's clock on its own day; without a year, in the current one."""
    moment = notifying.begins_at(KOMMUN, usecases.scenario(scenario))
    if begins:
        assert moment.replace(tzinfo=None) == datetime.fromisoformat(begins)
    else:
        assert (moment.month, moment.day, moment.hour) == (3, 3, 7)
    assert notifying.begins_at(KOMMUN, TELIA, date(2030, 1, 2)).date() == date(2030, 1, 2)


def test_what_cannot_be_asked_for_is_refused(tmp_path: Path) -> None:
    """Another language, an impossible rhythm and a file that is none end in an error that says what to do."""
    with pytest.raises(BcpError, match="no language of notices"):
        told(language="fr")
    with pytest.raises(BcpError, match="time between updates"):
        told(every=1.0)
    for path in (tmp_path, tmp_path / "none.csv"):
        with pytest.raises(BcpError, match="no file of test calls"):
            notifying.read_number_checks(path)


def test_only_the_newest_revision_stands() -> None:
    """At a minute each notice stands in its newest revision due by then."""
    found = told()
    standing = found.found.at(3900.0)
    assert [(n.audience, n.revision) for n in standing] == [
        (Audience.PARTNERS, 2), (Audience.PUBLIC, 2), (Audience.STAFF, 2), (Audience.VITAL, 2),
    ]  # fmt: skip
    assert {n.occasion for n in standing} == {Occasion.UPDATE}


def two_numbers(*tags: str) -> Any:
    """The small plan with a second number, elsewhere, on which its activity rests too."""
    small = plan_of()
    data = small.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    data["components"]["n-second"] = {
        "kind": "number", "name": "Second", "e164": "+46771123456", "requires": "other", "tags": list(tags),
    }  # fmt: skip
    data["components"]["desk"]["requires"] = ["n-main", "n-second"]
    return type(small).model_validate(data)


@pytest.mark.parametrize("tag", ["reserve", "internal"])
def test_a_number_that_is_kept_back_is_told_to_nobody(tag: str) -> None:
    """A reserve or internal number that an activity rests on is not given to callers as one that works."""

    def works(plan: Any) -> set[str]:
        first = told(plan, outage()).found.notices
        return {f.component for n in first for f in (*n.works, *n.failing)} - {"people"}

    assert works(two_numbers()) == {"n-main", "n-second"}
    assert works(two_numbers(tag)) == {"n-main"}


@pytest.mark.parametrize(
    ("language", "nothing"),
    [
        ("sv", "inget annat nummer"),
        ("en", "no other number"),
        ("de", "Ersatzrufnummer gibt es noch nicht"),
        ("nl", "nog geen ander nummer"),
        ("it", "un altro numero da chiamare"),
    ],
)
def test_where_a_number_works_nobody_hears_that_there_is_none(language: str, nothing: str) -> None:
    """The notice that names a number that works does not say that there is no other to call."""
    assert nothing in "\n".join(text(told(plan_of(), outage(), language), Audience.PUBLIC, 1, language))
    lines = "\n".join(text(told(two_numbers(), outage(), language), Audience.PUBLIC, 1, language))
    assert "0771-12 34 56" in lines
    assert nothing not in lines


def test_without_contacts_nobody_is_counted() -> None:
    """A plan that names no staff does not count 0 of 0 people."""
    assert all(n.reached_by_hand is None for n in told(plan_of(), outage()).found.notices)


@pytest.mark.parametrize("language", NOTICE_LANGUAGES)
def test_a_plan_from_blocks_says_what_fails_and_no_more(language: str) -> None:
    """The prepared message of a plan from blocks names the number that fails and the one that works."""
    country = {"de": "DE", "nl": "NL", "it": "IT"}.get(language, "SE")
    made, _ = building.new_plan(building.organisation("Eken", country, language), ["web-page"], {})
    own = two_numbers().model_copy(
        update={
            "organisation": made.organisation,
            "document": made.document.model_copy(
                update={
                    "questions": (),
                    "messages": tuple(
                        m.model_copy(update={"channels": ("web",)}) for m in made.document.messages
                    ),
                }
            ),
        }
    )
    (notice, *_) = [n for n in told(own, outage()).found.notices if n.audience == Audience.PUBLIC]
    wording = notice.wording(language, Form.WEB)
    assert wording is not None
    assert wording.source == "plan"
    assert wording.left_open == ()
    assert notice.failing[0].number in wording.text
    assert notice.works[0].number in wording.text
