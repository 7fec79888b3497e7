"""What a function's own statements do to locks: `s.mu.Lock()`, `defer s.mu.Unlock()`.

Only `sync.Mutex` and `sync.RWMutex` count, also where they are embedded or reached through a
pointer or an alias: their contract is known, and the same on every platform.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from golint_concurrency.semantics import infer
from golint_concurrency.semantics.access import ELEMENT
from golint_concurrency.semantics.callgraph import scope_of
from golint_concurrency.semantics.locks import Lock, lock_of
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

LOCK, RLOCK, UNLOCK, RUNLOCK, TRY, RTRY = "lock", "rlock", "unlock", "runlock", "try", "rtry"

_KINDS: Final = {
    "sync.Mutex.Lock": LOCK,
    "sync.Mutex.Unlock": UNLOCK,
    "sync.Mutex.TryLock": TRY,
    "sync.RWMutex.Lock": LOCK,
    "sync.RWMutex.RLock": RLOCK,
    "sync.RWMutex.Unlock": UNLOCK,
    "sync.RWMutex.RUnlock": RUNLOCK,
    "sync.RWMutex.TryLock": TRY,
    "sync.RWMutex.TryRLock": RTRY,
}
METHODS: Final = frozenset({"Lock", "Unlock", "RLock", "RUnlock", "TryLock", "TryRLock"})
"""Names of the methods of locks."""


class LockOp(NamedTuple):
    """`node`, a call (or the selector, where the method is a value), does `kind` to `lock`.

    `token` tells elements of a slice or map apart as the source spells them: `shard.mu`; it is ""
    for a lock that is no part of an element. `mentions` are the variables in it.
    """

    kind: str
    lock: Lock
    token: str
    mentions: frozenset[Local]
    node: ast.Expr


def op_of(scope: FileScope, fun: ast.Expr, node: ast.Expr) -> LockOp | None:
    """What calling `fun` does to a lock, if that is all it does."""
    fun = ast.unparen(fun)
    if not isinstance(fun, ast.Selector) or fun.sel.name not in METHODS:
        return None
    callee = infer.callee_of(scope, fun)
    kind = _KINDS.get(callee.name) if callee is not None else None
    if kind is None:
        return None
    lock = lock_of(scope, fun)
    if lock is None:
        return None
    token = ""
    mentions: frozenset[Local] = frozenset()
    if ELEMENT in lock[1]:
        token = scope.file.text(fun.x)
        mentions = frozenset(
            part.obj
            for part in ast.walk(fun.x)
            if isinstance(part, ast.Ident) and isinstance(part.obj, Local)
        )
    return LockOp(kind, lock, token, mentions, node)


def call_op(info: FunctionInfo, call: ast.Call) -> LockOp | None:
    """What `call` in `info` does to a lock, if that is all it does; cached."""
    fun = call.fun
    if not isinstance(fun, ast.Selector) or fun.sel.name not in METHODS:
        return None  # most calls
    known: dict[ast.Call, LockOp | None] = info.memo.setdefault("lock-ops", {})
    if call not in known:
        known[call] = op_of(scope_of(info), call.fun, call)
    return known[call]
