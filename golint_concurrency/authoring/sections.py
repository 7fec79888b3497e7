"""The sections of a rule's documentation: what each page has."""

from __future__ import annotations

SECTIONS = (
    "What it finds",
    "What happens under load",
    "Example",
    "Use instead",
    "When it stays silent",
    "Go versions",
    "Source",
)


def missing(docstring: str) -> list[str]:
    """Sections that are not there or empty, in the order of a page."""
    bodies: dict[str, str] = {}
    title = ""
    for line in docstring.splitlines():
        if line.startswith("## "):
            title = line[3:].strip()
            bodies[title] = ""
        elif title:
            bodies[title] += line.strip()
    return [title for title in SECTIONS if not bodies.get(title)]
