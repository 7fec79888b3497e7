"""Facts about functions that no signature tells, from the table `stubs/facts.txt`.

Names are looked up without receiver decoration: `(*net/http.Client).Do` in the table is
`net/http.Client.Do` here, the form of `infer.Callee.name`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pkgutil import get_data
from typing import TypeVar

A = TypeVar("A")

_RECEIVER = re.compile(r"\(\*?([^)]*)\)")
_FACT = re.compile(r"([a-z-]+)(?:\(((?:[^()]|\([^()]*\))*)\))?\Z")


class Facts:
    """Facts of one function: `facts.get("blocks")` gives the argument, "" if it has none."""

    __slots__ = ("_facts",)

    def __init__(self, facts: dict[str, list[str]]) -> None:
        self._facts = facts

    def get(self, fact: str) -> str | None:
        """The (first) argument of `fact`, None if the function has no such fact."""
        values = self._facts.get(fact)
        return values[0] if values else None

    def all(self, fact: str) -> list[str]:
        """The arguments of every `fact` of the function."""
        return self._facts.get(fact, [])

    def __contains__(self, fact: object) -> bool:
        return fact in self._facts


@cache
def _lines() -> dict[str, str]:
    """The words behind each plain name. Taking them apart waits until somebody asks: every run
    loads the table, and hardly any run asks for more than a few names of it."""
    data = get_data(__package__, "stubs/facts.txt")
    if data is None:
        raise FileNotFoundError("stubs/facts.txt")
    lines: dict[str, str] = {}
    for line in data.decode().splitlines():
        name, _, words = line.partition(" ")
        if words and not name.startswith("#"):
            lines[plain_name(name)] = words.partition("#")[0]
    return lines


def plain_name(name: str) -> str:
    """`(*net/http.Client).Do` as `net/http.Client.Do`."""
    return _RECEIVER.sub(r"\1", name) if "(" in name else name


@cache
def of(name: str) -> Facts | None:
    """The facts of a function by its plain qualified name; None if none are listed."""
    words = _lines().get(name, "").split()
    facts: dict[str, list[str]] = {}
    for word in words:
        match = _FACT.match(word)
        if match is None:
            raise ValueError(f"facts.txt: cannot read {word!r} of {name}")
        facts.setdefault(match.group(1), []).append(match.group(2) or "")
    return Facts(facts) if facts else None


def parent_context(known: Facts | None, arguments: Sequence[A]) -> A | None:
    """The argument from which a call of a function with the facts `known` derives the context
    that it gives; None if it derives none."""
    number = known.get("derives-ctx") if known is not None else None
    if number is None or not number.isdigit() or int(number) >= len(arguments):
        return None
    return arguments[int(number)]


def named(fact: str) -> list[str]:
    """Plain names of all functions that have `fact`."""
    likely = [name for name, words in _lines().items() if fact in words]
    return [name for name in likely if fact in (of(name) or ())]
