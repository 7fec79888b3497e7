"""What an editor has open, and what was last found in it. Touched by the protocol's thread only."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from dataclasses import dataclass, field

from golint_concurrency.lsp.session import Found


@dataclass(slots=True)
class Document:
    """An open buffer. `content` are its bytes; `found` is the latest answer about it.

    `timer` runs while somebody is typing; `work` is the look at it that was asked for last.
    """

    uri: str
    path: str
    version: int | None
    content: bytes
    found: Found | None = None
    timer: asyncio.TimerHandle | None = None
    work: Future[None] | None = None

    def rest(self) -> None:
        """Nobody waits any longer for a look at the text as it was."""
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None
        if self.work is not None:
            self.work.cancel()
            self.work = None

    @property
    def current(self) -> bool:
        """True if what was found is about the text as it is now."""
        return self.found is not None and self.found.content == self.content


@dataclass(slots=True)
class Documents:
    """Open buffers by URI, and by the path that stands for each."""

    by_uri: dict[str, Document] = field(default_factory=dict)
    by_path: dict[str, Document] = field(default_factory=dict)

    def add(self, document: Document) -> None:
        """A buffer was opened; opened again, it takes the place of the old one."""
        self.remove(document.uri)
        self.by_uri[document.uri] = document
        self.by_path[document.path] = document

    def remove(self, uri: str) -> Document | None:
        """A buffer was closed."""
        document = self.by_uri.pop(uri, None)
        if document is not None:
            document.rest()
            if self.by_path.get(document.path) is document:
                del self.by_path[document.path]
        return document
