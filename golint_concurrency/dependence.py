"""What of an imported package the findings of others depend on, and whether it has changed.

Who imports a package sees what its files declare: all but the bodies of functions. Of these, only
few are looked into (measured: 8 % of those of imported packages), mostly to tell what a call does.
A record of a package holds digests of its files without bodies, of the bodies that somebody
looked into, and the words that somebody looked for. If a file is another now, but all of that is
as it was, then findings elsewhere are as they were too, unless they point into that file.
"""

from __future__ import annotations

import hashlib
import os
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any

from golint_concurrency.syntax.file import File, Reads

_NEXT_HEAD = re.compile(rb"\n\)[^\n]*\{\n")
"""The line that ends parameters of which each has its own, as gofmt writes it."""
_RESULT = (b"struct {", b"interface {")

Record = dict[str, list[Any]]
"""By name of a file: the digest of it all, and if it was not read as a whole that of its outline,
those of functions by symbol, and words in hexadecimal digits."""


def record(contents: Mapping[str, bytes], parsed: Mapping[str, File]) -> Record:
    """What somebody has read of the package with `contents` by file name; `parsed` are those of
    its files that were read."""
    return {name: _entry(name, contents[name], parsed.get(name)) for name in sorted(contents)}


def changed(known: Record, contents: Mapping[str, bytes]) -> frozenset[str] | None:
    """The names of the files that differ from those that `known` was made of; None if what was read
    of them is another now."""
    if known.keys() != contents.keys():
        return None
    found: set[str] = set()
    for name, entry in known.items():
        content = contents[name]
        if _digest(content) == entry[0]:
            continue
        if len(entry) == 1 or not _is_same(name, content, *entry[1:]):
            return None
        found.add(name)
    return frozenset(found)


def _entry(name: str, content: bytes, parsed: File | None) -> list[Any]:
    whole = [_digest(content)]
    file = parsed
    if file is None:
        file = File(name, content)
    reads = file.reads()
    if reads.whole:
        return whole
    bodies = list(_bodies(file, content))
    read = reads.symbols | _mentioning(bodies, content, reads)
    symbols: dict[str, str] = {}
    for symbol, start, end in bodies:
        if symbol in read:
            symbols[symbol] = _digest(symbols.get(symbol, "").encode() + content[start:end])
    words = sorted(word.hex() for word in reads.words)
    return [*whole, _digest(_outline(bodies, content)), symbols, words]


def _mentioning(bodies: list[tuple[str, int, int]], content: bytes, reads: Reads) -> frozenset[str]:
    """The functions in which a word stands that somebody looked for."""
    starts = [start for _, start, _ in bodies]
    found: set[str] = set()
    for word in reads.words:
        at = content.find(word)
        while at >= 0:
            index = bisect_right(starts, at + len(word)) - 1
            if index >= 0 and at < bodies[index][2]:
                found.add(bodies[index][0])
                at = content.find(word, bodies[index][2])
            else:
                at = content.find(word, at + 1)
    return frozenset(found)


def _is_same(
    name: str, content: bytes, outline: str, symbols: dict[str, str], words: list[str]
) -> bool:
    file = File(name, content)
    if file.reads().whole:
        return False
    bodies = list(_bodies(file, content))
    if _digest(_outline(bodies, content)) != outline:
        return False
    now: dict[str, str] = {}
    asked = [bytes.fromhex(word) for word in words]
    for symbol, start, end in bodies:
        body = content[start:end]
        if symbol in symbols:
            now[symbol] = _digest(now.get(symbol, "").encode() + body)
        elif any(word in body for word in asked):
            return False
    # A function that cannot be read may hide its neighbours, or what is said of its types.
    return now == symbols and not any(decl.is_broken for decl in file.decls)


def _bodies(file: File, content: bytes) -> Iterator[tuple[str, int, int]]:
    """The functions whose bodies stand on lines of their own: symbol, start and end of the body."""
    for decl in file.decls:
        chunk = decl.chunk
        if decl.is_function and chunk is not None and chunk.stop:
            start = _opening(content, chunk.start, chunk.stop)
            if start >= 0:
                yield decl.symbol, start, chunk.stop - 1


def _opening(content: bytes, start: int, stop: int) -> int:
    """Where the body of the function between `start` and `stop` begins; -1 if that is unclear."""
    end = content.find(b"\n", start, stop)
    head = content[start:end]
    if not _is_head(head):
        match = _NEXT_HEAD.search(content, start, stop)
        if match is None:
            return -1
        end = match.end() - 1
        head = content[start:end]
        if not _is_head(head) or b"/*" in head or b"//" in head:
            return -1
    return end


def _is_head(head: bytes) -> bool:
    return (
        head.endswith(b" {") and not head.endswith(_RESULT) and head.count(b"(") == head.count(b")")
    )


def _outline(bodies: list[tuple[str, int, int]], content: bytes) -> bytes:
    parts: list[bytes] = []
    at = 0
    for _, start, end in bodies:
        parts.append(content[at:start])
        at = end
    parts.append(content[at:])
    return b"\0".join(parts)


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=12).hexdigest()


def by_directory(files: list[File]) -> dict[str, dict[str, File]]:
    """`files` by name, by the directory in which they lie."""
    found: dict[str, dict[str, File]] = {}
    for file in files:
        directory, name = os.path.split(file.path)
        found.setdefault(directory, {})[name] = file
    return found
