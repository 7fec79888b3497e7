"""Between the editor's URIs and the paths of a session."""

from __future__ import annotations

import hashlib
import os

from pygls import uris

_UNTITLED = os.path.join(os.sep, "golint-concurrency-untitled")
"""Where buffers without a file lie for us: each in a directory of its own, none of them real."""


def path_of(uri: str) -> str | None:
    """The absolute path that stands for `uri`; None for schemes that we cannot read.

    A buffer that was never saved gets a path at which no file is.
    """
    scheme, _, _ = uri.partition(":")
    if scheme == "untitled":
        digest = hashlib.sha256(uri.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return os.path.join(_UNTITLED, digest, "untitled.go")
    if scheme != "file":
        return None
    path = uris.to_fs_path(uri)
    if not path or "\0" in path or not os.path.isabs(path):
        return None
    return os.path.normpath(path)


def uri_of(path: str) -> str:
    """The `file:` URI for an absolute path."""
    return uris.from_fs_path(path) or ""
