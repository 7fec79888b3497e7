"""GitLab's code quality report: a JSON array of findings with a fingerprint each.

Fingerprints must differ within a report and stay when lines move: the finding's identity and
its number among those that share it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter

from golint_concurrency.diagnostic import Report, Severity
from golint_concurrency.report.fingerprint import identity
from golint_concurrency.report.options import ReportOptions
from golint_concurrency.report.places import Places
from golint_concurrency.syntax.positions import Unit
from golint_concurrency.terminal import escape, valid

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTE: "info"}


def render(report: Report, options: ReportOptions) -> bytes:
    """`report` as a code quality report."""
    places = Places(report, options)
    seen: Counter[str] = Counter()
    items = []
    for item in report.diagnostics:
        path = places.relative(item.span.path) or item.span.path
        line, _, end_line, _ = places.range(item.span, Unit.RUNES)
        text = places.index(item.span.path).line_bytes(line)
        name = identity(item.rule, path, item.symbol, text)
        seen[name] += 1
        fingerprint = hashlib.sha256(f"{name}:{seen[name]}".encode()).hexdigest()
        items.append(
            json.dumps(
                {
                    "description": escape(item.message),
                    "check_name": f"{item.rule} {item.name}",
                    "fingerprint": fingerprint,
                    "severity": _SEVERITIES[item.severity],
                    "location": {
                        "path": valid(path),
                        "lines": {"begin": line, "end": end_line},
                    },
                }
            )
        )
    return ("[\n" + ",\n".join(items) + "\n]\n" if items else "[]\n").encode()
