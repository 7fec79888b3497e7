"""The protocol: what a client says becomes work for the session, and findings go back.

Everything here runs on the event loop; the session belongs to the worker's thread. An answer about
text that has changed meanwhile is dropped: a newer one is on its way.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams, JsonRpcInvalidRequest
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol

from golint_concurrency import __version__, files
from golint_concurrency.diagnostic import Diagnostic, RuleInfo, Span
from golint_concurrency.lsp import actions, settings
from golint_concurrency.lsp.convert import Text, to_lsp
from golint_concurrency.lsp.documents import Document, Documents
from golint_concurrency.lsp.pages import Pages
from golint_concurrency.lsp.session import CONTROL_FILES, Found, Session
from golint_concurrency.lsp.sweep import sweep
from golint_concurrency.lsp.uris import path_of, uri_of
from golint_concurrency.lsp.worker import Worker
from golint_concurrency.places import cache_directory

log = logging.getLogger("golint-concurrency")
R = TypeVar("R")
_SENT = 0.01
"""Seconds after which an answer has left for the client."""
_WATCHED = ("**/*.go", *(f"**/{name}" for name in CONTROL_FILES))


class _Protocol(LanguageServerProtocol):
    """Answers every request, those too that the library only logs: LSP 3.17, "Base Protocol"."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """A message from its JSON; one with wrong parameters is answered, then passed over."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" in data and "method" in data:
                self._send_response(data["id"], None, error.to_response_error())
            raise

    def handle_message(self, message: Any) -> None:
        """Handle a message; requests after `shutdown` are refused."""
        if self._shutdown and hasattr(message, "id") and hasattr(message, "method"):
            error = JsonRpcInvalidRequest("the server was shut down")
            self._send_response(message.id, None, error.to_response_error())
            return
        super().handle_message(message)


class Server(LanguageServer):
    """A language server over one session; see `serve`."""

    def __init__(self, rule_files: Sequence[Path], page: Callable[[RuleInfo], str]) -> None:
        super().__init__(
            name="golint-concurrency",
            version=__version__,
            protocol_cls=_Protocol,
            text_document_sync_kind=lsp.TextDocumentSyncKind.Incremental,
        )
        self.work = Worker()
        self.session = Session(rule_files=rule_files, pause=self.work.pause)
        self.settings = self.session.settings
        self.documents = Documents()
        self.pages = Pages(cache_directory(), self._page)
        self._explanation = page
        self.pulls = False
        self.watches = False
        self.folders: list[str] = []
        self.shown: dict[str, str] = {}
        """URIs for which the client shows findings, with a digest of them."""
        self.loop: asyncio.AbstractEventLoop | None = None

    # --------------------------------------------------------------------- plumbing

    def _page(self, rule: str) -> str:
        info = self.session.rule(rule)
        return self._explanation(info) if info is not None else ""

    async def ask(self, function: Callable[[], R]) -> R:
        """Run `function` on the session's thread, before all background work."""
        return await asyncio.wrap_future(self.work.call(function))

    def on_loop(self, function: Callable[..., None], *args: Any) -> None:
        """Run `function` on the event loop, from another thread."""
        if self.loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: the client has gone
                self.loop.call_soon_threadsafe(function, *args)

    @property
    def was_shut_down(self) -> bool:
        """True once the client has asked for the end."""
        return bool(self.protocol._shutdown)

    @property
    def encoding(self) -> str:
        """The unit of columns that was agreed with the client."""
        kind = self.workspace.position_encoding
        return str(getattr(kind, "value", kind))

    def complain(self, messages: Sequence[str]) -> None:
        """Show what is wrong with settings or configuration."""
        for message in messages:
            self.window_show_message(
                lsp.ShowMessageParams(lsp.MessageType.Warning, f"golint-concurrency: {message}")
            )

    # ---------------------------------------------------------------------- linting

    def document_changed(self, document: Document, wait: int) -> None:
        """Lint `document` after `wait` milliseconds without another change; 0: at once."""
        document.rest()
        if wait:
            assert self.loop is not None
            document.timer = self.loop.call_later(wait / 1000, self.refresh, document)
        else:
            self.refresh(document)

    def refresh(self, document: Document) -> None:
        """Lint `document` now, then in the background what its change may concern."""
        document.timer = None
        content = document.content

        def lint() -> None:
            self.spread(self.session.put(document.path, content), besides=document.path)
            if not self.pulls:  # else the client asks for this file itself
                self._hand_over(self.session.lint(document.path))
                self.on_loop(self.work.answered)

        document.work = self.work.call(lint)
        document.work.add_done_callback(self.noted)

    def noted(self, future: Any) -> None:
        if not future.cancelled() and (error := future.exception()) is not None:
            log.error("linting failed", exc_info=error)

    def _hand_over(self, found: Found) -> None:
        """On the worker's thread: bring an answer to the loop."""
        self.on_loop(self._answered, found, list(self.session.messages))
        self.session.messages.clear()

    def spread(self, directories: frozenset[str], besides: str = "") -> None:
        """On the worker's thread: lint, one by one, files that a change may concern.

        These are files of the packages of open buffers, where the package is among `directories`.
        """
        concerned = {os.path.dirname(path) for path in self.session.open_files}
        for directory in sorted(concerned & directories):
            for path in self.session.package_of(os.path.join(directory, "x.go")):
                if path != besides:
                    again = self.work.later(path, partial(self._again, path))
                    again.add_done_callback(self.noted)

    def _again(self, path: str) -> None:
        self._hand_over(self.session.lint(path))

    def _answered(self, found: Found, messages: Sequence[str]) -> None:
        self.complain(messages)
        document = self.documents.by_path.get(found.path)
        if document is not None:
            if found.content != document.content:
                return  # typed on since: that text's answer follows
            document.found = found
        uri = document.uri if document is not None else uri_of(found.path)
        converted = self.converted(found)
        digest = self.digest(converted)
        known = self.shown.get(uri)
        if document is None and not converted and known is None:
            return
        if converted or document is not None:
            self.shown[uri] = digest
        else:
            self.shown.pop(uri, None)
        if self.pulls:
            if known is not None and known != digest and document is not None:
                self.workspace_diagnostic_refresh(None)
            return
        self.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(
                uri=uri,
                version=document.version if document is not None else None,
                diagnostics=converted,
            )
        )

    def converted(self, found: Found) -> list[lsp.Diagnostic]:
        """Findings in one file as the client takes them."""
        texts = {found.path: Text(found.content, self.encoding)}

        def place(span: Span) -> lsp.Location | None:
            if span.path not in texts:
                content = files.read_or_none(span.path)
                if content is None:
                    return None
                texts[span.path] = Text(content, self.encoding)
            document = self.documents.by_path.get(span.path)
            uri = document.uri if document is not None else uri_of(span.path)
            return lsp.Location(uri, texts[span.path].range(span.start, span.end))

        return to_lsp(found.diagnostics, texts[found.path], self.settings, self.pages.uri, place)

    @staticmethod
    def digest(diagnostics: Sequence[lsp.Diagnostic]) -> str:
        """Equal for equal diagnostics: what the protocol calls a result id."""
        return hashlib.sha256(repr(diagnostics).encode("utf-8", "replace")).hexdigest()

    async def answer(self, document: Document) -> Found:
        """What is found in the text of `document` as it is now."""
        while not document.current:
            content = document.content

            def lint(content: bytes = content) -> Found:
                self.spread(self.session.put(document.path, content), besides=document.path)
                return self.session.lint(document.path)

            found = await self.ask(lint)
            if document.content == content:
                document.found = found
                assert self.loop is not None
                self.loop.call_later(_SENT, self.work.answered)
        assert document.found is not None
        return document.found

    def start_anew(self, change: Callable[[], frozenset[str]] | None = None) -> None:
        """Configuration or the set of files is another: understand and lint everything again.

        `change` makes the session forget what it knew; None: files came or went.
        """
        forget = change if change is not None else self.session.appeared
        for document in self.documents.by_uri.values():
            document.found = None

        def anew() -> None:
            self.spread(forget())

        self.work.call(anew).add_done_callback(self.noted)

    def configure(self, options: Any) -> None:
        """Take the client's settings; what is wrong with them is said and left out."""
        self.settings, faults = settings.read(options)
        self.complain(faults)
        self.start_anew(partial(self.session.configure, self.settings))


def make(rule_files: Sequence[Path], page: Callable[[RuleInfo], str]) -> Server:
    """A server with all features. Raises `RuleError` if `rule_files` cannot be used."""
    server = Server(rule_files, page)
    _lifecycle(server)
    _synchronisation(server)
    _questions(server)
    return server


# ------------------------------------------------------------------------ life and settings


def _lifecycle(server: Server) -> None:
    @server.feature(lsp.INITIALIZE)
    def initialize(params: lsp.InitializeParams) -> None:
        server.loop = asyncio.get_running_loop()
        server.work.start()
        document = params.capabilities.text_document
        workspace = params.capabilities.workspace
        server.pulls = document is not None and document.diagnostic is not None
        watched = workspace.did_change_watched_files if workspace is not None else None
        server.watches = bool(watched is not None and watched.dynamic_registration)
        roots = [folder.uri for folder in params.workspace_folders or []]
        if not roots and params.root_uri:
            roots = [params.root_uri]
        server.folders = [path for uri in roots if (path := path_of(uri)) is not None]
        server.settings, faults = settings.read(params.initialization_options)
        server.session.configure(server.settings)
        server.complain(faults)

    @server.feature(lsp.INITIALIZED)
    def initialized(_params: lsp.InitializedParams) -> None:
        if server.watches:
            watchers = [lsp.FileSystemWatcher(glob_pattern=glob) for glob in _WATCHED]
            options = lsp.DidChangeWatchedFilesRegistrationOptions(watchers=watchers)
            server.client_register_capability(
                lsp.RegistrationParams(
                    [
                        lsp.Registration(
                            id="watch",
                            method=lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES,
                            register_options=options,
                        )
                    ]
                )
            )

    @server.feature(lsp.SHUTDOWN)
    def shutdown(_params: Any) -> None:
        server.work.stop()

    @server.feature(lsp.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def configuration(params: lsp.DidChangeConfigurationParams) -> None:
        options = params.settings
        workspace = server.client_capabilities.workspace
        if not options and workspace is not None and workspace.configuration:
            asked = lsp.ConfigurationParams([lsp.ConfigurationItem(section=settings.SECTION)])
            options = (await server.workspace_configuration_async(asked))[0]
        server.configure(options)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders(params: lsp.DidChangeWorkspaceFoldersParams) -> None:
        gone = {path_of(folder.uri) for folder in params.event.removed}
        come = [path_of(folder.uri) for folder in params.event.added]
        server.folders = [path for path in server.folders if path not in gone]
        server.folders += [path for path in come if path is not None]


# ------------------------------------------------------------------------- open and changed


def _synchronisation(server: Server) -> None:
    def content_of(uri: str) -> bytes:
        source = server.workspace.get_text_document(uri).source
        return source.encode("utf-8", "surrogatepass")

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: lsp.DidOpenTextDocumentParams) -> None:
        item = params.text_document
        path = path_of(item.uri)
        if path is None or not (path.endswith(".go") and item.language_id in ("go", "")):
            return
        document = Document(item.uri, path, item.version, content_of(item.uri))
        if len(document.content) > files.MAX_BYTES:
            log.warning("%s is larger than %d bytes; it is not linted", path, files.MAX_BYTES)
        server.documents.add(document)
        server.document_changed(document, 0)
        if not server.watches:
            server.work.call(server.session.poll)  # from here on changes on disk can be told

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: lsp.DidChangeTextDocumentParams) -> None:
        document = server.documents.by_uri.get(params.text_document.uri)
        if document is None:
            return
        document.version = params.text_document.version
        document.content = content_of(document.uri)
        if server.settings.run == "onType":
            server.document_changed(document, max(server.settings.delay, 1))

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: lsp.DidSaveTextDocumentParams) -> None:
        document = server.documents.by_uri.get(params.text_document.uri)
        if document is not None:
            if not server.watches:
                server.work.call(lambda: server.spread(server.session.poll()))
            server.document_changed(document, 0)
        elif path_of(params.text_document.uri) is not None:
            server.start_anew()  # a configuration file that this client has open

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: lsp.DidCloseTextDocumentParams) -> None:
        document = server.documents.remove(params.text_document.uri)
        if document is None:
            return

        def drop() -> None:
            server.spread(server.session.drop(document.path))

        server.work.call(drop).add_done_callback(server.noted)
        server.shown.pop(document.uri, None)
        if not server.pulls:
            server.text_document_publish_diagnostics(
                lsp.PublishDiagnosticsParams(uri=document.uri, diagnostics=[])
            )

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(params: lsp.DidChangeWatchedFilesParams) -> None:
        changed: list[str] = []
        anew = False
        for event in params.changes:
            path = path_of(event.uri)
            if path is None:
                continue
            if os.path.basename(path) in CONTROL_FILES or event.type != lsp.FileChangeType.Changed:
                anew = True
                if event.type == lsp.FileChangeType.Deleted and event.uri in server.shown:
                    server.shown.pop(event.uri)
                    if not server.pulls:
                        server.text_document_publish_diagnostics(
                            lsp.PublishDiagnosticsParams(uri=event.uri, diagnostics=[])
                        )
            elif path not in server.documents.by_path:
                changed.append(path)
        if anew:
            server.start_anew()
        elif changed:
            server.work.call(lambda: server.spread(server.session.changed(changed)))


# -------------------------------------------------------------------------------- questions


def _questions(server: Server) -> None:
    def asked(uri: str) -> Document:
        document = server.documents.by_uri.get(uri)
        if document is None:
            raise JsonRpcInvalidParams(f"{uri[:200]} is not open here")
        return document

    @server.feature(
        lsp.TEXT_DOCUMENT_DIAGNOSTIC,
        lsp.DiagnosticOptions(
            inter_file_dependencies=True,
            workspace_diagnostics=True,
            identifier="golint-concurrency",
        ),
    )
    async def diagnostic(params: lsp.DocumentDiagnosticParams) -> lsp.DocumentDiagnosticReport:
        document = server.documents.by_uri.get(params.text_document.uri)
        if document is None:
            return lsp.RelatedFullDocumentDiagnosticReport(items=[])
        items = server.converted(await server.answer(document))
        digest = server.shown[document.uri] = server.digest(items)
        if params.previous_result_id == digest:
            return lsp.RelatedUnchangedDocumentDiagnosticReport(result_id=digest)
        return lsp.RelatedFullDocumentDiagnosticReport(items=items, result_id=digest)

    @server.feature(lsp.WORKSPACE_DIAGNOSTIC)
    async def everything(params: lsp.WorkspaceDiagnosticParams) -> lsp.WorkspaceDiagnosticReport:
        known = {item.uri: item.value for item in params.previous_result_ids}
        return lsp.WorkspaceDiagnosticReport(
            items=[report async for report in sweep(server, params, known)]
        )

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION,
        lsp.CodeActionOptions(
            code_action_kinds=[lsp.CodeActionKind.QuickFix, actions.FIX_ALL],
        ),
    )
    async def code_action(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        document = asked(params.text_document.uri)
        found = await server.answer(document)
        text = Text(found.content, server.encoding)
        only = params.context.only
        start, end = text.offset(params.range.start), text.offset(params.range.end)
        result: list[lsp.CodeAction] = []
        shown = dict(zip(found.diagnostics, server.converted(found), strict=False))
        for item in actions.overlapping(found.diagnostics, start, end):
            count = sum(
                other.rule == item.rule and bool(other.fixes) for other in found.diagnostics
            )
            result += actions.for_finding(
                item, shown.get(item), text, document.uri, document.version, only, count
            )
        if only is not None and actions.wants(only, actions.FIX_ALL):
            edit = await fixed(document, None)
            if edit is not None:
                title = "Fix all that golint-concurrency can fix safely"
                result.append(lsp.CodeAction(title=title, kind=actions.FIX_ALL, edit=edit))
        return [adapted(action) for action in result]

    def adapted(action: lsp.CodeAction) -> lsp.CodeAction:
        workspace = server.client_capabilities.workspace
        able = workspace.workspace_edit if workspace is not None else None
        if action.edit is not None and not (able is not None and able.document_changes):
            action.edit = actions.plain_edit(action.edit)
        return action

    async def fixed(document: Document, rules: frozenset[str] | None) -> lsp.WorkspaceEdit | None:
        """The edits that fix all findings of `rules`; None if there is nothing to do."""
        content, version = document.content, document.version

        def fix() -> bytes:
            server.session.put(document.path, content)
            return server.session.fixed(document.path, rules)

        after = await server.ask(fix)
        if after == content:
            return None
        edits = Text(content, server.encoding).edits_to(after)
        return actions.workspace_edit(document.uri, version, edits)

    @server.command(actions.FIX_RULE)
    async def fix_rule(uri: str, rule: str) -> None:
        edit = await fixed(asked(uri), frozenset([rule]))
        if edit is not None:
            action = adapted(lsp.CodeAction(title="", edit=edit))
            assert action.edit is not None
            await server.workspace_apply_edit_async(
                lsp.ApplyWorkspaceEditParams(edit=action.edit, label=f"Fix all {rule}")
            )

    @server.command(actions.EXPLAIN)
    async def explain(rule: str) -> str:
        page = server.pages.text(rule)
        if not page:
            raise JsonRpcInvalidParams(f"there is no rule {rule[:40]}")
        window = server.client_capabilities.window
        uri = server.pages.uri(rule)
        if uri and window is not None and window.show_document is not None:
            await server.window_show_document_async(lsp.ShowDocumentParams(uri=uri))
        return page

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    async def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        document = server.documents.by_uri.get(params.text_document.uri)
        if document is None:
            return None
        found = await server.answer(document)
        text = Text(found.content, server.encoding)
        offset = text.offset(params.position)
        here = actions.overlapping(found.diagnostics, offset, offset)
        if not here:
            return None
        seen: dict[str, Diagnostic] = {item.rule: item for item in here}
        value = "\n\n---\n\n".join(server.pages.text(rule) for rule in seen)
        first = here[0].span
        return lsp.Hover(
            lsp.MarkupContent(lsp.MarkupKind.Markdown, value), text.range(first.start, first.end)
        )
