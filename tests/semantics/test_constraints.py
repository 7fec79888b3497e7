"""Build constraints as the go tool reads them."""

from __future__ import annotations

import pytest

from golint_concurrency.semantics.constraints import (
    ALWAYS,
    MAX_TOKENS,
    Context,
    context_for,
    of_file,
    package_clause,
    parse,
    suffix_tags,
)

LINUX = Context()
WINDOWS = Context("windows", "arm64", cgo=False, minor=20)


@pytest.mark.parametrize(
    ("text", "linux", "windows"),
    [
        ("linux", True, False),
        ("!linux", False, True),
        ("unix", True, False),
        ("linux && amd64 || windows && arm64", True, True),
        ("linux && (arm64 || windows)", False, False),
        ("!(linux || windows)", False, False),
        ("cgo", True, False),
        ("go1.18", True, True),
        ("go1.21", True, False),
        ("gc && !gccgo", True, True),
        ("integration", False, False),
        ("!integration", True, True),
    ],
)
def test_expressions(text: str, linux: bool, windows: bool) -> None:
    constraint = parse(text)
    assert (constraint.holds(LINUX), constraint.holds(WINDOWS)) == (linux, windows)


@pytest.mark.parametrize(
    "text", ["", "linux &&", "&& linux", "(linux", "linux)", "linux windows", "!!linux", "a-b"]
)
def test_malformed_holds_nowhere(text: str) -> None:
    assert parse(text).malformed
    assert not parse(text).holds(LINUX)


def test_nesting_does_not_recurse() -> None:
    depth = MAX_TOKENS // 2 - 1
    assert parse("(" * depth + "linux" + ")" * depth).holds(LINUX)
    assert parse("(" * 100_000 + "linux" + ")" * 100_000).malformed


@pytest.mark.parametrize(
    ("head", "linux"),
    [
        (b"", True),
        (b"//go:build windows\n\n", False),
        (b"// Copyright\n\n//go:build !windows\n\n", True),
        (b"/* //go:build windows */\n\n", True),
        (b"//go:build linux\n//go:build linux\n\n", False),
        (b"//go:builder windows\n\n", True),
        (b"// +build windows\n\n", False),
        (b"// +build windows\n", True),  # no blank line behind it: part of the documentation
        (b"// +build linux,!cgo darwin\n\n", False),
        (b"//go:build linux\n// +build windows\n\n", True),
        (b"\xef\xbb\xbf//go:build windows\r\n\r\n", False),
    ],
)
def test_comments_above_the_package(head: bytes, linux: bool) -> None:
    assert of_file(head + b"package p\n").holds(LINUX) == linux


def test_below_the_package_clause_it_is_a_comment() -> None:
    assert of_file(b"package p\n\n//go:build windows\n") is ALWAYS


@pytest.mark.parametrize(
    ("name", "tags"),
    [
        ("a.go", ()),
        ("a_linux.go", ("linux",)),
        ("a_linux_arm64.go", ("linux", "arm64")),
        ("a_arm64_test.go", ("arm64",)),
        ("linux.go", ()),
        ("a_unix.go", ()),
        ("a_test.go", ()),
        ("linux_test.go", ()),
        ("a_linux_helper.go", ()),
        ("a_linux.pb.go", ("linux",)),
    ],
)
def test_suffixes(name: str, tags: tuple[str, ...]) -> None:
    assert suffix_tags(name) == tags


def test_nearest_build() -> None:
    assert context_for((), ALWAYS) is not None
    windows = context_for(("windows",), parse("arm64"))
    assert windows is not None
    assert (windows.os, windows.arch) == ("windows", "arm64")
    tagged = context_for((), parse("integration && !cgo"))
    assert tagged is not None
    assert (tagged.tags, tagged.cgo, tagged.os) == (frozenset(["integration"]), False, "linux")
    assert context_for((), parse("linux && !linux")) is None
    assert context_for(("windows",), parse("linux")) is None


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"package p\n", "p"),
        (b"// package q\n\npackage p // r\n", "p"),
        (b"/* a\n*/ package /* b */ p;", "p"),
        (b"", ""),
        (b"func f() {}", ""),
    ],
)
def test_package_clause(content: bytes, name: str) -> None:
    assert package_clause(content) == name
