"""The tool as users run it: a process of its own, what it prints, how it ends."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

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
    return _run(arguments, cwd, stdin, timeout, environ, None)


def run_bound(*arguments: str | bytes, cwd: Path) -> Ran:
    """As `run`, without root's right to read and write everything; the test is skipped where that
    cannot be taken away."""
    if not _is_bound():
        pytest.skip("root may read everything here")
    return _run(arguments, cwd, b"", 60, {}, _bind)


def _run(
    arguments: tuple[str | bytes, ...],
    cwd: Path,
    stdin: bytes,
    timeout: float,
    environ: dict[str, str],
    before: Callable[[], None] | None,
) -> Ran:
    done = subprocess.run(
        [COMMAND, *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        check=False,
        timeout=timeout,
        env={**os.environ, "COLUMNS": "100", **environ},
        preexec_fn=before,
    )
    ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in ran.out + ran.err, ran.err
    return ran


def _bind() -> None:
    if os.geteuid() != 0:
        return
    prctl = ctypes.CDLL(None).prctl
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        if prctl(24, capability, 0, 0, 0):  # PR_CAPBSET_DROP: none after the next exec
            raise OSError("capabilities cannot be dropped")


@cache
def _is_bound() -> bool:
    """Whether `_bind` does what it should: a folder that nobody may list stays closed."""
    script = (
        "import os, sys, tempfile\n"
        "with tempfile.TemporaryDirectory() as top:\n"
        "    os.mkdir(top + '/locked', 0)\n"
        "    sys.exit(0 if os.access(top + '/locked', os.R_OK, effective_ids=True) else 7)\n"
    )
    try:
        done = subprocess.run([sys.executable, "-c", script], check=False, preexec_fn=_bind)
    except (subprocess.SubprocessError, AttributeError):
        return False
    return done.returncode == 7
