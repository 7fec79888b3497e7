"""Benchmarks that judge what they measure run, and judge what they should."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import yaml

from benchmarks.side_by_side import RULES
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


def stub(folder: Path, name: str, says: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\necho {says}\n")
    path.chmod(0o755)
    return path


def side_by_side(*arguments: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, "benchmarks/side_by_side.py", *arguments, "--runs", "1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_beside_semgrep(tmp_path: Path) -> None:
    semgrep = stub(tmp_path, "semgrep", "1.2.3")
    said = side_by_side("semgrep", TESTDATA / "time-after-in-loop", "--semgrep", semgrep)
    assert "semgrep 1.2.3" in said
    assert re.search(r"^time-after-in-loop, default jobs: semgrep .* times as fast", said, re.M)


def test_beside_vet(tmp_path: Path) -> None:
    go = stub(tmp_path, "go", "go version of ours")
    said = side_by_side("vet", TESTDATA, "time-after-in-loop", "forced-gc/...", "--go", go)
    assert "go version of ours" in said
    for state in ("cold", "warm"):
        assert f"time-after-in-loop forced-gc/..., {state}: vet {state}" in said


def test_the_patterns_for_semgrep_are_for_the_five_rules() -> None:
    patterns = yaml.safe_load((ROOT / "benchmarks" / "semgrep.yml").read_text())
    assert [rule["id"].upper() for rule in patterns["rules"]] == RULES.split(",")


def test_many_findings_are_written_in_seconds() -> None:
    """Half of the 100,000 that are asked for in 5 s and 400 MB, on cores that others use, too."""
    done = subprocess.run(
        [sys.executable, "benchmarks/reports.py", "50000", "sarif"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    name, seconds, _, size, _, memory, _ = done.stdout.split()
    assert name == "sarif"
    assert int(size.replace(",", "")) > 30_000_000
    assert float(seconds) < 8
    assert int(memory) < 300
