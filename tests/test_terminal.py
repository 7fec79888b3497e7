"""Untrusted text cannot act on a terminal; colour follows the option and the environment."""

from __future__ import annotations

import os

import pytest

from golint_concurrency.terminal import escape, use_color, valid, width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é 世界 😀", "plain é 世界 😀"),
        ("a\nb.go:1:1: forged", "a\\nb.go:1:1: forged"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("\x9b31m", "\\x9b31m"),
        ("a\r\tb\x00\x7f", "a\\r\\tb\\x00\\x7f"),
        ("user\u202e\u2066nimda", "user\\u202e\\u2066nimda"),
        ("a\u2028b\u2029c\x85", "a\\u2028b\\u2029c\\x85"),
        (os.fsdecode(b"bad\xff.go"), "bad\\xff.go"),
        ("\ud83d", "\\ud83d"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_escape(text: str, shown: str) -> None:
    assert escape(text) == shown
    assert escape(text).encode().decode() == shown
    assert escape(escape(text)) == shown


def test_valid_replaces_only_lone_surrogates() -> None:
    assert valid("a\udcffb😀\n") == "a\ufffdb😀\n"


def test_width_counts_terminal_cells() -> None:
    assert width("ab") == 2
    assert width("世界") == 4
    assert width("e\u0301") == 1


@pytest.mark.parametrize(
    ("mode", "tty", "environ", "expected"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"TERM": "dumb"}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", True, {"FORCE_COLOR": "0", "TERM": "dumb"}, False),
        ("auto", True, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("always", False, {"NO_COLOR": "1", "TERM": "dumb"}, True),
        ("never", True, {"FORCE_COLOR": "1"}, False),
    ],
)
def test_use_color(mode: str, tty: bool, environ: dict[str, str], expected: bool) -> None:
    assert use_color(mode, tty, environ) is expected


def test_unknown_color_mode() -> None:
    with pytest.raises(ValueError, match="auto, always, never"):
        use_color("sometimes", True, {})
