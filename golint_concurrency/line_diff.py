"""Which lines of a file are those of its older state, and where they stood there.

Lines that occur once on both sides and keep their order are held fast first (patience); what
lies between is compared from both ends, then anew. The cost grows with the number of lines, not
with its square, whatever is in them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

_SMALL = 250_000
"""Lines of one side times lines of the other that are still compared one by one."""


def kept_lines(old: bytes, new: bytes) -> dict[int, int]:
    """Line of `old` by line of `new` (both from 0), for each line that was kept."""
    return matched(_lines(old), _lines(new))


def _lines(content: bytes) -> list[bytes]:
    return [line.removesuffix(b"\r") for line in content.split(b"\n")]


def matched(old: Sequence[bytes], new: Sequence[bytes]) -> dict[int, int]:
    """The same for lines that were parted already."""
    found: dict[int, int] = {}
    work = [(0, len(old), 0, len(new))]
    while work:
        a, b, c, d = work.pop()
        while a < b and c < d and old[a] == new[c]:
            found[c] = a
            a, c = a + 1, c + 1
        while a < b and c < d and old[b - 1] == new[d - 1]:
            b, d = b - 1, d - 1
            found[d] = b
        if a == b or c == d:
            continue
        anchors = _anchors(old, new, a, b, c, d)
        if anchors:
            for at_old, at_new in anchors:
                work.append((a, at_old, c, at_new))
                a, c = at_old, at_new
            work.append((a, b, c, d))
        elif (b - a) * (d - c) <= _SMALL:
            import difflib

            matcher = difflib.SequenceMatcher(None, old[a:b], new[c:d], autojunk=False)
            for at_old, at_new, size in matcher.get_matching_blocks():
                for step in range(size):
                    found[c + at_new + step] = a + at_old + step
    return found


def _anchors(
    old: Sequence[bytes], new: Sequence[bytes], a: int, b: int, c: int, d: int
) -> list[tuple[int, int]]:
    """Lines that occur once in both ranges, the longest row of them that keeps its order."""
    in_old, in_new = Counter(old[a:b]), Counter(new[c:d])
    where = {old[at]: at for at in range(a, b) if in_old[old[at]] == 1}
    pairs = [
        (where[new[at]], at) for at in range(c, d) if in_new[new[at]] == 1 and new[at] in where
    ]
    tails: list[int] = []  # the smallest last place in `old` of a row of each length
    ends: list[int] = []
    before: list[int] = []
    for number, (at_old, _) in enumerate(pairs):
        length = bisect_left(tails, at_old)
        before.append(ends[length - 1] if length else -1)
        if length == len(tails):
            tails.append(at_old)
            ends.append(number)
        else:
            tails[length], ends[length] = at_old, number
    row: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        row.append(pairs[number])
        number = before[number]
    return row[::-1]


class Bag:
    """The lines of a file without regard to order, to be compared with those of others."""

    def __init__(self, content: bytes) -> None:
        self._lines = Counter(_lines(content))
        self._total = self._lines.total()

    def likeness(self, other: Bag) -> float:
        """How much of the two is the same, from 0 to 1."""
        if 3 * self._total < other._total or 3 * other._total < self._total:
            return 0.0  # no more than half could be
        shared = (self._lines & other._lines).total()
        return 2 * shared / (self._total + other._total)
