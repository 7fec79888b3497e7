"""Accepted findings: a file that lists what there was, so that only what is new is reported.

A finding is known again by rule, file, enclosing declaration and its line without blanks: lines
may move and be reformatted. Where the file is gone or the declaration has another name, the rest
decides. The file is JSON with one finding a line, sorted, so that its diffs can be read.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from golint_concurrency import files
from golint_concurrency.diagnostic import Diagnostic, Suppressed

NAME = ".golint-concurrency-baseline.json"
VERSION = 1
_MAX_BYTES = 64 * 1024 * 1024
_TOOL = frozenset(["GLC001", "GLC003", "GLC004"])
"""Findings about the tool's own work; they are mended, not accepted."""


class BaselineError(Exception):
    """A baseline that cannot be used; the message says why and what to do."""


class Key(NamedTuple):
    """What a finding is known by. `path` is relative to the baseline's directory, with `/`."""

    rule: str
    path: str
    symbol: str
    text: str


@dataclass(slots=True)
class Baseline:
    """Accepted findings, each with how often it occurs. Paths are relative to `base`."""

    base: Path
    findings: Counter[Key] = field(default_factory=Counter)

    def key(self, diagnostic: Diagnostic, content: bytes, cwd: str) -> Key:
        """What `diagnostic` is known by; its path is relative to `cwd`."""
        absolute = os.path.normpath(os.path.join(cwd, diagnostic.span.path))
        path = os.path.relpath(absolute, self.base).replace(os.sep, "/")
        start = content.rfind(b"\n", 0, diagnostic.span.start) + 1
        end = content.find(b"\n", start)
        text = b"".join(content[start : end if end >= 0 else len(content)].split())
        return Key(diagnostic.rule, path, diagnostic.symbol, text.decode("utf-8", "replace"))


@dataclass(slots=True)
class Matched:
    """`new` findings, those that the baseline accepts, and accepted ones that are gone."""

    new: list[Diagnostic] = field(default_factory=list)
    accepted: list[Suppressed] = field(default_factory=list)
    gone: Counter[Key] = field(default_factory=Counter)


def read(path: Path) -> Baseline:
    """The baseline in the file `path`. Raises `BaselineError`."""
    import json

    try:
        data = json.loads(files.read(str(path), _MAX_BYTES))
    except files.Unreadable as error:
        raise BaselineError(f"{path}: {error}") from error
    except (ValueError, RecursionError) as error:
        raise BaselineError(
            f"{path}: is no baseline ({_short(error)}); restore it, or make a new one with "
            "`golint-concurrency baseline create --force`"
        ) from error
    if not isinstance(data, dict) or not isinstance(data.get("version"), int):
        raise BaselineError(f"{path}: is no baseline of golint-concurrency (it has no version)")
    if data["version"] > VERSION:
        raise BaselineError(
            f"{path}: was written by a newer version of golint-concurrency (format "
            f"{data['version']}, this one reads {VERSION}); update the tool"
        )
    baseline = Baseline(path.absolute().parent)
    findings = data.get("findings")
    for number, entry in enumerate(findings if isinstance(findings, list) else [None], 1):
        baseline.findings[_key(entry, path, number)] += _count(entry)
    return baseline


def _short(error: Exception) -> str:
    return str(error)[:80] if isinstance(error, ValueError) else "nested too deeply"


def _key(entry: Any, path: Path, number: int) -> Key:
    found = [entry.get(name) if isinstance(entry, dict) else None for name in Key._fields]
    values = [value for value in found if isinstance(value, str)]
    if len(values) != len(found):
        raise BaselineError(
            f"{path}: finding {number} lacks one of {', '.join(Key._fields)}; make the baseline "
            "again with `golint-concurrency baseline create --force`"
        )
    return Key(*values)


def _count(entry: Mapping[str, Any]) -> int:
    count = entry.get("count", 1)
    return count if isinstance(count, int) and 0 < count < 1_000_000 else 1


def render(baseline: Baseline, shard: str = "") -> bytes:
    """The file's content: one finding a line, in the order of path, rule, declaration, text.

    `shard` names the part of a run that it is of, if it is of one.
    """
    import json

    lines = []
    for key in sorted(baseline.findings, key=lambda key: (key.path, *key)):
        entry: dict[str, Any] = key._asdict()
        if baseline.findings[key] > 1:
            entry["count"] = baseline.findings[key]
        lines.append("    " + json.dumps(entry, ensure_ascii=True))
    body = ",\n".join(lines)
    listed = f"[\n{body}\n  ]" if lines else "[]"
    part = f'  "shard": {json.dumps(shard)},\n' if shard else ""
    return f'{{\n  "version": {VERSION},\n{part}  "findings": {listed}\n}}\n'.encode()


def match(
    baseline: Baseline,
    diagnostics: Iterable[Diagnostic],
    sources: Mapping[str, bytes],
    cwd: str,
) -> Matched:
    """Part `diagnostics` into new and accepted ones; each accepted entry counts once."""
    matched = Matched(gone=Counter(baseline.findings))
    waiting: list[tuple[Key, Diagnostic]] = []
    for diagnostic in diagnostics:
        if diagnostic.rule in _TOOL:
            matched.new.append(diagnostic)
        else:
            content = sources.get(diagnostic.span.path, b"")
            waiting.append((baseline.key(diagnostic, content, cwd), diagnostic))
    waiting = _take(matched, waiting, lambda key: key)
    if waiting and matched.gone:
        # A declaration with another name in the same file, then a file with another name.
        waiting = _take(matched, waiting, lambda key: (key.rule, key.path, key.text))
        missing = {
            path
            for path in {key.path for key in matched.gone}
            if not os.path.lexists(os.path.join(baseline.base, path))
        }
        waiting = _take(
            matched,
            waiting,
            lambda key: (key.rule, key.symbol, key.text),
            lambda key: key.path in missing,
        )
    matched.new.extend(diagnostic for _, diagnostic in waiting)
    matched.new.sort(key=lambda diagnostic: diagnostic.sort_key)
    return matched


def _take(
    matched: Matched,
    waiting: Sequence[tuple[Key, Diagnostic]],
    part: Callable[[Key], object],
    allowed: Callable[[Key], bool] = lambda _key: True,
) -> list[tuple[Key, Diagnostic]]:
    """Accept what agrees with an entry that is left in `part`; the rest is returned."""
    entries: dict[object, list[Key]] = {}
    for entry, count in matched.gone.items():
        if allowed(entry):
            entries.setdefault(part(entry), []).extend([entry] * count)
    rest: list[tuple[Key, Diagnostic]] = []
    for key, diagnostic in waiting:
        known = entries.get(part(key))
        if known:
            entry = known.pop()
            matched.gone[entry] -= 1
            if not matched.gone[entry]:
                del matched.gone[entry]
            matched.accepted.append(Suppressed(diagnostic, "external", "in the baseline"))
        else:
            rest.append((key, diagnostic))
    return rest


def updated(
    baseline: Baseline,
    diagnostics: Iterable[Diagnostic],
    sources: Mapping[str, bytes],
    cwd: str,
    linted: frozenset[str],
    *,
    add: bool,
) -> Baseline:
    """`baseline` without what is gone and, with `add`, with what is new.

    Entries of files that exist but were not among the `linted` ones (absolute paths) stay.
    """
    diagnostics = list(diagnostics)
    matched = match(baseline, diagnostics, sources, cwd)
    accepted = {item.diagnostic for item in matched.accepted}
    result = Baseline(baseline.base)
    for diagnostic in diagnostics:
        if diagnostic in accepted or (add and diagnostic.rule not in _TOOL):
            content = sources.get(diagnostic.span.path, b"")
            result.findings[baseline.key(diagnostic, content, cwd)] += 1
    for key, count in matched.gone.items():
        absolute = os.path.normpath(os.path.join(baseline.base, key.path))
        if absolute not in linted and os.path.lexists(absolute):
            result.findings[key] += count
    return result
