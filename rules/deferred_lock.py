"""## What it finds
`defer mu.Lock()` or `defer mu.RLock()` right after the same lock was taken: `Unlock` was meant.

## What happens under load
The first call locks, works, and locks again while it returns: it waits there for itself, with the
lock held. At 300 requests a second 18,000 goroutines stand behind it after a minute. Nothing
fails and nothing is logged; the process has to be killed.

## Example
```go
v.mu.Lock()
defer v.mu.Lock()
```

## Use instead
```go
v.mu.Lock()
defer v.mu.Unlock()
```

## When it stays silent
- The statement before it does not take that lock in the same way: a function that gives its
  caller's lock back for a while, or swaps `RLock` for `Lock`, takes it again at the end.

## Go versions
All.

## Fix
Safe: writes the matching `Unlock`. As it stands the function can never return.

## Source
Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section 5.1.1;
staticcheck SA2003.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Fix, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.lock_ops import LOCK, RLOCK, op_of
from golint_concurrency.syntax import ast


def check(view: View, statement: ast.Defer) -> Iterator[Finding]:
    call = statement.call
    previous = ast.statement_before(statement)
    if not isinstance(call, ast.Call) or not isinstance(call.fun, ast.Selector):
        return
    if not isinstance(previous, ast.ExprStmt) or not isinstance(previous.x, ast.Call):
        return
    op = op_of(view.scope, call.fun, call)
    if op is None or op.kind not in (LOCK, RLOCK):
        return
    before = op_of(view.scope, previous.x.fun, previous.x)
    if before is None or (before.kind, before.lock, before.token) != (op.kind, op.lock, op.token):
        return
    text = view.text(call.fun.x)
    unlock = "Unlock" if before.kind == LOCK else "RUnlock"
    yield Finding(
        statement,
        f"this locks {text} a second time when the function returns, which then waits for itself "
        f"for ever; write `defer {text}.{unlock}()`",
        (view.related(previous, "taken here"),),
        fixes=(Fix(f"defer {unlock}", (view.replace(call.fun.sel, unlock),)),),
    )


RULE = Rule(
    id="GLC506",
    name="deferred-lock",
    summary="defer of Lock where Unlock was meant",
    severity=Severity.ERROR,
    check=check,
    on=(ast.Defer,),
    triggers=(b".Lock()", b".RLock()"),
    source="P",
    fix="safe",
    tags=("locks",),
)
