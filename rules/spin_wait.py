"""## What it finds
A loop that does nothing but look at a variable until it changes: `for {}`,
`for !ready.Load() {}`, `for !mu.TryLock() {}`, `for { if done { break } }`.

## What happens under load
The loop takes a whole core for as long as it waits. With as many waiters as cores, the goroutine
that would set the variable gets its turn only when the runtime interrupts a waiter, every 10 ms;
in a container with a quota of two cores, two waiters use up the quota and the whole process is
throttled for the rest of each period. On a plain variable the compiler may read it once, and the
loop never ends.

## Example
```go
for !ready.Load() {
}
```

## Use instead
```go
<-ready // closed by whoever makes it ready
```
Or a `sync.Cond`, a `sync.WaitGroup`, a mutex. To keep `main` alive: `select {}`, or better, wait
for a signal.

## When it stays silent
- The loop counts (`for i := 0; i < n; i++ {}`), or its condition calls a function that may do
  something.
- The body does anything besides leaving the loop.
- Test files.

## Go versions
All.

## Source
Article chapters 2.1 and 4.1 (scheduler and locks).
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Severity, Span
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.infer import selection_of
from golint_concurrency.semantics.objects import Local, Member
from golint_concurrency.syntax import ast

_LOOKS = ("Load", "CompareAndSwap", "TryLock", "TryRLock")


def check(view: View, loop: ast.For) -> Iterator[Finding]:
    if loop.post is not None or loop.init is not None or len(loop.body.stmts) > 1:
        return
    if loop.cond is None:
        what = _endless(view, loop)
    elif loop.body.stmts and not _is_continue(loop.body.stmts[0]):
        return
    else:
        what = "a variable" if _only_looks(view, loop.cond, loop) else None
    if what is None:
        return
    if what:
        message = (
            f"this loop takes a whole core while it waits for {what} to change, and starves who "
            "would change it; wait on a channel, a sync.Cond or a WaitGroup"
        )
    else:
        message = (
            "this loop takes a whole core for ever and does nothing; write select {}, or wait for "
            "what the function is really waiting for"
        )
    end = loop.cond.end if loop.cond is not None else loop.start + len("for")
    yield Finding(loop, message, span=Span(view.path, loop.start, end))


def _endless(view: View, loop: ast.For) -> str | None:
    """What `for { ... }` waits for: "" for nothing, None if it does something."""
    if not loop.body.stmts:
        return ""
    only = loop.body.stmts[0]
    if isinstance(only, ast.Select):
        if len(only.clauses) == 1 and only.clauses[0].comm is None:
            return None if only.clauses[0].body.stmts else ""
        return None
    if isinstance(only, ast.If) and only.init is None and only.orelse is None:
        leaves = only.then.stmts
        if len(leaves) == 1 and isinstance(leaves[0], ast.Branch | ast.Return):
            if isinstance(leaves[0], ast.Branch) and leaves[0].op == "continue":
                return None
            if isinstance(leaves[0], ast.Return) and any(
                isinstance(node, ast.Call) for node in ast.walk(leaves[0])
            ):
                return None
            if _only_looks(view, only.cond, loop):
                return "a variable"
    return None


def _is_continue(stmt: ast.Stmt) -> bool:
    return isinstance(stmt, ast.Empty) or (isinstance(stmt, ast.Branch) and stmt.op == "continue")


def _only_looks(view: View, cond: ast.Expr, loop: ast.For) -> bool:
    """True if the condition reads variables that others can change, and has no effect."""
    shared = False
    for node in ast.walk(cond):
        if isinstance(node, ast.FuncLit | ast.TypeAssert | ast.BadExpr):
            return False
        if isinstance(node, ast.Unary) and node.op == "<-":
            return False
        if isinstance(node, ast.Call):
            callee = view.callee(node)
            name = callee.name if callee is not None else ""
            if name in ("builtin.len", "builtin.cap"):
                continue
            owner, _, method = name.rpartition(".")
            if not owner.startswith(("sync/atomic", "sync.")) or not method.startswith(_LOOKS):
                return False
            shared = True
        elif isinstance(node, ast.Ident):
            obj = view.scope.resolve(node)
            if isinstance(obj, Member) and obj.kind == "var":
                shared = True
            elif isinstance(obj, Local) and obj.is_variable:
                function = ast.enclosing_function(loop)
                shared = shared or any(
                    ast.enclosing_function(use) is not function for use in obj.uses
                )
        elif isinstance(node, ast.Selector):
            selection = selection_of(view.scope, node)
            shared = shared or (selection is not None and selection.kind == "field")
    return shared


RULE = Rule(
    id="GLC905",
    name="spin-wait",
    summary="loop that spins on a variable until it changes",
    severity=Severity.ERROR,
    check=check,
    on=(ast.For,),
    triggers=(b"for {", b"for !", b".Load() ", b"for atomic."),
    source="S2.1, S4.1",
    tests=False,
    tags=("runtime",),
)
