"""The worked plug-in of testdata/plugin: installed from PyPI's tools into a fresh environment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import run
from tests.linting import ROOT, TESTDATA
from tests.test_package import copy, execute  # noqa: F401 - `copy` is a fixture

pytestmark = pytest.mark.xdist_group("package")

PLUGIN = TESTDATA / "plugin"


def test_it_lacks_nothing() -> None:
    vetted = run("rules", "check", str(PLUGIN), cwd=ROOT)
    assert vetted.code == 0, vetted.out
    assert vetted.out.startswith("1 rule, nothing missing")
    tested = run("rules", "test", str(PLUGIN / "acme_lint.py"), cwd=ROOT)
    assert (tested.code, tested.out) == (0, "ok   ACME101 sleep-in-handler: 3 bad, 6 good\n")


def test_installed_and_found(copy: Path, tmp_path: Path) -> None:  # noqa: F811
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    scripts = venv / ("Scripts" if os.name == "nt" else "bin")
    plugin = tmp_path / "acme-lint"
    shutil.copytree(PLUGIN, plugin, ignore=shutil.ignore_patterns("build", "*.egg-info"))
    installed = execute([scripts / "python", "-m", "pip", "install", "-q", copy, plugin], tmp_path)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    service = tmp_path / "service"
    service.mkdir()
    (service / "go.mod").write_text("module example.com/service\n\ngo 1.25\n")
    shutil.copy(PLUGIN / "testdata" / "sleep-in-handler" / "bad.go", service)
    tool = scripts / "golint-concurrency"
    ran = execute([tool, "--select", "ACME", "./..."], service)
    assert ran.returncode == 1, ran.stderr
    lines = [line.split(": ")[0] for line in ran.stdout.splitlines() if ": ACME101 " in line]
    assert lines == ["bad.go:10:2", "bad.go:17:3", "bad.go:22:2"]
    assert "ACME101  sleep-in-handler" in execute([tool, "rules"], service).stdout
    assert "incident review 41" in execute([tool, "explain", "ACME101"], service).stdout
    by_name = execute([tool, "rules", "test", plugin / "testdata"], tmp_path)
    assert by_name.stdout == "ok   ACME101 sleep-in-handler: 3 bad, 6 good\n"
