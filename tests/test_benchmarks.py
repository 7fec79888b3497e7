"""Benchmarks that judge what they measure run, and judge what they should."""

from __future__ import annotations

import subprocess
import sys

from tests.linting import ROOT, TESTDATA


def test_copies_of_a_service_cost_no_more_than_their_number() -> None:
    done = subprocess.run(
        [sys.executable, "benchmarks/growth.py", TESTDATA / "service" / "broken", "--runs", "1",
         "--slack", "1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "8 x:" in done.stdout
