"""Whether sends and receives on a channel add up: more sent than taken, a wait for nobody.

Like `channel_paths`, for channels all of whose uses are in sight.
"""

from __future__ import annotations

from itertools import pairwise

from golint_concurrency.semantics import loops
from golint_concurrency.semantics.callgraph import scope_of
from golint_concurrency.semantics.cfg import RETURNS, Graph, evaluated
from golint_concurrency.semantics.cfg_queries import (
    Path,
    always_before,
    can_follow,
    must_pass,
    solve_forward,
)
from golint_concurrency.semantics.channel_paths import (
    WITHOUT_END,
    ends_process,
    most_receives,
    most_sends,
    only_receiver,
)
from golint_concurrency.semantics.channels import (
    Channel,
    Frame,
    Operation,
    Thread,
    loops_around,
    many,
)
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.syntax import ast

# ------------------------------------------------------------------ nobody on the other side


class Stalled:
    """An operation that cannot go on: nobody takes the other side before or while it waits.

    `later` is the operation that would be the other side, were it not for the order; None if
    there is none at all.
    """

    __slots__ = ("later", "operation")

    def __init__(self, operation: Operation, later: Operation | None) -> None:
        self.operation = operation
        self.later = later


def stalled(channel: Channel) -> Stalled | None:
    """The first operation that blocks for ever whenever it is reached; None if none is known."""
    if not channel.in_sight:
        return None
    takers = channel.of("receive", "range")
    givers = channel.of("send", "close")
    for operation in channel.operations:
        if not operation.waits or operation.deferred or operation.frame.again:
            continue
        if operation.kind == "send":
            if channel.capacity == 0 and not takers and not channel.of("close"):
                return Stalled(operation, None)
            if takers and _too_early(channel, operation, takers):
                return Stalled(operation, takers[0])
        elif not givers:
            if _goes_on(operation) and not _made_for_it(channel, operation):
                return Stalled(operation, None)
        elif _too_early(channel, operation, givers):
            return Stalled(operation, givers[0])
    return None


def _goes_on(operation: Operation) -> bool:
    """True if something is to run after the receive: one at the end of a function is there to
    wait for ever (`<-make(chan struct{})`)."""
    graph = graph_of(operation.frame.info)
    place = graph.position(operation.node) if graph is not None else None
    if graph is None or place is None or not graph.reachable(place.block):
        return False
    if isinstance(operation.node, ast.Range):
        return False
    if place.block.exit is not None and place.block.exit.kind not in RETURNS:
        return False  # `<-forever; panic("unreachable")`
    following = place.block.nodes[place.index + 1 :]
    statement = place.block.nodes[place.index]
    if isinstance(statement, ast.Return):
        return True
    if any(not (isinstance(node, ast.Return) and not node.results) for node in following):
        return True
    # A loop around it makes `for { <-forever }`.
    return any(edge.dst.nodes and edge.dst.order > place.block.order for edge in place.block.succs)


def _made_for_it(channel: Channel, operation: Operation) -> bool:
    """True if the channel is made for this receive alone, by the statement before it: nobody could
    have been meant to send."""
    made = ast.enclosing_statement(channel.make)
    waits = ast.enclosing_statement(operation.node)
    block = waits.parent if waits is not None else None
    if made is None or not isinstance(block, ast.Block) or len(channel.operations) > 1:
        return False
    return any(pair == (made, waits) for pair in pairwise(block.stmts))


def _too_early(channel: Channel, operation: Operation, others: list[Operation]) -> bool:
    """True if no other side can have been started when the operation is reached, by the
    goroutine that made the channel."""
    root = channel.root
    if operation.thread is not root.thread:
        return False
    graph = graph_of(root.info)
    here = operation.frame.place_in(root, operation.node)
    if graph is None or graph.broken or here is None:
        return False
    if operation.frame is not root and not _is_alone(channel, operation):
        return False
    for other in others:
        place = _place_of(channel, other)
        if place is None or place is here:
            return False
        if other.deferred and other.thread is root.thread and _in_defer(place):
            continue
        if can_follow(graph, place, here):
            return False
    if operation.kind != "send" or channel.capacity == 0:
        return True
    return channel.capacity is not None and _is_full(channel, graph, operation)


def _in_defer(place: ast.Node) -> bool:
    """True if `place` runs at the end of its own function, not of one that it calls."""
    up: ast.Node | None = place
    while up is not None and not isinstance(up, ast.FuncLit | ast.FuncDecl):
        if isinstance(up, ast.Defer):
            return True
        up = up.parent
    return False


def _is_alone(channel: Channel, operation: Operation) -> bool:
    """True if the called function that holds the operation does nothing else to the channel."""
    return all(
        other is operation or other.frame is channel.root or other.thread is not operation.thread
        for other in channel.operations
    )


def _place_of(channel: Channel, operation: Operation) -> ast.Node | None:
    """The node of the root frame that runs the operation, or starts the goroutine that does."""
    return operation.frame.place_in(channel.root, operation.node)


def _is_full(channel: Channel, graph: Graph, operation: Operation) -> bool:
    """True if the buffer is full whenever the send is reached (in a loop: at the last turn)."""
    assert channel.capacity is not None
    held = 0
    for other in channel.of("send"):
        if other.frame is channel.root and other.waits and not other.deferred:
            turns = _turns(channel, other)
            if other is operation:
                held += (turns or 1) - 1
            elif turns == 1 and always_before(graph, other.node, operation.node):
                held += 1
    return operation.frame is channel.root and held >= channel.capacity


def _turns(channel: Channel, operation: Operation) -> int | None:
    turns = 1
    for frame, loop in loops_around(operation.frame, operation.node, channel.root, channel):
        limit = loops.bound(scope_of(frame.info), loop)
        if limit is None or not isinstance(loop, ast.For | ast.Range) or _left_early(loop):
            return None
        turns *= limit
    return turns


def _left_early(loop: ast.For | ast.Range) -> bool:
    return any(
        isinstance(node, ast.Return | ast.Branch | ast.If | ast.Switch | ast.Select)
        for node in ast.walk_function(loop.body)
    )


# ------------------------------------------------------------------------ sums that differ


class Unbalanced:
    """An operation that waits for ever on one path of the sender.

    A send (`path` None) that is one more than the receiver ever takes, `taken` values; or a
    receive to which `sender` sends nothing on `path`.
    """

    __slots__ = ("operation", "path", "sender", "taken", "total")

    def __init__(
        self, operation: Operation, sender: Thread, path: Path | None, taken: int, total: int
    ) -> None:
        self.operation = operation
        self.sender = sender
        self.path = path
        self.taken = taken
        self.total = total


def unbalanced(channel: Channel) -> Unbalanced | None:
    """A send too many, or one too few, against a fixed number of receives."""
    if not channel.in_sight or channel.capacity is None:
        return None
    receiver = only_receiver(channel)
    sends = channel.of("send")
    if receiver is None or not sends or many(receiver, channel) or ends_process(receiver):
        return None
    senders = list(dict.fromkeys(operation.thread for operation in sends))
    if receiver in senders:
        return None
    total, taken = most_sends(channel), most_receives(receiver, channel)
    if len(senders) == 1 and taken < WITHOUT_END and not many(senders[0], channel):
        if channel.capacity + taken < total < WITHOUT_END:
            return _one_too_many(channel, senders[0], taken, total)
    return _one_too_few(channel, receiver, senders, total, taken)


def _one_too_many(channel: Channel, sender: Thread, taken: int, total: int) -> Unbalanced | None:
    assert channel.capacity is not None
    top = sender.top
    graph = graph_of(top.info)
    own = [op for op in channel.of("send") if op.frame is top and op.waits and not op.deferred]
    if graph is None or graph.broken or len(own) != len(channel.of("send")):
        return None
    if any(loops_around(top, op.node, top, channel) for op in own):
        return None
    places = {op.node: op for op in own}

    def count(node: ast.Node, sent: int) -> int:
        return sent + 1 if node in places else sent

    solution = solve_forward(graph, 0, count)
    if not solution.complete:
        return None
    room = channel.capacity + taken
    for op in sorted(own, key=lambda op: op.node.start):
        if any(sent >= room for sent in solution.before(op.node)):
            return Unbalanced(op, sender, None, taken, total)
    return None


def _one_too_few(
    channel: Channel, receiver: Thread, senders: list[Thread], total: int, taken: int
) -> Unbalanced | None:
    receives = channel.of("receive")
    if channel.of("range", "close") or len(receives) != 1:
        return None
    receive = receives[0]
    if not receive.waits or receive.deferred or not all(op.waits for op in channel.of("send")):
        return None
    if receive.frame is not receiver.top:
        return None
    if total != taken or (total >= WITHOUT_END and not _same_turns(channel, senders, receive)):
        return None
    for sender in senders:
        if not _always_received(receiver, sender, receive):
            continue
        path = _silent_path(channel, sender)
        if path is not None:
            return Unbalanced(receive, sender, path, taken, total)
    return None


def _same_turns(channel: Channel, senders: list[Thread], receive: Operation) -> bool:
    """True if one loop starts the senders, and another one receives as often."""
    if len(senders) != 1 or senders[0].start is None or senders[0].top.parent is None:
        return False
    starts = loops_around(senders[0].top.parent, senders[0].start, channel.root, channel)
    takes = loops_around(receive.frame, receive.node, channel.root, channel)
    if len(starts) != 1 or len(takes) != 1 or starts[0] == takes[0]:
        return False
    if any(loops_around(op.frame, op.node, op.thread.top, channel) for op in channel.of("send")):
        return False
    return _limit(*starts[0]) == _limit(*takes[0]) != ""


def _limit(frame: Frame, loop: ast.For | ast.Range) -> str:
    over: ast.Expr | None = None
    if isinstance(loop, ast.Range):
        over = loop.x
    elif isinstance(loop.cond, ast.Binary) and loop.cond.op == "<":
        over = ast.unparen(loop.cond.y)
        if isinstance(over, ast.Call) and len(over.args) == 1:
            fun = ast.unparen(over.fun)
            if isinstance(fun, ast.Ident) and fun.name == "len":
                over = over.args[0]
    if not isinstance(over, ast.Ident | ast.Selector):
        return ""
    return scope_of(frame.info).file.text(over)


def _always_received(receiver: Thread, sender: Thread, receive: Operation) -> bool:
    """True if the receiver comes to the receive whenever it has started the sender."""
    if sender.start is None or sender.top.parent is not receiver.top:
        return False
    graph = graph_of(receiver.top.info)
    if graph is None or graph.broken:
        return False
    stops: set[ast.Node] = {receive.node}
    for loop in ast.enclosing_loops(receive.node):
        stops.add(loop)
        if isinstance(loop, ast.For) and loop.cond is not None:
            stops.add(loop.cond)

    def received(node: ast.Node) -> bool:
        return node in stops or any(item in stops for item in evaluated(node))

    return must_pass(graph, sender.start, received, deferred=False, correlate=False) is None


def _silent_path(channel: Channel, sender: Thread) -> Path | None:
    """A path through the sender on which it sends nothing."""
    top = sender.top
    graph = graph_of(top.info)
    if graph is None or graph.broken or top.again:
        return None
    sends = {
        place
        for op in channel.of("send")
        if op.thread is sender and (place := op.frame.place_in(top, op.node)) is not None
    }

    def is_send(node: ast.Node) -> bool:
        return any(item in sends for item in evaluated(node))

    if any(
        loops_around(op.frame, op.node, top, channel)
        for op in channel.of("send")
        if op.thread is sender
    ):
        return None
    return must_pass(graph, None, is_send)
