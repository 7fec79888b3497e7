"""Testdata of rules: what `// want "regexp"` comments ask for against what is reported.

The expectation stands at the end of the line that deserves a finding, as in Go's own
`analysistest`; several patterns on a line ask for several findings. Each is searched for in
`ID message`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from golint_concurrency import files
from golint_concurrency.diagnostic import Diagnostic
from golint_concurrency.engine import Engine, Outcome, Settings
from golint_concurrency.fix import fix_file
from golint_concurrency.rule import Rule
from golint_concurrency.semantics.module import ModuleIndex
from golint_concurrency.semantics.program import Program
from golint_concurrency.semantics.stubs.store import StubStore

_WANT = re.compile(r"//\s*want\s+(.*)$")
_PATTERN = re.compile(r'"((?:[^"\\]|\\.)*)"|`([^`]*)`')
_FUNCTION = re.compile(r"^func ", re.MULTILINE)


def lint(paths: Iterable[Path], selected: Iterable[Rule]) -> Outcome:
    """Run rules over files; paths in the outcome are absolute."""
    program = Program(ModuleIndex(use_cache=False), StubStore.open(), files.read_or_none)
    engine = Engine(Settings(rules=tuple(selected)), program)
    return engine.lint((str(path), str(path)) for path in sorted(paths))


def wanted(path: Path) -> dict[int, list[str]]:
    """The patterns of `// want "..."` comments by line number."""
    found: dict[int, list[str]] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        match = _WANT.search(line)
        if match:
            patterns = [a.replace('\\"', '"') or b for a, b in _PATTERN.findall(match.group(1))]
            found[number] = patterns
    return found


def functions(path: Path) -> int:
    """How many functions a file declares."""
    return len(_FUNCTION.findall(path.read_text("utf-8")))


def reported(path: Path, diagnostics: Iterable[Diagnostic]) -> dict[int, list[str]]:
    """`ID message` of the file's diagnostics by line number."""
    content = path.read_bytes()
    found: dict[int, list[str]] = {}
    for diagnostic in diagnostics:
        if diagnostic.span.path == str(path):
            line = content.count(b"\n", 0, diagnostic.span.start) + 1
            found.setdefault(line, []).append(f"{diagnostic.rule} {diagnostic.message}")
    return found


def compare(path: Path, diagnostics: Iterable[Diagnostic]) -> list[str]:
    """What differs between the wants in `path` and the diagnostics, as readable lines.

    Raises `re.error` for a want that is no regular expression.
    """
    wants, got = wanted(path), reported(path, diagnostics)
    problems: list[str] = []
    for line in sorted(wants.keys() | got.keys()):
        messages = list(got.get(line, []))
        for pattern in wants.get(line, []):
            search = re.compile(pattern).search
            hit = next((message for message in messages if search(message)), None)
            if hit is None:
                problems.append(f"{path.name}:{line}: wanted {pattern!r}, got {messages}")
            else:
                messages.remove(hit)
        problems += [f"{path.name}:{line}: unexpected {message}" for message in messages]
    return problems


@dataclass(slots=True)
class Tried:
    """What came of a rule on its testdata: places wanted, functions of files without any, and
    what is wrong, as readable lines."""

    bad: int = 0
    good: int = 0
    problems: list[str] = field(default_factory=list)


def try_findings(rule: Rule, paths: Iterable[Path]) -> Tried:
    """Findings are where wants are, and nowhere else."""
    paths = sorted(paths)
    tried = Tried()
    outcome = lint(paths, [rule])
    tried.problems += [f"{Path(item.path).name}: {item.message}" for item in outcome.problems]
    for path in paths:
        try:
            tried.problems += compare(path, outcome.diagnostics)
        except re.error as error:
            tried.problems.append(f"{path.name}: a want is no regular expression: {error}")
        wants = wanted(path)
        tried.bad += len(wants)
        if not wants:
            tried.good += functions(path)
    return tried


def try_fixes(rule: Rule, paths: Iterable[Path], *, update: bool = False) -> list[str]:
    """Fixes of all kinds make of `bad.go` what `bad.go.golden` holds; with `update` write that."""
    paths = [path for path in sorted(paths) if wanted(path)]
    outcome = lint(paths, [rule])
    problems: list[str] = []
    fixed = False
    for path in paths:
        own = [item for item in outcome.diagnostics if item.span.path == str(path)]
        result = fix_file(str(path), path.read_bytes(), own, unsafe=True)
        golden = path.with_name(path.name + ".golden")
        if result.dropped:
            problems.append(f"{path.name}: a fix does not parse")
        if not result.applied:
            if golden.exists():
                problems.append(f"{golden.name}: is there, but nothing was fixed")
            continue
        fixed = True
        if update:
            golden.write_bytes(result.content)
        if not golden.exists():
            problems.append(f"{golden.name}: is missing; use --update-golden, and read it")
        elif golden.read_bytes() != result.content:
            problems += _differences(golden, result.content)
    if rule.fix and not fixed:
        problems.append(f"{rule.id} promises a fix, but its testdata shows none")
    return problems


def _differences(golden: Path, content: bytes) -> list[str]:
    import difflib

    expected, got = golden.read_text("utf-8"), content.decode("utf-8", "replace")
    lines = difflib.unified_diff(
        expected.splitlines(), got.splitlines(), golden.name, "fixed", lineterm="", n=1
    )
    return [f"{golden.name}: differs from what fixes make", *lines]
