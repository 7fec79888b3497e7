"""## What it finds
A goroutine, a deferred closure or a parallel subtest that uses the variable of the loop around
it, in a file that is read as Go before 1.22: all turns share that one variable.

## What happens under load
The goroutine runs when the scheduler finds a thread for it. An idle machine is quick enough that
most see their own turn's value; with all cores busy the loop is over first, and 500 goroutines
all mail the last of 500 customers. It is a data race besides, so a half-written value (a string
with the length of one and the bytes of another) is possible too.

## Example
```go
for _, l := range letters {
        go func() {
                send(l)
        }()
}
```

## Use instead
```go
for _, l := range letters {
        l := l
        go func() {
                send(l)
        }()
}
```
Or raise the `go` directive to 1.22 or later, where each turn has a variable of its own.

## When it stays silent
- From Go 1.22 on.
- The closure is passed the value, or the loop body has made a copy.
- The loop is left in the same turn, or the rest of the turn waits for the goroutine.
- The loop assigns to a variable from outside it: that has always been shared.

## Go versions
Before 1.22, by the `go` directive and the file's `//go:build` line.

## Fix
Safe: copies the variable before the closure (`l := l`).

## Source
Chabbi and Ramanathan, "A Study of Real-World Data Races in Golang" (PLDI 2022); go vet's
loopclosure, which looks at the last statement of a loop only.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Fix, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import facts
from golint_concurrency.semantics.cfg_queries import can_follow
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.goroutines import received_channel
from golint_concurrency.semantics.infer import callee_of
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast


def check(view: View, loop: ast.For | ast.Range) -> Iterator[Finding]:
    variables = _variables(loop)
    if not variables:
        return
    for node in ast.walk_function(loop.body):
        if not isinstance(node, ast.FuncLit):
            continue
        info: FunctionInfo = node.info
        captured = [variable for variable in variables if variable in info.captures]
        if not captured:
            continue
        statement, how = _runs_later(view, node)
        if statement is None or _ends_with_turn(view, loop, statement, how):
            continue
        since = _parallel_from(view, node) if how == "parallel tests" else node.start
        late = {
            variable: [use for use in info.captures[variable] if use.start > since]
            for variable in captured
        }
        captured = [variable for variable in captured if late[variable]]
        if not captured:
            continue
        use = min((late[variable][0] for variable in captured), key=lambda use: use.start)
        names = [variable.name for variable in captured]
        listed = " and ".join(names)
        word = "goroutines" if how == "go" else how
        yield Finding(
            use,
            f"all turns of the loop share {listed} before Go 1.22, so {word} that run later see "
            f"the value of another turn, most often the last; copy it first: "
            f"{', '.join(names)} := {', '.join(names)}",
            (
                view.related(statement, "it runs later than this turn"),
                view.related(captured[0].ident, "declared once for the whole loop"),
            ),
            fixes=_fix(view, statement, captured),
        )


def _variables(loop: ast.For | ast.Range) -> list[Local]:
    if isinstance(loop, ast.Range):
        names = [loop.key, loop.value] if loop.define else []
    else:
        init = loop.init
        names = [*init.lhs] if isinstance(init, ast.Assign) and init.op == ":=" else []
    return [
        name.obj for name in names if isinstance(name, ast.Ident) and isinstance(name.obj, Local)
    ]


def _runs_later(view: View, literal: ast.FuncLit) -> tuple[ast.Stmt | None, str]:
    """The statement by which the closure runs after this turn of the loop, and how it runs."""
    parent = literal.parent
    if not isinstance(parent, ast.Call):
        return None, ""
    up = parent.parent
    if parent.fun is literal:
        if isinstance(up, ast.Go):
            return up, "go"
        return (up, "deferred calls") if isinstance(up, ast.Defer) else (None, "")
    callee = callee_of(view.scope, parent.fun)
    if callee is None or not callee.name or not isinstance(up, ast.ExprStmt):
        return None, ""
    known = facts.of(callee.name)
    if known is not None and str(parent.args.index(literal)) in known.all("go-arg"):
        return up, "go"
    if callee.name == "testing.T.Run" and _parallel_from(view, literal) >= 0:
        return up, "parallel tests"
    return None, ""


def _parallel_from(view: View, literal: ast.FuncLit) -> int:
    """Where a subtest calls t.Parallel, and so waits for the loop to end; -1 if it does not."""
    for stmt in literal.body.stmts:
        if isinstance(stmt, ast.ExprStmt) and view.name_of(stmt.x) in _PARALLEL:
            return stmt.end
    return -1


_PARALLEL = frozenset(["testing.T.Parallel", "testing.common.Parallel"])


def _ends_with_turn(view: View, loop: ast.For | ast.Range, statement: ast.Stmt, how: str) -> bool:
    """True if there is no next turn, or the rest of this one waits for the goroutine."""
    function = view.function_of(statement)
    graph = graph_of(function) if function is not None else None
    if graph is None or not can_follow(graph, statement, statement):
        return True
    if how != "go":
        return False
    for node in ast.walk_function(loop.body):
        if node.start < statement.end:
            continue
        if isinstance(node, ast.Select) or received_channel(node) is not None:
            return True
        if isinstance(node, ast.Call):
            fun = ast.unparen(node.fun)
            if isinstance(fun, ast.Selector) and fun.sel.name == "Wait":
                return True
    return False


def _fix(view: View, statement: ast.Stmt, captured: list[Local]) -> tuple[Fix, ...]:
    block = statement.parent
    if not isinstance(block, ast.Block):
        return ()
    for variable in captured:
        # A copy hides the loop's own variable from the rest of the block.
        for use in variable.uses:
            if use.start > statement.end and use.end <= block.end and _is_changed(use):
                return ()
    names = [variable.name for variable in captured]
    for node in block.stmts:
        if isinstance(node, ast.Assign) and node.op == ":=":
            if any(isinstance(left, ast.Ident) and left.name in names for left in node.lhs):
                return ()
    text = f"{', '.join(names)} := {', '.join(names)}\n{view.indent(statement)}"
    return (Fix("give each turn a copy", (view.insert(statement.start, text),)),)


def _is_changed(use: ast.Ident) -> bool:
    parent = use.parent
    return isinstance(parent, ast.IncDec) or (isinstance(parent, ast.Assign) and use in parent.lhs)


RULE = Rule(
    id="GLC110",
    name="loop-variable-captured",
    summary="closure that runs later and uses a variable that all turns of a loop share",
    severity=Severity.ERROR,
    check=check,
    on=(ast.For, ast.Range),
    triggers=(b"func(",),
    needs=(b"for ",),
    source="P, U",
    fix="safe",
    until=(1, 22),
    tags=("goroutines",),
)
