"""Which locks a call takes, in the called function or in what that calls, however deep.

Only what is sure to be the caller's own lock counts, and only if the function takes it with the
lock as its caller left it: a helper that unlocks first, works, and locks again takes nothing.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from golint_concurrency.semantics import infer
from golint_concurrency.semantics.access import ELEMENT
from golint_concurrency.semantics.callgraph import CallSite, calls_in, scope_of
from golint_concurrency.semantics.denote import core
from golint_concurrency.semantics.held_locks import (
    GIVEN,
    HELD,
    READ,
    UNKNOWN,
    WRITE,
    State,
    locks_in,
    translate,
)
from golint_concurrency.semantics.lock_ops import LOCK, RLOCK, call_op
from golint_concurrency.semantics.locks import Lock
from golint_concurrency.semantics.objects import Local, Member
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import Basic
from golint_concurrency.syntax import ast

_MAX_DEPTH: Final = 3
"""Calls of calls that are followed. It also ends recursion, so that an answer does not depend on
what was asked before."""


class Taking(NamedTuple):
    """`node` in `info` takes `lock`, for writing (`mode` w) or reading (r).

    `calls` lead there from the function that was asked about, outermost first. `lock` is named as
    that function sees it.
    """

    lock: Lock
    mode: str
    node: ast.Call
    info: FunctionInfo
    calls: tuple[CallSite, ...]


def taken_by(info: FunctionInfo, depth: int = 0) -> list[Taking]:
    """Locks of its receiver, parameters, captured and package variables that `info` takes, itself
    or in what it calls; for each lock and mode the shortest chain of calls."""
    key = f"locks-taken {depth}"
    known: list[Taking] | None = info.memo.get(key)
    if known is not None:
        return known
    if depth > _MAX_DEPTH:
        return []
    found: dict[tuple[Lock, str], Taking] = {}
    held = locks_in(info)
    for site in calls_in(info):
        if site.mode != "call":
            continue
        for taking in _of_site(info, site, depth):
            if not _is_callers(info, taking.lock) or depends_on_caller(info, site.call):
                continue
            if taking.calls and _is_in_branch(info, site.call):
                continue  # whether it can come to that is too far away to tell
            if held.known and _is_changed(held.at_call(site.call), taking.lock):
                continue
            which = (taking.lock, taking.mode)
            if which not in found or len(taking.calls) < len(found[which].calls):
                found[which] = taking
    result = list(found.values())
    info.memo[key] = result
    return result


def taken_by_site(info: FunctionInfo, site: CallSite) -> list[Taking]:
    """Locks that a call in `info` takes, as `info` sees them, with the call first in the chain."""
    return _of_site(info, site, 0)


def _of_site(info: FunctionInfo, site: CallSite, depth: int) -> list[Taking]:
    if site.argument < 0:
        op = call_op(info, site.call)
        if op is not None:
            if op.kind in (LOCK, RLOCK) and ELEMENT not in op.lock[1]:
                mode = WRITE if op.kind == LOCK else READ
                return [Taking(op.lock, mode, site.call, info, ())]
            return []
    if site.target is None or site.target is info:
        return []
    found: list[Taking] = []
    for taking in taken_by(site.target, depth + 1):
        lock = translate(info, site, taking.lock)
        if lock is not None and ELEMENT not in lock[1]:
            found.append(taking._replace(lock=lock, calls=(site, *taking.calls)))
    return found


def _is_callers(info: FunctionInfo, lock: Lock) -> bool:
    root = lock[0]
    if isinstance(root, Member):
        return True
    if root is info.receiver or root in info.params or root in info.captures:
        return not any(_is_set(use) for use in root.uses)
    return False


def _is_set(use: ast.Ident) -> bool:
    """True if the variable stands for something else from here on: `c = c.parent`."""
    parent = use.parent
    if isinstance(parent, ast.Assign):
        return use in parent.lhs
    return isinstance(parent, ast.Range) and (use is parent.key or use is parent.value)


def _is_changed(states: set[State], lock: Lock) -> bool:
    """True if the function itself may have done something to the lock before."""
    return any(
        entry.lock == lock and entry.kind in (GIVEN, HELD, UNKNOWN)
        for state in states
        for entry in state
    )


def _is_in_branch(info: FunctionInfo, node: ast.Node) -> bool:
    child, up = node, node.parent
    while up is not None and up is not info.node:
        if isinstance(up, ast.Case | ast.CommClause):
            return True
        if isinstance(up, ast.If) and (child is up.then or child is up.orelse):
            return True
        child, up = up, up.parent
    return False


def depends_on_caller(info: FunctionInfo, node: ast.Node) -> bool:
    """True if a condition that the caller decides about (`if !locked`, `if tx == nil`) may keep
    the function from coming to `node`."""
    switches = _switches(info)
    up = node.parent
    while up is not None and up is not info.node:
        if isinstance(up, ast.If | ast.Switch | ast.Case | ast.For):
            conds = [getattr(up, "cond", None), getattr(up, "tag", None), *getattr(up, "exprs", ())]
            for cond in conds:
                if cond is not None and _mentions(info, cond):
                    return True
        up = up.parent
    return any(switch.start < node.start for switch in switches)


def _mentions(info: FunctionInfo, cond: ast.Expr) -> bool:
    return any(
        isinstance(part, ast.Ident)
        and isinstance(part.obj, Local)
        and (part.obj in info.params or part.obj in info.captures)
        for part in ast.walk(cond)
    )


def _switches(info: FunctionInfo) -> list[ast.If]:
    """Tests of a parameter by which the caller chooses what the function does."""
    known: list[ast.If] | None = info.memo.get("caller-switches")
    if known is None:
        known = info.memo["caller-switches"] = []
        body = info.node.body
        scope = scope_of(info)
        chosen: list[Local] = []
        for param in info.params:
            if param is not None and param.name != "_":
                chosen.append(param)
        if body is not None and chosen:
            for node in ast.walk_function(body):
                if isinstance(node, ast.If) and any(
                    isinstance(part, ast.Ident)
                    and part.obj in chosen
                    and (_is_nil_test(part) or _is_bool(scope, part))
                    for part in ast.walk(node.cond)
                ):
                    known.append(node)
    return known


def _is_nil_test(ident: ast.Ident) -> bool:
    parent = ident.parent
    return (
        isinstance(parent, ast.Binary)
        and isinstance(parent.y, ast.Ident)
        and parent.y.name == "nil"
    )


def _is_bool(scope: FileScope, ident: ast.Ident) -> bool:
    type_ = core(infer.type_of(scope, ident))
    return isinstance(type_, Basic) and type_.name == "bool"
