"""A server that parses for days keeps nothing of what it has parsed."""

from __future__ import annotations

import ctypes
import subprocess
import sys

import pytest

CODE = r"""
import ctypes
import gc
from golint_concurrency.lsp import releasing
from golint_concurrency.syntax import parse

class Info(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in "abcdefghij"]

used = ctypes.CDLL(None).mallinfo2
used.restype = Info
body = b"\tprintln(1, 2, 3)\n" * 2000
whole = b"package a\n\nfunc f() {\n" + body + b"}\n"
start = whole.index(b"func")
{start}
for broken in (b"", b"func ("):
    for times in (3, 50):
        gc.collect()
        before = used().h
        for _ in range(times):
            parse.parse(whole + broken + b" ")
            tree = parse.parse_part(whole, start, len(whole))
            assert tree.root_node.end_byte == len(whole)
        del tree
        gc.collect()
    print((used().h - before) / 50)
"""


def kept(start: str) -> list[float]:
    """Bytes that each of some parses leaves behind."""
    done = subprocess.run(
        [sys.executable, "-c", CODE.replace("{start}", start)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return [float(line) for line in done.stdout.split()]


@pytest.mark.skipif(
    not hasattr(ctypes.CDLL(None), "mallinfo2"), reason="the C library cannot tell what is in use"
)
def test_what_the_parser_was_given_is_released() -> None:
    assert max(kept("releasing.start()")) < 500  # bytes; a parse is given 36,000
