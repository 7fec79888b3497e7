"""Which rules run: selectors, as options and configuration write them, against known rules.

A selector is a rule's id ("GLC401"), its name ("time-after-in-loop"), the beginning of ids
("GLC4"), "ALL", or "DEFAULT" for the rules that are on by default. The more exact selector wins
where both `select` and `ignore` name a rule: a full id or name over a beginning, a longer
beginning over a shorter, any of them over DEFAULT and ALL; at a tie `ignore` wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

ALL, DEFAULT = "ALL", "DEFAULT"

_EXACT = 1000
_PREFIX = re.compile(r"[A-Z]{2,}[0-9]*\Z")


@dataclass(frozen=True, slots=True)
class KnownRule:
    """What selection and configuration need to know of a rule.

    `options` holds the rule's settings with their defaults; a value given for one must be of
    the default's type.
    """

    id: str
    name: str
    enabled: bool = True
    options: Mapping[str, int | str | bool | float] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class RuleSelection:
    """What was asked for. `select` of `None` means the rules that are on by default."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()

    def resolve(self, known: Sequence[KnownRule]) -> frozenset[str]:
        """The ids of the rules that run. Raises `SelectorError` for a selector of no rule."""
        select = (DEFAULT,) if self.select is None else self.select
        return _resolved(select, self.ignore, tuple(known))


@lru_cache(maxsize=256)  # asked for each file, with few different answers
def _resolved(
    select: tuple[str, ...], ignore: tuple[str, ...], known: tuple[KnownRule, ...]
) -> frozenset[str]:
    wrong = [text for text in (*select, *ignore) if not matching(text, known)]
    if wrong:
        raise SelectorError([unknown_selector(text, known) for text in dict.fromkeys(wrong)])
    chosen = _exactness(select, known)
    ignored = _exactness(ignore, known)
    return frozenset(id for id, rank in chosen.items() if rank > ignored.get(id, -1))


class SelectorError(ValueError):
    """Selectors that name no rule; `messages` has a sentence for each."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


def matching(selector: str, known: Iterable[KnownRule]) -> frozenset[str]:
    """The ids that `selector` names, in any case of letters; none if there is no such rule."""
    upper, lower = selector.upper(), selector.lower()
    if upper == ALL:
        return frozenset(rule.id for rule in known)
    if upper == DEFAULT:
        return frozenset(rule.id for rule in known if rule.enabled)
    known = list(known)
    exact = frozenset(rule.id for rule in known if lower == rule.name or upper == rule.id)
    if exact or not _PREFIX.match(upper):
        return exact
    return frozenset(rule.id for rule in known if rule.id.startswith(upper))


def unknown_selector(selector: str, known: Iterable[KnownRule]) -> str:
    """A sentence that says that no rule is called `selector`, and which may be meant."""
    names = {ALL, DEFAULT}
    for rule in known:
        names |= {rule.id, rule.name}
    spelled = {name.lower(): name for name in sorted(names)}
    import difflib

    near = difflib.get_close_matches(selector.lower()[:100], spelled, n=1, cutoff=0.5)
    hint = f"did you mean {spelled[near[0]]}?" if near else "`golint-concurrency rules` lists them"
    return f"no rule is called {_quoted(selector)}; {hint}"


def _exactness(selectors: Iterable[str], known: Sequence[KnownRule]) -> dict[str, int]:
    """For each rule that a selector names: how exactly the most exact one does."""
    ranks: dict[str, int] = {}
    for selector in selectors:
        ids = matching(selector, known)
        upper = selector.upper()
        if upper in (ALL, DEFAULT):
            rank = 0 if upper == ALL else 1
        elif any(upper == rule.id or selector.lower() == rule.name for rule in known):
            rank = _EXACT
        else:
            rank = 1 + len(selector)
        for id in ids:
            ranks[id] = max(rank, ranks.get(id, -1))
    return ranks


def _quoted(text: str) -> str:
    return ascii(text[:60] + "..." if len(text) > 60 else text)
