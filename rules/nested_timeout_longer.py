"""## What it finds
`context.WithTimeout` with a constant longer than the constant timeout of the context that it is
derived from.

## What happens under load
The shorter one wins, always: the call that was given ten seconds is cut off after two. Somebody
who reads the inner line while an incident runs, 300 requests failing a second, looks for the cause
on the wrong side.

## Example
```go
ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
defer cancel()
dbCtx, stop := context.WithTimeout(ctx, 10*time.Second) // ends after two
```

## Use instead
A shorter timeout inside, or derive both from the outer context.

## When it stays silent
- One of the two lengths is not constant, or the outer context is assigned more than once.

## Go versions
All.

## Source
Article chapter 5 (timeouts that do not nest); package documentation of `context`, `WithDeadline`.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.callgraph import is_assigned
from golint_concurrency.semantics.durations import length
from golint_concurrency.semantics.objects import Local
from golint_concurrency.syntax import ast

TIMEOUTS = ("context.WithTimeout", "context.WithTimeoutCause")


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    if len(call.args) < 2:
        return
    outer = _timeout_of(view, ast.unparen(call.args[0]))
    inner_length = length(view.scope, call.args[1])
    if outer is None or inner_length is None or outer is call:
        return
    outer_length = length(view.scope, outer.args[1])
    if outer_length is not None and outer_length < inner_length:
        yield Finding(
            call,
            f"this timeout ({view.text(call.args[1])}) never counts: its parent ends after "
            f"{view.text(outer.args[1])}; make it shorter, or derive it from the outer context",
            (view.related(outer, "the shorter timeout of its parent"),),
        )


def _timeout_of(view: View, parent: ast.Expr) -> ast.Call | None:
    """The WithTimeout that alone gives `parent` its value."""
    obj = view.scope.resolve(parent) if isinstance(parent, ast.Ident) else None
    if not isinstance(obj, Local):
        return None
    assigned = [use for use in obj.uses if is_assigned(use)]
    node: ast.Node | None = obj.node
    if obj.role == "param" and len(assigned) == 1:
        # `ctx, cancel := context.WithTimeout(ctx, ...)` gives the parameter a new value.
        node = assigned[0].parent
        if not isinstance(node, ast.Assign) or node.lhs[0] is not assigned[0]:
            return None
        if not _precedes(node, parent):
            return None
    elif assigned or obj.index != 0:
        return None
    if not isinstance(node, ast.Assign) or len(node.rhs) != 1:
        return None
    made = ast.unparen(node.rhs[0])
    if not isinstance(made, ast.Call) or len(made.args) < 2 or view.name_of(made) not in TIMEOUTS:
        return None
    return made


def _precedes(assign: ast.Assign, place: ast.Node) -> bool:
    """True if `assign` has run whenever `place` is reached: a statement before it in its block."""
    block = assign.parent
    return isinstance(block, ast.Block) and assign.end <= place.start < block.end


RULE = Rule(
    id="GLC308",
    name="nested-timeout-longer",
    summary="timeout longer than that of the context around it",
    severity=Severity.NOTE,
    check=check,
    calls=TIMEOUTS,
    needs=(b'"context"',),
    source="S5",
    tests=False,
    tags=("context",),
)
