"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile


def write(path: str, content: bytes, mode: int | None = None, *, new: bool = False) -> None:
    """Put `content` in place of the file at `path` (or make it), by a finished one beside it.

    `mode` are its permission bits; None leaves a new file to the umask. With `new`, what is there
    already is not replaced, however late it came. Raises `OSError`, and leaves what was there.
    """
    descriptor, temporary = tempfile.mkstemp(
        prefix=".golint-concurrency-", dir=os.path.dirname(path) or "."
    )
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode if mode is not None else _default_mode(path))
        if new:
            os.link(temporary, path)
            os.unlink(temporary)
        else:
            os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def put(path: str, content: bytes) -> None:
    """As `write`, but what is there may be a device or a pipe, which just gets the bytes, and a
    link stays one. Raises `OSError`."""
    path = os.path.realpath(path)
    try:
        regular = stat.S_ISREG(os.stat(path).st_mode)
    except FileNotFoundError:
        regular = True
    if regular:
        write(path, content)
    else:
        with open(path, "wb") as file:
            file.write(content)


def _default_mode(path: str) -> int:
    try:
        return os.stat(path).st_mode & 0o7777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
