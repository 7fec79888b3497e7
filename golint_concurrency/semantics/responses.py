"""What becomes of an HTTP response: on which paths its body stays open.

`fate_of(scope, statement, response, error)` follows the variable that a call's response was
assigned to. A use that closes the body, or after which somebody else may close it, settles the
matter; so does a use that is not understood.
"""

from __future__ import annotations

from golint_concurrency.semantics import flow, summaries
from golint_concurrency.semantics.callgraph import target_of
from golint_concurrency.semantics.cfg_graph import RETURNS, Edge, Graph
from golint_concurrency.semantics.cfg_queries import Path, may_reach, must_pass, solve_forward
from golint_concurrency.semantics.denote import is_type
from golint_concurrency.semantics.infer import callee_of
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

_NONE, _FRESH, _SEEN, _OPEN = "none", "fresh", "seen", "open"
"""No open body here; a response whose error was not looked at yet; one of these that is known not
to be nil; a body that is open."""
_Flags = frozenset[tuple[Local, bool]]
_State = tuple[str, _Flags]
_START: _State = (_NONE, frozenset())
_READING = frozenset(["Cookies", "Location", "ProtoAtLeast"])
_READERS = (
    "bufio.", "bytes.", "builtin.", "compress/", "encoding/", "errors.", "fmt.", "io.", "log.",
    "log/slog.", "reflect.DeepEqual", "strings.",
)  # fmt: skip
"""Functions that use a body or a response and never close it."""


class Fate:
    """Where a response goes.

    `leak` is a path on which the body stays open (to an exit, or to the statement that overwrites
    the response). `early` is a use of the body that closes it before the error was looked at.
    `settlers` are all uses that may settle the matter.
    """

    __slots__ = ("early", "leak", "settlers")

    def __init__(self, leak: Path | None, early: ast.Node | None, settlers: list[ast.Ident]):
        self.leak = leak
        self.early = early
        self.settlers = settlers


def fate_of(
    scope: FileScope,
    info: FunctionInfo,
    statement: ast.Assign,
    response: Local,
    error: Local | None,
) -> Fate | None:
    """The fate of the response that `statement` puts into `response`; None if that is unknown."""
    graph = flow.graph_of(info)
    if graph is None or graph.broken:
        return None
    if response.owner is not info.node or response.role == "result":
        return None
    errors = _names_of(error)
    if errors is None:
        return None
    start = graph.position(statement)
    if start is None or not graph.reachable(start.block):
        return None
    settlers: list[ast.Ident] = []
    settled: set[ast.Node] = set()
    overwritten: set[ast.Node] = set()
    for use in response.uses:
        place = graph.position(use)
        if place is None:
            return None
        node = place.block.nodes[place.index]
        assign = use.parent
        if isinstance(assign, ast.Assign) and use in assign.lhs:
            if assign is statement or (
                len(assign.rhs) == 1 and isinstance(assign.rhs[0], ast.Call)
            ):
                if ast.enclosing_function(use) is not info.node:
                    return None
                overwritten.add(node)
            else:
                settled.add(node)
        elif settles(scope, use):
            settlers.append(use)
            settled.add(node)
    return _solve(graph, statement, response, error, errors, settlers, settled, overwritten)


def _solve(
    graph: Graph,
    statement: ast.Assign,
    response: Local,
    error: Local | None,
    errors: set[Local],
    settlers: list[ast.Ident],
    settled: set[ast.Node],
    overwritten: set[ast.Node],
) -> Fate:
    place = graph.position(statement)
    assert place is not None
    first = place.block.nodes[place.index]
    forgets = _assignments(graph, error) if error is not None else set()

    def transfer(node: ast.Node, state: _State) -> _State:
        known, flags = state
        if node is first:
            return _FRESH, flags
        if known == _NONE or node in settled or node in overwritten:
            known = _NONE
        elif known in (_FRESH, _SEEN) and node in forgets:
            known = _OPEN
        return known, _flags_after(node, flags)

    def along(edge: Edge, state: _State) -> _State | None:
        known, flags = state
        if edge.cond is None:
            return state
        if isinstance(edge.cond, ast.Ident) and (edge.cond.obj, not edge.when) in flags:
            return None
        if known == _NONE:
            return state
        return _learn(edge, known, response, errors), flags

    solution = solve_forward(graph, _START, transfer, edge_transfer=along)
    if not solution.complete:
        return Fate(None, None, settlers)
    early = None
    if errors:
        for use in settlers:
            node = _node_at(graph, use)
            if (
                {known for known, _ in solution.before(node)} == {_FRESH}
                and _is_close(use)
                and node is not first
            ):
                if any(_tested(name, use.end) for name in errors):
                    early = node
                    break

    def follow(edge: Edge) -> bool:
        """Not into the branch of the error that came with the response."""
        for state in solution.at_end(edge.src):
            if state[0] != _NONE:
                then = along(edge, state)
                if then is not None and then[0] != _NONE:
                    return True
        return False

    ends = [
        exit_
        for exit_ in graph.exits
        if exit_.kind in RETURNS and _left_open(solution.at_exit(exit_))
    ]
    leak = None
    if ends:
        leak = must_pass(graph, first, lambda n: n in settled or n in overwritten, follow=follow)
    if leak is None:
        again = {node for node in overwritten if _left_open(solution.before(node))}
        if again:
            leak = may_reach(
                graph, first, lambda n: n in again, blocked_by=lambda n: n in settled, follow=follow
            )
    return Fate(leak, early, settlers)


def _left_open(states: set[_State]) -> bool:
    return any(known != _NONE for known, _ in states)


def _flags_after(node: ast.Node, flags: frozenset[tuple[Local, bool]]) -> _Flags:
    """What is known of variables that were set to `true` or `false`."""
    if not isinstance(node, ast.Assign):
        return flags
    for index, target in enumerate(node.lhs):
        local = target.obj if isinstance(target, ast.Ident) else None
        if not isinstance(local, Local):
            continue
        flags = frozenset(flag for flag in flags if flag[0] is not local)
        value = node.rhs[index] if len(node.lhs) == len(node.rhs) else None
        if isinstance(value, ast.Ident) and value.name in ("true", "false") and not value.obj:
            flags |= {(local, value.name == "true")}
    return flags


def _node_at(graph: Graph, use: ast.Node) -> ast.Node:
    place = graph.position(use)
    assert place is not None
    return place.block.nodes[place.index]


def _assignments(graph: Graph, error: Local) -> set[ast.Node]:
    """Nodes after which the variable of the error says nothing about the response."""
    return {
        _node_at(graph, use)
        for use in error.uses
        if isinstance(use.parent, ast.Assign)
        and use in use.parent.lhs
        and graph.position(use) is not None
    }


def _learn(edge: Edge, state: str, response: Local, errors: set[Local]) -> str:
    cond = edge.cond
    if isinstance(cond, ast.Binary) and cond.op in ("==", "!="):
        for x, y in ((cond.x, cond.y), (cond.y, cond.x)):
            is_nil = isinstance(y, ast.Ident) and y.name == "nil"
            equal = (cond.op == "==") is edge.when
            if isinstance(x, ast.Selector) and x.sel.name == "Body" and is_nil:
                x = x.x
            if not isinstance(x, ast.Ident):
                continue
            if x.obj is response and is_nil:
                if equal:
                    return _NONE
                return _SEEN if state == _FRESH else state
            if x.obj in errors and state in (_FRESH, _SEEN):
                if is_nil:
                    return _OPEN if equal else _NONE
                return _NONE if equal else state
    elif isinstance(cond, ast.Call) and state in (_FRESH, _SEEN) and _mentions(cond, errors):
        name = ast.unparen(cond.fun)
        known = isinstance(name, ast.Selector) and name.sel.name in ("Is", "As")
        return state if known and edge.when is False else _NONE
    return state


def _mentions(node: ast.Node, errors: set[Local]) -> bool:
    return any(isinstance(item, ast.Ident) and item.obj in errors for item in ast.walk(node))


def _names_of(error: Local | None) -> set[Local] | None:
    """The error's variable and those it is copied to; None if it is tested in another way."""
    if error is None:
        return set()
    found = {error}
    for use in error.uses:
        parent = use.parent
        if isinstance(parent, ast.Switch | ast.Case | ast.TypeAssert | ast.TypeSwitch):
            return None
        if isinstance(parent, ast.Assign) and use in parent.rhs:
            target = (
                parent.lhs[parent.rhs.index(use)] if len(parent.lhs) == len(parent.rhs) else None
            )
            if not isinstance(target, ast.Ident):
                return None  # kept in a field: tested there
            if isinstance(target.obj, Local):
                found.add(target.obj)
    return found


def _tested(error: Local, offset: int) -> bool:
    """True if the error is compared with nil somewhere after `offset`."""
    return any(use.start > offset and isinstance(use.parent, ast.Binary) for use in error.uses)


def _is_close(use: ast.Ident) -> bool:
    body = use.parent
    close = body.parent if isinstance(body, ast.Selector) else None
    if not (isinstance(close, ast.Selector) and close.sel.name == "Close"):
        return False
    call = close.parent
    return isinstance(call, ast.Call) and isinstance(call.parent, ast.Defer | ast.ExprStmt)


def is_deferred_close(use: ast.Ident) -> ast.Defer | None:
    """`defer resp.Body.Close()`, if that is what `use` stands in."""
    if not _is_close(use):
        return None
    up = use.parent.parent.parent.parent  # type: ignore[union-attr]
    return up if isinstance(up, ast.Defer) else None


# ------------------------------------------------------------------------------- uses


def settles(scope: FileScope, use: ast.Ident) -> bool:
    """False only if this use of a response surely leaves its body open."""
    parent = use.parent
    if isinstance(parent, ast.Binary):
        return False
    if isinstance(parent, ast.Call) and use in parent.args:
        return _may_close(scope, parent, parent.args.index(use), whole=True)
    if not (isinstance(parent, ast.Selector) and parent.x is use):
        return True
    outer = parent.parent
    if parent.sel.name != "Body":
        is_method = isinstance(outer, ast.Call) and outer.fun is parent
        return is_method and parent.sel.name not in _READING
    if isinstance(outer, ast.Binary):
        return False
    if isinstance(outer, ast.Selector):
        return outer.sel.name != "Read"
    if isinstance(outer, ast.Call) and parent in outer.args:
        return _may_close(scope, outer, outer.args.index(parent), whole=False)
    return True


def _may_close(scope: FileScope, call: ast.Call, index: int, *, whole: bool) -> bool:
    """True if the function may close the body of a response, or of what it is handed."""
    if is_type(scope, call.fun):
        return True
    callee = callee_of(scope, call.fun)
    if callee is None or callee.interface:
        return True
    target = target_of(scope, callee)
    if target is None:
        return not callee.name.startswith(_READERS)
    body = target.node.body
    there = target.scope
    if body is None or not isinstance(there, FileScope):
        return True
    if b"Close" in there.file.slice(body.start, body.end):
        return True
    used = summaries.of(target).param(index)
    if whole:
        return bool(
            used.escapes or used.at("Body").escapes or used.calls("Body.Close")
            or used.find("call", "Write")
        )  # fmt: skip
    return bool(used.escapes or used.closes)


__all__ = ["Fate", "fate_of", "is_deferred_close", "settles"]
