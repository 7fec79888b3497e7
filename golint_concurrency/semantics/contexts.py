"""Which context is in scope at a place, and how to write it there."""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.semantics import facts, infer
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.types import Named, Pointer, Type
from golint_concurrency.syntax import ast

CONTEXT = "context.Context"
_CARRIERS = {
    "net/http.Request": "{}.Context()",
    "github.com/gin-gonic/gin.Context": "{}.Request.Context()",
    "github.com/labstack/echo/v4.Context": "{}.Request().Context()",
    "github.com/labstack/echo.Context": "{}.Request().Context()",
    "github.com/gofiber/fiber/v2.Ctx": "{}.UserContext()",
    "github.com/gofiber/fiber/v3.Ctx": "{}.Context()",
}


class Held:
    """A context in scope: the variable that is or carries it, and the expression to write.

    `goroutine` is true if a `go` statement or a deferred call lies between the variable and the
    place: then the work there may be meant to outlive it. `root` is true for one that is known to
    come from `context.Background()` or `context.TODO()` by itself, which nothing ever cancels.
    """

    __slots__ = ("goroutine", "local", "root", "text")

    def __init__(self, local: Local, text: str, *, goroutine: bool, root: bool) -> None:
        self.local = local
        self.text = text
        self.goroutine = goroutine
        self.root = root


def is_context(type_: Type) -> bool:
    """True for `context.Context` itself."""
    return isinstance(type_, Named) and type_.qualified == CONTEXT


def in_scope(scope: FileScope, node: ast.Node) -> Held | None:
    """The nearest context that code at `node` can use by name; None if there is none.

    Locals that are declared before it in the blocks around it, then parameters, then the same of
    the functions around. A name that is shadowed on the way does not count.
    """
    shadowed: set[str] = set()
    goroutine = False
    child, up = node, node.parent
    while up is not None:
        if isinstance(up, ast.Go | ast.Defer):
            goroutine = True
        for local in _declared_before(up, child):
            held = None if local.name in shadowed else _held(scope, local, goroutine)
            if held is not None:
                return held
            shadowed.add(local.name)
        child, up = up, up.parent
    return None


def _held(scope: FileScope, local: Local, goroutine: bool) -> Held | None:
    if local.name == "_" or not local.is_variable:
        return None
    type_ = infer.local_type(scope, local)
    if is_context(type_):
        root = _is_root(scope, local)
        return Held(local, local.name, goroutine=goroutine, root=root)
    bare = type_.elem if isinstance(type_, Pointer) else type_
    form = _CARRIERS.get(bare.qualified) if isinstance(bare, Named) else None
    if form is None or local.role != "param":
        return None  # a request that is made here is what should get a context
    return Held(local, form.format(local.name), goroutine=goroutine, root=False)


def _declared_before(up: ast.Node, child: ast.Node) -> Iterator[Local]:
    """Variables that `up` declares and that `child`, part of it, can see; the last first."""
    if isinstance(up, ast.FuncDecl | ast.FuncLit):
        if child is up.body:
            info = up.info
            yield from (param for param in info.params if param is not None)
            if info.receiver is not None:
                yield info.receiver
    elif isinstance(up, ast.Block):
        for stmt in reversed(up.stmts):
            if stmt.start < child.start:
                yield from _locals_of(stmt)
    elif isinstance(up, ast.If | ast.For | ast.Switch | ast.TypeSwitch):
        if up.init is not None and up.init is not child:
            yield from _locals_of(up.init)
    elif isinstance(up, ast.CommClause):
        if up.comm is not None and up.comm is not child:
            yield from _locals_of(up.comm)
    elif isinstance(up, ast.Range) and child is up.body:
        for name in (up.key, up.value):
            if isinstance(name, ast.Ident) and isinstance(name.obj, Local):
                if name.obj.ident is name:
                    yield name.obj


def _locals_of(stmt: ast.Stmt) -> Iterator[Local]:
    names: list[ast.Expr] = []
    if isinstance(stmt, ast.Assign):
        names = list(stmt.lhs)
    elif isinstance(stmt, ast.DeclStmt):
        for spec in stmt.specs:
            if isinstance(spec, ast.ValueSpec):
                names.extend(spec.names)
    elif isinstance(stmt, ast.Labeled):
        yield from _locals_of(stmt.stmt)
    for name in names:
        if isinstance(name, ast.Ident) and isinstance(name.obj, Local) and name.obj.ident is name:
            yield name.obj


def _is_root(scope: FileScope, local: Local) -> bool:
    """True if the variable is declared as `context.Background()`, with or without a deadline."""
    node = local.node
    value: ast.Expr | None = None
    if isinstance(node, ast.Assign):
        value = node.rhs[local.index] if len(node.rhs) == len(node.lhs) else node.rhs[0]
    elif isinstance(node, ast.ValueSpec) and node.values:
        value = node.values[min(local.index, len(node.values) - 1)]
    return value is not None and is_root(scope, value)


def own(scope: FileScope, node: ast.Node) -> Held | None:
    """The context that work at `node` should end with: declared by the innermost function itself,
    not by one around it, whose closures may outlive it; no root, and not of a deferred call."""
    held = in_scope(scope, node)
    if held is None or held.goroutine or held.root:
        return None
    function = ast.enclosing_function(node)
    return held if held.local.owner is function else None


def is_root(scope: FileScope, value: ast.Expr) -> bool:
    """True for `context.Background()` and for what is made of it in the same expression."""
    for _ in range(10):
        value = ast.unparen(value)
        if not isinstance(value, ast.Call):
            return False
        callee = infer.callee_of(scope, value.fun)
        known = facts.of(callee.name) if callee is not None and callee.name else None
        if known is None:
            # A helper out of sight, which puts values into the root that it is given.
            roots = [argument for argument in value.args if isinstance(argument, ast.Call)]
            if len(roots) != 1 or not is_context(infer.type_of(scope, roots[0])):
                return False
            value = roots[0]
            continue
        if "root-ctx" in known:
            return True
        parent = facts.parent_context(known, value.args)
        if parent is None:
            return False
        value = parent
    return False
