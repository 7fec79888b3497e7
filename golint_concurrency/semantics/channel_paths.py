"""Who is left waiting on a channel: paths on which a sender loses its receiver.

The question is asked of a `channels.Channel` all of whose uses are in sight. A goroutine sends;
another (mostly its starter) receives. A sender is abandoned if the receiving goroutine has a path
to its end on which it takes fewer values than are sent.

Where a value is enough to end both sides (the sender stops after an error, the receiver returns
when it gets one), where another channel tells that the sender has ended or will not send, and
where a counted loop receives as often as it turns, nobody is abandoned.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.semantics import loops
from golint_concurrency.semantics.callgraph import scope_of
from golint_concurrency.semantics.cfg import Edge, Graph, evaluated
from golint_concurrency.semantics.cfg_queries import (
    Path,
    always_before,
    may_reach,
    must_pass,
    solve_forward,
)
from golint_concurrency.semantics.channel_values import assigned_values
from golint_concurrency.semantics.channels import (
    Channel,
    Frame,
    Operation,
    Thread,
    channels_of,
    loops_around,
    many,
    repeated,
)
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.infer import callee_of
from golint_concurrency.semantics.objects import Local, Object
from golint_concurrency.semantics.one_time import after_panic
from golint_concurrency.syntax import ast

WITHOUT_END = 1_000
"""A count that has no bound in the source."""
_ALL_SENDS = "all sends"
"""Sends of a frame, of what it calls, and of the goroutines that it starts."""


class Abandoned:
    """A send that may wait for ever, and the path on which its receiver is lost.

    `path` leads through `frame` of the receiving goroutine: from where the sender is started, the
    receiver's entry, or its last receive (`after`) to an end of it. `total` is how many values are
    sent at most (`WITHOUT_END` if that is open), `fan_out` is true if several goroutines send.
    """

    __slots__ = ("after", "channel", "fan_out", "frame", "path", "send", "total")

    def __init__(
        self,
        channel: Channel,
        send: Operation,
        frame: Frame,
        path: Path,
        after: Operation | None,
        total: int,
        fan_out: bool,
    ) -> None:
        self.channel = channel
        self.send = send
        self.frame = frame
        self.path = path
        self.after = after
        self.total = total
        self.fan_out = fan_out


def abandoned(channel: Channel) -> Abandoned | None:
    """A sender that the receiver may leave behind; None if none is known. Cached."""
    if "abandoned" not in channel.memo:
        channel.memo["abandoned"] = None
        channel.memo["abandoned"] = _abandoned(channel)
    found = channel.memo["abandoned"]
    return found if isinstance(found, Abandoned) else None


def _abandoned(channel: Channel) -> Abandoned | None:
    if not channel.in_sight or channel.capacity is None:
        return None
    sends = [operation for operation in channel.of("send") if operation.waits]
    receiver = only_receiver(channel)
    if not sends or receiver is None or many(receiver, channel):
        return None
    senders = list(dict.fromkeys(operation.thread for operation in sends))
    if receiver in senders or ends_process(receiver):
        return None
    if any(send.once for send in sends):
        return None  # whoever comes first sends, for all of them
    if any(_drains(operation) for operation in channel.of("receive", "range")):
        return None  # a deferred loop takes what is left
    total = most_sends(channel)
    if total <= channel.capacity:
        return None
    if total >= WITHOUT_END and channel.capacity > 1 and not _in_fan_out(channel, senders):
        return None  # somebody counted, and knew what a loop here does not tell
    fan_out = len(senders) > 1 or many(senders[0], channel)
    if len(senders) == 2 and total == channel.capacity + 1 and _take_turns(channel, senders):
        return None
    for send in sends:
        if send.deferred and send.frame.thread.top.mode != "go":
            continue
        if not _left_alone(channel, send.thread, receiver):
            continue
        question = _Question(channel, send.thread, receiver, total, fan_out)
        found = question.lost_before() or question.lost_between()
        if found is not None:
            frame, path, after = found
            return Abandoned(channel, send, frame, path, after, min(total, WITHOUT_END), fan_out)
    return _stuck_receiver(channel, receiver, sends, total, fan_out)


def closed_early(channel: Channel) -> tuple[Abandoned, Operation] | None:
    """A send that panics: its receiver has deferred the `close`, and can return without having
    received. With that close; None if no such send is known. A buffer does not help here."""
    if not channel.in_sight:
        return None
    closes = channel.of("close")
    receiver = only_receiver(channel)
    if len(closes) != 1 or receiver is None or receiver is not channel.root.thread:
        return None
    close = closes[0]
    defer = close.node.parent
    if close.frame is not channel.root or not isinstance(defer, ast.Defer):
        return None
    graph = graph_of(channel.root.info)
    if graph is None or graph.broken or ends_process(receiver):
        return None
    for send in channel.of("send"):
        start = send.thread.start
        if not send.waits or send.deferred or start is None or send.thread is receiver:
            continue
        if send.thread.top.parent is not channel.root or many(send.thread, channel):
            continue
        if not always_before(graph, defer, start):
            continue
        if not _left_alone(channel, send.thread, receiver):
            continue
        question = _Question(channel, send.thread, receiver, 1, fan_out=False)
        found = question.lost_before()
        if found is not None and found[0] is channel.root:
            frame, path, after = found
            return Abandoned(channel, send, frame, path, after, 1, fan_out=False), close
    return None


def _take_turns(channel: Channel, senders: list[Thread]) -> bool:
    """True if one goroutine is only started once the other has handed over something else, and so
    has had its turn."""
    graph = graph_of(channel.root.info)
    for first, second in (senders, senders[::-1]):
        if graph is None or second.start is None or second.top.parent is not channel.root:
            continue
        for other in channels_of(channel.root.info):
            if other is channel or not any(op.thread is first for op in other.of("send")):
                continue
            for take in other.of("receive"):
                if take.frame is channel.root and always_before(graph, take.node, second.start):
                    return True
    return False


def _drains(operation: Operation) -> bool:
    """True for a receive that is repeated once its function ends."""
    if not operation.deferred:
        return False
    return operation.kind == "range" or bool(ast.enclosing_loops(operation.node))


def _in_fan_out(channel: Channel, senders: list[Thread]) -> bool:
    """True if goroutines without number send, each of them once at most."""
    return all(many(sender, channel) for sender in senders)


def _left_alone(channel: Channel, sender: Thread, receiver: Thread) -> bool:
    """True if nothing else is known to hold the two together.

    A sender that waits for a word of the receiver before each value does not send to one that
    has left. A sender that started its receiver mostly knows when that ends, except for one that
    ranges over the channel and nothing else.
    """
    if sender is channel.root.thread or receiver.parent is sender:
        if any(operation.kind != "range" for operation in channel.of("receive", "range")):
            return False
    for other in channels_of(channel.root.info):
        if other is channel:
            continue
        asks = any(op.thread is sender for op in other.of("receive", "range"))
        answers = any(op.thread is receiver for op in other.of("send", "close"))
        if asks and answers:
            return False
    return True


def _stuck_receiver(
    channel: Channel, receiver: Thread, sends: list[Operation], total: int, fan_out: bool
) -> Abandoned | None:
    """A pipeline: the receiver is itself a sender that its own receiver leaves behind."""
    if total < WITHOUT_END or receiver.start is None:
        return None
    for other in channels_of(channel.root.info):
        if other is channel or not any(op.thread is receiver for op in other.of("send")):
            continue
        found = abandoned(other)
        if found is not None and found.send.thread is receiver:
            return Abandoned(channel, sends[0], found.frame, found.path, None, total, fan_out)
    return None


def only_receiver(channel: Channel) -> Thread | None:
    """The one goroutine that receives from the channel; None if there are more, or none."""
    threads = {operation.thread for operation in channel.of("receive", "range")}
    return threads.pop() if len(threads) == 1 else None


def ends_process(thread: Thread) -> bool:
    """True if the program ends when this goroutine does."""
    node = thread.top.info.node
    if thread.start is not None or not isinstance(node, ast.FuncDecl) or node.recv is not None:
        return False
    return node.name.name in ("main", "init", "TestMain")


def most_sends(channel: Channel) -> int:
    """The most values that are sent in the life of the channel, by all goroutines together;
    `WITHOUT_END` if it is open."""
    return _most(channel.root, channel, _ALL_SENDS, set())


def most_sends_each(thread: Thread, channel: Channel) -> int:
    """The most values that one goroutine of this kind may send."""
    return _most(thread.top, channel, "send", set())


def most_receives(thread: Thread, channel: Channel) -> int:
    """The most values that the goroutine may take, `WITHOUT_END` if it is open."""
    each = _most(thread.top, channel, "receive", set())
    if thread.start is None or thread.top.parent is None:
        return each
    return min(WITHOUT_END, each * _turns(thread.top.parent, thread.start, channel))


def _turns(frame: Frame, node: ast.Node, channel: Channel) -> int:
    """How often `node` may run in the life of the channel."""
    turns = 1
    for around, loop in loops_around(frame, node, channel.root, channel):
        limit = loops.bound(scope_of(around.info), loop)
        if limit is None:
            return WITHOUT_END
        turns = min(WITHOUT_END, turns * limit)
    if any(around.again for around in frame.chain()):
        return WITHOUT_END
    return turns


def _most(frame: Frame, channel: Channel, kind: str, active: set[Frame]) -> int:
    """The most operations of `kind` on a path through `frame`, calls of it included.

    Operations in a loop count as often as it turns, so the paths are asked without loops.
    """
    graph = graph_of(frame.info)
    if not any(frame in op.frame.chain() for op in channel.operations):
        return 0
    if graph is None or frame in active or frame.again:
        return WITHOUT_END
    active.add(frame)
    weights: dict[ast.Node, int] = {}
    instead = 0  # what a deferred function sends if the rest panicked before it could
    for operation in channel.operations:
        if operation.frame is not frame:
            continue
        if operation.kind == "range" and kind == "receive":
            return WITHOUT_END
        wanted = kind if kind != _ALL_SENDS else "send"
        if operation.kind == wanted and (kind == "receive" or operation.waits):
            _weigh(weights, graph, operation.node, _loop_turns(frame, operation.node, channel))
    for site, children in frame.children.items():
        for child in children:
            if child.mode != "go" or kind == _ALL_SENDS:
                each = _most(child, channel, kind, active)
                if child.mode == "defer" and _only_after_panic(child, channel):
                    instead = max(instead, each)
                elif each:
                    _weigh(weights, graph, site, each * _loop_turns(frame, site, channel))
    active.discard(frame)
    if not weights:
        return instead

    def count(node: ast.Node, state: frozenset[ast.Node]) -> frozenset[ast.Node]:
        return state | {node} if node in weights else state

    solution = solve_forward(graph, frozenset[ast.Node](), count)
    if not solution.complete:
        return min(WITHOUT_END, sum(weights.values()))
    most = instead
    for block in graph.blocks:
        for state in solution.at(block):
            passed = set(state)
            passed.update(node for node in block.nodes if node in weights)
            most = max(most, sum(weights[node] for node in passed))
    return min(WITHOUT_END, most)


def _only_after_panic(frame: Frame, channel: Channel) -> bool:
    """True if whatever `frame` sends on the channel tells of a panic that it recovered."""
    return all(
        operation.frame is frame and after_panic(scope_of(frame.info), operation.node)
        for operation in channel.of("send")
        if frame in operation.frame.chain()
    )


def _weigh(weights: dict[ast.Node, int], graph: Graph, node: ast.Node, amount: int) -> None:
    place = graph.position(node)
    if place is not None:
        item = place.block.nodes[place.index] if place.index < len(place.block.nodes) else node
        weights[item] = weights.get(item, 0) + amount


def _loop_turns(frame: Frame, node: ast.Node, channel: Channel) -> int:
    turns = 1
    for around, loop in loops_around(frame, node, frame, channel):
        limit = loops.bound(scope_of(around.info), loop)
        if limit is None:
            return WITHOUT_END
        turns = min(WITHOUT_END, turns * limit)
    return turns


# --------------------------------------------------------------------------------- paths

_Lost = tuple[Frame, Path, Operation | None]


class _Question:
    """Whether the receiver can end before it took what `sender` sends."""

    __slots__ = (
        "_dismissals",
        "_fan_out",
        "_receives",
        "_signals",
        "channel",
        "receiver",
        "sender",
        "total",
    )

    def __init__(
        self, channel: Channel, sender: Thread, receiver: Thread, total: int, fan_out: bool
    ) -> None:
        self.channel = channel
        self._fan_out = fan_out
        self.sender = sender
        self.receiver = receiver
        self.total = total
        self._receives = {
            (operation.frame, operation.node): operation
            for operation in channel.of("receive", "range")
        }
        self._signals = _signals_of(sender, channel)
        self._dismissals = self._find_dismissals()

    def lost_before(self) -> _Lost | None:
        """A path from the sender's start (or the receiver's entry) to the receiver's end on
        which nothing is received."""
        starts = self._starts()
        if starts is None:
            return None
        return self._all_the_way(starts, None)

    def lost_between(self) -> _Lost | None:
        """A path from a receive to the receiver's end with values left to take."""
        assert self.channel.capacity is not None
        if self.total - self.channel.capacity < 2:
            return None
        if not self._fan_out and self.total > most_receives(self.receiver, self.channel):
            if self.total < WITHOUT_END:
                return None  # more is sent than is ever taken: another mistake
        for operation in self._receives.values():
            if operation.deferred or self._shares_loop(operation):
                continue
            if (
                not self._fan_out
                and operation.kind != "range"
                and not repeated(operation, self.channel)
            ):
                if self.total >= WITHOUT_END:
                    continue  # two plain receives, and a loop that may well send two values
            if not self._first(operation):
                continue
            places = list(self._levels(operation.frame, operation.node))
            found = self._all_the_way(places, operation)
            if found is None:
                continue
            if not self._fan_out and self._told_by_value(found, operation):
                continue
            return found
        return None

    def _first(self, operation: Operation) -> bool:
        """True if nothing else need have been received before this."""
        if len(self._receives) == 1:
            return True
        statement = ast.enclosing_statement(operation.node)
        for at, node in self._receives:
            if at is operation.frame and node is not operation.node:
                if ast.enclosing_statement(node) is statement:
                    return False  # `return <-a, <-a`
        starts = self._starts()
        if starts is None or starts[-1][0] is not operation.frame:
            return False
        frame, start = starts[-1]
        graph = graph_of(frame.info)
        if graph is None:
            return False
        return (
            may_reach(
                graph,
                start,
                lambda node: _is_at(node, operation.node),
                blocked_by=lambda node: self._passes(frame, node),
            )
            is not None
        )

    def _starts(self) -> list[tuple[Frame, ast.Node | None]] | None:
        """Where the receiver's goroutine stands when the sender starts, by frame, inside out."""
        parent = self.sender.top.parent
        if parent is None or self.sender.start is None:
            return [(self.receiver.top, None)]
        node: ast.Node = self.sender.start
        frame: Frame | None = parent
        while frame is not None and frame.thread is not self.receiver:
            if frame.site is None:
                return [(self.receiver.top, None)]
            node, frame = frame.site, frame.parent
        if frame is None:
            return [(self.receiver.top, None)]
        for operation in self._receives.values():
            if self._shares_loop(operation):
                return None
        return list(self._levels(frame, node))

    def _shares_loop(self, operation: Operation) -> bool:
        """True if one loop starts senders and receives from them turn by turn."""
        if self.sender.start is None or self.sender.top.parent is None:
            return False
        channel = self.channel
        starts = loops_around(self.sender.top.parent, self.sender.start, channel.root, channel)
        receives = loops_around(operation.frame, operation.node, channel.root, channel)
        return any(loop in receives for loop in starts)

    def _levels(self, frame: Frame, node: ast.Node) -> Iterator[tuple[Frame, ast.Node]]:
        """`node` in `frame`, then the calls around it, up to the receiver's first frame."""
        while True:
            yield frame, node
            if frame is self.receiver.top or frame.parent is None or frame.site is None:
                return
            node, frame = frame.site, frame.parent

    def _all_the_way(
        self,
        places: list[tuple[Frame, ast.Node]] | list[tuple[Frame, ast.Node | None]],
        after: Operation | None,
    ) -> _Lost | None:
        """A path out of each frame in turn; the first that says something is shown."""
        found: _Lost | None = None
        for frame, node in places:
            if frame.mode == "defer":
                return None
            path = self._way_out(frame, node)
            if path is None:
                return None
            if found is None or not found[1].edges:
                found = (frame, path, after)
        return found

    def _way_out(self, frame: Frame, start: ast.Node | None) -> Path | None:
        graph = graph_of(frame.info)
        if graph is None or graph.broken:
            return None

        def passes(node: ast.Node) -> bool:
            return self._passes(frame, node)

        def follow(edge: Edge) -> bool:
            return not self._complete(frame, edge)

        path = must_pass(graph, start, passes, follow=follow)
        if path is not None or frame is not self.channel.origin:
            return path
        make = self.channel.make

        def makes_anew(node: ast.Node) -> bool:
            return any(item is make for item in evaluated(node))

        if start is None or any(passes(s) for s in graph.deferred_before(start).must):
            return None
        return may_reach(graph, start, makes_anew, blocked_by=passes, follow=follow)

    # ------------------------------------------------------------------ what saves a sender

    def _passes(self, frame: Frame, node: ast.Node) -> bool:
        """True if the receiver takes a value at `node`, or learns there that none will come."""
        for item in evaluated(node):
            if (frame, item) in self._receives:
                return True
            if isinstance(item, ast.Call):
                for child in frame.children.get(item, ()):
                    if child.mode == "go":
                        continue
                    if self._surely_receives(child, 0):
                        return True
                if self._signals and self._is_wait(frame, item):
                    return True
            elif self._signals and isinstance(item, ast.Unary) and item.op == "<-":
                if self._is_signal(frame, item.x):
                    return True
            elif self._signals and isinstance(item, ast.Range) and self._is_signal(frame, item.x):
                return True
        return False

    def _surely_receives(self, frame: Frame, depth: int) -> bool:
        if frame.again or depth > 6:
            return any(at is frame for at, _ in self._receives)
        return self._reaches(frame) and self._way_out(frame, None) is None

    def _reaches(self, frame: Frame) -> bool:
        """True if `frame` or what it calls receives at all."""
        return any(any(around is frame for around in at.chain()) for at, _ in self._receives)

    def _complete(self, frame: Frame, edge: Edge) -> bool:
        """True for a branch that is taken when nothing is left to receive: the channel is closed,
        or a loop that receives on each turn has made all its turns."""
        if self._fan_out and edge.cond is not None and _counts(edge.cond):
            return True
        if self._dismissals and isinstance(edge.clause, ast.CommClause):
            if edge.clause in self._dismissals:
                return True
        if self._is_nil_of_closed(frame, edge) or self._is_nil_channel(frame, edge):
            return True
        if edge.when is not False:
            return False
        if edge.kind == "range" and edge.src.nodes:
            loop = edge.src.nodes[-1]
            return isinstance(loop, ast.Range) and (
                (frame, loop) in self._receives or self._receives_in(frame, loop)
            )
        if edge.kind == "cond" and edge.cond is not None:
            cond = edge.cond
            if isinstance(cond, ast.Ident) and isinstance(cond.obj, Local):
                return self._is_ok_of_receive(frame, cond.obj)
            up = cond.parent
            while isinstance(up, ast.Expr):
                up = up.parent
            return isinstance(up, ast.For) and self._receives_in(frame, up)
        return False

    def _is_nil_channel(self, frame: Frame, edge: Edge) -> bool:
        """True for the branch in which the channel is nil: it has not been made there."""
        cond = ast.unparen(edge.cond) if edge.cond is not None else None
        if not isinstance(cond, ast.Binary) or not _is_nil(cond.y):
            return False
        if cond.op not in ("==", "!=") or edge.when is not (cond.op == "=="):
            return False
        value = ast.unparen(cond.x)
        obj = value.obj if isinstance(value, ast.Ident) else None
        return obj is not None and any(
            at is frame
            and isinstance(node, ast.Unary)
            and isinstance(channel := ast.unparen(node.x), ast.Ident)
            and channel.obj is obj
            for at, node in self._receives
        )

    def _is_nil_of_closed(self, frame: Frame, edge: Edge) -> bool:
        """True for the branch in which a value just received is nil, if nobody sends nil: so the
        channel is closed."""
        cond = ast.unparen(edge.cond) if edge.cond is not None else None
        if not isinstance(cond, ast.Binary) or not _is_nil(cond.y):
            return False
        if cond.op not in ("==", "!=") or edge.when is not (cond.op == "=="):
            return False
        value = ast.unparen(cond.x)
        obj = value.obj if isinstance(value, ast.Ident) else None
        if obj is None or any(
            isinstance(send.node, ast.Send) and _is_nil(send.node.value)
            for send in self.channel.of("send")
        ):
            return False
        return any(
            receive.frame is frame and obj in _received_values(receive)
            for receive in self.channel.of("receive")
        )

    def _receives_in(self, frame: Frame, loop: ast.For | ast.Range) -> bool:
        for at, node in self._receives:
            place = at.place_in(frame, node)
            if place is not None and loop.body.start <= place.start < loop.body.end:
                return True
        return False

    def _is_ok_of_receive(self, frame: Frame, local: Local) -> bool:
        node = local.node
        if not isinstance(node, ast.Assign) or len(node.lhs) != 2 or len(node.rhs) != 1:
            return False
        return local.index == 1 and (frame, ast.unparen(node.rhs[0])) in self._receives

    def _told_by_value(self, lost: _Lost, operation: Operation) -> bool:
        """True if the path depends on the value received, and the sender may stop there too."""
        values = _received_values(operation)
        if not values:
            return False
        frame, path, _ = lost
        if frame is not operation.frame:
            return True
        if not any(_depends(edge, values) for edge in path.edges):
            return False
        return any(
            self._may_stop_after(send)
            for send in self.channel.of("send")
            if send.thread is self.sender
        )

    def _may_stop_after(self, send: Operation) -> bool:
        top = self.sender.top
        place = send.frame.place_in(top, send.node)
        graph = graph_of(top.info)
        if place is None or graph is None:
            return True
        sends = {
            op.frame.place_in(top, op.node)
            for op in self.channel.of("send")
            if op.thread is self.sender
        }

        def follow(edge: Edge) -> bool:
            # A loop that ends by itself has sent all that it had.
            if edge.when is not False:
                return True
            if edge.kind == "range":
                return False
            up = edge.cond.parent if edge.cond is not None else None
            while isinstance(up, ast.Expr):
                up = up.parent
            return not isinstance(up, ast.For)

        def is_send(node: ast.Node) -> bool:
            return any(item in sends for item in evaluated(node))

        return must_pass(graph, place, is_send, follow=follow, deferred=False) is not None

    # ------------------------------------------------------------------------- signals

    def _find_dismissals(self) -> set[ast.CommClause]:
        """Clauses in which the receiver is told to leave by its root, which says so only after it
        has waited for the senders."""
        root = self.channel.root
        graph = graph_of(root.info)
        start = self.sender.start
        found: set[ast.CommClause] = set()
        body = root.info.node.body
        if not self._signals or graph is None or start is None or body is None:
            return found
        if self.sender.top.parent is not root or self.receiver is root.thread:
            return found
        waits = [
            node
            for node in ast.walk_function(body)
            if isinstance(node, ast.Call) and node.start > start.end and self._is_wait(root, node)
        ]
        if not waits:
            return found
        for other in channels_of(root.info):
            tells = other.of("send", "close")
            if other is self.channel or not other.in_sight or not tells:
                continue
            if all(
                tell.frame is root and any(always_before(graph, wait, tell.node) for wait in waits)
                for tell in tells
            ):
                for asks in other.of("receive"):
                    if asks.thread is self.receiver and asks.clause is not None:
                        found.add(asks.clause)
        return found

    def _is_signal(self, frame: Frame, channel: ast.Expr) -> bool:
        key = key_of(frame, channel)
        return key is not None and key in self._signals

    def _is_wait(self, frame: Frame, call: ast.Call) -> bool:
        """True for a Wait on the group that the sender is counted in."""
        fun = ast.unparen(call.fun)
        if not isinstance(fun, ast.Selector) or fun.sel.name != "Wait":
            return False
        return self._is_signal(frame, fun.x)


_Key = tuple[Object | None, tuple[str, ...]]


def key_of(frame: Frame, expr: ast.Expr) -> _Key | None:
    """A name for what `expr` (`done`, `s.done`, `ctx.Done()`) refers to, parameters of functions
    in sight replaced by what is passed for them; None for anything else."""
    names: list[str] = []
    current: Frame | None = frame
    for _ in range(32):
        expr = ast.unparen(expr)
        if isinstance(expr, ast.Selector):
            names.append(expr.sel.name)
            expr = expr.x
        elif isinstance(expr, ast.Call) and isinstance(expr.fun, ast.Selector):
            if expr.args or expr.fun.sel.name != "Done":
                return None
            expr = expr.fun.x
        elif isinstance(expr, ast.Star) or (isinstance(expr, ast.Unary) and expr.op == "&"):
            expr = expr.x
        elif isinstance(expr, ast.Ident) and current is not None:
            obj = scope_of(current.info).resolve(expr)
            passed = _argument_for(current, obj)
            if passed is None:
                return obj, tuple(reversed(names))
            current, expr = passed
        else:
            return None
    return None


def _argument_for(frame: Frame, obj: Object | None) -> tuple[Frame, ast.Expr] | None:
    """What is passed for the parameter (or receiver) `obj` where its function is called."""
    if not isinstance(obj, Local) or obj.role not in ("param", "receiver"):
        return None
    for around in frame.chain():
        if around.info.node is not obj.owner:
            continue
        if around.parent is None or around.site is None:
            return None
        if obj.role == "receiver":
            fun = ast.unparen(around.site.fun)
            return (around.parent, fun.x) if isinstance(fun, ast.Selector) else None
        if obj in around.info.params:
            index = around.info.params.index(obj)
            if index < len(around.site.args) and len(around.info.params) == len(around.site.args):
                return around.parent, around.site.args[index]
        return None
    return None


def _signals_of(sender: Thread, channel: Channel) -> set[_Key]:
    """Other channels, groups and contexts by which the sender tells that it has ended, or that it
    sends there and not on `channel`."""
    found: set[_Key] = set()
    top = sender.top
    body = top.info.node.body
    if body is None or sender.start is None:
        return found
    graph = graph_of(top.info)
    scope = scope_of(top.info)
    sends = [
        place
        for operation in channel.of("send")
        if operation.thread is sender
        and (place := operation.frame.place_in(top, operation.node)) is not None
    ]
    own = {
        key_of(top, operation.node.chan)
        for operation in channel.of("send", "close")
        if isinstance(operation.node, ast.Send)
    }
    for node in ast.walk(body):
        target: ast.Expr | None = None
        if isinstance(node, ast.Send):
            target = node.chan
        elif isinstance(node, ast.Call):
            fun = ast.unparen(node.fun)
            if isinstance(fun, ast.Ident) and fun.name == "close" and len(node.args) == 1:
                target = node.args[0]
            elif isinstance(fun, ast.Selector) and fun.sel.name == "Done" and not node.args:
                callee = callee_of(scope, fun)
                if callee is not None and callee.name.endswith("WaitGroup.Done"):
                    target = fun.x
            elif isinstance(fun, ast.Ident) and isinstance(fun.obj, Local):
                target = _cancelled(fun.obj)
        if target is None:
            continue
        key = key_of(top, target)
        if key is None or key in own:
            continue
        if not _deferred_in(node, body) and graph is not None:
            if any(may_reach(graph, node, lambda n, s=place: _is_at(n, s)) for place in sends):  # type: ignore[misc]
                continue
        found.add(key)
    if sender.start is not None and top.parent is not None:
        # A group that runs the sender itself: errgroup's Go, WaitGroup.Go.
        fun = ast.unparen(sender.start.fun)
        if not isinstance(sender.start.parent, ast.Go) and isinstance(fun, ast.Selector):
            key = key_of(top.parent, fun.x)
            if key is not None:
                found.add(key)
    return found


def _counts(cond: ast.Expr) -> bool:
    """True if `cond` compares a number that the function counts up or down (`left == 0`), or is a
    variable that is set to what such a comparison gives."""
    cond = ast.unparen(cond)
    if isinstance(cond, ast.Ident) and isinstance(cond.obj, Local):
        values = assigned_values(cond.obj)
        return bool(values) and any(
            isinstance(value, ast.Binary) and _counts(value) for value in values or ()
        )
    if not isinstance(cond, ast.Binary):
        return False
    for side in ast.walk(cond):
        if isinstance(side, ast.Ident) and isinstance(side.obj, Local):
            for use in side.obj.uses:
                parent = use.parent
                if isinstance(parent, ast.IncDec):
                    return True
                if isinstance(parent, ast.Assign) and parent.op in ("+=", "-="):
                    return True
    return False


def _is_at(node: ast.Node, place: ast.Node) -> bool:
    return any(item is place for item in evaluated(node))


def _deferred_in(node: ast.Node, body: ast.Block) -> bool:
    up: ast.Node | None = node
    while up is not None and up is not body:
        if isinstance(up, ast.Defer):
            return True
        up = up.parent
    return False


def _cancelled(local: Local) -> ast.Expr | None:
    """The context that calling `local` cancels: `ctx` of `ctx, cancel := context.WithCancel()`."""
    node = local.node
    if isinstance(node, ast.Assign) and local.index == 1 and len(node.lhs) == 2:
        if len(node.rhs) == 1 and isinstance(ast.unparen(node.rhs[0]), ast.Call):
            return node.lhs[0]
    return None


def _is_nil(expr: ast.Expr) -> bool:
    expr = ast.unparen(expr)
    return isinstance(expr, ast.Ident) and expr.name == "nil"


def _received_values(operation: Operation) -> set[Object]:
    """Variables that hold what the operation received."""
    node = operation.node
    targets: list[ast.Expr] = []
    if isinstance(node, ast.Range):
        targets = [node.key] if node.key is not None else []
    else:
        up = node.parent
        while isinstance(up, ast.Paren):
            up = up.parent
        if isinstance(up, ast.Assign):
            targets = up.lhs[:1] if len(up.rhs) == 1 else list(up.lhs)
        elif isinstance(up, ast.ValueSpec):
            targets = list(up.names[:1])
    return {
        target.obj
        for target in targets
        if isinstance(target, ast.Ident) and isinstance(target.obj, Local)
    }


def _depends(edge: Edge, values: set[Object]) -> bool:
    """True if the branch looks at one of `values`, or at something made of them just before."""
    looked: list[ast.Node] = []
    if edge.cond is not None:
        looked.append(edge.cond)
    elif edge.kind in ("case", "type"):
        up: ast.Node | None = edge.clause
        if up is None and edge.src.nodes:
            up = edge.src.nodes[-1]
        while up is not None and not isinstance(up, ast.Switch | ast.TypeSwitch):
            up = up.parent
        if isinstance(up, ast.Switch) and up.tag is not None:
            looked.append(up.tag)
        elif isinstance(up, ast.TypeSwitch):
            looked.append(up.x)
    for root in looked:
        for node in ast.walk(root):
            if isinstance(node, ast.Ident) and isinstance(node.obj, Local):
                if node.obj in values or _made_of(node.obj, values):
                    return True
    return False


def _made_of(local: Local, values: set[Object]) -> bool:
    """True if the variable is computed from one of `values`: `err := handle(v)`."""
    assigned: list[ast.Expr] = []
    if isinstance(local.node, ast.Assign):
        assigned.extend(local.node.rhs)
    for use in local.uses:
        if isinstance(use.parent, ast.Assign) and use in use.parent.lhs:
            assigned.extend(use.parent.rhs)
    return any(
        isinstance(node, ast.Ident) and node.obj in values
        for expr in assigned
        for node in ast.walk(expr)
    )
