"""Who can reach a network address that is written out in the program."""

from __future__ import annotations

from golint_concurrency.semantics import infer
from golint_concurrency.semantics.binding import bind_value
from golint_concurrency.semantics.callgraph import initial_value, is_assigned
from golint_concurrency.semantics.denote import constant
from golint_concurrency.semantics.objects import Local, Member
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.syntax import ast

LOOPBACK, OPEN, UNKNOWN = "loopback", "open", ""
_MAX_STEPS = 6


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
