"""What the editor's user may set: initialization options and `workspace/didChangeConfiguration`.

An editor may take its settings from the folder that is open, which is not trusted: nothing here
can load code. Rules of one's own come from the server's command line alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from golint_concurrency import go_version

SECTION = "golint-concurrency"
LEVELS = ("error", "warning", "information", "hint", "off")
_SEVERITIES = ("error", "warning", "note")
MAX_DELAY = 10_000


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """`run` is "onSave" or "onType"; `delay` is the pause in milliseconds after a keystroke.

    `severity` gives the editor's level (one of `LEVELS`) for each severity of ours.
    """

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    run: str = "onType"
    delay: int = 200
    go: tuple[int, int] | None = None
    severity: Mapping[str, str] = field(
        default_factory=lambda: {"error": "error", "warning": "warning", "note": "information"}
    )


def read(options: Any) -> tuple[ClientSettings, list[str]]:
    """Settings from what a client sent, and what is wrong with it; what is wrong is left out.

    Clients send the settings themselves, or an object that holds them under the section's name.
    """
    if isinstance(options, Mapping):
        for name in (SECTION, "golintConcurrency", "golint_concurrency"):
            if isinstance(options.get(name), Mapping):
                options = options[name]
                break
    if options is None:
        return ClientSettings(), []
    if not isinstance(options, Mapping):
        return ClientSettings(), [f"settings: expected an object, not {_kind(options)}"]
    faults: list[str] = []
    known: dict[str, Any] = {}
    for key, value in options.items():
        reader = _READERS.get(key)
        if reader is None:
            faults.append(f"setting {key}: there is none of this name ({', '.join(_READERS)})")
            continue
        try:
            known[key] = reader(value)
        except ValueError as error:
            faults.append(f"setting {key}: {error}")
    if "severity" in known:
        known["severity"] = {**ClientSettings().severity, **known["severity"]}
    return ClientSettings(**known), faults


def _kind(value: Any) -> str:
    return {bool: "a boolean", int: "a number", float: "a number", str: "a string"}.get(
        type(value), "a list" if isinstance(value, list | tuple) else "something else"
    )


def _selectors(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise ValueError("expected a list of rules")
    return tuple(value)


def _run(value: Any) -> str:
    if value not in ("onSave", "onType"):
        raise ValueError('expected "onSave" or "onType"')
    return str(value)


def _delay(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MAX_DELAY:
        raise ValueError(f"expected milliseconds from 0 to {MAX_DELAY}")
    return int(value)


def _go(value: Any) -> tuple[int, int]:
    version = go_version.parse(value)
    if version is None:
        raise ValueError("expected a version of Go such as 1.22")
    return version


def _levels(value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise ValueError("expected an object")
    for severity, level in value.items():
        if severity not in _SEVERITIES or level not in LEVELS:
            raise ValueError(f"expected {', '.join(_SEVERITIES)}, each {' or '.join(LEVELS)}")
    return dict(value)


_READERS = {
    "select": _selectors,
    "ignore": _selectors,
    "run": _run,
    "delay": _delay,
    "go": _go,
    "severity": _levels,
}
