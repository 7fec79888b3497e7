"""A whole service with one mistake of every kind, and the same service repaired."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest

from golint_concurrency.engine import Outcome
from golint_concurrency.rule import Rule
from tests.command import run
from tests.golang import gofmt, run_go
from tests.linting import TESTDATA, compare, lint, rules
from tests.test_testdata_is_go import COMPILED, VET_OFF, modules

SERVICE = TESTDATA / "service"
BROKEN = SERVICE / "broken"
REPAIRED = SERVICE / "repaired"


@cache
def enabled() -> tuple[Rule, ...]:
    return tuple(rule for rule in rules() if rule.enabled)


def go_files(root: Path) -> list[Path]:
    return sorted(root.rglob("*.go"))


@cache
def outcome(root: Path) -> Outcome:
    return lint(go_files(root), enabled())


@pytest.mark.parametrize("rule", enabled(), ids=lambda rule: rule.name)
def test_every_rule_has_an_instance(rule: Rule) -> None:
    found = {diagnostic.rule for diagnostic in outcome(BROKEN).diagnostics}
    assert rule.id in found, (
        f"{rule.id} {rule.name} is on by default and finds nothing in testdata/service/broken/: "
        "write the mistake there as a team would make it, and repair it in repaired/"
    )


def test_nothing_else_is_found() -> None:
    assert not outcome(BROKEN).problems
    problems = [
        problem
        for path in go_files(BROKEN)
        for problem in compare(path, outcome(BROKEN).diagnostics)
    ]
    assert not problems, "\n".join(problems)


def test_repaired_is_silent() -> None:
    assert not outcome(REPAIRED).problems
    found = [
        f"{Path(item.span.path).relative_to(REPAIRED)} {item.rule} {item.message}"
        for item in outcome(REPAIRED).diagnostics
    ]
    assert not found, "\n".join(found)


def test_both_have_the_same_files() -> None:
    broken, repaired = (
        {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
        for root in (BROKEN, REPAIRED)
    )
    assert broken == repaired


def test_formatted() -> None:
    for path in go_files(SERVICE):
        content = path.read_bytes()
        assert gofmt(content) == content, f"{path.relative_to(SERVICE)} is not gofmt-clean"


@COMPILED
def test_repaired_satisfies_vet(go_cache: Path) -> None:
    for module in modules(REPAIRED):
        result = run_go(["vet", "./..."], module, go_cache)
        assert result.returncode == 0, result.stderr


@COMPILED
@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
def test_fixed_compiles(unsafe: bool, go_cache: Path, tmp_path: Path) -> None:
    shutil.copytree(TESTDATA / "third_party", tmp_path / "third_party")
    broken = tmp_path / "service" / "broken"
    shutil.copytree(BROKEN, broken)
    options = ["--isolated", "--exit-zero", "--fix", *(["--unsafe-fixes"] if unsafe else [])]
    run("check", *options, ".", cwd=broken)

    fixed = {path: path.read_bytes() for path in go_files(broken)}
    for path, content in fixed.items():
        assert gofmt(content) == content, f"{path.relative_to(broken)} is no longer gofmt-clean"
    for module in modules(broken):
        result = run_go(["vet", *VET_OFF, "./..."], module, go_cache)
        assert result.returncode == 0, f"{module.relative_to(broken)}:\n{result.stderr}"

    left = lint(fixed, enabled())
    fixable = {rule.id for rule in enabled() if rule.fix == "safe" or (rule.fix and unsafe)}
    stayed = [
        f"{Path(item.span.path).relative_to(broken)} {item.rule} {item.message}"
        for item in left.diagnostics
        if item.rule in fixable or any(fix.safe or unsafe for fix in item.fixes)
    ]
    assert not stayed, "\n".join(stayed)
    before = {(item.rule, Path(item.span.path).name) for item in outcome(BROKEN).diagnostics}
    after = {(item.rule, Path(item.span.path).name) for item in left.diagnostics}
    assert after <= before, f"fixes brought new findings: {sorted(after - before)}"

    run("check", *options, "--allow-dirty", ".", cwd=broken)
    assert {path: path.read_bytes() for path in go_files(broken)} == fixed
