"""## What it finds
A wait of open length between `Lock` and `Unlock`, in the function itself or in what it calls: an
HTTP request, a query, a child process, a channel, a WaitGroup, `time.Sleep`. Reported where other
functions take the same lock for a moment only, and would wait as long.

## What happens under load
A lock that is held for 200 ns serves five million requests a second, one that is held during a
call of another service as many as that service answers. If it takes 30 ms, all goroutines
together get 33 turns a second, on whatever machine; if it hangs, everything that reads a field
under the lock hangs with it. With 300 requests a second that is 9,000 goroutines after 30 seconds.

## Example
```go
func (r *Rates) Refresh() error {
        r.mu.Lock()
        defer r.mu.Unlock()
        resp, err := r.client.Get(r.url) // Rate() waits as long
        ...
        r.rates = parsed
}

func (r *Rates) Rate(currency string) float64 {
        r.mu.RLock()
        defer r.mu.RUnlock()
        return r.rates[currency]
}
```

## Use instead
```go
func (r *Rates) Refresh() error {
        resp, err := r.client.Get(r.url)
        ...
        r.mu.Lock()
        r.rates = parsed
        r.mu.Unlock()
}
```
If only one refresh may run at a time, use a second lock for that.

## When it stays silent
- Nobody takes the lock for a moment only: it is there to run one of these operations at a time.
  So is one that is called `refreshMutex`, `connectLock` or the like.
- The lock guards the very thing that is waited for: a connection, a statement or a transaction
  in a field beside it, or what comes from that; a channel that is closed under it.
- The address of a number, such as `0.0.0.0:53`, which no name server is asked for.
- A `select`; a channel that has a buffer, is not in sight, or is used in a called function;
  files; other locks; `sync.Cond.Wait`, which unlocks.
- The function starts or stops those it waits for, and nothing they do is known to take long.
- The function makes, opens, connects, starts, stops or closes its owner, by its name, or is `main`.
  It is `Read`, `Write` or `Seek` of a stream, whose user waits for the data anyway.
- It is only a note for goroutines of this program, which mostly get on (a WaitGroup, a channel), and
  where the wait is in what the function calls: how long it takes is decided there. So it is where
  three functions and more wait with the lock: it is there to do one thing at a time.
- The called function unlocks first, an argument decides whether it waits, or the wait is more
  than three calls away.

## Go versions
All.

## Source
Article chapter 4.1; Tu et al., Understanding Real-World Concurrency Bugs in Go (ASPLOS 2019),
section 5.1.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Related, Severity, Span, Step
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import durations, infer
from golint_concurrency.semantics.access import access_of
from golint_concurrency.semantics.blocking import UNKNOWN, Blocking
from golint_concurrency.semantics.callgraph import calls_in, initial_value, scope_of
from golint_concurrency.semantics.channel_values import makes_of
from golint_concurrency.semantics.held_locks import (
    HELD,
    READ,
    Entry,
    HeldLocks,
    held_in_all,
    locks_in,
)
from golint_concurrency.semantics.lock_classes import LockClass, LockUser, class_of, users_of
from golint_concurrency.semantics.lock_ops import RLOCK
from golint_concurrency.semantics.lock_reach import taken_by_site
from golint_concurrency.semantics.lock_waits import wait_behind, waits_in
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import Named, deref
from golint_concurrency.syntax import ast

WAITS = frozenset(["sleep", "chan", "wait", "http", "dns", "db", "exec", "rpc", "queue", "net"])
ENDS = re.compile(
    r"close|stop|shutdown|destroy|teardown|terminate|kill|drain|finish|exit|quit|wait|cleanup",
    re.IGNORECASE,
)
STREAMS = re.compile(r"(Read|Write|Seek)(At|From|To)?\Z")
"""Methods of one stream: whoever uses it waits for its data anyway."""
ONCE = re.compile(
    r"main\Z|init|new|start|open|setup|(re)?connect|ensure\w*(conn|client|db)", re.IGNORECASE
)
ONE_AT_A_TIME = re.compile(
    r"(?i)(\w*[._])?(refresh|reload|renew|reconnect|connect|dial|login|init|checkpoint|migrat|rotat|"
    r"deploy|install|upgrade)\w*(mu|mutex|mtx|lock)\Z"
)
"""Locks that are named after the one operation that they let run one at a time."""
STOPS = re.compile(rb"(?i)(cancel|stop|close|shutdown|quit|kill)\w*\(")
EXCEPT = ("sync.Cond.Wait", "database/sql/driver.", "net.Resolve")
"""Unlocks while it waits; asks its callers to hold a lock; reads an address, mostly in numbers."""
SHORT = 5_000_000
COARSE = 3
MAX_CALLS = 3


def check(view: View, node: ast.FuncDecl | ast.FuncLit) -> Iterator[Finding]:
    info: FunctionInfo = node.info
    content = view.scope.file.content
    if node.body is None or content.find(b"Lock()", node.start, node.end) < 0:
        return
    if ENDS.search(view.decl.name) or ONCE.match(view.decl.name):
        return
    if view.decl.receiver and STREAMS.match(view.decl.name):
        return
    held = locks_in(info)
    if not held.known:
        return
    told: set[ast.Node] = set()
    for place, entry, waits in _waits(held, info):
        assert entry.site is not None
        if entry.site in told:
            continue
        known = _class(view, entry)
        if (
            known is None
            or ONE_AT_A_TIME.match(known[1] or known[0])
            or place in told
            or _guards(known, waits)
        ):
            continue
        if waits.kind in ("chan", "wait") and _is_own_matter(waits, entry):
            continue
        victim = _victim(view, known, entry.mode, info)
        if victim is None:
            continue
        told |= {entry.site, place}
        minor = waits.kind in ("wait", "chan") or bool(waits.calls) or _is_coarse(view, known)
        yield _finding(view, place, entry, waits, victim, minor)


def _waits(held: HeldLocks, info: FunctionInfo) -> Iterator[tuple[ast.Node, Entry, Blocking]]:
    """What may wait while a lock is held for sure, in source order."""
    for place, waits in waits_in(info, _counts):
        for entry in _held_at(held, place):
            yield place, entry, waits
    for site in calls_in(info):
        if site.mode != "call" or site.target is None or ENDS.search(_last(site.call.fun)):
            continue
        entries = _held_at(held, site.call)
        if entries:
            behind = wait_behind(site, _counts, MAX_CALLS)
            if behind is not None:
                for entry in entries:
                    yield site.call, entry, behind


def _held_at(held: HeldLocks, place: ast.Node) -> list[Entry]:
    states = held.at_call(place) if isinstance(place, ast.Call) else held.before(place)
    if isinstance(place.parent, ast.Defer):
        return []
    return [entry for entry in held_in_all(states) if isinstance(entry.site, ast.Call)]


def _counts(waits: Blocking) -> bool:
    """True for a wait whose length nobody here decides."""
    if waits.kind not in WAITS or waits.name.startswith(EXCEPT):
        return False
    if any(ENDS.search(_last(link.call.fun)) for link in waits.calls):
        return False
    node, scope = waits.node, scope_of(waits.info)
    if waits.kind == "sleep" and isinstance(node, ast.Call) and node.args:
        length = durations.length(scope, node.args[0])
        return length is not None and length >= SHORT
    if waits.kind == "net":
        return _last_word(waits.name).startswith(("Dial", "Lookup"))
    if waits.kind not in ("chan", "wait"):
        return True
    if len(waits.calls) > (waits.kind == "wait"):
        return False  # far away: who else is at work there is not to be seen from here
    if isinstance(node, ast.Send):
        return _has_no_buffer(scope, node.chan)
    if isinstance(node, ast.Unary | ast.Range):
        return _has_no_buffer(scope, node.x)
    return not isinstance(node, ast.Select)


def _has_no_buffer(scope: FileScope, channel: ast.Expr) -> bool:
    made = makes_of(scope, channel)
    return bool(made) and all(one.capacity == 0 for one in made or ())


# ---------------------------------------------------------------------- what the lock guards


def _class(view: View, entry: Entry) -> LockClass | None:
    site = entry.site
    return class_of(view.scope, site.fun) if isinstance(site, ast.Call) else None


def _guards(lock: LockClass, waits: Blocking) -> bool:
    """True if the lock seems to be there for what is waited for: a field beside it."""
    node, scope = waits.node, scope_of(waits.info)
    thing: ast.Expr | None = None
    if isinstance(node, ast.Call) and isinstance(node.fun, ast.Selector):
        if waits.kind in ("http", "exec", "wait", "sleep"):
            return False
        thing = node.fun.x
    elif isinstance(node, ast.Send):
        thing = node.chan
    elif isinstance(node, ast.Unary | ast.Range):
        thing = node.x
    if thing is None:
        return False
    thing = _source(thing) if waits.kind == "db" else _aliased(thing)
    if not isinstance(thing, ast.Selector):
        return False
    selection = infer.selection_of(scope, thing)
    if selection is None or selection.kind != "field":
        return False
    owner = deref(selection.owner)
    if not isinstance(owner, Named) or owner.qualified != lock[0]:
        return False
    if waits.kind == "chan":
        return _is_closed(scope, thing.sel.name)
    type_ = deref(infer.type_of(scope, thing))
    return not (isinstance(type_, Named) and type_.qualified == "database/sql.DB")


def _aliased(thing: ast.Expr) -> ast.Expr:
    """The field that a local variable is a name for: `stream := c.stream`."""
    thing = ast.unparen(thing)
    local = thing.obj if isinstance(thing, ast.Ident) else None
    made = initial_value(local) if isinstance(local, Local) else None
    made = ast.unparen(made) if made is not None else None
    return made if isinstance(made, ast.Selector) else thing


def _source(thing: ast.Expr) -> ast.Expr:
    """What rows and statements in a local variable come from: the `t.tx` of `t.tx.Query(...)`."""
    thing = ast.unparen(thing)
    for _ in range(MAX_CALLS):
        local = thing.obj if isinstance(thing, ast.Ident) else None
        made: ast.Expr | None = None
        if isinstance(local, Local):
            node = local.node
            one = isinstance(node, ast.Assign) and len(node.rhs) == 1 and node.lhs[0] is local.ident
            made = node.rhs[0] if isinstance(node, ast.Assign) and one else initial_value(local)
        made = ast.unparen(made) if made is not None else None
        if isinstance(made, ast.Selector):
            return made
        if not isinstance(made, ast.Call) or not isinstance(made.fun, ast.Selector):
            break
        thing = ast.unparen(made.fun.x)
    return thing


def _is_own_matter(waits: Blocking, entry: Entry) -> bool:
    """True if those who are waited for are started or stopped by the function itself, and nothing
    says that this takes long: then it is a way to do the work under the lock, not a wait."""
    node, info = waits.node, waits.info
    scope = scope_of(info)
    thing: ast.Expr | None = None
    if isinstance(node, ast.Call) and isinstance(node.fun, ast.Selector):
        thing = node.fun.x
    elif isinstance(node, ast.Send):
        thing = node.chan
    elif isinstance(node, ast.Unary | ast.Range):
        thing = node.x
    access = access_of(scope, thing) if thing is not None else None
    if access is None:
        return True
    if not isinstance(access.root, Local) or access.root.role != "var" or access.path:
        return STOPS.search(scope.file.content, info.node.start, node.start) is not None
    for site in calls_in(info):
        if site.mode != "go":
            continue
        if any(taking.lock == entry.lock for taking in taken_by_site(info, site)):
            return False
        if wait_behind(site, _takes_long, MAX_CALLS) is not None:
            return False
    return True


def _takes_long(waits: Blocking) -> bool:
    return waits.kind not in ("chan", "wait") and _counts(waits)


def _is_closed(scope: FileScope, name: str) -> bool:
    pattern = re.compile(rb"\bclose\([\w.]*\." + re.escape(name.encode()) + rb"\)")
    return any(pattern.search(file.content) for file in scope.package.files)


def _victim(view: View, lock: LockClass, mode: str, info: FunctionInfo) -> LockUser | None:
    """Another function that holds the lock for a moment only, and has to wait for this one."""
    root = _root(info)
    seen: set[int] = set()
    for user in users_of(view.package).get(lock, ()):
        other = _root(user.info)
        if mode == READ and user.op.kind == RLOCK:
            continue
        if other is root or id(other) in seen:
            continue
        seen.add(id(other))
        if len(seen) > 12:
            return None
        name = user.symbol.rsplit(".", 1)[-1]
        if ENDS.search(name) or ONCE.match(name) or not _gives_back(user):
            continue
        if not _waits_too(user):
            return user
    return None


def _is_coarse(view: View, lock: LockClass) -> bool:
    """True if three and more functions wait with the lock: it lets them work one at a time."""
    waiting: set[int] = set()
    for user in users_of(view.package).get(lock, ())[:40]:
        root = _root(user.info)
        if id(root) not in waiting and _waits_too(user):
            waiting.add(id(root))
            if len(waiting) >= COARSE:
                return True
    return False


def _gives_back(user: LockUser) -> bool:
    """True if the function also unlocks what it locks; else it holds it longer than can be seen."""
    call = user.op.node
    fun = call.fun if isinstance(call, ast.Call) else call
    if not isinstance(fun, ast.Selector):
        return True
    method = {"Lock": "Unlock", "RLock": "RUnlock"}.get(fun.sel.name, "")
    word = f"{ast.last_name(fun.x) or ''}.{method}".encode()
    node = _root(user.info).node
    return user.scope.file.content.find(word, node.start, node.end) >= 0


def _waits_too(user: LockUser) -> bool:
    """True if this other function may wait as well while it holds the lock."""
    info, held = user.info, locks_in(user.info)
    if not held.known:
        return True
    lock = user.op.lock

    def under(place: ast.Node) -> bool:
        states = held.before(place)
        return any(e.lock == lock and e.kind == HELD for state in states for e in state)

    if any(under(place) for place, _ in waits_in(info, _any_or_unknown)):
        return True
    return any(
        site.mode != "go" and under(site.call) and wait_behind(site, _any, MAX_CALLS) is not None
        for site in calls_in(info)
    )


def _any(waits: Blocking) -> bool:
    return waits.kind in WAITS or waits.kind in ("file", "io")


def _any_or_unknown(waits: Blocking) -> bool:
    return waits.kind == UNKNOWN or _any(waits)


def _root(info: FunctionInfo) -> FunctionInfo:
    while info.parent is not None:
        info = info.parent.info
    return info


# ----------------------------------------------------------------------------- telling


def _finding(
    view: View, place: ast.Node, entry: Entry, waits: Blocking, victim: LockUser, minor: bool
) -> Finding:
    site = entry.site
    assert isinstance(site, ast.Call) and isinstance(site.fun, ast.Selector)
    lock = view.text(site.fun.x)
    chain = [_last(link.call.fun) for link in waits.calls]
    what = waits.words
    way = f"{' -> '.join([*chain, what])}"
    related: list[Related] = [view.related(site, "locked here")]
    steps: list[Step] = [view.step(site, "locked here")]
    steps.append(view.step(place, "calls this" if waits.calls else "waits here"))
    if victim.scope is view.scope:
        related.append(view.related(victim.op.node, f"{victim.symbol} needs it for a moment only"))
    if waits.calls and scope_of(waits.info) is view.scope:
        related.append(view.related(waits.node, "waits here"))
    return Finding(
        place,
        f"{lock} is held while this may wait ({way}), and everything that needs the lock, such as "
        f"{victim.symbol}, waits as long; unlock before, and lock again to store the result",
        tuple(related),
        flow=tuple(steps),
        severity=Severity.NOTE if minor else None,
        span=_head(view, place),
    )


def _head(view: View, place: ast.Node) -> Span:
    if isinstance(place, ast.Select):
        return view.range(place.start, place.start + len("select"))
    if isinstance(place, ast.Range):
        return view.range(place.start, place.x.end)
    return view.span(place)


def _last(fun: ast.Expr) -> str:
    return ast.last_name(fun) or "a closure"


def _last_word(name: str) -> str:
    return name.rsplit(".", 1)[-1]


RULE = Rule(
    id="GLC502",
    name="blocking-under-lock",
    summary="wait of open length while a lock is held that others need for a moment",
    severity=Severity.WARNING,
    load=True,
    check=check,
    on=(ast.FuncDecl, ast.FuncLit),
    triggers=(b"Lock()",),
    source="S4.1",
    tests=False,
    tags=("locks",),
)
