"""Go source to tree-sitter tree: the one place that knows tree-sitter's own API for parsing."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from typing import TypeVar

import tree_sitter
import tree_sitter_go

LANGUAGE = tree_sitter.Language(tree_sitter_go.language())
_PARSER = tree_sitter.Parser(LANGUAGE)
_PART_PARSER = tree_sitter.Parser(LANGUAGE)

# After hundreds of brackets that never close the parser may follow several readings at once, and
# each step takes longer the more is open: half a minute for a line of 50 KB. Where it hardly gets
# on any more, the rest counts as unreadable. The parser calls every hundred steps; unlike a clock,
# that comes to the same on every machine.
_SMALL = 2048
"""Bytes that are parsed unwatched: not much can be open in them."""
_CALLS = 256
"""Calls from one look at the place that was reached to the next."""
_LEAST_BYTES = 10_000
"""How far they lead in real code at least: over 15,000, if not for the shortest statements."""
_MOST_OPEN = 500
_CHUNK = 256
_MOST_SECONDS = (0.5, 2.0)
"""Of processor time, and how many more for each megabyte, eight times as many as real code at its densest takes: for
steps that are long from the start, like those over a megabyte of quotes."""
UNREADABLE = _PARSER.parse(b")")
"""Stands for what took too long."""

_T = TypeVar("_T")

BOM = b"\xef\xbb\xbf"

# The head of a method with type parameters (Go 1.27), which the grammar does not know yet.
_GENERIC_METHOD = re.compile(rb"^func[ \t]*\([^()\n]*\)[ \t]*[A-Za-z_0-9\x80-\xff]+(?=\[)", re.M)
# `new` of what may be a value (Go 1.26), and functions that shadow `new` or `make`: the grammar
# takes nothing but a type there. Parsed as the call of an ordinary function, values and plain type
# names both read well.
_NEW_OF_VALUE = re.compile(
    rb"\b(?:new|make)(?=\([ \t]*(?![ \t\[*<]|(?:map|chan|struct|interface|func)\b))"
)
_MAX_TYPE_PARAMETERS = 2000
"""Bytes of a type parameter list that are looked at."""


def by_kind(table: Mapping[str, _T]) -> dict[int, _T]:
    """The same table by number of the kind of node (`kind_id`): to ask a node for the name of its
    kind makes a string each time."""
    found: dict[int, _T] = {}
    for number in range(LANGUAGE.node_kind_count):
        name = LANGUAGE.node_kind_for_id(number)
        if name is not None and name in table and LANGUAGE.node_kind_is_named(number):
            found[number] = table[name]
    return found


def parse(content: bytes) -> tree_sitter.Tree:
    """Parse a Go file. Never fails: what cannot be read becomes error nodes, and what would take
    too long is `UNREADABLE`.

    A byte order mark is replaced by spaces, so that offsets still count from the file's start.
    """
    if content.startswith(BOM):
        content = b"   " + content[3:]
    return _parsed(_PARSER, content, 0, len(content))


def parse_part(content: bytes, start: int, end: int) -> tree_sitter.Tree:
    """As `parse`, but of top-level declarations from `start` to `end` only; offsets count from
    the file's start."""
    if start == 0 and content.startswith(BOM):
        content = b"   " + content[3:]
    _PART_PARSER.included_ranges = [_range(start, end)]
    return _parsed(_PART_PARSER, content, start, end)


def _range(start: int, end: int) -> tree_sitter.Range:
    """Rows and columns are not true: nobody asks for those of a node."""
    return tree_sitter.Range(tree_sitter.Point(0, start), tree_sitter.Point(0, end), start, end)


def _parsed(parser: tree_sitter.Parser, content: bytes, start: int, end: int) -> tree_sitter.Tree:
    tree = _watched(parser, content, start, end)
    if not tree.root_node.has_error or tree is UNREADABLE:
        return tree
    # Newer Go than the grammar: parse a text of the same length in its place. Offsets hold, and
    # names are read from the true content.
    plain = _without_method_type_parameters(content, start, end)
    if plain is not None:
        tree = _watched(parser, plain, start, end)
        content = plain
    if tree.root_node.has_error and _NEW_OF_VALUE.search(content, start, end):
        part = _NEW_OF_VALUE.sub(lambda found: found.group()[:-1] + b"_", content[start:end])
        plain = b"".join((content[:start], part, content[end:]))
        called = _watched(parser, plain, start, end)
        if count_errors(called) < count_errors(tree):
            return called
    return tree


def _watched(parser: tree_sitter.Parser, content: bytes, start: int, end: int) -> tree_sitter.Tree:
    """What the parser makes of `content` from `start` to `end`; `UNREADABLE` if it gets lost."""
    if end - start <= _SMALL:
        return parser.parse(content)
    watch = _Watch(content, start, end)
    try:
        tree = parser.parse(watch.read, progress_callback=watch.is_lost)
    except ValueError:  # how the parser says that it was ended
        parser.reset()
        tree = UNREADABLE
    watch.end()
    return tree


_release: list[Callable[[list[bytes]], None]] = []


def release_with(function: Callable[[list[bytes]], None]) -> None:
    """From now on call `function` with the pieces of source that the parser was given, each time
    that it is done: tree-sitter 0.26 never lets go of what a callback returns (see
    `lsp.releasing`), which matters to a process that goes on parsing for days."""
    _release[:] = [function]


class _Watch:
    """Looks from time to time at how far the parser came."""

    def __init__(self, content: bytes, start: int, end: int) -> None:
        self._content = content
        self._end = end
        self._calls = 0
        self._reached = self._last = start
        self._open = 0
        self._size = end - start
        self._until = 0.0
        """Set at the first look: few parts are large enough for one."""
        self._chunk = end - start
        self._pieces: list[bytes] = []

    def read(self, at: int, _point: object) -> bytes:
        """All that is left of the part for the parser, which asks once; a little for whoever asks
        a node for its text, which comes back for more."""
        stop = min(at + self._chunk, self._end)
        if at == 0 and stop == len(self._content) and _release:
            stop -= 1  # a piece of its own, which can be told from the content
        piece = self._content[at:stop]
        if self._chunk != _CHUNK:
            self._pieces.append(piece)
        return piece

    def end(self) -> None:
        """The parser is done."""
        self._chunk = _CHUNK
        if _release:
            _release[0](self._pieces)
        self._pieces.clear()

    def is_lost(self, at: int, _broken: bool) -> bool:
        """Called with the place that is being read: True ends the parse."""
        self._calls += 1
        self._reached = max(self._reached, at)
        if self._calls % _CALLS:
            return False
        last, self._last = self._last, self._reached
        self._open += sum(self._content.count(left, last, self._reached) for left in b"([{")
        self._open -= sum(self._content.count(right, last, self._reached) for right in b")]}")
        slow = self._reached - last < _LEAST_BYTES and self._reached < self._end
        now = time.thread_time()
        if not self._until:
            once, each = _MOST_SECONDS
            self._until = now + once + each * self._size / 1_000_000
        return (slow and self._open > _MOST_OPEN) or now > self._until


def method_type_parameters(content: bytes, start: int, name: int, end: int) -> tree_sitter.Node:
    """The head of a method read as that of a function, which may have type parameters.

    `start` is the method's `func`, `name` the start of its name, `end` where its body begins.
    Returns the root node; offsets count from the file's start.
    """
    ranges = [_range(start, start + len(b"func ")), _range(name, end)]
    return tree_sitter.Parser(LANGUAGE, included_ranges=ranges).parse(content).root_node


def _without_method_type_parameters(content: bytes, start: int, end: int) -> bytes | None:
    """`content` with spaces, between `start` and `end`, for the type parameters of methods; None if there are none."""
    blanked: bytearray | None = None
    for match in _GENERIC_METHOD.finditer(content, start, end):
        depth = 0
        for offset in range(match.end(), min(len(content), match.end() + _MAX_TYPE_PARAMETERS)):
            depth += {0x5B: 1, 0x5D: -1}.get(content[offset], 0)
            if depth == 0:
                blanked = blanked if blanked is not None else bytearray(content)
                for place in range(match.end(), offset + 1):
                    if blanked[place] not in b"\r\n":
                        blanked[place] = 0x20
                break
    return bytes(blanked) if blanked is not None else None


def count_errors(tree: tree_sitter.Tree, limit: int | None = None) -> int:
    """How many parts of the tree could not be read, counting no further than `limit`; errors
    inside errors count once."""
    count = 0
    stack = [tree.root_node]
    while stack and (limit is None or count < limit):
        node = stack.pop()
        if node.is_error or node.is_missing:
            count += 1
        elif node.has_error:
            stack.extend(node.children)
    return count
