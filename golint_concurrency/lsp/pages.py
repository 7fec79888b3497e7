"""Explanations of rules as files that an editor can open without a network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from golint_concurrency import __version__, atomic
from golint_concurrency.lsp.uris import uri_of


class Pages:
    """Pages by rule id. `text` gives a rule's page as Markdown, "" for an unknown rule.

    Files are written below `directory` when somebody first needs them; where that cannot be done
    there are no links, and no harm.
    """

    def __init__(self, directory: Path, text: Callable[[str], str]) -> None:
        self._directory = directory / "rules" / __version__
        self.text = text
        self._uris: dict[str, str] = {}

    def uri(self, rule: str) -> str:
        """The address of the page of `rule`, "" if there is none."""
        if rule not in self._uris:
            self._uris[rule] = self._write(rule)
        return self._uris[rule]

    def _write(self, rule: str) -> str:
        text = self.text(rule)
        if not text:
            return ""
        path = self._directory / f"{rule}.md"
        content = text.encode()
        try:
            if not path.is_file() or path.read_bytes() != content:
                self._directory.mkdir(parents=True, exist_ok=True)
                atomic.write(str(path), content)
        except OSError:
            return ""
        return uri_of(str(path))
