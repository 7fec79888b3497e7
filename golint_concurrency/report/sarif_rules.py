"""Rules as SARIF describes them, with everything that GitHub code scanning shows of a rule."""

from __future__ import annotations

import sarif_om as om

from golint_concurrency.diagnostic import Diagnostic, Precision, RuleInfo, Severity
from golint_concurrency.report.options import ReportOptions
from golint_concurrency.terminal import valid

# GitHub keeps 10 tags of a rule, 255 characters of its name and 1,024 of its descriptions.
_TAGS, _NAME, _DESCRIPTION = 10, 255, 1024
_PROBLEM_SEVERITY = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "recommendation",
}


def descriptor(rule: RuleInfo, options: ReportOptions) -> om.ReportingDescriptor:
    """The entry of `rule` in `tool.driver.rules`."""
    summary = valid(rule.summary).strip() or rule.name or rule.id
    explanation = valid(rule.explanation).strip() or summary
    url = options.url_of(rule.id, rule.name)
    notes = ""
    if rule.source:
        notes += f"\n\nSource: {valid(rule.source).strip()}"
    if rule.since_go:
        notes += f"\n\nApplies from Go {valid(rule.since_go).strip()} on."
    link = f"\n\n[{rule.id} {rule.name}]({url})" if url else ""
    tags = list(dict.fromkeys(("concurrency", "reliability", *map(valid, rule.tags))))
    return om.ReportingDescriptor(
        id=rule.id,
        name=rule.name[:_NAME] or rule.id,
        short_description=om.MultiformatMessageString(text=summary[:_DESCRIPTION]),
        full_description=om.MultiformatMessageString(text=_first_paragraph(explanation)),
        help=om.MultiformatMessageString(
            text=explanation + notes + (f"\n\n{url}" if url else ""),
            markdown=explanation + notes + link,
        ),
        help_uri=url or None,
        default_configuration=om.ReportingConfiguration(
            level=rule.severity.label, enabled=rule.enabled
        ),
        properties={
            "tags": tags[:_TAGS],
            "precision": rule.precision.value,
            "problem.severity": _PROBLEM_SEVERITY[rule.severity],
        },
    )


def unknown(item: Diagnostic) -> RuleInfo:
    """A stand-in for a rule that the report has findings of but does not describe."""
    return RuleInfo(
        id=item.rule,
        name=item.name,
        summary=item.name,
        severity=item.severity,
        precision=Precision.MEDIUM,
        explanation="",
    )


def _first_paragraph(text: str) -> str:
    paragraph = " ".join(text.split("\n\n", 1)[0].split())
    if len(paragraph) <= _DESCRIPTION:
        return paragraph
    return paragraph[: _DESCRIPTION - 3].rsplit(" ", 1)[0] + "..."
