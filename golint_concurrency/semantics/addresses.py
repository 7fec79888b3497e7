"""Who can reach a network address that is written out in the program."""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.semantics import infer
from golint_concurrency.semantics.binding import bind_value
from golint_concurrency.semantics.callgraph import initial_value, is_assigned
from golint_concurrency.semantics.denote import constant
from golint_concurrency.semantics.objects import Local, Member
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.syntax import ast

LOOPBACK, OPEN, UNKNOWN = "loopback", "open", ""
_MAX_STEPS = 6
_LOOPBACK_URL = re.compile(r"\w+://(localhost|127\.[\d.]+|\[::1\])([:/]|$)")
_LISTENS = frozenset(["net.Listen", "net.ListenConfig.Listen"])


def reach_of(scope: FileScope, address: ast.Expr) -> str:
    """LOOPBACK, OPEN (all interfaces, or a named one) or UNKNOWN.

    Follows variables that are set once, default values of flags, and what an address is built
    from: `":" + port`, `fmt.Sprintf(":%d", port)`, `net.JoinHostPort("", port)`.
    """
    for _ in range(_MAX_STEPS):
        address = ast.unparen(address)
        value = constant(scope, address)
        if isinstance(value, str):
            return _reach(value)
        if isinstance(address, ast.Binary | ast.Star):
            address = address.x
        elif isinstance(address, ast.Call):
            callee = infer.callee_of(scope, address.fun)
            name = callee.name if callee is not None else ""
            if name == "net.JoinHostPort" and address.args:
                host = constant(scope, address.args[0])
                return _reach(f"{host}:") if isinstance(host, str) else UNKNOWN
            if name == "fmt.Sprintf" and address.args:
                address = address.args[0]
            elif name == "flag.String" and len(address.args) == 3:
                address = address.args[1]
            else:
                return UNKNOWN
        else:
            given = _given(scope, address)
            if given is None:
                return UNKNOWN
            scope, address = given
    return UNKNOWN


def is_loopback_url(scope: FileScope, url: ast.Expr) -> bool:
    """True if the address of a request is written out and leads back to this machine:
    `"http://localhost:9000/stop"`, `fmt.Sprintf("http://127.0.0.1:%d", port)`."""
    for _ in range(_MAX_STEPS):
        url = ast.unparen(url)
        value = constant(scope, url)
        if isinstance(value, str):
            return _LOOPBACK_URL.match(value) is not None
        if isinstance(url, ast.Binary):
            url = url.x
        elif isinstance(url, ast.Call):
            callee = infer.callee_of(scope, url.fun)
            if callee is None or callee.name != "fmt.Sprintf" or not url.args:
                return False
            url = url.args[0]
        else:
            given = _given(scope, url)
            if given is None:
                return False
            scope, url = given
    return False


def listens_on_loopback(scope: FileScope, listener: ast.Expr) -> bool:
    """True if all that the variable `listener` is ever given are ports of this machine alone."""
    local = listener.obj if isinstance(listener, ast.Ident) else None
    if not isinstance(local, Local):
        return False
    values = [value for value in _values(local) if value is not None]
    return bool(values) and all(_opens_loopback(scope, value) for value in values)


def _values(local: Local) -> Iterator[ast.Expr | None]:
    yield initial_value(local)
    for use in (local.node, *local.uses):
        assign = use if isinstance(use, ast.Assign) else use.parent
        if isinstance(assign, ast.Assign) and len(assign.rhs) == 1 and len(assign.lhs) > 1:
            if use is assign or use in assign.lhs:
                yield assign.rhs[0]
        elif isinstance(assign, ast.Assign) and use in assign.lhs:
            yield assign.rhs[assign.lhs.index(use)]


def _opens_loopback(scope: FileScope, value: ast.Expr) -> bool:
    value = ast.unparen(value)
    callee = infer.callee_of(scope, value.fun) if isinstance(value, ast.Call) else None
    if not isinstance(value, ast.Call) or callee is None:
        return False
    if callee.name == "net.ListenUnix":
        return True
    if callee.name not in _LISTENS:
        return False
    return len(value.args) > 1 and (
        constant(scope, value.args[-2]) == "unix" or reach_of(scope, value.args[-1]) == LOOPBACK
    )


def _given(scope: FileScope, expr: ast.Expr) -> tuple[FileScope, ast.Expr] | None:
    """The one value of a variable."""
    if not isinstance(expr, ast.Ident):
        return None
    obj = expr.obj if isinstance(expr.obj, Local) else scope.resolve(expr)
    if isinstance(obj, Local):
        value = initial_value(obj)
        assigned = any(is_assigned(use) for use in obj.uses)
        return (scope, value) if value is not None and not assigned else None
    if isinstance(obj, Member) and obj.kind == "var" and not obj.package.stub:
        there = obj.package.scope_of(obj.decl)
        spec = bind_value(there, obj.decl)
        if len(spec.values) == len(spec.names) == 1 and not obj.name[:1].isupper():
            value = spec.values[0]
            if isinstance(value, ast.Call):  # a flag; a plain variable may be set
                return there, value
    return None


def _reach(address: str) -> str:
    host, colon, _ = address.rpartition(":")
    if not colon or "%" in host or "/" in host:
        return UNKNOWN
    if host == "localhost" or host.startswith("127.") or host in ("[::1]", "::1"):
        return LOOPBACK
    return OPEN
