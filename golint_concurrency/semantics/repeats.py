"""Code that runs again and again: for each request, or on each turn of a loop."""

from __future__ import annotations

from golint_concurrency.diagnostic import Span
from golint_concurrency.semantics.callgraph import each_caller_of, member_of_function
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.requests import request_of
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast


class Repeat:
    """Why code repeats: `node`, in the file of `scope`, is the loop, or the name of the handler."""

    __slots__ = ("node", "reason", "scope")

    def __init__(self, scope: FileScope, node: ast.Node, reason: str) -> None:
        self.scope = scope
        self.node = node
        self.reason = reason

    @property
    def span(self) -> Span:
        """Where that stands; of a loop its head."""
        node = self.node
        end = node.body.start if isinstance(node, ast.For | ast.Range) else node.end
        return Span(self.scope.file.path, node.start, end)


def repeat_of(scope: FileScope, node: ast.Node) -> Repeat | None:
    """What makes `node` run many times; None if nothing in sight does.

    A loop around it, a handler that it belongs to or that calls its function, or a loop in the
    same package around a call of its function, which is unexported then.
    """
    loop = _loop_around(node)
    if loop is not None:
        return Repeat(scope, loop, "runs on every turn of this loop")
    function = ast.enclosing_function(node)
    info: FunctionInfo | None = function.info if function is not None else None
    if info is None:
        return None
    request = request_of(info)
    if request is not None:
        handler = request.handler.node
        name: ast.Node = handler.name if isinstance(handler, ast.FuncDecl) else handler.type
        return Repeat(request.scope, name, "runs for every request of this handler")
    member = member_of_function(info)
    if member is None or member.name[:1].isupper() or member.name in ("main", "init"):
        return None
    for caller_scope, _, call in each_caller_of(member):
        loop = _loop_around(call)
        if loop is not None and not caller_scope.is_test:
            return Repeat(caller_scope, loop, "called on every turn of this loop")
    return None


def _loop_around(node: ast.Node) -> ast.For | ast.Range | None:
    """The innermost loop that runs `node` more than once; one that always leaves does not."""
    for loop in ast.enclosing_loops(node):
        last = loop.body.stmts[-1] if loop.body.stmts else None
        if not isinstance(last, ast.Return) and not (
            isinstance(last, ast.Branch) and last.op == "break"
        ):
            return loop
    return None


def goroutine_of(scope: FileScope, node: ast.Node) -> tuple[FileScope, ast.Go | ast.Call] | None:
    """The `go` statement, or the call of a group's `Go`, that starts the function around `node`."""
    function = ast.enclosing_function(node)
    while isinstance(function, ast.FuncLit):
        call = function.parent
        if isinstance(call, ast.Call):
            if isinstance(call.parent, ast.Go):
                return scope, call.parent
            if function in call.args and _is_go_method(call):
                return scope, call
            if call.fun is not function:
                return None
        else:
            return None
        function = ast.enclosing_function(function)
    member = member_of_function(function.info) if function is not None else None
    for caller_scope, _, call in each_caller_of(member) if member is not None else ():
        if isinstance(call.parent, ast.Go) and not caller_scope.is_test:
            return caller_scope, call.parent
    return None


def _is_go_method(call: ast.Call) -> bool:
    fun = ast.unparen(call.fun)
    return isinstance(fun, ast.Selector) and fun.sel.name == "Go"
