"""What a session knows after many edits is what a fresh run finds."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

from golint_concurrency.config import load
from golint_concurrency.diagnostic import Diagnostic
from golint_concurrency.lsp.session import Session
from golint_concurrency.run import Plan, lint
from golint_concurrency.selection import RuleSelection
from golint_concurrency.source import Target
from tests.lsp.editing import edited

TESTDATA = Path(__file__).parents[2] / "testdata"
PACKAGES = (
    "time-after-in-loop",
    "lost-cancel",
    "missing-unlock",
    "send-without-receiver",
    "handler-goroutine-without-context",
    "rows-not-closed",
)


def fresh(paths: list[str]) -> dict[str, list[Diagnostic]]:
    """What the command line's engine finds in the files on disk."""
    config = load(Path(paths[0]))
    targets = [Target(path, path, os.path.getsize(path)) for path in paths]
    plan = Plan(config=config, asked=RuleSelection(), plugins=False)
    found: dict[str, list[Diagnostic]] = {path: [] for path in paths}
    for diagnostic in lint(plan, targets, 1).diagnostics:
        found[diagnostic.span.path].append(diagnostic)
    return found


@pytest.fixture
def module(tmp_path: Path) -> Path:
    for name in (*PACKAGES, "third_party"):
        if (TESTDATA / name).is_dir():
            shutil.copytree(TESTDATA / name, tmp_path / name)
    shutil.copy(TESTDATA / "go.mod", tmp_path)
    return tmp_path


@pytest.mark.parametrize("seed", range(4))
def test_edits_end_where_a_fresh_run_ends(module: Path, seed: int) -> None:
    chance = random.Random(seed)
    paths = sorted(str(p) for name in PACKAGES for p in (module / name).rglob("*.go"))
    session = Session(plugins=False)
    for path in paths:
        session.lint(path)
    pristine = {path: Path(path).read_bytes() for path in paths}
    for step in range(1, 501):
        path = chance.choice(paths)
        content = session.content(path) or b""
        session.put(path, edited(content, chance) if chance.random() < 0.9 else pristine[path])
        session.lint(path)
        if chance.random() < 0.1:
            path = chance.choice(session.open_files)
            Path(path).write_bytes(session.content(path) or b"")
            session.drop(path)
        if step % 50 == 0:
            for path in paths:
                Path(path).write_bytes(session.content(path) or b"")
            expected = fresh(paths)
            for path in paths:
                assert list(session.lint(path).diagnostics) == expected[path], path
