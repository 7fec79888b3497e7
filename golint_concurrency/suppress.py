"""Findings that somebody accepted in the source: directives in comments.

Our own are `//glc:ignore GLC401 reason` (this line, or the next if it stands alone) and
`//glc:file-ignore GLC401 reason`. Those that people know are read as their tools read them:
`//lint:ignore` and `//lint:file-ignore` of staticcheck, `//nolint`, `//nolint:all` and
`//nolint:GLC401,time-after-in-loop // reason` of golangci-lint. A nolint that opens a statement or
declaration, on its first line or alone above it, holds for all of it; on the package line, for
the file. Rules are named by id, name, or the beginning of ids ("GLC4").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from tree_sitter import Node

from golint_concurrency.diagnostic import (
    Diagnostic,
    Edit,
    Fix,
    Severity,
    Span,
    Suppressed,
)
from golint_concurrency.syntax.file import File
from golint_concurrency.syntax.positions import LineIndex

UNUSED = "GLC001"
UNREASONED = "GLC003"
_NEVER = frozenset([UNUSED, UNREASONED, "GLC004"])
"""What no directive can hide."""

_HINT = re.compile(rb"//[ \t]*(?:nolint\b|lint:|glc:)")
# A name that may be one of ours: an id, a selector, or two words with a hyphen.
_OURS = re.compile(rb"glc|golint|all|default|[a-z]-[a-z]", re.IGNORECASE)
_OWN = re.compile(r"//(glc|lint):(file-)?ignore(?:[ \t]+(\S+)(?:[ \t]+(.*))?)?\Z", re.DOTALL)
_NOLINT = re.compile(
    r"//[ \t]*nolint(?::([ \t]*[^/\s]+(?:(?<=,)[ \t]+[^/\s]+)*))?(?:[ \t]+(.*))?\Z", re.DOTALL
)
_TOOL = frozenset(["golint-concurrency", "golint_concurrency"])
_ID = re.compile(r"GLC[0-9]{0,3}\Z", re.IGNORECASE)

Names = Callable[[str], frozenset[str]]
"""The ids of the rules that a selector names, none if there is no such rule."""


@dataclass(slots=True)
class Directive:
    """A directive, and the lines (from 1, both included) for which it holds.

    `ids` are the rules that it names, None for all. `ours` is true if nobody but us can mean it:
    only such a directive can be reported as unused. `unknown` are names of no rule; `foreign` is true
    if it also names rules of other tools. `whole_line` are the bytes to remove with it.
    """

    span: Span
    word: str
    first: int
    last: int
    ids: frozenset[str] | None
    reason: str = ""
    ours: bool = False
    unknown: tuple[str, ...] = ()
    used: bool = False
    foreign: bool = False
    whole_line: tuple[int, int] = (0, 0)
    names: tuple[str, ...] = field(default=())

    def covers(self, rule: str, line: int) -> bool:
        """True if a finding of `rule` that starts on `line` is accepted."""
        return self.first <= line <= self.last and (self.ids is None or rule in self.ids)


def mentions(content: bytes) -> bool:
    """True if `content` may hold a directive."""
    return _HINT.search(content) is not None


def names_us(content: bytes) -> bool:
    """True if `content` may hold a directive that only we can mean, used or not."""
    starts = [hint.start() for hint in _HINT.finditer(content)]
    for start, following in pairwise([*starts, len(content)]):
        line_end = content.find(b"\n", start, following)
        if _OURS.search(content, start, following if line_end < 0 else line_end):
            return True
    return False


def directives(shown: str, file: File, names: Names) -> list[Directive]:
    """The directives in the comments of `file`, shown to people as `shown`, in source order."""
    lines = LineIndex(file.content)
    found: list[Directive] = []
    for match in _HINT.finditer(file.content):
        node = file.tree.root_node.descendant_for_byte_range(match.start(), match.start() + 2)
        if node is None or node.type != "comment" or node.start_byte != match.start():
            continue
        raw = file.content[node.start_byte : node.end_byte].rstrip()
        span = Span(shown, node.start_byte, node.start_byte + len(raw))
        directive = _read(raw.decode("utf-8", "replace").rstrip(), span)
        if directive is not None:
            _place(directive, node, file, lines)
            _name(directive, names)
            if directive.ids is None or directive.ids or directive.unknown:
                found.append(directive)
    return found


def _read(text: str, span: Span) -> Directive | None:
    own = _OWN.match(text)
    if own is not None:
        word = f"{own.group(1)}:{own.group(2) or ''}ignore"
        rules = tuple(part for part in (own.group(3) or "").split(",") if part)
        return Directive(span, word, 0, 0, None, (own.group(4) or "").strip(), names=rules)
    nolint = _NOLINT.match(text)
    if nolint is None:
        return None
    rules = tuple(part.strip() for part in (nolint.group(1) or "all").split(","))
    reason = (nolint.group(2) or "").strip()
    if reason.startswith("//"):
        reason = reason[2:].strip()
    return Directive(span, "nolint", 0, 0, None, reason, names=rules)


def _name(directive: Directive, names: Names) -> None:
    """Resolve the names: to ids of ours, to all rules, or to rules of other tools."""
    if directive.word == "nolint" and any(
        name.lower() == "all" or name.lower() in _TOOL for name in directive.names
    ):
        directive.ids = None
        directive.ours = any(name.lower() in _TOOL for name in directive.names)
        return
    ids: set[str] = set()
    unknown: list[str] = []
    for name in directive.names:
        # Shorter selectors are short for rules of others, too: all of gosec's begin with G.
        found = names(name) if len(name) >= len("GLC") else frozenset()
        ids |= found
        if not found and (directive.word.startswith("glc:") or _ID.match(name)):
            unknown.append(name)
        elif not found:
            directive.foreign = True
    directive.ids = frozenset(ids)
    directive.unknown = tuple(unknown)
    directive.ours = bool(ids or unknown)
    if directive.word.startswith("glc:") and not directive.names:
        directive.unknown = ("",)
        directive.ours = True


def _place(directive: Directive, comment: Node, file: File, lines: LineIndex) -> None:
    """Find the lines for which the directive holds."""
    line = lines.line(comment.start_byte)
    alone = not file.content[lines.line_start(line) : comment.start_byte].strip()
    directive.whole_line = (
        (lines.line_start(line), _next_line(lines, line))
        if alone
        else (_code_end(file.content, comment.start_byte), directive.span.end)
    )
    if "file-" in directive.word:
        directive.first, directive.last = 1, lines.line_count
        return
    target = line
    if alone:
        target += 1
        while target <= lines.line_count and lines.line_bytes(target).lstrip().startswith(b"//"):
            target += 1
    directive.first, directive.last = (line if not alone else target), target
    if directive.word == "nolint":
        directive.last = max(target, _node_end(file, lines, target, alone))


def _next_line(lines: LineIndex, line: int) -> int:
    """Offset of the first byte after `line` and its line break."""
    return lines.line_start(line + 1) if line < lines.line_count else len(lines.content)


def _code_end(content: bytes, offset: int) -> int:
    while content[offset - 1 : offset] in (b" ", b"\t"):
        offset -= 1
    return offset


def _node_end(file: File, lines: LineIndex, line: int, alone: bool) -> int:
    """The last line of the statement or declaration that starts on `line`."""
    text = lines.line_bytes(line)
    start = lines.line_start(line) + len(text) - len(text.lstrip())
    node = file.tree.root_node.descendant_for_byte_range(start, start + 1)
    best = line
    while node is not None and node.parent is not None:
        if node.type == "package_clause" and not alone:
            return lines.line_count
        if lines.line(node.start_byte) == line and node.type not in ("block", "statement_list"):
            best = max(best, lines.line(max(node.end_byte - 1, node.start_byte)))
        elif node.start_byte < start:
            break
        node = node.parent
    return best


@dataclass(slots=True)
class Verdict:
    """Findings that stand, those that were accepted, and what is wrong with the directives."""

    kept: list[Diagnostic] = field(default_factory=list)
    suppressed: list[Suppressed] = field(default_factory=list)


def judge(
    found: list[Directive],
    diagnostics: Iterable[Diagnostic],
    content: bytes,
    ran: Callable[[str], bool],
) -> Verdict:
    """Part `diagnostics` of one file by its directives.

    `ran` tells whether a rule was run on the file: a directive for one that was not may be of
    use elsewhere, and counts as used. `UNUSED` and `UNREASONED` findings are added where they ran.
    """
    verdict = Verdict()
    lines = LineIndex(content)
    for diagnostic in diagnostics:
        line = lines.line(diagnostic.span.start)
        accepted: Directive | None = None
        if diagnostic.rule not in _NEVER:
            for directive in found:
                if directive.covers(diagnostic.rule, line):
                    directive.used = True
                    accepted = accepted or directive
        if accepted is None:
            verdict.kept.append(diagnostic)
        else:
            verdict.suppressed.append(Suppressed(diagnostic, "inSource", accepted.reason))
    for directive in found:
        verdict.kept.extend(_about(directive, ran))
    return verdict


def _about(directive: Directive, ran: Callable[[str], bool]) -> Iterable[Diagnostic]:
    if directive.ours and ran(UNUSED):
        if directive.unknown:
            named = ", ".join(ascii(name) for name in directive.unknown) or "nothing"
            yield _diagnostic(
                directive,
                UNUSED,
                "unused-suppression",
                Severity.WARNING,
                f"this suppression names {named}, which is no rule, so it hides nothing; "
                "`golint-concurrency rules` lists the rules",
            )
        elif not directive.used and all(map(ran, directive.ids or ())):
            yield _diagnostic(
                directive,
                UNUSED,
                "unused-suppression",
                Severity.WARNING,
                "this suppression hides nothing, and would hide the next mistake here unseen; "
                "remove it",
            )
    if directive.ours and not directive.reason and ran(UNREASONED):
        yield _diagnostic(
            directive,
            UNREASONED,
            "suppression-without-reason",
            Severity.NOTE,
            "nobody will know why this is accepted; write the reason behind the rule",
            fix=False,
        )


def _diagnostic(
    directive: Directive, rule: str, name: str, severity: Severity, message: str, fix: bool = True
) -> Diagnostic:
    start, end = directive.whole_line
    fixes = (
        (Fix("remove the suppression", (Edit(Span(directive.span.path, start, end), ""),)),)
        if fix and not directive.foreign and not (directive.unknown and directive.ids)
        else ()
    )
    return Diagnostic(rule, name, severity, directive.span, message, fixes=fixes)
