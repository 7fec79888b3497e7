"""The server's state: what is open, when to look at it, and what the client was shown.

Everything here runs on the event loop unless it says otherwise; the session belongs to the worker's
thread. An answer about text that has changed meanwhile is dropped: a newer one is on its way. What
a client may ask is in the modules that `features` puts together.
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
from pygls.lsp.server import LanguageServer

from golint_concurrency import __version__, files
from golint_concurrency.diagnostic import RuleInfo, Span
from golint_concurrency.lsp import settings
from golint_concurrency.lsp.convert import Text, to_lsp
from golint_concurrency.lsp.documents import Document, Documents
from golint_concurrency.lsp.pages import Pages
from golint_concurrency.lsp.protocol import Protocol
from golint_concurrency.lsp.session import Found, Session
from golint_concurrency.lsp.uris import uri_of
from golint_concurrency.lsp.worker import Worker
from golint_concurrency.places import cache_directory

log = logging.getLogger("golint-concurrency")
R = TypeVar("R")
_SENT = 0.01
"""Seconds after which an answer has left for the client."""


class Server(LanguageServer):
    """A language server over one session. It knows no features before they are registered."""

    def __init__(self, rule_files: Sequence[Path], page: Callable[[RuleInfo], str]) -> None:
        super().__init__(
            name="golint-concurrency",
            version=__version__,
            protocol_cls=Protocol,
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

    def forget(self, uri: str) -> None:
        """Findings of a file that was closed or deleted are no longer shown."""
        self.shown.pop(uri, None)
        if not self.pulls:
            self.text_document_publish_diagnostics(
                lsp.PublishDiagnosticsParams(uri=uri, diagnostics=[])
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
