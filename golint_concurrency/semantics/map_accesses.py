"""Reads and writes of map entries: which map, by access path, and what guards each; of a function
itself, and of the functions that it calls.
"""

from __future__ import annotations

import re

from golint_concurrency.semantics import infer
from golint_concurrency.semantics.access import ELEMENT, MAX_PATH, Access, Root, access_of
from golint_concurrency.semantics.blocking import is_builtin
from golint_concurrency.semantics.callgraph import CallSite, calls_in, is_assigned, scope_of
from golint_concurrency.semantics.denote import core
from golint_concurrency.semantics.guards import NONE, Guard, Guards, guards_at
from golint_concurrency.semantics.nodes import nodes_in
from golint_concurrency.semantics.objects import Local, Member
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import Map
from golint_concurrency.syntax import ast

_MAX_DEPTH = 2
"""Calls of calls that are followed."""
_MAX_KEPT = 60
"""Accesses that are kept for one function."""
_ENTRY = re.compile(rb"\w\[|\)\[|\]\[|\bdelete\(|\bclear\(|\brange\b")


class MapAccess:
    """An entry of the map that `path` of `root` leads to is read, or written or removed (`write`).

    `origin` does it, in the function `info`; `node` is that or, in a caller, the call that leads
    there. `guards` are held then, as far as functions on the way took them, and named as the
    function that was asked about names them.
    """

    __slots__ = ("guards", "info", "node", "origin", "path", "root", "write")

    def __init__(
        self,
        root: Root,
        path: tuple[str, ...],
        write: bool,
        node: ast.Node,
        origin: ast.Node,
        info: FunctionInfo,
        guards: Guards,
    ) -> None:
        self.root = root
        self.path = path
        self.write = write
        self.node = node
        self.origin = origin
        self.info = info
        self.guards = guards


def own_accesses(info: FunctionInfo) -> list[MapAccess]:
    """What the function's own statements do, without what guards it; cached."""
    known: list[MapAccess] | None = info.memo.get("map-accesses")
    if known is None:
        known = info.memo["map-accesses"] = list(_own(info))
    return known


def _own(info: FunctionInfo) -> list[MapAccess]:
    body = info.node.body
    if body is None:
        return []
    scope = scope_of(info)
    if scope.file.search(_ENTRY, body.start, body.end) is None:
        return []
    found: list[MapAccess] = []
    for node in nodes_in(info):
        table: ast.Expr | None = None
        write = False
        if isinstance(node, ast.Index) and len(node.indices) == 1:
            table, write = node.x, _is_set(node)
        elif isinstance(node, ast.Range):
            table = node.x
        elif isinstance(node, ast.Call) and node.args:
            if is_builtin(scope, node, "delete") or is_builtin(scope, node, "clear"):
                table, write = node.args[0], True
        if table is None or not isinstance(core(infer.type_of(scope, table)), Map):
            continue
        access = access_of(scope, table)
        if access is not None and ELEMENT not in access.path:
            found.append(MapAccess(access.root, access.path, write, node, node, info, NONE))
    return found


def _is_set(entry: ast.Index) -> bool:
    parent = entry.parent
    if isinstance(parent, ast.Assign):
        return any(entry is target for target in parent.lhs)
    if isinstance(parent, ast.Range):
        return entry is parent.key or entry is parent.value
    return isinstance(parent, ast.IncDec)


def called_accesses(info: FunctionInfo, site: CallSite) -> list[MapAccess]:
    """What the call at `site` in `info` leads to, named as `info` names it."""
    if site.target is None:
        return []
    return _translated(scope_of(info), site, _reached(site.target, 1))


def _reached(info: FunctionInfo, depth: int) -> list[MapAccess]:
    """What the function does, with what guards it, itself and in calls."""
    key = f"map-accesses-{depth}"
    known: list[MapAccess] | None = info.memo.get(key)
    if known is not None:
        return known
    info.memo[key] = []  # what a recursive call sees
    found: list[MapAccess] = []
    if not isinstance(info.node, ast.FuncLit):
        for item in own_accesses(info):
            if _is_outside(item.root, info):
                found.append(_guarded(item, guards_at(info, item.node)))
        scope = scope_of(info)
        for site in calls_in(info) if depth < _MAX_DEPTH else ():
            if site.mode == "go" or site.leaves(scope.package.directory):
                continue
            if depth + 1 == _MAX_DEPTH and not _may_access(site):
                continue
            if site.target is None:
                continue
            if scope_of(site.target).package is not scope.package:
                continue
            for item in _translated(scope, site, _reached(site.target, depth + 1)):
                if _is_outside(item.root, info):
                    found.append(_guarded(item, item.guards | guards_at(info, site.call)))
    info.memo[key] = found = found[:_MAX_KEPT]
    return found


def _may_access(site: CallSite) -> bool:
    """False if the text of what is called holds nothing that looks like a map's entry."""
    decl = site.declared
    return decl is None or decl.file.search(_ENTRY, decl.start, decl.end) is not None


def _is_outside(root: Root, info: FunctionInfo) -> bool:
    """True for what the function was given, and has not replaced: `data = maps.Clone(data)`."""
    if isinstance(root, Member):
        return True
    given = root is info.receiver or root in info.params
    return given and not any(is_assigned(use) for use in root.uses)


def _guarded(item: MapAccess, guards: Guards) -> MapAccess:
    return MapAccess(item.root, item.path, item.write, item.node, item.origin, item.info, guards)


def _translated(scope: FileScope, site: CallSite, items: list[MapAccess]) -> list[MapAccess]:
    """Accesses of the called function, with the caller's names for what it is given."""
    if not items or site.target is None:
        return []
    given = _given(scope, site)
    found: list[MapAccess] = []
    for item in items:
        root: Root | None = item.root
        path = item.path
        if not isinstance(root, Member):
            outer = given.get(root) if root is not None else None
            if outer is None:
                continue
            root, path = outer.root, outer.path + path
        if root is None or len(path) > MAX_PATH or ELEMENT in path:
            continue
        guards = frozenset(_renamed(guard, given) for guard in item.guards)
        found.append(MapAccess(root, path, item.write, site.call, item.origin, item.info, guards))
    return found


def _renamed(guard: Guard, given: dict[Root, Access]) -> Guard:
    outer = given.get(guard.root) if guard.root is not None else None
    if outer is None:
        return guard
    return Guard(outer.root, outer.path + guard.path, guard.shared)


def _given(scope: FileScope, site: CallSite) -> dict[Root, Access]:
    """What parameters and receiver of the target stand for at the call."""
    found: dict[Root, Access] = {}
    target = site.target
    assert target is not None
    fun = ast.unparen(site.call.fun)
    if site.argument >= 0:
        fun = ast.unparen(site.call.args[site.argument])
    else:
        for param, argument in zip(target.params, site.call.args, strict=False):
            if param is not None:
                access = access_of(scope, argument)
                if access is not None:
                    found[param] = access
    if isinstance(target.receiver, Local) and isinstance(fun, ast.Selector):
        access = access_of(scope, fun.x)
        selection = infer.selection_of(scope, fun)
        if access is not None and selection is not None:
            found[target.receiver] = access.field(*(field.name for field in selection.path))
    return found
