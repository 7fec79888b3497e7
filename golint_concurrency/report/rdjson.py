"""Reviewdog's diagnostic format (rdjson): review comments with suggestions.

Columns count bytes, as its definition says. A fix whose edits all lie in the finding's file
becomes one suggestion that spans them, because reviewdog applies each suggestion on its own.
"""

from __future__ import annotations

import json
from typing import Any

from golint_concurrency.diagnostic import Diagnostic, Fix, Report, Severity, Span
from golint_concurrency.report.options import ReportOptions
from golint_concurrency.report.places import Places
from golint_concurrency.syntax.positions import Unit
from golint_concurrency.terminal import escape, valid

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}


def render(report: Report, options: ReportOptions) -> bytes:
    """`report` as a `DiagnosticResult`."""
    places = Places(report, options)
    items = [json.dumps(_diagnostic(item, places, options)) for item in report.diagnostics]
    array = "[\n" + ",\n".join(items) + "\n]" if items else "[]"
    text = f'{{"source": {{"name": "golint-concurrency"}}, "diagnostics": {array}}}\n'
    return text.encode()


def _diagnostic(item: Diagnostic, places: Places, options: ReportOptions) -> dict[str, Any]:
    code = {"value": f"{item.rule} {item.name}"}
    url = options.url_of(item.rule, item.name)
    if url:
        code["url"] = url
    data: dict[str, Any] = {
        "message": escape(item.message),
        "location": {"path": valid(item.span.path), "range": _range(item.span, places)},
        "severity": _SEVERITIES[item.severity],
        "code": code,
    }
    suggestions = [_suggestion(fix, item.span.path, places) for fix in item.fixes]
    if found := [suggestion for suggestion in suggestions if suggestion]:
        data["suggestions"] = found
    return data


def _suggestion(fix: Fix, path: str, places: Places) -> dict[str, Any] | None:
    edits = sorted(fix.edits)
    if not edits or any(edit.span.path != path for edit in edits):
        return None
    content = places.index(path).content
    start, end = edits[0].span.start, edits[0].span.start
    text = ""
    for edit in edits:
        if edit.span.start < end:  # edits that overlap are a fault of the rule: offer nothing
            return None
        text += content[end : edit.span.start].decode("utf-8", "replace") + edit.text
        end = edit.span.end
    return {"range": _range(Span(path, start, end), places), "text": valid(text)}


def _range(span: Span, places: Places) -> dict[str, Any]:
    line, column, end_line, end_column = places.range(span, Unit.BYTES)
    return {
        "start": {"line": line, "column": column},
        "end": {"line": end_line, "column": end_column},
    }
