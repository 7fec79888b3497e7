"""Whether this installation runs as machine code or as Python; `setup.py` makes either."""

from __future__ import annotations

import os
from importlib.machinery import EXTENSION_SUFFIXES


def is_compiled() -> bool:
    """True if the hot modules were compiled. Loads none of them, so that it costs nothing."""
    engine = os.path.join(os.path.dirname(__file__), "engine")
    return any(os.path.exists(engine + suffix) for suffix in EXTENSION_SUFFIXES)


def answer() -> str:
    """As `--version` says it."""
    return f"(compiled: {'yes' if is_compiled() else 'no'})"
