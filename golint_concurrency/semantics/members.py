"""Fields and methods of a type, embedded ones included (Go specification, "Selectors")."""

from __future__ import annotations

from golint_concurrency.semantics import types
from golint_concurrency.semantics.denote import (
    bind_signature,
    core,
    decl_signature,
    denote,
    type_params,
    underlying,
)
from golint_concurrency.semantics.objects import Member
from golint_concurrency.semantics.types import (
    UNKNOWN,
    Interface,
    Named,
    Pointer,
    Signature,
    Struct,
    StructField,
    Type,
    TypeParam,
)
from golint_concurrency.syntax import ast

_MAX_EMBEDDING = 8
_MAX_BREADTH = 1000
"""Embedded types at one depth; generic types can make more of them than there is source."""


class Selection:
    """What `x.name` selects.

    `kind` is field or method; `type` the field's type or the method's signature; `owner` the type
    that declares it (after walking through `path`, the embedded fields on the way). `method` is
    the declaration of a concrete method, None for one of an interface.
    """

    __slots__ = ("field", "kind", "method", "owner", "path", "type")

    def __init__(
        self,
        kind: str,
        type_: Type,
        owner: Type,
        path: tuple[StructField, ...],
        field: StructField | None = None,
        method: Member | None = None,
    ) -> None:
        self.kind = kind
        self.type = type_
        self.owner = owner
        self.path = path
        self.field = field
        self.method = method


def select(type_: Type, name: str) -> Selection | None:
    """The field or method `name` of a value of `type_` at the shallowest depth.

    None if there is none, or if it cannot be told (a type out of sight is embedded at a
    shallower or equal depth).
    """
    level: list[tuple[Type, tuple[StructField, ...]]] = [(types.deref(type_), ())]
    seen: set[str] = set()
    for _ in range(_MAX_EMBEDDING):
        found: list[Selection] = []
        following: list[tuple[Type, tuple[StructField, ...]]] = []
        for candidate, path in level:
            key = str(candidate)
            if key in seen:
                continue
            seen.add(key)
            selection = _here(candidate, name, path)
            if selection is not None:
                found.append(selection)
                continue
            structure = core(candidate)
            if isinstance(structure, Struct):
                for member in structure.members:
                    if member.embedded:
                        following.append((types.deref(member.type), (*path, member)))
        if found:
            return found[0] if len(found) == 1 else None
        if not following or len(following) > _MAX_BREADTH:
            return None
        level = following
    return None


def _here(type_: Type, name: str, path: tuple[StructField, ...]) -> Selection | None:
    if isinstance(type_, Named) and type_.package is not None and type_.decl is not None:
        method = type_.package.method(type_.decl.name, name)
        if method is not None:
            return Selection("method", method_signature(type_, method), type_, path, None, method)
    structure = underlying(type_)
    if isinstance(structure, TypeParam):
        structure = underlying(structure.constraint)
    if isinstance(structure, Pointer) and isinstance(type_, TypeParam):
        structure = underlying(structure.elem)
    if isinstance(structure, Struct):
        for member in structure.members:
            if member.name == name:
                return Selection("field", member.type, type_, path, member)
    elif isinstance(structure, Interface):
        signature = interface_method(structure, name)
        if signature is not None:
            return Selection("method", signature[0], signature[1] or type_, path)
    return None


def interface_method(interface: Interface, name: str) -> tuple[Signature, Type | None] | None:
    """The signature of an interface's method and the embedded interface that declares it."""
    own = interface.methods.get(name)
    if own is not None:
        return own, None
    pending = list(reversed(interface.embeds))
    seen: set[str] = set()
    while pending and len(seen) < _MAX_BREADTH:
        embed = pending.pop()
        if str(embed) in seen:
            continue
        seen.add(str(embed))
        inner = underlying(embed)
        if isinstance(inner, Interface):
            found = inner.methods.get(name)
            if found is not None:
                return found, embed
            pending.extend(reversed(inner.embeds))
    return None


def method_signature(receiver: Named, method: Member) -> Type:
    """The signature of `method` for a value of type `receiver`, type arguments put in."""
    scope = method.package.scope_of(method.decl)
    if method.type is None:
        method.type = decl_signature(scope, method.decl)
    if not receiver.args:
        return method.type
    # The method names its receiver's type parameters in its own way: (l *List[E]).
    node = bind_signature(scope, method.decl)
    base: ast.Expr | None = node.recv.type if node.recv is not None else None
    while isinstance(base, ast.Star | ast.Paren):
        base = base.x
    mapping: dict[TypeParam, Type] = {}
    if isinstance(base, ast.Index):
        for expr, argument in zip(base.indices, receiver.args, strict=False):
            param = denote(scope, expr)
            if isinstance(param, TypeParam):
                mapping[param] = argument
    return types.substitute(method.type, mapping)


def has_method(type_: Type, name: str) -> bool:
    """True if a value of `type_` (or of the pointer to it) is known to have method `name`."""
    selection = select(type_, name)
    return selection is not None and selection.kind == "method"


def field_type(type_: Type, name: str) -> Type:
    """The type of field `name`, `UNKNOWN` if there is none in sight."""
    selection = select(type_, name)
    return selection.type if selection is not None and selection.kind == "field" else UNKNOWN


__all__ = [
    "Selection",
    "field_type",
    "has_method",
    "interface_method",
    "method_signature",
    "select",
    "type_params",
]
