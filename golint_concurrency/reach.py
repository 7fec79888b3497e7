"""Which packages a change can concern: those that hold it, and those that import them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from golint_concurrency import files
from golint_concurrency.semantics.module import ModuleIndex
from golint_concurrency.semantics.tree import Tree

_IMPORT = re.compile(rb'^import[ \t]*(?:\(([^)]*)\)|[\w. \t]*("[^"\n]*"|`[^`\n]*`))', re.MULTILINE)
_PATH = re.compile(rb'"([^"\n]*)"|`([^`\n]*)`')


class Reach:
    """Asks for each directory which changed files its packages can see."""

    def __init__(self, tree: Tree, changed: Iterable[str]) -> None:
        self._tree = tree
        self._modules = ModuleIndex(use_cache=False, tree=tree)
        self._changed: dict[str, str] = {}
        self._above: dict[str, str] = {}
        for path in sorted(changed):
            into = self._changed if path.endswith(".go") else self._above
            into.setdefault(os.path.dirname(path), path)
        self._imports: dict[str, tuple[str, ...]] = {}
        self._known: dict[str, str | None] = {}

    def cause(self, directory: str) -> str | None:
        """A changed file on which findings in `directory` may depend; the nearest, or None."""
        if directory not in self._known:
            self._known[directory] = self._find(directory)
        return self._known[directory]

    def _find(self, start: str) -> str | None:
        above = start
        while True:
            if above in self._above:
                return self._above[above]
            parent = os.path.dirname(above)
            if parent == above:
                break
            above = parent
        seen = {start}
        level = [start]
        while level:
            following: list[str] = []
            for directory in level:
                if directory in self._changed:
                    return self._changed[directory]
                for imported in self._imported(directory):
                    if imported not in seen:
                        seen.add(imported)
                        following.append(imported)
            level = following
        return None

    def _imported(self, directory: str) -> tuple[str, ...]:
        known = self._imports.get(directory)
        if known is None:
            known = self._imports[directory] = self._read(directory)
        return known

    def _read(self, directory: str) -> tuple[str, ...]:
        module = self._modules.for_path(Path(directory))
        if module is None:
            return ()
        paths: set[str] = set()
        for name in self._tree.names(directory):
            if name.endswith(".go"):
                paths |= self._paths(os.path.join(directory, name))
        found = (self._modules.directory_of(path, module) for path in sorted(paths))
        return tuple(str(place) for place in found if place is not None)

    def _paths(self, file: str) -> set[str]:
        try:
            content = self._tree.read(file)
        except files.Unreadable:
            return set()
        found: set[str] = set()
        for match in _IMPORT.finditer(content):
            for quoted, raw in _PATH.findall(match[1] or match[2]):
                found.add((quoted or raw).decode("utf-8", "replace"))
        return found
