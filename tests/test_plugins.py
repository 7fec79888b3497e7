"""Rules from elsewhere: `--rules PATH`, installed plug-ins, a new module in rules/."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import run
from tests.linting import ROOT

RULE = '''"""## What it finds
Functions called `forbidden`.

## What happens under load
Nothing good: %(story)s
"""

from golint_concurrency.diagnostic import Severity
from golint_concurrency.rule import Finding, Rule
from golint_concurrency.syntax import ast


def check(view, node):
    if node.name.name == "forbidden":
        %(act)s


RULE = Rule(
    id="%(id)s",
    name="%(name)s",
    summary="function that must not be there",
    severity=Severity.WARNING,
    source="the tests",
    on=(ast.FuncDecl,),
    check=check,
)
'''
REPORT = 'yield Finding(node.name, "forbidden is not allowed here")'
ENTRY_POINTS = "[golint_concurrency.rules]\n"


def rule(id: str, name: str, act: str = REPORT) -> str:
    return RULE % {"id": id, "name": name, "act": act, "story": "people call it."}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A module with `forbidden` in a.go and b.go, and a folder `local` for rules."""
    (tmp_path / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
    for name in "ab":
        (tmp_path / f"{name}.go").write_text(f"package {name}\n\nfunc forbidden() {{}}\n")
    (tmp_path / "local").mkdir()
    return tmp_path


def install(directory: Path, name: str, text: str, entry: str) -> str:
    """Put a plug-in where an installer would, and return the PYTHONPATH that sees it."""
    info = directory / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(ENTRY_POINTS + entry)
    (directory / f"{name}.py").write_text(text)
    return str(directory)


def test_rule_file(tree: Path) -> None:
    file = tree / "local" / "forbidden.py"
    file.write_text(rule("ACME001", "forbidden-function"))
    ran = run("check", "--rules", str(file), "--select", "ACME001", cwd=tree)
    assert ran.found == ["a.go:3 ACME001", "b.go:3 ACME001"]
    assert ran.code == 1
    # Not without being asked for.
    assert run("check", cwd=tree).code == 0


def test_folder_of_rules_and_configuration(tree: Path) -> None:
    (tree / "local" / "forbidden.py").write_text(rule("ACME001", "forbidden-function"))
    (tree / "local" / "_helper.py").write_text("raise RuntimeError\n")
    (tree / ".golint-concurrency.toml").write_text('[per-file-ignores]\n"b.go" = ["ACME"]\n')
    assert run("check", "--rules", "local", cwd=tree).found == ["a.go:3 ACME001"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x = 1\n", "declares no RULE"),
        ("raise ValueError('no')\n", "ValueError: no"),
        ("def f(:\n", "SyntaxError"),
        (rule("GLC401", "other-name"), "clashes with GLC401"),
        (rule("ACME001", "time-after-in-loop"), "clashes with GLC401"),
    ],
)
def test_rule_file_that_is_none(tree: Path, text: str, reason: str) -> None:
    (tree / "local" / "bad.py").write_text(text)
    ran = run("check", "--rules", "local", cwd=tree)
    assert ran.code == 2
    assert reason in ran.err
    assert "bad.py" in ran.err


def test_rule_that_raises(tree: Path) -> None:
    """One finding for that file and rule; the other file and the other rules are linted."""
    act = f"""if view.path.endswith("a.go"):
            raise KeyError("oops")
        {REPORT}"""
    (tree / "local" / "raises.py").write_text(rule("ACME001", "raises", act))
    (tree / "local" / "works.py").write_text(rule("ACME002", "works"))
    ran = run("check", "--rules", "local", cwd=tree)
    assert ran.code == 2
    reported = [place for place in ran.found if place[:5] in ("a.go:", "b.go:")]
    assert sorted(place for place in reported if "ACME" in place) == [
        "a.go:3 ACME002",
        "b.go:3 ACME001",
        "b.go:3 ACME002",
    ]
    (internal,) = (line for line in ran.out.splitlines() if "GLC004" in line)
    assert internal.startswith("a.go:")
    assert "ACME001" in internal
    assert "KeyError" in internal


def test_installed_plug_in(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A module and a single rule, found by their entry points."""
    site = tmp_path_factory.mktemp("site")
    install(site, "acme_lint", rule("ACME001", "acme-module"), "acme = acme_lint\n")
    path = install(site, "other_lint", rule("OTHER001", "other-rule"), "o = other_lint:RULE\n")
    ran = run("check", cwd=tree, PYTHONPATH=path)
    assert sorted(ran.found) == [
        "a.go:3 ACME001",
        "a.go:3 OTHER001",
        "b.go:3 ACME001",
        "b.go:3 OTHER001",
    ]
    assert "ACME001" in run("rules", cwd=tree, PYTHONPATH=path).out
    assert "people call it" in run("explain", "acme-module", cwd=tree, PYTHONPATH=path).out


def test_installed_plug_in_that_is_broken(
    tree: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """It is left out with a word, and the run goes on; it cannot pass for a clean one."""
    (tree / "local" / "forbidden.py").write_text(rule("ACME001", "forbidden-function"))
    path = install(tmp_path_factory.mktemp("site"), "broken", "import nothere\n", "b = broken\n")
    ran = run("check", "--rules", "local", cwd=tree, PYTHONPATH=path)
    assert ran.found == ["a.go:3 ACME001", "b.go:3 ACME001"]
    assert "plug-in b: left out: No module named 'nothere'" in ran.err
    assert ran.code == 2


# Imports the package of the current directory, its rules from rules/ as an installation has them.
RUN_COPY = """import importlib.util, os, sys
sys.path.insert(0, os.environ["COPY"])
import golint_concurrency
root = os.path.join(os.environ["COPY"], "rules")
spec = importlib.util.spec_from_file_location(
    "golint_concurrency.rules",
    os.path.join(root, "__init__.py"),
    submodule_search_locations=[root],
)
module = importlib.util.module_from_spec(spec)
sys.modules["golint_concurrency.rules"] = module
spec.loader.exec_module(module)
golint_concurrency.rules = module
from golint_concurrency.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_new_rule_touches_only_rules_and_testdata(
    tree: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    copy = tmp_path_factory.mktemp("copy")
    ignore = shutil.ignore_patterns("__pycache__")
    for folder in ("golint_concurrency", "rules"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=ignore)
    (copy / "rules" / "zz_new_rule.py").write_text(rule("GLC999", "zz-new-rule"))

    def execute(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", RUN_COPY, *arguments],
            cwd=tree,
            env={**os.environ, "COPY": str(copy)},
            capture_output=True,
            text=True,
            check=False,
        )

    assert "GLC999 zz-new-rule" in " ".join(execute("rules").stdout.split())
    assert "people call it" in execute("explain", "GLC999").stdout
    ran = execute("check", "--format", "sarif")
    assert ran.returncode == 1, ran.stderr
    log = json.loads(ran.stdout)["runs"][0]
    assert [item["ruleId"] for item in log["results"]] == ["GLC999", "GLC999"]
    assert "GLC999" in [item["id"] for item in log["tool"]["driver"]["rules"]]
    # Its testdata is found by the test of all rules, by the name of its folder alone.
    (copy / "testdata" / "zz-new-rule").mkdir(parents=True)
    (copy / "testdata" / "zz-new-rule" / "bad.go").write_text(
        'package bad\n\nfunc forbidden() {} // want "GLC999 forbidden"\n'
    )
    shutil.copytree(ROOT / "tests", copy / "tests", ignore=ignore)
    (copy / "testdata" / "go.mod").write_text("module example.com/testdata\n\ngo 1.27\n")
    code = RUN_COPY.replace(
        "from golint_concurrency.cli import main\nsys.exit(main(sys.argv[1:]))",
        "import pytest\nsys.exit(pytest.main(sys.argv[1:]))",
    )
    tested = subprocess.run(
        [
            sys.executable,
            "-c",
            code,
            "-q",
            "-p",
            "no:cacheprovider",
            f"--rootdir={copy}",
            "tests/test_rules.py",
            "-k",
            "test_findings and zz-new-rule",
        ],
        cwd=copy,
        env={**os.environ, "COPY": str(copy)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert tested.returncode == 0, tested.stdout + tested.stderr
