"""Everything that happens to a channel made in a function, as far as it can be seen.

The value is followed through variables, closures, parameters of functions in sight, conversions
and results of functions in sight. Each operation stands in a `Frame`: one activation of a
function, called (or started as a goroutine) from another frame. So a function that is started
twice has two frames, and an operation in it is listed twice.

What cannot be followed (a field, a map, a function out of sight, a variable that is assigned to
again) is in `Channel.unseen`: a rule that needs all of a channel's uses is silent if there is any.
"""

from __future__ import annotations

from golint_concurrency.semantics import facts
from golint_concurrency.semantics.callgraph import each_caller_of, info_of, scope_of, target_of
from golint_concurrency.semantics.denote import constant, denote, is_type
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.infer import callee_of
from golint_concurrency.semantics.nodes import nodes_of
from golint_concurrency.semantics.objects import Local, Member, Predeclared
from golint_concurrency.semantics.one_time import behind_flag
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import Chan
from golint_concurrency.syntax import ast

_MAX_FRAMES = 80
"""Activations that are followed for one function; past that the channel counts as unseen."""
_MAX_DEPTH = 8
_MAX_CALLERS = 12


class Thread:
    """A goroutine (or several of one kind): `top` is the frame that it begins with.

    `start` is the call that runs on a goroutine of its own (of a `go` statement, or one such as
    `group.Go(f)`), in the frame `top.parent`; None for the goroutine of the root frame.
    """

    __slots__ = ("start", "top")

    def __init__(self, top: Frame, start: ast.Call | None) -> None:
        self.top = top
        self.start = start

    @property
    def parent(self) -> Thread | None:
        """The goroutine that starts this one."""
        return self.top.parent.thread if self.top.parent is not None else None


class Frame:
    """One activation of a function, as it follows from the source.

    `mode` is call, defer or go ("" for the root); `site` is the call in `parent` that leads here.
    `again` is true if the function may run more than once for one run of `site` (recursion, a
    callback), `once` if `sync.Once.Do` runs it. `children` are the frames that are called from
    this one, by call.
    """

    __slots__ = ("again", "children", "depth", "info", "mode", "once", "parent", "site", "thread")

    def __init__(
        self, info: FunctionInfo, parent: Frame | None, site: ast.Call | None, mode: str
    ) -> None:
        self.info = info
        self.parent = parent
        self.site = site
        self.mode = mode
        self.again = False
        self.once = False
        self.children: dict[ast.Call, list[Frame]] = {}
        self.depth: int = parent.depth + 1 if parent is not None else 0
        self.thread: Thread
        if parent is None or mode == "go":
            self.thread = Thread(self, site)
        else:
            self.thread = parent.thread

    def chain(self) -> list[Frame]:
        """This frame and those around it, innermost first."""
        frames = [self]
        parent = self.parent
        while parent is not None:
            frames.append(parent)
            parent = parent.parent
        return frames

    def place_in(self, outer: Frame, node: ast.Node) -> ast.Node | None:
        """Where `node` of this frame stands in `outer`: itself, or the call that leads to it."""
        frame: Frame = self
        while frame is not outer:
            if frame.parent is None or frame.site is None:
                return None
            node = frame.site
            frame = frame.parent
        return node


class Operation:
    """`kind` is send, receive, range or close; `node` the Send, Unary, Range or Call.

    `clause` is the select clause whose communication it is, None outside a select.
    """

    __slots__ = ("clause", "frame", "kind", "node")

    def __init__(self, kind: str, node: ast.Node, frame: Frame) -> None:
        self.kind = kind
        self.node = node
        self.frame = frame
        self.clause = comm_clause(node) if kind in ("send", "receive") else None

    @property
    def thread(self) -> Thread:
        """The goroutine that runs it."""
        return self.frame.thread

    @property
    def select(self) -> ast.Select | None:
        """The select that it is part of."""
        clause = self.clause
        up = clause.parent if clause is not None else None
        return up if isinstance(up, ast.Select) else None

    @property
    def waits(self) -> bool:
        """True if it has no way out: outside a select, or alone in one."""
        if self.kind == "close":
            return False
        select = self.select
        return select is None or len(select.clauses) == 1

    @property
    def once(self) -> bool:
        """True if a `sync.Once` lets it run once at most, however many goroutines come by."""
        return any(frame.once for frame in self.frame.chain())

    @property
    def deferred(self) -> bool:
        """True if it runs when a function of its goroutine ends."""
        return any(
            frame.mode == "defer" for frame in self.frame.chain() if frame.thread is self.thread
        ) or isinstance(self.node.parent, ast.Defer)

    def __repr__(self) -> str:
        return f"Operation({self.kind}@{self.node.start})"


class Channel:
    """A channel made by `make`, as the function of `root` and what it calls use it.

    `root` is the frame of the function that makes it or, for one that is returned, of a caller;
    `origin` the frame in which it is made. `capacity` is None if it is not constant. `locals` are
    the variables that hold it, `unseen` the places where it gets out of sight, `returned` the
    Return statements by which it leaves the root frame.
    """

    __slots__ = (
        "capacity",
        "locals",
        "make",
        "memo",
        "operations",
        "origin",
        "returned",
        "root",
        "unseen",
    )

    def __init__(self, make: ast.Call, root: Frame, origin: Frame, capacity: int | None) -> None:
        self.make = make
        self.root = root
        self.origin = origin
        self.capacity = capacity
        self.operations: list[Operation] = []
        self.locals: list[Local] = []
        self.unseen: list[ast.Node] = []
        self.returned: list[ast.Return] = []
        self.memo: dict[str, object] = {}
        """Answers that other modules compute once for this channel, by their own names."""

    @property
    def in_sight(self) -> bool:
        """True if every use of the channel is listed."""
        return not self.unseen and not self.returned

    def of(self, *kinds: str) -> list[Operation]:
        """The operations of these kinds, in the order in which they were found."""
        return [operation for operation in self.operations if operation.kind in kinds]

    @property
    def name(self) -> str:
        """What the source calls it first; "" if it has no name."""
        return self.locals[0].name if self.locals else ""


def channels_of(info: FunctionInfo) -> list[Channel]:
    """The channels that the function itself makes (closures inside left out); cached."""
    known: list[Channel] | None = info.memo.get("channels")
    if known is not None:
        return known
    found: list[Channel] = []
    info.memo["channels"] = found
    body = info.node.body
    if body is None:
        return found
    scope = scope_of(info)
    world = _world(info)
    for node in nodes_of(info, ast.Call):
        if made_capacity(scope, node) is not False:
            capacity = made_capacity(scope, node)
            assert capacity is None or isinstance(capacity, int)
            found.append(world.channel(node, world.root, capacity))
    return found


def channel_of(scope: FileScope, make: ast.Call) -> Channel | None:
    """The channel that this call of `make` makes; None if it makes none, or not in a function."""
    function = ast.enclosing_function(make)
    if function is None or function.info is None:
        return None
    for channel in channels_of(function.info):
        if channel.make is make:
            return channel
    return None


def views_of(channel: Channel) -> list[Channel]:
    """`channel` as its users see it: itself or, where its maker returns it and does nothing else
    that is out of sight, one view for each call of the maker in the package.

    Empty if such a call is out of sight as a whole: then nothing is known of the users.
    """
    if channel.unseen:
        return []
    views, pending = [], [channel]
    while pending:
        current = pending.pop()
        if not current.returned:
            views.append(current)
            continue
        member = _member_of(current.root.info)
        if member is None or len(views) + len(pending) > _MAX_CALLERS:
            continue
        for scope, decl, call in each_caller_of(member):
            del decl
            if len(pending) > _MAX_CALLERS:
                break
            view = _view_from(scope, current, call)
            if view is not None and not view.unseen:
                pending.append(view)
    return views


def made_capacity(scope: FileScope, call: ast.Call) -> int | bool | None:
    """The capacity of the channel that `call` makes, None if it is not constant; False if the
    call makes no channel."""
    fun = ast.unparen(call.fun)
    if not (isinstance(fun, ast.Ident) and fun.name == "make" and call.args):
        return False
    if not isinstance(scope.resolve(fun), Predeclared):
        return False
    made = ast.unparen(call.args[0])
    if not isinstance(made, ast.ChanType) and not isinstance(denote(scope, made), Chan):
        return False
    if len(call.args) < 2:
        return 0
    value = constant(scope, call.args[1])
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def comm_clause(node: ast.Node) -> ast.CommClause | None:
    """The select clause whose communication `node` (a Send or a receive) is."""
    child: ast.Node = node
    up = node.parent
    if isinstance(node, ast.Unary):
        # Only `<-ch`, `v := <-ch` and `v = <-ch` communicate; `case ch <- <-other` does not.
        while isinstance(up, ast.Paren | ast.Assign | ast.ExprStmt):
            if isinstance(up, ast.Assign) and child not in up.rhs:
                return None
            child, up = up, up.parent
    return up if isinstance(up, ast.CommClause) and up.comm is child else None


def repeated(operation: Operation, channel: Channel) -> bool:
    """True if its goroutine may run the operation more than once in the channel's life."""
    return _in_loop(operation.frame, operation.node, operation.thread.top, channel)


def many(thread: Thread, channel: Channel) -> bool:
    """True if several goroutines of this kind may be started in the channel's life."""
    return (
        thread.start is not None
        and thread.top.parent is not None
        and _in_loop(thread.top.parent, thread.start, channel.root, channel)
    )


def loops_around(
    frame: Frame, node: ast.Node, outer: Frame, channel: Channel
) -> list[tuple[Frame, ast.For | ast.Range]]:
    """Loops that repeat `node`, up to and including those of frame `outer`, innermost first;
    those that make a new channel on each turn are left out."""
    found: list[tuple[Frame, ast.For | ast.Range]] = []
    current: Frame | None = frame
    place: ast.Node | None = node
    while current is not None and place is not None:
        for loop in ast.enclosing_loops(place):
            if current is channel.origin and _holds(loop, channel.make):
                break
            if _comes_back(current, loop, place) and not behind_flag(loop, place):
                found.append((current, loop))
        if current is outer:
            break
        place, current = current.site, current.parent
    return found


def _comes_back(frame: Frame, loop: ast.For | ast.Range, node: ast.Node) -> bool:
    """True if another turn of `loop` can follow `node`: not so if it returns or breaks there."""
    graph = graph_of(frame.info)
    place = graph.position(node) if graph is not None else None
    if graph is None or place is None:
        return True
    turning = graph.loop_of(loop)
    return turning is not None and place.block in turning.blocks


def _in_loop(frame: Frame, node: ast.Node, outer: Frame, channel: Channel) -> bool:
    if loops_around(frame, node, outer, channel):
        return True
    for around in frame.chain():
        if around.again:
            return True
        if around is outer:
            break
    return False


def _holds(outer: ast.Node, inner: ast.Node) -> bool:
    up: ast.Node | None = inner
    while up is not None:
        if up is outer:
            return True
        up = up.parent
    return False


# ------------------------------------------------------------------------------ following


class _World:
    """All frames that one root function leads to; channels of the same root share them."""

    __slots__ = ("_active", "_frames", "_runs", "root")

    def __init__(self, info: FunctionInfo) -> None:
        self.root = Frame(info, None, None, "")
        self._frames: dict[tuple[int, int, int, str], Frame] = {}
        self._runs: dict[tuple[int, int], list[Frame] | None] = {}
        self._active: set[tuple[int, int]] = set()

    def channel(self, make: ast.Call, origin: Frame, capacity: int | None) -> Channel:
        """Follow the channel that `make` makes in frame `origin`."""
        channel = Channel(make, self.root, origin, capacity)
        follower = _Follower(self, channel)
        follower.value(make, origin)
        channel.operations.sort(key=_by_place)
        return channel

    def enter(self, info: FunctionInfo, parent: Frame, site: ast.Call, mode: str) -> Frame | None:
        """The frame of `info` called by `site`; None if it would lead too far.

        A recursive call leads to the frame that is active already.
        """
        for around in parent.chain():
            if around.info is info:
                around.again = True
                return around
        key = (id(info), id(parent), id(site), mode)
        frame = self._frames.get(key)
        if frame is None:
            if len(self._frames) >= _MAX_FRAMES or parent.depth >= _MAX_DEPTH:
                return None
            frame = self._frames[key] = Frame(info, parent, site, mode)
            parent.children.setdefault(site, []).append(frame)
        return frame

    def frames_at(self, node: ast.Node, frame: Frame) -> list[Frame] | None:
        """The frames in which `node` runs, which stands in the source of `frame`'s function or of
        a closure there; None if that cannot be told."""
        function = ast.enclosing_function(node)
        if function is frame.info.node:
            return [frame]
        if not isinstance(function, ast.FuncLit):
            return None
        key = (id(function), id(frame))
        if key not in self._runs:
            self._runs[key] = None  # what a closure that runs itself sees
            self._runs[key] = self._closure_frames(function, frame)
        return self._runs[key]

    def _closure_frames(self, literal: ast.FuncLit, frame: Frame) -> list[Frame] | None:
        around = self.frames_at(literal, frame)
        if around is None:
            return None
        found: list[Frame] = []
        for outer in around:
            runs = self._runs_of(literal, literal, outer)
            if runs is None:
                return None
            for parent, site, mode, again in runs:
                entered = self.enter(literal.info, parent, site, mode)
                if entered is None:
                    return None
                entered.again = entered.again or again
                if mode != "go" and _is_once(scope_of(parent.info), site):
                    entered.once = True
                found.append(entered)
        return found

    def _runs_of(
        self, literal: ast.FuncLit, value: ast.Expr, frame: Frame
    ) -> list[tuple[Frame, ast.Call, str, bool]] | None:
        """Where the function that `value` stands for is run; None if that cannot be told."""
        parent = value.parent
        while isinstance(parent, ast.Paren):
            value, parent = parent, parent.parent
        if isinstance(parent, ast.Call):
            if parent.fun is value:
                return [(frame, parent, call_mode(parent), False)]
            return self._runs_of_argument(literal, parent, parent.args.index(value), frame)
        local = _holder(value)
        if local is None or local.owner is not frame.info.node:
            # A comparison, or a call for effect, runs nothing.
            return [] if isinstance(parent, ast.Binary | ast.ExprStmt) else None
        return self._runs_of_local(literal, local, frame)

    def _runs_of_local(
        self, literal: ast.FuncLit, local: Local, frame: Frame
    ) -> list[tuple[Frame, ast.Call, str, bool]] | None:
        key = (id(local), id(frame))
        if key in self._active:
            return []  # a function that passes its parameter on to itself
        self._active.add(key)
        try:
            return self._runs_of_uses(literal, local, frame)
        finally:
            self._active.discard(key)

    def _runs_of_uses(
        self, literal: ast.FuncLit, local: Local, frame: Frame
    ) -> list[tuple[Frame, ast.Call, str, bool]] | None:
        found: list[tuple[Frame, ast.Call, str, bool]] = []
        for use in settled_uses(local) or ():
            if _holds(literal, use):
                continue  # it calls itself: `enter` knows
            frames = self.frames_at(use, frame)
            if frames is None:
                return None
            for at in frames:
                runs = self._runs_of(literal, use, at)
                if runs is None:
                    return None
                found.extend(runs)
        return found if settled_uses(local) is not None else None

    def _runs_of_argument(
        self, literal: ast.FuncLit, call: ast.Call, index: int, frame: Frame
    ) -> list[tuple[Frame, ast.Call, str, bool]] | None:
        scope = scope_of(frame.info)
        if is_type(scope, call.fun):
            return None
        callee = callee_of(scope, call.fun)
        if callee is None:
            return None
        known = facts.of(callee.name) if callee.name else None
        if known is not None:
            if str(index) in known.all("go-arg"):
                return [(frame, call, "go", False)]
            if str(index) in known.all("runs-arg"):
                return [(frame, call, call_mode(call), not _is_once(scope, call))]
            return None
        param = parameter(target_of(scope, callee), call, index)
        if param is None:
            return None
        target = target_of(scope, callee)
        assert target is not None
        entered = self.enter(target, frame, call, call_mode(call))
        if entered is None:
            return None
        return self._runs_of_local(literal, param, entered)


class _Follower:
    """Follows one channel; a work list, so that long ways need no deep stack."""

    __slots__ = ("_channel", "_pending", "_seen", "_world")

    def __init__(self, world: _World, channel: Channel) -> None:
        self._world = world
        self._channel = channel
        self._seen: set[tuple[int, int]] = set()
        self._pending: list[tuple[ast.Expr, Frame]] = []

    def value(self, expr: ast.Expr, frame: Frame) -> None:
        """Note all that happens to the value of `expr`, which is the channel."""
        self._pending.append((expr, frame))
        while self._pending:
            value, at = self._pending.pop()
            if (id(value), id(at)) not in self._seen:
                self._seen.add((id(value), id(at)))
                self._step(value, at)

    def _step(self, value: ast.Expr, frame: Frame) -> None:
        parent = value.parent
        while isinstance(parent, ast.Paren):
            value, parent = parent, parent.parent
        if isinstance(parent, ast.Send) and parent.chan is value:
            self._note("send", parent, frame)
        elif isinstance(parent, ast.Unary) and parent.op == "<-":
            self._note("receive", parent, frame)
        elif isinstance(parent, ast.Range) and parent.x is value:
            self._note("range", parent, frame)
        elif isinstance(parent, ast.Call) and value in parent.args:
            self._argument(parent, parent.args.index(value), frame)
        elif isinstance(parent, ast.Return):
            self._returned(parent, value, frame)
        elif isinstance(parent, ast.Assign | ast.ValueSpec):
            self._assigned(parent, value, frame)
        elif not isinstance(parent, ast.Binary | ast.ExprStmt):
            self._channel.unseen.append(value)

    def _note(self, kind: str, node: ast.Node, frame: Frame) -> None:
        self._channel.operations.append(Operation(kind, node, frame))

    def _argument(self, call: ast.Call, index: int, frame: Frame) -> None:
        scope = scope_of(frame.info)
        if is_type(scope, call.fun):
            self._pending.append((call, frame))
            return
        callee = callee_of(scope, call.fun)
        if callee is None:
            self._channel.unseen.append(call)
            return
        if callee.name == "builtin.close":
            self._note("close", call, frame)
            return
        if callee.name in ("builtin.len", "builtin.cap"):
            return
        target = target_of(scope, callee)
        if target is None or not _passes_plainly(target, call):
            self._channel.unseen.append(call)
            return
        param = target.params[index]
        if param is None or param.name == "_":
            return
        entered = self._world.enter(target, frame, call, call_mode(call))
        if entered is None:
            self._channel.unseen.append(call)
            return
        self._local(param, entered)

    def _local(self, local: Local, frame: Frame) -> None:
        uses = settled_uses(local)
        if uses is None or local.owner is not frame.info.node:
            self._channel.unseen.append(local.ident)
            return
        if local not in self._channel.locals:
            self._channel.locals.append(local)
        for use in uses:
            frames = self._world.frames_at(use, frame)
            if frames is None:
                self._channel.unseen.append(use)
                continue
            for at in frames:
                self._pending.append((use, at))

    def _assigned(
        self, statement: ast.Assign | ast.ValueSpec, value: ast.Expr, frame: Frame
    ) -> None:
        local = _holder(value)
        if local is not None:
            self._local(local, frame)
        elif not _discarded(statement, value):
            self._channel.unseen.append(value)

    def _returned(self, statement: ast.Return, value: ast.Expr, frame: Frame) -> None:
        site, parent = frame.site, frame.parent
        if parent is None or site is None:
            self._channel.returned.append(statement)
            return
        if frame.mode != "call":
            return  # nobody gets the results of a goroutine or a deferred call
        index = statement.results.index(value)
        if len(statement.results) == 1:
            self._pending.append((site, parent))
            return
        up = site.parent
        if isinstance(up, ast.Assign | ast.ValueSpec):
            names = up.lhs if isinstance(up, ast.Assign) else list(up.names)
            if index < len(names):
                target = names[index]
                if isinstance(target, ast.Ident):
                    if target.name == "_":
                        return
                    if isinstance(target.obj, Local):
                        self._local(target.obj, parent)
                        return
        self._channel.unseen.append(site)


def _world(info: FunctionInfo) -> _World:
    world = info.memo.get("channel-world")
    if world is None:
        world = info.memo["channel-world"] = _World(info)
    assert isinstance(world, _World)
    return world


def _view_from(scope: FileScope, channel: Channel, call: ast.Call) -> Channel | None:
    """`channel`, which the function that `call` calls returns, seen from the caller."""
    function = ast.enclosing_function(call)
    if function is None or function.info is None:
        return None
    world = _world(function.info)
    # The way from the caller to the place where it is made, along the frames of `channel`.
    ways = channel.origin.chain()
    frame: Frame | None = world.enter(channel.root.info, world.root, call, call_mode(call))
    for link in reversed(ways[:-1]):
        if frame is None or link.site is None:
            return None
        frame = world.enter(link.info, frame, link.site, link.mode)
    if frame is None or any(around.again for around in frame.chain()):
        return None
    return world.channel(channel.make, frame, channel.capacity)


def _member_of(info: FunctionInfo) -> Member | None:
    """The declaration of a function or method; None for a closure."""
    if not isinstance(info.node, ast.FuncDecl):
        return None
    scope = scope_of(info)
    decl = scope.file.decl_at(info.node.start)
    if decl is None:
        return None
    package = scope.package
    member = (
        package.method(decl.receiver, decl.name) if decl.receiver else package.member(decl.name)
    )
    return member if member is not None and info_of(member) is info else None


def _by_place(operation: Operation) -> tuple[int, int]:
    return operation.frame.depth, operation.node.start


def _is_once(scope: FileScope, call: ast.Call) -> bool:
    callee = callee_of(scope, call.fun)
    return callee is not None and callee.name.endswith("sync.Once.Do")


def call_mode(call: ast.Call) -> str:
    """How a call runs: go, defer or call."""
    if isinstance(call.parent, ast.Go):
        return "go"
    return "defer" if isinstance(call.parent, ast.Defer) else "call"


def parameter(target: FunctionInfo | None, call: ast.Call, index: int) -> Local | None:
    """The parameter of `target` that argument `index` of `call` becomes."""
    if target is None or not _passes_plainly(target, call):
        return None
    return target.params[index]


def _passes_plainly(target: FunctionInfo, call: ast.Call) -> bool:
    """True if arguments and parameters stand for each other one by one."""
    fields = target.node.type.params
    return len(target.params) == len(call.args) and not (fields and fields[-1].variadic)


def settled_uses(local: Local) -> list[ast.Ident] | None:
    """The uses of a variable that is given a value once, that assignment left out; None for one
    that may hold different values."""
    assigned = [use for use in local.uses if _sets(use)]
    if not assigned:
        return list(local.uses)
    node = local.node
    declared_empty = (isinstance(node, ast.ValueSpec) and not node.values) or local.role == "result"
    if len(assigned) == 1 and declared_empty:
        return [use for use in local.uses if use is not assigned[0]]
    return None


def _sets(use: ast.Ident) -> bool:
    parent = use.parent
    if isinstance(parent, ast.Assign):
        return use in parent.lhs
    if isinstance(parent, ast.Range):
        return use is parent.key or use is parent.value
    return isinstance(parent, ast.Unary) and parent.op == "&"


def _holder(value: ast.Expr) -> Local | None:
    """The variable that `value` is assigned to, by a plain assignment or declaration."""
    parent = value.parent
    target: ast.Expr | None = None
    if isinstance(parent, ast.Assign) and value in parent.rhs:
        if len(parent.lhs) == len(parent.rhs):
            target = parent.lhs[parent.rhs.index(value)]
    elif isinstance(parent, ast.ValueSpec) and value in parent.values:
        if len(parent.names) == len(parent.values):
            target = parent.names[parent.values.index(value)]
    if isinstance(target, ast.Ident) and isinstance(target.obj, Local) and target.name != "_":
        return target.obj
    return None


def _discarded(statement: ast.Assign | ast.ValueSpec, value: ast.Expr) -> bool:
    """True for `_ = value`, and for a variable that is assigned to (`v` in `v = x`)."""
    if isinstance(statement, ast.ValueSpec) or value not in statement.rhs:
        return False
    target = statement.lhs[min(statement.rhs.index(value), len(statement.lhs) - 1)]
    return isinstance(target, ast.Ident) and target.name == "_"
