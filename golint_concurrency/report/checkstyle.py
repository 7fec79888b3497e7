"""Checkstyle's XML, which many review tools and Jenkins read. Columns count characters."""

from __future__ import annotations

from itertools import groupby

from golint_concurrency.diagnostic import Report, Severity
from golint_concurrency.report.options import ReportOptions
from golint_concurrency.report.places import Places
from golint_concurrency.report.xml import HEADER, attributes
from golint_concurrency.syntax.positions import Unit

_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "info"}


def render(report: Report, options: ReportOptions) -> bytes:
    """`report` with one `file` element for each file that has findings."""
    places = Places(report, options)
    lines = [HEADER.rstrip(), '<checkstyle version="5.0">']
    for path, items in groupby(report.diagnostics, key=lambda item: item.span.path):
        lines.append(f"  <file{attributes(name=path)}>")
        for item in items:
            line, column, _, _ = places.range(item.span, Unit.RUNES)
            found = attributes(
                line=line,
                column=column,
                severity=_SEVERITIES[item.severity],
                message=item.message,
                source=f"golint-concurrency.{item.rule}.{item.name}",
            )
            lines.append(f"    <error{found}/>")
        lines.append("  </file>")
    lines.append("</checkstyle>")
    return ("\n".join(lines) + "\n").encode()
