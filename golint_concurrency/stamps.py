"""What directories were found to hold, kept with what tells whether they still do without reading.

A directory's stamp is made of the name, size, times and inode of each of its Go files. Two things
are told by it: the digest of what is in the files, and which words that somebody looked for in a
whole module stand there. As for git's index, a stamp counts only if all that it names was left
alone for a while before the run that made it began: a file that changes while it is read, or
within the same tick of the file system's clock, is read again the next time. The time at which
the system itself noted a change is part of it, so that a file whose time is set back is seen too.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from typing import Any

from golint_concurrency.semantics import mentions

_SETTLED = 2_000_000_000
"""Nanoseconds: coarser than the clock of any file system in use (FAT counts two seconds)."""


class Folder:
    """One look at a directory: stamps of its Go files, with and without tests, empty where the
    files can only be told by reading them; and the directories in it, links left out."""

    __slots__ = ("all", "folders", "has_module", "plain", "plain_count")

    def __init__(self) -> None:
        self.all = ""
        self.plain = ""
        self.plain_count = 0
        self.folders: list[str] = []
        self.has_module = False


class Stamps:
    """Stamps of one run, and those that an earlier one left as `kept`, a JSON value."""

    def __init__(self, kept: Any = None) -> None:
        self._before = time.time_ns() - _SETTLED
        self._folders: dict[str, Folder] = {}
        self._walked: dict[str, dict[str, str] | None] = {}
        self._digests: dict[str, list[str]] = {}
        self.modules: dict[str, Any] = {}
        """By module root: the stamps of its directories, and answers with where they came from."""
        self.changed = False
        if isinstance(kept, list) and len(kept) == 2 and all(isinstance(x, dict) for x in kept):
            self._digests, self.modules = kept

    def as_json(self) -> Any:
        """What to hand to the next run."""
        return [self._digests, self.modules]

    def folder(self, directory: str) -> Folder:
        """What lies in `directory`, looked at once."""
        known = self._folders.get(directory)
        if known is None:
            known = self._folders[directory] = self._look(directory)
        return known

    def digest(self, directory: str, *, tests: bool) -> str | None:
        """The digest that was learned for `directory` as it is; None if it must be read."""
        kept = self._digests.get(_key(directory, tests=tests))
        if kept is None:
            return None
        stamp = self._stamp(directory, tests=tests)
        return str(kept[1]) if stamp and stamp == kept[0] else None

    def learn(self, directory: str, digest: str, *, tests: bool) -> None:
        """Keep a digest of what was read since this run began."""
        stamp = self._stamp(directory, tests=tests)
        key = _key(directory, tests=tests)
        if stamp and self._digests.get(key) != [stamp, digest]:
            self._digests[key] = [stamp, digest]
            self.changed = True

    def module(self, root: str) -> dict[str, str] | None:
        """Stamps of the directories that a search over the module at `root` reads, tests left out;
        None if there are too many files for that."""
        if root not in self._walked:
            self._walked[root] = self._walk(root)
        return self._walked[root]

    def learn_module(
        self, root: str, folders: dict[str, str], answers: dict[str, Any], lives: dict[str, Any]
    ) -> None:
        """Keep what searches over the module at `root` gave in this run, and how its programs
        live."""
        found = {"folders": folders, "answers": answers, "lives": lives}
        if self.modules.get(root) != found:
            self.modules[root] = found
            self.changed = True

    def _walk(self, root: str) -> dict[str, str] | None:
        found: dict[str, str] = {}
        count = 0
        waiting = [root]
        while waiting:
            directory = waiting.pop()
            folder = self.folder(directory)
            if directory != root and folder.has_module:
                continue
            count += folder.plain_count
            if count > mentions.MAX_FILES:
                return None
            found[directory] = folder.plain
            waiting += [
                os.path.join(directory, name) for name in folder.folders if mentions.searched(name)
            ]
        return found

    def _stamp(self, directory: str, *, tests: bool) -> str:
        folder = self.folder(directory)
        return folder.all if tests else folder.plain

    def _look(self, directory: str) -> Folder:
        found = Folder()
        lines: list[str] = []
        newest = [0, 0]
        told = os.name != "nt"  # where the system does not say when it noted a change
        try:
            with os.scandir(directory) as scan:
                for entry in scan:
                    name = entry.name
                    if not name.endswith(".go"):
                        if name == "go.mod":
                            found.has_module = True
                        elif entry.is_dir(follow_symlinks=False):
                            found.folders.append(name)
                        continue
                    status = entry.stat(follow_symlinks=False)
                    if not stat.S_ISREG(status.st_mode):
                        told = False  # a link, or worse: what it leads to is not told by it
                        continue
                    test = name.endswith("_test.go")
                    found.plain_count += not test
                    newest[test] = max(newest[test], status.st_mtime_ns, status.st_ctime_ns)
                    lines.append(
                        f"{test:d}{name}\0{status.st_size} {status.st_mtime_ns} "
                        f"{status.st_ctime_ns} {status.st_ino} {status.st_mode}"
                    )
        except OSError:
            told = False
        found.folders.sort()
        if told:
            lines.sort()  # those of files that are no tests first
            plain = [line for line in lines if line[0] == "0"]
            if newest[0] < self._before:
                found.plain = _hash(plain)
                if newest[1] < self._before:
                    found.all = _hash(lines)
        return found


def _key(directory: str, *, tests: bool) -> str:
    return f"{tests:d}{directory}"


def _hash(lines: list[str]) -> str:
    text = "\0\0".join(lines).encode("utf-8", "surrogateescape")
    return hashlib.blake2b(text, digest_size=12).hexdigest()
