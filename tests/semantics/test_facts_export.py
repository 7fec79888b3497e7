"""Facts of a package leave as bytes and come back the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from golint_concurrency.files import read_or_none
from golint_concurrency.semantics import summaries
from golint_concurrency.semantics.binding import bind_function
from golint_concurrency.semantics.facts_export import (
    EffectFact,
    FactsError,
    PackageFacts,
    export,
    from_bytes,
    to_bytes,
)
from golint_concurrency.semantics.module import ModuleIndex
from golint_concurrency.semantics.package import Package
from golint_concurrency.semantics.program import Program
from golint_concurrency.semantics.stubs.store import StubStore
from golint_concurrency.semantics.summary_text import words
from tests.linting import TESTDATA

SOURCE = """package a

import (
	"context"
	"io"
	"sync"
)

var mu sync.Mutex

type pool struct {
	mu sync.Mutex
	wg sync.WaitGroup
}

func (p *pool) run(ctx context.Context, in chan int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	go func() {
		defer p.wg.Done()
		in <- 1
	}()
	helper(ctx)
}

func helper(context.Context) {}

func shut(_ int, c io.Closer) { c.Close() }

func locked() { mu.Lock() }

func even(n int, c chan int) { odd(n-1, c) }

func odd(n int, c chan int) { even(n-1, c); <-c }

func assembly()

func init() { locked() }
"""


def package_of(path: Path) -> Package:
    return Program(ModuleIndex(use_cache=False), StubStore.open(), read_or_none).package_of(
        str(path)
    )


@pytest.fixture
def facts(tmp_path: Path) -> PackageFacts:
    (tmp_path / "go.mod").write_text("module example.com/a\n\ngo 1.22\n")
    (tmp_path / "a.go").write_text(SOURCE)
    return export(package_of(tmp_path / "a.go"))


def test_variables_are_named_by_their_place(facts: PackageFacts) -> None:
    assert facts.path == "example.com/a"
    assert list(facts.functions) == ["even", "helper", "locked", "odd", "pool.run", "shut"]
    run = facts.functions["pool.run"]
    assert "takes-ctx" in run.control
    assert "starts-goroutine" in run.control
    assert run.effects == (
        EffectFact("1", "", "send", "", "go"),
        EffectFact("receiver", "mu", "lock", "", "now"),
        EffectFact("receiver", "mu", "unlock", "", "defer"),
        EffectFact("receiver", "wg", "done", "", "go"),
    )
    assert facts.functions["shut"].effects == (
        EffectFact("1", "", "always", "Close", ""),
        EffectFact("1", "", "call", "Close", "now"),
    )
    assert facts.functions["locked"].effects == (EffectFact("mu", "", "lock", "", "now"),)
    for name in ("even", "odd"):
        assert facts.functions[name].effects == (EffectFact("1", "", "receive", "", "now"),)


def test_bytes_come_back_the_same(facts: PackageFacts) -> None:
    data = to_bytes(facts)
    assert from_bytes(data) == facts
    assert to_bytes(from_bytes(data)) == data


@pytest.mark.parametrize("name", ["basics", "values"])
def test_do_not_depend_on_what_was_asked_before(name: str) -> None:
    path = TESTDATA / "summaries" / f"{name}.go"
    fresh = to_bytes(export(package_of(path)))
    asked = package_of(path)
    for scope in asked.scopes.values():
        for decl in reversed(scope.file.decls):
            if decl.is_function:
                words(summaries.of(bind_function(scope, decl)))
    assert to_bytes(export(asked)) == fresh
    assert len(fresh) < sum(len(file.content) for file in asked.files)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"[]",
        b"[" * 100_000,
        b"{}",
        b'{"version":0,"path":"a","facts":[],"functions":{}}',
        b'{"version":1,"path":1,"facts":[],"functions":{}}',
        b'{"version":1,"path":"a","facts":[1],"functions":{}}',
        b'{"version":1,"path":"a","facts":[["0"]],"functions":{}}',
        b'{"version":1,"path":"a","facts":[],"functions":{"f":[0]}}',
        b'{"version":1,"path":"a","facts":["x"],"functions":{"f":[-1]}}',
        b'{"version":1,"path":"a","facts":["x"],"functions":{"f":[true]}}',
        b'{"version":1,"path":"a","facts":["x"],"functions":["f"]}',
    ],
)
def test_damaged_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(FactsError):
        from_bytes(data)
