"""Functions with their names bound: the entry into everything about a function's inside."""

from __future__ import annotations

from golint_concurrency.semantics.denote import core, literal_type
from golint_concurrency.semantics.objects import FIELD
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo, Resolver
from golint_concurrency.semantics.types import Array, Map, Slice, deref
from golint_concurrency.syntax import ast
from golint_concurrency.syntax.file import Decl


def bind_function(scope: FileScope, decl: Decl) -> FunctionInfo:
    """Lower and bind a function or method of `scope`'s file, once."""
    node = decl.function()
    if node.info is None:
        resolver = Resolver()
        info = resolver.function(node)
        info.scope = scope
        _settle_keys(scope, resolver)
    result: FunctionInfo = node.info
    return result


def bind_value(scope: FileScope, decl: Decl) -> ast.ValueSpec:
    """A const or var declaration, its initialisers (and closures in them) bound, once."""
    spec = decl.value_spec()
    if id(spec) not in scope.bound:
        scope.bound.add(id(spec))
        for expr in (spec.type, *spec.values):
            if expr is not None:
                resolver = Resolver()
                resolver.expression(expr)
                _settle_keys(scope, resolver)
                _give_scope(scope, expr)
    return spec


def _give_scope(scope: FileScope, expr: ast.Expr) -> None:
    """Let the outermost closures of an initialiser know their file; others ask those."""
    if b"func" not in scope.file.slice(expr.start, expr.end):
        return
    for node in ast.walk_function(expr):
        if isinstance(node, ast.FuncLit) and node.info is not None:
            node.info.scope = scope


def _settle_keys(scope: FileScope, resolver: Resolver) -> None:
    """Decide for each `name:` in a literal whether it names a field or a variable.

    A literal of a type out of sight counts as a struct: few others have names for keys.
    """
    for key, local in resolver.keys:
        pair = key.parent
        literal = pair.parent if pair is not None else None
        assert isinstance(literal, ast.CompositeLit)
        if not isinstance(core(deref(literal_type(scope, literal))), Map | Slice | Array):
            key.obj = FIELD
            continue
        if local is None:
            continue  # a name of the file, the package or the universe
        key.obj = local
        local.uses.append(key)
        owner = ast.enclosing_function(key)
        while owner is not None and owner is not local.owner:
            owner.info.captures.setdefault(local, []).append(key)
            owner = ast.enclosing_function(owner)
