"""`rules new`, `rules test`, `rules check`: writing rules of one's own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from golint_concurrency.authoring.scaffold import with_rule
from tests.command import run
from tests.golang import gofmt
from tests.linting import ROOT

QUERY_RULE = """[[rule]]
id = "ACME001"
name = "sleeps"
summary = "sleep"
message = "do not sleep"
query = '((call_expression function: (_) @f) (#resolves? @f "time.Sleep"))'
"""


def test_new_rule_works_at_once(tmp_path: Path) -> None:
    made = run("rules", "new", "sleepy-loop", cwd=tmp_path)
    assert made.code == 0
    assert made.out.splitlines() == [
        "sleepy_loop.py",
        "testdata/sleepy-loop/bad.go",
        "testdata/sleepy-loop/good.go",
        "testdata/go.mod",
    ]
    tested = run("rules", "test", "sleepy_loop.py", cwd=tmp_path)
    assert (tested.code, tested.out) == (0, "ok   OWN001 sleepy-loop: 1 bad, 2 good\n")
    assert run("rules", "test", ".", cwd=tmp_path).out == tested.out
    by_name = run("rules", "test", "testdata", "--rules", "sleepy_loop.py", cwd=tmp_path)
    assert (by_name.code, by_name.out) == (0, tested.out)
    for path in (tmp_path / "testdata").rglob("*.go"):
        assert gofmt(path.read_bytes()) == path.read_bytes()
    style = ["ruff", "check", "--isolated", "--line-length", "100", "sleepy_loop.py"]
    subprocess.run([sys.executable, "-m", *style], cwd=tmp_path, check=True)

    vetted = run("rules", "check", ".", cwd=tmp_path)
    assert vetted.code == 1
    assert vetted.out.strip() == "sleepy_loop.py:2: documentation still says TODO"
    file = tmp_path / "sleepy_loop.py"
    file.write_text(file.read_text().replace("TODO", "Something."))
    vetted = run("rules", "check", ".", cwd=tmp_path)
    assert (vetted.code, vetted.out) == (0, "1 rule, nothing missing: .\n")


def test_new_writes_over_nothing(tmp_path: Path) -> None:
    assert run("rules", "new", "one", cwd=tmp_path).code == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for arguments, said in {
        ("one",): "is there already",
        ("Two",): "lower-case words",
        ("../two",): "lower-case words",
        ("time-after-in-loop",): "is that of GLC401",
        ("two", "--id", "GLC401"): "is that of time-after-in-loop",
        ("two", "--id", "GLC999"): "built-in rules are GLC",
        ("two", "--id", "x"): "capital letters",
        ("two", "--id", "OWN001", "--into", "one.py"): "in one.py already",
        ("two", "--into", "missing/two.py"): "no such folder",
    }.items():
        ran = run("rules", "new", *arguments, cwd=tmp_path)
        assert ran.code == 2
        assert said in ran.err
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}


def test_new_in_a_checkout(tmp_path: Path) -> None:
    """In this project's tree a rule goes to rules/, and has an id of a family."""
    (tmp_path / "golint_concurrency").mkdir()
    (tmp_path / "golint_concurrency" / "rule.py").touch()
    (tmp_path / "rules").mkdir()
    (tmp_path / "testdata").mkdir()
    (tmp_path / "testdata" / "go.mod").write_text("module example.com/testdata\n")
    assert "--id" in run("rules", "new", "new-one", cwd=tmp_path).err
    made = run("rules", "new", "new-one", "--id", "GLC998", cwd=tmp_path)
    assert made.out.splitlines() == [
        "rules/new_one.py",
        "testdata/new-one/bad.go",
        "testdata/new-one/good.go",
    ]


MODULE = '''#!/usr/bin/env python
"""Rules   of ours."""
from golint_concurrency.rule import (Finding,   # odd layout
    Rule)

def check(view,node):
  """Two blanks."""


FIRST = Rule(id='ACME001', name = "first", check=check)   # trailing


# The list.
RULES: list[Rule] = %s  # all of them

# The end.
'''


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[FIRST]", "[FIRST, NEW_ONE]"),
        ("[]", "[NEW_ONE]"),
        ("(FIRST,)", "(FIRST, NEW_ONE,)"),
        ("[FIRST, FIRST]", "[FIRST, FIRST, NEW_ONE]"),
        ("[\n    FIRST,\n]", "[\n    FIRST,\n    NEW_ONE,\n]"),
        (
            "[\n    FIRST,  # one\n    FIRST,  # two\n]",
            "[\n    FIRST,  # one\n    FIRST,  # two\n    NEW_ONE,\n]",
        ),
        ("[\n    FIRST,\n    FIRST\n]", "[\n    FIRST,\n    FIRST,\n    NEW_ONE\n]"),
    ],
)
def test_insertion_is_lossless(before: str, after: str) -> None:
    """Every line that was there is there, in the same order; what is new comes between."""
    text = MODULE % before
    grown = with_rule(text, "ACME002", "new-one")
    compile(grown, "grown.py", "exec")
    assert f"RULES: list[Rule] = {after}  # all of them" in grown
    kept = iter(grown.replace(after, before).splitlines())
    for line in text.splitlines():
        assert line in kept, line
    assert grown.count("import Rule") == 0
    assert "from golint_concurrency.rule import View\n" in grown
    assert 'id="ACME002"' in grown


def test_rules_added_to_a_module_work(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        assert run("rules", "new", name, "--into", "own.py", cwd=tmp_path).code == 0
    tested = run("rules", "test", "own.py", cwd=tmp_path)
    assert tested.out.splitlines() == [
        "ok   OWN001 one: 1 bad, 2 good",
        "ok   OWN002 two: 1 bad, 2 good",
        "ok   OWN003 three: 1 bad, 2 good",
    ]
    style = ["ruff", "format", "--isolated", "--line-length", "100", "--check", "own.py"]
    subprocess.run([sys.executable, "-m", *style], cwd=tmp_path, check=True)


def test_rules_test_tells_what_differs(tmp_path: Path) -> None:
    run("rules", "new", "one", cwd=tmp_path)
    bad = tmp_path / "testdata" / "one" / "bad.go"
    bad.write_text(bad.read_text().replace("TODO", "something else"))
    good = tmp_path / "testdata" / "one" / "good.go"
    good.write_text(good.read_text().replace("clock{}.Sleep", "time.Sleep"))
    ran = run("rules", "test", "one.py", cwd=tmp_path)
    assert ran.code == 1
    assert "FAIL OWN001 one" in ran.out
    assert "bad.go:8: wanted 'OWN001 something else'" in ran.out
    assert "good.go:12: unexpected OWN001" in ran.out
    bad.write_text('package one\n\nfunc f() {} // want "("\n')
    assert "a want is no regular expression" in run("rules", "test", ".", cwd=tmp_path).out
    bad.unlink()
    assert "no bad example" in run("rules", "test", "one.py", cwd=tmp_path).out
    for path in (bad.parent, tmp_path / "missing"):
        assert run("rules", "test", str(path), cwd=tmp_path).code == 2


def test_query_rules_are_tested_and_vetted(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(QUERY_RULE)
    assert "no bad example" in run("rules", "check", ".", cwd=tmp_path).out
    assert "is missing" in run("rules", "test", "own.toml", cwd=tmp_path).out
    data = tmp_path / "testdata" / "sleeps"
    data.mkdir(parents=True)
    (data / "bad.go").write_text(
        'package p\n\nimport "time"\n\nfunc f() {\n\ttime.Sleep(1) // want "ACME001 do not"\n}\n'
    )
    assert run("rules", "check", ".", cwd=tmp_path).out == "1 rule, nothing missing: .\n"
    assert run("rules", "test", "own.toml", cwd=tmp_path).out.startswith("ok   ACME001 sleeps")


def test_built_in_rules_lack_nothing() -> None:
    vetted = run("rules", "check", "rules", cwd=ROOT)
    assert vetted.code == 0, vetted.out


TRAP = 'import pathlib\npathlib.Path({!r}).write_text("run")\n'
RULE = """from golint_concurrency.diagnostic import Severity
from golint_concurrency.rule import Rule
from golint_concurrency.syntax import ast
def check(view, node): ...
RULE = Rule(id={id}, name={name}, summary="s", severity=Severity.NOTE, check={check}, {more})
"""


def rule(
    id: str = '"ACME001"', name: str = '"a-name"', check: str = "check", more: str = "on=(ast.Go,)"
) -> str:
    return RULE.format(id=id, name=name, check=check, more=more)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (rule(id='"GLC401"'), 5, "clashes with GLC401 time-after-in-loop"),
        (rule(id='"GLC999"'), 5, "GLC is for built-in rules"),
        (rule(name='"time-after-in-loop"'), 5, "clashes with GLC401"),
        (rule(id="make_id()"), 5, "id must be written as a string"),
        (rule(id='"x"'), 5, "capital letters"),
        (rule(more="on=(ast.Paren,)"), 5, "no triggers: none follow from Paren"),
        (rule(more="tests=False"), 5, "nothing wakes the rule"),
        (rule(more='calls=("Sleep",)'), 5, 'expected a name as "time.After"'),
        (rule(check="nothere"), 5, "no function is called nothere"),
        (rule(), 5, "no bad example: testdata/a-name/bad.go"),
        (rule(), 1, "documentation lacks ## What it finds, ## What happens under load"),
        ("import requests\n" + rule(), 1, "imports requests at top level"),
        ("from concurrent import futures\n" + rule(), 1, "imports concurrent.futures at top"),
        ("open('x')\n" + rule(), 1, "calls open when it is imported"),
        (rule() + rule().splitlines()[-1] + "\n", 6, "id ACME001 is that of"),
        ("RULE = Rule(\n", 2, "not Python"),
        ("x = " + "(" * 5000 + ")" * 5000, 1, "nested deeper"),
        ("x = 1\n", 0, "declares no rule"),
    ],
)
def test_vetting_reads_and_never_runs(tmp_path: Path, text: str, line: int, said: str) -> None:
    (tmp_path / "own.py").write_text(text + TRAP.format(str(tmp_path / "trap")))
    ran = run("rules", "check", "own.py", cwd=tmp_path)
    assert ran.code == 1
    assert any(
        said in out and (not line or out.startswith(f"own.py:{line}:"))
        for out in ran.out.splitlines()
    ), ran.out
    assert not (tmp_path / "trap").exists()


@pytest.mark.parametrize("text", ["x = " + "-" * 100_000 + "1\n", "x = a" + ".b" * 100_000 + "\n"])
def test_source_that_stops_the_parser_stops_nothing_else(tmp_path: Path, text: str) -> None:
    """libcst crashes on the first and takes minutes for the second; the next file is read."""
    (tmp_path / "a.py").write_text(text)
    (tmp_path / "b.py").write_text(rule(id='"GLC401"'))
    ran = run("rules", "check", ".", cwd=tmp_path)
    assert ran.code == 1
    assert "a.py:1: reading it was stopped" in ran.out
    assert "b.py:5: id GLC401 clashes" in ran.out


def test_imports_where_they_do_not_cost_are_fine(tmp_path: Path) -> None:
    text = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import socket\n" + rule()
    (tmp_path / "own.py").write_text(text + "def f():\n    import subprocess\n    open('x')\n")
    assert "socket" not in (out := run("rules", "check", "own.py", cwd=tmp_path).out)
    assert "subprocess" not in out
    assert "calls open" not in out


def test_project_of_a_plug_in(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "acme"\n')
    (tmp_path / "acme.py").write_text(rule())
    assert "no entry point" in run("rules", "check", ".", cwd=tmp_path).out
    (tmp_path / "pyproject.toml").write_text(
        '[project.entry-points."golint_concurrency.rules"]\nacme = "acmee"\n'
    )
    assert "there is no module acmee" in run("rules", "check", ".", cwd=tmp_path).out
    (tmp_path / "pyproject.toml").write_text("[[[")
    assert "pyproject.toml:1:" in run("rules", "check", ".", cwd=tmp_path).out
