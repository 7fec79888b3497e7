"""The semantic layer agrees with the compiler on a sample of the standard library.

`benchmarks/truth.py` asks the same of all of it.
"""

from __future__ import annotations

import dataclasses

import pytest

from golint_concurrency.semantics.stubs.store import StubStore

from .compare import Comparison, Tally, compare_file
from .oracle import FileTruth, Oracle
from .stdlib import StandardLibrary, StubbedLibrary

SAMPLE = (
    "container/list",
    "context",
    "database/sql",
    "errors",
    "iter",
    "log/slog",
    "maps",
    "math/rand/v2",
    "net/http",
    "net/http/httputil",
    "net/rpc",
    "os/exec",
    "slices",
    "sync",
    "testing",
    "text/template",
    "time",
    "unique",
)
"""Servers, databases, locks and timers; generics, iterators and embedding."""

# The standard library is described to the oracle once, by one process.
pytestmark = pytest.mark.xdist_group("truth")


@pytest.fixture(scope="module")
def library(oracle: Oracle) -> StandardLibrary:
    """The standard library by its source."""
    return StandardLibrary(oracle.standard_packages())


@pytest.fixture(scope="module")
def truths(oracle: Oracle) -> list[FileTruth]:
    """What the compiler says of the sample."""
    return list(oracle.run(SAMPLE))


@pytest.fixture(scope="module", params=["source", "stubs"])
def comparison(
    request: pytest.FixtureRequest, oracle: Oracle, truths: list[FileTruth]
) -> Comparison:
    """The sample compared, imports read from source, and from our stubs as a service has them."""
    packages = oracle.standard_packages()
    imports = (
        StandardLibrary(packages)
        if request.param == "source"
        else StubbedLibrary(packages, StubStore.open())
    )
    result = Comparison()
    for truth in truths:
        compare_file(truth, imports, result)
    return result


def _explain(comparison: Comparison) -> str:
    return "\n".join([*comparison.lines(), *comparison.report()])


def test_the_sample_is_large_enough_to_mean_something(comparison: Comparison) -> None:
    assert comparison.names.asked > 30_000, _explain(comparison)
    assert comparison.receivers.asked > 3_000
    assert comparison.captures.asked > 200


def test_names_stand_for_what_the_compiler_says(comparison: Comparison) -> None:
    assert comparison.names.agreement >= 99.9, _explain(comparison)


def test_types_of_receivers_are_known_and_right(comparison: Comparison) -> None:
    assert comparison.receivers.known >= 99.5, _explain(comparison)
    assert comparison.receivers.precision >= 99.95, _explain(comparison)


def test_types_of_results_are_known_and_right(comparison: Comparison) -> None:
    assert comparison.results.known >= 99.5, _explain(comparison)
    assert comparison.results.precision >= 99.95, _explain(comparison)


def test_selectors_select_what_the_compiler_says(comparison: Comparison) -> None:
    assert comparison.members.known >= 99.5, _explain(comparison)
    assert comparison.members.precision >= 99.95, _explain(comparison)


def test_closures_capture_what_the_compiler_says(comparison: Comparison) -> None:
    assert comparison.captures.agreement >= 99.9, _explain(comparison)


# ------------------------------------------------- the comparison itself sees what is wrong


def _falsified(truth: FileTruth, library: StandardLibrary) -> Comparison:
    result = Comparison()
    compare_file(truth, library, result)
    return result


@pytest.fixture(scope="module")
def server(truths: list[FileTruth]) -> FileTruth:
    """A file with everything in it."""
    return next(t for t in truths if t.package == "net/http" and t.path.name == "server.go")


def _assert_all_wrong(tally: Tally, least: int) -> None:
    assert tally.asked >= least
    assert tally.right == 0, tally


def test_a_shifted_declaration_is_seen(server: FileTruth, library: StandardLibrary) -> None:
    idents = tuple(
        dataclasses.replace(i, decl=i.decl + 1)
        for i in server.idents
        if i.kind == "var" and i.decl is not None and i.decl > server.idents[0].offset
    )
    found = _falsified(dataclasses.replace(server, idents=idents), library)
    assert found.names.wrong > 0.9 * found.names.asked > 900


def test_another_type_is_seen(server: FileTruth, library: StandardLibrary) -> None:
    calls = tuple(
        dataclasses.replace(c, receiver=c.receiver and f"*{c.receiver}", result=f"*{c.result}")
        for c in server.calls
    )
    found = _falsified(dataclasses.replace(server, calls=calls), library)
    _assert_all_wrong(found.receivers, 300)
    _assert_all_wrong(found.results, 500)


def test_another_member_is_seen(server: FileTruth, library: StandardLibrary) -> None:
    idents = tuple(
        dataclasses.replace(i, kind="method" if i.kind == "field" else "field", decl=None, where="")
        for i in server.idents
        if i.kind in ("method", "field")
    )
    found = _falsified(dataclasses.replace(server, idents=idents), library)
    _assert_all_wrong(found.members, 500)


def test_another_capture_is_seen(server: FileTruth, library: StandardLibrary) -> None:
    closures = tuple(
        dataclasses.replace(c, captures=(*c.captures, ("phantom", 1))) for c in server.closures
    )
    found = _falsified(dataclasses.replace(server, closures=closures), library)
    _assert_all_wrong(found.captures, 10)
