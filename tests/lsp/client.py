"""A client for tests: the capabilities of real editors, and waiting for what the server says."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pytest_lsp import LanguageClient, client_capabilities, make_test_lsp_client

PATIENCE = 30.0
NEOVIM = "neovim@v0.7.0"
NEWEST = "neovim@v0.11.0"


class Editor:
    """One editor with one server."""

    def __init__(self, client: LanguageClient, root: Path) -> None:
        self.client = client
        self.root = root
        self._versions: dict[str, int] = {}
        self.said = client.diagnostics

    def uri(self, name: str) -> str:
        """The URI of a file below the root; a URI is one already."""
        return name if ":" in name else (self.root / name).as_uri()

    def open(self, name: str, text: str | None = None) -> None:
        """Open a file, with `text` for its contents on disk."""
        uri = self.uri(name)
        if text is None:
            text = (self.root / name).read_text()
        self._versions[uri] = 1
        item = lsp.TextDocumentItem(uri=uri, language_id="go", version=1, text=text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))

    def change(self, name: str, *changes: tuple[lsp.Range, str] | str) -> None:
        """Change a buffer: whole texts, or ranges with the text that takes their place."""
        uri = self.uri(name)
        self._versions[uri] += 1
        events: list[Any] = [
            lsp.TextDocumentContentChangeWholeDocument(change)
            if isinstance(change, str)
            else lsp.TextDocumentContentChangePartial(range=change[0], text=change[1])
            for change in changes
        ]
        document = lsp.VersionedTextDocumentIdentifier(version=self._versions[uri], uri=uri)
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(document, events))

    def save(self, name: str, text: str | None = None) -> None:
        """Save a buffer; the disk gets `text`."""
        if text is not None:
            (self.root / name).write_text(text)
        document = lsp.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_save(lsp.DidSaveTextDocumentParams(document))

    def close(self, name: str) -> None:
        """Close a buffer."""
        document = lsp.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_close(lsp.DidCloseTextDocumentParams(document))

    def codes(self, name: str) -> list[str] | None:
        """Ids of the rules of the findings that are shown for a file; None if none were sent."""
        said = self.said.get(self.uri(name))
        return None if said is None else [str(item.code) for item in said]

    async def until(self, true: Callable[[], Any]) -> Any:
        """Wait until `true` says something true, and return it."""
        for _ in range(int(PATIENCE / 0.01)):
            if result := true():
                return result
            await asyncio.sleep(0.01)
        raise AssertionError(f"never came true; shown were {self.said}")

    async def shows(self, name: str, *codes: str) -> Sequence[lsp.Diagnostic]:
        """Wait until exactly findings of these rules are shown for a file."""
        await self.until(lambda: self.codes(name) == list(codes))
        return self.said[self.uri(name)]

    async def actions(
        self, name: str, range_: lsp.Range, only: Sequence[str] | None = None
    ) -> list[lsp.CodeAction | lsp.Command]:
        """What can be done at a place."""
        found = await self.client.text_document_code_action_async(
            lsp.CodeActionParams(
                lsp.TextDocumentIdentifier(self.uri(name)),
                range_,
                lsp.CodeActionContext(diagnostics=[], only=only),
            )
        )
        return list(found or [])


def applied(text: str, edit: lsp.WorkspaceEdit, uri: str) -> str:
    """`text` after the edits to `uri`; all of its lines must be ASCII."""
    edits: list[Any] = list((edit.changes or {}).get(uri, []))
    for change in edit.document_changes or []:
        assert isinstance(change, lsp.TextDocumentEdit) and change.text_document.uri == uri
        edits += change.edits
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    spans = [
        (
            starts[each.range.start.line] + each.range.start.character,
            starts[each.range.end.line] + each.range.end.character,
            each.new_text,
        )
        for each in edits
    ]
    for start, end, new in sorted(spans, reverse=True):
        text = text[:start] + new + text[end:]
    return text


@asynccontextmanager
async def serving(
    root: Path,
    editor: str = NEOVIM,
    options: Any = None,
    *,
    folders: Sequence[Path] | None = None,
    encodings: Sequence[lsp.PositionEncodingKind] | None = None,
    adapt: Callable[[lsp.ClientCapabilities], None] = lambda _capabilities: None,
    arguments: Sequence[str] = (),
) -> AsyncIterator[Editor]:
    """An editor whose server has answered `initialize`; the server ends with the block."""
    client = make_test_lsp_client()
    result = Editor(client, root)

    capabilities = client_capabilities(editor)
    if encodings is not None:
        capabilities.general = capabilities.general or lsp.GeneralClientCapabilities()
        capabilities.general.position_encodings = list(encodings)
    adapt(capabilities)
    await client.start_io(sys.executable, "-m", "golint_concurrency", "server", *arguments)
    await client.initialize_session(
        lsp.InitializeParams(
            capabilities=capabilities,
            root_uri=root.as_uri(),
            workspace_folders=[
                lsp.WorkspaceFolder(uri=folder.as_uri(), name=folder.name)
                for folder in folders or [root]
            ],
            initialization_options=options,
        )
    )
    try:
        yield result
    finally:
        server = client._server
        await asyncio.wait_for(client.shutdown_session(), PATIENCE)
        await client.stop()  # type: ignore[no-untyped-call]
        assert server is not None and server.returncode == 0
