"""What wakes a rule, told from bytes alone."""

from __future__ import annotations

import pytest

from golint_concurrency.engine import _Plan, _word_at
from golint_concurrency.registry import load
from golint_concurrency.syntax.file import File
from golint_concurrency.syntax.nesting import may_defer_in_loop
from tests.linting import TESTDATA

RULES = {rule.name: rule for rule in load(plugins=False).rules}


@pytest.mark.parametrize(
    ("text", "at"),
    [("GC()", 0), ("runtime.GC()", 8), ("GCX GC", 4), ("AGC", -1), ("éGC", -1), ("x", -1)],
)
def test_a_word_is_found_whole(text: str, at: int) -> None:
    content = text.encode()
    assert _word_at(content, b"GC", 0, len(content)) == at


def test_a_rule_for_calls_sleeps_where_no_name_stands_whole() -> None:
    rule = RULES["forced-gc"]
    plan = _Plan([rule])
    assert plan.awake(b"package p\n\nfunc GCX() {}\n") == []
    content = b"package p\n\nfunc GCX() {\n}\n\nfunc f() {\n\truntime.GC()\n}\n"
    assert plan.awake(content) == [rule]
    assert [decl.name for decl, _ in plan.assign(File("x.go", content), [rule])] == ["f"]


def test_few_rules_wake_as_all_of_them_do() -> None:
    rules = list(RULES.values())
    everything = _Plan(rules)
    for path in sorted(TESTDATA.glob("*/bad.go")):
        content = path.read_bytes()
        awake = everything.awake(content)
        for rule in rules:
            assert _Plan([rule]).awake(content) == [rule] * (rule in awake), (path, rule.id)


@pytest.mark.parametrize(
    ("body", "may"),
    [
        ("for range 3 { defer f() }", True),
        ("for { if true { switch { case true: defer f() } } }", True),
        ("func() { for range 3 { defer f() } }()", True),
        ("for range 3 { func() { defer f() }() }", False),
        ("defer f(); for range 3 {}", False),
        ("for range 3 {}; defer func() { for {} }()", False),
        ("for { defer f() ", True),  # not Go: nobody knows
        ("// for\n\tdefer f()", False),
    ],
)
def test_defers_in_loops(body: str, may: bool) -> None:
    file = File("x.go", f"package p\n\nfunc f() {{\n\t{body}\n}}\n".encode())
    assert may_defer_in_loop(file.decls[0]) == may
