"""What stands in what, asked of the parser's own tree: for declarations that need no lowering then."""

from __future__ import annotations

from tree_sitter import Node, Query, QueryCursor

from golint_concurrency.syntax.file import Decl
from golint_concurrency.syntax.parse import LANGUAGE

_DEFERS = QueryCursor(Query(LANGUAGE, "(defer_statement) @found"))
_FUNCTIONS = frozenset(["func_literal", "function_declaration", "method_declaration"])


def may_defer_in_loop(decl: Decl) -> bool:
    """False if no defer statement of the declaration stands in a loop of its own function."""
    content = decl.file.content
    if content.find(b"for", decl.start, decl.end) < 0:
        return False
    node = decl.node()
    if node is None or decl.is_broken:
        return True
    return any(_is_in_loop(defer) for defer in _DEFERS.captures(node).get("found", []))


def _is_in_loop(node: Node) -> bool:
    up = node.parent
    while up is not None and up.type not in _FUNCTIONS:
        if up.type == "for_statement":
            return True
        up = up.parent
    return False
