"""The compact stub file: exported API as Go declarations, a package at a time.

Format: a line of magic, an index line per package (`path name offset length`, fields separated
by tabs), an empty line, then the packages' zlib-compressed texts at those offsets. A package's
text holds its imports (`=name<TAB>path`) and one declaration a line (`symbol<TAB>Go source`), so
that a single declaration can be found with a dictionary and parsed alone. Symbols are `Name` or
`Type.Method`.
"""

from __future__ import annotations

import zlib
from pathlib import Path

from golint_concurrency.semantics.objects import Member
from golint_concurrency.semantics.package import FileScope, Package, PackageSource
from golint_concurrency.syntax import ast
from golint_concurrency.syntax.file import File

MAGIC = b"glc-stubs 1"
DEFAULT = Path(__file__).with_name("stubs.gostub")


class StubError(Exception):
    """The stub file is missing or not one that this version reads."""


class StubPackage(Package):
    """A package of which only declarations are known, each parsed when somebody asks for it."""

    __slots__ = ("_imports", "_lines", "_methods_known")

    def __init__(
        self, path: str, name: str, source: PackageSource, text: str, go_version: tuple[int, int]
    ) -> None:
        super().__init__(path, name, source, go_version=go_version, stub=True)
        self._lines: dict[str, str] = {}
        self._imports: list[tuple[str, str]] = []
        self._methods_known: dict[str, list[str]] = {}
        for line in text.splitlines():
            symbol, _, rest = line.partition("\t")
            if symbol.startswith("="):
                self._imports.append((symbol[1:], rest))
                continue
            self._lines[symbol] = rest
            base, dot, method = symbol.partition(".")
            if dot:
                self._methods_known.setdefault(base, []).append(method)

    def member(self, name: str) -> Member | None:
        """See `Package.member`."""
        known = self._members.get(name)
        if known is None and name in self._lines:
            self._load(name)
            known = self._members.get(name)
        return known

    def methods(self, base: str) -> dict[str, Member]:
        """See `Package.methods`."""
        for name in self._methods_known.pop(base, ()):
            self._load(f"{base}.{name}")
        return self._methods.get(base, {})

    def method(self, base: str, name: str) -> Member | None:
        """See `Package.method`; parses only the one asked for."""
        known = self._methods.get(base, {}).get(name)
        if known is None and f"{base}.{name}" in self._lines:
            self._load(f"{base}.{name}")
            known = self._methods.get(base, {}).get(name)
        return known

    def members(self) -> dict[str, Member]:
        """See `Package.members`; parses everything."""
        for symbol in self._lines:
            if "." not in symbol:
                self.member(symbol)
        return self._members

    def symbols(self) -> list[str]:
        """All declared names, methods as `Type.Method`, without parsing any."""
        return list(self._lines)

    def _load(self, symbol: str) -> None:
        if symbol in self._lines:
            content = f"package {self.name}\n{self._lines[symbol]}\n".encode()
            file = File(f"<{self.path}>", content)
            file.imports = [ast.ImportSpec(0, 0, name, path) for name, path in self._imports]
            self._index(file)

    def _index(self, file: File) -> None:
        self.files.append(file)
        self.scopes[id(file)] = FileScope(file, self)
        for decl in file.decls:
            if decl.kind == "method":
                self._methods.setdefault(decl.receiver, {}).setdefault(
                    decl.name, Member(self, decl)
                )
            else:
                self._members.setdefault(decl.name, Member(self, decl))


class StubStore:
    """Packages from a stub file. Raises `StubError` if the file cannot be used."""

    @classmethod
    def open(cls, path: Path = DEFAULT) -> StubStore:
        """The stubs in the file at `path`."""
        try:
            return cls(path.read_bytes())
        except OSError as error:
            raise StubError(f"cannot read the stubs {path.name}: {error.strerror}") from error

    @classmethod
    def empty(cls) -> StubStore:
        """A store that knows nothing."""
        return cls(MAGIC + b"\n\n")

    def __init__(self, data: bytes) -> None:
        self._data = data
        head, _, _ = self._data.partition(b"\n\n")
        lines = head.split(b"\n")
        if lines[0] != MAGIC:
            raise StubError("not a stub file of this version; reinstall the package")
        self._base = len(head) + 2
        self._index: dict[str, tuple[str, int, int]] = {}
        for line in lines[1:]:
            import_path, name, offset, length = line.decode().split("\t")
            self._index[import_path] = (name, int(offset), int(length))
        self._packages: dict[str, StubPackage] = {}

    def __contains__(self, path: str) -> bool:
        return path in self._index

    def paths(self) -> list[str]:
        """Import paths of all packages in the store."""
        return list(self._index)

    def name(self, path: str) -> str | None:
        """The package clause's name for an import path, without loading it."""
        entry = self._index.get(path)
        return entry[0] if entry is not None else None

    def package(
        self, path: str, source: PackageSource, go_version: tuple[int, int]
    ) -> StubPackage | None:
        """The package for an import path, None if there is no stub for it."""
        entry = self._index.get(path)
        if entry is None:
            return None
        package = self._packages.get(path)
        if package is None:
            name, offset, length = entry
            start = self._base + offset
            text = zlib.decompress(self._data[start : start + length]).decode()
            package = StubPackage(path, name, source, text, go_version)
            self._packages[path] = package
        return package
