"""Lines followed through a change, and diffs taken back, on random texts and with real git."""

from __future__ import annotations

import random
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golint_concurrency.line_diff import Bag, kept_lines
from golint_concurrency.patch_file import parse

LINES = st.lists(st.sampled_from([b"a", b"b", b"c", b"}", b"", b"func f() {"]), max_size=30)


@given(LINES, LINES)
def test_kept_lines_are_equal_and_keep_their_order(old: list[bytes], new: list[bytes]) -> None:
    kept = kept_lines(b"\n".join(old), b"\n".join(new))
    before, after = b"\n".join(old).split(b"\n"), b"\n".join(new).split(b"\n")
    assert all(before[kept[line]] == after[line] for line in kept)
    places = [kept[line] for line in sorted(kept)]
    assert places == sorted(set(places))


@given(LINES)
def test_equal_texts_are_kept_whole(lines: list[bytes]) -> None:
    text = b"\n".join(lines)
    number = text.count(b"\n") + 1
    assert kept_lines(text, text) == {line: line for line in range(number)}
    assert kept_lines(text, text.replace(b"\n", b"\r\n")) == {line: line for line in range(number)}
    assert Bag(text).likeness(Bag(text)) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"x\n" * 100_000, b"y\nx\n" * 100_000),
        (b"".join(b"%d\n" % n for n in range(100_000)), b"".join(b"%d\n}\n" % n for n in range(100_000))),
        (
            b"".join(b"%d\n" % n for n in range(50_000)),
            b"".join(b"%d\n" % n for n in reversed(range(50_000))),
        ),
        (b"a\nb\n" * 50_000, b"b\na\na\n" * 50_000),
        (b"", b"x\n" * 300_000),
    ],
)  # fmt: skip
def test_large_texts_take_no_square_of_time(old: bytes, new: bytes) -> None:
    start = time.process_time()
    kept_lines(old, new)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("context", [0, 1, 3, 1000])
def test_diffs_of_git_are_taken_back(tmp_path: Path, context: int) -> None:
    rng = random.Random(context)
    for _ in range(25):
        texts = []
        for _ in range(2):
            lines = [rng.choice([b"a", b"b", b"+c", b"-d", b" e", b"\\ f", b"", b"@@ -1 +1 @@"])
                     for _ in range(rng.randrange(1, 25))]  # fmt: skip
            texts.append(b"\n".join(lines) + rng.choice([b"", b"\n"]))
        (tmp_path / "old.go").write_bytes(texts[0])
        (tmp_path / "new.go").write_bytes(texts[1])
        diff = subprocess.run(
            ["git", "diff", "--no-index", f"-U{context}", "old.go", "new.go"],
            cwd=tmp_path,
            capture_output=True,
            check=False,
        ).stdout
        patches = parse(diff)
        if texts[0] == texts[1]:
            assert patches == []
            continue
        (patch,) = patches
        assert (patch.old, patch.new) == (b"old.go", b"new.go")
        assert patch.taken_back(texts[1]) == texts[0]
