"""## What it finds
A loop over a collection of any length, under a lock that was taken outside it, that calls
something of unknown cost on every turn: a callback, a method of an interface.

## What happens under load
The lock is held for the length of the collection times the cost of a call that somebody else
writes. With 10,000 subscribers and 20 microseconds each that is a fifth of a second in which
nobody can subscribe, and the next release of a plugin may make it ten seconds.

## Example
```go
b.mu.RLock()
defer b.mu.RUnlock()
for _, s := range b.subscribers {
        s.Notify(event) // whatever that does
}
```

## Use instead
```go
b.mu.RLock()
subscribers := slices.Clone(b.subscribers)
b.mu.RUnlock()
for _, s := range subscribers {
        s.Notify(event)
}
```

## When it stays silent
- It is off unless it is selected.
- The loop makes at most 16 turns, by a constant, or a turn unlocks.
- What is called is in sight, or in the standard library.

## Go versions
All.

## Source
Article chapter 4.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Severity, Span
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import infer, loops
from golint_concurrency.semantics.blocking import UNKNOWN, direct
from golint_concurrency.semantics.held_locks import held_in_all, locks_in
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import Named, Signature, deref
from golint_concurrency.syntax import ast

SMALL = 16


def check(view: View, loop: ast.For | ast.Range) -> Iterator[Finding]:
    info = view.function_of(loop)
    if info is None or not _speaks_of_locks(view, info) or ast.enclosing_loops(loop):
        return
    held = locks_in(info)
    if not held.known or not _is_long(view, loop):
        return
    for waits in direct(info):
        call = waits.node
        if waits.kind != UNKNOWN or not isinstance(call, ast.Call) or not _in(loop.body, call):
            continue
        if isinstance(call.parent, ast.Defer) or not _is_foreign(view, call):
            continue
        for entry in held_in_all(held.at_call(call)):
            site = entry.site
            if not isinstance(site, ast.Call) or _in(loop, site):
                continue
            if not isinstance(site.fun, ast.Selector):
                continue
            text = view.text(site.fun.x)
            yield Finding(
                loop,
                f"{text} is held for as many calls of {view.text(call.fun)} as there are elements, "
                "and nobody here knows what one costs; copy the elements, unlock, and call then",
                (view.related(site, "locked here"), view.related(call, "called on every turn")),
                span=Span(view.path, loop.start, loop.body.start),
            )
            return


def _speaks_of_locks(view: View, info: FunctionInfo) -> bool:
    return view.scope.file.content.find(b"Lock()", info.node.start, info.node.end) >= 0


def _is_long(view: View, loop: ast.For | ast.Range) -> bool:
    turns = loops.bound(view.scope, loop)
    return turns is None or turns > SMALL


def _in(outer: ast.Node, inner: ast.Node) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _is_foreign(view: View, call: ast.Call) -> bool:
    """True for a method of an interface, or a function that a variable or field holds."""
    callee = view.callee(call)
    if callee is not None and callee.interface:
        owner = deref(callee.selection.owner) if callee.selection is not None else None
        package = owner.package if isinstance(owner, Named) else None
        return package is None or not package.stub
    if callee is not None and callee.member is not None:
        return False
    return isinstance(infer.type_of(view.scope, call.fun), Signature)


RULE = Rule(
    id="GLC514",
    name="long-critical-section",
    summary="loop under a lock that calls something of unknown cost for every element",
    severity=Severity.NOTE,
    check=check,
    on=(ast.For, ast.Range),
    triggers=(b"Lock()",),
    source="S4.1",
    enabled=False,
    tests=False,
    tags=("locks",),
)
