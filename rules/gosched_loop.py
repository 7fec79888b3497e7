"""## What it finds
`runtime.Gosched` in a loop: as a courtesy to other goroutines in a long computation, or as the
body of a loop that waits.

## What happens under load
Since Go 1.14 the runtime interrupts long loops by itself, so the call buys nothing and costs a
trip through the scheduler each time: a loop over ten million rows that yields every row spends
seconds in the scheduler's lock, and with a full run queue each call puts the loop behind every
goroutine that is ready. A loop that waits by yielding keeps a core busy for as long as it
waits. Under `LockOSThread` each call costs two switches of threads.

## Example
```go
for _, row := range rows {
        sum += row.cents
        runtime.Gosched()
}
```

## Use instead
```go
for _, row := range rows {
        sum += row.cents
}
```
To wait for something, use a channel, a `sync.Cond` or a `sync.WaitGroup`.

## When it stays silent
- Before Go 1.14.
- Test files, and package runtime itself.
- The loop calls `runtime.GC`: it lets finalizers run.
- The loop does other work, and yields under a condition only: to let a batch fill up.
- A lock-free algorithm: the loop retries a compare-and-swap, and yields between tries.

## Go versions
From 1.14 on.

## Fix
Safe: removes the call where the loop computes only: it calls nothing and waits for nothing.

## Source
Article chapter 2.4 (the scheduler); Go 1.14 release notes, asynchronous preemption.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Fix, Severity
from golint_concurrency.edits import delete_line
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.denote import is_type
from golint_concurrency.syntax import ast

_SWAPS = re.compile(r"\bCompareAndSwap|\bTryLock\b|\bTryRLock\b|\bruntime\.GC\(")


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    around = ast.enclosing_loops(call)
    if not around or not isinstance(call.parent, ast.ExprStmt):
        return
    loop = around[0]
    if view.package.path.split("/")[0] == "runtime" or _SWAPS.search(view.text(loop)):
        return
    computes = _computes(view, loop, call)
    if computes:
        message = (
            "the runtime interrupts long loops by itself since Go 1.14, and each call here costs "
            "a trip through the scheduler; remove it"
        )
    elif not _works(loop, call):
        message = (
            "yielding in a loop keeps a core busy while it waits, and does no good to other "
            "goroutines since Go 1.14; wait on a channel or a sync.Cond, or remove it"
        )
    elif call.parent.parent is not loop.body:
        return  # now and then, to let a batch fill up or the like
    else:
        message = (
            "yielding does no good to other goroutines since Go 1.14, and on a busy machine puts "
            "this one behind all that are ready, on every turn; remove it"
        )
    fix = _fix(view, call.parent, loop) if computes else None
    yield Finding(
        call,
        message,
        (view.related(loop, "in this loop"),) if loop.start < call.start else (),
        fixes=(fix,) if fix else (),
    )


def _works(loop: ast.For | ast.Range, gosched: ast.Call) -> bool:
    """True if the loop does something besides yielding: a channel operation, a call."""
    for node in ast.walk(loop):
        if isinstance(node, ast.Send | ast.Select):
            return True
        if isinstance(node, ast.Unary) and node.op == "<-":
            return True
        if isinstance(node, ast.ExprStmt | ast.Assign) and node is not gosched.parent:
            return True
    return False


def _computes(view: View, loop: ast.For | ast.Range, gosched: ast.Call) -> bool:
    """True if the loop calls nothing, waits for nothing and does something."""
    if isinstance(loop, ast.For) and (loop.cond is None or loop.post is None):
        return False
    if len(loop.body.stmts) < 2:
        return False
    for node in ast.walk(loop):
        if isinstance(node, ast.Send | ast.Select | ast.Go | ast.FuncLit | ast.BadStmt):
            return False
        if isinstance(node, ast.Unary) and node.op == "<-":
            return False
        if isinstance(node, ast.Call) and node is not gosched:
            callee = view.callee(node)
            if callee is not None and callee.name.startswith("builtin."):
                continue
            if not is_type(view.scope, node.fun):
                return False
    return True


def _fix(view: View, line: ast.Stmt, loop: ast.For | ast.Range) -> Fix | None:
    victim: ast.Node = line
    block = line.parent
    if isinstance(block, ast.Block) and block is not loop.body:
        branch = block.parent
        if not isinstance(branch, ast.If) or len(block.stmts) != 1 or branch.orelse is not None:
            return None
        if branch.init is not None or branch.parent is not loop.body:
            return None
        victim = branch
    removed = delete_line(view, victim)
    if removed is None:
        return None
    content = view.scope.file.content
    name = view.text(line).split(".")[0]
    if len(re.findall(rb"\b" + name.encode() + rb"\.", content)) < 2:
        return None  # the import would be left without a use
    return Fix("remove the call", (removed,))


RULE = Rule(
    id="GLC904",
    name="gosched-loop",
    summary="runtime.Gosched in a loop",
    severity=Severity.NOTE,
    check=check,
    calls=("runtime.Gosched",),
    source="S2.4",
    fix="safe",
    since=(1, 14),
    tests=False,
    tags=("runtime",),
)
