"""Goroutines and their starters: who waits for whom, and what a goroutine is given."""

from __future__ import annotations

import re

from golint_concurrency.semantics import facts, infer
from golint_concurrency.semantics.callgraph import calls_in, scope_of
from golint_concurrency.semantics.denote import core
from golint_concurrency.semantics.nodes import nodes_of
from golint_concurrency.semantics.objects import Local, Object
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.requests import carries_context
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import Chan, Named, Struct, deref
from golint_concurrency.syntax import ast


def uses_context(scope: FileScope, call: ast.Call, target: FunctionInfo) -> bool:
    """True if the goroutine is given, captures or makes a context, at any depth in sight.

    Also true where it makes one from `context.Background()`: that is a decision, not an
    oversight.
    """
    if any(_is_context(scope, argument) for argument in call.args):
        return True
    seen: set[int] = {id(target)}
    queue = [target]
    while queue and len(seen) < 60:
        info = queue.pop()
        if mentions_context(info):
            return True
        for site in calls_in(info):
            if site.target is not None and id(site.target) not in seen:
                seen.add(id(site.target))
                queue.append(site.target)
    return False


def mentions_context(info: FunctionInfo) -> bool:
    """True if any expression in the function (closures included) is or carries a context."""
    known = info.memo.get("context")
    if known is None:
        known = info.memo["context"] = _mentions_context(info)
    return bool(known)


def _mentions_context(info: FunctionInfo) -> bool:
    scope = scope_of(info)
    if info.node.body is None:
        return True
    for param in info.params:
        if param is not None and carries_context(infer.local_type(scope, param)):
            return True
    return any(
        (isinstance(node, ast.Ident | ast.Selector | ast.Call) and _is_context(scope, node))
        or _waits_for_done(node)
        or (isinstance(node, ast.Call) and _made_with_context(scope, node.fun))
        for node in ast.walk(info.node.body)
    )


def _made_with_context(scope: FileScope, fun: ast.Expr) -> bool:
    """True for a function value that a call made which was given a context:
    `stream, err := prepare(ctx, ...)`."""
    local = fun.obj if isinstance(fun, ast.Ident) else None
    made = local.node if isinstance(local, Local) else None
    if not isinstance(made, ast.Assign) or len(made.rhs) != 1:
        return False
    call = ast.unparen(made.rhs[0])
    return isinstance(call, ast.Call) and any(_is_context(scope, arg) for arg in call.args)


def _waits_for_done(node: ast.Node) -> bool:
    """True for `<-x.Done()`: a context, of whatever type its framework gives it."""
    if not isinstance(node, ast.Unary) or node.op != "<-":
        return False
    call = ast.unparen(node.x)
    return (
        isinstance(call, ast.Call)
        and not call.args
        and isinstance(call.fun, ast.Selector)
        and call.fun.sel.name == "Done"
    )


def _is_context(scope: FileScope, expr: ast.Expr) -> bool:
    if isinstance(expr.parent, ast.Selector) and expr.parent.sel is expr:
        return False
    return str(infer.type_of(scope, expr)) == "context.Context" or (
        isinstance(expr, ast.Ident)
        and isinstance(expr.obj, Local)
        and carries_context(infer.type_of(scope, expr))
        and _reads_context(expr)
    )


def _reads_context(use: ast.Ident) -> bool:
    """A request counts as a context only where it is passed on whole, or asked for its own."""
    parent = use.parent
    if isinstance(parent, ast.Selector):
        return parent.sel.name in ("Context", "WithContext", "Clone", "UserContext")
    return isinstance(parent, ast.Call)


_ENDS = re.compile(r"(?i)(stop|close|shutdown|quit|terminate|cancel|abort)\Z")
_SIGNALS = re.compile(r"(?i)(done|quit|stop|exit|clos|cancel|shutdown)")


def has_own_end(scope: FileScope, call: ast.Call) -> bool:
    """True if the goroutine works on a thing that its starter has made and others can end: one of a
    type with a method such as Stop, or with a channel such as `done`."""
    given = list(call.args)
    fun = ast.unparen(call.fun)
    if isinstance(fun, ast.Selector):
        given.append(fun.x)
    for expr in given:
        expr = ast.unparen(expr)
        if isinstance(expr, ast.Unary) and expr.op == "&":
            expr = ast.unparen(expr.x)
        if not (isinstance(expr, ast.Ident) and isinstance(expr.obj, Local)):
            continue
        type_ = deref(infer.type_of(scope, expr))
        if expr.obj.role != "var" or not isinstance(type_, Named) or type_.decl is None:
            continue
        if type_.package is not None and not type_.package.stub:
            if any(map(_ENDS.match, type_.package.methods(type_.decl.name))):
                return True
        shape = core(type_)
        if isinstance(shape, Struct) and any(
            isinstance(core(member.type), Chan) and _SIGNALS.match(member.name)
            for member in shape.members
        ):
            return True
    return False


def ends_process(target: FunctionInfo) -> bool:
    """True if the goroutine's own statements end the process, or tell it to stop by a signal."""
    if any("noreturn" in (facts.of(site.name) or ()) for site in calls_in(target) if site.name):
        return True
    scope = scope_of(target)
    for send in nodes_of(target, ast.Send):
        shape = core(infer.type_of(scope, send.chan))
        if isinstance(shape, Chan) and str(shape.elem) == "os.Signal":
            return True
    return False


def received_channel(node: ast.Node) -> ast.Expr | None:
    """The channel that `node` receives from, for a receive or a range over a channel."""
    if isinstance(node, ast.Unary) and node.op == "<-":
        return node.x
    if isinstance(node, ast.Range) and node.key is not None and node.value is None:
        return node.x
    return None


def root_object(scope: FileScope, expr: ast.Expr) -> Object | None:
    """What the first name in `x.y[i].z` stands for."""
    while True:
        expr = ast.unparen(expr)
        if isinstance(expr, ast.Selector | ast.Index | ast.Star | ast.SliceExpr) or (
            isinstance(expr, ast.Unary) and expr.op == "&"
        ):
            expr = expr.x
        else:
            break
    return scope.resolve(expr) if isinstance(expr, ast.Ident) else None
