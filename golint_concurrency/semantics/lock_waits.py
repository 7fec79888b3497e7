"""What a goroutine may wait for while it holds a lock, itself or in what it calls."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Final

from golint_concurrency.semantics.blocking import UNKNOWN as NOBODY_KNOWS
from golint_concurrency.semantics.blocking import Blocking, direct
from golint_concurrency.semantics.callgraph import CallSite, calls_in
from golint_concurrency.semantics.facts import of as facts_of
from golint_concurrency.semantics.held_locks import is_lent, locks_in
from golint_concurrency.semantics.lock_reach import depends_on_caller
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

_MAX_FUNCTIONS: Final = 120

Accept = Callable[[Blocking], bool]


def waits_in(info: FunctionInfo, accept: Accept) -> list[tuple[ast.Node, Blocking]]:
    """Statements and calls of `info` itself that wait in a way that `accept` counts."""
    return [(found.node, found) for found in direct(info) if accept(found)]


def wait_behind(site: CallSite, accept: Accept, max_calls: int) -> Blocking | None:
    """The nearest thing behind a call that may wait, by at most `max_calls` calls; None if there
    is none in sight.

    A function counts only up to where it may have unlocked something that its caller holds, and
    only where no argument decides about the wait. `accept` is asked about what may wait, with the
    calls that lead there.
    """
    target = site.target
    if target is None or _known(site):
        return None
    key = f"wait-behind {accept.__qualname__} {max_calls}"
    if key not in target.memo:
        target.memo[key] = _search(target, accept, max_calls)
    found: Blocking | None = target.memo[key]
    return _at_end_of(found, (site, *found.calls)) if found is not None else None


def _at_end_of(found: Blocking, calls: tuple[CallSite, ...]) -> Blocking:
    return Blocking(found.kind, found.node, found.info, found.name, calls, found.bounded)


def _search(target: FunctionInfo, accept: Accept, max_calls: int) -> Blocking | None:
    seen: set[int] = {id(target)}
    queue: deque[tuple[FunctionInfo, tuple[CallSite, ...]]] = deque([(target, ())])
    while queue:
        current, chain = queue.popleft()
        for found in direct(current):
            if found.kind == NOBODY_KNOWS:
                continue
            found = _at_end_of(found, chain)
            if accept(found) and not _is_elsewhere(current, found.node):
                return found
        if len(chain) + 1 >= max_calls:
            continue
        for inner in calls_in(current):
            called = inner.target
            if inner.mode == "go" or called is None or id(called) in seen or _known(inner):
                continue
            if _is_elsewhere(current, inner.call) or len(seen) >= _MAX_FUNCTIONS:
                continue
            seen.add(id(called))
            queue.append((called, (*chain, inner)))
    return None


def _known(site: CallSite) -> bool:
    return site.argument < 0 and bool(site.name) and facts_of(site.name) is not None


def _is_elsewhere(info: FunctionInfo, node: ast.Node) -> bool:
    """True if the caller's lock may be free again at `node`, or its arguments decide about it."""
    if depends_on_caller(info, node):
        return True
    held = locks_in(info)
    return held.known and is_lent(held.before(node))
