"""Mutated Go files through all rules, fixes and reports, for as long as one likes.

    python benchmarks/fuzz.py --inputs 100000 --seed 1 [--first N] [--seconds S] [--keep FOLDER]

Inputs are those of the seed with the numbers from --first on: any of them can be had again with
`--first N --inputs 1 --keep FOLDER`. Each must give no exception, take no more than a second and
two for each megabyte (of processor time, so that a busy machine finds nothing), be fixed without
harm to what could be read, and give the same twice. What fails is told, and kept in the folder.
After S seconds on the clock no further input is begun. Exit code 1 if anything failed. The last line holds a digest
of all that was found, which must not depend on PYTHONHASHSEED.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.fuzz.inputs import inputs
from tests.fuzz.trial import Trial


def main() -> int:
    """Run, tell how it goes every ten seconds, sum up."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--inputs", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--first", type=int, default=0)
    arguments.add_argument("--seconds", type=float, default=float("inf"))
    arguments.add_argument("--keep", type=Path, help="put inputs that fail here")
    arguments.add_argument("--slack", type=float, default=1.0, help="times the limits of time")
    options = arguments.parse_args()
    if options.keep is not None:
        options.keep.mkdir(parents=True, exist_ok=True)
    trial = Trial(options.slack)
    total = hashlib.sha256()
    failures: Counter[str] = Counter()
    done = size = findings = fixes = 0
    told = time.monotonic()
    until = told + options.seconds

    def figures() -> str:
        return (
            f"{done} inputs of seed {options.seed} from {options.first}, {size / 1e6:.1f} MB, "
            f"{findings} findings, {fixes} fixes, {sum(failures.values())} failures, "
            f"{time.process_time():.0f} s"
        )

    for number, content in inputs(options.seed, options.first, options.inputs):
        verdict = trial.run(content)
        for failure in verdict.failures:
            failures[failure.kind] += 1
            print(f"input {number}: {failure.kind}: {failure.details}", flush=True)
        if verdict.failures and options.keep is not None:
            (options.keep / f"{options.seed}-{number}.go").write_bytes(content)
        total.update(verdict.digest.encode())
        done += 1
        size += len(content)
        findings += verdict.findings
        fixes += verdict.fixes
        if time.monotonic() - told > 10:
            told = time.monotonic()
            print(figures(), flush=True)
        if time.monotonic() > until:
            break
    for kind, count in failures.most_common():
        print(f"{count} times {kind}")
    print(f"{figures()}; digest {total.hexdigest()[:16]}")
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
