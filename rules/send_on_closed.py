"""## What it finds
A send on a channel, or a second `close` of it, that the same function reaches after closing it. And
a goroutine that sends to a function which defers the `close`, and can return before it has received.

## What happens under load
Both panic. A path that only errors take is closed twice with the first wave of timeouts: one
request in a thousand then takes down the process, and the other 999 in flight go with it.

## Example
```go
func (t *transfer) receive(err error) {
        if err != nil {
                close(t.chunks)
        }
        close(t.chunks)
}
```

## Use instead
```go
func (t *transfer) receive() {
        defer close(t.chunks)
}
```
Close a channel in one place, after its last send.

## When it stays silent
- The channel is assigned between the two, or (for a field or package variable) something is
  called between them.
- The first close stands in a loop.
- The second operation depends on a condition that the first does not share, or is a select case.
- The channel comes from an index expression or a call, or a closure assigns its variable.

- The goroutine that sends is waited for, or its send stands in a `select`.

## Go versions
All.

## Source
Public studies of concurrency bugs in Go (ASPLOS 2019, section 6.1.2).
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency import channel_report as report
from golint_concurrency.diagnostic import Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.callgraph import initial_value, is_assigned
from golint_concurrency.semantics.cfg_graph import evaluated
from golint_concurrency.semantics.cfg_queries import always_before, may_reach, reaches_exit
from golint_concurrency.semantics.channel_paths import closed_early
from golint_concurrency.semantics.channels import channel_of
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.objects import Local, Predeclared
from golint_concurrency.syntax import ast


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    if isinstance(call.parent, ast.Defer):
        yield from _early(view, call)
    place = _closed(view, call)
    function = view.function_of(call)
    if place is None or function is None or ast.enclosing_loops(call):
        return
    body = function.node.body
    graph = graph_of(function)
    if body is None or graph is None or graph.broken:
        return
    root, path = place
    if isinstance(root, Local) and any(
        is_assigned(use) and ast.enclosing_function(use) is not function.node for use in root.uses
    ):
        return
    deferred = isinstance(call.parent, ast.Defer)
    start: ast.Node = call.parent if isinstance(call.parent, ast.Defer) else call
    for node in ast.walk_function(body):
        if node is call or _operated(view, node) != place or isinstance(node.parent, ast.Defer):
            continue
        if deferred and isinstance(node, ast.Send):
            continue
        if not always_before(graph, start, node) and not _direct(node, body):
            continue
        found = may_reach(
            graph,
            start,
            lambda at, node=node: any(part is node for part in _parts(at)),  # type: ignore[misc]
            blocked_by=lambda at: _changes(view, at, root, path),
        )
        if found is None or (deferred and reaches_exit(graph, node) is None):
            continue
        what = "this send" if isinstance(node, ast.Send) else "this second close"
        first = "a deferred call closes it too" if deferred else "it is closed by then"
        yield Finding(
            node,
            f"{what} panics, because {first}, and takes every request in flight down with it; "
            f"close {path} in one place, after its last send",
            (view.related(call, "closed here"),),
        )
        return


def _early(view: View, call: ast.Call) -> Iterator[Finding]:
    """The deferred close of a channel that a goroutine may still send on."""
    place = _closed(view, call)
    root = place[0] if place is not None else None
    made = initial_value(root) if isinstance(root, Local) else None
    channel = channel_of(view.scope, made) if isinstance(made, ast.Call) else None
    found = closed_early(channel) if channel is not None else None
    if found is None or channel is None or found[1].node is not call:
        return
    lost = found[0]
    node = report.place_of(view, lost.send)
    if node is None:
        return
    yield Finding(
        node,
        f"{channel.name} may be closed by now, because its receiver can return without receiving "
        "and then closes it: this send panics, and takes every request in flight down with it; "
        "leave the close to the goroutine that sends, and give the channel room for one value",
        (
            view.related(call, "closed here when the function returns"),
            *report.start_of(view, lost.send.thread),
            *report.lost_at(view, lost),
        ),
        report.steps_of(view, lost),
    )


def _parts(node: ast.Node) -> list[ast.Node]:
    return [node, *evaluated(node)]


def _direct(node: ast.Node, body: ast.Block) -> bool:
    up = node.parent
    return up is body or (isinstance(up, ast.ExprStmt) and up.parent is body)


def _changes(view: View, at: ast.Node, root: object, path: str) -> bool:
    """True if the place may hold another channel after `at`."""
    for part in _parts(at):
        if isinstance(part, ast.Assign) and any(
            path == text or path.startswith(text + ".") for text in map(_path, part.lhs)
        ):
            return True
        if isinstance(part, ast.Call) and ("." in path or not isinstance(root, Local)):
            if _closed(view, part) is None:
                return True
    return False


def _path(expr: ast.Expr) -> str:
    """`a.b.c` as it is written; a question mark if it is anything else."""
    names = []
    expr = ast.unparen(expr)
    while isinstance(expr, ast.Selector):
        names.append(expr.sel.name)
        expr = ast.unparen(expr.x)
    if not isinstance(expr, ast.Ident):
        return "?"
    return ".".join([expr.name, *reversed(names)])


def _place(view: View, expr: ast.Expr) -> tuple[object, str] | None:
    path = _path(expr)
    expr = ast.unparen(expr)
    while isinstance(expr, ast.Selector):
        expr = ast.unparen(expr.x)
    root = view.scope.resolve(expr) if isinstance(expr, ast.Ident) else None
    return (root, path) if root is not None and path != "?" else None


def _closed(view: View, call: ast.Call) -> tuple[object, str] | None:
    fun = ast.unparen(call.fun)
    if not (isinstance(fun, ast.Ident) and fun.name == "close" and len(call.args) == 1):
        return None
    if not isinstance(view.scope.resolve(fun), Predeclared):
        return None
    return _place(view, call.args[0])


def _operated(view: View, node: ast.Node) -> tuple[object, str] | None:
    if isinstance(node, ast.Send) and not isinstance(node.parent, ast.CommClause):
        return _place(view, node.chan)
    return _closed(view, node) if isinstance(node, ast.Call) else None


RULE = Rule(
    id="GLC206",
    name="send-on-closed",
    summary="a channel is sent to, or closed again, after it is closed",
    severity=Severity.ERROR,
    check=check,
    on=(ast.Call,),
    triggers=(b"close(",),
    source="A",
    tests=False,
    tags=("channels", "panics"),
)
