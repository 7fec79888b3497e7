"""## What it finds
`net.Dial` over TCP, `tls.Dial`, `smtp.Dial` and `rpc.Dial`: connections that are opened without a
limit on the time that it may take.

## What happens under load
A host that drops packets answers nothing: the kernel tries for more than two minutes, and a TLS
handshake with a peer that accepts and stays silent has no end at all. At 20 requests a second, two
minutes of it hold 2400 goroutines, each with what its request needs.

## Example
```go
conn, err := net.Dial("tcp", address)
```

## Use instead
```go
conn, err := net.DialTimeout("tcp", address, 10*time.Second)
```
Or a `net.Dialer` and its `DialContext`, where a context is at hand.

## When it stays silent
- UDP and Unix sockets, which wait for nobody, and a network that is not written out.
- A loopback address that is written out, or that of a listener (`l.Addr().String()`).
- The function also dials with a timeout: then to have none is a setting.
- Test files, and files that use `httptest`.

It is only a note in what sets up a part of the program, and in checks of health, by their names.

## Go versions
All.

## Fix
Safe: `net.DialTimeout`, and `tls.DialWithDialer` with a dialler that has a timeout of 10 seconds.
None for `smtp` and `rpc`, which take a connection: dial it first, then hand it to `NewClient`.

## Source
Article chapter 1; package documentation of `net`, type `Dialer`.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Fix, Severity, Span
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.callgraph import initial_value, is_assigned
from golint_concurrency.semantics.lifecycle import starts_a_part
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.observers import named_for_it
from golint_concurrency.syntax import ast

STREAMS = ("tcp", "tcp4", "tcp6")
LOCAL = ("localhost:", "127.", "[::1]:", ":")
USE = {
    "net.Dial": "use net.DialTimeout, or DialContext of a net.Dialer",
    "crypto/tls.Dial": "use tls.DialWithDialer, or DialContext of a tls.Dialer",
    "net/smtp.Dial": "dial with net.DialTimeout and hand the connection to smtp.NewClient",
    "net/rpc.Dial": "dial with net.DialTimeout and hand the connection to rpc.NewClient",
}


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    name = view.name_of(call)
    if name not in USE or not isinstance(call.fun, ast.Selector) or not call.args:
        return
    if view.package.path in ("net", "crypto/tls", "net/smtp", "net/rpc"):
        return
    address = call.args[0]
    if name != "net/smtp.Dial":
        if len(call.args) < 2 or view.constant(address) not in STREAMS:
            return
        address = call.args[1]
    if _is_local(view, address):
        return
    function = ast.enclosing_function(call)
    if function is not None and "DialTimeout(" in view.text(function):
        return  # the caller chose to have none
    yield Finding(
        call,
        f"{view.text(call.fun)} waits for a silent host without limit: under load every caller "
        f"hangs there for minutes; {USE[name]}",
        severity=Severity.NOTE
        if starts_a_part(view.scope, call) or named_for_it(view.scope, call, None)
        else None,
        fixes=_fix(view, call, name),
        span=Span(view.path, call.start, call.fun.end),
    )


def _is_local(view: View, address: ast.Expr) -> bool:
    local = address.obj if isinstance(address, ast.Ident) else None
    if isinstance(local, Local) and not any(map(is_assigned, local.uses)):
        address = initial_value(local) or address
    if isinstance(address, ast.Call) and view.text(address).endswith(".Addr().String()"):
        return True  # where a listener of this process listens
    if isinstance(address, ast.Call) and view.name_of(address) == "net.JoinHostPort":
        host = view.constant(address.args[0]) if address.args else None
        return isinstance(host, str) and (host in ("localhost", "::1") or host.startswith("127."))
    while isinstance(address, ast.Binary):  # "localhost:" + port
        address = address.x
    if isinstance(address, ast.Call) and view.name_of(address) == "fmt.Sprintf" and address.args:
        address = address.args[0]
    value = view.constant(address)
    return isinstance(value, str) and value.startswith(LOCAL)


def _fix(view: View, call: ast.Call, name: str) -> tuple[Fix, ...]:
    if not isinstance(call.fun, ast.Selector) or name not in ("net.Dial", "crypto/tls.Dial"):
        return ()
    package = view.text(call.fun.x)
    time_name, imports = view.import_name("time")
    if name == "net.Dial":
        edits = (
            view.replace(call.fun.sel, "DialTimeout"),
            view.insert(call.args[-1].end, f", 10*{time_name}.Second"),
        )
        return (Fix("dial with a timeout of 10 seconds", (*imports, *edits)),)
    net_name, net_imports = view.import_name("net")
    edits = (
        view.replace(call.fun, f"{package}.DialWithDialer"),
        view.insert(
            call.args[0].start, f"&{net_name}.Dialer{{Timeout: 10 * {time_name}.Second}}, "
        ),
    )
    return (Fix("dial with a timeout of 10 seconds", (*net_imports, *imports, *edits)),)


RULE = Rule(
    id="GLC607",
    name="dial-without-timeout",
    summary="connection opened without a timeout",
    severity=Severity.WARNING,
    load=True,
    check=check,
    calls=tuple(USE),
    triggers=(b".Dial(",),
    source="S1",
    fix="safe",
    tests=False,
    tags=("network",),
)
