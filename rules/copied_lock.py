"""## What it finds
A copy of a value that holds a `sync.Mutex`, a `WaitGroup`, an atomic or another type that must not
be copied: a value receiver, a parameter, an assignment, a range variable, a returned value, an
element of a literal.

## What happens under load
The copy has a lock of its own. Every request locks its private copy, all of them succeed at once,
and the map behind it is written by 50 goroutines together: the process dies with "concurrent map
writes" although every access is locked. A WaitGroup that is passed by value is never done in the
original, and `Wait` blocks for ever. A mutex copied while it is locked stays locked.

## Example
```go
func (b inbox) deliver(user string) {
        b.mu.Lock() // of the copy
        defer b.mu.Unlock()
        b.unread[user]++
}
```

## Use instead
```go
func (b *inbox) deliver(user string) {
        b.mu.Lock()
        defer b.mu.Unlock()
        b.unread[user]++
}
```

## When it stays silent
- Pointers, slices, maps and interfaces: they do not hold the lock itself.
- Literals and results of calls: nobody has used the lock yet. So it is where a function returns, or
  puts into a literal, what it has just made itself; and where the copy gets a new lock at once.
- An argument, where the parameter that takes it is in sight: the parameter is reported.
- A comment above or beside it says to go vet or golangci-lint that it is meant.
- Receivers and parameters without a name: nobody uses the copy.
- `atomic.Value` (as in go vet), assignments to `_`, and files that import neither `sync` nor `sync/atomic`.

In test files it is a note: tables of cases hold locks that nobody has taken yet.

## Go versions
All.

## Fix
Unsafe, since callers and interfaces may have to change: makes a value receiver a pointer, and a
range variable a pointer to the element.

## Source
go vet's copylocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Edit, Fix, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.callgraph import target_at
from golint_concurrency.semantics.copies import Copy, copies_in, lock_in, may_copy_locks
from golint_concurrency.semantics.denote import core
from golint_concurrency.semantics.effects import param_at
from golint_concurrency.semantics.infer import local_type
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.types import Array, Slice
from golint_concurrency.syntax import ast

ACCEPTED = re.compile(rb"(?i)//.*(copylock|nolint.*govet)")
BUILTINS = frozenset(["new", "len", "cap", "make", "Sizeof", "Offsetof", "Alignof"])
REMEDIES = {
    "receiver": "use a pointer receiver",
    "parameter": "pass a pointer",
    "assignment": "take a pointer to it",
    "range": "range over the index and take a pointer to the element",
    "return": "return a pointer",
    "literal": "store a pointer",
    "argument": "pass a pointer",
}


def check(view: View, function: ast.FuncDecl) -> Iterator[Finding]:
    for copy in copies_in(view.scope, function):
        if copy.kind == "argument" and _is_told_elsewhere(view, copy.node):
            continue
        if _is_accepted(view, copy.node):
            continue
        fix = _fix(view, copy)
        yield Finding(
            copy.node,
            f"this {copy.kind} copies a {copy.lock.rsplit('/', 1)[-1]}: whoever uses the copy is "
            "alone with it, so that under load nothing is kept apart or waited for; "
            f"{REMEDIES[copy.kind]}",
            fixes=(fix,) if fix is not None else (),
            # There it is mostly a table of cases, whose locks nobody has taken yet.
            severity=Severity.NOTE if view.in_test else None,
        )


def _is_accepted(view: View, node: ast.Node) -> bool:
    """True if a comment above or beside it tells another tool that the copy is meant."""
    return ACCEPTED.search(view.lines_to(node.start, node.end)) is not None


def _is_told_elsewhere(view: View, argument: ast.Node) -> bool:
    """True for an argument of a builtin, of a conversion, or of a parameter that is reported."""
    call = argument.parent
    while isinstance(call, ast.Paren):
        argument, call = call, call.parent
    assert isinstance(call, ast.Call)
    fun = ast.unparen(call.fun)
    name = fun.sel.name if isinstance(fun, ast.Selector) else view.text(fun)
    if name in BUILTINS:
        return True
    target = target_at(view.scope, fun)
    if target is None:
        return False
    index = next(number for number, given in enumerate(call.args) if given is argument)
    param = param_at(target, index)
    return isinstance(param, Local) and lock_in(view.scope, local_type(view.scope, param)) != ""


def _fix(view: View, copy: Copy) -> Fix | None:
    node = copy.node
    if copy.kind == "receiver" and isinstance(node, ast.Field):
        edit = view.insert(node.type.start, "*")
        return Fix("Use a pointer receiver", (edit,), safe=False)
    loop = node.parent
    if copy.kind != "range" or not isinstance(loop, ast.Range) or node is not loop.value:
        return None
    return _pointer_to_element(view, loop, node)


def _pointer_to_element(view: View, loop: ast.Range, value: ast.Expr) -> Fix | None:
    over = ast.unparen(loop.x)
    if not loop.define or not isinstance(over, ast.Ident | ast.Selector) or loop.key is None:
        return None
    if not isinstance(core(view.type_of(over)), Slice | Array) or not loop.body.stmts:
        return None
    if not isinstance(value, ast.Ident) or not isinstance(value.obj, Local):
        return None
    if not all(_selects(use) for use in value.obj.uses):
        return None
    index = view.text(loop.key)
    if index == "_":
        index = "i"
        if any(isinstance(part, ast.Ident) and part.name == "i" for part in ast.walk(loop)):
            return None
    first = loop.body.stmts[0]
    line = f"{value.name} := &{view.text(over)}[{index}]\n{view.indent(first)}"
    head = view.range(loop.key.start, value.end)
    edits = (Edit(head, index), view.insert(first.start, line))
    return Fix("Take a pointer to the element", edits, safe=False)


def _selects(use: ast.Ident) -> bool:
    return isinstance(use.parent, ast.Selector) and use.parent.x is use


RULE = Rule(
    id="GLC505",
    name="copied-lock",
    summary="value that holds a lock, WaitGroup or atomic is copied",
    severity=Severity.ERROR,
    check=check,
    on=(ast.FuncDecl,),
    triggers=(b"func ",),
    needs=(b'"sync',),
    wakes=may_copy_locks,
    source="P",
    fix="unsafe",
    tags=("locks",),
)
