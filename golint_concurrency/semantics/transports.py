"""HTTP transports: whether one is known to wait for a response for as long as that takes."""

from __future__ import annotations

from golint_concurrency.semantics import infer
from golint_concurrency.semantics.callgraph import initial_value, is_assigned, scope_of, target_of
from golint_concurrency.semantics.denote import literal_type
from golint_concurrency.semantics.literals import given_fields, settings_of
from golint_concurrency.semantics.nodes import nodes_of
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.types import Named, deref, is_named
from golint_concurrency.syntax import ast

TRANSPORT = "net/http.Transport"
_MAX_DEPTH = 6
_DIALS = ("DialContext", "Dial", "DialTLSContext", "DialTLS")
_LIMITS = frozenset((*_DIALS, "ResponseHeaderTimeout"))
WRAPPERS = {
    "go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp.NewTransport": 0,
    "github.com/prometheus/client_golang/prometheus/promhttp.InstrumentRoundTripperCounter": 1,
    "github.com/prometheus/client_golang/prometheus/promhttp.InstrumentRoundTripperDuration": 1,
    "github.com/prometheus/client_golang/prometheus/promhttp.InstrumentRoundTripperInFlight": 1,
    "net/http.Transport.Clone": -1,
}
"""Functions whose result waits as their argument does (-1: the receiver)."""


def waits_for_ever(scope: FileScope, transport: ast.Expr, depth: int = 0) -> bool:
    """True if nothing in `transport` ends the wait for a response; False where unknown."""
    transport = ast.unparen(transport)
    if depth > _MAX_DEPTH:
        return False
    if isinstance(transport, ast.Unary) and transport.op == "&":
        return waits_for_ever(scope, transport.x, depth)
    if isinstance(transport, ast.TypeAssert):
        return waits_for_ever(scope, transport.x, depth)
    if isinstance(transport, ast.CompositeLit):
        return _literal_waits(scope, transport, depth)
    if isinstance(transport, ast.Call):
        return _made_waits(scope, transport, depth)
    if isinstance(transport, ast.Selector):
        return transport.sel.name == "DefaultTransport" and str(
            infer.type_of(scope, transport)
        ) == "net/http.RoundTripper"  # fmt: skip
    if isinstance(transport, ast.Ident):
        if transport.name == "nil":
            return True
        return isinstance(transport.obj, Local) and _local_waits(scope, transport.obj, depth)
    return False


def _literal_waits(scope: FileScope, literal: ast.CompositeLit, depth: int) -> bool:
    type_ = deref(literal_type(scope, literal))
    if is_named(type_, TRANSPORT):
        settings = settings_of(scope, literal)
        if settings is None or "ResponseHeaderTimeout" in settings:
            return False
        given = given_fields(literal)
        return all(
            name in given and _dials_plainly(scope, given[name])
            for name in _DIALS
            if name in settings
        )
    return isinstance(type_, Named) and _own_waits(scope, type_, literal, depth)


def _dials_plainly(scope: FileScope, dial: ast.Expr) -> bool:
    """True for a method of a `net.Dialer`: its connections have no deadlines of their own."""
    dial = ast.unparen(dial)
    return isinstance(dial, ast.Selector) and is_named(
        deref(infer.type_of(scope, dial.x)), "net.Dialer"
    )


def _own_waits(scope: FileScope, type_: Named, literal: ast.CompositeLit, depth: int) -> bool:
    """True for a type whose `RoundTrip` is in sight, sets no deadline, and hands on to one that
    waits for ever."""
    if type_.package is None or type_.package.stub:
        return False
    method = type_.package.method(type_.name, "RoundTrip")
    if method is None:
        return False
    content = method.decl.file.slice(method.decl.start, method.decl.end)
    if any(word in content for word in (b"Timeout", b"Deadline", b"time.After")):
        return False
    inner = [
        element.value
        for element in literal.elts
        if isinstance(element, ast.KeyValue)
        and str(infer.type_of(scope, element.value)) in ("net/http.RoundTripper", f"*{TRANSPORT}")
    ]
    if not inner:
        return b"http.DefaultTransport.RoundTrip" in content
    return all(waits_for_ever(scope, value, depth + 1) for value in inner)


def _made_waits(scope: FileScope, call: ast.Call, depth: int) -> bool:
    callee = infer.callee_of(scope, call.fun)
    if callee is None:
        return False
    if callee.name == "builtin.new" and call.args:
        return is_named(infer.type_of(scope, call.args[0]), TRANSPORT)
    wrapped = WRAPPERS.get(callee.name)
    if wrapped is not None:
        fun = ast.unparen(call.fun)
        if wrapped < 0:
            return isinstance(fun, ast.Selector) and waits_for_ever(scope, fun.x, depth + 1)
        return wrapped < len(call.args) and waits_for_ever(scope, call.args[wrapped], depth + 1)
    target = target_of(scope, callee)
    if target is None:
        return False
    there = scope_of(target)
    results = [node.results[0] for node in nodes_of(target, ast.Return) if node.results]
    made = [
        value for value in results if not (isinstance(value, ast.Ident) and value.name == "nil")
    ]
    return bool(made) and all(waits_for_ever(there, value, depth + 1) for value in made)


def _local_waits(scope: FileScope, local: Local, depth: int) -> bool:
    value = initial_value(local)
    node = local.node
    if value is None and isinstance(node, ast.Assign) and len(node.rhs) == 1 and not local.index:
        value = node.rhs[0]  # transport, err := newTransport()
    if value is None:
        return False
    for use in local.uses:
        if is_assigned(use):
            return False
        up = use.parent
        if isinstance(up, ast.Selector) and isinstance(up.parent, ast.Assign):
            if up in up.parent.lhs and up.sel.name in _LIMITS:
                return False
    return waits_for_ever(scope, value, depth + 1)
