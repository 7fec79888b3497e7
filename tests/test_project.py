"""What the project says of itself is true: README, .ci/run, hooks, packages."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from golint_concurrency.config import NAME, load, validate
from golint_concurrency.docs import BEGIN, COMMAND, END, FAMILIES, stale, update, updated
from golint_concurrency.registry import load as load_rules
from golint_concurrency.run import known_rules
from tests.linting import ROOT, rules

README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_ci_runs_the_commands_of_the_readme() -> None:
    install, test = (block.strip() for block in blocks("sh")[:2])
    assert "golint-concurrency" in install
    assert "pytest" in test
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert lines.index(install) < lines.index(test)


def test_pages_of_rules_are_up_to_date() -> None:
    wrong = stale(ROOT)
    assert not wrong, f"out of date: {', '.join(wrong)}; run: {COMMAND}"
    for rule in rules():
        assert README.count(f"| [{rule.id}](docs/rules/{rule.name}.md) `{rule.name}` |") == 1
        assert rule.id[:4] in FAMILIES


def test_one_command_updates_all_pages(tmp_path: Path) -> None:
    """A new rule's page is made, one that was edited is mended, one of a rule that went goes."""
    (tmp_path / "README.md").write_text(f"# mine\n\n{BEGIN}\n{END}\n\nmine too\n")
    assert "README.md" in stale(tmp_path)
    update(tmp_path)
    assert stale(tmp_path) == []
    pages = tmp_path / "docs" / "rules"
    (pages / "time-after-in-loop.md").write_text("edited")
    (pages / "rule-that-went.md").touch()
    (pages / "lost-cancel.md").unlink()
    assert stale(tmp_path) == [
        f"docs/rules/{name}.md" for name in ("lost-cancel", "rule-that-went", "time-after-in-loop")
    ]
    update(tmp_path)
    assert stale(tmp_path) == []
    assert (tmp_path / "README.md").read_text().endswith("\n\nmine too\n")


def test_links_between_pages_lead_somewhere() -> None:
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_table_needs_its_markers() -> None:
    with pytest.raises(ValueError, match="rules: begin"):
        updated("# nothing here\n")


def test_example_prints_what_the_readme_shows(tmp_path: Path) -> None:
    source = next(block for block in blocks("go") if block.startswith("package shop"))
    (tmp_path / "shop.go").write_text(source)
    command = next(
        words
        for text in re.findall(r"`(golint-concurrency [^`]+)`", README)
        if "shop.go" in (words := shlex.split(text))
    )
    result = subprocess.run(
        [sys.executable, "-m", "golint_concurrency", *command[1:]],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stdout.rstrip("\n") == blocks("text")[0].rstrip("\n")


def test_configuration_of_the_readme_is_valid(tmp_path: Path) -> None:
    (tmp_path / "go.mod").write_text("module m\n")
    (tmp_path / NAME).write_text(blocks("toml")[0])
    config = load(tmp_path)
    validate(config, known_rules(load_rules(plugins=False).rules))
    assert config.files


def test_every_package_ships() -> None:
    """A new sub-package would silently be left out of the wheel."""
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    there = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in (ROOT / "golint_concurrency").rglob("__init__.py")
    }
    assert set(listed) == there | {"golint_concurrency.rules"}


def test_no_path_of_a_machine_leaked() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", ".ci/run", "pyproject.toml"):
        text = (ROOT / name).read_text("utf-8")
        assert not re.search(r"(?<![\w.])/(work|home|root|Users)/", text), name
