"""One line for each finding, as Go's tools and editors' quickfix lists know it.

`path:line:col: GLC401 warning: message (rule-name)`; the column counts bytes, as `go vet` does.
"""

from __future__ import annotations

from golint_concurrency.diagnostic import Diagnostic, Report, Severity, Span
from golint_concurrency.report.options import ReportOptions
from golint_concurrency.report.places import Places
from golint_concurrency.syntax.positions import Unit
from golint_concurrency.terminal import escape

BOLD, DIM, RED, YELLOW, BLUE, CYAN = "1", "2", "1;31", "1;33", "1;34", "36"
SEVERITY_COLORS = {Severity.ERROR: RED, Severity.WARNING: YELLOW, Severity.NOTE: BLUE}


def render(report: Report, options: ReportOptions) -> bytes:
    """The findings of `report`, one line each."""
    places = Places(report, options)
    lines = [headline(item, places, options.color) for item in report.diagnostics]
    return "".join(line + "\n" for line in lines).encode()


def headline(item: Diagnostic, places: Places, color: bool) -> str:
    """The line of one finding, safe to print."""
    severity = paint(item.severity.label, SEVERITY_COLORS[item.severity], color)
    return (
        f"{paint(where(item.span, places), BOLD, color)}: {escape(item.rule)} {severity}: "
        f"{escape(item.message)} {paint(f'({escape(item.name)})', DIM, color)}"
    )


def where(span: Span, places: Places) -> str:
    """`path:line:col`, safe to print."""
    line, column = places.index(span.path).position(span.start, Unit.BYTES)
    return f"{escape(span.path)}:{line}:{column}"


def paint(text: str, style: str, color: bool) -> str:
    """`text` in an ANSI style if `color`."""
    return f"\x1b[{style}m{text}\x1b[0m" if color else text
