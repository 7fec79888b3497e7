"""Callers of a function are found as they are asked for, and all of them in the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from golint_concurrency.compiled import is_compiled
from golint_concurrency.files import read_or_none
from golint_concurrency.semantics import callgraph
from golint_concurrency.semantics.callgraph import all_callers, callers_of, each_caller_of
from golint_concurrency.semantics.module import ModuleIndex
from golint_concurrency.semantics.objects import Member
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.program import Program
from golint_concurrency.semantics.stubs.store import StubStore
from golint_concurrency.syntax import ast

FILES = {
    "a.go": "package shop\n\nfunc sell() {}\n\nfunc one() { sell() }\n",
    "b.go": "package shop\n\nfunc two() { sell(); sell() }\n\nfunc other(sell func()) { sell() }\n",
}


@pytest.fixture
def sell(tmp_path: Path) -> Member:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    program = Program(ModuleIndex(use_cache=False), StubStore.open(), read_or_none)
    scope = program.scope_of(str(tmp_path / "a.go"))
    assert scope is not None
    member = scope.package.member("sell")
    assert member is not None
    return member


def names(sites: object) -> list[str]:
    return [decl.name for _, decl, _ in sites]  # type: ignore[attr-defined]


def test_all_are_found_whoever_began_to_look(sell: Member) -> None:
    assert next(each_caller_of(sell))[1].name == "one"
    assert names(callers_of(sell)) == ["one", "two", "two"]
    assert names(each_caller_of(sell)) == ["one", "two", "two"]


def test_two_can_look_by_turns(sell: Member) -> None:
    pairs = [(first[1].name, names(each_caller_of(sell))) for first in each_caller_of(sell)]
    assert pairs == [(name, ["one", "two", "two"]) for name in ("one", "two", "two")]


def test_all_callers_stops_at_the_first_that_fails(sell: Member) -> None:
    asked: list[ast.Call] = []

    def fails(_: FileScope, call: ast.Call) -> bool:
        asked.append(call)
        return False

    assert not all_callers(sell, fails)
    assert len(asked) == 1
    assert all_callers(sell, lambda _, call: True)
    other = sell.package.member("other")
    assert other is not None and not all_callers(other, lambda _, call: True), "nobody calls it"


@pytest.mark.skipif(is_compiled(), reason="native code does not look names up to call them")
def test_a_search_that_failed_goes_on(sell: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    sites = each_caller_of(sell)
    assert next(sites)[1].name == "one"

    def fail(*_: object) -> None:
        raise RecursionError

    with monkeypatch.context() as patched:
        patched.setattr(callgraph, "callee_of", fail)
        with pytest.raises(RecursionError):
            next(sites)
    assert names(callers_of(sell)) == ["one", "two", "two"]
