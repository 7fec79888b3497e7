"""Every rule against its testdata: findings where `// want` says so, and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from golint_concurrency.fix import fix_file
from tests.linting import TESTDATA, compare, lint, rule, rules, wanted

FUNCTION = re.compile(r"^func ", re.MULTILINE)


def go_files(name: str) -> list[Path]:
    return sorted((TESTDATA / name).rglob("*.go"))


@pytest.mark.parametrize("name", [rule.name for rule in rules()])
def test_findings(name: str) -> None:
    paths = go_files(name)
    assert paths, f"testdata/{name}/ is missing"
    outcome = lint(paths, [rule(name)])
    assert not outcome.problems, outcome.problems
    problems = [line for path in paths for line in compare(path, outcome.diagnostics)]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("name", [rule.name for rule in rules()])
def test_enough_examples(name: str) -> None:
    bad = sum(len(wanted(path)) for path in go_files(name))
    good = sum(
        len(FUNCTION.findall(path.read_text("utf-8")))
        for path in go_files(name)
        if not wanted(path)
    )
    assert bad >= 8, f"{bad} bad places in testdata/{name}/"
    assert good >= 8, f"{good} good functions in testdata/{name}/"


@pytest.mark.parametrize("name", [rule.name for rule in rules() if rule.fix])
def test_fixes(name: str, pytestconfig: pytest.Config) -> None:
    paths = [path for path in go_files(name) if wanted(path)]
    outcome = lint(paths, [rule(name)])
    fixed_any = False
    for path in paths:
        own = [item for item in outcome.diagnostics if item.span.path == str(path)]
        result = fix_file(str(path), path.read_bytes(), own, unsafe=True)
        assert not result.dropped, f"a fix in {path.name} does not parse"
        golden = path.with_name(path.name + ".golden")
        if not result.applied:
            assert not golden.exists(), f"{golden.name} is there but nothing was fixed"
            continue
        fixed_any = True
        if pytestconfig.getoption("--update-golden"):
            golden.write_bytes(result.content)
        assert golden.exists(), f"{golden} is missing; run with --update-golden and read it"
        assert result.content.decode() == golden.read_text("utf-8")
    assert fixed_any, f"{name} promises a fix, but its testdata shows none"
