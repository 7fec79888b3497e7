"""A run spread over machines gives, put together, the bytes of a run on one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from golint_concurrency.baseline import NAME as BASELINE
from golint_concurrency.shard import Shard, ShardError
from golint_concurrency.source import Target
from tests.command import Ran, run
from tests.linting import TESTDATA

SEVERAL = ("client-without-timeout", "default-client", "time-after-in-loop", "double-lock",
           "ticker-not-stopped", "lost-cancel", "nil-channel")  # fmt: skip


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A module of packages with findings of all levels, one with a file that cannot be read."""
    for name in SEVERAL:
        if (TESTDATA / name).is_dir():
            shutil.copytree(TESTDATA / name, tmp_path / name)
    (tmp_path / "go.mod").write_text("module example.com/testdata\n\ngo 1.27\n")
    (tmp_path / "a b%").mkdir()
    (tmp_path / "a b%" / "\u00e9.go").write_text(
        'package p\n\nimport "time"\n\nfunc f() { //glc:ignore GLC9 -- no\n\tfor {\n'
        "\t\t<-time.After(1)\n\t}\n}\n"
    )
    (tmp_path / "wide").mkdir()
    (tmp_path / "wide" / "x.go").write_bytes("package p\n".encode("utf-16"))
    (tmp_path / ".git").mkdir()
    return tmp_path


def shards(tree: Path, count: int, form: str, *arguments: str) -> list[Path]:
    """The reports of all shards, beside the tree."""
    found = []
    for number in range(1, count + 1):
        path = tree.parent / f"{tree.name}-{form}-{number}"
        shard = ("--shard", f"{number}/{count}")
        ran = run("./...", *arguments, *shard, "--format", form, "-q", cwd=tree)
        assert ran.code in (0, 1, 2), ran.err
        path.write_text(ran.out)
        found.append(path)
    return found


def merged(tree: Path, paths: list[Path], *arguments: str) -> Ran:
    return run("merge", *map(str, reversed(paths)), *arguments, cwd=tree)


@pytest.mark.parametrize("count", [1, 3, 12])
@pytest.mark.parametrize("form", ["json", "sarif"])
def test_merged_reports_are_the_whole_report(tree: Path, form: str, count: int) -> None:
    options = ("--select", "ALL", "--sarif-include-suppressed")
    whole = run("./...", *options, "--format", form, "-q", cwd=tree)
    paths = shards(tree, count, form, *options)
    assert len({path.read_text() for path in paths}) == count
    ran = merged(tree, paths)
    assert ran.out == whole.out
    assert ran.code == whole.code == 1
    assert ran.err == ""


def test_merged_baselines_are_the_whole_baseline(tree: Path) -> None:
    run("baseline", "create", cwd=tree)
    whole = (tree / BASELINE).read_bytes()
    (tree / BASELINE).unlink()
    paths = []
    for number in (1, 2, 3):
        path = tree / f"baseline-{number}.json"
        ran = run("baseline", "create", "--shard", f"{number}/3", "--baseline", path.name, cwd=tree)
        assert ran.code == 0, ran.err
        paths.append(path)
    assert merged(tree, paths, "--output", BASELINE).code == 0
    assert (tree / BASELINE).read_bytes() == whole
    for path in paths:
        path.unlink()
    assert run("./...", "-q", cwd=tree).out == ""
    whole_json = run("./...", "--format", "json", "-q", cwd=tree).out
    assert merged(tree, shards(tree, 3, "json")).out == whole_json  # a baseline holds in shards


def test_runs_that_failed_are_told(tree: Path) -> None:
    (tree / "huge").mkdir()
    with open(tree / "huge" / "x.go", "wb") as file:
        file.truncate(11_000_000)
    for form in ("json", "sarif"):
        whole = run("./...", "--format", form, "-q", cwd=tree)
        ran = merged(tree, shards(tree, 3, form))
        assert ran.out == whole.out
        assert ran.code == whole.code == 2


def test_exit_codes(tree: Path) -> None:
    paths = shards(tree, 2, "json", "--select", "GLC601,GLC602")
    assert merged(tree, paths).code == 1
    assert merged(tree, paths, "--exit-zero").code == 0
    paths = shards(tree, 2, "json", "--select", "GLC401")
    assert merged(tree, paths, "--fail-on", "error").code == 0
    assert merged(tree, paths, "--fail-on", "note").code == 1


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_sets_that_are_not_whole_are_refused(tree: Path, form: str) -> None:
    paths = shards(tree, 3, form)
    assert "without 2/3" in merged(tree, [paths[0], paths[2]]).err
    assert "more than once" in merged(tree, [*paths, paths[0]]).err
    other = shards(tree, 2, form)[:1]
    assert "numbers of shards" in merged(tree, [*other, paths[1], paths[2]]).err
    whole = tree.parent / "whole"
    whole.write_text(run("./...", "--format", form, "-q", cwd=tree).out)
    assert "not of a run with --shard" in merged(tree, [whole]).err


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "x", '{"runs": []}', '{"runs": [{"properties": {"shard": "1/1"}}]}',
     '{"diagnostics": [{}], "summary": {}, "shard": "1/1", "version": 1, "tool": {}}',
     '{"version": 1, "findings": 3, "shard": "1/1"}', '{"version": 1, "findings": [], "shard": "0/1"}'],
)  # fmt: skip
def test_files_that_are_no_reports(tmp_path: Path, text: str) -> None:
    (tmp_path / "r").write_text(text)
    ran = run("merge", "r", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("golint-concurrency: error: ")


@pytest.mark.parametrize(
    "arguments",
    [("--fix",), ("--diff",), ("--staged",), ("--new-from", "HEAD"), ("-",)],
)
def test_what_cannot_be_parted(tree: Path, arguments: tuple[str, ...]) -> None:
    ran = run("check", "--shard", "1/2", *arguments, cwd=tree)
    assert ran.code == 2
    assert "--shard cannot be combined" in ran.err


@pytest.mark.parametrize("text", ["", "1", "0/3", "4/3", "1/0", "-1/3", "1/3/5", "a/b", "1/99999"])
def test_shards_that_cannot_be(tmp_path: Path, text: str) -> None:
    ran = run("check", "--shard", text, cwd=tmp_path)
    assert ran.code == 2
    assert "is no shard" in ran.err


def targets(sizes: dict[str, int]) -> list[Target]:
    return [Target(path, "/r/" + path, size) for path, size in sizes.items()]


def test_every_package_is_in_one_shard_and_shards_are_balanced() -> None:
    files = {f"p{n % 97}/f{n}.go": (n * 7919) % 20_000 for n in range(2_000)}
    whole = targets(files)
    parts = [Shard(number, 5).part(whole) for number in range(1, 6)]
    assert sorted(item for part in parts for item in part) == sorted(whole)
    folders = [{item.path.split("/")[0] for item in part} for part in parts]
    assert sum(map(len, folders)) == 97
    sizes = [sum(item.size for item in part) for part in parts]
    assert max(sizes) < 1.1 * min(sizes)
    backwards = list(reversed(whole))
    for number, part in enumerate(parts, 1):
        assert set(Shard(number, 5).part(backwards)) == set(part)


def test_the_words_for_a_shard() -> None:
    assert str(Shard.parse("2/5")) == "2/5"
    with pytest.raises(ShardError):
        Shard.parse("2/5x")


def test_reports_of_shards_name_their_shard(tree: Path) -> None:
    paths = shards(tree, 2, "json")
    assert [json.loads(path.read_text())["shard"] for path in paths] == ["1/2", "2/2"]
