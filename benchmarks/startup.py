"""How long the command takes where it has next to nothing to do: `--version`, one small file.

Whole processes, as a hook or an editor starts them. Run in an environment that has the package
installed: python benchmarks/startup.py [RUNS]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMAND = Path(sys.executable).with_name("golint-concurrency")
SOURCE = """package p

import "time"

func f(c chan int) {
	for {
		select {
		case <-c:
		case <-time.After(time.Minute):
		}
	}
}
"""


def median(arguments: list[str], cwd: Path, runs: int) -> float:
    """Milliseconds that a run of the command with `arguments` takes; one more run warms up."""
    times = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        subprocess.run([COMMAND, *arguments], cwd=cwd, capture_output=True, check=False)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times[1:])


def measure(runs: int) -> dict[str, float]:
    """The medians by what was run."""
    with tempfile.TemporaryDirectory() as directory:
        tree = Path(directory)
        (tree / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
        (tree / "a.go").write_text(SOURCE)
        return {
            "--version": median(["--version"], tree, runs),
            "one file": median(["check", "a.go"], tree, runs),
        }


def main() -> None:
    """Print the medians."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    for name, milliseconds in measure(runs).items():
        print(f"{name:10} {milliseconds:6.0f} ms  (median of {runs})")


if __name__ == "__main__":
    main()
