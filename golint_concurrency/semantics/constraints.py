"""Build constraints: which files of a directory are built together.

Source: `go help buildconstraint` and the package documentation of `go/build/constraint`.
"""

from __future__ import annotations

import re

OPERATING_SYSTEMS = frozenset(
    "aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 "
    "solaris wasip1 windows zos".split()
)
UNIX = frozenset(
    "aix android darwin dragonfly freebsd hurd illumos ios linux netbsd openbsd solaris".split()
)
ARCHITECTURES = frozenset(
    "386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 "
    "mips64p32le ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm".split()
)
NEWEST_MINOR = 27
_HEAD_BYTES = 64 * 1024
_TOKEN = re.compile(r"\s*(\(|\)|&&|\|\||!|[A-Za-z0-9_.]+)")
_PACKAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s+|//[^\n]*(?:\n|\Z)|/\*.*?\*/)*package\s+([^\s;/]+)", re.DOTALL
)
MAX_NESTING = 60


class Context:
    """A build: operating system, architecture, and extra tags that are set."""

    __slots__ = ("arch", "os", "tags")

    def __init__(
        self, os: str = "linux", arch: str = "amd64", tags: frozenset[str] = frozenset()
    ) -> None:
        self.os = os
        self.arch = arch
        self.tags = tags

    def holds(self, tag: str) -> bool:
        """True if `tag` is satisfied in this build."""
        if tag in self.tags or tag in (self.os, self.arch, "gc", "cgo"):
            return True
        if tag == "unix":
            return self.os in UNIX
        if tag == "linux":
            return self.os == "android"
        if tag.startswith("go1."):
            minor = tag[4:]
            return minor.isdigit() and int(minor) <= NEWEST_MINOR
        return False


def package_clause(content: bytes) -> str:
    """The name in the package clause, "" if none is found in the file's head."""
    match = _PACKAGE.match(content[:_HEAD_BYTES])
    return match.group(1).decode("utf-8", "replace") if match else ""


def suffix_tags(name: str) -> tuple[str, ...]:
    """The operating system and architecture that a file's name asks for."""
    stem = name.removesuffix(".go").removesuffix("_test")
    parts = stem.split("_")[1:]
    if len(parts) >= 2 and parts[-2] in OPERATING_SYSTEMS and parts[-1] in ARCHITECTURES:
        return (parts[-2], parts[-1])
    if parts and (parts[-1] in OPERATING_SYSTEMS or parts[-1] in ARCHITECTURES):
        return (parts[-1],)
    return ()


def expression(content: bytes) -> str:
    """The build constraint in the file's head in `//go:build` syntax, "" if it has none."""
    head = content[:_HEAD_BYTES]
    if b"build" not in head:
        return ""
    plus: list[str] = []
    for raw in head.split(b"\n"):
        line = raw.strip()
        if line.startswith(b"package "):
            break
        if line.startswith(b"//go:build "):
            return line[len(b"//go:build ") :].decode("utf-8", "replace")
        if line.startswith(b"// +build ") or line.startswith(b"//+build "):
            plus.append(line.split(b"build ", 1)[1].decode("utf-8", "replace"))
    return " && ".join(f"({_plus_build(line)})" for line in plus)


def _plus_build(line: str) -> str:
    """`a,b !c` means (a && b) || !c."""
    options = [" && ".join(option.split(",")) for option in line.split()]
    return " || ".join(f"({option})" for option in options) or "ignore"


def evaluate(text: str, context: Context) -> bool:
    """Whether the constraint `text` holds in `context`; a malformed one does not."""
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != re.sub(r"\s", "", text) or len(tokens) > 1000:
        return False
    parser = _Parser(tokens, context)
    try:
        return parser.parse()
    except _Malformed:
        return False


class _Malformed(Exception):
    pass


class _Parser:
    def __init__(self, tokens: list[str], context: Context) -> None:
        self._tokens = tokens
        self._context = context
        self._at = 0
        self._depth = 0

    def parse(self) -> bool:
        value = self._either()
        if self._at != len(self._tokens):
            raise _Malformed
        return value

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _either(self) -> bool:
        value = self._both()
        while self._peek() == "||":
            self._at += 1
            value = self._both() or value
        return value

    def _both(self) -> bool:
        value = self._single()
        while self._peek() == "&&":
            self._at += 1
            value = self._single() and value
        return value

    def _single(self) -> bool:
        negate = False
        while self._peek() == "!":
            negate = not negate
            self._at += 1
        token = self._peek()
        self._at += 1
        if token == "(":
            self._depth += 1
            if self._depth > MAX_NESTING:
                raise _Malformed
            value = self._either()
            self._depth -= 1
            if self._peek() != ")":
                raise _Malformed
            self._at += 1
        elif token and token not in (")", "&&", "||"):
            value = self._context.holds(token)
        else:
            raise _Malformed
        return value != negate


def tags_in(text: str) -> list[str]:
    """All tags that a constraint mentions, in order, each once."""
    return list(dict.fromkeys(t for t in _TOKEN.findall(text) if t[0].isalnum() or t[0] == "_"))
