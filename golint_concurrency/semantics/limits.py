"""Loops over input without a bound, and what keeps goroutines that such a loop starts in check."""

from __future__ import annotations

import re

from golint_concurrency.semantics import infer, requests, types
from golint_concurrency.semantics.blocking import is_chan_of_time
from golint_concurrency.semantics.callgraph import target_at
from golint_concurrency.semantics.cfg_queries import is_error_test
from golint_concurrency.semantics.denote import core
from golint_concurrency.semantics.infer import callee_of
from golint_concurrency.semantics.joins import joining, place_of
from golint_concurrency.semantics.nodes import nodes_of
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import Chan, Map, Named, Struct, deref
from golint_concurrency.syntax import ast

_STEPS = frozenset(["Next", "Scan", "More", "HasNext", "TryNext"])
_READS = re.compile(r"(Read|Receive|Fetch|Poll|Consume|NextMsg|NextMessage|Decode)")
"""Reads of input. `Recv` of a stream is left out: its peer mostly waits for an answer to each."""
_LIMITS = re.compile(
    r"(?i)acquire|take|wait|throttl|limit|semaphore|slot|token|reserve|allow|trylock|enter\b|"
    r"compareandswap|loadorstore|admit|backpressure|cancel"
)
_ITERATES = re.compile(r"(Iter|Items|Keys|Values|All|List|Each|Range)")
"""Methods of a collection that hand out what it holds through a channel."""
_DECODES = re.compile(r"(?i)(decode|unmarshal|bind|parse|readjson)")
_PEERS = re.compile(r"(Conn|Channel|Stream|Session|Listener|Socket|Client|Peer|Error)\Z")


# ------------------------------------------------------------------------------ input


def open_input(scope: FileScope, loop: ast.For | ast.Range) -> str | None:
    """What the loop takes its turns from, if nobody here bounds it, in words; None otherwise.

    A channel, rows of a database, lines of a reader, messages that are read, the data of a
    request. Loops that accept connections do not count: the number of peers is their input.
    """
    if takes_peers(loop):
        return None
    if isinstance(loop, ast.Range):
        return _ranges_over(scope, loop)
    if loop.cond is not None and loop.init is None and loop.post is None:
        for node in ast.walk_function(loop.cond):
            if isinstance(node, ast.Call) and _method(node) in _STEPS and not node.args:
                return f"{_method(node)}()"
    if loop.cond is not None:
        return None
    for node in ast.walk_function(loop.body):
        if isinstance(node, ast.Unary) and node.op == "<-" and _gives_items(scope, node.x):
            if not isinstance(node.parent, ast.ExprStmt):
                return "a channel"
        if isinstance(node, ast.Call) and _READS.match(_method(node)) and not _is_go(node):
            return f"{_method(node)}()"
    return None


def takes_peers(loop: ast.For | ast.Range) -> bool:
    """True for a loop that accepts connections."""
    return any(_accepts(node) for node in ast.walk_function(loop.body))


def _accepts(node: ast.Node) -> bool:
    return isinstance(node, ast.Call) and _method(node).lower().startswith("accept")


def _method(call: ast.Call) -> str:
    fun = ast.unparen(call.fun)
    return fun.sel.name if isinstance(fun, ast.Selector) else ""


def _is_go(call: ast.Call) -> bool:
    return isinstance(call.parent, ast.Go | ast.Defer)


def _gives_items(scope: FileScope, channel: ast.Expr) -> bool:
    """True for a channel of things to work on: no timer, no mere signal, no connections."""
    shape = core(infer.type_of(scope, channel))
    if not isinstance(shape, Chan) or is_chan_of_time(scope, channel):
        return False
    elem = deref(shape.elem)
    if isinstance(elem, Struct) and not elem.members:
        return False
    if str(elem) in ("os.Signal", "error", "bool"):
        return False
    return not _is_peer(elem) and not _is_accepted(elem)


def _is_peer(type_: types.Type) -> bool:
    return isinstance(type_, Named) and _PEERS.search(type_.name) is not None


def _is_accepted(elem: types.Type) -> bool:
    """True for what an accept loop hands on: a connection, or the error instead of one."""
    shape = core(elem)
    if not isinstance(shape, Struct):
        return False
    kinds = [deref(member.type) for member in shape.members]
    return any(_is_peer(kind) for kind in kinds) and all(
        _is_peer(kind) or str(kind) == "error" for kind in kinds
    )


def _ranges_over(scope: FileScope, loop: ast.Range) -> str | None:
    over = ast.unparen(loop.x)
    shape = core(infer.type_of(scope, over))
    if isinstance(over, ast.Call) and _ITERATES.match(_method(over)):
        return None  # what a collection holds
    if isinstance(shape, Chan):
        return "a channel" if _gives_items(scope, over) else None
    if isinstance(shape, types.Slice | Map) and _is_request_data(scope, over):
        return "what the request holds"
    return None


def _is_request_data(scope: FileScope, expr: ast.Expr) -> bool:
    """True for a part of a request as its client sent it: form values, a decoded body, a message."""
    while True:
        expr = ast.unparen(expr)
        if isinstance(expr, ast.Selector | ast.Index | ast.Star):
            expr = expr.x
        elif isinstance(expr, ast.Call) and not expr.args:
            expr = expr.fun
        else:
            break
    if not isinstance(expr, ast.Ident) or not isinstance(expr.obj, Local):
        return False
    local = expr.obj
    owner = local.owner
    if owner is None or owner.info is None:
        return False
    kind = requests.handler_kind(owner.info)
    if kind is None:
        return False
    if local.role == "param":
        return kind in ("http", "grpc")
    for use in local.uses:
        argument: ast.Node = use
        if isinstance(use.parent, ast.Unary) and use.parent.op == "&":
            argument = use.parent
        call = argument.parent
        if isinstance(call, ast.Call) and argument in call.args and argument is not use:
            if _DECODES.search(_method(call)):
                return True
    return False


# ------------------------------------------------------------------------------ limit


def is_limited(
    scope: FileScope,
    loop: ast.For | ast.Range,
    start: ast.Go | ast.Call,
    target: FunctionInfo | None,
) -> bool:
    """True if something bounds how many goroutines that `start` begins in `loop` live at once: a
    semaphore, a limiter, a counter that is compared, a join on each turn, a set of those that run.

    What happens inside the goroutine does not count: it has started by then.
    """
    if isinstance(start, ast.Call) and _group_is_limited(scope, loop, start):
        return True
    for node in ast.walk_function(loop.body):
        if start.start <= node.start and node.end <= start.end:
            continue
        if _limits(scope, node, before=node.start < start.start):
            return True
    known = joining(scope, start, target)
    # A wait after the start, on each turn; the loop's own receive of its input is none.
    return any(start.end <= node.start and node.end <= loop.end for node in known.waits)


def _limits(scope: FileScope, node: ast.Node, *, before: bool) -> bool:
    if isinstance(node, ast.Call):
        callee = callee_of(scope, node.fun)
        fun = ast.unparen(node.fun)
        name = fun.name if isinstance(fun, ast.Ident) else _method(node)
        if callee is not None and callee.name == "sync.WaitGroup.Wait":
            return True
        if before and not _is_go(node) and _receives(target_at(scope, node.fun)):
            return True
        return bool(_LIMITS.search(name)) and not _is_go(node)
    if not before:
        return False
    if isinstance(node, ast.Send):
        return True
    if isinstance(node, ast.Unary) and node.op == "<-":
        # A token that is taken and dropped.
        if not isinstance(node.parent, ast.ExprStmt):
            return False
        if not isinstance(core(infer.type_of(scope, node.x)), Chan):
            return False
        clause = node.parent.parent
        return not isinstance(clause, ast.CommClause) or _is_only_way_on(clause)
    if isinstance(node, ast.Binary):
        return node.op in ("<", ">", "<=", ">=") and _in_condition(node)
    if isinstance(node, ast.Assign) and len(node.lhs) == 2 and len(node.rhs) == 1:
        # A look into a set of those that run: running, ok := jobs[id]
        value = ast.unparen(node.rhs[0])
        return isinstance(value, ast.Index) and isinstance(core(infer.type_of(scope, value.x)), Map)
    return False


def _receives(target: FunctionInfo | None) -> bool:
    """True for a function that itself waits for a value: something that goes on has to end."""
    if target is None:
        return False
    return any(node.op == "<-" for node in nodes_of(target, ast.Unary))


def _is_only_way_on(clause: ast.CommClause) -> bool:
    """True if every other clause of the select leaves: the loop goes on with this one alone."""
    select = clause.parent
    if not isinstance(select, ast.Select) or len(select.clauses) < 2:
        return False
    if clause.body.stmts:
        return False
    return all(
        other is clause
        or (other.body.stmts and isinstance(other.body.stmts[-1], ast.Return | ast.Branch))
        for other in select.clauses
    )


def _in_condition(node: ast.Node) -> bool:
    up: ast.Node = node
    while isinstance(up.parent, ast.Binary | ast.Paren | ast.Unary):
        up = up.parent
    return isinstance(up.parent, ast.If | ast.For | ast.Case) and not isinstance(up, ast.Stmt)


def _group_is_limited(scope: FileScope, loop: ast.Node, call: ast.Call) -> bool:
    """`SetLimit` on the group anywhere in the function, or a group that others set up."""
    fun = ast.unparen(call.fun)
    if not isinstance(fun, ast.Selector):
        return True
    place = place_of(scope, fun.x)
    if place is None or not isinstance(place[0], Local) or place[0].role != "var" or place[1]:
        return True
    for use in place[0].uses:
        up: ast.Node = use
        if isinstance(up.parent, ast.Unary) and up.parent.op == "&":
            up = up.parent
        parent = up.parent
        if isinstance(parent, ast.Selector) and parent.sel.name == "SetLimit":
            return True
        if isinstance(parent, ast.Call) and up in parent.args:
            return True
        if isinstance(parent, ast.Assign) and up in parent.rhs:
            return True
    return False


def on_each_turn(loop: ast.For | ast.Range, start: ast.Node) -> bool:
    """True if no condition but a test for an error stands between the loop and what it starts."""
    child, up = start, start.parent
    while up is not None and up is not loop:
        if isinstance(up, ast.Switch | ast.TypeSwitch):
            return False
        if isinstance(up, ast.If) and child in (up.then, up.orelse):
            when = child is up.orelse
            if not any(
                isinstance(node, ast.Expr) and is_error_test(node, when)
                for node in ast.walk(up.cond)
            ):
                return False
        child, up = up, up.parent
    return True


def works_on_item(loop: ast.For | ast.Range, start: ast.Go | ast.Call) -> bool:
    """True if the goroutine is given, or captures, a variable of the loop's own turn."""
    for node in ast.walk(start):
        if isinstance(node, ast.Ident) and isinstance(node.obj, Local):
            made = node.obj.ident.start
            if loop.start <= made < loop.end and not start.start <= made < start.end:
                return True
    return False
