"""## What it finds
`time.Tick` in a function that returns, or that calls it again on every turn of a loop.

## What happens under load
Before Go 1.23 a ticker runs until `Stop`, and `time.Tick` gives only its channel, so nobody can
stop it. A handler that polls with `time.Tick(100 * time.Millisecond)` and serves 20 requests a
second leaves 72,000 tickers an hour, which wake the runtime 720,000 times a second.

## Example
```go
func follow(ctx context.Context) {
        tick := time.Tick(100 * time.Millisecond)
        for {
                select {
                case <-tick:
                        poll()
                case <-ctx.Done():
                        return
                }
        }
}
```

## Use instead
```go
ticker := time.NewTicker(100 * time.Millisecond)
defer ticker.Stop()
for {
        select {
        case <-ticker.C:
                poll()
        case <-ctx.Done():
                return
        }
}
```

## When it stays silent
- The function never returns: the ticker lives as long as it does. So does a `range` over the
  channel that nothing leaves, except in a goroutine that a function called again and again starts.
- `main`, `init`, and what runs once in the life of the process.
- The channel is returned, stored or passed on: then somebody else decides how long it is needed.
- Test files.

It is a note where the function may well run once: a goroutine's, or one that nothing in its package
calls.

## Go versions
Before 1.23 only: later the garbage collector takes a ticker that nothing refers to.

## Fix
Unsafe: makes a ticker and defers its `Stop` where the channel is declared as `tick := time.Tick(d)`
and only received from.

## Source
Documentation of `time.Tick`; Go 1.23 release notes, "Timer changes".
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Fix, Severity
from golint_concurrency.edits import free_name
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import loops
from golint_concurrency.semantics.cfg_graph import Edge
from golint_concurrency.semantics.cfg_queries import reaches_exit
from golint_concurrency.semantics.endless import lives_with_process
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.unclosed import is_called_again
from golint_concurrency.syntax import ast

SMALL = 10


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    parent = call.parent
    function = ast.enclosing_function(call)
    if function is None or parent is None:
        return
    local: Local | None = None
    if isinstance(parent, ast.Assign):
        target = parent.lhs[0]
        if parent.op != ":=" or len(parent.lhs) != 1 or not isinstance(target, ast.Ident):
            return
        local = target.obj if isinstance(target.obj, Local) else None
        if local is None or not all(u is target or _received(u, function) for u in local.uses):
            return
    elif not _received(call, function):
        return
    around = ast.enclosing_loops(call)
    if any(_few(view, loop) for loop in around):
        return
    if around:
        message = (
            "every turn of this loop starts a ticker that nobody can stop, so tickers pile up "
            "and each goes on ticking; make one with time.NewTicker before the loop and stop it"
        )
        yield Finding(call, message, (view.related(around[0], "the loop around it"),))
        return
    graph = graph_of(function.info)
    if graph is None or graph.broken or lives_with_process(view.scope, call):
        return
    start = _statement(call)
    ranged = parent if isinstance(parent, ast.Range) else None
    over = {u.parent for u in local.uses if isinstance(u.parent, ast.Range)} if local else {ranged}
    heads = {loop.head for loop in (graph.loop_of(r) for r in over if r is not None) if loop}

    def possible(edge: Edge) -> bool:
        # The channel is never closed.
        return not (edge.kind == "range" and edge.when is False and edge.src in heads)

    path = reaches_exit(graph, start, follow=possible)
    if path is None and not (heads and _goroutine(function)):
        return
    message = (
        "this ticker goes on when the function has returned, for nobody can stop it, so each "
        "call leaves one more in the runtime's heap"
    )
    if path is None:
        message = "this goroutine and its ticker never end, so each call that starts one leaves both behind"
    fix = _fix(view, local) if path is not None else None
    again = is_called_again(view.scope, call)
    yield Finding(
        call,
        message + "; use time.NewTicker with defer Stop, and a way out of the loop",
        flow=view.path_steps(path, view.step(call, "the ticker starts here")) if path else (),
        fixes=(fix,) if fix is not None else (),
        severity=Severity.WARNING if again else Severity.NOTE,
    )


def _few(view: View, loop: ast.For | ast.Range) -> bool:
    turns = loops.bound(view.scope, loop)
    return turns is not None and turns <= SMALL


def _received(expr: ast.Expr, function: ast.Func) -> bool:
    """True if `expr`, a channel, is received from or ranged over in the function itself."""
    over = expr.parent
    if ast.enclosing_function(expr) is not function:
        return False
    return (isinstance(over, ast.Unary) and over.op == "<-") or (
        isinstance(over, ast.Range) and over.x is expr
    )


def _goroutine(function: ast.Func) -> bool:
    call = function.parent
    return isinstance(function, ast.FuncLit) and (
        isinstance(call, ast.Call) and call.fun is function and isinstance(call.parent, ast.Go)
    )


def _statement(call: ast.Call) -> ast.Node:
    """The node of the graph that evaluates `call`: a statement, or the operand of a range."""
    up: ast.Node = call
    while up.parent is not None and not isinstance(up, ast.Stmt):
        if isinstance(up.parent, ast.Range):
            return up
        up = up.parent
    if isinstance(up.parent, ast.CommClause) and up.parent.parent is not None:
        return up.parent.parent
    return up


def _fix(view: View, local: Local | None) -> Fix | None:
    if local is None or not isinstance(local.node, ast.Assign):
        return None
    made = local.node
    if not isinstance(made.parent, ast.Block) or not isinstance(made.rhs[0], ast.Call):
        return None
    ticker = free_name(view, "ticker")
    edits = [
        view.replace(made.lhs[0], ticker),
        view.replace(made.rhs[0].fun, f"{view.import_name('time')[0]}.NewTicker"),
        view.insert_below(made, f"\n{view.indent(made)}defer {ticker}.Stop()"),
    ]
    edits += [view.replace(use, f"{ticker}.C") for use in local.uses if use is not local.ident]
    return Fix("make a ticker and stop it", tuple(edits), safe=False)


RULE = Rule(
    id="GLC403",
    name="time-tick-leak",
    summary="time.Tick where its ticker outlives the function",
    severity=Severity.WARNING,
    load=True,
    check=check,
    calls=("time.Tick",),
    needs=(b'"time"',),
    until=(1, 23),
    source="P",
    tests=False,
    fix="unsafe",
    tags=("timers",),
)
