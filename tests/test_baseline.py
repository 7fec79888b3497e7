"""Baselines from the command line: accept today's findings, report tomorrow's."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from golint_concurrency import cli
from golint_concurrency.baseline import NAME

HEAD = 'package p\n\nimport "net/http"\n\n'
ONE = "func one() {\n\tfor i := 0; i < 3; i++ { use(&http.Transport{}) }\n}\n\n"
TWO = "func two() {\n\tfor i := 0; i < 3; i++ { use(&http.Transport{Proxy: nil}) }\n}\n\n"
USE = "func use(any) {}\n"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.go").write_text(HEAD + ONE + USE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, list[str]]:
    code = cli.main(["check", "--format", "concise", *options])
    out = capsys.readouterr().out
    return code, re.findall(r"(?m)^(\S+?):\d+:\d+: GLC601", out)


def baseline(*arguments: str) -> int:
    return cli.main(["baseline", *arguments])


def test_accepts_what_there_is_and_reports_what_comes(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(capsys) == (1, ["a.go"])
    assert baseline("create") == 0
    assert check(capsys) == (0, [])
    assert check(capsys, "--no-baseline") == (1, ["a.go"])
    (tree / "a.go").write_text(HEAD + TWO + ONE + USE, encoding="utf-8")
    assert check(capsys) == (1, ["a.go"])
    assert baseline("update") == 0
    assert check(capsys) == (0, [])


def test_survives_moves_reformatting_and_renames(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert baseline("create") == 0
    moved = HEAD + "// A word.\n\n" * 20 + ONE.replace("\tuse(&", "\t\tuse( & ") + USE
    (tree / "a.go").write_text(moved, encoding="utf-8")
    assert check(capsys) == (0, [])
    (tree / "a.go").rename(tree / "b.go")
    assert check(capsys) == (0, [])
    (tree / "b.go").write_text(moved.replace("one", "uno"), encoding="utf-8")
    assert baseline("update") == 0
    (tree / "b.go").write_text(moved.replace("one", "un"), encoding="utf-8")
    assert check(capsys) == (0, [])


def test_one_entry_accepts_one_finding(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert baseline("create") == 0
    twice = ONE.replace("\n}", "\n\tfor { use(&http.Transport{}) }\n}")
    (tree / "a.go").write_text(HEAD + twice + USE, encoding="utf-8")
    assert check(capsys) == (1, ["a.go"])


def test_prune_only_drops(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert baseline("create") == 0
    (tree / "a.go").write_text(HEAD + TWO + USE, encoding="utf-8")
    assert baseline("prune") == 0
    assert json.loads((tree / NAME).read_text("utf-8"))["findings"] == []
    assert check(capsys) == (1, ["a.go"])


def test_entries_of_files_that_were_not_linted_stay(tree: Path) -> None:
    (tree / "sub").mkdir()
    (tree / "sub" / "b.go").write_text(HEAD + ONE + USE, encoding="utf-8")
    assert baseline("create") == 0
    before = (tree / NAME).read_bytes()
    assert baseline("update", "sub") == 0
    assert (tree / NAME).read_bytes() == before
    assert before.count(b'"rule"') == 2


def test_create_does_not_replace(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert baseline("create") == 0
    assert baseline("create") == 2
    assert "is there already" in capsys.readouterr().err
    assert baseline("create", "--force") == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "is no baseline"),
        ("[" * 100_000, "is no baseline"),
        ("[]", "it has no version"),
        ('{"version": 2, "findings": []}', "newer version"),
        ('{"version": 1, "findings": [{"rule": "GLC601"}]}', "finding 1 lacks one of"),
        ('{"version": 1, "findings": 5}', "finding 1 lacks one of"),
    ],
)
def test_a_baseline_that_cannot_be_used_is_said_to_be_so(
    content: str, message: str, tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tree / NAME).write_text(content, encoding="utf-8")
    assert cli.main(["check"]) == 2
    assert message in capsys.readouterr().err


def test_update_without_a_baseline(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert baseline("update") == 2
    assert "cannot be read" in capsys.readouterr().err
