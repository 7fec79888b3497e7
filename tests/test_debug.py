"""`debug`: what is believed of a function, shown in full and safe to print."""

from __future__ import annotations

from pathlib import Path

import pytest

from golint_concurrency.debug import DebugError, show
from tests.command import run

SOURCE = """package a

import (
	"io"
	"sync"
)

var start = func() { run() }

type box struct{ mu sync.Mutex }

func (b *box) put(c chan int, r io.Reader) {
	b.mu.Lock()
	n := len(c)
	go func() {
		c <- n
	}()
	if n > 0 {
		run()
	}
	_ = io.Closer(nil)
}

func run() {}
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "go.mod").write_text("module example.com/a\n\ngo 1.22\n")
    (tmp_path / "a.go").write_text(SOURCE)
    return tmp_path


def ask(tree: Path, what: str, place: str, *, dot: bool = False) -> str:
    return "\n".join(show(what, place, str(tree), dot=dot))


def test_types(tree: Path) -> None:
    assert ask(tree, "types", "a.go:box.put").splitlines() == [
        "func box.put at line 12",
        "  12:7 receiver b: *example.com/a.box",
        "  12:19 param c: chan int",
        "  12:31 param r: io.Reader",
        "  13:2 b.mu.Lock(): receiver sync.Mutex, result ()",
        "  14:2 var n: int",
        "  14:7 len(c): result int",
        "  15:5 func() { c <- n }(): result ()",
        "  19:3 run(): result ()",
        "  21:6 io.Closer(nil): conversion to io.Closer",
    ]


def test_scopes(tree: Path) -> None:
    lines = ask(tree, "scopes", "a.go:put").splitlines()
    assert "  12:19 c: declares param" in lines
    assert "  16:3 c: param declared at 12:19" in lines
    assert "  12:33 io: package io" in lines
    assert "  13:4 mu: field of example.com/a.box" in lines
    assert "  13:7 Lock: method sync.Mutex.Lock" in lines
    assert "  14:7 len: predeclared builtin" in lines
    assert "  19:3 run: func example.com/a.run" in lines
    assert "  box.put.func1 captures c (12:19), n (14:2)" in lines


def test_control_flow(tree: Path) -> None:
    text = ask(tree, "cfg", "a.go:box.put")
    assert text.startswith("func box.put at line 12\n  0 entry: b.mu.Lock(); n := len(c);")
    assert "func box.put.func1 at line 15\n  0 entry: c <- n -> end" in text
    dot = ask(tree, "cfg", "a.go:box.put", dot=True)
    assert dot.count("digraph cfg {") == 2
    assert dot.count("\n}") == 2


def test_summary(tree: Path) -> None:
    assert ask(tree, "summary", "a.go").splitlines() == [
        "func start.func1 at line 8: nothing",
        "func box.put at line 12: blocks(lock), starts-goroutine, lock(b.mu), send(c)@go",
        "func box.put.func1 at line 15: blocks(chan), send(c)",
        "func run at line 24: nothing",
    ]


def test_calls(tree: Path) -> None:
    assert ask(tree, "calls", "a.go").splitlines() == [
        "func start.func1 at line 8",
        "  8:22 run: example.com/a.run -> a.go:24",
        "func box.put at line 12",
        "  13:2 b.mu.Lock: sync.Mutex.Lock",
        "  14:7 len: builtin.len",
        "  15:5 go func() { c <- n }: closure -> a.go:15",
        "  19:3 run: example.com/a.run -> a.go:24",
        "  21:6 io.Closer: conversion",
        "func box.put.func1 at line 15",
        "func run at line 24",
    ]


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("b.go", "b.go: cannot be read: No such file or directory; did you mean a.go?"),
        ("a.go:boxput", "a.go: no function is called boxput; did you mean box.put?"),
        ("a.go:zzzzzzzz", "a.go: no function is called zzzzzzzz"),
        ("none/a.go", "none/a.go: cannot be read: No such file or directory"),
    ],
)
def test_says_what_is_there_instead(tree: Path, place: str, message: str) -> None:
    with pytest.raises(DebugError) as caught:
        show("types", place, str(tree))
    assert str(caught.value) == message


def test_a_colon_may_belong_to_the_file(tree: Path) -> None:
    (tree / "c:run.go").write_text("package a\n\nfunc odd() {}\n")
    assert ask(tree, "summary", "c:run.go") == "func odd at line 3: nothing"
    assert ask(tree, "summary", "c:run.go:odd") == "func odd at line 3: nothing"


def test_source_cannot_act_on_the_terminal(tree: Path) -> None:
    (tree / "d.go").write_text('package a\n\nfunc d() { print("\x1b[31m\u202e") }\n')
    for what in ("types", "scopes", "cfg", "summary", "calls"):
        for dot in (False, what == "cfg"):
            text = ask(tree, what, "d.go", dot=dot)
            assert "\x1b" not in text
            assert "\u202e" not in text


def test_broken_source_is_shown_as_far_as_it_goes(tree: Path) -> None:
    (tree / "e.go").write_text("package a\n\nfunc e() {\n\trun(\n\tif x := {\n")
    for what in ("types", "scopes", "cfg", "summary", "calls"):
        assert "e" in ask(tree, what, "e.go")


def test_command(tree: Path) -> None:
    ran = run("debug", "summary", "a.go:run", cwd=tree)
    assert (ran.code, ran.out, ran.err) == (0, "func run at line 24: nothing\n", "")
    ran = run("debug", "calls", "x.go", cwd=tree)
    assert (ran.code, ran.out) == (2, "")
    assert "x.go: cannot be read" in ran.err
    assert run("debug", "nonsense", "a.go", cwd=tree).code == 2
    assert "--dot is for cfg" in run("debug", "types", "a.go", "--dot", cwd=tree).err
