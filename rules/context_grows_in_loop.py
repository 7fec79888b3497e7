"""## What it finds
A loop that assigns to a context from outside of it a context derived from that same one:
`ctx = context.WithValue(ctx, ...)` on every turn.

## What happens under load
Each turn wraps the context of the turn before. A consumer that has handled a million messages
looks up a value through a chain a million links long, keeps every one of them in memory, and
registers with each parent that can be cancelled: the process slows down with its age and ends out
of memory.

## Example
```go
for msg := range messages {
        ctx = context.WithValue(ctx, keyID, msg.ID)
        handle(ctx, msg)
}
```

## Use instead
```go
for msg := range messages {
        ctx := context.WithValue(ctx, keyID, msg.ID)
        handle(ctx, msg)
}
```

## When it stays silent
- The context is used after the loop: it is meant to collect (one value per option).
- The loop makes at most ten turns, by a constant, or ends in the turn that assigns.
- The parent is another variable, a field, or `context.Background()`.

## Go versions
All.

## Fix
Safe: declares a new variable for the turn. Offered where nothing else is assigned with it.

## Source
Linter fatcontext; Go blog, "Contexts and structs".
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Fix, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import facts, loops
from golint_concurrency.semantics.contexts import is_context
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.objects import Local
from golint_concurrency.syntax import ast

SMALL = 10


def check(view: View, assign: ast.Assign) -> Iterator[Finding]:
    around = ast.enclosing_loops(assign) if assign.op == "=" and len(assign.rhs) == 1 else []
    target = assign.lhs[0]
    call = ast.unparen(assign.rhs[0])
    if not around or not isinstance(target, ast.Ident) or not isinstance(call, ast.Call):
        return
    local = view.scope.resolve(target)
    if not isinstance(local, Local) or not _derives(view, call, local):
        return
    grown = [loop for loop in around if not _inside(local.ident, loop)]
    if not grown or not is_context(view.type_of(target)) or not _turns(view, assign, grown):
        return
    if any(use.start >= grown[-1].end for use in local.uses):
        return
    fix = _fix(view, assign, local)
    yield Finding(
        assign,
        f"every turn of the loop wraps {local.name} once more, so it grows, holds all the turns "
        "before and gets slower for as long as the loop runs; declare a new variable for the turn",
        (
            view.related(local.ident, "declared outside of the loop"),
            view.related(grown[0], "the loop"),
        ),
        fixes=(fix,) if fix is not None else (),
    )


def _derives(view: View, call: ast.Call, local: Local) -> bool:
    """True for a call that derives a context from `local`."""
    parent = facts.parent_context(facts.of(view.name_of(call)), call.args)
    parent = ast.unparen(parent) if parent is not None else None
    return isinstance(parent, ast.Ident) and view.scope.resolve(parent) is local


def _inside(node: ast.Node, outer: ast.Node) -> bool:
    return outer.start <= node.start and node.end <= outer.end


def _turns(view: View, assign: ast.Assign, around: list[ast.For | ast.Range]) -> bool:
    """True if the assignment can run again and again."""
    info = view.function_of(assign)
    graph = graph_of(info) if info is not None else None
    place = graph.position(assign) if graph is not None else None
    if graph is None or place is None:
        return False
    turning = {loop.stmt for loop in graph.loops_of(place.block)}
    bounds = [loops.bound(view.scope, loop) for loop in around if loop in turning]
    return any(bound is None or bound > SMALL for bound in bounds)


def _fix(view: View, assign: ast.Assign, local: Local) -> Fix | None:
    block = assign.parent
    if len(assign.lhs) != 1 or not isinstance(block, ast.Block):
        return None
    # The new variable has to be used, and only where the turn can see it.
    if not any(assign.end <= use.start < block.end for use in local.uses):
        return None
    content = view.scope.file.content
    equals = content.find(b"=", assign.lhs[0].end)
    return Fix("declare a context for the turn", (view.insert(equals, ":"),))


RULE = Rule(
    id="GLC304",
    name="context-grows-in-loop",
    summary="context wrapped once more on every turn of a loop",
    severity=Severity.WARNING,
    load=True,
    check=check,
    on=(ast.Assign,),
    triggers=(b"WithValue(", b"WithCancel", b"WithTimeout", b"WithDeadline", b"OutgoingContext("),
    needs=(b"for",),
    source="P",
    fix="safe",
    tests=False,
    tags=("context",),
)
