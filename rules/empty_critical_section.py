"""## What it finds
A lock that is given back by the very next statement: nothing runs under it.

## What happens under load
What was to be protected runs unprotected. Usually a `defer` is missing: the `Unlock` that should
run at the end runs at once. With ten requests at a time a map behind it is written by two
goroutines within seconds, and the runtime ends the process with "concurrent map writes".

## Example
```go
c.mu.Lock()
c.mu.Unlock()
c.hits[page]++
```

## Use instead
```go
c.mu.Lock()
defer c.mu.Unlock()
c.hits[page]++
```

## When it stays silent
- A comment above, between or behind the two says something: waiting for whoever holds the lock
  is at times what is meant, and then it is worth a comment.
- The function is named after it: probe, lock, wait, barrier, sync, drain.
- What follows, if anything, does not touch the value that holds the lock: then it is a barrier.
- Test files.

## Go versions
All.

## Source
staticcheck SA2001.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.lock_ops import LOCK, RLOCK, RUNLOCK, UNLOCK, op_of
from golint_concurrency.semantics.locks import Lock
from golint_concurrency.semantics.objects import Member
from golint_concurrency.syntax import ast

MEANT = re.compile(r"(?i)lock|probe|barrier|wait|sync|drain|quiesce|settle")
"""Names of functions that take a lock to see whether it can be had, or to wait for its holder."""


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    statement = call.parent
    if not isinstance(statement, ast.ExprStmt):
        return
    following = ast.statement_after(statement)
    if not isinstance(following, ast.ExprStmt) or not isinstance(following.x, ast.Call):
        return
    first = op_of(view.scope, call.fun, call)
    second = op_of(view.scope, following.x.fun, following.x)
    if first is None or second is None or first.lock != second.lock:
        return
    if (first.kind, second.kind) not in ((LOCK, UNLOCK), (RLOCK, RUNLOCK)):
        return
    if first.token != second.token or _has_comment(view, statement, following):
        return
    if not _guards_what_follows(view, first.lock, following):
        return
    if MEANT.search(view.decl.name):
        return
    assert isinstance(call.fun, ast.Selector)
    text = view.text(call.fun.x)
    method = view.text(following.x.fun).rsplit(".", 1)[-1]
    yield Finding(
        call,
        f"{text} is given back at once and protects nothing, so what follows runs on many "
        f"goroutines at a time; write `defer {text}.{method}()`, or move the statements in between",
        (view.related(following, "unlocked here"),),
    )


def _has_comment(view: View, first: ast.Node, last: ast.Node) -> bool:
    """True if there is a comment on the line above the two, between their lines, or behind."""
    content = view.scope.file.content
    line = content.rfind(b"\n", 0, first.start)
    above = content[content.rfind(b"\n", 0, max(line, 0)) + 1 : max(line, 0)]
    between = content[content.find(b"\n", first.end) : last.start]
    behind = content[last.end : content.find(b"\n", last.end)]
    return any(b"//" in part for part in (above, between, behind))


def _guards_what_follows(view: View, lock: Lock, statement: ast.Stmt) -> bool:
    """True if the next statement works with what the lock may protect: other parts of the same
    value, or package variables beside a lock that is one."""
    following = ast.statement_after(statement)
    if not isinstance(following, ast.Assign | ast.IncDec | ast.Return | ast.If | ast.Range):
        if not isinstance(following, ast.ExprStmt) or _is_lock_op(view, following):
            return False
    root = lock[0]
    for part in ast.walk(following):
        if not isinstance(part, ast.Ident):
            continue
        obj = view.scope.resolve(part)
        if obj is root or (
            isinstance(root, Member) and isinstance(obj, Member) and obj.kind == "var"
        ):
            return True
    return False


def _is_lock_op(view: View, statement: ast.ExprStmt) -> bool:
    call = ast.unparen(statement.x)
    return isinstance(call, ast.Call) and op_of(view.scope, call.fun, call) is not None


RULE = Rule(
    id="GLC507",
    name="empty-critical-section",
    summary="lock that is given back at once and protects nothing",
    severity=Severity.WARNING,
    check=check,
    calls=("sync.Mutex.Lock", "sync.RWMutex.Lock", "sync.RWMutex.RLock"),
    triggers=(b".Lock()", b".RLock()"),
    source="P",
    tests=False,
    tags=("locks",),
)
