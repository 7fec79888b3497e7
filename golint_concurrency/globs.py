"""Path patterns as `.gitignore` writes them, matched in time linear in the path for each star.

The patterns come from the linted repository, so none may make the matcher slow. Each star of a
pattern becomes an atomic group: between two stars the first possible match of the text is as
good as any other, so nothing is ever tried twice. Meaning of the patterns: git's documentation
of gitignore, "Pattern format".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

MAX_LENGTH = 1000


class GlobError(ValueError):
    """A pattern cannot be read; the message says why."""


class Globs:
    """An ordered list of patterns; the last that matches decides, `!` takes a match back."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self.patterns = tuple(patterns)
        self._rules = [rule for rule in map(_compile, self.patterns) if rule is not None]

    def __bool__(self) -> bool:
        return bool(self._rules)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Globs) and self.patterns == other.patterns

    def __hash__(self) -> int:
        return hash(self.patterns)

    def __repr__(self) -> str:
        return f"Globs({list(self.patterns)!r})"

    def match(self, path: str, *, is_dir: bool = False) -> bool:
        """Whether `path` (relative, with `/`) or a directory that holds it is matched."""
        if is_dir:
            path += "/"
        for pattern, wanted in reversed(self._rules):
            if pattern.match(path):
                return wanted
        return False


def _compile(pattern: str) -> tuple[re.Pattern[str], bool] | None:
    """The expression for `pattern` and what its match means; `None` for blanks and comments."""
    if len(pattern) > MAX_LENGTH:
        raise GlobError(f"pattern is longer than {MAX_LENGTH} characters")
    if "\0" in pattern or "\n" in pattern:
        raise GlobError("pattern holds a line break or a zero byte")
    text = pattern
    while text.endswith(" ") and not text.endswith("\\ "):
        text = text[:-1]
    if not text or text.startswith("#"):
        return None
    wanted = True
    if text.startswith("!"):
        wanted, text = False, text[1:]
    directory = text.endswith("/")
    text = text.rstrip("/") if directory else text
    anchored = "/" in text
    segments = [segment for segment in text.split("/") if segment]
    if not segments:
        raise GlobError("pattern names nothing; to match everything write **")
    if not anchored and segments != ["**"]:
        segments.insert(0, "**")
    # Every path ends in its own name or, for a directory, in a slash: what matches a directory
    # matches all it holds.
    tail = "/" if directory else "(?:/|\\Z)"
    return re.compile(_groups(segments) + tail, re.DOTALL), wanted


def _groups(segments: list[str]) -> str:
    """The expression for `segments`, split at `**`, which stands for any directories."""
    groups: list[list[str]] = [[]]
    for segment in segments:
        if segment == "**":
            if groups[-1] or len(groups) == 1:
                groups.append([])
        else:
            groups[-1].append(segment)
    open_end = segments[-1] == "**"
    if open_end:
        groups = groups[:-1] if len(groups) > 1 and not groups[-1] else groups
    first, *others = ["/".join(map(_segment, group)) for group in groups]
    text = first
    for at, group in enumerate(others):
        if at or first:
            text += "/"
        last = at == len(others) - 1 and not open_end
        text += f"(?:[^/]*/)*?{group}" if last else f"(?>(?:[^/]*/)*?{group}(?=/|\\Z))"
    if open_end:
        text += "/[^/]+" if text else "[^/]+"
    return text


def _segment(glob: str) -> str:
    """The expression for one name between two slashes."""
    chunks = [""]
    at = 0
    while at < len(glob):
        char = glob[at]
        at += 1
        if char == "*":
            if chunks[-1] or len(chunks) == 1:
                chunks.append("")
        elif char == "?":
            chunks[-1] += "[^/]"
        elif char == "[":
            group, at = _class(glob, at)
            chunks[-1] += group
        elif char == "\\":
            if at == len(glob):
                raise GlobError("pattern ends in a backslash")
            chunks[-1] += re.escape(glob[at])
            at += 1
        else:
            chunks[-1] += re.escape(char)
    first, *others = chunks
    if not others:
        return first
    inner = "".join(f"(?>[^/]*?{chunk})" for chunk in others[:-1])
    some = "" if first else "(?=[^/])"  # a star alone is no empty name
    return f"{some}{first}{inner}[^/]*{others[-1]}"


def _class(glob: str, at: int) -> tuple[str, int]:
    """The expression for the bracket that opened before `at`, and where it ends."""
    start = at
    negated = glob[at : at + 1] in ("!", "^")
    at += negated
    members: list[str] = []
    while at < len(glob) and (glob[at] != "]" or not members):
        if glob[at] == "\\" and at + 1 < len(glob):
            at += 1
        low = glob[at]
        at += 1
        if glob[at : at + 1] == "-" and glob[at + 1 : at + 2] not in ("", "]"):
            high = glob[at + 1]
            if high < low:
                raise GlobError(f"range {low}-{high} in brackets runs backwards")
            members.append(f"{_literal(low)}-{_literal(high)}")
            at += 2
        else:
            members.append(_literal(low))
    if at >= len(glob):
        raise GlobError(f"bracket without an end: {glob[start - 1 :]}")
    return f"(?!/)[{'^' if negated else ''}{''.join(members)}]", at + 1


def _literal(char: str) -> str:
    return f"\\x{ord(char):02x}" if ord(char) < 0x80 else char
