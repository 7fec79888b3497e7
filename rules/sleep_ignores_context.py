"""## What it finds
`time.Sleep` in a loop, or of a second and more, in a function that has a context at hand.

## What happens under load
The caller gives up, and the sleeper sleeps on: it holds its goroutine, its memory and often a
pooled connection or a lock, and then does work that nobody waits for. A retry loop with a pause of
5 seconds behind a backend that is down keeps 500 requests a second for seconds after their clients
have left: 2,500 goroutines that a shutdown has to wait for as well.

## Example
```go
for attempt := range 5 {
        if err = call(ctx); err == nil {
                return nil
        }
        time.Sleep(time.Duration(attempt) * time.Second)
}
```

## Use instead
```go
        select {
        case <-ctx.Done():
                return ctx.Err()
        case <-time.After(time.Duration(attempt) * time.Second):
        }
```

## When it stays silent
- A constant pause of at most 100 ms, or a number of microseconds; a pause below a second outside loops, or in a counted loop all
  of whose turns together pause less than that; outside loops any in a program's own package `main`.
- The context is only in scope around a goroutine that is started here, comes from
  `context.Background()`, or is detached with `context.WithoutCancel`.
- The function cleans up, by its name (`Cleanup`, `shutdown`, ...), or answers a failed login, where
  the pause keeps those waiting who guess.
- A comment above or beside it speaks of the context, of purpose, or of a clean-up.
- Test files.

It is a note for a pause that is over soon (less than a second, two outside loops, the rest of some
time, a few tries of unknown length, a random part of a second, up to two seconds in a loop that
asks for the end of a context on its turns or hands the context on, what is named a throttle),
before the next try to accept a connection, outside loops where a part of the program is set up, and
in `main` or a command of the command line (a function that gets a `*cobra.Command`): a person
waits.

## Go versions
All. Before 1.23 `time.After` keeps its timer until it fires; in a hot loop use one timer.

## Fix
Unsafe, since it returns early: waits for the context as well. Offered where it can be told what
to return.

## Source
Article chapter 1 (work that ignores cancellation).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Fix, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import limits, loops
from golint_concurrency.semantics.callgraph import initial_value, is_assigned
from golint_concurrency.semantics.contexts import in_scope
from golint_concurrency.semantics.denote import core, denote
from golint_concurrency.semantics.detachment import cleans_up, is_paced
from golint_concurrency.semantics.durations import SECOND, length, random_below
from golint_concurrency.semantics.endless import in_command
from golint_concurrency.semantics.lifecycle import starts_a_part
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.types import Basic, Chan, Interface, Map, Pointer, Slice
from golint_concurrency.syntax import ast

SHORT = SECOND // 10
_PACE = re.compile(r"(?i)throttl|jitter|pac(e|ing)\b")


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    if len(call.args) != 1:
        return
    pause = length(view.scope, _value(view, call.args[0]))
    if (pause is not None and pause <= SHORT) or (pause is None and _is_tiny(view, call.args[0])):
        return
    around = ast.enclosing_loops(call)
    if not around and (pause is None or pause < SECOND or view.in_main):
        return
    if pause is not None and around and _total(view, pause, around) < SECOND:
        return
    held = in_scope(view.scope, call)
    if held is None or held.goroutine or held.root or cleans_up(call):
        return
    if is_paced(view.scope, call):
        return
    fix = _fix(view, call, held.text)
    yield Finding(
        call,
        f"this sleeps on after {held.text} is done, and holds its goroutine and what it has for "
        f"nothing; wait for <-{held.text}.Done() and a timer in a select",
        (view.related(around[0], "on every turn of this loop"),) if around else (),
        fixes=(fix,) if fix is not None else (),
        severity=Severity.NOTE if _is_minor(view, call, pause, around, held.text) else None,
    )


def _is_minor(
    view: View, call: ast.Call, pause: int | None, around: list[ast.For | ast.Range], held: str
) -> bool:
    """True for a pause that is over soon, that a person at a command line waits for, or that a loop
    makes which accepts connections, before it tries again."""
    if _ends_all(view, call) or any(map(limits.takes_peers, around)):
        return True
    counted = bool(around) and all(_is_counted(view, loop) for loop in around)
    if pause is None:  # the rest of a time, or a few tries
        given = ast.unparen(call.args[0])
        return (
            counted
            or _PACE.search(view.text(given)) is not None
            or random_below(view.scope, given, SECOND)
            or (isinstance(given, ast.Call) and view.name_of(given) == "time.Until")
        )
    if pause <= 2 * SECOND and any(_looks(view, loop, held) for loop in around):
        return True
    if not around and starts_a_part(view.scope, call):
        return True
    return pause < SECOND or (pause <= 2 * SECOND and (not around or (counted and view.in_main)))


def _is_counted(view: View, loop: ast.For | ast.Range) -> bool:
    """True for a loop over a number of tries, also one that a variable holds."""
    if isinstance(loop, ast.For):
        return isinstance(loop.post, ast.IncDec) and loop.cond is not None
    return loops.bound(view.scope, loop) is not None or isinstance(
        core(view.type_of(loop.x)), Basic
    )


def _ends_all(view: View, call: ast.Call) -> bool:
    """True in a command, and in `main` itself: what it sleeps through ends with the process."""
    function = ast.enclosing_function(call)
    if view.in_main and isinstance(function, ast.FuncDecl) and function.name.name == "main":
        return True
    return in_command(view.scope, call)


def _looks(view: View, loop: ast.For | ast.Range, held: str) -> bool:
    """True if a turn of the loop asks for the end of a context, or calls what does with the one
    that is `held`: it is one pause late at most."""
    body = view.text(loop.body)
    if ".Done()" in body or ".Err()" in body:
        return True
    return re.search(rf"[(,]\s*{re.escape(held)}\s*[,)]", body) is not None


def _is_tiny(view: View, pause: ast.Expr) -> bool:
    """True for a number of microseconds: nobody counts long pauses in them."""
    pause = ast.unparen(pause)
    if not isinstance(pause, ast.Binary) or pause.op != "*":
        return False
    units = [length(view.scope, side) for side in (pause.x, pause.y)]
    return any(unit is not None and unit in (1, 1_000) for unit in units)


def _total(view: View, pause: int, around: list[ast.For | ast.Range]) -> float:
    """How long the pauses of all turns are together at most."""
    total = float(pause)
    for loop in around:
        total *= loops.bound(view.scope, loop) or math.inf
    return total


def _value(view: View, pause: ast.Expr) -> ast.Expr:
    """What a local variable that is set once holds, for `delay := 10 * time.Millisecond`."""
    obj = view.scope.resolve(pause) if isinstance(pause, ast.Ident) else None
    if isinstance(obj, Local) and not any(is_assigned(use) for use in obj.uses):
        return initial_value(obj) or pause
    return pause


def _fix(view: View, call: ast.Call, context: str) -> Fix | None:
    stmt = call.parent
    leaving = _return(view, call, context)
    if not isinstance(stmt, ast.ExprStmt) or leaving is None:
        return None
    indent = view.indent(stmt)
    package = view.import_name("time")[0]
    text = (
        f"select {{\n{indent}case <-{context}.Done():\n{indent}\t{leaving}\n"
        f"{indent}case <-{package}.After({view.text(call.args[0])}):\n{indent}}}"
    )
    return Fix("stop sleeping when the context is done", (view.replace(stmt, text),), safe=False)


def _return(view: View, call: ast.Call, context: str) -> str | None:
    """The statement that leaves the function because the context is done."""
    function = ast.enclosing_function(call)
    if function is None:
        return None
    results = [
        field.type for field in function.type.results for _ in range(max(1, len(field.names)))
    ]
    if not results:
        return "return"
    if str(denote(view.scope, results[-1])) != "error":
        return None
    values = [_zero(view, type_) for type_ in results[:-1]]
    if None in values:
        return None
    return f"return {', '.join([*filter(None, values), f'{context}.Err()'])}"


def _zero(view: View, type_: ast.Expr) -> str | None:
    shape = core(denote(view.scope, type_))
    if isinstance(shape, Pointer | Slice | Map | Chan | Interface):
        return "nil"
    if isinstance(shape, Basic):
        if shape.name == "string":
            return '""'
        if shape.name == "bool":
            return "false"
        if shape.name.startswith(("int", "uint", "float", "byte", "rune")):
            return "0"
    return None


RULE = Rule(
    id="GLC306",
    name="sleep-ignores-context",
    summary="time.Sleep that goes on after the context is done",
    severity=Severity.WARNING,
    load=True,
    check=check,
    calls=("time.Sleep",),
    triggers=(b"Sleep(",),
    needs=(b'"time"',),
    source="S1",
    fix="unsafe",
    tests=False,
    tags=("context", "timers"),
)
