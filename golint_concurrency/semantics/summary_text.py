"""Summaries in words: `blocks(chan)`, `lock(s.mu)`, `call(body.Close)@go`.

For people who ask what the tool believes, and for testdata that says what it should believe.
"""

from __future__ import annotations

from golint_concurrency.semantics.effects import NOW, Effect
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.summaries import Summary

RELEASES = ("Close", "Body.Close", "()")
"""Releases of a variable that are asked for on every path."""


def words(summary: Summary) -> list[str]:
    """Everything that the summary says, in a fixed order; asks for all of it."""
    found = control_words(summary)
    info = summary.info
    captured = [local for local in info.captures if local.is_variable]
    for local in dict.fromkeys([info.receiver, *info.params, *captured]):
        if local is not None:
            found += _effects(local, summary)
    found += [_effect(member.name, effect) for member, effect in summary.shared()]
    return list(dict.fromkeys(found))


def control_words(summary: Summary) -> list[str]:
    """What holds of the function as a whole, in a fixed order: nothing about its variables."""
    found: list[str] = []
    found += [f"blocks({kind})" for kind in sorted(summary.waits)]
    found += _context(summary)
    for word, holds in (
        ("recovers", summary.recovers),
        ("never-returns", summary.never_returns),
        ("loops-forever", summary.loops_forever),
        ("starts-goroutine", summary.starts_goroutine is not None),
    ):
        if holds:
            found.append(word)
    if summary.handler:
        found.append(f"handler({summary.handler})")
    elif summary.serves_request:
        found.append("serves-request")
    return found


def _context(summary: Summary) -> list[str]:
    context = summary.context
    pairs = (
        ("takes-ctx", bool(context.takes)),
        ("ignores-ctx", context.ignores),
        ("checks-ctx", context.checks is not None),
        ("derives-ctx", bool(context.derives)),
        ("forwards-ctx", bool(context.forwards)),
        ("root-ctx", bool(context.roots)),
    )
    return [word for word, holds in pairs if holds]


def _effects(local: Local, summary: Summary) -> list[str]:
    use = summary.use(local)
    found = [_effect(local.name, effect) for effect in use.all]
    for release in RELEASES:
        if use.always_releases(release):
            found.append(f"always({local.name}.{release})".replace(".()", "()"))
    return found


def _effect(root: str, effect: Effect) -> str:
    path = ".".join((root, *effect.path)).replace(".[]", "[]")
    if effect.verb == "call":
        path += f".{effect.name}"
    elif effect.verb in ("pass", "store") and effect.name:
        path += f" to {effect.name}" if effect.verb == "pass" else f" in {effect.name}"
    when = "" if effect.mode == NOW else f"@{effect.mode}"
    return f"{effect.verb}({path}){when}"
