"""Code that runs in place of other code, or once although a loop is around it."""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.semantics.blocking import is_builtin
from golint_concurrency.semantics.callgraph import initial_value, is_assigned
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.syntax import ast


def after_panic(scope: FileScope, node: ast.Node) -> bool:
    """True if `node` only runs when `recover` has caught a panic: in the branch where its value
    is not nil, or after a return where it is."""
    for holder, statement in _blocks_around(node, None):
        up = holder.parent
        if isinstance(up, ast.If) and _is_panic(scope, up.cond, holder is up.then):
            return True
        for before in _before(holder, statement):
            if isinstance(before, ast.If) and before.orelse is None and _leaves(before.then):
                if _is_panic(scope, before.cond, False):
                    return True
    return False


def behind_flag(loop: ast.For | ast.Range, node: ast.Node) -> bool:
    """True if `node` runs on one turn of `loop` at most: it stands behind a test of a variable
    that is false before, and that is set to true, for good, next to it."""
    outer = list(_blocks_around(node, loop))
    flags = {flag for holder, _ in outer[:1] for flag in _set_in(holder)}
    flags = {flag for flag in flags if not loop.start <= flag.ident.start < loop.end}
    if not flags:
        return False
    for holder, statement in outer:
        up = holder.parent
        if isinstance(up, ast.If) and _is_flag(up.cond, flags, holder is not up.then):
            return True
        for before in _before(holder, statement):
            if isinstance(before, ast.If) and _leaves(before.then):
                if before.orelse is None and _is_flag(before.cond, flags, True):
                    return True
    return False


def _blocks_around(node: ast.Node, top: ast.Node | None) -> Iterator[tuple[ast.Block, ast.Node]]:
    """Blocks of the same function around `node`, up to `top`, and what of each leads to it."""
    child, up = node, node.parent
    while up is not None and up is not top and not isinstance(child, ast.FuncLit | ast.FuncDecl):
        if isinstance(up, ast.Block):
            yield up, child
        child, up = up, up.parent


def _before(holder: ast.Block, statement: ast.Node) -> list[ast.Stmt]:
    return [each for each in holder.stmts if each.end <= statement.start]


def _leaves(block: ast.Block) -> bool:
    last = block.stmts[-1] if block.stmts else None
    return isinstance(last, ast.Return | ast.Branch)


def _is_panic(scope: FileScope, cond: ast.Expr, when: bool) -> bool:
    """True if a panic was recovered where `cond` is `when`."""
    cond = ast.unparen(cond)
    if not isinstance(cond, ast.Binary) or cond.op != ("!=" if when else "=="):
        return False
    other = ast.unparen(cond.y)
    if not isinstance(other, ast.Ident) or other.name != "nil":
        return False
    value: ast.Expr | None = ast.unparen(cond.x)
    if isinstance(value, ast.Ident):
        value = initial_value(value.obj) if isinstance(value.obj, Local) else None
    return isinstance(value, ast.Call) and is_builtin(scope, value, "recover")


def _set_in(holder: ast.Block) -> Iterator[Local]:
    """Variables that statements of this block set to true, and that nothing sets to false."""
    for statement in holder.stmts:
        if isinstance(statement, ast.Assign) and len(statement.lhs) == 1 and statement.op == "=":
            target = statement.lhs[0]
            obj = target.obj if isinstance(target, ast.Ident) else None
            if isinstance(obj, Local) and all(
                _sets_true(use) for use in obj.uses if is_assigned(use)
            ):
                yield obj


def _sets_true(use: ast.Ident) -> bool:
    parent = use.parent
    if not isinstance(parent, ast.Assign) or len(parent.lhs) != 1 or parent.op not in ("=", ":="):
        return False
    value = ast.unparen(parent.rhs[0])
    return isinstance(value, ast.Ident) and value.name == ("true" if parent.op == "=" else "false")


def _is_flag(cond: ast.Expr, flags: set[Local], when: bool) -> bool:
    """True if `cond` can only be the opposite of `when` while one of `flags` is not set."""
    cond = ast.unparen(cond)
    if isinstance(cond, ast.Binary) and cond.op == ("||" if when else "&&"):
        return _is_flag(cond.x, flags, when) or _is_flag(cond.y, flags, when)
    while isinstance(cond, ast.Unary) and cond.op == "!":
        cond, when = ast.unparen(cond.x), not when
    return when and isinstance(cond, ast.Ident) and cond.obj in flags


__all__ = ["after_panic", "behind_flag"]
