"""Gives back what the parser keeps: the bytes that a read callback returned to tree-sitter.

`Parser.parse` of the Python binding, 0.26.0 and 0.26.1, takes a reference to whatever the callback
returns and never gives it up (measured: each parse of 30 KB through a callback keeps 30 KB). The
callback is needed all the same, since it is how a parse can be watched and ended.
"""

from __future__ import annotations

import ctypes
import sys
from importlib.metadata import version

from golint_concurrency.syntax import parse

_AFFECTED = ("0.26.0", "0.26.1")


def start() -> None:
    """Release from now on, if this version of the binding needs it."""
    if sys.implementation.name == "cpython" and version("tree-sitter") in _AFFECTED:
        parse.release_with(_release)


def _release(pieces: list[bytes]) -> None:
    """Drop the one reference too many that each of `pieces` has. Those of at most one byte are
    shared by the interpreter and never freed."""
    decref = ctypes.pythonapi.Py_DecRef
    for piece, count in zip(pieces, _counts(pieces), strict=True):
        if len(piece) > 1 and count == _OURS + 1:
            decref(ctypes.py_object(piece))


def _counts(pieces: list[bytes]) -> list[int]:
    """The references to each piece, as they are counted here."""
    return [sys.getrefcount(piece) for piece in pieces]


_OURS = _counts([bytes(bytearray(b"a piece"))])[0]
"""References to a piece that nobody else has: how the interpreter counts differs by its version."""
