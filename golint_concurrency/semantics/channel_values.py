"""Which `make` calls a channel expression can stand for, where all of them are in sight."""

from __future__ import annotations

from golint_concurrency.semantics.callgraph import callers_of, is_assigned
from golint_concurrency.semantics.channels import made_capacity
from golint_concurrency.semantics.held_channels import held_channel
from golint_concurrency.semantics.objects import Local, Member
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.syntax import ast

_MAX_DEPTH = 4


class Made:
    """A call of `make` that makes a channel; `capacity` is None if it is not constant."""

    __slots__ = ("call", "capacity", "scope")

    def __init__(self, scope: FileScope, call: ast.Call, capacity: int | None) -> None:
        self.scope = scope
        self.call = call
        self.capacity = capacity


def makes_of(scope: FileScope, expr: ast.Expr) -> list[Made] | None:
    """The calls of `make` whose channel `expr` may be; None if it may come from elsewhere.

    Followed are variables, parameters of unexported functions that are only called, unexported
    fields and package variables. The list is empty for a channel that is always nil.
    """
    found: list[Made] = []
    return found if _collect(scope, expr, found, 0) else None


def _collect(scope: FileScope, expr: ast.Expr, found: list[Made], depth: int) -> bool:
    expr = ast.unparen(expr)
    if depth > _MAX_DEPTH:
        return False
    if isinstance(expr, ast.Call):
        capacity = made_capacity(scope, expr)
        if capacity is False:
            return False
        assert capacity is None or isinstance(capacity, int)
        if all(made.call is not expr for made in found):
            found.append(Made(scope, expr, capacity))
        return True
    if isinstance(expr, ast.Ident):
        obj = scope.resolve(expr)
        if isinstance(obj, Local):
            return _of_local(scope, obj, found, depth)
        if obj is not None and obj.name == "nil":
            return True
    if isinstance(expr, ast.Ident | ast.Selector):
        held = held_channel(scope, expr)
        if held is None or held.unknown_values:
            return False
        return all(_collect(at, value, found, depth + 1) for at, value in held.values)
    return False


def _of_local(scope: FileScope, local: Local, found: list[Made], depth: int) -> bool:
    if local.role == "param":
        return _of_parameter(scope, local, found, depth)
    values = assigned_values(local)
    return values is not None and all(_collect(scope, value, found, depth + 1) for value in values)


def assigned_values(local: Local) -> list[ast.Expr] | None:
    """All that a variable is ever set to; None if that cannot be told (results of a call with
    several, `&v`, a loop's variable, a parameter)."""
    node = local.node
    found: list[ast.Expr] = []
    if local.role != "var":
        return None
    if isinstance(node, ast.Assign):
        if len(node.lhs) != len(node.rhs):
            return None
        found.append(node.rhs[local.index])
    elif isinstance(node, ast.ValueSpec):
        if node.values:
            if len(node.values) != len(node.names):
                return None
            found.append(node.values[local.index])
    else:
        return None
    for use in local.uses:
        if not is_assigned(use):
            continue
        statement = use.parent
        if not isinstance(statement, ast.Assign) or len(statement.lhs) != len(statement.rhs):
            return None
        found.append(statement.rhs[statement.lhs.index(use)])
    return found


def _of_parameter(scope: FileScope, local: Local, found: list[Made], depth: int) -> bool:
    """Looks at every call of an unexported function (or closure that is called in place)."""
    function = local.owner
    if any(map(is_assigned, local.uses)) or function is None:
        return False
    if isinstance(function, ast.FuncLit):
        call = function.parent
        if not isinstance(call, ast.Call) or call.fun is not function:
            return False
        return _argument(scope, call, function, local, found, depth)
    decl = scope.file.decl_at(function.start)
    if decl is None or decl.name[:1].isupper():
        return False
    package = scope.package
    member: Member | None = (
        package.method(decl.receiver, decl.name) if decl.receiver else package.member(decl.name)
    )
    if member is None or member.decl is not decl:
        return False
    sites = callers_of(member)
    return bool(sites) and all(
        _argument(at, call, function, local, found, depth) for at, _, call in sites
    )


def _argument(
    scope: FileScope,
    call: ast.Call,
    function: ast.FuncDecl | ast.FuncLit,
    local: Local,
    found: list[Made],
    depth: int,
) -> bool:
    params = function.info.params
    if local not in params or call.spread or len(call.args) != len(params):
        return False
    if function.type.params and function.type.params[-1].variadic:
        return False
    return _collect(scope, call.args[params.index(local)], found, depth + 1)
