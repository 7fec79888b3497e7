"""## What it finds
A loop over `rows.Next` after which a path returns without a look at `rows.Err`.

## What happens under load
`Next` is false at the end of the rows and also when reading them fails: a connection that breaks, a
query that is cancelled at its deadline. Without `Err` both look the same. With a deadline of one
second and a database that is slow today, a list of 1,000 orders ends after 400, and the handler
answers 200 with it; what is derived from the list (a cache, a bill, "delete all others") is wrong
and nothing was logged.

## Example
```go
for rows.Next() {
        var id int64
        if err := rows.Scan(&id); err != nil {
                return nil, err
        }
        ids = append(ids, id)
}
return ids, nil
```

## Use instead
```go
for rows.Next() {
        ...
}
return ids, rows.Err()
```

## When it stays silent
- Every path from the end of the loop looks at `rows.Err`, or has deferred that.
- The path reports another error anyway: it lies behind `err != nil`.
- The rows are returned, stored, or passed to a function that looks at `Err` or cannot be seen.
- A parameter that the function does not close: whoever made the rows may look at `Err`.
- Test files.

## Go versions
All.

## Fix
Safe: `return ids, rows.Err()` where the loop is followed by `return ids, nil`, else a check of
`rows.Err()` behind the loop. Offered in functions whose last result is an error.

## Source
Package documentation of `database/sql`, `Rows.Err`; rowserrcheck.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Edit, Fix, Severity
from golint_concurrency.edits import zero_results
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import summaries
from golint_concurrency.semantics.callgraph import target_at
from golint_concurrency.semantics.cfg_graph import Edge
from golint_concurrency.semantics.cfg_queries import is_error_test, must_pass
from golint_concurrency.semantics.effects import param_at
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

SCANNERS = frozenset(["gorm.io/gorm.DB.ScanRows"])
"""Functions out of sight that read a row and leave the rest to the caller."""


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    info = view.function_of(call)
    fun = ast.unparen(call.fun)
    if info is None or not isinstance(fun, ast.Selector) or not isinstance(fun.x, ast.Ident):
        return
    rows = fun.x.obj
    if not isinstance(rows, Local) or rows.owner is not info.node or not _loops(call, rows):
        return
    if rows.role != "var" and not (rows.role == "param" and _closes(rows)):
        return
    graph = graph_of(info)
    if graph is None or graph.broken:
        return
    looks: set[ast.Node] = set()
    for use in rows.uses:
        looking = _looks(view, info, use)
        if looking is None:
            return
        place = graph.position(use) if looking else None
        if place is not None:
            looks.add(place.block.nodes[place.index])

    def follow(edge: Edge) -> bool:
        if edge.cond is None:
            return True
        if edge.cond is call:
            return edge.when is False
        return not is_error_test(edge.cond, edge.when is True)

    path = must_pass(graph, call, lambda node: node in looks, follow=follow)
    if path is None:
        return
    where = path.exit.node if path.exit is not None else None
    edit = _edit(view, call, info, rows.name)
    remedy = f"check {rows.name}.Err() after the loop"
    yield Finding(
        call,
        f"{rows.name}.Next is false as well when the connection breaks or the query is cancelled, "
        f"and then this goes on with part of the rows as if they were all; {remedy}",
        (view.related(where, f"returns here without {rows.name}.Err"),)
        if where is not None
        else (),
        flow=view.path_steps(path, view.step(call, "no more rows, or an error")),
        fixes=(Fix(remedy, (edit,)),) if edit is not None else (),
    )


def _loops(call: ast.Call, rows: Local) -> bool:
    """True if the innermost loop around `call` reads the same rows on each turn."""
    loops = ast.enclosing_loops(call)
    if not loops:
        return False
    loop = loops[0]
    return not any(
        isinstance(use.parent, ast.Assign)
        and use in use.parent.lhs
        and loop.start <= use.start < loop.end
        for use in (rows.ident, *rows.uses)
    )


def _closes(rows: Local) -> bool:
    return any(
        isinstance(use.parent, ast.Selector) and use.parent.sel.name == "Close" for use in rows.uses
    )


def _looks(view: View, info: FunctionInfo, use: ast.Ident) -> bool | None:
    """True if this use of the rows asks for their error, None if somebody else may."""
    parent = use.parent
    if isinstance(parent, ast.Assign) and use in parent.lhs:
        return False
    if isinstance(parent, ast.Binary):
        return False  # compared with nil
    if isinstance(parent, ast.Selector) and parent.x is use:
        is_call = isinstance(parent.parent, ast.Call) and parent.parent.fun is parent
        if parent.sel.name not in ("Err", "Rows"):
            return False if is_call else None
        function = ast.enclosing_function(use)
        if function is not info.node and not _is_deferred(function):
            return None
        return True
    if isinstance(parent, ast.Call) and use in parent.args:
        if view.name_of(parent) in SCANNERS:
            return False
        target = target_at(view.scope, parent.fun)
        index = parent.args.index(use)
        if target is None or target.node.body is None or param_at(target, index) is None:
            return None
        given = summaries.of(target).param(index)
        if given.escapes is not None:
            return None
        return given.calls("Err") is not None
    return None


def _is_deferred(function: ast.Node | None) -> bool:
    call = function.parent if isinstance(function, ast.FuncLit) else None
    return isinstance(call, ast.Call) and isinstance(call.parent, ast.Defer)


def _edit(view: View, call: ast.Call, info: FunctionInfo, name: str) -> Edit | None:
    loop = call.parent
    if not isinstance(loop, ast.For) or not isinstance(loop.parent, ast.Block):
        return None
    zeros = zero_results(view, info)
    if zeros is None:
        return None
    following = loop.parent.stmts[loop.parent.stmts.index(loop) + 1 :]
    if following and isinstance(following[0], ast.Return) and following[0].results:
        last = following[0].results[-1]
        if isinstance(last, ast.Ident) and last.name == "nil":
            return view.replace(last, f"{name}.Err()")
    indent = view.indent(loop)
    values = ", ".join([*zeros, "err"])
    return view.insert_below(
        loop,
        f"\n{indent}if err := {name}.Err(); err != nil {{\n{indent}\treturn {values}\n{indent}}}",
    )


RULE = Rule(
    id="GLC706",
    name="rows-err-ignored",
    summary="loop over rows without a look at rows.Err afterwards",
    severity=Severity.WARNING,
    check=check,
    calls=("database/sql.Rows.Next", "github.com/jackc/pgx/v5.Rows.Next"),
    triggers=(b".Next()",),
    source="P",
    fix="safe",
    tests=False,
    load=True,
    tags=("database",),
)
