"""Diagnostics of whole workspace folders, on request: in pieces, with progress, until cancelled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from golint_concurrency.lsp.uris import uri_of
from golint_concurrency.run import batches
from golint_concurrency.source import Target, discover

if TYPE_CHECKING:
    from golint_concurrency.lsp.server import Server
    from golint_concurrency.lsp.session import Found

_PIECE = 50
"""Files with news that are sent together, to clients that take partial results."""


def targets_below(folders: Sequence[str]) -> list[Target]:
    """The Go files below `folders` that the command line would walk to, each once."""
    found: dict[str, Target] = {}
    for folder in folders:
        for target in discover([f"{folder}/..."], folder).targets:
            found.setdefault(target.absolute, target)
    return sorted(found.values(), key=lambda target: target.absolute)


async def sweep(
    server: Server, params: lsp.WorkspaceDiagnosticParams, known: Mapping[str, str]
) -> AsyncIterator[lsp.WorkspaceDocumentDiagnosticReport]:
    """Reports for files with findings, and for those in `known` (URI to result id) without.

    Yields nothing that was sent as a partial result.
    """
    token = params.work_done_token
    targets = await asyncio.get_running_loop().run_in_executor(None, targets_below, server.folders)
    done = 0
    if token is not None:
        server.work_done_progress.begin(
            token,
            lsp.WorkDoneProgressBegin(
                title="golint-concurrency", cancellable=True, message="reading", percentage=0
            ),
        )
    try:
        waiting: list[lsp.WorkspaceDocumentDiagnosticReport] = []
        for batch in batches(targets):
            session = await server.ask(server.session.fresh)
            for target in batch:
                cancelled = server.work_done_progress.tokens.get(token) if token else None
                if cancelled is not None and cancelled.cancelled():
                    raise asyncio.CancelledError
                report = await _report(server, session.lint, target, known)
                done += 1
                if report is not None:
                    waiting.append(report)
            if token is not None:
                percentage = 100 * done // max(len(targets), 1)
                server.work_done_progress.report(
                    token,
                    lsp.WorkDoneProgressReport(
                        message=f"{done} of {len(targets)} files", percentage=percentage
                    ),
                )
            if params.partial_result_token is not None and len(waiting) >= _PIECE:
                server.progress(
                    lsp.ProgressParams(
                        token=params.partial_result_token,
                        value=lsp.WorkspaceDiagnosticReportPartialResult(items=waiting),
                    )
                )
                waiting = []
        for report in waiting:
            yield report
    finally:
        if token is not None:
            server.work_done_progress.end(token, lsp.WorkDoneProgressEnd())


async def _report(
    server: Server, lint: Callable[[str], Found], target: Target, known: Mapping[str, str]
) -> lsp.WorkspaceDocumentDiagnosticReport | None:
    path = target.absolute
    document = server.documents.by_path.get(path)
    if document is not None:
        found = await server.answer(document)
        uri, version = document.uri, document.version
    else:
        found = await server.ask(lambda: lint(path))
        uri, version = uri_of(path), None
    items = server.converted(found)
    if not items and uri not in known:
        return None
    digest = server.digest(items)
    if known.get(uri) == digest:
        return lsp.WorkspaceUnchangedDocumentDiagnosticReport(
            uri=uri, version=version, result_id=digest
        )
    return lsp.WorkspaceFullDocumentDiagnosticReport(
        uri=uri, version=version, items=items, result_id=digest
    )
