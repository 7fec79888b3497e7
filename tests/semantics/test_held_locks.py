"""Which locks are held at a call of `mark`, and which are perhaps not."""

from __future__ import annotations

from pathlib import Path

import pytest

from golint_concurrency.files import read_or_none
from golint_concurrency.semantics.binding import bind_function
from golint_concurrency.semantics.callgraph import calls_in
from golint_concurrency.semantics.held_locks import locks_in, net_of
from golint_concurrency.semantics.module import ModuleIndex
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.program import Program
from golint_concurrency.semantics.stubs.store import StubStore

HEAD = """package a

import "sync"

func mark() {}

type inner struct{ sync.Mutex }

type store struct {
	mu    sync.Mutex
	rw    sync.RWMutex
	part  inner
	parts []inner
	next  *store
}

func (s *store) enter() { s.mu.Lock() }
func (s *store) leave() { s.mu.Unlock() }
func (s *store) maybe(b bool) {
	if b {
		s.mu.Unlock()
	}
}
func (s *store) balanced() {
	s.mu.Lock()
	defer s.mu.Unlock()
}
func (s *store) yields() {
	s.mu.Unlock()
	s.mu.Lock()
}
func keep(f func()) {}
"""


def scope_of(tmp_path: Path, body: str) -> FileScope:
    path = tmp_path / "a.go"
    path.write_text(f"{HEAD}\nfunc f(s *store, b bool, all []*store) {{\n{body}\n}}\n")
    scope = Program(ModuleIndex(use_cache=False), StubStore.open(), read_or_none).scope_of(
        str(path)
    )
    assert scope is not None
    return scope


def held(tmp_path: Path, body: str) -> list[str]:
    scope = scope_of(tmp_path, body)
    info = bind_function(scope, next(decl for decl in scope.file.decls if decl.name == "f"))
    call = next(site.call for site in calls_in(info) if site.name.endswith(".mark"))
    return [
        f"{'.'.join((entry.lock[0].name, *entry.lock[1]))} {entry.mode}"
        for entry in locks_in(info).must_hold(call)
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("s.mu.Lock(); mark(); s.mu.Unlock()", ["s.mu w"]),
        ("s.mu.Lock(); defer s.mu.Unlock(); mark()", ["s.mu w"]),
        ("s.rw.RLock(); mark(); s.rw.RUnlock()", ["s.rw r"]),
        ("s.mu.Lock(); s.mu.Unlock(); mark()", []),
        ("if b { s.mu.Lock() }; mark()", []),
        ("if b { s.mu.Lock() }; g := 1; _ = g; if b { mark(); s.mu.Unlock() }", ["s.mu w"]),
        ("if s.mu.TryLock() { mark() }", ["s.mu w"]),
        ("if !s.mu.TryLock() { mark() }", []),
        ("ok := s.mu.TryLock(); _ = ok; mark()", []),
        ("s.part.Lock(); mark()", ["s.part.Mutex w"]),
        ("p := &s.part; p.Mutex.Lock(); mark()", ["s.part.Mutex w"]),
        ("s.parts[0].Lock(); mark()", ["s.parts.[].Mutex w"]),
        ("s.parts[0].Lock(); s.parts[0].Unlock(); mark()", []),
        ("s.enter(); mark(); s.leave()", ["s.mu w"]),
        ("s.mu.Lock(); s.leave(); mark()", []),
        ("s.mu.Lock(); s.maybe(b); mark()", []),
        ("s.mu.Lock(); s.yields(); mark()", ["s.mu w"]),
        ("s.rw.Lock(); s.balanced(); mark()", ["s.rw w"]),
        ("s.mu.Lock(); keep(s.mu.Unlock); mark()", []),
        ("s.mu.Lock(); keep(func() { s.mu.Unlock() }); mark()", []),
        ("s.mu.Lock(); go func() { s.rw.Lock(); s.rw.Unlock() }(); mark()", ["s.mu w"]),
        ("s.mu.Lock(); func() { s.mu.Unlock() }(); mark()", []),
        ("s.mu.Lock(); s = s.next; mark()", []),
        ("for _, s := range all { s.mu.Lock() }; mark()", []),
        ("s.next.mu.Lock(); s.next = nil; mark()", []),
    ],
)
def test_held(tmp_path: Path, body: str, expected: list[str]) -> None:
    assert held(tmp_path, body) == expected


@pytest.mark.parametrize(
    ("name", "takes", "gives"),
    [
        ("enter", [("w", True)], []),
        ("leave", [], [("w", True)]),
        ("maybe", [], [("w", False)]),
        ("balanced", [], []),
        ("yields", [], []),
    ],
)
def test_net(
    tmp_path: Path, name: str, takes: list[tuple[str, bool]], gives: list[tuple[str, bool]]
) -> None:
    scope = scope_of(tmp_path, "mark()")
    net = net_of(bind_function(scope, next(d for d in scope.file.decls if d.name == name)))
    assert (list(net.takes.values()), list(net.gives.values())) == (takes, gives)
