"""What a handler only borrows: its response, its request's body, the context of its framework.

They belong to the server again once the handler has returned. `net/http` reuses the writer's
buffers and closes the body; gin, echo and fiber put the context object back into a pool and give
it to the next request.
"""

from __future__ import annotations

from golint_concurrency.semantics import infer
from golint_concurrency.semantics.callgraph import initial_value
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.requests import REQUEST, WRITER
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import Named, deref
from golint_concurrency.syntax import ast

POOLED = {
    "github.com/gin-gonic/gin.Context": "gin",
    "github.com/labstack/echo/v4.Context": "echo",
    "github.com/labstack/echo.Context": "echo",
    "github.com/gofiber/fiber/v2.Ctx": "fiber",
    "github.com/gofiber/fiber/v3.Ctx": "fiber",
}
_BODY = frozenset(
    ["Body", "FormValue", "PostFormValue", "ParseForm", "ParseMultipartForm", "MultipartReader",
     "FormFile"]
)  # fmt: skip


class Borrowed:
    """A use of something borrowed: `kind` is response, body, gin, echo or fiber."""

    __slots__ = ("kind", "name", "use")

    def __init__(self, kind: str, name: str, use: ast.Expr) -> None:
        self.kind = kind
        self.name = name
        self.use = use


def borrowed_by(
    scope: FileScope, statement: ast.Go, target: FunctionInfo | None
) -> Borrowed | None:
    """The first use, in the goroutine that `statement` starts, of what a handler borrows."""
    call = statement.call
    if not isinstance(call, ast.Call):
        return None
    found: list[Borrowed] = []
    for index, argument in enumerate(call.args):
        known = _value(scope, argument)
        if known is not None and not _ignores(target, index):
            found.append(known)
    fun = ast.unparen(call.fun)
    if isinstance(fun, ast.Selector):
        known = _value(scope, fun.x)
        if known is not None:
            found.append(known)
    if target is not None and isinstance(target.node, ast.FuncLit):
        for local, uses in target.captures.items():
            for use in uses:
                known = _use(scope, local, use)
                if known is not None:
                    found.append(known)
                    break
    return min(found, key=lambda item: item.use.start, default=None)


def _value(scope: FileScope, expr: ast.Expr) -> Borrowed | None:
    """`expr` itself is borrowed, and handed over as it is."""
    expr = ast.unparen(expr)
    if isinstance(expr, ast.Selector) and expr.sel.name == "Body":
        expr = expr.x
    if not isinstance(expr, ast.Ident) or not isinstance(expr.obj, Local):
        return None
    return _use(scope, expr.obj, expr)


def _use(scope: FileScope, local: Local, use: ast.Ident) -> Borrowed | None:
    origin = _origin(local)
    if origin is None:
        return None
    type_ = infer.local_type(scope, origin)
    bare = deref(type_)
    if not isinstance(bare, Named):
        return None
    parent = use.parent
    if isinstance(parent, ast.Call) and isinstance(ast.unparen(parent.fun), ast.Call):
        return None  # handed to a function value that was just made: who knows what it uses
    if bare.qualified == WRITER:
        return Borrowed("response", local.name, use)
    if bare.qualified in POOLED:
        return Borrowed(POOLED[bare.qualified], local.name, use)
    if bare.qualified == REQUEST and isinstance(parent, ast.Selector) and parent.x is use:
        if parent.sel.name in _BODY and _has_writer(scope, origin):
            return Borrowed("body", f"{local.name}.{parent.sel.name}", parent)
    return None


def _origin(local: Local) -> Local | None:
    """The parameter that a variable holds, as itself or through an assertion."""
    for _ in range(4):
        if local.role == "param":
            return local
        value = _assertion(local) or initial_value(local) if local.role == "var" else None
        if isinstance(value, ast.TypeAssert):
            value = ast.unparen(value.x)
        if not isinstance(value, ast.Ident) or not isinstance(value.obj, Local):
            return None
        local = value.obj
    return None


def _assertion(local: Local) -> ast.Expr | None:
    """`f, ok := w.(http.Flusher)`"""
    node = local.node
    if isinstance(node, ast.Assign) and len(node.rhs) == 1 and local.index == 0:
        return node.rhs[0] if isinstance(node.rhs[0], ast.TypeAssert) else None
    return None


def _has_writer(scope: FileScope, request: Local) -> bool:
    """True for the request of a handler, not for one that is to be sent."""
    owner = request.owner
    if owner is None or owner.info is None:
        return False
    return any(
        param is not None and str(infer.local_type(scope, param)) == WRITER
        for param in owner.info.params
    )


def _ignores(target: FunctionInfo | None, index: int) -> bool:
    """True if the function in sight does nothing with this parameter."""
    if target is None or index >= len(target.params):
        return False
    param = target.params[index]
    return param is None or not param.uses
