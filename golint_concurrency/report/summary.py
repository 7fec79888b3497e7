"""What a run found, in numbers."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from golint_concurrency.diagnostic import Report, Severity


class Counts(NamedTuple):
    """Numbers of findings by severity, of those with a fix, and of accepted ones."""

    files: int
    findings: int
    errors: int
    warnings: int
    notes: int
    fixable: int
    unsafe_fixable: int
    suppressed: int


def count(report: Report) -> Counts:
    """The numbers of `report`."""
    severities = Counter(item.severity for item in report.diagnostics)
    safe = sum(any(fix.safe for fix in item.fixes) for item in report.diagnostics)
    fixable = sum(bool(item.fixes) for item in report.diagnostics)
    return Counts(
        files=report.files,
        findings=len(report.diagnostics),
        errors=severities[Severity.ERROR],
        warnings=severities[Severity.WARNING],
        notes=severities[Severity.NOTE],
        fixable=safe,
        unsafe_fixable=fixable - safe,
        suppressed=len(report.suppressed),
    )


def sentence(report: Report) -> str:
    """The closing line for people: counts, what can be fixed, and the time it took."""
    counts = count(report)
    took = f"in {_number(counts.files, 'file')}, {report.duration:.2f} s"
    if not counts.findings:
        return f"No findings {took}."
    kinds = [
        _number(number, word)
        for number, word in (
            (counts.errors, "error"),
            (counts.warnings, "warning"),
            (counts.notes, "note"),
        )
        if number
    ]
    text = f"{_number(counts.findings, 'finding')} ({', '.join(kinds)}) {took}."
    if counts.fixable:
        text += f" {counts.fixable} can be fixed with --fix."
    if counts.unsafe_fixable:
        text += f" {counts.unsafe_fixable} more can be fixed with --fix --unsafe-fixes."
    return text


def _number(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
