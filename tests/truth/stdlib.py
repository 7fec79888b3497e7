"""The standard library from its source, as packages of the semantic layer."""

from __future__ import annotations

from golint_concurrency.semantics.package import Package
from golint_concurrency.semantics.stubs.store import StubStore
from golint_concurrency.syntax.file import File

from .oracle import PackageFiles


class StandardLibrary:
    """A `PackageSource` over exactly those files that the oracle's build sees."""

    def __init__(self, packages: list[PackageFiles]) -> None:
        self._known = {package.path: package for package in packages}
        self._loaded: dict[str, Package] = {}

    def package(self, path: str, importer: Package | None = None) -> Package | None:
        """The package that the standard library knows as `path`, vendored ones included."""
        known = self._known.get(path) or self._known.get(f"vendor/{path}")
        if known is None:
            return None
        loaded = self._loaded.get(known.path)
        if loaded is None:
            loaded = Package(known.path, known.name, self, go_version=(1, 27))
            self._loaded[known.path] = loaded
            for file in known.files:
                loaded.add_file(File(str(file), file.read_bytes()))
        return loaded


class StubbedLibrary(StandardLibrary):
    """As a service sees it: a package's own files by source, what it imports by our stubs.

    Internal packages have no stubs; they are read from source so that they do not count.
    """

    def __init__(self, packages: list[PackageFiles], stubs: StubStore) -> None:
        super().__init__(packages)
        self._stubs = stubs

    def package(self, path: str, importer: Package | None = None) -> Package | None:
        """The stub of an imported package; the source of one that is asked for by itself."""
        if importer is not None:
            stub = self._stubs.package(path, self, (1, 27))
            if stub is not None:
                return stub
        return super().package(path, importer)
