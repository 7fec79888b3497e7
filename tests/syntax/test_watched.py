"""Parsing ends in time, whatever the parser makes of it."""

from __future__ import annotations

import time

import pytest
from tree_sitter import Query, QueryCursor

from golint_concurrency.syntax.file import File
from golint_concurrency.syntax.parse import LANGUAGE, UNREADABLE, parse, parse_part

HEAD = b"package p\n\nfunc before() {}\n\n"
LOSING = ["a.b(", "f(", "a[", "x.y[", "f(g["]
"""What many readings fit to as long as it does not end."""


@pytest.mark.parametrize("text", [*LOSING, "`", '"', "x := a[b("])
def test_what_the_parser_gets_lost_in(text: str) -> None:
    size = 200_000
    hostile = b"func f() {\n" + text.encode() * (size // len(text))
    began = time.process_time()
    part = parse_part(HEAD + hostile, len(HEAD), len(HEAD) + len(hostile))
    whole = parse(HEAD + hostile)
    took = time.process_time() - began
    assert part.root_node.has_error
    assert whole.root_node.has_error
    assert took < 2 * (0.5 + 0.4) + 1


@pytest.mark.parametrize("text", LOSING)
def test_the_rest_of_the_file_is_read(text: str) -> None:
    hostile = b"func f() {\n" + text.encode() * (40_000 // len(text)) + b"\n}\n\n"
    file = File("a.go", HEAD + hostile + b"func after() {}\n")
    assert [decl.name for decl in file.decls if not decl.is_broken] == ["before", "after"]
    assert file.broken
    assert [start for start, _end in file.errors()] == [len(HEAD)]
    copy = file.anew()
    assert copy.broken
    assert copy.errors() == file.errors()


def test_the_parser_starts_anew() -> None:
    hostile = HEAD + b"func f() {\n" + b"f(" * 20_000
    assert parse(hostile) is UNREADABLE
    assert not parse(HEAD).root_node.has_error
    assert parse_part(hostile, len(HEAD), len(hostile)) is UNREADABLE
    assert not parse_part(hostile, 0, len(HEAD)).root_node.has_error


@pytest.mark.parametrize(
    "line",
    [b'\tf(a.b(c), d[e](1), `x`, "y", func() int { return 1 })\n', b"\t{1, 2, 3, 4},\n", b"f()\n"],
)
def test_large_files_are_read_to_their_end(line: bytes) -> None:
    lines = line * (400_000 // len(line))
    body = b"func f() {\n" + lines + b"}\n"
    if b"{1" in line:
        body = b"var t = [][]int{\n" + lines + b"}\n"
    content = HEAD + body
    assert not parse(content).root_node.has_error
    root = parse_part(content, len(HEAD), len(content)).root_node
    assert not root.has_error
    text = root.children[0].text
    assert text is not None
    assert text.rstrip() == body.rstrip()


def test_text_of_nodes_in_a_large_file_costs_no_copy_of_it() -> None:
    content = HEAD + b"func f() { a(); b(); time.After(1) }\n" * 20_000
    root = parse(content).root_node
    query = Query(LANGUAGE, '((call_expression function: (identifier) @f) (#eq? @f "b"))')
    began = time.process_time()
    assert len(QueryCursor(query).captures(root)["f"]) == 20_000
    assert time.process_time() - began < 3
