"""What is found in a file does not depend on what else is linted, before it or beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from golint_concurrency import pool, run
from golint_concurrency.cli import cli

STORE = """package shop

import (
	"net/http"
	"sync"
)

type store struct {
	mu    sync.RWMutex
	count int
}

func (s *store) sum() int {
	s.count = 0
	return s.count
}

func (s *store) Sum() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.sum()
}

func (s *store) Fetch() {
	_, _ = http.Get("https://example.org")
}
"""
TEST = """package shop

import "testing"

func TestSum(t *testing.T) {
	s := &store{}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.sum() != 0 {
		t.Fatal()
	}
}
"""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GOLINT_CONCURRENCY_CACHE", str(tmp_path / "cache"))
    top = tmp_path / "shop"
    top.mkdir()
    (top / "go.mod").write_text("module example.com/shop\n\ngo 1.22\n", encoding="utf-8")
    (top / "store.go").write_text(STORE, encoding="utf-8")
    (top / "store_test.go").write_text(TEST, encoding="utf-8")
    monkeypatch.chdir(top)
    return top


def found(*arguments: str) -> list[tuple[str, str, int]]:
    asked = ["check", *arguments, "--isolated", "--format", "json", "-q"]
    result = CliRunner().invoke(cli, asked)
    return [
        (item["rule"], item["path"], item["start"]["line"])
        for item in json.loads(result.stdout)["diagnostics"]
    ]


def test_tests_alone_and_with_what_they_test(shop: Path) -> None:
    alone = found("store_test.go", "--no-cache")
    assert [rule for rule, _, _ in alone] == ["GLC513"]
    together = found("./...", "--no-cache")
    assert [item for item in together if item[1] == "store_test.go"] == alone
    rest = found("store.go", "--no-cache")
    assert sorted(rest + alone) == sorted(together)


def test_a_large_directory_in_two_batches(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = found("./...", "--no-cache")
    monkeypatch.setattr(run, "PARALLEL_BYTES", 0)
    monkeypatch.setattr(run, "CACHED_BYTES", 0)
    monkeypatch.setattr(run, "_SPLIT_BYTES", 100)
    for options in (["-j", "1", "--no-cache"], ["-j", "2", "--no-cache"], ["-j", "2"], ["-j", "2"]):
        assert found("./...", *options) == whole
    (shop / "store_test.go").write_text("package shop\n", encoding="utf-8")
    assert found("./...") == [item for item in whole if item[1] == "store.go"]


def test_half_a_directory_is_not_kept(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left when the process of the other half has died."""
    whole = found("./...", "--no-cache")
    for name, size in (("PARALLEL_BYTES", 0), ("CACHED_BYTES", 0), ("_SPLIT_BYTES", 100)):
        monkeypatch.setattr(run, name, size)
    lint = pool.run

    def die_once(work: Any, pieces: Any, *rest: Any) -> list[Any]:
        results = lint(work, pieces, *rest)
        return [results[0], None] if len(pieces) == 2 else results

    with monkeypatch.context() as patched:
        patched.setattr(pool, "run", die_once)
        assert found("./...") == whole
    assert found("./...") == whole
