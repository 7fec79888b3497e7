"""Constant evaluation: buffer sizes, durations, limits.

Numbers are Python integers and fractions, so nothing overflows or rounds (Go specification,
"Constants": arbitrary precision). Sizes are bounded: a shift or literal that would build a huge
number is not evaluated.
"""

from __future__ import annotations

import re
from fractions import Fraction

Value = int | Fraction | str | bool

MAX_BITS = 512
"""Go's own compiler keeps at least 256 bits; larger results are left unknown."""

_ESCAPES = {
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "\\": "\\",
    "'": "'",
    '"': '"',
}
_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[0-7]{3}|.)", re.DOTALL)


def literal(kind: str, text: str) -> Value | None:
    """The value of a literal of `kind` (see `ast.BasicLit`); None if it is malformed or huge."""
    if len(text) > 100_000:
        return None
    try:
        if kind == "int":
            return _integer(text.replace("_", ""))
        if kind == "float":
            return _float(text.replace("_", ""))
        if kind == "rune":
            decoded = _unescape(text[1:-1])
            return ord(decoded) if len(decoded) == 1 else None
        if kind == "string":
            if text.startswith("`"):
                return text[1:-1].replace("\r", "")
            return _unescape(text[1:-1])
    except (ValueError, OverflowError):
        return None
    return None


def _integer(text: str) -> int | None:
    if len(text) > 300:
        return None
    if len(text) > 1 and text[0] == "0" and text[1].isdigit():
        return int(text, 8)
    return int(text, 0)


def _float(text: str) -> Fraction | None:
    mantissa, _, exponent = text.lower().partition("e")
    if text.lower().startswith("0x") or (exponent and abs(int(exponent)) > 300):
        return None
    return Fraction(mantissa) * Fraction(10) ** int(exponent or 0)


def _unescape(text: str) -> str:
    def replace(match: re.Match[str]) -> str:
        body = match.group(1)
        if body[0] in "xuU":
            return chr(int(body[1:], 16))
        if len(body) == 3:
            return chr(int(body, 8))
        return _ESCAPES.get(body, body)

    return _ESCAPE.sub(replace, text)


def binary(op: str, x: Value, y: Value, *, integers: bool) -> Value | None:
    """`x op y`; `integers` selects Go's integer division. None if it cannot be evaluated."""
    if isinstance(x, str) or isinstance(y, str):
        if isinstance(x, str) and isinstance(y, str):
            return _strings(op, x, y)
        return None
    if op in ("==", "!=", "<", "<=", ">", ">="):
        return _compare(op, Fraction(x), Fraction(y))
    if isinstance(x, bool) or isinstance(y, bool):
        if op == "&&":
            return bool(x) and bool(y)
        return (bool(x) or bool(y)) if op == "||" else None
    if op in ("<<", ">>", "&", "|", "^", "&^", "%"):
        if Fraction(x).denominator != 1 or Fraction(y).denominator != 1:
            return None
        return _bounded(_bits(op, int(x), int(y)))
    if op == "+":
        return _bounded(x + y)
    if op == "-":
        return _bounded(x - y)
    if op == "*":
        return _bounded(x * y)
    if op == "/" and y != 0:
        if integers:
            quotient = abs(int(x)) // abs(int(y))
            return quotient if (x < 0) == (y < 0) else -quotient
        return _bounded(Fraction(x) / Fraction(y))
    return None


def _strings(op: str, x: str, y: str) -> Value | None:
    if op == "+":
        return x + y if len(x) + len(y) < 1_000_000 else None
    if op == "==":
        return x == y
    return x != y if op == "!=" else None


def _compare(op: str, x: Fraction, y: Fraction) -> bool:
    return {
        "==": x == y,
        "!=": x != y,
        "<": x < y,
        "<=": x <= y,
        ">": x > y,
        ">=": x >= y,
    }[op]


def _bits(op: str, x: int, y: int) -> int | None:
    if op in ("<<", ">>"):
        if not 0 <= y <= MAX_BITS:
            return None
        return x << y if op == "<<" else x >> y
    if op == "%":
        if y == 0:
            return None
        remainder = abs(x) % abs(y)
        return remainder if x >= 0 else -remainder
    if op == "&":
        return x & y
    if op == "|":
        return x | y
    return x ^ y if op == "^" else x & ~y


def _bounded(value: int | Fraction | None) -> int | Fraction | None:
    if value is None:
        return None
    if isinstance(value, Fraction):
        if value.denominator == 1:
            return _bounded(int(value))
        return value if value.denominator.bit_length() < 4 * MAX_BITS else None
    return value if value.bit_length() <= MAX_BITS else None


def unary(op: str, x: Value) -> Value | None:
    """`op x`; None if it cannot be evaluated."""
    if op == "!" and isinstance(x, bool):
        return not x
    if isinstance(x, bool | str):
        return None
    if op == "-":
        return -x
    if op == "+":
        return x
    if op == "^" and isinstance(x, int):
        return ~x
    return None
