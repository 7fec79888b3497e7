"""The objects of `json`, one on each line, for tools that read a stream.

Each has a `type`: "diagnostic" and "problem" as in the JSON document, then one "summary" that
also names the version of the form and the tool.
"""

from __future__ import annotations

import json
from typing import Any

from golint_concurrency import __version__
from golint_concurrency.diagnostic import Report
from golint_concurrency.report.json import VERSION, diagnostic, problem
from golint_concurrency.report.options import ReportOptions
from golint_concurrency.report.places import Places
from golint_concurrency.report.summary import count


def render(report: Report, options: ReportOptions) -> bytes:
    """`report` as JSON lines."""
    places = Places(report, options)
    lines: list[dict[str, Any]] = [
        {"type": "diagnostic", **diagnostic(item, places, options)} for item in report.diagnostics
    ]
    lines += [{"type": "problem", **problem(item)} for item in report.problems]
    tool = {"name": "golint-concurrency", "version": __version__}
    lines.append({"type": "summary", "version": VERSION, "tool": tool, **count(report)._asdict()})
    return "".join(json.dumps(line) + "\n" for line in lines).encode()
