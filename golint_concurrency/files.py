"""Reading files of a repository that may be hostile: regular files only, bounded, never waiting."""

from __future__ import annotations

import os
import re
import stat

MAX_BYTES = 10 * 1024 * 1024
"""Files larger than this are reported and skipped; hand-written Go files stay far below."""

_GENERATED = re.compile(rb"^// Code generated .* DO NOT EDIT\.\r?$", re.MULTILINE)
_PACKAGE = re.compile(rb"^\s*package\s", re.MULTILINE)


class Unreadable(Exception):
    """The file cannot be used; the message says why, without its name."""


def read(path: str, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of the regular file at `path`.

    Raises `Unreadable` for anything else: missing, no permission, a device or FIFO (opened
    without waiting for its other end), or more than `max_bytes`.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a valid file name"
        raise Unreadable(f"cannot be read: {reason}") from error
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("not a regular file; left out")
        if status.st_size > max_bytes:
            limit = max_bytes // (1024 * 1024)
            raise Unreadable(
                f"larger than {limit} MiB; left out (raise the limit with --max-bytes)"
            )
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from error
    finally:
        os.close(descriptor)
    if len(data) > max_bytes:
        raise Unreadable("grew while it was read; left out")
    return data


def is_generated(content: bytes) -> bool:
    """True for a generated file: the marker line stands before the package clause.

    Source: https://go.dev/s/generatedcode.
    """
    if b"// Code generated " not in content:
        return False
    clause = _PACKAGE.search(content)
    return _GENERATED.search(content, 0, clause.start() if clause else len(content)) is not None
