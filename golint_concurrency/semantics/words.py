"""Where a name stands in source, as a search over bytes.

A regular expression that begins with a word boundary is tried at every byte; the search for a
literal is many times faster, and looks at what lies around each place it finds. The file is told
what it is searched for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.syntax.file import File

_DIGIT, _NINE = ord("0"), ord("9")
_UPPER, _UPPER_END = ord("A"), ord("Z")
_LOWER, _LOWER_END = ord("a"), ord("z")
_LINE = ord("_")
# What follows the name of a struct type in `T{a, b}`, also `T[int]{a, b}`.
_UNKEYED = re.compile(rb"(?:\[[^\]]*\])?\{\s*(?![}\s]|//|/\*|\w+\s*:)")


def is_word(byte: int) -> bool:
    """As `\\w` for bytes."""
    return (
        _LOWER <= byte <= _LOWER_END
        or _UPPER <= byte <= _UPPER_END
        or byte == _LINE
        or _DIGIT <= byte <= _NINE
    )


def offsets(file: File, name: str) -> list[int]:
    """Where `name` stands in `file` by itself, not as a part of a longer name."""
    word = name.encode()
    size = len(word)
    found: list[int] = []
    content = file.searched(word)
    at = content.find(word) if size else -1
    while at >= 0:
        after = at + size
        if not (at and is_word(content[at - 1])) and not (
            after < len(content) and is_word(content[after])
        ):
            found.append(at)
        at = content.find(word, after)
    return found


def calls(file: File, name: str) -> Iterator[int]:
    """Where `name(` stands in `file`, not as a part of a longer name."""
    word = name.encode() + b"("
    content = file.searched(word)
    at = content.find(word) if name else -1
    while at >= 0:
        if not (at and is_word(content[at - 1])):
            yield at
        at = content.find(word, at + len(word))


def followed(file: File, name: str, pattern: re.Pattern[bytes]) -> list[int]:
    """Those of `offsets` behind which `pattern` matches."""
    size = len(name.encode())
    content = file.searched(name.encode())
    return [at for at in offsets(file, name) if pattern.match(content, at + size) is not None]


def has_unkeyed_literal(file: File, name: str) -> bool:
    """True if a literal of type `name` may give its fields by their order."""
    return bool(followed(file, name, _UNKEYED))
