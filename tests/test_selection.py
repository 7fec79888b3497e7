"""Selectors name rules by id, name, beginning or all; the more exact one wins."""

from __future__ import annotations

import pytest

from golint_concurrency.selection import KnownRule, RuleSelection, SelectorError, matching

KNOWN = [
    KnownRule("GLC401", "time-after-in-loop"),
    KnownRule("GLC402", "ticker-not-stopped"),
    KnownRule("GLC501", "missing-unlock"),
    KnownRule("GLC514", "long-critical-section", enabled=False),
    KnownRule("ACME001", "our-own"),
]


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        (None, (), "401 402 501 001"),
        (None, ("GLC4",), "501 001"),
        (None, ("glc401",), "402 501 001"),
        (None, ("time-after-in-loop",), "402 501 001"),
        (("ALL",), (), "401 402 501 514 001"),
        (("GLC5",), (), "501 514"),
        (("GLC",), (), "401 402 501 514"),
        (("DEFAULT", "GLC514"), (), "401 402 501 514 001"),
        (("GLC401",), ("GLC4",), "401"),
        (("GLC4",), ("GLC401",), "402"),
        (("GLC401",), ("time-after-in-loop",), ""),
        (("GLC40",), ("GLC4",), "401 402"),
        (("GLC4",), ("ALL",), "401 402"),
        ((), (), ""),
        (None, ("ALL",), "401 402 501 001"),
    ],
)
def test_resolve(select: tuple[str, ...] | None, ignore: tuple[str, ...], expected: str) -> None:
    chosen = RuleSelection(select, ignore).resolve(KNOWN)
    assert {id[-3:] for id in chosen} == set(expected.split())


def test_unknown_selectors_are_all_named_with_the_nearest() -> None:
    with pytest.raises(SelectorError) as caught:
        RuleSelection(("GLC9", "time-after-loop"), ("tiker-not-stopped", "\x1b[31m")).resolve(KNOWN)
    first, second, third, fourth = caught.value.messages
    assert "'GLC9'" in first
    assert "did you mean time-after-in-loop?" in second
    assert "did you mean ticker-not-stopped?" in third
    assert "\x1b" not in fourth


def test_a_name_is_no_beginning() -> None:
    assert matching("time", KNOWN) == frozenset()
    assert matching("4", KNOWN) == frozenset()
    assert matching("", KNOWN) == frozenset()
