"""Types of expressions: light, lazy, and silent when unsure.

Every answer is cached on the expression (`sem`). An identifier must have been bound before
(`binding.bind_function`); everything reachable from a bound function is.
"""

from __future__ import annotations

from golint_concurrency.semantics import types
from golint_concurrency.semantics.binding import bind_value
from golint_concurrency.semantics.denote import (
    constant,
    core,
    decl_signature,
    denote,
    imported_package,
    is_type,
    literal_type,
    member_of,
    member_type,
    signature,
    type_params,
    underlying,
)
from golint_concurrency.semantics.members import Selection, interface_method, select
from golint_concurrency.semantics.objects import (
    Local,
    Member,
    Object,
    PackageName,
    Predeclared,
)
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.types import (
    ANY,
    BASIC,
    UNKNOWN,
    UNSAFE_POINTER,
    UNTYPED,
    VOID,
    Array,
    Basic,
    Chan,
    Interface,
    Map,
    Named,
    Param,
    Pointer,
    Signature,
    Slice,
    Tuple,
    Type,
    TypeParam,
)
from golint_concurrency.syntax import ast

_LITERALS = {
    "int": UNTYPED["int"],
    "float": UNTYPED["float"],
    "imaginary": UNTYPED["complex"],
    "rune": UNTYPED["rune"],
    "string": UNTYPED["string"],
}
_asked: list[ast.Expr] = []  # what is being computed right now, outermost first
_MAX_ASKED = 300
"""Expressions whose types wait for one another. Deeper nesting than `lower.MAX_DEPTH` needs long
chains of declarations; past this the answer is unknown, and Python's stack is safe."""
_COMPLEX = {
    "complex": (BASIC["complex128"], BASIC["complex64"]),
    "real": (BASIC["float64"], BASIC["float32"]),
    "imag": (BASIC["float64"], BASIC["float32"]),
}
"""Results of the builtins on complex numbers, for operands of full and of half width."""
_COMPARISONS = frozenset(["==", "!=", "<", "<=", ">", ">="])
_RANK = {"untyped int": 0, "untyped rune": 1, "untyped float": 2, "untyped complex": 3}


def type_of(scope: FileScope, expr: ast.Expr) -> Type:
    """The type of `expr` as a value; for a call with several results a `Tuple`.

    For an expression that denotes a type, that type. `UNKNOWN` where it cannot be told.
    """
    cached = expr.sem
    if cached is not None:
        return cached  # type: ignore[no-any-return]
    if len(_asked) > _MAX_ASKED:
        return UNKNOWN
    expr.sem = UNKNOWN  # a declaration that depends on itself ends here
    _asked.append(expr)
    try:
        result = types.bounded(_compute(scope, expr))
    finally:
        _asked.pop()
    expr.sem = result
    return result


def _compute(scope: FileScope, expr: ast.Expr) -> Type:
    if isinstance(expr, ast.Ident):
        return object_type(scope, scope.resolve(expr))
    if isinstance(expr, ast.Selector):
        return _selector(scope, expr)
    if isinstance(expr, ast.Call):
        return _call(scope, expr)
    if isinstance(expr, ast.BasicLit):
        return _LITERALS[expr.kind]
    if isinstance(expr, ast.CompositeLit):
        expr.sem = None
        return literal_type(scope, expr)
    if isinstance(expr, ast.FuncLit):
        return signature(scope, expr.type)
    if isinstance(expr, ast.Paren):
        return type_of(scope, expr.x)
    if isinstance(expr, ast.Unary):
        return _unary(scope, expr)
    if isinstance(expr, ast.Star):
        inner = type_of(scope, expr.x)
        if is_type(scope, expr.x):
            return Pointer(inner)
        pointed = core(inner)
        return pointed.elem if isinstance(pointed, Pointer) else UNKNOWN
    if isinstance(expr, ast.Binary):
        return _binary(scope, expr)
    if isinstance(expr, ast.Index):
        return _index(scope, expr)
    if isinstance(expr, ast.SliceExpr):
        return _slice(scope, expr)
    if isinstance(expr, ast.TypeAssert):
        return denote(scope, expr.type)
    if isinstance(
        expr,
        ast.ArrayType
        | ast.MapType
        | ast.ChanType
        | ast.FuncType
        | ast.StructType
        | ast.InterfaceType,
    ):
        return denote(scope, expr)
    return UNKNOWN


# ------------------------------------------------------------------------------ names


def object_type(scope: FileScope, obj: Object | None) -> Type:
    """The type of what a name stands for."""
    if isinstance(obj, Local):
        return local_type(scope, obj)
    if isinstance(obj, Member):
        return declared_type(obj)
    if isinstance(obj, Predeclared):
        if obj.kind == "nil":
            return UNTYPED["nil"]
        if obj.kind == "const":
            return UNTYPED["int"] if obj.name == "iota" else UNTYPED["bool"]
        if obj.kind == "type":
            return (
                denote(scope, ast.Ident(0, 0, obj.name))
                if obj.name not in BASIC
                else BASIC[obj.name]
            )
    return UNKNOWN


def declared_type(member: Member) -> Type:
    """The type of something that a package declares at top level."""
    if member.type is not None:
        return member.type
    scope = member.package.scope_of(member.decl)
    kind = member.kind
    if kind == "type":
        return member_type(member)
    if kind in ("func", "method"):
        member.type = decl_signature(scope, member.decl)
        return member.type
    member.type = UNKNOWN
    spec = bind_value(scope, member.decl)
    for index, name in enumerate(spec.names):
        if name.name == member.name:
            member.type = _value_spec_type(scope, spec, index)
            break
    return member.type


def _value_spec_type(scope: FileScope, spec: ast.ValueSpec, index: int) -> Type:
    if spec.type is not None:
        return denote(scope, spec.type)
    result = _nth_value(scope, spec.values, len(spec.names), index)
    return result if spec.const else types.default(result)


def _nth_value(scope: FileScope, values: list[ast.Expr], wanted: int, index: int) -> Type:
    """The type of the value that goes to place `index` of `wanted` places."""
    if len(values) == wanted:
        return type_of(scope, values[index])
    if len(values) != 1:
        return UNKNOWN
    value = ast.unparen(values[0])
    result = type_of(scope, value)
    if isinstance(result, Tuple):
        return result.items[index] if index < len(result.items) else UNKNOWN
    if index == 0:
        return result
    if index == 1 and isinstance(value, ast.Index | ast.TypeAssert | ast.Unary):
        return BASIC["bool"]  # v, ok := m[k], x.(T), <-ch
    return UNKNOWN


def local_type(scope: FileScope, local: Local) -> Type:
    """The type of a variable or constant declared in a function of `scope`'s file."""
    if local.type is not None:
        return local.type
    if local.role in ("type", "typeparam"):
        return denote(scope, local.ident)
    local.type = UNKNOWN
    local.type = _local_type(scope, local)
    return local.type


def _local_type(scope: FileScope, local: Local) -> Type:
    node = local.node
    if isinstance(node, ast.Field):
        type_ = denote(scope, node.type)
        return Slice(type_) if node.variadic else type_
    if isinstance(node, ast.Assign):
        return types.default(_nth_value(scope, node.rhs, len(node.lhs), local.index))
    if isinstance(node, ast.ValueSpec):
        return _value_spec_type(scope, node, local.index)
    if isinstance(node, ast.Range):
        return range_types(scope, node)[local.index]
    if isinstance(node, ast.TypeSwitch):
        clause = local.clause
        if clause is not None and len(clause.exprs) == 1:
            only = clause.exprs[0]
            if not (isinstance(only, ast.Ident) and only.name == "nil"):
                return denote(scope, only)
        return type_of(scope, node.x)
    return UNKNOWN


def range_types(scope: FileScope, node: ast.Range) -> tuple[Type, Type]:
    """The types of key and value of a range clause (Go specification, "For range")."""
    over = type_of(scope, node.x)
    if isinstance(over, Basic) and over.name.startswith("untyped"):
        over = types.default(over)
    shape = core(over)
    if isinstance(shape, Pointer) and isinstance(core(shape.elem), Array):
        shape = core(shape.elem)
    if isinstance(shape, Slice | Array):
        return BASIC["int"], shape.elem
    if isinstance(shape, Map):
        return shape.key, shape.elem
    if isinstance(shape, Chan):
        return shape.elem, UNKNOWN
    if isinstance(shape, Basic):
        if shape.name == "string":
            return BASIC["int"], BASIC["rune"]
        return over, UNKNOWN
    if isinstance(shape, Signature) and shape.params:
        yield_ = core(shape.params[0].type)
        if isinstance(yield_, Signature):
            items = [param.type for param in yield_.params[:2]]
            items += [UNKNOWN] * (2 - len(items))
            return items[0], items[1]
    return UNKNOWN, UNKNOWN


# -------------------------------------------------------------------------- selectors


def selection_of(scope: FileScope, expr: ast.Selector) -> Selection | None:
    """The field or method that `expr` selects from a value or type; None for `pkg.Name`."""
    if isinstance(expr.x, ast.Ident) and isinstance(scope.resolve(expr.x), PackageName):
        return None
    cached = expr.selection
    if isinstance(cached, Selection):
        return cached
    selection = select(type_of(scope, expr.x), expr.sel.name)
    if selection is not None:
        expr.selection = selection
    return selection


def _selector(scope: FileScope, expr: ast.Selector) -> Type:
    if isinstance(expr.x, ast.Ident):
        obj = scope.resolve(expr.x)
        if isinstance(obj, PackageName):
            package = imported_package(scope, expr.x)
            member = package.member(expr.sel.name) if package is not None else None
            return declared_type(member) if member is not None else UNKNOWN
    selection = selection_of(scope, expr)
    if selection is None:
        return UNKNOWN
    if selection.kind == "method" and is_type(scope, expr.x):
        method = selection.type
        if isinstance(method, Signature):  # a method expression T.m
            receiver = Param("", type_of(scope, expr.x))
            return Signature((receiver, *method.params), method.results, method.variadic)
    return selection.type


# ------------------------------------------------------------------------------ calls


def _call(scope: FileScope, expr: ast.Call) -> Type:
    fun = ast.unparen(expr.fun)
    if isinstance(fun, ast.Ident):
        obj = scope.resolve(fun)
        if isinstance(obj, Predeclared) and obj.kind == "builtin":
            return _builtin(scope, obj.name, expr)
    if is_type(scope, fun):
        return denote(scope, fun)
    if isinstance(fun, ast.Selector) and isinstance(fun.x, ast.Ident):
        package = scope.resolve(fun.x)
        if isinstance(package, PackageName) and package.path == "unsafe":
            return _unsafe(scope, fun.sel.name, expr)
    callee = core(type_of(scope, fun))
    if not isinstance(callee, Signature):
        return UNKNOWN
    result = callee.result()
    if callee.type_params:
        return types.substitute(result, infer_arguments(scope, callee, expr))
    return result


def _builtin(scope: FileScope, name: str, call: ast.Call) -> Type:
    args = call.args
    if name == "new" and args:
        if is_type(scope, args[0]):
            return Pointer(denote(scope, args[0]))
        return Pointer(types.default(type_of(scope, args[0])))  # Go 1.26: new(expression)
    if name == "make" and args:
        return denote(scope, args[0])
    if name in ("len", "cap", "copy"):
        return BASIC["int"]
    if name == "append" and args:
        return type_of(scope, args[0])
    if name in ("min", "max") and args:
        for arg in args:
            found = type_of(scope, arg)
            if not (isinstance(found, Basic) and found.name.startswith("untyped")):
                return found
        return type_of(scope, args[0])
    if name == "recover":
        return ANY
    if name in _COMPLEX and args:
        parts = [core(types.default(type_of(scope, arg))) for arg in args]
        narrow = any(isinstance(p, Basic) and p.name in ("float32", "complex64") for p in parts)
        return _COMPLEX[name][narrow]
    return VOID


def _unsafe(scope: FileScope, name: str, call: ast.Call) -> Type:
    """The result of `unsafe.name(...)`, which no source declares."""
    if name in ("Sizeof", "Alignof", "Offsetof"):
        return BASIC["uintptr"]
    if name == "String":
        return BASIC["string"]
    if name == "StringData":
        return Pointer(BASIC["uint8"])
    if name == "Add":
        return UNSAFE_POINTER
    shape = core(type_of(scope, call.args[0])) if call.args else UNKNOWN
    if name == "Slice" and isinstance(shape, Pointer):
        return Slice(shape.elem)
    if name == "SliceData" and isinstance(shape, Slice):
        return Pointer(shape.elem)
    return UNKNOWN


def infer_arguments(scope: FileScope, callee: Signature, call: ast.Call) -> dict[TypeParam, Type]:
    """Type arguments of a generic call from its arguments; those not found become `UNKNOWN`."""
    mapping: dict[TypeParam, Type] = {}
    arguments = [type_of(scope, arg) for arg in call.args]
    if len(arguments) == 1 and isinstance(arguments[0], Tuple):
        arguments = list(arguments[0].items)
    untyped: list[tuple[Type, Type]] = []
    for index, argument in enumerate(arguments):
        parameter = _parameter(callee, index, call.spread)
        if parameter is None:
            continue
        if isinstance(argument, Basic) and argument.name.startswith("untyped"):
            untyped.append((parameter, argument))
        else:
            _unify(parameter, argument, mapping, set())
    for parameter, argument in untyped:
        if isinstance(parameter, TypeParam):
            mapping.setdefault(parameter, types.default(argument))
    for param in callee.type_params:
        if param not in mapping:
            constraint = core(param)
            if not isinstance(constraint, TypeParam) and constraint is not UNKNOWN:
                mapping[param] = types.substitute(constraint, mapping)
        else:
            # A constraint such as ~[]E settles E once S is known.
            shape = underlying(param.constraint)
            if isinstance(shape, Interface) and len(shape.embeds) == 1:
                shape = shape.embeds[0]
            if not isinstance(shape, Interface):
                _unify(shape, underlying(mapping[param]), mapping, set())
    for param in callee.type_params:
        mapping.setdefault(param, UNKNOWN)
    return mapping


def _parameter(callee: Signature, index: int, spread: bool) -> Type | None:
    last = len(callee.params) - 1
    if callee.variadic and index >= last and not spread:
        tail = callee.params[last].type
        return tail.elem if isinstance(tail, Slice) else UNKNOWN
    return callee.params[index].type if index <= last else None


def _unify(
    pattern: Type, actual: Type, mapping: dict[TypeParam, Type], seen: set[tuple[int, int]]
) -> None:
    """Bind type parameters in `pattern` so that it becomes `actual`."""
    if actual is UNKNOWN:
        return
    if isinstance(pattern, TypeParam):
        mapping.setdefault(pattern, actual)
        return
    pair = (id(pattern), id(actual))
    if pattern.depth == 0 or pair in seen:
        return
    seen.add(pair)
    if isinstance(pattern, Named):
        if isinstance(actual, Named) and len(actual.args) == len(pattern.args):
            for left, right in zip(pattern.args, actual.args, strict=True):
                _unify(left, right, mapping, seen)
        elif pattern.args:
            inner = underlying(pattern)
            if not isinstance(inner, Named | Interface):
                _unify(inner, underlying(actual), mapping, seen)
        return
    if isinstance(actual, Named):
        actual = underlying(actual)
    if isinstance(pattern, Pointer | Slice | Array | Chan) and isinstance(actual, type(pattern)):
        _unify(pattern.elem, actual.elem, mapping, seen)
    elif isinstance(pattern, Map) and isinstance(actual, Map):
        _unify(pattern.key, actual.key, mapping, seen)
        _unify(pattern.elem, actual.elem, mapping, seen)
    elif isinstance(pattern, Signature) and isinstance(actual, Signature):
        for one, other in zip(pattern.params, actual.params, strict=False):
            _unify(one.type, other.type, mapping, seen)
        for one, other in zip(pattern.results, actual.results, strict=False):
            _unify(one.type, other.type, mapping, seen)


# -------------------------------------------------------------------------- operators


def _unary(scope: FileScope, expr: ast.Unary) -> Type:
    inner = type_of(scope, expr.x)
    if expr.op == "&":
        return Pointer(inner) if inner is not UNKNOWN else UNKNOWN
    if expr.op == "<-":
        channel = core(inner)
        return channel.elem if isinstance(channel, Chan) else UNKNOWN
    return inner


def _binary(scope: FileScope, expr: ast.Binary) -> Type:
    # From the innermost left operand outward, so that a long chain is walked once.
    chain: list[ast.Binary] = []
    left: ast.Expr = expr
    while isinstance(left, ast.Binary) and (left is expr or left.sem is None):
        chain.append(left)
        left = ast.unparen(left.x)
    result = type_of(scope, left)
    for link in reversed(chain):
        result = _operation(scope, link, result)
        link.sem = result
    return result


def _operation(scope: FileScope, expr: ast.Binary, left: Type) -> Type:
    if expr.op in _COMPARISONS:
        return UNTYPED["bool"]
    if expr.op in ("<<", ">>") or (left is not UNKNOWN and not _is_untyped(left)):
        return left
    right = type_of(scope, expr.y)
    if right is UNKNOWN or not _is_untyped(right):
        return right
    if left is UNKNOWN:
        return UNKNOWN
    return right if _RANK.get(str(right), 0) > _RANK.get(str(left), 0) else left


def _is_untyped(type_: Type) -> bool:
    return isinstance(type_, Basic) and type_.name.startswith("untyped")


def _index(scope: FileScope, expr: ast.Index) -> Type:
    if is_type(scope, expr.x):
        return denote(scope, expr)
    base = type_of(scope, expr.x)
    shape = core(base)
    if isinstance(shape, Pointer):
        shape = core(shape.elem)
    if isinstance(shape, Slice | Array | Map):
        return shape.elem
    if isinstance(shape, Basic) and shape.name in ("string", "untyped string"):
        return BASIC["uint8"]
    if isinstance(shape, Signature) and shape.type_params:
        mapping: dict[TypeParam, Type] = {}
        for param, index in zip(shape.type_params, expr.indices, strict=False):
            mapping[param] = denote(scope, index)
        left = tuple(param for param in shape.type_params if param not in mapping)
        params = tuple(Param(p.name, types.substitute(p.type, mapping)) for p in shape.params)
        results = tuple(Param(p.name, types.substitute(p.type, mapping)) for p in shape.results)
        return Signature(params, results, shape.variadic, left)
    return UNKNOWN


def _slice(scope: FileScope, expr: ast.SliceExpr) -> Type:
    base = type_of(scope, expr.x)
    shape = core(base)
    if isinstance(shape, Pointer):
        shape = core(shape.elem)
    if isinstance(shape, Array):
        return Slice(shape.elem)
    if isinstance(shape, Basic) and shape.name == "untyped string":
        return BASIC["string"]
    return base


# ---------------------------------------------------------------------------- callees


class Callee:
    """What a call calls, as far as it can be told without running it.

    `name` is qualified as in `facts.txt` without receiver decoration: `time.After`,
    `net/http.Client.Do`; `builtin.panic` for a predeclared function; "" if it has no name.
    `member` is the declaration, `literal` a closure called in place, `local` the variable that
    holds the function. `interface` is true for a call through an interface.
    """

    __slots__ = ("interface", "literal", "local", "member", "name", "selection")

    def __init__(
        self,
        name: str,
        member: Member | None = None,
        literal: ast.FuncLit | None = None,
        local: Local | None = None,
        selection: Selection | None = None,
        interface: bool = False,
    ) -> None:
        self.name = name
        self.member = member
        self.literal = literal
        self.local = local
        self.selection = selection
        self.interface = interface


def callee_of(scope: FileScope, fun: ast.Expr) -> Callee | None:
    """What the expression in function position stands for; None if it cannot be told.

    Also for function values: `go s.run`, `http.HandleFunc("/", s.index)`.
    """
    fun = ast.unparen(fun)
    if isinstance(fun, ast.Index):
        fun = ast.unparen(fun.x)
    if isinstance(fun, ast.Selector):
        known: Callee | None = fun.callee
        if known is None:
            known = fun.callee = _selected_callee(scope, fun)
        return known
    if isinstance(fun, ast.Ident):
        return _named_callee(scope.resolve(fun))
    if isinstance(fun, ast.FuncLit):
        return Callee("", literal=fun)
    return None


def _named_callee(obj: Object | None) -> Callee | None:
    if isinstance(obj, Member):
        return Callee(obj.qualified, member=obj) if obj.kind == "func" else None
    if isinstance(obj, Predeclared):
        return Callee(f"builtin.{obj.name}")
    if isinstance(obj, Local) and obj.is_variable:
        return Callee("", local=obj)
    return None


def _selected_callee(scope: FileScope, fun: ast.Selector) -> Callee | None:
    member = member_of(scope, fun)
    if member is not None:
        return _named_callee(member)
    selection = selection_of(scope, fun)
    if selection is None or selection.kind != "method":
        return None
    owner = types.deref(selection.owner)
    if selection.method is not None:
        return Callee(selection.method.qualified, selection.method, selection=selection)
    name = f"{owner.qualified}.{fun.sel.name}" if isinstance(owner, Named) else ""
    return Callee(name, selection=selection, interface=True)


__all__ = [
    "Callee",
    "callee_of",
    "constant",
    "declared_type",
    "infer_arguments",
    "interface_method",
    "local_type",
    "object_type",
    "range_types",
    "selection_of",
    "type_of",
    "type_params",
]
