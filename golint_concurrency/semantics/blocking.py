"""What may keep a goroutine waiting: channel operations, locks, I/O, sleeps, and calls of such.

A question about a function is answered over everything that it calls, by a search over the call
graph that stops at the first hit: so recursion needs no fixpoint, and the chain that is found is
the shortest one, which is what a message wants to show.
"""

from __future__ import annotations

import re
from collections import deque

from golint_concurrency.semantics import facts, infer
from golint_concurrency.semantics.callgraph import (
    CallSite,
    body_of,
    calls_in,
    initial_value,
    scope_of,
)
from golint_concurrency.semantics.denote import constant, core, is_type
from golint_concurrency.semantics.nodes import nodes_in
from golint_concurrency.semantics.objects import Local, Predeclared
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import Chan, Named, deref, is_named
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

    @property
    def words(self) -> str:
        """What waits, for a message."""
        if self.name:
            return self.name.rsplit("/", 1)[-1]
        if isinstance(self.node, ast.Send):
            return "a channel send"
        return "a select" if isinstance(self.node, ast.Select) else "a channel receive"


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
            if site.mode == "go" or target is None or id(target) in seen or _has_facts(site):
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
    for node in nodes_in(info):
        kind = type(node)
        if kind is ast.Call or kind is ast.Selector:
            continue  # most of them
        if isinstance(node, ast.Send):
            if not _in_select(node) and not _has_room(scope, node):
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
    """Whether the call itself, not what it leads to in sight, may wait.

    What the table of facts says of a function counts for more than its body, so that answers are
    the same whether a library's source is in sight or not.
    """
    callee = site.callee
    if site.target is not None and not _has_facts(site):
        return None
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
        if kind == "io" and "io-arg" in known:
            kind = _io_kind(scope, site.call, known.all("io-arg"))
            if kind == "memory":
                return None
        if kind == "dns" and callee.name in _RESOLVES and _is_resolved(scope, site.call):
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


_RESOLVES = frozenset(["net.ResolveIPAddr", "net.ResolveTCPAddr", "net.ResolveUDPAddr"])
_NUMERIC = re.compile(r"((\d{1,3}\.){3}\d{1,3}|\[[0-9A-Fa-f:.]*(%\w+)?\])?(:\w*)?\Z")
"""An address that names no host: a number, or none at all."""


def _is_resolved(scope: FileScope, call: ast.Call) -> bool:
    """True for `net.ResolveUDPAddr("udp", "0.0.0.0:53")`, which asks nobody."""
    if len(call.args) != 2:
        return False
    given = ast.unparen(call.args[1])
    if isinstance(given, ast.Call) and ast.last_name(given.fun) == "String" and not given.args:
        return True  # of an address, which has no name
    address = constant(scope, given)
    return isinstance(address, str) and _NUMERIC.match(address) is not None


def _has_facts(site: CallSite) -> bool:
    """True for a call, by its own name, of a function that the table of facts knows."""
    return site.argument < 0 and bool(site.name) and facts.of(site.name) is not None


_MEMORY = frozenset(
    ["bytes.Buffer", "bytes.Reader", "strings.Builder", "strings.Reader", "hash.Hash",
     "hash.Hash32", "hash.Hash64"]
)  # fmt: skip
_PEERS = frozenset(
    ["net.Conn", "net.TCPConn", "net.UDPConn", "net.UnixConn", "crypto/tls.Conn",
     "net/http.ResponseWriter"]
)  # fmt: skip


def _io_kind(scope: FileScope, call: ast.Call, numbers: list[str]) -> str:
    """On what a function waits that reads or writes its arguments: memory, net, file or io."""
    kinds: set[str] = set()
    for number in numbers:
        if number.isdigit() and int(number) < len(call.args):
            type_ = deref(infer.type_of(scope, call.args[int(number)]))
            name = type_.qualified if isinstance(type_, Named) else ""
            if name in _MEMORY:
                kinds.add("memory")
            elif name in _PEERS:
                kinds.add("net")
            else:
                kinds.add("file" if name == "os.File" else "io")
    return next((kind for kind in ("net", "io", "file", "memory") if kind in kinds), "io")


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


def _has_room(scope: FileScope, send: ast.Send) -> bool:
    """True if the channel's buffer holds all that is ever sent: `make(chan T, 1)` and one send."""
    chan = ast.unparen(send.chan)
    obj = scope.resolve(chan) if isinstance(chan, ast.Ident) else None
    made = initial_value(obj) if isinstance(obj, Local) else None
    if not isinstance(obj, Local) or not isinstance(made, ast.Call) or len(made.args) != 2:
        return False
    capacity = constant(scope, made.args[1])
    if not isinstance(capacity, int) or not is_builtin(scope, made, "make"):
        return False
    sends = 0
    for use in obj.uses:
        parent = use.parent
        if isinstance(parent, ast.Send) and parent.chan is use:
            sends += 1
            if _repeats(parent, obj):
                return False
        elif isinstance(parent, ast.Call) and use in parent.args and len(parent.args) > 1:
            return False  # passed on: others may send
    return sends <= capacity


def _repeats(send: ast.Send, channel: Local) -> bool:
    """True if a loop around the send does not make a channel on each turn."""
    up: ast.Node | None = send
    while up is not None and up is not channel.owner:
        if isinstance(up, ast.For | ast.Range) and not up.start <= channel.ident.start < up.end:
            return True
        up = up.parent
    return False


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
