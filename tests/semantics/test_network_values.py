"""Where values go, contexts without an end, and addresses: told, or not told."""

from __future__ import annotations

from pathlib import Path

import pytest

from golint_concurrency.files import read_or_none
from golint_concurrency.semantics.addresses import LOOPBACK, OPEN, UNKNOWN, reach_of
from golint_concurrency.semantics.binding import bind_function
from golint_concurrency.semantics.deadlines import never_expires
from golint_concurrency.semantics.module import ModuleIndex
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.program import Program
from golint_concurrency.semantics.stubs.store import StubStore
from golint_concurrency.semantics.whereabouts import Whereabouts, whereabouts_of
from golint_concurrency.syntax import ast

HEAD = """package a

import (
	"context"
	"flag"
	"fmt"
	"net"
	"net/http"
	"time"
)

var _ = flag.String
var _ = fmt.Sprint
var _ net.Conn
var _ http.Client
var _ time.Duration
var _ context.Context
var address = flag.String("address", ":80", "")
var changed = ":80"
"""


def _open(tmp_path: Path, text: str) -> FileScope:
    path = tmp_path / "a.go"
    path.write_text(HEAD + text)
    scope = Program(ModuleIndex(use_cache=False), StubStore.open(), read_or_none).scope_of(
        str(path)
    )
    assert scope is not None
    return scope


def _returned(scope: FileScope, name: str = "f") -> ast.Expr:
    """The expression that the last `return` of a function gives."""
    decl = next(decl for decl in scope.file.decls if decl.name == name)
    nodes = list(ast.walk(bind_function(scope, decl).node))
    return [node for node in nodes if isinstance(node, ast.Return)][-1].results[0]


@pytest.mark.parametrize(
    ("body", "endless"),
    [
        ("return context.Background()", True),
        ("ctx := context.TODO(); return ctx", True),
        ("ctx, cancel := context.WithCancel(context.Background()); _ = cancel; return ctx", True),
        ("return context.WithValue(context.Background(), 1, 2)", True),
        ("ctx, _ := context.WithTimeout(context.Background(), 1); return ctx", False),
        ("return parent", False),
        ("ctx := context.Background(); if true { ctx = parent }; return ctx", False),
        ("ctx, _ := context.WithCancel(parent); return ctx", False),
        ("return other(context.Background())", False),
    ],
)
def test_contexts(tmp_path: Path, body: str, endless: bool) -> None:
    scope = _open(
        tmp_path,
        f"func f(parent context.Context) context.Context {{ {body} }}\n"
        "func other(ctx context.Context) context.Context { return ctx }\n",
    )
    assert never_expires(scope, _returned(scope)) is endless


@pytest.mark.parametrize(
    ("text", "reach"),
    [
        ('":80"', OPEN),
        ('"0.0.0.0:80"', OPEN),
        ('"[::]:80"', OPEN),
        ('"example.com:80"', OPEN),
        ('"localhost:80"', LOOPBACK),
        ('"127.0.0.1:80"', LOOPBACK),
        ('"[::1]:80"', LOOPBACK),
        ('":" + port', OPEN),
        ('"localhost:" + port', LOOPBACK),
        ('fmt.Sprintf(":%d", 80)', OPEN),
        ('fmt.Sprintf("%s:%d", port, 80)', UNKNOWN),
        ('net.JoinHostPort("", port)', OPEN),
        ("net.JoinHostPort(port, port)", UNKNOWN),
        ("*address", OPEN),
        ("changed", UNKNOWN),
        ("port", UNKNOWN),
        ('"/run/socket"', UNKNOWN),
        ('""', UNKNOWN),
    ],
)
def test_addresses(tmp_path: Path, text: str, reach: str) -> None:
    scope = _open(tmp_path, f"func f(port string) string {{ return {text} }}\n")
    assert reach_of(scope, _returned(scope)) == reach


def _follow(tmp_path: Path, text: str) -> Whereabouts:
    scope = _open(tmp_path, text)
    for decl in scope.file.decls:
        if decl.is_function:
            for node in ast.walk(bind_function(scope, decl).node):
                if isinstance(node, ast.CompositeLit) and scope.file.text(node) == "http.Client{}":
                    return whereabouts_of(scope, node)
    raise AssertionError("no client is made")


@pytest.mark.parametrize(
    ("text", "calls", "complete"),
    [
        ("func f() { c := &http.Client{}; c.Get(``) }", 1, True),
        ("func f() { g(&http.Client{}) }\nfunc g(c *http.Client) { c.Get(``) }", 1, True),
        ("func f() *http.Client { return &http.Client{} }\nfunc g() { f().Get(``) }", 1, True),
        ("func F() *http.Client { return &http.Client{} }\nfunc g() { F().Get(``) }", 1, False),
        ("type s struct { c *http.Client }\nfunc f() { _ = s{c: &http.Client{}} }\n"
         "func (x s) g() { x.c.Get(``) }", 1, True),
        ("type s struct { c, d *http.Client }\nfunc f() { _ = s{c: &http.Client{}} }\n"
         "func (x s) g() { x.d.Get(``) }", 0, True),
        ("var c *http.Client\nfunc f() { c = &http.Client{} }\nfunc g() { c.Get(``) }", 1, True),
        ("func f() { _ = []*http.Client{&http.Client{}} }", 0, False),
        ("func f(use func(*http.Client)) { use(&http.Client{}) }", 0, False),
        ("func f(m map[int]*http.Client) { m[1] = &http.Client{} }", 0, False),
        ("func f() { c := &http.Client{}; get := c.Get; get(``) }", 0, False),
        ("func f(ch chan *http.Client) { ch <- &http.Client{} }", 0, False),
    ],
)  # fmt: skip
def test_whereabouts(tmp_path: Path, text: str, calls: int, complete: bool) -> None:
    found = _follow(tmp_path, text + "\n")
    assert len(found.calls) == calls
    assert found.complete is complete


def test_fields_that_are_set(tmp_path: Path) -> None:
    found = _follow(
        tmp_path,
        "type s struct { c http.Client }\nfunc f() *s { return &s{c: http.Client{}} }\n"
        "func (x *s) g(d time.Duration) { x.c.Timeout = d }\n",
    )
    assert list(found.fields) == ["Timeout"]
    assert not found.overwritten


def test_all_is_set(tmp_path: Path) -> None:
    found = _follow(
        tmp_path, "func f(o *http.Client) { c := &http.Client{}; *c = *o; c.Get(``) }\n"
    )
    assert found.overwritten
