"""How a function deals with contexts: takes one, ignores it, derives from it, hands it on."""

from __future__ import annotations

from golint_concurrency.semantics import facts, infer
from golint_concurrency.semantics.callgraph import CallSite, body_of, calls_in, scope_of
from golint_concurrency.semantics.denote import denote
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.requests import carries_context
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import is_named
from golint_concurrency.syntax import ast

_CONTEXT = "context.Context"
_MAX_STEPS = 20
"""Variables between a parameter and what is made of it."""


class ContextUse:
    """`takes`: the parameters that are or carry a context (requests do).

    `ignores` is true if it takes one and no statement mentions any; `checks` if it asks one for
    Done, Err, Deadline or Value. `derives` are calls that make a context from one it was given
    (parameters, captured), `forwards` calls that are handed one of those, `roots` calls that make
    one from nothing, such as `context.Background()`.
    """

    __slots__ = ("checks", "derives", "forwards", "ignores", "roots", "takes")

    def __init__(self) -> None:
        self.takes: list[Local] = []
        self.ignores = False
        self.checks: ast.Call | None = None
        self.derives: list[ast.Call] = []
        self.forwards: list[ast.Call] = []
        self.roots: list[ast.Call] = []


def context_use(info: FunctionInfo) -> ContextUse:
    """How `info`'s own statements deal with contexts; cached."""
    known: ContextUse | None = info.memo.get("context-use")
    if known is None:
        known = info.memo["context-use"] = _context_use(info)
    return known


def _context_use(info: FunctionInfo) -> ContextUse:
    found = ContextUse()
    scope = scope_of(info)
    mentioned = False
    unnamed = False
    for index, local in enumerate(info.params):
        if local is None:
            unnamed = unnamed or _unnamed_carries(info, scope, index)
        elif carries_context(infer.local_type(scope, local)):
            found.takes.append(local)
            mentioned = mentioned or any(not _is_discarded(use) for use in local.uses)
    found.ignores = (bool(found.takes) or unnamed) and not mentioned
    if body_of(info) is None:
        found.ignores = False
        return found
    for site in calls_in(info):
        if site.argument < 0:
            _call(scope, site, found)
    return found


def _unnamed_carries(info: FunctionInfo, scope: FileScope, index: int) -> bool:
    place = 0
    for field in info.node.type.params:
        count = max(1, len(field.names))
        if place <= index < place + count:
            return carries_context(denote(scope, field.type))
        place += count
    return False


def _is_discarded(use: ast.Ident) -> bool:
    parent = use.parent
    return (
        isinstance(parent, ast.Assign)
        and use in parent.rhs
        and all(isinstance(target, ast.Ident) and target.name == "_" for target in parent.lhs)
    )


def _call(scope: FileScope, site: CallSite, found: ContextUse) -> None:
    call = site.call
    known = facts.of(site.name) if site.name else None
    if known is not None and "root-ctx" in known:
        found.roots.append(call)
        return
    fun = ast.unparen(call.fun)
    if isinstance(fun, ast.Selector) and fun.sel.name in ("Done", "Err", "Deadline", "Value"):
        if found.checks is None and is_named(infer.type_of(scope, fun.x), _CONTEXT):
            found.checks = call
    given = [arg for arg in call.args if is_given(scope, arg)]
    if not given:
        return
    if facts.parent_context(known, call.args) in given:
        found.derives.append(call)
        return
    found.forwards.append(call)


def is_given(scope: FileScope, expr: ast.Expr) -> bool:
    """True if `expr` is or carries a context that comes from a parameter (of this function or one
    around it), as far as that can be told."""
    pending: list[ast.Expr] = [expr]
    first = True
    for _ in range(_MAX_STEPS):
        if not pending:
            return False
        expr = ast.unparen(pending.pop())
        if isinstance(expr, ast.BasicLit | ast.FuncLit | ast.CompositeLit | ast.Binary):
            continue
        if not first and isinstance(expr, ast.Selector):
            continue  # a field: its context may be any
        if not carries_context(infer.type_of(scope, expr)):
            continue
        first = False
        if isinstance(expr, ast.Ident):
            obj = scope.resolve(expr)
            if not isinstance(obj, Local):
                continue
            if obj.role == "param":
                return True
            pending.extend(_values(obj))
        elif isinstance(expr, ast.Call):
            fun = ast.unparen(expr.fun)
            if isinstance(fun, ast.Selector):
                pending.append(fun.x)
            pending.extend(expr.args)
    return False


def _values(local: Local) -> list[ast.Expr]:
    """Expressions that a variable is set to, calls with several results whole."""
    found: list[ast.Expr] = []
    node = local.node
    if isinstance(node, ast.Assign):
        found.append(node.rhs[local.index] if len(node.lhs) == len(node.rhs) else node.rhs[0])
    elif isinstance(node, ast.ValueSpec) and node.values:
        whole = len(node.names) == len(node.values)
        found.append(node.values[local.index] if whole else node.values[0])
    for use in local.uses:
        parent = use.parent
        if isinstance(parent, ast.Assign) and use in parent.lhs:
            index = parent.lhs.index(use)
            whole = len(parent.lhs) == len(parent.rhs)
            found.append(parent.rhs[index] if whole else parent.rhs[0])
    return found
