"""What kinds of nodes a function's body holds: one walk, shared by all who ask."""

from __future__ import annotations

from typing import Final, TypeVar

from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

N = TypeVar("N", bound=ast.Node)

_KEPT: Final = frozenset(
    {
        ast.Assign,
        ast.BadStmt,
        ast.Call,
        ast.CompositeLit,
        ast.Defer,
        ast.For,
        ast.Labeled,
        ast.Range,
        ast.Return,
        ast.Select,
        ast.Selector,
        ast.Send,
        ast.Unary,
    }
)


def nodes_in(info: FunctionInfo) -> list[ast.Node]:
    """The statements and expressions of `_KEPT` kinds of the function itself, closures left out,
    in the order of `ast.walk_function`; cached."""
    known: list[ast.Node] | None = info.memo.get("nodes")
    if known is None:
        body = info.node.body
        known = info.memo["nodes"] = (
            []
            if body is None
            else [node for node in ast.walk_function(body) if type(node) in _KEPT]
        )
    return known


def nodes_of(info: FunctionInfo, kind: type[N]) -> list[N]:
    """Those of one kind, which must be one of `_KEPT`; cached."""
    by_kind: dict[type[ast.Node], list[ast.Node]] | None = info.memo.get("nodes-by-kind")
    if by_kind is None:
        by_kind = info.memo["nodes-by-kind"] = {}
        for node in nodes_in(info):
            by_kind.setdefault(type(node), []).append(node)
    return by_kind.get(kind, [])  # type: ignore[return-value]
