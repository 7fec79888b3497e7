"""## What it finds
The rows of a query (`database/sql`, sqlx, pgx), or a prepared statement, that a path to a return
leaves open; and rows that are thrown away unread.

## What happens under load
Open rows keep their connection out of the pool. With 25 connections and an early return that one
request in a thousand takes, a service at 500 requests a second has lost them all after 50 seconds;
from then on every query waits for a connection that nobody gives back. Nothing is logged, the
database looks idle. A statement left open stays in the memory of the database server.

## Example
```go
rows, err := db.QueryContext(ctx, query)
if err != nil {
        return false, err
}
for rows.Next() {
        if err := rows.Scan(&state); err != nil {
                return false, err
        }
}
return true, rows.Err()
```

## Use instead
```go
rows, err := db.QueryContext(ctx, query)
if err != nil {
        return false, err
}
defer rows.Close()
for rows.Next() {
        ...
}
return true, rows.Err()
```
For a statement without rows, `ExecContext`.

## When it stays silent
- Every path closes the rows or reads them to the end: `Next` that returns false closes them.
- The rows are returned, stored, captured by a closure, or passed to a function that closes them or
  cannot be seen.
- The query's context is cancelled by a deferred call in the same function.
- Rows and statements of a transaction of `database/sql` or sqlx, which closes them when it ends.
- The error is turned into something else before it is tested; the variable is a named result.
- Test files, `main.main` and `init`, which run once.

## Go versions
All.

## Fix
Safe: `defer rows.Close()` behind the error check. Offered where that follows the query, outside
loops.

## Source
Package documentation of `database/sql`, `Rows.Close`; sqlclosecheck.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Fix, Severity
from golint_concurrency.edits import after_error_check
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import facts
from golint_concurrency.semantics.obligations import duty_of, ends_with_function
from golint_concurrency.syntax import ast

QUERIES = ("Query", "NamedQuery", "Rows")
PREPARES = ("Prepare",)
ENDED = ("database/sql.Tx.", "github.com/jmoiron/sqlx.Tx.")
"""What ends with the transaction: whoever ends that closes its rows and statements."""
MODULES = ("database/sql.", "github.com/jmoiron/sqlx.", "github.com/jackc/pgx/", "gorm.io/gorm.DB.")


def _is_meant(name: str) -> bool:
    known = facts.of(name)
    if known is None or known.get("must") != "0.Close" or not name.startswith(MODULES):
        return False
    method = name.rpartition(".")[2]
    if name.startswith(ENDED):
        return False
    return method.startswith((*PREPARES, *QUERIES))


NAMES = tuple(name for name in facts.named("must") if _is_meant(name))


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    info = view.function_of(call)
    if info is None:
        return
    if not view.decl.receiver:
        if view.decl.name == "init" or (view.in_main and view.decl.name == "main"):
            return
    prepared = view.name_of(call).rpartition(".")[2].startswith(PREPARES)
    if not prepared and any(ends_with_function(view.scope, argument) for argument in call.args):
        return
    statement = call.parent
    thrown = isinstance(statement, ast.ExprStmt) or (
        isinstance(statement, ast.Assign)
        and statement.rhs == [call]
        and isinstance(statement.lhs[0], ast.Ident)
        and statement.lhs[0].name == "_"
    )
    if thrown and not prepared:
        yield Finding(
            call,
            "these rows are thrown away unclosed, so each call keeps a connection until the pool "
            "is empty and every query waits; use Exec for a statement without rows",
        )
        return
    duty = duty_of(view.scope, info, call, "Close")
    path = duty.missed("" if prepared else "Next") if duty is not None else None
    if duty is None or path is None:
        return
    name = duty.local.name
    where = path.exit.node if path.exit is not None else None
    if prepared:
        message = (
            f"a path returns without {name}.Close, so statements pile up on the connections and in "
            f"the database server; write defer {name}.Close() after the error check"
        )
    else:
        message = (
            f"a path returns without {name}.Close, so its connection never goes back and the pool "
            f"runs empty until every query waits; write defer {name}.Close() after the error check"
        )
    edit = None
    if not ast.enclosing_loops(call):
        edit = after_error_check(view, duty.statement, f"defer {name}.Close()")
    yield Finding(
        call,
        message,
        (view.related(where, "returns here without closing"),) if where is not None else (),
        flow=view.path_steps(path, view.step(call.fun, "opened here")),
        fixes=(Fix(f"defer {name}.Close()", (edit,)),) if edit is not None else (),
        span=view.span(call.fun),
    )


RULE = Rule(
    id="GLC705",
    name="rows-not-closed",
    summary="rows or statement left open on some path",
    severity=Severity.ERROR,
    load=True,
    check=check,
    calls=NAMES,
    triggers=(b".Query", b".NamedQuery", b".Rows(", b".Prepare"),
    source="P",
    fix="safe",
    tests=False,
    tags=("database",),
)
