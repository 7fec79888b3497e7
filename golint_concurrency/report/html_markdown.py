"""The Markdown of rules' documentation as HTML: headings, paragraphs, lists, code. All escaped."""

from __future__ import annotations

import re
from html import escape

_CODE = re.compile(r"`([^`]+)`")


def to_html(text: str) -> str:
    """`text` as HTML; what is not understood stays plain text."""
    out: list[str] = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.startswith("```"):
            end = next((k for k in range(at + 1, len(lines)) if lines[k].startswith("```")), None)
            end = len(lines) if end is None else end
            out.append(f"<pre><code>{escape(chr(10).join(lines[at + 1 : end]))}</code></pre>")
            at = end + 1
        elif line.startswith("#"):
            out.append(f"<h4>{_inline(line.lstrip('# '))}</h4>")
            at += 1
        elif line.startswith(("- ", "* ")):
            items, at = _items(lines, at)
            out.append("<ul>" + "".join(f"<li>{_inline(item)}</li>" for item in items) + "</ul>")
        elif line.strip():
            end = at
            while end < len(lines) and _plain(lines[end]):
                end += 1
            end = max(end, at + 1)
            out.append(f"<p>{_inline(' '.join(lines[at:end]))}</p>")
            at = end
        else:
            at += 1
    return "".join(out)


def _plain(line: str) -> bool:
    return bool(line.strip()) and not line.startswith(("#", "- ", "* ", "```"))


def _items(lines: list[str], at: int) -> tuple[list[str], int]:
    items: list[str] = []
    while at < len(lines):
        line = lines[at]
        if line.startswith(("- ", "* ")):
            items.append(line[2:])
        elif line.startswith("  ") and line.strip():
            items[-1] += " " + line.strip()
        else:
            break
        at += 1
    return items, at


def _inline(text: str) -> str:
    parts = _CODE.split(text)
    return "".join(
        f"<code>{escape(part)}</code>" if number % 2 else escape(part)
        for number, part in enumerate(parts)
    )
