"""The configuration that holds, each value with where it comes from.

As text it is TOML that could be written down as it is: origins are comments. As JSON it is for
scripts.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from golint_concurrency.config import Config, PathGlobs
from golint_concurrency.config_keys import Option
from golint_concurrency.diagnostic import Severity
from golint_concurrency.selection import KnownRule, RuleSelection
from golint_concurrency.terminal import escape, valid

VERSION = 1
DEFAULT, COMMAND_LINE = "default", "command line"

_DEFAULTS: dict[str, Any] = {
    "select": ["DEFAULT"],
    "ignore": [],
    "fail-on": Severity.WARNING.label,
    "format": "text",
    "go": None,
    "exclude": [],
    "jobs": None,
    "include-generated": False,
    "tests": True,
    "query-rules": [],
}

Shown = dict[str, Any]


def effective(
    config: Config,
    known: Sequence[KnownRule],
    levels: Mapping[str, Severity],
    options: Mapping[str, Any],
    asked: RuleSelection,
    path: str | None,
) -> Shown:
    """All settings as plain data; those of one file if its absolute `path` is given.

    `levels` are the rules' own severities by id, `options` what the command line said by key.
    """
    values: Shown = {}
    for key, default in _DEFAULTS.items():
        value, origin = default, DEFAULT
        if key in config.places:
            value, origin = _plain(getattr(config, key.replace("-", "_"))), config.places[key]
        if key in options:
            said = options[key]
            # What is ignored or excluded on the command line is added to what is already.
            added = key in ("ignore", "exclude") and origin != DEFAULT
            value = [*value, *said] if added else said
            origin = f"{origin} and {COMMAND_LINE}" if added else COMMAND_LINE
        values[key] = {"value": value, "origin": origin}
    return {
        "version": VERSION,
        "root": valid(str(config.root)),
        "files": [valid(str(file)) for file in config.files],
        "path": valid(path) if path is not None else None,
        "values": values,
        "per-file-ignores": [
            {"paths": _plain(entry.paths), "ignore": list(entry.rules), "origin": entry.origin}
            for entry in config.per_file_ignores
            if path is None or entry.paths.match(path)
        ],
        "overrides": [
            {
                "paths": _plain(entry.paths),
                "select": None if entry.select is None else list(entry.select),
                "ignore": list(entry.ignore),
                "severity": {selector: level.label for selector, level in entry.severity},
                "origin": entry.origin,
            }
            for entry in config.overrides
            if path is None or entry.paths.match(path)
        ],
        "rules": _rules(config, known, levels, asked, path),
    }


def _rules(
    config: Config,
    known: Sequence[KnownRule],
    levels: Mapping[str, Severity],
    asked: RuleSelection,
    path: str | None,
) -> dict[str, Shown]:
    place = path if path is not None else ""
    runs = config.selection_for(place, known, asked)
    found: dict[str, Shown] = {}
    for rule in known:
        settings = config.settings(rule)
        severity = config.severity_for(place, rule)
        origin = settings.origins.get("severity", DEFAULT)
        if severity != settings.severity:
            origin = "overrides"
        found[rule.id] = {
            "name": rule.name,
            "runs": rule.id in runs,
            "severity": {
                "value": (severity or levels[rule.id]).label,
                "origin": origin if severity is not None else DEFAULT,
            },
            "options": {
                key: {
                    "value": settings.options.get(key, default),
                    "origin": settings.origins.get(key, DEFAULT),
                }
                for key, default in rule.options.items()
            },
        }
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Severity):
        return value.label
    if isinstance(value, PathGlobs):
        return [valid(pattern) for pattern in value.globs.patterns]
    if isinstance(value, tuple):
        if all(isinstance(item, PathGlobs) for item in value):
            return [pattern for item in value for pattern in _plain(item)]
        return [valid(str(item)) if isinstance(item, Path) else item for item in value]
    return value


def as_json(shown: Shown) -> str:
    """The settings for scripts."""
    return json.dumps(shown, indent=2)


def as_toml(shown: Shown, cwd: str) -> str:
    """The settings for people."""
    lines = [f"# root: {escape(shown['root'])}"]
    for file in shown["files"]:
        lines.append(f"# read: {escape(os.path.relpath(file, cwd))}")
    if not shown["files"]:
        lines.append("# no configuration file")
    if shown["path"] is not None:
        lines.append(f"# for: {escape(os.path.relpath(shown['path'], cwd))}")
    entries = [
        (f"{key} = {_toml(entry['value'])}", entry["origin"])
        for key, entry in shown["values"].items()
        if entry["value"] is not None
    ]
    lines += ["", *_aligned(entries)]
    if shown["per-file-ignores"]:
        lines += ["", "[per-file-ignores]"]
        lines += _aligned(
            [
                (f"{_toml(pattern)} = {_toml(entry['ignore'])}", entry["origin"])
                for entry in shown["per-file-ignores"]
                for pattern in entry["paths"]
            ]
        )
    for rule, settings in shown["rules"].items():
        lines += _rule(rule, settings)
    for entry in shown["overrides"]:
        lines += ["", f"[[overrides]]  # {escape(entry['origin'])}"]
        lines.append(f"paths = {_toml(entry['paths'])}")
        for key in ("select", "ignore", "severity"):
            if entry[key]:
                lines.append(f"{key} = {_toml(entry[key])}")
    ran = [rule for rule, settings in shown["rules"].items() if settings["runs"]]
    lines += ["", f"# rules that run ({len(ran)} of {len(shown['rules'])}): {', '.join(ran)}"]
    return "\n".join(lines)


def _rule(rule: str, settings: Shown) -> list[str]:
    entries = [
        (f"{key} = {_toml(entry['value'])}", entry["origin"])
        for key, entry in settings["options"].items()
    ]
    level = settings["severity"]
    if level["origin"] not in (DEFAULT, "overrides"):
        entries.insert(0, (f"severity = {_toml(level['value'])}", level["origin"]))
    if not entries:
        return []
    return ["", f"[rules.{settings['name']}]  # {rule}", *_aligned(entries)]


def _aligned(entries: Sequence[tuple[str, str]]) -> list[str]:
    wide = max((len(text) for text, _ in entries), default=0)
    return [f"{text:<{min(wide, 60)}}  # {escape(origin)}" for text, origin in entries]


def _toml(value: Option | Sequence[Any] | Mapping[str, Any]) -> str:
    """`value` in TOML, on one line."""
    if isinstance(value, str):
        quoted = json.dumps(valid(value), ensure_ascii=False)
        return "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in quoted)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_toml(k)} = {_toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, Sequence):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    return str(value)
