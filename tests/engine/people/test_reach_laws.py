"""Laws of reachability, whatever the contacts, ways and call trees."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bcp.engine.people.reachability import reachability, reachability_at
from bcp.engine.run.result import run
from bcp.model.answer import Answer
from bcp.model.plan import Plan, WayKind
from bcp.model.reachability import Reachability
from bcp.model.run import at
from tests.engine.people.test_reachability import COMPONENTS, MINUTE, MOBILE, outage, plan_of
from tests.strategies import scenarios

RANK = {Answer.NO: 0, Answer.UNKNOWN: 1, Answer.YES: 2}

_WAYS = st.lists(
    st.fixed_dictionaries(
        {"kind": st.sampled_from([str(k) for k in WayKind]), "address": st.sampled_from(["", "x", MOBILE])},
        optional={"on": st.lists(st.sampled_from(sorted(COMPONENTS)), max_size=3, unique=True)},
    ),
    max_size=3,
)


@st.composite
def crews(draw: st.DrawFn) -> Plan:
    """Up to five contacts with any ways, deputies, a crisis team and any call tree, rings included."""
    ids = [f"p{n}" for n in range(draw(st.integers(1, 5)))]
    some = st.lists(st.sampled_from(ids), max_size=3, unique=True)
    contacts = {}
    for i in ids:
        others = [o for o in ids if o != i]
        contacts[i] = {
            "ways": draw(_WAYS),
            **draw(
                st.fixed_dictionaries(
                    {},
                    optional={
                        "mobile": st.just(MOBILE),
                        "phone": st.just("+46980319205"),
                        "email": st.just("a@b.example"),
                        "operator": st.sampled_from(["one", "two", "three", "four"]),
                        "role": st.sampled_from(["Chief", "Press", "Chief, press"]),
                        **({"deputy": st.sampled_from(others)} if others else {}),
                    },
                )
            ),
        }
    return plan_of(
        contacts,
        {"team": {"kind": "team", "name": "Team", "members": draw(some)}},
        decided_by=draw(some),
        quorum=draw(st.integers(1, 3)),
        roles=["Chief", "Press"],
        call_tree=draw(st.dictionaries(st.sampled_from(ids), some, max_size=4)),
    )


def answers(found: Reachability, t: float) -> dict[str, Answer]:
    """Every answer at a time, by what it is about."""
    tree = found.call_tree
    links = {} if tree is None else {f"{k.caller}>{k.called}": k.through for k in tree.links}
    alarms = {} if tree is None else {f"alarm {i}": course for i, course in tree.alarmed.items()}
    courses = {
        **{f"mail {i}": c.mailed for i, c in found.contacts.items()},
        **{f"contact {i}": c.reached for i, c in found.contacts.items()},
        **{f"way {i} {n}": w.works for i, c in found.contacts.items() for n, w in enumerate(c.ways)},
        **{f"team {i}": g.met for i, g in found.teams.items()},
        **{f"role {n}": role.covered for n, role in enumerate(found.roles)},
        **{f"channel {c.channel}": c.serves for c in found.notices.channels},
        "crisis": found.crisis_team.met,
        **links,
        **alarms,
    }
    return {name: at(course, t) for name, course in courses.items()}


@given(st.data())
@settings(max_examples=60)
def test_striking_more_makes_nobody_more_reachable(data: st.DataObject) -> None:
    """With lower levels no answer is better, and the channels reach no larger share."""
    plan = data.draw(crews())
    level = st.sampled_from([0.0, 0.3, 0.5, 0.8, 1.0])
    more = {i: data.draw(level) for i in COMPONENTS}
    less = {i: min(x, data.draw(level)) for i, x in more.items()}
    above, below = reachability_at(plan, more), reachability_at(plan, less)
    high, low = answers(above, 0.0), answers(below, 0.0)
    assert all(RANK[low[name]] <= RANK[high[name]] for name in high)
    assert below.notices.shares[0].least <= above.notices.shares[0].least
    assert below.notices.shares[0].most <= above.notices.shares[0].most


@given(st.data())
@settings(max_examples=60)
def test_a_run_says_at_each_time_what_its_levels_say(data: st.DataObject) -> None:
    """The whole run at once agrees with every instant by itself."""
    plan = data.draw(crews())
    happened = run(plan, data.draw(scenarios(plan)))
    whole = reachability(plan, happened)
    for t in sorted({t for steps in happened.levels.values() for t, _ in steps}):
        alone = reachability_at(plan, {i: happened.level_at(i, t) for i in happened.levels})
        assert answers(whole, t) == answers(alone, 0.0)
        shares = [s for s in whole.notices.shares if s.from_s <= t]
        assert shares[-1].model_copy(update={"from_s": 0.0}) == alone.notices.shares[0]


@given(st.data())
@settings(max_examples=40)
def test_striking_more_in_a_run_makes_nobody_more_reachable(data: st.DataObject) -> None:
    """With one component more struck by the same event, no answer is better at any time."""
    plan = data.draw(crews())
    gone = data.draw(st.lists(st.sampled_from(sorted(COMPONENTS)), min_size=1, max_size=3, unique=True))
    extra = data.draw(st.sampled_from(sorted(COMPONENTS)))
    few = reachability(plan, run(plan, outage(*gone)))
    many = reachability(plan, run(plan, outage(*dict.fromkeys([*gone, extra]))))
    for t in (0.0, 10 * MINUTE, 70 * MINUTE):
        high, low = answers(few, t), answers(many, t)
        assert all(RANK[low[name]] <= RANK[high[name]] for name in high)
