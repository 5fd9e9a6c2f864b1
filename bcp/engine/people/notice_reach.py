"""Notice channels over a run: which are left, and what share of the customers they reach together."""

from __future__ import annotations

from collections.abc import Iterable

from bcp.engine.levels.selectors import Lineage
from bcp.engine.run.serving import Serving
from bcp.model.answer import Answer
from bcp.model.component import Component, Kind
from bcp.model.plan import Plan
from bcp.model.reachability import ChannelReach, NoticeReach, NoticeShare
from bcp.model.run import at


def notice_reach(plan: Plan, serving: Serving) -> NoticeReach:
    """When each channel of the plan serves, and bounds on the share that those left reach together."""
    channels = dict(sorted(plan.of_kind(Kind.CHANNEL).items()))
    groups = {}
    if channels:
        lineage = Lineage(plan)
        for group in sorted(plan.of_kind(Kind.CUSTOMER_GROUP)):
            own = sorted(lineage.rests_on([group]) & channels.keys())
            if own:
                groups[group] = _shares({i: channels[i] for i in own}, serving)
    return NoticeReach(
        channels=tuple(_channel(i, c, serving) for i, c in channels.items()),
        shares=_shares(channels, serving),
        groups=groups,
    )


def _channel(key: str, channel: Component, serving: Serving) -> ChannelReach:
    serves = serving.course(key)
    levels = serving.levels.get(key, ((0.0, 1.0),))
    return ChannelReach(
        channel=key,
        reach=channel.reach,
        lowest=min(level for _, level in levels),
        serves=serves,
        down=serving.outages(serves, [key]),
    )


def _shares(channels: dict[str, Component], serving: Serving) -> tuple[NoticeShare, ...]:
    """The bounds from each time on at which they change."""
    changes = {t for i in channels for t, _ in serving.levels.get(i, ())}
    found: list[NoticeShare] = []
    for t in sorted({0.0, *changes}):
        left = tuple(i for i in channels if at(serving.course(i), t) == Answer.YES)
        least, most = bounds((channels[i].reach, serving.level(i, t)) for i in left)
        share = NoticeShare(from_s=t, least=least, most=most, channels=left)
        if not found or found[-1].model_copy(update={"from_s": t}) != share:
            found.append(share)
    return tuple(found)


def bounds(channels: Iterable[tuple[float | None, float]]) -> tuple[float, float]:
    """The least and the most that channels of these shares and levels reach together.

    How far they reach the same people is not known: at least the largest share times level, at most
    their sum and 1. A share that is not known counts 0 for the least and 1 for the most.
    """
    known = [(reach, level) for reach, level in channels]
    least = max((reach * level for reach, level in known if reach is not None), default=0.0)
    most = sum(1.0 if reach is None else reach * level for reach, level in known)
    return least, min(1.0, most)
