"""Findings counted by rule and by package, and where the time went, as tables for people."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from golint_concurrency.diagnostic import Diagnostic, Report, RuleInfo, Severity
from golint_concurrency.terminal import escape, width

_STEPS = ("read", "parse", "index", "lower")
_LEAST = 0.005


def statistics(report: Report) -> list[str]:
    """Lines that count the findings of `report` by rule and by package, the most first."""
    if not report.diagnostics:
        return []
    by_rule: dict[str, list[Diagnostic]] = {}
    for item in report.diagnostics:
        by_rule.setdefault(item.rule, []).append(item)
    ordered = sorted(by_rule.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    rules = [
        (str(len(items)), rule, items[0].name, _levels(items), _fixable(items))
        for rule, items in ordered
    ]
    packages = Counter(
        os.path.dirname(item.span.path).replace(os.sep, "/") or "." for item in report.diagnostics
    )
    places = [
        (str(count), escape(package))
        for package, count in sorted(packages.items(), key=lambda entry: (-entry[1], entry[0]))
    ]
    return ["by rule:", *_table(rules), "by package:", *_table(places)]


def _levels(items: Iterable[Diagnostic]) -> str:
    return "/".join(
        severity.label
        for severity in sorted({item.severity for item in items}, key=Severity, reverse=True)
    )


def _fixable(items: Sequence[Diagnostic]) -> str:
    safe = sum(any(fix.safe for fix in item.fixes) for item in items)
    fixable = sum(bool(item.fixes) for item in items)
    said = [f"{safe} by --fix"] if safe else []
    said += [f"{fixable - safe} by --unsafe-fixes"] if fixable > safe else []
    return ", ".join(said)


def timing(spent: Mapping[str, float], rules: Sequence[RuleInfo]) -> list[str]:
    """Lines that tell where the time went, in seconds of all processes together.

    What a rule finds out about types, control flow or other functions is remembered for all, and
    counts for the rule that asked first.
    """
    total = sum(spent.values())
    names = {rule.id: rule.name for rule in rules}
    rows = [
        (f"{spent.get(step, 0.0):.2f}", _share(spent.get(step, 0.0), total), step)
        for step in _STEPS
    ]
    rest = sum(
        seconds for name, seconds in spent.items() if name not in names and name not in _STEPS
    )
    rows.append((f"{rest:.2f}", _share(rest, total), "other"))
    by_rule = sorted(
        ((seconds, name) for name, seconds in spent.items() if name in names), reverse=True
    )
    together = sum(seconds for seconds, _ in by_rule)
    rows.append((f"{together:.2f}", _share(together, total), "rules, of that:"))
    rows += [
        (f"{seconds:.2f}", _share(seconds, total), f"  {name} {names[name]}")
        for seconds, name in by_rule
        if seconds >= _LEAST
    ]
    return [f"time ({total:.2f} s in all processes):", *_table(rows)]


def _share(part: float, total: float) -> str:
    return f"{100 * part / total:.0f} %" if total else ""


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns side by side: numbers to the right, words to the left."""
    if not rows:
        return []
    widths = [max(width(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = []
        for cell, wide in zip(row, widths, strict=True):
            blank = " " * (wide - width(cell))
            cells.append(
                blank + cell if cell[:1].isdigit() and cell[-1:] in "0123456789%" else cell + blank
            )
        lines.append("  " + "  ".join(cells).rstrip())
    return lines
