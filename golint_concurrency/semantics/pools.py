"""Database pools: which one a call draws a connection from, and what a function draws.

A pool is told by its access path (`s.db`), so that two fields are two pools, and only for types
that are pools: `sql.DB`, `sqlx.DB`, `pgxpool.Pool`, `gorm.DB`. Transactions, connections and
interfaces of one's own are none.
"""

from __future__ import annotations

from collections import deque
from functools import cache

from golint_concurrency.semantics import facts, infer
from golint_concurrency.semantics.access import Root, access_of
from golint_concurrency.semantics.callgraph import CallSite, calls_in, scope_of
from golint_concurrency.semantics.effects import NOW, effects_on
from golint_concurrency.semantics.objects import Member
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import is_pointer_to
from golint_concurrency.syntax import ast

OPENS = (
    "database/sql.Open",
    "database/sql.OpenDB",
    "github.com/jmoiron/sqlx.Open",
    "github.com/jmoiron/sqlx.Connect",
    "github.com/jmoiron/sqlx.ConnectContext",
    "github.com/jmoiron/sqlx.MustOpen",
    "github.com/jmoiron/sqlx.MustConnect",
    "gorm.io/gorm.Open",
)
"""Functions that open a pool of database/sql, or one built on it."""

GORM = "gorm.io/gorm.DB."
_POOLS = (
    "database/sql.DB.",
    "github.com/jmoiron/sqlx.DB.",
    "github.com/jackc/pgx/v5/pgxpool.Pool.",
)
_TRANSACTIONS = (
    "database/sql.Tx", "github.com/jmoiron/sqlx.Tx", "github.com/jackc/pgx/v5/pgxpool.Tx",
    "gorm.io/gorm.DB",
)  # fmt: skip
_MAX_FUNCTIONS = 100


class Pool:
    """`path` of the variable `root`; equal for the same pool."""

    __slots__ = ("path", "root")

    def __init__(self, root: Root, path: tuple[str, ...]) -> None:
        # An embedded *sql.DB is the same pool as what it is embedded in.
        while path and path[-1] == "DB":
            path = path[:-1]
        self.root = root
        self.path = path

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pool) and (self.root, self.path) == (other.root, other.path)

    def __hash__(self) -> int:
        return hash((self.root, self.path))


class Draw:
    """`node` makes a call that waits for a connection of the pool: `call`, by the library function
    `name`, in `info`. `node` is `call` itself, or a call or closure that leads to it."""

    __slots__ = ("call", "info", "name", "node")

    def __init__(self, node: ast.Node, call: ast.Call, name: str, info: FunctionInfo) -> None:
        self.node = node
        self.call = call
        self.name = name
        self.info = info


@cache
def _drawing() -> frozenset[str]:
    """Methods that wait for a connection."""
    return frozenset(
        name
        for name in facts.named("blocks")
        if name.startswith((*_POOLS, GORM)) and not name.endswith((".ToSQL", ".RollbackTo"))
    )


def drawn_by(scope: FileScope, call: ast.Call) -> str:
    """The library function by which `call`, or the chain of calls that begins with it, draws a
    connection; "" if it does not."""
    name = _name(scope, call)
    if name in _drawing():
        return name
    while name.startswith(GORM):
        selector = call.parent
        following = selector.parent if isinstance(selector, ast.Selector) else None
        if not isinstance(following, ast.Call) or following.fun is not selector:
            return ""
        call = following
        name = _name(scope, call)
        if name in _drawing():
            return name
    return ""


def _name(scope: FileScope, call: ast.Call) -> str:
    callee = infer.callee_of(scope, call.fun)
    return callee.name if callee is not None else ""


def pool_of(scope: FileScope, call: ast.Call) -> Pool | None:
    """The pool that a method is called on (of gorm, at the beginning of the chain)."""
    fun = ast.unparen(call.fun)
    while True:
        if not isinstance(fun, ast.Selector):
            return None
        selection = infer.selection_of(scope, fun)
        inner = ast.unparen(fun.x)
        if isinstance(inner, ast.Call) and _name(scope, inner).startswith(GORM):
            fun = ast.unparen(inner.fun)
            continue
        break
    access = access_of(scope, inner)
    if access is None or selection is None:
        return None
    return Pool(access.root, (*access.path, *(field.name for field in selection.path)))


def draws(info: FunctionInfo, pool: Pool) -> list[Draw]:
    """Calls that the function makes, itself or through what it calls, and that draw from `pool`,
    in the order of the source.

    Calls that are handed a transaction do not count: they may use that.
    """
    if isinstance(pool.root, Member):
        return _draws_of_package(info, pool)
    found: list[Draw] = []
    for effect in effects_on(info, pool.root):
        if effect.verb != "call" or effect.mode != NOW:
            continue
        if Pool(pool.root, effect.path) != pool:
            continue
        origin = effect.origin
        if not isinstance(origin.node, ast.Call) or _is_handed_transaction(info, effect.node):
            continue
        name = drawn_by(scope_of(origin.info), origin.node)
        if name:
            found.append(Draw(effect.node, origin.node, name, origin.info))
    found.sort(key=lambda draw: draw.node.start)
    return found


def _draws_of_package(info: FunctionInfo, pool: Pool) -> list[Draw]:
    """The same for a package variable, which every function reaches without being handed it."""
    found: list[Draw] = []
    for site in calls_in(info):
        if site.mode != "call" or _is_handed_transaction(info, site.call):
            continue
        seen: set[int] = {id(info)}
        queue: deque[tuple[FunctionInfo, CallSite]] = deque([(info, site)])
        while queue:
            current, here = queue.popleft()
            scope = scope_of(current)
            name = drawn_by(scope, here.call)
            if name and here.argument < 0 and pool_of(scope, here.call) == pool:
                found.append(Draw(site.call, here.call, name, current))
                break
            target = here.target
            if target is None or id(target) in seen or len(seen) > _MAX_FUNCTIONS:
                continue
            seen.add(id(target))
            queue.extend((target, inner) for inner in calls_in(target) if inner.mode == "call")
    return found


def seen_from(scope: FileScope, call: ast.Call, target: FunctionInfo, pool: Pool) -> Pool | None:
    """The pool of the caller that is `pool` in the function that `call` runs: where that starts
    from its receiver or a parameter, what the call hands over."""
    if isinstance(pool.root, Member):
        return pool
    given: ast.Expr | None = None
    between: tuple[str, ...] = ()
    fun = ast.unparen(call.fun)
    if pool.root is target.receiver and isinstance(fun, ast.Selector):
        given = fun.x
        selection = infer.selection_of(scope, fun)
        between = tuple(field.name for field in selection.path) if selection is not None else ()
    elif pool.root in target.params:
        index = target.params.index(pool.root)
        given = call.args[index] if index < len(call.args) else None
    access = access_of(scope, given) if given is not None else None
    if access is None:
        return None
    return Pool(access.root, (*access.path, *between, *pool.path))


def _is_handed_transaction(info: FunctionInfo, node: ast.Node) -> bool:
    if not isinstance(node, ast.Call):
        return False
    scope = scope_of(info)
    for argument in node.args:
        type_ = infer.type_of(scope, argument)
        if is_pointer_to(type_, *_TRANSACTIONS) or str(type_) == "github.com/jackc/pgx/v5.Tx":
            return True
    return False


__all__ = ["GORM", "Draw", "Pool", "drawn_by", "draws", "pool_of", "seen_from"]
