"""One tree spread over several machines: which of them lints which packages.

The files of a directory stay together. Directories are dealt out by size, the largest first, each
to the shard that has least: the same on every machine that has the same files.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from golint_concurrency.source import Target

MOST = 10_000
_FORM = re.compile(r"([0-9]{1,5})/([0-9]{1,5})")
_PER_FILE = 2_000
"""What a file costs on top of its bytes, in bytes."""


class ShardError(Exception):
    """A shard that cannot be, or shards that do not fit; the message says why."""


@dataclass(frozen=True, slots=True)
class Shard:
    """The `number`th of `count` shards; the first is 1."""

    number: int
    count: int

    @classmethod
    def parse(cls, text: str) -> Shard:
        """`2/5` as a shard. Raises `ShardError`."""
        match = _FORM.fullmatch(text)
        if match is None or not 1 <= int(match[1]) <= int(match[2]) <= MOST:
            raise ShardError(f"{text!r} is no shard; the second of five is 2/5")
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.number}/{self.count}"

    def part(self, targets: Sequence[Target]) -> tuple[Target, ...]:
        """Those of `targets` that this shard lints, in their order."""
        sizes: dict[str, int] = {}
        for target in targets:
            directory = _directory(target)
            sizes[directory] = sizes.get(directory, 0) + target.size + _PER_FILE
        loads = [(0, number) for number in range(1, self.count + 1)]
        mine: set[str] = set()
        import heapq

        for directory in sorted(sizes, key=lambda name: (-sizes[name], name)):
            load, number = loads[0]
            heapq.heapreplace(loads, (load + sizes[directory], number))
            if number == self.number:
                mine.add(directory)
        return tuple(target for target in targets if _directory(target) in mine)


def _directory(target: Target) -> str:
    return os.path.dirname(target.path).replace(os.sep, "/")


def complete(names: Iterable[str]) -> None:
    """Raises `ShardError` unless `names` are all shards of one run, each once."""
    shards = [Shard.parse(name) for name in names]
    counts = {shard.count for shard in shards}
    if len(counts) != 1:
        raise ShardError(
            "the reports are of runs with different numbers of shards: "
            + ", ".join(str(count) for count in sorted(counts))
        )
    count = counts.pop()
    numbers = [shard.number for shard in shards]
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    missing = sorted(set(range(1, count + 1)) - set(numbers))
    if twice:
        raise ShardError(f"shard {twice[0]}/{count} is there more than once")
    if missing:
        listed = ", ".join(f"{number}/{count}" for number in missing[:10])
        raise ShardError(f"not all shards are there; without {listed} findings would be lost")
