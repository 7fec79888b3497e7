"""Values of constants: right or not told."""

from __future__ import annotations

from pathlib import Path

import pytest

from golint_concurrency.files import read_or_none
from golint_concurrency.semantics.binding import bind_value
from golint_concurrency.semantics.constants import Value
from golint_concurrency.semantics.denote import constant
from golint_concurrency.semantics.module import ModuleIndex
from golint_concurrency.semantics.program import Program
from golint_concurrency.semantics.stubs.store import StubStore


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("^0", -1),
        ("^(1)", -2),
        ("^uint32(0)", None),  # 4294967295: no caller may take it for -1
        ("int(^uint(0) >> 1)", None),
        ("1 << 10", 1024),
        ("-(3 * 4)", -12),
        ("!true", False),
    ],
)
def test_value(tmp_path: Path, text: str, value: Value | None) -> None:
    path = tmp_path / "a.go"
    path.write_text(f"package a\n\nconst x = {text}\n")
    scope = Program(ModuleIndex(use_cache=False), StubStore.open(), read_or_none).scope_of(
        str(path)
    )
    assert scope is not None
    spec = bind_value(scope, scope.file.decls[0])
    assert constant(scope, spec.values[0]) == value
    assert type(constant(scope, spec.values[0])) is type(value)
