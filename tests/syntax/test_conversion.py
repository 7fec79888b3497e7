"""Conversions to composite types, where the grammar and Go disagree about precedence."""

from __future__ import annotations

import pytest

from golint_concurrency.syntax import ast
from golint_concurrency.syntax.file import File


def _value(expression: str) -> ast.Expr:
    file = File("x.go", f"package p\n\nfunc f() {{ _ = {expression} }}\n".encode())
    assert not file.broken
    body = file.decls[0].function().body
    assert body is not None
    assign = body.stmts[0]
    assert isinstance(assign, ast.Assign)
    return assign.rhs[0]


@pytest.mark.parametrize("target", ["(*[]string)", "(*[8]byte)", "(*map[string]int)"])
def test_a_star_before_a_conversion_dereferences_its_result(target: str) -> None:
    star = _value(f"*{target}(x)")
    assert isinstance(star, ast.Star)
    call = star.x
    assert isinstance(call, ast.Call)
    assert call.parent is star
    assert star.end == call.end
    assert call.start == star.start + 1
    assert isinstance(call.fun, ast.Paren)
    assert isinstance(call.fun.x, ast.Star)


def test_two_stars_dereference_twice() -> None:
    outer = _value("**(**[]string)(x)")
    assert isinstance(outer, ast.Star)
    assert isinstance(outer.x, ast.Star)
    assert isinstance(outer.x.x, ast.Call)


def test_a_plain_conversion_has_the_whole_type() -> None:
    call = _value("[]byte(x)")
    assert isinstance(call, ast.Call)
    assert isinstance(call.fun, ast.ArrayType)


def test_a_parenthesized_pointer_type_stays_the_target() -> None:
    call = _value("(*[]string)(x)")
    assert isinstance(call, ast.Call)
    assert isinstance(call.fun, ast.Paren)
