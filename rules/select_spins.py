"""## What it finds
A loop around a `select` whose `default` can run turn after turn without anything that waits,
works or leaves.

## What happens under load
`default` makes the `select` return at once, so the loop keeps a whole core busy while nothing
happens. Fifty such goroutines on an eight-core machine take all of it from the goroutines that
would feed their channels, requests slow down by the time slices that the spinners burn, and a
container with a CPU limit is throttled.

## Example
```go
for {
        select {
        case job := <-jobs:
                run(job)
        default:
        }
}
```

## Use instead
```go
for {
        select {
        case job := <-jobs:
                run(job)
        case <-ctx.Done():
                return
        }
}
```
Without `default` the goroutine sleeps until one of its channels is ready. If something has to
be polled, wait for a ticker in a case of its own.

## When it stays silent
- On every way back to the `select` something waits (a sleep, a receive, I/O), does work, changes
  a variable from outside the loop, or calls a function that may do so.
- A `select` without `default` follows in the same block: the loop waits there, but for rare turns.
- The loop counts, or ranges over something.
- `default` leaves the loop.
- `default` makes room for the send (or fetches for the receive) that the `select` tries: the
  idiom that replaces the oldest value of a buffer.
- Test files.

Reading the clock, an atomic value or the state of a context, taking a lock to look at something,
`runtime.Gosched` and printing do not count as work.

- The loop asks how many values wait in a channel of the select: it ends when there are none.

## Go versions
All.

## Source
Article chapter 3.1 (select and default).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Severity, Span
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.cfg_graph import Edge, evaluated
from golint_concurrency.semantics.cfg_queries import may_reach, witness_lines
from golint_concurrency.semantics.denote import is_type
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.infer import callee_of
from golint_concurrency.semantics.objects import Local
from golint_concurrency.syntax import ast

_IDLE = re.compile(
    r"runtime\.(Gosched|NumGoroutine)\Z"
    r"|time\.(Now|Since|Until|Time\.(Before|After|Sub|Add|IsZero))\Z"
    r"|sync/atomic\.(\w+\.)?Load\w*\Z"
    r"|context\.Context\.(Err|Done|Deadline)\Z"
    r"|sync\.((RW)?Mutex\.R?(Lock|Unlock)|Locker\.(Lock|Unlock))\Z"
    r"|builtin\.(len|cap|min|max|print|println)\Z"
    r"|(fmt|log)\.Print\w*\Z"
)
"""Calls after which the world is as before."""


def check(view: View, select: ast.Select) -> Iterator[Finding]:
    default = next((clause for clause in select.clauses if clause.comm is None), None)
    if default is None or len(select.clauses) < 2:
        return
    loops = ast.enclosing_loops(select)
    if not loops or not isinstance(loops[0], ast.For) or loops[0].post is not None:
        return
    function = view.function_of(select)
    graph = graph_of(function) if function is not None else None
    if graph is None or graph.broken:
        return
    place = graph.position(select)
    if place is None:
        return

    def follow(edge: Edge) -> bool:
        return edge.src is not place.block or edge.clause is default

    loop = loops[0]
    around = _default_around(select)
    if _makes_room(view, select, default) or (around and _makes_room(view, *around)):
        return
    if _waits_after(select) or _asks_for_length(view, select, loop):
        return
    path = may_reach(
        graph,
        select,
        lambda node: node is select,
        blocked_by=lambda node: _does_something(view, node, loop),
        follow=follow,
    )
    if path is None:
        return
    lines = witness_lines(path)
    steps = tuple(view.step(line.node, line.text) for line in lines if line.node is not None)
    head = default.start + len("default:")
    yield Finding(
        default,
        "while no channel is ready this default runs over and over and keeps a core busy for "
        "nothing; leave default out, so that the select sleeps until a channel is ready, or wait "
        "for a ticker in a case of its own",
        (view.related(_head(loop), "the loop that comes back at once"),),
        flow=steps if len(steps) > 1 else (),
        span=Span(view.path, default.start, head),
    )


def _makes_room(view: View, select: ast.Select, default: ast.CommClause) -> bool:
    """True if the default's own select takes the other side of a channel of the outer one."""
    mine = {_communication(view, clause) for clause in select.clauses}
    for node in ast.walk_function(default.body):
        if isinstance(node, ast.Select):
            for clause in node.clauses:
                kind, channel = _communication(view, clause)
                if channel and ("send" if kind == "receive" else "receive", channel) in mine:
                    return True
    return False


def _waits_after(select: ast.Select) -> bool:
    """True if the way on from the select, in its own block, ends in a wait: a way around that is
    an exception, for something that another goroutine changes."""
    block = select.parent
    if not isinstance(block, ast.Block):
        return False
    return any(
        isinstance(later, ast.Select) and later.clauses and not later.has_default
        for later in block.stmts
        if later.start > select.end
    )


def _asks_for_length(view: View, select: ast.Select, loop: ast.For) -> bool:
    """True if the loop ends when a channel of the select is empty: `if len(c) == 0 { break }`."""
    channels = {_communication(view, clause)[1] for clause in select.clauses} - {""}
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.fun, ast.Ident)
        and node.fun.name == "len"
        and len(node.args) == 1
        and view.text(node.args[0]) in channels
        for node in ast.walk_function(loop)
    )


def _default_around(select: ast.Select) -> tuple[ast.Select, ast.CommClause] | None:
    """The select in whose default this one stands directly, and that default."""
    block = select.parent
    clause = block.parent if block is not None else None
    if isinstance(clause, ast.CommClause) and clause.comm is None:
        outer = clause.parent
        if isinstance(outer, ast.Select):
            return outer, clause
    return None


def _communication(view: View, clause: ast.CommClause) -> tuple[str, str]:
    comm = clause.comm
    if isinstance(comm, ast.Send):
        return "send", view.text(comm.chan)
    expr: ast.Expr | None = None
    if isinstance(comm, ast.ExprStmt):
        expr = ast.unparen(comm.x)
    elif isinstance(comm, ast.Assign) and len(comm.rhs) == 1:
        expr = ast.unparen(comm.rhs[0])
    return "receive", view.text(expr.x) if isinstance(expr, ast.Unary) else ""


def _head(loop: ast.For) -> ast.Node:
    return loop.cond if loop.cond is not None else loop


def _does_something(view: View, node: ast.Node, loop: ast.For) -> bool:
    """True unless the node only looks at things, so that the next turn finds them as they are."""
    if isinstance(node, ast.Select):
        return not node.has_default
    if isinstance(
        node, ast.Range | ast.Go | ast.Defer | ast.IncDec | ast.Send | ast.BadStmt | ast.TypeSwitch
    ):
        return True
    if isinstance(node, ast.Assign) and not _only_local(node, loop):
        return True
    for part in evaluated(node):
        if isinstance(part, ast.Unary) and part.op == "<-":
            return True
        if isinstance(part, ast.Call) and not is_type(view.scope, part.fun):
            callee = callee_of(view.scope, part.fun)
            if callee is None or not _IDLE.match(callee.name or ""):
                return True
    return False


def _only_local(node: ast.Assign, loop: ast.For) -> bool:
    """True if it sets only variables that the loop makes anew on each turn."""
    for target in node.lhs:
        if not isinstance(target, ast.Ident):
            return False
        if target.name == "_":
            continue
        if not isinstance(target.obj, Local) or not (
            loop.body.start <= target.obj.ident.start < loop.body.end
        ):
            return False
    return True


RULE = Rule(
    id="GLC204",
    name="select-spins",
    summary="a select with an idle default spins in its loop",
    severity=Severity.WARNING,
    load=True,
    check=check,
    on=(ast.Select,),
    needs=(b"default:",),
    source="S3.1",
    tests=False,
    tags=("channels", "cpu"),
)
