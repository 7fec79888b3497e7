"""What may keep a goroutine waiting: channel operations, locks, I/O, sleeps, and calls of such.

A question about a function is answered over everything that it calls, by a search over the call
graph that stops at the first hit: so recursion needs no fixpoint, and the chain that is found is
the shortest one, which is what a message wants to show.
"""

from __future__ import annotations

from collections import deque

from golint_concurrency.semantics import facts, infer
from golint_concurrency.semantics.callgraph import CallSite, body_of, calls_in, scope_of
from golint_concurrency.semantics.denote import core, is_type
from golint_concurrency.semantics.objects import Predeclared
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import Chan, is_named
from golint_concurrency.syntax import ast

UNKNOWN = "unknown"
"""The kind of a call of something out of sight, which may do anything."""

_CANCELS = ("context.CancelFunc", "context.CancelCauseFunc")
_MAX_FUNCTIONS = 300
"""Functions looked at for one question; past that the answer is "unknown", so rules stay silent."""


class Blocking:
    """Something that may wait. `kind` is one of those in `facts.txt`, or `UNKNOWN`.

    `node` waits, in `info`; `calls` are the call sites that lead there from the function that was
    asked about, outermost first. `name` is the library function that waits, "" for an operation.
    """

    __slots__ = ("bounded", "calls", "info", "kind", "name", "node")

    def __init__(
        self,
        kind: str,
        node: ast.Node,
        info: FunctionInfo,
        name: str = "",
        calls: tuple[CallSite, ...] = (),
        bounded: bool = False,
    ) -> None:
        self.kind = kind
        self.node = node
        self.info = info
        self.name = name
        self.calls = calls
        self.bounded = bounded


def may_block(
    info: FunctionInfo, kinds: frozenset[str] | None = None, *, unknown: bool = True
) -> Blocking | None:
    """The nearest thing in `info` or what it calls that may wait; None if provably nothing does.

    `kinds` restricts what counts; calls of unknown functions count unless `unknown` is False.
    Goroutines that it starts do not count: their waiting is not its own.
    """
    seen: set[int] = {id(info)}
    queue: deque[tuple[FunctionInfo, tuple[CallSite, ...]]] = deque([(info, ())])
    while queue:
        current, chain = queue.popleft()
        for found in direct(current):
            if found.kind == UNKNOWN and not unknown:
                continue
            if kinds is None or found.kind in kinds or found.kind == UNKNOWN:
                return Blocking(found.kind, found.node, current, found.name, chain, found.bounded)
        for site in calls_in(current):
            target = site.target
            if site.mode == "go" or target is None or id(target) in seen:
                continue
            if len(seen) >= _MAX_FUNCTIONS:
                return Blocking(UNKNOWN, site.call, current, "", chain) if unknown else None
            seen.add(id(target))
            queue.append((target, (*chain, site)))
    return None


def direct(info: FunctionInfo) -> list[Blocking]:
    """What waits in the function's own body, in source order; cached."""
    known: list[Blocking] | None = info.blocking
    if known is not None:
        return known
    found: list[Blocking] = []
    info.blocking = found
    body = body_of(info)
    if body is None:
        return found
    scope = scope_of(info)
    for node in ast.walk_function(body):
        if isinstance(node, ast.Send):
            if not _in_select(node):
                found.append(Blocking("chan", node, info))
        elif isinstance(node, ast.Unary):
            if node.op == "<-" and not _in_select(node):
                found.append(Blocking("chan", node, info))
        elif isinstance(node, ast.Select):
            if not node.has_default:
                found.append(Blocking("chan", node, info))
        elif isinstance(node, ast.Range):
            if isinstance(core(infer.type_of(scope, node.x)), Chan):
                found.append(Blocking("chan", node, info))
        elif isinstance(node, ast.BadStmt):
            found.append(Blocking(UNKNOWN, node, info))
    for site in calls_in(info):
        if site.mode != "go":
            waits = call_blocks(scope, site, info)
            if waits is not None:
                found.append(waits)
    found.sort(key=lambda blocking: blocking.node.start)
    return found


def call_blocks(scope: FileScope, site: CallSite, info: FunctionInfo) -> Blocking | None:
    """Whether the call itself, not what it leads to in sight, may wait."""
    if site.target is not None:
        return None
    callee = site.callee
    if callee is None or not callee.name:
        if is_type(scope, site.call.fun):
            return None
        if is_named(infer.type_of(scope, site.call.fun), *_CANCELS):
            return None
        return Blocking(UNKNOWN, site.call, info)
    known = facts.of(callee.name)
    if known is not None:
        kind = known.get("blocks")
        if kind is None:
            return None
        bounded = "ctx-bounded" in known or "ctx-carried" in known
        return Blocking(kind, site.call, info, callee.name, bounded=bounded)
    if callee.name.startswith("builtin."):
        return None
    if callee.member is not None and callee.member.package.stub:
        # The table is complete for what it covers: a stub without a fact does not wait.
        return None
    if callee.interface:
        return None if callee.name in _QUIET_INTERFACES else Blocking(UNKNOWN, site.call, info)
    return Blocking(UNKNOWN, site.call, info)


_QUIET_INTERFACES = frozenset(
    ["error.Error", "fmt.Stringer.String", "context.Context.Err", "context.Context.Done",
     "context.Context.Value", "context.Context.Deadline", "sort.Interface.Len",
     "sort.Interface.Less", "sort.Interface.Swap", "hash.Hash.Sum", "hash.Hash.Reset",
     "reflect.Type.Kind", "reflect.Type.Elem", "reflect.Type.Name", "reflect.Type.String",
     "net.Addr.String", "net.Addr.Network", "net/http.ResponseWriter.Header"]
)  # fmt: skip


def _in_select(node: ast.Node) -> bool:
    """True for the communication of a select clause (the select itself is what waits)."""
    child: ast.Node = node
    up = node.parent
    while isinstance(up, ast.Expr | ast.Assign | ast.ExprStmt):
        child, up = up, up.parent
    return isinstance(up, ast.CommClause) and up.comm is child


def is_chan_of_time(scope: FileScope, expr: ast.Expr) -> bool:
    """True for a channel that a timer feeds: waiting on it ends by itself."""
    shape = core(infer.type_of(scope, expr))
    return isinstance(shape, Chan) and is_named(shape.elem, "time.Time")


def is_builtin(scope: FileScope, call: ast.Call, name: str) -> bool:
    """True if `call` calls the predeclared function `name`, not something that shadows it."""
    fun = ast.unparen(call.fun)
    if not isinstance(fun, ast.Ident) or fun.name != name:
        return False
    return isinstance(scope.resolve(fun), Predeclared)
