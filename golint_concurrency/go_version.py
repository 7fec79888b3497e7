"""Versions of Go, as people write them in options, configuration and settings."""

from __future__ import annotations

import re

_VERSION = re.compile(r"(?:go)?([0-9]{1,4})\.([0-9]{1,4})(?:\.[0-9]{1,4})?", re.ASCII)


def parse(text: object) -> tuple[int, int] | None:
    """`1.22`, `go1.22` or `1.22.3` as (1, 22); None for what is no version."""
    match = _VERSION.fullmatch(text) if isinstance(text, str) else None
    return (int(match[1]), int(match[2])) if match else None
