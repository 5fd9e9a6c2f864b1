"""The inner loops of the search for the smallest cut sets of a region whose diagram is too large.

As plain Python on lists, or compiled on arrays (`compiled.py`). A region here is its gates, AND or OR,
the root last, over leaves numbered from 0; an argument is a leaf or ~gate. A leaf's `status` is FAILED,
UP or OPEN, its `weight` the order of what it stands for.
"""

from __future__ import annotations

from collections.abc import Sequence

from bcp.engine.failure.diagram_kernels import AND, Reals, Table

OPEN, FAILED, UP = 0, 1, 2
FAR = 1 << 40
"""More than any order or number of leaves."""

DEPTH, LEFT, STEPS, CUT, FILLED, ENTERING = range(6)
"""What `state` holds: where the search is, the order left, steps left, whether the order cut anything
off, how far `found` is filled, and whether the last choice has yet to be looked at."""
STATE = 6


def survey(
    kind: Table, first: Table, argument: Table, status: Table, weight: Table, need: Table, cost: Table
) -> int:
    """The order still needed at least to make each gate true, and the leaves that keep it false at most.

    To keep a gate false, all arguments of OR or one of AND have to stay up. The root's need is returned.
    """
    for g in range(len(kind)):
        both = kind[g] == AND
        least = 0 if both else FAR
        price = FAR if both else 0
        for j in range(first[g], first[g + 1]):
            a = argument[j]
            if a < 0:
                n, c = need[~a], cost[~a]
            elif status[a] == OPEN:
                n, c = weight[a], 1
            elif status[a] == FAILED:
                n, c = 0, FAR
            else:
                n, c = FAR, 0
            if both:
                least = max(least, n)
                price = min(price, c)
            else:
                least = min(least, n)
                price = min(FAR, price + c)
        need[g] = least
        cost[g] = price
    return need[len(kind) - 1]


def cheapest(
    begin: int, end: int, argument: Table, status: Table, cost: Sequence[float], each: Sequence[float]
) -> int:
    """Which of the arguments from `begin` to before `end` costs least to keep false."""
    chosen = begin
    least = 2.0 * FAR
    for j in range(begin, end):
        a = argument[j]
        price = 1.0 * FAR
        if a < 0:
            price = 1.0 * cost[~a]
        elif status[a] == OPEN:
            price = 1.0 * each[a]
        elif status[a] == UP:
            price = 0.0
        if price < least:
            least = price
            chosen = j
    return chosen


def keepers(kind: Table, first: Table, argument: Table, status: Table, cost: Sequence[float], each: Sequence[float], wanted: Table,
            out: Table, at: int) -> int:  # fmt: skip
    """Open leaves that together keep the root false, cheap ones, into `out` from `at` on; the new end.

    Every cut set that goes on from here has one of them. `cost` is that of the gates, `each` of a leaf.
    `wanted` has room for all gates and leaves.
    """
    top = len(kind) - 1
    for g in range(len(wanted)):
        wanted[g] = 0
    wanted[top] = 1
    end = at
    for g in range(top, -1, -1):
        if not wanted[g]:
            continue
        begin, stop = first[g], first[g + 1]
        if kind[g] == AND:
            begin = cheapest(begin, stop, argument, status, cost, each)
            stop = begin + 1
        for j in range(begin, stop):
            a = argument[j]
            if a < 0:
                wanted[~a] = 1
            elif status[a] == OPEN and not wanted[top + 1 + a]:
                wanted[top + 1 + a] = 1
                out[end] = a
                end += 1
    return end


def is_minimal(depth: int, kind: Table, first: Table, argument: Table, weight: Table, status: Table, need: Table,
               cost: Table, out: Table, place: Table) -> bool:  # fmt: skip
    """Whether none of the leaves that have failed, one a frame up to `depth`, could be spared."""
    for d in range(depth):
        a = out[place[d] - 1]
        status[a] = UP
        spared = survey(kind, first, argument, status, weight, need, cost) == 0
        status[a] = FAILED
        if spared:
            return False
    return True


def search(  # noqa: C901, PLR0912 - one loop that can stop anywhere and go on
    kind: Table, first: Table, argument: Table, weight: Table, each: Table, status: Table, need: Table, cost: Table,
           wanted: Table, out: Table, begin: Table, end: Table, place: Table, found: Table, state: Table) -> int:  # fmt: skip
    """All minimal sets of leaves of a total weight up to state[LEFT] that make the root true, into `found`.

    Each as its length and its leaves. Every set is met once: where it has none of the leaves that were
    tried before, which count as up. -1: `found` is full or the steps are used up, call again; else 0.
    """
    depth, left = state[DEPTH], state[LEFT]
    steps = state[STEPS]
    entering = state[ENTERING]
    filled = 0
    while True:
        if entering:
            entering = 0
            least = survey(kind, first, argument, status, weight, need, cost)
            if least == 0:
                if is_minimal(depth, kind, first, argument, weight, status, need, cost, out, place):
                    found[filled] = depth
                    for d in range(depth):
                        found[filled + 1 + d] = out[place[d] - 1]
                    filled += depth + 1
                depth -= 1
            elif least > left:
                if least < FAR:
                    state[CUT] = 1
                depth -= 1
            else:
                at = end[depth - 1] if depth > 0 else 0
                begin[depth] = place[depth] = at
                end[depth] = keepers(kind, first, argument, status, cost, each, wanted, out, at)
            steps -= 1
        if depth < 0:
            state[DEPTH], state[FILLED] = -1, filled
            return 0
        if place[depth] > begin[depth]:
            last = out[place[depth] - 1]
            status[last] = UP
            left += weight[last]
        if place[depth] == end[depth]:
            for i in range(begin[depth], end[depth]):
                status[out[i]] = OPEN
            depth -= 1
            continue
        if steps <= 0 or filled + len(weight) + 2 > len(found):
            # the last choice is undone again where the search goes on
            if place[depth] > begin[depth]:
                left -= weight[out[place[depth] - 1]]
            state[DEPTH], state[LEFT], state[ENTERING], state[FILLED] = depth, left, 0, filled
            return -1
        chosen = out[place[depth]]
        place[depth] += 1
        status[chosen] = FAILED
        left -= weight[chosen]
        if left < 0:
            state[CUT] = 1
        else:
            depth += 1
            entering = 1


def gauge(
    kind: Table,
    first: Table,
    argument: Table,
    status: Table,
    q: Reals,
    lower: Reals,
    upper: Reals,
    cost: Reals,
) -> None:
    """Bounds on the probability of each gate, and the cost of keeping it false, with q for each leaf.

    Monotone functions of independent variables are positively associated (Fortuin, Kasteleyn, Ginibre;
    Esary, Proschan, Walkup 1967): AND is between the product and the least of its arguments, OR between
    the largest and what it would be if they were independent. The cost adds up q.
    """
    for g in range(len(kind)):
        both = kind[g] == AND
        low, high = (1.0, 1.0) if both else (0.0, 1.0)
        price = 1.0 * FAR if both else 0.0
        for j in range(first[g], first[g + 1]):
            a = argument[j]
            if a < 0:
                below, above, c = lower[~a], upper[~a], cost[~a]
            elif status[a] == OPEN:
                below, above, c = q[a], q[a], q[a]
            elif status[a] == FAILED:
                below, above, c = 1.0, 1.0, 1.0 * FAR
            else:
                below, above, c = 0.0, 0.0, 0.0
            if both:
                low *= below
                high = min(high, above)
                price = min(price, c)
            else:
                low = max(low, below)
                high *= 1.0 - above
                price += c
        lower[g] = low
        upper[g] = high if both else 1.0 - high
        cost[g] = min(price, 1.0 * FAR)


def expand(kind: Table, first: Table, argument: Table, fixed: Table, q: Reals, status: Table, lower: Reals, upper: Reals,
           cost: Reals, wanted: Table, out: Table, share: Reals, least: Reals, most: Reals) -> int:  # fmt: skip
    """The cases into which the one with `fixed` leaves (a failed, ~a up) falls; their number.

    Leaves that together keep the root false go to `out`, likely ones first. Case i: leaf i has failed and
    those before it are up, which has probability `share[i]`, and the root then `least[i]` to `most[i]`.
    Where all of them are up the root is false.
    """
    for i in range(len(status)):
        status[i] = OPEN
    for i in range(len(fixed)):
        if fixed[i] >= 0:
            status[fixed[i]] = FAILED
        else:
            status[~fixed[i]] = UP
    gauge(kind, first, argument, status, q, lower, upper, cost)
    end = keepers(kind, first, argument, status, cost, q, wanted, out, 0)
    for j in range(1, end):
        a = out[j]
        i = j
        while i > 0 and q[out[i - 1]] < q[a]:
            out[i] = out[i - 1]
            i -= 1
        out[i] = a
    rest = 1.0
    top = len(kind) - 1
    for i in range(end):
        a = out[i]
        status[a] = FAILED
        gauge(kind, first, argument, status, q, lower, upper, cost)
        share[i] = rest * q[a]
        least[i] = lower[top]
        most[i] = upper[top]
        status[a] = UP
        rest *= 1.0 - q[a]
    return end
