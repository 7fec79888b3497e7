"""Which lock it is, over all values of a type: the field `mu` of `store`, a package variable.

Questions about a lock in other functions (who else waits for it, in which order are two taken)
cannot follow values, so they are asked of the declaration.
"""

from __future__ import annotations

from typing import Final

from golint_concurrency.semantics import infer
from golint_concurrency.semantics.binding import bind_function
from golint_concurrency.semantics.callgraph import initial_value
from golint_concurrency.semantics.denote import member_of
from golint_concurrency.semantics.lock_ops import LOCK, RLOCK, LockOp, call_op
from golint_concurrency.semantics.nodes import nodes_of
from golint_concurrency.semantics.objects import Local, Member
from golint_concurrency.semantics.package import FileScope, Package
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import Named, deref
from golint_concurrency.syntax import ast

LockClass = tuple[str, str]
"""The type that declares the lock and the field's name; or a package variable's name and ""."""

_MEMO: Final = "lock-users"


class LockUser:
    """A place in `info` that takes a lock."""

    __slots__ = ("info", "op", "scope", "symbol")

    def __init__(self, scope: FileScope, symbol: str, info: FunctionInfo, op: LockOp) -> None:
        self.scope = scope
        self.symbol = symbol
        self.info = info
        self.op = op


def class_of(scope: FileScope, fun: ast.Expr) -> LockClass | None:
    """The class of the lock whose method `fun` selects; None for one that is no field and no
    package variable."""
    fun = ast.unparen(fun)
    if not isinstance(fun, ast.Selector):
        return None
    selection = infer.selection_of(scope, fun)
    if selection is not None and selection.path:
        holder = fun.x
        owner = deref(infer.type_of(scope, holder))
        for field in selection.path[:-1]:
            owner = deref(field.type)
        if isinstance(owner, Named):
            return owner.qualified, selection.path[-1].name
        return None
    return class_of_lock(scope, fun.x)


def class_of_lock(scope: FileScope, expr: ast.Expr, depth: int = 0) -> LockClass | None:
    """The class of the lock that `expr` is."""
    expr = ast.unparen(expr)
    while isinstance(expr, ast.Unary | ast.Star):
        expr = ast.unparen(expr.x)
    if isinstance(expr, ast.Selector):
        member = member_of(scope, expr)
        if isinstance(member, Member):
            return (member.qualified, "") if member.kind == "var" else None
        selection = infer.selection_of(scope, expr)
        if selection is None or selection.kind != "field":
            return None
        owner = deref(selection.owner)
        return (owner.qualified, expr.sel.name) if isinstance(owner, Named) else None
    if isinstance(expr, ast.Ident):
        obj = scope.resolve(expr)
        if isinstance(obj, Member):
            return (obj.qualified, "") if obj.kind == "var" else None
        if isinstance(obj, Local) and depth < 3:
            value = initial_value(obj)
            if isinstance(value, ast.Unary | ast.Selector):
                return class_of_lock(scope, value, depth + 1)
    return None


def users_of(package: Package) -> dict[LockClass, list[LockUser]]:
    """All places in the package, tests left out, that take a lock, by class; in source order."""
    known = package.memo.get(_MEMO)
    if known is None:
        known = package.memo[_MEMO] = _collect(package)
    return known  # type: ignore[return-value]


def _collect(package: Package) -> dict[LockClass, list[LockUser]]:
    found: dict[LockClass, list[LockUser]] = {}
    for file in sorted(package.files, key=lambda file: file.path):
        if file.path.endswith("_test.go") or not file.mentions(b"Lock()"):
            continue
        scope = package.scopes[id(file)]
        for decl in file.decls:
            if not decl.is_function or b"Lock()" not in file.slice(decl.start, decl.end):
                continue
            todo = [bind_function(scope, decl)]
            while todo:
                info = todo.pop()
                todo.extend(literal.info for literal in info.literals)
                for call in nodes_of(info, ast.Call):
                    op = call_op(info, call)
                    if op is None or op.kind not in (LOCK, RLOCK):
                        continue
                    known = class_of(scope, call.fun)
                    if known is not None:
                        user = LockUser(scope, decl.symbol, info, op)
                        found.setdefault(known, []).append(user)
    return found
