"""How long linting a tree takes beside a bare tree-sitter parse of its files on one core.

Run by hand: `python benchmarks/whole_tree.py DIRECTORY [JOBS...]`. Five runs each, medians of
seconds on the clock. Parsed are all Go files of the tree, and then those alone that the linter would
take: none that are vendored or test data. Reading them is not counted.
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

from golint_concurrency.compiled import answer
from golint_concurrency.syntax.parse import LANGUAGE

RUNS = 5
_SKIPPED = {"vendor", "testdata"}


def sources(top: Path) -> tuple[list[bytes], list[bytes]]:
    """Contents of the Go files below `top`: of all, and without vendored ones and test data."""
    everything: list[bytes] = []
    linted: list[bytes] = []
    for path in sorted(top.rglob("*.go")):
        if path.is_file():
            everything.append(path.read_bytes())
            if not _SKIPPED.intersection(path.relative_to(top).parts):
                linted.append(everything[-1])
    return everything, linted


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
    print(f"{platform.platform()}, Python {platform.python_version()}", end=" ")
    print(answer(), end=" ")
    print(", ".join(f"{name} {version(name)}" for name in ("tree-sitter", "tree-sitter-go")))
    parses: list[float] = []
    for which, contents in zip(("all", "linted"), sources(top), strict=True):
        parses.append(statistics.median(parse_seconds(contents) for _ in range(RUNS)))
        size = sum(map(len, contents))
        print(f"{which}: {len(contents)} files, {size:,} bytes: bare parse {parses[-1]:.2f} s")
    for jobs in sys.argv[2:] or ("1", "2"):
        lint = statistics.median(lint_seconds(top, jobs) for _ in range(RUNS))
        ratios = " and ".join(f"{lint / bare:.2f}" for bare in parses)
        print(f"check -j {jobs}: {lint:.2f} s, {ratios} times these")


if __name__ == "__main__":
    main()
