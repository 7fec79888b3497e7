"""Findings in the terms of the protocol: ranges in the agreed unit, levels, links."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable

from lsprotocol import types as lsp

from golint_concurrency.diagnostic import Diagnostic, Edit, Severity, Span
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
        """The edits, by lines, that turn the text into `after`."""
        old = self.content.splitlines(keepends=True)
        new = after.splitlines(keepends=True)
        starts = [0]
        for line in old:
            starts.append(starts[-1] + len(line))
        edits: list[lsp.TextEdit] = []
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        for tag, first, last, new_first, new_last in matcher.get_opcodes():
            if tag != "equal":
                text = b"".join(new[new_first:new_last]).decode("utf-8", "replace")
                edits.append(lsp.TextEdit(self.range(starts[first], starts[last]), text))
        return edits


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
