"""How long linting a tree takes beside a bare tree-sitter parse of the same files on one core.

Run by hand: `python benchmarks/whole_tree.py DIRECTORY [JOBS...]`. Five runs each, medians of
seconds on the clock; files are those that the linter would take, and reading them is not counted
in the parse.
"""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import tree_sitter

from golint_concurrency.syntax.parse import LANGUAGE

RUNS = 5
_SKIPPED = {"vendor", "testdata"}


def sources(top: Path) -> list[bytes]:
    """Contents of the Go files below `top`, without vendored ones and test data."""
    return [
        path.read_bytes()
        for path in sorted(top.rglob("*.go"))
        if path.is_file() and not _SKIPPED.intersection(path.relative_to(top).parts)
    ]


def parse_seconds(contents: list[bytes]) -> float:
    """Seconds to parse `contents` and drop each tree."""
    parser = tree_sitter.Parser(LANGUAGE)
    start = time.perf_counter()
    for content in contents:
        parser.parse(content)
    return time.perf_counter() - start


def lint_seconds(top: Path, jobs: str) -> float:
    """Seconds of a whole run of the command line."""
    command = [
        sys.executable,
        "-m",
        "golint_concurrency",
        "check",
        f"{top}/...",
        "--isolated",
        "--no-cache",
    ]
    start = time.perf_counter()
    command += ["--format", "concise", "-j", jobs]
    done = subprocess.run(command, check=False, capture_output=True)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())
    return time.perf_counter() - start


def main() -> None:
    """Print the machine, the versions, the medians and their ratios."""
    top = Path(sys.argv[1])
    contents = sources(top)
    print(f"{platform.platform()}, Python {platform.python_version()}", end=", ")
    print(", ".join(f"{name} {version(name)}" for name in ("tree-sitter", "tree-sitter-go")))
    bare = statistics.median(parse_seconds(contents) for _ in range(RUNS))
    print(f"{len(contents)} files, {sum(map(len, contents)):,} bytes: bare parse {bare:.2f} s")
    for jobs in sys.argv[2:] or ("1", "2"):
        lint = statistics.median(lint_seconds(top, jobs) for _ in range(RUNS))
        print(f"check -j {jobs}: {lint:.2f} s, {lint / bare:.2f} times the parse")


if __name__ == "__main__":
    main()
