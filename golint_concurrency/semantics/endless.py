"""Loops that nothing ends, and goroutines that live as long as the process on purpose."""

from __future__ import annotations

import re

from golint_concurrency.semantics import facts, infer, words
from golint_concurrency.semantics.callgraph import (
    all_callers,
    calls_in,
    each_caller_of,
    member_of_function,
    scope_of,
    target_at,
)
from golint_concurrency.semantics.cfg_graph import Graph
from golint_concurrency.semantics.command_functions import is_command_function
from golint_concurrency.semantics.denote import constant, core
from golint_concurrency.semantics.flow import graph_of, never_returns
from golint_concurrency.semantics.infer import callee_of
from golint_concurrency.semantics.nodes import nodes_of
from golint_concurrency.semantics.objects import Local, PackageName
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import Chan, Named, deref
from golint_concurrency.syntax import ast

_MAX_DEPTH = 3
_EVENTS = frozenset(["WaitForSingleObject", "WaitForMultipleObjects"])
_SYSTEM = frozenset(["golang.org/x/sys/windows", "syscall"])
_SERVES = re.compile(r"Serve(TLS)?|[Ll]istenAndServe(TLS)?")
_ONCE = frozenset(["sync.Once.Do", "sync.OnceFunc", "sync.OnceValue", "sync.OnceValues"])


class Endless:
    """A loop that never ends, in `info`; `calls` lead there from the function asked about."""

    __slots__ = ("calls", "info", "loop")

    def __init__(self, info: FunctionInfo, loop: ast.For, calls: tuple[ast.Call, ...]) -> None:
        self.info = info
        self.loop = loop
        self.calls = calls


def endless_loops(info: FunctionInfo) -> list[ast.For]:
    """Loops of the function itself that have no condition and that no path leaves: no return,
    break, goto, panic, and no call that ends the goroutine or the process."""
    if "endless" not in info.memo:
        info.memo["endless"] = _endless_loops(info)
    found: list[ast.For] = info.memo["endless"]
    return found


def _endless_loops(info: FunctionInfo) -> list[ast.For]:
    body = info.node.body
    if body is None:
        return []
    scope = scope_of(info)
    graph: Graph | None = None
    found: list[ast.For] = []
    for node in nodes_of(info, ast.For):
        if node.cond is not None and constant(scope, node.cond) is not True:
            continue
        graph = graph or graph_of(info)
        if graph is None or graph.broken:
            return []
        loop = graph.loop_of(node)
        if loop is None or not graph.reachable(loop.head):
            continue
        if any(
            edge.dst not in loop.blocks and not _is_false(scope, edge.cond)
            for block in loop.blocks
            for edge in block.succs
        ):
            continue
        if any(block.exit is not None for block in loop.blocks) or _may_end(scope, node):
            continue
        found.append(node)
    return found


def _is_false(scope: FileScope, cond: ast.Expr | None) -> bool:
    """The edge out of `for true`, which is never taken."""
    return cond is not None and constant(scope, cond) is True


def _may_end(scope: FileScope, loop: ast.For) -> bool:
    """True if the loop calls a helper that ends the process or the goroutine on some path."""
    for node in ast.walk_function(loop.body):
        if isinstance(node, ast.BadStmt | ast.BadExpr):
            return True
        if isinstance(node, ast.Call) and not isinstance(node.parent, ast.Go):
            target = target_at(scope, node.fun)
            if target is not None and _ends_process(target, 0):
                return True
    return False


def _ends_process(info: FunctionInfo, depth: int) -> bool:
    known = info.memo.get("may-end-process")
    if known is None:
        info.memo["may-end-process"] = False
        graph = graph_of(info)
        known = graph is not None and any(
            exit_.kind == "noreturn" and graph.reachable(exit_.block) for exit_ in graph.exits
        )
        if not known and depth < _MAX_DEPTH:
            known = any(
                site.mode == "call"
                and site.target is not None
                and facts.of(site.name) is None
                and _ends_process(site.target, depth + 1)
                for site in calls_in(info)
            )
        info.memo["may-end-process"] = known
    return bool(known)


def endless_in(info: FunctionInfo) -> Endless | None:
    """An endless loop in `info`, or in a function that it calls and that never returns."""
    current = info
    calls: tuple[ast.Call, ...] = ()
    for _ in range(_MAX_DEPTH):
        loops = endless_loops(current)
        if loops:
            return Endless(current, loops[0], calls)
        for site in calls_in(current):
            # Only a call that certainly runs to its end: one that never comes back.
            if site.mode == "call" and site.target is not None and site.argument < 0:
                if never_returns(site.target) and site.target is not current:
                    current, calls = site.target, (*calls, site.call)
                    break
        else:
            return None
    return None


# --------------------------------------------------------------------------- lifetime


def lives_with_process(scope: FileScope, node: ast.Node) -> bool:
    """True if `node` runs once in the life of the process: in `main` or `init`, in a command of the
    command line, in what sets a package variable, in a package-level `sync.Once`, or in a function
    that only such code calls, and not in a loop."""
    return _lives(scope, node, 0)


def _lives(scope: FileScope, node: ast.Node, depth: int) -> bool:
    up: ast.Node | None = node
    while up is not None:
        if isinstance(up, ast.FuncLit) and _in_once(scope, up):
            return True
        if isinstance(up, ast.FuncDecl):
            return _called_once(scope, up, depth)
        if isinstance(up, ast.For | ast.Range) and depth:
            return False
        up = up.parent
    return True  # the value of a package variable


def waits_for_signals(scope: FileScope, loop: ast.For) -> bool:
    """True if the loop waits for what the system tells the process: signals, or events of
    Windows. Whoever sets that up does so once."""
    for node in ast.walk_function(loop.body):
        if isinstance(node, ast.Unary) and node.op == "<-":
            shape = core(infer.type_of(scope, node.x))
            if isinstance(shape, Chan) and str(shape.elem) == "os.Signal":
                return True
        elif isinstance(node, ast.Call):
            fun = ast.unparen(node.fun)
            if isinstance(fun, ast.Selector) and fun.sel.name in _EVENTS:
                package = scope.resolve(fun.x) if isinstance(fun.x, ast.Ident) else None
                if isinstance(package, PackageName) and package.path in _SYSTEM:
                    return True
    return False


def ends_at_signal(scope: FileScope, node: ast.Node) -> bool:
    """True if the function around `node` receives a signal of the system: with that, the process
    ends, and what the function leaves behind with it."""
    function = ast.enclosing_function(node)
    return function is not None and any(
        isinstance(inner, ast.Unary)
        and inner.op == "<-"
        and isinstance(shape := core(infer.type_of(scope, inner.x)), Chan)
        and str(shape.elem) == "os.Signal"
        for inner in ast.walk(function)
    )


def _in_once(scope: FileScope, literal: ast.FuncLit) -> bool:
    call = literal.parent
    if not isinstance(call, ast.Call) or literal not in call.args:
        return False
    callee = callee_of(scope, call.fun)
    if callee is None or callee.name not in _ONCE:
        return False
    fun = ast.unparen(call.fun)
    if callee.name != "sync.Once.Do" or not isinstance(fun, ast.Selector):
        return True
    holder = ast.unparen(fun.x)
    return isinstance(holder, ast.Ident) and not isinstance(scope.resolve(holder), Local)


def _called_once(scope: FileScope, function: ast.FuncDecl, depth: int) -> bool:
    name = function.name.name
    if function.recv is None and (name == "init" or (name == "main" and _is_main(scope))):
        return True
    if function.recv is None and name == "Main":
        return True  # what a main in another package hands over to
    if scope.package.path == "runtime" or is_command_function(scope, function):
        return True
    if depth >= _MAX_DEPTH or (name[:1].isupper() and not _is_main(scope)):
        return False
    info: FunctionInfo | None = function.info
    member = member_of_function(info) if info is not None else None
    if member is None:
        return False
    called = False
    for there, _, call in each_caller_of(member):
        if not _lives(there, call, depth + 1):
            return False
        called = True
    return called or _sets_variable(scope, name)


def in_command(scope: FileScope, node: ast.Node, depth: int = 0) -> bool:
    """True if the function around `node` is what a command line runs, and ends the process with, or
    if only such functions call it."""
    up: ast.Node | None = node
    while up is not None and not isinstance(up, ast.FuncDecl):
        up = up.parent
    if up is None:
        return False
    if is_command_function(scope, up):
        return True
    member = member_of_function(up.info) if up.info is not None else None
    if member is None or depth >= _MAX_DEPTH:
        return False
    return all_callers(member, lambda there, call: in_command(there, call, depth + 1))


def ends_with_process(scope: FileScope, node: ast.Node) -> bool:
    """True if what `node` leaves behind is mostly left at the end of the process: it runs once in
    its life, in a command, or in a function that runs a server."""
    if lives_with_process(scope, node) or in_command(scope, node):
        return True
    up: ast.Node | None = node
    while up is not None and not isinstance(up, ast.FuncDecl):
        up = up.parent
    return up is not None and any(
        isinstance(each, ast.Call) and _runs_server(scope, each) for each in ast.walk(up)
    )


def _runs_server(scope: FileScope, call: ast.Call) -> bool:
    fun = ast.unparen(call.fun)
    name = fun.sel.name if isinstance(fun, ast.Selector) else ""
    if isinstance(fun, ast.Ident):
        name = fun.name
    if not _SERVES.fullmatch(name):
        return False
    # A server of one connection is no server.
    types = [deref(infer.type_of(scope, argument)) for argument in call.args]
    return not any(isinstance(each, Named) and each.name.endswith("Conn") for each in types)


def _sets_variable(scope: FileScope, name: str) -> bool:
    """True if a package variable is set to what function `name` gives: `var cache = newCache()`."""
    memo, key = scope.package.memo, ("sets-variable", name)
    if key not in memo:
        memo[key] = any(
            decl is not None and decl.kind == "var"
            for other in scope.package.scopes.values()
            for decl in map(other.file.decl_at, words.calls(other.file, name))
        )
    return memo[key] is True


def _is_main(scope: FileScope) -> bool:
    return scope.package.name == "main"
