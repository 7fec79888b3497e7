"""The tool as users run it: a process of its own, what it prints, how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

# Not `python -m`, which would import from the directory it is run in.
COMMAND = Path(sys.executable).with_name("golint-concurrency")


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def found(self) -> list[str]:
        """`path:line RULE` of each finding in a text report, and nothing else."""
        return [
            f"{place.rsplit(':', 1)[0]} {rest.split(' ', 1)[0]}"
            for line in self.out.splitlines()
            for place, _, rest in [line.partition(": ")]
        ]


def run(
    *arguments: str | bytes, cwd: Path, stdin: bytes = b"", timeout: float = 60, **environ: str
) -> Ran:
    """Run `golint-concurrency` with `arguments` in `cwd`; a traceback fails the test."""
    done = subprocess.run(
        [COMMAND, *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        check=False,
        timeout=timeout,
        env={**os.environ, "COLUMNS": "100", **environ},
    )
    ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in ran.out + ran.err, ran.err
    return ran
