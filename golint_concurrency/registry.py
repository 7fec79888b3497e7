"""Which rules there are: built in, installed plug-ins, and files named by the caller.

Nothing in a linted repository can add code to this: plug-ins are what the user's own Python
environment has installed under the entry point group `golint_concurrency.rules`, local rule
files come from the command line only. Query rules are data; a repository's configuration may
name files of them.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import pkgutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from golint_concurrency import files
from golint_concurrency.diagnostic import Problem
from golint_concurrency.rule import Rule, RuleError

ENTRY_POINT_GROUP = "golint_concurrency.rules"


class Registry:
    """All rules by id; `problems` names plug-ins that could not be loaded."""

    def __init__(self) -> None:
        self._rules: dict[str, Rule] = {}
        self._names: dict[str, str] = {}
        self.problems: list[Problem] = []

    def __iter__(self) -> Iterable[Rule]:
        return iter(self.rules)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules in the order of their ids."""
        return tuple(self._rules[key] for key in sorted(self._rules))

    def find(self, selector: str) -> Rule | None:
        """The rule with this id or name, in any case."""
        key = selector.strip()
        return self._rules.get(key.upper()) or self._rules.get(self._names.get(key.lower(), ""))

    def add(self, rule: Rule, origin: str) -> None:
        """Register `rule`. Raises `RuleError` if its id or name is taken."""
        for taken in (self._rules.get(rule.id), self.find(rule.name)):
            if taken is not None:
                raise RuleError(
                    f"{origin}: {rule.id} {rule.name} clashes with {taken.id} {taken.name}; "
                    "rename one of them"
                )
        self._rules[rule.id] = rule
        self._names[rule.name] = rule.id

    def add_module(self, module: ModuleType, origin: str) -> None:
        """Register what a module declares: `RULE`, or a list `RULES`."""
        declared: list[Rule] = []
        single = getattr(module, "RULE", None)
        if isinstance(single, Rule):
            declared.append(single)
        several = getattr(module, "RULES", ())
        if isinstance(several, list | tuple):
            declared.extend(rule for rule in several if isinstance(rule, Rule))
        if not declared:
            raise RuleError(f"{origin}: declares no RULE; see CONTRIBUTING for the shape of a rule")
        for rule in declared:
            if not rule.explanation:
                rule = replace(rule, explanation=(module.__doc__ or "").strip())
            self.add(rule, origin)


def load(
    rule_files: Sequence[Path] = (),
    *,
    plugins: bool = True,
    queries: Sequence[Path] = (),
    compiled: bool = True,
) -> Registry:
    """The registry with built-in rules, installed plug-ins, `rule_files` and query rules.

    Raises `RuleError` if a file named by the caller is no rule; a broken installed plug-in or
    query rule is recorded in `problems` and left out. Files in `queries` are read as data, whatever
    they are. `compiled` is `queries.load.load`'s.
    """
    registry = Registry()
    builtin = importlib.import_module("golint_concurrency.rules")
    for info in sorted(pkgutil.iter_modules(builtin.__path__), key=lambda info: info.name):
        if not info.name.startswith("_"):
            module = importlib.import_module(f"{builtin.__name__}.{info.name}")
            registry.add_module(module, f"rules/{info.name}.py")
    if plugins:
        _load_plugins(registry)
    for file in rule_files:
        _load_path(registry, file, compiled=compiled)
    for file in queries:
        _load_queries(registry, file, compiled=compiled)
    return registry


def _has_plugins() -> bool:
    """Whether something installed may declare a plug-in.

    Importing `importlib.metadata` costs more than linting a small file, so what it would read is
    searched for the name of the group first; where that is not plain files, the answer is yes.
    """
    group = ENTRY_POINT_GROUP.encode()
    for entry in dict.fromkeys(sys.path):
        directory = entry or "."
        try:
            with os.scandir(directory) as scan:
                names = [item.name for item in scan]
        except NotADirectoryError:
            return True
        except OSError:
            continue
        for name in names:
            if name.endswith((".egg", ".egg-link")):
                return True
            if name.endswith((".dist-info", ".egg-info")):
                try:
                    with open(os.path.join(directory, name, "entry_points.txt"), "rb") as file:
                        if group in file.read():
                            return True
                except OSError:
                    continue
    return False


def _load_plugins(registry: Registry) -> None:
    if not _has_plugins():
        return
    from importlib.metadata import entry_points

    for entry in sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda entry: entry.name):
        origin = f"plug-in {entry.name}"
        try:
            loaded = entry.load()
            if isinstance(loaded, Rule):
                registry.add(loaded, origin)
            else:
                registry.add_module(loaded, origin)
        except Exception as error:  # a plug-in may fail in any way; the run goes on without it
            registry.problems.append(Problem(origin, f"left out: {error}", fatal=True))


def holds_query_rules(path: Path) -> bool:
    """Whether the TOML file at `path` is one of query rules, not a pyproject.toml or the like."""
    try:
        return b"[[rule]]" in files.read(str(path), 1 << 20)
    except files.Unreadable:
        return False


def _load_queries(registry: Registry, path: Path, *, compiled: bool) -> None:
    """Add the query rules of a file; those that are wrong or clash are noted and left out."""
    from golint_concurrency.queries.load import load as load_queries

    relative = os.path.relpath(path)
    shown = str(path) if relative.startswith(os.pardir) else relative
    loaded = load_queries(path, shown, compiled=compiled)
    registry.problems += loaded.problems
    for rule, origin in loaded.rules:
        try:
            registry.add(rule, origin)
        except RuleError as error:
            registry.problems.append(Problem(origin, str(error).removeprefix(f"{origin}: ")))


def _load_path(registry: Registry, path: Path, *, compiled: bool) -> None:
    found = [path]
    if path.is_dir():
        queries = filter(holds_query_rules, path.glob("*.toml"))
        found = sorted([*path.glob("*.py"), *queries])
    if not found:
        raise RuleError(f"--rules {path}: no files of rules there")
    for file in found:
        if file.suffix == ".toml":
            if not file.is_file():
                raise RuleError(f"--rules {file}: no such file")
            _load_queries(registry, file, compiled=compiled)
            continue
        if path.is_dir() and file.name.startswith("_"):
            continue
        name = f"golint_concurrency_local_{file.stem}"
        spec = importlib.util.spec_from_file_location(name, file)
        if spec is None or spec.loader is None or not file.is_file():
            raise RuleError(f"--rules {file}: not a Python file")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        try:
            spec.loader.exec_module(module)
        except Exception as error:
            raise RuleError(f"--rules {file}: {type(error).__name__}: {error}") from error
        registry.add_module(module, str(file))
