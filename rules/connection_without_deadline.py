"""## What it finds
A loop that reads from a network connection (`net.Conn`, `*net.TCPConn`, `*tls.Conn`), or writes to
it, where nothing ever sets a deadline on it: directly, or through a `bufio.Reader`, a
`bufio.Scanner` or a decoder.

## What happens under load
A peer that vanishes (a phone out of reach, a firewall that forgets) sends no reset: the read waits
until TCP keep-alive gives up, minutes later, and with a peer that is alive and silent for ever.
Each keeps a goroutine, its buffers and a file descriptor; 200 clients that vanish every minute use
up 65,000 descriptors in five hours. A write to a peer that does not read stops in the same way once
its buffers are full, often with a lock held.

## Example
```go
for {
        n, err := conn.Read(buf)
        if err != nil {
                return err
        }
        handle(buf[:n])
}
```

## Use instead
```go
for {
        if err := conn.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
                return err
        }
        n, err := conn.Read(buf)
        ...
}
```

## When it stays silent
- `SetDeadline`, `SetReadDeadline` or `SetWriteDeadline` is called on the connection anywhere in the
  package: where it was made, in a function that gets it, or through the field that keeps it.
- The connection is handed to a function out of sight, other than the readers and writers of the
  standard library.
- A goroutine that waits for something closes it.
- The connection comes from elsewhere and is no parameter, variable or field.
- Test files. A loop that reads from one connection and writes to another (a proxy) is a note.

## Go versions
All.

## Source
Article chapter 1; package documentation of `net`, type `Conn`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import infer
from golint_concurrency.semantics.callgraph import each_caller_of, initial_value, member_of_function
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.types import deref, is_named
from golint_concurrency.semantics.whereabouts import Whereabouts, whereabouts_of
from golint_concurrency.syntax import ast

CONNECTIONS = ("net.Conn", "net.TCPConn", "crypto/tls.Conn")
DEADLINES = frozenset(["SetDeadline", "SetReadDeadline", "SetWriteDeadline"])
READERS = ("bufio.NewReader", "bufio.NewReaderSize", "bufio.NewScanner", "bufio.NewReadWriter",
           "encoding/json.NewDecoder", "encoding/gob.NewDecoder")  # fmt: skip
READS = re.compile(r"Read\w*|Scan|Decode|Peek")
WHOLE = frozenset(["io.ReadFull", "io.ReadAtLeast"])
KNOWN = re.compile(r"(?:io|bufio|fmt|encoding/\w+|log|errors|builtin)\.")


def check(view: View, loop: ast.For | ast.Range) -> Iterator[Finding]:
    uses = [use for node in ast.walk_function(loop) if (use := _use(view, loop, node)) is not None]
    for call, connection in uses:
        if _is_bounded(view, connection):
            continue
        fun = ast.unparen(call.fun)
        writes = isinstance(fun, ast.Selector) and fun.sel.name == "Write"
        kind = "Write" if writes else "Read"
        others = {view.text(other) for _, other in uses}
        yield Finding(
            call,
            f"this loop {'writes to' if writes else 'reads from'} a connection that never gets a "
            "deadline: a peer that goes silent keeps its goroutine and file descriptor for ever; "
            f"call Set{kind}Deadline on each turn",
            (view.related(connection, "the connection"),) if connection.parent is not fun else (),
            severity=Severity.NOTE if len(others) > 1 else None,
            span=view.span(call.fun),
        )
        return


def _use(view: View, loop: ast.For | ast.Range, node: ast.Node) -> tuple[ast.Call, ast.Expr] | None:
    """The call `node` with the connection that it reads from or writes to, on turns of `loop`."""
    if not isinstance(node, ast.Call) or ast.enclosing_loops(node)[:1] != [loop]:
        return None
    fun = ast.unparen(node.fun)
    if not isinstance(fun, ast.Selector):
        return None
    connection: ast.Expr | None = None
    if fun.sel.name in ("Read", "Write"):
        connection = fun.x
    elif view.name_of(node) in WHOLE and node.args:
        connection = node.args[0]
    if connection is not None and _is_connection(view, connection):
        return node, connection
    if READS.fullmatch(fun.sel.name) and isinstance(fun.x, ast.Ident):
        wrapped = _wrapped(view, fun.x)
        if wrapped is not None and _is_connection(view, wrapped):
            return node, wrapped
    return None


def _is_connection(view: View, expr: ast.Expr) -> bool:
    return isinstance(ast.unparen(expr), ast.Ident | ast.Selector) and is_named(
        deref(view.type_of(expr)), *CONNECTIONS
    )


def _wrapped(view: View, reader: ast.Ident) -> ast.Expr | None:
    """The connection that a reader was made from."""
    value = initial_value(reader.obj) if isinstance(reader.obj, Local) else None
    if not isinstance(value, ast.Call) or view.name_of(value) not in READERS or not value.args:
        return None
    return value.args[0]


def _is_bounded(view: View, connection: ast.Expr) -> bool:
    """True if a deadline is set on the connection, or may be by code out of sight."""
    connection = ast.unparen(connection)
    if isinstance(connection, ast.Selector):
        return _may_end(whereabouts_of(view.scope, connection))
    local = connection.obj if isinstance(connection, ast.Ident) else None
    if not isinstance(local, Local):
        return True
    if _may_end(whereabouts_of(view.scope, local)):
        return True
    if local.role != "param" or local.owner is None:
        return False
    params = local.owner.info.params
    member = member_of_function(local.owner.info)
    index = params.index(local) if local in params else -1
    if member is None or index < 0:
        return True  # who calls a closure is not known
    for scope, _, call in each_caller_of(member):
        given = ast.unparen(call.args[index]) if index < len(call.args) else None
        if isinstance(given, ast.Ident) and isinstance(given.obj, Local):
            if _may_end(whereabouts_of(scope, given.obj)):
                return True
        elif isinstance(given, ast.Selector) and _may_end(whereabouts_of(scope, given)):
            return True
    return False


def _may_end(places: Whereabouts) -> bool:
    for scope, call in places.calls:
        fun = ast.unparen(call.fun)
        if not isinstance(fun, ast.Selector):
            continue
        if fun.sel.name in DEADLINES:
            return True
        function = ast.enclosing_function(call)
        if fun.sel.name == "Close" and isinstance(function, ast.FuncLit):
            if "<-" in scope.file.text(function):
                return True  # closed from outside, when something has happened
    for scope, call, _ in places.passed:
        callee = infer.callee_of(scope, call.fun)
        if callee is None or not KNOWN.match(callee.name):
            return True
    return False


RULE = Rule(
    id="GLC611",
    name="connection-without-deadline",
    summary="loop over a connection that never gets a deadline",
    severity=Severity.WARNING,
    load=True,
    check=check,
    on=(ast.For, ast.Range),
    triggers=(b".Read", b".Write(", b".Scan(", b".Decode(", b".Peek("),
    needs=(b'"net"',),
    enabled=False,
    source="S1",
    tests=False,
    tags=("network",),
)
