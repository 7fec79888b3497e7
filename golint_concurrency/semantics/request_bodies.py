"""Bodies of requests that a server received: which expression reads one, and what limits it."""

from __future__ import annotations

import re

from golint_concurrency.semantics import infer, mentions
from golint_concurrency.semantics.callgraph import initial_value, is_assigned
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.package import FileScope, Package
from golint_concurrency.semantics.program import Program
from golint_concurrency.semantics.requests import REQUEST, WRITER, request_of
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import deref, is_named
from golint_concurrency.syntax import ast

_MAX_STEPS = 6
_PASSES_ON = {
    "bufio.NewReader": 0,
    "bufio.NewReaderSize": 0,
    "compress/gzip.NewReader": 0,
    "io.NopCloser": 0,
    "io.TeeReader": 0,
}
"""Functions whose result reads as much as their argument, or more, has."""
_LIMITS = re.compile(
    rb"LimitReader|LimitedReader|MaxBytes|ContentLength|Content-Length|\.Body\s*=[^=]|CopyN"
    rb"|BodyLimit|MaxBody|maxBody"
)
_MIDDLEWARE = (b"MaxBytesHandler(", b"BodyLimit", b"RequestSize(", b"LimitBody", b"MaxBodySize")


def body_of(scope: FileScope, reader: ast.Expr) -> ast.Selector | None:
    """The `r.Body` of a received request that `reader` reads to its end; None if it is none."""
    for _ in range(_MAX_STEPS):
        reader = ast.unparen(reader)
        if isinstance(reader, ast.Selector):
            return reader if _is_received_body(scope, reader) else None
        if isinstance(reader, ast.Call):
            callee = infer.callee_of(scope, reader.fun)
            index = _PASSES_ON.get(callee.name) if callee is not None else None
            if index is None or index >= len(reader.args):
                return None
            reader = reader.args[index]
            continue
        local = reader.obj if isinstance(reader, ast.Ident) else None
        if not isinstance(local, Local) or any(is_assigned(use) for use in local.uses):
            return None
        value = initial_value(local)
        node = local.node
        if value is None and isinstance(node, ast.Assign) and len(node.rhs) == 1:
            value = node.rhs[0] if local.index == 0 else None  # zr, err := gzip.NewReader(...)
        if value is None:
            return None
        reader = value
    return None


def _is_received_body(scope: FileScope, selector: ast.Selector) -> bool:
    """True for `r.Body` where `r` is a parameter of request code, or `c.Request.Body`."""
    if selector.sel.name != "Body" or not is_named(
        deref(infer.type_of(scope, selector.x)), REQUEST
    ):
        return False
    root = ast.unparen(selector.x)
    while isinstance(root, ast.Selector | ast.Call | ast.Paren):
        root = root.fun if isinstance(root, ast.Call) else root.x
    local = root.obj if isinstance(root, ast.Ident) else None
    if not isinstance(local, Local) or local.role != "param" or local.owner is None:
        return False
    info: FunctionInfo = local.owner.info
    return request_of(info) is not None or any(
        param is not None and str(infer.local_type(scope, param)) == WRITER for param in info.params
    )


def limited_here(scope: FileScope, node: ast.Node) -> bool:
    """True if the function around `node`, or the handler that calls it, looks after sizes."""
    up = ast.enclosing_function(node)
    outermost = up
    while up is not None:
        outermost, up = up, ast.enclosing_function(up)
    if outermost is None:
        return False
    content = scope.file.content
    if _LIMITS.search(content, outermost.start, outermost.end):
        return True
    function = ast.enclosing_function(node)
    request = request_of(function.info) if function is not None else None
    if request is None:
        return False
    handler = request.handler.node
    return request.scope.file.search(_LIMITS, handler.start, handler.end) is not None


_WRAPPED = (b"MaxBytesReader(", b".ServeHTTP(")


def limited_by_middleware(program: Program, package: Package) -> bool:
    """True if something in the module, or in another module of the repository that the package
    imports, may limit the bodies of all requests, told by words."""
    return (
        bool(mentions.in_module(program, package, _MIDDLEWARE))
        or mentions.together(program, package, _WRAPPED)
        or any(
            all(map(file.mentions, _WRAPPED))
            for path in {spec.path for file in package.files for spec in file.imports}
            if (imported := program.package(path, package)) is not None and not imported.stub
            for file in imported.files
        )
    )
