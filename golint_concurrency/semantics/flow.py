"""Control flow of functions in the light of what they call: calls that never come back."""

from __future__ import annotations

from golint_concurrency.semantics import cfg, facts
from golint_concurrency.semantics.blocking import is_builtin
from golint_concurrency.semantics.callgraph import scope_of, target_at
from golint_concurrency.semantics.infer import callee_of
from golint_concurrency.semantics.nodes import nodes_of
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

_MAX_DEPTH = 12


def graph_of(info: FunctionInfo) -> cfg.Graph | None:
    """The control-flow graph of a function or closure, None if it has no body; cached."""
    return _graph(info, 0)


def _graph(info: FunctionInfo, depth: int) -> cfg.Graph | None:
    body = info.node.body
    if body is None:
        return None
    if info.graph is None:
        scope = scope_of(info)
        info.graph = cfg.build(
            body,
            never_returns=lambda call: _call_never_returns(scope, call, depth),
            is_panic=lambda call: is_builtin(scope, call, "panic"),
        )
    graph: cfg.Graph = info.graph
    return graph


def call_never_returns(scope: FileScope, call: ast.Call) -> bool:
    """True if `call` ends the process or the goroutine, or loops for ever."""
    return _call_never_returns(scope, call, 0)


def _call_never_returns(scope: FileScope, call: ast.Call, depth: int) -> bool:
    callee = callee_of(scope, call.fun)
    if callee is None:
        return False
    if callee.name:
        known = facts.of(callee.name)
        if known is not None:
            return "noreturn" in known or "goexit" in known or "panics" in known
    target = target_at(scope, call.fun)
    return target is not None and _never_returns(target, depth + 1)


def never_returns(info: FunctionInfo) -> bool:
    """True if no path through the function comes back to its caller."""
    return _never_returns(info, 0)


def _never_returns(info: FunctionInfo, depth: int) -> bool:
    known = info.memo.get("never-returns")
    if known is None:
        if depth > _MAX_DEPTH:
            return False
        info.memo["never-returns"] = False  # what a recursive call sees
        if _comes_through(info, depth):
            return False
        graph = _graph(info, depth)
        known = graph is not None and not any(
            exit_.kind in cfg.RETURNS and graph.reachable(exit_.block) for exit_ in graph.exits
        )
        if graph is not None and graph.broken:
            known = False
        info.memo["never-returns"] = known
    return bool(known)


def _comes_through(info: FunctionInfo, depth: int) -> bool:
    """True if a look at the outermost statements is enough to see that the function can return:
    each of those up to a `return` or the end comes to its own end, whatever is in its branches,
    and all calls come back."""
    body = info.node.body
    if body is None:
        return False
    for stmt in body.stmts:
        if isinstance(stmt, ast.Return):
            break
        if (isinstance(stmt, ast.If) and stmt.orelse is None) or isinstance(stmt, ast.For):
            if stmt.cond is None or (isinstance(stmt.cond, ast.Ident) and stmt.cond.name == "true"):
                return False
        elif not isinstance(stmt, _STRAIGHT):
            return False
    scope = scope_of(info)
    # What never returns has no result to use, so its call is a statement.
    return not any(
        is_builtin(scope, call, "panic") or _call_never_returns(scope, call, depth)
        for call in nodes_of(info, ast.Call)
        if isinstance(call.parent, ast.ExprStmt | ast.Paren)
    )


_STRAIGHT = (
    ast.Assign, ast.Defer, ast.DeclStmt, ast.ExprStmt, ast.Go, ast.IncDec, ast.Range, ast.Send,
)  # fmt: skip


def recovers(info: FunctionInfo) -> bool:
    """True if the function defers something that calls `recover` directly."""
    known = info.memo.get("recovers")
    if known is None:
        known = info.memo["recovers"] = _recovers(info)
    return bool(known)


def _recovers(info: FunctionInfo) -> bool:
    body = info.node.body
    if body is None:
        return False
    scope = scope_of(info)
    for node in nodes_of(info, ast.Defer):
        if not isinstance(node.call, ast.Call):
            continue
        callee = callee_of(scope, node.call.fun)
        if callee is not None and callee.name and "recovers" in (facts.of(callee.name) or ()):
            return True
        target = target_at(scope, node.call.fun)
        if target is None or target.node.body is None:
            continue
        inner = scope_of(target)
        if any(is_builtin(inner, call, "recover") for call in nodes_of(target, ast.Call)):
            return True
    return False


def loops_forever(info: FunctionInfo) -> bool:
    """True if the function has a reachable loop that no path leaves, or waits in `select {}`."""
    known = info.memo.get("loops-forever")
    if known is None:
        known = info.memo["loops-forever"] = _loops_forever(info)
    return bool(known)


def _loops_forever(info: FunctionInfo) -> bool:
    body = info.node.body
    if body is None or not (
        nodes_of(info, ast.Labeled)
        or any(node.cond is None for node in nodes_of(info, ast.For))
        or any(not node.clauses for node in nodes_of(info, ast.Select))
    ):
        return False
    graph = graph_of(info)
    if graph is None or graph.broken:
        return False
    if any(not graph.can_exit(loop) for loop in graph.loops):
        return True
    return any(
        isinstance(node, ast.Select) and not node.clauses
        for block in graph.rpo
        for node in block.nodes
    )
