"""## What it finds
A field or variable that is used with the functions of `sync/atomic` in one place, and with plain
reads or assignments in another.

## What happens under load
One plain access undoes what all the atomic ones are for. The compiler may keep the plain value in a
register: a loop that waits for `stopped` never ends. A plain `n = 0` between another goroutine's
read and write is lost. At ten requests a second the counter is right all week; with 5,000 on 16
cores `inFlight` drifts upwards until the limiter refuses everybody.

## Example
```go
func (s *stats) begin()           { atomic.AddInt64(&s.inFlight, 1) }
func (s *stats) overloaded() bool { return s.inFlight > 100 }
```

## Use instead
```go
type stats struct {
        inFlight atomic.Int64
}

func (s *stats) begin()           { s.inFlight.Add(1) }
func (s *stats) overloaded() bool { return s.inFlight.Load() > 100 }
```
The types of `sync/atomic` (Go 1.19) have no plain access that one could write by mistake.

## When it stays silent
- The value is being made: composite literals, constructors, `init`, `main`, a local copy.
- Of a field, uses that are not `s.n` in a method of `s`; and fields that more functions use plainly
  than with `sync/atomic`: something else keeps their users apart.
- The function waited for something before, ends, resets or sums up something: others are done.
- Reads in a function that also writes with `sync/atomic`: it is the writer, or checks what it read.
- A lock is held here, or by a caller; the caller has seen a count come down to zero.
- Local variables where nothing runs at the same time.
- Test files and generated files.

## Go versions
All.

## Source
The Go Memory Model; sync/atomic's documentation.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Related, Severity, Span
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import atomics
from golint_concurrency.semantics.atomics import Use
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.races import mixed_race
from golint_concurrency.syntax import ast


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    operand = atomics.operand(call)
    if operand is None:
        return
    if isinstance(operand, ast.Ident) and isinstance(operand.obj, Local):
        yield from _local(view, operand.obj, call)
        return
    owner = atomics.owner_of(view.scope, operand)
    if owner is None:
        return
    uses = [use for use in atomics.uses_of(owner) if use.atomic]
    here = [use for use in uses if use.scope is view.scope]
    if not here or here[0].call is not call:
        return  # told at the first one of each file
    told: set[str] = set()
    for use in atomics.mixed(owner):
        if use.scope is view.scope:
            yield _finding(view, use.node, use.write, view.text(use.node), call)
        elif uses[0].call is call and use.scope not in (other.scope for other in uses):
            # No atomic use wakes this rule in the other file.
            if use.scope.file.path not in told:
                told.add(use.scope.file.path)
                yield _elsewhere(view, use, call)


def _local(view: View, local: Local, call: ast.Call) -> Iterator[Finding]:
    first = next((use for use in local.uses if _is_operand(view, use)), None)
    if first is None or atomics.operand(call) is not first:
        return
    plain = mixed_race(view.scope, local)
    if plain is not None:
        yield _finding(view, plain.node, plain.write, local.name, call)


def _is_operand(view: View, use: ast.Ident) -> bool:
    address = use.parent
    call = address.parent if address is not None else None
    return isinstance(call, ast.Call) and atomics.operand(call) is use


def _finding(view: View, node: ast.Node, write: bool, name: str, call: ast.Call) -> Finding:
    return Finding(
        node,
        f"{name} is {'set' if write else 'read'} plainly here and with sync/atomic elsewhere: "
        "under load a plain access sees stale values and loses updates; "
        f"use {'atomic.Store' if write else 'atomic.Load'} here too, or an atomic.Int64 and its "
        "like for the variable",
        (view.related(call, "atomic here"),),
    )


def _elsewhere(view: View, use: Use, call: ast.Call) -> Finding:
    name = use.scope.file.text(use.node)
    place = Span(use.scope.file.path, use.node.start, use.node.end)
    return Finding(
        call,
        f"{name} is used with sync/atomic here and {'set' if use.write else 'read'} plainly in "
        "another file: under load the plain access sees stale values and loses updates; make it an "
        "atomic.Int64 or its like",
        (Related(place, "plain here"),),
    )


RULE = Rule(
    id="GLC510",
    name="mixed-atomic",
    summary="variable that is used with sync/atomic here and plainly there",
    severity=Severity.ERROR,
    check=check,
    calls=atomics.FUNCTIONS,
    needs=(b'"sync/atomic"',),
    source="S5",
    tests=False,
    tags=("races",),
)
