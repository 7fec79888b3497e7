"""What the cache saves: a run that finds nothing changed, and one after an edit in one file.

Run by hand: `python benchmarks/cache.py DIRECTORY [EDITS] [JOBS]`. The tree's Go files are copied
first. Each edit changes the body of a function that is chosen at random (the seed is printed) in
a file of the tree, tests and vendored files left out; then the tree is linted with the cache, and
the time that this takes is compared with that of the run without one. At every tenth edit the
output is compared too. Processor time of the whole process and its children, in seconds.
"""

from __future__ import annotations

import os
import platform
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from golint_concurrency.syntax.file import File

SEED = 11
_ALIKE = 10


def copy_of(top: Path, to: Path) -> None:
    """Copy what linting reads of the tree at `top`."""
    for path in top.rglob("*"):
        if path.is_file() and (path.suffix == ".go" or path.name in ("go.mod", "go.work")):
            target = to / path.relative_to(top)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    (to / ".git").mkdir(exist_ok=True)


def run(top: Path, jobs: str, cache: Path, *options: str) -> tuple[float, bytes]:
    """Processor seconds of a run over `top`, and what it prints."""
    command = [sys.executable, "-m", "golint_concurrency", "check", f"{top}/...", "--isolated"]
    command += ["--format", "json", "-q", "-j", jobs, *options]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        command,
        check=False,
        capture_output=True,
        env={**os.environ, "GOLINT_CONCURRENCY_CACHE": str(cache)},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())
    spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return spent, done.stdout


def edit(path: Path, choose: random.Random) -> str:
    """Put a statement at the start of the body of a function; its name, "" if there is none."""
    content = path.read_bytes()
    file = File(str(path), content)
    starts = [
        (decl.symbol, end)
        for decl in file.decls
        if decl.is_function
        and decl.chunk is not None
        and decl.chunk.stop
        and (end := content.find(b" {\n", decl.start, decl.end)) >= 0
        and content.find(b"\n", decl.start) == end + 2
    ]
    if not starts:
        return ""
    symbol, at = choose.choice(starts)
    text = b"\n\tprintln(%d)" % choose.randrange(10**6)
    path.write_bytes(content[: at + 2] + text + content[at + 2 :])
    return symbol


def main() -> None:
    source, edits, jobs = Path(sys.argv[1]).resolve(), 30, "2"
    if len(sys.argv) > 2:
        edits = int(sys.argv[2])
    if len(sys.argv) > 3:
        jobs = sys.argv[3]
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()},")
    print(f"golint-concurrency {version('golint-concurrency')}, seed {SEED}, {jobs} jobs")
    with tempfile.TemporaryDirectory() as directory:
        top, cache = Path(directory, "tree"), Path(directory, "cache")
        copy_of(source, top)
        cold = statistics.median(run(top, jobs, cache, "--no-cache")[0] for _ in range(3))
        filled = run(top, jobs, cache)[0]
        warm = statistics.median(run(top, jobs, cache)[0] for _ in range(3))
        print(f"without a cache {cold:.2f} s, filling it {filled:.2f} s, warm {warm:.2f} s", end="")
        print(f", {100 * warm / cold:.1f} %")
        choose = random.Random(SEED)
        files = [
            path
            for path in sorted(top.rglob("*.go"))
            if "vendor" not in path.parts and not path.name.endswith("_test.go")
        ]
        shares: list[float] = []
        while len(shares) < edits:
            path = choose.choice(files)
            symbol = edit(path, choose)
            if not symbol:
                continue
            spent, output = run(top, jobs, cache)
            shares.append(100 * spent / cold)
            print(f"{shares[-1]:5.1f} %  {path.relative_to(top)} {symbol}", flush=True)
            if len(shares) % _ALIKE == 0 and run(top, jobs, cache, "--no-cache")[1] != output:
                raise SystemExit("the output is not that of a run without a cache")
        shares.sort()
        print(f"one edit: median {statistics.median(shares):.1f} %,", end=" ")
        print(f"mean {statistics.mean(shares):.1f} %, worst {shares[-1]:.1f} %")


if __name__ == "__main__":
    main()
