from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bcp import usecases
from bcp.engine.lines.affected import affected_lines
from bcp.engine.lines.notices import line_notices
from bcp.model.announcement import Announcement, Audience
from bcp.model.line import ContactChannel, ContactPoint, CustomerLine, Lines
from bcp.model.run import Run
from tests.engine.telling import BEGINS, facts_of, notices_of, outage, to

FIBRA = usecases.open_plan("example:fibra").plan
AREAS = {
    "lines-valdoro": "IT/25/valdoro",
    "lines-pontelago": "IT/25/pontelago",
    "lines-rivanera": "IT/25/rivanera",
    "lines-castelmonte": "IT/21/castelmonte",
    "lines-portosale": "IT/82/portosale",
    "lines-fontechiara": "IT/82/fontechiara",
}
BELOW = ("pop-valdoro", "pop-pontelago", "backbone-south", "cabin-castelmonte", "transit-milano")
CHANNELS = st.lists(st.sampled_from(list(ContactChannel)), max_size=3, unique=True)


@st.composite
def customer_lines(draw: st.DrawFn) -> list[CustomerLine]:
    """Up to thirty lines on any of the example's networks, some on two, with any contacts and consents."""
    found = []
    for k in range(draw(st.integers(1, 30))):
        on = tuple(draw(st.lists(st.sampled_from(sorted(AREAS)), min_size=1, max_size=2, unique=True)))
        points = tuple(
            ContactPoint(c, f"+4470000000{k:02d}" if c == ContactChannel.SMS else f"line{k}@example.org")
            for c in draw(CHANNELS)
        )
        found.append(
            CustomerLine(
                id=f"L{k:03d}",
                components=on,
                area=AREAS[on[0]],
                contacts=points,
                consent=tuple(draw(CHANNELS)),
                language=draw(st.sampled_from(["", "it", "de", "xx"])),
                priority=draw(st.sampled_from(["", "alarm"])),
            )
        )
    return found


@st.composite
def faults(draw: st.DrawFn) -> list[dict[str, object]]:
    """Faults of networks or of what lies beneath them, each for some hours."""
    found = []
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, 4))
        target = draw(st.sampled_from([*sorted(AREAS), *BELOW]))
        found.append({
            "at": f"{at}h", "select": {"id": target}, "effect": {"level": draw(st.sampled_from([0, 0.4]))},
            "until": f"{at + draw(st.integers(2, 5))}h",
        })  # fmt: skip
    return found


def hit_by(line: CustomerLine, run: Run, since: float, until: float) -> bool:
    """Brute force: one of the components that the line hangs on was below its full level in that time."""
    times = {since, *(t for i in line.components for t, _ in run.levels[i] if since <= t < until)}
    return any(run.level_at(i, t) < 1 - 1e-9 for i in line.components for t in times)


def span(notice: Announcement) -> tuple[float, float]:
    """The time that a notice tells of, in seconds of scenario time."""
    begins = (notice.begins - BEGINS).total_seconds()
    last = notice.ended or notice.at + timedelta(microseconds=1)
    return begins, (last - BEGINS).total_seconds()


@settings(max_examples=60)
@given(customer_lines(), faults())
def test_every_owner_inside_and_nobody_outside_is_told(
    lines: list[CustomerLine], events: list[dict[str, object]]
) -> None:
    """Not one notice to a line that is not hit, not one missing to a line that is, over agreed channels only."""
    scenario = outage(*events)
    facts = facts_of(FIBRA, scenario)
    found = affected_lines(Lines.of(lines), facts.run)
    for notice in to(Audience.LINES, notices_of(FIBRA, scenario, with_lines=True)):
        told = defaultdict(set)
        for sent in line_notices(found, [notice], "it"):
            told[sent.line].add((sent.channel, sent.address))
        since, until = span(notice)
        assert set(told) == {line.id for line in lines if hit_by(line, facts.run, since, until)}
        for line in (line for line in lines if line.id in told):
            agreed = {
                (p.channel, p.address)
                for p in line.contacts
                if p.channel in line.consent and p.channel in (ContactChannel.SMS, ContactChannel.EMAIL)
            }
            assert told[line.id] == (agreed or {(None, "")})


def test_a_sicilian_is_not_alerted_for_lombardy() -> None:
    """The PianetaFibra case: owners in the region are told, in their language; those in another are not."""
    scenario = usecases.scenario("it-pianetafibra-area", {"area": "IT/25"})
    lines = [
        CustomerLine(
            id=area,
            components=(on,),
            area=area,
            contacts=(ContactPoint(ContactChannel.EMAIL, "a@example.org"),),
            consent=(ContactChannel.EMAIL,),
            language="de" if "valdoro" in area else "",
        )
        for on, area in AREAS.items()
    ]
    found = affected_lines(Lines.of(lines), usecases.run(FIBRA, scenario))
    threads = to(Audience.LINES, notices_of(FIBRA, scenario, with_lines=True))
    assert len(threads) > 5
    for notice in threads:
        told = line_notices(found, [notice], "it")
        assert {t.line for t in told} == {a for a in AREAS.values() if a.startswith("IT/25/")}
        assert {t.language for t in told} == {"de", "it"}


def test_without_consent_the_owner_finds_the_notice_on_the_page() -> None:
    """An owner who agreed to no channel is sent nothing, and is still among those whom the notice concerns."""
    line = CustomerLine(
        id="A", components=("lines-valdoro",), contacts=(ContactPoint(ContactChannel.EMAIL, "a@example.org"),)
    )
    scenario = usecases.scenario("it-pianetafibra-area")
    found = affected_lines(Lines.of([line]), usecases.run(FIBRA, scenario))
    first = to(Audience.LINES, notices_of(FIBRA, scenario))[0]
    (told,) = line_notices(found, [first], "it")
    assert (told.line, told.channel, told.address) == ("A", None, "")
