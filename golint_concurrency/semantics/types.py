"""What types are: plain values, made by `infer`, compared by identity of their Go spelling.

`UNKNOWN` is an ordinary answer: it means that the tool cannot tell, and callers stay silent.
The structure follows the Go specification, section "Types".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from golint_concurrency.semantics.package import Package
    from golint_concurrency.syntax import ast
    from golint_concurrency.syntax.file import Decl


MAX_DEPTH = 100
"""Types nested deeper than this are left unknown: only hostile code has them."""

_MAX_SPELLING = 2000
"""Types share their parts, so a short program can have a type whose spelling is huge. What is
longer than this is cut, with a digest in its place: equal spellings still mean equal types."""


class Type:
    """A Go type. `str(t)` is its spelling with full import paths, as `go/types` prints it.

    `depth` is how deep it nests, declared types counting as one level.
    """

    __slots__ = ("_text", "depth")

    def __init__(self, *parts: Type) -> None:
        self._text: str | None = None
        self.depth: int = 1 + max([part.depth for part in parts]) if parts else 0

    def __str__(self) -> str:
        if self._text is None:
            text = self._spell()
            if len(text) > _MAX_SPELLING:
                import hashlib

                digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
                text = f"{text[:100]}...#{digest[:32]}"
            self._text = text
        return self._text

    def _spell(self) -> str:
        return "?"

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Type) and str(self) == str(other))

    def __hash__(self) -> int:
        return hash(str(self))

    def __repr__(self) -> str:
        return f"<{self}>"


class Unknown(Type):
    """A type that could not be determined."""

    __slots__ = ()


class Basic(Type):
    """A predeclared type; the untyped constants' types are "untyped int" and so on."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def _spell(self) -> str:
        return self.name


class Named(Type):
    """A declared type; `args` are the type arguments of an instantiated generic type.

    `local` is the specification of a type that is declared inside a function.
    """

    __slots__ = ("args", "decl", "local", "name", "package", "underlying_cache")

    def __init__(
        self,
        package: Package | None,
        name: str,
        decl: Decl | None,
        args: tuple[Type, ...] = (),
        local: ast.TypeSpec | None = None,
    ) -> None:
        super().__init__(*args)
        self.package = package
        self.name = name
        self.decl = decl
        self.args = args
        self.local = local
        self.underlying_cache: Type | None = None

    @property
    def qualified(self) -> str:
        """`import/path.Name`, without type arguments."""
        if self.package is None or self.package.path == "":
            return self.name
        return f"{self.package.path}.{self.name}"

    def _spell(self) -> str:
        if not self.args:
            return self.qualified
        return f"{self.qualified}[{','.join(map(str, self.args))}]"


class Pointer(Type):
    """`*elem`."""

    __slots__ = ("elem",)

    def __init__(self, elem: Type) -> None:
        super().__init__(elem)
        self.elem = elem

    def _spell(self) -> str:
        return f"*{self.elem}"


class Slice(Type):
    """`[]elem`."""

    __slots__ = ("elem",)

    def __init__(self, elem: Type) -> None:
        super().__init__(elem)
        self.elem = elem

    def _spell(self) -> str:
        return f"[]{self.elem}"


class Array(Type):
    """`[length]elem`; `length` is None where it is not a constant that we can evaluate."""

    __slots__ = ("elem", "length")

    def __init__(self, elem: Type, length: int | None) -> None:
        super().__init__(elem)
        self.elem = elem
        self.length = length

    def _spell(self) -> str:
        return f"[{'?' if self.length is None else self.length}]{self.elem}"


class Map(Type):
    """`map[key]elem`."""

    __slots__ = ("elem", "key")

    def __init__(self, key: Type, elem: Type) -> None:
        super().__init__(key, elem)
        self.key = key
        self.elem = elem

    def _spell(self) -> str:
        return f"map[{self.key}]{self.elem}"


class Chan(Type):
    """`chan elem`; `direction` is "both", "send" or "recv"."""

    __slots__ = ("direction", "elem")

    def __init__(self, elem: Type, direction: str = "both") -> None:
        super().__init__(elem)
        self.elem = elem
        self.direction = direction

    def _spell(self) -> str:
        inner = str(self.elem)
        if self.direction == "send":
            return f"chan<- {inner}"
        if self.direction == "recv":
            return f"<-chan {inner}"
        if isinstance(self.elem, Chan) and self.elem.direction == "recv":
            return f"chan ({inner})"
        return f"chan {inner}"


class Param:
    """A parameter or result: its name ("" if it has none) and type."""

    __slots__ = ("name", "type")

    def __init__(self, name: str, type_: Type) -> None:
        self.name = name
        self.type = type_


class Signature(Type):
    """A function's type. The last parameter of a variadic one has the slice type."""

    __slots__ = ("params", "results", "type_params", "variadic")

    def __init__(
        self,
        params: tuple[Param, ...],
        results: tuple[Param, ...],
        variadic: bool = False,
        type_params: tuple[TypeParam, ...] = (),
    ) -> None:
        super().__init__(*(param.type for param in (*params, *results)))
        self.params = params
        self.results = results
        self.variadic = variadic
        self.type_params = type_params

    def _spell(self) -> str:
        return "func" + self.spell_tail()

    def spell_tail(self) -> str:
        """`(a int) error`: the signature without the word func."""
        params = [_spell_param(param) for param in self.params]
        if self.variadic and params:
            last = self.params[-1]
            elem = last.type.elem if isinstance(last.type, Slice) else last.type
            params[-1] = f"{last.name} ...{elem}" if last.name else f"...{elem}"
        text = f"({', '.join(params)})"
        if len(self.results) == 1 and not self.results[0].name:
            text += f" {self.results[0].type}"
        elif self.results:
            text += f" ({', '.join(_spell_param(result) for result in self.results)})"
        return text

    def result(self) -> Type:
        """The type of a call: the one result, a `Tuple`, or `VOID`."""
        if len(self.results) == 1:
            return self.results[0].type
        if not self.results:
            return VOID
        return Tuple(tuple(result.type for result in self.results))


def _spell_param(param: Param) -> str:
    return f"{param.name} {param.type}" if param.name else str(param.type)


class Tuple(Type):
    """Several results of one call."""

    __slots__ = ("items",)

    def __init__(self, items: tuple[Type, ...]) -> None:
        super().__init__(*items)
        self.items = items

    def _spell(self) -> str:
        return f"({', '.join(map(str, self.items))})"


class StructField:
    """A field; `embedded` fields promote theirs."""

    __slots__ = ("embedded", "name", "node", "type")

    def __init__(
        self, name: str, type_: Type, embedded: bool, node: ast.Ident | None = None
    ) -> None:
        self.name = name
        self.type = type_
        self.embedded = embedded
        self.node = node


class Struct(Type):
    """`struct { members }`."""

    __slots__ = ("members",)

    def __init__(self, members: tuple[StructField, ...]) -> None:
        super().__init__(*(member.type for member in members))
        self.members = members

    def _spell(self) -> str:
        parts = [
            str(member.type) if member.embedded else f"{member.name} {member.type}"
            for member in self.members
        ]
        return "struct{" + "; ".join(parts) + "}"


class Interface(Type):
    """Methods by name, and embedded interfaces or type sets."""

    __slots__ = ("embeds", "methods")

    def __init__(self, methods: dict[str, Signature], embeds: tuple[Type, ...]) -> None:
        super().__init__(*methods.values(), *embeds)
        self.methods = methods
        self.embeds = embeds

    def _spell(self) -> str:
        parts = [f"{name}{self.methods[name].spell_tail()}" for name in sorted(self.methods)]
        parts += [str(embed) for embed in self.embeds]
        if not parts:
            return "interface{}"
        return "interface{" + "; ".join(parts) + "}"


class Union(Type):
    """`~int | string`, only as a constraint."""

    __slots__ = ("terms",)

    def __init__(self, terms: tuple[Type, ...]) -> None:
        super().__init__(*terms)
        self.terms = terms

    def _spell(self) -> str:
        return " | ".join(map(str, self.terms))


class TypeParam(Type):
    """A type parameter; `constraint` is filled in after creation (it may refer to itself)."""

    __slots__ = ("constraint", "name")

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.constraint: Type = UNKNOWN

    def _spell(self) -> str:
        return self.name

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


UNKNOWN: Final = Unknown()
VOID: Final = Tuple(())

BASIC: Final[dict[str, Basic]] = {
    name: Basic(name)
    for name in (
        "bool string int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 uintptr "
        "float32 float64 complex64 complex128"
    ).split()
}
BASIC["byte"] = BASIC["uint8"]
BASIC["rune"] = BASIC["int32"]
UNTYPED: Final[dict[str, Basic]] = {
    kind: Basic(f"untyped {kind}")
    for kind in ("int", "float", "rune", "string", "bool", "complex", "nil")
}
UNSAFE_POINTER: Final = Basic("unsafe.Pointer")

ERROR: Final = Named(None, "error", None)
ERROR.underlying_cache = Interface({"Error": Signature((), (Param("", BASIC["string"]),))}, ())
ANY: Final = Named(None, "any", None)
ANY.underlying_cache = Interface({}, ())
COMPARABLE: Final = Named(None, "comparable", None)
COMPARABLE.underlying_cache = Interface({}, ())

_DEFAULTS: Final = {
    "untyped int": BASIC["int"],
    "untyped float": BASIC["float64"],
    "untyped rune": BASIC["rune"],
    "untyped string": BASIC["string"],
    "untyped bool": BASIC["bool"],
    "untyped complex": BASIC["complex128"],
}


def default(type_: Type) -> Type:
    """The type that a variable gets from a constant of untyped `type_` (Go spec, "Constants")."""
    if isinstance(type_, Basic):
        return _DEFAULTS.get(type_.name, type_)
    return type_


def deref(type_: Type) -> Type:
    """`type_` without one pointer."""
    return type_.elem if isinstance(type_, Pointer) else type_


def is_named(type_: Type, *qualified: str) -> bool:
    """True if `type_` is one of the declared types, as "net/http.Client"."""
    return isinstance(type_, Named) and type_.qualified in qualified


def is_pointer_to(type_: Type, *qualified: str) -> bool:
    """True if `type_` is a pointer to one of the declared types."""
    return isinstance(type_, Pointer) and is_named(type_.elem, *qualified)


def bounded(type_: Type) -> Type:
    """`type_`, or `UNKNOWN` if it is nested too deep to go on with."""
    return type_ if type_.depth <= MAX_DEPTH else UNKNOWN


def substitute(type_: Type, mapping: dict[TypeParam, Type]) -> Type:
    """`type_` with type parameters replaced; shares what does not change."""
    return _substitute(type_, mapping, {}) if mapping else type_


def _substitute(type_: Type, mapping: dict[TypeParam, Type], done: dict[int, Type]) -> Type:
    """As `substitute`; `done` holds results by identity, since types share their parts."""
    if isinstance(type_, TypeParam):
        return mapping.get(type_, type_)
    if type_.depth == 0:
        return type_
    result = done.get(id(type_))
    if result is None:
        result = _rebuild(type_, mapping, done)
        done[id(type_)] = result
    return result


def _rebuild(type_: Type, mapping: dict[TypeParam, Type], done: dict[int, Type]) -> Type:
    if isinstance(type_, Named):
        if not type_.args:
            return type_
        args = tuple(_substitute(arg, mapping, done) for arg in type_.args)
        if all(new is old for new, old in zip(args, type_.args, strict=True)):
            return type_
        return Named(type_.package, type_.name, type_.decl, args, type_.local)
    if isinstance(type_, Pointer):
        elem = _substitute(type_.elem, mapping, done)
        return type_ if elem is type_.elem else Pointer(elem)
    if isinstance(type_, Slice):
        elem = _substitute(type_.elem, mapping, done)
        return type_ if elem is type_.elem else Slice(elem)
    if isinstance(type_, Array):
        elem = _substitute(type_.elem, mapping, done)
        return type_ if elem is type_.elem else Array(elem, type_.length)
    if isinstance(type_, Map):
        return Map(_substitute(type_.key, mapping, done), _substitute(type_.elem, mapping, done))
    if isinstance(type_, Chan):
        elem = _substitute(type_.elem, mapping, done)
        return type_ if elem is type_.elem else Chan(elem, type_.direction)
    if isinstance(type_, Signature):
        return Signature(
            tuple(Param(p.name, _substitute(p.type, mapping, done)) for p in type_.params),
            tuple(Param(p.name, _substitute(p.type, mapping, done)) for p in type_.results),
            type_.variadic,
            type_.type_params,
        )
    if isinstance(type_, Tuple):
        return Tuple(tuple(_substitute(item, mapping, done) for item in type_.items))
    if isinstance(type_, Struct):
        return Struct(
            tuple(
                StructField(m.name, _substitute(m.type, mapping, done), m.embedded, m.node)
                for m in type_.members
            )
        )
    if isinstance(type_, Union):
        return Union(tuple(_substitute(term, mapping, done) for term in type_.terms))
    if isinstance(type_, Interface):
        methods: dict[str, Signature] = {}
        for name, signature in type_.methods.items():
            changed = _substitute(signature, mapping, done)
            assert isinstance(changed, Signature)
            methods[name] = changed
        return Interface(
            methods, tuple(_substitute(embed, mapping, done) for embed in type_.embeds)
        )
    return type_
