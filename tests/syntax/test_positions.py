"""Offsets, lines and columns agree in every unit, on every kind of text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golint_concurrency.syntax.positions import LineIndex, Unit

BYTES, RUNES, UTF16 = Unit.BYTES, Unit.RUNES, Unit.UTF16


def test_ascii_lines_and_columns() -> None:
    index = LineIndex(b"ab\ncd\n")
    assert index.position(0) == (1, 1)
    assert index.position(2) == (1, 3)
    assert index.position(3) == (2, 1)
    assert index.position(6) == (3, 1)
    assert index.line_count == 3
    assert index.line_bytes(2) == b"cd"


def test_empty_file_has_one_empty_line() -> None:
    for lone_cr in (False, True):
        index = LineIndex(b"", lone_cr=lone_cr)
        assert index.line_count == 1
        assert index.position(0) == (1, 1)
        assert index.position(99) == (1, 1)
        assert index.offset(7, 7) == 0


@pytest.mark.parametrize(("unit", "column"), [(BYTES, 11), (RUNES, 7), (UTF16, 8)])
def test_units_differ_after_wide_characters(unit: Unit, column: int) -> None:
    content = "x\né😀  ab!".encode()
    offset = content.index(b"!")
    assert LineIndex(content).position(offset, unit) == (2, column)
    assert LineIndex(content).offset(2, column, unit) == offset


def test_offset_inside_a_character_means_its_start() -> None:
    index = LineIndex("é😀x".encode())
    assert [index.position(at, UTF16)[1] for at in range(8)] == [1, 1, 2, 2, 2, 2, 4, 5]
    assert [index.position(at, RUNES)[1] for at in range(8)] == [1, 1, 2, 2, 2, 2, 3, 4]


def test_column_between_surrogates_means_the_character() -> None:
    index = LineIndex("a😀b".encode())
    assert index.offset(1, 3, UTF16) == 1
    assert index.offset(1, 4, UTF16) == 5


def test_crlf_belongs_to_the_line_break() -> None:
    for lone_cr in (False, True):
        index = LineIndex(b"ab\r\ncd\r\n", lone_cr=lone_cr)
        assert index.line_bytes(1) == b"ab"
        assert index.position(4) == (2, 1)
        assert index.offset(1, 99) == 2
        assert index.line_count == 3


def test_lone_cr_is_a_line_only_when_asked() -> None:
    content = b"a\rb\nc\r"
    assert LineIndex(content).position(2) == (1, 3)
    assert LineIndex(content).position(4) == (2, 1)
    editor = LineIndex(content, lone_cr=True)
    assert editor.position(2) == (2, 1)
    assert editor.position(4) == (3, 1)
    assert editor.position(6) == (4, 1)
    assert [editor.line_bytes(line) for line in (1, 2, 3, 4)] == [b"a", b"b", b"c", b""]


def test_line_ending_in_form_feed_is_no_line_break() -> None:
    assert LineIndex(b"a\x0cb\x1cc\xc2\x85d\n", lone_cr=True).line_count == 2


def test_byte_order_mark_is_no_character() -> None:
    content = b"\xef\xbb\xbfpackage"
    index = LineIndex(content)
    assert index.position(3, RUNES) == (1, 1)
    assert index.position(3, UTF16) == (1, 1)
    assert index.position(3, BYTES) == (1, 4)
    assert index.position(0, RUNES) == (1, 1)
    assert index.offset(1, 1, RUNES) == 3
    assert index.offset(1, 2, UTF16) == 4


def test_invalid_utf8_counts_maximal_sequences() -> None:
    content = b"\xff\xe2\x82(\x80)"
    index = LineIndex(content)
    expected = content.decode("utf-8", "replace")
    assert index.position(len(content))[1] == len(expected) + 1
    assert index.position(2)[1] == 2  # inside the cut-off sequence
    assert index.position(3)[1] == 3


@given(st.binary(max_size=60), st.booleans(), st.sampled_from(list(Unit)))
def test_positions_never_go_back_and_round_trip(content: bytes, lone_cr: bool, unit: Unit) -> None:
    index = LineIndex(content, lone_cr=lone_cr)
    positions = [index.position(at, unit) for at in range(len(content) + 1)]
    assert positions == sorted(positions)
    for at, (line, column) in enumerate(positions):
        assert index.line_start(line) <= at
        back = index.offset(line, column, unit)
        if at <= index.line_end(line):
            assert index.position(back, unit) == (line, column)


@given(st.text(max_size=60), st.sampled_from([RUNES, UTF16]))
def test_columns_are_those_of_the_decoded_text(text: str, unit: Unit) -> None:
    text = text.lstrip("\ufeff").encode("utf-8", "ignore").decode()
    content = text.encode()
    index = LineIndex(content)
    for at in range(len(text) + 1):
        before = text[:at]
        last = before.rsplit("\n", 1)[-1]
        width = len(last) if unit is RUNES else len(last.encode("utf-16-le")) // 2
        expected = (before.count("\n") + 1, width + 1)
        assert index.position(len(before.encode()), unit) == expected


def test_one_huge_line_stays_fast() -> None:
    content = ("é" * 500_000 + "x").encode()
    index = LineIndex(content)
    start = time.perf_counter()
    for at in range(0, len(content), 500):
        assert index.position(at)[1] == at // 2 + 1
    assert index.offset(1, 400_001) == 800_000
    assert time.perf_counter() - start < 2


def test_checkpoints_keep_characters_whole() -> None:
    for lead in range(4):
        text = "a" * lead + "😀€" * 9000
        index = LineIndex(text.encode())
        assert index.position(len(text.encode()), UTF16)[1] == lead + 27_000 + 1
        assert index.position(len(text.encode()), RUNES)[1] == lead + 18_000 + 1
