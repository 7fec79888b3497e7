"""How many deferred calls one call of a function can hold at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.semantics import infer, loops
from golint_concurrency.semantics.callgraph import initial_value, is_assigned, scope_of
from golint_concurrency.semantics.cfg_graph import Block, Graph
from golint_concurrency.semantics.cfg_queries import may_reach
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.goroutines import root_object
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import deref, is_named
from golint_concurrency.syntax import ast

_COPIES = frozenset(
    "error bool string int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 byte rune "
    "float32 float64".split()
)
_UNLOCKS = re.compile(r"R?Unlock([A-Z]\w*)?\Z")
_LISTENERS = ("net.Listener", "net.TCPListener", "net.PacketConn")
_LOCKS = re.compile(r"(Try)?(R?Lock|Acquire)([A-Z]\w*)?\Z")
_UNDOES = re.compile(
    r"(Del|Delete|Destroy|Detach|Unmount|Unregister|Teardown|TearDown|Disable)([A-Z]\w*)?\Z"
)
"""Methods that take back at the end what the function has set up for all of its work."""
_STARTS = re.compile(r"(Try)?(Go|Submit|Schedule|Enqueue|Spawn)(Ctx|WithContext|Func)?\Z")
"""Methods that run the closure that they are given on another goroutine."""
_KEEPS = re.compile(r"(Set|Register)\w*\Z|(Add|Append|Push|Store|Track|Keep)\Z")


_GIVES_BACK = re.compile(
    r"(?i)close|stop|unlock|done|end|release|free|remove|delete|put|cancel|finish|return|destroy|"
    r"drop|clean|shutdown|rollback|give|recycle|reset|unref|dec|leave|discard|evict|detach|un"
)
_RESTORES = re.compile(r"(?i)(reset|restore|undo|revert)")
"""Functions that put back what the function has set for all of its work."""


class Pending:
    """The most deferred calls that wait at the same time in one call of a function.

    `count` is their number without those of `open_loops`: Defer statements that a loop without
    known bound runs again and again, each with that loop, unless they are meant to (see
    `outlives_turn`). `chain`
    are the Defer statements on the worst path, in order; one in a bounded loop stands once.
    """

    __slots__ = ("chain", "count", "open_loops")

    def __init__(
        self,
        count: int,
        chain: list[ast.Defer],
        open_loops: list[tuple[ast.Defer, ast.For | ast.Range]],
    ) -> None:
        self.count = count
        self.chain = chain
        self.open_loops = open_loops


def pending(info: FunctionInfo) -> Pending:
    """Count over the worst path of the control-flow graph, loops with known bounds multiplied.

    Defers of closures that the function calls in place wait while its own do.
    """
    known = info.memo.get("pending-defers")
    if known is None:
        # What a closure that ends up calling itself sees.
        info.memo["pending-defers"] = Pending(0, [], [])
        known = info.memo["pending-defers"] = _pending(info)
    return known


def _pending(info: FunctionInfo) -> Pending:
    graph = graph_of(info)
    if graph is None or graph.broken:
        return Pending(0, [], [])
    weights: dict[ast.Node, int] = {}
    open_loops: list[tuple[ast.Defer, ast.For | ast.Range]] = []
    for stmt in graph.defers:
        place = graph.position(stmt)
        if place is None or not graph.reachable(place.block):
            continue
        turns = 1
        for loop in graph.loops_of(place.block):
            bound = loops.bound(scope_of(info), loop.stmt) if loop.stmt is not None else None
            if bound is None and loop.stmt is not None:
                scope = scope_of(info)
                if in_turn_of_timer(scope, stmt, loop.stmt) or _is_flagged(scope, stmt, loop.stmt):
                    continue
            if bound is None:
                if (
                    loop.stmt is not None
                    and not outlives_turn(scope_of(info), stmt, loop.stmt)
                    and may_reach(graph, stmt, lambda node: node is stmt) is not None  # noqa: B023
                ):
                    open_loops.append((stmt, loop.stmt))
                turns = 0
                break
            if loop.stmt is not None and outlives_turn(scope_of(info), stmt, loop.stmt):
                turns = 0
                break
            turns *= bound
        weights[stmt] = turns
    return _worst(graph, weights, open_loops)


def in_turn_of_timer(scope: FileScope, stmt: ast.Stmt, loop: ast.For | ast.Range) -> bool:
    """True in a select case for a timer that is started before the loop: one turn gets there."""
    up: ast.Node | None = stmt.parent
    while up is not None and up is not loop:
        if isinstance(up, ast.CommClause) and up.comm is not None:
            if _fires_once(scope, up.comm, loop):
                return True
        up = up.parent
    return False


def _is_flagged(scope: FileScope, stmt: ast.Stmt, loop: ast.For | ast.Range) -> bool:
    """True under `if !started { ...; started = true }`, and under `if made == nil { made = ... }`:
    one turn gets there."""
    up: ast.Node | None = stmt.parent
    while up is not None and up is not loop:
        if isinstance(up, ast.If) and _within(stmt, up.then):
            if any(_is_set_in(up.then, flag) for flag in _unset(up.cond, loop)):
                return True
            flags = {
                part.x.obj
                for part in ast.walk(up.cond)
                if isinstance(part, ast.Unary) and part.op == "!" and isinstance(part.x, ast.Ident)
            }
            for node in ast.walk_function(up.then):
                if isinstance(node, ast.Assign) and node.op == "=" and len(node.lhs) == 1:
                    flag = node.lhs[0]
                    if isinstance(flag, ast.Ident) and flag.obj in flags:
                        if isinstance(flag.obj, Local) and not _within(flag.obj.ident, loop):
                            return scope.file.text(node.rhs[0]) == "true"
        up = up.parent
    return False


def _unset(cond: ast.Expr, loop: ast.Node) -> Iterator[Local]:
    """Variables from before the loop that are nil where `cond` holds."""
    for part in ast.walk(cond):
        if isinstance(part, ast.Binary) and part.op == "==" and isinstance(part.x, ast.Ident):
            nil = isinstance(part.y, ast.Ident) and part.y.name == "nil"
            if nil and isinstance(part.x.obj, Local) and not _within(part.x.obj.ident, loop):
                yield part.x.obj


def _is_set_in(branch: ast.Node, local: Local) -> bool:
    """True if a branch sets the variable, itself or by a closure that it calls."""
    places = [branch]
    for call in ast.walk(branch):
        if isinstance(call, ast.Call) and isinstance(call.fun, ast.Ident):
            made = initial_value(call.fun.obj) if isinstance(call.fun.obj, Local) else None
            if isinstance(made, ast.FuncLit):
                places.append(made)
    return any(is_assigned(use) and _within(use, place) for use in local.uses for place in places)


def _fires_once(scope: FileScope, comm: ast.Node, loop: ast.For | ast.Range) -> bool:
    for node in ast.walk_function(comm):
        if not isinstance(node, ast.Unary) or node.op != "<-":
            continue
        source = ast.unparen(node.x)
        channel = source.x if isinstance(source, ast.Selector) else source
        local = channel.obj if isinstance(channel, ast.Ident) else None
        if not isinstance(local, Local) or local.ident.start >= loop.start:
            continue
        made = initial_value(local)
        callee = infer.callee_of(scope, made.fun) if isinstance(made, ast.Call) else None
        if callee is None or callee.name not in ("time.NewTimer", "time.After"):
            continue
        return not any(is_assigned(use) or _resets(scope, use) for use in local.uses)
    return False


def _resets(scope: FileScope, use: ast.Ident) -> bool:
    """True for `t.Reset(d)`, unless only a timer that has not fired yet comes to it."""
    up: ast.Node | None = use.parent
    if not isinstance(up, ast.Selector) or up.sel.name != "Reset":
        return False
    while up is not None and not isinstance(up, ast.FuncLit | ast.FuncDecl):
        if isinstance(up, ast.If) and f"{use.name}.Stop()" in scope.file.text(up.cond):
            return False
        up = up.parent
    return True


def _worst(
    graph: Graph,
    weights: dict[ast.Node, int],
    open_loops: list[tuple[ast.Defer, ast.For | ast.Range]],
) -> Pending:
    """The heaviest way through the graph without its back edges: each block after those before
    it."""
    weight: dict[Block, int] = {graph.entry: 0}
    by: dict[Block, Block] = {}
    best, last = Pending(0, [], open_loops), graph.entry
    for block in graph.rpo:
        here = weight.get(block, 0)
        for node in block.nodes:
            inner = _in_place(node)
            if inner is not None and here + inner.count > best.count:
                best, last = Pending(here + inner.count, list(inner.chain), open_loops), block
            here += weights.get(node, 0)
        if here >= best.count:
            best, last = Pending(here, [], open_loops), block
        for edge in block.succs:
            if edge.dst.order > block.order and here > weight.get(edge.dst, -1):
                weight[edge.dst] = here
                by[edge.dst] = block
    way = [last]
    while way[-1] in by:
        way.append(by[way[-1]])
    own = [node for block in reversed(way) for node in block.nodes if weights.get(node)]
    best.chain = [node for node in own if isinstance(node, ast.Defer)] + best.chain
    return best


def outlives_turn(scope: FileScope, stmt: ast.Defer, loop: ast.For | ast.Range) -> bool:
    """True if what the deferred call releases may be needed after the turn of `loop` that
    deferred it: then waiting for the function's end is the point.

    So it is where nothing that the call mentions was declared in that turn, and where something
    that was is a listener, which keeps its port from others meanwhile, or is also put into a
    variable from outside the loop, sent away, given to a goroutine or a pool, or to a function that keeps it
    by its name (`SetTracerProvider`). All locks that a loop takes are mostly needed together, and
    what the turn also calls itself holds nothing any more.
    """
    own: list[Local] = []
    for node in ast.walk(stmt.call):
        obj = node.obj if isinstance(node, ast.Ident) else None
        if isinstance(obj, Local) and obj not in own and _made_in(obj, loop):
            if not _within(obj.ident, stmt):
                own.append(obj)
    if not own or _is_called_by_hand(scope, stmt, loop) or any(map(_is_lock, own)):
        return True
    if any(_is_put_back(scope, stmt, local) or _is_read_out(stmt, local, loop) for local in own):
        return True
    if any(_ends_later(call) or _is_committed(call, loop) for call in _calls(stmt)):
        return True
    if any(_listens(scope, local) for local in own):
        return True
    if not _gives_back(stmt, own):
        return True
    for local in list(own):
        # `ctx, span := tracer.Start(ctx)`: what holds on to the one holds on to the other.
        beside = [other for other in _beside(local) if other not in own and _made_in(other, loop)]
        own.extend(beside)
    for local in own:  # grows: what is made of it in the same turn holds on to it
        for use in (local.ident, *local.uses):
            if _leaves(scope, use, stmt, loop):
                return True
            made = _made_of(use)
            own.extend(other for other in made if other not in own and _made_in(other, loop))
    return False


def _calls(stmt: ast.Defer) -> list[ast.Call]:
    """The deferred call, or those in the closure that is deferred."""
    fun = ast.unparen(stmt.call.fun) if isinstance(stmt.call, ast.Call) else None
    part = fun.body if isinstance(fun, ast.FuncLit) else stmt.call
    return [node for node in ast.walk(part) if isinstance(node, ast.Call)]


def _ends_later(call: ast.Call) -> bool:
    """True for `cache.Unlock(key)`, one of the locks that are taken together, and for
    `networks.DeleteNetwork(name)`."""
    name = ast.last_name(call.fun)
    return _UNDOES.match(name) is not None or (bool(call.args) and _UNLOCKS.match(name) is not None)


def _is_committed(call: ast.Call, loop: ast.For | ast.Range) -> bool:
    """True for `tx.Rollback()` where the turn ends with `tx.Commit()`: the deferred call, which is
    for ways out on errors, holds nothing any more."""
    fun = ast.unparen(call.fun)
    base = fun.x if isinstance(fun, ast.Selector) and fun.sel.name.startswith("Rollback") else None
    local = base.obj if isinstance(base, ast.Ident) else None
    return isinstance(local, Local) and any(
        isinstance(use.parent, ast.Selector)
        and use.parent.sel.name == "Commit"
        and _within(use, loop)
        for use in local.uses
    )


def _listens(scope: FileScope, local: Local) -> bool:
    """True for a listener, by its type, or by the name of what made it."""
    made = local.node.rhs[0] if isinstance(local.node, ast.Assign) and local.node.rhs else None
    return is_named(deref(infer.local_type(scope, local)), *_LISTENERS) or (
        isinstance(made, ast.Call) and ast.last_name(made.fun).startswith("Listen")
    )


def _is_lock(local: Local) -> bool:
    """True for `lock, err := locker.Lock(key)`."""
    made = local.node.rhs[0] if isinstance(local.node, ast.Assign) and local.node.rhs else None
    made = ast.unparen(made) if made is not None else None
    return isinstance(made, ast.Call) and _LOCKS.match(ast.last_name(made.fun)) is not None


def _gives_back(stmt: ast.Defer, own: list[Local]) -> bool:
    """False for `defer config.apply(c)`, work on what the turn made that is to be done last."""
    call = stmt.call
    fun = ast.unparen(call.fun) if isinstance(call, ast.Call) else None
    if not isinstance(call, ast.Call) or not isinstance(fun, ast.Selector):
        return True
    root = fun.x
    while isinstance(root, ast.Selector):
        root = root.x
    if not isinstance(root, ast.Ident) or not isinstance(root.obj, Local) or root.obj in own:
        return True  # a method of what the turn made, or a function: `syscall.Close(fd)`
    return _GIVES_BACK.search(fun.sel.name) is not None


def _beside(local: Local) -> list[Local]:
    """The other variables of the assignment that made `local`, but for errors."""
    made = local.node
    if not isinstance(made, ast.Assign) or len(made.rhs) != 1:
        return []
    return [
        target.obj
        for target in made.lhs
        if isinstance(target, ast.Ident)
        and isinstance(target.obj, Local)
        and target.obj is not local
        and target.name.endswith(("ctx", "Ctx", "context", "Context"))
    ]


def _is_put_back(scope: FileScope, stmt: ast.Defer, local: Local) -> bool:
    """True for `stop := context.AfterFunc(ctx, f)`, which is to hear of the end also after the
    loop, and for `reset := n.Use(tx)` by a method that nobody sees: what is called undoes that."""
    fun = stmt.call.fun if isinstance(stmt.call, ast.Call) else None
    made = local.node.rhs[0] if isinstance(local.node, ast.Assign) and local.node.rhs else None
    made = ast.unparen(made) if made is not None else None
    if not isinstance(fun, ast.Ident) or fun.obj is not local or not isinstance(made, ast.Call):
        return False
    callee = infer.callee_of(scope, made.fun)
    if callee is not None and callee.name == "context.AfterFunc":
        return True
    return _RESTORES.match(local.name) is not None


def _is_read_out(stmt: ast.Defer, local: Local, loop: ast.For | ast.Range) -> bool:
    """True for `defer rows.Close()` where the turn reads all rows with nothing to stop it, and by
    that gives the connection back."""
    fun = stmt.call.fun if isinstance(stmt.call, ast.Call) else None
    if not isinstance(fun, ast.Selector) or fun.sel.name != "Close":
        return False
    if not isinstance(fun.x, ast.Ident) or fun.x.obj is not local:
        return False
    for use in local.uses:
        call = use.parent.parent if isinstance(use.parent, ast.Selector) else None
        reads = call.parent if isinstance(call, ast.Call) else None
        if (
            isinstance(use.parent, ast.Selector)
            and use.parent.sel.name == "Next"
            and isinstance(reads, ast.For)
            and reads.cond is call
            and reads.parent is loop.body
        ):
            return not any(
                isinstance(node, ast.Branch) and node.op in ("break", "goto")
                for node in ast.walk_function(reads.body)
            )
    return False


def _is_called_by_hand(scope: FileScope, stmt: ast.Defer, loop: ast.For | ast.Range) -> bool:
    """True where the turn ends with the same call, and the deferred one is for a panic on the
    way."""
    text = scope.file.text(stmt.call)
    return any(
        isinstance(node, ast.ExprStmt)
        and node.start > stmt.end
        and isinstance(node.x, ast.Call)
        and scope.file.text(node.x) == text
        for node in loop.body.stmts
    )


def _made_in(local: Local, loop: ast.For | ast.Range) -> bool:
    """True for a variable of the loop's body; an element that it ranges over existed before, also
    under another name."""
    if not local.is_variable or local.role == "range" or not _within(local.ident, loop.body):
        return False
    value = initial_value(local)
    value = ast.unparen(value) if value is not None else None
    if isinstance(value, ast.CompositeLit | ast.Selector | ast.BasicLit | ast.Binary):
        return False  # nothing is opened by that
    if isinstance(value, ast.Call) and ast.last_name(value.fun) in ("make", "append"):
        return False
    source = value.obj if isinstance(value, ast.Ident) else None
    return not (isinstance(source, Local) and source is not local and source.role == "range")


def _made_of(use: ast.Ident) -> list[Local]:
    """Variables that the statement around `use` declares with a value made of it."""
    statement = ast.enclosing_statement(use)
    if not isinstance(statement, ast.Assign) or use in statement.lhs:
        return []
    targets = [target.obj for target in statement.lhs if isinstance(target, ast.Ident)]
    return [target for target in targets if isinstance(target, Local)]


def _leaves(scope: FileScope, use: ast.Ident, stmt: ast.Defer, loop: ast.For | ast.Range) -> bool:
    if _within(use, stmt):
        return False
    closure = ast.enclosing_function(use)
    call = closure.parent if isinstance(closure, ast.FuncLit) and _within(closure, loop) else None
    if isinstance(call, ast.Call) and closure in call.args:
        if _STARTS.match(ast.last_name(call.fun)):
            return True  # `pool.Go(func() { ... use ... })` goes on after the turn
    up: ast.Node | None = use.parent
    while up is not None and up is not loop:
        if isinstance(up, ast.Call) and use in up.args and _keeps(scope, up, loop):
            return True
        if isinstance(up, ast.Assign):
            for target in up.lhs:
                if isinstance(target, ast.Index) and use in target.indices:
                    return True  # the key by which it is found later
                root = root_object(scope, target)
                outside = not isinstance(root, Local) or not _within(root.ident, loop)
                if outside and root is not None and not _holds_nothing(scope, target):
                    return True
        if isinstance(up, ast.Send | ast.Go):
            return True
        if isinstance(up, ast.Stmt):
            return False
        up = up.parent
    return False


def _keeps(scope: FileScope, call: ast.Call, loop: ast.For | ast.Range) -> bool:
    """True for `otel.SetTracerProvider(p)` and `closers.Add(c)`: what lives on after the turn is
    given it to keep."""
    fun = ast.unparen(call.fun)
    if not isinstance(fun, ast.Selector) or not _KEEPS.match(fun.sel.name):
        return False
    root = root_object(scope, fun.x)
    return not isinstance(root, Local) or not _within(root.ident, loop)


def _holds_nothing(scope: FileScope, target: ast.Expr) -> bool:
    """True for a variable of a type whose values are copies: a sum, a count, a name, an error."""
    return str(infer.type_of(scope, target)) in _COPIES


def _within(node: ast.Node, outer: ast.Node) -> bool:
    return outer.start <= node.start and node.end <= outer.end


def _in_place(node: ast.Node) -> Pending | None:
    """What a closure holds that `node` makes and calls at once, as a statement of its own."""
    call = node.x if isinstance(node, ast.ExprStmt) else None
    if isinstance(node, ast.Assign) and len(node.rhs) == 1:
        call = node.rhs[0]
    elif isinstance(node, ast.Return) and len(node.results) == 1:
        call = node.results[0]
    if isinstance(call, ast.Call):
        fun = ast.unparen(call.fun)
        if isinstance(fun, ast.FuncLit):
            return pending(fun.info)
    return None
