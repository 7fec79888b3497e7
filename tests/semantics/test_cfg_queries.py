"""Questions about paths: by hand, and against walks that enumerate."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golint_concurrency.semantics import cfg
from golint_concurrency.semantics import cfg_queries as ask
from golint_concurrency.syntax import ast
from golint_concurrency.syntax.file import File


def graph_of(body: str) -> cfg.Graph:
    block = File("x.go", f"package p\nfunc f() {{\n{body}\n}}\n".encode()).decls[0].function().body
    assert block is not None
    return cfg.build(block)


def calls(name: str) -> ask.Predicate:
    """A node that calls `name` where it stands (not in a closure that it only makes)."""

    def holds(node: ast.Node) -> bool:
        return any(
            isinstance(part, ast.Call) and isinstance(part.fun, ast.Ident) and part.fun.name == name
            for part in cfg.evaluated(node)
        )

    return holds


def call(graph: cfg.Graph, name: str) -> ast.Node:
    found = [
        part
        for block in graph.blocks
        for node in block.nodes
        for part in cfg.evaluated(node)
        if isinstance(part, ast.Call) and isinstance(part.fun, ast.Ident) and part.fun.name == name
    ]
    assert len(found) == 1, name
    return found[0]


def told(path: ask.Path | None) -> list[str] | None:
    return None if path is None else [decision.text for decision in ask.witness_lines(path)]


# --------------------------------------------------------------------------- must pass

MUST_PASS = {
    "on the straight way": ("lock(); unlock()", None),
    "early return": (
        "lock(); if err != nil { return }; unlock()",
        ["takes the error branch here", "returns here"],
    ),
    "error branch the other way round": (
        "lock(); if e.err == nil { unlock(); return }; a()",
        ["takes the error branch here", "the function ends here"],
    ),
    "both branches": ("lock(); if a { unlock(); return } else { unlock() }", None),
    "a panic is not a return": ("lock(); if a { panic(1) }; unlock()", None),
    "deferred after": ("lock(); defer unlock(); if a { return }; b()", None),
    "deferred before": ("defer unlock(); lock(); if a { return }", None),
    "deferred before, on one branch": (
        "if a { defer unlock() }; lock()",
        ["the function ends here"],
    ),
    "break out of a loop": (
        "for range c { lock(); if a { break }; unlock() }",
        ["this condition is true", "break here", "the function ends here"],
    ),
    "around the loop and out of it": (
        "for range c { lock() }",
        ["the loop ends", "the function ends here"],
    ),
    "no way out": ("lock(); for { a() }", None),
    "blocked for ever": ("lock(); select {}", None),
    "one case of a select": (
        "lock(); select { case <-a: unlock(); case <-b: }",
        ["takes this case of the select", "the function ends here"],
    ),
    "no default": (
        "lock(); switch x { case 1: unlock(); case 2: unlock() }",
        ["no case matches", "the function ends here"],
    ),
    "default": ("lock(); switch x { case 1: unlock(); default: unlock() }", None),
    "default of a type switch": (
        "lock(); switch x.(type) { case int: unlock(); default: }",
        ["takes the default case", "the function ends here"],
    ),
    "fallthrough": ("lock(); switch x { case 1: fallthrough; default: unlock() }", None),
    "in the condition": ("lock(); if unlock() { return }", None),
    "behind a short circuit": (
        "lock(); if a && unlock() { return }",
        ["this condition is false", "the function ends here"],
    ),
    "in a closure that is only made": (
        "lock(); f := func() { unlock() }; f()",
        ["the function ends here"],
    ),
    "in the body of a loop that may not run": (
        "lock(); for range c { unlock() }",
        ["the loop ends", "the function ends here"],
    ),
    "in dead code": ("return; lock()", None),
    # Branches that go together.
    "same flag": ("if a { lock() }; b(); if a { unlock() }", None),
    "same flag, later branch": ("if !a { return }; lock(); if a { unlock() }", None),
    "opposite flag": (
        "if a { lock() }; if !a { unlock() }",
        ["this condition is false", "the function ends here"],
    ),
    "same flag, changed": (
        "if a { lock() }; a = b; if a { unlock() }",
        ["this condition is false", "the function ends here"],
    ),
    "same flag, address taken": (
        "if a { lock() }; set(&a); if a { unlock() }",
        ["this condition is false", "the function ends here"],
    ),
    "same flag, changed in a loop head": (
        "for _, a = range b { if a { lock() }; for _, a = range d { }; if a { unlock() } }",
        ["the loop ends", "this condition is false", "the loop ends", "the function ends here"],
    ),
    "comparison turned around": ("if x == nil { lock() }; if nil != x { return }; unlock()", None),
    "order turned around": ("if x < 3 { lock() }; if x >= 3 { return }; unlock()", None),
    "same field": ("if s.safe { lock() }; t.b(); if s.safe { unlock() }", None),
    "same field, locked in between": (
        "if s.safe { lock(); s.mu.Lock() }; if s.safe { unlock() }",
        None,
    ),
    "same field, handed over": (
        "if s.safe { lock() }; s.wait(); if s.safe { unlock() }",
        ["this condition is false", "the function ends here"],
    ),
    "same length": ("if len(xs) > 0 { lock() }; if len(xs) > 0 { unlock() }", None),
    "same length, grown": (
        "if len(xs) > 0 { lock() }; xs = append(xs, 1); if len(xs) > 0 { unlock() }",
        ["this condition is false", "the function ends here"],
    ),
    "a call may answer otherwise": (
        "if a() { lock() }; if a() { unlock() }",
        ["this condition is false", "the function ends here"],
    ),
    "one of two flags": ("if a && b { lock() }; if a { if b { unlock() } }", None),
    "errors anew": (
        "lock(); x, err := a(); if err != nil { unlock(); return }; y, err := b();"
        "if err != nil { return }; unlock()",
        ["this condition is false", "takes the error branch here", "returns here"],
    ),
}


@pytest.mark.parametrize("name", MUST_PASS)
def test_must_pass(name: str) -> None:
    body, expected = MUST_PASS[name]
    graph = graph_of(body)
    assert told(ask.must_pass(graph, call(graph, "lock"), calls("unlock"))) == expected


def test_must_pass_for_chosen_exits() -> None:
    graph = graph_of("lock(); if a { panic(1) }; unlock()")
    start = call(graph, "lock")
    path = ask.must_pass(graph, start, calls("unlock"), exits=cfg.UNWINDS)
    assert told(path) == ["this condition is true", "panics here"]


def test_must_pass_along_allowed_edges() -> None:
    graph = graph_of("ok := try(); if ok { a() } else { return }; release()")
    start = call(graph, "try")

    def succeeded(edge: cfg.Edge) -> bool:
        return edge.cond is None or edge.when is True

    assert ask.must_pass(graph, start, calls("release")) is not None
    assert ask.must_pass(graph, start, calls("release"), follow=succeeded) is None


def test_from_the_entry_and_from_nowhere() -> None:
    graph = graph_of("if a { return }; b()")
    assert told(ask.must_pass(graph, None, calls("b"))) == [
        "this condition is true",
        "returns here",
    ]
    stranger = File("y.go", b"package p\nfunc g() { h() }").decls[0].function()
    assert ask.must_pass(graph, stranger, calls("b")) is None


def test_contradictions_can_be_allowed() -> None:
    graph = graph_of("if a { lock() }; if a { unlock() }")
    start = call(graph, "lock")
    assert ask.must_pass(graph, start, calls("unlock"), correlate=False) is not None


# --------------------------------------------------------------------------- may reach


def test_may_reach() -> None:
    graph = graph_of("closed(); if a { reset() }; send()")
    start = call(graph, "closed")
    path = ask.may_reach(graph, start, calls("send"), blocked_by=calls("reset"))
    assert told(path) == ["this condition is false", "reaches this"]
    assert path is not None and path.goal is not None
    assert path.nodes(graph)[-1] is path.goal
    assert ask.may_reach(graph, call(graph, "send"), calls("closed")) is None


def test_may_reach_itself_around_a_loop() -> None:
    graph = graph_of("for i := 0; i < 3; i++ { close() }")
    path = ask.may_reach(graph, call(graph, "close"), calls("close"))
    assert told(path) == ["this condition is true", "reaches this"]
    graph = graph_of("for { close(); break }")
    assert ask.may_reach(graph, call(graph, "close"), calls("close")) is None


def test_reaches_exit() -> None:
    assert ask.reaches_exit(graph_of("for { a() }"), None) is None
    assert told(ask.reaches_exit(graph_of("a()"), None)) == ["the function ends here"]


# ------------------------------------------------------------------------------- order


def test_order() -> None:
    graph = graph_of("a(); if c() { b() } else { d() }; g(h(), e()); for x { i(); j() }")

    def order(first: str, second: str) -> tuple[bool, bool, bool]:
        one, two = call(graph, first), call(graph, second)
        return (
            ask.always_before(graph, one, two),
            ask.can_follow(graph, one, two),
            ask.before(graph, one, two),
        )

    assert order("a", "b") == (True, True, True)
    assert order("b", "a") == (False, False, False)
    assert order("b", "d") == (False, False, False)
    assert order("b", "g") == (False, True, True)
    assert order("h", "e") == (True, True, True)
    assert order("e", "h") == (False, False, False)
    assert order("i", "j") == (True, True, False)
    assert order("j", "i") == (False, True, False)


# ----------------------------------------------------------------------------- searches


@st.composite
def webs(draw: st.DrawFn) -> str:
    """A body of labelled steps with gotos between them: any graph of out-degree two."""
    count = draw(st.integers(2, 7))
    steps = []
    for number in range(count):
        way = draw(st.integers(0, count - 1))
        name = draw(st.sampled_from(["start", "stop", "goal", "x"])) if number else "start"
        flag = draw(st.sampled_from(["a", "b", "!a", "next()"]))
        change = draw(st.sampled_from(["", "", "a = 1;", "b = 2;"]))
        jump = draw(st.sampled_from([f"goto L{way}", "return", "panic(1)"]))
        steps.append(f"L{number}: {name}{number}(); {change} if {flag} {{ {jump} }}")
    return "\n".join(steps)


def stem(node: ast.Node) -> str:
    if isinstance(node, ast.ExprStmt) and isinstance(node.x, ast.Call):
        if isinstance(node.x.fun, ast.Ident):
            return node.x.fun.name.rstrip("0123456789")
    return ""


def possible(edges: list[cfg.Edge]) -> bool:
    """True if a walk contradicts nothing that it found out about `a` and `b`."""
    known: dict[str, bool] = {}
    for edge in edges:
        for node in edge.src.nodes:
            if isinstance(node, ast.Assign) and isinstance(node.lhs[0], ast.Ident):
                known.pop(node.lhs[0].name, None)
        if isinstance(edge.cond, ast.Ident) and edge.when is not None:
            if known.setdefault(edge.cond.name, edge.when) is not edge.when:
                return False
    return True


def shortest_by_force(graph: cfg.Graph, correlate: bool, limit: int) -> int | None:
    """Steps of a shortest walk from the entry that avoids `stop` and returns; tries them all."""
    walks: list[list[cfg.Edge]] = [[]]
    for length in range(limit):
        longer: list[list[cfg.Edge]] = []
        for walk in walks:
            block = walk[-1].dst if walk else graph.entry
            if any(stem(node) == "stop" for node in block.nodes):
                continue
            if block.exit is not None and block.exit.kind in cfg.RETURNS:
                return length
            for edge in block.succs:
                if not correlate or possible([*walk, edge]):
                    longer.append([*walk, edge])
        walks = longer[:4000]
    return None


@settings(max_examples=300, deadline=None)
@given(webs(), st.booleans())
def test_search_finds_a_shortest_possible_path(body: str, correlate: bool) -> None:
    graph = graph_of(body)
    path = ask.must_pass(graph, None, lambda node: stem(node) == "stop", correlate=correlate)
    expected = shortest_by_force(graph, correlate, 9)
    if path is None:
        assert expected is None
        return
    assert path.exit is not None
    if expected is None:
        assert len(path.edges) >= 9
    else:
        assert len(path.edges) == expected
    block = graph.entry
    for edge in path.edges:
        assert edge.src is block
        block = edge.dst
    assert path.exit.block is block
    assert not any(stem(node) == "stop" for node in path.nodes(graph))
    assert not correlate or possible(path.edges)


def test_search_has_a_bound() -> None:
    # Each flag doubles what a path can know: without a bound this would take for ever.
    flags = [f"a{number}" for number in range(24)]
    body = "".join(f"if {flag} {{ x() }}\n" for flag in flags) * 2
    graph = graph_of(f"start()\n{body}\nfor {{ }}")
    assert ask.must_pass(graph, call(graph, "start"), calls("stop")) is None


# -------------------------------------------------------------------------------- flow


def counted(limit: int) -> Callable[[ast.Node, int], int]:
    def transfer(node: ast.Node, state: int) -> int:
        return min(limit, state + (stem(node) == "lock") - (stem(node) == "unlock"))

    return transfer


def test_flow_keeps_branches_apart() -> None:
    graph = graph_of("if a { lock() }; if a { unlock() }; if b { lock() }; c()")
    solution = ask.solve_forward(graph, 0, counted(3))
    assert solution.complete
    assert solution.at_exit(graph.exits[0]) == {0, 1}
    loose = ask.solve_forward(graph, 0, counted(3), correlate=False)
    assert loose.at_exit(graph.exits[0]) == {-1, 0, 1, 2}
    assert solution.before(call(graph, "c")) == {0, 1}
    assert solution.after(call(graph, "unlock")) == {0}


def test_flow_joins() -> None:
    graph = graph_of("for a { lock() }; c()")
    solution = ask.solve_forward(graph, 0, counted(5), join=max)
    assert solution.complete
    assert solution.before(call(graph, "c")) == {5}
    assert solution.before(call(graph, "lock")) == {5}


def test_flow_learns_from_branches() -> None:
    graph = graph_of("if a { x() } else { y() }; z()")

    def only_true(edge: cfg.Edge, state: str) -> str | None:
        return None if edge.when is False else state

    solution = ask.solve_forward(graph, "", lambda node, state: state, edge_transfer=only_true)
    assert solution.before(call(graph, "x")) == {""}
    assert solution.before(call(graph, "y")) == set()


def test_flow_stops_at_its_bounds() -> None:
    graph = graph_of("for a { lock() }; c()")
    assert not ask.solve_forward(graph, 0, counted(10**9)).complete
    assert not ask.solve_forward(graph, 0, counted(10**9), max_steps=50, max_states=10**9).complete
    assert ask.solve_forward(graph, 0, counted(40)).complete
