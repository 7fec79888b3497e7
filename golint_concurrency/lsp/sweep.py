"""Diagnostics of whole workspace folders, on request: in pieces, with progress, until cancelled."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from lsprotocol import types as lsp

from golint_concurrency.lsp.server import Server
from golint_concurrency.lsp.session import Found
from golint_concurrency.lsp.uris import uri_of
from golint_concurrency.run import batches
from golint_concurrency.source import Target, discover

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
    server: Server, params: lsp.WorkspaceDiagnosticParams
) -> list[lsp.WorkspaceDocumentDiagnosticReport]:
    """Reports for files with findings, and for those that the client knows to have had some.

    Empty if they were sent as partial results. Raises `CancelledError` as soon as the client calls
    the request or its progress off.
    """
    known = {item.uri: item.value for item in params.previous_result_ids}
    pieces = _Pieces(server, params.partial_result_token)
    with _progress(server, params.work_done_token) as told:
        loop = asyncio.get_running_loop()
        targets = await loop.run_in_executor(None, targets_below, server.folders)
        done = 0
        mine = object()  # in the background there is one look of this sweep at a time
        for batch in batches(targets):
            session = await asyncio.wrap_future(server.work.later(mine, server.session.fresh))
            for target in batch:
                found = await _look(server, session.lint, target.absolute, mine)
                pieces.add(_report(server, found, known))
                done += 1
                told(done, len(targets))
    return pieces.rest()


class _Pieces:
    """Reports, sent in pieces to a client that has named a token for that."""

    def __init__(self, server: Server, token: lsp.ProgressToken | None) -> None:
        self._server = server
        self._token = token
        self._waiting: list[lsp.WorkspaceDocumentDiagnosticReport] = []

    def add(self, report: lsp.WorkspaceDocumentDiagnosticReport | None) -> None:
        if report is not None:
            self._waiting.append(report)
        if self._token is not None and len(self._waiting) >= _PIECE:
            self._send(self._token)

    def rest(self) -> list[lsp.WorkspaceDocumentDiagnosticReport]:
        """What the answer itself must hold: all, or nothing after pieces (LSP 3.17, "Partial
        Result Progress")."""
        if self._token is not None and self._waiting:
            self._send(self._token)
        return self._waiting

    def _send(self, token: lsp.ProgressToken) -> None:
        value = lsp.WorkspaceDiagnosticReportPartialResult(items=self._waiting)
        self._server.progress(lsp.ProgressParams(token=token, value=value))
        self._waiting = []


@contextmanager
def _progress(server: Server, token: lsp.ProgressToken | None) -> Iterator[Callable[..., None]]:
    """Tell how far the work is that this task does, and end it if the client calls that off.

    Gives what takes the number of files done and of all files.
    """
    if token is None:
        yield lambda done, total: None
        return
    progress = server.work_done_progress
    shown = -1

    def told(done: int, total: int) -> None:
        nonlocal shown
        percentage = 100 * done // max(total, 1)
        if percentage > shown:
            shown = percentage
            message = f"{done} of {total} files"
            progress.report(token, lsp.WorkDoneProgressReport(message=message, percentage=shown))

    task = asyncio.current_task()
    begin = lsp.WorkDoneProgressBegin(
        title="golint-concurrency", cancellable=True, message="reading", percentage=0
    )
    progress.begin(token, begin)
    cancelled = progress.tokens[token]
    cancelled.add_done_callback(lambda _: task.cancel() if task is not None else None)
    try:
        yield told
    finally:
        # A token may come again with another request, which nobody has called off.
        if progress.tokens.get(token) is cancelled:
            del progress.tokens[token]
        progress.end(token, lsp.WorkDoneProgressEnd())


async def _look(server: Server, lint: Callable[[str], Found], path: str, key: object) -> Found:
    """What is found at `path`; whoever types is answered before."""
    document = server.documents.by_path.get(path)
    if document is not None:
        return await server.answer(document)
    return await asyncio.wrap_future(server.work.later(key, lambda: lint(path)))


def _report(
    server: Server, found: Found, known: dict[str, str]
) -> lsp.WorkspaceDocumentDiagnosticReport | None:
    document = server.documents.by_path.get(found.path)
    uri = document.uri if document is not None else uri_of(found.path)
    version = document.version if document is not None else None
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
