"""Query rules as rules: what a file of them declares becomes `Rule`s that the engine runs."""

from __future__ import annotations

import re
import time
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from golint_concurrency.queries.matcher import SECONDS, BrokenQuery, Match, Stopped, matcher
from golint_concurrency.queries.predicates import Captured, holds
from golint_concurrency.queries.text import Pattern, QueryText
from golint_concurrency.rule import Finding, RuleStopped, View
from golint_concurrency.syntax import ast

KINDS: tuple[type[ast.Node], ...] = (ast.FuncDecl, ast.TypeSpec, ast.ValueSpec)
PLACEHOLDER = re.compile(r"\{([A-Za-z0-9_.-]+)\}")
_SHOWN = 60
_LITERALS = {
    "go_statement": b"go",
    "defer_statement": b"defer",
    "for_statement": b"for",
    "select_statement": b"select",
    "send_statement": b"<-",
    "receive_statement": b"<-",
    "return_statement": b"return",
    "func_literal": b"func",
    "function_declaration": b"func",
    "method_declaration": b"func",
    "if_statement": b"if",
    "call_expression": b"(",
    "composite_literal": b"{",
    "selector_expression": b".",
    "channel_type": b"chan",
    "map_type": b"map",
    "struct_type": b"struct",
    "interface_type": b"interface",
    "expression_switch_statement": b"switch",
    "type_switch_statement": b"switch",
    "field_declaration": b"struct",
    "range_clause": b"range",
    "for_clause": b"for",
    "communication_case": b"case",
    "expression_case": b"case",
    "default_case": b"default",
    "break_statement": b"break",
    "continue_statement": b"continue",
    "goto_statement": b"goto",
    "inc_statement": b"++",
    "dec_statement": b"--",
    "short_var_declaration": b":=",
    "assignment_statement": b"=",
    "pointer_type": b"*",
    "slice_type": b"[",
    "array_type": b"[",
    "index_expression": b"[",
    "slice_expression": b"[",
    "function_type": b"func",
    "block": b"{",
    "argument_list": b"(",
    "parenthesized_expression": b"(",
}
"""What source must hold for a node of a kind to be there; for others nothing is known."""


def triggers(query: QueryText) -> tuple[bytes, ...]:
    """Literals of which a declaration must hold one for any pattern to match in it.

    From `#resolves?`, whose function is named where it is used, else from the kind of node.
    """
    found: set[bytes] = set()
    for pattern in query.patterns:
        found |= _of_pattern(pattern)
    return tuple(sorted(found)) if b"" not in found else (b"",)


def _of_pattern(pattern: Pattern) -> set[bytes]:
    for predicate in pattern.predicates:
        if predicate.name == "resolves?" and predicate.strings:
            return {name.rsplit(".", 1)[-1].encode() for name in predicate.strings}
    return {_LITERALS.get(pattern.kind, b"")}


@dataclass(frozen=True)
class QueryCheck:
    """The `check` of a query rule: reports the node captured as `at` of each match that holds."""

    id: str
    query: QueryText
    message: str
    at: str

    def __call__(self, view: View, root: ast.Node) -> Iterator[Finding]:
        """The findings in one declaration. Raises `RuleStopped`."""
        if root.parent is not None:
            return  # a type or value that is declared inside of a function
        starts, matches = self._matches(view)
        first, last = bisect_left(starts, root.start), bisect_left(starts, root.end)
        if first == last:
            return
        index = _index(root)
        ends = time.process_time() + SECONDS
        for match in matches[first:last]:
            start, end = match.captures[self.at][0]
            if end > root.end:
                continue
            if time.process_time() > ends:
                raise self._stopped(view, f"after {SECONDS:g} s")
            found = {
                name: [_captured(view, place, index, root) for place in places]
                for name, places in match.captures.items()
            }
            pattern = self.query.patterns[match.pattern]
            if all(holds(predicate, view, found) for predicate in pattern.predicates):
                yield Finding(root, self._said(found), span=view.range(start, end))

    def _matches(self, view: View) -> tuple[list[int], list[Match]]:
        """The file's matches by the start of what they report, asked for once; none once the
        rule was stopped."""
        memo = view.program.memo
        if ("query-stopped", self.id) in memo:
            return [], []
        key = ("query", self.id, view.scope.file.path)
        known: Any = memo.get(key)
        if known is None:
            try:
                found = matcher().matches(self.query.plain, view.scope.file.content)
            except Stopped as error:
                raise self._stopped(view, str(error)) from error
            except BrokenQuery:
                found = []  # told when the rules were loaded
            found = [match for match in found if match.captures.get(self.at)]
            found.sort(key=lambda match: match.captures[self.at][0])
            known = [match.captures[self.at][0][0] for match in found], found
            memo[key] = known
        return known  # type: ignore[no-any-return]

    def _stopped(self, view: View, reason: str) -> RuleStopped:
        view.program.memo["query-stopped", self.id] = True
        return RuleStopped(
            f"the query of rule {self.id} was stopped {reason}; "
            "its findings here and in files linted after this are incomplete; simplify the query"
        )

    def _said(self, found: dict[str, list[Captured]]) -> str:
        def text(match: re.Match[str]) -> str:
            items = found.get(match[1])
            shown = " ".join(items[0].text[: 2 * _SHOWN].split()) if items else ""
            return shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "..."

        return PLACEHOLDER.sub(text, self.message)


def _index(root: ast.Node) -> dict[tuple[int, int], ast.Node]:
    """Own nodes by range; of several with the same one the expression, else the outermost."""
    index: dict[tuple[int, int], ast.Node] = {}
    for node in ast.walk(root):
        known = index.setdefault((node.start, node.end), node)
        if known is not node and isinstance(node, ast.Expr) and not isinstance(known, ast.Expr):
            index[node.start, node.end] = node
    return index


def _captured(
    view: View, place: tuple[int, int], index: dict[tuple[int, int], ast.Node], root: ast.Node
) -> Captured:
    start, end = place
    text = view.scope.file.content[start:end].decode("utf-8", "replace")
    return Captured(text, start, end, index.get(place), root)
