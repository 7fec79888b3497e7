"""The predicates of queries: what each asks of a captured node, and the ways to misuse one.

A predicate that cannot tell says no, and so does its negation: where a type or a callee is
unknown, a query rule is silent.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from golint_concurrency.queries.text import Predicate
from golint_concurrency.rule import View
from golint_concurrency.semantics import denote, infer, requests
from golint_concurrency.semantics.objects import Member
from golint_concurrency.semantics.types import Tuple, Unknown
from golint_concurrency.syntax import ast

MAX_TEXT = 200
"""Bytes of a node that a regular expression is matched against."""

_MAX_PATTERN = 200
_MAX_REPEATS = 2
# What makes a regular expression slow, or lets it be: references back, looking around, groups
# that are repeated.
_COSTLY = re.compile(r"\\[1-9]|\(\?(?!:)|\)[*+{]")
_REPEATS = re.compile(r"(?<!\\)[*+{]")


class Captured:
    """A captured node: its text, and its own node if the syntax tree has one just there."""

    __slots__ = ("_root", "end", "node", "start", "text")

    def __init__(
        self, text: str, start: int, end: int, node: ast.Node | None, root: ast.Node
    ) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.node = node
        self._root = root

    @property
    def nearest(self) -> ast.Node:
        """The node, or the innermost one that holds its range."""
        if self.node is not None:
            return self.node
        found = self._root
        while True:
            for child in found.children():
                if child.start <= self.start and self.end <= child.end:
                    found = child
                    break
            else:
                return found


Ask = Callable[[View, Captured, tuple[str, ...]], bool | None]


def check(predicate: Predicate, captures: tuple[str, ...]) -> str:
    """What is wrong with a predicate, as a sentence; "" if nothing is."""
    name = f"#{predicate.name}"
    base, _ = _base(predicate.name)
    if base not in _ASK:
        return f"there is no predicate {name}; known are {', '.join(known())}"
    wanted = _ARGUMENTS[base]
    other = predicate.other_capture
    for capture in (predicate.capture, other):
        if capture and capture not in captures:
            return f"{name} names @{capture}, which the query does not capture"
    if other and base == "eq":
        return ""
    if len(predicate.strings) != len(predicate.arguments):
        return f"{name} takes one capture and then strings"
    count = len(predicate.strings)
    if (wanted == "none" and count) or (wanted == "one" and count != 1):
        return f"{name} takes {'nothing' if wanted == 'none' else 'one argument'} after its capture"
    if wanted == "some" and not count:
        return f"{name} needs at least one string after its capture"
    return _wrong_pattern(predicate.strings[0]) if base == "match" else ""


def _wrong_pattern(pattern: str) -> str:
    if len(pattern) > _MAX_PATTERN:
        return f"#match? takes a pattern of at most {_MAX_PATTERN} characters"
    if _COSTLY.search(pattern) or len(_REPEATS.findall(pattern)) > _MAX_REPEATS:
        return (
            "#match? takes simple patterns: no repeated groups, no references, no looking around, "
            f"at most {_MAX_REPEATS} of * + {{}}"
        )
    try:
        re.compile(pattern)
    except re.error as error:
        return f"#match?: {error}"
    return ""


def known() -> list[str]:
    """All predicates, as they are written."""
    return [f"#{prefix}{base}?" for base in sorted(_ASK) for prefix in ("", "not-")]


def holds(predicate: Predicate, view: View, found: dict[str, list[Captured]]) -> bool:
    """True if `predicate` is certain to hold of every node that its capture has."""
    base, wanted = _base(predicate.name)
    nodes = found.get(predicate.capture, [])
    if not nodes:
        return base in _OF_TEXT  # as tree-sitter has it
    if predicate.other_capture:
        others = {item.text for item in found.get(predicate.other_capture, [])}
        return all((others == {item.text}) is wanted for item in nodes)
    ask = _ASK[base]
    return all(ask(view, item, predicate.strings) is wanted for item in nodes)


def _base(name: str) -> tuple[str, bool]:
    base = name.removesuffix("?")
    return base.removeprefix("not-"), not base.startswith("not-")


# --------------------------------------------------------------------------------- text


def _any_of(_view: View, item: Captured, strings: tuple[str, ...]) -> bool:
    return item.text in strings


def _match(_view: View, item: Captured, strings: tuple[str, ...]) -> bool:
    return re.search(strings[0], item.text[:MAX_TEXT]) is not None


# ------------------------------------------------------------------------------ meaning


def _type(view: View, item: Captured, strings: tuple[str, ...]) -> bool | None:
    expr = _expression(item)
    if expr is None:
        return None
    scope = view.scope
    type_ = denote.denote(scope, expr) if denote.is_type(scope, expr) else view.type_of(expr)
    if isinstance(type_, Unknown | Tuple):
        return None
    return str(type_) in strings


def _resolves(view: View, item: Captured, strings: tuple[str, ...]) -> bool | None:
    expr = _expression(item)
    if isinstance(expr, ast.Call):
        expr = expr.fun
    if expr is None:
        return None
    expr = ast.unparen(expr)
    callee = infer.callee_of(view.scope, expr)
    if callee is not None:
        return callee.name in strings if callee.name else None
    obj = denote.member_of(view.scope, expr)
    if isinstance(obj, Member):
        return obj.qualified in strings
    return None


def _in_loop(_view: View, item: Captured, _strings: tuple[str, ...]) -> bool:
    return bool(ast.enclosing_loops(item.nearest))


def _in_handler(view: View, item: Captured, _strings: tuple[str, ...]) -> bool:
    near = item.nearest
    if isinstance(near, ast.FuncDecl | ast.FuncLit) and near is not item.node:
        info = near.info
    else:
        info = view.function_of(near)
    return info is not None and requests.request_of(info) is not None


def _in_goroutine(_view: View, item: Captured, _strings: tuple[str, ...]) -> bool:
    return _inside(item, ast.Go)


def _in_defer(_view: View, item: Captured, _strings: tuple[str, ...]) -> bool:
    return _inside(item, ast.Defer)


def _in_test(view: View, _item: Captured, _strings: tuple[str, ...]) -> bool:
    return view.in_test


def _inside(item: Captured, kind: type[ast.Node]) -> bool:
    """Whether the node is below a statement of `kind`, in the same function or a closure there."""
    up = item.node.parent if item.node is not None else item.nearest
    while up is not None:
        if isinstance(up, kind):
            return True
        up = up.parent
    return False


def _expression(item: Captured) -> ast.Expr | None:
    """The expression that a captured node stands for: `x.f` for the `f` in it."""
    node = item.node
    if isinstance(node, ast.ExprStmt):
        node = node.x
    if not isinstance(node, ast.Expr):
        return None
    parent = node.parent
    if isinstance(parent, ast.Selector) and parent.sel is node:
        return parent
    return node


_OF_TEXT = frozenset(["eq", "any-of", "match"])
_ASK: dict[str, Ask] = {
    "eq": _any_of,
    "any-of": _any_of,
    "match": _match,
    "type": _type,
    "resolves": _resolves,
    "in-loop": _in_loop,
    "in-handler": _in_handler,
    "in-goroutine": _in_goroutine,
    "in-defer": _in_defer,
    "in-test": _in_test,
}
_ARGUMENTS = {
    "eq": "one",
    "any-of": "some",
    "match": "one",
    "type": "some",
    "resolves": "some",
    "in-loop": "none",
    "in-handler": "none",
    "in-goroutine": "none",
    "in-defer": "none",
    "in-test": "none",
}
