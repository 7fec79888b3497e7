"""## What it finds
A lock that is taken again while the same function holds it: by a second `Lock`, by a method that
locks and is called under the lock, or by an `RLock` inside an `RLock`.

## What happens under load
`sync.Mutex` does not know who holds it: the second `Lock` waits for an `Unlock` that only the same
goroutine could run. The first request that comes here hangs with the lock held, and at 300
requests a second 18,000 goroutines stand behind it after a minute. A second `RLock` hangs only if
a writer asks for the lock in between, since a waiting writer stops new readers: never in a test,
once a day with 50 writes a second, and then for good.

## Example
```go
func (c *Cart) Redeem(cents int64) {
        c.mu.Lock()
        defer c.mu.Unlock()
        if c.Total() < cents { // Total locks c.mu
                return
        }
        ...
}
```

## Use instead
```go
func (c *Cart) Redeem(cents int64) {
        c.mu.Lock()
        defer c.mu.Unlock()
        if c.totalLocked() < cents { // the caller holds c.mu
                return
        }
        ...
}
```

## When it stays silent
- The lock is held on some paths only: what is missing then is an unlock (GLC501).
- It is an element of a slice or map, or the variable that leads to it was set anew.
- The called function unlocks first, or a condition on its arguments decides whether it locks.
- The function has no `Lock`, `RLock` or `TryLock` of its own: a helper takes the lock for it.
- The calls lead through a function that is not in sight, or start a goroutine.

## Go versions
All.

## Source
Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019), section 5.1.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Related, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.access import ELEMENT
from golint_concurrency.semantics.callgraph import calls_in, scope_of
from golint_concurrency.semantics.held_locks import READ, Entry, held_in_all, locks_in
from golint_concurrency.semantics.lock_ops import LOCK, RLOCK, call_op
from golint_concurrency.semantics.lock_reach import Taking, taken_by_site
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast


def check(view: View, node: ast.FuncDecl | ast.FuncLit) -> Iterator[Finding]:
    info: FunctionInfo = node.info
    if info is None or node.body is None or not _locks(view, node):
        return
    held = locks_in(info)
    if not held.known:
        return
    for site in calls_in(info):
        if site.mode != "call":
            continue
        before = [entry for entry in held_in_all(held.at_call(site.call)) if entry.site is not None]
        if not before:
            continue
        op = call_op(info, site.call) if site.argument < 0 else None
        if op is not None:
            if op.kind in (LOCK, RLOCK):
                for entry in before:
                    if (entry.lock, entry.token) == (op.lock, op.token) and entry.token != "*":
                        yield _again(view, site.call, entry, op.kind == RLOCK)
            continue
        if any(_says_locked(argument) for argument in site.call.args):
            continue
        for taking in taken_by_site(info, site):
            again = _same(before, taking)
            if again is not None:
                yield _by_call(view, site.call, again, taking)
                break


def _says_locked(argument: ast.Expr) -> bool:
    """True for `withAlreadyLocked(true)` and the like: the callee is told."""
    name = ast.last_name(argument.fun if isinstance(argument, ast.Call) else argument)
    return "locked" in name.lower() and "unlocked" not in name.lower()


def _locks(view: View, node: ast.Node) -> bool:
    content = view.scope.file.content
    return content.find(b"Lock()", node.start, node.end) >= 0


def _same(before: list[Entry], taking: Taking) -> Entry | None:
    for entry in before:
        if entry.lock == taking.lock and ELEMENT not in entry.lock[1]:
            return entry
    return None


def _again(view: View, call: ast.Call, entry: Entry, reads: bool) -> Finding:
    text = _name(view, call)
    related = _taken(view, entry)
    if reads and entry.mode == READ:
        return Finding(
            call,
            f"{text} is read-locked here a second time; as soon as a writer waits for it in "
            "between, this waits for the writer and the writer for this, for ever; read under "
            "the lock that is already held",
            related,
        )
    return Finding(
        call,
        f"{text} is locked already by this very goroutine, which waits here for itself for ever, "
        "and every later caller behind it; unlock it first, or keep the lock that is held",
        related,
    )


def _by_call(view: View, call: ast.Call, entry: Entry, taking: Taking) -> Finding:
    chain = [site.call for site in taking.calls]
    lock = ".".join((entry.lock[0].name, *entry.lock[1]))
    callee = view.text(chain[0].fun)
    links = [name for link in chain[1:] if (name := _last(link.fun)) not in ("Lock", "RLock")]
    via = "".join(f", which calls {name}," for name in links)
    verb = "read-locks" if taking.mode == READ else "locks"
    related = list(_taken(view, entry))
    if scope_of(taking.info) is view.scope:
        related.append(view.related(taking.node, "locked again here"))
    if taking.mode == READ and entry.mode == READ:
        harm = (
            "a writer that asks for it in between makes both wait for ever; call a variant "
            "that expects the lock to be held"
        )
    else:
        harm = (
            "so this goroutine waits for itself for ever, and every later caller behind it; "
            "unlock before the call, or call a variant that expects the lock to be held"
        )
    return Finding(
        call,
        f"{lock} is held here, and {callee}{via} {verb} it again: {harm}",
        tuple(related),
    )


def _taken(view: View, entry: Entry) -> tuple[Related, ...]:
    return (view.related(entry.site, "taken here"),) if entry.site is not None else ()


def _name(view: View, call: ast.Call) -> str:
    return view.text(call.fun.x) if isinstance(call.fun, ast.Selector) else "the lock"


def _last(fun: ast.Expr) -> str:
    return ast.last_name(fun) or "a function"


RULE = Rule(
    id="GLC503",
    name="double-lock",
    summary="lock taken again by the goroutine that holds it",
    severity=Severity.ERROR,
    check=check,
    on=(ast.FuncDecl, ast.FuncLit),
    triggers=(b"Lock()",),
    source="A",
    tests=False,
    tags=("locks",),
)
