"""How long each report of many findings takes to write.

Run by hand: `python benchmarks/reports.py [FINDINGS] [FORMAT...]`. It makes findings in files of
2,000 lines, 500 in each, every one with a second place, and prints seconds of processor time,
bytes written, and the most memory used so far.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

from golint_concurrency.diagnostic import Diagnostic, Related, Report, Severity, Span
from golint_concurrency.report import FORMATS, ReportOptions, render

PER_FILE = 500


def report(number: int) -> Report:
    """A report of `number` findings."""
    lines = [b"\tx := foo(%d) // some code here\n" % at for at in range(2000)]
    content = b"package p\n" + b"".join(lines)
    starts = [at for at in range(len(content)) if content[at : at + 1] == b"x"]
    items = []
    for at in range(number):
        path = f"dir/f{at // PER_FILE:05}.go"
        start = starts[at % PER_FILE * 3]
        items.append(
            Diagnostic(
                rule="GLC401",
                name="time-after-in-loop",
                severity=Severity.WARNING,
                span=Span(path, start, start + 6),
                message="each turn makes a timer; do this instead of that",
                symbol="(*Server).serve",
                related=(Related(Span(path, start, start + 1), "started here"),),
            )
        )
    return Report(tuple(items), (), (), dict.fromkeys((item.span.path for item in items), content))


def main() -> None:
    """Print one line for each format."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    made = report(number)
    options = ReportOptions(limit=None)
    for name in sys.argv[2:] or FORMATS:
        start = time.process_time()
        size = len(render(name, made, options))
        seconds = time.process_time() - start
        print(f"{name:10} {seconds:6.2f} s {size:>11,} bytes {peak():>5} MB")


def peak() -> int:
    """The most memory that this process has had, in MB. Linux's getrusage counts what the process
    was that started this one, too, so it is asked only where there is nothing better."""
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return next(int(line.split()[1]) for line in status.splitlines() if "VmHWM" in line) // 1024


if __name__ == "__main__":
    main()
