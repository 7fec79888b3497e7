"""Code actions: fix this, fix all of a rule, fix all, accept with a reason, explain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lsprotocol import types as lsp

from golint_concurrency.diagnostic import Diagnostic, Edit, Fix, Span
from golint_concurrency.lsp.convert import Text

FIX_ALL = "source.fixAll.golint-concurrency"
EXPLAIN = "golint-concurrency.explain"
FIX_RULE = "golint-concurrency.fixAll"
REASON = "TODO: say why this is right"
_TOOL = frozenset(["GLC001", "GLC002", "GLC003", "GLC004"])


def wants(only: Sequence[str] | None, kind: str) -> bool:
    """True if a client that asks for the kinds `only` takes `kind`; kinds are hierarchical."""
    return only is None or any(kind == one or kind.startswith(one + ".") for one in only)


def overlapping(diagnostics: Iterable[Diagnostic], start: int, end: int) -> list[Diagnostic]:
    """Findings that share a place with the bytes from `start` to `end`."""
    return [item for item in diagnostics if item.span.start <= end and start <= item.span.end]


def for_finding(
    item: Diagnostic,
    shown: lsp.Diagnostic | None,
    text: Text,
    uri: str,
    version: int | None,
    repaired: Sequence[tuple[Fix, bytes]],
    in_file: int,
) -> list[lsp.CodeAction]:
    """What can be done about one finding, the best first.

    `repaired` has its fixes with the text that each leads to; `in_file` findings of its rule in the
    file have a fix.
    """
    diagnostics = [shown] if shown is not None else None
    actions = [
        lsp.CodeAction(
            title=_title(fix),
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=diagnostics,
            is_preferred=fix.safe and number == 0,
            edit=workspace_edit(uri, version, text.edits_to(after)),
        )
        for number, (fix, after) in enumerate(repaired)
    ]
    if in_file > 1 and item.fixes:
        title = f"Fix all {in_file} of {item.rule} {item.name} in this file"
        command = lsp.Command(title=title, command=FIX_RULE, arguments=[uri, item.rule])
        actions.append(
            lsp.CodeAction(title=title, kind=lsp.CodeActionKind.QuickFix, command=command)
        )
    if item.rule not in _TOOL:
        edit = text.edit(_suppression(item, text.content))
        actions.append(
            lsp.CodeAction(
                title=f"Ignore {item.rule} {item.name} here",
                kind=lsp.CodeActionKind.QuickFix,
                diagnostics=diagnostics,
                edit=workspace_edit(uri, version, [edit]),
            )
        )
    title = f"Explain {item.rule} {item.name}"
    command = lsp.Command(title=title, command=EXPLAIN, arguments=[item.rule])
    actions.append(
        lsp.CodeAction(
            title=title,
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=diagnostics,
            command=command,
        )
    )
    return actions


def _title(fix: Fix) -> str:
    message = fix.message[:1].upper() + fix.message[1:]
    return message if fix.safe else f"{message} (look it over: it may change what the code does)"


def _suppression(item: Diagnostic, content: bytes) -> Edit:
    """A line above the finding that accepts it, with a reason to be filled in."""
    start = content.rfind(b"\n", 0, item.span.start) + 1
    line = content[start : item.span.start]
    indent = line[: len(line) - len(line.lstrip(b" \t"))].decode()
    text = f"{indent}//glc:ignore {item.rule} {REASON}\n"
    return Edit(Span(item.span.path, start, start), text)


def workspace_edit(
    uri: str, version: int | None, edits: Sequence[lsp.TextEdit]
) -> lsp.WorkspaceEdit:
    """Edits to one document, as of `version`."""
    document = lsp.OptionalVersionedTextDocumentIdentifier(uri=uri, version=version)
    return lsp.WorkspaceEdit(
        document_changes=[lsp.TextDocumentEdit(text_document=document, edits=list(edits))]
    )


def plain_edit(edit: lsp.WorkspaceEdit) -> lsp.WorkspaceEdit:
    """The same for clients that know no versions."""
    changes: dict[str, list[lsp.TextEdit]] = {}
    for change in edit.document_changes or []:
        if isinstance(change, lsp.TextDocumentEdit):
            texts = [each for each in change.edits if isinstance(each, lsp.TextEdit)]
            changes.setdefault(change.text_document.uri, []).extend(texts)
    return lsp.WorkspaceEdit(changes=changes)
