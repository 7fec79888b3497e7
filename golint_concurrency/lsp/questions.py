"""What a client asks about findings: which there are, in a file or everywhere, and what they mean."""

from __future__ import annotations

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams

from golint_concurrency.diagnostic import Diagnostic
from golint_concurrency.lsp import actions
from golint_concurrency.lsp.convert import Text
from golint_concurrency.lsp.server import Server
from golint_concurrency.lsp.sweep import sweep

_PULLED = lsp.DiagnosticOptions(
    inter_file_dependencies=True, workspace_diagnostics=True, identifier="golint-concurrency"
)


def register(server: Server) -> None:
    """Let `server` answer questions."""
    server.feature(lsp.TEXT_DOCUMENT_DIAGNOSTIC, _PULLED)(diagnostic)
    server.feature(lsp.WORKSPACE_DIAGNOSTIC)(everything)
    server.feature(lsp.TEXT_DOCUMENT_HOVER)(hover)
    server.command(actions.EXPLAIN)(explain)


async def diagnostic(
    server: Server, params: lsp.DocumentDiagnosticParams
) -> lsp.DocumentDiagnosticReport:
    """Findings in an open file; none in others."""
    document = server.documents.by_uri.get(params.text_document.uri)
    if document is None:
        return lsp.RelatedFullDocumentDiagnosticReport(items=[])
    items = server.converted(await server.answer(document))
    digest = server.shown[document.uri] = server.digest(items)
    if params.previous_result_id == digest:
        return lsp.RelatedUnchangedDocumentDiagnosticReport(result_id=digest)
    return lsp.RelatedFullDocumentDiagnosticReport(items=items, result_id=digest)


async def everything(
    server: Server, params: lsp.WorkspaceDiagnosticParams
) -> lsp.WorkspaceDiagnosticReport:
    """Findings in all files of the open folders."""
    return lsp.WorkspaceDiagnosticReport(items=await sweep(server, params))


async def hover(server: Server, params: lsp.HoverParams) -> lsp.Hover | None:
    """The pages of the rules that found something here."""
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


async def explain(server: Server, rule: str) -> str:
    """The page of a rule, shown by clients that can."""
    page = server.pages.text(rule)
    if not page:
        raise JsonRpcInvalidParams(f"there is no rule {rule[:40]}")
    window = server.client_capabilities.window
    uri = server.pages.uri(rule)
    if uri and window is not None and window.show_document is not None:
        await server.window_show_document_async(lsp.ShowDocumentParams(uri=uri))
    return page
