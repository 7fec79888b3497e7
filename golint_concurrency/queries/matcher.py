"""Running queries in a process of their own, which may crash or spin without harm.

A query comes from the linted repository, and tree-sitter can be made to loop, to grow and to crash
with one. Its match limit stops most; the rest is stopped from outside. (The binding also has a
callback to stop it, but version 0.26 keeps a pointer into a stack frame that is gone.)
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from typing import Any

from golint_concurrency import child

MATCH_LIMIT = 128
"""Matches that may be in progress at once; measured: nested queries of people need under 30."""

MAX_MATCHES = 50_000
SECONDS = 2.0
"""Of computing, for a query in a file."""

Place = tuple[int, int]


class Stopped(Exception):
    """The query was stopped; the message says by what, as the end of a sentence."""


class BrokenQuery(Exception):
    """tree-sitter does not take the query; `row` counts from 0."""

    def __init__(self, row: int, message: str) -> None:
        super().__init__(message)
        self.row = row


@dataclass(frozen=True, slots=True)
class Match:
    """A match: which pattern, and the ranges of bytes of each capture."""

    pattern: int
    captures: dict[str, list[Place]]


class Matcher:
    """Asks the process."""

    def __init__(self) -> None:
        self._child = child.Child(__name__, SECONDS)
        self._content: bytes | None = None
        self._lock = threading.Lock()

    def compile(self, query: str) -> None:
        """Raises `BrokenQuery`, or `Stopped` if reading the query takes too much."""
        with self._lock:
            self._ask({"compile": query})

    def matches(self, query: str, content: bytes) -> list[Match]:
        """The matches of `query` in a file. Raises as `compile` does."""
        with self._lock:
            if self._content is not content:
                self._ask({}, content)
                self._content = content
            answer = self._ask({"match": query})
        return [
            Match(pattern, {name: [(a, b) for a, b in places] for name, places in captures})
            for pattern, captures in answer["matches"]
        ]

    def _ask(self, request: child.Request, content: bytes | None = None) -> child.Answer:
        try:
            answer = self._child.ask(request, content)
        except child.Died as error:
            self._content = None
            raise Stopped(str(error)) from error
        if "row" in answer:
            raise BrokenQuery(answer["row"], answer["said"])
        if "said" in answer:
            raise Stopped(answer["said"])
        return answer


_matchers: dict[int, Matcher] = {}


def matcher() -> Matcher:
    """The one of this process: what a fork inherits is not shared."""
    return _matchers.setdefault(os.getpid(), Matcher())


# ------------------------------------------------------------------------- in the process


def serve() -> None:
    """Answer requests of a `Matcher`."""
    child.serve(_Server().answer)


class _Server:
    def __init__(self) -> None:
        import tree_sitter

        from golint_concurrency.syntax import parse

        self._tree_sitter = tree_sitter
        self._parse = parse
        self._tree: tree_sitter.Tree | None = None
        self._queries: dict[str, tree_sitter.Query] = {}

    def answer(self, request: child.Request, content: bytes) -> child.Answer:
        """What a request gets; `said` tells why it gets nothing."""
        if "size" in request:
            self._tree = self._parse.parse(content)
            return {}
        text = request.get("compile") or request["match"]
        try:
            query = self._query(text)
        except self._tree_sitter.QueryError as error:
            return _broken(str(error))
        except ValueError as error:
            return {"row": 0, "said": str(error)}
        return self._run(query) if "match" in request else {}

    def _query(self, text: str) -> Any:
        if text not in self._queries:
            self._queries[text] = self._tree_sitter.Query(self._parse.LANGUAGE, text)
        return self._queries[text]

    def _run(self, query: Any) -> child.Answer:
        assert self._tree is not None
        cursor = self._tree_sitter.QueryCursor(query, match_limit=MATCH_LIMIT)
        found = cursor.matches(self._tree.root_node)
        if cursor.did_exceed_match_limit:
            return {"said": f"by the limit of {MATCH_LIMIT} matches in progress"}
        if len(found) > MAX_MATCHES:
            return {"said": f"by the limit of {MAX_MATCHES} matches in a file"}
        return {
            "matches": [
                [
                    pattern,
                    [
                        [name, [[node.start_byte, node.end_byte] for node in nodes]]
                        for name, nodes in captures.items()
                    ],
                ]
                for pattern, captures in found
            ]
        }


def _broken(said: str) -> child.Answer:
    """`Invalid node type at row 1, column 3: foo` as row and sentence."""
    message, _, place = said.partition(" at row ")
    row, _, rest = place.partition(",")
    name = rest.partition(":")[2].strip()
    return {
        "row": int(row) if row.isdigit() else 0,
        "said": message[:1].lower() + message[1:] + (f" {name}" if name else ""),
    }
