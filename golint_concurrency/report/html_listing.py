"""A finding's source as HTML: the lines that matter, with the path through them drawn beside.

Rows have one height, so the drawing is computed here and needs neither style nor script.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape as html_escape
from itertools import pairwise

from golint_concurrency.diagnostic import Diagnostic, Span
from golint_concurrency.report.places import Places
from golint_concurrency.terminal import escape

_ROW = 20
_WIDTH = 48
_X = 36
_AROUND = 2
_MOST_ROWS = 160
_MOST_STEPS = 40
_MOST_BYTES = 400
_TAB = "    "


def text(value: str) -> str:
    """`value` as text of a page: nothing in it can act, on the page or on its reader's eyes."""
    return html_escape(escape(value))


@dataclass(frozen=True, slots=True)
class _Point:
    """A place that is pointed at; `label` is what stands in its circle, "" for none."""

    span: Span
    label: str
    message: str
    end: bool = False


def listing(item: Diagnostic, places: Places) -> str:
    """The source around the finding, its steps and its related places."""
    flow = item.flow[:_MOST_STEPS]
    points = [
        _Point(step.span, str(number), step.message, number == len(item.flow))
        for number, step in enumerate(flow, 1)
    ]
    points += [_Point(other.span, "", other.message) for other in item.related[:_MOST_STEPS]]
    rows = _Rows(item, places, points)
    if not rows.html:
        return ""
    return (
        f'<div class="listing">{rows.drawing([p for p in points if p.label])}'
        f'<div class="rows">{"".join(rows.html)}</div></div>'
    )


class _Rows:
    def __init__(self, item: Diagnostic, places: Places, points: Sequence[_Point]) -> None:
        self._places = places
        self.html: list[str] = []
        self._at: dict[tuple[str, int], int] = {}
        by_file: dict[str, list[_Point]] = {item.span.path: []}
        for point in points:
            by_file.setdefault(point.span.path, []).append(point)
        for path, there in by_file.items():
            spans = [item.span] if path == item.span.path else []
            self._file(path, spans, there, title=len(by_file) > 1)

    def _file(
        self, path: str, spans: Sequence[Span], points: Sequence[_Point], *, title: bool
    ) -> None:
        index = self._places.index(path)
        if not index.content:
            return
        told: dict[int, list[str]] = {}
        wanted: set[int] = set()
        for point in points:
            line = index.line(point.span.start)
            told.setdefault(line, []).append(point.message)
            wanted |= set(range(line - _AROUND, line + _AROUND + 1))
        marks: dict[int, Span] = {}
        for span in spans:
            line = index.line(span.start)
            marks[line] = span
            wanted |= set(range(line - _AROUND, line + _AROUND + 1))
        if title:
            self._row("file", text(path))
        before = 0
        for line in sorted(number for number in wanted if 1 <= number <= index.line_count):
            if len(self.html) >= _MOST_ROWS:
                self._row("gap", "...")
                return
            if before and line > before + 1:
                self._row("gap", "...")
            before = line
            self._at[path, line] = len(self.html)
            code = self._code(path, line, marks.get(line))
            self._row("", f'<span class="no">{line}</span>{code}')
            for message in told.get(line, ()):
                self._row("said", text(f"{_indent(index.line_bytes(line))}^ {message}"))

    def _row(self, kind: str, content: str) -> None:
        named = f' class="{kind}"' if kind else ""
        self.html.append(f"<div{named}>{content}</div>")

    def _code(self, path: str, line: int, mark: Span | None) -> str:
        index = self._places.index(path)
        start = index.line_start(line)
        content = index.line_bytes(line)
        cut = "..." if len(content) > _MOST_BYTES else ""
        content = content[:_MOST_BYTES]
        if mark is None:
            return _shown(content) + cut
        first = min(max(mark.start - start, 0), len(content))
        last = min(max(mark.end - start, first), len(content))
        return (
            f"{_shown(content[:first])}<mark>{_shown(content[first:last])}</mark>"
            f"{_shown(content[last:])}{cut}"
        )

    def drawing(self, points: Sequence[_Point]) -> str:
        """Circles with the numbers of the steps, and the way from each to the next."""
        placed: list[tuple[int, _Point]] = []
        for point in points:
            line = self._places.index(point.span.path).line(point.span.start)
            row = self._at.get((point.span.path, line))
            if row is not None:
                placed.append((row * _ROW + _ROW // 2, point))
        if not placed:
            return ""
        height = len(self.html) * _ROW
        parts = []
        for (here, _), (there, _) in pairwise(placed):
            parts.append(_way(here, there))
        # Steps on one line share a circle: the last is on top, so all are named in it.
        named: dict[int, list[_Point]] = {}
        for y, point in placed:
            named.setdefault(y, []).append(point)
        for y, there_ in named.items():
            label = there_[0].label + ("+" if len(there_) > 1 else "")
            kind = ' class="end"' if any(point.end for point in there_) else ""
            parts.append(
                f'<g{kind}><circle cx="{_X}" cy="{y}" r="8"></circle>'
                f'<text x="{_X}" y="{y + 4}">{label}</text></g>'
            )
        said = " then ".join(point.label for _, point in placed)
        return (
            f'<svg width="{_WIDTH}" height="{height}" role="img" aria-label="path: {said}">'
            f"{''.join(parts)}</svg>"
        )


def _way(here: int, there: int) -> str:
    """A line from one step to the next: straight down, or in a bow to the left going back."""
    if here == there:
        return ""
    if there > here:
        end = there - 9
        return (
            f'<path d="M{_X} {here} L{_X} {end}"></path>'
            f'<path class="head" d="M{_X - 4} {end - 5} L{_X + 4} {end - 5} L{_X} {end} Z"></path>'
        )
    bow = max(4, _X - 14 - (here - there) // 12)
    return (
        f'<path d="M{_X - 8} {here} C{bow} {here} {bow} {there} {_X - 9} {there}"></path>'
        f'<path class="head" d="M{_X - 14} {there - 4} L{_X - 14} {there + 4} '
        f'L{_X - 8} {there} Z"></path>'
    )


def _shown(content: bytes) -> str:
    return text(content.decode("utf-8", "replace").replace("\t", _TAB))


def _indent(content: bytes) -> str:
    code = content.decode("utf-8", "replace").replace("\t", _TAB)
    return " " * min(len(code) - len(code.lstrip(" ")), 60)
