"""What wakes a rule, told from bytes alone."""

from __future__ import annotations

import pytest

from golint_concurrency.engine import _Plan, _word_at
from golint_concurrency.registry import load
from golint_concurrency.syntax.file import File

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
