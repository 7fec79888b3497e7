"""WaitGroups: which group an operation is on, and what a function does to the groups it is given.

A group is known by its access path: the variable that it starts from and the fields from there
on. The path of the same group in a function that is handed it (`go worker(&wg)`, `go s.run()`)
is found by putting the argument in the place of the parameter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from golint_concurrency.semantics import infer
from golint_concurrency.semantics.callgraph import initial_value, is_assigned
from golint_concurrency.semantics.denote import constant, member_of
from golint_concurrency.semantics.objects import Local, Member, Object
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

Path = tuple[Object, tuple[str, ...]]
"""A variable and the fields selected from it; where pointers stand does not matter."""

_KINDS = {
    "sync.WaitGroup.Add": "add",
    "sync.WaitGroup.Done": "done",
    "sync.WaitGroup.Wait": "wait",
    "sync.WaitGroup.Go": "go",
}
_METHODS = frozenset(["Add", "Done", "Wait", "Go"])
_MAX_ALIASES = 4


class Operation:
    """A call of a WaitGroup's method. `kind` is add, done (also `Add(-1)`), wait or go.

    `amount` is what an add adds, None if that is no constant.
    """

    __slots__ = ("amount", "call", "group", "kind")

    def __init__(self, kind: str, call: ast.Call, group: Path, amount: int | None) -> None:
        self.kind = kind
        self.call = call
        self.group = group
        self.amount = amount


def operation(
    scope: FileScope, call: ast.Node, given: Mapping[Object, Path] | None = None
) -> Operation | None:
    """The operation that `call` is; None if it is none, or on a group that has no path.

    `given` are the paths of parameters, as `given_paths` finds them.
    """
    if not isinstance(call, ast.Call):
        return None
    fun = ast.unparen(call.fun)
    if not isinstance(fun, ast.Selector) or fun.sel.name not in _METHODS:
        return None
    callee = infer.callee_of(scope, fun)
    kind = _KINDS.get(callee.name) if callee is not None else None
    group = path_of(scope, fun.x, given) if kind is not None else None
    if kind is None or group is None:
        return None
    amount: int | None = None
    if kind == "add" and len(call.args) == 1:
        value = constant(scope, call.args[0])
        if isinstance(value, int) and not isinstance(value, bool):
            amount = value
            if value < 0:
                kind = "done"
    if group[1][-1:] == ("WaitGroup",):
        group = (group[0], group[1][:-1])  # s.WaitGroup.Add and s.Add of an embedded one
    return Operation(kind, call, group, amount)


def operations(
    scope: FileScope, root: ast.Node, given: Mapping[Object, Path] | None = None
) -> Iterator[Operation]:
    """All operations below `root`, closures included."""
    for node in ast.walk(root):
        found = operation(scope, node, given)
        if found is not None:
            yield found


def path_of(
    scope: FileScope, expr: ast.Expr, given: Mapping[Object, Path] | None = None
) -> Path | None:
    """The access path of `expr`; None for what is reached by an index, a call or the like.

    A local pointer that is set once (`wg := &s.wg`) stands for what it points to.
    """
    fields: list[str] = []
    aliases = 0
    while True:
        expr = ast.unparen(expr)
        if isinstance(expr, ast.Star) or (isinstance(expr, ast.Unary) and expr.op == "&"):
            expr = expr.x
        elif isinstance(expr, ast.Selector):
            if isinstance(expr.x, ast.Ident) and infer.selection_of(scope, expr) is None:
                obj = member_of(scope, expr)
                return (obj, tuple(reversed(fields))) if isinstance(obj, Member) else None
            fields.append(expr.sel.name)
            expr = expr.x
        elif isinstance(expr, ast.Ident):
            obj = scope.resolve(expr)
            if given is not None and obj is not None and obj in given:
                root, head = given[obj]
                return root, (*head, *reversed(fields))
            value = _pointed_to(obj)
            if value is not None and aliases < _MAX_ALIASES:
                aliases += 1
                expr = value
                continue
            if isinstance(obj, Local | Member):
                return obj, tuple(reversed(fields))
            return None
        else:
            return None


def _pointed_to(obj: Object | None) -> ast.Expr | None:
    """`x` for a variable that is `&x` all its life."""
    if not isinstance(obj, Local) or any(is_assigned(use) for use in obj.uses):
        return None
    value = initial_value(obj)
    if isinstance(value, ast.Unary) and value.op == "&":
        inner = ast.unparen(value.x)
        if isinstance(inner, ast.Ident | ast.Selector):
            return inner
    return None


def given_paths(scope: FileScope, call: ast.Call, target: FunctionInfo) -> dict[Object, Path]:
    """The paths, as the caller sees them, of what `call` hands to parameters and receiver."""
    found: dict[Object, Path] = {}
    for param, argument in zip(target.params, call.args, strict=False):
        path = path_of(scope, argument) if param is not None else None
        if param is not None and path is not None and not _is_changed(param):
            found[param] = path
    fun = ast.unparen(call.fun)
    if target.receiver is not None and isinstance(fun, ast.Selector):
        path = path_of(scope, fun.x)
        if path is not None and not _is_changed(target.receiver):
            found[target.receiver] = path
    return found


def _is_changed(local: Local) -> bool:
    return any(
        is_assigned(use) and not (isinstance(use.parent, ast.Unary) and use.parent.op == "&")
        for use in local.uses
    )


def hands_on(scope: FileScope, node: ast.Node, group: Path) -> bool:
    """True if `node` gives the group, or a value that holds it, away: as an argument or a value.

    Whoever gets it may call its methods. Calls of its own methods do not count.
    """
    if not isinstance(node, ast.Ident | ast.Selector) or scope_root(scope, node) is not group[0]:
        return False
    up: ast.Expr = node
    while isinstance(up.parent, ast.Unary | ast.Paren | ast.Star):
        if isinstance(up.parent, ast.Unary) and up.parent.op != "&":
            return False
        up = up.parent
    path = path_of(scope, node)
    if path is None or path[1] != group[1][: len(path[1])]:
        return False
    parent = up.parent
    if isinstance(parent, ast.Call):
        return any(up is argument for argument in parent.args)
    if isinstance(parent, ast.Selector):
        # A method of a value on the way to the group, `s.finish()` for `s.wg`.
        return (
            isinstance(parent.parent, ast.Call)
            and parent.parent.fun is parent
            and operation(scope, parent.parent) is None
        )
    if isinstance(parent, ast.Assign):
        return up in parent.rhs
    return isinstance(parent, ast.ValueSpec | ast.KeyValue | ast.CompositeLit | ast.Return)


def scope_root(scope: FileScope, expr: ast.Expr) -> Object | None:
    """The variable that the path of `expr` starts from."""
    path = path_of(scope, expr)
    return path[0] if path is not None else None
