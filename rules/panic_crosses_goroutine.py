"""## What it finds
A goroutine that panics explicitly, in itself or in a function of the package that it calls, and
does not recover, while the function that starts it has a deferred `recover` that cannot see it.

## What happens under load
A panic only unwinds its own goroutine. The starter's `recover`, written for exactly this, is never
asked, and the process dies: one malformed message out of millions takes down a server with 5,000
open requests, and its replacement meets the same message.

## Example
```go
defer func() {
        if err := recover(); err != nil {
                log.Print(err)
        }
}()
go func() {
        if job.ID == "" {
                panic("job without id")
        }
        run(job)
}()
```

## Use instead
```go
go func() {
        defer func() {
                if err := recover(); err != nil {
                        log.Print(err)
                }
        }()
        ...
}()
```
Or return an error, and let an errgroup carry it to the starter.

## When it stays silent
- The goroutine recovers itself, or the function that panics is called by one that does.
- The panic says that it is a bug of the programmer: `panic("unreachable")`, "not implemented".
- The function that panics is more than two calls away, or in another package.
- Test files.

## Go versions
All.

## Source
Article chapters 3.2 and 5; Go specification, "Handling panics".
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Related, Severity, Span
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import facts
from golint_concurrency.semantics.blocking import is_builtin
from golint_concurrency.semantics.callgraph import calls_in, scope_of, target_of
from golint_concurrency.semantics.flow import recovers
from golint_concurrency.semantics.infer import callee_of
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

_MAX_DEPTH = 2
_BUGS = ("unreachable", "impossible", "not reached", "bug", "todo", "not implemented")


def check(view: View, statement: ast.Go) -> Iterator[Finding]:
    if not isinstance(statement.call, ast.Call):
        return
    starter = _recovering(view, statement)
    if starter is None:
        return
    target = target_of(view.scope, callee_of(view.scope, statement.call.fun))
    if target is None:
        return
    panic = _panic_in(target, view, 0)
    if panic is None:
        return
    where, call = panic
    related: list[Related] = []
    if scope_of(where) is view.scope:
        related.append(view.related(call, "it panics here"))
    guard = next(
        (node for node in ast.walk_function(starter.node) if isinstance(node, ast.Defer)), None
    )
    if guard is not None:
        related.append(view.related(guard, "this recovers on the starter's goroutine only"))
    end = statement.call.fun.end
    if isinstance(statement.call.fun, ast.FuncLit):
        end = statement.call.fun.type.end
    yield Finding(
        statement,
        "a panic of this goroutine passes the recover of the function that starts it and ends the "
        "process; defer a recover in the goroutine, or return an error",
        tuple(related),
        span=Span(view.path, statement.start, end),
    )


def _recovering(view: View, statement: ast.Go) -> FunctionInfo | None:
    """The function around the statement that defers a recover before it."""
    function = ast.enclosing_function(statement)
    while function is not None:
        info: FunctionInfo = function.info
        if recovers(info):
            return info
        if isinstance(function.parent, ast.Call) and isinstance(function.parent.parent, ast.Go):
            return None  # already on another goroutine
        function = ast.enclosing_function(function)
    return None


def _panic_in(info: FunctionInfo, view: View, depth: int) -> tuple[FunctionInfo, ast.Call] | None:
    """An explicit panic that leaves `info`."""
    if recovers(info):
        return None
    scope = scope_of(info)
    for site in calls_in(info):
        if site.mode != "call":
            continue
        if is_builtin(scope, site.call, "panic"):
            text = scope.file.text(site.call).lower()
            if not any(word in text for word in _BUGS):
                return info, site.call
        known = facts.of(site.name) if site.name else None
        if known is not None and "panics" in known:
            return info, site.call
    if depth >= _MAX_DEPTH:
        return None
    for site in calls_in(info):
        target = site.target
        if site.mode != "call" or target is None or target is info:
            continue
        if scope_of(target).package is view.package:
            found = _panic_in(target, view, depth + 1)
            if found is not None:
                return found
    return None


RULE = Rule(
    id="GLC806",
    name="panic-crosses-goroutine",
    summary="panic of a goroutine that the starter's recover cannot see",
    severity=Severity.WARNING,
    check=check,
    on=(ast.Go,),
    needs=(b"recover()",),
    source="S3.2, S5",
    tests=False,
    tags=("goroutines", "defer"),
)
