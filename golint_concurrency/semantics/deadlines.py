"""Contexts that never end by time: those that come from `context.Background()` without a
deadline on the way."""

from __future__ import annotations

from golint_concurrency.semantics import facts, infer
from golint_concurrency.semantics.binding import bind_value
from golint_concurrency.semantics.callgraph import initial_value, is_assigned
from golint_concurrency.semantics.objects import Local, Member
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.syntax import ast

_MAX_STEPS = 10
_BOUNDED = ("Timeout", "Deadline")


def never_expires(scope: FileScope, context: ast.Expr) -> bool:
    """True if `context` is known to have no deadline; False where it cannot be told."""
    for _ in range(_MAX_STEPS):
        context = ast.unparen(context)
        if isinstance(context, ast.Ident):
            given = _given(scope, context)
            if given is None:
                return False
            scope, context = given
            continue
        if not isinstance(context, ast.Call):
            return False
        callee = infer.callee_of(scope, context.fun)
        name = callee.name if callee is not None else ""
        known = facts.of(name) if name else None
        if known is None:
            return False
        if "root-ctx" in known:
            return True
        parent = facts.parent_context(known, context.args)
        if parent is None or any(word in name for word in _BOUNDED):
            return False
        context = parent
    return False


def _given(scope: FileScope, ident: ast.Ident) -> tuple[FileScope, ast.Expr] | None:
    """The one value that a variable ever has."""
    obj = ident.obj if isinstance(ident.obj, Local) else scope.resolve(ident)
    if isinstance(obj, Local):
        if any(is_assigned(use) for use in obj.uses):
            return None
        value = initial_value(obj)
        node = obj.node
        if value is None and isinstance(node, ast.Assign) and len(node.rhs) == 1 and not obj.index:
            value = node.rhs[0]  # ctx, cancel := context.WithCancel(...)
        return (scope, value) if value is not None else None
    if isinstance(obj, Member) and obj.kind == "var" and not obj.package.stub:
        there = obj.package.scope_of(obj.decl)
        spec = bind_value(there, obj.decl)
        if len(spec.names) == len(spec.values) and not obj.name[:1].isupper():
            for name, value in zip(spec.names, spec.values, strict=True):
                if name.name == obj.name:
                    return there, value
    return None
