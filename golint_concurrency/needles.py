"""Which of many byte strings occur in a file, found in one pass over its words.

To search a file for each of some two hundred strings costs about as much as to parse it. Nearly
all of them hold a name, so that the file's distinct words, a fraction of its size, tell for most
strings that they do not occur.
"""

from __future__ import annotations

from collections.abc import Iterable

NAME_BYTES = frozenset(
    b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
) | frozenset(range(128, 256))

_TO_WORDS = bytes(byte if byte in NAME_BYTES else 0x20 for byte in range(256))


def words_of(content: bytes) -> frozenset[bytes]:
    """The distinct names, keywords and numbers of a file, those in comments and strings too."""
    return frozenset(content.translate(_TO_WORDS).split())


class Needles:
    """A set of byte strings to look for."""

    __slots__ = ("_by_part", "_by_word", "_others", "_words")

    def __init__(self, literals: Iterable[bytes]) -> None:
        self._by_word: dict[bytes, list[bytes]] = {}
        """By a word that occurs, as a whole, wherever the literal does."""
        self._by_part: dict[bytes, list[bytes]] = {}
        """By a part of a word, with a blank where the word begins or ends."""
        self._others: list[bytes] = []
        for literal in sorted(set(literals)):
            key = max(_keys(literal), key=_worth, default=b"")
            if not key:
                self._others.append(literal)
            elif key[:1] == key[-1:] == b" ":
                self._by_word.setdefault(key[1:-1], []).append(literal)
            else:
                self._by_part.setdefault(key, []).append(literal)
        self._words = frozenset(self._by_word)

    def within(self, content: bytes, words: frozenset[bytes]) -> set[bytes]:
        """Those that occur in `content`, of which `words` are the `words_of`."""
        found = {literal for literal in self._others if literal in content}
        for word in self._words & words:
            found.update([literal for literal in self._by_word[word] if literal in content])
        if self._by_part:
            text = b" " + b" ".join(words) + b" "
            for part, literals in self._by_part.items():
                if part in text:
                    found.update([literal for literal in literals if literal in content])
        return found


def _keys(literal: bytes) -> list[bytes]:
    """The words of a literal, with a blank on each side where the word is known to end."""
    text = b"\0" + literal.translate(_TO_WORDS) + b"\0"
    padded = [b" " + word + b" " for word in text.split()]
    return [key.replace(b" \0", b"").replace(b"\0 ", b"") for key in padded if key.strip(b" \0")]


def _worth(key: bytes) -> tuple[bool, int]:
    return key[:1] == key[-1:] == b" ", len(key)
