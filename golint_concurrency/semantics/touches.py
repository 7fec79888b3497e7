"""What a mention of a variable reads or writes: the variable, a field of it, or a map in it.

A place is the path that leads there from the variable: field names, and `*` where a pointer is
followed, so that `p = q` and `p.size = 1` are told apart.
"""

from __future__ import annotations

from golint_concurrency.semantics import infer
from golint_concurrency.semantics.blocking import is_builtin
from golint_concurrency.semantics.denote import core
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.types import Array, Interface, Map, Pointer
from golint_concurrency.syntax import ast

FOLLOWED = "*"


class Touch:
    """`node` reads or writes (`write`) what `path` leads to.

    `kind` is variable, map (an entry of the map at `path`: a write if it is set or removed) or
    address (`&x.y`, or a method of a value: anything can happen).
    """

    __slots__ = ("kind", "node", "path", "write")

    def __init__(self, kind: str, path: tuple[str, ...], write: bool, node: ast.Node) -> None:
        self.kind = kind
        self.path = path
        self.write = write
        self.node = node

    def __repr__(self) -> str:
        return f"Touch({self.kind} {'.'.join(self.path)} {'write' if self.write else 'read'})"


def touch_of(scope: FileScope, use: ast.Expr) -> Touch:
    """What the expression around `use`, a variable, does to it."""
    node: ast.Expr = use
    path: list[str] = []
    while True:
        parent = node.parent
        if isinstance(parent, ast.Paren):
            node = parent
        elif isinstance(parent, ast.Star):
            path.append(FOLLOWED)
            node = parent
        elif isinstance(parent, ast.Selector) and parent.x is node:
            selection = infer.selection_of(scope, parent)
            shape = core(infer.type_of(scope, node))
            if selection is not None and selection.kind == "method":
                kind = "variable" if isinstance(shape, Pointer | Interface) else "address"
                return Touch(kind, tuple(path), False, node)
            if selection is None or isinstance(shape, Pointer):
                path.append(FOLLOWED)
            if selection is not None:
                path.extend(field.name for field in selection.path)
            path.append(parent.sel.name)
            node = parent
        elif isinstance(parent, ast.Index) and parent.x is node:
            shape = core(infer.type_of(scope, node))
            if isinstance(shape, Map):
                return Touch("map", tuple(path), _is_written(parent), parent)
            if isinstance(shape, Array):
                # Elements of an array are variables of their own, and which one is not known.
                return Touch("address", tuple(path), False, parent)
            return Touch("variable", tuple(path), False, node)
        else:
            break
    where = tuple(path)
    if isinstance(parent, ast.Unary) and parent.op == "&":
        return Touch("address", where, False, parent)
    if isinstance(parent, ast.SliceExpr) and parent.x is node:
        if isinstance(core(infer.type_of(scope, node)), Array):
            return Touch("address", where, False, parent)
    if isinstance(parent, ast.Range) and parent.x is node:
        if isinstance(core(infer.type_of(scope, node)), Map):
            return Touch("map", where, False, node)
    if isinstance(parent, ast.Call) and parent.args and parent.args[0] is node:
        if is_builtin(scope, parent, "delete") or (
            is_builtin(scope, parent, "clear") and isinstance(core(infer.type_of(scope, node)), Map)
        ):
            return Touch("map", where, True, parent)
    return Touch("variable", where, _is_written(node), node)


def may_write(use: ast.Expr) -> bool:
    """False if it is plain from the syntax that the expression around `use` writes nothing."""
    node: ast.Node = use
    while isinstance(node.parent, ast.Paren | ast.Star | ast.Selector | ast.Index):
        node = node.parent
    parent = node.parent
    if isinstance(parent, ast.Call):
        fun = parent.fun
        return isinstance(fun, ast.Ident) and fun.name in ("delete", "clear")
    return isinstance(parent, ast.Assign | ast.IncDec | ast.Range) and _is_written(node)


def _is_written(expr: ast.Node) -> bool:
    node = expr
    while isinstance(node.parent, ast.Paren):
        node = node.parent
    parent = node.parent
    if isinstance(parent, ast.Assign):
        return any(node is target for target in parent.lhs)
    if isinstance(parent, ast.IncDec):
        return True
    return isinstance(parent, ast.Range) and (node is parent.key or node is parent.value)


def conflict(write: Touch, other: Touch) -> bool:
    """True if `other` touches memory that `write` writes; both start from the same variable."""
    if "address" in (write.kind, other.kind):
        return False
    if write.kind == "map":
        return other.kind == "map" and write.path == other.path
    if other.path[: len(write.path)] == write.path:
        return True
    # A mention of the whole touches its parts, but not what it only points to.
    rest = write.path[len(other.path) :]
    return write.path[: len(other.path)] == other.path and FOLLOWED not in rest
