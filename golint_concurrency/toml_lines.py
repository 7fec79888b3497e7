"""On which line of a TOML file a key stands; the standard library's reader does not tell.

The text is scanned line by line, which is enough for messages: a line inside of a multi-line
string that looks like a key can only be taken for one that is not there otherwise.
"""

from __future__ import annotations

import re

Path = tuple[str | int, ...]

# No setting lies deeper; deeper keys are placed at what holds them.
_DEPTH = 4

_PART = re.compile(r"""[ \t]*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))[ \t]*""")


def key_lines(text: str) -> dict[Path, int]:
    """The line, 1-based, on which each key and table of `text` is first named.

    Tables in an array (`[[overrides]]`) are counted from 0: `("overrides", 0, "paths")`.
    """
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.lstrip(" \t")
        array = stripped.startswith("[[")
        if stripped.startswith("["):
            parts, end = _parts(stripped, 2 if array else 1)
            if not parts or not stripped.startswith("]]" if array else "]", end):
                continue  # a value of several lines, not a header
            table = ()
            for part in parts:
                table = _into(table, counts)
                table = (*table, part)
            if array:
                counts[table] = counts.get(table, -1) + 1
            found.setdefault(table, number)
            table = _into(table, counts)
            found.setdefault(table, number)
            continue
        parts, end = _parts(stripped, 0)
        if not parts or not stripped.startswith("=", end):
            continue
        for depth in range(1, len(parts) + 1):
            found.setdefault((*table, *parts[:depth]), number)
    return found


def line_of(lines: dict[Path, int], path: Path) -> int:
    """The line of `path`, or of the nearest table around it that has one; 1 if none has."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return 1


def _into(table: Path, counts: dict[Path, int]) -> Path:
    """`table`, or its newest element if it is an array of tables."""
    return (*table, counts[table]) if table in counts else table


def _parts(text: str, at: int) -> tuple[list[str], int]:
    """The dotted key that starts at `at`, and where it ends."""
    parts: list[str] = []
    while match := _PART.match(text, at):
        quoted, literal, bare = match.groups()
        parts.append(_unescaped(quoted) if quoted is not None else literal or bare or "")
        at = match.end()
        if not text.startswith(".", at):
            break
        at += 1
    return parts[:_DEPTH], at


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)
