"""Operations on locks: which lock, by access path, and what locks or unlocks it."""

from __future__ import annotations

from golint_concurrency.semantics import infer
from golint_concurrency.semantics.access import Root, access_of
from golint_concurrency.semantics.callgraph import target_at
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.syntax import ast

UNLOCKS = {
    "sync.Mutex.Lock": "sync.Mutex.Unlock",
    "sync.RWMutex.Lock": "sync.RWMutex.Unlock",
    "sync.RWMutex.RLock": "sync.RWMutex.RUnlock",
}
"""The call that undoes each locking call, by qualified names."""

Lock = tuple[Root, tuple[str, ...]]
"""A lock: the variable that it is reached from, and the fields on the way."""


def lock_of(scope: FileScope, fun: ast.Expr) -> Lock | None:
    """The lock whose method `fun` selects (`s.mu` in `s.mu.Lock`; `s.Mutex` in `s.Lock`, where it
    is embedded); None if no variable holds it."""
    if not isinstance(fun, ast.Selector):
        return None
    access = access_of(scope, fun.x)
    if access is None:
        return None
    selection = infer.selection_of(scope, fun)
    embedded = tuple(field.name for field in selection.path) if selection is not None else ()
    return access.root, access.path + embedded


def releases(scope: FileScope, node: ast.Node, lock: Lock, unlock: str) -> bool:
    """True if `node` unlocks `lock`, or hands that on: calls the method `unlock` (qualified) or
    mentions it as a value, at any depth, or calls a function in sight that may do so."""
    method = unlock.rsplit(".", 1)[1]
    if isinstance(node, ast.Select | ast.TypeSwitch):
        return False  # what is in their clauses stands in blocks of its own
    if isinstance(node, ast.Range):
        node = node.x
    for part in ast.walk(node):
        if isinstance(part, ast.Selector) and part.sel.name == method:
            if lock_of(scope, part) in (lock, None):
                return True
        if isinstance(part, ast.Call) and _may_unlock(scope, part, lock, method):
            return True
    return False


def _may_unlock(scope: FileScope, call: ast.Call, lock: Lock, method: str) -> bool:
    target = target_at(scope, call.fun)
    if target is None or target.node.body is None:
        return False
    given = list(call.args)
    if isinstance(call.fun, ast.Selector):
        given.append(call.fun.x)
    roots = {access.root for arg in given if (access := access_of(scope, arg)) is not None}
    if lock[0] not in roots and not isinstance(target.node, ast.FuncLit):
        return False
    return any(
        isinstance(part, ast.Selector) and part.sel.name == method
        for part in ast.walk(target.node.body)
    )
