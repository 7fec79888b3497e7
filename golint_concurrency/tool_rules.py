"""The findings of the tool about its own work: suppressions, unreadable source, failing rules."""

from __future__ import annotations

from golint_concurrency.diagnostic import Precision, RuleInfo, Severity

SYNTAX_ERROR = "GLC002"
INTERNAL_ERROR = "GLC004"


def _rule(
    number: str,
    name: str,
    summary: str,
    severity: Severity,
    text: str,
    *,
    enabled: bool = True,
    fix: str = "",
) -> RuleInfo:
    return RuleInfo(
        f"GLC{number}", name, summary, severity, Precision.VERY_HIGH, text, enabled=enabled,
        fixable=fix,
    )  # fmt: skip


TOOL_RULES = (
    _rule(
        "001",
        "unused-suppression",
        "a suppression that hides nothing",
        Severity.WARNING,
        "A directive of ours (`//glc:ignore`, or `//nolint` and `//lint:ignore` with one of our "
        "rules) that matches no finding, or names no rule. It would hide the next mistake on that "
        "line unseen. The fix removes it. Nothing is said of a rule that did not run.",
        fix="safe",
    ),
    _rule(
        "002",
        "syntax-error",
        "a part of the file could not be read as Go",
        Severity.NOTE,
        "Findings in the rest of the file stand; the part that could not be read was left out.",
    ),
    _rule(
        "003",
        "suppression-without-reason",
        "a suppression that does not say why",
        Severity.NOTE,
        "A directive of ours without a word of explanation behind the rule: "
        "`//glc:ignore GLC401 the loop ends after three turns`.",
        enabled=False,
    ),
    _rule(
        "004",
        "internal-error",
        "a rule failed on this place",
        Severity.ERROR,
        "A bug in a rule. The other rules ran; the exit code is 2. Please report it.",
    ),
)
