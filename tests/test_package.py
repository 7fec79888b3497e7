"""The project as others get it: wheel, source distribution, pre-commit hook. Needs PyPI."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.command import run
from tests.linting import ROOT

pytestmark = pytest.mark.xdist_group("package")

SHIPPED = (
    "golint_concurrency/py.typed",
    "golint_concurrency/report/schema.json",
    "golint_concurrency/rules/time_after_in_loop.py",
    "golint_concurrency/semantics/stubs/facts.txt",
)
UNREACHABLE = (
    "No matching distribution",
    "NewConnectionError",
    "ConnectTimeout",
    "ProxyError",
    "Temporary failure in name resolution",
    "Network is unreachable",
)

MISTAKE = """package p

import "time"

func f(c chan int) {
	for {
		select {
		case <-c:
		case <-time.After(time.Minute):
		}
	}
}
"""
REPAIRED = """package p

func f(c chan int) {
	for range c {
	}
}
"""


def execute(
    arguments: list[str | Path], cwd: Path, **environ: str
) -> subprocess.CompletedProcess[str]:
    """Run a command; skip the test if what it lacks is PyPI."""
    done = subprocess.run(
        arguments,
        cwd=cwd,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    said = done.stdout + done.stderr
    if done.returncode and any(word in said for word in UNREACHABLE):
        pytest.skip("PyPI cannot be reached, and nothing is installed without it")
    return done


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of this tree that belong to the project, in a git repository of their own."""
    target = tmp_path_factory.mktemp("source") / "repository"
    target.mkdir()
    for name in ("golint_concurrency", "rules"):
        ignore = shutil.ignore_patterns("__pycache__", "*.egg-info")
        shutil.copytree(ROOT / name, target / name, ignore=ignore)
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, target)
    commit(target)
    return target


def commit(repository: Path) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-qm", "all"]):
        subprocess.run(["git", *words], cwd=repository, check=True)


def test_wheel_and_source_distribution(copy: Path, tmp_path: Path) -> None:
    """Both hold the data files; an installed wheel lists as many rules as the source tree."""
    built = execute([sys.executable, "-m", "build", "--outdir", tmp_path / "dist"], copy)
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    (source,) = (tmp_path / "dist").glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as opened:
        inside = opened.namelist()
    assert set(SHIPPED) <= set(inside)
    assert any(name.endswith(".gostub") for name in inside)
    assert not [name for name in inside if name.startswith(("tests/", "testdata/", "rules/"))]
    with tarfile.open(source) as archive:
        members = {name.partition("/")[2] for name in archive.getnames()}
    in_source = [name.replace("golint_concurrency/rules/", "rules/") for name in SHIPPED]
    assert set(in_source) <= members

    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    scripts = venv / ("Scripts" if os.name == "nt" else "bin")
    installed = execute([scripts / "python", "-m", "pip", "install", "-q", wheel], tmp_path)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    listed = execute([scripts / "golint-concurrency", "rules"], tmp_path)
    assert listed.returncode == 0, listed.stderr
    assert listed.stdout == run("rules", cwd=tmp_path).out
    (tmp_path / "a.go").write_text(MISTAKE)
    ran = execute([scripts / "golint-concurrency", "--go", "1.22", "a.go"], tmp_path)
    assert ran.returncode == 1, ran.stderr
    assert "a.go:9:10: GLC401" in ran.stdout


def test_pre_commit(copy: Path, tmp_path: Path) -> None:
    """`pre-commit try-repo` refuses a bad file, and lets it through once it is repaired."""
    service = tmp_path / "service"
    service.mkdir()
    (service / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
    (service / "bad.go").write_text(MISTAKE)
    commit(service)

    def hook() -> subprocess.CompletedProcess[str]:
        return execute(
            [sys.executable, "-m", "pre_commit", "try-repo", copy, "golint-concurrency", "-a"],
            service,
            PRE_COMMIT_HOME=str(tmp_path / "cache"),
        )

    refused = hook()
    assert refused.returncode == 1, refused.stdout + refused.stderr
    assert "bad.go:9:10: GLC401" in refused.stdout
    (service / "bad.go").write_text(REPAIRED)
    passed = hook()
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert "Passed" in passed.stdout
