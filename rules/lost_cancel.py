"""## What it finds
A cancel function (`context.WithCancel`, `WithTimeout`, `WithDeadline`, their Cause forms, the stop
of `signal.NotifyContext`) that is thrown away with `_`, or that a path to a return never uses.

## What happens under load
The parent keeps the derived context, and its timer, until the parent ends or the time is up. With
a ten minute timeout and 500 requests a second, 300,000 contexts and timers are held at once.

## Example
```go
ctx, _ := context.WithTimeout(parent, 10*time.Minute)
return fetch(ctx)
```

## Use instead
```go
ctx, cancel := context.WithTimeout(parent, 10*time.Minute)
defer cancel()
return fetch(ctx)
```

## When it stays silent
- Every path calls, defers, returns, stores or passes on the cancel function, or makes a closure
  that mentions it.
- The variable is a named result or belongs to a function around this one.
- `main.main`, which ends with the process, and functions that could not be read in full.

## Go versions
All.

## Source
Article chapter 3.3; go vet's lostcancel.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import cfg
from golint_concurrency.semantics.cfg_queries import may_reach, must_pass
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.objects import Local
from golint_concurrency.syntax import ast

_ADVICE = "write defer cancel() right after it"


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    statement = call.parent
    info = view.function_of(call)
    if info is None or not isinstance(statement, ast.Assign) or len(statement.lhs) != 2:
        return
    if view.in_main and view.decl.name == "main" and not view.decl.receiver:
        return
    target = statement.lhs[1]
    if not isinstance(target, ast.Ident):
        return
    if target.name == "_":
        yield Finding(
            call,
            "the cancel function is thrown away, so the context and its timer stay with the "
            f"parent and pile up with every call; keep it and {_ADVICE}",
        )
        return
    local, graph = target.obj, graph_of(info)
    if not isinstance(local, Local) or local.owner is not info.node or local.role == "result":
        return
    if graph is None or graph.broken:
        return
    # `&cancel` or a closure made earlier can use it at any time.
    for use in local.uses:
        early = use.start < call.start and ast.enclosing_function(use) is not info.node
        if early or isinstance(use.parent, ast.Unary):
            return

    def written(node: ast.Node) -> bool:
        return isinstance(node, ast.Assign) and any(
            isinstance(left, ast.Ident) and left.obj is local for left in node.lhs
        )

    def used(node: ast.Node) -> bool:
        return any(
            node.start <= use.start < node.end
            and not (isinstance(use.parent, ast.Assign) and use in use.parent.lhs)
            and any(part.start <= use.start < part.end for part in cfg.evaluated(node))
            for use in local.uses
        )

    path = must_pass(graph, statement, lambda node: used(node) or written(node))
    where = path.exit.node if path is not None and path.exit is not None else None
    word = "returns here without it"
    if path is None:
        path = may_reach(graph, statement, written, blocked_by=used)
        where, word = (path.goal if path is not None else None), "overwritten here"
    if path is None:
        return
    yield Finding(
        call,
        f"a path never calls {local.name}, so the context and its timer stay with the parent "
        f"and pile up; {_ADVICE.replace('cancel', local.name)}",
        (view.related(where, word),) if where is not None else (),
        flow=view.path_steps(path, view.step(call, "the context is made here")),
    )


RULE = Rule(
    id="GLC301",
    name="lost-cancel",
    summary="cancel function of a context that is not called on every path",
    severity=Severity.ERROR,
    check=check,
    calls=(
        "context.WithCancel",
        "context.WithCancelCause",
        "context.WithTimeout",
        "context.WithTimeoutCause",
        "context.WithDeadline",
        "context.WithDeadlineCause",
        "os/signal.NotifyContext",
    ),
    source="S3.3",
    tags=("context",),
)
