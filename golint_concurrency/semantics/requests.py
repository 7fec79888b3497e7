"""Request code: functions that serve one request and are run many times at once.

A handler is told by its signature: `net/http`'s, gin's, echo's, fiber's, and gRPC service
methods on a type that embeds an `Unimplemented...Server` or is passed to a
`Register...Server` function. Code that a handler calls directly in its package is request code
as well.
"""

from __future__ import annotations

import re

from golint_concurrency.semantics import infer, types
from golint_concurrency.semantics.binding import bind_function
from golint_concurrency.semantics.callgraph import (
    callers_of,
    member_of_function,
    scope_of,
)
from golint_concurrency.semantics.denote import core, denote
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import Named, Struct, Type
from golint_concurrency.syntax import ast

WRITER = "net/http.ResponseWriter"
REQUEST = "net/http.Request"
_CONTEXTS = frozenset(
    [
        "github.com/gin-gonic/gin.Context",
        "github.com/labstack/echo/v4.Context",
        "github.com/labstack/echo.Context",
        "github.com/gofiber/fiber/v2.Ctx",
        "github.com/gofiber/fiber/v3.Ctx",
    ]
)
_SERVER = re.compile(r"Unimplemented\w*Server\Z")
_MAX_CALLERS = 3


def handler_kind(info: FunctionInfo) -> str | None:
    """Which kind of handler the function is by its own signature; None if it is none.

    http, gin, echo, fiber or grpc.
    """
    if "handler" not in info.memo:
        info.memo["handler"] = _handler_kind(info)
    kind: str | None = info.memo["handler"]
    return kind


def _handler_kind(info: FunctionInfo) -> str | None:
    params = _param_types(info)
    if not params:
        return None
    if len(params) == 2 and str(params[0]) == WRITER and str(params[1]) == f"*{REQUEST}":
        return "http"
    if len(params) == 1:
        bare = types.deref(params[0])
        if isinstance(bare, Named) and bare.qualified in _CONTEXTS:
            return bare.qualified.split("/")[2].split(".")[0]
    if _is_grpc_method(info, params):
        return "grpc"
    return None


def _param_types(info: FunctionInfo) -> list[Type]:
    scope = scope_of(info)
    found: list[Type] = []
    for field in info.node.type.params:
        found.extend([denote(scope, field.type)] * max(1, len(field.names)))
    return found


def _is_grpc_method(info: FunctionInfo, params: list[Type]) -> bool:
    if info.receiver is None or len(params) != 2 or len(info.node.type.results) != 2:
        return False
    if str(params[0]) != "context.Context" or not isinstance(params[1], types.Pointer):
        return False
    scope = scope_of(info)
    receiver = types.deref(infer.local_type(scope, info.receiver))
    structure = core(receiver)
    return isinstance(structure, Struct) and any(
        member.embedded and _SERVER.search(member.name) is not None for member in structure.members
    )


class Request:
    """How a function comes to be request code: `handler` is the handler, `via` the call in it
    (None if the function is the handler itself or a closure inside it)."""

    __slots__ = ("handler", "path", "scope", "via")

    def __init__(
        self, handler: FunctionInfo, scope: FileScope, via: ast.Call | None, path: str
    ) -> None:
        self.handler = handler
        self.scope = scope
        self.via = via
        self.path = path


def request_of(info: FunctionInfo) -> Request | None:
    """The handler that `info` serves: itself, a function around it, or one that calls it directly.

    None if no handler in the same package is found.
    """
    if "request" not in info.memo:
        info.memo["request"] = None
        info.memo["request"] = _request_of(info)
    request: Request | None = info.memo["request"]
    return request


def _request_of(info: FunctionInfo) -> Request | None:
    scope = scope_of(info)
    up: FunctionInfo | None = info
    while up is not None:
        if handler_kind(up) is not None:
            return Request(up, scope, None, scope.file.path)
        if up.parent is None:
            break
        up = up.parent.info
    if up is None or not isinstance(up.node, ast.FuncDecl):
        return None
    member = member_of_function(up)
    if member is None or _is_constructor(member.name):
        return None
    handlers: list[Request] = []
    for caller_scope, decl, call in callers_of(member):
        caller = bind_function(caller_scope, decl)
        function = ast.enclosing_function(call)
        inner: FunctionInfo | None = function.info if function is not None else caller
        while inner is not None:
            if handler_kind(inner) is not None:
                if isinstance(call.parent, ast.Go):
                    return None  # it is the goroutine, not request code
                handlers.append(Request(inner, caller_scope, call, caller_scope.file.path))
                break
            inner = inner.parent.info if inner.parent is not None else None
        else:
            # Called from elsewhere as well: whether this is request code depends on the caller.
            return None
    return handlers[0] if handlers else None


def _is_constructor(name: str) -> bool:
    return name.lower().startswith("new") or name in ("main", "init")


def carries_context(type_: Type) -> bool:
    """True for a context, an HTTP request, and the context types of web frameworks."""
    bare = types.deref(type_)
    if not isinstance(bare, Named):
        return False
    return bare.qualified in ("context.Context", REQUEST) or bare.qualified in _CONTEXTS
