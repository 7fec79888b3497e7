"""`config show`, `init`, and what configuration does to a run, as users see it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from golint_concurrency import __version__
from golint_concurrency.config import NAME
from tests.command import run, run_bound

BAD = 'package p\n\nimport "net/http"\n\nvar transport = &http.Transport{}\n'
DEFERS = 'package p\n\nimport "sync"\n\nfunc f(m *sync.Mutex) {\n%s}\n'
SETTINGS = """extends = "ci/base.toml"
ignore = ["GLC4"]
fail-on = "error"
exclude = ["gen/**", 'odd"\\d']

[per-file-ignores]
"*_test.go" = ["GLC6"]

[rules.deep-defer-chain]
depth = 12
severity = "note"

[[overrides]]
paths = ["cmd/**"]
select = ["GLC6"]
severity = { GLC601 = "note" }
"""
BASE = """select = ["DEFAULT", "GLC003"]
fail-on = "note"
jobs = 2

[rules."GLC802"]
depth = 4
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
    (tmp_path / "a.go").write_text(BAD)
    for name in ("ci", "cmd"):
        (tmp_path / name).mkdir()
    (tmp_path / "cmd" / "c.go").write_text(BAD)
    return tmp_path


@pytest.fixture
def settled(tree: Path) -> Path:
    """A tree with a configuration that extends another."""
    (tree / NAME).write_text(SETTINGS)
    (tree / "ci" / "base.toml").write_text(BASE)
    return tree


def test_show_names_the_origin_of_each_value(settled: Path) -> None:
    ran = run("config", "show", cwd=settled)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[1:3] == [f"# read: {NAME}", "# read: ci/base.toml"]
    words = [" ".join(line.split()) for line in lines]
    for line in (
        'select = ["DEFAULT", "GLC003"] # ci/base.toml:1',
        f'ignore = ["GLC4"] # {NAME}:2',
        f'fail-on = "error" # {NAME}:3',
        "jobs = 2 # ci/base.toml:3",
        "tests = true # default",
        f'"*_test.go" = ["GLC6"] # {NAME}:7',
        f"depth = 12 # {NAME}:10",
        f'severity = "note" # {NAME}:11',
        f"[[overrides]] # {NAME}:13",
    ):
        assert line in words
    assert "GLC401" not in lines[-1]
    assert "GLC601" in lines[-1]


def test_what_is_shown_is_configuration(settled: Path) -> None:
    shown = run("config", "show", cwd=settled).out
    data = tomllib.loads(shown)
    assert data["exclude"] == ["gen/**", 'odd"\\d']
    assert data["overrides"][0]["severity"] == {"GLC601": "note"}
    (settled / NAME).write_text(shown)
    again = run("config", "show", cwd=settled)
    assert again.code == 0
    assert tomllib.loads(again.out) == data


def test_show_for_scripts(settled: Path) -> None:
    ran = run("config", "show", "--format", "json", cwd=settled)
    data = json.loads(ran.out)
    assert data["version"] == 1
    assert data["values"]["fail-on"] == {"value": "error", "origin": f"{NAME}:3"}
    rule = data["rules"]["GLC802"]
    assert rule["options"]["depth"] == {"value": 12, "origin": f"{NAME}:10"}
    assert rule["severity"] == {"value": "note", "origin": f"{NAME}:11"}
    assert data["rules"]["GLC401"]["runs"] is False


def test_show_for_one_file(settled: Path) -> None:
    data = json.loads(run("config", "show", "--format", "json", "cmd/c.go", cwd=settled).out)
    assert next(name for name, rule in data["rules"].items() if rule["runs"]) == "GLC601"
    assert data["rules"]["GLC601"]["severity"] == {"value": "note", "origin": "overrides"}
    assert data["per-file-ignores"] == []
    data = json.loads(run("config", "show", "--format", "json", "a.go", cwd=settled).out)
    assert data["overrides"] == []
    assert data["rules"]["GLC601"]["severity"] == {"value": "warning", "origin": "default"}


def test_show_counts_the_command_line(settled: Path) -> None:
    options = ("--select", "GLC6", "--ignore", "GLC603", "--fail-on", "note", "-j", "3")
    data = json.loads(run("config", "show", "--format", "json", *options, cwd=settled).out)
    values = data["values"]
    assert values["select"] == {"value": ["GLC6"], "origin": "command line"}
    assert values["ignore"]["value"] == ["GLC4", "GLC603"]
    assert values["ignore"]["origin"] == f"{NAME}:2 and command line"
    assert (values["fail-on"]["value"], values["jobs"]["value"]) == ("note", 3)
    assert run("config", "show", "--isolated", cwd=settled).out.splitlines()[1] == (
        "# no configuration file"
    )


def test_show_says_what_is_wrong(tree: Path) -> None:
    (tree / NAME).write_text("selekt = []\n")
    ran = run("config", "show", cwd=tree)
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean select?" in ran.err
    assert run("config", "show", "--select", "nothing", cwd=tree).code == 2


# --- what it does


def test_settings_hold_in_a_run(settled: Path) -> None:
    ran = run("./...", cwd=settled)
    assert ran.code == 0  # warnings do not fail
    assert [line.split(" ")[0:2] for line in ran.found] == [
        ["a.go:5", "GLC601"],
        ["cmd/c.go:5", "GLC601"],
    ]
    assert "cmd/c.go:5:18: GLC601 note:" in ran.out
    assert "a.go:5:18: GLC601 warning:" in ran.out


def test_threshold_of_a_rule(tree: Path) -> None:
    (tree / "a.go").write_text(DEFERS % ("\tdefer m.Unlock()\n" * 5))
    options = ("a.go", "--select", "GLC802")
    assert run(*options, cwd=tree).found == []
    (tree / NAME).write_text("[rules.deep-defer-chain]\ndepth = 4\n")
    assert [line.split()[1] for line in run(*options, cwd=tree).found] == ["GLC802"]
    (tree / NAME).write_text('[rules.deep-defer-chain]\ndepth = "4"\n')
    ran = run(*options, cwd=tree)
    assert ran.code == 2
    assert f"{NAME}:2: depth must be a whole number, as in depth = 8" in ran.err


@pytest.mark.parametrize(
    ("nearer", "base", "said"),
    [
        ('extends = "ci/base.toml"', f'extends = "../{NAME}"', "leads back here"),
        ('extends = "ci/missing.toml"', "", "cannot be read"),
        ('extends = "/etc/passwd"', "", "leads out of the repository"),
        ('extends = "../outside.toml"', "", "leads out of the repository"),
        ('extends = "https://example.com/base.toml"', "", "cannot be read"),
        ('extends = ["a", "b"]', "", "must be the path of a file"),
        ('extends = "ci"', "", "Is a directory"),
    ],
)
def test_extends_stays_inside(tree: Path, nearer: str, base: str, said: str) -> None:
    (tree / NAME).write_text(nearer + "\n")
    (tree / "ci" / "base.toml").write_text(base + "\n")
    (tree.parent / "outside.toml").write_text("jobs = 1\n")
    ran = run("./...", cwd=tree)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ":1: " in ran.err


def test_configuration_for_a_newer_tool(tree: Path) -> None:
    (tree / NAME).write_text('required-version = "99.1"\nwhat-comes = true\n')
    ran = run("./...", cwd=tree)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        f"golint-concurrency: error: {NAME}:1: this configuration needs golint-concurrency 99.1 or "
        f"later, and this is {__version__}; update the tool\n"
    )
    for version in (__version__, "0", "0.0.9"):
        (tree / NAME).write_text(f'required-version = "{version}"\n')
        assert run("./...", cwd=tree).code == 1
    for version in ('"new"', "1.2", "[]"):
        (tree / NAME).write_text(f"required-version = {version}\n")
        assert "required-version must be the oldest version" in run("./...", cwd=tree).err


# --- init


def test_init_writes_what_it_saw(tree: Path) -> None:
    (tree / "vendor" / "x").mkdir(parents=True)
    (tree / "vendor" / "x" / "x.go").write_text(BAD)
    (tree / "gen").mkdir()
    (tree / "gen" / "a.pb.go").write_text("package gen\n")
    (tree / "gen" / "b.go").write_text("// Code generated by x. DO NOT EDIT.\n\npackage gen\n")
    (tree / "a_test.go").write_text("package p\n")
    (tree / ".github" / "workflows").mkdir(parents=True)
    (tree / ".gitlab-ci.yml").write_text("")
    (tree / ".golangci.yml").write_text("")
    before = run("./...", cwd=tree).out
    ran = run("init", cwd=tree / "cmd")
    assert ran.code == 0
    assert str(tree / NAME) in ran.out
    text = (tree / NAME).read_text()
    assert tomllib.loads(text) == {"exclude": ["*.pb.go"], "per-file-ignores": {}}
    for part in (
        "5 Go files, 1 of them tests, 1 generated",
        "module in .: go 1.22",
        "So is vendor.",
        "1 *.pb.go",
        "In GitHub Actions:",
        "In GitLab CI:",
        "//nolint:GLC401",
        '# go = "1.22"',
    ):
        assert part in text
    assert run("./...", cwd=tree).out == before
    assert run("config", "show", cwd=tree).code == 0


def test_every_setting_that_is_commented_out_is_valid(tree: Path) -> None:
    text = run("init", "--print", cwd=tree).out
    assert not (tree / NAME).exists()
    live = [
        line.removeprefix("# ") if line.startswith(("# [", '# "')) or " = " in line else line
        for line in text.splitlines()
    ]
    (tree / NAME).write_text("\n".join(live))
    assert "depth = 8" in live
    ran = run("config", "show", cwd=tree)
    assert ran.code == 0, ran.err


def test_init_never_overwrites(tree: Path) -> None:
    (tree / NAME).write_text("jobs = 1\n")
    ran = run("init", cwd=tree)
    assert ran.code == 2
    assert "is there already; nothing was changed" in ran.err
    assert (tree / NAME).read_text() == "jobs = 1\n"
    (tree / NAME).unlink()
    (tree / NAME).symlink_to("nowhere")
    assert run("init", cwd=tree).code == 2
    assert not (tree / "nowhere").exists()


def test_init_where_nothing_can_be_written(tree: Path) -> None:
    (tree / "cmd").chmod(0o555)
    ran = run_bound("init", "cmd", cwd=tree)
    assert ran.code == 2
    assert "cannot be written" in ran.err


def test_init_in_an_empty_directory(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    assert run("init", "new", cwd=tmp_path).code == 0
    assert "0 Go files" in (tmp_path / "new" / NAME).read_text()
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [NAME]
    assert run("init", "missing", cwd=tmp_path).code == 2


def test_names_that_act_stay_comments(tree: Path) -> None:
    odd = tree / 'm\njobs = "x"\x1b[31m'
    odd.mkdir()
    (odd / "go.mod").write_text("module example.com/odd\n\ngo 1.21\n")
    text = run("init", "--print", cwd=tree).out
    assert "\x1b" not in text
    assert "jobs" not in tomllib.loads(text)
