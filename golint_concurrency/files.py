"""Reading files of a repository that may be hostile: regular files only, bounded, never waiting."""

from __future__ import annotations

import os
import re
import stat

MAX_BYTES = 10 * 1024 * 1024
"""Files larger than this are reported and skipped; hand-written Go files stay far below."""

_MORE = 64 * 1024

# Binary and non-blocking: a FIFO opens at once, and Windows must not translate line ends.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)

_GENERATED = re.compile(rb"^// Code generated .* DO NOT EDIT\.\r?$", re.MULTILINE)
# Nothing in this may be tried twice (hence the possessive quantifiers): a hostile file of blank
# lines or stars must cost one pass over it.
_HEAD = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s++|//[^\n]*+|(?>/\*.*?\*/))*+", re.DOTALL)


class Unreadable(Exception):
    """The file cannot be used; the message says why, without its name."""


def read(path: str, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of the regular file at `path`.

    Raises `Unreadable` for anything else: missing, no permission, a device or FIFO (opened
    without waiting for its other end), or more than `max_bytes`.
    """
    try:
        descriptor = os.open(path, _FLAGS)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a valid file name"
        raise Unreadable(f"cannot be read: {reason}") from error
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("not a regular file; left out")
        if status.st_size > max_bytes:
            raise Unreadable(f"larger than {_size(max_bytes)}; left out")
        # No more is asked for than there should be: room for `max_bytes` costs more than reading.
        data = os.read(descriptor, status.st_size + 1)
        while more := os.read(descriptor, min(_MORE, max_bytes + 1 - len(data))):
            data += more
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from error
    finally:
        os.close(descriptor)
    if len(data) > max_bytes:
        raise Unreadable("grew while it was read; left out")
    return data


def read_or_none(path: str) -> bytes | None:
    """As `read`; None where that raises, for those who need not say why."""
    try:
        return read(path)
    except Unreadable:
        return None


def _size(count: int) -> str:
    for unit, size in (("MiB", 1024 * 1024), ("KiB", 1024)):
        if count >= size:
            return f"{count / size:g} {unit}" if count % size == 0 else f"{count / size:.1f} {unit}"
    return f"{count} bytes"


def head_end(content: bytes) -> int:
    """Where a Go file's leading blanks and comments end: the offset of its package clause.

    A comment that does not end is no comment: the offset is that of its start.
    """
    match = _HEAD.match(content)
    return match.end() if match else 0


def is_generated(content: bytes) -> bool:
    """True for a generated file: the marker line stands before the package clause.

    Source: https://go.dev/s/generatedcode.
    """
    if b"// Code generated " not in content:
        return False
    return _GENERATED.search(content, 0, head_end(content)) is not None
