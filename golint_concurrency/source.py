"""Which files to lint: patterns as Go users type them, directories, files.

`./...` and `dir/...` mean the tree below, as for the go tool; so does a bare directory, as for
ruff and golangci-lint. Skipped on the way down, as the go tool and git do: `vendor`, `testdata`,
`node_modules`, names that start with `.` or `_`, ignored files of a git work tree, symbolic
links, and whatever configuration excludes. A path that is named itself is linted, unless
`force_exclude` says that exclusions hold for it too.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from golint_concurrency import files
from golint_concurrency.diagnostic import Problem
from golint_concurrency.globs import Globs

_SKIPPED = frozenset(["vendor", "testdata", "node_modules"])
_MAX_IGNORE_BYTES = 256 * 1024

Excluded = Callable[[str, bool], bool]
"""Whether an absolute path (and whether it is a directory) is excluded by configuration."""


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """A file to lint: `path` as the user reads it, and its absolute path."""

    path: str
    absolute: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class Discovery:
    """Files to lint in the order of their paths, and what kept others from being found."""

    targets: tuple[Target, ...]
    problems: tuple[Problem, ...]


def discover(
    arguments: Sequence[str],
    cwd: str,
    excluded: Excluded = lambda _path, _directory: False,
    *,
    force_exclude: bool = False,
    tests: bool = True,
) -> Discovery:
    """Find the Go files that `arguments` mean; none means `./...`.

    Paths below `cwd` are shown relative to it. Problems: a path that does not exist (fatal), a
    directory that cannot be read (fatal), an irregular file that was named (fatal); directories
    without a Go file, if nothing else was found (a notice).
    """
    walk = _Walk(cwd, excluded, force_exclude, tests)
    for argument in arguments or ["./..."]:
        walk.argument(argument)
    if not walk.found and not walk.problems:
        walk.problems += [Problem(path, "no Go files to lint here", False) for path in walk.trees]
    return Discovery(tuple(sorted(walk.found.values())), tuple(walk.problems))


class _Walk:
    def __init__(self, cwd: str, excluded: Excluded, force_exclude: bool, tests: bool) -> None:
        self._cwd = cwd
        self._excluded = excluded
        self._force_exclude = force_exclude
        self._tests = tests
        self.found: dict[str, Target] = {}
        self.problems: list[Problem] = []
        self.trees: list[str] = []

    def argument(self, argument: str) -> None:
        tree = argument
        if argument == "..." or argument.endswith("/..."):
            tree = argument[:-3].rstrip("/") or ("/" if argument.startswith("/") else ".")
        try:
            path = os.path.normpath(os.path.join(self._cwd, tree))
            is_directory, exists = os.path.isdir(path), os.path.lexists(path)
        except ValueError:
            is_directory = exists = False
            path = tree
        if is_directory and argument:
            self.trees.append(argument)
            self._tree(path)
        elif exists and argument:
            self._named(path)
        else:
            self.problems.append(
                Problem(
                    argument or '""', "no such file or directory; give files, directories or ./..."
                )
            )

    def _shown(self, path: str) -> str:
        if path.startswith(self._cwd.rstrip(os.sep) + os.sep):
            return path[len(self._cwd.rstrip(os.sep)) + 1 :]
        return path

    def _named(self, path: str) -> None:
        if not path.endswith(".go"):
            return  # pre-commit may hand over go.mod: nothing to lint in it
        if self._force_exclude and self._excluded(path, False):
            return
        try:
            size = os.stat(path).st_size
        except OSError as error:
            self.problems.append(Problem(self._shown(path), f"cannot be read: {error.strerror}"))
            return
        self._add(path, size)

    def _add(self, path: str, size: int) -> None:
        if self._tests or not path.endswith("_test.go"):
            self.found.setdefault(path, Target(self._shown(path), path, size))

    def _tree(self, top: str) -> None:
        ignores = _ignores_above(top)
        stack: list[tuple[str, tuple[tuple[str, Globs], ...]]] = [(top, ignores)]
        in_git = bool(ignores) or _in_git(top)
        while stack:
            directory, ignores = stack.pop()
            try:
                with os.scandir(directory) as scan:
                    entries = sorted(scan, key=lambda entry: entry.name)
            except OSError as error:
                self.problems.append(
                    Problem(self._shown(directory), f"cannot be read: {error.strerror}")
                )
                continue
            if in_git and any(entry.name == ".gitignore" for entry in entries):
                globs = _read_ignore(os.path.join(directory, ".gitignore"))
                if globs is not None:
                    ignores = (*ignores, (directory, globs))
            for entry in reversed(entries):
                self._entry(entry, ignores, stack)

    def _entry(
        self,
        entry: os.DirEntry[str],
        ignores: tuple[tuple[str, Globs], ...],
        stack: list[tuple[str, tuple[tuple[str, Globs], ...]]],
    ) -> None:
        name = entry.name
        if name.startswith((".", "_")):
            return
        try:
            if entry.is_dir(follow_symlinks=False):
                if name in _SKIPPED or self._excluded(entry.path, True):
                    return
                if not _ignored(entry.path, True, ignores):
                    stack.append((entry.path, ignores))
            elif name.endswith(".go"):
                if not entry.is_file(follow_symlinks=False):
                    if not entry.is_symlink():
                        self.problems.append(
                            Problem(self._shown(entry.path), "not a regular file; left out", False)
                        )
                    return
                if not self._excluded(entry.path, False) and not _ignored(
                    entry.path, False, ignores
                ):
                    self._add(entry.path, entry.stat(follow_symlinks=False).st_size)
        except OSError as error:
            self.problems.append(
                Problem(self._shown(entry.path), f"cannot be read: {error.strerror}")
            )


def _ignored(path: str, directory: bool, ignores: tuple[tuple[str, Globs], ...]) -> bool:
    return any(
        globs.match(os.path.relpath(path, base).replace(os.sep, "/"), is_dir=directory)
        for base, globs in ignores
    )


def _in_git(directory: str) -> bool:
    while True:
        if os.path.lexists(os.path.join(directory, ".git")):
            return True
        parent = os.path.dirname(directory)
        if parent == directory:
            return False
        directory = parent


def _ignores_above(top: str) -> tuple[tuple[str, Globs], ...]:
    """The .gitignore files between the work tree's root and `top`, outermost first."""
    found: list[tuple[str, Globs]] = []
    directory = top
    while not os.path.lexists(os.path.join(directory, ".git")):
        parent = os.path.dirname(directory)
        if parent == directory:
            return ()
        directory = parent
        globs = _read_ignore(os.path.join(directory, ".gitignore"))
        if globs is not None:
            found.append((directory, globs))
    return tuple(reversed(found))


def _read_ignore(path: str) -> Globs | None:
    """The patterns of a .gitignore file; lines that are no pattern are passed over, as git does.

    As for git, a link is none.
    """
    try:
        if os.path.islink(path):
            return None
        text = files.read(path, _MAX_IGNORE_BYTES).decode("utf-8", "replace")
    except files.Unreadable:
        return None
    patterns = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    usable: list[str] = []
    for pattern in patterns:
        try:
            Globs([pattern])
        except ValueError:
            continue
        usable.append(pattern)
    return Globs(usable) if usable else None
