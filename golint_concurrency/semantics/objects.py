"""What names stand for (Go specification, "Declarations and scope")."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from golint_concurrency.syntax import ast

if TYPE_CHECKING:
    from golint_concurrency.semantics.constants import Value
    from golint_concurrency.semantics.package import Package
    from golint_concurrency.semantics.types import Type
    from golint_concurrency.syntax.file import Decl


class Object:
    """Something that a name can stand for."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name})"


class Local(Object):
    """A variable, constant, or type declared inside a function; also parameters.

    `role` is param, result, receiver, var, const, type, range, case or typeparam. `node` is what
    declares it (Field, Assign, ValueSpec, Range, TypeSpec, TypeSwitch) and `index` its place in
    that. `owner` is the function or closure that declares it. `uses` are all other mentions, in
    source order, closures included.
    """

    __slots__ = ("clause", "constant", "ident", "index", "node", "owner", "role", "type", "uses")

    def __init__(
        self,
        ident: ast.Ident,
        role: str,
        node: ast.Node,
        index: int,
        owner: ast.FuncDecl | ast.FuncLit | None,
    ) -> None:
        super().__init__(ident.name)
        self.ident = ident
        self.role = role
        self.node = node
        self.index = index
        self.owner = owner
        self.uses: list[ast.Ident] = []
        self.type: Type | None = None
        self.constant: Value | None = None
        """The value of a constant, once it was asked for (see `denote.constant`)."""
        self.clause: ast.Case | None = None
        """The clause of the type switch that this variable belongs to (role case)."""

    @property
    def is_variable(self) -> bool:
        """True for everything that holds a value at run time."""
        return self.role not in ("const", "type", "typeparam")


class Member(Object):
    """A name that a package declares at top level; `decl` leads to the source or stub."""

    __slots__ = ("constant", "decl", "package", "type")

    def __init__(self, package: Package, decl: Decl) -> None:
        super().__init__(decl.name)
        self.package = package
        self.decl = decl
        self.type: Type | None = None
        self.constant: Value | None = None
        """The value of a constant, once it was asked for (see `denote.constant`)."""

    @property
    def kind(self) -> str:
        """func, method, type, const or var."""
        return self.decl.kind

    @property
    def qualified(self) -> str:
        """`time.After`, `(*net/http.Client).Do` style name without the receiver's pointer."""
        if self.decl.receiver:
            return f"{self.package.path}.{self.decl.receiver}.{self.decl.name}"
        return f"{self.package.path}.{self.decl.name}"


class PackageName(Object):
    """The name by which a file knows an imported package."""

    __slots__ = ("path", "spec")

    def __init__(self, name: str, path: str, spec: ast.ImportSpec) -> None:
        super().__init__(name)
        self.path = path
        self.spec = spec


class Predeclared(Object):
    """A name of the universe scope; `kind` is type, const, nil or builtin."""

    __slots__ = ("kind",)

    def __init__(self, name: str, kind: str) -> None:
        super().__init__(name)
        self.kind = kind


class FieldName(Object):
    """The key of a field in a composite literal: names a field, not a variable."""

    __slots__ = ()


FIELD: Final = FieldName("field")

UNIVERSE: Final[dict[str, Predeclared]] = {}
for _kind, _names in {
    "type": (
        "any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 "
        "int64 rune string uint uint8 uint16 uint32 uint64 uintptr"
    ),
    "const": "true false iota",
    "nil": "nil",
    "builtin": (
        "append cap clear close complex copy delete imag len make max min new panic print println "
        "real recover"
    ),
}.items():
    for _name in _names.split():
        UNIVERSE[_name] = Predeclared(_name, _kind)
