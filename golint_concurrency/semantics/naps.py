"""Short sleeps that a function takes over and over."""

from __future__ import annotations

from golint_concurrency.semantics import loops
from golint_concurrency.semantics.blocking import direct
from golint_concurrency.semantics.callgraph import calls_in, initial_value, is_assigned, scope_of
from golint_concurrency.semantics.cfg_queries import is_error_test
from golint_concurrency.semantics.durations import SECOND, length
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

_MAX_DEPTH = 1
SHORT = SECOND // 10
_FEW = 20
"""Turns of a loop after which a retry has come to its end."""


class Nap:
    """A `time.Sleep` of at most a tenth of a second on every turn of a loop in `info`."""

    __slots__ = ("call", "info", "loop")

    def __init__(self, info: FunctionInfo, call: ast.Call, loop: ast.For | ast.Range) -> None:
        self.info = info
        self.call = call
        self.loop = loop


def naps(info: FunctionInfo, depth: int = 0) -> Nap | None:
    """A short sleep in an open loop of `info`, or of a function in sight that it calls."""
    scope = scope_of(info)
    for found in direct(info):
        call = found.node
        if found.name != "time.Sleep" or not isinstance(call, ast.Call) or len(call.args) != 1:
            continue
        pause = length(scope, _value(scope, call.args[0]))
        if pause is None or pause > SHORT or _after_failure(call):
            continue
        for loop in ast.enclosing_loops(call):
            turns = loops.bound(scope, loop)
            if turns is None or turns > _FEW:
                return Nap(info, call, loop)
    if depth < _MAX_DEPTH:
        for site in calls_in(info):
            if site.mode == "call" and site.target is not None and site.target is not info:
                nap = naps(site.target, depth + 1)
                if nap is not None:
                    return nap
    return None


def _after_failure(call: ast.Call) -> bool:
    """True for a pause where an error is dealt with, which is not taken when all is well."""
    child: ast.Node = call
    up = call.parent
    while up is not None and not isinstance(up, ast.For | ast.Range | ast.FuncDecl | ast.FuncLit):
        if isinstance(up, ast.If):
            when = child is up.then
            if any(isinstance(n, ast.Expr) and is_error_test(n, when) for n in ast.walk(up.cond)):
                return True
        child, up = up, up.parent
    return False


def _value(scope: FileScope, pause: ast.Expr) -> ast.Expr:
    """What a local variable that is set once holds."""
    obj = scope.resolve(pause) if isinstance(pause, ast.Ident) else None
    if isinstance(obj, Local) and not any(is_assigned(use) for use in obj.uses):
        return initial_value(obj) or pause
    return pause
