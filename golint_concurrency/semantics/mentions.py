"""Where a word stands in the files of a package or a module: a search over bytes, not meanings.

For questions of the kind "is this method called anywhere at all", where a wrong "yes" only makes a
rule silent.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from golint_concurrency.semantics.package import Package
from golint_concurrency.semantics.program import Program

_SKIPPED = frozenset(["vendor", "testdata", "node_modules"])
_MAX_FILES = 20_000
"""Files of a module that are searched; a larger module counts as mentioning everything."""


def in_package(package: Package, word: bytes) -> bool:
    """True if `word` occurs in a file of `package` that is no test."""
    return any(word in file.content for file in package.files if not file.path.endswith("_test.go"))


def in_module(program: Program, package: Package, words: tuple[bytes, ...]) -> frozenset[bytes]:
    """Those of `words` that occur in the module of `package`, its tests left out.

    Outside any module: in the package's directory. A module that is too large to search counts as
    mentioning all of them.
    """
    return _in_module(program, _root(program, package), words)


def _in_module(program: Program, root: str, words: tuple[bytes, ...]) -> frozenset[bytes]:
    key = ("mentions", root, words)
    known = program.memo.get(key)
    if known is None:
        known = program.memo[key] = _search(program, root, words)
    return known  # type: ignore[return-value]


def together(program: Program, package: Package, words: tuple[bytes, ...]) -> bool:
    """True if one file of the module, no test, has all of `words`; also if it is too large."""
    return _together(program, _root(program, package), words)


def _together(program: Program, root: str, words: tuple[bytes, ...]) -> bool:
    key = ("mentions-together", root, words)
    known = program.memo.get(key)
    if known is None:
        known = program.memo[key] = any(
            content is None or all(word in content for word in words)
            for content in _contents(program, root)
        )
    return bool(known)


def answers(program: Program) -> list[tuple[str, tuple[bytes, ...], frozenset[bytes] | bool]]:
    """All that was asked so far about modules: root, words, and the answer (which words there are,
    or whether one file has all)."""
    found: list[tuple[str, tuple[bytes, ...], frozenset[bytes] | bool]] = []
    for key, known in program.memo.items():
        if isinstance(key, tuple) and key[0] in ("mentions", "mentions-together"):
            found.append((key[1], key[2], known))  # type: ignore[arg-type]
    return sorted(found, key=lambda item: (item[0], item[1], isinstance(item[2], bool)))


def answer(
    program: Program, root: str, words: tuple[bytes, ...], like: object
) -> frozenset[bytes] | bool:
    """The answer to a question that `answers` told of: a bool if `like` is one."""
    if isinstance(like, bool):
        return _together(program, root, words)
    return _in_module(program, root, words)


def _root(program: Program, package: Package) -> str:
    module = program.modules.for_path(Path(package.directory)) if package.directory else None
    return str(module.root) if module is not None else package.directory


def _search(program: Program, root: str, words: tuple[bytes, ...]) -> frozenset[bytes]:
    found: set[bytes] = set()
    missing = set(words)
    for content in _contents(program, root):
        if content is None:
            return frozenset(words)
        hits = {word for word in missing if word in content}
        found |= hits
        missing -= hits
        if not missing:
            break
    return frozenset(found)


def _contents(program: Program, root: str) -> Iterator[bytes | None]:
    """The files of the module at `root`, tests left out; None at last if there are too many."""
    count = 0
    for directory, names in _walk(root):
        for path in _sources(program, directory, names):
            count += 1
            if count > _MAX_FILES:
                yield None
                return
            yield program.peek(path) or b""


def directories(root: str) -> list[str]:
    """The directories of the module at `root` that hold Go files; none if there are too many."""
    found: list[str] = []
    count = 0
    for directory, names in _walk(root):
        files = sum(name.endswith(".go") for name in names)
        count += files
        if count > _MAX_FILES:
            return []
        if files:
            found.append(directory)
    return found


def sources(program: Program, directory: str) -> list[str]:
    """The paths of the Go files in `directory`, tests left out."""
    try:
        names = os.listdir(directory)
    except OSError:
        return []
    return list(_sources(program, directory, sorted(names)))


def _walk(root: str) -> Iterator[tuple[str, list[str]]]:
    """The directories of a module, each with its files."""
    for directory, folders, names in os.walk(root):
        folders[:] = [
            name for name in folders if name not in _SKIPPED and not name.startswith((".", "_"))
        ]
        if directory != root and "go.mod" in names:
            folders.clear()
            continue
        yield directory, names


def _sources(program: Program, directory: str, names: list[str]) -> Iterator[str]:
    for name in names:
        if not name.endswith(".go") or name.endswith("_test.go"):
            continue
        path = os.path.join(directory, name)
        if not os.path.islink(path) or not program.modules.leads_out(Path(path)):
            yield path
