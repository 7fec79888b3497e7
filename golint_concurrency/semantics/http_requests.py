"""Outgoing HTTP requests: whether one is sent with nothing that limits its time."""

from __future__ import annotations

from golint_concurrency.semantics import infer
from golint_concurrency.semantics.callgraph import each_caller_of, member_of_function, target_of
from golint_concurrency.semantics.callgraph import scope_of as scope_of_function
from golint_concurrency.semantics.deadlines import never_expires
from golint_concurrency.semantics.nodes import nodes_of
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

_MAX_DEPTH = 3
_BY_ADDRESS = frozenset(["Get", "Head", "Post", "PostForm"])


def sends_without_limit(scope: FileScope, call: ast.Call) -> bool:
    """True if `call`, of a method of an `http.Client`, sends a request that has no deadline."""
    fun = ast.unparen(call.fun)
    if not isinstance(fun, ast.Selector):
        return False
    if fun.sel.name in _BY_ADDRESS:
        return True
    return fun.sel.name == "Do" and len(call.args) == 1 and _is_bare(scope, call.args[0], 0)


def _is_bare(scope: FileScope, request: ast.Expr, depth: int) -> bool:
    """True if `request` is known to have no deadline."""
    request = ast.unparen(request)
    if isinstance(request, ast.Ident) and isinstance(request.obj, Local):
        return _is_bare_local(scope, request.obj, depth)
    if isinstance(request, ast.Call):
        return _is_made_bare(scope, request, depth)
    return False


def _is_bare_local(scope: FileScope, local: Local, depth: int) -> bool:
    if any(_may_get_context(use) for use in local.uses):
        return False
    if local.role == "param":
        function = local.owner.info if local.owner is not None else None
        return function is not None and depth < _MAX_DEPTH and _given_bare(function, local, depth)
    made = local.node
    if not isinstance(made, ast.Assign) or local.index != 0 or len(made.rhs) != 1:
        return False
    value = ast.unparen(made.rhs[0])
    return isinstance(value, ast.Call) and _is_made_bare(scope, value, depth)


def _may_get_context(use: ast.Ident) -> bool:
    parent = use.parent
    if isinstance(parent, ast.Selector):
        return parent.sel.name in ("WithContext", "Clone")
    if isinstance(parent, ast.Assign):
        return use in parent.lhs
    return isinstance(parent, ast.Star) or (isinstance(parent, ast.Unary) and parent.op == "&")


def _is_made_bare(scope: FileScope, call: ast.Call, depth: int) -> bool:
    callee = infer.callee_of(scope, call.fun)
    name = callee.name if callee is not None else ""
    if name == "net/http.NewRequest":
        return True
    if name == "net/http.NewRequestWithContext":
        return bool(call.args) and never_expires(scope, call.args[0])
    target = target_of(scope, callee)
    if target is None or depth >= _MAX_DEPTH:
        return False
    results = [node.results[0] for node in nodes_of(target, ast.Return) if node.results]
    there = scope_of_function(target)
    made = [result for result in results if not _is_nil(result)]
    return bool(made) and all(_is_bare(there, result, depth + 1) for result in made)


def _is_nil(expr: ast.Expr) -> bool:
    return isinstance(expr, ast.Ident) and expr.name == "nil"


def _given_bare(function: FunctionInfo, param: Local, depth: int) -> bool:
    """True if a caller in the package hands over a request without a deadline."""
    member = member_of_function(function)
    if member is None:
        return False
    index = function.params.index(param) if param in function.params else -1
    return index >= 0 and any(
        index < len(call.args) and _is_bare(scope, call.args[index], depth + 1)
        for scope, _, call in each_caller_of(member)
    )
