"""Comments at line ends beside lines that fixes change."""

from __future__ import annotations

import pytest

from golint_concurrency.trailing_comments import realigned
from tests.golang import gofmt

HEAD = "package p\n\nfunc f() {\n"

CHANGES = {
    "longer": (
        "\tstop := make(chan bool) // ends it\n\tn := 1                  // one\n",
        ("(chan bool)", "(chan bool, 1)"),
    ),
    "shorter": (
        "\tlonger := call(1, 2) // said\n\tx := call(3)         // said\n\n\ty() // alone\n",
        ("call(1, 2)", "call()"),
    ),
    "comes between": (
        "\tticker := start() // starts\n\twork()            // works\n\tx()               // x\n",
        ("\twork", "\tdefer ticker.Stop()\n\twork"),
    ),
    "runes": (
        '\tsay("größer") // said\n\tx()           // said\n',
        ('say("', 'cry("ö'),
    ),
    "slashes in texts": (
        '\tget("http://a") // there\n\tx()             // here\n',
        ("get(", "fetch("),
    ),
    "further in": (
        "\tif a { // said\n\t\tbcd() // done\n\t\te()   // done\n\t}\n",
        ("bcd", "f"),
    ),
    "literal": (
        "\tx = T{\n\t\tA:    1, // first\n\t\tLong: 2, // second\n\t}\n",
        ("1,", "1000,"),
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_as_gofmt_does(name: str) -> None:
    body, change = CHANGES[name]
    before = HEAD + body + "}\n"
    after = before.replace(*change)
    assert after != before
    assert gofmt(before.encode()) == before.encode()
    assert realigned(before.encode(), after.encode()) == gofmt(after.encode())


def test_what_was_not_aligned_stays() -> None:
    before = HEAD + "\tone() // said\n\tfour() // said\n}\n"
    after = before.replace("one", "eleven").encode()
    assert realigned(before.encode(), after) == after
