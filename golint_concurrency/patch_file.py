"""Unified diffs: read, and taken back, so that what there was before can be linted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

MAX_BYTES = 64 * 1024 * 1024

_HUNK = re.compile(rb"@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@")
_ESCAPE = re.compile(rb'\\([abfnrtv"\\]|[0-3][0-7]{2})')
_LETTERS = {b"a": 7, b"b": 8, b"f": 12, b"n": 10, b"r": 13, b"t": 9, b"v": 11, b'"': 34, b"\\": 92}


class PatchError(Exception):
    """The diff cannot be used; the message says why and what to do."""


@dataclass(slots=True)
class Hunk:
    """Lines before and after, with their ends; `start` is the first one after, from 0."""

    start: int
    old: list[bytes] = field(default_factory=list)
    new: list[bytes] = field(default_factory=list)


@dataclass(slots=True)
class FilePatch:
    """What happens to a file; `old` or `new` is None where there is none. Names are as written.

    `copied`: the old file is still there.
    """

    old: bytes | None
    new: bytes | None
    copied: bool = False
    hunks: list[Hunk] = field(default_factory=list)

    def taken_back(self, content: bytes) -> bytes:
        """The file before, from what it holds now. Raises `PatchError` if that does not fit."""
        lines = _lines(content)
        result: list[bytes] = []
        at = 0
        for hunk in self.hunks:
            end = hunk.start + len(hunk.new)
            if hunk.start < at or not _same(lines[hunk.start : end], hunk.new):
                raise PatchError(
                    f"line {hunk.start + 1} is not as the diff leaves it; make the diff again, or "
                    "check out the state that it leads to"
                )
            crlf = any(line.endswith(b"\r\n") for line in lines[hunk.start : end])
            result += lines[at : hunk.start]
            result += [_ended(line, crlf) for line in hunk.old]
            at = end
        return b"".join(result + lines[at:])


def _lines(content: bytes) -> list[bytes]:
    parts = content.split(b"\n")
    return [part + b"\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _same(one: list[bytes], other: list[bytes]) -> bool:
    return [line.rstrip(b"\r\n") for line in one] == [line.rstrip(b"\r\n") for line in other]


def _ended(line: bytes, crlf: bool) -> bytes:
    if crlf and line.endswith(b"\n") and not line.endswith(b"\r\n"):
        return line[:-1] + b"\r\n"
    return line


def parse(content: bytes) -> list[FilePatch]:
    """The files of a diff as `git diff` or `diff -u` write it. Raises `PatchError`."""
    reader = _Reader(_lines(content))
    reader.read()
    if not reader.found and content.strip():
        raise PatchError("it holds no unified diff; make one with `git diff`")
    return reader.found


class _Reader:
    def __init__(self, lines: list[bytes]) -> None:
        self._lines = lines
        self._at = 0
        self._git = False
        self._names: list[bytes | None] = [None, None]
        self.found: list[FilePatch] = []

    def read(self) -> None:
        while self._at < len(self._lines):
            line = self._lines[self._at]
            number = self._at
            self._at += 1
            if line.startswith(b"@@@"):
                raise PatchError(
                    f"line {number + 1}: a combined diff of a merge; make one against one parent"
                )
            if line.startswith(b"diff --git "):
                self._git = True
                self._names = [None, None]
            elif line.startswith((b"rename from ", b"copy from ")):
                self._names[0] = _unquoted(line.split(b" ", 2)[2])
            elif line.startswith((b"rename to ", b"copy to ")):
                # Where nothing else changed, no other line names the files.
                name = _unquoted(line.split(b" ", 2)[2])
                self.found.append(FilePatch(self._names[0], name, line.startswith(b"copy")))
            elif line.startswith(b"--- ") and self._next(b"+++ "):
                self._file(line)
            elif line.startswith(b"@@ "):
                raise PatchError(f"line {number + 1}: a hunk that belongs to no file")

    def _next(self, start: bytes) -> bool:
        return self._at < len(self._lines) and self._lines[self._at].startswith(start)

    def _file(self, line: bytes) -> None:
        old, new = _name(line[4:]), _name(self._lines[self._at][4:])
        self._at += 1
        if self._git or ((old or b"a/").startswith(b"a/") and (new or b"b/").startswith(b"b/")):
            old, new = _stripped(old, new)
        last = self.found[-1] if self.found else None
        if last is not None and not last.hunks and last.new == new and last.old == old:
            patch = last  # the rename that was announced above
        else:
            patch = FilePatch(old, new)
            self.found.append(patch)
        while self._next(b"@@ "):
            patch.hunks.append(self._hunk())

    def _hunk(self) -> Hunk:
        head = _HUNK.match(self._lines[self._at])
        number = self._at + 1
        self._at += 1
        if head is None:
            raise PatchError(f"line {number}: not the head of a hunk")
        old, new = (int(count) if count is not None else 1 for count in (head[2], head[4]))
        hunk = Hunk(max(int(head[3]) - (1 if new else 0), 0))
        while old > len(hunk.old) or new > len(hunk.new):
            if self._at >= len(self._lines):
                raise PatchError(f"line {number}: this hunk ends too early")
            line = self._lines[self._at]
            self._at += 1
            mark, text = line[:1], line[1:]
            if mark in (b" ", b"\n", b"\r"):
                text = text if mark == b" " else line
                hunk.old.append(text)
                hunk.new.append(text)
            elif mark == b"-":
                hunk.old.append(text)
            elif mark == b"+":
                hunk.new.append(text)
            elif mark == b"\\":
                self._unended(hunk, self._lines[self._at - 2][:1])
            else:
                raise PatchError(f"line {self._at}: not a line of a hunk")
        if self._next(b"\\"):
            self._unended(hunk, self._lines[self._at - 1][:1])
            self._at += 1
        return hunk

    @staticmethod
    def _unended(hunk: Hunk, mark: bytes) -> None:
        """The line before this has no end ("No newline at end of file")."""
        for side in (hunk.old if mark != b"+" else None, hunk.new if mark != b"-" else None):
            if side:
                side[-1] = side[-1].removesuffix(b"\n").removesuffix(b"\r")


def _name(text: bytes) -> bytes | None:
    name = _unquoted(text.rstrip(b"\r\n").split(b"\t")[0])
    return None if name == b"/dev/null" else name


def _unquoted(text: bytes) -> bytes:
    text = text.rstrip(b"\r\n")
    if len(text) < 2 or not (text.startswith(b'"') and text.endswith(b'"')):
        return text

    def plain(match: re.Match[bytes]) -> bytes:
        return bytes([_LETTERS[match[1]] if match[1] in _LETTERS else int(match[1], 8)])

    return _ESCAPE.sub(plain, text[1:-1])


def _stripped(old: bytes | None, new: bytes | None) -> tuple[bytes | None, bytes | None]:
    """The names without `a/` and `b/` (or i/, w/, c/, o/), if both have such a beginning."""
    both = [name for name in (old, new) if name is not None]
    if not all(name[1:2] == b"/" and name[:1] in b"abciwo12" for name in both):
        return old, new
    cut: Callable[[bytes | None], bytes | None] = lambda name: name and name[2:]  # noqa: E731
    return cut(old), cut(new)
