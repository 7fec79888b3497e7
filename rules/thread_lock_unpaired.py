"""## What it finds
`runtime.LockOSThread` whose `UnlockOSThread` is missed on a path on which the function returns;
and goroutines started in a loop while the thread is locked.

## What happens under load
The thread stays tied to a goroutine that needs it no longer. In request code each connection's
goroutine keeps a thread of its own: at 5,000 connections the process holds 5,000 threads, every
switch between goroutines is a switch between threads, and `runtime: program exceeds 10000-thread
limit` ends the process not much later. A goroutine that ends while locked takes its thread with
it, and the next one pays for a new one.

## Example
```go
runtime.LockOSThread()
if err := enter(ns); err != nil {
        return err
}
err := work()
runtime.UnlockOSThread()
return err
```

## Use instead
```go
runtime.LockOSThread()
defer runtime.UnlockOSThread()
```

## When it stays silent
- `main`, `init` and `TestMain`, which keep the main thread; test files.
- A function that never unlocks and is started by `go`: its thread ends with it.
- A comment next to the call, or in the goroutine that it stands in, speaks of the thread or of
  unlocking.
- A helper that locks for its caller: the package unlocks in another function.

## Go versions
All.

## Fix
Safe: adds `defer runtime.UnlockOSThread()`, where the function does not unlock at all.

## Source
Article chapter 2.3 (threads and the scheduler); documentation of runtime.LockOSThread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Fix, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import cfg
from golint_concurrency.semantics.cfg_queries import may_reach, must_pass
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.syntax import ast

_UNLOCK = "runtime.UnlockOSThread"
_COMMENT = re.compile(rb"//[^\n]*\b(unlock|threads?)\b", re.IGNORECASE)


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    info = view.function_of(call)
    graph = graph_of(info) if info is not None else None
    if info is None or graph is None or graph.broken:
        return
    line = call.parent
    if not isinstance(line, ast.ExprStmt) or _keeps(view, call):
        return
    unlocks = [
        node
        for node in ast.walk(graph.body)
        if isinstance(node, ast.Call) and view.name_of(node) == _UNLOCK
    ]
    yield from _fan_out(view, call, graph)
    started = isinstance(call_of(info.node), ast.Go)
    if not unlocks and (started or _unlocks_elsewhere(view) or view.decl.name[:3] == "New"):
        return

    def unlocking(node: ast.Node) -> bool:
        return any(
            (isinstance(part, ast.Call) and view.name_of(part) == _UNLOCK)
            or (
                isinstance(part, ast.FuncLit)
                and any(part.start <= unlock.start < part.end for unlock in unlocks)
            )
            for part in cfg.evaluated(node)
        )

    path = must_pass(graph, line, unlocking)
    if path is None or path.exit is None:
        return
    where = path.exit.node
    related = (view.related(where, "returns here with the thread locked"),) if where else ()
    yield Finding(
        call,
        "a path returns without UnlockOSThread, so a thread stays tied to a goroutine that "
        "needs it no longer, and threads pile up; "
        "write defer runtime.UnlockOSThread() right after it",
        related,
        flow=view.path_steps(path, view.step(call, "the thread is locked here")),
        fixes=() if unlocks else (_fix(view, call),),
    )


def call_of(node: ast.Node) -> ast.Node | None:
    """The statement that runs a closure in place."""
    call = node.parent
    return call.parent if isinstance(call, ast.Call) and call.fun is node else None


def _keeps(view: View, call: ast.Call) -> bool:
    """True where the thread is meant to stay locked, by place or by comment."""
    name = view.decl.name
    if not view.decl.receiver and (name in ("init", "main", "TestMain") or "lock" in name.lower()):
        return True
    content = view.scope.file.content
    start = content.rfind(b"\n", 0, call.start)
    for _ in range(4):
        start = content.rfind(b"\n", 0, max(start, 0))
    end = call.end
    for _ in range(2):
        end = content.find(b"\n", end + 1)
        if end < 0:
            return bool(_COMMENT.search(content[max(start, 0) :]))
    if _COMMENT.search(content[max(start, 0) : end]) is not None:
        return True
    function = ast.enclosing_function(call)
    return (
        isinstance(function, ast.FuncLit)
        and isinstance(call_of(function), ast.Go)
        and _COMMENT.search(content[function.start : function.end]) is not None
    )


def _unlocks_elsewhere(view: View) -> bool:
    return any(b"UnlockOSThread()" in scope.file.content for scope in view.package.scopes.values())


def _fan_out(view: View, call: ast.Call, graph: cfg.Graph) -> Iterator[Finding]:
    def starts(node: ast.Node) -> bool:
        return isinstance(node, ast.Go) and bool(ast.enclosing_loops(node))

    def unlocks(node: ast.Node) -> bool:
        return isinstance(node, ast.ExprStmt) and view.name_of(node.x) == _UNLOCK

    if ast.enclosing_loops(call):
        return
    path = may_reach(graph, call.parent, starts, blocked_by=unlocks)
    if path is None or path.goal is None:
        return
    yield Finding(
        call,
        "goroutines are started in a loop while this thread is locked, so the scheduler hands "
        "each to another thread and wakes it; start them before LockOSThread or from another "
        "goroutine",
        (view.related(path.goal, "started here"),),
    )


def _fix(view: View, call: ast.Call) -> Fix:
    fun = view.text(call.fun).replace("LockOSThread", "UnlockOSThread")
    line_end = view.scope.file.content.find(b"\n", call.end)
    at = line_end if line_end >= 0 else call.end
    return Fix(
        "unlock the thread when the function returns",
        (view.insert(at, f"\n{view.indent(call)}defer {fun}()"),),
    )


RULE = Rule(
    id="GLC901",
    name="thread-lock-unpaired",
    summary="LockOSThread without UnlockOSThread on some path",
    severity=Severity.WARNING,
    check=check,
    calls=("runtime.LockOSThread",),
    source="S2.3",
    fix="safe",
    tests=False,
    tags=("runtime",),
)
