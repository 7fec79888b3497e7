"""Writes the object model of sarif-om as JSON, fast enough for a hundred thousand results.

sarif-om declares SARIF's objects as attrs classes and has no serialiser. Its defaults are values
of the standard (`rank` -1.0, `index` -1): what equals its default is left out, except for
`level`, which is always written because consumers differ in what they assume. What each class
needs is worked out once, and objects become text without a step between.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from json.encoder import encode_basestring_ascii as _quote
from typing import Any

import attr
import sarif_om as om

_ALWAYS = frozenset({"level"})
_NEVER = object()

# For each class: the quoted JSON name with its colon, and the default, by attribute name.
_PLANS: dict[type, dict[str, tuple[str, Any]]] = {}


class Ready(str):
    """JSON text made by `encode` before, to be shared by many objects."""

    __slots__ = ()


def encode(value: Any) -> str:
    """`value` (an object of sarif-om, or a list, dict or scalar of them) as ASCII JSON."""
    kind = type(value)
    if kind is Ready:
        return str(value)
    if kind is str:
        return _quote(value)
    if kind is list:
        return f"[{','.join([encode(item) for item in value])}]"
    if kind is dict:
        parts = [f"{_quote(key)}:{encode(item)}" for key, item in value.items()]
        return f"{{{','.join(parts)}}}"
    plan = _PLANS.get(kind)
    if plan is None:
        if not attr.has(kind):
            return json.dumps(value)
        plan = _PLANS[kind] = _plan(kind)
    parts = []
    for name, item in value.__dict__.items():
        if item is None:
            continue
        key, default = plan[name]
        if default is _NEVER or item != default:
            kind = type(item)
            if kind is str:
                parts.append(key + _quote(item))
            elif kind is int:
                parts.append(f"{key}{item}")
            else:
                parts.append(key + encode(item))
    return f"{{{','.join(parts)}}}"


def log(head: om.SarifLog, results: Iterable[str]) -> bytes:
    """The whole file: `head` has one run without results, which are `results`.

    The results come encoded, so that no more than one of them is ever held as objects.
    """
    (run,) = head.runs
    # One result on a line: still compact, and a diff of two files can be read.
    text = (
        f'{{"$schema":{_quote(head.schema_uri)},"version":{_quote(head.version)},'
        f'"runs":[{encode(run)[:-1]},"results":[\n' + ",\n".join(results) + "\n]}]}\n"
    )
    return text.encode("ascii")


def _plan(kind: type) -> dict[str, tuple[str, Any]]:
    plan = {}
    for field in attr.fields(kind):
        default = field.default
        if isinstance(default, attr.Factory):  # type: ignore[arg-type]
            factory: Callable[[], Any] = default.factory
            default = factory()
        if default is attr.NOTHING or default is None or field.name in _ALWAYS:
            default = _NEVER
        plan[field.name] = (_quote(field.metadata["schema_property_name"]) + ":", default)
    return plan
