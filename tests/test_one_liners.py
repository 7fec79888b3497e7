"""Functions on one line that fixes make too long."""

from __future__ import annotations

import time

import pytest

from golint_concurrency.one_liners import unfolded
from tests.golang import gofmt

LONG = "client.Get(" + "a" * 40 + ")"

GROWN = {
    "function": f"func f(address string) error {{ return {LONG}.{LONG} }}\n",
    "method": f"func (c *client) get() {{ {LONG}; {LONG} }}\n",
    "literal": f"func f() {{\n\tgo func() {{ {LONG}; {LONG} }}()\n\tg(1, 2)\n}}\n",
    "argument": f"func f() {{\n\tg.Go(func() error {{ return {LONG}.{LONG} }})\n}}\n",
    "variable": f"var f = func() error {{ return {LONG}.{LONG} }}\n",
    "nested": f"func f() {{ g(func() {{ {LONG}; {LONG} }}) }}\n",
    "comment": f"func f() {{ {LONG}; {LONG} }} // said of it\n",
    "short enough": f"func f(address string) error {{ return {LONG} }}\n",
    "a long line of short ones": f"func f() {{\n\tg(func() {{ {LONG} }}, func() {{ {LONG} }})\n}}\n",
}


@pytest.mark.parametrize("name", GROWN)
def test_as_gofmt_does(name: str) -> None:
    grown = ("package p\n\n" + GROWN[name]).encode()
    assert unfolded(b"package p\n", grown) == gofmt(grown)
    assert unfolded(grown, grown) == grown, "lines that no fix touched"


def test_line_ends_stay() -> None:
    grown = ("package p\n\n" + GROWN["method"]).encode()
    given = grown.replace(b"\n", b"\r\n")
    assert unfolded(b"", given) == gofmt(grown).replace(b"\n", b"\r\n")


def test_thousands_of_functions_on_one_line() -> None:
    grown = b"package p\n\n" + b"func() { f(); " * 3000 + b"}" * 3000 + b"\n"
    began = time.process_time()
    unfolded(b"package p\n", grown)
    assert time.process_time() - began < 4
