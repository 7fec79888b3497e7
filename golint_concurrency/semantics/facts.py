"""Facts about functions that no signature tells, from the table `stubs/facts.txt`.

Names are looked up without receiver decoration: `(*net/http.Client).Do` in the table is
`net/http.Client.Do` here, the form of `infer.Callee.name`.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

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

    def __contains__(self, fact: str) -> bool:
        return fact in self._facts


@cache
def _table() -> dict[str, Facts]:
    table: dict[str, Facts] = {}
    text = resources.files(__package__).joinpath("stubs/facts.txt").read_text("utf-8")
    for line in text.splitlines():
        words = line.split("#")[0].split() if not line.startswith("#") else []
        if len(words) < 2:
            continue
        facts: dict[str, list[str]] = {}
        for word in words[1:]:
            match = _FACT.match(word)
            if match is None:
                raise ValueError(f"facts.txt: cannot read {word!r} of {words[0]}")
            facts.setdefault(match.group(1), []).append(match.group(2) or "")
        table[plain_name(words[0])] = Facts(facts)
    return table


def plain_name(name: str) -> str:
    """`(*net/http.Client).Do` as `net/http.Client.Do`."""
    return _RECEIVER.sub(r"\1", name)


def of(name: str) -> Facts | None:
    """The facts of a function by its plain qualified name; None if none are listed."""
    return _table().get(name)


def named(fact: str) -> list[str]:
    """Plain names of all functions that have `fact`."""
    return [name for name, facts in _table().items() if fact in facts]
