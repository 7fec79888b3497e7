"""How time and memory grow with the tree: 1, 2, 4 and 8 copies of a service in one module.

Run by hand: `python benchmarks/growth.py DIRECTORY [--runs N] [--slack F]`. The directory holds a
module; each copy has package paths of its own, and its imports of itself are turned to them. Runs
of the sizes take turns, so that a machine that is busy for a while slows all of them. Printed are
medians of processor seconds and of the most memory that any process held. Exit code 1 if twice
the tree ever takes more than twice the time (or memory) and the slack, or if the copies do not
all give the findings of the first.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

SIZES = (1, 2, 4, 8)
SKIPPED = {"vendor", "testdata", "node_modules", ".git"}
MODULE = "example.com/growth"
_OTHER_LINE = re.compile(r"^(?!module |replace |toolchain ).*$", re.M)


@dataclass(frozen=True, slots=True)
class Run:
    """What a run of the command took, and how much it found."""

    seconds: float
    megabytes: float
    findings: int


def sources(top: Path) -> Iterator[Path]:
    """The Go files below `top` that belong to its module and are read when it is linted."""
    for folder, below, names in os.walk(top):
        below[:] = sorted(
            name
            for name in below
            if name not in SKIPPED and not Path(folder, name, "go.mod").exists()
        )
        for name in sorted(names):
            if name.endswith(".go") and Path(folder, name).is_file():
                yield Path(folder, name)


def module_path(top: Path) -> str:
    """What the go.mod in `top` calls the module."""
    found = re.search(r"^module\s+(\S+)", (top / "go.mod").read_text(), re.M)
    if found is None:
        raise SystemExit(f"{top}/go.mod names no module")
    return found[1].strip('"')


def copies(top: Path, target: Path, count: int) -> int:
    """Write `count` copies of the module in `top` as one module in `target`; bytes written."""
    own = module_path(top).encode()
    imported = re.compile(rb'"' + re.escape(own) + rb'(?=["/])')
    lines = "\n".join(_OTHER_LINE.findall((top / "go.mod").read_text()))
    target.mkdir()
    (target / "go.mod").write_text(f"module {MODULE}\n{_without_replacements(lines)}\n")
    size = 0
    for path in sources(top):
        content = path.read_bytes()
        for number in range(count):
            place = target / f"copy{number}" / path.relative_to(top)
            place.parent.mkdir(parents=True, exist_ok=True)
            size += place.write_bytes(
                imported.sub(b'"%s/copy%d' % (MODULE.encode(), number), content)
            )
    return size


def _without_replacements(text: str) -> str:
    return re.sub(r"^replace \(.*?^\)", "", text, flags=re.M | re.S)


def lint(tree: Path) -> Run:
    """A cold run of the whole command on one core, and what it and its children used."""
    command = [sys.executable, "-m", "golint_concurrency", "check", "./...", "--isolated"]
    command += ["--no-cache", "--format", "concise", "-q", "-j", "1"]
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, cwd=tree, stdout=out)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):
            raise SystemExit(f"the run ended with {process.returncode}")
        out.seek(0)
        findings = sum(1 for _ in out)
    return Run(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, findings)


def main() -> int:
    """Print the machine, the versions, a line for each size; tell whether growth is linear."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("directory", type=Path)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--slack", type=float, default=0.15, help="noise that is let pass")
    options = arguments.parse_args()
    print(f"{platform.platform()}, Python {platform.python_version()}", end=", ")
    print(", ".join(f"{name} {version(name)}" for name in ("tree-sitter", "tree-sitter-go")))
    runs: dict[int, list[Run]] = {size: [] for size in SIZES}
    with tempfile.TemporaryDirectory() as folder:
        trees = {size: Path(folder, str(size)) for size in SIZES}
        bytes_of = {size: copies(options.directory, tree, size) for size, tree in trees.items()}
        for _ in range(options.runs):
            for size, tree in trees.items():
                runs[size].append(lint(tree))
    seconds = {size: statistics.median(run.seconds for run in made) for size, made in runs.items()}
    memory = {size: statistics.median(run.megabytes for run in made) for size, made in runs.items()}
    findings = {size: made[0].findings for size, made in runs.items()}
    for size in SIZES:
        print(
            f"{size} x: {bytes_of[size] / 1e6:6.1f} MB, {findings[size]:5} findings, "
            f"{seconds[size]:6.2f} s ({seconds[size] / seconds[1]:.2f} times), "
            f"{memory[size]:4.0f} MB held ({memory[size] / memory[1]:.2f} times)"
        )
    wrong = []
    for what, figures in (("time", seconds), ("memory", memory)):
        for small in SIZES:
            for large in SIZES:
                limit = large / small * (1 + options.slack)
                if small < large and figures[large] / figures[small] > limit:
                    wrong.append(
                        f"{what} grows faster than the tree from {small} to {large} copies"
                    )
    wrong += [
        f"{size} copies do not give {size} times the findings of one"
        for size in SIZES
        if findings[size] != size * findings[1]
    ]
    print(*(wrong or ["time and memory grow no faster than the tree"]), sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
