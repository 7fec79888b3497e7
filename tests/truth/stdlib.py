"""The standard library from its source, as packages of the semantic layer."""

from __future__ import annotations

from golint_concurrency.semantics.package import Package
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
