"""What the tool says: plain immutable data, made by rules and read by reports, fixes and editor.

All offsets are byte offsets into the file's content as read from disk (UTF-8 bytes).
Lines and columns are derived from them by `golint_concurrency.syntax.positions` where they
are needed, because every consumer counts columns in a unit of its own.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field


class Severity(enum.IntEnum):
    """How much a finding matters; the order is the order of `--fail-on`."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The word used in reports, configuration and SARIF levels."""
        return self.name.lower()

    @classmethod
    def from_label(cls, label: str) -> Severity:
        """`label` is "note", "warning" or "error"; raises `KeyError` for anything else."""
        return cls[label.upper()]


class Precision(enum.Enum):
    """How often a finding of a rule is right, as SARIF's `precision` property names it."""

    VERY_HIGH = "very-high"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of bytes `[start, end)` in the file at `path` (as the user named it)."""

    path: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that explains a finding: where the goroutine starts, where it returns."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the path that leads to the finding, in the order of execution."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace the bytes of `span` by `text` (an empty span inserts, an empty text deletes)."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that belong together: all are applied or none.

    `safe` fixes keep the meaning of correct programs and are applied by `--fix`; the others
    need `--unsafe-fixes`.
    """

    message: str
    edits: tuple[Edit, ...]
    safe: bool = True


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    `message` is one sentence on what happens under load, then what to write instead.
    `symbol` is the enclosing declaration ("(*Server).handle"), for fingerprints and reports.
    """

    rule: str
    name: str
    severity: Severity
    span: Span
    message: str
    symbol: str = ""
    related: tuple[Related, ...] = ()
    flow: tuple[Step, ...] = ()
    fixes: tuple[Fix, ...] = ()

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Reports are ordered by path, position, rule: the same for any number of jobs."""
        return (self.span.path, self.span.start, self.span.end, self.rule, self.message)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that kept the tool from doing its work on `path`; printed on stderr.

    `fatal` problems make the run exit with 2 (unreadable file, rule that raised); others are
    notices (a limit that bit).
    """

    path: str
    message: str
    fatal: bool = True


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """What reports and help need to know of a rule; made from its declaration.

    `options` are the rule's own settings and their defaults, as written in the configuration.
    `load` is true if its findings are notes where no load comes.
    """

    id: str
    name: str
    summary: str
    severity: Severity
    precision: Precision
    explanation: str
    source: str = ""
    enabled: bool = True
    fixable: str = ""
    since_go: str = ""
    load: bool = False
    tags: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that somebody accepted, and where: reported only on request.

    `kind` is "inSource" (a comment) or "external" (a baseline), as SARIF names them; `reason` is
    the justification that was given.
    """

    diagnostic: Diagnostic
    kind: str = "inSource"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one run found: what a reporter turns into bytes.

    `sources` maps each path that occurs in a span to the file's bytes, so that reporters can
    count columns and quote lines; `duration` is seconds of wall time.
    """

    diagnostics: tuple[Diagnostic, ...]
    problems: tuple[Problem, ...]
    rules: tuple[RuleInfo, ...]
    sources: dict[str, bytes] = field(default_factory=dict)
    files: int = 0
    duration: float = 0.0
    suppressed: tuple[Suppressed, ...] = ()
