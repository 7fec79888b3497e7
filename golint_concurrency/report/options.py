"""What a reporter may be told; each reporter reads what concerns it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

# GitHub code scanning rejects a run with more results than this.
SARIF_RESULT_LIMIT = 25_000


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """Options of `render`.

    `color`: ANSI colours in text formats (see `terminal.use_color`).
    `show_source`: excerpts, related places and fixes in `text`.
    `root`: repository root; SARIF, GitHub and GitLab name files relative to it.
    `cwd`: what relative paths in diagnostics are relative to.
    `category`: SARIF `automationDetails.id`, so that several runs on a commit are kept apart.
    `include_suppressed`: SARIF lists accepted findings too, marked as suppressed.
    `limit`: most results in SARIF, `None` for all of them (then no limit of GitHub is applied).
    `shard`: which part of a run the report is of (`2/5`); empty if it is the whole.
    `rule_url`: address of a built-in rule's page with `{id}` or `{name}` in it; empty if there is
    none. Rules of others have no page there.
    """

    color: bool = False
    show_source: bool = False
    root: Path = field(default_factory=Path.cwd)
    cwd: Path = field(default_factory=Path.cwd)
    category: str = "golint-concurrency"
    include_suppressed: bool = False
    limit: int | None = SARIF_RESULT_LIMIT
    rule_url: str = ""
    shard: str = ""

    def url_of(self, rule_id: str, name: str) -> str:
        """The page of a rule, or an empty string."""
        if not rule_id.startswith("GLC"):
            return ""
        return self.rule_url.replace("{id}", rule_id).replace("{name}", name)
