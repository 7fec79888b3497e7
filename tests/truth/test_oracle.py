"""The oracle says true and complete things about two small packages read by eye."""

from __future__ import annotations

import pytest

from .oracle import FileTruth, Oracle, OracleError

# The standard library is described to the oracle once, by one process.
pytestmark = pytest.mark.xdist_group("truth")


@pytest.fixture(scope="module")
def files(oracle: Oracle) -> dict[str, FileTruth]:
    """Records by "package/file"."""
    names = ["errors", "container/list", "sync"]
    return {f"{f.package}/{f.path.name}": f for f in oracle.run(names)}


def test_every_file_is_there(files: dict[str, FileTruth]) -> None:
    assert {
        "errors/errors.go",
        "errors/join.go",
        "errors/wrap.go",
        "container/list/list.go",
    } <= set(files)
    assert not any(name.endswith("_test.go") for name in files)


def test_offsets_point_at_the_names(files: dict[str, FileTruth]) -> None:
    for file in files.values():
        source = file.path.read_bytes()
        for ident in file.idents:
            name = ident.name.encode()
            assert source[ident.offset : ident.offset + len(name)] == name
            if ident.decl is not None:
                declaring = file.path.with_name(ident.where).read_bytes()
                assert declaring[ident.decl : ident.decl + len(name)] == name


def test_kinds_and_places(files: dict[str, FileTruth]) -> None:
    idents = files["errors/wrap.go"].idents
    by_name = {(i.name, i.kind, i.where if i.decl is None else "") for i in idents}
    assert ("nil", "nil", "universe") in by_name
    assert ("reflectlite", "pkg", "internal/reflectlite") in by_name
    assert ("TypeOf", "func", "internal/reflectlite.TypeOf") in by_name
    assert ("Unwrap", "method", "") in by_name
    assert ("panic", "builtin", "universe") in by_name
    assert ("next", "field", "") in {
        (i.name, i.kind, "") for i in files["container/list/list.go"].idents
    }


def test_calls_have_receiver_and_result(files: dict[str, FileTruth]) -> None:
    file = files["container/list/list.go"]
    source = file.path.read_bytes()
    found = {
        source[c.start : c.end].decode(): (c.receiver, c.result)
        for c in file.calls
        if c.receiver or c.result == "()"
    }
    assert found["l.lazyInit()"] == ("*container/list.List", "()")
    assert found["l.insertValue(v, &l.root)"] == (
        "*container/list.List",
        "*container/list.Element",
    )
    assert {c.result for c in file.calls if source[c.start : c.start + 3] == b"new"} == {
        "*container/list.List"
    }


def test_closures_and_their_captures(files: dict[str, FileTruth]) -> None:
    file = files["sync/oncefunc.go"]
    assert file.closures
    source = file.path.read_bytes()
    for closure in file.closures:
        assert source.startswith(b"func(", closure.offset)
        assert list(closure.captures) == sorted(closure.captures)
        for name, decl in closure.captures:
            assert source[decl:].startswith(name.encode())
            assert decl < closure.offset
    assert {"d"} in [{name for name, _ in c.captures} for c in file.closures]


def test_an_unknown_package_is_an_error(oracle: Oracle) -> None:
    with pytest.raises(OracleError, match="no/such/package"):
        list(oracle.run(["no/such/package"]))
