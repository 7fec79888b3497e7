"""## What it finds
Limits of a connection pool (`database/sql`, sqlx, pgxpool, go-redis) that contradict each other or
the load of a server: more idle connections than open ones, one connection or no limit at all in a
server, connections that are kept idle for ever, or thrown away after each use.

## What happens under load
With `SetMaxOpenConns(10)` and `SetMaxIdleConns(100)` the pool holds ten: the 100 have no effect.
Ten queries of 20 ms each serve 500 requests a second; at 600 the queue grows by 100 a second, and
after ten seconds every request waits two. With one connection it is 50 a second, and a
transaction that queries outside itself waits for ever. With no limit, the queue moves into the
database, which refuses everybody.

## Example
```go
db.SetMaxOpenConns(10)
db.SetMaxIdleConns(100)
```

## Use instead
```go
db.SetMaxOpenConns(100)
db.SetMaxIdleConns(100)
db.SetConnMaxLifetime(5 * time.Minute)
```

## When it stays silent
- A limit that is not a constant in sight: it comes from the configuration.
- One connection in a module that uses SQLite or another embedded database, or that does not serve.
- One connection, or no lifetime, that a comment beside it explains; one connection in a function
  that closes the pool again.
- One connection that is also given no end of its life: it is held on purpose, for what belongs to
  a session of the database, such as advisory locks.
- Limits that are set in several branches, if one of them fits.
- Test files.

## Go versions
All.

## Source
Article chapters 1 and 4.4 (connection pools); package documentation of `database/sql`, `pgxpool`
and go-redis.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import denote, infer, mentions
from golint_concurrency.semantics.access import access_of
from golint_concurrency.semantics.callgraph import calls_in, scope_of
from golint_concurrency.semantics.effects import effects_on
from golint_concurrency.semantics.nodes import nodes_of
from golint_concurrency.semantics.pools import Pool
from golint_concurrency.semantics.servers import module_serves, serves
from golint_concurrency.semantics.types import Named, deref
from golint_concurrency.syntax import ast

DB = "database/sql.DB."
_REDIS = ("PoolSize", ("MinIdleConns", "MaxIdleConns"))
_REDIS_OPTIONS = ("Options", "ClusterOptions", "FailoverOptions", "UniversalOptions", "RingOptions")
STRUCTS = {
    "github.com/jackc/pgx/v5/pgxpool.Config": ("MaxConns", ("MinConns", "MinIdleConns")),
    **{
        f"{module}.{name}": _REDIS
        for module in ("github.com/redis/go-redis/v9", "github.com/go-redis/redis/v8")
        for name in _REDIS_OPTIONS
    },
}
"""Types that configure a pool: the field that bounds it, and those that must not be above."""
ONLY = re.compile(rb"(?i)\b(only|just|single|serial\w*|expires?|never)\b")
EMBEDDED = (b"sqlite", b"duckdb", b"libsql", b"rqlite")
"""Words of modules with a database that wants a single connection."""


def check(view: View, node: ast.Call | ast.CompositeLit | ast.Assign) -> Iterator[Finding]:
    if isinstance(node, ast.Call):
        yield from _method(view, node)
    elif isinstance(node, ast.CompositeLit):
        yield from _literal(view, node)
    else:
        yield from _assignment(view, node)


# ------------------------------------------------------------------------- database/sql


def _method(view: View, call: ast.Call) -> Iterator[Finding]:
    method = view.name_of(call).rpartition(".")[2]
    value = _integer(view, call.args[0]) if len(call.args) == 1 else None
    if value is None:
        return
    if method == "SetMaxOpenConns" and value <= 1:
        if not module_serves(view.program, view.package):
            return
        if value == 1:
            if not _is_pinned(view, call, "SetConnMaxLifetime", 0) and not _is_explained(
                view, call
            ):
                if not mentions.in_module(view.program, view.package, EMBEDDED):
                    yield _single(call)
            return
        yield Finding(
            call,
            "this takes away the limit: when queries slow down the pool opens a connection for "
            "every waiting request until the database refuses them; write what it can carry, "
            "such as 25",
        )
    elif method == "SetMaxIdleConns" and value > 0:
        opens = _settings(view, call, "SetMaxOpenConns")
        limits = [limit for _, limit in opens]
        if limits and all(limit is not None and 0 < limit < value for limit in limits):
            most = max(limit for limit in limits if limit is not None)
            yield _above(view, call, value, most, "SetMaxOpenConns", opens[0][0])
    elif method == "SetConnMaxLifetime" and value <= 0:
        idle = [(other, limit) for other, limit in _settings(view, call, "SetMaxIdleConns")]
        kept = [other for other, limit in idle if limit is not None and limit > 0]
        if _is_pinned(view, call, "SetMaxOpenConns", 1) or _is_explained(view, call):
            return
        if kept and not mentions.in_module(view.program, view.package, EMBEDDED):
            yield Finding(
                call,
                "idle connections live for ever, also those that a load balancer or the database "
                "has dropped meanwhile, and a failover leaves all load on one replica; write a "
                "lifetime, such as 5 * time.Minute",
                (view.related(kept[0], "idle connections are kept here"),),
            )


def _is_pinned(view: View, call: ast.Call, method: str, value: int) -> bool:
    """True if the same pool is given `value` by `method` as well.

    One connection that is never renewed is one on purpose: it keeps what belongs to a session of
    the database, such as advisory locks.
    """
    return any(limit == value for _, limit in _settings(view, call, method))


def _settings(view: View, call: ast.Call, method: str) -> list[tuple[ast.Node, int | None]]:
    """Calls of `method` on the same pool in the same function and what that calls, with their
    constants."""
    info = view.function_of(call)
    fun = ast.unparen(call.fun)
    if info is None or not isinstance(fun, ast.Selector):
        return []
    access = access_of(view.scope, fun.x)
    found: list[tuple[ast.Node, int | None]] = []
    if access is None:
        for site in calls_in(info):
            other = ast.unparen(site.call.fun)
            if site.name == DB + method and isinstance(other, ast.Selector) and site.call.args:
                if view.text(other.x) == view.text(fun.x):
                    found.append((site.call, _integer(view, site.call.args[0])))
        return found
    pool = Pool(access.root, access.path)
    for effect in effects_on(info, access.root):
        origin = effect.origin.node
        if effect.verb != "call" or effect.name != method or not isinstance(origin, ast.Call):
            continue
        if Pool(effect.root, effect.path) == pool and origin.args:
            value = denote.constant(scope_of(effect.origin.info), origin.args[0])
            found.append((effect.node, value if isinstance(value, int) else None))
    return found


def _holder(view: View, expr: ast.Expr) -> object:
    access = access_of(view.scope, expr)
    if access is None:
        return view.text(expr)
    return access.root, access.path


# -------------------------------------------------------------------- pgxpool, go-redis


def _literal(view: View, literal: ast.CompositeLit) -> Iterator[Finding]:
    known = _struct(view, literal)
    if known is None:
        return
    fields: dict[str, tuple[ast.Node, int | None]] = {}
    for element in literal.elts:
        if isinstance(element, ast.KeyValue) and isinstance(element.key, ast.Ident):
            fields[element.key.name] = (element, _integer(view, element.value))
    bound, others = known
    node, most = fields.get(bound, (literal, None))
    yield from _bounded(view, node, most)
    for name in others:
        other, value = fields.get(name, (literal, None))
        if most is not None and value is not None and 0 < most < value:
            yield _above(view, other, value, most, bound, node)


def _assignment(view: View, statement: ast.Assign) -> Iterator[Finding]:
    if len(statement.lhs) != 1 or statement.op != "=" or len(statement.rhs) != 1:
        return
    target = statement.lhs[0]
    known = _struct(view, target.x) if isinstance(target, ast.Selector) else None
    info = view.function_of(statement)
    if known is None or not isinstance(target, ast.Selector) or info is None:
        return
    bound, others = known
    value = _integer(view, statement.rhs[0])
    if target.sel.name == bound:
        # A pool that the function also closes is no server's.
        if not any(
            isinstance(other.call, ast.Call) and ast.last_name(other.call.fun) == "Close"
            for other in nodes_of(info, ast.Defer)
        ):
            yield from _bounded(view, statement, value)
    elif target.sel.name in others and value is not None:
        holder = _holder(view, target.x)
        limits: list[tuple[ast.Node, int | None]] = []
        for other in nodes_of(info, ast.Assign):
            place = other.lhs[0]
            if isinstance(place, ast.Selector) and place.sel.name == bound:
                if _holder(view, place.x) == holder and len(other.rhs) == 1:
                    limits.append((other, _integer(view, other.rhs[0])))
        if limits and all(limit is not None and 0 < limit < value for _, limit in limits):
            most = max(limit for _, limit in limits if limit is not None)
            yield _above(view, statement, value, most, bound, limits[0][0])
    elif target.sel.name == "MaxConnLifetime" and value == 0:
        yield Finding(
            statement,
            "a lifetime of 0 ends each connection after its first use, so every query logs in to "
            "the database anew; leave the default of one hour, or write a lifetime",
        )


def _struct(view: View, expr: ast.Expr) -> tuple[str, tuple[str, ...]] | None:
    type_ = deref(infer.type_of(view.scope, expr))
    return STRUCTS.get(type_.qualified) if isinstance(type_, Named) else None


def _bounded(view: View, node: ast.Node, most: int | None) -> Iterator[Finding]:
    if most == 1 and serves(view.package) and not _is_explained(view, node):
        yield _single(node)


def _is_explained(view: View, node: ast.Node) -> bool:
    """True if a comment on the line, or right above it, says why there is only one."""
    content = view.scope.file.content
    end = content.find(b"\n", node.end)
    beside = content[node.end : end if end >= 0 else len(content)].partition(b"//")[2]
    start = content.rfind(b"\n", 0, node.start) + 1
    above = content[content.rfind(b"\n", 0, max(start - 1, 0)) + 1 : start].strip()
    return ONLY.search(beside) is not None or (
        above.startswith(b"//") and ONLY.search(above) is not None
    )


# ------------------------------------------------------------------------------- words


def _single(node: ast.Node) -> Finding:
    return Finding(
        node,
        "all requests of this server share one connection: they run one after the other, and one "
        "that holds it while it asks for another waits for ever; allow more, such as 25",
    )


def _above(
    view: View, node: ast.Node, value: int, most: int, bound: str, place: ast.Node
) -> Finding:
    return Finding(
        node,
        f"the pool never holds more than {most} connection{'s' * (most > 1)}, so {value} idle ones "
        "have no effect, and under load all other queries wait for these; "
        f"raise {bound} or lower this",
        (view.related(place, f"at most {most} here"),),
    )


def _integer(view: View, expr: ast.Expr) -> int | None:
    value = view.constant(expr)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


RULE = Rule(
    id="GLC702",
    name="db-pool-misconfigured",
    summary="limits of a connection pool that contradict each other or the load of a server",
    severity=Severity.WARNING,
    load=True,
    check=check,
    on=(ast.CompositeLit, ast.Assign),
    calls=(DB + "SetMaxOpenConns", DB + "SetMaxIdleConns", DB + "SetConnMaxLifetime"),
    triggers=(
        b"SetMaxOpenConns",
        b"SetMaxIdleConns",
        b"SetConnMaxLifetime",
        b"PoolSize",
        b"MaxConns",
        b"MinConns",
        b"MinIdleConns",
        b"MaxConnLifetime",
    ),
    source="S1, S4.4",
    tests=False,
    tags=("database",),
)
