"""Reports: diagnostics in, bytes out. Only the module of the format that is asked for is loaded."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from golint_concurrency.diagnostic import Report
from golint_concurrency.report.options import ReportOptions

__all__ = ["FORMATS", "ReportOptions", "notices", "render"]

FORMATS: dict[str, str] = {
    "text": "golint_concurrency.report.text",
    "concise": "golint_concurrency.report.concise",
    "json": "golint_concurrency.report.json",
    "jsonl": "golint_concurrency.report.jsonl",
    "sarif": "golint_concurrency.report.sarif",
    "github": "golint_concurrency.report.github",
    "gitlab": "golint_concurrency.report.gitlab",
    "checkstyle": "golint_concurrency.report.checkstyle",
    "rdjson": "golint_concurrency.report.rdjson",
    "html": "golint_concurrency.report.html",
    "junit": "golint_concurrency.report.junit",
}


def render(format: str, report: Report, options: ReportOptions) -> bytes:
    """`report` in `format`, one of `FORMATS`; raises `KeyError` for any other name.

    The bytes are the same for the same findings, whatever the run's speed or number of jobs.
    """
    rendered: bytes = _module(format).render(report, options)
    return rendered


def notices(format: str, report: Report, options: ReportOptions) -> tuple[str, ...]:
    """Sentences on what `format` leaves out of `report`, for stderr; usually none."""
    tell = getattr(_module(format), "notices", None)
    return tuple(tell(report, options)) if tell else ()


def _module(format: str) -> ModuleType:
    return import_module(FORMATS[format])
