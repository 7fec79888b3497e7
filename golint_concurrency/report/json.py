"""The tool's own JSON, documented by `schema.json` next to this file.

`version` changes only when a reader of the old form would go wrong. Lines are 1-based, columns
are 1-based characters (Unicode code points), offsets are 0-based bytes of the file; ends are
exclusive. The text is ASCII with escapes, so no file name can act on a terminal. It holds
nothing that depends on time, so two runs with the same findings give the same bytes.
"""

from __future__ import annotations

import json
from typing import Any

from golint_concurrency import __version__
from golint_concurrency.diagnostic import Diagnostic, Problem, Report, Span
from golint_concurrency.report.options import ReportOptions
from golint_concurrency.report.places import Places
from golint_concurrency.report.summary import count
from golint_concurrency.syntax.positions import Unit
from golint_concurrency.terminal import valid

VERSION = 1


def render(report: Report, options: ReportOptions) -> bytes:
    """`report` as one JSON document, one finding on a line (and so at the speed of C)."""
    places = Places(report, options)
    tool = {"name": "golint-concurrency", "version": __version__}
    findings = [json.dumps(diagnostic(item, places, options)) for item in report.diagnostics]
    problems = [json.dumps(problem(item)) for item in report.problems]
    return document(tool, findings, problems, count(report)._asdict(), options.shard)


def document(
    tool: dict[str, str],
    findings: list[str],
    problems: list[str],
    summary: dict[str, int],
    shard: str = "",
) -> bytes:
    """The whole report; `findings` and `problems` are JSON already."""
    part = f'"shard": {json.dumps(shard)},\n' if shard else ""
    text = (
        f'{{\n"version": {VERSION},\n"tool": {json.dumps(tool)},\n{part}'
        f'"diagnostics": {_array(findings)},\n"problems": {_array(problems)},\n'
        f'"summary": {json.dumps(summary)}\n}}\n'
    )
    return text.encode()


def _array(items: list[str]) -> str:
    return "[\n" + ",\n".join(items) + "\n]" if items else "[]"


def diagnostic(item: Diagnostic, places: Places, options: ReportOptions) -> dict[str, Any]:
    """One finding as plain data."""
    return {
        "rule": valid(item.rule),
        "name": valid(item.name),
        "url": options.url_of(item.rule, item.name) or None,
        "severity": item.severity.label,
        "message": valid(item.message),
        "symbol": valid(item.symbol),
        **_place(item.span, places),
        "related": [
            {**_place(related.span, places), "message": valid(related.message)}
            for related in item.related
        ],
        "flow": [
            {**_place(step.span, places), "message": valid(step.message)} for step in item.flow
        ],
        "fixes": [
            {
                "message": valid(fix.message),
                "safe": fix.safe,
                "edits": [
                    {**_place(edit.span, places), "text": valid(edit.text)} for edit in fix.edits
                ],
            }
            for fix in item.fixes
        ],
    }


def problem(item: Problem) -> dict[str, Any]:
    """One problem of the run as plain data."""
    return {"path": valid(item.path), "message": valid(item.message), "fatal": item.fatal}


def _place(span: Span, places: Places) -> dict[str, Any]:
    line, column, end_line, end_column = places.range(span, Unit.RUNES)
    return {
        "path": valid(span.path),
        "start": {"line": line, "column": column, "offset": span.start},
        "end": {"line": end_line, "column": end_column, "offset": span.end},
    }
