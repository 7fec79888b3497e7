"""## What it finds
A field, map entry or variable that is set while only the read lock of its owner is held, in the
function itself or in a method that it calls.

## What happens under load
`RLock` lets in every reader at once; that is what it is for. One request at a time hides the write
among the reads. With 200 readers on 16 cores, several count `hits` at the same moment and lose most
of the updates, a slice header is read half written, and a map that is written ends the process
with "concurrent map writes", lock and all.

## Example
```go
func (l *library) open(name string) *book {
        l.mu.RLock()
        defer l.mu.RUnlock()
        l.opened++
        return l.books[name]
}
```

## Use instead
```go
func (l *library) open(name string) *book {
        l.opened.Add(1) // atomic.Int64
        l.mu.RLock()
        defer l.mu.RUnlock()
        return l.books[name]
}
```
Or `Lock` in place of `RLock`.

## When it stays silent
- `Read`, `Write` and `Seek`, which one user of a stream calls.
- Another lock, or what works as one, is held as well.
- The lock belongs to something else than what is written: `a.mu.RLock()` and `b.n++`.
- What is written lies in a value that has a lock of its own, or is set by another package, which
  may ask for one user at a time.
- A comment in or above the function says that one goroutine alone comes there, or that it is not
  thread-safe. `init`, where nobody else is yet.
- The lock is named after another field beside it: `metaLock` guards `meta`.
- Other methods set the field without the lock, and none with it: it is there for something else.
- Variables of the function itself, elements of slices and arrays, values of atomic types.
- The read lock is held on some of the paths only.

## Go versions
All.

## Source
Chabbi and Ramanathan, A Study of Real-World Data Races in Golang (PLDI 2022), observation 6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Related, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import guards, infer
from golint_concurrency.semantics.access import Access, access_of
from golint_concurrency.semantics.callgraph import CallSite, calls_in, scope_of
from golint_concurrency.semantics.denote import core
from golint_concurrency.semantics.held_locks import READ, Entry, held_in_all, locks_in
from golint_concurrency.semantics.members import field_type
from golint_concurrency.semantics.objects import Local, Member
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import Struct, deref, is_named
from golint_concurrency.semantics.writes import Write, writes_of
from golint_concurrency.syntax import ast

ALONE = re.compile(
    rb"(?i)//[^\n]*((single|one|same)[- ](thread|goroutine|caller|writer)|not thread[- ]?safe)"
)
"""A comment that says that nobody else is there."""
_GUARDED = re.compile(r"(RW)?(Lock|Mu|Mutex|Mtx)\Z")
STREAMS = re.compile(r"(Read|Write|Seek)(At|From|To|Byte|Rune|String)?\Z")


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    info = view.function_of(call)
    if view.decl.receiver and STREAMS.match(view.decl.name):
        return  # the position in a stream is for its one user
    if info is None or info.memo.setdefault("read-locked", call) is not call:
        return  # once for all locks of a function
    if view.decl.name == "init" and not view.decl.receiver:
        return  # nobody else is there yet
    if ALONE.search(view.scope.file.content, _begin(view, info), info.node.end):
        return
    told: set[Access] = set()
    for write in writes_of(info):
        if write.entry and write.access in told:
            continue  # one entry after the other
        lock = _read_lock(info, write.node, write.access)
        told.add(write.access)
        if (
            lock is not None
            and not _is_for_else(view, write, lock)
            and not _is_named(info, write, lock)
        ):
            yield _finding(view, write.node, write, lock)
    for site in calls_in(info):
        if site.target is None or site.mode != "call" or site.argument >= 0:
            continue
        if scope_of(site.target).package is not view.package:
            continue
        for write in writes_of(site.target):
            outer = _in_caller(view, site, write.access)
            if outer is None or guards.guards_at(site.target, write.node):
                continue
            lock = _read_lock(info, site.call, outer)
            if (
                lock is None
                or _is_for_else(view, write, lock)
                or _is_named(site.target, write, lock)
            ):
                continue
            same = scope_of(site.target).file is view.scope.file
            known = site.target.memo.setdefault("read-locked-by", {})
            if not same or known.setdefault(write.node, site) is site:
                yield _finding(view, write.node if same else site.call, write, lock)
            if not same:
                break


def _begin(view: View, info: FunctionInfo) -> int:
    """The start of the comment above the function, or of what it is itself."""
    content = view.scope.file.content
    start = content.rfind(b"\n", 0, info.node.start) + 1
    while start > 0:
        above = content.rfind(b"\n", 0, start - 1) + 1
        if not content.startswith(b"//", above):
            break
        start = above
    return start


def _read_lock(info: FunctionInfo, node: ast.Node, written: Access) -> Entry | None:
    """The read lock of the owner of `written` that is held at `node`, if it is the only lock."""
    held = locks_in(info)
    if not held.known or guards.exclusive(guards.guards_at(info, node)):
        return None
    for entry in held_in_all(held.before(node)):
        if entry.mode == READ and not entry.token and _owns(entry, written):
            if not _has_own_lock(info, written, len(entry.lock[1]) - 1):
                return entry
    return None


def _is_for_else(view: View, write: Write, lock: Entry) -> bool:
    """True if other methods of the type set the field, and none of them takes the lock: it keeps
    something else apart."""
    if not view.decl.receiver or not write.access.path or not lock.lock[1]:
        return False
    sets = re.compile(rb"\.%s(?:\[[^\n\]]*\])? (?:[-+]?=)" % write.access.path[-1].encode())
    takes = b"." + lock.lock[1][-1].encode() + b"."
    found = False
    for member in view.package.methods(view.decl.receiver).values():
        decl = member.decl
        content = decl.file.content
        if member.name == view.decl.name or decl.start <= write.node.start < decl.end:
            continue
        if not sets.search(content, decl.start, decl.end):
            continue
        if content.find(takes, decl.start, decl.end) >= 0:
            return False
        found = True
    return found


def _is_named(info: FunctionInfo, write: Write, lock: Entry) -> bool:
    """True for a lock that is named after what it guards, where something else is written:
    `metaLock` beside `meta` and `run`."""
    if not lock.lock[1]:
        return False
    owner, own = lock.lock[1][:-1], lock.lock[1][-1]
    name = _GUARDED.sub("", own)
    field = write.access.path[len(owner)] if len(write.access.path) > len(owner) else ""
    shape = core(deref(infer.object_type(scope_of(info), write.access.root)))
    for part in owner:
        shape = core(deref(field_type(shape, part)))
    return (
        name not in ("", own)
        and isinstance(shape, Struct)
        and name != field
        and any(member.name == name for member in shape.members)
    )


def _has_own_lock(info: FunctionInfo, written: Access, owner: int) -> bool:
    """True if a value between the owner of the lock and what is written has a lock of its own, or
    cannot be told."""
    type_ = infer.object_type(scope_of(info), written.root)
    for number, name in enumerate(written.path):
        shape = core(deref(type_))
        if not isinstance(shape, Struct):
            return True
        if number > max(owner, 0) and any(
            is_named(deref(member.type), "sync.Mutex", "sync.RWMutex") for member in shape.members
        ):
            return True
        type_ = field_type(type_, name)
    return False


def _owns(entry: Entry, written: Access) -> bool:
    root, path = entry.lock
    if root is written.root:
        owner = path[:-1]
        return bool(written.path) and written.path[: len(owner)] == owner
    # var mu sync.RWMutex beside the variable that it guards.
    if path:
        return False
    if isinstance(root, Member) and isinstance(written.root, Member):
        return root.package is written.root.package
    return (
        isinstance(root, Local) and isinstance(written.root, Local)
    ) and root.owner is written.root.owner


def _in_caller(view: View, site: CallSite, inner: Access) -> Access | None:
    """What the called function sets, with the caller's name for its receiver."""
    target = site.target
    assert target is not None
    if isinstance(inner.root, Member):
        return inner
    fun = ast.unparen(site.call.fun)
    if inner.root is not target.receiver or not isinstance(fun, ast.Selector):
        return None
    holder = access_of(view.scope, fun.x)
    return holder.field(*inner.path) if holder is not None else None


def _finding(view: View, node: ast.Node, write: Write, lock: Entry) -> Finding:
    name = ".".join((write.access.root.name, *write.access.path))
    mutex = ".".join((lock.lock[0].name, *lock.lock[1]))
    what = f"an entry of {name}" if write.entry else name
    related: tuple[Related, ...] = ()
    if lock.site is not None:
        related = (view.related(lock.site, "only the read lock is taken"),)
    return Finding(
        node,
        f"{what} is set while {mutex} is held for reading, as any number of goroutines may hold it "
        f"at once: under load updates get lost or the process ends; take {mutex}.Lock here, or "
        "make it an atomic",
        related,
    )


RULE = Rule(
    id="GLC513",
    name="write-under-read-lock",
    summary="field that is written while only a read lock is held",
    severity=Severity.ERROR,
    check=check,
    calls=("sync.RWMutex.RLock",),
    triggers=(b".RLock()",),
    source="U",
    tags=("races", "locks"),
)
