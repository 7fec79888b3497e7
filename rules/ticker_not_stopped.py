"""## What it finds
A local `time.NewTicker` or `time.NewTimer` that nothing else can reach, in a function that can
return, or come to make the next one, without `Stop`.

## What happens under load
Before Go 1.23 the runtime holds a ticker until `Stop`: it goes on ticking for nobody. A stream
handler that makes one with a period of 100 ms and serves 50 streams a second has left 180,000
tickers after an hour, and 1.8 million ticks a second keep all processors busy. A timer is held
until it fires: with 30 seconds and 5,000 requests a second that is 150,000 at a time.

## Example
```go
func watch(done <-chan struct{}) {
        ticker := time.NewTicker(100 * time.Millisecond)
        for {
                select {
                case <-ticker.C:
                        poll()
                case <-done:
                        return
                }
        }
}
```

## Use instead
```go
ticker := time.NewTicker(100 * time.Millisecond)
defer ticker.Stop()
```

## When it stays silent
- Every path that returns has called or deferred `Stop`, or, for a timer, received from it.
- A timer is left only where a `select` received a signal without a value, as `<-ctx.Done()`:
  work that ends does so once.
- The value leaves the function: it is returned, stored, or passed on, or its channel is.
- A closure calls `Stop`, or uses it at all: then it may live on with that on purpose.
- The variable is assigned again.
- The function never returns, or runs once in the life of the process, as `main` does.
- Test files.

## Go versions
Before 1.23 a warning, or a note in what sets up or runs a part of the program once, by its name.
From 1.23 the garbage collector takes what nothing refers to: a note for
tickers, which say less than they could about when they end, and no word about timers.

## Fix
Safe: `defer ticker.Stop()` below the line that makes it. Not offered in a loop, where the deferred
calls would pile up instead.

## Source
Documentation of `time.NewTicker`; Go 1.23 release notes, "Timer changes".
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Fix, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.callgraph import is_assigned
from golint_concurrency.semantics.cfg_graph import Edge, evaluated
from golint_concurrency.semantics.cfg_queries import may_reach, must_pass
from golint_concurrency.semantics.endless import lives_with_process
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.lifecycle import is_part
from golint_concurrency.semantics.objects import Local
from golint_concurrency.syntax import ast

_METHODS = frozenset(["Stop", "Reset"])


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    ticks = view.name_of(call) == "time.NewTicker"
    kept = view.go < (1, 23)
    made = call.parent
    if not (ticks or kept) or not isinstance(made, ast.Assign) or made.op != ":=":
        return
    if len(made.lhs) != 1 or not isinstance(made.lhs[0], ast.Ident):
        return
    local = made.lhs[0].obj
    function = ast.enclosing_function(call)
    if not isinstance(local, Local) or local.ident is not made.lhs[0] or function is None:
        return
    stops: set[ast.Ident] = set()
    for use in local.uses:
        if use is local.ident:
            continue
        role = _role(use, function)
        if role == "" or is_assigned(use):
            return
        assert use.parent is not None
        if role == "stop" or (role == "receive" and not ticks):
            stops.add(use)
    graph = graph_of(function.info)
    if graph is None or graph.broken:
        return

    def settles(node: ast.Node) -> bool:
        return any(part in stops for part in evaluated(node))

    over = {use.parent.parent for use in local.uses if use.parent is not None}
    heads = {
        turning.head
        for loop in over
        if isinstance(loop, ast.Range) and (turning := graph.loop_of(loop)) is not None
    }

    def possible(edge: Edge) -> bool:
        # Nothing closes a ticker's channel, so a range over it does not end.
        return not (edge.kind == "range" and edge.when is False and edge.src in heads)

    follow = possible if ticks else _goes_on
    path = must_pass(graph, made, settles, follow=follow)
    around = ast.enclosing_loops(call)
    if path is None and around:
        path = may_reach(graph, made, lambda node: node is made, blocked_by=settles, follow=follow)
    if path is None or (not around and lives_with_process(view.scope, call)):
        return
    part = not around and is_part(view.scope, call)
    some = any(_role(use, function) == "stop" for use in stops)
    where = "on some path " if some else ""
    name = local.name
    what = "ticker" if ticks else "timer"
    if not kept:
        message = (
            f"this ticker is {where}never stopped, and ticks until the garbage collector finds it "
            f"(for ever before Go 1.23); "
        )
    elif ticks:
        message = (
            f"this ticker is {where}never stopped and goes on ticking when the function has "
            "returned, so each call leaves one more in the runtime's heap; "
        )
    else:
        message = (
            f"this timer is {where}neither stopped nor waited for, and stays in the runtime's heap "
            "until it fires, so timers pile up with the calls; "
        )
    remedy = f"write defer {name}.Stop() after making it"
    if around:
        remedy = f"make one {what} before the loop" if ticks else f"call {name}.Stop() on each turn"
    fix: tuple[Fix, ...] = ()
    if not around and isinstance(made.parent, ast.Block):
        edit = view.insert_below(made, f"\n{view.indent(made)}defer {name}.Stop()")
        fix = (Fix(f"stop the {what} when the function returns", (edit,)),)
    yield Finding(
        call,
        message + remedy,
        flow=view.path_steps(path, view.step(made, f"the {what} is made")),
        severity=Severity.WARNING if kept and not part else Severity.NOTE,
        fixes=fix,
    )


def _goes_on(edge: Edge) -> bool:
    """False for `case <-done:`, a signal without a value: what ends then does so once."""
    comm = edge.clause.comm if isinstance(edge.clause, ast.CommClause) else None
    return not isinstance(comm, ast.ExprStmt)


def _role(use: ast.Ident, function: ast.Func) -> str:
    """What a use of the variable is for: stop, reset or receive; "" if it may lead elsewhere."""
    selector = use.parent
    if not isinstance(selector, ast.Selector) or selector.x is not use:
        return ""
    if ast.enclosing_function(use) is not function:
        return ""
    over = selector.parent
    if selector.sel.name in _METHODS and isinstance(over, ast.Call) and over.fun is selector:
        return selector.sel.name.lower()
    if selector.sel.name != "C":
        return ""
    if isinstance(over, ast.Unary) and over.op == "<-":
        return "receive"
    return "receive" if isinstance(over, ast.Range) and over.x is selector else ""


RULE = Rule(
    id="GLC402",
    name="ticker-not-stopped",
    summary="ticker or timer that is not stopped on every path",
    severity=Severity.WARNING,
    load=True,
    check=check,
    calls=("time.NewTicker", "time.NewTimer"),
    needs=(b'"time"',),
    source="P",
    tests=False,
    fix="safe",
    tags=("timers",),
)
