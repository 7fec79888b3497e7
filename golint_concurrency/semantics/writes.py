"""What a function sets that outlives it: fields, package variables, variables of an enclosing
function, and entries of maps in them; by access path."""

from __future__ import annotations

import re

from golint_concurrency.semantics import infer
from golint_concurrency.semantics.access import ELEMENT, Access, access_of
from golint_concurrency.semantics.blocking import is_builtin
from golint_concurrency.semantics.callgraph import scope_of
from golint_concurrency.semantics.denote import core
from golint_concurrency.semantics.nodes import nodes_in
from golint_concurrency.semantics.objects import Local, Member
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import Map, Pointer
from golint_concurrency.syntax import ast

_SETS = re.compile(rb"[^=!<>:]=[^=]|\+\+|--|\bdelete\(|\bclear\(")


class Write:
    """`node` sets what `access` leads to; `entry` if that is an entry of the map there."""

    __slots__ = ("access", "entry", "node")

    def __init__(self, access: Access, node: ast.Node, entry: bool) -> None:
        self.access = access
        self.node = node
        self.entry = entry


def writes_of(info: FunctionInfo) -> list[Write]:
    """Writes by the function's own statements; cached. Elements of slices, arrays and maps that
    are reached on the way are not told apart, so what lies in them is left out."""
    known: list[Write] | None = info.memo.get("writes")
    if known is None:
        known = info.memo["writes"] = _find(info)
    return known


def _find(info: FunctionInfo) -> list[Write]:
    body = info.node.body
    if body is None:
        return []
    scope = scope_of(info)
    if scope.file.search(_SETS, body.start, body.end) is None:
        return []
    found: list[Write] = []
    for node in nodes_in(info):
        targets: list[ast.Expr] = []
        if isinstance(node, ast.Assign) and node.op != ":=":
            targets = node.lhs
        elif isinstance(node, ast.IncDec):
            targets = [node.x]
        elif isinstance(node, ast.Call) and node.args:
            if is_builtin(scope, node, "delete") or is_builtin(scope, node, "clear"):
                access = access_of(scope, node.args[0])
                if access is not None and _outlives(scope, info, access, node.args[0]):
                    found.append(Write(access, node, True))
        for target in targets:
            write = _write(scope, info, ast.unparen(target))
            if write is not None:
                found.append(write)
    return found


def _write(scope: FileScope, info: FunctionInfo, target: ast.Expr) -> Write | None:
    place, entry = target, False
    if isinstance(target, ast.Index):
        if not isinstance(core(infer.type_of(scope, target.x)), Map):
            return None
        place, entry = ast.unparen(target.x), True
    if isinstance(place, ast.Ident) and not entry:
        obj = scope.resolve(place)
        if isinstance(obj, Local):
            access: Access | None = Access(obj, ())
        elif isinstance(obj, Member) and obj.kind == "var":
            access = Access(obj, ())
        else:
            return None
    else:
        access = access_of(scope, place)
    if access is None or not _outlives(scope, info, access, place):
        return None
    return Write(access, target, entry)


def _outlives(scope: FileScope, info: FunctionInfo, access: Access, place: ast.Expr) -> bool:
    """True for what others can see: not a variable of the function itself, nor a copy in one."""
    if ELEMENT in access.path:
        return False
    root = access.root
    if isinstance(root, Member):
        return True
    if root.owner is not None and root.owner is not info.node:
        return True
    if not access.path and isinstance(place, ast.Ident) and place.obj is root:
        return False
    shape = core(infer.local_type(scope, root))
    return root.role in ("receiver", "param") and isinstance(shape, Pointer | Map)
