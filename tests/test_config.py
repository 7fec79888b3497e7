"""The configuration is found, read, merged and checked; a hostile one does no harm."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from golint_concurrency.config import NAME, Config, ConfigError, load, validate
from golint_concurrency.diagnostic import Severity
from golint_concurrency.selection import KnownRule, RuleSelection
from golint_concurrency.toml_lines import key_lines

KNOWN = [
    KnownRule("GLC401", "time-after-in-loop"),
    KnownRule("GLC402", "ticker-not-stopped"),
    KnownRule("GLC802", "deep-defer-chain", options={"depth": 8, "strict": False, "share": 0.5}),
    KnownRule("GLC514", "long-critical-section", enabled=False),
]


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    return tmp_path / "repo"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def messages(start: Path, explicit: Path | None = None) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        validate(load(start, explicit), KNOWN)
    return caught.value.messages


FULL = """
select = ["ALL"]
ignore = ["GLC514"]
fail-on = "error"
format = "sarif"
go = "1.22"
exclude = ["gen/**", "*.pb.go"]
jobs = 2
include-generated = true
tests = false

[per-file-ignores]
"*_test.go" = ["GLC4"]

[rules."GLC802"]
depth = 12
severity = "error"

[rules.time-after-in-loop]
severity = "note"

[[overrides]]
paths = ["internal/**"]
select = ["DEFAULT", "GLC514"]
ignore = ["GLC401"]
severity = { GLC8 = "note" }

[[overrides]]
paths = ["cmd/"]
severity = "note"
"""


def test_every_key(repo: Path) -> None:
    path = write(repo / NAME, FULL)
    config = load(repo / "a" / "b.go")
    validate(config, KNOWN)
    assert config.files == (path,)
    assert config.root == repo
    assert (config.select, config.ignore) == (("ALL",), ("GLC514",))
    assert config.fail_on is Severity.ERROR
    assert (config.format, config.go, config.jobs) == ("sarif", "1.22", 2)
    assert (config.include_generated, config.tests) == (True, False)
    assert config.excluded(repo / "gen" / "x" / "y.go")
    assert config.excluded(repo / "x.pb.go")
    assert not config.excluded(repo / "x.go")
    assert not config.excluded(repo.parent / "x.pb.go")
    by_id = {rule.id: rule for rule in KNOWN}
    assert config.settings(by_id["GLC802"]).options == {"depth": 12}
    assert config.severity_for(repo / "x.go", by_id["GLC802"]) is Severity.ERROR
    assert config.severity_for(repo / "x.go", by_id["GLC401"]) is Severity.NOTE
    assert config.severity_for(repo / "x.go", by_id["GLC402"]) is None
    assert config.severity_for(repo / "internal" / "x.go", by_id["GLC802"]) is Severity.NOTE
    assert config.severity_for(repo / "cmd" / "x.go", by_id["GLC402"]) is Severity.NOTE


def test_selection_by_path(repo: Path) -> None:
    write(repo / NAME, FULL)
    config = load(repo)
    assert config.selection_for(repo / "x.go", KNOWN) == {"GLC401", "GLC402", "GLC802"}
    assert config.selection_for(repo / "x_test.go", KNOWN) == {"GLC802"}
    internal = repo / "internal" / "x.go"
    assert config.selection_for(internal, KNOWN) == {"GLC402", "GLC802"}
    asked = RuleSelection(("GLC4",), ("GLC402",))
    assert config.selection_for(repo / "x.go", KNOWN, asked) == {"GLC401"}


def test_nothing_found_is_an_empty_configuration(repo: Path) -> None:
    config = load(repo / "nowhere.go")
    assert config == Config(root=repo)
    assert config.selection_for(repo / "x.go", KNOWN) == {"GLC401", "GLC402", "GLC802"}


def test_nearest_file_up_to_the_root(repo: Path) -> None:
    write(repo.parent / NAME, "jobs = 9\n")
    assert load(repo / "a").files == ()
    write(repo / NAME, "jobs = 1\n")
    write(repo / "a" / NAME, "jobs = 2\n")
    (repo / "a" / "go.mod").write_text("module a\n")
    (repo / "b").mkdir()
    assert load(repo / "a" / "x.go").jobs == 2
    assert load(repo / "b").jobs == 1
    assert load(repo).jobs == 1


def test_without_git_the_module_is_the_root(tmp_path: Path) -> None:
    write(tmp_path / NAME, "jobs = 9\n")
    write(tmp_path / "m" / "go.mod", "module m\n")
    (tmp_path / "m" / "p").mkdir()
    assert load(tmp_path / "m" / "p") == Config(root=tmp_path / "m")
    assert load(tmp_path / "other").jobs == 9  # its own directory, which does not exist yet
    (tmp_path / "other").mkdir()
    assert load(tmp_path / "other").files == ()


def test_explicit_file_wins(repo: Path) -> None:
    write(repo / NAME, "jobs = 1\n")
    outside = write(repo.parent / "mine.toml", "jobs = 3\n")
    assert load(repo, outside).jobs == 3
    (found,) = messages(repo, repo / "missing.toml")
    assert "missing.toml cannot be read: No such file" in found


def test_extends_merges(repo: Path) -> None:
    write(
        repo / "conf" / "base.toml",
        'jobs = 4\ngo = "1.20"\nexclude = ["x/"]\n[rules.GLC802]\ndepth = 3\nstrict = true\n'
        '[per-file-ignores]\n"a.go" = ["GLC401"]\n',
    )
    write(
        repo / NAME,
        'extends = "conf/base.toml"\njobs = 1\n[rules.GLC802]\ndepth = 5\n'
        '[per-file-ignores]\n"b.go" = ["GLC402"]\n',
    )
    config = load(repo)
    validate(config, KNOWN)
    assert (config.jobs, config.go) == (1, "1.20")
    assert config.settings(KNOWN[2]).options == {"depth": 5, "strict": True}
    # Patterns belong to the directory of their file.
    assert config.excluded(repo / "conf" / "x" / "y.go")
    assert not config.excluded(repo / "x" / "y.go")
    assert len(config.per_file_ignores) == 2
    assert [path.name for path in config.files] == [NAME, "base.toml"]


def test_digest_follows_every_file(repo: Path) -> None:
    write(repo / "base.toml", "jobs = 4\n")
    write(repo / NAME, 'extends = "base.toml"\n')
    before = load(repo).digest
    assert load(repo).digest == before
    write(repo / "base.toml", "jobs = 4 \n")
    assert load(repo).digest != before


def test_extends_stays_inside_without_loops(repo: Path) -> None:
    write(repo.parent / "secret.toml", 'password = "x"\n')
    write(repo / NAME, 'jobs = 1\nextends = "../secret.toml"\n')
    assert messages(repo) == [
        f"{repo}/{NAME}:2: {repo.parent}/secret.toml leads out of the repository"
    ]
    (repo / "link.toml").symlink_to(repo.parent / "secret.toml")
    write(repo / NAME, 'extends = "link.toml"\n')
    assert "leads out of the repository" in messages(repo)[0]
    write(repo / NAME, 'extends = "/etc/passwd"\n')
    assert "leads out of the repository" in messages(repo)[0]
    write(repo / NAME, f'extends = "{NAME}"\n')
    assert "leads back here" in messages(repo)[0]
    for at in range(8):
        write(repo / f"c{at}.toml", f'extends = "c{at + 1}.toml"\n')
    write(repo / "c5.toml", "jobs = 5\n")
    write(repo / NAME, 'extends = "c1.toml"\n')
    assert load(repo).jobs == 5
    write(repo / NAME, 'extends = "c0.toml"\n')
    assert "more than 5 files" in messages(repo)[0]


def test_found_file_may_be_no_link_out_nor_a_pipe(repo: Path) -> None:
    outside = write(repo.parent / "out.toml", "jobs = 1\n")
    (repo / NAME).symlink_to(outside)
    assert "leads out of the repository" in messages(repo)[0]
    (repo / NAME).unlink()
    os.mkfifo(repo / NAME)
    assert "is not a regular file" in messages(repo)[0]


def test_all_faults_at_once_with_lines(repo: Path) -> None:
    write(
        repo / NAME,
        '# comment\nslect = ["ALL"]\njobs = "many"\nfail_on = "error"\ngo = "newest"\n'
        'exclude = ["[a"]\ntests = 1\nformat = "yaml"\nignore = [1]\n\n'
        '[rules.GLC802]\nseverity = "fatal"\nlist = [1]\n\n'
        '[[overrides]]\npaths = ["a"]\n\n[[overrides]]\nselect = ["GLC4"]\nwhat = 1\n\n'
        '[per-file-ignores]\n"x.go" = "GLC401"\n',
    )
    shown = f"{repo}/{NAME}"
    assert messages(repo) == [
        f"{shown}:2: the configuration has no key slect; did you mean select?",
        f'{shown}:3: jobs must be a number of processes from 1 to 256, not "many"',
        f"{shown}:4: the configuration has no key fail_on; did you mean fail-on?",
        f'{shown}:5: go must be a Go version, as in "1.22", not "newest"',
        f"{shown}:6: exclude: bracket without an end: [a",
        f"{shown}:7: tests must be true or false, not 1",
        f"{shown}:8: format must be one of text, concise, json, jsonl, sarif, github, gitlab, "
        'checkstyle, rdjson, html, junit, not "yaml"',
        f'{shown}:9: ignore must be an array of rules, as in ["GLC401", "GLC5"], not an array '
        "with other things than strings",
        f'{shown}:23: per-file-ignores.x.go must be an array of rules, as in ["GLC401", "GLC5"], '
        'not "GLC401"',
        f'{shown}:12: rules.GLC802.severity must be one of note, warning, error, not "fatal"',
        f"{shown}:13: rules.GLC802.list must be a number, a string or a boolean, not an array "
        "with other things than strings",
        f"{shown}:20: an override has no key what; known are paths, select, ignore, severity",
        f'{shown}:18: an override needs paths, as in paths = ["internal/**"]',
    ]


def test_rules_and_options_are_held_to_the_known(repo: Path) -> None:
    write(
        repo / NAME,
        'select = ["GLC4", "time-after-loop"]\n[rules.GLC802]\ndept = 1\nstrict = 3\nshare = 1\n'
        "[rules.GLC999]\nx = 1\n[rules.GLC401]\nx = 1\n"
        '[[overrides]]\npaths = ["a"]\nseverity = { nope = "note" }\n',
    )
    shown = f"{repo}/{NAME}"
    found = messages(repo)
    assert found[0] == (
        f"{shown}:1: no rule is called 'time-after-loop'; did you mean time-after-in-loop?"
    )
    assert found[1].startswith(f"{shown}:12: no rule is called 'nope'")
    assert found[2] == f"{shown}:3: rule GLC802 has no key dept; did you mean depth?"
    assert found[3] == f"{shown}:4: strict must be a boolean, as in strict = false"
    assert found[4].startswith(f"{shown}:6: no rule is called 'GLC999'; did you mean GLC")
    assert found[5] == f"{shown}:9: rule GLC401 has no key x; known are severity"
    assert len(found) == 6


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("jobs = \n", ":1: not TOML"),
        ("a = 1\n[b\n", ":2: not TOML"),
        ("a = " + "[" * 20000 + "]" * 20000, "nested too deeply"),
        ("a = " + "9" * 5000, "not TOML"),
        ("jobs = 0x" + "f" * 5000, "jobs must be a number of processes"),
        (".".join("a" * 400_000) + " = 1", "dots on a line"),
        ("# " + "x" * (1 << 20), "larger than"),
        ("select = 1979-05-27", "not a date or time"),
        ('"\x1b[31m\\u001b]0;x" = 1', "not TOML"),
        ('"\\u001b]0;x\\u202e" = 1', "no key \\x1b]0;x\\u202e"),
        ("jobs = 1\njobs = 2\n", ":2: not TOML"),
        ("extends = 3", "extends must be the path of a file"),
        ('extends = "a\\u0000b"', "extends must be the path of a file"),
        ('extends = "dir"', "Is a directory"),
        ("rules = 1", "rules must be a table for each rule"),
        ("overrides = 1", "overrides must be tables"),
        ("exclude = [" + '"a",\n' * 2000 + "]", "more than 1000 entries"),
        (
            "[[overrides]]\npaths = []\nignore = [" + '"GLC401",\n' * 900 + "]\n[[overrides]]\n"
            "paths = []\nseverity = {" + ", ".join(f'x{at} = "note"' for at in range(4000)) + "}",
            "more than 4000 rules and patterns",
        ),
        ("".join(f"k{at} = 1\n" for at in range(500)), "mend these first"),
    ],
)
def test_hostile_files_are_refused_quickly(repo: Path, text: str, said: str) -> None:
    (repo / "dir").mkdir()
    (repo / NAME).write_text(text)
    start = time.perf_counter()
    found = messages(repo)
    assert time.perf_counter() - start < 5
    assert any(said in message for message in found), found
    assert len(found) <= 51
    assert not any("\x1b" in message for message in found)
    assert all(len(message) < 1000 for message in found)


def test_not_utf8_and_byte_order_mark(repo: Path) -> None:
    (repo / NAME).write_bytes(b"jobs = 1\n# \xff\n")
    assert ":2: not UTF-8" in messages(repo)[0]
    (repo / NAME).write_bytes(b"\xef\xbb\xbfjobs = 1\r\ntests = true\r\n")
    assert load(repo).jobs == 1


def test_lines_of_keys() -> None:
    text = (
        'a = 1\nb.c = 2\n[t]\nx = [\n  1,\n]\n[ "q.r" . s ] # note\ny = 1\n'
        "[[o]]\nk = 1\n[o.sub]\nm = 1\n[[o]]\nk = 2\n"
    )
    lines = key_lines(text)
    assert lines["a",] == 1
    assert lines["b", "c"] == 2
    assert lines["t", "x"] == 4
    assert lines["q.r", "s", "y"] == 8
    assert lines["o", 0, "k"] == 10
    assert lines["o", 0, "sub", "m"] == 12
    assert lines["o", 1, "k"] == 14
