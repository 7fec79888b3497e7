"""## What it finds
A database pool (`database/sql`, sqlx, gorm) that nothing in the module ever bounds with
`SetMaxOpenConns`. The message also names `SetMaxIdleConns` and `SetConnMaxLifetime` if they are
missing.

## What happens under load
`MaxOpenConns` is zero, which means no limit: every request that finds no idle connection opens a
new one. A query that slows down from 5 ms to 500 ms at 400 requests a second turns 2 busy
connections into 200. PostgreSQL refuses the 101st by default, for every service that shares it,
and each refused query is retried into the same wall. The pool keeps only two idle connections, so
after the peak nearly all of them are closed and the next peak pays for new handshakes.

## Example
```go
db, err := sql.Open("postgres", dsn)
if err != nil {
        return nil, err
}
return &Store{db: db}, nil
```

## Use instead
```go
db, err := sql.Open("postgres", dsn)
if err != nil {
        return nil, err
}
db.SetMaxOpenConns(25)
db.SetMaxIdleConns(25)
db.SetConnMaxLifetime(5 * time.Minute)
return &Store{db: db}, nil
```
Twenty-five is a start: the sum over all replicas has to stay below what the server accepts.

## When it stays silent
- `SetMaxOpenConns` is called on the pool: here, in a function that it is passed to, or, where the
  pool is stored or returned, anywhere in the package or module that could reach it.
- The pool stays with the function that opens it (a migration, a check): no load arises.
- SQLite and DuckDB drivers: a file is no server that could be overrun.
- The pool is made around one that exists already (gorm's `Conn`).
- Test files. In a `main` package that serves nothing, in a module that starts no server, and where
  the function closes the pool at its end and does one thing after the other until then, the finding
  is a note. So it is in a module that opens databases of three kinds and more, each by the name of
  its driver, as programs do that move data; and for a pool of a connector type of one's own.

## Go versions
All.

## Fix
Safe: bounds the pool after the error check, with 25 connections and a lifetime of five minutes.
Offered where the pool is assigned to a variable.

## Source
Article chapters 1 and 4.4 (connection pools); package documentation of `database/sql`, type `DB`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Edit, Fix, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import mentions
from golint_concurrency.semantics.nodes import nodes_in
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.pools import OPENS
from golint_concurrency.semantics.servers import module_serves, serves
from golint_concurrency.semantics.travel import LOCAL, calls_on
from golint_concurrency.semantics.types import Named, deref
from golint_concurrency.syntax import ast

LIMITS = {
    "SetMaxOpenConns": "SetMaxOpenConns (0 means no limit)",
    "SetMaxIdleConns": "SetMaxIdleConns (only 2 are kept)",
    "SetConnMaxLifetime": "SetConnMaxLifetime (connections live for ever)",
}
DRIVERS = tuple(
    f'.Open("{driver}"'.encode()
    for driver in ("clickhouse", "mssql", "mysql", "oracle", "pgx", "postgres", "snowflake",
                   "spanner", "sqlserver", "trino")
)  # fmt: skip
MANY = 3
WRAPPERS = frozenset(["github.com/jmoiron/sqlx.NewDb", "gorm.io/gorm.DB.DB"])
SERVES = re.compile(r"Serve|Listen|Run|Start|Wait|Execute|Handle|Loop|Go\Z")
"""Names of functions that may go on for as long as the process does."""
EMBEDDED = ("sqlite", "duckdb", "libsql", "ql-mem", "ramsql", "sqlmock", "txdb")
"""Parts of driver names and paths behind which no server stands."""


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    name = view.name_of(call)
    if _is_embedded(view, name, call) or _has_connection(call):
        return
    travel = calls_on(view.program, view.scope, call, frozenset(LIMITS), WRAPPERS)
    if "SetMaxOpenConns" in travel.calls:
        return
    if travel.reach == LOCAL and not travel.captured:
        return
    missing = [text for limit, text in LIMITS.items() if limit not in travel.calls]
    note = (
        _is_for_once(view, call)
        or (view.in_main and not serves(view.package))
        or not module_serves(view.program, view.package)
        or _is_a_connector(view)
        or _has_own_connector(view, name, call)
    )
    fix = _fix(view, call, name, [limit for limit in LIMITS if limit not in travel.calls])
    yield Finding(
        call,
        "nothing bounds this connection pool: when queries slow down it opens a connection for "
        "every waiting request until the database refuses them; call "
        f"{_listed(missing)}",
        severity=Severity.NOTE if note else None,
        fixes=(fix,) if fix is not None else (),
    )


def _is_a_connector(view: View) -> bool:
    """True in a module that opens databases of many kinds, each by the name of its driver: such a
    program moves data between them, and few use a pool at once."""
    return len(mentions.in_module(view.program, view.package, DRIVERS)) >= MANY


def _has_own_connector(view: View, name: str, call: ast.Call) -> bool:
    """True for `sql.OpenDB(connector{...})` of a type declared here: it decides what is opened."""
    if name != "database/sql.OpenDB" or not call.args:
        return False
    type_ = deref(view.type_of(call.args[0]))
    return isinstance(type_, Named) and type_.package is view.package


def _is_for_once(view: View, call: ast.Call) -> bool:
    """True where the function closes the pool at its end, and neither serves nor starts or awaits
    anything until then: one thing after the other needs one connection."""
    info = view.function_of(call)
    statement = call.parent
    if info is None or not isinstance(statement, ast.Assign) or statement.rhs != [call]:
        return False
    target = statement.lhs[0]
    pool = target.obj if isinstance(target, ast.Ident) else None
    if not isinstance(pool, Local) or not any(
        isinstance(use.parent, ast.Selector)
        and use.parent.sel.name == "Close"
        and ast.is_deferred(use)
        for use in pool.uses
    ):
        return False
    return not any(
        isinstance(node, ast.Go | ast.Select | ast.For)
        or (isinstance(node, ast.Unary) and node.op == "<-")
        or (isinstance(node, ast.Call) and SERVES.search(ast.last_name(node.fun)))
        for node in nodes_in(info)
    )


def _listed(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def _is_embedded(view: View, name: str, call: ast.Call) -> bool:
    """True for a database without a server, told by driver name or dialector."""
    if name in ("gorm.io/gorm.Open", "database/sql.OpenDB"):
        text = view.name_of(call.args[0]) if call.args else ""
    else:
        values = [view.constant(argument) for argument in call.args[:2]]
        text = next((value for value in values if isinstance(value, str)), "")
    return any(part in text for part in EMBEDDED)


def _has_connection(call: ast.Call) -> bool:
    """gorm.Open(mysql.New(mysql.Config{Conn: db})): the pool was opened elsewhere."""
    return any(
        isinstance(node, ast.KeyValue)
        and isinstance(node.key, ast.Ident)
        and node.key.name in ("Conn", "ConnPool")
        for argument in call.args
        for node in ast.walk(argument)
    )


def _fix(view: View, call: ast.Call, name: str, missing: list[str]) -> Fix | None:
    statement = call.parent
    if not isinstance(statement, ast.Assign) or not isinstance(statement.parent, ast.Block):
        return None
    target = statement.lhs[0]
    if name == "gorm.io/gorm.Open" or not isinstance(target, ast.Ident | ast.Selector):
        return None
    if isinstance(target, ast.Ident) and target.name == "_":
        return None
    stmts = statement.parent.stmts
    place: ast.Stmt = statement
    following = stmts[stmts.index(statement) + 1 :]
    if len(statement.lhs) == 2:
        if not following or not _checks(following[0], statement.lhs[1]):
            return None
        place = following[0]
    indent = view.indent(statement)
    db = view.text(target)
    time_name = "time"
    imports: tuple[Edit, ...] = ()
    if "SetConnMaxLifetime" in missing:
        time_name, imports = view.import_name("time")
    values = {
        "SetMaxOpenConns": "25",
        "SetMaxIdleConns": "25",
        "SetConnMaxLifetime": f"5 * {time_name}.Minute",
    }
    lines = "".join(f"\n{indent}{db}.{limit}({values[limit]})" for limit in missing)
    return Fix("bound the pool", (*imports, view.insert_below(place, lines)))


def _checks(statement: ast.Stmt, error: ast.Expr) -> bool:
    """True for `if err != nil { ... }`."""
    if not isinstance(statement, ast.If) or not isinstance(statement.cond, ast.Binary):
        return False
    tested = statement.cond.x
    return (
        isinstance(tested, ast.Ident)
        and isinstance(error, ast.Ident)
        and tested.name == error.name
        and statement.cond.op == "!="
    )


RULE = Rule(
    id="GLC701",
    name="db-pool-unlimited",
    summary="database pool without a limit on open connections",
    severity=Severity.WARNING,
    load=True,
    check=check,
    calls=OPENS,
    triggers=(
        b"sql.Open",
        b"sqlx.Open",
        b"sqlx.Connect",
        b"sqlx.Must",
        b"gorm.Open",
        b".Open(",
        b".OpenDB(",
        b".Connect(",
    ),
    source="S1, S4.4",
    fix="safe",
    tests=False,
    tags=("database",),
)
