"""Whether the function that starts a goroutine waits for it before it returns, and on which paths.

A goroutine tells that it is done by a signal: it sends on or closes a channel, calls `Done` on a
WaitGroup, cancels a context. The starter waits where it receives from that channel, calls `Wait`
on that group, receives from that context's `Done()`. A second goroutine may pass a signal on
(`go func() { wg.Wait(); close(results) }()`).

What waits is told by the place that a signal lives in, written as the variable it starts from and
the fields that lead there: `s.done` in the goroutine is `s.done` in the starter.
"""

from __future__ import annotations

from golint_concurrency.semantics import cfg_queries, facts, infer
from golint_concurrency.semantics.blocking import is_chan_of_time
from golint_concurrency.semantics.callgraph import (
    closure_in,
    initial_value,
    is_assigned,
    scope_of,
    target_at,
)
from golint_concurrency.semantics.cfg_graph import evaluated
from golint_concurrency.semantics.cfg_queries import Path
from golint_concurrency.semantics.denote import constant, core
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.infer import callee_of
from golint_concurrency.semantics.objects import Local, Object, PackageName
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import Chan, deref, is_named
from golint_concurrency.syntax import ast

Place = tuple[Object, str]
"""A variable, and the fields that lead from it to a channel, group or context."""

_MAX_DEPTH = 3
_WAITS = frozenset(["Wait", "WaitAndRecover", "Join", "Await", "WaitAll", "WaitTimeout"])
ENDS = frozenset(
    ["Close", "CloseWithError", "CloseNow", "CloseSend", "CloseRead", "CloseWrite", "Stop",
     "Cancel", "Shutdown", "Unsubscribe", "Kill", "SetDeadline", "SetReadDeadline"]
)  # fmt: skip
_CANCELS = frozenset(
    ["context.WithCancel", "context.WithCancelCause", "context.WithTimeout",
     "context.WithDeadline", "context.WithTimeoutCause", "context.WithDeadlineCause"]
)  # fmt: skip


class Joining:
    """How a starter waits for a goroutine.

    `waits` are the nodes where it does, in the starter's own body. `path` leads from the start of
    the goroutine to a return without any of them; None if there is no such path. `elsewhere` is
    true where the signal is in hands out of sight (returned, passed on, a parameter), so that
    somebody else may wait.
    """

    __slots__ = ("elsewhere", "path", "waits")

    def __init__(self, waits: list[ast.Node], path: Path | None, elsewhere: bool) -> None:
        self.waits = waits
        self.path = path
        self.elsewhere = elsewhere

    @property
    def certain(self) -> bool:
        """True if the starter waits on every path on which it returns."""
        return bool(self.waits) and self.path is None


def joining(scope: FileScope, statement: ast.Node, target: FunctionInfo | None) -> Joining:
    """How the function around `statement` waits for the goroutine that it starts there.

    `statement` is a `go` statement or another node that starts `target` (`g.Go(f)`).
    """
    function = ast.enclosing_function(statement)
    if function is None or function.info is None:
        return Joining([], None, False)
    starter: FunctionInfo = function.info
    signals = signals_of(scope, statement, target)
    nodes = _waits(scope, function, statement, signals)
    graph = graph_of(starter)
    path: Path | None = None
    if graph is not None and graph.position(statement) is not None:
        marks = {id(node) for node in nodes} | _loop_heads(nodes, statement)
        path = cfg_queries.must_pass(graph, statement, lambda node: _passes(scope, node, marks))
        if graph.broken:
            path = None
    elsewhere = any(_leaves_hand(place, starter) for place in signals)
    outer = ast.enclosing_function(function)
    while outer is not None and not nodes and not elsewhere:
        elsewhere = bool(_waits(scope, outer, statement, signals))
        outer = ast.enclosing_function(outer)
    return Joining(nodes, path, elsewhere)


def is_joined(scope: FileScope, statement: ast.Node, target: FunctionInfo | None) -> bool:
    """True if the starter waits for the goroutine on every path before it returns, or if that
    cannot be told because the signal is in other hands."""
    known = joining(scope, statement, target)
    return known.certain or known.elsewhere


def may_be_joined(scope: FileScope, statement: ast.Node, target: FunctionInfo | None) -> bool:
    """True if the starter waits for the goroutine on some path, or somebody else may."""
    known = joining(scope, statement, target)
    return bool(known.waits) or known.elsewhere


def signals_of(scope: FileScope, statement: ast.Node, target: FunctionInfo | None) -> set[Place]:
    """The places by which the goroutine that `statement` starts tells that it is done."""
    function = ast.enclosing_function(statement)
    signals: set[Place] = set()
    call = statement.call if isinstance(statement, ast.Go) else None
    if target is not None:
        _signals(scope, target, call if isinstance(call, ast.Call) else None, signals, 0)
    elif isinstance(call, ast.Call):
        _signals_of_call(scope, call, signals, _MAX_DEPTH)
    if isinstance(statement, ast.Call) and isinstance(statement.fun, ast.Selector):
        group = place_of(scope, statement.fun.x)
        if group is not None and not isinstance(group[0], PackageName):
            signals.add(group)  # g.Go(f) tells g
    if function is not None and function.info is not None:
        _passed_on(scope, function.info, statement, signals)
    return signals


def is_wait(scope: FileScope, node: ast.Node, signals: set[Place]) -> bool:
    """True if `node` itself waits for one of `signals`, or calls what does."""
    return _is_wait(scope, node, signals)


def is_released(scope: FileScope, statement: ast.Go, target: FunctionInfo) -> bool:
    """True if the starter ends what the goroutine works with: it closes a channel, connection or
    other thing that the goroutine was given or captures, so that whatever waits there comes back.
    """
    function = ast.enclosing_function(statement)
    if function is None or function.body is None:
        return False
    held: set[Object] = set(target.captures)
    if isinstance(statement.call, ast.Call):
        for part in ast.walk(statement.call):
            if isinstance(part, ast.Ident) and isinstance(part.obj, Local):
                held.add(part.obj)
    for local in list(held):
        # What a struct that the goroutine works with was made of.
        literal = ast.unparen(made) if (made := _initial(local)) is not None else None
        if isinstance(literal, ast.Unary) and literal.op == "&":
            literal = literal.x
        if isinstance(literal, ast.CompositeLit):
            for part in ast.walk(literal):
                if isinstance(part, ast.Ident) and isinstance(part.obj, Local):
                    held.add(part.obj)
    for node in ast.walk(function.body):
        if not isinstance(node, ast.Call):
            continue
        if statement.start <= node.start and node.end <= statement.end:
            continue
        fun = ast.unparen(node.fun)
        ended: ast.Expr | None = None
        if isinstance(fun, ast.Selector) and fun.sel.name in ENDS:
            ended = fun.x
        elif isinstance(fun, ast.Ident) and fun.name == "close" and len(node.args) == 1:
            ended = node.args[0]
        place = place_of(scope, ended) if ended is not None else None
        if place is not None and place[0] in held and not _is_receiver(place):
            return True
    return False


def _initial(obj: Object) -> ast.Expr | None:
    """What a variable is declared with; None for other things."""
    return initial_value(obj) if isinstance(obj, Local) and obj.role == "var" else None


def _is_receiver(place: Place) -> bool:
    """`s.Close()` in a method of `s`, and a field of it, say little about one goroutine."""
    return isinstance(place[0], Local) and place[0].role == "receiver"


# ---------------------------------------------------------------------------- signals


def place_of(scope: FileScope, expr: ast.Expr, hops: int = 3) -> Place | None:
    """The place that `expr` names: `x`, `x.y`, `&x`, `*x`, `x.Done()`; None for anything else.

    A variable that only renames a place stands for that place, `hops` times.
    """
    fields: list[str] = []
    while True:
        expr = ast.unparen(expr)
        if isinstance(expr, ast.Selector):
            fields.append(expr.sel.name)
            expr = expr.x
        elif isinstance(expr, ast.Index | ast.SliceExpr):
            fields.append("[]")
            expr = expr.x
        elif isinstance(expr, ast.Star) or (isinstance(expr, ast.Unary) and expr.op == "&"):
            expr = expr.x
        elif isinstance(expr, ast.Call) and not expr.args and isinstance(expr.fun, ast.Selector):
            fields.append(f"{expr.fun.sel.name}()")
            expr = expr.fun.x
        else:
            break
    if not isinstance(expr, ast.Ident):
        return None
    obj = scope.resolve(expr)
    if obj is None:
        return None
    alias = _aliased(obj) if hops else None
    if alias is not None:
        known = place_of(scope, alias, hops - 1)
        if known is not None:
            return known[0], ".".join(filter(None, (known[1], *reversed(fields))))
    return obj, ".".join(reversed(fields))


def _aliased(obj: Object) -> ast.Expr | None:
    """`s.done` for a variable that is declared as `done := s.done` and never changed."""
    if not isinstance(obj, Local) or obj.role != "var":
        return None
    value = initial_value(obj)
    if isinstance(value, ast.Unary) and value.op == "&":
        value = value.x
    if not isinstance(value, ast.Ident | ast.Selector) or any(map(is_assigned, obj.uses)):
        return None
    return value


def _signals(
    scope: FileScope,
    target: FunctionInfo,
    call: ast.Call | None,
    found: set[Place],
    depth: int,
) -> None:
    """Add the places by which `target`, run by `call` in `scope`, tells that it is done."""
    body = target.node.body
    if body is None:
        return
    inner = scope_of(target)
    own: set[Place] = set()
    for node in ast.walk(body):
        channel: ast.Expr | None = None
        if isinstance(node, ast.Send):
            channel = node.chan
        elif isinstance(node, ast.Call):
            channel = _signalled(inner, node, own)
            _signals_of_call(inner, node, own, depth)
        if channel is not None:
            place = place_of(inner, channel)
            if place is not None:
                own.add(place)
    given = _arguments(scope, target, call)
    for obj, fields in own:
        outer = given.get(obj)
        if outer is not None and fields == "Done()":
            continue  # ctx, cancel := context.WithCancel(ctx): not the caller's ctx any more
        if outer is not None:
            found.add((outer[0], ".".join(part for part in (outer[1], fields) if part)))
        elif not (isinstance(obj, Local) and obj in target.params):
            found.add((obj, fields))


def _signalled(scope: FileScope, call: ast.Call, found: set[Place]) -> ast.Expr | None:
    """What `close(x)`, `x.Done()` or a cancel function signals."""
    fun = ast.unparen(call.fun)
    if isinstance(fun, ast.Ident):
        if fun.name == "close" and len(call.args) == 1:
            return call.args[0]
        obj = scope.resolve(fun)
        if isinstance(obj, Local):
            context = _context_of_cancel(scope, obj)
            if context is not None:
                found.add((context, "Done()"))
            elif not obj.is_variable or closure_in(obj) is None:
                found.add((obj, ""))  # a callback: it may tell anybody
        return None
    if isinstance(fun, ast.Selector) and fun.sel.name in ("Done", "Signal", "Broadcast"):
        return fun.x if len(call.args) == 0 and fun.sel.name != "Done" else _group(scope, fun.x)
    return None


def _group(scope: FileScope, expr: ast.Expr) -> ast.Expr | None:
    """`expr` unless it is a context, whose `Done` is a question, not a signal."""
    type_ = infer.type_of(scope, expr)
    return None if is_named(deref(type_), "context.Context") else expr


def _signals_of_call(scope: FileScope, call: ast.Call, found: set[Place], depth: int) -> None:
    """Signals given by a function that the goroutine calls, or hands a channel or group to."""
    if depth < _MAX_DEPTH:
        target = target_at(scope, call.fun)
        if target is not None and not isinstance(target.node, ast.FuncLit):
            _signals(scope, target, call, found, depth + 1)
            return
    for argument in call.args:
        type_ = infer.type_of(scope, argument)
        if isinstance(core(type_), Chan) or is_named(deref(type_), "sync.WaitGroup"):
            place = place_of(scope, argument)
            if place is not None:
                found.add(place)


def _arguments(
    scope: FileScope, target: FunctionInfo, call: ast.Call | None
) -> dict[Object, Place]:
    """What the parameters (and the receiver) of `target` stand for at `call`."""
    given: dict[Object, Place] = {}
    if call is None:
        return given
    for param, argument in zip(target.params, call.args, strict=False):
        place = place_of(scope, argument)
        if param is not None and place is not None:
            given[param] = place
    fun = ast.unparen(call.fun)
    if target.receiver is not None and isinstance(fun, ast.Selector):
        place = place_of(scope, fun.x)
        if place is not None:
            given[target.receiver] = place
    return given


def _context_of_cancel(scope: FileScope, cancel: Local) -> Local | None:
    """The context that a cancel function belongs to: `ctx, cancel := context.WithCancel(...)`."""
    node = cancel.node
    if not isinstance(node, ast.Assign) or len(node.lhs) != 2 or len(node.rhs) != 1:
        return None
    made = ast.unparen(node.rhs[0])
    if not isinstance(made, ast.Call):
        return None
    callee = callee_of(scope, made.fun)
    first = node.lhs[0]
    if callee is None or callee.name not in _CANCELS or not isinstance(first, ast.Ident):
        return None
    obj = scope.resolve(first)
    return obj if isinstance(obj, Local) else None


def _passed_on(
    scope: FileScope, starter: FunctionInfo, statement: ast.Node, signals: set[Place]
) -> None:
    """Add the signals that other goroutines of the starter give once they have had one of these."""
    body = starter.node.body
    if body is None or not signals:
        return
    others = [
        node.call
        for node in ast.walk_function(body)
        if isinstance(node, ast.Go) and node is not statement and isinstance(node.call, ast.Call)
    ]
    for _ in range(2):
        for call in others:
            target = target_at(scope, call.fun)
            if target is None or target.node.body is None:
                continue
            if isinstance(target.node, ast.FuncLit) and _waits(scope, target.node, None, signals):
                _signals(scope, target, call, signals, 0)


def _leaves_hand(place: Place, starter: FunctionInfo) -> bool:
    """True if others than the starter can receive the signal: it is a parameter of the starter, or
    the starter returns it, stores it or passes it on."""
    obj, _ = place
    if not isinstance(obj, Local) or obj.owner is not starter.node:
        return False
    if obj.role in ("param", "result"):
        return True
    if obj.role == "receiver":
        return False
    for use in obj.uses:
        up: ast.Node = use
        while isinstance(
            up.parent, ast.Selector | ast.Unary | ast.Paren | ast.KeyValue | ast.CompositeLit
        ) and not (isinstance(up.parent, ast.Unary) and up.parent.op == "<-"):
            up = up.parent
        parent = up.parent
        if isinstance(parent, ast.Return) or (isinstance(parent, ast.Send) and parent.value is up):
            return True
        if isinstance(parent, ast.Assign) and up in parent.rhs:
            return True
        if isinstance(parent, ast.Call) and up in parent.args and not _known_builtin(parent):
            if not isinstance(parent.parent, ast.Go):
                return True
    return False


def _known_builtin(call: ast.Call) -> bool:
    fun = ast.unparen(call.fun)
    return isinstance(fun, ast.Ident) and fun.name in ("close", "len", "cap", "append", "clear")


# ------------------------------------------------------------------------------ waits


def _waits(
    scope: FileScope,
    function: ast.FuncDecl | ast.FuncLit,
    statement: ast.Node | None,
    signals: set[Place],
) -> list[ast.Node]:
    """Where `function` waits for one of `signals`; deferred closures included, others not."""
    if function.body is None:
        return []
    found: list[ast.Node] = []
    for node in ast.walk_function(function.body):
        if statement is not None and statement.start <= node.start and node.end <= statement.end:
            continue
        if isinstance(node, ast.FuncLit):
            call = node.parent
            if isinstance(call, ast.Call) and call.fun is node:
                if not isinstance(call.parent, ast.Go) and _waits(scope, node, None, signals):
                    found.append(call.parent if isinstance(call.parent, ast.Defer) else call)
        elif _is_wait(scope, node, signals):
            found.append(node)
    return found


def _is_wait(scope: FileScope, node: ast.Node, signals: set[Place]) -> bool:
    if isinstance(node, ast.Unary) and node.op == "<-":
        return _matches(scope, node.x, signals)
    if isinstance(node, ast.Range):
        return isinstance(core(infer.type_of(scope, node.x)), Chan) and _matches(
            scope, node.x, signals
        )
    return isinstance(node, ast.Call) and _call_waits(scope, node, signals, 0)


def _matches(scope: FileScope, expr: ast.Expr, signals: set[Place]) -> bool:
    place = place_of(scope, expr)
    if place is None:
        # A channel that a call gives may be this one, unless a timer feeds it.
        return not is_chan_of_time(scope, expr)
    return place in signals


def _call_waits(scope: FileScope, call: ast.Call, signals: set[Place], depth: int) -> bool:
    fun = ast.unparen(call.fun)
    callee = callee_of(scope, fun)
    name = callee.name if callee is not None else ""
    if name == "golang.org/x/sync/semaphore.Weighted.Acquire":
        # Taking everything waits for all others; taking one is how a limit works.
        return len(call.args) == 2 and constant(scope, call.args[1]) != 1
    if name and "joins" in (facts.of(name) or ()):
        return True
    if isinstance(fun, ast.Selector) and fun.sel.name in _WAITS:
        if name == "sync.WaitGroup.Wait":
            place = place_of(scope, fun.x)
            return place is None or place in signals
        # rate.Limiter.Wait takes a context, and a process is not a goroutine.
        return not call.args and name != "os/exec.Cmd.Wait"
    target = target_at(scope, fun)
    if target is None or target.node.body is None or depth >= 2:
        return False
    if isinstance(call.parent, ast.Go):
        return False
    return _target_waits(scope, target, call, signals, depth)


def _target_waits(
    scope: FileScope, target: FunctionInfo, call: ast.Call, signals: set[Place], depth: int
) -> bool:
    """True if a function that the starter calls waits for one of `signals` in its own body."""
    given = _arguments(scope, target, call)
    if isinstance(target.node, ast.FuncLit):
        inner = set(signals)
    else:
        inner = {place for place in signals if not isinstance(place[0], Local)}
    for param, (obj, fields) in given.items():
        for root, rest in signals:
            if root is obj and (rest == fields or rest.startswith(f"{fields}.") or not fields):
                inner.add((param, rest[len(fields) :].lstrip(".")))
    if not inner or target.node.body is None:
        return False
    there = scope_of(target)
    for node in ast.walk_function(target.node.body):
        if isinstance(node, ast.Call):
            if _call_waits(there, node, inner, depth + 1):
                return True
        elif isinstance(node, ast.Unary | ast.Range):
            channel = node.x if not isinstance(node, ast.Unary) or node.op == "<-" else None
            place = place_of(there, channel) if channel is not None else None
            if place is not None and place in inner:
                return True
    return False


# ------------------------------------------------------------------------------ paths


def _passes(scope: FileScope, node: ast.Node, marks: set[int]) -> bool:
    if id(node) in marks:
        return True
    return any(id(part) in marks for part in evaluated(node))


def _loop_heads(nodes: list[ast.Node], statement: ast.Node) -> set[int]:
    """Conditions of loops that exist to wait: `for i := 0; i < n; i++ { <-done }`.

    A turn for each goroutine is taken for granted, so passing the head counts as waiting.
    """
    found: set[int] = set()
    for node in nodes:
        up: ast.Node | None = node
        while up is not None and not isinstance(up, ast.FuncLit | ast.FuncDecl):
            if isinstance(up, ast.CommClause):
                select = up.parent
                if isinstance(select, ast.Select) and len(select.clauses) > 1:
                    break
            if isinstance(up, ast.For | ast.Range):
                if up.start <= statement.start and statement.end <= up.end:
                    break
                if isinstance(up, ast.Range):
                    found.add(id(up))
                elif up.cond is not None:
                    found.add(id(up.cond))
                    found.update(id(part) for part in evaluated(up.cond))
            up = up.parent
    return found


__all__ = [
    "Joining",
    "Place",
    "is_joined",
    "is_released",
    "is_wait",
    "joining",
    "may_be_joined",
    "place_of",
    "signals_of",
]
