"""Loops over channels that nobody closes, so that they never end.

A loop counts only if a close is its sole way out: no break, return or panic leaves it.
"""

from __future__ import annotations

import re

from golint_concurrency.semantics import infer
from golint_concurrency.semantics.binding import bind_function
from golint_concurrency.semantics.callgraph import (
    callers_of,
    each_caller_of,
    member_of_function,
    scope_of,
    target_at,
)
from golint_concurrency.semantics.cfg_graph import ALL_EXITS
from golint_concurrency.semantics.cfg_queries import reaches_exit
from golint_concurrency.semantics.channels import Channel, Operation, views_of
from golint_concurrency.semantics.contexts import is_context
from golint_concurrency.semantics.endless import lives_with_process
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.held_channels import HeldChannel, Use
from golint_concurrency.semantics.loops import bound
from golint_concurrency.semantics.objects import Local, Member
from golint_concurrency.semantics.package import FileScope, Package
from golint_concurrency.semantics.requests import request_of
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import Signature
from golint_concurrency.syntax import ast
from golint_concurrency.syntax.file import Decl

_ENDS = re.compile(r"(?i)(stop|close|shutdown|quit|terminate|dispose|destroy)\Z")
_MAKES = re.compile(r"(?i)(new|make|open|create|build|register|get|watch|subscribe)")
_MAX_DEPTH = 3
_FEW = 10
"""Turns of a loop by constants that count as a set-up of some workers."""


class Unclosed:
    """`loop` waits for ever once the last value is sent on `channel`, a view of it."""

    __slots__ = ("channel", "loop")

    def __init__(self, channel: Channel, loop: Operation) -> None:
        self.channel = channel
        self.loop = loop


def unclosed(channel: Channel) -> Unclosed | None:
    """A loop over a channel that nobody closes although all its senders come to an end; None if
    none is certain."""
    for view in views_of(channel):
        if not view.in_sight or view.of("close"):
            continue
        sends = view.of("send")
        if not sends or not all(_ends(send) for send in sends):
            continue
        for loop in view.of("range"):
            if loop.deferred or any(frame.again for frame in loop.frame.chain()):
                continue
            assert isinstance(loop.node, ast.Range)
            if not only_close_ends(loop.frame.info, loop.node):
                continue
            # A sender that runs inside the loop is what keeps it going.
            if any(_inside(loop, send) for send in sends):
                continue
            if loop.thread is view.root.thread and not _started_before(view, loop):
                continue
            return Unclosed(view, loop)
    return None


def only_close_ends(info: FunctionInfo, loop: ast.Range) -> bool:
    """True if nothing but the end of its channel leaves the loop."""
    graph = graph_of(info)
    turning = graph.loop_of(loop) if graph is not None else None
    if graph is None or graph.broken or turning is None or not graph.reachable(turning.head):
        return False
    for block in turning.blocks:
        if block.exit is not None:
            return False
        for edge in block.succs:
            if edge.dst not in turning.blocks:
                if not (edge.kind == "range" and edge.when is False and block is turning.head):
                    return False
    return True


def _ends(send: Operation) -> bool:
    """True if every function from the send up to the maker of the channel can come to its end."""
    node: ast.Node | None = send.node
    for frame in send.frame.chain():
        graph = graph_of(frame.info)
        if graph is None or graph.broken or node is None or frame.again:
            return False
        if graph.position(node) is not None:  # else it is deferred, or part of a closure
            if reaches_exit(graph, node, exits=ALL_EXITS) is None:
                return False
        node = frame.site
    return True


def _inside(loop: Operation, send: Operation) -> bool:
    outer = loop.frame
    if outer not in send.frame.chain() or not isinstance(loop.node, ast.Range):
        return False
    place = send.frame.place_in(outer, send.node)
    return place is not None and loop.node.body.start <= place.start < loop.node.end


def _started_before(view: Channel, loop: Operation) -> bool:
    """True if the loop, which the maker's own goroutine runs, comes after all that sends; the last
    thing that `main` does may be meant to go on for ever."""
    place = loop.frame.place_in(view.root, loop.node)
    begins = place.x.end if isinstance(place, ast.Range) else place.end if place else 0
    for send in view.of("send"):
        start = send.frame.place_in(view.root, send.node)
        if place is None or start is None or start.start > begins:
            return False
    name = view.root.info.node
    if isinstance(name, ast.FuncDecl) and name.name.name in ("main", "init") and name.body:
        return not name.body.stmts or not _holds(name.body.stmts[-1], place)
    return True


def _holds(outer: ast.Node, inner: ast.Node | None) -> bool:
    return inner is not None and outer.start <= inner.start and inner.end <= outer.end


# ------------------------------------------------------------------------------- fields


class Ended:
    """Why the owner of a channel is known to end: `by` is the method that ends it, or None where
    `place` lets go of it."""

    __slots__ = ("by", "place", "scope")

    def __init__(self, scope: FileScope, place: ast.Node, by: Decl | None) -> None:
        self.scope = scope
        self.place = place
        self.by = by


def unclosed_field(package: Package, owner: Decl, held: HeldChannel) -> tuple[Use, Ended] | None:
    """A loop in a goroutine over a channel in a field of `owner`, which nobody closes although the
    owner comes to an end; None if none is certain."""
    if not held.in_sight or held.of("close") or not held.of("send"):
        return None
    for loop in held.of("range"):
        assert isinstance(loop.node, ast.Range)
        function = ast.enclosing_function(loop.node)
        if function is None or not only_close_ends(function.info, loop.node):
            continue
        if not _runs_as_goroutine(function.info):
            continue
        ended = _ended(package, owner, held)
        if ended is not None:
            return loop, ended
    return None


def _runs_as_goroutine(info: FunctionInfo) -> bool:
    """True if the function is only ever started with `go`, by code that may run more than once."""
    starts = starts_of(info)
    return bool(starts) and not any(lives_with_process(scope, start) for scope, start in starts)


def starts_of(info: FunctionInfo) -> list[tuple[FileScope, ast.Call]]:
    """The calls that run the function as a goroutine; empty if it is called in other ways too."""
    node = info.node
    if isinstance(node, ast.FuncLit):
        call = node.parent
        if isinstance(call, ast.Call) and call.fun is node and isinstance(call.parent, ast.Go):
            return [(scope_of(info), call)]
        return []
    member = member_of_function(info)
    if member is None:
        return []
    calls = [(scope, call) for scope, _, call in callers_of(member)]
    return calls if all(isinstance(call.parent, ast.Go) for _, call in calls) else []


def _ended(package: Package, owner: Decl, held: HeldChannel) -> Ended | None:
    methods = package.methods(owner.name)
    for name, member in methods.items():
        if _ENDS.match(name):
            scope = package.scope_of(member.decl)
            return Ended(scope, member.decl.signature().name, member.decl)
    if any(map(_hands_on_receiver, methods.values())):
        return None
    for scope, value in held.values:
        literal = _literal_around(value)
        place = _dropped(scope, literal, 0) if literal is not None else None
        if place is not None:
            return Ended(place[0], place[1], None)
    return None


def _hands_on_receiver(method: Member) -> bool:
    """True if the method may hand its receiver to somebody who keeps it."""
    receiver = bind_function(method.package.scope_of(method.decl), method.decl).receiver
    return receiver is not None and any(
        not isinstance(use.parent, ast.Selector) for use in receiver.uses
    )


def _literal_around(value: ast.Expr) -> ast.Expr | None:
    pair = value.parent
    if not isinstance(pair, ast.KeyValue) or not isinstance(pair.parent, ast.CompositeLit):
        return None
    literal: ast.Expr = pair.parent
    if isinstance(literal.parent, ast.Unary) and literal.parent.op == "&":
        literal = literal.parent
    return literal


def _dropped(scope: FileScope, value: ast.Expr, depth: int) -> tuple[FileScope, ast.Node] | None:
    """Where the last holder of `value` lets go of it: a function that keeps it in a variable only,
    and uses that for calls. None if it may be kept, or lives as long as the process."""
    if depth > _MAX_DEPTH:
        return None
    parent = value.parent
    if isinstance(parent, ast.Return) and len(parent.results) == 1:
        return _dropped_by_callers(parent, depth)
    if not isinstance(parent, ast.Assign) or len(parent.lhs) != 1 or len(parent.rhs) != 1:
        return None
    target = parent.lhs[0]
    if parent.op != ":=" or not isinstance(target, ast.Ident):
        return None
    local = target.obj
    if not isinstance(local, Local) or local.ident is not target:
        return None
    returned: list[ast.Return] = []
    for use in local.uses:
        up = use.parent
        if isinstance(up, ast.Return):
            if len(up.results) != 1:
                return None
            returned.append(up)
        elif not _only_used(scope, use) or not _runs_here(use, local):
            return None
    if returned:
        return _dropped_by_callers(returned[0], depth)
    if lives_with_process(scope, value) or local.owner is None:
        return None
    graph = graph_of(local.owner.info)
    if graph is None or graph.broken or reaches_exit(graph, parent) is None:
        return None
    return scope, value


def _runs_here(use: ast.Ident, local: Local) -> bool:
    """True in the function that declares the variable, and in a goroutine that it starts."""
    function = ast.enclosing_function(use)
    while function is not None and function is not local.owner:
        call = function.parent
        if not isinstance(call, ast.Call) or call.fun is not function:
            return False
        function = ast.enclosing_function(call)
    return function is not None


def _only_used(scope: FileScope, use: ast.Ident) -> bool:
    """True for `x` of `x.field` and `x.method(...)`, but not of `x.method` as a value."""
    selector = use.parent
    if not isinstance(selector, ast.Selector) or selector.x is not use:
        return False
    call = selector.parent
    if isinstance(call, ast.Call) and call.fun is selector:
        return True
    return not isinstance(infer.type_of(scope, selector), Signature)


def _dropped_by_callers(statement: ast.Return, depth: int) -> tuple[FileScope, ast.Node] | None:
    function = ast.enclosing_function(statement)
    member = member_of_function(function.info) if function is not None else None
    if member is None:
        return None
    for scope, _, call in each_caller_of(member):
        place = _dropped(scope, call, depth + 1)
        if place is not None:
            return place
    return None


# ------------------------------------------------------------------------------ tickers


def outlives_purpose(scope: FileScope, ticker: Local | None, loop: ast.Range) -> bool:
    """True if a goroutine that loops over a ticker's channel for ever was meant to end: the ticker
    is stopped, its owner has a method such as Stop, or it is started again and again."""
    function = ast.enclosing_function(loop)
    starts = starts_of(function.info) if function is not None else []
    if not starts or any(lives_with_process(there, start) for there, start in starts):
        return False
    for use in ticker.uses if ticker is not None else ():
        selector = use.parent
        if isinstance(selector, ast.Selector) and selector.sel.name == "Stop":
            return True
    return _owner_ends(scope, loop) or any(runs_again(there, start) for there, start in starts)


def _owner_ends(scope: FileScope, node: ast.Node) -> bool:
    """True if `node` stands in a method of a type that has a method such as Stop."""
    outer: ast.Node | None = node
    while outer is not None and not isinstance(outer, ast.FuncDecl):
        outer = outer.parent
    decl = scope.file.decl_at(outer.start) if outer is not None else None
    return (
        decl is not None
        and bool(decl.receiver)
        and any(map(_ENDS.match, scope.package.methods(decl.receiver)))
    )


def is_to_end(scope: FileScope, start: ast.Go) -> bool:
    """True if what `start` sets going ought to end before the process does: it belongs to a thing
    that has a method such as Stop, it is started again and again, or a constructor that has a
    context starts it. One without says nothing about the end of what it makes: mostly there is
    one of it, for as long as the process lives."""
    if _owner_ends(scope, start) or runs_again(scope, start):
        return True
    outer: ast.Node | None = start
    while outer is not None and not isinstance(outer, ast.FuncDecl):
        outer = outer.parent
    if outer is None:
        return False
    if _MAKES.match(outer.name.name) and outer.type.results:
        if any(
            param is not None and is_context(infer.local_type(scope, param))
            for param in outer.info.params
        ):
            return True
    call = start.call
    target = target_at(scope, call.fun) if isinstance(call, ast.Call) else None
    return target is not None and _owner_ends(scope_of(target), target.node)


def runs_again(scope: FileScope, node: ast.Node, depth: int = 0) -> bool:
    """True if `node` is known to run many times: in a loop, in request code, or in a function that
    such code calls."""
    function = ast.enclosing_function(node)
    if function is None:
        return False
    for loop in ast.enclosing_loops(node):
        if isinstance(loop, ast.For) and loop.post is not None and bound(scope, loop) is None:
            continue  # counts to a number of workers
        turns = bound(scope, loop)
        if turns is None or turns > _FEW:
            return True
    if request_of(function.info) is not None:
        return True
    member = member_of_function(function.info)
    if member is None or depth >= _MAX_DEPTH:
        return False
    return any(runs_again(there, call, depth + 1) for there, _, call in each_caller_of(member))


def is_called_again(scope: FileScope, node: ast.Node) -> bool:
    """True if the function around `node` is known to run more than once: request code, one that is
    called on the turns of a loop, or a plain call of which is in sight, other than for a start."""
    if runs_again(scope, node):
        return True
    function = ast.enclosing_function(node)
    if function is None:
        return False
    if isinstance(function, ast.FuncLit):
        return isinstance(function.parent, ast.Assign)
    member = member_of_function(function.info)
    return member is not None and any(
        not isinstance(call.parent, ast.Go | ast.Defer) and not lives_with_process(there, call)
        for there, _, call in each_caller_of(member)
    )
