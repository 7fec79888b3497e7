"""Random edits of Go files as people and accidents make them: whole, half-written and broken."""

from __future__ import annotations

import random

_SNIPPETS = (
    b"\tgo func() { for { <-time.After(time.Second) } }()\n",
    b"\tmu.Lock()\n",
    b"\tdefer mu.Unlock()\n",
    b"\tif err != nil {\n\t\treturn\n\t}\n",
    b"\tch := make(chan int)\n\tgo func() { ch <- 1 }()\n",
    b"}\n",
    b"{\n",
    b"func added(ctx context.Context) { <-ctx.Done() }\n",
    b"// \xe4\xb8\x96\xe7\x95\x8c \xf0\x9f\x98\x80\n",
    b"\tx := `\n",
)


def edited(content: bytes, chance: random.Random) -> bytes:
    """`content` after one edit."""
    lines = content.splitlines(keepends=True) or [b""]
    at = chance.randrange(len(lines))
    kind = chance.randrange(6)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(at, chance.choice(lines))
    elif kind == 2:
        lines.insert(at, chance.choice(_SNIPPETS))
    elif kind == 3:
        other = chance.randrange(len(lines))
        lines[at], lines[other] = lines[other], lines[at]
    elif kind == 4:
        words = lines[at].split(b" ")
        del words[chance.randrange(len(words))]
        lines[at] = b" ".join(words)
    else:
        column = chance.randrange(len(lines[at]) + 1)
        lines[at] = lines[at][:column] + lines[at][column + 1 :]
    return b"".join(lines)
