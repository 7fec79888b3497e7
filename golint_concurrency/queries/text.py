"""The text of a query: patterns, and the predicates in them, which we read and judge ourselves.

tree-sitter gets the patterns with the predicates blanked out. Its own text predicates run regular
expressions without a limit, and the Python binding's crash on captures that are repeated; ours
know types besides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

MAX_LENGTH = 8_192
MAX_DEPTH = 40
"""How deep parentheses may nest: tree-sitter reads them recursively."""

_TOKEN = re.compile(
    r"""(?P<space>\s+|;[^\n]*)
    | (?P<string>"(?:[^"\\\n]|\\.)*")
    | (?P<open>[(\[])
    | (?P<close>[)\]])
    | (?P<capture>@[A-Za-z0-9_.-]+)
    | (?P<predicate>\#[A-Za-z0-9_-]+[?!])
    | (?P<other>[^\s()\[\]"@\#;]+)""",
    re.VERBOSE,
)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}


class QueryTextError(Exception):
    """The query is wrong; `row` counts from 0, the first line of the query."""

    def __init__(self, row: int, message: str) -> None:
        super().__init__(message)
        self.row = row


@dataclass(frozen=True, slots=True)
class Predicate:
    """`(#name? @capture "argument" @argument)`, not judged yet; `row` is its line in the query."""

    name: str
    capture: str
    arguments: tuple[str, ...]
    row: int

    @property
    def other_capture(self) -> str:
        """The capture that is the only argument, or ""."""
        first = self.arguments[0] if len(self.arguments) == 1 else ""
        return first[1:] if first.startswith("@") else ""

    @property
    def strings(self) -> tuple[str, ...]:
        """The arguments that are strings."""
        return tuple(text[1:] for text in self.arguments if text.startswith('"'))


@dataclass(slots=True)
class Pattern:
    """One pattern of a query: the kind of its outermost node ("" for none), its predicates."""

    kind: str = ""
    predicates: list[Predicate] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class QueryText:
    """A query taken apart: `plain` is what tree-sitter gets."""

    plain: str
    patterns: tuple[Pattern, ...]
    captures: tuple[str, ...]


def read(text: str) -> QueryText:
    """Take a query apart. Raises `QueryTextError`."""
    if len(text) > MAX_LENGTH:
        raise QueryTextError(0, f"the query is longer than {MAX_LENGTH} characters")
    reader = _Reader(text)
    reader.run()
    return QueryText("".join(reader.plain), tuple(reader.patterns), tuple(reader.captures))


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = list(text)
        self.patterns: list[Pattern] = []
        self.captures: dict[str, None] = {}
        self._depth = 0
        self._row = 0
        self._opened: list[int] = []

    def run(self) -> None:
        at = 0
        while at < len(self.text):
            at = self._token(at)
        if self._opened:
            row = self.text.count("\n", 0, self._opened[-1])
            raise QueryTextError(row, "this parenthesis is never closed")

    def _match(self, at: int) -> re.Match[str]:
        match = _TOKEN.match(self.text, at)
        if match is None:
            shown = ascii(self.text[at : at + 10])
            raise QueryTextError(self._row, f"cannot be read from {shown} on")
        return match

    def _token(self, at: int) -> int:
        match = self._match(at)
        kind, text = match.lastgroup, match.group()
        if kind == "open":
            self._open(match)
        elif kind == "close":
            if not self._opened:
                raise QueryTextError(self._row, f"{text} closes nothing")
            self._opened.pop()
        elif kind == "capture":
            self.captures[text[1:]] = None
        elif kind == "predicate":
            return self._predicate(match)
        elif kind == "other" and self._opened and self.patterns and not self.patterns[-1].kind:
            self.patterns[-1].kind = text.rstrip(":+*?!.") if self._groups_only() else "_"
        self._row += text.count("\n")
        return match.end()

    def _groups_only(self) -> bool:
        """Whether all that is open is parentheses: a node, not one of several in brackets."""
        return all(self.text[at] == "(" for at in self._opened)

    def _open(self, match: re.Match[str]) -> None:
        if not self._opened:
            self.patterns.append(Pattern(kind="_" if match.group() == "[" else ""))
        self._opened.append(match.start())
        if len(self._opened) > MAX_DEPTH:
            raise QueryTextError(self._row, f"nested deeper than {MAX_DEPTH}")

    def _predicate(self, match: re.Match[str]) -> int:
        """Read a predicate from its name to its parenthesis, and blank it out."""
        before = self.text[: match.start()].rstrip()
        if not before.endswith("(") or not self._opened or self._opened[-1] != len(before) - 1:
            raise QueryTextError(self._row, f"{match.group()} must follow a parenthesis")
        start, row = self._opened.pop(), self._row
        arguments: list[str] = []
        at = match.end()
        while True:
            if at >= len(self.text):
                raise QueryTextError(row, "this parenthesis is never closed")
            token = self._match(at)
            at = token.end()
            self._row += token.group().count("\n")
            if token.lastgroup == "close":
                break
            if token.lastgroup == "space":
                continue
            if token.lastgroup not in ("string", "capture"):
                raise QueryTextError(
                    self._row, f"{match.group()} takes captures and strings in double quotes"
                )
            arguments.append(
                token.group() if token.lastgroup == "capture" else '"' + _unquoted(token.group())
            )
        if not arguments or not arguments[0].startswith("@"):
            raise QueryTextError(row, f"{match.group()} needs a capture first, as in @call")
        if not self.patterns or not self._opened:
            raise QueryTextError(row, f"{match.group()} must stand inside of a pattern")
        self.patterns[-1].predicates.append(
            Predicate(match.group()[1:], arguments[0][1:], tuple(arguments[1:]), row)
        )
        for place in range(start, at):
            if self.plain[place] != "\n":
                self.plain[place] = " "
        return at


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), text[1:-1])
