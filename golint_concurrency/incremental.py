"""What a directory's findings depend on, and whether that is still so.

The findings in a directory follow from its own files, from the files of the packages that were
consulted (those that it imports, that they import, and so on, as far as somebody asked), from the
modules around all of these, and from searches over whole modules. All of it is kept with the
findings as digests and answers, and compared before the findings are used again. What is compared
is content; a directory is not read again to digest it if the stamps of its files tell that it is
as it was (see `stamps`). Of a consulted package that is another now, what was read of it is
compared (see `dependence`).
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from golint_concurrency import __version__, cache, dependence, files, outcome_json
from golint_concurrency.engine import Outcome
from golint_concurrency.semantics import mentions, programs
from golint_concurrency.semantics.module import ModuleIndex
from golint_concurrency.semantics.program import Program
from golint_concurrency.semantics.stubs.store import StubStore
from golint_concurrency.semantics.tree import Tree
from golint_concurrency.source import Target
from golint_concurrency.stamps import Stamps


def _state(path: str) -> bytes:
    """What tells whether a file has changed without reading it."""
    try:
        status = os.stat(path)
    except OSError:
        return b"missing"
    return b"%d %d %d" % (status.st_mtime_ns, status.st_size, status.st_ino)


Records = dict[str, dependence.Record]

Part = tuple[str, Outcome, Any]
"""A directory, what came of its files, and what `Inputs.of` tells that this depends on."""

_LISTS = ("others", "modules", "missing", "answers", "lives")

Life = tuple[str, list[str] | None]
"""How programs live, and the modules that tell, None if these are not all that does."""


class Inputs:
    """Digests of directories and modules in a tree, each made once.

    `stamps` spares reading what was read before; without them everything is read. `recall` gives
    a record of a package by its key, if an earlier run has left it.
    """

    def __init__(
        self,
        tree: Tree,
        modules: ModuleIndex,
        stamps: Stamps | None = None,
        recall: Callable[[str], Any] = lambda _key: None,
    ) -> None:
        self._tree = tree
        self._recall = recall
        self._touched: dict[tuple[str, str], frozenset[str] | None] = {}
        self._modules = modules
        self._stamps = stamps
        self._holding: dict[object, bool] = {}
        self._changed: dict[str, frozenset[str] | None] = {}
        self._files: dict[str, bytes] = {}
        self._directories: dict[tuple[str, bool], str] = {}
        self._above: dict[str, str] = {}
        self._roots: dict[str, str] = {}
        self._program = Program(modules, StubStore.empty(), self._read)
        self.answers: dict[tuple[str, tuple[bytes, ...], bool], mentions.Places] = {}
        """What searches over modules give now, as far as somebody asked."""
        self.lives: dict[tuple[str, str], Life] = {}
        """How the programs around a package live, by root of the module and directory."""
        self._reached: dict[tuple[int, str, int], list[str] | None] = {}

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
            "directory": directory,
            "own": self._directory(directory, tests=True),
            "root": self._root(directory),
            "others": [
                [item, self._directory(item, tests=False), self._root(item), ""]
                for item in sorted(seen - {directory})
            ],
            "modules": [[root, self._module(root)] for root in roots],
            "missing": sorted([root, path] for root, path in missing if root),
            "answers": [
                [root, [word.hex() for word in words], together, _plain(places)]
                for root, words, together, places in mentions.answers(program)
            ],
            "lives": [
                [root, place, life, self._modules_of(program, root)]
                for root, place, life in programs.answers(program)
            ],
        }

    def records(self, program: Program, parts: Sequence[tuple[str, Outcome, Any]]) -> Records:
        """What was read of the packages that `of` told of, by a key, which their entries get.

        To be asked once `program` has done all its work: what was read for one directory is not
        read again for the next.
        """
        read = dependence.by_directory(program.imported())
        keys: dict[str, str] = {}
        records: Records = {}
        for _, _, inputs in parts:
            for entry in inputs["others"]:
                other, _, root, _ = entry
                if other not in keys:
                    keys[other] = ""
                    if root and "vendor" not in other[len(root) :].split(os.sep):
                        known = dependence.record(self._without_tests(other), read.get(other, {}))
                        text = json.dumps([other, known], sort_keys=True).encode()
                        keys[other] = hashlib.blake2b(text, digest_size=16).hexdigest()
                        records[keys[other]] = known
                entry[3] = keys[other]
        return records

    def hold(self, directory: str, known: Any) -> frozenset[str] | None:
        """None if what `of` gave for `directory` is no longer so; else the files elsewhere that are
        others now, but not in what was read of them."""
        if known["own"] != self._directory(directory, tests=True):
            return None
        if known["root"] != self._root(directory):
            return None
        if any(digest != self._module(root) for root, digest in known["modules"]):
            return None
        touched: set[str] = set()
        for other, digest, root, record in known["others"]:
            if root != self._root(other):
                return None
            if digest != self._directory(other, tests=False):
                differ = self._differ(other, record)
                if differ is None:
                    return None
                touched |= differ
        if not all(self._is_missing(root, path) for root, path in known["missing"]):
            return None
        if not all(self._answers(*answer) for answer in known["answers"]):
            return None
        if not all(self._lives(*life) for life in known["lives"]):
            return None
        return frozenset(touched)

    def _differ(self, directory: str, record: str) -> frozenset[str] | None:
        """The files in `directory` that are others than when `record` was made; None if what was
        read of them is."""
        key = (directory, record)
        if key not in self._touched:
            self._touched[key] = None
            known = self._recall(record) if record else None
            names = dependence.changed(known, self._without_tests(directory)) if known else None
            if names is not None:
                self._touched[key] = frozenset(os.path.join(directory, name) for name in names)
        return self._touched[key]

    def _without_tests(self, directory: str) -> dict[str, bytes]:
        """The Go files in `directory` by name, tests left out."""
        found: dict[str, bytes] = {}
        for name in self._tree.names(directory):
            if name.endswith(".go") and not name.endswith("_test.go"):
                path = os.path.join(directory, name)
                if os.path.islink(path) and self._modules.leads_out(Path(path)):
                    found[name] = _state(path)
                else:
                    found[name] = self._read(path) or b""
        return found

    def _modules_of(self, program: Program, root: str) -> list[str] | None:
        """The modules that were read to tell how programs of the one at `root` live; None if a walk
        over them does not come to all that was read."""
        directories = programs.read_for(program, root)
        key = (id(program), root, len(directories))
        if key not in self._reached:
            self._reached[key] = self._holding_all(root, directories)
        return self._reached[key]

    def _holding_all(self, root: str, directories: Iterable[str]) -> list[str] | None:
        found = {root}
        for directory in directories:
            module = self._root(directory)
            below = os.path.relpath(directory, module).split(os.sep) if module else [""]
            if not module or not all(mentions.searched(part) for part in below if part != "."):
                return None
            found.add(module)
        return sorted(found)

    def _lives(self, root: str, place: str, life: str, modules: list[str] | None) -> bool:
        """Whether the programs that a package is part of live as they did."""
        known = self.lives.get((root, place))
        if known is None:
            known = self._kept_life(root, place, modules)
            if known is None:
                now = programs.answer(self._program, root, place)
                known = (now, self._modules_of(self._program, root))
            self.lives[root, place] = known
        return known[0] == life

    def _kept_life(self, root: str, place: str, modules: list[str] | None) -> Life | None:
        """What an earlier run told, if nothing that it was told from was touched since."""
        if self._stamps is None or modules is None or not all(map(self._is_unchanged, modules)):
            return None
        kept = self._stamps.modules[root]["lives"].get(place)
        return (kept[0], kept[1]) if kept is not None and kept[1] == modules else None

    def _is_unchanged(self, root: str) -> bool:
        """True if no file of the module was touched since an earlier run, as its stamps tell."""
        assert self._stamps is not None
        return root in self._stamps.modules and self._changed_in(root) == frozenset()

    def _is_missing(self, root: str, path: str) -> bool:
        key = (root, path)
        known = self._holding.get(key)
        if known is None:
            module = self._modules.for_path(Path(root))
            known = module is not None and self._modules.directory_of(path, module) is None
            self._holding[key] = known
        return known

    def _answers(self, root: str, words: list[str], together: bool, places: dict[str, str]) -> bool:
        key = (root, *words, together, *sorted(places))
        known = self._holding.get(key)
        if known is None:
            asked = tuple(bytes.fromhex(word) for word in words)
            found = self._answer(root, asked, together)
            known = self._holding[key] = _plain(found).keys() == places.keys()
        return known

    def _answer(self, root: str, words: tuple[bytes, ...], together: bool) -> mentions.Places:
        """What a search over a module gives now, with as little reading as can be."""
        key = (root, words, together)
        known = self.answers.get(key)
        if known is None:
            known = self._spared(root, words, together)
            if known is None:
                known = mentions.answer(self._program, root, words, together)
            self.answers[key] = known
        return known

    def _spared(
        self, root: str, words: tuple[bytes, ...], together: bool
    ) -> mentions.Places | None:
        """The answer from that of an earlier run and the directories that changed since; None if
        these do not tell."""
        if self._stamps is None or root not in self._stamps.modules:
            return None
        kept = self._stamps.modules[root]["answers"].get(_question(words, together))
        changed = self._changed_in(root)
        if kept is None or changed is None:
            return None
        if any(not place or place in changed for place in kept.values()):
            return None
        places = {bytes.fromhex(word): place for word, place in kept.items()}
        if together and places:
            return places
        rest = tuple(word for word in words if word not in places)
        still = changed & (self._stamps.module(root) or {}).keys()
        return places | mentions.search(self._contents(still), rest, together)

    def _changed_in(self, root: str) -> frozenset[str] | None:
        """Directories of a module with files that may be others than at its last search; None if
        it is too large to be searched."""
        if root not in self._changed:
            assert self._stamps is not None
            then, now = self._stamps.modules[root]["folders"], self._stamps.module(root)
            self._changed[root] = None
            if now is not None:
                differ = {
                    item for item, stamp in now.items() if not stamp or stamp != then.get(item)
                }
                self._changed[root] = frozenset(differ | (then.keys() - now.keys()))
        return self._changed[root]

    def _contents(self, directories: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        for directory in sorted(directories):
            for name in self._tree.names(directory):
                if name.endswith(".go") and not name.endswith("_test.go"):
                    path = os.path.join(directory, name)
                    if not os.path.islink(path) or not self._modules.leads_out(Path(path)):
                        yield path, self._read(path) or b""

    def learn(self, known: Any) -> None:
        """Let stamps tell later runs what was found for `known`, which `of` gave in this run."""
        if self._stamps is None:
            return
        self._stamps.learn(known["directory"], known["own"], tests=True)
        for other, digest, _, _ in known["others"]:
            self._stamps.learn(other, digest, tests=False)
        for root, place, life, modules in known["lives"]:
            self.lives.setdefault((root, place), (life, modules))
        for root, words, together, places in known["answers"]:
            asked = tuple(bytes.fromhex(word) for word in words)
            self.answers.setdefault(
                (root, asked, together),
                {bytes.fromhex(word): place for word, place in places.items()},
            )

    def remember(self) -> None:
        """Leave what was found in whole modules to later runs."""
        if self._stamps is None:
            return
        roots = {root for root, _, _ in self.answers}
        for (root, _), (_, modules) in self.lives.items():
            roots.update([root], modules or ())
        for root in roots:
            folders = self._stamps.module(root)
            if folders is not None:
                found = {
                    _question(words, together): _plain(places)
                    for (other, words, together), places in self.answers.items()
                    if other == root
                }
                lives = {
                    place: list(life)
                    for (other, place), life in self.lives.items()
                    if other == root
                }
                self._stamps.learn_module(root, folders, found, lives)

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
        if known is None and self._stamps is not None:
            known = self._stamps.digest(directory, tests=tests)
            if known is not None:
                self._directories[key] = known
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
            if self._stamps is not None:
                self._stamps.learn(directory, known, tests=tests)
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


def _plain(places: mentions.Places) -> dict[str, str]:
    return {word.hex(): place for word, place in sorted(places.items())}


def _question(words: tuple[bytes, ...], together: bool) -> str:
    return ("+" if together else " ").join(word.hex() for word in (*words, b""))


class Session:
    """One run's dealings with the cache. `settings` is all that findings depend on but files."""

    def __init__(self, settings: Sequence[object], modules: ModuleIndex, cwd: str) -> None:
        self._cwd = cwd
        self._cache = cache.Cache()
        # Whatever is asked of a tree: what lies in it is the same.
        self._stamps_key = hashlib.blake2b(
            repr((__version__, "stamps", cwd)).encode("utf-8", "surrogateescape"), digest_size=16
        ).digest()
        entry = self._cache.get([self._stamps_key]).get(self._stamps_key)
        self._stamps = Stamps(entry[1] if entry is not None else None)
        self._inputs = Inputs(Tree(), modules, self._stamps, self._record)
        self._settings = hashlib.blake2b(
            repr((__version__, _code(), cwd, _environment(), *settings)).encode(), digest_size=16
        ).digest()

    @property
    def rebuilt(self) -> Path | None:
        """The file that was thrown away because it could not be used."""
        return self._cache.path if self._cache.rebuilt else None

    @property
    def answers(self) -> Mapping[tuple[str, tuple[bytes, ...], bool], mentions.Places]:
        """What searches over modules give now, as far as `known` had to find out."""
        return self._inputs.answers

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
        self,
        groups: Mapping[str, Sequence[Target]],
        parts: Sequence[Part],
        records: Records,
    ) -> None:
        """Store outcomes, each with its directory and inputs; left out are those with problems, and
        those of directories of which some files were linted in another way. `records` is what was
        read of the packages that inputs name."""
        entries = {
            self._key(directory, groups[directory]): (inputs, outcome_json.dump(outcome))
            for directory, outcome, inputs in _joined(parts)
            if not outcome.problems and outcome.files == len(groups[directory])
        }
        for key, record in records.items():
            entries[_record_key(key)] = (None, record)
        for _, _, inputs in parts:
            self._inputs.learn(inputs)
        self._inputs.remember()
        if self._stamps.changed:
            entries[self._stamps_key] = (None, self._stamps.as_json())
        self._cache.put(entries)
        self._cache.close()

    def _usable(self, directory: str, entry: tuple[Any, Any] | None) -> Outcome | None:
        if entry is None:
            return None
        try:
            touched = self._inputs.hold(directory, entry[0])
            if touched is None:
                return None
            outcome, paths = outcome_json.load(entry[1])
        except (KeyError, TypeError, ValueError, AttributeError):
            return None
        for path in paths:
            absolute = os.path.join(self._cwd, path)
            if absolute in touched:
                return None  # a finding points into it
            try:
                outcome.sources[path] = files.read(absolute)
            except files.Unreadable:
                return None
        return outcome

    def _record(self, key: str) -> Any:
        entry = self._cache.get([_record_key(key)]).get(_record_key(key))
        return entry[1] if entry is not None else None

    def _key(self, directory: str, group: Sequence[Target]) -> bytes:
        names = [(target.path, target.absolute) for target in group]
        text = repr((directory, names)).encode("utf-8", "surrogateescape")
        return hashlib.blake2b(self._settings + text, digest_size=16).digest()


def _joined(parts: Sequence[Part]) -> Iterator[Part]:
    """The parts of a run, those of one directory put together that were made by several processes:
    together they depend on all that each depends on."""
    pieces: dict[str, list[Part]] = {}
    for part in parts:
        pieces.setdefault(part[0], []).append(part)
    for directory, same in pieces.items():
        whole = Outcome()
        inputs = same[0][2]
        for _, outcome, consulted in same:
            whole.merge(outcome)
            if consulted is not inputs:
                for name in _LISTS:
                    known = inputs[name]
                    known.extend(item for item in consulted[name] if item not in known)
        yield directory, whole, inputs


def _record_key(key: str) -> bytes:
    return b"record" + key.encode()


def _environment() -> tuple[str | None, ...]:
    return tuple(os.environ.get(name) for name in ("GOMODCACHE", "GOPATH", "HOME"))


def _code() -> str:
    """What tells one state of the tool from another, where versions do not: while it is written."""
    total = hashlib.blake2b(digest_size=16)
    rules = importlib.import_module("golint_concurrency.rules")
    for top in (Path(__file__).parent, *map(Path, rules.__path__)):
        for directory, folders, names in os.walk(top):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            for name in sorted(names):
                status = os.stat(os.path.join(directory, name))
                total.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
    return total.hexdigest()
