"""A change in a package costs those that read what has changed, and nobody else; and whatever is
edited, results of earlier runs give what a run without them does."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from golint_concurrency import dependence, run
from golint_concurrency.semantics import words
from golint_concurrency.syntax.file import File
from tests.test_cache import lint_text, linted

ROOT = Path(__file__).parent.parent

HELPER = """package helper

// Wait is called by others.
func Wait(c chan int) {
	pause(c)
}

func pause(c chan int) {
	for {
		<-c
	}
}

// Unused is not.
func Unused() int {
	return 1
}
"""
USER = """package user

import "example.com/m/helper"

func Start(c chan int) {
	go func() {
		helper.Wait(c)
	}()
}
"""


SENDER = """package helper

import "net/http"

func init() {
	println(1)
}

// Send is called by others.
func Send(c *http.Client) {
	resp, err := c.Get("http://b.example/")
	if err == nil {
		resp.Body.Close()
	}
}
"""
CLIENT = """package user

import (
	"net/http"

	"example.com/m/helper"
)

func Refresh() {
	helper.Send(&http.Client{})
}
"""


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GOLINT_CONCURRENCY_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(run, "CACHED_BYTES", 0)
    top = tmp_path / "m"
    for name, text in (("helper", HELPER), ("user", USER)):
        (top / name).mkdir(parents=True)
        (top / name / "a.go").write_text(text)
    (top / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
    monkeypatch.chdir(top)
    return top


def put(module: Path, old: str, new: str) -> None:
    """Replace `old` in the helper."""
    path = module / "helper" / "a.go"
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


def test_a_function_that_nobody_looked_into_costs_its_package(
    module: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = lint_text()
    assert "GLC103" in first
    looked = linted(monkeypatch)
    put(module, "return 1", "x := 2\n\treturn x")
    assert lint_text() == first
    assert looked == ["helper"]
    put(module, "return x", "return x + 1")  # and so it is with the next change
    assert lint_text() == first
    assert looked == ["helper", "helper"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\tpause(c)\n", "\tgo pause(c)\n"),  # what was called
        ("\t\t<-c\n", "\t\tif _, ok := <-c; !ok {\n\t\t\treturn\n\t\t}\n"),  # what that calls
        ("func Unused() int {", "func Unused() int64 {"),  # what is declared
        ("return 1\n", "return 1 +\n"),  # what cannot be read might declare anything
        ("// Wait is", "// Wait, it is"),  # it may be a directive
    ],
)
def test_what_was_looked_into_costs_those_who_did(
    module: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    lint_text()
    looked = linted(monkeypatch)
    put(module, old, new)
    found = lint_text()
    assert looked == ["helper", "user"]
    assert found == lint_text("--no-cache")


def test_a_finding_follows_the_lines_that_it_points_to(module: Path) -> None:
    (module / "helper" / "a.go").write_text(SENDER)
    (module / "user" / "a.go").write_text(CLIENT)
    before = lint_text("--format", "json")
    assert "sends without a deadline" in before
    put(module, "println(1)", "println(1)\n\tprintln(2)")
    after = lint_text("--format", "json")
    assert after != before
    assert after == lint_text("--format", "json", "--no-cache")


def test_words_that_somebody_looked_for_are_looked_for_again() -> None:
    contents = {"a.go": HELPER.encode()}
    file = File("a.go", contents["a.go"])
    assert list(words.offsets(file, "hook")) == []
    known = dependence.record(contents, {"a.go": file})

    def changed(new: str) -> frozenset[str] | None:
        text = HELPER.replace("return 1", new)
        return dependence.changed(known, {"a.go": text.encode()})

    assert changed("return 1") == frozenset()
    assert changed("return 2") == frozenset(["a.go"])
    assert changed("hook = nil\n\treturn 1") is None


@pytest.mark.parametrize("seed", range(4))
def test_edits_in_a_service_give_what_a_run_without_a_cache_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setenv("GOLINT_CONCURRENCY_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(run, "CACHED_BYTES", 0)
    top = tmp_path / "service"
    shutil.copytree(ROOT / "testdata" / "service" / "broken", top)
    monkeypatch.chdir(top)
    choose = random.Random(seed)
    paths = sorted(path for path in top.rglob("*.go"))
    pool = [line for path in paths for line in path.read_text().splitlines(True)]
    originals = {path: path.read_text() for path in paths}
    lint_text()
    for _ in range(20):
        path = choose.choice(paths)
        lines = path.read_text().splitlines(True)
        at = choose.randrange(1, len(lines))
        kind = choose.randrange(5)
        if kind == 0:
            del lines[at]
        elif kind == 1:
            lines.insert(at, choose.choice(pool))
        elif kind == 2:
            lines.insert(at, "\tprintln(1)\n")
        elif kind == 3:
            lines = originals[path].splitlines(True)
        else:
            other = choose.randrange(1, len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        path.write_text("".join(lines))
        assert lint_text("--format", "json") == lint_text("--format", "json", "--no-cache")
