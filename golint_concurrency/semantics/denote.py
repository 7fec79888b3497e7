"""What type expressions denote, and what constant expressions are worth.

The two need each other (array lengths are constants, conversions in constants are types), and
both need only names, not the types of variables.
"""

from __future__ import annotations

from golint_concurrency.semantics import constants, types
from golint_concurrency.semantics.objects import (
    Local,
    Member,
    Object,
    PackageName,
    Predeclared,
)
from golint_concurrency.semantics.package import FileScope, Package
from golint_concurrency.semantics.scopes import Resolver
from golint_concurrency.semantics.types import (
    ANY,
    BASIC,
    COMPARABLE,
    ERROR,
    UNKNOWN,
    UNSAFE_POINTER,
    Array,
    Chan,
    Interface,
    Map,
    Named,
    Param,
    Pointer,
    Signature,
    Slice,
    Struct,
    StructField,
    Type,
    TypeParam,
    Union,
)
from golint_concurrency.syntax import ast
from golint_concurrency.syntax.file import Decl

_aliases: list[Member] = []  # those that are being followed right now
_PREDECLARED: dict[str, Type] = {**BASIC, "error": ERROR, "any": ANY, "comparable": COMPARABLE}
_MAX_CONSTANT_DEPTH = 64
_MAX_CONSTANT_TERMS = 200
_MAX_ALIASES = 100
"""Aliases of aliases of ... that are followed."""


def member_of(scope: FileScope, expr: ast.Expr) -> Object | None:
    """What a possibly qualified name stands for: `Client` or `http.Client`; None for others."""
    if isinstance(expr, ast.Ident):
        return scope.resolve(expr)
    if isinstance(expr, ast.Selector) and isinstance(expr.x, ast.Ident):
        package = imported_package(scope, expr.x)
        if package is not None:
            return package.member(expr.sel.name)
    return None


def imported_package(scope: FileScope, ident: ast.Ident) -> Package | None:
    """The package that `ident` names, if it names one that can be found."""
    obj = scope.resolve(ident)
    if isinstance(obj, PackageName):
        return scope.package.source.package(obj.path, scope.package)
    return None


def is_type(scope: FileScope, expr: ast.Expr) -> bool:
    """True if `expr` denotes a type (and `expr(x)` is a conversion)."""
    expr = ast.unparen(expr)
    if isinstance(expr, ast.Star):
        return is_type(scope, expr.x)
    if isinstance(expr, ast.Index):
        return is_type(scope, expr.x)
    if isinstance(expr, ast.Ident | ast.Selector):
        obj = member_of(scope, expr)
        if isinstance(obj, Local):
            return obj.role in ("type", "typeparam")
        if isinstance(obj, Member):
            return obj.kind == "type"
        if isinstance(obj, Predeclared):
            return obj.kind == "type"
        return (
            isinstance(expr, ast.Selector)
            and expr.sel.name == "Pointer"
            and isinstance(expr.x, ast.Ident)
            and isinstance(package := scope.resolve(expr.x), PackageName)
            and package.path == "unsafe"
        )
    return isinstance(
        expr,
        ast.ArrayType
        | ast.MapType
        | ast.ChanType
        | ast.FuncType
        | ast.StructType
        | ast.InterfaceType,
    )


def denote(scope: FileScope, expr: ast.Expr) -> Type:
    """The type that `expr` denotes; `UNKNOWN` if it is not one we can see."""
    expr = ast.unparen(expr)
    if isinstance(expr, ast.Ident | ast.Selector):
        return _named(scope, expr)
    if isinstance(expr, ast.Star):
        return Pointer(denote(scope, expr.x))
    if isinstance(expr, ast.ArrayType):
        elem = denote(scope, expr.elem)
        if expr.length is None and not expr.implicit:
            return Slice(elem)
        length = constant(scope, expr.length) if expr.length is not None else None
        return Array(elem, length if isinstance(length, int) else None)
    if isinstance(expr, ast.MapType):
        return Map(denote(scope, expr.key), denote(scope, expr.value))
    if isinstance(expr, ast.ChanType):
        return Chan(denote(scope, expr.elem), expr.direction)
    if isinstance(expr, ast.FuncType):
        return signature(scope, expr)
    if isinstance(expr, ast.StructType):
        return Struct(tuple(_struct_members(scope, expr)))
    if isinstance(expr, ast.InterfaceType):
        return _interface(scope, expr)
    if isinstance(expr, ast.Index):
        generic = denote(scope, expr.x)
        if isinstance(generic, Named):
            args = tuple(denote(scope, index) for index in expr.indices)
            return Named(generic.package, generic.name, generic.decl, args, generic.local)
        return UNKNOWN
    if isinstance(expr, ast.Unary) and expr.op == "~":
        return denote(scope, expr.x)
    if isinstance(expr, ast.Binary) and expr.op == "|":
        terms: list[Type] = []
        left: ast.Expr = expr
        while isinstance(left, ast.Binary) and left.op == "|":
            terms.append(denote(scope, left.y))
            left = left.x
        terms.append(denote(scope, left))
        return Union(tuple(reversed(terms)))
    return UNKNOWN


def _named(scope: FileScope, expr: ast.Ident | ast.Selector) -> Type:
    obj = member_of(scope, expr)
    if isinstance(obj, Member):
        if obj.kind != "type":
            return UNKNOWN
        return member_type(obj)
    if isinstance(obj, Local):
        return _local_type(scope, obj)
    if isinstance(obj, Predeclared):
        return _PREDECLARED.get(obj.name, UNKNOWN)
    if is_type(scope, expr):
        return UNSAFE_POINTER
    return UNKNOWN


def member_type(member: Member) -> Type:
    """The type that a package declares: named, or what an alias stands for."""
    if member.type is not None:
        return member.type
    if len(_aliases) > _MAX_ALIASES:
        return UNKNOWN
    member.type = UNKNOWN  # an alias that refers to itself ends here
    spec = bind_type(member)
    if spec.alias and not spec.type_params:
        _aliases.append(member)
        try:
            member.type = types.bounded(denote(member.package.scope_of(member.decl), spec.type))
        finally:
            _aliases.pop()
    else:
        member.type = Named(member.package, member.name, member.decl)
    return member.type


def _local_type(scope: FileScope, obj: Local) -> Type:
    if obj.type is not None:
        return obj.type
    if obj.role == "typeparam":
        param = TypeParam(obj.name)
        obj.type = param
        if isinstance(obj.node, ast.Field):
            param.constraint = denote(scope, obj.node.type)
        elif isinstance(obj.node, ast.Index):
            param.constraint = _receiver_constraint(scope, obj.node, obj.index)
        return param
    if obj.role == "type" and isinstance(obj.node, ast.TypeSpec):
        obj.type = UNKNOWN
        if obj.node.alias:
            obj.type = types.bounded(denote(scope, obj.node.type))
        else:
            obj.type = Named(scope.package, obj.name, None, (), obj.node)
        return obj.type
    return UNKNOWN


def _receiver_constraint(scope: FileScope, receiver: ast.Index, index: int) -> Type:
    base = denote(scope, receiver.x)
    if isinstance(base, Named):
        params = type_params(base)
        if index < len(params):
            return params[index].constraint
    return UNKNOWN


def bind_type(member: Member) -> ast.TypeSpec:
    """The declaration of a package-level type, its type parameters bound."""
    scope = member.package.scope_of(member.decl)
    spec = member.decl.type_spec()
    if id(spec) not in scope.bound:
        scope.bound.add(id(spec))
        Resolver().type_spec(spec)
    return spec


def type_params(named: Named) -> list[TypeParam]:
    """The type parameters of a generic type's declaration."""
    spec = _spec_of(named)
    if spec is None or not spec.type_params:
        return []
    scope = _scope_of(named)
    if scope is None:
        return []
    params: list[TypeParam] = []
    for field in spec.type_params:
        for name in field.names:
            denoted = denote(scope, name)
            if isinstance(denoted, TypeParam):
                params.append(denoted)
    return params


def _spec_of(named: Named) -> ast.TypeSpec | None:
    if named.local is not None:
        return named.local
    if named.package is None or named.decl is None:
        return None
    member = named.package.member(named.decl.name)
    if member is not None and member.decl is named.decl:
        return bind_type(member)
    return named.decl.type_spec()


def _scope_of(named: Named) -> FileScope | None:
    if named.package is None:
        return None
    if named.decl is not None:
        return named.package.scope_of(named.decl)
    for scope in named.package.scopes.values():
        # A local type: any file of the package that holds its very node.
        for decl in scope.file.decls:
            if decl._func is not None and named.local is not None:
                up: ast.Node | None = named.local
                while up is not None and up.parent is not None:
                    up = up.parent
                if up is decl._func:
                    return scope
    return None


def underlying(type_: Type) -> Type:
    """The underlying type (Go specification, "Underlying types"); `UNKNOWN` if out of sight."""
    for _ in range(32):
        if not isinstance(type_, Named):
            return type_
        if type_.underlying_cache is not None:
            type_ = type_.underlying_cache
            continue
        spec, scope = _spec_of(type_), _scope_of(type_)
        if spec is None or scope is None:
            return UNKNOWN
        type_.underlying_cache = UNKNOWN  # `type T T` ends here
        result = denote(scope, spec.type)
        params = type_params(type_)
        if params and type_.args:
            result = types.substitute(result, dict(zip(params, type_.args, strict=False)))
        type_.underlying_cache = result
        type_ = result
    return UNKNOWN


def core(type_: Type) -> Type:
    """As `underlying`, but for a type parameter the one type that its constraint allows."""
    type_ = underlying(type_)
    if isinstance(type_, TypeParam):
        constraint = underlying(type_.constraint)
        if isinstance(constraint, Interface) and len(constraint.embeds) == 1:
            constraint = underlying(constraint.embeds[0])
        if isinstance(constraint, Union):
            cores = {str(underlying(term)): underlying(term) for term in constraint.terms}
            return next(iter(cores.values())) if len(cores) == 1 else UNKNOWN
        if not isinstance(constraint, Interface | TypeParam):
            return constraint
    return type_


def signature(scope: FileScope, node: ast.FuncType) -> Signature:
    """The signature that `node` spells."""
    params: list[Param] = []
    variadic = False
    for field in node.params:
        type_ = denote(scope, field.type)
        if field.variadic:
            variadic = True
            type_ = Slice(type_)
        params.extend(Param(name.name, type_) for name in field.names)
        if not field.names:
            params.append(Param("", type_))
    results: list[Param] = []
    for field in node.results:
        type_ = denote(scope, field.type)
        results.extend(Param(name.name, type_) for name in field.names)
        if not field.names:
            results.append(Param("", type_))
    generics: list[TypeParam] = []
    for field in node.type_params:
        for name in field.names:
            denoted = denote(scope, name)
            if isinstance(denoted, TypeParam):
                generics.append(denoted)
    return Signature(tuple(params), tuple(results), variadic, tuple(generics))


def bind_signature(scope: FileScope, decl: Decl) -> ast.FuncDecl:
    """The signature of a function, the names in it bound (its body, if lowered, is bound too)."""
    node = decl.signature()
    if node.info is None:
        info = Resolver().function(node)
        info.scope = scope
    return node


def decl_signature(scope: FileScope, decl: Decl) -> Signature:
    """The signature of a function or method declaration, receiver left out."""
    return signature(scope, bind_signature(scope, decl).type)


def _struct_members(scope: FileScope, node: ast.StructType) -> list[StructField]:
    members: list[StructField] = []
    for field in node.members:
        type_ = denote(scope, field.type)
        if field.names:
            members.extend(StructField(name.name, type_, False, name) for name in field.names)
        else:
            ident = _embedded_name(field.type)
            if ident is not None:
                members.append(StructField(ident.name, type_, True, ident))
    return members


def _embedded_name(expr: ast.Expr) -> ast.Ident | None:
    for _ in range(8):
        if isinstance(expr, ast.Star | ast.Paren | ast.Index):
            expr = expr.x
        elif isinstance(expr, ast.Selector):
            return expr.sel
        else:
            break
    return expr if isinstance(expr, ast.Ident) else None


def _interface(scope: FileScope, node: ast.InterfaceType) -> Interface:
    methods: dict[str, Signature] = {}
    embeds: list[Type] = []
    for member in node.members:
        if member.names and isinstance(member.type, ast.FuncType):
            methods[member.names[0].name] = signature(scope, member.type)
        else:
            embeds.append(denote(scope, member.type))
    return Interface(methods, tuple(embeds))


def literal_type(scope: FileScope, literal: ast.CompositeLit) -> Type:
    """The type of a composite literal, also where an outer literal implies it."""
    if isinstance(literal.sem, Type):
        return literal.sem
    if literal.type is not None:
        result = denote(scope, literal.type)
        if isinstance(result, Array) and result.length is None:
            result = Array(result.elem, len(literal.elts))
    else:
        result = _elided_type(scope, literal)
    literal.sem = result
    return result


def _elided_type(scope: FileScope, literal: ast.CompositeLit) -> Type:
    outer = literal.parent
    key = False
    if isinstance(outer, ast.KeyValue):
        key = outer.key is literal
        outer = outer.parent
    if not isinstance(outer, ast.CompositeLit):
        return UNKNOWN
    container = core(types.deref(literal_type(scope, outer)))
    if isinstance(container, Map):
        return container.key if key else container.elem
    if isinstance(container, Slice | Array):
        return container.elem
    return UNKNOWN


# -------------------------------------------------------------------------- constants


def constant(scope: FileScope, expr: ast.Expr, depth: int = 0) -> constants.Value | None:
    """The value of a constant expression; None if it is not one, or not one we evaluate."""
    if depth > _MAX_CONSTANT_DEPTH:
        return None
    expr = ast.unparen(expr)
    if isinstance(expr, ast.BasicLit):
        return constants.literal(expr.kind, expr.value)
    if isinstance(expr, ast.Ident | ast.Selector):
        return _named_constant(scope, expr, depth)
    if isinstance(expr, ast.Unary):
        operand = constant(scope, expr.x, depth + 1)
        return _unary_constant(expr, operand)
    if isinstance(expr, ast.Binary):
        return _binary_constant(scope, expr, depth)
    if isinstance(expr, ast.Call) and len(expr.args) == 1:
        if is_type(scope, expr.fun):
            return _converted(scope, expr, depth)
        obj = member_of(scope, ast.unparen(expr.fun))
        if isinstance(obj, Predeclared) and obj.name == "len":
            text = constant(scope, expr.args[0], depth + 1)
            return len(text.encode()) if isinstance(text, str) else None
    return None


def _unary_constant(expr: ast.Unary, operand: constants.Value | None) -> constants.Value | None:
    if operand is None:
        return None
    if expr.op == "^" and not isinstance(ast.unparen(expr.x), ast.BasicLit):
        return None  # of an unsigned type it is another number, and the type is not kept here
    return constants.unary(expr.op, operand)


def _converted(scope: FileScope, call: ast.Call, depth: int) -> constants.Value | None:
    value = constant(scope, call.args[0], depth + 1)
    target = underlying(denote(scope, call.fun))
    if not isinstance(target, types.Basic) or isinstance(value, bool):
        return None
    if isinstance(value, str):
        return value if target.name == "string" else None
    if target.name.startswith(("int", "uint")):
        return int(value) if value is not None and int(value) == value else None
    return value if target.name.startswith("float") else None


def _binary_constant(scope: FileScope, expr: ast.Binary, depth: int) -> constants.Value | None:
    spine: list[ast.Binary] = []
    left: ast.Expr = expr
    while isinstance(left, ast.Binary):
        spine.append(left)
        if len(spine) > _MAX_CONSTANT_TERMS:
            return None
        left = ast.unparen(left.x)
    value = constant(scope, left, depth + 1)
    integers = _is_integer(scope, left, value)
    for link in reversed(spine):
        if value is None:
            return None
        right = constant(scope, link.y, depth + 1)
        if right is None:
            return None
        integers = integers and _is_integer(scope, link.y, right)
        value = constants.binary(link.op, value, right, integers=integers)
    return value


def _is_integer(scope: FileScope, expr: ast.Expr, value: constants.Value | None) -> bool:
    """Whether `expr` counts as an integer operand of a division."""
    expr = ast.unparen(expr)
    if isinstance(expr, ast.BasicLit):
        return expr.kind in ("int", "rune")
    return isinstance(value, int)


def _named_constant(
    scope: FileScope, expr: ast.Ident | ast.Selector, depth: int
) -> constants.Value | None:
    obj = member_of(scope, expr)
    if isinstance(obj, Predeclared):
        return {"true": True, "false": False}.get(obj.name)
    if isinstance(obj, Local) and obj.role == "const" and isinstance(obj.node, ast.ValueSpec):
        # Values are kept: with every constant twice the one before, each would cost double.
        if obj.constant is None:
            obj.constant = _spec_constant(scope, obj.node, obj.index, depth)
        return obj.constant
    if isinstance(obj, Member) and obj.kind == "const":
        if obj.constant is None:
            there = obj.package.scope_of(obj.decl)
            spec = obj.decl.value_spec()
            for index, name in enumerate(spec.names):
                if name.name == obj.name:
                    obj.constant = _spec_constant(there, spec, index, depth)
                    break
        return obj.constant
    return None


def _spec_constant(
    scope: FileScope, spec: ast.ValueSpec, index: int, depth: int
) -> constants.Value | None:
    if index >= len(spec.values):
        return None
    value = _with_iota(scope, spec.values[index], spec.iota, depth + 1)
    return value


def _with_iota(scope: FileScope, expr: ast.Expr, iota: int, depth: int) -> constants.Value | None:
    """Evaluate with `iota` standing for the line's number in its group."""
    if depth > _MAX_CONSTANT_DEPTH:
        return None
    expr = ast.unparen(expr)
    if isinstance(expr, ast.Ident) and expr.name == "iota":
        if isinstance(scope.resolve(expr), Predeclared):
            return iota
    if isinstance(expr, ast.Binary):
        x = _with_iota(scope, expr.x, iota, depth + 1)
        if x is None:
            return None  # at once: trying the other side too could take exponential time
        y = _with_iota(scope, expr.y, iota, depth + 1)
        if y is None:
            return None
        integers = _is_integer(scope, expr.x, x) and _is_integer(scope, expr.y, y)
        return constants.binary(expr.op, x, y, integers=integers)
    if isinstance(expr, ast.Unary):
        operand = _with_iota(scope, expr.x, iota, depth + 1)
        return _unary_constant(expr, operand)
    if isinstance(expr, ast.Call) and len(expr.args) == 1 and is_type(scope, expr.fun):
        return _with_iota(scope, expr.args[0], iota, depth + 1)
    return constant(scope, expr, depth + 1)
