"""`new` of a value (Go 1.26), which tree-sitter's grammar does not know."""

from __future__ import annotations

from golint_concurrency.syntax import ast
from golint_concurrency.syntax.file import File

SOURCE = b"""package p

func f(n int) (*int, *string, *T, *[]int, *map[string]int) {
	return new(max(n, 1)), new("x"), new(T), new([]int), new(map[string]int)
}

type T struct{ a *bool }

var t = T{a: new(!false)}
"""


def calls(node: ast.Node) -> list[ast.Call]:
    return [kid for kid in ast.walk(node) if isinstance(kid, ast.Call)]


def test_the_file_is_whole() -> None:
    file = File("x.go", SOURCE)
    assert not file.broken
    assert [decl.symbol for decl in file.decls] == ["f", "T", "t"]


def test_it_is_still_called_new() -> None:
    file = File("x.go", SOURCE)
    found = [file.text(call) for call in calls(file.decls[0].function())]
    assert found == ["new(max(n, 1))", "max(n, 1)", 'new("x")', "new(T)", "new([]int)",
                     "new(map[string]int)"]  # fmt: skip
    names = [call.fun.name for call in calls(file.decls[2].value_spec())
             if isinstance(call.fun, ast.Ident)]  # fmt: skip
    assert names == ["new"]


def test_a_function_that_shadows_make_takes_values() -> None:
    file = File("x.go", b"package p\n\nfunc f(make func(int) int) int { return make(2 - 1) }\n")
    assert not file.broken
    assert [file.text(call) for call in calls(file.decls[0].function())] == ["make(2 - 1)"]


def test_a_file_that_is_broken_elsewhere_keeps_its_other_errors() -> None:
    file = File("x.go", SOURCE + b"\nfunc g( {\n")
    assert file.broken
    assert "f" in [decl.symbol for decl in file.decls]
