"""The file system as a program sees it: the disk, with some files replaced, added or taken away.

An editor puts unsaved buffers over the disk; a comparison with an older state of the repository
puts the files of that state there. Paths are absolute.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from golint_concurrency import files

Overlay = Mapping[str, bytes | None]
"""Contents that stand in for those on disk; None where there is no such file."""


class Tree:
    """Asks the overlay first, then the disk."""

    def __init__(self, overlay: Overlay | None = None) -> None:
        self._overlay: dict[str, bytes | None] = {}
        self._added: dict[str, set[str]] = {}
        self._removed: dict[str, set[str]] = {}
        self._folders: set[str] = set()
        for path, content in (overlay or {}).items():
            self.put(path, content)

    def put(self, path: str, content: bytes | None) -> None:
        """Let `content` stand in for what is on disk at `path`; None: there is no such file."""
        self.forget(path)
        self._overlay[path] = content
        directory, name = os.path.split(path)
        into = self._removed if content is None else self._added
        into.setdefault(directory, set()).add(name)
        while content is not None and directory not in self._folders:
            self._folders.add(directory)
            directory = os.path.dirname(directory)

    def forget(self, path: str) -> None:
        """Let the disk count again at `path`."""
        self._overlay.pop(path, None)
        directory, name = os.path.split(path)
        for names in (self._added, self._removed):
            names.get(directory, set()).discard(name)

    def read(self, path: str, max_bytes: int = files.MAX_BYTES) -> bytes:
        """The bytes of the regular file at `path`. Raises `files.Unreadable`."""
        if path in self._overlay:
            content = self._overlay[path]
            if content is None:
                raise files.Unreadable("cannot be read: No such file or directory")
            return content
        return files.read(path, max_bytes)

    def is_file(self, path: str) -> bool:
        """Whether there is a file at `path`."""
        if path in self._overlay:
            return self._overlay[path] is not None
        return os.path.isfile(path)

    def is_directory(self, path: str) -> bool:
        """Whether there is a directory at `path`; one whose files were all taken away still is."""
        return path in self._folders or os.path.isdir(path)

    def names(self, directory: str) -> list[str]:
        """Sorted names of what lies in `directory`; none if it cannot be read."""
        try:
            found = set(os.listdir(directory))
        except OSError:
            found = set()
        found |= self._added.get(directory, set())
        return sorted(found - self._removed.get(directory, set()))


class Snapshot(Tree):
    """As a tree is when it is first looked at: each file is read once."""

    def __init__(self, tree: Tree) -> None:
        super().__init__()
        self._tree = tree
        self._contents: dict[tuple[str, int], bytes] = {}

    def read(self, path: str, max_bytes: int = files.MAX_BYTES) -> bytes:
        """See `Tree.read`."""
        key = (path, max_bytes)
        content = self._contents.get(key)
        if content is None:
            content = self._contents[key] = self._tree.read(path, max_bytes)
        return content

    def is_file(self, path: str) -> bool:
        """See `Tree.is_file`."""
        return self._tree.is_file(path)

    def is_directory(self, path: str) -> bool:
        """See `Tree.is_directory`."""
        return self._tree.is_directory(path)

    def names(self, directory: str) -> list[str]:
        """See `Tree.names`."""
        return self._tree.names(directory)
