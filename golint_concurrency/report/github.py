"""Workflow commands of GitHub Actions: findings become annotations of the changed files.

GitHub keeps ten annotations of each level for a step, so the most severe findings come first,
what is over is printed as plain log lines in a group, and a closing notice tells how many those
are. Whatever comes from the repository is escaped, so that no file name, message or excerpt can
start a command of its own, in the present form (`::name::`) or the old one (`##[name]`).
"""

from __future__ import annotations

from collections import Counter

from golint_concurrency.diagnostic import Diagnostic, Report, Severity
from golint_concurrency.report.concise import headline
from golint_concurrency.report.options import ReportOptions
from golint_concurrency.report.places import Places
from golint_concurrency.syntax.positions import Unit
from golint_concurrency.terminal import escape

LIMIT = 10

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: Report, options: ReportOptions) -> bytes:
    """`report` as workflow commands, most severe first."""
    places = Places(report, options)
    ranked = sorted(report.diagnostics, key=lambda item: -item.severity)
    totals = Counter(item.severity for item in ranked)
    over = any(number > LIMIT for number in totals.values())
    # The closing notice takes the place of one.
    room = {severity: LIMIT - (over and severity is Severity.NOTE) for severity in Severity}
    annotated: list[Diagnostic] = []
    rest: list[Diagnostic] = []
    for item in ranked:
        if room[item.severity] > 0:
            room[item.severity] -= 1
            annotated.append(item)
        else:
            rest.append(item)
    lines = [_command(item, places) for item in annotated]
    if rest:
        lines.append(f"::group::{len(rest)} more findings")
        lines += ["  " + _plain(headline(item, places, color=False)) for item in rest]
        lines.append("::endgroup::")
        lines.append(
            f"::notice title=golint-concurrency::{len(rest)} of {len(ranked)} findings are only "
            f"in the log of this step: GitHub shows {LIMIT} of each level. Upload "
            "`--format sarif` to code scanning to see all of them."
        )
    return "".join(line + "\n" for line in lines).encode()


def _command(item: Diagnostic, places: Places) -> str:
    line, column, end_line, end_column = places.range(item.span, Unit.RUNES)
    path = places.relative(item.span.path) or item.span.path
    properties = {"file": path, "line": str(line), "endLine": str(end_line)}
    if line == end_line:  # GitHub refuses columns for several lines
        properties["col"] = str(column)
        properties["endColumn"] = str(max(column, end_column - 1))
    properties["title"] = f"{item.rule} {item.name}"
    said = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{_COMMANDS[item.severity]} {said}::{_data(item.message)}"


def _data(text: str) -> str:
    """`text` as the message of a command."""
    text = escape(text).replace("%", "%25")
    return text.replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """`text` as a property of a command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _plain(line: str) -> str:
    """A log line that the runner cannot take for a command, wherever in the line it looks."""
    return line.replace("##[", "## [").replace("::", ": :")
