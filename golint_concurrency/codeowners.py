"""Who owns a file, as CODEOWNERS of GitHub and GitLab say it.

The last line that matches decides. Sections of GitLab are read for the owners they give to lines
without any; their approval rules mean nothing here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from golint_concurrency import files
from golint_concurrency.globs import GlobError, Globs

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
_MAX_BYTES = 3 * 1024 * 1024
_MOST_LINES = 5000

_SECTION = re.compile(r"\^?\[[^\]]+\](?:\[[0-9]+\])?(.*)\Z")
_WORD = re.compile(r"(?:\\.|[^\s\\])+")


@dataclass(frozen=True, slots=True)
class _Line:
    globs: Globs
    owners: tuple[str, ...]
    flat: bool


class Owners:
    """The owners of files by their path from the repository's root."""

    def __init__(self, lines: list[_Line]) -> None:
        self._lines = lines
        self._known: dict[str, tuple[str, ...]] = {}

    def __bool__(self) -> bool:
        return bool(self._lines)

    def of(self, path: str) -> tuple[str, ...]:
        """The owners of `path` (relative to the root, with `/`), none if nobody owns it."""
        if path not in self._known:
            self._known[path] = next(
                (line.owners for line in reversed(self._lines) if _holds(line, path)), ()
            )
        return self._known[path]


def _holds(line: _Line, path: str) -> bool:
    # `docs/*` owns the files of docs alone, unlike in .gitignore.
    if line.flat:
        start = line.globs.patterns[0].strip("/").count("/")
        if path.count("/") != start:
            return False
    return line.globs.match(path)


def read(root: Path) -> Owners:
    """The owners that the first CODEOWNERS file of the repository at `root` names.

    As for GitHub and GitLab, a link is none.
    """
    for place in PLACES:
        try:
            if (root / place).is_symlink():
                continue
            content = files.read(str(root / place), _MAX_BYTES)
        except files.Unreadable:
            continue
        return parse(content.decode("utf-8", "replace"))
    return Owners([])


def parse(text: str) -> Owners:
    """The owners in a CODEOWNERS file; lines that cannot be read are passed over."""
    found: list[_Line] = []
    section: tuple[str, ...] = ()
    for line in text.splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        heading = _SECTION.match(line)
        if heading is not None:
            section = _owners(heading[1])
            continue
        first = _WORD.match(line)
        if first is None:
            continue
        pattern = first[0].replace("\\#", "#")
        if pattern.startswith("!"):
            continue
        try:
            globs = Globs([pattern])
        except GlobError:
            continue
        if not globs:
            continue
        owners = _owners(line[first.end() :]) or section
        flat = pattern.endswith("/*") and "**" not in pattern
        found.append(_Line(globs, owners, flat))
        if len(found) >= _MOST_LINES:
            break
    return Owners(found)


def _owners(text: str) -> tuple[str, ...]:
    words = text.split("#", 1)[0].split()
    return tuple(dict.fromkeys(word for word in words if "@" in word))
