"""Ways to damage a Go file, each a function of its bytes and a source of chance."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Mutation = Callable[[bytes, random.Random], bytes]

_TOKEN = re.compile(
    rb'[A-Za-z_]\w*|\d[\w.]*|"(?:[^"\\\n]|\\.)*"|`[^`]*`|//[^\n]*|\s+|<-|:=|&&|\|\||[=!<>]=|.',
    re.DOTALL,
)
_LIST = re.compile(rb"([({\[]|:?= ?|return |^\t+)([^(){}\[\]\n=]+)([)}\]]|$| :?=)", re.MULTILINE)
_PAIRS = [(b"(", b")"), (b"{", b"}"), (b"[", b"]"), (b"[]any{", b"}"), (b"func() {", b"}()"),
          (b"go func() {", b"}()"), (b"f(", b")"), (b"if x { ", b" }"), (b"for { ", b" }"),
          (b"select { case <-c: ", b" }"), (b"switch { case x: ", b" }"), (b"*", b""), (b"<-", b""),
          (b"[]", b""), (b"chan ", b""), (b"struct{ a ", b" }"), (b"-", b""), (b"a.b(", b").c")]  # fmt: skip
_WORDS = [
    b"go", b"defer", b"select", b"case", b"for", b"range", b"return", b"break", b"continue",
    b"goto L", b"L:", b"fallthrough", b"default:", b"if", b"else", b"func", b"func()", b"chan",
    b"interface{}", b"struct{}", b"map[string]int", b"<-", b":=", b"=", b"...", b"{", b"}", b"(",
    b")", b"[", b"]", b";", b"\n", b",", b".", b"nil", b"time.After(1)", b"mu.Lock()",
    b"mu.Unlock()", b"wg.Add(1)", b"wg.Done()", b"close(c)", b"c <- 1", b"<-c", b"ctx.Done()",
    b"context.Background()", b"//glc:ignore", b"//glc:ignore GLC401 -- x", b"//nolint",
    b"//nolint:all", b"//lint:ignore GLC4 x", b"//go:build ignore", b'import "C"', b"/*", b"*/",
    b"`", b'"', b"'", b"~", b"0x", b"0b2", b"1e999999999", b"1_000", b"'\\u'", b"[T any]",
    b"[T any, PT interface{ *T; M() }]", b"type T T", b"type A = B; type B = A",
    b"type S struct { S }", b"type I interface { I }", b"panic(1)", b"recover()", b"_", b"iota",
]  # fmt: skip


def _tokens(content: bytes) -> list[bytes]:
    return _TOKEN.findall(content)


def delete_tokens(content: bytes, noise: random.Random) -> bytes:
    """Take away a few tokens in a row."""
    tokens = _tokens(content)
    at = noise.randrange(len(tokens))
    del tokens[at : at + noise.choice([1, 1, 1, 2, 5, 20])]
    return b"".join(tokens)


def repeat_tokens(content: bytes, noise: random.Random) -> bytes:
    """Write some tokens several times."""
    tokens = _tokens(content)
    at = noise.randrange(len(tokens))
    some = tokens[at : at + noise.choice([1, 1, 3, 10, 40])]
    tokens[at:at] = some * noise.choice([1, 1, 2, 50])
    return b"".join(tokens)


def swap_tokens(content: bytes, noise: random.Random) -> bytes:
    """Exchange two tokens."""
    tokens = _tokens(content)
    one, other = noise.randrange(len(tokens)), noise.randrange(len(tokens))
    tokens[one], tokens[other] = tokens[other], tokens[one]
    return b"".join(tokens)


def rename(content: bytes, noise: random.Random) -> bytes:
    """Give everything with one name the name of something else."""
    names = [token for token in _tokens(content) if re.fullmatch(rb"[A-Za-z_]\w*", token)]
    if not names:
        return content
    old, new = noise.choice(names), noise.choice(names)
    return re.sub(rb"\b%s\b" % old, new, content, count=noise.choice([0, 1]))


def insert_word(content: bytes, noise: random.Random) -> bytes:
    """Put in something that means a lot to a reader of Go."""
    tokens = _tokens(content)
    tokens.insert(noise.randrange(len(tokens) + 1), b" " + noise.choice(_WORDS) + b" ")
    return b"".join(tokens)


def change_lists(content: bytes, noise: random.Random) -> bytes:
    """Take items from lists of arguments, parameters, values or targets, double or move them."""
    often = noise.choice([0.03, 0.2, 1])
    kind = noise.randrange(5)

    def changed(match: re.Match[bytes]) -> bytes:
        if noise.random() > often:
            return match[0]
        items = match[2].split(b",")
        at = noise.randrange(len(items))
        if kind == 0:
            del items[at]
        elif kind == 1:
            items = items[:1]
        elif kind == 2:
            items.insert(at, items[at])
        elif kind == 3:
            items.reverse()
        else:
            items = []
        return match[1] + b",".join(items) + match[3]

    return _LIST.sub(changed, content)


def flip_bytes(content: bytes, noise: random.Random) -> bytes:
    """Change a few bits."""
    data = bytearray(content)
    for _ in range(noise.choice([1, 1, 2, 8])):
        if data:
            data[noise.randrange(len(data))] ^= 1 << noise.randrange(8)
    return bytes(data)


def cut(content: bytes, noise: random.Random) -> bytes:
    """Keep the beginning, or the end."""
    at = noise.randrange(len(content) + 1)
    return content[:at] if noise.random() < 0.7 else content[at:]


def move_lines(content: bytes, noise: random.Random) -> bytes:
    """Take some lines and put them elsewhere."""
    lines = content.splitlines(keepends=True)
    at = noise.randrange(len(lines))
    count = noise.choice([1, 1, 2, 6])
    some = lines[at : at + count]
    if noise.random() < 0.6:
        del lines[at : at + count]
    to = noise.randrange(len(lines) + 1)
    lines[to:to] = some
    return b"".join(lines)


def nest(content: bytes, noise: random.Random) -> bytes:
    """Wrap a token in very many brackets, blocks or calls."""
    tokens = _tokens(content)
    at = noise.randrange(len(tokens))
    before, after = noise.choice(_PAIRS)
    depth = noise.choice([3, 20, 200, 200, 5000])
    tokens[at] = before * depth + tokens[at] + after * (depth - noise.choice([0, 0, 0, 1]))
    return b"".join(tokens)


def huge_literal(content: bytes, noise: random.Random) -> bytes:
    """A literal far larger than anybody writes, in place of another token."""
    tokens = _tokens(content)
    size = noise.choice([5_000, 20_000, 100_000])
    tokens[noise.randrange(len(tokens))] = noise.choice(
        [b"9" * size, b'"' + b"x" * size + b'"', b"`" + b"\n" * size + b"`", b"0x" + b"f" * size,
         b"1e" + b"9" * size, b"a" * size, b"'" + b"\\" * size, b"[]int{" + b"1, " * size + b"}",
         b'"' + b"\\n" * size + b'"', b"//" + b" nolint" * (size // 7)]
    )  # fmt: skip
    return b"".join(tokens)


def line_ends(content: bytes, noise: random.Random) -> bytes:
    """Line ends of another system, everywhere or here and there; a byte order mark."""
    kind = noise.randrange(4)
    if kind == 0:
        return content.replace(b"\n", b"\r\n")
    if kind == 1:
        return b"".join(
            line.replace(b"\n", noise.choice([b"\n", b"\r\n", b"\r", b"\x0c\n"]))
            for line in content.splitlines(keepends=True)
        )
    return b"\xef\xbb\xbf" + content if kind == 2 else content.rstrip()


MUTATIONS: tuple[tuple[Mutation, int], ...] = (
    (delete_tokens, 20), (repeat_tokens, 14), (swap_tokens, 12), (rename, 14), (insert_word, 16),
    (change_lists, 16), (flip_bytes, 10), (cut, 4), (move_lines, 14), (nest, 3),
    (huge_literal, 1), (line_ends, 4),
)  # fmt: skip
_KINDS = [kind for kind, _ in MUTATIONS]
_WEIGHTS = [weight for _, weight in MUTATIONS]


def mutate(content: bytes, noise: random.Random) -> bytes:
    """`content` after one or more mutations."""
    for _ in range(noise.choice([1, 1, 2, 3, 6])):
        if content.strip():
            content = noise.choices(_KINDS, _WEIGHTS)[0](content, noise)
    return content
