"""## What it finds
A channel operation that waits for somebody out of sight, in a function that has a context, without
a look at that context: a send, a receive or a `range` outside `select`, or a `select` with no case
that ends it.

## What happens under load
The caller cancels, or its deadline passes, and the function stays where it is. A queue whose
consumer stalls for a minute holds every request that tries to put something in: at 300 requests a
second 18,000 goroutines, though each of them was given up by its client long ago.

## Example
```go
func (q *Queue) Put(ctx context.Context, job Job) error {
        q.jobs <- job
        return nil
}
```

## Use instead
```go
        select {
        case q.jobs <- job:
                return nil
        case <-ctx.Done():
                return ctx.Err()
        }
```

## When it stays silent
- The channel is made in the same function: both sides are in sight there, and GLC201, GLC203, GLC209
  and GLC210 look at them.
- The `select` has a `default`, a case on `Done()`, on a timer, or on a channel of `struct{}`.
- The receive is from a timer, from `Done()`, or from a channel of `struct{}`, which tells of an end
  itself.
- No context is a parameter of the function or of one around it.
- Test files.

It is off unless selected: many such channels have a reader that never stalls, which no linter sees.

## Go versions
All.

## Source
Article chapter 3.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.blocking import is_chan_of_time
from golint_concurrency.semantics.callgraph import initial_value
from golint_concurrency.semantics.channels import comm_clause, made_capacity
from golint_concurrency.semantics.denote import core
from golint_concurrency.semantics.infer import local_type
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.types import Chan, Struct, is_named
from golint_concurrency.syntax import ast


def check(view: View, node: ast.Send | ast.Unary | ast.Range | ast.Select) -> Iterator[Finding]:
    if isinstance(node, ast.Select):
        waits = _select(view, node)
        place: ast.Node | None = node.clauses[0].comm if waits else None
    else:
        waits = _operation(view, node)
        place = node.x if isinstance(node, ast.Range) else node
    if not waits or place is None:
        return
    context = _context(view, node)
    if context is None:
        return
    if isinstance(node, ast.Range):
        advice = f"receive in a select with a case <-{context.name}.Done()"
    elif isinstance(node, ast.Select):
        advice = f"add a case <-{context.name}.Done()"
    else:
        advice = f"put it in a select with a case <-{context.name}.Done()"
    yield Finding(
        place,
        f"this waits for the other side of a channel even when {context.name} has ended, so "
        f"callers that gave up pile up behind a slow peer; {advice}",
        (view.related(context.ident, "the context that could end the wait"),),
    )


def _operation(view: View, node: ast.Send | ast.Unary | ast.Range) -> bool:
    """True if the operation waits on a channel whose other side is out of sight."""
    if isinstance(node, ast.Unary):
        if node.op != "<-" or _is_plain_end(view, node.x):
            return False
    elif isinstance(node, ast.Range):
        return isinstance(core(view.type_of(node.x)), Chan) and _is_foreign(view, node.x)
    if comm_clause(node) is not None:
        return False
    return _is_foreign(view, node.chan if isinstance(node, ast.Send) else node.x)


def _select(view: View, select: ast.Select) -> bool:
    if not select.clauses or select.has_default:
        return False
    for clause in select.clauses:
        comm = clause.comm
        if isinstance(comm, ast.Send):
            if not _is_foreign(view, comm.chan):
                return False
            continue
        expr = comm.x if isinstance(comm, ast.ExprStmt) else None
        if isinstance(comm, ast.Assign) and len(comm.rhs) == 1:
            expr = comm.rhs[0]
        expr = ast.unparen(expr) if expr is not None else None
        if not isinstance(expr, ast.Unary) or _is_plain_end(view, expr.x):
            return False
        if not _is_foreign(view, expr.x):
            return False
    return True


def _is_plain_end(view: View, channel: ast.Expr) -> bool:
    """True for a channel that tells of an end: `Done()`, a timer's, one of `struct{}`."""
    channel = ast.unparen(channel)
    if isinstance(channel, ast.Call):
        fun = ast.unparen(channel.fun)
        if isinstance(fun, ast.Selector) and fun.sel.name == "Done":
            return True
    if is_chan_of_time(view.scope, channel):
        return True
    shape = core(view.type_of(channel))
    if not isinstance(shape, Chan):
        return True  # nothing is known of it
    elem = core(shape.elem)
    return isinstance(elem, Struct) and not elem.members


def _is_foreign(view: View, channel: ast.Expr) -> bool:
    """True if the channel comes from elsewhere: a parameter, a field, a package's variable."""
    channel = ast.unparen(channel)
    if not isinstance(core(view.type_of(channel)), Chan):
        return False
    if isinstance(channel, ast.Selector):
        return True
    if not isinstance(channel, ast.Ident):
        return False
    obj = view.scope.resolve(channel)
    if not isinstance(obj, Local):
        return obj is not None
    if obj.role != "param":
        made = initial_value(obj)
        return isinstance(made, ast.Selector) or (
            isinstance(made, ast.Call)
            and made_capacity(view.scope, made) is False
            and not isinstance(made.fun, ast.FuncLit)
        )
    # A parameter of a closure mostly gets what its function has made.
    return isinstance(obj.owner, ast.FuncDecl)


def _context(view: View, node: ast.Node) -> Local | None:
    """The nearest parameter that is a context."""
    function = ast.enclosing_function(node)
    while function is not None:
        for param in function.info.params:
            if param is not None and param.name != "_":
                if isinstance(param, Local) and is_named(
                    local_type(view.scope, param), "context.Context"
                ):
                    return param
        function = ast.enclosing_function(function)
    return None


RULE = Rule(
    id="GLC205",
    name="blocking-without-cancel",
    summary="channel operation that ignores the context in scope",
    severity=Severity.NOTE,
    check=check,
    on=(ast.Send, ast.Unary, ast.Range, ast.Select),
    triggers=(b"<-", b"range "),
    needs=(b'"context"',),
    enabled=False,
    source="S3.1",
    tests=False,
    tags=("channels", "context"),
)
