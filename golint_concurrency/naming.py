"""Files by the names that people know them by: as they were given, or relative to where we are.

Rules name their own file as it is shown; other files of the program, to which a finding may lead,
they only know by absolute path.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from golint_concurrency.diagnostic import Diagnostic, Related, Span, Step
from golint_concurrency.engine import Outcome


def name_files(outcome: Outcome, shown: Mapping[str, str], cwd: str) -> None:
    """Name the files in `outcome`: those in `shown` so, others relative to `cwd` if below it."""
    top = cwd.rstrip(os.sep) + os.sep

    def name(path: str) -> str:
        known = shown.get(path)
        if known is not None:
            return known
        return path[len(top) :] if path.startswith(top) else path

    outcome.diagnostics = [_named(item, name) for item in outcome.diagnostics]
    outcome.suppressed = [
        replace(item, diagnostic=_named(item.diagnostic, name)) for item in outcome.suppressed
    ]
    outcome.sources = {name(path): content for path, content in outcome.sources.items()}


def _named(item: Diagnostic, name: Callable[[str], str]) -> Diagnostic:
    if not _leads_on(item.related) and not _leads_on(item.flow):
        return item
    return replace(
        item,
        related=tuple(replace(other, span=_span(other.span, name)) for other in item.related),
        flow=tuple(replace(step, span=_span(step.span, name)) for step in item.flow),
    )


def _leads_on(places: Iterable[Related | Step]) -> bool:
    return any(os.path.isabs(place.span.path) for place in places)


def _span(span: Span, name: Callable[[str], str]) -> Span:
    return replace(span, path=name(span.path))
