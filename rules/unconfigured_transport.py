"""## What it finds
An `http.Transport` that is built by hand and lacks limits that `http.DefaultTransport` has: no
`IdleConnTimeout`, no `TLSHandshakeTimeout`, no dial timeout. The message also names
`MaxIdleConnsPerHost`, whose zero value means two.

## What happens under load
A zero `IdleConnTimeout` keeps idle connections for ever: each host that was ever talked to costs
a file descriptor and two goroutines. A backend that accepts and then stays silent holds every
dialling or handshaking request for as long as the kernel allows (over two minutes for a connect).
With two idle connections per host, 200 parallel requests to one backend close and re-open 198
connections a round: ephemeral ports run out and TLS handshakes eat the CPU.

## Example
```go
client := &http.Client{Transport: &http.Transport{Proxy: http.ProxyFromEnvironment}}
```

## Use instead
```go
transport := http.DefaultTransport.(*http.Transport).Clone()
transport.MaxIdleConnsPerHost = 100
client := &http.Client{Transport: transport, Timeout: 10 * time.Second}
```

## When it stays silent
- It dials a Unix socket.
- The transport comes from `Clone`.
- The fields are set after the literal, in the same function or through the same struct field.
- It is handed, as a transport, to a function out of sight that could set them.
- `DisableKeepAlives` makes the idle limits moot; a dialler of its own (also for unix sockets)
  counts as a dial timeout; `DialTLS` makes the handshake timeout moot.
- The function that makes it also calls `CloseIdleConnections`: nothing can pile up.
- Only `MaxIdleConnsPerHost` is missing; test files; `transport-per-request` reports it.
- It is only a note in a function that nothing in sight runs again and again, for each request or in
  a loop: one transport has two idle connections a host. So it is where some limit
  or timeout is set, also that of the client around it: whoever wrote it knew of them; and in files
  that import a websocket library, which takes connections over.

## Go versions
All.

## Fix
Safe: adds the missing fields with the values of `http.DefaultTransport` (and 100 idle connections
a host), and keeps the layout of the literal.

## Source
Article chapter 5 (connection pools); package documentation of `net/http`, type `Transport`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Edit, Fix, Severity
from golint_concurrency.edits import add_fields
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.literals import settings_of
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.repeats import repeat_of
from golint_concurrency.semantics.travel import LOCAL, calls_on
from golint_concurrency.semantics.types import is_named
from golint_concurrency.syntax import ast

TRANSPORT = "net/http.Transport"
LIMITS = frozenset(
    "MaxIdleConns MaxIdleConnsPerHost MaxConnsPerHost IdleConnTimeout TLSHandshakeTimeout "
    "ResponseHeaderTimeout DisableKeepAlives".split()
)
DIALS = frozenset(["DialContext", "Dial", "DialTLS", "DialTLSContext"])
WEBSOCKET = re.compile(r"(github\.com/(coder|gorilla)|nhooyr\.io)/websocket")
MEANING = {
    "IdleConnTimeout": "IdleConnTimeout (0 keeps idle connections for ever)",
    "TLSHandshakeTimeout": "TLSHandshakeTimeout (0 waits for ever)",
    "DialContext": "DialContext with a timeout (none waits for the kernel's own)",
    "MaxIdleConnsPerHost": "MaxIdleConnsPerHost (0 means 2)",
}


def check(view: View, node: ast.CompositeLit | ast.Call) -> Iterator[Finding]:
    if isinstance(node, ast.Call):
        if not _is_new(view, node):
            return
    elif not is_named(view.type_of(node), TRANSPORT):
        return
    settings = settings_of(view.scope, node)
    if settings is None:
        return
    missing = _missing(settings)
    if _is_one_shot(view, node) or _is_unix(view, node):
        return
    if not missing or missing == ["MaxIdleConnsPerHost"]:
        return
    listed = ", ".join(MEANING[name] for name in missing)
    yield Finding(
        node,
        f"this http.Transport has no {listed}: connections pile up or hang when a backend is slow; "
        "start from http.DefaultTransport.(*http.Transport).Clone(), or set them",
        severity=Severity.NOTE if _is_minor(view, node, settings) else None,
        fixes=_fixes(view, node, missing),
        span=view.opening(node),
    )


def _is_minor(view: View, node: ast.Expr, settings: frozenset[str]) -> bool:
    """True if nothing in sight makes it again and again, it has some limit, or its connections
    are taken over for the websocket protocol."""
    return (
        _is_thought_of(view, node, settings)
        or (ast.enclosing_function(node) is not None and repeat_of(view.scope, node) is None)
        or _has_timeout_around(node)
        or _has_timeout_beside(view, node)
        or any(WEBSOCKET.fullmatch(spec.path) for spec in view.scope.file.imports)
    )


def _has_timeout_beside(view: View, node: ast.Expr) -> bool:
    """As `_has_timeout_around`, where the transport has a name first, or is put into a client that
    the function has made before: `client.Transport = &http.Transport{...}`."""
    value: ast.Expr = node
    while isinstance(value.parent, ast.Paren | ast.Unary):
        value = value.parent
    made = value.parent
    target = made.lhs[0] if isinstance(made, ast.Assign) and len(made.lhs) == 1 else None
    function = ast.enclosing_function(node)
    if isinstance(target, ast.Ident) and isinstance(target.obj, Local):
        return any(_has_timeout_around(use) for use in target.obj.uses)
    if not isinstance(target, ast.Selector) or target.sel.name != "Transport" or function is None:
        return False
    client = view.text(target.x)
    return any(
        isinstance(stmt, ast.Assign)
        and len(stmt.lhs) == len(stmt.rhs) == 1
        and view.text(stmt.lhs[0]) == client
        and _gives_timeout(stmt.rhs[0])
        for stmt in ast.walk_function(function)
    )


def _has_timeout_around(node: ast.Node) -> bool:
    """True in `&http.Client{Timeout: ..., Transport: &http.Transport{...}}`: nothing hangs then."""
    up: ast.Node | None = node.parent
    while isinstance(up, ast.Unary | ast.Paren | ast.KeyValue):
        up = up.parent
    return _gives_timeout(up)


def _gives_timeout(node: ast.Node | None) -> bool:
    while isinstance(node, ast.Unary | ast.Paren):
        node = node.x
    return isinstance(node, ast.CompositeLit) and any(
        isinstance(element, ast.KeyValue)
        and isinstance(element.key, ast.Ident)
        and element.key.name == "Timeout"
        for element in node.elts
    )


def _is_thought_of(view: View, node: ast.Expr, settings: frozenset[str]) -> bool:
    """True if it has a limit or a timeout: whoever wrote it knew of them, and chose."""
    return not settings.isdisjoint(LIMITS) or (
        not settings.isdisjoint(DIALS) and "Timeout" in view.text(node)
    )


def _is_new(view: View, call: ast.Call) -> bool:
    return (
        view.name_of(call) == "builtin.new"
        and len(call.args) == 1
        and is_named(view.type_of(call.args[0]), TRANSPORT)
    )


def _is_one_shot(view: View, node: ast.Expr) -> bool:
    """True if the function that makes the transport also closes its idle connections."""
    value: ast.Expr = node
    while isinstance(value.parent, ast.Paren | ast.Unary):
        value = value.parent
    word = "CloseIdleConnections"
    travel = calls_on(view.program, view.scope, value, frozenset([word]))
    return travel.reach == LOCAL and word in travel.calls


def _is_unix(view: View, node: ast.CompositeLit | ast.Call) -> bool:
    """True if it dials a Unix socket: there is no network that hangs, and one host only."""
    return isinstance(node, ast.CompositeLit) and any(
        isinstance(element, ast.KeyValue)
        and isinstance(element.key, ast.Ident)
        and element.key.name in DIALS
        and '"unix"' in view.text(element.value)
        for element in node.elts
    )


def _missing(settings: frozenset[str]) -> list[str]:
    missing = ["MaxIdleConnsPerHost", "IdleConnTimeout", "TLSHandshakeTimeout", "DialContext"]
    if "DisableKeepAlives" in settings:
        missing = missing[2:]
    if settings & {"DialTLS", "DialTLSContext"}:
        missing.remove("TLSHandshakeTimeout")
    if settings & DIALS:
        missing.remove("DialContext")
    return [name for name in missing if name not in settings]


def _fixes(view: View, node: ast.CompositeLit | ast.Call, missing: list[str]) -> tuple[Fix, ...]:
    if isinstance(node, ast.Call) or not all(isinstance(e, ast.KeyValue) for e in node.elts):
        return ()
    time_name, time_import = view.import_name("time")
    imports: list[Edit] = list(time_import)
    values = {
        "MaxIdleConnsPerHost": "100",
        "IdleConnTimeout": f"90 * {time_name}.Second",
        "TLSHandshakeTimeout": f"10 * {time_name}.Second",
    }
    if "DialContext" in missing:
        net_name, net_import = view.import_name("net")
        imports = [*net_import, *imports]
        values["DialContext"] = (
            f"(&{net_name}.Dialer{{Timeout: 30 * {time_name}.Second, "
            f"KeepAlive: 30 * {time_name}.Second}}).DialContext"
        )
    edits = add_fields(view, node, [(name, values[name]) for name in missing])
    return (Fix("set the limits that http.DefaultTransport has", (*imports, *edits)),)


RULE = Rule(
    id="GLC601",
    name="unconfigured-transport",
    summary="http.Transport without timeouts and connection limits",
    severity=Severity.WARNING,
    load=True,
    check=check,
    on=(ast.CompositeLit, ast.Call),
    triggers=(b"Transport",),
    needs=(b'"net/http"',),
    source="S5",
    fix="safe",
    tests=False,
    yields_to=("GLC606",),
    tags=("http",),
)
