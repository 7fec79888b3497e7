"""Which two places of a function can run at the same time, and what guards a place.

In each program below `a()` and `b()` stand for the places; `held(...)` is asked for at `a()`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from golint_concurrency.files import read_or_none
from golint_concurrency.semantics.binding import bind_function
from golint_concurrency.semantics.module import ModuleIndex
from golint_concurrency.semantics.ordering import Place, handed_over, overlap, places_of
from golint_concurrency.semantics.program import Program
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.stubs.store import StubStore
from golint_concurrency.syntax import ast

HEAD = """package p

import (
\t"context"
\t"sync"
\t"sync/atomic"
)

func a() {}
func b() {}

type server struct {
\tmu   sync.RWMutex
\tonce sync.Once
\tflag atomic.Bool
}

func (s *server) lock()   { s.mu.Lock() }
func (s *server) unlock() { s.mu.Unlock() }

var _ = context.Background

func f(s *server, ctx context.Context, wg *sync.WaitGroup, ch chan int) {
"""


def bound(tmp_path: Path, body: str) -> FunctionInfo:
    """The function `f` with this body."""
    (tmp_path / "go.mod").write_text("module example.com/p\n\ngo 1.25\n", encoding="utf-8")
    path = tmp_path / "p.go"
    path.write_text(f"{HEAD}{body}\n}}\n", encoding="utf-8")
    scope = Program(ModuleIndex(use_cache=False), StubStore.open(), read_or_none).scope_of(
        str(path)
    )
    assert scope is not None
    decl = next(decl for decl in scope.file.decls if decl.name == "f")
    return bind_function(scope, decl)


def places(info: FunctionInfo, name: str) -> list[Place]:
    """The places in which the one call `name()` is run."""
    (node,) = (
        part
        for part in ast.walk(info.node)
        if isinstance(part, ast.Call) and isinstance(part.fun, ast.Ident) and part.fun.name == name
    )
    return places_of(info, node)


def place(info: FunctionInfo, name: str) -> Place:
    """The only one of them."""
    (only,) = places(info, name)
    return only


TOGETHER = {
    "after the start": "go func() { a() }()\nb()",
    "wait elsewhere": "go func() { a() }()\nif ctx == nil {\nwg.Wait()\n}\nb()",
    "deadline": "go func() { a(); ch <- 1 }()\nselect {\ncase <-ch:\ncase <-ctx.Done():\nb()\n}",
    "two goroutines": "go func() { a() }()\ngo func() { b() }()",
    "nested": "go func() { go func() { a() }(); b() }()",
    "by a closure": "run := func() { go func() { a() }() }\nrun()\nb()",
    "closure is the goroutine": "work := func() { a() }\ngo work()\nb()",
    "helper in a goroutine": "help := func() { a() }\ngo func() { help() }()\nb()",
    "group": "wg.Go(func() { a() })\nb()\nwg.Wait()",
}
ORDERED = {
    "before the start": "b()\ngo func() { a() }()",
    "one goroutine": "go func() { a(); b() }()",
    "no goroutine": "a()\nb()",
    "called in place": "func() { a() }()\nb()",
    "receive": "go func() { a(); ch <- 1 }()\n<-ch\nb()",
    "closed": "go func() { defer close(ch); a() }()\nfor range ch {\n}\nb()",
    "group": "wg.Add(1)\ngo func() { defer wg.Done(); a() }()\nwg.Wait()\nb()",
    "joined inside": "func() {\nwg.Go(func() { a() })\nwg.Wait()\n}()\nb()",
    "cancelled": "ctx, cancel := context.WithCancel(ctx)\n"
    "go func() { a(); cancel() }()\n<-ctx.Done()\nb()",
    "flag": "go func() { a(); s.flag.Store(true) }()\nfor !s.flag.Load() {\n}\nb()",
    "deferred": "defer func() { b() }()\ngo func() { a() }()",
}


@pytest.mark.parametrize("name", TOGETHER)
def test_together(tmp_path: Path, name: str) -> None:
    info = bound(tmp_path, TOGETHER[name])
    first, second = place(info, "a"), place(info, "b")
    assert overlap(first, second, None) is not None
    assert overlap(second, first, None) is not None


@pytest.mark.parametrize("name", ORDERED)
def test_ordered(tmp_path: Path, name: str) -> None:
    info = bound(tmp_path, ORDERED[name])
    first, second = place(info, "a"), place(info, "b")
    assert overlap(first, second, None) is None
    assert overlap(second, first, None) is None


@pytest.mark.parametrize(
    ("body", "meets"),
    [
        ("for range 3 {\ngo func() { a() }()\n}", True),
        ("for range 3 {\ngo func() { a(); ch <- 1 }()\n<-ch\n}", False),
        ("for {\ngo func() { a() }()\nbreak\n}", False),
        ("go func() { a() }()", False),
        ("run := func() { go func() { a() }() }\nrun()\nrun()", True),
        ("go func() {\nfor range 3 {\na()\n}\n}()", False),
    ],
)
def test_meets_itself(tmp_path: Path, body: str, meets: bool) -> None:
    found = places(bound(tmp_path, body), "a")
    assert any(overlap(one, other, None) for one in found for other in found) is meets


def test_a_closure_that_is_given_away_has_no_place(tmp_path: Path) -> None:
    info = bound(tmp_path, "var hooks []func()\nhooks = append(hooks, func() { a() })\n_ = hooks")
    assert places(info, "a") == []


def test_a_signal_that_may_be_the_one_that_is_waited_for(tmp_path: Path) -> None:
    info = bound(tmp_path, "go func() { <-ch; a() }()\nb()\nclose(ch)")
    first, second = place(info, "a"), place(info, "b")
    assert overlap(first, second, None) is not None
    assert handed_over(first, second)


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        ("s.mu.Lock()\na()\ns.mu.Unlock()", {("mu",)}),
        ("s.mu.Lock()\ns.mu.Unlock()\na()", set()),
        ("s.mu.RLock()\ndefer s.mu.RUnlock()\na()", {("mu",)}),
        ("if ctx != nil {\ns.mu.Lock()\n}\na()", {("mu",)}),
        ("s.lock()\ndefer s.unlock()\na()", {("*",)}),
        ("s.lock()\ns.unlock()\na()", set()),
        ("s.mu.Lock()\nfunc() { a() }()", {("mu",)}),
        ("s.mu.Lock()\ngo func() { a() }()", set()),
        ("s.mu.Lock()\ndefer s.mu.Unlock()\ndefer func() { a() }()", {("mu",)}),
        ("s.once.Do(func() { a() })", {()}),
        ("if s.flag.CompareAndSwap(false, true) {\na()\n}", {("flag",)}),
    ],
)
def test_guards(tmp_path: Path, body: str, paths: set[tuple[str, ...]]) -> None:
    held = place(bound(tmp_path, body), "a").held()
    assert {guard.path for guard in held} - {("once",)} == paths
