"""What can be done about findings: code actions, and the commands behind some of them."""

from __future__ import annotations

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams

from golint_concurrency.lsp import actions
from golint_concurrency.lsp.convert import Text
from golint_concurrency.lsp.documents import Document
from golint_concurrency.lsp.server import Server

_OFFERED = lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix, actions.FIX_ALL])


def register(server: Server) -> None:
    """Let `server` offer repairs."""
    server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, _OFFERED)(code_action)
    server.command(actions.FIX_RULE)(fix_rule)


async def code_action(server: Server, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """What can be done about the findings at a place, and about all of the file if asked for."""
    document = _asked(server, params.text_document.uri)
    found = await server.answer(document)
    text = Text(found.content, server.encoding)
    only = params.context.only
    start, end = text.offset(params.range.start), text.offset(params.range.end)
    here = actions.overlapping(found.diagnostics, start, end)
    result: list[lsp.CodeAction] = []
    if here and actions.wants(only, lsp.CodeActionKind.QuickFix):
        repaired = await server.ask(
            lambda: {item: server.session.repaired(found, item) for item in here}
        )
        shown = dict(zip(found.diagnostics, server.converted(found), strict=False))
        for item in here:
            alike = [other for other in found.diagnostics if other.rule == item.rule]
            result += actions.for_finding(
                item,
                shown.get(item),
                text,
                document.uri,
                document.version,
                repaired[item],
                sum(bool(other.fixes) for other in alike),
            )
    if only is not None and actions.wants(only, actions.FIX_ALL):
        edit = await _fixed(server, document, None)
        if edit is not None:
            title = "Fix all that golint-concurrency can fix safely"
            result.append(lsp.CodeAction(title=title, kind=actions.FIX_ALL, edit=edit))
    return [_adapted(server, action) for action in result]


async def fix_rule(server: Server, uri: str, rule: str) -> None:
    """Have the client make all safe fixes of a rule in a file."""
    edit = await _fixed(server, _asked(server, uri), frozenset([rule]))
    if edit is not None:
        action = _adapted(server, lsp.CodeAction(title="", edit=edit))
        assert action.edit is not None
        await server.workspace_apply_edit_async(
            lsp.ApplyWorkspaceEditParams(edit=action.edit, label=f"Fix all {rule}")
        )


def _asked(server: Server, uri: str) -> Document:
    document = server.documents.by_uri.get(uri)
    if document is None:
        raise JsonRpcInvalidParams(f"{uri[:200]} is not open here")
    return document


def _adapted(server: Server, action: lsp.CodeAction) -> lsp.CodeAction:
    workspace = server.client_capabilities.workspace
    able = workspace.workspace_edit if workspace is not None else None
    if action.edit is not None and not (able is not None and able.document_changes):
        action.edit = actions.plain_edit(action.edit)
    return action


async def _fixed(
    server: Server, document: Document, rules: frozenset[str] | None
) -> lsp.WorkspaceEdit | None:
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
