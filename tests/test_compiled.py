"""The hot modules as machine code: what mypyc makes of them does what the Python does.

Needs a C compiler, and PyPI for mypyc. Building takes minutes of processor time, of which the C
compiler's is kept low by asking it for no optimisation.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

from tests.linting import ROOT
from tests.test_package import execute

pytestmark = pytest.mark.xdist_group("compiled")

PLUGIN = '''"""Calls of a function with an odd name.

## What it finds

Nothing that matters.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from golint_concurrency.diagnostic import Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.syntax import ast


@dataclass(frozen=True)
class Odd:
    call: ast.Call


def check(view: View, node: ast.Node) -> Iterator[Finding]:
    assert isinstance(node, ast.Call)
    odd = Odd(node)
    if len(ast.called_name(odd.call.fun)) % 2:
        yield Finding(odd.call, f"{view.text(odd.call.fun)} is an odd name")


RULE = Rule(
    id="ODD001",
    name="odd-name",
    summary="a function with an odd name",
    severity=Severity.WARNING,
    source="the tests",
    triggers=(b"(",),
    on=(ast.Call,),
    check=check,
)
'''


def has_compiler() -> bool:
    """True if a C compiler can be run, and has Python's headers."""
    named = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
    header = Path(sysconfig.get_paths()["include"], "Python.h")
    return os.name == "posix" and shutil.which(named) is not None and header.is_file()


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an installation whose hot modules were compiled."""
    if not has_compiler():
        pytest.skip("no C compiler, or no Python.h: the compiled form cannot be built here")
    source = tmp_path_factory.mktemp("source")
    for name in ("golint_concurrency", "rules"):
        ignore = shutil.ignore_patterns("__pycache__", "*.so", "*.egg-info")
        shutil.copytree(ROOT / name, source / name, ignore=ignore)
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    venv = tmp_path_factory.mktemp("venv")
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    wheels = tmp_path_factory.mktemp("wheels")
    built = execute(
        [venv / "bin" / "pip", "wheel", "-q", "--no-deps", "-w", wheels, source],
        source,
        GOLINT_CONCURRENCY_MYPYC="1",
        GOLINT_CONCURRENCY_MYPYC_OPT="0",
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = wheels.glob("*.whl")
    assert not wheel.name.endswith("-any.whl"), wheel.name
    installed = execute([venv / "bin" / "pip", "install", "-q", wheel], source)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    return venv / "bin" / "golint-concurrency"


def lint(command: Path, *arguments: str | Path) -> Any:
    """The JSON report of a run over `arguments`, without what takes a different time each run."""
    words: list[str | Path] = [command, "check", *arguments, "--isolated", "--no-cache"]
    done = execute([*words, "--format", "json"], ROOT)
    assert done.returncode == 1, done.stderr
    assert "internal error" not in done.stderr
    return json.loads(done.stdout)


def here() -> Path:
    """The command that the other tests run."""
    return Path(sys.executable).with_name("golint-concurrency")


def test_says_so(compiled: Path, tmp_path: Path) -> None:
    for asked in (["--version"], ["--version", "check"]):
        done = execute([compiled, *asked], tmp_path)
        assert done.stdout.endswith("(compiled: yes)\n"), done.stdout + done.stderr
    assert execute([here(), "--version"], tmp_path).stdout.endswith("(compiled: no)\n")


@pytest.mark.parametrize("rules", [[], ["--select", "ALL", "--include-generated"]])
def test_finds_the_same(compiled: Path, rules: list[str]) -> None:
    """Every example of every rule, what is found elsewhere in them, and all fixes."""
    assert lint(compiled, "testdata/...", *rules) == lint(here(), "testdata/...", *rules)


def test_lists_and_explains_the_same(compiled: Path, tmp_path: Path) -> None:
    for asked in (["rules"], ["explain", "GLC401", "GLC201"]):
        assert (
            execute([compiled, *asked], tmp_path).stdout
            == execute([here(), *asked], tmp_path).stdout
        )


def test_rules_in_python_work_on_it(compiled: Path, tmp_path: Path) -> None:
    (tmp_path / "odd.py").write_text(PLUGIN)
    chosen: list[str | Path] = [
        "testdata/time-after-in-loop",
        "--rules",
        tmp_path / "odd.py",
        "--select",
        "ODD001",
    ]
    found = lint(compiled, *chosen)
    assert found["diagnostics"]
    assert found == lint(here(), *chosen)


def test_passes_the_tests_of_its_layers(compiled: Path, tmp_path: Path) -> None:
    """The suites of syntax, semantics and the editor's session, on the compiled modules."""
    for name in ("tests", "testdata"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (packages,) = compiled.parent.parent.glob("lib/python*/site-packages")
    suites = ["tests/syntax", "tests/semantics", "tests/lsp/test_session.py"]
    suites.append("--ignore=tests/semantics/test_stub_sources.py")  # they are not installed
    words = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", *suites]
    done = execute([*words], tmp_path, PYTHONPATH=str(packages))
    assert done.returncode == 0, done.stdout + done.stderr
    asked = "import golint_concurrency.engine as e; print(e.__file__)"
    engine = execute([sys.executable, "-c", asked], tmp_path, PYTHONPATH=str(packages))
    assert engine.stdout.strip().endswith((".so", ".pyd")), engine.stdout
