"""Where a word stands in the files of a package or a module: a search over bytes, not meanings.

For questions of the kind "is this method called anywhere at all", where a wrong "yes" only makes a
rule silent.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from golint_concurrency.semantics.package import Package
from golint_concurrency.semantics.program import Program

SKIPPED = frozenset(["vendor", "testdata", "node_modules"])
MAX_FILES = 20_000
"""Files of a module that are searched; a larger module counts as mentioning everything."""


def in_package(package: Package, word: bytes) -> bool:
    """True if `word` occurs in a file of `package` that is no test."""
    known: dict[bytes, bool] = package.memo.setdefault("mentions", {})  # type: ignore[assignment]
    if word not in known:
        files = (file for file in package.files if not file.path.endswith("_test.go"))
        known[word] = any(file.mentions(word) for file in files)
    return known[word]


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
        known = program.memo[key] = frozenset(_known(program, root, words, False))
    return known  # type: ignore[return-value]


def together(program: Program, package: Package, words: tuple[bytes, ...]) -> bool:
    """True if one file of the module, no test, has all of `words`; also if it is too large."""
    return _together(program, _root(program, package), words)


def _together(program: Program, root: str, words: tuple[bytes, ...]) -> bool:
    key = ("mentions-together", root, words)
    known = program.memo.get(key)
    if known is None:
        known = program.memo[key] = bool(_known(program, root, words, True))
    return bool(known)


Places = dict[bytes, str]
"""What was found, and a directory in which it stands, "" where nobody looked: each word, or b""
where it was asked whether one file has all."""


class Answer(NamedTuple):
    """What was asked about a module (which of `words` it mentions, or with `together` whether one
    file has all of them), and what was found."""

    root: str
    words: tuple[bytes, ...]
    together: bool
    places: Places


def answers(program: Program) -> list[Answer]:
    """All that was asked so far about modules."""
    found: list[Answer] = []
    for key in program.memo:
        if isinstance(key, tuple) and key[0] in ("mentions", "mentions-together"):
            _, root, words = key
            both = key[0] == "mentions-together"
            found.append(Answer(root, words, both, _known(program, root, words, both)))
    return sorted(found, key=lambda item: item[:3])


def answer(program: Program, root: str, words: tuple[bytes, ...], together: bool) -> Places:
    """The answer to a question that `answers` told of."""
    return _known(program, root, words, together)


def search(
    contents: Iterable[tuple[str, bytes | None]], words: tuple[bytes, ...], together: bool
) -> Places:
    """The answer for files given as (path, content); a content of None ends them, and stands for
    one that has everything."""
    found: Places = {}
    missing = set(words)
    for path, content in contents:
        if content is None:
            return {b"": ""} if together else dict.fromkeys(words, "")
        if together:
            if all(word in content for word in words):
                return {b"": os.path.dirname(path)}
            continue
        hits = {word for word in missing if word in content}
        found.update(dict.fromkeys(hits, os.path.dirname(path)))
        missing -= hits
        if not missing:
            break
    return found


def _known(program: Program, root: str, words: tuple[bytes, ...], together: bool) -> Places:
    key = (root, words, together)
    known = program.mentions.get(key)
    if known is None:
        known = program.mentions[key] = search(_contents(program, root), words, together)
    return known


def _root(program: Program, package: Package) -> str:
    module = program.modules.for_path(Path(package.directory)) if package.directory else None
    return str(module.root) if module is not None else package.directory


def searched(name: str) -> bool:
    """Whether a search over a module enters directories of this name."""
    return name not in SKIPPED and not name.startswith((".", "_"))


def _contents(program: Program, root: str) -> Iterator[tuple[str, bytes | None]]:
    """The files of the module at `root` with their contents, tests left out; None at last if there
    are too many."""
    count = 0
    for directory, names in _walk(root):
        for path in _sources(program, directory, names):
            count += 1
            if count > MAX_FILES:
                yield root, None
                return
            yield path, program.peek(path) or b""


def directories(root: str) -> list[str]:
    """The directories of the module at `root` that hold Go files; none if there are too many."""
    found: list[str] = []
    count = 0
    for directory, names in _walk(root):
        files = sum(name.endswith(".go") for name in names)
        count += files
        if count > MAX_FILES:
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
        folders[:] = filter(searched, folders)
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
