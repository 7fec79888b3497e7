"""Testdata is real Go: gofmt-clean, accepted by the compiler, and so is what fixes make of it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.command import run
from tests.golang import gofmt, goroot, run_go
from tests.linting import TESTDATA, rules

# What compiles runs in one process, and the standard library is compiled once.
COMPILED = pytest.mark.xdist_group("field_programs")
FOLDERS = [rule.name for rule in rules() if (TESTDATA / rule.name).is_dir()]


@pytest.mark.parametrize("name", FOLDERS)
def test_formatted(name: str) -> None:
    for path in sorted((TESTDATA / name).rglob("*.go*")):
        if path.suffix in (".go", ".golden"):
            content = path.read_bytes()
            assert gofmt(content) == content, f"{path.relative_to(TESTDATA)} is not gofmt-clean"


def modules(root: Path) -> list[Path]:
    return sorted(path.parent for path in root.rglob("go.mod") if "third_party" not in path.parts)


@COMPILED
def test_compiles(go_cache: Path) -> None:
    for module in modules(TESTDATA):
        if "field" in module.relative_to(TESTDATA).parts[:1]:
            continue  # single-file programs, built by test_field_programs
        result = run_go(["vet", "-printf=false", *VET_OFF, "./..."], module, go_cache)
        assert result.returncode == 0, f"{module.relative_to(TESTDATA)}:\n{result.stderr}"


@COMPILED
def test_fixed_compiles(go_cache: Path, tmp_path: Path) -> None:
    fixed = tmp_path / "testdata"
    shutil.copytree(TESTDATA, fixed, ignore=shutil.ignore_patterns("field"))
    goldens = sorted(fixed.rglob("*.golden"))
    assert goldens
    for golden in goldens:
        golden.replace(golden.with_suffix(""))
    for module in modules(fixed):
        result = run_go(["build", "./..."], module, go_cache)
        assert result.returncode == 0, f"{module.relative_to(fixed)}:\n{result.stderr}"


@COMPILED
def test_all_fixes_together_compile(go_cache: Path, tmp_path: Path) -> None:
    """Fixes of all rules side by side: goldens show those of one rule at a time."""
    fixed = tmp_path / "testdata"
    aside = shutil.ignore_patterns("field", "plugin", "*.golden")
    shutil.copytree(TESTDATA, fixed, ignore=aside)
    options = ("--isolated", "--exit-zero", "--quiet", "--select", "ALL", "--fix", "--unsafe-fixes")
    ran = run("check", *options, ".", cwd=fixed, timeout=600)
    assert "left out" not in ran.err, ran.err
    for module in modules(fixed):
        result = run_go(["build", "./..."], module, go_cache)
        assert result.returncode == 0, f"{module.relative_to(fixed)}:\n{result.stderr}"
    listed = subprocess.run(
        [goroot() / "bin" / "gofmt", "-l", "."], cwd=fixed, capture_output=True, check=True
    )
    assert not listed.stdout, f"no longer gofmt-clean:\n{listed.stdout.decode()}"


VET_OFF = [
    # Testdata holds on purpose what these report.
    "-copylocks=false",
    "-lostcancel=false",
    "-httpresponse=false",
    "-loopclosure=false",
    "-testinggoroutine=false",
    "-sigchanyzer=false",
    "-waitgroup=false",
    "-unusedresult=false",
    "-atomic=false",
    "-bools=false",
    "-defers=false",
    "-unreachable=false",
    "-assign=false",
    "-nilfunc=false",
]
