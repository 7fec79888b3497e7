"""Inputs by number: the same for a seed on every machine and with every version of Python."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.fuzz.mutate import mutate
from tests.fuzz.seeds import Seeds


def inputs(seed: int, first: int, count: int) -> Iterator[tuple[int, bytes]]:
    """Number and content of `count` inputs from `first` on."""
    seeds = Seeds()
    for number in range(first, first + count):
        yield number, one(seeds, seed, number)


def one(seeds: Seeds, seed: int, number: int) -> bytes:
    """One input."""
    noise = random.Random(f"{seed}/{number}")
    return mutate(seeds.draw(noise), noise)
