"""## What it finds
A transaction that a path to a return leaves without `Commit` or `Rollback`.

## What happens under load
The transaction keeps its connection out of the pool and its row locks in the database. One refused
booking in a hundred at 200 requests a second loses two connections a second: a pool of 25 is empty
after 13 seconds, and whoever wants one of the locked rows waits as well, in every replica.

## Example
```go
tx, err := db.BeginTx(ctx, nil)
if err != nil {
        return err
}
if seats == 0 {
        return errSoldOut
}
return tx.Commit()
```

## Use instead
```go
tx, err := db.BeginTx(ctx, nil)
if err != nil {
        return err
}
defer tx.Rollback() // does nothing after Commit
if seats == 0 {
        return errSoldOut
}
return tx.Commit()
```

## When it stays silent
- Every path calls `Commit` or `Rollback`, or has deferred one.
- The transaction is returned, stored, captured by a closure, or passed to a function that finishes
  it or cannot be seen.
- A savepoint (pgx: `Begin` of a transaction), which ends with its transaction.
- Its context is cancelled by a deferred call in the same function.
- The error is turned into something else before it is tested; the variable is a named result.
- Test files and `main.main`.

## Go versions
All.

## Fix
Safe: `defer tx.Rollback()` behind the error check (pgx: with the context that began it). Offered
where that follows the call, outside loops.

## Source
Package documentation of `database/sql`, `DB.BeginTx`.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Fix, Severity
from golint_concurrency.edits import after_error_check
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import facts
from golint_concurrency.semantics.obligations import duty_of, ends_with_function
from golint_concurrency.syntax import ast

RELEASE = "Commit|Rollback"
MODULES = ("database/sql.", "github.com/jmoiron/sqlx.", "github.com/jackc/pgx/", "gorm.io/gorm.")


def _is_meant(name: str) -> bool:
    known = facts.of(name)
    if ".Tx." in name:
        return False  # a savepoint, which ends with its transaction
    return known is not None and known.get("must") == f"0.{RELEASE}" and name.startswith(MODULES)


NAMES = tuple(name for name in facts.named("must") if _is_meant(name))


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    info = view.function_of(call)
    if info is None:
        return
    if view.in_main and view.decl.name == "main" and not view.decl.receiver:
        return
    if any(ends_with_function(view.scope, argument) for argument in call.args):
        return
    duty = duty_of(view.scope, info, call, RELEASE)
    path = duty.missed() if duty is not None else None
    if duty is None or path is None:
        return
    name = duty.local.name
    given = ""
    if view.name_of(call).startswith("github.com/jackc/pgx/"):
        given = view.text(call.args[0]) if call.args else ""
    remedy = f"defer {name}.Rollback({given})"
    where = path.exit.node if path.exit is not None else None
    edit = None
    if not ast.enclosing_loops(call):
        edit = after_error_check(view, duty.statement, remedy)
    yield Finding(
        call,
        f"a path returns without Commit or Rollback of {name}, so its connection and row locks "
        f"stay taken until the pool runs empty; write {remedy} after the error check",
        (view.related(where, "returns here with the transaction open"),)
        if where is not None
        else (),
        flow=view.path_steps(path, view.step(call.fun, "begun here")),
        fixes=(Fix(remedy, (edit,)),) if edit is not None else (),
        span=view.span(call.fun),
    )


RULE = Rule(
    id="GLC707",
    name="tx-not-finished",
    summary="transaction without Commit or Rollback on some path",
    severity=Severity.ERROR,
    check=check,
    calls=NAMES,
    triggers=(b".Begin", b".MustBegin"),
    source="P",
    fix="safe",
    tests=False,
    tags=("database",),
)
