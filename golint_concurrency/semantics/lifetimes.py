"""How long something lives that a function makes: does it end with the call, and would another
call make the same?"""

from __future__ import annotations

from golint_concurrency.semantics import contexts, infer, summaries
from golint_concurrency.semantics.callgraph import all_callers, is_assigned, member_of_function
from golint_concurrency.semantics.effects import DEFER
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

_MAX_DEPTH = 3


def ends_with_call(scope: FileScope, info: FunctionInfo, value: ast.Expr, depth: int = 0) -> bool:
    """True if what `value`, in `info`, makes is surely not kept when the function returns.

    Where it is returned, the same must hold for every call of the function in its package.
    """
    parent = value.parent
    if isinstance(parent, ast.Paren):
        return ends_with_call(scope, info, parent, depth)
    if isinstance(parent, ast.Selector | ast.ExprStmt):
        return True  # a method of it, and no name to keep it by
    if isinstance(parent, ast.Return):
        return _ends_at_callers(info, depth)
    local = _assigned(value)
    if local is None or local.owner is not info.node:
        return False
    if local.role not in ("var", "result"):
        return False
    use = summaries.use_of(info, local)
    if use.find("call", "Close", DEFER) is not None:
        return True
    if use.stored is not None:
        return False
    if use.returned is not None or local.role == "result":
        return _ends_at_callers(info, depth)
    return use.escapes is None or use.calls("Close") is not None


def _assigned(value: ast.Expr) -> Local | None:
    """The variable that `value`, or its first result, is put into."""
    parent = value.parent
    if isinstance(parent, ast.Assign) and value in parent.rhs:
        target: ast.Expr = parent.lhs[parent.rhs.index(value)]
    elif isinstance(parent, ast.ValueSpec) and value in parent.values:
        target = parent.names[parent.values.index(value)]
    else:
        return None
    obj = target.obj if isinstance(target, ast.Ident) else None
    return obj if isinstance(obj, Local) else None


def _ends_at_callers(info: FunctionInfo, depth: int) -> bool:
    member = member_of_function(info)
    if member is None or depth >= _MAX_DEPTH:
        return False
    return all_callers(member, lambda scope, call: _ends_with(scope, call, depth + 1))


def _ends_with(scope: FileScope, call: ast.Call, depth: int) -> bool:
    function = ast.enclosing_function(call)
    return function is not None and ends_with_call(scope, function.info, call, depth)


def is_fixed(scope: FileScope, expr: ast.Expr, depth: int = 0) -> bool:
    """True if `expr` is the same in every call of its function, as far as its words tell: made of
    constants, package variables and fields of the receiver, not of parameters or what a loop
    counts. Contexts do not matter.

    A parameter is fixed if every call in the package passes something fixed.
    """
    if contexts.is_context(infer.type_of(scope, expr)):
        return True
    for node in ast.walk(expr):
        if not isinstance(node, ast.Ident) or not isinstance(node.obj, Local):
            continue
        if isinstance(node.parent, ast.Selector) and node.parent.sel is node:
            continue
        if not _is_fixed_local(scope, node.obj, depth):
            return False
    return True


def _is_fixed_local(scope: FileScope, local: Local, depth: int) -> bool:
    if not local.is_variable or local.role == "receiver":
        return True
    if contexts.is_context(infer.local_type(scope, local)):
        return True
    if depth >= _MAX_DEPTH or local.owner is None:
        return False
    if local.role == "param":
        return _is_fixed_param(local, depth)
    if local.role != "var":
        return False
    sources: list[ast.Node] = [local.node]
    for use in local.uses:
        if is_assigned(use):
            if not isinstance(use.parent, ast.Assign):
                return False  # counted, or filled through a pointer
            sources.append(use.parent)
        elif isinstance(use.parent, ast.Selector) and isinstance(use.parent.parent, ast.Assign):
            if use.parent in use.parent.parent.lhs:
                sources.append(use.parent.parent)
    for source in sources:
        values = source.rhs if isinstance(source, ast.Assign) else None
        if isinstance(source, ast.ValueSpec):
            values = source.values
        if values is None:
            return False
        for value in values:
            mentioned = [n for n in ast.walk(value) if isinstance(n, ast.Ident)]
            if any(name.obj is local for name in mentioned):
                continue  # x = x + "..."
            if not is_fixed(scope, value, depth + 1):
                return False
    return True


def _is_fixed_param(local: Local, depth: int) -> bool:
    info: FunctionInfo = local.owner.info  # type: ignore[union-attr]
    member = member_of_function(info)
    if member is None or local not in info.params:
        return False
    index = info.params.index(local)
    return all_callers(
        member,
        lambda scope, call: index < len(call.args) and is_fixed(scope, call.args[index], depth + 1),
    )


__all__ = ["ends_with_call", "is_fixed"]
