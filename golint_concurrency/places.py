"""Where the tool may keep what it can make again."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cache_directory() -> Path:
    """The user's cache directory for this tool; it need not exist.

    `$GOLINT_CONCURRENCY_CACHE` if set, else the platform's: `$XDG_CACHE_HOME` or `~/.cache`,
    `~/Library/Caches`, `%LOCALAPPDATA%`.
    """
    named = os.environ.get("GOLINT_CONCURRENCY_CACHE")
    if named:
        return Path(os.path.abspath(named))
    home = Path(os.path.expanduser("~"))
    if sys.platform == "darwin":
        base = home / "Library" / "Caches"
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    else:
        xdg = os.environ.get("XDG_CACHE_HOME", "")
        base = Path(xdg) if os.path.isabs(xdg) else home / ".cache"
    return base / "golint-concurrency"
