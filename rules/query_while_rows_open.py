"""## What it finds
A query on a pool (`database/sql`, sqlx, gorm, pgxpool) while the same function holds a connection
of that pool: inside a loop over `rows.Next`, between `Begin` and `Commit`, or in a closure that
runs in a transaction (`db.Transaction`, `pgx.BeginFunc`, a helper of one's own).

## What happens under load
Each request then needs two connections at once. With 25 of them and 25 requests that have begun,
each holds one and waits for a second that only another of them could give back: the pool has
deadlocked. No query is slow, the database is idle, and nothing moves until timeouts break it up.
It happens at the first burst, never in a test. A query beside the transaction also does not see
what the transaction has written, and waits for its locks.

## Example
```go
for rows.Next() {
        if err := rows.Scan(&id); err != nil {
                return err
        }
        if err := s.db.QueryRowContext(ctx, countItems, id).Scan(&n); err != nil {
                return err
        }
}
```

## Use instead
```go
for rows.Next() {
        ...
        ids = append(ids, id)
}
if err := rows.Close(); err != nil {
        return err
}
for _, id := range ids {
        ...
}
```
Or one query with a join. In a transaction: `tx.QueryRowContext`.

## When it stays silent
- The query runs on the transaction or connection that the rows belong to, or on another pool.
- The rows are closed, or the transaction is finished, before.
- The query is made by a function that is handed the transaction, or runs on another goroutine.
- Interfaces and types that are not known to be pools.
- Test files.

## Go versions
All.

## Source
Article chapter 4.4 (connection pools); package documentation of `database/sql`, `DB`.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Related, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import facts, summaries
from golint_concurrency.semantics.access import access_of
from golint_concurrency.semantics.callgraph import calls_in, scope_of, target_at
from golint_concurrency.semantics.cfg_graph import Edge, Graph
from golint_concurrency.semantics.cfg_queries import Predicate, may_reach
from golint_concurrency.semantics.denote import denote
from golint_concurrency.semantics.effects import param_at
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.pools import GORM, Draw, Pool, draws, pool_of, seen_from
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

MODULES = (
    "database/sql.DB.",
    "github.com/jmoiron/sqlx.DB.",
    "github.com/jackc/pgx/v5/pgxpool.Pool.",
    GORM,
)


def _having(release: str) -> frozenset[str]:
    found = {name: facts.of(name) for name in facts.named("must") if name.startswith(MODULES)}
    return frozenset(
        name for name, known in found.items() if known and known.get("must") == release
    )


QUERIES = frozenset(name for name in _having("0.Close") if "Prepare" not in name)
BEGINS = _having("0.Commit|Rollback")
NEXT = ("database/sql.Rows.Next", "github.com/jackc/pgx/v5.Rows.Next")
SCOPED = ("gorm.io/gorm.DB.Transaction",)
BEGIN_FUNCS = ("github.com/jackc/pgx/v5.BeginFunc", "github.com/jackc/pgx/v5.BeginTxFunc")
HANDED = ("database/sql.Tx", "github.com/jmoiron/sqlx.Tx", "github.com/jackc/pgx/v5.Tx")


def check(view: View, call: ast.Call | ast.FuncLit) -> Iterator[Finding]:
    if isinstance(call, ast.FuncLit):
        yield from _in_helper(view, call)
        return
    info = view.function_of(call)
    name = view.name_of(call)
    if info is None:
        return
    if name in SCOPED:
        yield from _in_closure(view, call)
        return
    graph = graph_of(info)
    if graph is None or graph.broken:
        return
    if name in NEXT:
        yield from _in_rows(view, info, graph, call)
    else:
        yield from _in_transaction(view, info, graph, call)


def _in_rows(view: View, info: FunctionInfo, graph: Graph, call: ast.Call) -> Iterator[Finding]:
    fun = ast.unparen(call.fun)
    rows = fun.x.obj if isinstance(fun, ast.Selector) and isinstance(fun.x, ast.Ident) else None
    loop = call.parent
    if not isinstance(rows, Local) or not isinstance(loop, ast.For) or loop.cond is not call:
        return
    opened = _made_by(rows)
    if opened is None or view.name_of(opened) not in QUERIES:
        return
    pool = pool_of(view.scope, opened)
    if pool is None or (view.name_of(opened).startswith(GORM) and not pool.path):
        return  # a *gorm.DB that is handed over may be a transaction
    over = {
        _place(graph, use)
        for use in rows.uses
        if _is_written(use) or (_calls(use, "Close") and not ast.is_deferred(use))
    }

    def follow(edge: Edge) -> bool:
        return not (edge.cond is call and edge.when is False)

    for draw in draws(info, pool):
        if not loop.body.start <= draw.node.start < loop.body.end:
            continue
        here = _place(graph, draw.node)
        if may_reach(graph, call, _is(here), blocked_by=over.__contains__, follow=follow):
            yield Finding(
                _at(draw),
                f"this{_by(draw)} needs a second connection while {rows.name} holds one: when "
                "all of the pool are held like that, each waits for another and nothing moves; "
                f"read all rows first, or join the queries",
                (view.related(opened, f"{rows.name} opened here"), *_ends(view, draw)),
                span=view.span(_at(draw).fun),
            )
            return


def _in_transaction(
    view: View, info: FunctionInfo, graph: Graph, call: ast.Call
) -> Iterator[Finding]:
    statement = call.parent
    pool = pool_of(view.scope, call)
    if not isinstance(statement, ast.Assign) or statement.rhs != [call] or pool is None:
        return
    target = statement.lhs[0]
    tx = target.obj if isinstance(target, ast.Ident) else None
    if not isinstance(tx, Local) or tx.owner is not info.node or pool.root is tx:
        return
    over = {_place(graph, use) for use in tx.uses if not _keeps_open(view, use)}
    over.discard(statement)
    failed = _failed(statement)
    for draw in draws(info, pool):
        if draw.node is call or (failed is not None and _within(draw.node, failed)):
            continue
        here = _place(graph, draw.node)
        if here in over or here is statement:
            continue
        if may_reach(graph, statement, _is(here), blocked_by=over.__contains__):
            yield _beside(view, draw, tx.name, call)
            return


def _in_closure(view: View, call: ast.Call) -> Iterator[Finding]:
    """`db.Transaction(func(tx *gorm.DB) error { db.Create(...) })`."""
    literal = ast.unparen(call.args[0]) if call.args else None
    pool = pool_of(view.scope, call)
    if not isinstance(literal, ast.FuncLit) or pool is None:
        return
    inside: FunctionInfo = literal.info
    tx = inside.params[0] if inside.params else None
    for draw in draws(inside, pool):
        yield _beside(view, draw, tx.name if tx is not None else "the transaction", call)
        return


def _in_helper(view: View, literal: ast.FuncLit) -> Iterator[Finding]:
    """`s.inTx(ctx, func(tx *sql.Tx) error { s.db.Exec(...) })`, where `inTx` begins on `s.db`."""
    call = literal.parent
    params = literal.type.params
    if not params or not isinstance(call, ast.Call) or literal not in call.args:
        return
    if not any(str(denote(view.scope, field.type)).lstrip("*") in HANDED for field in params):
        return
    pool = _begun_by(view, call)
    if pool is None:
        return
    tx = next((param for param in literal.info.params if param is not None), None)
    for draw in draws(literal.info, pool):
        yield _beside(view, draw, tx.name if tx is not None else "the transaction", call)
        return


def _begun_by(view: View, call: ast.Call) -> Pool | None:
    """The pool on which the called function begins a transaction."""
    if view.name_of(call) in BEGIN_FUNCS and len(call.args) > 1:
        access = access_of(view.scope, call.args[1])
        return Pool(access.root, access.path) if access is not None else None
    target = target_at(view.scope, call.fun)
    if target is None:
        return None
    for site in calls_in(target):
        if site.name in BEGINS:
            begun = pool_of(scope_of(target), site.call)
            return seen_from(view.scope, call, target, begun) if begun is not None else None
    return None


# --------------------------------------------------------------------------------- words


def _beside(view: View, draw: Draw, tx: str, begun: ast.Call) -> Finding:
    return Finding(
        _at(draw),
        f"this{_by(draw)} needs a second connection while the transaction holds one, and does not "
        "see what it wrote: when all of the pool are held like that, each waits for another; "
        f"use {tx} for it, or do it before",
        (view.related(begun.fun, "transaction begun here"), *_ends(view, draw)),
        span=view.span(_at(draw).fun),
    )


def _by(draw: Draw) -> str:
    if _at(draw) is draw.call:
        return " query"
    return f" calls {draw.name.rsplit('/', 1)[-1]}, which"


def _ends(view: View, draw: Draw) -> tuple[Related, ...]:
    if _at(draw) is draw.call or scope_of(draw.info).file is not view.scope.file:
        return ()
    return (view.related(draw.call.fun, "the connection is taken here"),)


def _at(draw: Draw) -> ast.Call:
    """What to point at: the call in the function itself, or in a closure that runs in place."""
    return draw.node if isinstance(draw.node, ast.Call) else draw.call


# -------------------------------------------------------------------------------- places


def _place(graph: Graph, node: ast.Node) -> ast.Node:
    place = graph.position(node)
    return place.block.nodes[place.index] if place is not None else node


def _is(wanted: ast.Node) -> Predicate:
    return lambda node: node is wanted


def _made_by(rows: Local) -> ast.Call | None:
    """The one call that ever fills the variable."""
    sources = [rows.node, *(use.parent for use in rows.uses if _is_written(use))]
    calls: list[ast.Call] = []
    for source in sources:
        if isinstance(source, ast.ValueSpec) and not source.values:
            continue
        if not isinstance(source, ast.Assign) or len(source.rhs) != 1:
            return None
        value = ast.unparen(source.rhs[0])
        if not isinstance(value, ast.Call):
            return None
        calls.append(value)
    return calls[0] if len(calls) == 1 else None


def _is_written(use: ast.Ident) -> bool:
    return isinstance(use.parent, ast.Assign) and use in use.parent.lhs


def _calls(use: ast.Ident, *methods: str) -> bool:
    selector = use.parent
    return (
        isinstance(selector, ast.Selector)
        and selector.x is use
        and selector.sel.name in methods
        and isinstance(selector.parent, ast.Call)
    )


def _keeps_open(view: View, use: ast.Ident) -> bool:
    """True if the transaction is surely neither finished nor in other hands after this use."""
    if ast.is_deferred(use):
        return True
    parent = use.parent
    if isinstance(parent, ast.Binary):
        return True
    if isinstance(parent, ast.Selector) and parent.x is use:
        if parent.sel.name == "Error":
            return True
        return isinstance(parent.parent, ast.Call) and not _calls(use, "Commit", "Rollback")
    if isinstance(parent, ast.Call) and use in parent.args:
        target = target_at(view.scope, parent.fun)
        index = parent.args.index(use)
        if target is None or target.node.body is None or param_at(target, index) is None:
            return False
        return summaries.of(target).param(index).releases("Commit|Rollback") is None
    return False


def _failed(statement: ast.Assign) -> ast.Block | None:
    """The branch that is taken if the transaction could not be begun."""
    block = statement.parent
    check: ast.Node | None = block
    if isinstance(block, ast.Block):
        following = block.stmts[block.stmts.index(statement) + 1 :]
        check = following[0] if following else None
    error = statement.lhs[-1]
    if not isinstance(check, ast.If) or not isinstance(check.cond, ast.Binary):
        return None
    tested = check.cond.x
    if not (isinstance(tested, ast.Ident) and isinstance(error, ast.Ident)):
        return None
    return check.then if tested.name == error.name else None


def _within(node: ast.Node, outer: ast.Node) -> bool:
    return outer.start <= node.start < outer.end


RULE = Rule(
    id="GLC708",
    name="query-while-rows-open",
    summary="query on a pool while the function holds one of its connections",
    severity=Severity.WARNING,
    load=True,
    check=check,
    on=(ast.FuncLit,),
    calls=(*NEXT, *sorted(BEGINS), *SCOPED),
    triggers=(b".Next()", b".Begin", b".MustBegin", b".Transaction(", b"Tx) "),
    source="S4.4",
    tests=False,
    tags=("database",),
)
