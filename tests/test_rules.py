"""Every rule against its testdata: findings where `// want` says so, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from golint_concurrency.authoring.wants import functions, try_findings, try_fixes, wanted
from tests.linting import TESTDATA, rule, rules


def go_files(name: str) -> list[Path]:
    return sorted((TESTDATA / name).rglob("*.go"))


@pytest.mark.parametrize("name", [rule.name for rule in rules()])
def test_findings(name: str) -> None:
    paths = go_files(name)
    assert paths, f"testdata/{name}/ is missing"
    tried = try_findings(rule(name), paths)
    assert not tried.problems, "\n".join(tried.problems)


@pytest.mark.parametrize("name", [rule.name for rule in rules()])
def test_enough_examples(name: str) -> None:
    bad = good = 0
    for path in go_files(name):
        wants = wanted(path)
        bad += len(wants)
        good += 0 if wants else functions(path)
    assert bad >= 8, f"{bad} bad places in testdata/{name}/"
    assert good >= 8, f"{good} good functions in testdata/{name}/"


@pytest.mark.parametrize("name", [rule.name for rule in rules() if rule.fix])
def test_fixes(name: str, pytestconfig: pytest.Config) -> None:
    update = bool(pytestconfig.getoption("--update-golden"))
    problems = try_fixes(rule(name), go_files(name), update=update)
    assert not problems, "\n".join(problems)
