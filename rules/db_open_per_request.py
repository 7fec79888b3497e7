"""## What it finds
A connection pool (`database/sql`, sqlx, gorm, pgxpool, go-redis) that is opened in request code or
on every turn of a loop, though its address is the same each time.

## What happens under load
A pool is meant to be opened once. One per request reuses no connection and bounds none: each
request pays for TCP, TLS and login (5 to 50 ms) before its query of 1 ms, and 300 requests at once
are 300 connections, whatever `SetMaxOpenConns` says. PostgreSQL with its default of 100 answers
"too many clients" to everybody, other services included. Without `Close`, each pool also leaves a
goroutine and up to two idle connections behind.

## Example
```go
func (s *Server) user(w http.ResponseWriter, r *http.Request) {
        db, err := sql.Open("postgres", s.dsn)
        if err != nil {
                ...
        }
        defer db.Close()
```

## Use instead
```go
func NewServer(dsn string) (*Server, error) {
        db, err := sql.Open("postgres", dsn)
        if err != nil {
                return nil, err
        }
        db.SetMaxOpenConns(25)
        return &Server{db: db}, nil
}
```

## When it stays silent
- The pool is kept: in a field, a variable outside, a map, or by something that cannot be seen.
- The address comes from the request, or differs from turn to turn: there is a pool for each.
- The loop tries again until the pool can be opened, or has a small known number of turns.
- Test files.

## Go versions
All.

## Source
Article chapter 4.4 (connection pools); package documentation of `database/sql`, `Open`.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Related, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import loops
from golint_concurrency.semantics.cfg_queries import is_error_test, may_reach
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.lifetimes import ends_with_call, is_fixed
from golint_concurrency.semantics.pools import OPENS
from golint_concurrency.semantics.requests import request_of
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

REDIS = ("github.com/redis/go-redis/v9", "github.com/go-redis/redis/v8")


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    info = view.function_of(call)
    if info is None or not ends_with_call(view.scope, info, call):
        return
    if not all(is_fixed(view.scope, argument) for argument in call.args):
        return
    request = request_of(info)
    if request is not None:
        related: tuple[Related, ...] = ()
        if request.via is not None and request.path == view.path:
            related = (view.related(request.via, "called for every request here"),)
        yield Finding(
            call,
            "every request opens a pool of its own, which reuses no connection and bounds none, "
            "until the database refuses them; open one pool at start and share it",
            related,
            span=view.span(call.fun),
        )
    elif _is_repeated(view, info, call):
        yield Finding(
            call,
            "every turn of this loop opens a pool of its own and logs in to the database anew; "
            "open one pool before the loop",
            (view.related(ast.enclosing_loops(call)[0], "in this loop"),),
            span=view.span(call.fun),
        )


def _is_repeated(view: View, info: FunctionInfo, call: ast.Call) -> bool:
    """True if a loop comes back to the call after it went well."""
    around = ast.enclosing_loops(call)
    graph = graph_of(info)
    if not around or graph is None or graph.broken:
        return False
    if all(loops.bound(view.scope, loop) is not None for loop in around):
        return False
    statement = call.parent
    if isinstance(statement, ast.Assign) and statement.op != ":=":
        return False  # for use after the loop
    place = graph.position(call)
    if place is None:
        return False
    here = place.block.nodes[place.index]
    again = may_reach(
        graph,
        here,
        lambda node: node is here,
        follow=lambda edge: edge.cond is None or not is_error_test(edge.cond, edge.when is True),
    )
    return again is not None


RULE = Rule(
    id="GLC704",
    name="db-open-per-request",
    summary="connection pool opened for every request or turn of a loop",
    severity=Severity.ERROR,
    load=True,
    check=check,
    calls=(
        *OPENS,
        "github.com/jackc/pgx/v5/pgxpool.New",
        "github.com/jackc/pgx/v5/pgxpool.NewWithConfig",
        *(
            f"{module}.New{kind}Client"
            for module in REDIS
            for kind in ("", "Cluster", "Failover", "Universal")
        ),
    ),
    triggers=(
        b".Open(",
        b".OpenDB(",
        b".Connect",
        b".MustOpen(",
        b".MustConnect(",
        b"pool.New",
        b".NewWithConfig(",
        b".NewClient(",
        b".NewClusterClient(",
        b".NewFailoverClient(",
        b".NewUniversalClient(",
    ),
    source="S4.4",
    tests=False,
    tags=("database",),
)
