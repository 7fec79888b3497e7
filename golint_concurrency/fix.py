"""Turning fixes into new file contents: overlaps resolved, results parsed again before use."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from golint_concurrency import files
from golint_concurrency.diagnostic import Diagnostic, Edit, Fix
from golint_concurrency.one_liners import unfolded
from golint_concurrency.orphans import without_orphans
from golint_concurrency.syntax.parse import count_errors, parse
from golint_concurrency.trailing_comments import realigned

MAX_ROUNDS = 20
"""Rounds of fixing; fixes that undo one another would go on for ever."""
_MOST_ERRORS = 50
"""Unreadable parts of a file that are counted; a file with more is past comparing."""


@dataclass(slots=True)
class Fixed:
    """The result for one file: new content, fixes applied, and fixes that could not be."""

    content: bytes
    applied: list[Diagnostic] = field(default_factory=list)
    dropped: list[Diagnostic] = field(default_factory=list)


@dataclass(slots=True)
class Found:
    """Findings, and the bytes of the files that they are in."""

    diagnostics: Sequence[Diagnostic]
    sources: Mapping[str, bytes]


@dataclass(slots=True)
class Settled:
    """What rounds of fixing led to: new contents by path, fixes applied, and those dropped."""

    contents: dict[str, bytes] = field(default_factory=dict)
    applied: list[Diagnostic] = field(default_factory=list)
    dropped: dict[tuple[str, str], Diagnostic] = field(default_factory=dict)
    """By rule and path."""


def in_rounds(
    found: Found, again: Callable[[Mapping[str, bytes]], Found], *, unsafe: bool
) -> Settled:
    """Fix files and look at them `again`, as they are by then, until a round changes nothing."""
    settled = Settled()
    for _ in range(MAX_ROUNDS):
        by_path: dict[str, list[Diagnostic]] = {}
        for diagnostic in found.diagnostics:
            if diagnostic.fixes:
                by_path.setdefault(diagnostic.span.path, []).append(diagnostic)
        touched: dict[str, bytes] = {}
        for path, diagnostics in by_path.items():
            fixed = fix_file(path, found.sources[path], diagnostics, unsafe=unsafe)
            settled.dropped.update({(item.rule, path): item for item in fixed.dropped})
            if fixed.content != found.sources[path]:
                settled.applied += fixed.applied
                touched[path] = fixed.content
        if not touched:
            break
        settled.contents.update(touched)
        found = again(touched)
    return settled


def may_touch(path: str, content: bytes) -> bool:
    """False for files that others write: generated ones, and copies of other modules."""
    return "vendor" not in path.replace(os.sep, "/").split("/") and not files.is_generated(content)


def apply_edits(content: bytes, edits: Iterable[Edit]) -> bytes:
    """`content` with `edits` made. Edits must not overlap; equal ones count once.

    What is put in at one place stands there in the order of `edits`.

    Line endings follow the file: where it uses CRLF, so does inserted text.
    """
    crlf = b"\r\n" in content
    result = content
    ordered = sorted(dict.fromkeys(edits), key=lambda edit: (edit.span.start, edit.span.end))
    for edit in reversed(ordered):
        text = edit.text.encode()
        if crlf:
            text = text.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        result = result[: edit.span.start] + text + result[edit.span.end :]
    return result


def fix_file(
    path: str, content: bytes, diagnostics: Sequence[Diagnostic], *, unsafe: bool = False
) -> Fixed:
    """Apply the first fitting fix of each diagnostic of the file shown as `path`.

    A fix that overlaps one taken before is left for the next round; one after which the file
    would not parse as well as before is dropped.
    """
    result = Fixed(content)
    taken: list[Edit] = []
    errors_before = count_errors(parse(content), _MOST_ERRORS)
    for diagnostic in sorted(diagnostics, key=lambda item: item.sort_key):
        fix = _choose(diagnostic.fixes, path, unsafe)
        if fix is None or any(_clash(edit, other) for edit in fix.edits for other in taken):
            continue
        candidate = apply_edits(content, [*taken, *fix.edits])
        if count_errors(parse(candidate), _MOST_ERRORS) > errors_before:
            result.dropped.append(diagnostic)
            continue
        taken.extend(edit for edit in fix.edits if edit not in taken)
        result.content = candidate
        result.applied.append(diagnostic)
    if len(result.applied) > 1:
        result.content = without_orphans(content, result.content)
    result.content = realigned(content, unfolded(content, result.content))
    return result


def _choose(fixes: Iterable[Fix], path: str, unsafe: bool) -> Fix | None:
    for fix in fixes:
        if (fix.safe or unsafe) and all(edit.span.path == path for edit in fix.edits):
            return fix
    return None


def _clash(one: Edit, other: Edit) -> bool:
    """True if the two cannot both be made; equal edits (the same import) can."""
    if one == other:
        return False
    if one.span.start == one.span.end and other.span.start == other.span.end:
        return one.span.start == other.span.start
    return one.span.start < other.span.end and other.span.start < one.span.end
