"""Results that have to be released: rows to close, transactions to finish.

`duty_of` tells what a statement takes on and where it is kept, `Duty.missed` shows a path that
gives it up unreleased. Whoever else may hold the value counts as releasing it: a path is shown
only if all that happens to the value on it is in sight.
"""

from __future__ import annotations

from golint_concurrency.semantics import infer, summaries
from golint_concurrency.semantics.callgraph import target_at
from golint_concurrency.semantics.cfg_graph import Block, Edge, Graph
from golint_concurrency.semantics.cfg_queries import Path, must_pass
from golint_concurrency.semantics.effects import param_at
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast


class Duty:
    """`statement` of `info` sets `local` to something that `release` (as `facts.txt` spells it)
    has to be called on, unless `error` is not nil."""

    __slots__ = ("_graph", "error", "info", "local", "release", "scope", "statement")

    def __init__(
        self,
        scope: FileScope,
        info: FunctionInfo,
        statement: ast.Assign,
        local: Local,
        error: Local | None,
        release: str,
        graph: Graph,
    ) -> None:
        self.scope = scope
        self.info = info
        self.statement = statement
        self.local = local
        self.error = error
        self.release = release
        self._graph = graph

    def missed(self, ends: str = "") -> Path | None:
        """A path from the statement to a return on which nothing releases the value.

        A method `ends` that comes out false has released it (`Next` of rows).
        """
        graph = self._graph
        settling: set[ast.Node] = set()
        for use in self.local.uses:
            if use.parent is self.statement and self._is_written(use):
                continue
            if self._is_written(use) or not self._is_harmless(use):
                _add_place(graph, use, settling)
        failed: set[Edge] = set()
        if self.error is not None:
            failed = self._failures(self.error, settling)

        def follow(edge: Edge) -> bool:
            if edge in failed:
                return False
            cond = edge.cond
            if cond is None:
                return True
            if _is_nil_test(cond, self.local):
                assert isinstance(cond, ast.Binary)
                return (cond.op == "!=") is edge.when
            return not (ends and edge.when is False and _is_call_on(cond, self.local, ends))

        return must_pass(graph, self.statement, lambda node: node in settling, follow=follow)

    def _is_written(self, use: ast.Ident) -> bool:
        return isinstance(use.parent, ast.Assign) and use in use.parent.lhs

    def _is_harmless(self, use: ast.Ident) -> bool:
        """True if the value is neither released nor in other hands after this use."""
        if ast.enclosing_function(use) is not self.info.node:
            return False
        parent = use.parent
        if isinstance(parent, ast.Binary):
            return _is_nil_test(parent, self.local)
        if isinstance(parent, ast.Selector) and parent.x is use:
            call = parent.parent
            return (
                isinstance(call, ast.Call)
                and call.fun is parent
                and parent.sel.name not in self.release.split("|")
            )
        if isinstance(parent, ast.Call) and use in parent.args:
            target = target_at(self.scope, parent.fun)
            if target is None or isinstance(parent.parent, ast.Go):
                return False
            if param_at(target, parent.args.index(use)) is None or target.node.body is None:
                return False
            given = summaries.of(target).param(parent.args.index(use))
            return given.escapes is None and given.releases(self.release) is None
        return False

    def _failures(self, error: Local, settling: set[ast.Node]) -> set[Edge]:
        """Edges that are taken only if the statement failed: there is nothing to release then.

        Where the error is turned into something else first, the path is taken for settled.
        """
        graph = self._graph
        reads: dict[ast.Node, list[ast.Ident]] = {}
        writes: set[ast.Node] = set()
        for use in error.uses:
            if ast.enclosing_function(use) is not self.info.node:
                continue
            place = graph.position(use)
            if place is None:
                continue
            node = place.block.nodes[place.index]
            if self._is_written(use):
                writes.add(node)
            else:
                reads.setdefault(node, []).append(use)
        failed: set[Edge] = set()
        start = graph.position(self.statement)
        assert start is not None
        seen: set[Block] = set()
        pending = [(start.block, start.index + 1)]
        while pending:
            block, index = pending.pop()
            conds = {edge.cond for edge in block.succs}
            over = False
            for node in block.nodes[index:]:
                if node in reads and (
                    isinstance(node, ast.Assign | ast.DeclStmt | ast.Send)
                    or (isinstance(node, ast.Expr) and node not in conds)
                ):
                    settling.add(node)
                if node in writes:
                    over = True
                    break
            if over:
                continue
            for edge in block.succs:
                cond = edge.cond
                if cond is not None and cond in reads and self._tells_failure(edge, cond, error):
                    failed.add(edge)
                elif edge.dst not in seen:
                    seen.add(edge.dst)
                    pending.append((edge.dst, 0))
        return failed

    def _tells_failure(self, edge: Edge, cond: ast.Expr, error: Local) -> bool:
        """True unless the error is nil, or may be, when `cond` is as the edge has it."""
        if _is_nil_test(cond, error):
            assert isinstance(cond, ast.Binary)
            return (cond.op == "!=") is edge.when
        if isinstance(cond, ast.Binary) and cond.op in ("==", "!="):
            return (cond.op == "==") is edge.when
        if isinstance(cond, ast.Call):
            callee = infer.callee_of(self.scope, cond.fun)
            if callee is not None and callee.name in ("errors.Is", "errors.As"):
                return edge.when is True
        return True  # somebody's own test: either way may be the one for errors


def duty_of(scope: FileScope, info: FunctionInfo, call: ast.Call, release: str) -> Duty | None:
    """The duty that comes with result 0 of `call`; None if it is not kept in a variable of `info`
    whose uses are all in sight."""
    statement = call.parent
    if not isinstance(statement, ast.Assign) or statement.rhs != [call]:
        return None
    target = statement.lhs[0]
    local = target.obj if isinstance(target, ast.Ident) else None
    if not isinstance(local, Local) or local.owner is not info.node or local.role != "var":
        return None
    graph = graph_of(info)
    if graph is None or graph.broken:
        return None
    for use in local.uses:
        early = use.start < call.start and ast.enclosing_function(use) is not info.node
        if early or isinstance(use.parent, ast.Unary):
            return None
    error = None
    if len(statement.lhs) > 1:
        last = statement.lhs[-1]
        if isinstance(last, ast.Ident) and isinstance(last.obj, Local):
            error = last.obj
        elif not (isinstance(last, ast.Ident) and last.name == "_"):
            return None
    return Duty(scope, info, statement, local, error, release, graph)


def _add_place(graph: Graph, use: ast.Ident, places: set[ast.Node]) -> None:
    place = graph.position(use)
    if place is not None:
        places.add(place.block.nodes[place.index])


def _is_nil_test(cond: ast.Node, local: Local) -> bool:
    return (
        isinstance(cond, ast.Binary)
        and cond.op in ("==", "!=")
        and isinstance(cond.x, ast.Ident)
        and cond.x.obj is local
        and isinstance(cond.y, ast.Ident)
        and cond.y.name == "nil"
    )


def _is_call_on(cond: ast.Expr, local: Local, name: str) -> bool:
    return (
        isinstance(cond, ast.Call)
        and isinstance(cond.fun, ast.Selector)
        and cond.fun.sel.name == name
        and isinstance(cond.fun.x, ast.Ident)
        and cond.fun.x.obj is local
    )


def ends_with_function(scope: FileScope, expr: ast.Expr) -> bool:
    """True if `expr` is a context that its function cancels by a deferred call: what hangs on it
    is released then, if late."""
    local = expr.obj if isinstance(expr, ast.Ident) else None
    if not isinstance(local, Local) or local.owner is None:
        return False
    sources: list[ast.Node | None] = [local.node, *(use.parent for use in local.uses)]
    for node in sources:
        if not isinstance(node, ast.Assign) or len(node.lhs) != 2 or len(node.rhs) != 1:
            continue
        left, cancel = node.lhs
        made = node.rhs[0]
        if not (isinstance(left, ast.Ident) and left.obj is local and isinstance(made, ast.Call)):
            continue
        callee = infer.callee_of(scope, made.fun)
        if callee is None or not callee.name.startswith(("context.With", "os/signal.Notify")):
            continue
        if isinstance(cancel, ast.Ident) and isinstance(cancel.obj, Local):
            if any(ast.is_deferred(use) for use in cancel.obj.uses):
                return True
    return False
