"""## What it finds
An `http.Transport` (by literal, `new` or `Clone`), alone or in a client, that is made for each
request or on each turn of a loop, used there, and dropped.

## What happens under load
A transport is a pool of connections. One that is dropped keeps its idle connections open, each with
a file descriptor and two goroutines, until `IdleConnTimeout`, which is never by default; and the
next request starts with a new TCP and TLS handshake. At 100 requests a second and 90 seconds of
idling, 9,000 connections and 18,000 goroutines do nothing, and the backend sees as many.

## Example
```go
func (s *Server) proxy(w http.ResponseWriter, r *http.Request) {
        client := &http.Client{Transport: &http.Transport{TLSClientConfig: s.tls}}
        resp, err := client.Get(s.backend)
        ...
}
```

## Use instead
```go
func New(config *tls.Config) *Server {
        transport := http.DefaultTransport.(*http.Transport).Clone()
        transport.TLSClientConfig = config
        return &Server{client: &http.Client{Transport: transport, Timeout: 30 * time.Second}}
}
```

## When it stays silent
- The transport, or what holds it, is kept in a field, a variable of the package, a map or a slice,
  or is passed to a function out of sight.
- `CloseIdleConnections` is called on it or on its client.
- It keeps no connections: `DisableKeepAlives` is set, `MaxIdleConnsPerHost` is negative, or the
  request has `Close` set.
- A client without a transport of its own, which shares `http.DefaultTransport`.
- Test files, and `main.main`, which runs once.

## Go versions
All.

## Source
Article chapter 5 (connection pools); package documentation of `net/http`, type `Transport`:
"Transports should be reused instead of created as needed."
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Related, Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.callgraph import each_caller_of, member_of_function
from golint_concurrency.semantics.repeats import Repeat, repeat_of
from golint_concurrency.semantics.transports import WRAPPERS
from golint_concurrency.semantics.types import is_named
from golint_concurrency.semantics.whereabouts import Whereabouts, whereabouts_of
from golint_concurrency.syntax import ast

TRANSPORT = "net/http.Transport"
HOLDERS = frozenset(["net/http.Client", "net/http/httputil.ReverseProxy"])
KEEPS_NONE = re.compile(
    r"\bDisableKeepAlives\b(?!\s*[:=]+\s*false)|MaxIdleConnsPerHost:?\s*=?\s*-|\.Close = true"
    r"|\bCloseIdleConnections\b"
)


def check(view: View, node: ast.CompositeLit | ast.Call) -> Iterator[Finding]:
    if not _makes_transport(view, node) or view.package.path == "net/http":
        return
    function = ast.enclosing_function(node)
    if function is None or KEEPS_NONE.search(view.text(function)):
        return
    if view.in_main and view.decl.name == "main" and not view.decl.receiver:
        return
    places = whereabouts_of(view.scope, node, HOLDERS, frozenset(WRAPPERS))
    if not places.complete or places.kept or places.in_closure or _keeps_none(places):
        return
    repeat = _repeat(view, node, function, places)
    if repeat is None:
        return
    yield Finding(
        node,
        "this http.Transport is made anew each time: no connection is ever used again, and idle "
        "ones pile up with two goroutines each; make it once, in a field or package variable",
        (Related(repeat.span, repeat.reason),),
        span=view.opening(node),
    )


def _makes_transport(view: View, node: ast.CompositeLit | ast.Call) -> bool:
    if isinstance(node, ast.CompositeLit):
        return is_named(view.type_of(node), TRANSPORT)
    name = view.name_of(node)
    if name == "builtin.new":
        return bool(node.args) and is_named(view.type_of(node.args[0]), TRANSPORT)
    return name == f"{TRANSPORT}.Clone"


def _keeps_none(places: Whereabouts) -> bool:
    if "DisableKeepAlives" in places.fields:
        return True
    for scope, call in places.calls:
        function = ast.enclosing_function(call)
        if function is not None and KEEPS_NONE.search(scope.file.text(function)):
            return True
    return False


def _repeat(
    view: View, node: ast.Node, function: ast.FuncDecl | ast.FuncLit, places: Whereabouts
) -> Repeat | None:
    """What makes the transport again and again, here or where a function that makes it is called."""
    if not places.calls:
        return None  # not used in sight
    repeat = repeat_of(view.scope, node)
    if repeat is not None or not places.returned:
        return repeat
    member = member_of_function(function.info)
    for scope, _, call in each_caller_of(member) if member is not None else ():
        repeat = repeat_of(scope, call)
        if repeat is not None:
            return repeat
    return None


RULE = Rule(
    id="GLC606",
    name="transport-per-request",
    summary="HTTP transport made for each request",
    severity=Severity.WARNING,
    load=True,
    check=check,
    on=(ast.CompositeLit, ast.Call),
    triggers=(b".Transport",),
    needs=(b'"net/http"',),
    source="S5",
    tests=False,
    tags=("http",),
)
