"""The page of a rule: as Markdown, and set for a terminal."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from golint_concurrency.diagnostic import RuleInfo, Severity
from golint_concurrency.terminal import escape

_BOLD, _CYAN, _DIM, _PLAIN = "\x1b[1m", "\x1b[36m", "\x1b[2m", "\x1b[0m"
_CODE = re.compile(r"`([^`\n]+)`")
_CALM = "Only a note where no load comes: in programs that end soon, samples, and support of tests."
_ITEM = re.compile(r"(\s*)(-|\d+\.) ")


def page(info: RuleInfo) -> str:
    """The page as Markdown, without a line break at its end.

    What a rule says of itself may come from a repository: whatever could act on a terminal is
    made visible.
    """
    default = "on by default" if info.enabled else "off by default (use --select)"
    facts = [info.severity.label, default, f"precision {info.precision.value}"]
    if info.fixable:
        facts.append(f"{info.fixable} fix")
    if info.source:
        facts.append(f"source {info.source}")
    text = f"# {info.id} {info.name}\n\n{info.summary} ({'; '.join(facts)}).\n"
    if info.load and info.severity > Severity.NOTE:
        text += f"{_CALM}\n"
    text += f"\n{info.explanation}"
    if info.options and "\n## Options\n" not in info.explanation:
        rows = "\n".join(f"| `{name}` | `{value}` |" for name, value in info.options)
        text += (
            f"\n\n## Options\n\nIn the configuration, below `[rules.{info.name}]`:\n\n"
            f"| option | default |\n|---|---|\n{rows}"
        )
    return "\n".join(_safe(line) for line in text.rstrip().split("\n"))


def _safe(line: str) -> str:
    return "\t".join(escape(part) for part in line.split("\t"))


def for_terminal(markdown: str, width: int, *, color: bool) -> str:
    """A page for reading on a terminal `width` columns wide."""
    return "\n".join(_lines(markdown.split("\n"), width, color))


def _lines(lines: list[str], width: int, color: bool) -> Iterator[str]:
    paragraph: list[str] = []
    fenced = False

    def flush() -> Iterator[str]:
        if paragraph:
            yield from _set(paragraph, width, color)
            paragraph.clear()

    for line in lines:
        if line.startswith("```"):
            yield from flush()
            fenced = not fenced
        elif fenced:
            yield _paint("    " + line.expandtabs(4), _DIM, color)
        elif line.startswith("#"):
            yield from flush()
            yield _paint(line.lstrip("# "), _BOLD, color)
        elif not line.strip() or line.startswith("|"):
            yield from flush()
            yield _inline(line, color)
        else:
            if _ITEM.match(line):
                yield from flush()
            paragraph.append(line)
    yield from flush()


def _set(paragraph: list[str], width: int, color: bool) -> Iterator[str]:
    """A paragraph or list item, filled to the width; code is kept in one piece."""
    item = _ITEM.match(paragraph[0])
    hanging = " " * len(item.group()) if item else ""
    text = " ".join([paragraph[0].rstrip(), *(line.strip() for line in paragraph[1:])])
    # Blanks in code must not be broken at, and its marks take no columns in the end.
    text = _CODE.sub(lambda found: found.group().replace(" ", "\0"), text)
    for line in textwrap.wrap(
        text, width, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False
    ):
        yield _inline(line.replace("\0", " "), color)


def _inline(text: str, color: bool) -> str:
    if not color:
        return text
    return _CODE.sub(lambda found: f"{_CYAN}{found[1]}{_PLAIN}", text)


def _paint(text: str, code: str, color: bool) -> str:
    return f"{code}{text}{_PLAIN}" if color and text.strip() else text
