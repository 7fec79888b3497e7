"""Functions on one line that fixes make too long for one, as gofmt counts."""

from __future__ import annotations

from tree_sitter import Node, Tree

from golint_concurrency.syntax.parse import parse

_WIDTH = 100
"""How long gofmt lets the head and the statements of a function on one line be together."""
_MOST = 20
"""Functions that get lines of their own: each takes another look at the whole file."""
_FUNCTIONS = ("function_declaration", "method_declaration", "func_literal")


def unfolded(before: bytes, after: bytes) -> bytes:
    """`after` with a line for each statement of functions that grew too long for one line."""
    known: set[bytes] | None = None
    tree: Tree | None = None
    at = done = 0
    while at < len(after) and done < _MOST:
        end = after.find(b"\n", at)
        end = len(after) if end < 0 else end
        line = after[at:end]
        if len(line) > _WIDTH and b"func" in line and b"{" in line:
            if known is None:
                known = set(before.split(b"\n"))
            if line not in known:
                tree = tree or parse(after)
                function = _too_long(tree, after, at, end)
                if function is not None:
                    after, tree = _unfold(after, at, function), None
                    done += 1
                    continue  # with what is left of the line, which may hold another
        at = end + 1
    return after


def _too_long(tree: Tree, content: bytes, start: int, end: int) -> Node | None:
    """The outermost function of a line that gofmt would not leave on it."""
    pending = [tree.root_node]
    while pending:
        node = pending.pop()
        body = node.child_by_field_name("body") if node.type in _FUNCTIONS else None
        if body is not None and node.start_byte >= start and body.end_byte <= end:
            inside = content[body.start_byte + 1 : body.end_byte - 1].strip()
            if inside and len(content[node.start_byte : body.start_byte].strip() + inside) > _WIDTH:
                return node
        pending += [
            child
            for child in reversed(node.named_children)
            if child.start_byte < end and child.end_byte > start
        ]
    return None


def _unfold(content: bytes, line: int, function: Node) -> bytes:
    body = function.child_by_field_name("body")
    assert body is not None
    indent = content[line : len(content) - len(content[line:].lstrip(b" \t"))]
    ends = b"\r\n" if b"\r\n" in content else b"\n"
    stmts = [
        content[stmt.start_byte : stmt.end_byte]
        for child in body.named_children
        for stmt in (child.named_children if child.type == "statement_list" else [child])
    ]
    text = b"".join(ends + indent + b"\t" + stmt for stmt in stmts)
    head = content[: body.start_byte + 1]
    return head + text + ends + indent + content[body.end_byte - 1 :]
