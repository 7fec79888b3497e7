"""## What it finds
The profiler of `net/http/pprof` where anybody can reach it: imported into a program that serves
`http.DefaultServeMux` on an address other than loopback, or registered on a mux that is served so
or that has routes for the public.

## What happens under load
`/debug/pprof/profile` keeps the CPU profiler running for as long as the query says, a trace of a
busy service takes hundreds of megabytes, and `heap?gc=1` forces a collection per request. A
scanner that finds them slows every request down while the service is at its limit; command line
and goroutine dumps tell it secrets on top.

## Example
```go
import _ "net/http/pprof"

go http.ListenAndServe(":6060", nil)
```

## Use instead
```go
go http.ListenAndServe("localhost:6060", nil)
```
And a mux of its own for the service. To reach the profiler, forward the port
(`kubectl port-forward`, `ssh -L`).

## When it stays silent
- The address is a loopback one, or is not written out (a flag's default counts as written).
- The handlers are wrapped (by authentication, say), or the mux goes through a function out of
  sight before it is served.
- The profiler is registered only if some condition holds, or in a file with a build constraint.
- On a mux with public routes: the package speaks of authentication, or of sockets in the file system.
- Test files.
- It is only a note under an `if` that names profiles or debugging: somebody has asked for it.

## Go versions
All.

## Source
Article chapter 1 (profiling in production); package documentation of `net/http/pprof`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Related, Severity, Span
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import infer, mentions
from golint_concurrency.semantics.addresses import OPEN, reach_of
from golint_concurrency.semantics.callgraph import all_callers, member_of_function
from golint_concurrency.semantics.literals import given_fields, settings_of
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.types import deref, is_named
from golint_concurrency.semantics.whereabouts import Whereabouts, whereabouts_of
from golint_concurrency.syntax import ast

PPROF = "net/http/pprof"
SERVE = {"net/http.ListenAndServe": 1, "net/http.ListenAndServeTLS": 3}
SERVER = "net/http.Server"
REGISTER = ("Handle", "HandleFunc")
OPERATIONS = ("/debug", "/metrics", "/health", "/ready", "/live", "/stat", "/version", "/ping")
LOCAL = (b'"unix"', b"unix://")
ASKED = re.compile(r"(?i)prof|debug")
AUTH = (b"BasicAuth", b"uthenticat", b"uthoriz", b"Auth(", b"auth(")


def check(view: View, node: ast.Call | ast.CompositeLit) -> Iterator[Finding]:
    if isinstance(node, ast.CompositeLit):
        if is_named(view.type_of(node), SERVER):
            yield from _check_server(view, node)
        return
    name = view.name_of(node)
    if name in SERVE:
        index = SERVE[name]
        if len(node.args) > index and _is_default_mux(view.scope, node.args[index]):
            if reach_of(view.scope, node.args[0]) == OPEN:
                yield from _default_mux_served(view, node.args[0], node)
    elif name.rpartition(".")[2] in REGISTER and len(node.args) == 2:
        if name.startswith("net/http.ServeMux.") and _is_profiler(view, node.args[1]):
            yield from _check_mux(view, node)


def _is_default_mux(scope: FileScope, handler: ast.Expr) -> bool:
    handler = ast.unparen(handler)
    if isinstance(handler, ast.Ident):
        return handler.name == "nil"
    return isinstance(handler, ast.Selector) and handler.sel.name == "DefaultServeMux"


def _check_server(view: View, literal: ast.CompositeLit) -> Iterator[Finding]:
    given = given_fields(literal)
    address = given.get("Addr")
    settings = settings_of(view.scope, literal)
    if address is None or settings is None or reach_of(view.scope, address) != OPEN:
        return
    handler = given.get("Handler")
    if handler is None:
        if "Handler" in settings:
            return
    elif not _is_default_mux(view.scope, handler):
        return
    yield from _default_mux_served(view, address, literal)


def _default_mux_served(view: View, address: ast.Expr, node: ast.Expr) -> Iterator[Finding]:
    imported = next(
        (
            (file, spec)
            for file in view.package.files
            if not file.path.endswith("_test.go") and b"//go:build" not in file.content
            for spec in file.imports
            if spec.path == PPROF
        ),
        None,
    )
    if imported is None:
        return
    file, spec = imported
    yield Finding(
        address,
        "this serves the profiler to everybody who reaches the address: each profile or trace that "
        "a stranger asks for slows all requests down; listen on localhost, or serve another mux",
        (Related(Span(file.path, spec.start, spec.end), "registers the profiler on that mux"),),
        severity=Severity.NOTE if _is_switched_on(view, node) else None,
        span=view.opening(node)
        if isinstance(node, ast.CompositeLit)
        else Span(view.path, node.start, node.fun.end)
        if isinstance(node, ast.Call)
        else None,
    )


def _is_switched_on(view: View, node: ast.Node) -> bool:
    """True under an `if` that names profiles: somebody has asked for it."""
    up: ast.Node | None = node.parent
    while up is not None and not isinstance(up, ast.FuncDecl):
        if isinstance(up, ast.If) and ASKED.search(view.text(up.cond)):
            return True
        up = up.parent
    return False


def _is_profiler(view: View, handler: ast.Expr) -> bool:
    """True for `pprof.Index`, as itself or as an `http.HandlerFunc`."""
    handler = ast.unparen(handler)
    if isinstance(handler, ast.Call) and len(handler.args) == 1:
        if not is_named(view.type_of(handler), "net/http.HandlerFunc"):
            return False
        handler = ast.unparen(handler.args[0])
    callee = infer.callee_of(view.scope, handler)
    return callee is not None and callee.name == f"{PPROF}.Index"


def _check_mux(view: View, call: ast.Call) -> Iterator[Finding]:
    fun = ast.unparen(call.fun)
    mux = fun.x if isinstance(fun, ast.Selector) else None
    local = mux.obj if isinstance(mux, ast.Ident) else None
    if not isinstance(local, Local) or _is_conditional(call) or _is_asked_for(view, call):
        return
    places = whereabouts_of(view.scope, local)
    served = _served_openly(places)
    public = _public_route(places)
    if served is None and (public is None or _is_guarded(view, places)):
        return
    scope, node = served or public or (view.scope, call)
    why = "serves it on an address that others reach" if served else "a public route on the mux"
    yield Finding(
        call,
        "this offers the profiler to everybody who reaches the mux: each profile or trace that a "
        "stranger asks for slows all requests down; register it on a mux served on localhost only",
        (Related(Span(scope.file.path, node.start, node.end), why),),
        span=Span(view.path, call.start, call.end),
    )


def _is_conditional(node: ast.Node) -> bool:
    child, up = node, node.parent
    while up is not None and not isinstance(up, ast.FuncDecl):
        if isinstance(up, ast.If | ast.Case) and child is not getattr(up, "init", None):
            return True
        child, up = up, up.parent
    return False


def _is_asked_for(view: View, call: ast.Call) -> bool:
    """True if the function around is only called where some condition holds."""
    info = view.function_of(call)
    member = member_of_function(info) if info is not None else None
    return member is not None and all_callers(member, lambda _, call: _is_conditional(call))


def _served_openly(places: Whereabouts) -> tuple[FileScope, ast.Expr] | None:
    """Where the mux itself is served on an open address."""
    for scope, call, index in places.passed:
        callee = infer.callee_of(scope, call.fun)
        if callee is not None and SERVE.get(callee.name) == index:
            if reach_of(scope, call.args[0]) == OPEN:
                return scope, call.args[0]
    for scope, literal in places.literals:
        if is_named(deref(infer.type_of(scope, literal)), SERVER):
            address = given_fields(literal).get("Addr")
            if address is not None and reach_of(scope, address) == OPEN:
                return scope, address
    return None


def _public_route(places: Whereabouts) -> tuple[FileScope, ast.Expr] | None:
    """A route of the mux that is no business of operators."""
    for scope, call in places.calls:
        fun = ast.unparen(call.fun)
        if isinstance(fun, ast.Selector) and fun.sel.name in REGISTER and call.args:
            pattern = call.args[0]
            text = scope.file.text(pattern).strip('"`')
            if text.rpartition(" ")[2].startswith("/") and not any(
                word in text for word in OPERATIONS
            ):
                return scope, pattern
    return None


def _is_guarded(view: View, places: Whereabouts) -> bool:
    """True if the mux is wrapped, only listens on loopback, or the package has authentication or
    serves on a socket in the file system."""
    for scope, call, index in places.passed:
        callee = infer.callee_of(scope, call.fun)
        if callee is None or SERVE.get(callee.name) != index:
            return True
        if reach_of(scope, call.args[0]) != OPEN:
            return True
    for scope, literal in places.literals:
        address = given_fields(literal).get("Addr")
        if address is not None and reach_of(scope, address) != OPEN:
            return True
    return any(mentions.in_package(view.package, word) for word in (*AUTH, *LOCAL))


RULE = Rule(
    id="GLC906",
    name="profiler-exposed",
    summary="profiler served to everybody",
    severity=Severity.WARNING,
    load=True,
    check=check,
    on=(ast.Call, ast.CompositeLit),
    triggers=(b"pprof.Index", b"ListenAndServe", b"Server{"),
    needs=(b'"net/http"',),
    source="S1",
    tests=False,
    tags=("http", "runtime"),
)
