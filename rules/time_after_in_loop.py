"""## What it finds
`time.After` that is evaluated again on every turn of a loop: in a `select`, in a receive, or in a
helper that a loop calls.

## What happens under load
Each turn makes a timer and a channel. Before Go 1.23 the runtime keeps both until the timer
fires, even if another case of the `select` was faster. A consumer that handles 20,000 messages a
second with a one-minute timeout holds 1.2 million timers (over 200 MB), and every insertion into
the timer heap gets slower. From Go 1.23 on an unreferenced timer is collected, and what is left
is two allocations a turn.

## Example
```go
for {
        select {
        case msg := <-queue:
                handle(msg)
        case <-time.After(time.Minute):
                return
        }
}
```

## Use instead
```go
timer := time.NewTimer(time.Minute)
defer timer.Stop()
for {
        timer.Reset(time.Minute)
        select {
        case msg := <-queue:
                handle(msg)
        case <-timer.C:
                return
        }
}
```
Before Go 1.23, stop and drain the timer before `Reset`; the fix writes that where `go.mod` asks
for it.

## When it stays silent
- The loop makes at most ten turns, by a constant.
- The timer channel is kept in a variable outside the loop.

- No turn can end before its timer has fired: a plain `<-time.After(d)`, or a `select` whose other
  cases all leave the loop. Then one timer exists at a time, made once in a period.
- The timer is made where none runs, as in `if timeout == nil { timeout = time.After(d) }`.
- Test files.

## Go versions
Before 1.23 a warning about the pile of timers, a note if they last 100 ms at most; from 1.23 a note about allocations, and only where
the loop's own body makes the timer: one turn in many, or one call of a helper, costs nothing.

## Fix
Unsafe: makes one timer before the loop and resets it on every turn. Offered where the duration
can be computed before the loop.

## Source
Article chapters 1 and 4.3 (timers under high concurrency); Go 1.23 release notes, "Timer changes".
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Fix, Related, Severity
from golint_concurrency.edits import free_name
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import loops
from golint_concurrency.semantics.callgraph import each_caller_of
from golint_concurrency.semantics.cfg_graph import Edge, Graph, evaluated
from golint_concurrency.semantics.cfg_queries import may_reach, reaches_exit
from golint_concurrency.semantics.durations import SECOND, length
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

SMALL = 10


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    waits = _waits(call)
    function = view.function_of(call)
    graph = graph_of(function) if function is not None else None
    if function is None or graph is None or waits is None:
        return
    start = waits.clause.parent if waits.clause is not None else call.parent
    assert start is not None
    around = _open_loops(view, call)
    collected = view.go >= (1, 23)
    if collected and not (around and _every_turn(start, around[0])):
        return
    if around:
        if not _turns_before_firing(graph, start, waits):
            return
        related = view.related(around[0], "the loop that makes a timer on every turn")
    else:
        caller = _caller_loop(view, call, function)
        if caller is None or not _returns_before_firing(graph, start, waits):
            return
        related = caller
    if collected:
        message = (
            "time.After in a loop allocates a timer and a channel on every turn; "
            "make one timer before the loop and Reset it"
        )
        severity = Severity.NOTE
    else:
        message = (
            "every turn of this loop leaves a timer behind until it fires, "
            "so timers pile up while the other cases are busy; "
            "make one timer with time.NewTimer before the loop and Reset it on every turn"
        )
        severity = Severity.NOTE if _is_short(view, call) else Severity.WARNING
    fix = _fix(view, call, around) if around else None
    yield Finding(call, message, (related,), severity=severity, fixes=(fix,) if fix else ())


def _is_short(view: View, call: ast.Call) -> bool:
    """True for a timer that is gone before many can pile up."""
    wait = length(view.scope, call.args[0]) if len(call.args) == 1 else None
    return wait is not None and wait <= SECOND // 10


def _every_turn(statement: ast.Node, loop: ast.For | ast.Range) -> bool:
    """True if `statement` stands in the loop's body itself, not in a branch for special turns."""
    if isinstance(statement.parent, ast.Labeled):
        statement = statement.parent
    return statement.parent is loop.body


def _open_loops(view: View, call: ast.Call) -> list[ast.For | ast.Range]:
    around = ast.enclosing_loops(call)
    for loop in around:
        turns = loops.bound(view.scope, loop)
        if turns is None or turns > SMALL:
            return around
    return []


def _caller_loop(view: View, call: ast.Call, function: FunctionInfo) -> Related | None:
    """The loop in the same file that calls the function around `call` on every turn."""
    if not isinstance(function.node, ast.FuncDecl):
        return None
    decl, package = view.decl, view.package
    member = (
        package.method(decl.receiver, decl.name) if decl.receiver else package.member(decl.name)
    )
    if member is None:
        return None
    for scope, _, site in each_caller_of(member):
        if scope.file is not view.scope.file or isinstance(site.parent, ast.Go):
            continue
        for loop in ast.enclosing_loops(site):
            turns = loops.bound(scope, loop)
            if turns is None or turns > SMALL:
                return view.related(site, "called here on every turn of a loop")
    return None


class _Waits:
    """Where a timer's channel is received from: a clause of a select, or a variable."""

    def __init__(self, clause: ast.CommClause | None, local: Local | None) -> None:
        self.clause = clause
        self.local = local

    def fires(self, edge: Edge) -> bool:
        """True if `edge` is taken because the timer has fired, or for the last time (`Done()`)."""
        clause = edge.clause
        if not isinstance(clause, ast.CommClause):
            return False
        comm = clause.comm
        return clause is self.clause or (comm is not None and (self.receives(comm) or _ends(comm)))

    def receives(self, node: ast.Node) -> bool:
        """True if `node` waits for the timer in the variable."""
        return self.local is not None and any(
            isinstance(part, ast.Unary)
            and part.op == "<-"
            and isinstance(part.x, ast.Ident)
            and part.x.obj is self.local
            for part in evaluated(node)
        )


def _ends(comm: ast.Stmt) -> bool:
    """True for `<-ctx.Done()`: what loops after that does not loop for long."""
    receive = ast.unparen(comm.x) if isinstance(comm, ast.ExprStmt) else None
    channel = receive.x if isinstance(receive, ast.Unary) else None
    return (
        isinstance(channel, ast.Call)
        and isinstance(channel.fun, ast.Selector)
        and channel.fun.sel.name == "Done"
    )


def _waits(call: ast.Call) -> _Waits | None:
    """None where the turn waits for the timer in any case, or where that cannot be told."""
    parent = call.parent
    if isinstance(parent, ast.Unary) and parent.op == "<-":
        up: ast.Node | None = parent
        while isinstance(up, ast.Expr | ast.ExprStmt | ast.Assign):
            up = up.parent
        return _Waits(up, None) if isinstance(up, ast.CommClause) else None
    if isinstance(parent, ast.Assign) and len(parent.lhs) == 1:
        target = parent.lhs[0]
        if isinstance(target, ast.Ident) and isinstance(target.obj, Local):
            return None if _tested(target.obj, call) else _Waits(None, target.obj)
    return None


def _tested(timer: Local, call: ast.Call) -> bool:
    """True if `call` is made only where the variable allows it: `if timer == nil { ... }`."""
    up: ast.Node | None = call
    while up is not None and not isinstance(up, ast.FuncDecl | ast.FuncLit):
        if isinstance(up, ast.If):
            for node in ast.walk(up.cond):
                if isinstance(node, ast.Ident) and node.obj is timer:
                    return True
        up = up.parent
    return False


def _turns_before_firing(graph: Graph, start: ast.Node, waits: _Waits) -> bool:
    """True if the loop can come back to `start` while the timer made there still runs."""
    return (
        may_reach(
            graph,
            start,
            lambda node: node is start,
            blocked_by=waits.receives,
            follow=lambda edge: not waits.fires(edge),
        )
        is not None
    )


def _returns_before_firing(graph: Graph, start: ast.Node, waits: _Waits) -> bool:
    """True if the function can return while the timer made at `start` still runs."""
    return reaches_exit(graph, start, follow=lambda edge: not waits.fires(edge)) is not None


def _fix(view: View, call: ast.Call, around: list[ast.For | ast.Range]) -> Fix | None:
    loop = around[-1]
    anchor: ast.Node = loop.parent if isinstance(loop.parent, ast.Labeled) else loop
    statement = _turn_statement(call)
    if statement is None or len(call.args) != 1 or not isinstance(anchor.parent, ast.Block):
        return None
    for node in ast.walk(call.args[0]):
        if isinstance(node, ast.Call | ast.FuncLit):
            return None
        if isinstance(node, ast.Ident):
            obj = view.scope.resolve(node)
            if isinstance(obj, Local) and obj.ident.start >= anchor.start:
                return None
    timer = free_name(view, "timer")
    package, imports = view.import_name("time")
    duration = view.text(call.args[0])
    # gofmt sets a label one tab to the left of the statements around it.
    outer, inner = view.indent(anchor), view.indent(statement)
    label = inner
    if isinstance(statement, ast.Labeled):
        inner = view.indent(statement.stmt)
    body = view.indent(loop)
    reset = f"{timer}.Reset({duration})\n{label}"
    if view.go < (1, 23):
        reset = (
            f"if !{timer}.Stop() {{\n{inner}\tselect {{\n{inner}\tcase <-{timer}.C:\n"
            f"{inner}\tdefault:\n{inner}\t}}\n{inner}}}\n{inner}{reset}"
        )
    return Fix(
        "make one timer before the loop and reset it on every turn",
        (
            *imports,
            view.insert(
                anchor.start,
                f"{body.removeprefix(outer)}{timer} := {package}.NewTimer({duration})\n"
                f"{body}defer {timer}.Stop()\n{outer}",
            ),
            view.insert(statement.start, inner.removeprefix(label) + reset),
            view.replace(call, f"{timer}.C"),
        ),
        safe=False,
    )


def _turn_statement(call: ast.Call) -> ast.Stmt | None:
    """The statement in a block that holds `call`: the select, or the receive itself."""
    up: ast.Node | None = call
    while up is not None:
        if isinstance(up, ast.Stmt) and isinstance(up.parent, ast.Block):
            return up
        if isinstance(up, ast.FuncLit | ast.FuncDecl):
            return None
        up = up.parent
    return None


RULE = Rule(
    id="GLC401",
    name="time-after-in-loop",
    summary="time.After on every turn of a loop piles up timers",
    severity=Severity.WARNING,
    load=True,
    check=check,
    calls=("time.After",),
    needs=(b'"time"',),
    source="S1, S4.3",
    tests=False,
    fix="unsafe",
    tags=("timers",),
)
