"""Findings for people: the line of `concise`, and on request source, related places and fixes."""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Diagnostic, Report, Span
from golint_concurrency.report.concise import (
    CYAN,
    DIM,
    SEVERITY_COLORS,
    headline,
    paint,
    where,
)
from golint_concurrency.report.options import ReportOptions
from golint_concurrency.report.places import Places
from golint_concurrency.terminal import escape, width

_TAB = "    "
# Bytes of a long line that are quoted before and after the place of the finding.
_BEFORE, _AFTER = 80, 160


def render(report: Report, options: ReportOptions) -> bytes:
    """The findings of `report`; blocks are set apart by an empty line if source is shown."""
    places = Places(report, options)
    lines: list[str] = []
    for item in report.diagnostics:
        lines.append(headline(item, places, options.color))
        if options.show_source:
            lines.extend(_details(item, places, options.color))
            lines.append("")
    return "".join(line + "\n" for line in lines).encode()


def _details(item: Diagnostic, places: Places, color: bool) -> Iterator[str]:
    style = SEVERITY_COLORS[item.severity]
    gutter = len(str(places.index(item.span.path).line(item.span.start)))
    yield from _excerpt(item.span, places, gutter, style, color)
    mark = paint(" " * gutter + " =", CYAN, color)
    for related in item.related:
        yield f"{mark} {where(related.span, places)}: {escape(related.message)}"
    for number, step in enumerate(item.flow, 1):
        yield f"{mark} {number}. {where(step.span, places)}: {escape(step.message)}"
    for fix in item.fixes:
        option = "--fix" if fix.safe else "--fix --unsafe-fixes"
        yield f"{mark} fix: {escape(fix.message)} {paint(f'({option})', DIM, color)}"


def _excerpt(span: Span, places: Places, gutter: int, style: str, color: bool) -> Iterator[str]:
    """The first line of `span` with carets under it; nothing if the source is not known."""
    index = places.index(span.path)
    line = index.line(span.start)
    start, end = index.line_start(line), index.line_end(line)
    if start == end:
        return
    first = min(max(span.start, start), end)
    last = max(first, min(span.end, end))
    # Whole characters only, and no more of a machine-made line than a reader can use.
    cropped = first - _BEFORE > start
    left = index.offset(*index.position(max(start, first - _BEFORE)))
    shown_last = min(last, first + _AFTER)
    right = index.offset(*index.position(min(end, shown_last + _AFTER)))
    shown_last = min(shown_last, right)
    content = index.content
    before = _shown(content[left:first])
    marked = _shown(content[first:shown_last])
    after = _shown(content[shown_last:right])
    if cropped:
        before = "..." + before
    if right < end:
        after += "..."
    bar = paint("|", CYAN, color)
    number = paint(f"{line:>{gutter}}", CYAN, color)
    carets = paint("^" * max(1, width(marked)), style, color)
    yield f"{number} {bar} {(before + marked + after).rstrip()}"
    yield f"{' ' * gutter} {bar} {' ' * width(before)}{carets}"


def _shown(text: bytes) -> str:
    """Source as printed: tabs as spaces, everything dangerous escaped."""
    return escape(text.decode("utf-8", "replace").replace("\t", _TAB))
