"""The inner loops of decision diagrams, on lists as plain Python or on arrays compiled (`compiled.py`).

A diagram's node is a triple (level, low, high) in one table; 0 and 1 are the ends. The same table is
read in two ways: as a binary decision diagram (a node whose low equals its high does not exist) and as
a zero-suppressed one that holds sets of levels (a node whose high is 0 does not exist). All logic here
is monotone, so nothing is ever negated. A kernel that runs out of room or of steps keeps its place in
`state`, answers -1, and goes on from there when it is called again.

After R. E. Bryant (1986) for the table and `combine`, S. Minato (1993) for sets, A. Rauzy (1993) for the
minimal solutions.
"""

from __future__ import annotations

Table = list[int]
"""Whole numbers in a list, or in an array when compiled."""
Reals = list[float]
"""Other numbers in the same ways."""

AND, OR, WITHOUT = 0, 1, 2
"""What `combine` does: both, either, or the sets of f that do not make the function g true."""

COUNT, STEPS, BUSY, DEPTH, LEFT, RIGHT, FOUND, AT, PLACE, SO_FAR = range(10)
"""What `state` holds: nodes in use, steps left, then where a kernel that was stopped goes on."""
STATE = 10
END = 1 << 30
"""The level of the two ends, below all others."""


def make(level: int, low: int, high: int, node: Table, bucket: Table, state: Table) -> int:
    """The number of the node (level, low, high), found or new; -1: the table is full."""
    mixed = level * 12582917 + low * 4256249 + high * 741457
    slot = (mixed ^ (mixed >> 17)) & (len(bucket) - 1)
    i = bucket[slot]
    while i > 0:
        at = 4 * i
        if node[at + 2] == high and node[at + 1] == low and node[at] == level:
            return i
        i = node[at + 3]
    i = state[COUNT]
    at = 4 * i
    if at >= len(node):
        return -1
    node[at] = level
    node[at + 1] = low
    node[at + 2] = high
    node[at + 3] = bucket[slot]
    bucket[slot] = i
    state[COUNT] = i + 1
    return i


def combine(  # noqa: C901, PLR0912, PLR0915 - one loop: calls inside it would double the time in plain Python
    op: int, f: int, g: int, node: Table, bucket: Table, memory: Table, stack: Table, state: Table
) -> int:
    """The diagram of f AND g or f OR g, or the sets of f without those that make g true; -1: not yet.

    `memory` holds pairs (key, result), overwritten on a clash; `stack` holds (f, g, low, slot, key).
    """
    entries = len(memory) // 2 - 1
    top = 0
    found = -1
    steps = state[STEPS]
    if state[BUSY]:
        f, g, top, found = state[LEFT], state[RIGHT], state[DEPTH], state[FOUND]
        state[BUSY] = 0
    while True:
        while found < 0:
            if op == WITHOUT:
                if f <= 1 or g <= 1:
                    found = 0 if g == 1 else f
                    break
                while node[4 * g] < node[4 * f]:
                    g = node[4 * g + 1]
                if g == 0:
                    found = f
                    break
            else:
                if f > g:
                    f, g = g, f
                if f <= 1:
                    found = (g if f == 1 else 0) if op == AND else (1 if f == 1 else g)
                    break
                if f == g:
                    found = f
                    break
            key = (f << 32) | (g << 2) | op
            mixed = f * 12582917 + g * 4256249 + op * 97
            slot = 2 * ((mixed ^ (mixed >> 15)) & entries)
            if memory[slot] == key:
                found = memory[slot + 1]
                break
            at = 5 * top
            stack[at] = f
            stack[at + 1] = g
            stack[at + 2] = -1
            stack[at + 3] = slot
            stack[at + 4] = key
            top += 1
            here, there = node[4 * f], node[4 * g]
            if here <= there:
                f = node[4 * f + 1]
            if there <= here:
                g = node[4 * g + 1]
        steps -= 1
        if top == 0:
            state[STEPS] = steps
            return found
        at = 5 * (top - 1)
        f, g = stack[at], stack[at + 1]
        here, there = node[4 * f], node[4 * g]
        if stack[at + 2] < 0:
            if steps <= 0:
                f = g = 0
                break
            stack[at + 2] = found
            found = -1
            if here <= there:
                f = node[4 * f + 2]
            if there <= here:
                g = node[4 * g + 2]
            continue
        low = stack[at + 2]
        if found != (0 if op == WITHOUT else low):
            made = make(min(here, there), low, found, node, bucket, state)
            if made < 0:
                break
            low = made
        found = low
        memory[stack[at + 3]] = stack[at + 4]
        memory[stack[at + 3] + 1] = found
        top -= 1
    state[BUSY] = 1
    state[STEPS] = steps
    state[LEFT], state[RIGHT], state[DEPTH], state[FOUND] = f, g, top, found
    return -1


def build(until: int, kind: Table, first: Table, argument: Table, level: Table, root: Table, folded: Table,
          node: Table, bucket: Table, memory: Table, stack: Table, state: Table) -> int:  # fmt: skip
    """The diagrams of the gates from state[AT] up to `until`, into `root`; -1: not yet, else 0.

    An argument is a leaf with a `level`, or ~g for gate g. The deepest arguments are folded first.
    """
    g = state[AT]
    while g < until:
        begin = first[g]
        width = first[g + 1] - begin
        if state[PLACE] == 0:
            for j in range(width):
                a = argument[begin + j]
                d = root[~a] if a < 0 else make(level[a], 0, 1, node, bucket, state)
                if d < 0:
                    return -1
                i = j
                while i > 0 and node[4 * folded[i - 1]] < node[4 * d]:
                    folded[i] = folded[i - 1]
                    i -= 1
                folded[i] = d
            state[SO_FAR] = folded[0]
            state[PLACE] = 1
        while state[PLACE] < width:
            d = combine(kind[g], state[SO_FAR], folded[state[PLACE]], node, bucket, memory, stack, state)
            if d < 0:
                return -1
            state[SO_FAR] = d
            state[PLACE] += 1
        root[g] = state[SO_FAR]
        state[PLACE] = 0
        g += 1
        state[AT] = g
    return 0


def mark(node: Table, marked: Table) -> None:
    """Mark all nodes below the marked ones; a node's number is above its children's."""
    for i in range(len(marked) - 1, 1, -1):
        if marked[i]:
            marked[node[4 * i + 1]] = 1
            marked[node[4 * i + 2]] = 1


def unmark(begin: int, end: int, node: Table, marked: Table) -> None:
    """Take the mark off all nodes of the levels from `begin` to before `end`."""
    for i in range(2, len(marked)):
        if begin <= node[4 * i] < end:
            marked[i] = 0


def minimal(
    marked: Table, sets: Table, node: Table, bucket: Table, memory: Table, stack: Table, state: Table
) -> int:
    """The minimal solutions of every marked node from state[AT] on, as sets, into `sets`; -1: not yet, else 0.

    Rauzy's decomposition: those without the level are the low side's; those with it are the high
    side's that do not already make the low side true.
    """
    i = state[AT]
    while i < len(marked):
        if marked[i]:
            low = node[4 * i + 1]
            high = combine(WITHOUT, sets[node[4 * i + 2]], low, node, bucket, memory, stack, state)
            if high < 0:
                return -1
            sets[i] = sets[low]
            if high > 0:
                sets[i] = make(node[4 * i], sets[low], high, node, bucket, state)
                if sets[i] < 0:
                    return -1
        i += 1
        state[AT] = i
    return 0


def united(marked: Table, function: Table, node: Table, bucket: Table, memory: Table, stack: Table,
           state: Table) -> int:  # fmt: skip
    """The diagram of when any set of a marked node has failed, into `function`; -1: not yet, else 0.

    The other way round than `minimal`, from state[AT] on.
    """
    i = state[AT]
    while i < len(marked):
        if marked[i]:
            low = function[node[4 * i + 1]]
            high = combine(OR, function[node[4 * i + 2]], low, node, bucket, memory, stack, state)
            if high < 0:
                return -1
            function[i] = make(node[4 * i], low, high, node, bucket, state)
            if function[i] < 0:
                return -1
        i += 1
        state[AT] = i
    return 0


def rehash(node: Table, bucket: Table, state: Table) -> None:
    """Enter all nodes in use into an empty `bucket`."""
    for i in range(2, state[COUNT]):
        at = 4 * i
        mixed = node[at] * 12582917 + node[at + 1] * 4256249 + node[at + 2] * 741457
        slot = (mixed ^ (mixed >> 17)) & (len(bucket) - 1)
        node[at + 3] = bucket[slot]
        bucket[slot] = i


def remember(old: Table, new: Table) -> None:
    """Carry the results of `combine` over into a larger memory."""
    entries = len(new) // 2 - 1
    for i in range(0, len(old), 2):
        key = old[i]
        if key:
            f, g, op = key >> 32, (key >> 2) & (END - 1), key & 3
            mixed = f * 12582917 + g * 4256249 + op * 97
            slot = 2 * ((mixed ^ (mixed >> 15)) & entries)
            new[slot] = key
            new[slot + 1] = old[i + 1]


def forward(
    begin: int, end: int, level: Table, low: Table, high: Table, chance: Reals, source: Table, value: Reals
) -> None:
    """The probability of the nodes from `begin` to before `end` into `value`, children first.

    What stands at a level is true with `chance`, or with the value of its `source` where that is not −1.
    """
    for i in range(begin, end):
        q = chance[level[i]] if source[level[i]] < 0 else value[source[level[i]]]
        value[i] = (1.0 - q) * value[low[i]] + q * value[high[i]]


def backward(
    level: Table,
    low: Table,
    high: Table,
    chance: Reals,
    source: Table,
    value: Reals,
    weight: Reals,
    gain: Reals,
) -> None:
    """The derivative of the top's probability by that of each node (`weight`) and each level (`gain`).

    The weight of the top is 1 beforehand, all else 0.
    """
    for i in range(len(level) - 1, 1, -1):
        w = weight[i]
        here, below, above = level[i], low[i], high[i]
        q = chance[here] if source[here] < 0 else value[source[here]]
        difference = w * (value[above] - value[below])
        gain[here] += difference
        if source[here] >= 0:
            weight[source[here]] += difference
        weight[below] += w * (1.0 - q)
        weight[above] += w * q
