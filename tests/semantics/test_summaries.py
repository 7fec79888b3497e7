"""Summaries say what `// summary:` comments in testdata/summaries ask for, no more and no less."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from golint_concurrency.files import read_or_none
from golint_concurrency.semantics import summaries
from golint_concurrency.semantics.binding import bind_function
from golint_concurrency.semantics.module import ModuleIndex
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.program import Program
from golint_concurrency.semantics.stubs.store import StubStore
from golint_concurrency.semantics.summary_text import words
from golint_concurrency.syntax.file import Decl
from tests.linting import TESTDATA

_WORD = re.compile(r"[a-z-]+(?:\([^()]*(?:\(\))?\))?(?:@[a-z]+)?")
FILES = sorted((TESTDATA / "summaries").rglob("*.go"))


def program() -> Program:
    return Program(ModuleIndex(use_cache=False), StubStore.open(), read_or_none)


def wanted(scope: FileScope, decl: Decl) -> set[str] | None:
    """The words of the comment above `decl`, None if there is no such comment."""
    lines = [
        line.removeprefix("summary:")
        for line in scope.file.doc(decl).splitlines()
        if line.startswith("summary:")
    ]
    return set(_WORD.findall(" ".join(lines))) if lines else None


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_summaries(path: Path) -> None:
    scope = program().scope_of(str(path))
    assert scope is not None
    problems: list[str] = []
    for decl in scope.file.decls:
        want = wanted(scope, decl) if decl.is_function else None
        if want is None:
            continue
        found = set(words(summaries.of(bind_function(scope, decl))))
        if found != want:
            problems.append(
                f"{decl.symbol}: missing {sorted(want - found)}, too much {sorted(found - want)}"
            )
    assert not problems, "\n".join(problems)
