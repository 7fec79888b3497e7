"""Calls that wait, and would stop waiting when the context that they are given is done."""

from __future__ import annotations

import re

from golint_concurrency.semantics import facts
from golint_concurrency.semantics.callgraph import scope_of, target_at
from golint_concurrency.semantics.context_use import context_use
from golint_concurrency.semantics.infer import callee_of
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

PEERS = frozenset(["http", "net", "dns", "db", "exec", "rpc", "queue"])
"""Kinds of waiting for somebody out of the process."""
_READS = re.compile(
    r"(?i)(get|list|find|fetch|load|query|read|look_?up|search|select|count|head|stat|describe|"
    r"resolve|decrypt|encrypt|hmac|sign|verify|authenticate|authorize|call|ping|scan|ask)|"
    r".*(exists|Exist)\Z"
)
_MAX_DEPTH = 4


_WRITES = re.compile(
    r"(?i)(insert|update|upsert|save|write|put|store|create|add|commit|delete|remove|set|mark|record)"
)
"""Names of functions that leave something behind, which may be meant to be done in any case."""


def waits_for_context(scope: FileScope, call: ast.Call, index: int) -> str:
    """What waits for a peer under the context in argument `index` of `call`; "" if that cannot be
    told: the name of a library function, or of the called function in sight. One that writes, by
    its name, may be meant to go on, so it does not count."""
    callee = callee_of(scope, call.fun)
    if callee is not None and callee.name and facts.of(callee.name) is not None:
        return callee.name.rsplit("/", 1)[-1] if _is_bounded(callee.name) else ""
    target = target_at(scope, call.fun)
    if target is None or index >= len(target.params):
        return ""
    param = target.params[index]
    if param is None or not param.uses or not _waits(target, 0):
        return ""
    node = target.node
    name = node.name.name if isinstance(node, ast.FuncDecl) else "this call"
    return "" if _WRITES.match(name) else name


def asks_for_answer(scope: FileScope, call: ast.Call, index: int) -> str:
    """The name of a call that, by that name, only asks for something, and may fail; "" for others.

    Its caller is the only one who wants the answer, so it has no purpose of its own to outlive
    the caller for, even if it cannot be told what the call does. A function in sight has to use the
    context that argument `index` is.
    """
    target = target_at(scope, call.fun)
    if target is not None:
        param = target.params[index] if index < len(target.params) else None
        if param is None or not param.uses:
            return ""
    fun = ast.unparen(call.fun)
    if isinstance(fun, ast.Index):
        fun = ast.unparen(fun.x)
    name = fun.sel.name if isinstance(fun, ast.Selector) else ""
    if isinstance(fun, ast.Ident):
        name = fun.name
    parent = call.parent
    fails = isinstance(parent, ast.Return)
    if isinstance(parent, ast.Assign) and len(parent.rhs) == 1:
        last = parent.lhs[-1]
        fails = isinstance(last, ast.Ident) and "err" in last.name.lower()
    return name if fails and _READS.match(name) else ""


def _is_bounded(name: str) -> bool:
    known = facts.of(name)
    return known is not None and "ctx-bounded" in known and known.get("blocks") in PEERS


def _waits(target: FunctionInfo, depth: int) -> bool:
    """True if the function hands a context that it is given on to something that waits."""
    known = target.memo.get("waits-for-context")
    if known is None:
        if depth >= _MAX_DEPTH:
            return False
        target.memo["waits-for-context"] = False  # what a recursive call sees
        known = target.memo["waits-for-context"] = _hands_on(target, depth)
    return bool(known)


def _hands_on(target: FunctionInfo, depth: int) -> bool:
    if target.node.body is None:
        return False
    scope = scope_of(target)
    for call in context_use(target).forwards:
        if isinstance(call.parent, ast.Go):
            continue
        callee = callee_of(scope, call.fun)
        if callee is not None and callee.name and facts.of(callee.name) is not None:
            if _is_bounded(callee.name):
                return True
            continue
        inner = target_at(scope, call.fun)
        if inner is not None and _waits(inner, depth + 1):
            return True
    return False
