"""The configuration file `.golint-concurrency.toml`: find it, read it, say what is wrong in it.

Every key has the name of its option on the command line. The file belongs to the linted
repository and is data only: nothing in it loads code, reads outside of the repository, or makes
a run slow. Whatever is wrong in it is told at once, with file and line. The keys and their
types are those of `config_keys`.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from golint_concurrency import __version__
from golint_concurrency.config_keys import Check, Faults, RuleSettings, Scoped
from golint_concurrency.diagnostic import Severity
from golint_concurrency.globs import Globs
from golint_concurrency.selection import KnownRule, RuleSelection, matching, unknown_selector
from golint_concurrency.terminal import escape
from golint_concurrency.toml_lines import key_lines

NAME = ".golint-concurrency.toml"
MAX_BYTES = 1 << 20
MAX_EXTENDS = 5
# tomllib's memory grows with the square of the parts of a dotted key.
_MAX_DOTS = 100
_PLACE = re.compile(r"\(at line (\d+)")


class ConfigError(Exception):
    """Everything that is wrong in the configuration, one message each with file and line."""

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = list(messages)


@dataclass(frozen=True, slots=True)
class PathGlobs:
    """Patterns of paths, relative to the directory of the file that they were written in."""

    base: str
    globs: Globs

    def match(self, path: str | Path, *, is_dir: bool = False) -> bool:
        """Whether the absolute `path` lies under `base` and is matched."""
        text = os.path.abspath(path)
        base = self.base.rstrip(os.sep) + os.sep
        if not text.startswith(base):
            return False
        return self.globs.match(text[len(base) :].replace(os.sep, "/"), is_dir=is_dir)


@dataclass(frozen=True, slots=True)
class PerFileIgnore:
    """Rules that are ignored in some files."""

    paths: PathGlobs
    rules: tuple[str, ...]
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Override:
    """Settings for some files; `severity` is by selector, in the order written."""

    paths: PathGlobs
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, Severity], ...] = ()
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Config:
    """What configuration says; `None` where it says nothing and the option's default holds.

    `root` is the repository's root, or the nearest thing to it. `query_rules` are files of rules
    that are data (see `queries.load`), all inside of it. `files` are those that were
    read, the nearest first; `digest` changes whenever any of them does. `origins` tells where
    each selector was written, `places` where each key has its value from.
    """

    root: Path
    files: tuple[Path, ...] = ()
    digest: str = ""
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    fail_on: Severity | None = None
    format: str | None = None
    go: str | None = None
    exclude: tuple[PathGlobs, ...] = ()
    jobs: int | None = None
    include_generated: bool | None = None
    tests: bool | None = None
    per_file_ignores: tuple[PerFileIgnore, ...] = ()
    rules: Mapping[str, RuleSettings] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    origins: tuple[tuple[str, str], ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    query_rules: tuple[Path, ...] = ()

    def excluded(self, path: str | Path, *, is_dir: bool = False) -> bool:
        """Whether `exclude` keeps the absolute `path` from being linted."""
        return any(globs.match(path, is_dir=is_dir) for globs in self.exclude)

    def settings(self, rule: KnownRule) -> RuleSettings:
        """What `[rules]` says of `rule`, under its id or its name."""
        found = RuleSettings()
        for key in self.rules:
            if key.upper() == rule.id or key.lower() == rule.name:
                found = found.updated(self.rules[key])
        return found

    def selection_for(
        self, path: str | Path, known: Sequence[KnownRule], asked: RuleSelection | None = None
    ) -> frozenset[str]:
        """The ids of the rules that run on the absolute `path`.

        `asked` is what the command line said: its `select` replaces that of the configuration,
        its `ignore` is added. Call `validate` first; here unknown selectors raise
        `SelectorError`.
        """
        asked = asked or RuleSelection()
        select, ignore = self.select, self.ignore
        for override in self.overrides:
            if override.paths.match(path):
                select = override.select if override.select is not None else select
                ignore = (*ignore, *override.ignore)
        for entry in self.per_file_ignores:
            if entry.paths.match(path):
                ignore = (*ignore, *entry.rules)
        if asked.select is not None:
            select = asked.select
        return RuleSelection(select, (*ignore, *asked.ignore)).resolve(known)

    def severity_for(self, path: str | Path, rule: KnownRule) -> Severity | None:
        """The severity that `[rules]` and then `[[overrides]]` give to `rule` in `path`."""
        severity = self.settings(rule).severity
        for override in self.overrides:
            if override.severity and override.paths.match(path):
                for selector, level in override.severity:
                    if matching(selector, (rule,)):
                        severity = level
        return severity


def validate(config: Config, known: Sequence[KnownRule]) -> None:
    """Raise `ConfigError` for selectors of no rule, and for settings that a rule does not have."""
    messages = [
        f"{origin}: {unknown_selector(selector, known)}"
        for selector, origin in config.origins
        if not matching(selector, known)
    ]
    for key, settings in config.rules.items():
        rule = next((rule for rule in known if key.upper() == rule.id or key == rule.name), None)
        if rule is None:
            messages.append(f"{settings.origin}: {unknown_selector(key, known)}")
        else:
            messages += settings.wrong_options(rule)
    if messages:
        raise ConfigError(messages)


def load(start: Path, explicit: Path | None = None) -> Config:
    """The configuration for linting `start`, a file or directory that need not exist.

    The nearest `.golint-concurrency.toml` from `start` up to the root is read: the repository's
    root (`.git`), else the nearest directory with a go.mod, else the directory itself.
    `explicit` is read instead of it. Raises `ConfigError`.
    """
    directory = Path(os.path.abspath(start))
    if not directory.is_dir():
        directory = directory.parent
    root = find_root(directory)
    if explicit is not None:
        path = Path(os.path.abspath(explicit))
        return _read(path, root, trusted=True)
    for parent in (directory, *directory.parents):
        if os.path.lexists(parent / NAME):
            return _read(parent / NAME, root, trusted=False)
        if parent == root:
            break
    return Config(root=root)


def find_root(directory: Path) -> Path:
    """The root of what `directory` (absolute) belongs to; see `load`."""
    for parent in (directory, *directory.parents):
        if os.path.lexists(parent / ".git"):
            return parent
    for parent in (directory, *directory.parents):
        if (parent / "go.mod").is_file():
            return parent
    return directory


def _read(path: Path, root: Path, *, trusted: bool) -> Config:
    """The configuration at `path` with all that it extends."""
    faults = Faults()
    config = Config(root=root)
    layers: list[tuple[Path, dict[str, Any], Check]] = []
    seen: set[str] = set()
    import hashlib

    digest = hashlib.sha256()
    # What a trusted file extends lies next to it, wherever that is.
    inside = path.parent if trusted and not _within(path, root) else root
    following: Path | None = path
    origin = ""
    while following is not None:
        current, following = following, None
        real = os.path.realpath(current)
        if real in seen:
            faults.add(origin, f"extends {_shown(current)}, which leads back here")
            break
        if len(seen) > MAX_EXTENDS:
            faults.add(origin, f"extends more than {MAX_EXTENDS} files in a row")
            break
        seen.add(real)
        # Only a file that the user named may be a link out of the repository.
        if not (trusted and not layers) and not _within(Path(real), inside):
            where = origin or _shown(current)
            faults.add(where, f"{_shown(current)} leads out of the repository")
            break
        content = _content(current, origin or _shown(current), faults)
        if content is None:
            break
        digest.update(hashlib.sha256(content).digest())
        data = parse_toml(content, current, faults)
        if data is None:
            break
        check = Check(_shown(current), key_lines(content.decode("utf-8-sig")), faults)
        needed = check.newer(data, __version__)
        if needed:
            # What else it says may mean something that we cannot know.
            raise ConfigError([needed])
        layers.append((current, data, check))
        parent = check.text(data, "extends")
        if parent is not None:
            origin = check.origin(("extends",))
            following = Path(os.path.normpath(current.parent / parent))
    for current, data, check in reversed(layers):
        scoped = check.scoped(data)
        named = scoped.values.pop("query_rules", ())
        queries = _query_rules(named, current, inside, check.origin(("query-rules",)), faults)
        for file in queries:
            digest.update(hashlib.sha256(_bytes(file)).digest())
        config = _merged(config, scoped, str(current.parent))
        config = replace(config, query_rules=(*config.query_rules, *queries))
    if faults.messages:
        raise ConfigError(faults.messages)
    files = tuple(current for current, _, _ in layers)
    return replace(config, files=files, digest=digest.hexdigest())


def _query_rules(
    named: Sequence[str], current: Path, inside: Path, origin: str, faults: Faults
) -> list[Path]:
    """The files of query rules that the configuration at `current` names; never code."""
    found: list[Path] = []
    for name in named:
        path = Path(os.path.normpath(current.parent / name))
        if not name.endswith(".toml"):
            faults.add(origin, f"query-rules: {escape(name[:100])} is not a .toml file")
        elif not _within(path, inside):
            faults.add(origin, f"query-rules: {_shown(path)} leads out of the repository")
        else:
            found.append(path)
    return found


def _bytes(path: Path) -> bytes:
    """The content of a file, b"" if it cannot be read (which is told when its rules are)."""
    from golint_concurrency.files import Unreadable, read

    try:
        return read(str(path), MAX_BYTES)
    except Unreadable:
        return b""


def _merged(base: Config, scoped: Scoped, directory: str) -> Config:
    """`base` with what a nearer file says: values replace, tables and overrides add up."""
    values = dict(scoped.values)
    if "exclude" in values:
        values["exclude"] = (PathGlobs(directory, values["exclude"]),)
    ignores = tuple(
        PerFileIgnore(PathGlobs(directory, globs), rules, origin)
        for globs, rules, origin in scoped.ignores
    )
    overrides = tuple(
        Override(
            PathGlobs(directory, item.paths),
            item.select,
            item.ignore,
            item.severity,
            item.origin,
        )
        for item in scoped.overrides
    )
    rules = dict(base.rules)
    for key, settings in scoped.rules.items():
        rules[key] = rules[key].updated(settings) if key in rules else settings
    return replace(
        base,
        **values,
        per_file_ignores=(*base.per_file_ignores, *ignores),
        rules=rules,
        overrides=(*base.overrides, *overrides),
        origins=(*base.origins, *scoped.origins),
        places={**base.places, **scoped.places},
    )


def _content(path: Path, origin: str, faults: Faults) -> bytes | None:
    """The bytes of a regular file of reasonable size; a pipe or device must not stop the run."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                faults.add(origin, f"{_shown(path)} is not a regular file")
                return None
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        faults.add(origin, f"{_shown(path)} cannot be read: {error.strerror or error}")
        return None
    if len(content) > MAX_BYTES:
        faults.add(origin, f"{_shown(path)} is larger than {MAX_BYTES} bytes")
        return None
    return content


def parse_toml(content: bytes, path: Path, faults: Faults) -> dict[str, Any] | None:
    """The tables of a TOML file that may be hostile; None if it is wrong, which is noted."""
    import tomllib

    shown = _shown(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.add(f"{shown}:{line}", "not UTF-8; save the file in that encoding")
        return None
    for number, line_text in enumerate(text.split("\n"), 1):
        if line_text.count(".") > _MAX_DOTS:
            faults.add(
                f"{shown}:{number}",
                f"more than {_MAX_DOTS} dots on a line; break the value into several lines",
            )
            return None
    try:
        return tomllib.loads(text)
    except ValueError as error:  # also for a number with too many digits
        said = str(error)
        place = _PLACE.search(said)
        line = int(place[1]) if place else max(1, len(text.splitlines()))
        faults.add(f"{shown}:{line}", f"not TOML: {escape(said)[:300]}")
    except RecursionError:
        faults.add(shown, "not usable: values are nested too deeply")
    return None


def _within(path: Path, directory: Path) -> bool:
    """Whether `path`, links followed, lies in `directory`."""
    real, top = os.path.realpath(path), os.path.realpath(directory)
    return real.startswith(top.rstrip(os.sep) + os.sep)


def _shown(path: Path) -> str:
    """`path` relative to the current directory where that is shorter, safe to print."""
    relative = os.path.relpath(path)
    return escape(relative if not relative.startswith(os.pardir) else str(path))
