"""What mutations start from: declarations of real Go files, and of the rules' own testdata."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.golang import goroot
from tests.linting import TESTDATA

_DECLARATION = re.compile(rb"^(?=(?:func|type|var|const)\b)", re.M)
_PACKAGE = re.compile(rb"^package[ \t]+\w+.*\n", re.M)
_MOST_BYTES = 60_000
_GO_FOLDERS = ("context", "database/sql", "net", "net/http", "os/exec", "sync", "time", "testing")
"""Parts of Go's own source where what the rules look for occurs."""


@dataclass(frozen=True, slots=True)
class Seed:
    """A Go file: what stands above its first declaration, and each with what follows it."""

    head: bytes
    declarations: tuple[bytes, ...]


def load() -> list[Seed]:
    """All seeds, in an order that does not depend on the machine."""
    found: list[Seed] = []
    for path in _paths():
        content = path.read_bytes()
        if len(content) <= _MOST_BYTES:
            seed = part(content)
            if seed is not None:
                found.append(seed)
    return found


def part(content: bytes) -> Seed | None:
    """A file in parts; None if it declares nothing."""
    first = _PACKAGE.search(content)
    if first is None:
        return None
    head, *declarations = _DECLARATION.split(content[first.end() :])
    return Seed(b"package p\n" + head, tuple(declarations)) if declarations else None


def _paths() -> Iterable[Path]:
    yield from sorted(TESTDATA.rglob("*.go"))
    source = goroot() / "src"
    for folder in _GO_FOLDERS:
        yield from sorted((source / folder).glob("*.go"))


class Seeds:
    """Draws files to mutate."""

    def __init__(self) -> None:
        self.all = load()

    def draw(self, noise: random.Random) -> bytes:
        """A file of a few declarations of one seed, now and then with some of another."""
        if noise.random() < 0.03:
            whole = noise.choice(self.all)
            return whole.head + b"".join(whole.declarations)
        seed = noise.choice(self.all)
        parts = [seed.head, *self._some(seed, noise)]
        if noise.random() < 0.3:
            parts += self._some(noise.choice(self.all), noise)
        return b"".join(parts)

    def _some(self, seed: Seed, noise: random.Random) -> list[bytes]:
        start = noise.randrange(len(seed.declarations))
        return list(seed.declarations[start : start + noise.randint(1, 5)])
