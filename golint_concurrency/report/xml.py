"""Text in XML: what the reports in that form share.

XML 1.0 has no way to write control characters, so they come as visible escapes; what remains
has the five characters of markup replaced.
"""

from __future__ import annotations

from golint_concurrency.terminal import escape

HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'

_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"})


def text(value: object) -> str:
    """`value` as character data or attribute value."""
    return escape(str(value)).translate(_MARKUP)


def attributes(**values: object) -> str:
    """` name="value"` for each, in order; names may end in `_` to escape a keyword of Python."""
    return "".join(f' {name.rstrip("_")}="{text(value)}"' for name, value in values.items())
