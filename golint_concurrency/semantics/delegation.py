"""Functions that do no more than pass a call on."""

from __future__ import annotations

from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast


def passes_on(info: FunctionInfo, call: ast.Call) -> bool:
    """True if the function around `call` is a method that gives it nothing but its own parameters,
    and is named as what it calls or does nothing else.

    It has the form that an interface or its callers ask for: what is wrong with the call is to be
    put right where it is called, not here.
    """
    node = info.node
    fun = ast.unparen(call.fun)
    if not isinstance(node, ast.FuncDecl) or node.recv is None or not isinstance(fun, ast.Selector):
        return False
    if ast.enclosing_function(call) is not node:
        return False
    alone = node.body is not None and len(node.body.stmts) == 1
    return (alone or node.name.name.lower() == fun.sel.name.lower()) and all(
        isinstance(argument, ast.Ident)
        and isinstance(argument.obj, Local)
        and argument.obj.role == "param"
        for argument in call.args
    )
