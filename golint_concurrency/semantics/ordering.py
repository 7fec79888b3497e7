"""Whether two places of a function and its closures can run at the same time.

A place runs on the function's own goroutine or on one that it starts, directly or through
closures that it calls. What comes after the start of a goroutine runs together with it until
something orders the two: the starter waits for its signal, or does anything else that could. A
goroutine that is started again while it runs, by a loop, runs together with itself.

What cannot be told (a closure that is given away, a call that may wait) counts as ordered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.semantics import facts, guards, infer, joins
from golint_concurrency.semantics.blocking import is_chan_of_time
from golint_concurrency.semantics.callgraph import (
    calls_in,
    closure_in,
    each_caller_of,
    initial_value,
    member_of_function,
    scope_of,
    target_at,
)
from golint_concurrency.semantics.cfg_graph import Graph, evaluated
from golint_concurrency.semantics.cfg_queries import may_reach
from golint_concurrency.semantics.denote import constant, core
from golint_concurrency.semantics.effects import DEFER, GO, LATER, NOW, call_mode, runs_of
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.guards import Guards
from golint_concurrency.semantics.nodes import nodes_in
from golint_concurrency.semantics.objects import Local, Object
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.requests import handler_kind, request_of
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import Chan
from golint_concurrency.syntax import ast

SERVE = "serve"
"""Mode of a closure that serves requests: many run at once, and nobody waits for them."""
_MODES = {"call": NOW, "go": GO, "defer": DEFER}
_MAX_PLACES = 6
"""Ways to come to one place that are looked at."""
_MAX_NESTING = 8
_MAX_CALLS = 2
"""Calls of calls in which a wait is looked for."""
_MAY_WAIT = re.compile(
    r"(?i)wait|join|sync|drain|flush|stop|close|shutdown|finish|recv|receive|collect|done|sleep"
    r"|cleanup|settle|quiesce|consume|eventually|never|terminate|kill|exit|until|barrier|next|read"
)
"""Names of functions that may well wait for a goroutine in a way that is out of sight. Sleeping
orders nothing, but whoever sleeps means to wait, and mostly in a test."""

_LOCKS = frozenset(["Lock", "Unlock", "RLock", "RUnlock"])


class Step:
    """On the way into a place: `function` runs (`mode`) where `anchor` stands, in `outer`.

    `handed` is true where another function in sight runs it, which may hold locks.
    """

    __slots__ = ("anchor", "function", "handed", "mode", "outer")

    def __init__(
        self,
        outer: FunctionInfo,
        anchor: ast.Node,
        function: FunctionInfo,
        mode: str,
        handed: bool,
    ) -> None:
        self.outer = outer
        self.anchor = anchor
        self.function = function
        self.mode = mode
        self.handed = handed

    @property
    def apart(self) -> bool:
        """True if it runs on another goroutine than what is around it."""
        return self.mode in (GO, SERVE)

    @property
    def statement(self) -> ast.Node:
        """The `go` statement, or the call that starts the goroutine."""
        up: ast.Node = self.anchor
        while isinstance(up, ast.FuncLit | ast.Paren) and up.parent is not None:
            up = up.parent
        if isinstance(up, ast.Call) and isinstance(up.parent, ast.Go | ast.Defer):
            return up.parent
        return up


class Place:
    """A node, and one way in which the function that is asked about comes to run it."""

    __slots__ = ("node", "owner", "steps")

    def __init__(self, owner: FunctionInfo, node: ast.Node, steps: tuple[Step, ...]) -> None:
        self.owner = owner
        self.node = node
        self.steps = steps

    @property
    def function(self) -> FunctionInfo:
        """The function or closure that `node` stands in."""
        return self.steps[-1].function if self.steps else self.owner

    @property
    def start(self) -> Step | None:
        """The innermost start of a goroutine on the way."""
        return next((step for step in reversed(self.steps) if step.apart), None)

    def within(self, level: int) -> ast.Node:
        """What stands for the place in the function at `level` of the way (0: the owner)."""
        return self.steps[level].anchor if level < len(self.steps) else self.node

    def function_at(self, level: int) -> FunctionInfo:
        """The function at `level` of the way."""
        return self.steps[level - 1].function if level else self.owner

    def held(self) -> Guards:
        """What guards the place, on its goroutine."""
        node = self.node
        found: set[guards.Guard] = set()
        for level in range(len(self.steps), -1, -1):
            found |= guards.guards_at(self.function_at(level), node)
            if level == 0:
                if _is_called_guarded(self.owner):
                    found.add(guards.UNTOLD)
                break
            step = self.steps[level - 1]
            if step.apart:
                found |= guards.handed_in(step.function)
                if step.handed:
                    found.add(guards.UNTOLD)  # `go barrier.Guard(f)`: whatever that holds meanwhile
                break
            if step.handed:
                found.add(guards.UNTOLD)
            if step.mode == DEFER:
                found |= guards.deferred_releases(step.outer)
            call = step.anchor.parent
            if isinstance(call, ast.Call) and step.anchor is not call.fun:
                scope = scope_of(step.outer)
                # Once.Do(f), or a function out of sight that runs f as it likes.
                callee = infer.callee_of(scope, call.fun)
                if callee is not None and callee.name == "sync.Once.Do":
                    found.add(guards.UNTOLD)
            node = step.anchor
        return frozenset(found)


# ----------------------------------------------------------------------------- places


def _is_called_guarded(owner: FunctionInfo) -> bool:
    """True for a function of the package's own that somebody calls with a lock held: what it does
    on the caller's goroutine may be guarded by that."""
    known = owner.memo.get("called-guarded")
    if known is None:
        member = member_of_function(owner)
        known = owner.memo["called-guarded"] = (
            member is not None
            and not member.name[:1].isupper()
            and any(_is_guarded_call(call) for _, _, call in each_caller_of(member))
        )
    return bool(known)


def _is_guarded_call(call: ast.Call) -> bool:
    function = ast.enclosing_function(call)
    return function is not None and bool(guards.guards_at(function.info, call))


def places_of(owner: FunctionInfo, node: ast.Node) -> list[Place]:
    """The ways in which `owner` comes to run `node`, in its own body or in closures; those that
    cannot be told are left out."""
    return list(_places(owner, node, 0))[:_MAX_PLACES]


def _places(owner: FunctionInfo, node: ast.Node, depth: int) -> Iterator[Place]:
    function = ast.enclosing_function(node)
    if function is None or depth > _MAX_NESTING:
        return
    if function is owner.node:
        yield Place(owner, node, ())
        return
    if not isinstance(function, ast.FuncLit):
        return
    for mode, anchor, handed in closure_runs(owner, function):
        if mode == LATER:
            continue
        for place in _places(owner, anchor, depth + 1):
            outer = place.function
            step = Step(outer, anchor, function.info, mode, handed)
            yield Place(owner, node, (*place.steps, step))


def closure_runs(owner: FunctionInfo, literal: ast.FuncLit) -> list[tuple[str, ast.Node, bool]]:
    """When the closure runs, and where: see `effects.runs_of`; also in other closures of `owner`,
    and as a handler of requests."""
    info: FunctionInfo = literal.info
    known: list[tuple[str, ast.Node, bool]] | None = info.memo.get("runs")
    if known is None:
        known = info.memo["runs"] = _closure_runs(owner, literal)
    return known


def _closure_runs(owner: FunctionInfo, literal: ast.FuncLit) -> list[tuple[str, ast.Node, bool]]:
    parent = literal.info.parent
    if parent is None:
        return []
    local = _holder(literal)
    if local is not None:
        found: list[tuple[str, ast.Node, bool]] = []
        for use in local.uses:
            call = use.parent
            if isinstance(call, ast.Call) and call.fun is use:
                found.append((_MODES[call_mode(call)], call, False))
            elif isinstance(call, ast.Call) and not isinstance(call.parent, ast.Defer):
                found += _handed_on(call, use)
        return found
    if _is_served(owner, literal):
        return [(SERVE, literal, False)]
    found = []
    for mode, anchor, handed in runs_of(parent.info, literal):
        call = _call_with(literal)
        if mode == GO and call is not None:
            mode = _mode_of_runner(scope_of(literal.info), call, handed)
        found.append((mode, anchor, handed))
    return found


def _call_with(literal: ast.FuncLit) -> ast.Call | None:
    """The call that the closure is an argument of."""
    up: ast.Node = literal
    while isinstance(up.parent, ast.Paren):
        up = up.parent
    parent = up.parent
    return parent if isinstance(parent, ast.Call) and parent.fun is not up else None


def _mode_of_runner(scope: FileScope, call: ast.Call, handed: bool) -> str:
    """When a function runs that `call` starts on another goroutine: a helper that waits for it is
    as good as one that calls it."""
    fun = ast.unparen(call.fun)
    name = ast.last_name(fun)
    if name == "RunParallel":
        return SERVE
    if _MAY_WAIT.search(name) or _is_joined_by(scope, call):
        return NOW
    if not handed:
        return GO
    target = target_at(scope, fun)
    if target is None or target.node.body is None:
        return LATER
    return NOW if _waits_itself(target, 0) else GO


def _is_joined_by(scope: FileScope, call: ast.Call) -> bool:
    """True if the library function that is called waits for all that it starts."""
    callee = infer.callee_of(scope, call.fun)
    return callee is not None and bool(callee.name) and "joins" in (facts.of(callee.name) or ())


def _waits_itself(info: FunctionInfo, depth: int) -> bool:
    """True if the function, or one that it calls, may wait for what it starts."""
    body = info.node.body
    if body is None:
        return False
    for node in ast.walk(body):
        if isinstance(node, ast.Unary) and node.op == "<-":
            return True
        if isinstance(node, ast.Call):
            name = ast.last_name(node.fun)
            if name != "Done" and _MAY_WAIT.search(name):
                return True
    return depth < _MAX_CALLS and any(
        site.target is not None and _waits_itself(site.target, depth + 1)
        for site in calls_in(info)
        if site.mode == "call"
    )


def _takes_lock(name: str) -> bool:
    """True for `ContextLock`, `LockFile`, `acquire`: a lock of a kind of its own, which the
    goroutine may give back first."""
    return name not in _LOCKS and (
        name.startswith("Lock")
        or (name.endswith("Lock") and not name.startswith(("Try", "Un")))
        or name.lower().startswith("acquire")
    )


def _holder(literal: ast.FuncLit) -> Local | None:
    """The variable that holds the closure all its life."""
    parent = literal.parent
    names: list[ast.Expr] = []
    if isinstance(parent, ast.Assign) and len(parent.lhs) == len(parent.rhs):
        names = [parent.lhs[parent.rhs.index(literal)]]
    elif isinstance(parent, ast.ValueSpec) and len(parent.names) == len(parent.values):
        names = [parent.names[parent.values.index(literal)]]
    for name in names:
        if isinstance(name, ast.Ident) and isinstance(name.obj, Local):
            if closure_in(name.obj) is literal:
                return name.obj
    return None


def _handed_on(call: ast.Call, use: ast.Ident) -> list[tuple[str, ast.Node, bool]]:
    """`g.Go(work)`: where a function that is known to run its argument is given the closure."""
    function = ast.enclosing_function(call)
    if function is None:
        return []
    return [
        (_MODES[site.mode], use, False)
        for site in calls_in(function.info)
        if site.call is call and site.argument >= 0 and call.args[site.argument] is use
    ]


def _is_served(owner: FunctionInfo, literal: ast.FuncLit) -> bool:
    """True if the closure is a handler of a server.

    One that is made while a request is served is mostly for that request alone.
    """
    info: FunctionInfo = literal.info
    scope = scope_of(info)
    if scope.is_test:
        return False
    up: ast.Node = literal
    while isinstance(up.parent, ast.Paren | ast.Call) and up.parent.parent is not None:
        if isinstance(up.parent, ast.Call):
            call = up.parent
            if up not in call.args:
                return False
            callee = infer.callee_of(scope, call.fun)
            known = facts.of(callee.name) if callee is not None and callee.name else None
            if known is not None and str(call.args.index(up)) in known.all("starts-handler"):
                break
        up = up.parent
    else:
        if handler_kind(info) is None or not _is_registered(literal):
            return False
    return not _serves(owner)


def _is_registered(literal: ast.FuncLit) -> bool:
    """True for `return func(w, r) {...}` and `return http.HandlerFunc(func(w, r) {...})`."""
    up: ast.Node | None = literal.parent
    while isinstance(up, ast.Paren | ast.Call):
        up = up.parent
    return isinstance(up, ast.Return)


def _serves(owner: FunctionInfo) -> bool:
    """True if `owner` works for one request: it is a handler, or is given what a handler has."""
    info: FunctionInfo | None = owner
    while info is not None:
        if handler_kind(info) is not None or request_of(info) is not None:
            return True
        scope = scope_of(info)
        for param in info.params:
            if param is not None and "net/http.Re" in str(infer.local_type(scope, param)):
                return True
        info = info.parent.info if info.parent is not None else None
    return False


# ---------------------------------------------------------------------------- overlap


def overlap(a: Place, b: Place, variable: Local | None) -> Step | None:
    """The start of the goroutine by which `a` and `b` can run at the same time; None if they
    cannot, as far as can be told.

    They are places of one owner, which declares `variable`: what happens to one of it cannot meet
    what happens to another. `a` and `b` may be the same place.
    """
    level = 0
    shorter = min(len(a.steps), len(b.steps))
    while level < shorter and _same_step(a.steps[level], b.steps[level]):
        level += 1
    if not any(step.apart for step in a.steps[level:]):
        a, b = b, a
    for one, other in ((a, b), (b, a)):
        step = _apart_from(one, level)
        if step is None:
            continue
        if _meets(one, other, level, step, variable if level == 0 else None):
            return step
    return _meets_itself(a, level, variable)


def handed_over(a: Place, b: Place) -> bool:
    """True if `b` may wait until `a` is done, or the other way round, by signals that are not
    known to belong together: one of them first waits, the other signals afterwards. Or one is done
    before somebody who asked for it is answered, or a closure goes on that waits for it."""
    if _answers(a) or _answers(b) or _tells_closure(a) or _tells_closure(b):
        return True
    if _is_woken_from_anywhere(a) or _is_woken_from_anywhere(b):
        return True
    return any(_waits_before(one) and _signals_after(other) for one, other in ((a, b), (b, a)))


def _answers(place: Place) -> bool:
    """True if the goroutine then signals on a channel that it was sent: `c := <-asked`, and after
    the place `close(c)`. Whoever sent that waits for it, wherever that is."""
    function = place.function
    if place.start is None or function.node.body is None:
        return False
    for node in ast.walk_function(function.node.body):
        if node.start < place.node.start:
            continue
        channel: ast.Expr | None = None
        if isinstance(node, ast.Send):
            channel = node.chan
        elif isinstance(node, ast.Call) and ast.last_name(node.fun) == "close" and node.args:
            channel = node.args[0]
        while isinstance(channel, ast.Selector):  # `op := <-asked`, then `op.Err <- nil`
            channel = channel.x
        local = channel.obj if isinstance(channel, ast.Ident) else None
        if isinstance(local, Local) and local.owner is function.node and _is_received(local):
            return True
    return False


def _is_woken_from_anywhere(place: Place) -> bool:
    """True if the goroutine first waits for a channel of a package: who sends there may be started
    only after what the other place does."""
    return place.start is not None and any(
        isinstance(node, ast.Unary)
        and node.start < place.node.start
        and _is_of_package(ast.unparen(node.x))
        for node in _waiting(place.function)
    )


def _is_of_package(channel: ast.Expr) -> bool:
    while isinstance(channel, ast.Selector):
        channel = channel.x
    return isinstance(channel, ast.Ident) and not isinstance(channel.obj, Local)


def _tells_closure(place: Place) -> bool:
    """True if the goroutine then signals on a channel that another closure of the owner receives
    from: what runs that closure, a server that starts or a callback, waits for the place."""
    if place.start is None:
        return False
    for node in _signalling(place.function):
        if node.start < place.node.start:
            continue
        channel = node.chan if isinstance(node, ast.Send) else None
        if isinstance(node, ast.Call) and ast.last_name(node.fun) == "close" and node.args:
            channel = node.args[0]
        local = channel.obj if isinstance(channel, ast.Ident) else None
        if not isinstance(local, Local) or local.owner is not place.owner.node:
            continue
        for use in local.uses:
            function = ast.enclosing_function(use)
            if (
                isinstance(use.parent, ast.Unary)
                and use.parent.op == "<-"
                and function is not place.owner.node
                and function is not place.function.node
            ):
                return True
    return False


def _is_received(local: Local) -> bool:
    value = initial_value(local)
    value = ast.unparen(value) if value is not None else None
    return isinstance(value, ast.Unary) and value.op == "<-"


def _waits_before(place: Place) -> bool:
    return place.start is not None and any(
        node.start < place.node.start or _in_one_loop(node, place.node)
        for node in _waiting(place.function)
    )


def _signals_after(place: Place) -> bool:
    return any(
        node.start > place.node.start or _in_one_loop(node, place.node)
        for node in _signalling(place.function)
    )


def _in_one_loop(a: ast.Node, b: ast.Node) -> bool:
    return any(loop.start <= b.start < loop.end for loop in ast.enclosing_loops(a))


def _waiting(info: FunctionInfo) -> list[ast.Node]:
    """Receives of the function itself, and looks at atomic variables."""
    known: list[ast.Node] | None = info.memo.get("waiting")
    if known is None:
        scope = scope_of(info)
        known = info.memo["waiting"] = [
            node
            for node in nodes_in(info)
            if (isinstance(node, ast.Unary) and node.op == "<-" and not _only_time(scope, node.x))
            or (isinstance(node, ast.Range) and _is_channel(scope, node.x))
            or (isinstance(node, ast.Call) and _is_atomic(scope, node, ("Load", "CompareAndSwap")))
        ]
    return known


def _signalling(info: FunctionInfo) -> list[ast.Node]:
    """Sends and closes of the function itself, and stores to atomic variables."""
    known: list[ast.Node] | None = info.memo.get("signalling")
    if known is None:
        scope = scope_of(info)
        known = info.memo["signalling"] = [
            node
            for node in nodes_in(info)
            if isinstance(node, ast.Send)
            or (
                isinstance(node, ast.Call)
                and (
                    ast.last_name(node.fun) in ("close", "Signal", "Broadcast")
                    or _is_atomic(scope, node, ("Store", "Add", "Swap"))
                )
                and not isinstance(node.parent, ast.Defer)
            )
        ]
    return known


def _only_time(scope: FileScope, channel: ast.Expr) -> bool:
    if is_chan_of_time(scope, channel):
        return True
    place = joins.place_of(scope, channel)
    return place is not None and place[1].endswith("Done()")


def _is_channel(scope: FileScope, expr: ast.Expr) -> bool:
    return isinstance(core(infer.type_of(scope, expr)), Chan)


def _is_atomic(scope: FileScope, call: ast.Call, names: tuple[str, ...]) -> bool:
    if not ast.last_name(call.fun).startswith(names):
        return False
    callee = infer.callee_of(scope, call.fun)
    return callee is not None and callee.name.startswith("sync/atomic.")


def _same_step(a: Step, b: Step) -> bool:
    return a.anchor is b.anchor and a.function is b.function


def _apart_from(place: Place, level: int) -> Step | None:
    """The goroutine of `place` that still runs when the function at `level` goes on."""
    for number in range(level, len(place.steps)):
        step = place.steps[number]
        if not step.apart:
            continue
        if any(_in_bubble(outer) for outer in place.steps[level:number]):
            return None
        if number > level and _is_joined(step):
            return None
        return step
    return None


def _is_joined(step: Step) -> bool:
    """True if the function that starts the goroutine does not return before it is done."""
    if step.mode != GO:
        return False
    return joins.joining(scope_of(step.outer), step.statement, step.function).certain


def _in_bubble(step: Step) -> bool:
    """True for the function of `synctest.Test`, which waits for all goroutines started in it."""
    call = step.anchor.parent
    if not isinstance(call, ast.Call) or ast.last_name(call.fun) != "Test":
        return False
    callee = infer.callee_of(scope_of(step.outer), call.fun)
    return callee is not None and callee.name == "testing/synctest.Test"


def _meets(one: Place, other: Place, level: int, step: Step, variable: Local | None) -> bool:
    """True if control comes from where `one` is started to `other` while it still runs."""
    function = one.function_at(level)
    graph = graph_of(function)
    if graph is None or graph.broken:
        return False
    start, goal = one.within(level), other.within(level)
    if level < len(other.steps) and other.steps[level].mode == DEFER:
        return False  # runs at the end, after other deferred calls that may wait
    if step.mode == SERVE:
        return any(later.apart for later in other.steps[level:])
    return _comes_to(graph, function, start, goal, step, variable)


def _meets_itself(place: Place, level: int, variable: Local | None) -> Step | None:
    """The start of a goroutine around both places, if it runs while it is started again."""
    last = max(
        (number for number in range(level) if place.steps[number].apart),
        default=None,
    )
    if last is None:
        return None
    step = place.steps[last]
    if step.mode == SERVE:
        return step
    if _is_limited_to_one(step):
        return None
    for number in range(last + 1):
        function = place.function_at(number)
        graph = graph_of(function)
        if graph is None or graph.broken:
            return None
        anchor = place.steps[number].anchor
        if number < last and (place.steps[number].apart or _is_joined(step)):
            continue
        own = variable if number == 0 else None
        if _comes_to(graph, function, anchor, anchor, step, own):
            return step
    return None


def _is_limited_to_one(step: Step) -> bool:
    """True for `g.Go(f)` on a group with `g.SetLimit(1)`."""
    call = step.statement
    if not isinstance(call, ast.Call) or not isinstance(call.fun, ast.Selector):
        return False
    group = ast.unparen(call.fun.x)
    if not isinstance(group, ast.Ident) or not isinstance(group.obj, Local):
        return False
    scope = scope_of(step.outer)
    for use in group.obj.uses:
        method = use.parent
        if isinstance(method, ast.Selector) and method.sel.name == "SetLimit":
            limit = method.parent
            if isinstance(limit, ast.Call) and len(limit.args) == 1:
                return constant(scope, limit.args[0]) == 1
    return False


def _comes_to(
    graph: Graph,
    function: FunctionInfo,
    start: ast.Node,
    goal: ast.Node,
    step: Step,
    variable: Local | None,
) -> bool:
    """True if a path leads from `start` to `goal` with nothing that waits for `step`'s goroutine
    and no new `variable`."""
    from_, to = graph.position(start), graph.position(goal)
    if from_ is None or to is None:
        return False
    first, target = from_.block.nodes[from_.index], to.block.nodes[to.index]
    waits = _Waits(scope_of(function), function, step)
    declared = variable.ident.start if variable is not None else -1

    def blocked(node: ast.Node) -> bool:
        if node.start <= declared < node.end and not isinstance(node, ast.Range):
            return not isinstance(node, ast.FuncLit)
        return waits.at(node) or waits.at_head(node, goal)

    def reached(node: ast.Node) -> bool:
        return node is target and not (node is not first and waits.within(node, goal))

    return may_reach(graph, first, reached, blocked_by=blocked) is not None


# ------------------------------------------------------------------------------ waits


class _Waits:
    """Which nodes of `function` wait, or may wait, for the goroutine of `step`."""

    def __init__(self, scope: FileScope, function: FunctionInfo, step: Step) -> None:
        self.scope = scope
        self.function = function
        self.statement = step.statement
        self.target = step.function
        self.start = scope_of(step.outer)
        self._signals: set[joins.Place] | None = None
        memo: dict[tuple[ast.Node, FunctionInfo], dict[ast.Node, bool]]
        memo = function.memo.setdefault("may-wait", {})
        self._known = memo.setdefault((step.anchor, step.function), {})
        self._shared: set[Object] | None = None

    @property
    def signals(self) -> set[joins.Place]:
        """What the goroutine tells its end by; costs a walk over all that it calls."""
        if self._signals is None:
            self._signals = joins.signals_of(self.start, self.statement, self.target)
        return self._signals

    def at(self, node: ast.Node) -> bool:
        """True if `node`, as it stands in a block, may wait."""
        if node not in self._known:
            self._known[node] = not isinstance(node, ast.Defer | ast.Go) and any(
                self._may_wait(part) for part in evaluated(node)
            )
            if isinstance(node, ast.Range) and self._may_wait(node):
                self._known[node] = True
            if not self._known[node] and self._is_test_over(node):
                self._known[node] = True
        return self._known[node]

    def _is_test_over(self, node: ast.Node) -> bool:
        """True in a test for the case of a select that comes when another, which waits, does not
        in time: the test has failed already."""
        clause = node.parent
        if not isinstance(clause, ast.CommClause) or clause.comm is not node:
            return False
        select = clause.parent
        if not isinstance(select, ast.Select) or not self.scope.file.path.endswith("_test.go"):
            return False
        times = [
            isinstance(part, ast.Unary) and part.op == "<-" and _only_time(self.scope, part.x)
            for part in ast.walk_function(node)
        ]
        return any(times) and any(
            isinstance(other, ast.CommClause)
            and other is not clause
            and other.comm is not None
            and any(self._may_wait(part) for part in evaluated(other.comm))
            for other in select.clauses
        )

    def at_head(self, node: ast.Node, goal: ast.Node) -> bool:
        """True for the head of a loop behind the start that takes a signal of the goroutine on each
        turn: `for range n { <-done }` takes as many turns as there are goroutines. So it is where it
        takes all the slots that goroutines give back."""
        loop = node if isinstance(node, ast.Range) else node.parent
        if not isinstance(loop, ast.For | ast.Range) or loop.start < self.statement.end:
            return False
        if isinstance(loop, ast.For) and node is not loop.cond:
            return False
        if loop.start <= goal.start < loop.end:
            return False
        return any(
            (
                isinstance(part, ast.Unary)
                and part.op == "<-"
                and joins.place_of(self.scope, part.x) in self.signals
            )
            or (isinstance(part, ast.Send) and self._is_shared(part.chan))
            for statement in loop.body.stmts
            if not isinstance(statement, ast.If | ast.Select | ast.Switch)
            for part in ast.walk_function(statement)
        )

    def within(self, node: ast.Node, goal: ast.Node) -> bool:
        """True if another part of the statement `node` than `goal` waits: `return x, g.Wait()`.

        Go does not say whether `x` is read before or after; compilers read it after.
        """
        if not self.at(node):
            return False
        return any(
            self._may_wait(part) and not part.start <= goal.start < part.end
            for part in evaluated(node)
        ) or (goal is node)

    def _may_wait(self, part: ast.Node) -> bool:
        if isinstance(part, ast.Unary) and part.op == "<-":
            return self._receives(part.x)
        if isinstance(part, ast.Range):
            return isinstance(core(infer.type_of(self.scope, part.x)), Chan) and self._receives(
                part.x
            )
        if isinstance(part, ast.Send):
            return self._is_shared(part.chan)
        if isinstance(part, ast.Select):
            return not part.clauses
        if isinstance(part, ast.Call) and not isinstance(part.parent, ast.Go | ast.Defer):
            return self._call_may_wait(part)
        return False

    def _receives(self, channel: ast.Expr) -> bool:
        if is_chan_of_time(self.scope, channel):
            return False
        place = joins.place_of(self.scope, channel)
        if place is None or place in self.signals:
            return True
        # A context ends for reasons of its own, unless the goroutine cancels one.
        return not place[1].endswith("Done()") or self._cancels()

    def _cancels(self) -> bool:
        """True if the goroutine cancels a context that it shares with its starter."""
        return any(
            fields.endswith("Done()") and self._is_seen_outside(root)
            for root, fields in self.signals
        )

    def _is_seen_outside(self, root: Object) -> bool:
        start, end = self.function.node.start, self.function.node.end
        inner = self.target.node
        return (
            isinstance(root, Local)
            and scope_of(self.function) is self.scope
            and start <= root.ident.start < end
            and not inner.start <= root.ident.start < inner.end
            and root.owner is not None
            and scope_of(root.owner.info) is self.scope
        )

    def _call_may_wait(self, call: ast.Call) -> bool:
        fun = ast.unparen(call.fun)
        name = ast.last_name(fun)
        callee = infer.callee_of(self.scope, fun)
        qualified = callee.name if callee is not None else ""
        if qualified.startswith("builtin."):
            return qualified == "builtin.close" and self._is_shared(call.args[0])
        if qualified.startswith("sync/atomic."):
            if isinstance(call.parent, ast.ExprStmt):
                return False
            return name.startswith(("Load", "CompareAndSwap", "Add", "Swap"))
        if name == "Done":
            return False  # a signal, or the channel of a context, which is waited for elsewhere
        if (
            _MAY_WAIT.search(name)
            or _takes_lock(name)
            or joins.is_wait(self.scope, call, self.signals)
        ):
            return True
        if any(
            isinstance(core(infer.type_of(self.scope, argument)), Chan)
            and self._is_shared(argument)
            for argument in call.args
        ):
            return True
        if call.args and self._cancels():
            return True  # it may well end when the goroutine cancels the context
        if name in ("Lock", "RLock") and isinstance(fun, ast.Selector):
            return self._is_handed_over(fun.x)
        if any(self._closure_may_wait(argument) for argument in call.args):
            return True  # span.Do(func() { err = g.Wait() })
        if self._has_other_end(call):
            return True
        target = target_at(self.scope, fun)
        if target is not None and target.node.body is not None:
            if isinstance(target.node, ast.FuncLit):
                return any(self._may_wait(part) for part in ast.walk_function(target.node.body))
            return False
        if isinstance(fun, ast.Ident) and isinstance(fun.obj, Local):
            return name != "cancel"  # a function out of sight: it may well wait
        if self._works_with(fun, qualified == ""):
            return True
        return any(
            place is not None and place in self.signals
            for place in (joins.place_of(self.scope, argument) for argument in call.args)
        )

    def _works_with(self, fun: ast.Expr, unknown: bool) -> bool:
        """True for a method of a variable that the goroutine ends: `server.Serve(l)` comes back
        when that calls `server.Shutdown`. And for one out of sight, if the goroutine calls another
        such: the two may well meet in there."""
        holder = ast.unparen(fun.x) if isinstance(fun, ast.Selector) else None
        local = holder.obj if isinstance(holder, ast.Ident) else None
        body = self.target.node.body
        if not isinstance(local, Local) or local not in self._captured() or body is None:
            return False
        inner = scope_of(self.target)
        for use in local.uses:
            method = use.parent
            if not body.start <= use.start < body.end or not isinstance(method, ast.Selector):
                continue
            call = method.parent
            if not isinstance(call, ast.Call) or call.fun is not method:
                continue
            if method.sel.name in joins.ENDS and not isinstance(call.parent, ast.Defer):
                return True
            callee = infer.callee_of(inner, method) if unknown else None
            if unknown and (callee is None or not callee.name):
                return True
        return False

    def _closure_may_wait(self, argument: ast.Expr) -> bool:
        """True for a closure that waits and is not known to run on another goroutine."""
        literal = ast.unparen(argument)
        if not isinstance(literal, ast.FuncLit):
            return False
        runs = closure_runs(self.function, literal)
        if runs and all(mode in (GO, SERVE) for mode, _, _ in runs):
            return False
        return any(self._may_wait(part) for part in ast.walk_function(literal.body))

    def _is_shared(self, expr: ast.Expr) -> bool:
        """True for a channel that the goroutine knows: it may wait for what is sent or closed."""
        place = joins.place_of(self.scope, expr)
        return place is None or place[0] in self._captured() or not isinstance(place[0], Local)

    def _is_handed_over(self, lock: ast.Expr) -> bool:
        """True for a lock that the goroutine gives back before it takes it: a signal."""
        place = joins.place_of(self.scope, lock)
        body = self.target.node.body
        if place is None or body is None:
            return True
        inner = scope_of(self.target)
        for node in ast.walk(body):
            if isinstance(node, ast.Selector) and node.sel.name in _LOCKS:
                if joins.place_of(inner, node.x) == place:
                    return "Unlock" in node.sel.name and not isinstance(
                        getattr(node.parent, "parent", None), ast.Defer
                    )
        return False

    def _captured(self) -> set[Object]:
        if self._shared is None:
            self._shared = set(self.target.captures)
            statement = self.statement
            call = statement.call if isinstance(statement, ast.Go) else statement
            if isinstance(call, ast.Call):
                for argument in call.args:
                    if not isinstance(argument, ast.FuncLit):
                        for part in ast.walk(argument):
                            if isinstance(part, ast.Ident) and isinstance(part.obj, Local):
                                self._shared.add(part.obj)
        return self._shared

    def _has_other_end(self, call: ast.Call) -> bool:
        """True if the call is given an end of a pipe of which the goroutine has the other."""
        for argument in [call.fun, *call.args]:
            for part in ast.walk_function(argument):
                if not isinstance(part, ast.Ident) or not isinstance(part.obj, Local):
                    continue
                node = part.obj.node
                if isinstance(node, ast.Assign) and len(node.lhs) > 1 and len(node.rhs) == 1:
                    made = ast.unparen(node.rhs[0])
                    if isinstance(made, ast.Call) and "Pipe" in self.scope.file.text(made.fun):
                        return True
        return False
