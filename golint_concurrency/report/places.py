"""Where findings are, in the words of reports: lines, columns and names of files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple

from golint_concurrency.diagnostic import Report, Span
from golint_concurrency.report.options import ReportOptions
from golint_concurrency.syntax.positions import LineIndex, Unit


class Range(NamedTuple):
    """A span in lines and columns, 1-based; the end column is the one after the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


class Places:
    """Answers questions of place for one report; each file's lines are counted once."""

    def __init__(self, report: Report, options: ReportOptions) -> None:
        self._sources: Mapping[str, bytes] = report.sources
        self._root = os.path.realpath(options.root)
        self._cwd = os.fspath(options.cwd)
        self._indexes: dict[str, LineIndex] = {}
        self._relative: dict[str, str | None] = {}

    def index(self, path: str) -> LineIndex:
        """The lines of `path`; of an empty file if its source is not in the report."""
        index = self._indexes.get(path)
        if index is None:
            index = self._indexes[path] = LineIndex(self._sources.get(path, b""))
        return index

    def range(self, span: Span, unit: Unit) -> Range:
        """`span` in lines and columns of `unit`."""
        return Range(*self.index(span.path).range(span.start, span.end, unit))

    def relative(self, path: str) -> str | None:
        """`path` relative to the root, links resolved, with `/`; `None` if it lies outside."""
        if path not in self._relative:
            real = self.absolute(path)
            relative: str | None = None
            if real.startswith(self._root.rstrip(os.sep) + os.sep):
                relative = real[len(self._root.rstrip(os.sep)) + 1 :].replace(os.sep, "/")
            self._relative[path] = relative
        return self._relative[path]

    def absolute(self, path: str) -> str:
        """`path` as an absolute path without links."""
        return os.path.realpath(os.path.join(self._cwd, path))
