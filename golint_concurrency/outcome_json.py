"""Outcomes as JSON values, and back: sources are left out, and read again."""

from __future__ import annotations

from typing import Any

from golint_concurrency.diagnostic import (
    Diagnostic,
    Edit,
    Fix,
    Related,
    Severity,
    Span,
    Step,
    Suppressed,
)
from golint_concurrency.engine import Outcome


def dump(outcome: Outcome) -> Any:
    """`outcome` as a JSON value; it must have no problems."""
    return [
        [_diagnostic(item) for item in outcome.diagnostics],
        [[_diagnostic(item.diagnostic), item.kind, item.reason] for item in outcome.suppressed],
        sorted(outcome.sources),
        outcome.files,
    ]


def load(value: Any) -> tuple[Outcome, list[str]]:
    """The outcome, and the paths whose sources belong to it. Raises ValueError, TypeError or
    KeyError for what `dump` did not make."""
    diagnostics, suppressed, sources, files = value
    outcome = Outcome(
        diagnostics=[_diagnostic_of(item) for item in diagnostics],
        suppressed=[
            Suppressed(_diagnostic_of(item), kind, reason) for item, kind, reason in suppressed
        ],
        files=int(files),
    )
    return outcome, [str(path) for path in sources]


def _span(span: Span) -> Any:
    return [span.path, span.start, span.end]


def _diagnostic(item: Diagnostic) -> Any:
    return [
        item.rule,
        item.name,
        item.severity.label,
        _span(item.span),
        item.message,
        item.symbol,
        [[_span(other.span), other.message] for other in item.related],
        [[_span(step.span), step.message] for step in item.flow],
        [
            [fix.message, [[_span(edit.span), edit.text] for edit in fix.edits], fix.safe]
            for fix in item.fixes
        ],
    ]


def _diagnostic_of(value: Any) -> Diagnostic:
    rule, name, severity, span, message, symbol, related, flow, fixes = value
    return Diagnostic(
        rule,
        name,
        Severity.from_label(severity),
        Span(*span),
        message,
        symbol,
        tuple(Related(Span(*at), text) for at, text in related),
        tuple(Step(Span(*at), text) for at, text in flow),
        tuple(
            Fix(text, tuple(Edit(Span(*at), new) for at, new in edits), safe)
            for text, edits, safe in fixes
        ),
    )
