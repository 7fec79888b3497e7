"""Which functions can copy a lock, told from text: never too few."""

from __future__ import annotations

from pathlib import Path

import pytest

from golint_concurrency.files import read_or_none
from golint_concurrency.semantics.copies import may_copy_locks
from golint_concurrency.semantics.module import ModuleIndex
from golint_concurrency.semantics.program import Program
from golint_concurrency.semantics.stubs.store import StubStore

_PACKAGE = """package p

import (
	"example.com/other"
	"sync"
	"time"
)

type guarded struct {
	mu sync.Mutex
	n  int
}

type many []guarded

type holder struct {
	all   many
	one   *guarded
	since time.Time
}

var shared = guarded{}

func FUNCTION
"""


@pytest.mark.parametrize(
    ("function", "may"),
    [
        ("f(g guarded) {\n}", True),
        ("f(h *holder) {\n\tfor _, g := range h.all {\n\t\tuse(g)\n\t}\n}", True),
        ("f(h *holder) {\n\tg := *h.one\n}", True),
        ("f() any {\n\treturn shared\n}", True),
        ("f(wg sync.WaitGroup) {\n}", True),
        ("f(t other.Thing) {\n}", True),
        ("f(h *holder) time.Time {\n\treturn h.since\n}", False),
        ("f(h *holder) *guarded {\n\treturn h.one\n}", False),
        ("f(t *other.Thing, d time.Duration) {\n\tt.Wait(d)\n}", False),
    ],
)
def test_only_what_may_copy_wakes(tmp_path: Path, function: str, may: bool) -> None:
    path = tmp_path / "p.go"
    path.write_text(_PACKAGE.replace("FUNCTION", function))
    program = Program(ModuleIndex(), StubStore.open(), read_or_none)
    scope = program.scope_of(str(path))
    assert scope is not None
    decl = next(decl for decl in scope.file.decls if decl.name == "f")
    assert may_copy_locks(scope, decl) is may
