"""How far a long run has come, on a terminal only."""

from __future__ import annotations

import os
import sys
import time
from typing import TextIO

QUIET = 2.0
"""Seconds before anything is shown: most runs are over by then."""

_EVERY = 0.1


class Progress:
    """One line that is written over, and gone at the end."""

    def __init__(self, stream: TextIO, wait: float = QUIET) -> None:
        self._stream = stream
        self._from = time.monotonic() + wait
        self._shown = False
        self._done = self._total = 0

    def start(self, total: int) -> None:
        """A pass over `total` files begins."""
        self._done, self._total = 0, total
        self._show()

    def advance(self, files: int) -> None:
        """So many files more are done."""
        self._done += files
        self._show()

    def end(self) -> None:
        """Take the line away."""
        if self._shown:
            self._write("\r\x1b[K")
            self._shown = False

    def _show(self) -> None:
        now = time.monotonic()
        if now >= self._from:
            self._from = now + _EVERY
            self._shown = True
            self._write(f"\r\x1b[K{self._done} of {self._total} files")

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:
            self._from = float("inf")  # the terminal went away; the run goes on


def on_terminal() -> Progress | None:
    """Progress on stderr, if that is a terminal that can write over a line."""
    if not sys.stderr.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        return None
    return Progress(sys.stderr)
