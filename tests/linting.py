"""Running rules on files from tests, and what `// want` comments ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from golint_concurrency import files, registry
from golint_concurrency.diagnostic import Diagnostic
from golint_concurrency.engine import Engine, Outcome, Settings
from golint_concurrency.rule import Rule
from golint_concurrency.semantics.module import ModuleIndex
from golint_concurrency.semantics.program import Program
from golint_concurrency.semantics.stubs.store import StubStore

ROOT = Path(__file__).resolve().parent.parent
TESTDATA = ROOT / "testdata"

_WANT = re.compile(r"//\s*want\s+(.*)$")
_PATTERN = re.compile(r'"((?:[^"\\]|\\.)*)"|`([^`]*)`')


@cache
def rules() -> tuple[Rule, ...]:
    """The built-in rules."""
    return registry.load(plugins=False).rules


def rule(name: str) -> Rule:
    """The built-in rule with this id or name."""
    return next(rule for rule in rules() if name in (rule.id, rule.name))


def read(path: str) -> bytes | None:
    """File contents for `Program`."""
    try:
        return files.read(path)
    except files.Unreadable:
        return None


def lint(paths: Iterable[Path], selected: Iterable[Rule]) -> Outcome:
    """Run rules over files; paths in the outcome are absolute."""
    program = Program(ModuleIndex(use_cache=False), StubStore.open(), read)
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
    """What differs between the wants in `path` and the diagnostics, as readable lines."""
    wants, got = wanted(path), reported(path, diagnostics)
    problems: list[str] = []
    for line in sorted(wants.keys() | got.keys()):
        messages = list(got.get(line, []))
        for pattern in wants.get(line, []):
            hit = next((message for message in messages if re.search(pattern, message)), None)
            if hit is None:
                problems.append(f"{path.name}:{line}: wanted {pattern!r}, got {messages}")
            else:
                messages.remove(hit)
        problems += [f"{path.name}:{line}: unexpected {message}" for message in messages]
    return problems
