"""## What it finds
A finalizer (`runtime.SetFinalizer`) or cleanup function (`runtime.AddCleanup`) that may wait: on
a channel, the network, a database, other goroutines, or time.

## What happens under load
One goroutine runs all finalizers of a process, one after the other (from Go 1.25 on cleanups have
a few). One that waits five seconds for a peer holds up all others: under load 10,000 objects with
finalizers die in those five seconds, none of their files and buffers is freed, and the process
runs out of descriptors or memory while the garbage collector has done its work.

## Example
```go
runtime.SetFinalizer(s, func(s *session) {
        s.closed <- s.id
})
```

## Use instead
```go
runtime.SetFinalizer(s, func(s *session) {
        go func(id int, closed chan<- int) { closed <- id }(s.id, s.closed)
})
```
Better: an explicit `Close`, with the finalizer only as a net under it.

## When it stays silent
- The waiting is done by a goroutine that the finalizer starts.
- Sends and receives in a `select` with `default`.
- Locks and disk I/O; waiting that other packages do.
- Test files, where finalizers tell the test that they ran.

## Go versions
All; `AddCleanup` exists from Go 1.24 on.

## Source
ASPLOS 2019 study (blocking bugs with libraries); documentation of runtime.SetFinalizer.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Related, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.blocking import may_block
from golint_concurrency.semantics.callgraph import scope_of, target_of
from golint_concurrency.semantics.infer import callee_of
from golint_concurrency.syntax import ast

WAITS = frozenset(["sleep", "chan", "wait", "http", "net", "dns", "db", "exec", "rpc", "queue"])


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    if len(call.args) < 2:
        return
    function = ast.unparen(call.args[1])
    if isinstance(function, ast.Call):
        return
    target = target_of(view.scope, callee_of(view.scope, function))
    waits = may_block(target, WAITS, unknown=False) if target is not None else None
    if waits is None or scope_of(waits.info).package is not view.package:
        return
    if waits.name:
        what = waits.name.rsplit("/", 1)[-1]
    else:
        what = "a channel send" if isinstance(waits.node, ast.Send) else "a channel operation"
    related: tuple[Related, ...] = ()
    if waits.info.scope is view.scope:
        related = (view.related(waits.node, "it may wait here"),)
    kind = "cleanup" if view.name_of(call) == "runtime.AddCleanup" else "finalizer"
    yield Finding(
        call.fun,
        f"this {kind} may wait ({what}), and while it does no other runs, so what they should "
        f"free piles up; let it start a goroutine, or give the type a Close method",
        related,
    )


RULE = Rule(
    id="GLC910",
    name="finalizer-blocks",
    summary="finalizer or cleanup function that may wait",
    severity=Severity.WARNING,
    load=True,
    check=check,
    calls=("runtime.SetFinalizer", "runtime.AddCleanup"),
    source="A",
    tests=False,
    tags=("runtime",),
)
