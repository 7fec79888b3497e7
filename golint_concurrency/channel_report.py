"""How findings about channels are told: places, steps of a path, and the repair by a buffer."""

from __future__ import annotations

from golint_concurrency.diagnostic import Edit, Fix, Related, Step
from golint_concurrency.rule import View
from golint_concurrency.semantics.callgraph import is_assigned, scope_of
from golint_concurrency.semantics.cfg_queries import Path, witness_lines
from golint_concurrency.semantics.channel_paths import WITHOUT_END, Abandoned
from golint_concurrency.semantics.channels import Channel, Frame, Operation, Thread, loops_around
from golint_concurrency.semantics.denote import constant, core
from golint_concurrency.semantics.infer import type_of
from golint_concurrency.semantics.loops import bound, is_integer
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.types import Array, Map, Slice, deref
from golint_concurrency.syntax import ast


def here(view: View, frame: Frame) -> bool:
    """True if the source of `frame` stands in the file that `view` shows."""
    return scope_of(frame.info).file is view.scope.file


def place_of(view: View, operation: Operation) -> ast.Node | None:
    """The operation, or the nearest call that leads to it, in the file that `view` shows."""
    node: ast.Node | None = operation.node
    frame: Frame | None = operation.frame
    while frame is not None and node is not None:
        if here(view, frame):
            return node
        node, frame = frame.site, frame.parent
    return None


def start_of(view: View, thread: Thread) -> tuple[Related, ...]:
    """Where the goroutine starts."""
    if thread.start is None or thread.top.parent is None or not here(view, thread.top.parent):
        return ()
    return (view.related(_head(thread.start), "the goroutine starts here"),)


def _head(call: ast.Call) -> ast.Node:
    """What stands on the first line of a start: not the whole closure."""
    fun = ast.unparen(call.fun)
    return fun.type if isinstance(fun, ast.FuncLit) else call.fun


def made_at(view: View, channel: Channel) -> tuple[Related, ...]:
    """Where the channel is made."""
    if not here(view, channel.origin):
        return ()
    word = "unbuffered" if channel.capacity == 0 else f"with room for {channel.capacity}"
    if channel.capacity is None:
        word = "with its buffer"
    return (view.related(channel.make, f"the channel is made here, {word}"),)


def lost_at(view: View, found: Abandoned) -> tuple[Related, ...]:
    """Where the receiving function ends, or goes on, without a receive."""
    if not here(view, found.frame):
        return ()
    exit_ = found.path.exit
    word = "takes no more" if found.after is not None else "has not received"
    if exit_ is None or exit_.node is None:
        node = _turn(found.path)
        if node is None:
            return ()
        return (view.related(node, f"on this way the function {word} when it ends"),)
    span = view.range(exit_.node.start, exit_.node.end)
    return (Related(span, f"the function returns here and {word}"),)


def _turn(path: Path) -> ast.Node | None:
    for told in reversed(witness_lines(path)):
        if told.node is not None:
            if isinstance(told.node, ast.CommClause) and told.node.comm is not None:
                return told.node.comm
            return None if isinstance(told.node, ast.CommClause) else told.node
    return None


def steps_of(view: View, found: Abandoned) -> tuple[Step, ...]:
    """The path on which the receiver is lost, as a code flow."""
    steps: list[Step] = []
    thread = found.send.thread
    if thread.start is not None and thread.top.parent is not None:
        if here(view, thread.top.parent):
            steps.append(view.step(_head(thread.start), "the goroutine starts here"))
    if found.after is not None and here(view, found.after.frame):
        node = found.after.node
        steps.append(view.step(node.x if isinstance(node, ast.Range) else node, "receives here"))
    steps.extend(path_steps(view, found.frame, found.path))
    if here(view, found.send.frame):
        steps.append(view.step(found.send.node, "waits here for ever"))
    return tuple(steps)


def path_steps(view: View, frame: Frame, path: Path) -> tuple[Step, ...]:
    """The turns of a path through the function of `frame`."""
    steps: list[Step] = []
    if here(view, frame):
        for told in witness_lines(path):
            if told.node is not None:
                node = told.node
                if isinstance(node, ast.CommClause) and node.comm is not None:
                    node = node.comm
                end = node.end if isinstance(node, ast.Expr | ast.Return) else node.start + 1
                steps.append(Step(view.range(node.start, end), told.text))
            else:
                steps.append(Step(view.range(told.offset, told.offset + 1), told.text))
    return tuple(steps)


def buffer_fix(view: View, channel: Channel, room: str) -> Fix | None:
    """Make the channel with room for `room` values; None if the call of make is not plain."""
    make = channel.make
    if not room or not here(view, channel.origin):
        return None
    if len(make.args) == 1:
        edit: Edit = view.insert(make.args[0].end, f", {room}")
    else:
        edit = view.replace(make.args[1], room)
    return Fix(f"give the channel room for {_values(room)}", (edit,))


def _values(room: str) -> str:
    return "one value" if room == "1" else f"{room} values"


def room_for(view: View, channel: Channel, senders: Thread, each: int, total: int) -> str:
    """Source text for how many values `senders` send, as it can be written at the make; "" if
    that cannot be said."""
    if total < WITHOUT_END:
        return str(total)
    parent = senders.top.parent
    if each != 1 or senders.start is None or parent is None or not here(view, channel.origin):
        return ""
    around = loops_around(parent, senders.start, channel.root, channel)
    if len(around) != 1 or around[0][0] is not channel.origin:
        return ""
    loop = around[0][1]
    limit = bound(view.scope, loop)
    if limit is not None:
        return str(limit)
    if isinstance(loop, ast.Range):
        return _length(view, channel, ast.unparen(loop.x))
    return _count(view, channel, loop)


def _length(view: View, channel: Channel, over: ast.Expr) -> str:
    if not _stays(view, channel, over):
        return ""
    if is_integer(view.scope, over):
        return view.text(over)
    shape = core(deref(type_of(view.scope, over)))
    return f"len({view.text(over)})" if isinstance(shape, Slice | Map | Array) else ""


def _count(view: View, channel: Channel, loop: ast.For) -> str:
    """`n` of `for i := 0; i < n; i++`."""
    init, cond, post = loop.init, loop.cond, loop.post
    if not (
        isinstance(init, ast.Assign)
        and isinstance(cond, ast.Binary)
        and isinstance(post, ast.IncDec)
        and len(init.rhs) == 1
    ):
        return ""
    if cond.op != "<" or post.op != "++" or constant(view.scope, init.rhs[0]) != 0:
        return ""
    if isinstance(cond.x, ast.Ident) and isinstance(post.x, ast.Ident):
        if cond.x.obj is post.x.obj and isinstance(cond.x.obj, Local):
            limit = ast.unparen(cond.y)
            if isinstance(limit, ast.Call) and len(limit.args) == 1:
                fun = ast.unparen(limit.fun)
                if isinstance(fun, ast.Ident) and fun.name == "len":
                    return view.text(limit) if _stays(view, channel, limit.args[0]) else ""
                return ""
            return view.text(limit) if _stays(view, channel, limit) else ""
    return ""


def _stays(view: View, channel: Channel, expr: ast.Expr) -> bool:
    """True if `expr` has its value already at the make, and keeps it."""
    expr = ast.unparen(expr)
    while isinstance(expr, ast.Selector):
        expr = ast.unparen(expr.x)
    if not isinstance(expr, ast.Ident):
        return False
    obj = view.scope.resolve(expr)
    if not isinstance(obj, Local):
        return obj is not None
    make = channel.make
    if obj.ident.start > make.start:
        return False
    return not any(use.start > make.start and is_assigned(use) for use in obj.uses)
