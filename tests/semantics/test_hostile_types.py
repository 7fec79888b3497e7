"""Declarations made to exhaust whoever works out their types: they end, quickly and silently.

The code is of kinds that no compiler run is needed for: a linted repository can hold any of it.
"""

from __future__ import annotations

import random
import time

import pytest

from golint_concurrency.semantics.binding import bind_function, bind_value
from golint_concurrency.semantics.denote import bind_type, constant, is_type, underlying
from golint_concurrency.semantics.infer import callee_of, selection_of, type_of
from golint_concurrency.semantics.package import FileScope, Package
from golint_concurrency.syntax import ast
from golint_concurrency.syntax.file import Decl, File

SECONDS = 8.0
"""What each case may take on a busy machine; all of them take far less than a second alone.
Those that this test is about would take hours, or all memory."""


class _NoPackages:
    def package(self, path: str, importer: Package) -> Package | None:
        return None


def _lines(template: str, count: int) -> str:
    """`template` with {0} and {1} for each number and the one after it."""
    return "\n".join(
        template.replace("{0}", str(i)).replace("{1}", str(i + 1)) for i in range(count)
    )


CASES = {
    "aliases of each other": "type A = B\ntype B = A\nfunc f(a A) { a.x(); for range a {} }",
    "a type that is itself": "type T T\ntype P *P\nfunc f(t T, p P) { t.x(); **p; p.x() }",
    "a struct that embeds itself": "type S struct { S; *S }\nfunc f(s S) { s.x() }",
    "embedding that fans out": _lines("type S{0} struct { S{1}; *T{1} }", 40)
    + "\n"
    + _lines("type T{0} struct { S{1}; *T{1} }", 40)
    + "\nfunc f(s S0) { s.x() }",
    "embedding of ever larger instances": "type G[T any] struct { *G[[]T]; *H[T] }\n"
    "type H[T any] struct { G[map[T]T]; *H[func(T) T] }\nfunc f(g G[int]) { g.x() }",
    "many embedded instances": "type G[T any] struct { "
    + " ".join(f"*G[{'[]' * n}T];" for n in range(1, 30))
    + " }\nfunc f(g G[int]) { g.x() }",
    "fields of doubling instances": "type G[A, B any] struct { x *G[G[A, B], G[A, B]] }\n"
    f"func f(g G[int, int]) {{ g{'.x' * 60}() }}",
    "calls that double the type": "func e[T any](t T) map[T]T { return nil }\n"
    f"func f() {{ _ = {'e(' * 60}1{')' * 60} }}",
    "aliases that double the type": _lines("type T{0} = struct { a, b T{1} }", 60)
    + "\ntype T60 = int\nfunc f(t T0) { t.x(); y := t; y.a.x() }",
    "a doubled type in a generic one": _lines("type T{0} = map[T{1}]T{1}", 60)
    + "\ntype T60 = int\ntype G[X any] struct { m T0; x X }\nfunc f(g G[int]) { g.m.x(); g.x.x() }",
    "closures over doubled types": "func q[A, B any](a A, b B) func(A, B) { return nil }\n"
    + "func f() { x0 := 1; "
    + "; ".join(f"x{n + 1} := q(x{n}, x{n})" for n in range(60))
    + "; x60() }",
    "a pattern that triples": _lines("type T{0} = func(T{1}, T{1}, T{1})", 40)
    + "\ntype T40 = int\nfunc g[A any](a A, t T0) A { return a }\nfunc f(t T0) { g(1, t).x() }",
    "interfaces that fan out": _lines("type I{0} interface { " + "I{1}; " * 50 + "}", 9)
    + "\nfunc f(i I0) { i.x() }",
    "interfaces of each other": "type I interface { J }\ntype J interface { I }\nfunc f(i I) { i.x() }",
    "constraints that name themselves": "type C[T C[T]] interface { ~[]T }\n"
    "func g[T C[T]](t T) { t.x(); for range t {} }\nfunc h[A B, B A](a A) { a.x(); _ = a[0] }",
    "a long chain of aliases": _lines("type T{0} = []T{1}", 5000) + "\nfunc f(t T0) { t[0].x() }",
    "a long chain of types": _lines("type T{0} T{1}", 5000) + "\nfunc f(t T0) { t.x() }",
    "a long chain of variables": _lines("var a{0} = a{1}", 5000) + "\nfunc f() { a0.x() }",
    "a long chain of locals": "func f() { "
    + _lines("x{1} := &x{0}", 5000)
    + "; x4000.x(); x5000.x() }",
    "variables of each other": "var a = b()\nvar c = a\nfunc b() int { return c }\nvar p, q = q, p\n"
    "func f() { x := c; x.y() }",
    "declarations of themselves": "func f() { x := x; var y = y; z := func() { z() }; z(); _ = y }",
    "a generic function of itself": "func g[T any](f func(T) T) T { return f(nil) }\n"
    "func f() { x := g(g(g)); x() }",
    "array lengths of themselves": "type T [len(T{})]int\nvar a [len(a)]int\n"
    "func f() { _ = T{}; _ = a }",
    "constants that double": "const c0 = 1\n"
    + _lines("const c{1} = c{0} + c{0}", 100)
    + "\nvar x [c100]int\nfunc f() { _ = x; _ = c100 }",
    "constant text that doubles": 'const c0 = "aaaaaaaaaaaaaaaa"\n'
    + _lines("const c{1} = c{0} + c{0}", 60)
    + "\nvar x [len(c60)]int\nfunc f() { _ = x }",
    "a long chain of constants": _lines("const a{0} = a{1}", 5000) + "\nfunc f() { _ = a0 }",
    "constants of each other": "const a = b\nconst b = a + a\nvar x [a]int\nfunc f() { _ = x }",
    "huge constants": "const a = 1 << 1000000000\nconst b = 1e1000000000\n"
    "const d = 1.0 / 3.0 * 1e300 * 1e300 * 1e300\nvar x [a]int\nfunc f() { _ = x; _ = b * d }",
    "a long sum": f"func f() {{ x := 1; _ = x{'+x' * 20000}; _ = 1{'+1' * 20000} }}",
    "deep operators": f"func f() {{ x := 1; _ = {'*' * 3000}x }}\nvar c {'chan ' * 3000}int",
    "a long chain of calls": "type T struct{}\nfunc (t T) a() T { return t }\n"
    f"func f(x T) {{ x{'.a()' * 5000} }}",
}


def _ask_everything(content: bytes) -> None:
    """Ask every question that rules ask, of every expression."""
    file = File("x.go", content)
    package = Package("p", file.package, _NoPackages(), go_version=(1, 27))
    scope = package.add_file(file)
    for decl in file.decls:
        root = _root(package, scope, decl)
        for node in ast.walk(root) if root is not None else ():
            if not isinstance(node, ast.Expr):
                continue
            type_ = type_of(scope, node)
            str(type_)
            underlying(type_)
            is_type(scope, node)
            constant(scope, node)
            if isinstance(node, ast.Ident):
                scope.resolve(node)
            elif isinstance(node, ast.Call):
                callee_of(scope, node.fun)
            elif isinstance(node, ast.Selector):
                selection_of(scope, node)


def _root(package: Package, scope: FileScope, decl: Decl) -> ast.Node | None:
    if decl.is_function:
        bind_function(scope, decl)
        return decl.function()
    if decl.kind in ("var", "const"):
        return bind_value(scope, decl)
    member = package.member(decl.name)
    return bind_type(member) if member is not None and member.decl is decl else None


@pytest.mark.parametrize("name", CASES)
def test_it_ends(name: str) -> None:
    began = time.monotonic()
    _ask_everything(f"package p\n\n{CASES[name]}\n".encode())
    assert time.monotonic() - began < SECONDS


def test_a_type_too_deep_to_follow_is_unknown_not_wrong() -> None:
    source = "package p\n\n" + _lines("type T{0} = []T{1}", 500) + "\nvar v T0\n"
    file = File("x.go", source.encode())
    package = Package("p", "p", _NoPackages(), go_version=(1, 27))
    scope = package.add_file(file)
    spec = bind_value(scope, file.decls[-1])
    assert spec.type is not None
    assert str(type_of(scope, spec.type)) == "?"


def test_long_spellings_still_tell_types_apart() -> None:
    fields = "; ".join(f"field{n} int" for n in range(400))
    source = (
        f"package p\n\nvar a struct {{ {fields} }}\n"
        f"var b struct {{ {fields} }}\nvar c struct {{ {fields}; last bool }}\n"
    )
    file = File("x.go", source.encode())
    package = Package("p", "p", _NoPackages(), go_version=(1, 27))
    scope = package.add_file(file)
    types = []
    for decl in file.decls:
        spec = bind_value(scope, decl)
        assert spec.type is not None
        types.append(type_of(scope, spec.type))
    assert len(str(types[0])) < 200
    assert types[0] == types[1]
    assert types[0] != types[2]


BASE = b"""package p

import ("sync"; "time"; h "net/http")

type Pool[T any] struct { mu sync.Mutex; items map[string]chan T; next *Pool[T]; h.Handler }

type getter interface { ~[]int | comparable; Get(k string) (v int, err error) }

const ( a = iota * 2; b; c = len("x") << b )

func (p *Pool[T]) Get(k string, opts ...func(*Pool[T]) error) (out T, err error) {
	p.mu.Lock()
	defer func() { p.mu.Unlock(); recover() }()
	for i, o := range opts { if err := o(p); err != nil { return out, err }; _ = i + 1 }
	select {
	case v, ok := <-p.items[k]:
		if !ok { goto done }
		return v, nil
	case <-time.After(3 * time.Second):
	default:
		switch x := any(p).(type) { case nil: case interface{ Close() error }: x.Close(); default: _ = x }
	}
done:
	m := map[string][]struct{ n int }{"a": {{1}, {n: 2}}}
	go func(q *Pool[T], z ...int) { q.items[k] <- *new(T); _ = z[1:2:3]; _ = m["a"][0].n }(p)
	return *(*T)(nil), h.ErrServerClosed
}
"""

TOKENS = (
    "( ) { } [ ] func type := = , ; . * & <- chan interface struct range switch case select go "
    'defer " ` \x00 T x [] map[ ... if for \n var const return'
).split(" ")


@pytest.mark.parametrize("seed", range(8))
def test_broken_code_raises_nothing(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        content = bytearray(BASE)
        for _ in range(chance.choice((1, 2, 5, 20))):
            at = chance.randrange(len(content))
            match chance.randrange(3):
                case 0:
                    del content[at : at + chance.choice((1, 2, 5, 40))]
                case 1:
                    content[at:at] = chance.choice(TOKENS).encode()
                case _:
                    start = chance.randrange(len(content))
                    content[at:at] = content[start : start + chance.choice((3, 20, 100))]
        try:
            _ask_everything(bytes(content))
        except Exception as error:
            raise AssertionError(bytes(content).decode("utf-8", "replace")) from error
