"""## What it finds
An HTTP server that waits for a request's header for ever: an `http.Server` without
`ReadHeaderTimeout` or `ReadTimeout`, `http.ListenAndServe`, `http.Serve` and their TLS forms, the
`Run` of gin, the `Start` of echo. As a note: a server that has the first and neither `IdleTimeout`
nor `ReadTimeout`, so that connections without work stay for ever.

## What happens under load
Each connection that sends its header slowly, or never, keeps a goroutine and a file descriptor
until the kernel gives the peer up. One phone on a bad network does no harm; 5000 of them, or one
machine that opens 1000 connections and sends a byte a minute, use up the usual 1024 open files:
`accept: too many open files`, and nobody is served.

## Example
```go
server := &http.Server{Addr: ":8080", Handler: mux}
log.Fatal(server.ListenAndServe())
```

## Use instead
```go
server := &http.Server{
        Addr:              ":8080",
        Handler:           mux,
        ReadHeaderTimeout: 10 * time.Second,
        IdleTimeout:       2 * time.Minute,
}
```
A `WriteTimeout`, too, where no handler streams.

## When it stays silent
- It is only the `BaseConfig` of an HTTP/2 server.
- A timeout is set after the literal, or somewhere in the package by `x.ReadHeaderTimeout = `.
- The server is handed to a function out of sight that could set it.
- It listens on a loopback address or a Unix socket that is written out, there, in the statement
  before, or where the listener is made that it serves.
- Test files, and files that use `httptest`.
- `WriteTimeout` alone is missing: streams need that.
- It is only a note where the handler serves metrics, profiles or health alone, or the server, its
  function, file or address are named for that, or for administration or installation; where a
  `ConnState` hook watches connections; where the server takes one answer and is shut down by the
  function that made it, or is named a callback;
  in programs that listen on any free port of the loopback interface if they are not told otherwise;
  in packages that listen on Unix sockets and nothing else; in files that import
  `tailscale.com/tsnet`, whose listeners are on a private network; where what it serves are the
  streams of a session of yamux, smux, QUIC or libp2p; where a comment keeps gosec's G112 or G114
  quiet; and where the default mux is served, which is for helpers more often than for the service.

## Go versions
All.

## Fix
Safe: adds the timeouts to the literal, and turns `http.ListenAndServe` into a server that has one.

## Source
Article chapter 5; package documentation of `net/http`, type `Server`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Fix, Severity, Span
from golint_concurrency.edits import add_fields
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import mentions
from golint_concurrency.semantics.addresses import LOOPBACK, listens_on_loopback, reach_of
from golint_concurrency.semantics.callgraph import initial_value
from golint_concurrency.semantics.lifecycle import names_a_start
from golint_concurrency.semantics.literals import given_fields, settings_of
from golint_concurrency.semantics.objects import Local, PackageName
from golint_concurrency.semantics.observers import named_for_it, only_observes
from golint_concurrency.semantics.types import deref, is_named
from golint_concurrency.syntax import ast

SERVER = "net/http.Server"
HEADER = frozenset(["ReadHeaderTimeout", "ReadTimeout"])
IDLE = frozenset(["IdleTimeout", "ReadTimeout"])
LOCAL = ("localhost:", "127.", "[::1]:")
SHAPES = {
    "net/http.ListenAndServe": "({server}{{Addr: {0}{handler}}}).ListenAndServe()",
    "net/http.ListenAndServeTLS": "({server}{{Addr: {0}{handler}}}).ListenAndServeTLS({1}, {2})",
    "net/http.Serve": "({server}{{{handler}}}).Serve({0})",
    "net/http.ServeTLS": "({server}{{{handler}}}).ServeTLS({0}, {2}, {3})",
}
HANDLER_AT = {
    "net/http.ListenAndServe": 1,
    "net/http.ListenAndServeTLS": 3,
    "net/http.Serve": 1,
    "net/http.ServeTLS": 1,
}
RUNNERS = (
    "github.com/gin-gonic/gin.Engine.Run",
    "github.com/gin-gonic/gin.Engine.RunTLS",
    "github.com/labstack/echo/v4.Echo.Start",
    "github.com/labstack/echo/v4.Echo.StartTLS",
)
STARTS = frozenset(["ListenAndServe", "ListenAndServeTLS", "Serve", "ServeTLS"])
STOPS = frozenset(["Shutdown", "Close"])
ANY_PORT = (b'"localhost:0"', b'"127.0.0.1:0"')
PRIVATE = "tailscale.com/tsnet"
TUNNELS = re.compile(r"github\.com/(hashicorp/yamux|xtaci/smux|quic-go/.*|libp2p/.*)")
"""Packages whose sessions serve as listeners: the streams of one connection that stands already."""
ACCEPTED = re.compile(rb"(?i)#nosec\b.*G11[24]")
SOCKETS = (b'.Listen("unix', b".ListenUnix(")
PORTS = (b'"tcp', b".ListenTCP(", b".ListenAndServe")
COST = "clients that send their header slowly keep connections until no file descriptor is left"


def check(view: View, node: ast.CompositeLit | ast.Call) -> Iterator[Finding]:
    if view.package.path.startswith("net/http"):
        return
    if isinstance(node, ast.CompositeLit):
        if is_named(view.type_of(node), SERVER):
            yield from _check_server(view, node)
        return
    name = view.name_of(node)
    if name in SHAPES:
        yield from _check_call(view, node, name)
    elif name in RUNNERS:
        yield from _check_runner(view, node, name)
    elif name == "builtin.new" and node.args and is_named(view.type_of(node.args[0]), SERVER):
        yield from _check_server(view, node)


def _check_server(view: View, node: ast.CompositeLit | ast.Call) -> Iterator[Finding]:
    settings = settings_of(view.scope, node)
    if settings is None or _is_base(node) or _set_elsewhere(view):
        return
    if _address_is_local(view, node) or _serves_locally(view, node):
        return
    span = view.opening(node)
    if not settings & HEADER:
        yield Finding(
            node,
            f"this http.Server has no ReadHeaderTimeout: {COST}; set ReadHeaderTimeout"
            + ("" if settings & IDLE else " and IdleTimeout"),
            severity=Severity.NOTE if _is_minor(view, node, settings) else Severity.ERROR,
            fixes=_fix(view, node, not settings & IDLE),
            span=span,
        )
    elif not settings & IDLE:
        yield Finding(
            node,
            "this http.Server has no IdleTimeout: connections without requests stay open for ever "
            "and add up; set IdleTimeout",
            severity=Severity.NOTE,
            fixes=_fix(view, node, True, header=False),
            span=span,
        )


def _is_minor(view: View, node: ast.CompositeLit | ast.Call, settings: frozenset[str]) -> bool:
    """True if few can do harm, or for a short while, or something else guards connections."""
    return (
        _only_observes(view, node)
        or "ConnState" in settings
        or _has_default_mux(node, settings)
        or _is_private(view, node)
        or _ends_with_function(node)
        or _serves_tunnel(view, node)
        or _is_accepted(view, node)
    )


def _has_default_mux(node: ast.CompositeLit | ast.Call, settings: frozenset[str]) -> bool:
    if "Handler" not in settings:
        return True
    handler = given_fields(node).get("Handler") if isinstance(node, ast.CompositeLit) else None
    return handler is not None and _is_default_mux(handler)


def _is_default_mux(handler: ast.Expr) -> bool:
    if isinstance(handler, ast.Selector):
        return handler.sel.name == "DefaultServeMux"
    return isinstance(handler, ast.Ident) and handler.name == "nil"


def _is_private(view: View, node: ast.Node) -> bool:
    """True for a server that one caller is sent to, and for one on a private network or in a
    package that listens on Unix sockets only."""
    function = ast.enclosing_function(node)
    while isinstance(function, ast.FuncLit):
        function = ast.enclosing_function(function)
    called_back = isinstance(function, ast.FuncDecl) and "callback" in function.name.name.lower()
    if view.in_main and _mentions(view, ANY_PORT):
        return True  # a tool for the one who has started it, if it is not told otherwise
    if any(spec.path == PRIVATE for spec in view.scope.file.imports):
        return True
    return called_back or (_mentions(view, SOCKETS) and not _mentions(view, PORTS))


def _mentions(view: View, words: tuple[bytes, ...]) -> bool:
    return any(mentions.in_package(view.package, word) for word in words)


def _ends_with_function(node: ast.CompositeLit | ast.Call) -> bool:
    """True if a deferred call shuts it down where it was made, in a function that by its name does
    something else than to run a part of the program: to wait for one answer, mostly."""
    _, local = _kept_in(node)
    function = ast.enclosing_function(node)
    if local is None or not isinstance(function, ast.FuncDecl):
        return False
    return not names_a_start(function) and any(
        isinstance(use.parent, ast.Selector)
        and use.parent.sel.name in STOPS
        and _is_deferred(use.parent)
        for use in local.uses
    )


def _is_deferred(node: ast.Node) -> bool:
    up: ast.Node | None = node
    while up is not None and not isinstance(up, ast.FuncDecl | ast.Go):
        if isinstance(up, ast.Defer):
            return True
        up = up.parent
    return False


def _only_observes(view: View, node: ast.CompositeLit | ast.Call) -> bool:
    """True if its handler tells of the process itself: whoever scrapes that comes from inside."""
    set_to = {
        element.key.name: element.value
        for element in (node.elts if isinstance(node, ast.CompositeLit) else ())
        if isinstance(element, ast.KeyValue) and isinstance(element.key, ast.Ident)
    }
    handler = set_to.get("Handler")
    if handler is not None and only_observes(view.scope, handler):
        return True
    return named_for_it(view.scope, node, set_to.get("Addr"))


def _observed_by(view: View, call: ast.Call, at: int) -> bool:
    if at < len(call.args) and only_observes(view.scope, call.args[at]):
        return True
    return named_for_it(view.scope, call, call.args[0])


def _is_base(node: ast.CompositeLit | ast.Call) -> bool:
    """True for the settings that an HTTP/2 server is given: it listens to nothing itself."""
    up: ast.Node | None = node.parent
    while isinstance(up, ast.Unary | ast.Paren):
        up = up.parent
    return (
        isinstance(up, ast.KeyValue)
        and isinstance(up.key, ast.Ident)
        and up.key.name == "BaseConfig"
    )


def _set_elsewhere(view: View) -> bool:
    return any(mentions.in_package(view.package, f".{name} =".encode()) for name in HEADER)


def _fix(
    view: View, node: ast.CompositeLit | ast.Call, idle: bool, *, header: bool = True
) -> tuple[Fix, ...]:
    if isinstance(node, ast.Call):
        return ()
    time_name, imports = view.import_name("time")
    fields = [("ReadHeaderTimeout", f"10 * {time_name}.Second")] if header else []
    if idle:
        fields.append(("IdleTimeout", f"2 * {time_name}.Minute"))
    return (Fix("set the server's timeouts", (*imports, *add_fields(view, node, fields))),)


def _address_is_local(view: View, node: ast.CompositeLit | ast.Call) -> bool:
    if isinstance(node, ast.Call):
        return False
    return any(
        isinstance(element, ast.KeyValue)
        and isinstance(element.key, ast.Ident)
        and element.key.name == "Addr"
        and _is_local(view, element.value)
        for element in node.elts
    )


def _is_accepted(view: View, node: ast.Node) -> bool:
    """True if a comment on the line or above it keeps gosec's twins of this rule quiet."""
    return ACCEPTED.search(view.lines_to(node.start, node.start)) is not None


def _serves_tunnel(view: View, node: ast.CompositeLit | ast.Call) -> bool:
    """True if all that it serves are streams within connections that stand already."""
    listeners = _served_by(view, node)
    return bool(listeners) and all(
        isinstance(one, ast.Ident) and isinstance(one.obj, Local) and _is_session(view, one.obj)
        for one in listeners
    )


def _is_session(view: View, local: Local) -> bool:
    made = local.node
    value = made.rhs[0] if isinstance(made, ast.Assign) else None
    fun = value.fun if isinstance(value, ast.Call) else None
    package = (
        view.scope.resolve(fun.x)
        if isinstance(fun, ast.Selector) and isinstance(fun.x, ast.Ident)
        else None
    )
    return isinstance(package, PackageName) and TUNNELS.fullmatch(package.path) is not None


def _serves_locally(view: View, node: ast.CompositeLit | ast.Call) -> bool:
    """True if it only serves what a listener on a loopback address accepts."""
    listeners = _served_by(view, node)
    return bool(listeners) and all(
        one is not None and listens_on_loopback(view.scope, one) for one in listeners
    )


def _served_by(view: View, node: ast.CompositeLit | ast.Call) -> list[ast.Expr | None]:
    """The listeners that a server in a variable serves; None for one of its own making."""
    made, local = _kept_in(node)
    branch = made.parent if made is not None else None
    if local is None or branch is None:
        return []
    listeners: list[ast.Expr | None] = []
    for use in local.uses:
        up = use.parent
        if isinstance(up, ast.Selector) and up.sel.name in STARTS:
            start = up.parent
            listeners.append(start.args[0] if isinstance(start, ast.Call) and start.args else None)
        elif isinstance(up, ast.Call) and branch.start <= up.start < branch.end:
            # `go serve(server, listener)`, in the branch that makes both
            others = [argument for argument in up.args if argument is not use]
            listeners += [one for one in others if _is_listener(view, one)]
    return listeners


def _kept_in(node: ast.Expr) -> tuple[ast.Node | None, Local | None]:
    """The statement around a server that is made, and the variable that alone is set to it."""
    value = node
    while isinstance(value.parent, ast.Paren | ast.Unary):
        value = value.parent
    made = value.parent
    target = made.lhs[0] if isinstance(made, ast.Assign) and len(made.lhs) == 1 else None
    local = target.obj if isinstance(target, ast.Ident) else None
    return made, local if isinstance(local, Local) else None


def _is_listener(view: View, argument: ast.Expr) -> bool:
    return is_named(deref(view.type_of(argument)), "net.Listener", "net.UnixListener")


def _is_local(view: View, address: ast.Expr) -> bool:
    """True for a loopback address, and for a listener on one or on a Unix socket."""
    if is_named(deref(view.type_of(address)), "net.UnixListener"):
        return True
    start = address
    while isinstance(start, ast.Binary):  # "localhost:" + port
        start = start.x
    if isinstance(start, ast.Call) and view.name_of(start) == "fmt.Sprintf" and start.args:
        start = start.args[0]
    value = view.constant(start)
    if isinstance(value, str):
        return value.startswith(LOCAL)
    before = _assigned_before(address)
    if before is not None:
        return _is_local(view, before)
    if isinstance(address, ast.Ident) and isinstance(address.obj, Local):
        made = address.obj.node
        made_by = made.rhs[0] if isinstance(made, ast.Assign) else initial_value(address.obj)
        if isinstance(made_by, ast.Call) and view.name_of(made_by) in (
            "net.Listen",
            "net.ListenUnix",
        ):
            parts = [view.constant(part) for part in made_by.args]
            return "unix" in parts or any(
                isinstance(part, str) and part.startswith(LOCAL) for part in parts
            )
    return False


def _assigned_before(address: ast.Expr) -> ast.Expr | None:
    """The value of `address = value` in the statements right before the one that uses it."""
    node: ast.Node = address
    while node.parent is not None and not isinstance(node.parent, ast.Block):
        if isinstance(node.parent, ast.FuncLit | ast.FuncDecl):
            return None
        node = node.parent
    block = node.parent
    if not isinstance(address, ast.Ident) or not isinstance(block, ast.Block):
        return None
    for stmt in reversed(block.stmts):
        if stmt.start >= node.start or not isinstance(stmt, ast.Assign) or stmt.op != "=":
            continue
        target = stmt.lhs[0] if len(stmt.lhs) == 1 else None
        if isinstance(target, ast.Ident) and target.name == address.name:
            return stmt.rhs[0]
    return None


def _check_call(view: View, call: ast.Call, name: str) -> Iterator[Finding]:
    if not call.args or _is_local(view, call.args[0]):
        return
    if reach_of(view.scope, call.args[0]) == LOOPBACK:
        return
    if listens_on_loopback(view.scope, call.args[0]):
        return
    handler = call.args[HANDLER_AT[name]] if HANDLER_AT[name] < len(call.args) else None
    is_minor = (
        (handler is not None and _is_default_mux(handler))
        or _observed_by(view, call, HANDLER_AT[name])
        or _is_private(view, call)
        or _is_accepted(view, call)
    )
    short = name.rsplit(".", 1)[1]
    yield Finding(
        call,
        f"http.{short} serves without any timeout: {COST}; use an http.Server with "
        "ReadHeaderTimeout and IdleTimeout",
        severity=Severity.NOTE if is_minor else None,
        fixes=_replace(view, call, name),
        span=Span(view.path, call.start, call.fun.end),
    )


def _replace(view: View, call: ast.Call, name: str) -> tuple[Fix, ...]:
    wanted = 4 if name.endswith("TLS") else 2
    if len(call.args) != wanted or not isinstance(call.fun, ast.Selector):
        return ()
    time_name, imports = view.import_name("time")
    texts = [view.text(argument) for argument in call.args]
    handler = texts[HANDLER_AT[name]]
    shown = [] if handler == "nil" else [f"Handler: {handler}"]
    shown.append(f"ReadHeaderTimeout: 10 * {time_name}.Second")
    shown.append(f"IdleTimeout: 2 * {time_name}.Minute")
    text = SHAPES[name].format(
        *texts,
        server=f"&{view.text(call.fun.x)}.Server",
        handler=(", " if "Listen" in name else "") + ", ".join(shown),
    )
    return (Fix("serve with timeouts", (*imports, view.replace(call, text))),)


def _check_runner(view: View, call: ast.Call, name: str) -> Iterator[Finding]:
    if any(_is_local(view, argument) for argument in call.args):
        return
    framework = "gin" if "gin-gonic" in name else "echo"
    address = call.args[0] if call.args else None
    if framework == "echo" and any(
        mentions.in_package(view.package, field.encode()) for field in HEADER
    ):
        return  # echo has an http.Server of its own: e.Server.ReadTimeout = ...
    yield Finding(
        call,
        f"{name.rsplit('.', 1)[1]} of {framework} serves without any timeout: {COST}; hand the "
        "router to an http.Server with ReadHeaderTimeout and IdleTimeout",
        severity=Severity.NOTE if named_for_it(view.scope, call, address) else None,
    )


RULE = Rule(
    id="GLC604",
    name="server-without-timeouts",
    summary="HTTP server without ReadHeaderTimeout",
    severity=Severity.WARNING,
    load=True,
    check=check,
    on=(ast.CompositeLit, ast.Call),
    triggers=(
        b"Server{",
        b"Server)",
        b"Serve(",
        b"ServeTLS(",
        b".Run(",
        b".RunTLS(",
        b".Start(",
        b".StartTLS(",
    ),
    source="S5, P",
    fix="safe",
    tests=False,
    tags=("http",),
)
