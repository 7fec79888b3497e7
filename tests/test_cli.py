"""The command line: what is linted, which rules run, what is printed where, how it ends."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from golint_concurrency.report import FORMATS
from tests.command import Ran, run
from tests.linting import ROOT, rules

SCHEMA = ROOT / "tests" / "report" / "sarif-schema-2.1.0.json"

TIMER = """package %s

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


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A module of go 1.22 with a mistake in a.go, sub/b.go and sub/b_test.go."""
    (tmp_path / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
    (tmp_path / "a.go").write_text(TIMER % "a")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.go").write_text(TIMER % "b")
    (tmp_path / "sub" / "b_test.go").write_text((TIMER % "b").replace("func f", "func g"))
    return tmp_path


def places(ran: Ran) -> list[str]:
    return [line.split(":")[0] for line in ran.found]


# --- what is linted


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ["a.go", "sub/b.go"]),
        (["."], ["a.go", "sub/b.go"]),
        (["./..."], ["a.go", "sub/b.go"]),
        (["check", "./..."], ["a.go", "sub/b.go"]),
        (["sub/..."], ["sub/b.go"]),
        (["./sub"], ["sub/b.go"]),
        (["a.go"], ["a.go"]),
        (["a.go", "./a.go", "sub", "sub/b.go"], ["a.go", "sub/b.go"]),
        (["--exclude", "sub/"], ["a.go"]),
        (["--exclude", "*.go", "a.go"], ["a.go"]),
        (["--exclude", "*.go", "--force-exclude", "a.go"], []),
    ],
)
def test_paths(tree: Path, arguments: list[str], expected: list[str]) -> None:
    ran = run(*arguments, "--no-tests", cwd=tree)
    assert places(ran) == expected
    assert ran.code == (1 if expected else 0)


def test_standard_input_with_its_package(tree: Path) -> None:
    content = (TIMER % "b").encode()
    ran = run("-", "--stdin-filename", "sub/new.go", cwd=tree, stdin=content)
    assert (ran.code, ran.found) == (1, ["sub/new.go:9 GLC401"])
    ran = run("-", cwd=tree, stdin=content)
    assert [line.split(" ")[1] for line in ran.found] == ["GLC401"]
    assert run("-", cwd=tree, stdin=b"").code == 0
    assert run("-", "--fix", cwd=tree, stdin=content).code == 2


def test_go_version(tree: Path) -> None:
    assert ": GLC401 warning:" in run("a.go", cwd=tree).out
    assert ": GLC401 note:" in run("a.go", "--go", "1.23", cwd=tree).out
    ran = run("a.go", "--go", "new", cwd=tree)
    assert ran.code == 2
    assert "--go new: expected a Go version such as 1.22" in ran.err


# --- which rules run


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["--select", "GLC401"], True),
        (["--select", "glc401"], True),
        (["--select", "time-after-in-loop"], True),
        (["--select", "GLC4"], True),
        (["--select", "ALL"], True),
        (["--select", "GLC601,GLC401"], True),
        (["--select", "GLC601", "--select", "GLC401"], True),
        (["--select", "GLC6"], False),
        (["--ignore", "GLC401"], False),
        (["--ignore", "GLC4"], False),
        (["--ignore", "time-after-in-loop"], False),
        (["--select", "GLC401", "--ignore", "GLC4"], True),
    ],
)
def test_selection(tree: Path, arguments: list[str], found: bool) -> None:
    ran = run("a.go", *arguments, cwd=tree)
    assert ("GLC401" in ran.out, ran.code) == (found, int(found))


def test_unknown_rule_names_the_nearest(tree: Path) -> None:
    ran = run("a.go", "--select", "time-after-in-lop", cwd=tree)
    assert ran.code == 2
    assert "did you mean time-after-in-loop?" in ran.err


# --- how it ends


def test_exit_codes(tree: Path) -> None:
    assert run("a.go", cwd=tree).code == 1
    assert run("a.go", "--exit-zero", cwd=tree).code == 0
    assert run("a.go", "--fail-on", "error", cwd=tree).code == 0
    assert run("a.go", "--fail-on", "note", "--go", "1.23", cwd=tree).code == 1
    assert run("a.go", "--go", "1.23", cwd=tree).code == 0
    assert run("a.go", "--no-such-option", cwd=tree).code == 2
    assert run("missing", "--exit-zero", cwd=tree).code == 2


def test_configuration(tree: Path) -> None:
    config = tree / ".golint-concurrency.toml"
    config.write_text('ignore = ["GLC401"]\n')
    assert run("a.go", cwd=tree).code == 0
    assert run("a.go", "--isolated", cwd=tree).code == 1
    config.write_text('\nselekt = ["GLC401"]\nfail-on = "eror"\n')
    ran = run("a.go", cwd=tree)
    assert ran.code == 2
    assert ".golint-concurrency.toml:2:" in ran.err
    assert "did you mean select?" in ran.err
    assert ".golint-concurrency.toml:3: fail-on must be one of note, warning, error" in ran.err


# --- what is printed where


@pytest.mark.parametrize("form", FORMATS)
def test_formats_go_to_standard_output_alone(tree: Path, form: str) -> None:
    ran = run("./...", "--format", form, cwd=tree)
    assert ran.code == 1
    assert "GLC401" in ran.out
    assert "GLC401" not in ran.err
    assert "in 3 files" in ran.err
    if form in ("json", "sarif", "gitlab", "rdjson"):
        json.loads(ran.out)


def test_several_outputs(tree: Path) -> None:
    ran = run("a.go", "--output", "sarif=s.json", "--output", "json=j.json", cwd=tree)
    assert ran.found == ["a.go:9 GLC401"]
    jsonschema.Draft4Validator(json.loads(SCHEMA.read_text())).validate(
        json.loads((tree / "s.json").read_text())
    )
    json.loads((tree / "j.json").read_text())
    assert run("a.go", "--output", "nothing=x", cwd=tree).code == 2
    ran = run("a.go", "--output", "json=no/such/folder", cwd=tree)
    assert (ran.code, "no/such/folder: cannot be written" in ran.err) == (2, True)


def test_quiet(tree: Path) -> None:
    assert run("a.go", "-q", cwd=tree).err == ""


# --- telling about rules


def test_version(tree: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["dynamic"] == ["version"]
    assert run("--version", cwd=tree).out.startswith("golint-concurrency 0.")


def test_rules_are_listed(tree: Path) -> None:
    text = run("rules", cwd=tree).out
    items = {
        item["id"]: item for item in json.loads(run("rules", "--format", "json", cwd=tree).out)
    }
    for rule in rules():
        assert f"{rule.id}  {rule.name} " in text
        item = items[rule.id]
        assert item["name"] == rule.name
        assert item["default"] == rule.enabled
        assert (item["fix"] or "", item["source"]) == (rule.fix, rule.source)


def test_rules_are_explained(tree: Path) -> None:
    for name in ("GLC401", "glc401", "time-after-in-loop"):
        ran = run("explain", name, cwd=tree)
        assert ran.code == 0
        assert ran.out.startswith("# GLC401 time-after-in-loop\n")
        assert "## Use instead" in ran.out
    assert "internal-error" in run("explain", "GLC004", cwd=tree).out
    ran = run("explain", "GLC4O1", cwd=tree)
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean GLC401?" in ran.err


def test_explain_for_a_terminal(tree: Path) -> None:
    plain = run("explain", "GLC401", "--format", "text", cwd=tree, COLUMNS="60").out
    assert plain.startswith("GLC401 time-after-in-loop\n")
    assert "```" not in plain
    assert "\x1b" not in plain
    prose = [line for line in plain.splitlines() if not line.startswith("    ")]
    assert max(map(len, prose)) <= 60
    colored = run("explain", "GLC401", "--format", "text", "--color", "always", cwd=tree).out
    assert colored.startswith("\x1b[1mGLC401 time-after-in-loop\x1b[0m\n")


def test_explain_several(tree: Path) -> None:
    pages = run("explain", "GLC40", "lost-cancel", cwd=tree).out
    titles = [line for line in pages.splitlines() if line.startswith("# GLC")]
    assert titles[0] == "# GLC301 lost-cancel"
    assert titles[1:] == [f"# {r.id} {r.name}" for r in rules() if r.id.startswith("GLC40")]
    assert run("explain", "ALL", cwd=tree).out.count("\n# GLC") >= len(rules())


def test_explanation_cannot_act_on_a_terminal(tree: Path) -> None:
    """A repository's query rule may say anything."""
    (tree / "own.toml").write_text(
        '[[rule]]\nid = "ACME001"\nname = "evil"\nsummary = "a\\u001b[2Jb"\nmessage = "m"\n'
        "query = '(go_statement) @g'\nexplanation = \"x\\u202ey\"\n"
    )
    (tree / ".golint-concurrency.toml").write_text('query-rules = ["own.toml"]\n')
    for format_ in ("text", "markdown"):
        out = run("explain", "ACME001", "--format", format_, cwd=tree).out
        assert "\\x1b[2J" in out
        assert "\\u202e" in out
        assert "\x1b" not in out
        assert "\u202e" not in out
    listed = run("rules", cwd=tree).out
    assert "\x1b" not in listed


def test_every_rule_tells_its_whole_story() -> None:
    for rule in rules():
        for section in ("What it finds", "What happens under load", "Use instead", "Source"):
            assert f"## {section}\n" in rule.explanation, f"{rule.id}: {section}"
