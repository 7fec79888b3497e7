"""Keep untrusted text from acting on a terminal, a log or a reader's eyes; decide on colour.

File names, source excerpts and identifiers come from the linted repository and may hold escape
sequences, line breaks that forge another finding, or bidirectional controls that reorder what
is seen. `escape` makes all of these visible and leaves every other character alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

# Controls (C0, DEL, C1), what breaks lines (U+2028, U+2029), what reorders or hides text
# (bidirectional marks, embeddings and isolates, zero-width and invisible operators, byte order
# mark, interlinear annotation, tags), and surrogates, which stand for undecodable bytes of a
# file name and cannot be encoded.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}

MODES = ("auto", "always", "never")


def escape(text: str) -> str:
    """`text` on one line with each dangerous character as a visible escape, as in `\\x1b`."""
    if text.isprintable():  # holds for no text with a character of `_UNSAFE`
        return text
    return _UNSAFE.sub(_visible, text)


def _visible(match: re.Match[str]) -> str:
    char = match[0]
    code = ord(char)
    if char in _SHORT:
        return _SHORT[char]
    if 0xDC80 <= code <= 0xDCFF:
        code -= 0xDC00  # an undecodable byte, as `os.fsdecode` hides it
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def valid(text: str) -> str:
    """`text` with surrogates as U+FFFD, so that it can be encoded; other characters stay."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def width(text: str) -> int:
    """Columns that `text` (already escaped) takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(char) or char in "\u200c\u200d\ufe0e\ufe0f"
        else 2
        if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )


def use_color(mode: str, is_tty: bool, environ: Mapping[str, str]) -> bool:
    """Whether to colour output to a stream, for `--color auto|always|never`.

    In `auto`, a non-empty NO_COLOR wins over FORCE_COLOR, which wins over TERM=dumb and over
    the stream's kind. Raises `ValueError` for any other mode.
    """
    if mode not in MODES:
        raise ValueError(f"colour mode must be one of {', '.join(MODES)}, not {mode!r}")
    if mode != "auto":
        return mode == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR", "").lower() not in ("", "0", "false"):
        return True
    return is_tty and environ.get("TERM") != "dumb"
