"""Request code: functions that serve one request and are run many times at once.

A handler is told by its signature: `net/http`'s (a router may add parameters, and results), gin's,
echo's, fiber's, and gRPC service methods: on a type that embeds an `Unimplemented...Server`, or
named as protobuf names them, `Get(context.Context, *GetRequest) (*GetResponse, error)`. Code that
only handlers of its package call, directly or through functions of which the same is true, is
request code as well.
"""

from __future__ import annotations

import re

from golint_concurrency.semantics import infer, types
from golint_concurrency.semantics.binding import bind_function
from golint_concurrency.semantics.callgraph import (
    each_caller_of,
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
    if len(params) > 1 and str(params[0]) == WRITER and str(params[1]) == f"*{REQUEST}":
        return "http"  # what follows is a router's: parameters of the path, the next handler
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
    return (
        isinstance(structure, Struct)
        and any(
            member.embedded and _SERVER.search(member.name) is not None
            for member in structure.members
        )
    ) or _is_named_as_service(info, params)


def _is_named_as_service(info: FunctionInfo, params: list[Type]) -> bool:
    """True for `Get(context.Context, *GetRequest) (*GetResponse, error)`. The method of a client
    takes options as well."""
    node = info.node
    if not isinstance(node, ast.FuncDecl):
        return False
    name = node.name.name
    request = types.deref(params[1])
    answer = types.deref(denote(scope_of(info), node.type.results[0].type))
    return (
        isinstance(request, Named)
        and isinstance(answer, Named)
        and request.name == f"{name}Request"
        and answer.name in (f"{name}Response", f"{name}Reply")
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
    """The handler that `info` serves: itself, a function around it, or one that calls it, directly
    or through unexported functions.

    None if no handler in the same package is found, or if other code calls it too.
    """
    return _known_request(info, 0)


def _known_request(info: FunctionInfo, depth: int) -> Request | None:
    if "request" not in info.memo:
        info.memo["request"] = None  # what a recursive call sees
        info.memo["request"] = _request_of(info, depth)
    request: Request | None = info.memo["request"]
    return request


def _request_of(info: FunctionInfo, depth: int) -> Request | None:
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
    for caller_scope, decl, call in each_caller_of(member):
        caller = bind_function(caller_scope, decl)
        function = ast.enclosing_function(call)
        inner: FunctionInfo | None = function.info if function is not None else caller
        assert inner is not None
        handler = _handler_around(inner)
        if handler is None and depth < _MAX_CALLERS and not member.name[:1].isupper():
            further = None if isinstance(call.parent, ast.Go) else _known_request(inner, depth + 1)
            handler = further.handler if further is not None else None
        if handler is None or isinstance(call.parent, ast.Go):
            # Called from elsewhere as well: whether this is request code depends on the caller.
            # Started as a goroutine, it is no longer the request's.
            return None
        handlers.append(Request(handler, caller_scope, call, caller_scope.file.path))
    return handlers[0] if handlers else None


def _handler_around(info: FunctionInfo) -> FunctionInfo | None:
    """The handler that `info` is, or that stands around it."""
    inner: FunctionInfo | None = info
    while inner is not None:
        if handler_kind(inner) is not None:
            return inner
        inner = inner.parent.info if inner.parent is not None else None
    return None


def _is_constructor(name: str) -> bool:
    return name.lower().startswith("new") or name in ("main", "init")


def carries_context(type_: Type) -> bool:
    """True for a context, an HTTP request, and the context types of web frameworks."""
    bare = types.deref(type_)
    if not isinstance(bare, Named):
        return False
    return bare.qualified in ("context.Context", REQUEST) or bare.qualified in _CONTEXTS
