"""What a directory's findings depend on, and whether that is still so.

The findings in a directory follow from its own files, from the files of the packages that were
consulted (those that it imports, that they import, and so on, as far as somebody asked), from the
modules around all of these, and from searches over whole modules. All of it is kept with the
findings as digests and answers, and compared before the findings are used again. What is compared
is content: no clock is asked.
"""

from __future__ import annotations

import hashlib
import importlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from golint_concurrency import __version__, cache, files, outcome_json
from golint_concurrency.engine import Outcome
from golint_concurrency.semantics import mentions, programs
from golint_concurrency.semantics.module import ModuleIndex
from golint_concurrency.semantics.program import Program
from golint_concurrency.semantics.stubs.store import StubStore
from golint_concurrency.semantics.tree import Tree
from golint_concurrency.source import Target


def _state(path: str) -> bytes:
    """What tells whether a file has changed without reading it."""
    try:
        status = os.stat(path)
    except OSError:
        return b"missing"
    return b"%d %d %d" % (status.st_mtime_ns, status.st_size, status.st_ino)


class Inputs:
    """Digests of directories and modules in a tree, each made once."""

    def __init__(self, tree: Tree, modules: ModuleIndex) -> None:
        self._tree = tree
        self._modules = modules
        self._files: dict[str, bytes] = {}
        self._directories: dict[tuple[str, bool], str] = {}
        self._above: dict[str, str] = {}
        self._roots: dict[str, str] = {}
        self._program = Program(modules, StubStore.empty(), self._read)

    def of(self, directory: str, program: Program) -> Any:
        """What was consulted, so far, for the files in `directory`."""
        seen = {directory}
        missing: set[tuple[str, str]] = set()
        waiting = [directory]
        while waiting:
            importer = waiting.pop()
            for path, target in program.asked.get(importer, {}).items():
                if not target:
                    missing.add((self._root(importer), path))
                elif target not in seen:
                    seen.add(target)
                    waiting.append(target)
        roots = sorted({self._root(item) for item in seen} - {""})
        return {
            "own": self._directory(directory, tests=True),
            "root": self._root(directory),
            "others": [
                [item, self._directory(item, tests=False), self._root(item)]
                for item in sorted(seen - {directory})
            ],
            "modules": [[root, self._module(root)] for root in roots],
            "missing": sorted([root, path] for root, path in missing if root),
            "answers": [
                [root, [word.hex() for word in words], _plain(answer)]
                for root, words, answer in mentions.answers(program)
            ],
            "lives": [list(known) for known in programs.answers(program)],
        }

    def hold(self, directory: str, known: Any) -> bool:
        """True if what `of` gave for `directory` is still so."""
        if known["own"] != self._directory(directory, tests=True):
            return False
        if known["root"] != self._root(directory):
            return False
        if any(digest != self._module(root) for root, digest in known["modules"]):
            return False
        for other, digest, root in known["others"]:
            if digest != self._directory(other, tests=False) or root != self._root(other):
                return False
        for root, path in known["missing"]:
            module = self._modules.for_path(Path(root))
            if module is None or self._modules.directory_of(path, module) is not None:
                return False
        for root, words, answer in known["answers"]:
            asked = tuple(bytes.fromhex(word) for word in words)
            if _plain(mentions.answer(self._program, root, asked, answer)) != answer:
                return False
        for root, place, life in known["lives"]:
            if programs.answer(self._program, root, place) != life:
                return False
        return True

    def _read(self, path: str) -> bytes | None:
        try:
            return self._tree.read(path)
        except files.Unreadable:
            return None

    def _file(self, path: str) -> bytes:
        digest = self._files.get(path)
        if digest is None:
            try:
                digest = hashlib.blake2b(self._tree.read(path), digest_size=16).digest()
            except files.Unreadable as error:
                digest = str(error).encode()
            self._files[path] = digest
        return digest

    def _directory(self, directory: str, *, tests: bool) -> str:
        key = (directory, tests)
        known = self._directories.get(key)
        if known is None:
            total = hashlib.blake2b(digest_size=16)
            for name in self._tree.names(directory):
                if name.endswith(".go") and (tests or not name.endswith("_test.go")):
                    path = os.path.join(directory, name)
                    total.update(os.fsencode(name) + b"\0")
                    if os.path.islink(path) and self._modules.leads_out(Path(path)):
                        total.update(_state(path))  # not ours to read, unless it was named
                    else:
                        total.update(self._file(path))
            known = self._directories[key] = total.hexdigest()
        return known

    def _root(self, directory: str) -> str:
        known = self._above.get(directory)
        if known is None:
            module = self._modules.for_path(Path(directory))
            known = self._above[directory] = str(module.root) if module is not None else ""
        return known

    def _module(self, root: str) -> str:
        """A digest of go.mod, and of what says how far the repository and its workspace reach."""
        known = self._roots.get(root)
        if known is None:
            total = hashlib.blake2b(self._file(os.path.join(root, "go.mod")), digest_size=16)
            for directory in (Path(root), *Path(root).parents):
                total.update(b"\0" + self._file(str(directory / "go.work")))
                total.update(b"\0%d" % (directory / ".git").exists())
                total.update(b"%d" % (directory / "vendor").is_dir())
            known = self._roots[root] = total.hexdigest()
        return known


def _plain(answer: frozenset[bytes] | bool) -> Any:
    return answer if isinstance(answer, bool) else sorted(word.hex() for word in answer)


class Session:
    """One run's dealings with the cache. `settings` is all that findings depend on but files."""

    def __init__(self, settings: Sequence[object], modules: ModuleIndex, cwd: str) -> None:
        self._cwd = cwd
        self._inputs = Inputs(Tree(), modules)
        self._cache = cache.Cache()
        self._settings = hashlib.blake2b(
            repr((__version__, _code(), cwd, _environment(), *settings)).encode(), digest_size=16
        ).digest()

    @property
    def rebuilt(self) -> Path | None:
        """The file that was thrown away because it could not be used."""
        return self._cache.path if self._cache.rebuilt else None

    def known(
        self, groups: Mapping[str, Sequence[Target]]
    ) -> tuple[list[Outcome], dict[str, Sequence[Target]]]:
        """Outcomes that still hold, and the groups by directory for which there is none."""
        keys = {directory: self._key(directory, group) for directory, group in groups.items()}
        entries = self._cache.get(list(keys.values()))
        outcomes: list[Outcome] = []
        rest: dict[str, Sequence[Target]] = {}
        for directory, group in groups.items():
            outcome = self._usable(directory, entries.get(keys[directory]))
            if outcome is None:
                rest[directory] = group
            else:
                outcomes.append(outcome)
        return outcomes, rest

    def keep(
        self, groups: Mapping[str, Sequence[Target]], parts: Sequence[tuple[str, Outcome, Any]]
    ) -> None:
        """Store outcomes, each with its directory and inputs; those with problems are left out."""
        self._cache.put(
            {
                self._key(directory, groups[directory]): (inputs, outcome_json.dump(outcome))
                for directory, outcome, inputs in parts
                if not outcome.problems
            }
        )
        self._cache.close()

    def _usable(self, directory: str, entry: tuple[Any, Any] | None) -> Outcome | None:
        if entry is None:
            return None
        try:
            if not self._inputs.hold(directory, entry[0]):
                return None
            outcome, paths = outcome_json.load(entry[1])
        except (KeyError, TypeError, ValueError):
            return None
        for path in paths:
            try:
                outcome.sources[path] = files.read(os.path.join(self._cwd, path))
            except files.Unreadable:
                return None
        return outcome

    def _key(self, directory: str, group: Sequence[Target]) -> bytes:
        names = [(target.path, target.absolute) for target in group]
        text = repr((directory, names)).encode("utf-8", "surrogateescape")
        return hashlib.blake2b(self._settings + text, digest_size=16).digest()


def _environment() -> tuple[str | None, ...]:
    return tuple(os.environ.get(name) for name in ("GOMODCACHE", "GOPATH", "HOME"))


def _code() -> str:
    """What tells one state of the tool from another, where versions do not: while it is written."""
    total = hashlib.blake2b(digest_size=16)
    rules = importlib.import_module("golint_concurrency.rules")
    for top in (Path(__file__).parent, *map(Path, rules.__path__)):
        for directory, folders, names in sorted(os.walk(top)):
            folders[:] = [name for name in folders if name != "__pycache__"]
            for name in sorted(names):
                status = os.stat(os.path.join(directory, name))
                total.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
    return total.hexdigest()
