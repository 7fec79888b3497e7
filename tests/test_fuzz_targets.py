"""What reads files of a repository holds against any bytes; see `tests/fuzz/targets.py`.

`benchmarks/coverage_fuzz.py` tries far more, and what it found stands in `FOUND`.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS

EXAMPLES = int(os.environ.get("GLC_FUZZ_INPUTS", "400")) // 4

FOUND = [
    # Bytes that are no text were counted as the three of U+FFFD, and the fix took code with them.
    ("suppressions", b"package p\n\nfunc f() { //glc:ignore \xee\xee\xee\xee GLC999\n\tg()\n}\n"),
    ("suppressions", b"package p\n\nfunc f() { //glc:ignore \xee\xee\xee\xee"),
    # Short for all rules of ours, while files with it alone were passed over.
    ("suppressions", b"//lint:ignore GL\x004*01,Sin\x93//glc// ie:err~ih"),
    # Every comma could end one name or be a part of it: a way to read the rest for each choice.
    ("suppressions", b"package p //nolint:a" + b",b" * 50 + b",/\n"),
    ("modules", b'module ""\n'),
]
"""Bytes that once broke a target, made small."""


@pytest.mark.parametrize(("name", "content"), FOUND)
def test_what_was_found(name: str, content: bytes) -> None:
    TARGETS[name].run(content)


@pytest.mark.parametrize("name", TARGETS)
def test_damaged_bytes(name: str) -> None:
    target = TARGETS[name]
    pieces = st.sampled_from([word.encode() for word in target.words]) | st.binary(max_size=6)
    edits = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), pieces), max_size=8)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize="GLC_FUZZ_SEED" not in os.environ,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(target.seeds), edits)
    def damaged(content: bytes, edits: list[tuple[float, int, bytes]]) -> None:
        for place, gone, piece in edits:
            at = int(place * len(content))
            content = content[:at] + piece + content[at + gone :]
        target.run(content)

    for content in (*target.seeds, b"", b"\xff\x00", b"\xef\xbb\xbf"):
        target.run(content)
    damaged()
