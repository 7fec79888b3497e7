"""Writes the object model of sarif-om as JSON, fast enough for a hundred thousand results.

sarif-om declares SARIF's objects as attrs classes and has no serialiser. Its defaults are values
of the standard (`rank` -1.0, `index` -1): what equals its default is left out, except for
`level`, which is always written because consumers differ in what they assume. What each class
needs is worked out once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import attr

_ALWAYS = frozenset({"level"})
_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode

# For each class: JSON name and default by attribute name.
_PLANS: dict[type, dict[str, tuple[str, Any]]] = {}
_NEVER = object()


class Ready(dict[str, Any]):
    """JSON data made by `plain` before, to be shared by many objects."""


_DONE = frozenset((str, int, float, bool, Ready))


def plain(value: Any) -> Any:
    """`value` (an object of sarif-om, or a list, dict or scalar of them) as JSON data."""
    kind = type(value)
    if kind in _DONE:
        return value
    if kind is list or kind is tuple:
        return [item if type(item) in _DONE else plain(item) for item in value]
    if kind is dict:
        return {key: item if type(item) in _DONE else plain(item) for key, item in value.items()}
    plan = _PLANS.get(kind)
    if plan is None:
        plan = _PLANS[kind] = _plan(kind)
    data = {}
    for name, item in value.__dict__.items():
        if item is None:
            continue
        key, default = plan[name]
        if default is _NEVER or item != default:
            data[key] = item if type(item) in _DONE else plain(item)
    return data


def encode(value: Any) -> str:
    """`value` as compact ASCII JSON."""
    return _encode(plain(value))


def log(head: Any, results: Iterable[str]) -> bytes:
    """The whole file: `head` is a `SarifLog` whose only run has no results, which are `results`.

    The results come encoded, so that no more than one of them is ever held as objects.
    """
    data = plain(head)
    run = data.pop("runs")[0]
    run.pop("results", None)
    order = {key: data[key] for key in ("$schema", "version") if key in data}
    before = _encode(order)[:-1]
    inside = _encode(run)[:-1]
    # One result on a line: still compact, and a diff of two files can be read.
    text = f'{before},"runs":[{inside},"results":[\n' + ",\n".join(results) + "\n]}]}\n"
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
        plan[field.name] = (field.metadata["schema_property_name"], default)
    return plan
