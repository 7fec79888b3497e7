"""Starting up stays cheap. Factors are generous: the machine may be busy with other tests."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.command import run

HEAVY = (
    "sarif_om",
    "libcst",
    "multiprocessing",
    "concurrent.futures",
    "importlib.metadata",
    "asyncio",
    "hashlib",
    "json",
    "tomllib",
    "difflib",
)


def test_version_imports_nothing_else(tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv[1:] = ['--version']; from golint_concurrency.__main__ import main; "
        "main(); print([name for name in sys.modules if name.startswith(('click', 'tree_sitter'))])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[1] == "[]"


def test_one_file_imports_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "a.go").write_text("package a\n\nfunc f() {}\n")
    code = (
        "import sys; from golint_concurrency.cli import main; main(['check', 'a.go']); "
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert ran.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(("arguments", "seconds"), [(["--version"], 0.5), (["check", "a.go"], 1.5)])
def test_start(tmp_path: Path, arguments: list[str], seconds: float) -> None:
    """benchmarks/startup.py measures; this notices only what got many times slower."""
    (tmp_path / "a.go").write_text("package a\n\nfunc f() {}\n")
    times = []
    for _ in range(4):
        start = time.perf_counter()
        assert run(*arguments, cwd=tmp_path).code == 0
        times.append(time.perf_counter() - start)
    assert min(times) < seconds
