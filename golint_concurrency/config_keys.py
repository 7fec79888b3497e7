"""The keys of the configuration file, what each may hold, and sentences on what is wrong.

All faults of a file are collected; each names file and line, what was found, what is expected,
and the nearest known key where a key is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from golint_concurrency import go_version
from golint_concurrency.diagnostic import Severity
from golint_concurrency.globs import GlobError, Globs
from golint_concurrency.report import FORMATS
from golint_concurrency.selection import KnownRule
from golint_concurrency.terminal import escape
from golint_concurrency.toml_lines import Path, line_of

MAX_JOBS = 256
# Enough for people; keep a hostile file from making each path or finding a long matter.
MAX_PATTERNS = 1000
MAX_ENTRIES = 4000
MAX_FAULTS = 50

_VERSION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,3}\Z")
_TYPES = {
    bool: "a boolean",
    int: "a whole number",
    float: "a number",
    str: "a string",
    list: "an array",
    dict: "a table",
}

Option = int | str | bool | float


class Faults:
    """Messages on what is wrong, at most `MAX_FAULTS` of them."""

    def __init__(self) -> None:
        self.messages: list[str] = []
        self._entries = 0

    def counted(self, origin: str, number: int) -> bool:
        """Whether `number` more selectors or patterns are few enough; else that is noted."""
        before, self._entries = self._entries, self._entries + number
        if before <= MAX_ENTRIES < self._entries:
            self.add(origin, f"more than {MAX_ENTRIES} rules and patterns up to here")
        return self._entries <= MAX_ENTRIES

    def add(self, origin: str, text: str) -> None:
        """Note that `text` holds at `origin` ("file:line")."""
        message = f"{origin}: {text}" if origin else text
        if len(self.messages) < MAX_FAULTS:
            self.messages.append(message)
        elif len(self.messages) == MAX_FAULTS:
            self.messages.append("more is wrong; mend these first")


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """What `[rules."GLC802"]` says; `origins` has file and line of each option."""

    severity: Severity | None = None
    options: Mapping[str, Option] = field(default_factory=dict)
    origin: str = ""
    origins: Mapping[str, str] = field(default_factory=dict)

    def updated(self, nearer: RuleSettings) -> RuleSettings:
        """These settings with those of a nearer file over them."""
        return RuleSettings(
            severity=self.severity if nearer.severity is None else nearer.severity,
            options={**self.options, **nearer.options},
            origin=nearer.origin or self.origin,
            origins={**self.origins, **nearer.origins},
        )

    def wrong_options(self, rule: KnownRule) -> list[str]:
        """Sentences on options that `rule` does not have, or that have another type there."""
        messages = []
        for key, value in self.options.items():
            origin = self.origins.get(key, self.origin)
            default = rule.options.get(key)
            if default is None:
                known = ["severity", *rule.options]
                messages.append(f"{origin}: {unknown_key(key, known, f'rule {rule.id}')}")
            elif type(value) is not type(default) and not (
                isinstance(default, float) and type(value) is int
            ):
                wanted = _TYPES[type(default)]
                messages.append(f"{origin}: {key} must be {wanted}, as in {key} = {_toml(default)}")
        return messages


@dataclass(frozen=True, slots=True)
class ScopedOverride:
    """One `[[overrides]]`, its patterns not yet tied to a directory."""

    paths: Globs
    select: tuple[str, ...] | None
    ignore: tuple[str, ...]
    severity: tuple[tuple[str, Severity], ...]
    origin: str


@dataclass(frozen=True, slots=True)
class Scoped:
    """What one file says, its patterns not yet tied to a directory.

    `ignores` are patterns, rules and where that was written; `places` has the line of each value.
    """

    values: dict[str, Any]
    places: dict[str, str]
    ignores: tuple[tuple[Globs, tuple[str, ...], str], ...]
    rules: dict[str, RuleSettings]
    overrides: tuple[ScopedOverride, ...]
    origins: tuple[tuple[str, str], ...]


class Check:
    """Reads the tables of one file into settings and notes all that is wrong."""

    def __init__(self, shown: str, lines: dict[Path, int], faults: Faults) -> None:
        self._shown = shown
        self._lines = lines
        self._faults = faults
        self._origins: list[tuple[str, str]] = []

    def origin(self, path: Path) -> str:
        """File and line of the key at `path`."""
        return f"{self._shown}:{line_of(self._lines, path)}"

    def scoped(self, data: Mapping[str, Any]) -> Scoped:
        """All settings of the file; what is wrong is left out and noted."""
        readers: dict[str, Callable[[Path, Any], Any]] = {
            "select": self._selectors,
            "ignore": self._selectors,
            "fail-on": self._severity,
            "format": self._format,
            "go": self._go,
            "exclude": self._globs,
            "jobs": self._jobs,
            "include-generated": self._bool,
            "tests": self._bool,
            "query-rules": self._files,
        }
        tables = ("extends", "required-version", "per-file-ignores", "rules", "overrides")
        values: dict[str, Any] = {}
        places: dict[str, str] = {}
        for key, value in data.items():
            if key in readers:
                read = readers[key]((key,), value)
                if read is not None:
                    values[key.replace("-", "_")] = read
                    places[key] = self.origin((key,))
            elif key not in tables:
                self._unknown((key,), (*readers, *tables), "the configuration")
        return Scoped(
            values=values,
            places=places,
            ignores=self._per_file_ignores(data.get("per-file-ignores", {})),
            rules=self._rules(data.get("rules", {})),
            overrides=self._overrides(data.get("overrides", [])),
            origins=tuple(self._origins),
        )

    def newer(self, data: Mapping[str, Any], version: str) -> str:
        """A sentence if the file says that it needs a newer tool than `version`, else ""."""
        wanted = data.get("required-version")
        if wanted is None:
            return ""
        if not isinstance(wanted, str) or not _VERSION.match(wanted):
            self._wrong(("required-version",), 'the oldest version, as in "0.2"', wanted)
            return ""
        if _numbers(wanted) <= _numbers(version):
            return ""
        return (
            f"{self.origin(('required-version',))}: this configuration needs golint-concurrency "
            f"{wanted} or later, and this is {version}; update the tool"
        )

    def text(self, data: Mapping[str, Any], key: str) -> str | None:
        """The string under `key`, if there is one."""
        if key not in data:
            return None
        value = data[key]
        if not isinstance(value, str) or not value or "\0" in value:
            self._wrong((key,), "the path of a file, as a string", value)
            return None
        return value

    def _per_file_ignores(self, table: Any) -> tuple[tuple[Globs, tuple[str, ...], str], ...]:
        path: Path = ("per-file-ignores",)
        if not isinstance(table, dict) or len(table) > MAX_PATTERNS:
            self._wrong(path, 'a table of at most 1000, as in "*_test.go" = ["GLC3"]', table)
            return ()
        entries = []
        for pattern, value in table.items():
            globs = self._globs((*path, pattern), [pattern])
            rules = self._selectors((*path, pattern), value)
            if globs is not None and rules is not None:
                entries.append((globs, rules, self.origin((*path, pattern))))
        return tuple(entries)

    def _rules(self, table: Any) -> dict[str, RuleSettings]:
        if not isinstance(table, dict):
            self._wrong(("rules",), 'a table for each rule, as in [rules."GLC802"]', table)
            return {}
        rules = {}
        for name, settings in table.items():
            path: Path = ("rules", name)
            if not isinstance(settings, dict):
                self._wrong(path, 'a table, as in [rules."GLC802"]', settings)
                continue
            severity = None
            options: dict[str, Option] = {}
            for key, value in settings.items():
                if key == "severity":
                    severity = self._severity((*path, key), value)
                elif isinstance(value, (bool, int, float, str)):
                    options[key] = value
                else:
                    self._wrong((*path, key), "a number, a string or a boolean", value)
            rules[name] = RuleSettings(
                severity=severity,
                options=options,
                origin=self.origin(path),
                origins={key: self.origin((*path, key)) for key in settings},
            )
        return rules

    def _overrides(self, tables: Any) -> tuple[ScopedOverride, ...]:
        if not isinstance(tables, list) or not all(isinstance(item, dict) for item in tables):
            self._wrong(("overrides",), "tables, each as [[overrides]]", tables)
            return ()
        if len(tables) > MAX_PATTERNS:
            self._faults.add(self.origin(("overrides",)), f"more than {MAX_PATTERNS} overrides")
            return ()
        overrides = []
        known = ("paths", "select", "ignore", "severity")
        for at, table in enumerate(tables):
            path: Path = ("overrides", at)
            for key in table:
                if key not in known:
                    self._unknown((*path, key), known, "an override")
            if "paths" not in table:
                self._faults.add(
                    self.origin(path), 'an override needs paths, as in paths = ["internal/**"]'
                )
                continue
            globs = self._globs((*path, "paths"), table["paths"])
            select = ignore = None
            if "select" in table:
                select = self._selectors((*path, "select"), table["select"])
            if "ignore" in table:
                ignore = self._selectors((*path, "ignore"), table["ignore"])
            severity = self._severities((*path, "severity"), table.get("severity", {}))
            if globs is not None:
                overrides.append(
                    ScopedOverride(globs, select, ignore or (), severity, self.origin(path))
                )
        return tuple(overrides)

    def _severities(self, path: Path, value: Any) -> tuple[tuple[str, Severity], ...]:
        if isinstance(value, str):
            level = self._severity(path, value)
            return (("ALL", level),) if level is not None else ()
        if not isinstance(value, dict):
            self._wrong(path, 'a severity, or a table as in { GLC4 = "error" }', value)
            return ()
        if not self._faults.counted(self.origin(path), len(value)):
            return ()
        found = []
        for selector, word in value.items():
            self._origins.append((selector, self.origin((*path, selector))))
            level = self._severity((*path, selector), word)
            if level is not None:
                found.append((selector, level))
        return tuple(found)

    def _selectors(self, path: Path, value: Any) -> tuple[str, ...] | None:
        strings = self._strings(path, value, 'an array of rules, as in ["GLC401", "GLC5"]')
        if strings is not None:
            origin = self.origin(path)
            self._origins += [(text, origin) for text in strings]
        return strings

    def _globs(self, path: Path, value: Any) -> Globs | None:
        strings = self._strings(path, value, 'an array of patterns, as in ["gen/**", "*.pb.go"]')
        if strings is None:
            return None
        try:
            return Globs(strings)
        except GlobError as error:
            self._faults.add(self.origin(path), f"{_name(path)}: {escape(str(error))}")
            return None

    def _strings(self, path: Path, value: Any, wanted: str) -> tuple[str, ...] | None:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self._wrong(path, wanted, value)
            return None
        if len(value) > MAX_PATTERNS:
            self._faults.add(
                self.origin(path), f"{_name(path)} has more than {MAX_PATTERNS} entries"
            )
            return None
        return tuple(value) if self._faults.counted(self.origin(path), len(value)) else None

    def _files(self, path: Path, value: Any) -> tuple[str, ...] | None:
        strings = self._strings(path, value, 'an array of files, as in ["lint/rules.toml"]')
        if strings is not None and any(not text or "\0" in text for text in strings):
            self._wrong(path, "an array of files", strings)
            return None
        return strings

    def _severity(self, path: Path, value: Any) -> Severity | None:
        words = [severity.label for severity in Severity]
        if not isinstance(value, str) or value not in words:
            self._wrong(path, f"one of {_list(words)}", value)
            return None
        return Severity.from_label(value)

    def _format(self, path: Path, value: Any) -> str | None:
        if not isinstance(value, str) or value not in FORMATS:
            self._wrong(path, f"one of {_list(FORMATS)}", value)
            return None
        return value

    def _go(self, path: Path, value: Any) -> str | None:
        if go_version.parse(value) is None:
            self._wrong(path, 'a Go version, as in "1.22"', value)
            return None
        return str(value)

    def _jobs(self, path: Path, value: Any) -> int | None:
        if type(value) is not int or not 1 <= value <= MAX_JOBS:
            self._wrong(path, f"a number of processes from 1 to {MAX_JOBS}", value)
            return None
        return value

    def _bool(self, path: Path, value: Any) -> bool | None:
        if not isinstance(value, bool):
            self._wrong(path, "true or false", value)
            return None
        return value

    def _wrong(self, path: Path, wanted: str, value: Any) -> None:
        self._faults.add(
            self.origin(path), f"{_name(path)} must be {wanted}, not {_described(value)}"
        )

    def _unknown(self, path: Path, known: Iterable[str], where: str) -> None:
        self._faults.add(self.origin(path), unknown_key(str(path[-1]), known, where))


def unknown_key(key: str, known: Iterable[str], where: str) -> str:
    """A sentence that says that `where` has no `key`, and which is nearest."""
    known = list(known)
    spelled = key.replace("_", "-").lower()[:100]
    import difflib

    near = difflib.get_close_matches(spelled, known, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else f"known are {_list(known)}"
    return f"{where} has no key {_short(key)}; {hint}"


def _numbers(version: str) -> tuple[int, ...]:
    found = re.match(r"[0-9.]*", version)
    numbers = [int(part) for part in (found[0] if found else "").split(".") if part]
    return tuple(numbers + [0] * (4 - len(numbers)))


def _name(path: Path) -> str:
    return ".".join(_short(str(part)) for part in path if isinstance(part, str))


def _short(text: str) -> str:
    return escape(text if len(text) <= 60 else text[:60] + "...")


def _described(value: Any) -> str:
    if isinstance(value, str):
        return f'"{_short(value)}"'
    if isinstance(value, (bool, int, float)):
        return _toml(value)[:40]
    if isinstance(value, list) and not all(isinstance(item, str) for item in value):
        return "an array with other things than strings"
    return _TYPES.get(type(value), "a date or time")


def _toml(value: Option) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and value.bit_length() > 64:
        return "a number of great length"  # turning it into digits could take long
    return f'"{_short(value)}"' if isinstance(value, str) else str(value)


def _list(words: Iterable[str]) -> str:
    return ", ".join(words)
