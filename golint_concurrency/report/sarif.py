"""SARIF 2.1.0, as GitHub code scanning, GitLab and editors read it.

Columns count UTF-16 code units. Files are named relative to the repository root, with links
resolved, because that is where GitHub looks for them; a file outside of the root keeps an
absolute `file:` URI. Limits of GitHub are applied unless `limit` is `None`: past the number of
results or the compressed size that it accepts, the least severe findings are left out, which a
notification in the file and `notices` say. Nothing in the file depends on time or machine.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import quote

import sarif_om as om

from golint_concurrency import __version__
from golint_concurrency.diagnostic import (
    Diagnostic,
    Fix,
    Problem,
    Report,
    Severity,
    Span,
    Suppressed,
)
from golint_concurrency.report.fingerprint import LineHashes, identity
from golint_concurrency.report.options import SARIF_RESULT_LIMIT, ReportOptions
from golint_concurrency.report.places import Places
from golint_concurrency.report.sarif_json import Ready, encode, log
from golint_concurrency.report.sarif_rules import descriptor, unknown
from golint_concurrency.syntax.positions import Unit
from golint_concurrency.terminal import escape, valid

_Item = TypeVar("_Item")

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
BASE = "%SRCROOT%"

# What GitHub takes: bytes of the file after gzip, results that it shows, locations of a result,
# steps of a path.
_SIZE = 10_000_000
_SHOWN = 5_000
_LOCATIONS = 100
_STEPS = 1_000
# Related places that the message links to, so that GitHub shows them.
_LINKED = 5


def render(report: Report, options: ReportOptions) -> bytes:
    """`report` as a SARIF log with one run."""
    return _build(report, options)[0]


def notices(report: Report, options: ReportOptions) -> tuple[str, ...]:
    """What GitHub's limits keep out of the file or out of sight."""
    if options.limit is None or options.shard or len(report.diagnostics) <= _SHOWN:
        return ()
    said = _build(report, options)[1]
    if said:
        return said
    return (
        f"SARIF holds {len(report.diagnostics)} findings; GitHub code scanning shows the "
        f"{_SHOWN} most severe.",
    )


def _build(report: Report, options: ReportOptions) -> tuple[bytes, tuple[str, ...]]:
    """The file, and what had to be left out of it."""
    found: list[Diagnostic | Suppressed] = list(report.diagnostics)
    if options.include_suppressed:
        found = sorted([*found, *report.suppressed], key=lambda item: _finding(item).sort_key)
    run = _Run(report, options)

    def made(limit: int | None) -> list[str]:
        return [
            run.result(item)
            for item in _most_severe(found, limit, lambda item: _finding(item).severity)
        ]

    # A shard is no file for GitHub yet: what is made of all of them will be.
    limit = None if options.shard else options.limit
    return _fitting(made, run.log, len(found), limit)


def _fitting(
    made: Callable[[int | None], list[str]],
    head: Callable[[Sequence[str]], om.SarifLog],
    total: int,
    limit: int | None,
) -> tuple[bytes, tuple[str, ...]]:
    """The file with as many of `total` results as GitHub accepts, and what is to be said of it.

    `made` gives at most so many results, the most severe; `head` what stands around them.
    """
    results = made(limit)
    while True:
        said: tuple[str, ...] = ()
        if len(results) < total:
            said = (
                f"SARIF holds the {len(results)} most severe of {total} findings: GitHub code "
                "scanning accepts no more.",
            )
        content = log(head(said), results)
        if limit is None or not results or not _too_big(content):
            return content, said
        # Three quarters at a time: few rounds, and never far below what would have fitted.
        results = made(len(results) * 3 // 4)


def rendered(run: dict[str, Any], results: Sequence[dict[str, Any]]) -> bytes:
    """A file that was read again: `run` without its results, and these, within GitHub's limits."""

    def made(limit: int | None) -> list[str]:
        return [
            encode(item)
            for item in _most_severe(
                results, limit, lambda item: Severity.from_label(item["level"])
            )
        ]

    def head(said: Sequence[str]) -> om.SarifLog:
        (invocation,) = run["invocations"]
        told = [{"level": "warning", "message": {"text": text}} for text in said]
        known = [*invocation["toolExecutionNotifications"], *told]
        whole = {**run, "invocations": [{**invocation, "toolExecutionNotifications": known}]}
        return om.SarifLog(schema_uri=SCHEMA, version="2.1.0", runs=[whole])

    return _fitting(made, head, len(results), SARIF_RESULT_LIMIT)[0]


def _too_big(content: bytes) -> bool:
    return len(content) > _SIZE and len(zlib.compress(content, 6)) > _SIZE


def _finding(item: Diagnostic | Suppressed) -> Diagnostic:
    return item.diagnostic if isinstance(item, Suppressed) else item


def _most_severe(
    found: Sequence[_Item], limit: int | None, severity: Callable[[_Item], Severity]
) -> Sequence[_Item]:
    """At most `limit` of `found`, the most severe and then the first, in their order."""
    if limit is None or len(found) <= limit:
        return found
    ranked = sorted(range(len(found)), key=lambda at: (-severity(found[at]), at))
    return [found[at] for at in sorted(ranked[:limit])]


class _Run:
    """Makes the parts of one run; what many results share is made once."""

    def __init__(self, report: Report, options: ReportOptions) -> None:
        self._report = report
        self._options = options
        self._places = Places(report, options)
        self._artifacts: dict[str, Ready] = {}
        self._hashes: tuple[str, LineHashes] | None = None
        described = {rule.id: rule for rule in report.rules}
        items = [*report.diagnostics, *(item.diagnostic for item in report.suppressed)]
        for item in items:
            if item.rule not in described:
                described[item.rule] = unknown(item)
        self._rules = list(described.values())
        self._rule_index = {rule.id: at for at, rule in enumerate(self._rules)}

    def log(self, said: Sequence[str]) -> om.SarifLog:
        """The log around the results, which `sarif_json.log` adds."""
        category = self._options.category
        notifications = [self._notification(problem) for problem in self._report.problems]
        notifications += [
            om.Notification(level="warning", message=om.Message(text=text)) for text in said
        ]
        driver = om.ToolComponent(
            name="golint-concurrency",
            version=__version__,
            semantic_version=__version__,
            rules=[descriptor(rule, self._options) for rule in self._rules],
        )
        run = om.Run(
            tool=om.Tool(driver=driver),
            # GitHub takes what stands before the last slash for the category.
            automation_details=om.RunAutomationDetails(
                id=category if category.endswith("/") else category + "/"
            ),
            invocations=[
                om.Invocation(
                    execution_successful=not any(item.fatal for item in self._report.problems),
                    tool_execution_notifications=notifications,
                )
            ],
            original_uri_base_ids={
                BASE: om.ArtifactLocation(
                    description=om.Message(text="The root of the repository.")
                )
            },
            column_kind="utf16CodeUnits",
            properties={"shard": self._options.shard} if self._options.shard else None,
        )
        return om.SarifLog(schema_uri=SCHEMA, version="2.1.0", runs=[run])

    def result(self, found: Diagnostic | Suppressed) -> str:
        """One result, encoded."""
        item = _finding(found)
        related = [
            om.Location(
                id=number,
                physical_location=self._physical(other.span),
                message=_message(other.message),
            )
            for number, other in enumerate(item.related[: _LOCATIONS - 1], 1)
        ]
        suppressions = None
        if self._options.include_suppressed:
            # If one result says whether it is suppressed, all must (SARIF 3.27.23).
            suppressions = []
            if isinstance(found, Suppressed):
                reason = valid(found.reason) or None
                suppressions = [om.Suppression(kind=found.kind, justification=reason)]
        return encode(
            om.Result(
                rule_id=item.rule,
                rule_index=self._rule_index[item.rule],
                level=item.severity.label,
                message=om.Message(text=_linked(item)),
                locations=[self._primary(item)],
                related_locations=related or None,
                code_flows=self._code_flows(item),
                fixes=[self._fix(fix) for fix in item.fixes] or None,
                partial_fingerprints=self._fingerprints(item),
                suppressions=suppressions,
            )
        )

    def _primary(self, item: Diagnostic) -> om.Location:
        """Where the finding is, on one line: GitHub shows it only if all its lines changed."""
        span = item.span
        index = self._places.index(span.path)
        end = index.line_end(index.line(span.start))
        physical = self._physical(span)
        if span.start < end < span.end:
            physical = self._physical(Span(span.path, span.start, end))
            physical.context_region = self._region(span)
        logical = None
        if item.symbol:
            logical = [om.LogicalLocation(fully_qualified_name=valid(item.symbol))]
        return om.Location(physical_location=physical, logical_locations=logical)

    def _physical(self, span: Span) -> om.PhysicalLocation:
        return om.PhysicalLocation(
            artifact_location=self._artifact(span.path), region=self._region(span)
        )

    def _region(self, span: Span) -> Ready:
        """The `Region` of `span`, as JSON text: there are several in each result."""
        line, column, end_line, end_column = self._places.range(span, Unit.UTF16)
        return Ready(
            f'{{"endColumn":{end_column},"endLine":{end_line},'
            f'"startColumn":{column},"startLine":{line}}}'
        )

    def _artifact(self, path: str) -> Ready:
        """The `ArtifactLocation` of `path`, as JSON text: most results share a few of them."""
        ready = self._artifacts.get(path)
        if ready is None:
            relative = self._places.relative(path)
            if relative is None:
                absolute = self._places.absolute(path).replace("\\", "/").lstrip("/")
                artifact = om.ArtifactLocation(uri="file:///" + _quoted(absolute))
            else:
                artifact = om.ArtifactLocation(uri=_quoted(relative), uri_base_id=BASE)
            ready = self._artifacts[path] = Ready(encode(artifact))
        return ready

    def _code_flows(self, item: Diagnostic) -> list[om.CodeFlow] | None:
        steps = item.flow
        if not steps:
            return None
        if len(steps) > _STEPS:
            steps = steps[: _STEPS // 2] + steps[-_STEPS // 2 :]
        locations = [
            om.ThreadFlowLocation(
                location=om.Location(
                    physical_location=self._physical(step.span), message=_message(step.message)
                )
            )
            for step in steps
        ]
        return [om.CodeFlow(thread_flows=[om.ThreadFlow(locations=locations)])]

    def _fix(self, fix: Fix) -> om.Fix:
        by_path: dict[str, list[om.Replacement]] = {}
        for edit in sorted(fix.edits):
            inserted = om.ArtifactContent(text=valid(edit.text)) if edit.text else None
            by_path.setdefault(edit.span.path, []).append(
                om.Replacement(deleted_region=self._region(edit.span), inserted_content=inserted)
            )
        return om.Fix(
            description=_message(fix.message),
            artifact_changes=[
                om.ArtifactChange(artifact_location=self._artifact(path), replacements=edits)
                for path, edits in by_path.items()
            ],
            properties={"safe": fix.safe},
        )

    def _fingerprints(self, item: Diagnostic) -> dict[str, str]:
        path = item.span.path
        index = self._places.index(path)
        line = index.line(item.span.start)
        # Findings come file by file, so the hashes of one file are all that is worth keeping.
        if self._hashes is None or self._hashes[0] != path:
            self._hashes = (path, LineHashes(index.content))
        name = self._places.relative(path) or path
        return {
            "primaryLocationLineHash": self._hashes[1].of(line),
            "golintConcurrency/v1": identity(item.rule, name, item.symbol, index.line_bytes(line)),
        }

    def _notification(self, problem: Problem) -> om.Notification:
        locations = None
        if problem.path:
            physical = om.PhysicalLocation(artifact_location=self._artifact(problem.path))
            locations = [om.Location(physical_location=physical)]
        return om.Notification(
            level="error" if problem.fatal else "note",
            message=om.Message(text=_literal(problem.message) or "unknown problem"),
            locations=locations,
        )


def _quoted(path: str) -> str:
    """`path` percent-encoded byte by byte; undecodable bytes come back as they were."""
    try:
        raw = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        raw = valid(path).encode()
    return quote(raw, safe="/")


def _message(text: str) -> om.Message:
    return om.Message(text=_literal(text) or "here")


def _literal(text: str) -> str:
    """`text` as SARIF plain text: no link and no control, whatever name or source it quotes."""
    return escape(text).replace("](", "] (")


def _linked(item: Diagnostic) -> str:
    """The message with links to related places, without which GitHub does not show them."""
    text = _literal(item.message).strip() or item.name or item.rule
    links = [
        f"[{_link_text(related.message)}]({number})"
        for number, related in enumerate(item.related[:_LINKED], 1)
    ]
    if not links:
        return text
    stop = "" if text.endswith((".", "!", "?")) else "."
    return f"{text}{stop} See: {'; '.join(links)}."


def _link_text(text: str) -> str:
    text = re.sub(r"([\[\]\\])", r"\\\1", _literal(text).strip()) or "here"
    return text.rstrip(".")
