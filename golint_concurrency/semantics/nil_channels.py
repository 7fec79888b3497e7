"""Channels that are nil for certain: declared, and never made before they are used."""

from __future__ import annotations

import re

from golint_concurrency.semantics.callgraph import is_assigned
from golint_concurrency.semantics.cfg_queries import can_follow
from golint_concurrency.semantics.channel_values import assigned_values, makes_of
from golint_concurrency.semantics.denote import core
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.infer import selection_of, type_of
from golint_concurrency.semantics.objects import Local, Member, Predeclared
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.types import Chan, Named, Type, deref
from golint_concurrency.syntax import ast

_VALUE = rb"(?m)\bNAME(\[[^\]\n]*\])?\s*\{|\bnew\(NAME\b|(\bvar|^)[ \t]+(\w+[ \t]+)?NAME[ \t]*$"
"""A literal or result of type NAME, `new(NAME)`, a variable or field of it."""


def always_nil(scope: FileScope, expr: ast.Expr, use: ast.Node) -> bool:
    """True if the channel `expr` is nil whenever `use` is reached.

    Known are variables, unexported fields and package variables that nothing in sight ever sets to
    a channel, and local variables that are only made later. One that the function compares with
    nil may be nil on purpose.
    """
    expr = ast.unparen(expr)
    owner: Type | None = None
    if isinstance(expr, ast.Ident):
        obj = scope.resolve(expr)
        if isinstance(obj, Local):
            return _local_is_nil(scope, obj, use)
        if not isinstance(obj, Member) or obj.kind != "var":
            return False
    elif isinstance(expr, ast.Selector):
        selection = selection_of(scope, expr)
        if selection is not None and selection.kind != "field":
            return False
        owner = selection.owner if selection is not None else None
    else:
        return False
    if not isinstance(core(type_of(scope, expr)), Chan):
        return False
    if makes_of(scope, expr) != [] or _tested(scope, expr):
        return False
    # Of a struct that only tests have, the channel is one that they make.
    return owner is None or _is_built(scope, owner)


def _is_built(scope: FileScope, owner: Type) -> bool:
    """True if the package itself makes values of the struct, or has variables or fields of it."""
    named = deref(owner)
    if not isinstance(named, Named) or named.package is not scope.package or named.local:
        return True
    memo, key = scope.package.memo, ("is-built", named.name)
    if key not in memo:
        value = re.compile(_VALUE.replace(b"NAME", re.escape(named.name.encode())))
        memo[key] = any(value.search(other.file.content) for other in scope.package.scopes.values())
    return memo[key] is True


def _local_is_nil(scope: FileScope, local: Local, use: ast.Node) -> bool:
    if local.role != "var" or not isinstance(local.node, ast.ValueSpec) or local.node.values:
        return False
    if any(_is_test(each) for each in local.uses):
        return False
    if not any(map(is_assigned, local.uses)):
        return isinstance(core(type_of(scope, local.ident)), Chan)
    if assigned_values(local) is None or local.owner is None:
        return False
    graph = graph_of(local.owner.info)
    if graph is None or graph.broken or ast.enclosing_function(use) is not local.owner:
        return False
    for each in local.uses:
        if not is_assigned(each) or _set_to_nil(scope, each):
            continue
        # A closure sets it at a time of its own.
        if ast.enclosing_function(each) is not local.owner or each.parent is None:
            return False
        if graph.position(each.parent) is None or can_follow(graph, each.parent, use):
            return False
    return graph.position(use) is not None


def _set_to_nil(scope: FileScope, target: ast.Ident) -> bool:
    statement = target.parent
    if not isinstance(statement, ast.Assign) or len(statement.lhs) != len(statement.rhs):
        return False
    value = ast.unparen(statement.rhs[statement.lhs.index(target)])
    obj = scope.resolve(value) if isinstance(value, ast.Ident) else None
    return isinstance(obj, Predeclared) and obj.name == "nil"


def _is_test(expr: ast.Expr) -> bool:
    test = expr.parent
    return isinstance(test, ast.Binary) and test.op in ("==", "!=")


def _tested(scope: FileScope, expr: ast.Expr) -> bool:
    """True if the function around compares what `expr` names with something."""
    function = ast.enclosing_function(expr)
    text = scope.file.text(expr)
    while function is not None:
        if text in _compared(scope, function):
            return True
        function = ast.enclosing_function(function)
    return False


def _compared(scope: FileScope, function: ast.Func) -> frozenset[str]:
    """What stands on either side of a comparison, in the function or a closure in it."""
    memo = scope.package.memo
    key = ("compared", scope.file.path, function.start)
    if key not in memo:
        memo[key] = frozenset(
            scope.file.text(side)
            for node in ast.walk(function)
            if isinstance(node, ast.Binary) and node.op in ("==", "!=")
            for side in (node.x, node.y)
        )
    return memo[key]  # type: ignore[return-value]
