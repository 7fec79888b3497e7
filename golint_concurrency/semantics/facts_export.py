"""What a package's functions do, as plain data without source or trees.

So that a package which imports another needs its facts only, and those can be kept in a cache.
Variables are named by their place: callers know the number of an argument, not what the callee
calls it. The bytes are the same for the same source, whatever was asked before.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from golint_concurrency.semantics import summaries
from golint_concurrency.semantics.callgraph import info_of
from golint_concurrency.semantics.effects import Effect
from golint_concurrency.semantics.objects import Local, Member
from golint_concurrency.semantics.package import Package
from golint_concurrency.semantics.summary_text import RELEASES, control_words

VERSION = 1
"""Changes with the form of the bytes, and with what the words in them mean."""

RECEIVER = "receiver"
ALWAYS = "always"


class FactsError(ValueError):
    """The bytes are not those of facts of this version."""


class EffectFact(NamedTuple):
    """One thing that a function does to a variable of its caller or of a package.

    `root` is receiver, the number of a parameter, or the name of a package variable (qualified
    if it is another package's). The rest is as in `effects.Effect`; besides its verbs there is
    `always`: the release `name` (Close, Body.Close, ()) happens on every path.
    """

    root: str
    path: str
    verb: str
    name: str
    mode: str


class FunctionFacts(NamedTuple):
    """`control` are words such as `blocks(chan)` and `forwards-ctx` (see `summary_text`)."""

    control: tuple[str, ...]
    effects: tuple[EffectFact, ...]


class PackageFacts(NamedTuple):
    """Facts of each function with a body, by symbol: `name` or `Receiver.name`.

    A function that is not in here is out of sight; one without facts does nothing of interest.
    """

    path: str
    functions: dict[str, FunctionFacts]


def export(package: Package) -> PackageFacts:
    """The facts of all functions and methods that others can call; computes their summaries."""
    members = {
        member.decl.symbol: member
        for member in (
            *package.members().values(),
            *(method for base in package.bases() for method in package.methods(base).values()),
        )
    }
    functions: dict[str, FunctionFacts] = {}
    for symbol in sorted(members):
        facts = _function(members[symbol])
        if facts is not None:
            functions[symbol] = facts
    return PackageFacts(package.path, functions)


def _function(member: Member) -> FunctionFacts | None:
    info = info_of(member)
    if info is None:
        return None
    summary = summaries.of(info)
    found: list[EffectFact] = []
    roots: list[tuple[str, Local | None]] = [(RECEIVER, info.receiver)]
    roots += [(str(index), local) for index, local in enumerate(info.params)]
    for root, local in roots:
        if local is None:
            continue
        use = summary.use(local)
        found += [_effect(root, effect) for effect in use.all]
        for release in RELEASES:
            if use.always_releases(release):
                found.append(EffectFact(root, "", ALWAYS, release, ""))
    for variable, effect in summary.shared():
        own = variable.package is member.package
        found.append(_effect(variable.name if own else variable.qualified, effect))
    return FunctionFacts(tuple(control_words(summary)), tuple(sorted(set(found))))


def _effect(root: str, effect: Effect) -> EffectFact:
    return EffectFact(root, ".".join(effect.path), effect.verb, effect.name, effect.mode)


def to_bytes(facts: PackageFacts) -> bytes:
    """Compact JSON. Each fact is written once and functions hold numbers of facts: most functions
    of a package do the same few things."""
    numbers: dict[str | EffectFact, int] = {}
    functions: dict[str, list[int]] = {}
    for symbol, function in facts.functions.items():
        held: list[str | EffectFact] = [*function.control, *function.effects]
        functions[symbol] = [numbers.setdefault(fact, len(numbers)) for fact in held]
    data = {"version": VERSION, "path": facts.path, "facts": list(numbers), "functions": functions}
    return json.dumps(data, separators=(",", ":")).encode("ascii")


def from_bytes(data: bytes) -> PackageFacts:
    """What `to_bytes` wrote. Raises `FactsError` for anything else: caches can be damaged."""
    try:
        loaded = json.loads(data)
        if loaded["version"] != VERSION:
            raise FactsError(f"facts of version {loaded['version']!r}, not {VERSION}")
        known = [_fact(item) for item in loaded["facts"]]
        functions = {
            str(symbol): _facts_of([_pick(known, number) for number in numbers])
            for symbol, numbers in loaded["functions"].items()
        }
        return PackageFacts(_text(loaded["path"]), functions)
    except FactsError:
        raise
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise FactsError("not the facts of a package") from error


def _facts_of(held: list[str | EffectFact]) -> FunctionFacts:
    return FunctionFacts(
        tuple(fact for fact in held if isinstance(fact, str)),
        tuple(fact for fact in held if isinstance(fact, EffectFact)),
    )


def _fact(item: object) -> str | EffectFact:
    if isinstance(item, list):
        return EffectFact(*map(_text, item))
    return _text(item)


def _pick(known: list[str | EffectFact], number: object) -> str | EffectFact:
    if type(number) is not int or number < 0:
        raise FactsError("not the facts of a package")
    return known[number]


def _text(item: object) -> str:
    if not isinstance(item, str):
        raise FactsError("not the facts of a package")
    return item
