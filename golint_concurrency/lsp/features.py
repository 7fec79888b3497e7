"""A server with all that it can do, put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from golint_concurrency.diagnostic import RuleInfo
from golint_concurrency.lsp import buffers, lifecycle, questions, repairs
from golint_concurrency.lsp.server import Server


def make(rule_files: Sequence[Path], page: Callable[[RuleInfo], str]) -> Server:
    """A server with all features; `page` gives a rule's explanation as Markdown.

    Raises `RuleError` if `rule_files` cannot be used.
    """
    server = Server(rule_files, page)
    for subject in (lifecycle, buffers, questions, repairs):
        subject.register(server)
    return server
