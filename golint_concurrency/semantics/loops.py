"""How often loops turn, and what the loop around a place does next."""

from __future__ import annotations

from golint_concurrency.semantics import infer
from golint_concurrency.semantics.callgraph import initial_value, is_assigned
from golint_concurrency.semantics.denote import constant, core
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.types import Array, Basic
from golint_concurrency.syntax import ast


def bound(scope: FileScope, loop: ast.For | ast.Range) -> int | None:
    """The most turns that `loop` can make, if the source says so; None if it is open."""
    if isinstance(loop, ast.Range):
        return _range_bound(scope, loop)
    return _counting_bound(scope, loop)


def _range_bound(scope: FileScope, loop: ast.Range) -> int | None:
    over = ast.unparen(loop.x)
    value = _set_once(scope, over)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str):
        return len(value)
    if isinstance(over, ast.CompositeLit) and (
        over.elts or not isinstance(core(infer.type_of(scope, over)), Array)
    ):
        return len(over.elts)  # `[1000]struct{}{}` has its length in its type
    if isinstance(over, ast.Ident):
        obj = scope.resolve(over)
        if isinstance(obj, Local) and not any(_grows(use) for use in obj.uses):
            literal = initial_value(obj)
            # One that begins empty is filled somewhere.
            if isinstance(literal, ast.CompositeLit) and literal.elts:
                if not isinstance(literal.type, ast.MapType) or not any(map(_gains, obj.uses)):
                    return len(literal.elts)
        if isinstance(obj, Local):
            return _appended(obj)
    shape = core(infer.type_of(scope, over))
    if isinstance(shape, Array):
        return shape.length
    return None


def _appended(local: Local) -> int | None:
    """The elements of a slice that begins empty and is appended to in places that no loop goes
    through: each of them once, with elements that are written there."""
    spec = local.node
    if not isinstance(spec, ast.ValueSpec) or spec.values:
        return None
    if not isinstance(spec.type, ast.ArrayType) or spec.type.length is not None:
        return None
    count = 0
    for use in local.uses:
        up = use.parent
        if isinstance(up, ast.Assign) and use in up.lhs:
            call = up.rhs[0] if len(up.rhs) == 1 and len(up.lhs) == 1 else None
            if not isinstance(call, ast.Call) or ast.last_name(call.fun) != "append":
                return None
            first = call.args[0] if call.args else None
            if not isinstance(first, ast.Ident) or first.obj is not local or call.spread:
                return None
            if ast.enclosing_loops(up) or ast.enclosing_function(up) is not local.owner:
                return None
            count += len(call.args) - 1
        elif isinstance(up, ast.Unary) and up.op == "&":
            return None
    return count or None


def _grows(use: ast.Ident) -> bool:
    return isinstance(use.parent, ast.Assign) and use in use.parent.lhs


def _gains(use: ast.Ident) -> bool:
    """True for `m[k] = v`."""
    element = use.parent
    return (
        isinstance(element, ast.Index)
        and element.x is use
        and isinstance(element.parent, ast.Assign)
        and element in element.parent.lhs
    )


def _counting_bound(scope: FileScope, loop: ast.For) -> int | None:
    """`for i := a; i < b; i++` with constants a and b (also <=, and counting down)."""
    init, cond, post = loop.init, loop.cond, loop.post
    if not isinstance(init, ast.Assign) or not isinstance(post, ast.IncDec):
        return None
    if not isinstance(cond, ast.Binary) or len(init.lhs) != 1 or len(init.rhs) != 1:
        return None
    counter = init.lhs[0]
    if not (isinstance(cond.x, ast.Ident) and isinstance(counter, ast.Ident)):
        return None
    if cond.x.obj is not counter.obj:
        return None
    start, stop = constant(scope, init.rhs[0]), _set_once(scope, cond.y)
    if not isinstance(start, int) or not isinstance(stop, int):
        return None
    turns = {"<": stop - start, "<=": stop - start + 1, ">": start - stop, ">=": start - stop + 1}
    if (post.op == "++") != (cond.op in ("<", "<=")):
        return None
    count = turns.get(cond.op)
    return max(0, count) if count is not None else None


def _set_once(scope: FileScope, expr: ast.Expr) -> object:
    """The constant that `expr` is, or that the local variable it names is set to, once."""
    local = expr.obj if isinstance(expr, ast.Ident) else None
    if isinstance(local, Local) and local.role == "var" and not any(map(is_assigned, local.uses)):
        value = initial_value(local)
        return constant(scope, value) if value is not None else None
    return constant(scope, expr)


def is_integer(scope: FileScope, expr: ast.Expr) -> bool:
    """True for an expression of an integer type."""
    shape = core(infer.type_of(scope, expr))
    return isinstance(shape, Basic) and shape.name.removeprefix("untyped ").startswith(
        ("int", "uint")
    )
