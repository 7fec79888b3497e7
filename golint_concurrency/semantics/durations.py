"""Values of `time.Duration`: how long they are, and whether they are times at all or bare counts.

Go has one type for both: in `time.Duration(n) * time.Second` the left side counts and the right
side is a time, though both have the same type.
"""

from __future__ import annotations

from golint_concurrency.semantics import infer
from golint_concurrency.semantics.callgraph import initial_value, is_assigned
from golint_concurrency.semantics.denote import constant, is_type, member_of
from golint_concurrency.semantics.objects import Local, Member
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.types import is_named
from golint_concurrency.syntax import ast

NANOSECONDS = {
    "Nanosecond": 1,
    "Microsecond": 1_000,
    "Millisecond": 1_000_000,
    "Second": 1_000_000_000,
    "Minute": 60_000_000_000,
    "Hour": 3_600_000_000_000,
}
SECOND = NANOSECONDS["Second"]
_MEASURES = frozenset(["time.Since", "time.Until", "time.Time.Sub"])
"""Functions whose result is a time that has passed or will."""
_SAME = frozenset(
    ["time.Duration.Round", "time.Duration.Truncate", "time.Duration.Abs"]
)  # of a time: a time
_MAX_DEPTH = 12
_RANDOM = frozenset(["Float64", "Float32", "Int63n", "Int64N"])


def is_duration(scope: FileScope, expr: ast.Expr) -> bool:
    """True for an expression of type `time.Duration`."""
    return is_named(infer.type_of(scope, expr), "time.Duration")


def length(scope: FileScope, expr: ast.Expr) -> int | None:
    """The constant value of a duration in nanoseconds; None if it is not constant."""
    value = constant(scope, expr)
    if isinstance(value, bool | str) or value is None or int(value) != value:
        return None
    return int(value)


def random_below(scope: FileScope, expr: ast.Expr, limit: int) -> bool:
    """True for a random part of a constant time that is `limit` at most:
    `time.Duration(rand.Int63n(int64(time.Second)))`, `time.Duration(r.Float64() * float64(limit))`.
    """
    calls = [node for node in ast.walk(expr) if isinstance(node, ast.Call)]
    drawn = any(
        isinstance(call.fun, ast.Selector) and call.fun.sel.name in _RANDOM for call in calls
    )
    operators = {node.op for node in ast.walk(expr) if isinstance(node, ast.Binary)}
    if not drawn or not operators <= {"*"}:
        return False
    times = [
        value
        for node in ast.walk(expr)
        if isinstance(node, ast.Selector | ast.Ident)
        and is_duration(scope, node)
        and (value := length(scope, node)) is not None
    ]
    return len(times) == 1 and times[0] <= limit


def is_time(scope: FileScope, expr: ast.Expr) -> bool | None:
    """True if `expr` is a length of time, False if it is a bare count, None if that is open.

    A time has a unit somewhere in its making (`time.Second`), or was measured (`time.Since`).
    """
    return _is_time(scope, expr, 0)


def _is_time(scope: FileScope, expr: ast.Expr, depth: int) -> bool | None:
    expr = ast.unparen(expr)
    if depth > _MAX_DEPTH:
        return None
    if isinstance(expr, ast.BasicLit):
        return False
    if isinstance(expr, ast.Unary):
        return _is_time(scope, expr.x, depth + 1) if expr.op in ("+", "-") else None
    if isinstance(expr, ast.Binary):
        return _binary(scope, expr, depth)
    if isinstance(expr, ast.Call):
        return _call(scope, expr, depth)
    if isinstance(expr, ast.Ident | ast.Selector):
        return _name(scope, expr, depth)
    return None


def _binary(scope: FileScope, expr: ast.Binary, depth: int) -> bool | None:
    x = _is_time(scope, expr.x, depth + 1)
    y = _is_time(scope, expr.y, depth + 1)
    if expr.op in ("+", "-"):
        return x if x == y else None
    if expr.op == "*":
        if x is False and y is False:
            return False
        return True if x or y else None
    if expr.op == "/":
        if x is True and y is False:
            return True
        return False if (x is y and x is not None) else None
    return None


def _call(scope: FileScope, call: ast.Call, depth: int) -> bool | None:
    if is_type(scope, call.fun):
        # A conversion from a number makes a count, one from a duration changes nothing.
        if len(call.args) != 1:
            return None
        argument = call.args[0]
        if is_duration(scope, argument):
            return _is_time(scope, argument, depth + 1)
        return False if constant(scope, argument) is not None else None
    callee = infer.callee_of(scope, call.fun)
    if callee is None:
        return None
    if callee.name in _MEASURES:
        return True
    if callee.name in _SAME and isinstance(call.fun, ast.Selector):
        return _is_time(scope, call.fun.x, depth + 1)
    return None


def _name(scope: FileScope, expr: ast.Ident | ast.Selector, depth: int) -> bool | None:
    obj = member_of(scope, expr)
    if isinstance(obj, Member) and obj.kind == "const":
        if obj.package.path == "time" and obj.name in NANOSECONDS:
            return True
        there = obj.package.scope_of(obj.decl)
        spec = obj.decl.value_spec()
        for index, name in enumerate(spec.names):
            if name.name == obj.name and index < len(spec.values):
                return _is_time(there, spec.values[index], depth + 1)
        return None
    if (isinstance(obj, Local) and obj.is_variable) or (
        isinstance(obj, Local) and obj.role == "const"
    ):
        if any(is_assigned(use) for use in obj.uses):
            return None
        value = initial_value(obj)
        return _is_time(scope, value, depth + 1) if value is not None else None
    return None
