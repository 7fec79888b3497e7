"""Modules and directories: go.mod, go.work, vendor, module cache, files that build together.

Everything is found on demand and remembered. Limits, because a repository may be hostile: a
`replace` leads to a directory only if that lies below the repository's root (the nearest
directory with `.git`, else the module's own root); symbolic links to packages, and to files in
them, count only if they lead to something below that root; go.mod and go.work are read up to
1 MiB; the module cache is read only for modules that go.mod requires, and never left.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from golint_concurrency import files
from golint_concurrency.semantics.constraints import (
    Context,
    context_for,
    of_file,
    package_clause,
    suffix_tags,
)
from golint_concurrency.semantics.tree import Tree

_MAX_MOD_BYTES = 1024 * 1024
_VERSION = re.compile(r"(\d+)\.(\d+)")
_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|`([^`]*)`|([^\s"`]+)')


class Module:
    """A module: its path, root directory, `go` directive, and where its requirements come from."""

    __slots__ = ("go_version", "path", "replaces", "requires", "root")

    def __init__(self, path: str, root: Path) -> None:
        self.path = path
        self.root = root
        self.go_version: tuple[int, int] | None = None
        self.requires: dict[str, str] = {}
        self.replaces: dict[str, tuple[str, str]] = {}


class PackageFiles:
    """Files of a directory that are built together; `kind` is normal, test or xtest."""

    __slots__ = ("files", "kind", "name")

    def __init__(self, name: str, kind: str, files_: list[Path]) -> None:
        self.name = name
        self.kind = kind
        self.files = files_


class _Source:
    """A Go file's head: its package clause and what it needs to be built."""

    __slots__ = ("constraint", "name", "package", "path", "suffixes", "test")

    def __init__(self, path: Path, content: bytes) -> None:
        self.path = path
        self.name = path.name
        self.package = package_clause(content)
        self.suffixes = suffix_tags(path.name)
        self.constraint = of_file(content)
        self.test = path.name.endswith("_test.go")

    def fits(self, context: Context) -> bool:
        if not all(context.holds(tag) for tag in self.suffixes):
            return False
        return self.constraint.holds(context)


def parse_mod(text: str, root: Path) -> Module | None:
    """A go.mod file; None without a module line. Lines that cannot be read are passed over."""
    module: Module | None = None
    pending: list[tuple[str, list[str]]] = []
    for verb, words in _directives(text):
        if verb == "module" and words and words[0] and module is None:
            module = Module(words[0], root)
        else:
            pending.append((verb, words))
    if module is None:
        return None
    for verb, words in pending:
        if verb == "go" and words:
            match = _VERSION.match(words[0])
            if match:
                module.go_version = (int(match.group(1)), int(match.group(2)))
        elif verb == "require" and len(words) >= 2:
            module.requires[words[0]] = words[1]
        elif verb == "replace" and "=>" in words:
            arrow = words.index("=>")
            target = words[arrow + 1 :]
            if arrow and target:
                module.replaces[words[0]] = (target[0], target[1] if len(target) > 1 else "")
    return module


def _directives(text: str) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    block = ""
    for line in text.splitlines():
        words = [a or b or c for a, b, c in _WORD.findall(line.split("//")[0])]
        if not words:
            continue
        if block:
            if words[0] == ")":
                block = ""
            else:
                found.append((block, words))
        elif len(words) == 2 and words[1] == "(":
            block = words[0]
        elif words[0].endswith("(") and len(words) == 1:
            block = words[0][:-1]
        else:
            found.append((words[0], words[1:]))
    return found


class ModuleIndex:
    """Finds modules, packages and files in `tree` (the disk). `use_cache` allows reading the
    user's module cache."""

    def __init__(self, *, use_cache: bool = True, tree: Tree | None = None) -> None:
        self._use_cache = use_cache
        self._tree = tree or Tree()
        self._modules: dict[str, Module | None] = {}
        self._works: dict[str, list[Module]] = {}
        self._roots: dict[str, Path] = {}
        self._inner: dict[tuple[str, str], bool] = {}
        self._sources: dict[str, list[_Source]] = {}
        self._grouped: dict[tuple[str, object], list[PackageFiles]] = {}

    # ----------------------------------------------------------------------- modules

    def for_path(self, path: Path) -> Module | None:
        """The module that holds the directory (or file) `path`; None outside any."""
        key = str(path)
        if key not in self._modules:
            self._modules[key] = self._find_module(path)
        return self._modules[key]

    def _find_module(self, path: Path) -> Module | None:
        mod = path / "go.mod"
        if self._tree.is_file(str(mod)):
            text = self._text(mod)
            if text is not None:
                module = parse_mod(text, path)
                if module is not None:
                    return module
        parent = path.parent
        return self.for_path(parent) if parent != path else None

    def repository_root(self, module: Module) -> Path:
        """The directory that local replacements may not leave."""
        key = str(module.root)
        if key not in self._roots:
            root = module.root
            for directory in (module.root, *module.root.parents):
                if (directory / ".git").exists():
                    root = directory
                    break
            self._roots[key] = root
        return self._roots[key]

    def _workspace(self, module: Module) -> list[Module]:
        """Modules that a go.work file in or above the module puts beside it."""
        key = str(module.root)
        if key not in self._works:
            self._works[key] = []
            top = self.repository_root(module)
            for directory in (module.root, *module.root.parents):
                work = directory / "go.work"
                if self._tree.is_file(str(work)):
                    self._works[key] = self._read_work(work, top)
                    break
                if directory == top:
                    break
        return self._works[key]

    def _read_work(self, work: Path, top: Path) -> list[Module]:
        found: list[Module] = []
        for verb, words in _directives(self._text(work) or ""):
            if verb == "use" and words:
                root = self._below(work.parent, words[0], top)
                module = self.for_path(root) if root is not None else None
                if module is not None and module.root == root:
                    found.append(module)
        return found

    # ---------------------------------------------------------------------- packages

    def import_path_of(self, directory: Path) -> str | None:
        """The import path of a directory, None outside any module.

        Inside the standard library's own module (`std`) paths have no prefix.
        """
        module = self.for_path(directory)
        if module is None:
            return None
        below = os.path.relpath(directory, module.root).replace(os.sep, "/")
        if module.path == "std":
            return below
        return module.path if below == "." else f"{module.path}/{below}"

    def directory_of(self, path: str, module: Module) -> Path | None:
        """Where the package with import path `path` lies for code in `module`; None if out of
        sight."""
        top = self.repository_root(module)
        if module.path == "std":
            for base in (module.root, module.root / "vendor"):
                if self._tree.is_directory(str(base / path)):
                    return base / path
            return None
        for known in (module, *self._workspace(module)):
            directory = self._inside(path, known.path, known.root)
            if directory is not None:
                return directory if self._is_below(directory, top) else None
        if "." not in path.split("/", maxsplit=1)[0]:
            return None
        replaced = self._replaced(path, module)
        if replaced is not None:
            return replaced
        vendored = module.root / "vendor" / path
        if self._tree.is_directory(str(vendored)) and ".." not in path.split("/"):
            return vendored if self._is_below(vendored, top) else None
        return self._cached(path, module) if self._use_cache else None

    def _replaced(self, path: str, module: Module) -> Path | None:
        for old, (target, version) in module.replaces.items():
            if version or not (path == old or path.startswith(old + "/")):
                continue
            top = self.repository_root(module)
            root = self._below(module.root, target, top)
            directory = self._inside(path, old, root) if root is not None else None
            if directory is not None and self._is_below(directory, top):
                return directory
        return None

    def _cached(self, path: str, module: Module) -> Path | None:
        for required, version in module.requires.items():
            if path != required and not path.startswith(required + "/"):
                continue
            target, other = module.replaces.get(required, (required, version))
            name = f"{_escape(target)}@{_escape(other or version)}"
            if not _stays(name) or "/" in (other or version):
                continue
            root = _module_cache() / name
            directory = self._inside(path, required, root)
            if directory is not None:
                return directory
        return None

    # ------------------------------------------------------------------------- files

    def package_files(self, directory: Path) -> list[PackageFiles]:
        """Packages in a directory under the default build (linux/amd64, cgo): the package, its
        tests inside, its tests outside."""
        return self._groups(directory, Context())

    def matching(self, directory: Path, path: str) -> PackageFiles | None:
        """The files that are built together with the file at `path`; None if it is not there.

        Where the default build leaves the file out, a build is tried that takes it in.
        """
        wanted = os.path.basename(path)
        source = next((s for s in self._directory(directory) if s.name == wanted), None)
        if source is None:
            return None
        for group in self._groups(directory, _context_for(source)):
            if any(member.name == wanted for member in group.files):
                return group
        return PackageFiles(source.package, "normal", [source.path])

    def _groups(self, directory: Path, context: Context) -> list[PackageFiles]:
        key = (str(directory), context.key)
        groups = self._grouped.get(key)
        if groups is None:
            groups = self._grouped[key] = self._group(directory, context)
        return groups

    def _group(self, directory: Path, context: Context) -> list[PackageFiles]:
        sources = [source for source in self._directory(directory) if source.fits(context)]
        by_name: dict[str, list[_Source]] = {}
        for source in sources:
            by_name.setdefault(source.package, []).append(source)
        groups: list[PackageFiles] = []
        for name, members in by_name.items():
            plain = [member for member in members if not member.test]
            if plain:
                groups.append(PackageFiles(name, "normal", [m.path for m in plain]))
            if len(plain) == len(members):
                continue
            outside = name.endswith("_test") and not plain
            kind = "xtest" if outside else "test"
            groups.append(PackageFiles(name, kind, [m.path for m in members]))
        # The package itself first, the largest where a directory wrongly holds several.
        groups.sort(key=lambda group: (group.kind != "normal", -len(group.files)))
        return groups

    def refresh(self, path: str) -> None:
        """Read the head of the Go file at absolute `path` again: its contents are others now."""
        directory, name = os.path.split(path)
        for key in [key for key in self._grouped if key[0] == directory]:
            del self._grouped[key]
        for at, source in enumerate(self._sources.get(directory, [])):
            if source.name == name:
                try:
                    self._sources[directory][at] = _Source(source.path, self._tree.read(path))
                except files.Unreadable:
                    del self._sources[directory]  # read anew, without it
                return

    def _directory(self, directory: Path) -> list[_Source]:
        key = str(directory)
        if key not in self._sources:
            self._sources[key] = self._read_directory(directory)
        return self._sources[key]

    def _read_directory(self, directory: Path) -> list[_Source]:
        found: list[_Source] = []
        for name in self._tree.names(str(directory)):
            if not name.endswith(".go") or name.startswith((".", "_")):
                continue
            path = directory / name
            try:
                if self.leads_out(path):
                    continue
                content = self._tree.read(str(path))
            except files.Unreadable:
                continue
            found.append(_Source(path, content))
        return found

    def leads_out(self, path: Path) -> bool:
        """Whether the file at absolute `path` is a link out of the repository: not to be read,
        unless somebody names it."""
        return os.path.islink(path) and not self._is_below(path, self._top(path.parent))

    def _top(self, directory: Path) -> Path:
        """The directory that links in `directory` may not leave."""
        module = self.for_path(directory)
        return self.repository_root(module) if module is not None else directory

    def _is_below(self, path: Path, top: Path) -> bool:
        """Whether `path` lies below `top`, with links resolved."""
        key = (str(path), str(top))
        if key not in self._inner:
            real, real_top = os.path.realpath(path), os.path.realpath(top)
            self._inner[key] = real == real_top or real.startswith(real_top.rstrip("/") + os.sep)
        return self._inner[key]

    def _text(self, path: Path) -> str | None:
        try:
            return self._tree.read(str(path), _MAX_MOD_BYTES).decode("utf-8", "replace")
        except files.Unreadable:
            return None

    def _below(self, base: Path, target: str, top: Path) -> Path | None:
        """The directory `target` relative to `base`, if it lies below `top` with links resolved."""
        directory = Path(os.path.normpath(base / target))
        if not self._is_below(directory, top):
            return None
        return directory if self._tree.is_directory(str(directory)) else None

    def _inside(self, path: str, module_path: str, root: Path) -> Path | None:
        if path == module_path:
            directory = root
        elif path.startswith(module_path + "/"):
            directory = root / path[len(module_path) + 1 :]
        else:
            return None
        if ".." in path.split("/") or not self._tree.is_directory(str(directory)):
            return None
        return directory


def _context_for(source: _Source) -> Context:
    """A build that takes `source` in: the default one, or the nearest that satisfies it."""
    default = Context()
    if source.fits(default):
        return default
    return context_for(source.suffixes, source.constraint) or default


def _stays(name: str) -> bool:
    """Whether a relative path leads nowhere but down."""
    return all(part not in ("", ".", "..") for part in name.replace("\\", "/").split("/"))


def _module_cache() -> Path:
    explicit = os.environ.get("GOMODCACHE")
    if explicit:
        return Path(explicit)
    gopath = os.environ.get("GOPATH", "").split(os.pathsep)[0]
    return (Path(gopath) if gopath else Path.home() / "go") / "pkg" / "mod"


def _escape(path: str) -> str:
    """Upper-case letters as `!x`, as the module cache spells them."""
    return re.sub(r"[A-Z]", lambda match: "!" + match.group().lower(), path)
