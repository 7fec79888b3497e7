"""Testdata is real Go: gofmt-clean, accepted by the compiler, and so is what fixes make of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.golang import gofmt, run_go
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
