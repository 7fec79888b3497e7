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
from operator import mul

_WINDOW = 100
_MASK = (1 << 64) - 1
_POWERS = [pow(37, _WINDOW - 1 - at, 1 << 64) for at in range(_WINDOW)]
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_BLANKS = str.maketrans("", "", " \t")


class LineHashes:
    """`primaryLocationLineHash` of the lines of one file."""

    def __init__(self, content: bytes) -> None:
        text = content.decode("utf-8", "replace")
        text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_BLANKS)
        if not text.isascii():
            text = _ASTRAL.sub(_surrogates, text)
        self._units = units = text + "\uffff"
        self._starts = array("Q")
        self._occurrence = array("L")
        # Keyed by Python's 64-bit hash: the windows themselves would outweigh the file.
        seen: dict[int, int] = {}
        start = 0
        while start >= 0:
            window = hash(units[start : start + _WINDOW])
            seen[window] = count = seen.get(window, 0) + 1
            self._starts.append(start)
            self._occurrence.append(count)
            # The line after the last break starts at the end mark, so it is always there.
            start = units.find("\n", start) + 1 or -1
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
            value = sum(map(mul, map(ord, window), _POWERS)) & _MASK
            known = self._known[line] = f"{value:x}:{self._occurrence[line - 1]}"
        return known


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
