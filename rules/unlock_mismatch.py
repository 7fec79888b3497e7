"""## What it finds
An `Unlock` of a lock that is not locked: unlocked a second time on the same path, at once or by a
`defer` that runs later; and `RUnlock` for `Lock`, or `Unlock` for `RLock`.

## What happens under load
Unlocking what is not locked is a fatal error, "sync: unlock of unlocked mutex", which no
`recover` catches: the process ends with all its requests. If another goroutine has locked it in
the meantime, its lock is taken away instead, and two goroutines write what only one may: with
300 requests a second a matter of minutes. A wrong `RUnlock` ends the process in the same way.

## Example
```go
s.mu.Lock()
defer s.mu.Unlock()
if !ok {
        s.mu.Unlock()
        return ErrNotFound // the deferred Unlock runs as well
}
```

## Use instead
```go
s.mu.Lock()
defer s.mu.Unlock()
if !ok {
        return ErrNotFound
}
```

## When it stays silent
- The function unlocks a lock that it never took: its caller may hold it.
- The path contradicts itself, or a called function or a closure may have locked it again.
- It is an element of a slice or map.

## Go versions
All.

## Source
Go documentation of `sync.Mutex.Unlock` and `sync.RWMutex.RUnlock`; staticcheck and GCatch have
kindred checks.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Related, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.callgraph import calls_in
from golint_concurrency.semantics.cfg_graph import RETURNS
from golint_concurrency.semantics.held_locks import (
    DEFERRED,
    EITHER,
    GIVEN,
    HELD,
    READ,
    Entry,
    HeldLocks,
    State,
    locks_in,
)
from golint_concurrency.semantics.lock_ops import RUNLOCK, UNLOCK, LockOp, call_op
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast


def check(view: View, node: ast.FuncDecl | ast.FuncLit) -> Iterator[Finding]:
    info: FunctionInfo = node.info
    content = view.scope.file.content
    if node.body is None or content.find(b"nlock()", node.start, node.end) < 0:
        return
    held = locks_in(info)
    if not held.known:
        return
    for site in calls_in(info):
        op = call_op(info, site.call) if site.argument < 0 and site.mode != "go" else None
        if op is None or op.kind not in (UNLOCK, RUNLOCK) or op.token:
            continue
        states = held.at_call(site.call)
        wrong = _other_mode(states, op)
        if wrong is not None:
            yield _mixed(view, site.call, op, wrong)
        elif site.mode == "call":
            before = _unlocked(states, op)
            if before is not None:
                yield _twice(view, site.call, before)
    yield from _at_exits(view, held)


def _other_mode(states: set[State], op: LockOp) -> Entry | None:
    """Where the lock was taken in the other way, if it is held in that way only."""
    wanted = READ if op.kind == RUNLOCK else "w"
    found: list[Entry] = []
    for state in states:
        entries = [e for e in state if e.lock == op.lock and e.kind == HELD]
        if not entries or any(e.mode in (wanted, EITHER) for e in entries):
            return None
        found += entries
    return min(found, key=_place, default=None)


def _unlocked(states: set[State], op: LockOp) -> Entry | None:
    """Where it was unlocked before, if it was on every path."""
    found: list[Entry] = []
    for state in states:
        entries = [e for e in state if e.lock == op.lock and e.kind == GIVEN]
        if not entries:
            return None
        found += entries
    return min(found, key=_place, default=None)


def _place(entry: Entry) -> int:
    """The first in the source is told of: states and entries are in no order."""
    return entry.site.start if entry.site is not None else -1


def _at_exits(view: View, held: HeldLocks) -> Iterator[Finding]:
    """Locks that are unlocked when a deferred Unlock runs."""
    told: set[ast.Node] = set()
    if held.graph is None or not held.graph.defers:
        return
    for exit_ in held.graph.exits:
        if exit_.kind not in RETURNS:
            continue
        for state in held.at_exit(exit_):
            for deferred in state:
                if deferred.kind != DEFERRED or deferred.mode == EITHER:
                    continue
                entries = [e for e in state if e.lock == deferred.lock and e is not deferred]
                if sum(e.kind == DEFERRED for e in entries):
                    continue
                given = next((e for e in entries if e.kind == GIVEN), None)
                if given is None or any(e.kind == HELD for e in entries):
                    continue
                site = given.site
                if isinstance(site, ast.Call) and deferred.site is not None and site not in told:
                    if isinstance(site.fun, ast.Selector) and not _locks_again(view, site):
                        told.add(site)
                        yield _deferred(view, site, deferred.site)


def _locks_again(view: View, unlock: ast.Call) -> bool:
    """True if a later statement of the block defers the lock: it is taken again in time."""
    assert isinstance(unlock.fun, ast.Selector)
    wanted = f"{view.text(unlock.fun.x)}.{unlock.fun.sel.name.replace('Unlock', 'Lock')}"
    statement: ast.Stmt | None = unlock.parent if isinstance(unlock.parent, ast.Stmt) else None
    while statement is not None:
        statement = ast.statement_after(statement)
        call = statement.call if isinstance(statement, ast.Defer) else None
        if isinstance(call, ast.Call) and view.text(call.fun).replace("RUnlock", "RLock") == wanted:
            return True
    return False


def _mixed(view: View, call: ast.Call, op: LockOp, taken: Entry) -> Finding:
    assert isinstance(call.fun, ast.Selector)
    text = view.text(call.fun.x)
    right = "RUnlock" if taken.mode == READ else "Unlock"
    lock = "RLock" if taken.mode == READ else "Lock"
    return Finding(
        call,
        f"{text} was taken by {lock} and is released as if it were the other kind, which ends the "
        f"process or takes the lock away from another goroutine; write {text}.{right}()",
        _where(view, taken, "taken here"),
    )


def _twice(view: View, call: ast.Call, before: Entry) -> Finding:
    text = view.text(call.fun.x) if isinstance(call.fun, ast.Selector) else "the lock"
    return Finding(
        call,
        f"{text} is unlocked already on every path to here: a second unlock ends the process, or "
        "takes the lock away from whoever has it by then; remove one of the two",
        _where(view, before, "unlocked here"),
    )


def _deferred(view: View, call: ast.Call, deferred: ast.Node) -> Finding:
    text = view.text(call.fun.x) if isinstance(call.fun, ast.Selector) else "the lock"
    return Finding(
        call,
        f"{text} is unlocked here and again by a deferred call when the function returns: that ends "
        "the process, or takes the lock away from whoever has it by then; remove one of the two",
        (view.related(deferred, "deferred here"),),
    )


def _where(view: View, entry: Entry, word: str) -> tuple[Related, ...]:
    return (view.related(entry.site, word),) if entry.site is not None else ()


RULE = Rule(
    id="GLC512",
    name="unlock-mismatch",
    summary="unlock of a lock that is not locked, or not in that way",
    severity=Severity.ERROR,
    check=check,
    on=(ast.FuncDecl, ast.FuncLit),
    triggers=(b"nlock()",),
    source="A",
    tests=False,
    tags=("locks",),
)
