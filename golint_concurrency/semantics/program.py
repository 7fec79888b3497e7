"""The program around a file: its package, and every package that it can reach.

Everything is built on demand: a package is read when somebody asks for a name in it.
Import paths resolve in the order module, workspace, replace, vendor, module cache (all by
`module.ModuleIndex`), then stubs, then not at all.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from pathlib import Path

from golint_concurrency.semantics.module import Module, ModuleIndex
from golint_concurrency.semantics.package import FileScope, Package
from golint_concurrency.semantics.stubs.store import StubStore
from golint_concurrency.syntax.file import File

NEWEST_GO = (1, 27)
"""The newest release whose rules of the language we know; assumed where no go.mod says less."""

Reader = Callable[[str], bytes | None]


class Program:
    """Packages by directory and by import path.

    `read` gives a file's bytes by absolute path, or None if it cannot be had; an editor puts
    unsaved buffers there. `go` overrides the `go` directive of every module.
    """

    def __init__(
        self,
        modules: ModuleIndex,
        stubs: StubStore,
        read: Reader,
        go: tuple[int, int] | None = None,
    ) -> None:
        self.modules = modules
        self.stubs = stubs
        self.memo: dict[object, object] = {}
        """Answers about the whole program that rules and summaries compute once."""
        self.noted: dict[str, object] = {}
        """What `programs` reads off the bytes of a file, by its path, until the file changes."""
        self.mentions: dict[tuple[str, tuple[bytes, ...], bool], dict[bytes, str]] = {}
        """Answers of searches over modules (see `mentions`), also such as another run has left."""
        self._read = read
        self._go = go
        self._contents: dict[str, bytes | None] = {}
        self._files: dict[str, File | None] = {}
        self._imported: dict[str, File | None] = {}
        self._beside_tests: dict[str, File | None] = {}
        self._packages: dict[tuple[str, str, frozenset[str], bool], Package] = {}
        self._by_path: dict[tuple[str, str], Package | None] = {}
        self.asked: dict[str, dict[str, str]] = {}
        """By the directory of an importer: the import paths that were asked for so far, and the
        directory of each, empty for what is not in sight."""

    # ------------------------------------------------------------------------- files

    def content(self, path: str) -> bytes | None:
        """The bytes of the file at absolute `path`, unparsed; None if they cannot be had."""
        if path not in self._contents:
            self._contents[path] = self._read(path)
        return self._contents[path]

    def peek(self, path: str) -> bytes | None:
        """As `content`, but without keeping what is read: for searches over many files."""
        if path in self._contents:
            return self._contents[path]
        return self._read(path)

    def file(self, path: str, *, imported: bool = False) -> File | None:
        """The parsed file at absolute `path`, None if it cannot be read.

        What others import from a package is kept apart from what is found out about its own files,
        so that it can be told of what the others depend on.
        """
        here, there = self._files, self._imported
        if imported:
            here, there = there, here
        if path not in here:
            twin = there.get(path)
            content = self.content(path) if twin is None else None
            if twin is not None:
                here[path] = twin.anew()
            else:
                here[path] = File(path, content) if content is not None else None
        return here[path]

    def _beside_test(self, path: str) -> File | None:
        """The file at absolute `path` as a part of the package that its tests make of it: another
        than without them, so that nothing found out in one may stand for the other."""
        if path not in self._beside_tests:
            file = self.file(path)
            self._beside_tests[path] = file.anew() if file is not None else None
        return self._beside_tests[path]

    def parsed(self) -> list[File]:
        """All files that were parsed so far."""
        own = (*self._files.values(), *self._beside_tests.values())
        return [file for file in (*own, *self.imported()) if file is not None]

    def imported(self) -> list[File]:
        """The files of imported packages that were parsed so far."""
        return [file for file in self._imported.values() if file is not None]

    def scope_of(self, path: str) -> FileScope | None:
        """The scope of the file at absolute `path`, in the package that it belongs to."""
        file = self.file(path)
        if file is None:
            return None
        package = self.package_of(path)
        scope = package.scopes.get(id(file))
        return scope if scope is not None else package.add_file(file)

    def refresh(self, changed: Collection[str]) -> frozenset[str]:
        """Forget the files at the absolute paths `changed`, whose contents are others now, and
        all that was concluded from them.

        That are their packages and those that import them, over any number of packages between.
        Returns the directories of all these. Files must not have come or gone: that can change
        what any import means, and takes a new program.
        """
        for path in changed:
            self._contents.pop(path, None)
            self._files.pop(path, None)
            self._imported.pop(path, None)
            self._beside_tests.pop(path, None)
            self.noted.pop(path, None)
            self.modules.refresh(path)
        stale = {os.path.dirname(path) for path in changed}
        importers: dict[str, set[str]] = {}
        for (_, importer), package in self._by_path.items():
            if package is not None and not package.stub:
                importers.setdefault(package.directory, set()).add(importer)
        waiting = list(stale)
        while waiting:
            for importer in importers.get(waiting.pop(), ()):
                if importer not in stale:
                    stale.add(importer)
                    waiting.append(importer)
        self.memo.clear()
        self.mentions.clear()
        for key in [key for key in self._packages if key[0] in stale]:
            del self._packages[key]
        self._by_path = {
            key: package
            for key, package in self._by_path.items()
            if key[1] not in stale and (package is None or package.directory not in stale)
        }
        # What is known of a function is noted on its tree, so that its file starts anew as well.
        for files in (self._files, self._imported, self._beside_tests):
            for path, file in files.items():
                if file is not None and os.path.dirname(path) in stale:
                    files[path] = file.anew()
        return frozenset(stale)

    # ---------------------------------------------------------------------- packages

    def package_of(self, path: str) -> Package:
        """The package of the file at absolute `path`: all files that are built with it."""
        directory = Path(os.path.dirname(path))
        names, kind, name = self._siblings(directory, path)
        return self._package(directory, names, kind, name, imported=False)

    def _siblings(self, directory: Path, path: str) -> tuple[frozenset[str], str, str]:
        group = self.modules.matching(directory, path)
        if group is None:
            file = self.file(path)
            return frozenset([path]), "normal", file.package if file is not None else ""
        return frozenset(str(member) for member in group.files), group.kind, group.name

    def _package(
        self, directory: Path, names: frozenset[str], kind: str, name: str, *, imported: bool
    ) -> Package:
        key = (str(directory), kind, names, imported)
        package = self._packages.get(key)
        if package is None:
            module = self.modules.for_path(directory)
            import_path = self.modules.import_path_of(directory) or str(directory)
            if kind == "xtest":
                import_path += "_test"
            package = Package(
                import_path,
                name,
                self,
                go_version=self._go_version(module),
                directory=str(directory),
                kind=kind,
            )
            self._packages[key] = package
            for member in sorted(names):
                if kind == "test" and not member.endswith("_test.go"):
                    file = self._beside_test(member)
                else:
                    file = self.file(member, imported=imported)
                if file is not None:
                    package.add_file(file)
        return package

    def _go_version(self, module: Module | None) -> tuple[int, int]:
        if self._go is not None:
            return self._go
        if module is not None and module.go_version is not None:
            return module.go_version
        return NEWEST_GO

    def package(self, path: str, importer: Package) -> Package | None:
        """The package that `importer` gets for import path `path`; None if it is out of sight."""
        key = (path, importer.directory)
        if key not in self._by_path:
            self._by_path[key] = self._find(path, importer)
        return self._by_path[key]

    def _find(self, path: str, importer: Package) -> Package | None:
        if path in ("C", "unsafe"):
            return None
        if not importer.stub:
            module = self.modules.for_path(Path(importer.directory)) if importer.directory else None
            if module is not None:
                directory = self.modules.directory_of(path, module)
                asked = self.asked.setdefault(importer.directory, {})
                asked[path] = str(directory) if directory is not None else ""
                if directory is not None:
                    package = self.import_directory(directory)
                    if package is not None:
                        return package
        return self.stubs.package(path, self, NEWEST_GO)

    def import_directory(self, directory: Path) -> Package | None:
        """The package that importing `directory` gives: its files without tests."""
        for group in self.modules.package_files(directory):
            if group.kind == "normal":
                names = frozenset(str(member) for member in group.files)
                return self._package(directory, names, group.kind, group.name, imported=True)
        return None
