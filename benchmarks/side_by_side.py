"""How long linting takes beside semgrep, and beside go vet: runs by turns, on the same machine.

    python benchmarks/side_by_side.py semgrep DIR... [--semgrep PATH] [--jobs 1] [--runs 5]
    python benchmarks/side_by_side.py vet DIR PATTERN... [--go PATH] [--runs 5]

semgrep gets what GLC101, 401, 601, 701 and 801 look for as patterns (benchmarks/semgrep.yml), we
get these five rules and no cache; both write JSON to a file. It leaves out `_test.go` files of its
own accord, so that it reads less. Neither may use the network.

go vet and we get the packages of PATTERN in the module at DIR, with all rules of either that are on
by default: cold with an empty build cache and an empty cache of ours, warm with both as the run
before left them.

Printed are medians of seconds on the clock and of processor time, of all processes.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

OURS = Path(sys.executable).with_name("golint-concurrency")
RULES = "GLC101,GLC401,GLC601,GLC701,GLC801"
PATTERNS = Path(__file__).with_name("semgrep.yml")


Command = list[str | Path]


@dataclass(frozen=True)
class Took:
    """Seconds of one run."""

    clock: float
    cpu: float


def run(command: Command, cwd: Path, fine: Sequence[int], **environ: str) -> Took:
    """Run a command to its end; it is the end of this program if the exit code is not `fine`."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=said, env={**os.environ, **environ}
        )
        _, status, used = os.wait4(process.pid, 0)
        clock = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in fine:
            said.seek(0)
            raise SystemExit(f"{command} failed:\n{said.read().decode('utf-8', 'replace')}")
    return Took(clock, used.ru_utime + used.ru_stime)


def by_turns(runs: int, contestants: dict[str, Callable[[], Took]]) -> dict[str, Took]:
    """Medians of `runs` runs of each, after one that fills the caches of the file system."""
    times: dict[str, list[Took]] = {name: [] for name in contestants}
    for turn in range(runs + 1):
        for name, measured in contestants.items():
            took = measured()
            if turn:
                times[name].append(took)
    return {
        name: Took(
            statistics.median(took.clock for took in all_),
            statistics.median(took.cpu for took in all_),
        )
        for name, all_ in times.items()
    }


def beside_semgrep(options: argparse.Namespace, scratch: Path) -> None:
    """The five rules of the cards, cold, on each directory."""
    said = subprocess.run(
        [options.semgrep, "--version", "--disable-version-check"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    print(f"semgrep {said.split()[0]}")
    for tree in options.directory:
        ours: Command = [OURS, "check", "./...", "--isolated", "--no-cache", "--select", RULES,
                "--output", f"json={scratch / 'ours.json'}", "-q"]  # fmt: skip
        theirs: Command = [options.semgrep, "scan", "--metrics", "off", "--disable-version-check",
                  "--config", PATTERNS, "--json", "-o", scratch / "semgrep.json", "-q", "."]  # fmt: skip
        if options.jobs:
            ours += ["-j", options.jobs]
            theirs += ["-j", options.jobs]

        def us(command: Command = ours, tree: Path = tree) -> Took:
            return run(command, tree, (0, 1))

        def semgrep(command: Command = theirs, tree: Path = tree) -> Took:
            return run(command, tree, (0,), SEMGREP_SEND_METRICS="off")

        took = by_turns(options.runs, {"semgrep": semgrep, "we": us})
        print(f"{tree.name}, {options.jobs or 'default'} jobs: {_told(took, 'semgrep', 'we')}")


def beside_vet(options: argparse.Namespace, scratch: Path) -> None:
    """All default rules of either, cold and warm, on the same packages."""
    said = subprocess.run(
        [options.go, "version"], capture_output=True, text=True, check=True
    ).stdout  # fmt: skip
    print(said.strip())
    tree = options.directory[0]
    builds, found = scratch / "builds", scratch / "found"
    offline = {"GOFLAGS": "-mod=mod", "GOPROXY": "off", "GOTOOLCHAIN": "local"}
    ours: Command = [OURS, "check", *(f"./{each}" for each in options.patterns), "--isolated", "-q"]

    def vet(*, cold: bool) -> Took:
        if cold:
            shutil.rmtree(builds, ignore_errors=True)
        packages = [f"./{each}" for each in options.patterns]
        return run([options.go, "vet", *packages], tree, (0, 1), GOCACHE=str(builds), **offline)

    def us(*, cold: bool) -> Took:
        if cold:
            shutil.rmtree(found, ignore_errors=True)
        return run(ours, tree, (0, 1), GOLINT_CONCURRENCY_CACHE=str(found))

    took = by_turns(
        options.runs,
        {
            "vet cold": lambda: vet(cold=True),
            "vet warm": lambda: vet(cold=False),
            "we cold": lambda: us(cold=True),
            "we warm": lambda: us(cold=False),
        },
    )
    where = f"{tree.name} {' '.join(options.patterns)}"
    for state in ("cold", "warm"):
        print(f"{where}, {state}: {_told(took, f'vet {state}', f'we {state}')}")


def _told(took: dict[str, Took], other: str, us: str) -> str:
    they, we = took[other], took[us]
    return (
        f"{other} {they.clock:.2f} s ({they.cpu:.2f} s of processor time), "
        f"{us} {we.clock:.2f} s ({we.cpu:.2f} s): {they.clock / we.clock:.1f} times as fast "
        f"({they.cpu / we.cpu:.1f})"
    )


def main() -> None:
    """Print the machine, the versions, and a line for each comparison."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    kinds = parser.add_subparsers(dest="kind", required=True)
    semgrep = kinds.add_parser("semgrep")
    semgrep.add_argument("directory", type=Path, nargs="+")
    semgrep.add_argument("--semgrep", default="semgrep")
    semgrep.add_argument("--jobs", help="for both; each decides for itself if left out")
    vet = kinds.add_parser("vet")
    vet.add_argument("directory", type=Path, nargs=1)
    vet.add_argument("patterns", nargs="+", help="as `net/...`, below the directory")
    vet.add_argument("--go", default="go")
    for kind in (semgrep, vet):
        kind.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    version = subprocess.run(
        [OURS, "--version"], capture_output=True, text=True, check=True
    ).stdout.strip()
    cores = len(os.sched_getaffinity(0))
    print(f"{platform.platform()}, {cores} cores, Python {platform.python_version()}, {version}")
    with tempfile.TemporaryDirectory() as scratch:
        beside = beside_semgrep if options.kind == "semgrep" else beside_vet
        beside(options, Path(scratch))


if __name__ == "__main__":
    main()
