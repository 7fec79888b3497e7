"""How a struct value is configured: the fields of its literal, and those that are set later."""

from __future__ import annotations

from golint_concurrency.semantics import infer
from golint_concurrency.semantics.callgraph import target_of
from golint_concurrency.semantics.denote import core
from golint_concurrency.semantics.infer import callee_of
from golint_concurrency.semantics.objects import Local, Member
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.types import Interface, Signature, Struct, deref
from golint_concurrency.syntax import ast

_MAX_DEPTH = 3
_HARMLESS = frozenset(
    [
        "golang.org/x/net/http2.ConfigureTransport",
        "golang.org/x/net/http2.ConfigureTransports",
        "builtin.new",
        "builtin.panic",
        "builtin.print",
        "builtin.println",
        "fmt.Printf",
        "fmt.Sprintf",
        "fmt.Println",
    ]
)


def settings_of(scope: FileScope, literal: ast.CompositeLit | ast.Call) -> frozenset[str] | None:
    """Names of the fields that are set on the value of `literal` (or `new(T)`), there or later.

    None where something out of sight could set more: the value is passed as itself to a function
    that cannot be seen.
    """
    found: set[str] = set()
    if isinstance(literal, ast.CompositeLit):
        for element in literal.elts:
            if not isinstance(element, ast.KeyValue):
                return None  # positional: every field is given
            if isinstance(element.key, ast.Ident):
                found.add(element.key.name)
    if _follow(scope, _value(literal), found, 0):
        return frozenset(found)
    return None


def _value(expr: ast.Expr) -> ast.Expr:
    """`&T{}` and `(T{})` for `T{}`."""
    up = expr
    while isinstance(up.parent, ast.Paren) or (
        isinstance(up.parent, ast.Unary) and up.parent.op == "&"
    ):
        up = up.parent
    return up


def _follow(scope: FileScope, value: ast.Expr, found: set[str], depth: int) -> bool:
    """Add fields set on `value` after its creation; False if that cannot be told."""
    parent = value.parent
    if isinstance(parent, ast.Assign) and len(parent.lhs) == len(parent.rhs):
        if value in parent.rhs:
            return _follow_target(scope, parent.lhs[parent.rhs.index(value)], found, depth)
    if isinstance(parent, ast.ValueSpec) and len(parent.names) == len(parent.values):
        name = parent.names[parent.values.index(value)]
        if isinstance(name.obj, Local):
            return _follow_local(scope, name.obj, found, depth)
        return _follow_package_variable(scope, name, found)
    if isinstance(parent, ast.Call) and value in parent.args:
        return _follow_argument(scope, parent, parent.args.index(value), found, depth)
    if isinstance(parent, ast.KeyValue):
        return _follow_field(scope, parent, found)
    return True


def _follow_target(scope: FileScope, target: ast.Expr, found: set[str], depth: int) -> bool:
    if isinstance(target, ast.Ident):
        obj = scope.resolve(target)
        if isinstance(obj, Local):
            return _follow_local(scope, obj, found, depth)
        return _follow_package_variable(scope, target, found)
    if isinstance(target, ast.Selector):
        _add_field_assignments(scope, target.sel.name, found)
    return True


def _follow_local(scope: FileScope, local: Local, found: set[str], depth: int) -> bool:
    for use in local.uses:
        parent = use.parent
        if isinstance(parent, ast.Selector) and parent.x is use:
            grand = parent.parent
            if isinstance(grand, ast.Assign) and parent in grand.lhs:
                found.add(parent.sel.name)
            elif isinstance(grand, ast.Call) and grand.fun is parent:
                # A method of the value: `transport.RegisterProtocol`, `Clone`, ...
                continue
        elif isinstance(parent, ast.Call) and use in parent.args:
            if not _follow_argument(scope, parent, parent.args.index(use), found, depth):
                return False
        elif isinstance(parent, ast.Unary) and parent.op == "&":
            grand = parent.parent
            if isinstance(grand, ast.Call) and parent in grand.args:
                if not _follow_argument(scope, grand, grand.args.index(parent), found, depth):
                    return False
        elif isinstance(parent, ast.Assign) and use in parent.rhs:
            if len(parent.lhs) == len(parent.rhs):
                target = parent.lhs[parent.rhs.index(use)]
                if depth < _MAX_DEPTH and not _follow_target(scope, target, found, depth + 1):
                    return False
        elif isinstance(parent, ast.KeyValue) and not _follow_field(scope, parent, found):
            return False
    return True


def _follow_argument(
    scope: FileScope, call: ast.Call, index: int, found: set[str], depth: int
) -> bool:
    """What the called function does to its parameter."""
    callee = callee_of(scope, call.fun)
    if callee is not None and callee.name in _HARMLESS:
        return True
    target = target_of(scope, callee)
    if target is not None and depth < _MAX_DEPTH:
        if index < len(target.params):
            param = target.params[index]
            if param is not None:
                there = target.scope if isinstance(target.scope, FileScope) else scope
                return _follow_local(there, param, found, depth + 1)
        return True
    signature = core(infer.type_of(scope, call.fun))
    if isinstance(signature, Signature) and index < len(signature.params):
        # As an interface (http.RoundTripper) its fields are out of reach; of a struct the
        # function gets a copy.
        taken = core(signature.params[index].type)
        return isinstance(taken, Struct) or isinstance(core(deref(taken)), Interface)
    return False


def _follow_field(scope: FileScope, pair: ast.KeyValue, found: set[str]) -> bool:
    if isinstance(pair.key, ast.Ident):
        _add_field_assignments(scope, pair.key.name, found)
    return True


def _follow_package_variable(scope: FileScope, name: ast.Ident, found: set[str]) -> bool:
    obj = scope.resolve(name)
    if isinstance(obj, Member):
        _add_field_assignments(scope, name.name, found)
    return True


def _add_field_assignments(scope: FileScope, holder: str, found: set[str]) -> None:
    """Fields assigned through `x.holder.Field = ...` anywhere in the package.

    Holders are told by name only: this can add a field too many, never one too few.
    """
    needle = f"{holder}.".encode()
    for other in scope.package.scopes.values():
        content = other.file.searched(needle)
        offset = content.find(needle)
        while offset >= 0:
            end = offset + len(needle)
            line_end = content.find(b"\n", end)
            rest = content[end : line_end if line_end >= 0 else len(content)]
            field, equals, _ = rest.partition(b"=")
            if equals and field.decode("utf-8", "replace").strip().isidentifier():
                found.add(field.strip().decode())
            offset = content.find(needle, end)


def given_fields(literal: ast.CompositeLit) -> dict[str, ast.Expr]:
    """The values that a literal of a struct names fields for."""
    return {
        element.key.name: element.value
        for element in literal.elts
        if isinstance(element, ast.KeyValue) and isinstance(element.key, ast.Ident)
    }
