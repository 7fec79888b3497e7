"""Findings in the terms of the protocol: ranges in the agreed unit, levels, links."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import accumulate

from lsprotocol import types as lsp

from golint_concurrency.diagnostic import Diagnostic, Edit, Severity, Span
from golint_concurrency.line_diff import matched
from golint_concurrency.lsp.settings import ClientSettings
from golint_concurrency.syntax.positions import LineIndex, Unit

SOURCE = "golint-concurrency"
_LEVELS = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "information": lsp.DiagnosticSeverity.Information,
    "hint": lsp.DiagnosticSeverity.Hint,
}
_UNITS: dict[str, Unit] = {
    lsp.PositionEncodingKind.Utf8.value: Unit.BYTES,
    lsp.PositionEncodingKind.Utf16.value: Unit.UTF16,
    lsp.PositionEncodingKind.Utf32.value: Unit.RUNES,
}
_UNUSED = frozenset(["GLC001"])


class Text:
    """The bytes of a file with the positions that a client counts in."""

    def __init__(self, content: bytes, encoding: str) -> None:
        self.content = content
        self._lines = LineIndex(content, lone_cr=True)
        self._unit = _UNITS.get(encoding, Unit.UTF16)

    def position(self, offset: int) -> lsp.Position:
        """The position of a byte offset."""
        line, column = self._lines.position(offset, self._unit)
        return lsp.Position(line - 1, column - 1)

    def range(self, start: int, end: int) -> lsp.Range:
        """The range of bytes from `start` to `end`."""
        return lsp.Range(self.position(start), self.position(max(start, end)))

    def offset(self, position: lsp.Position) -> int:
        """The byte offset of a client's position; one outside the text counts as its end."""
        return self._lines.offset(position.line + 1, position.character + 1, self._unit)

    def edit(self, edit: Edit) -> lsp.TextEdit:
        """One of our edits, with the line ends of the file."""
        text = edit.text
        if b"\r\n" in self.content:
            text = text.replace("\r\n", "\n").replace("\n", "\r\n")
        return lsp.TextEdit(self.range(edit.span.start, edit.span.end), text)

    def edits_to(self, after: bytes) -> list[lsp.TextEdit]:
        """The edits that turn the text into `after`; they leave alone what stays as it is."""
        old = self.content.splitlines(keepends=True)
        new = after.splitlines(keepends=True)
        starts = list(accumulate(map(len, old), initial=0))
        kept = matched(old, new)
        edits: list[lsp.TextEdit] = []
        first = new_first = 0
        for new_last in (*sorted(kept), len(new)):
            last = kept.get(new_last, len(old))
            if first < last or new_first < new_last:
                text = b"".join(new[new_first:new_last])
                edits.append(self._replaced(starts[first], starts[last], text))
            first, new_first = last + 1, new_last + 1
        return edits

    def _replaced(self, start: int, end: int, text: bytes) -> lsp.TextEdit:
        """The edit that puts `text` there, without what is the same at its ends."""
        old = self.content[start:end]
        most = min(len(old), len(text))
        head = _same(old, text)
        while head and not (_parts(old, head) and _parts(text, head)):
            head -= 1
        tail = _same(old[::-1], text[::-1])
        tail = min(tail, most - head)
        while tail and not (_parts(old, len(old) - tail) and _parts(text, len(text) - tail)):
            tail -= 1
        middle = text[head : len(text) - tail].decode("utf-8", "replace")
        return lsp.TextEdit(self.range(start + head, end - tail), middle)


def _same(one: bytes, other: bytes) -> int:
    """The number of bytes that the two begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _parts(text: bytes, at: int) -> bool:
    """False within a character, or within a line break of two."""
    inside = at < len(text) and 0x80 <= text[at] < 0xC0
    return not inside and text[max(at - 1, 0) : at + 1] != b"\r\n"


def to_lsp(
    diagnostics: Iterable[Diagnostic],
    text: Text,
    settings: ClientSettings,
    page: Callable[[str], str],
    place: Callable[[Span], lsp.Location | None],
) -> list[lsp.Diagnostic]:
    """Findings in one file for the client; those of a severity that is "off" are left out.

    `page` gives the address of a rule's explanation, "" if there is none; `place` finds a span,
    which may lie in another file.
    """
    found: list[lsp.Diagnostic] = []
    for item in diagnostics:
        level = _LEVELS.get(settings.severity.get(item.severity.label, "warning"))
        if level is None:
            continue
        notes = [(note.span, note.message) for note in item.related]
        notes += [(step.span, step.message) for step in item.flow]
        related = [
            lsp.DiagnosticRelatedInformation(location, message)
            for span, message in notes
            if (location := place(span)) is not None
        ]
        href = page(item.rule)
        found.append(
            lsp.Diagnostic(
                range=text.range(item.span.start, item.span.end),
                message=item.message,
                severity=level,
                code=item.rule,
                code_description=lsp.CodeDescription(href) if href else None,
                source=SOURCE,
                tags=[lsp.DiagnosticTag.Unnecessary] if item.rule in _UNUSED else None,
                related_information=related or None,
                data={"name": item.name, "severity": Severity(item.severity).label},
            )
        )
    return found
