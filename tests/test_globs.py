"""Patterns mean what they mean in .gitignore, held to git itself, and none is slow."""

from __future__ import annotations

import itertools
import random
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from golint_concurrency.globs import GlobError, Globs


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("*.pb.go", "a/b/x.pb.go", True),
        ("*.pb.go", "x.pb.gox", False),
        ("vendor/", "vendor/a/b.go", True),
        ("vendor/", "x/vendor/b.go", True),
        ("vendor/", "vendor", False),
        ("/vendor", "x/vendor/b.go", False),
        ("a/b.go", "a/b.go", True),
        ("a/b.go", "x/a/b.go", False),
        ("a/**/b.go", "a/b.go", True),
        ("a/**/b.go", "a/x/y/b.go", True),
        ("a/**", "a/x/y.go", True),
        ("a/**", "a", False),
        ("**/gen/*.go", "x/y/gen/z.go", True),
        ("**/gen/*.go", "gen/z/z.go", False),
        ("**", "anything/at/all.go", True),
        ("a?c.go", "abc.go", True),
        ("a?c.go", "a/c.go", False),
        ("[a-c]x.go", "bx.go", True),
        ("[!a-c]x.go", "bx.go", False),
        ("a[]]b", "a]b", True),
        ("\\*.go", "*.go", True),
        ("\\*.go", "x.go", False),
        ("a*b*c*d.go", "a1b2c3d.go", True),
        ("a*b*c*d.go", "a1c2b3d.go", False),
        ("x.go", "x.go/y", True),
        ("# x", "# x", False),
        ("\\#x", "#x", True),
        ("x.go  ", "x.go", True),
        ("a.go", "abgo", False),
        ("*", "a\nb.go", True),
    ],
)
def test_pattern(pattern: str, path: str, expected: bool) -> None:
    assert Globs([pattern]).match(path) is expected


def test_last_match_wins() -> None:
    globs = Globs(["*.go", "!keep.go", "a/keep.go"])
    assert globs.match("x.go")
    assert not globs.match("b/keep.go")
    assert globs.match("a/keep.go")


def test_directories_for_pruning() -> None:
    globs = Globs(["vendor/", "a/*"])
    assert globs.match("x/vendor", is_dir=True)
    assert globs.match("a/b", is_dir=True)
    assert not globs.match("a", is_dir=True)


@pytest.mark.parametrize("pattern", ["[abc", "a[^/]b", "x\\", "/", "[z-a]", "x" * 1001, "a\nb"])
def test_errors(pattern: str) -> None:
    with pytest.raises(GlobError):
        Globs([pattern])


@pytest.mark.skipif(shutil.which("git") is None, reason="git is the oracle")
def test_same_as_git(tmp_path: Path) -> None:
    rng = random.Random(3)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    names = ["a", "b", "ab", "ba.go", "a.go", "aab"]
    paths = ["/".join(parts) for n in (1, 2, 3) for parts in itertools.product(names, repeat=n)]
    pieces = ["a", "b", "*", "?", "**", "/", "/", "[ab]", ".go", "[!a]"]
    patterns = {"".join(rng.choices(pieces, k=rng.randint(1, 6))) for _ in range(120)}
    checked = 0
    for pattern in sorted(patterns):
        if not pattern.strip("/") or "//" in pattern or "***" in pattern:
            continue
        (tmp_path / ".gitignore").write_text(pattern + "\n")
        done = subprocess.run(
            ["git", "check-ignore", "--no-index", "--stdin", "-z"],
            cwd=tmp_path,
            input="\0".join(paths).encode(),
            capture_output=True,
            check=False,
        )
        expected = set(done.stdout.decode().split("\0")) - {""}
        globs = Globs([pattern])
        assert {path for path in paths if globs.match(path)} == expected, pattern
        checked += 1
    assert checked > 60


@pytest.mark.parametrize(
    "pattern",
    [
        "*a" * 400 + "b",
        "**/a/" * 150 + "b",
        "**/*a*/" * 100 + "b",
        "?*" * 400 + "b",
        "*[a]" * 200 + "!",
    ],
)
def test_no_pattern_is_slow(pattern: str) -> None:
    globs = Globs([pattern])
    start = time.perf_counter()
    for path in ("a" * 255, "/".join(["a"] * 1000), "/".join(["aaaa"] * 500), "a" * 4000):
        globs.match(path)
    assert time.perf_counter() - start < 1
