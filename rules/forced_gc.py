"""## What it finds
`runtime.GC` or `debug.FreeOSMemory` in request code or in a loop.

## What happens under load
`runtime.GC` waits for a complete collection, and one collection at a time runs for the whole
process. At 200 requests a second that each force one over a heap of 4 GB (half a second of
marking on four cores), requests queue behind each other's collections and every core marks
instead of working. `FreeOSMemory` gives memory back that the next request asks for again, at the
price of a page fault for each page.

## Example
```go
func export(w http.ResponseWriter, r *http.Request) {
        rows := load(r.Context())
        write(w, rows)
        runtime.GC()
}
```

## Use instead
Set `GOMEMLIMIT` (`debug.SetMemoryLimit`) to what the container has, and `GOGC` to taste; reuse
buffers with `sync.Pool`; stream instead of loading it all.

## When it stays silent
- Test files and benchmarks.
- Handlers whose purpose it is (named after debugging, memory, the heap or collection).
- Before a heap profile is written, which shows what the last collection left.
- Loops that sleep for a minute or more on each turn, or range over ticks 10 seconds apart and more.
- Handlers that collect and answer, and do nothing else. In a loop, under a comment
  or a condition, it is only a note: not every turn collects, or somebody thought about it.
- Once, outside loops and request code: after start-up, between phases.

## Go versions
All; the memory limit exists from Go 1.19 on.

## Source
Article chapter 1 (what garbage collection does under load).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Related, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import loops
from golint_concurrency.semantics.durations import SECOND, length
from golint_concurrency.semantics.requests import request_of
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

_ON_PURPOSE = re.compile(r"gc|heap|mem|debug|profile|pprof|collect|bench|trace", re.IGNORECASE)
_PROFILES = re.compile(r'\bWriteHeapProfile\(|"(heap|allocs)"')
SMALL = 10
LONG = 60 * SECOND
TICK = 10 * SECOND


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    info = view.function_of(call)
    if info is None or _ON_PURPOSE.search(f"{view.package.name} {view.decl.name}"):
        return
    if _PROFILES.search(view.text(info.node)):
        return
    name = view.name_of(call).rsplit("/", 1)[-1]
    related: tuple[Related, ...] = ()
    around = [loop for loop in ast.enclosing_loops(call) if not _is_short(view, loop)]
    if around and _pauses(view, around[0]):
        return
    note = bool(around) and (_is_explained(view, call) or _is_rare(call, around[0]))
    if around:
        where = "on every turn of a loop"
        related = (view.related(around[0], "the loop"),)
    else:
        request = request_of(info)
        if request is None:
            return
        handler = request.handler.node
        if _does_nothing_else(view, info):
            return
        if isinstance(handler, ast.FuncDecl) and _ON_PURPOSE.search(handler.name.name):
            return
        where = "for a single request"
        if request.scope.file is view.scope.file:
            related = (view.related(request.via or handler.type, "the request comes from here"),)
    work = "gives memory back that is needed again at once" if "Free" in name else "stops all else"
    yield Finding(
        call,
        f"{name} {where} makes the whole process collect, and {work}; set a memory limit "
        "(GOMEMLIMIT) and let the runtime choose the time",
        related,
        severity=Severity.NOTE if note else None,
    )


def _is_explained(view: View, call: ast.Call) -> bool:
    """True if a comment right above says what it is good for."""
    content = view.scope.file.content
    start = content.rfind(b"\n", 0, call.start)
    above = content[content.rfind(b"\n", 0, max(start, 0)) + 1 : max(start, 0)]
    return above.strip().startswith(b"//")


def _is_rare(call: ast.Call, loop: ast.For | ast.Range) -> bool:
    """True under an `if` in the loop: not every turn collects."""
    up = call.parent
    while up is not None and up is not loop:
        if isinstance(up, ast.If | ast.Case | ast.CommClause):
            return True
        up = up.parent
    return False


def _does_nothing_else(view: View, info: FunctionInfo) -> bool:
    """True for a request that asks for just that: its handler collects, and says that it did."""
    body = info.node.body
    return body is not None and all(
        isinstance(statement, ast.ExprStmt)
        and isinstance(statement.x, ast.Call)
        and (
            view.name_of(statement.x).startswith(("runtime.", "runtime/debug."))
            or ast.last_name(statement.x.fun) == "WriteHeader"
        )
        for statement in body.stmts
    )


def _pauses(view: View, loop: ast.For | ast.Range) -> bool:
    """True if each turn waits for long: this is housekeeping."""
    over = ast.unparen(loop.x) if isinstance(loop, ast.Range) else None
    if isinstance(over, ast.Call) and view.name_of(over) == "time.Tick" and over.args:
        pause = length(view.scope, over.args[0])
        return pause is not None and pause >= TICK
    for node in ast.walk_function(loop.body):
        if isinstance(node, ast.Call) and view.name_of(node) == "time.Sleep" and node.args:
            pause = length(view.scope, node.args[0])
            if pause is not None and pause >= LONG:
                return True
    return False


def _is_short(view: View, loop: ast.For | ast.Range) -> bool:
    turns = loops.bound(view.scope, loop)
    return turns is not None and turns <= SMALL


RULE = Rule(
    id="GLC908",
    name="forced-gc",
    summary="garbage collection forced in request code or a loop",
    severity=Severity.WARNING,
    load=True,
    check=check,
    calls=("runtime.GC", "runtime/debug.FreeOSMemory"),
    source="S1",
    tests=False,
    tags=("runtime",),
)
