"""Line hashes equal those of github/codeql-action; identities survive moved lines.

The expected values of the first test are facts published in that action's own tests.
"""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golint_concurrency.report.fingerprint import LineHashes, identity

_GREETING = [
    "e9496ae3ebfced30:1",
    "fb7c023a8b9ccb3f:1",
    "ce8ba1a563dcdaca:1",
    "e20e36e16fcb0cc8:1",
    "b3edc88f2938467e:1",
    "c8e28b0b4002a3a0:1",
    "c129715d7a2bc9a3:1",
]


def _hashes(content: bytes) -> list[str]:
    hashes = LineHashes(content)
    return [hashes.of(line) for line in range(1, len(hashes) + 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["c129715d7a2bc9a3:1"]),
        (
            " a\nb\n  \t\tc\n d",
            [
                "271789c17abda88f:1",
                "54703d4cd895b18:1",
                "180aee12dab6264:1",
                "a23a3dc5e078b07b:1",
            ],
        ),
        (
            " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End",
            [
                "8b7cf3e952e7aeb2:1",
                "b1ae1287ec4718d9:1",
                "bff680108adb0fcc:1",
                "c6805c5e1288b612:1",
                "b86d3392aea1be30:1",
                "e6ceba753e1a442:1",
            ],
        ),
        (" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", _GREETING),
        (" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", _GREETING),
        (" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", _GREETING),
        (" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", _GREETING),
        (
            "Lorem ipsum dolor sit amet.\n" * 10,
            [
                "a7f2ff13bc495cf2:1",
                "a7f2ff13bc495cf2:2",
                "a7f2ff13bc495cf2:3",
                "a7f2ff13bc495cf2:4",
                "a7f2ff13bc495cf2:5",
                "a7f2ff13bc495cf2:6",
                "a7f2ff1481e87703:1",
                "a9cf91f7bbf1862b:1",
                "55ec222b86bcae53:1",
                "cc97dc7b1d7d8f7b:1",
                "c129715d7a2bc9a3:1",
            ],
        ),
        (
            "x = 2\nx = 1\nprint(x)\nx = 3\nprint(x)\nx = 4\nprint(x)\n",
            [
                "e54938cc54b302f1:1",
                "bb609acbe9138d60:1",
                "1131fd5871777f34:1",
                "5c482a0f8b35ea28:1",
                "54517377da7028d2:1",
                "2c644846cb18d53e:1",
                "f1b89f20de0d133:1",
                "c129715d7a2bc9a3:1",
            ],
        ),
    ],
)
def test_published_vectors(text: str, expected: list[str]) -> None:
    assert _hashes(text.encode()) == expected


def _rolling(content: bytes) -> list[str]:
    """The same definition the slow way: one unit at a time through a rolling window."""
    raw = content.decode("utf-8", "replace").encode("utf-16-le")
    units = [raw[at] | raw[at + 1] << 8 for at in range(0, len(raw), 2)] + [0xFFFF]
    window, starts = [0] * 100, [False] * 100
    value, at, out = 0, 0, []
    counts: dict[int, int] = {}
    at_line_start, after_cr = True, False

    def push(unit: int, is_start: bool) -> None:
        nonlocal value, at
        if starts[at]:
            counts[value] = counts.get(value, 0) + 1
            out.append(f"{value:x}:{counts[value]}")
        starts[at] = is_start
        value = (value * 37 + unit - pow(37, 100) * window[at]) % 2**64
        window[at] = unit
        at = (at + 1) % 100

    for unit in units:
        if unit in (0x20, 0x09) or (after_cr and unit == 0x0A):
            after_cr = False
            continue
        after_cr = unit == 0x0D
        kept = 0x0A if after_cr else unit
        push(kept, at_line_start)
        at_line_start = kept == 0x0A
    for _ in range(100):
        push(0, False)
    return out


@given(
    st.lists(st.sampled_from(["a", "é", "😀", " ", "\t", "\n", "\r", "\r\n", "func"]), max_size=250)
)
def test_same_as_the_rolling_hash(pieces: list[str]) -> None:
    content = "".join(pieces).encode()
    assert _hashes(content) == _rolling(content)


def test_same_as_the_rolling_hash_on_broken_text() -> None:
    rng = random.Random(7)
    for _ in range(50):
        content = bytes(
            rng.choice(b"ab \n\r\xff\xe2\x82\xac\xf0\x9f\xef\xbb\xbf") for _ in range(300)
        )
        assert _hashes(content) == _rolling(content)


def test_lines_outside_the_file() -> None:
    hashes = LineHashes(b"a\n")
    assert len(hashes) == 2
    for line in (0, -1, 3):
        with pytest.raises(IndexError):
            hashes.of(line)


def test_identity_ignores_white_space_only() -> None:
    base = identity("GLC401", "a.go", "F", b"\tcase <-time.After(d):")
    assert base == identity("GLC401", "a.go", "F", b"  case  <-time.After(d): \r")
    others = {
        identity("GLC402", "a.go", "F", b"\tcase <-time.After(d):"),
        identity("GLC401", "b.go", "F", b"\tcase <-time.After(d):"),
        identity("GLC401", "a.go", "G", b"\tcase <-time.After(d):"),
        identity("GLC401", "a.go", "F", b"\tcase <-time.After(e):"),
    }
    assert len(others | {base}) == 5
