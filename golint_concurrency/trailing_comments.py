"""Comments at line ends, which gofmt aligns with those of the lines above and below.

A fix that makes a line longer or shorter, or that comes between two, moves what was aligned.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from golint_concurrency.syntax.parse import parse

_SLASHES = re.compile(rb"//")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that a comment ends: where its code and the comment are, and what it is as a whole."""

    number: int
    indent: bytes
    code_start: int
    code_end: int
    comment: int
    text: bytes

    def width(self, content: bytes) -> int:
        return len(content[self.code_start : self.code_end].decode("utf-8", "replace"))


def realigned(before: bytes, after: bytes) -> bytes:
    """`after` with the comments aligned that were so in `before`.

    Runs of lines that `before` holds in another way are left alone.
    """
    if b"//" not in after or before == after:
        return after
    known = set(before.split(b"\n"))
    wrong = [run for run in _runs(after) if not _is_aligned(after, run)]
    if not wrong:
        return after
    aligned: set[bytes] = set()
    other: set[bytes] = set()
    for run in _runs(before):
        (aligned if _is_aligned(before, run) else other).update(line.text for line in run)
    for run in reversed(wrong):
        texts = {line.text for line in run}
        if texts & other or not any(text in aligned or text not in known for text in texts):
            continue
        column = max(line.width(after) for line in run) + 1
        for line in reversed(run):
            gap = b" " * (column - line.width(after))
            after = after[: line.code_end] + gap + after[line.comment :]
    return after


def _is_aligned(content: bytes, run: list[_Line]) -> bool:
    column = max(line.width(content) for line in run) + 1
    return all(
        content[line.code_end : line.comment] == b" " * (column - line.width(content))
        for line in run
    )


def _runs(content: bytes) -> list[list[_Line]]:
    """Lines with a comment at their end that follow one another, and are as far in."""
    runs: list[list[_Line]] = []
    for line in _lines(content):
        last = runs[-1][-1] if runs else None
        if last and last.number + 1 == line.number and last.indent == line.indent:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _lines(content: bytes) -> list[_Line]:
    root = parse(content).root_node
    found: list[_Line] = []
    number = counted = 0
    for match in _SLASHES.finditer(content):
        at = match.start()
        start = content.rfind(b"\n", 0, at) + 1
        code = content[start:at]
        if not code.strip():
            continue
        node = root.descendant_for_byte_range(at, at + 2)
        if node is None or node.type != "comment" or node.start_byte != at:
            continue
        number += content.count(b"\n", counted, at)
        counted = at
        end = content.find(b"\n", at)
        indent = code[: len(code) - len(code.lstrip())]
        found.append(
            _Line(
                number,
                indent,
                start + len(indent),
                start + len(code.rstrip()),
                at,
                content[start : end if end >= 0 else len(content)],
            )
        )
    return found
