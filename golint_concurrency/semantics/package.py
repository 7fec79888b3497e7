"""What a package declares, over all of its files, and what a file sees of it.

Go specification, "Packages" and "Declarations and scope": the universe holds the packages,
a package block holds what all of its files declare, a file block holds the imports.
"""

from __future__ import annotations

import re
from typing import Protocol

from golint_concurrency.semantics import constraints
from golint_concurrency.semantics.objects import UNIVERSE, Member, Object, PackageName
from golint_concurrency.syntax import ast
from golint_concurrency.syntax.file import Decl, File


class PackageSource(Protocol):
    """Where packages come from: the module, vendor, the module cache, stubs."""

    def package(self, path: str, importer: Package) -> Package | None:
        """The package that `importer` gets for the import path, None if it cannot be had."""


class Package:
    """A package: its import path (the directory for one outside any module), name and members.

    `go_version` is the `go` directive that rules its files, `stub` is true where only
    declarations are known.
    """

    __slots__ = (
        "_members",
        "_methods",
        "directory",
        "files",
        "go_version",
        "kind",
        "memo",
        "name",
        "path",
        "scopes",
        "source",
        "stub",
    )

    def __init__(
        self,
        path: str,
        name: str,
        source: PackageSource,
        *,
        go_version: tuple[int, int],
        directory: str = "",
        stub: bool = False,
        kind: str = "normal",
    ) -> None:
        self.path = path
        self.name = name
        self.source = source
        self.go_version = go_version
        self.directory = directory
        self.stub = stub
        self.kind = kind
        self.files: list[File] = []
        self.scopes: dict[int, FileScope] = {}
        self.memo: dict[object, object] = {}
        """Answers about the package that other modules compute once."""
        self._members: dict[str, Member] = {}
        self._methods: dict[str, dict[str, Member]] = {}

    def add_file(self, file: File) -> FileScope:
        """Index what `file` declares; the first declaration of a name wins."""
        self.files.append(file)
        scope = FileScope(file, self)
        self.scopes[id(file)] = scope
        for decl in file.decls:
            if decl.kind == "method":
                methods = self._methods.setdefault(decl.receiver, {})
                methods.setdefault(decl.name, Member(self, decl))
            elif decl.name not in ("_", "init"):
                self._members.setdefault(decl.name, Member(self, decl))
        return scope

    def member(self, name: str) -> Member | None:
        """What the package declares as `name` at top level."""
        return self._members.get(name)

    def method(self, base: str, name: str) -> Member | None:
        """The method `name` declared on type `base` or its pointer."""
        return self.methods(base).get(name)

    def methods(self, base: str) -> dict[str, Member]:
        """Methods declared on `base`, by name; promoted ones are not among them."""
        return self._methods.get(base, {})

    def bases(self) -> list[str]:
        """Names of the types that have methods."""
        return list(self._methods)

    def members(self) -> dict[str, Member]:
        """Everything declared at top level, by name."""
        return self._members

    def scope_of(self, decl: Decl) -> FileScope:
        """The file scope in which `decl` is written."""
        return self.scopes[id(decl.file)]

    def __repr__(self) -> str:
        return f"Package({self.path})"


class FileScope:
    """What names mean in one file outside its functions."""

    __slots__ = (
        "_go_version",
        "_guessed",
        "_imports",
        "bound",
        "dot_imports",
        "file",
        "package",
        "types",
    )

    def __init__(self, file: File, package: Package) -> None:
        self.file = file
        self.package = package
        self._imports: dict[str, PackageName] = {}
        self._guessed: list[ast.ImportSpec] = []
        self.bound: set[int] = set()
        self.dot_imports: list[str] = []
        self.types: object = None
        self._go_version: tuple[int, int] | None = None
        for spec in file.imports:
            if spec.name == ".":
                self.dot_imports.append(spec.path)
            elif spec.name is None:
                self._guessed.append(spec)
                self._bind(guess_name(spec.path), spec)
            elif spec.name != "_":
                self._bind(spec.name, spec)

    def _bind(self, name: str, spec: ast.ImportSpec) -> None:
        self._imports.setdefault(name, PackageName(name, spec.path, spec))

    @property
    def is_test(self) -> bool:
        """True for a `_test.go` file, and for one that supports tests: it imports `testing`."""
        return self.file.path.endswith("_test.go") or any(
            spec.path == "testing" for spec in self.file.imports
        )

    @property
    def go_version(self) -> tuple[int, int]:
        """The version of Go in which the file is read: its package's, or that of `//go:build`.

        A constraint such as `go1.21` lowers it too, but never below 1.21, which began that.
        """
        if self._go_version is None:
            version = self.package.go_version
            minor = constraints.of_file(self.file.content).go_minor()
            if minor > 0:
                lowest = min(version, (1, 21))
                version = max((1, minor), lowest)
            self._go_version = version
        return self._go_version

    def imported(self, path: str) -> str | None:
        """The name by which this file can use package `path`; None if it does not import it."""
        for name, package in self._imports.items():
            if package.path == path:
                return name
        return None

    def lookup(self, name: str) -> Object | None:
        """What `name` stands for at file level: import, package member, dot import, universe."""
        found = self._imports.get(name)
        if found is not None:
            return found
        member = self.package.member(name)
        if member is not None:
            return member
        if name[:1].isupper():
            for path in self.dot_imports:
                package = self.package.source.package(path, self.package)
                member = package.member(name) if package is not None else None
                if member is not None:
                    return member
        universe = UNIVERSE.get(name)
        if universe is not None:
            return universe
        return self._lookup_by_clause(name)

    def _lookup_by_clause(self, name: str) -> PackageName | None:
        """An import whose package clause differs from what its path suggests."""
        while self._guessed:
            spec = self._guessed.pop()
            package = self.package.source.package(spec.path, self.package)
            if package is not None and package.name:
                self._bind(package.name, spec)
        return self._imports.get(name)

    def resolve(self, ident: ast.Ident) -> Object | None:
        """What `ident` stands for; its function must have been bound (see `binding`)."""
        if ident.obj is None:
            ident.obj = self.lookup(ident.name)
        obj: Object | None = ident.obj
        return obj


_VERSION = re.compile(r"v[0-9]+\Z")


def guess_name(path: str) -> str:
    """The package name that an import path suggests, as editors and goimports guess it."""
    parts = path.split("/")
    last = parts[-1]
    if _VERSION.match(last) and len(parts) > 1:
        last = parts[-2]
    if ".v" in last:  # gopkg.in/yaml.v3
        last = last.split(".v")[0]
    last = last.removeprefix("go-").removesuffix("-go").removesuffix(".go")
    return re.sub(r"[^A-Za-z0-9_]", "", last.rsplit("-", 1)[-1] if "-" in last else last)
