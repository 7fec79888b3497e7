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

IDENTITY = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"]

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
        timeout=900,
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
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, target)
    commit(target)
    return target


def commit(repository: Path) -> None:
    for words in (["init", "-q"], ["add", "-A"], [*IDENTITY, "commit", "-qm", "all"]):
        subprocess.run(["git", *words], cwd=repository, check=True)


def head(repository: Path) -> str:
    done = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=repository, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_wheel_and_source_distribution(copy: Path, tmp_path: Path) -> None:
    """Both hold the data files; an installed wheel lists as many rules as the source tree."""
    built = execute([sys.executable, "-m", "build", "--outdir", tmp_path / "dist"], copy)
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = (tmp_path / "dist").glob("*-py3-none-any.whl")
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
    """A commit with a bad file is refused, and let through once it is repaired; of the files
    that were there the hook for files says nothing, the one for the whole module all."""
    service = tmp_path / "service"
    service.mkdir()
    (service / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
    (service / "old.go").write_text(MISTAKE)
    (service / ".golint-concurrency.toml").write_text('exclude = ["gen/**"]\n')
    (service / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {copy}\n    rev: {head(copy)}\n    hooks:\n"
        "      - id: golint-concurrency\n"
        "      - id: golint-concurrency-full\n        stages: [manual]\n"
    )
    commit(service)
    home = str(tmp_path / "cache")
    pre_commit = [sys.executable, "-m", "pre_commit"]
    installed = execute([*pre_commit, "install"], service, PRE_COMMIT_HOME=home)
    assert installed.returncode == 0, installed.stdout + installed.stderr

    def stage_and_commit() -> subprocess.CompletedProcess[str]:
        subprocess.run(["git", "add", "-A"], cwd=service, check=True)
        return execute(["git", *IDENTITY, "commit", "-qm", "x"], service, PRE_COMMIT_HOME=home)

    (service / "bad.go").write_text(MISTAKE.replace("func f", "func g"))
    (service / "gen").mkdir()
    (service / "gen" / "excluded.go").write_text(MISTAKE)
    refused = stage_and_commit()
    said = refused.stdout + refused.stderr
    assert refused.returncode == 1, said
    assert "bad.go:9:10: GLC401" in said
    assert "old.go" not in said
    assert "excluded.go" not in said
    (service / "bad.go").write_text(REPAIRED.replace("func f", "func g"))
    passed = stage_and_commit()
    assert passed.returncode == 0, passed.stdout + passed.stderr
    full: list[str | Path] = [
        *pre_commit,
        "run",
        "--hook-stage",
        "manual",
        "golint-concurrency-full",
    ]
    whole = execute(full, service, PRE_COMMIT_HOME=home)
    assert whole.returncode == 1, whole.stdout + whole.stderr
    assert "old.go:9:10: GLC401" in whole.stdout
    assert "excluded.go" not in whole.stdout
