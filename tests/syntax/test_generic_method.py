"""Methods with type parameters (Go 1.27), which tree-sitter's grammar does not know."""

from __future__ import annotations

from golint_concurrency.syntax import ast
from golint_concurrency.syntax.file import File

SOURCE = b"""package p

type List[E any] struct{ items []E }

func (l *List[E]) Map[K comparable, V interface{ ~[]K }](f func(E) K, rest ...V) map[K]V {
	return nil
}

func (l List[E]) Len() int { return len(l.items) }
"""


def test_the_file_is_whole_and_every_declaration_is_there() -> None:
    file = File("x.go", SOURCE)
    assert not file.broken
    assert [decl.symbol for decl in file.decls] == ["List", "List.Map", "List.Len"]
    assert file.content == SOURCE


def test_the_method_has_its_type_parameters_in_place() -> None:
    file = File("x.go", SOURCE)
    for node in (file.decls[1].signature(), file.decls[1].function()):
        params = node.type.type_params
        assert [name.name for field in params for name in field.names] == ["K", "V"]
        assert [file.text(field) for field in params] == [
            "K comparable",
            "V interface{ ~[]K }",
        ]
        assert all(field.parent is node.type for field in params)
        assert file.text(node.type.params[0]) == "f func(E) K"
    body = file.decls[1].function().body
    assert body is not None
    assert isinstance(body.stmts[0], ast.Return)


def test_other_methods_have_none() -> None:
    assert File("x.go", SOURCE).decls[2].signature().type.type_params == []


def test_a_type_parameter_list_without_an_end_is_an_error_not_a_hang() -> None:
    file = File("x.go", b"package p\n\nfunc (l L) M[K any\n" + b"[" * 5000 + b"\nfunc g() {}\n")
    assert file.broken


def test_text_in_a_string_that_looks_like_a_method_stays_as_written() -> None:
    source = b"package p\n\nfunc f( {}\n\nconst s = `\nfunc (l L) M[K any]() {}\n`\n"
    file = File("x.go", source)
    consts = [decl for decl in file.decls if decl.kind == "const"]
    values = consts[0].value_spec().values
    assert file.text(values[0]) == "`\nfunc (l L) M[K any]() {}\n`"
    assert isinstance(values[0], ast.BasicLit)
    assert "[K any]" in values[0].value
