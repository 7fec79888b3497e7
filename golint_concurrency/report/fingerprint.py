"""Fingerprints by which a finding is known again after the lines around it moved.

`LineHashes` computes what GitHub code scanning calls `primaryLocationLineHash`: alerts keep
their identity only if it equals the value that github/codeql-action computes on upload. The
definition was taken from that action's `src/fingerprints.ts`: the file's UTF-16 code units
without spaces and tabs, each line break as LF, then one unit 0xFFFF for the end; the hash of a
line is the polynomial in 37 modulo 2**64 of the 100 units from the line's first one on, padded
with zeros; its n-th occurrence in the file gets the suffix `:n`.

The action hashes every line unit by unit. Here only the lines that are asked for are hashed,
and occurrences are counted by comparing the 100 units.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Sequence
from itertools import accumulate, islice
from operator import mul

_WINDOW = 100
_END = 0xFFFF
_MASK = (1 << 64) - 1
_POWERS = [pow(37, _WINDOW - 1 - at, 1 << 64) for at in range(_WINDOW)]
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_BLANKS = str.maketrans("", "", " \t")


class LineHashes:
    """`primaryLocationLineHash` of the lines of one file."""

    def __init__(self, content: bytes) -> None:
        # ASCII bytes are units as they are, and nearly all files are nothing else.
        self._units: bytes | str
        if content.isascii():
            kept = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").translate(None, b" \t")
            self._units = kept
            self._starts = _line_starts(kept.split(b"\n"))
        else:
            text = content.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
            self._units = text = _ASTRAL.sub(_surrogates, text.translate(_BLANKS))
            self._starts = _line_starts(text.split("\n"))
        # Python's 64-bit hashes stand for the windows, which would outweigh the file.
        units = self._units
        windows = [hash(units[start : start + _WINDOW]) for start in self._starts]
        self._occurrence = array("L", [1]) * len(windows)
        if len(set(windows)) < len(windows):
            seen: dict[int, int] = {}
            for at, window in enumerate(windows):
                seen[window] = self._occurrence[at] = seen.get(window, 0) + 1
        self._known: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self._starts)

    def of(self, line: int) -> str:
        """The hash of `line`, 1-based; raises `IndexError` for a line that is not there."""
        known = self._known.get(line)
        if known is None:
            if line < 1:
                raise IndexError(line)
            start = self._starts[line - 1]
            window = self._units[start : start + _WINDOW]
            codes = window if isinstance(window, bytes) else map(ord, window)
            value = sum(map(mul, codes, _POWERS))
            if len(window) < _WINDOW:
                value += _END * _POWERS[len(window)]
            known = f"{value & _MASK:x}:{self._occurrence[line - 1]}"
            self._known[line] = known
        return known


def _line_starts(lines: Sequence[bytes] | Sequence[str]) -> array[int]:
    """Where each line starts among the units; one unit stands between two lines."""
    ends = accumulate((len(line) + 1 for line in lines), initial=0)
    return array("Q", islice(ends, len(lines)))


def _surrogates(match: re.Match[str]) -> str:
    code = ord(match[0]) - 0x10000
    return chr(0xD800 + (code >> 10)) + chr(0xDC00 + (code & 0x3FF))


def identity(rule: str, path: str, symbol: str, line: bytes) -> str:
    """A name for a finding that survives edits elsewhere in the file, in 32 hex digits.

    `path` is relative to the repository root, `line` the text of the finding's first line;
    white space in it does not count, so reindenting keeps the name. Equal findings on equal
    lines of one declaration share it: count them where each needs a name of its own.
    """
    parts = [
        rule.encode(),
        path.encode("utf-8", "surrogatepass"),
        symbol.encode("utf-8", "replace"),
    ]
    parts.append(b" ".join(line.split()))
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:32]
