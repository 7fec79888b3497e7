"""Results of earlier runs: the same output with and without, whatever was edited in between."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from golint_concurrency import cache, run
from golint_concurrency.cache import Cache
from golint_concurrency.cli import cli
from golint_concurrency.places import cache_directory

HELPER = "package {name}\n\n{imports}func Block(c chan int) {{\n\t{body}\n}}\n"
USER = """package {name}

import (
	"net/http"

	"example.com/m/{other}"
)

func Get() {{
	{call}
}}

func Block(c chan int) {{
	go func() {{
		{other}.Block(c)
	}}()
}}
"""


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GOLINT_CONCURRENCY_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(run, "CACHED_BYTES", 0)
    top = tmp_path / "m"
    top.mkdir()
    (top / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
    for number in range(5):
        write(top, number, "bad")
    monkeypatch.chdir(top)
    return top


def write(top: Path, number: int, kind: str) -> None:
    folder = top / f"p{number}"
    folder.mkdir(exist_ok=True)
    if number == 4:
        body = "for {\n\t\t<-c\n\t}" if kind == "bad" else "_ = c"
        text = HELPER.format(name="p4", imports="", body=body)
    else:
        call = '_, _ = http.Get("http://b.example/")' if kind == "bad" else "_ = http.NoBody"
        text = USER.format(name=f"p{number}", other=f"p{number + 1}", call=call)
    (folder / "a.go").write_text(text)


def lint_text(*options: str) -> str:
    return CliRunner().invoke(cli, ["check", "./...", "--isolated", "-q", *options]).output


def linted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the directories whose files a run looks at from now on."""
    found: list[str] = []
    whole = run.batches

    def batches(targets, jobs=0):  # type: ignore[no-untyped-def]
        found.extend(sorted({Path(target.absolute).parent.name for target in targets}))
        return whole(targets)

    monkeypatch.setattr(run, "batches", batches)
    return found


def test_an_unchanged_tree_is_not_linted_again(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = lint_text()
    assert "GLC603" in first and "GLC103" in first
    looked = linted(monkeypatch)
    assert lint_text() == first
    assert looked == []
    assert lint_text("--no-cache") == first
    assert looked == ["p0", "p1", "p2", "p3", "p4"]


def test_a_change_costs_what_depends_on_it(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lint_text()
    looked = linted(monkeypatch)
    write(tree, 0, "good")
    assert lint_text() == lint_text("--no-cache")
    assert looked[:1] == ["p0"]
    assert looked[1:] == ["p0", "p1", "p2", "p3", "p4"]


def test_output_is_that_of_a_run_without_a_cache_after_any_edits(tree: Path) -> None:
    choose = random.Random(7)
    for _ in range(25):
        number = choose.randrange(5)
        edit = choose.randrange(6)
        extra = tree / f"p{number}" / "b.go"
        if edit < 3:
            write(tree, number, choose.choice(["bad", "good"]))
        elif edit == 3:
            extra.write_text(
                f"package p{number}\n\nfunc spare() {{ go func() {{ for {{ }} }}() }}\n"
            )
        elif edit == 4:
            extra.unlink(missing_ok=True)
        else:
            version = choose.choice(["1.21", "1.22", "1.23"])
            (tree / "go.mod").write_text(f"module example.com/m\n\ngo {version}\n")
        assert lint_text() == lint_text("--no-cache")


def test_settings_are_part_of_the_key(tree: Path) -> None:
    assert "GLC603" in lint_text()
    assert "GLC603" not in lint_text("--ignore", "GLC603")
    assert "GLC603" in lint_text()


@pytest.mark.parametrize("damage", ["text", "version", "entries"])
def test_a_damaged_cache_is_started_anew(tree: Path, damage: str) -> None:
    first = lint_text()
    path = cache_directory() / cache.NAME
    if damage == "text":
        cache.remove(path)
        path.write_bytes(b"no database at all, and long enough to look at" * 50)
    else:
        database = sqlite3.connect(path)
        if damage == "version":
            database.execute("PRAGMA user_version=99")
        else:
            database.execute("UPDATE entries SET result=x'00'")
        database.commit()
        database.close()
    found = CliRunner().invoke(cli, ["check", "./...", "--isolated", "-q"])
    assert (
        found.stdout
        == CliRunner().invoke(cli, ["check", "./...", "--isolated", "-q", "--no-cache"]).stdout
    )
    assert ("started anew" in found.output) == (damage != "entries")
    assert lint_text() == first


def test_a_cache_that_cannot_be_written_is_done_without(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = lint_text("--no-cache")
    (tree.parent / "file").write_text("")
    monkeypatch.setenv("GOLINT_CONCURRENCY_CACHE", str(tree.parent / "file"))
    assert lint_text() == first


def test_the_cache_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MAX_BYTES", 400_000)
    kept = Cache(tmp_path)
    noise = random.Random(1)
    for number in range(40):
        text = noise.randbytes(20_000).hex()
        kept.put({b"%d" % number: ("", text)})
    assert kept.size() < 900_000
    assert list(kept.get([b"39", b"0"])) == [b"39"]
    kept.close()


def test_info_and_clean(tree: Path) -> None:
    lint_text()
    said = CliRunner().invoke(cli, ["cache", "info"]).output
    assert "5 results" in said
    assert "removed" in CliRunner().invoke(cli, ["cache", "clean"]).output
    assert "0 results" in CliRunner().invoke(cli, ["cache", "info"]).output
