"""Files in the editor and beside it: opened, changed, saved, closed, or changed by others."""

from __future__ import annotations

import os

from lsprotocol import types as lsp

from golint_concurrency import files
from golint_concurrency.lsp.documents import Document
from golint_concurrency.lsp.server import Server, log
from golint_concurrency.lsp.session import CONTROL_FILES
from golint_concurrency.lsp.uris import path_of


def register(server: Server) -> None:
    """Let `server` hear of files."""
    server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)(did_open)
    server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)(did_change)
    server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)(did_save)
    server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)(did_close)
    server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)(watched)


def _content(server: Server, uri: str) -> bytes:
    source = server.workspace.get_text_document(uri).source
    return source.encode("utf-8", "surrogatepass")


def did_open(server: Server, params: lsp.DidOpenTextDocumentParams) -> None:
    """A buffer: its text counts from here on, not the disk's."""
    item = params.text_document
    path = path_of(item.uri)
    if path is None or not (path.endswith(".go") and item.language_id in ("go", "")):
        return
    document = Document(item.uri, path, item.version, _content(server, item.uri))
    if len(document.content) > files.MAX_BYTES:
        log.warning("%s is larger than %d bytes; it is not linted", path, files.MAX_BYTES)
    server.documents.add(document)
    server.document_changed(document, 0)
    if not server.watches:
        server.work.call(server.session.poll)  # from here on changes on disk can be told


def did_change(server: Server, params: lsp.DidChangeTextDocumentParams) -> None:
    """Somebody types: a look follows when he pauses, if he wants one."""
    document = server.documents.by_uri.get(params.text_document.uri)
    if document is None:
        return
    document.version = params.text_document.version
    document.content = _content(server, document.uri)
    if server.settings.run == "onType":
        server.document_changed(document, max(server.settings.delay, 1))


def did_save(server: Server, params: lsp.DidSaveTextDocumentParams) -> None:
    """A look at once; what else has changed on disk is found now by clients that do not watch."""
    document = server.documents.by_uri.get(params.text_document.uri)
    if document is not None:
        if not server.watches:
            server.work.call(lambda: server.spread(server.session.poll()))
        server.document_changed(document, 0)
    elif path_of(params.text_document.uri) is not None:
        server.start_anew()  # a configuration file that this client has open


def did_close(server: Server, params: lsp.DidCloseTextDocumentParams) -> None:
    """The disk counts again."""
    document = server.documents.remove(params.text_document.uri)
    if document is None:
        return

    def drop() -> None:
        server.spread(server.session.drop(document.path))

    server.work.call(drop).add_done_callback(server.noted)
    server.forget(document.uri)


def watched(server: Server, params: lsp.DidChangeWatchedFilesParams) -> None:
    """Files changed on disk, by others or by the editor itself."""
    changed: list[str] = []
    anew = False
    for event in params.changes:
        path = path_of(event.uri)
        if path is None:
            continue
        if os.path.basename(path) in CONTROL_FILES or event.type != lsp.FileChangeType.Changed:
            anew = True
            if event.type == lsp.FileChangeType.Deleted and event.uri in server.shown:
                server.forget(event.uri)
        elif path not in server.documents.by_path:
            changed.append(path)
    if anew:
        server.start_anew()
    elif changed:
        server.work.call(lambda: server.spread(server.session.changed(changed)))
