"""Byte offsets to lines and columns and back, in every unit that a consumer of findings counts in.

Inside the tool a place is a byte offset. Go's own tools print columns in bytes, people and JSON
count characters, SARIF viewers and editors count UTF-16 code units. All lines and columns here
are 1-based; an offset past the end of the content means its end.

Facts this rests on: a Go source line ends at LF alone (Go specification, "Comments" and
"Semicolons"), as tree-sitter's rows do; a CR right before it belongs to the line break. Editors
that follow the Language Server Protocol also break at a lone CR: `lone_cr=True`. A byte order
mark at the start is no character of line 1 for them nor for SARIF viewers, but its three bytes
count in byte columns, as in Go's tools. Invalid UTF-8 counts one character for each maximal
ill-formed sequence, as decoders that put U+FFFD there do (Unicode standard, 3.9).
"""

from __future__ import annotations

import enum
from bisect import bisect_right
from codecs import BOM_UTF8, utf_8_decode
from itertools import accumulate

# Characters before a column are counted from the nearest checkpoint, so that a hostile file
# that is one line of many megabytes costs no more for each finding than a normal one.
_STRIDE = 4096


class Unit(enum.Enum):
    """What a column counts."""

    BYTES = "bytes"
    RUNES = "runes"
    UTF16 = "utf16"


class LineIndex:
    """Lines and columns of one file's content; nothing is computed before it is asked for."""

    def __init__(self, content: bytes, *, lone_cr: bool = False) -> None:
        self.content = content
        self._lone_cr = lone_cr
        self._checkpoints: dict[tuple[int, Unit], list[tuple[int, int]]] = {}
        self._known_starts: list[int] | None = None
        self._known_ascii: bool | None = None

    @property
    def _starts(self) -> list[int]:
        """Offset of the first byte of each line, then the offset after the content."""
        starts = self._known_starts
        if starts is None:
            starts = self._known_starts = self._find_starts()
        return starts

    def _find_starts(self) -> list[int]:
        content = self.content
        if self._lone_cr and b"\r" in content:
            pieces = content.splitlines(keepends=True)
            starts = list(accumulate(map(len, pieces), initial=0))
            if not pieces or pieces[-1][-1:] in (b"\r", b"\n"):
                starts.append(starts[-1])
            return starts
        starts = [0, *accumulate(len(piece) + 1 for piece in content.split(b"\n"))]
        starts[-1] -= 1
        return starts

    @property
    def _ascii(self) -> bool:
        known = self._known_ascii
        if known is None:
            known = self._known_ascii = self.content.isascii()
        return known

    @property
    def line_count(self) -> int:
        """Number of lines; a file that ends in a line break has a last, empty one."""
        return len(self._starts) - 1

    def line(self, offset: int) -> int:
        """The line that holds the byte at `offset`."""
        starts = self._starts
        return max(
            1, min(bisect_right(starts, max(offset, 0), 0, len(starts) - 1), len(starts) - 1)
        )

    def line_start(self, line: int) -> int:
        """Offset of the first byte of `line`; lines outside the file are taken to the nearest."""
        return self._starts[self._clamp(line) - 1]

    def line_end(self, line: int) -> int:
        """Offset after the last byte of `line`, without its line break."""
        line = self._clamp(line)
        start, end = self._starts[line - 1], self._starts[line]
        content = self.content
        if line < self.line_count:
            end -= 1
            if content[end : end + 1] == b"\n" and end > start and content[end - 1] == 0x0D:
                end -= 1
        return end

    def line_bytes(self, line: int) -> bytes:
        """The bytes of `line` without its line break."""
        return self.content[self.line_start(line) : self.line_end(line)]

    def position(self, offset: int, unit: Unit = Unit.RUNES) -> tuple[int, int]:
        """`(line, column)` of `offset`; an offset inside a character means its start."""
        offset = max(0, min(offset, len(self.content)))
        starts = self._starts
        line = bisect_right(starts, offset, 0, len(starts) - 1)
        if self._ascii:
            return line, offset - starts[line - 1] + 1
        return line, self._column(line, offset, unit)

    def range(self, start: int, end: int, unit: Unit = Unit.RUNES) -> tuple[int, int, int, int]:
        """`(line, column, end line, end column)` of the bytes `[start, end)`."""
        line, column = self.position(start, unit)
        if self._ascii and start <= end < self._starts[line]:
            return line, column, line, column + end - start
        return (line, column, *self.position(max(start, end), unit))

    def offset(self, line: int, column: int, unit: Unit = Unit.RUNES) -> int:
        """The byte offset of `(line, column)`, kept inside the line.

        A column between the two UTF-16 code units of one character means its start.
        """
        start, end = self.line_start(line), self.line_end(line)
        line = self._clamp(line)
        if unit is Unit.BYTES:
            return max(start, min(start + column - 1, end))
        if self._ascii:
            return max(start, min(start + column - 1, end))
        if line == 1 and self.content.startswith(BOM_UTF8):
            start = min(len(BOM_UTF8), end)
        # The column never falls while the offset grows: search for the last character that
        # starts at or before the wanted column.
        low, high = start, end
        while low < high:
            middle = (low + high + 1) // 2
            if self._column(line, middle, unit) <= column:
                low = middle
            else:
                high = middle - 1
        return self._char_start(start, low)

    def _clamp(self, line: int) -> int:
        return max(1, min(line, self.line_count))

    def _column(self, line: int, offset: int, unit: Unit) -> int:
        start = self._starts[line - 1]
        if unit is Unit.BYTES or self._ascii:
            return offset - start + 1
        if start == 0 and self.content.startswith(BOM_UTF8):
            start = len(BOM_UTF8)
        if offset <= start:
            return 1
        offset = self._char_start(start, offset)
        if offset - start < 2 * _STRIDE:
            return 1 + _width(self.content[start:offset], unit)
        return 1 + self._far_width(start, offset, unit)

    def _far_width(self, start: int, offset: int, unit: Unit) -> int:
        """Width of `content[start:offset]` with the help of remembered checkpoints."""
        points = self._checkpoints.setdefault((start, unit), [(start, 0)])
        while points[-1][0] + _STRIDE <= offset:
            last, width = points[-1]
            # The sequence at the stride may reach back before it: start where it starts. It is
            # at most three bytes back, so every checkpoint lies after the one before it.
            point = self._char_start(start, last + _STRIDE)
            points.append((point, width + _width(self.content[last:point], unit)))
        at = bisect_right(points, offset, key=lambda point: point[0]) - 1
        last, width = points[at]
        return width + _width(self.content[last:offset], unit)

    def _char_start(self, floor: int, offset: int) -> int:
        """`offset`, or the start of the character that it points into, not before `floor`."""
        content = self.content
        if offset >= len(content) or content[offset] & 0xC0 != 0x80:
            return offset
        for lead in range(offset - 1, max(floor, offset - 3) - 1, -1):
            byte = content[lead]
            if byte < 0x80:
                break
            if byte >= 0xC0:
                # One character holds both if what lies between is still incomplete, and going
                # one byte further is no error.
                try:
                    inside = utf_8_decode(content[lead:offset], "strict", False)[1] == 0
                    utf_8_decode(content[lead : offset + 1], "strict", False)
                except UnicodeDecodeError:
                    break
                return lead if inside else offset
        return offset


def _width(text: bytes, unit: Unit) -> int:
    """Number of characters or UTF-16 code units of `text`, which starts and ends between two."""
    if text.isascii():
        return len(text)
    decoded = text.decode("utf-8", "replace")
    if unit is Unit.RUNES:
        return len(decoded)
    return len(decoded.encode("utf-16-le")) // 2
