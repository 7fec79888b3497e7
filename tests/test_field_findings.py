"""The rules against the field programs: what they miss, and what they say too much.

`// want` marks name the rules that must speak; a mark whose rules do not exist yet is left out of
the count. Repaired programs and all other lines must stay free of findings.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from functools import cache
from pathlib import Path

from tests.linting import TESTDATA, lint, reported, rules

FIELD = TESTDATA / "field"
_MARK = re.compile(r"// (want|want-later|allow)((?: \"[^\"]+\")+)$")
_QUOTED = re.compile(r"\"([^\"]+)\"")
RECALL = 0.95


@cache
def findings(path: Path) -> dict[int, list[str]]:
    """Messages by line. Each program is linted alone: it is one, though its twin lies beside it."""
    enabled = [rule for rule in rules() if rule.enabled]
    with tempfile.TemporaryDirectory() as folder:
        alone = Path(folder, path.name)
        shutil.copy(path, alone)
        shutil.copy(FIELD / "go.mod", folder)
        return reported(alone, lint([alone], enabled).diagnostics)


def marks(path: Path) -> dict[int, list[tuple[str, str]]]:
    """By line: (kind, regular expression)."""
    found: dict[int, list[tuple[str, str]]] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        match = _MARK.search(line)
        if match:
            found[number] = [(match.group(1), text) for text in _QUOTED.findall(match.group(2))]
    return found


def exists(expression: str) -> bool:
    """True if a rule that is on by default can satisfy the mark."""
    return any(re.search(expression, f"{rule.id} {rule.name}") or expression.startswith(rule.id)
               for rule in rules() if rule.enabled)  # fmt: skip


def test_recall() -> None:
    wanted = hit = 0
    missed: list[str] = []
    for path in sorted(FIELD.glob("*/bad.go")):
        got = findings(path)
        for line, expected in marks(path).items():
            for kind, expression in expected:
                if kind != "want" or not exists(expression):
                    continue
                wanted += 1
                if any(re.search(expression, message) for message in got.get(line, [])):
                    hit += 1
                else:
                    missed.append(f"{path.parent.name}:{line} {expression}")
    assert wanted
    assert hit >= RECALL * wanted, f"{hit} of {wanted} found; missed:\n" + "\n".join(missed)


def test_nothing_else_is_said_of_the_bad() -> None:
    extra = [
        f"{path.parent.name}/bad.go:{line}: {message}"
        for path in sorted(FIELD.glob("*/bad.go"))
        for line, messages in findings(path).items()
        for message in messages
        if not any(re.search(text, message) for _, text in marks(path).get(line, []))
    ]
    assert not extra, "\n".join(extra)


def test_nothing_is_said_of_the_good() -> None:
    extra = [
        f"{path.parent.name}/good.go:{line}: {message}"
        for path in sorted(FIELD.glob("*/good.go"))
        for line, messages in findings(path).items()
        for message in messages
    ]
    assert not extra, "\n".join(extra)
