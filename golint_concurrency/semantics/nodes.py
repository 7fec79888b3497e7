"""What kinds of nodes a function's body holds: one walk, shared by all who ask."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
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
        ast.Go,
        ast.IncDec,
        ast.Index,
        ast.Labeled,
        ast.Range,
        ast.Return,
        ast.Select,
        ast.Selector,
        ast.Send,
        ast.Unary,
        ast.ValueSpec,
    }
)


def nodes_in(info: FunctionInfo) -> list[ast.Node]:
    """The statements and expressions of `_KEPT` kinds of the function itself, closures left out,
    in the order of `ast.walk_function`; cached."""
    known: list[ast.Node] | None = info.memo.get("nodes")
    if known is None:
        body = info.node.body
        known = info.memo["nodes"] = [] if body is None else _kept_in(body)
    return known


def _kept_in(body: ast.Block) -> list[ast.Node]:
    """As a loop over `ast.walk_function`, in half the time: every function is walked here."""
    found: list[ast.Node] = []
    stack: list[ast.Node] = [body]
    while stack:
        node = stack.pop()
        kind = type(node)
        if kind is ast.Ident:  # every second node
            continue
        if kind in _KEPT:
            found.append(node)
        elif kind is ast.FuncLit:
            continue
        for name in ast.BACKWARDS[kind]:
            value = getattr(node, name)
            if value is None:
                continue
            if type(value) is list:
                stack.extend(value[::-1])
            else:
                stack.append(value)
    return found


def nodes_of(info: FunctionInfo, kind: type[N]) -> list[N]:
    """Those of one kind, which must be one of `_KEPT`; cached."""
    by_kind: dict[type[ast.Node], list[ast.Node]] | None = info.memo.get("nodes-by-kind")
    if by_kind is None:
        by_kind = info.memo["nodes-by-kind"] = {}
        for node in nodes_in(info):
            by_kind.setdefault(type(node), []).append(node)
    return by_kind.get(kind, [])  # type: ignore[return-value]


def nodes_below(root: ast.Node, kinds: Collection[type[ast.Node]]) -> list[ast.Node]:
    """The nodes of these kinds below and including `root`, closures and all, in the order of
    `ast.walk`."""
    found: list[ast.Node] = []
    stack: list[ast.Node] = [root]
    while stack:
        node = stack.pop()
        kind = type(node)
        if kind in kinds:
            found.append(node)
        for name in ast.BACKWARDS[kind]:
            value = getattr(node, name)
            if value is None:
                continue
            if type(value) is list:
                stack.extend(value[::-1])
            else:
                stack.append(value)
    return found


def nodes_at(root: ast.Node, offsets: list[int]) -> Iterator[ast.Node]:
    """The nodes below and including `root` that lie around any of the `offsets`, which ascend, in
    the order of `ast.walk`; what lies elsewhere is not even looked at."""
    stack: list[ast.Node] = [root]
    while stack:
        node = stack.pop()
        at = bisect_left(offsets, node.start)
        if at == len(offsets) or offsets[at] >= node.end:
            continue
        yield node
        for name in ast.BACKWARDS[type(node)]:
            value = getattr(node, name)
            if value is None:
                continue
            if type(value) is list:
                stack.extend(value[::-1])
            else:
                stack.append(value)
