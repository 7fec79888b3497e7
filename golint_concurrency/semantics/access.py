"""Access paths: which variable an expression starts from, and what it selects from there.

`s.pool.mu`, `(&s.pool).mu` and, after `p := &s.pool`, `p.mu` are one path: root `s`, fields
`pool`, `mu`. Embedded fields stand in the path where a selector leaves them out. An element of a
slice, array or map is `[]`, whichever it is.
"""

from __future__ import annotations

from golint_concurrency.semantics import infer
from golint_concurrency.semantics.callgraph import (
    body_of,
    initial_value,
    is_assigned,
    scope_of,
    target_at,
)
from golint_concurrency.semantics.denote import core, is_type, member_of
from golint_concurrency.semantics.objects import Local, Member, PackageName
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import Struct
from golint_concurrency.syntax import ast

Root = Local | Member

ELEMENT = "[]"
MAX_PATH = 6
"""Fields in a path; what lies deeper is not told apart from unknown."""
_MAX_DEPTH = 12
"""Aliases of aliases, and getters of getters, that are followed."""


class Access:
    """`root` is a local variable or a package variable, `path` the fields selected from it."""

    __slots__ = ("path", "root")

    def __init__(self, root: Root, path: tuple[str, ...]) -> None:
        self.root = root
        self.path = path

    def field(self, *names: str) -> Access:
        """What the fields `names` of this are."""
        return Access(self.root, self.path + names)

    def __repr__(self) -> str:
        return f"Access({'.'.join((self.root.name, *self.path))})"


def access_of(scope: FileScope, expr: ast.Expr) -> Access | None:
    """The access path of `expr`; None for a value that no variable in sight holds.

    Follows variables that are set once, conversions, assertions, and methods that only return a
    part of their receiver or parameter.
    """
    found = _access(scope, expr, 0)
    return found if found is None or len(found.path) <= MAX_PATH else None


def _access(scope: FileScope, expr: ast.Expr, depth: int) -> Access | None:
    if depth > _MAX_DEPTH:
        return None
    tail: list[str] = []
    while True:
        if isinstance(expr, ast.Ident):
            obj = scope.resolve(expr)
            if isinstance(obj, Local):
                if not obj.is_variable:
                    return None
                base: Access | None = access_of_local(scope, obj, depth)
            elif isinstance(obj, Member):
                base = Access(obj, ()) if obj.kind == "var" else None
            else:
                return None
            break
        if isinstance(expr, ast.Selector):
            if isinstance(expr.x, ast.Ident):
                package = scope.resolve(expr.x)
                if isinstance(package, PackageName):
                    known = member_of(scope, expr)
                    if not isinstance(known, Member) or known.kind != "var":
                        return None
                    base = Access(known, ())
                    break
            selection = infer.selection_of(scope, expr)
            if selection is not None and selection.kind == "method":
                return None
            tail.append(expr.sel.name)
            if selection is not None and selection.path:
                tail.extend(field.name for field in reversed(selection.path))
            expr = expr.x
        elif isinstance(expr, ast.Paren | ast.Star | ast.TypeAssert):
            expr = expr.x
        elif isinstance(expr, ast.Unary):
            if expr.op != "&":
                return None
            expr = expr.x
        elif isinstance(expr, ast.Index | ast.SliceExpr):
            if isinstance(expr, ast.Index):
                tail.append(ELEMENT)
            expr = expr.x
        elif isinstance(expr, ast.Call):
            base = _result(scope, expr, depth)
            break
        else:
            return None
    if base is None or not tail:
        return base
    tail.reverse()
    return base.field(*tail)


def access_of_local(scope: FileScope, local: Local, depth: int = 0) -> Access:
    """The path that a local variable stands for: itself, or what it is an alias of."""
    if local.role not in ("var", "case", "range") or local.owner is None:
        return Access(local, ())
    memo: dict[Local, Access] = local.owner.info.memo.setdefault("aliases", {})
    known = memo.get(local)
    if known is None:
        memo[local] = Access(local, ())  # what `x := f(x)` sees of itself
        known = memo[local] = _alias(scope, local, depth) or memo[local]
    return known


def _alias(scope: FileScope, local: Local, depth: int) -> Access | None:
    node = local.node
    value: ast.Expr | None = None
    element = False
    if isinstance(node, ast.TypeSwitch):
        value = node.x
    elif isinstance(node, ast.Range):
        value, element = node.x, local.index == 1
        if not element:
            return None
    else:
        value = _assigned_value(local)
    if value is None or isinstance(ast.unparen(value), ast.BasicLit | ast.FuncLit):
        return None
    if any(is_assigned(use) for use in local.uses):
        return None
    found = _access(scope, value, depth + 1)
    if found is None or isinstance(core(infer.local_type(scope, local)), Struct):
        return None  # a copy of a struct is another struct
    return found.field(ELEMENT) if element else found


def _assigned_value(local: Local) -> ast.Expr | None:
    value = initial_value(local)
    node = local.node
    if value is None and isinstance(node, ast.Assign) and len(node.rhs) == 1 and local.index == 0:
        only = ast.unparen(node.rhs[0])
        if isinstance(only, ast.TypeAssert | ast.Index):  # v, ok := x.(T)
            return only
    return value


def _result(scope: FileScope, call: ast.Call, depth: int) -> Access | None:
    """The path of a conversion's operand, or of what a getter returns."""
    if is_type(scope, call.fun):
        return _access(scope, call.args[0], depth + 1) if len(call.args) == 1 else None
    target = target_at(scope, call.fun)
    if target is None:
        return None
    part = _returned_part(target, depth)
    if part is None:
        return None
    fun = ast.unparen(call.fun)
    if part.root is target.receiver and isinstance(fun, ast.Selector):
        holder = _access(scope, fun.x, depth + 1)
        selection = infer.selection_of(scope, fun)
        if holder is not None and selection is not None and selection.path:
            holder = holder.field(*(field.name for field in selection.path))
    elif part.root in target.params:
        index = target.params.index(part.root) if isinstance(part.root, Local) else -1
        holder = _access(scope, call.args[index], depth + 1) if index < len(call.args) else None
    else:
        return part if isinstance(part.root, Member) else None
    return holder.field(*part.path) if holder is not None else None


def _returned_part(info: FunctionInfo, depth: int) -> Access | None:
    """What a function that is one `return` of one value returns."""
    body = body_of(info)
    if body is None or len(body.stmts) != 1 or depth > _MAX_DEPTH:
        return None
    only = body.stmts[0]
    if not isinstance(only, ast.Return) or len(only.results) != 1:
        return None
    return _access(scope_of(info), only.results[0], depth + 1)
