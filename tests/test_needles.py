"""Searching for many byte strings at once finds what searching for each does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from golint_concurrency.needles import Needles, words_of
from golint_concurrency.registry import load

_PIECES = ["Lock", "lock", "()", ".", "(", "go", "func", " ", "\t", "é", "_", "7", "<-", "\n", '"']
_texts = st.lists(st.sampled_from(_PIECES), max_size=8).map(lambda parts: "".join(parts).encode())


@given(st.lists(_texts.filter(bool), max_size=6), st.lists(_texts, max_size=10))
def test_needles_are_found_as_one_by_one(literals: list[bytes], lines: list[bytes]) -> None:
    content = b"\n".join(lines)
    expected = {literal for literal in literals if literal in content}
    assert Needles(literals).within(content, words_of(content)) == expected


def test_what_wakes_the_rules_is_found_in_itself() -> None:
    literals = {
        literal for rule in load(plugins=False).rules for literal in (*rule.triggers, *rule.needs)
    }
    needles = Needles(literals)
    for literal in literals:
        assert literal in needles.within(literal, words_of(literal))
