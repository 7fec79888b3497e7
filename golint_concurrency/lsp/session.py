"""What an editor's server knows of the source: disk, unsaved buffers over it, and conclusions.

A session lints one file at a time and keeps what it has understood of all packages that an edit
does not touch, so that an answer costs the edited file and what its findings depend on. It speaks
of absolute paths and bytes; nothing here knows the protocol, or threads.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from golint_concurrency import baseline, files, fix, go_version
from golint_concurrency.config import Config, ConfigError, load, validate
from golint_concurrency.diagnostic import Diagnostic, Fix, RuleInfo
from golint_concurrency.engine import Engine
from golint_concurrency.lsp.settings import ClientSettings
from golint_concurrency.registry import Registry
from golint_concurrency.registry import load as load_rules
from golint_concurrency.run import Plan, Reader, Worker, known_rules
from golint_concurrency.selection import RuleSelection, SelectorError
from golint_concurrency.semantics.module import ModuleIndex
from golint_concurrency.semantics.tree import Tree
from golint_concurrency.tool_rules import TOOL_RULES

_FOREIGN = frozenset(["vendor", "node_modules"])
_CACHE = os.sep + os.path.join("pkg", "mod") + os.sep
CONTROL_FILES = (".golint-concurrency.toml", baseline.NAME, "go.mod", "go.work")
"""Files that are no Go source but decide what is found; a change of one starts anew."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is wrong in the file at `path`, whose bytes were `content`; spans have that path too."""

    path: str
    content: bytes
    diagnostics: tuple[Diagnostic, ...] = ()


class _Area:
    """Files under one configuration, and the program around them."""

    def __init__(
        self,
        config: Config,
        plan: Plan,
        tree: Tree,
        messages: list[str],
        pause: Callable[[], None] | None,
    ) -> None:
        self.config = config
        self.messages = messages
        self._worker = Worker(plan)
        self.modules = ModuleIndex(use_cache=plan.use_module_cache, tree=tree)
        self.reader = Reader(plan.max_bytes, tree)
        self.engine: Engine = self._worker.engine(self.modules, self.reader)[0]
        if pause is not None:
            self.engine.pause = pause
        self._allowed = self._worker.allowed()
        self._baseline: baseline.Baseline | None = None
        path = config.root / baseline.NAME
        if path.is_file():
            try:
                self._baseline = baseline.read(path)
            except baseline.BaselineError as error:
                messages.append(str(error))

    def lint(self, path: str) -> tuple[list[Diagnostic], dict[str, bytes]]:
        """Findings in the file at absolute `path` that nobody has accepted."""
        outcome = self.engine.lint_file(path, path, self._allowed(path))
        found = outcome.diagnostics
        if self._baseline is not None:
            found = baseline.match(
                self._baseline, found, outcome.sources, os.path.dirname(path)
            ).new
        return sorted(found, key=lambda diagnostic: diagnostic.sort_key), outcome.sources


class Session:
    """Files with their findings, for one set of client settings.

    `pause` is called between the declarations of a file, and may raise to end a look at it. Raises `RuleError` if `rule_files` cannot be used.
    """

    def __init__(
        self,
        settings: ClientSettings | None = None,
        rule_files: Sequence[Path] = (),
        *,
        plugins: bool = True,
        pause: Callable[[], None] | None = None,
    ) -> None:
        self.settings = settings or ClientSettings()
        self.registry: Registry = load_rules(tuple(rule_files), plugins=plugins)
        self.messages: list[str] = []
        """What is wrong with configuration, said once each; whoever shows it empties the list."""
        self._pages = {info.id: info for info in TOOL_RULES}
        self._pages.update((rule.id, rule.info) for rule in self.registry.rules)
        self._rule_files = tuple(rule_files)
        self._plugins = plugins
        self._pause = pause
        self._buffers: dict[str, bytes] = {}
        self._tree = Tree()
        self._areas: dict[tuple[str, ...], _Area] = {}
        self._area_of: dict[str, _Area] = {}
        self._said: set[str] = set()
        self._stamps: dict[str, tuple[int, int]] = {}

    # ---------------------------------------------------------------------- changes

    def put(self, path: str, content: bytes) -> frozenset[str]:
        """An editor holds `content` for `path`. Returns the directories that this touches."""
        known = path in self._buffers
        if known and self._buffers[path] == content:
            return frozenset()
        same = not known and files.read_or_none(path) == content
        exists = known or self._tree.is_file(path)
        self._buffers[path] = content
        self._tree.put(path, content)
        if same:
            return frozenset()
        return self.changed([path]) if exists else self.appeared()

    def drop(self, path: str) -> frozenset[str]:
        """The editor has closed `path`: the disk counts again."""
        content = self._buffers.pop(path, None)
        if content is None:
            return frozenset()
        self._tree.forget(path)
        if not self._tree.is_file(path):
            return self.appeared()
        return frozenset() if files.read_or_none(path) == content else self.changed([path])

    def changed(self, paths: Sequence[str]) -> frozenset[str]:
        """Contents of Go files are others than before; none came or went."""
        stale: set[str] = {os.path.dirname(path) for path in paths}
        for area in self._areas.values():
            area.reader.failures.clear()
            stale |= area.engine.program.refresh(paths)
        return frozenset(stale)

    def appeared(self) -> frozenset[str]:
        """Files came or went, or configuration is another: everything is understood anew."""
        self._areas.clear()
        self._area_of.clear()
        return frozenset(os.path.dirname(path) for path in self._buffers)

    def configure(self, settings: ClientSettings) -> frozenset[str]:
        """Use other client settings from now on. Returns the directories that this touches."""
        self.settings = settings
        self._said.clear()
        return self.appeared()

    def poll(self) -> frozenset[str]:
        """Look on the disk for changes, for clients that do not watch files.

        Looks at the packages of the files that the editor holds, and at what configures them.
        Returns the directories that changes touch.
        """
        stamps: dict[str, tuple[int, int]] = {}
        for directory in {os.path.dirname(path) for path in self._buffers}:
            for path in self.package_of(os.path.join(directory, "x.go")):
                _stamp(path, stamps)
            for above in (Path(directory), *Path(directory).parents):
                for name in CONTROL_FILES:
                    _stamp(str(above / name), stamps)
        before, self._stamps = self._stamps, stamps
        new = {path for path in stamps.keys() - before.keys() if self._polled(path, before)}
        if new or any(not os.path.lexists(path) for path in before.keys() - stamps.keys()):
            return self.appeared()
        changed = [path for path in stamps.keys() & before.keys() if stamps[path] != before[path]]
        if any(os.path.basename(path) in CONTROL_FILES for path in changed):
            return self.appeared()
        changed = [path for path in changed if path not in self._buffers]
        return self.changed(changed) if changed else frozenset()

    def _polled(self, path: str, before: dict[str, tuple[int, int]]) -> bool:
        """True if the directory of `path` was looked at before, so that `path` is new in it."""
        directory = os.path.dirname(path)
        return any(os.path.dirname(other) == directory for other in before)

    # ----------------------------------------------------------------------- asking

    def rule(self, name: str) -> RuleInfo | None:
        """What is known of the rule with id `name`, be it of the tool, a plug-in or the module."""
        return self._pages.get(name)

    def fresh(self) -> Session:
        """A session over the same files that has understood nothing yet: for a look at many files,
        to be dropped with all that it learns."""
        other = copy.copy(self)
        other._areas, other._area_of = {}, {}
        return other

    @property
    def open_files(self) -> list[str]:
        """Paths that an editor holds."""
        return list(self._buffers)

    def content(self, path: str) -> bytes | None:
        """The bytes at `path`, the editor's if it holds them."""
        try:
            return self._tree.read(path)
        except files.Unreadable:
            return None

    def lint(self, path: str) -> Found:
        """Findings in the file at absolute `path`, as the command line would report them."""
        content = self.content(path)
        if content is None or len(content) > files.MAX_BYTES:
            return Found(path, content or b"")
        area = self._area(path)
        if not self._ours(path, area.config):
            return Found(path, content)
        diagnostics, _ = area.lint(path)
        return Found(path, content, tuple(diagnostics))

    def package_of(self, path: str) -> list[str]:
        """Files that lie beside `path`, those that the editor holds first."""
        directory = os.path.dirname(path)
        names = [name for name in self._tree.names(directory) if name.endswith(".go")]
        found = [os.path.join(directory, name) for name in names if not name.startswith((".", "_"))]
        return sorted(found, key=lambda each: (each not in self._buffers, each))

    def fixed(self, path: str, rules: frozenset[str] | None, *, unsafe: bool = False) -> bytes:
        """The file at `path` with fixes of `rules` (None: of all) made until none is left."""
        before = self.content(path) or b""
        if not fix.may_touch(path, before):
            return before
        held = path in self._buffers

        def look() -> fix.Found:
            found = self.lint(path)
            wanted = [d for d in found.diagnostics if rules is None or d.rule in rules]
            return fix.Found(wanted, {path: found.content})

        def again(touched: Mapping[str, bytes]) -> fix.Found:
            self.put(path, touched[path])
            return look()

        try:
            return fix.in_rounds(look(), again, unsafe=unsafe).contents.get(path, before)
        finally:
            if held:
                self.put(path, before)
            else:
                self.drop(path)

    def repaired(self, found: Found, item: Diagnostic) -> list[tuple[Fix, bytes]]:
        """The fixes of one finding, each with the file as it and nothing else leaves it."""
        if not fix.may_touch(found.path, found.content):
            return []
        result: list[tuple[Fix, bytes]] = []
        for each in item.fixes:
            alone = replace(item, fixes=(each,))
            fixed = fix.fix_file(found.path, found.content, [alone], unsafe=True)
            if fixed.content != found.content:
                result.append((each, fixed.content))
        return result

    def _ours(self, path: str, config: Config) -> bool:
        """False for files that the command line would leave out, and for other people's."""
        if not path.endswith(".go") or _CACHE in path or _FOREIGN & set(path.split(os.sep)):
            return False
        if path.endswith("_test.go") and config.tests is False:
            return False
        directory = Path(path).parent
        above = [directory, *directory.parents]
        inside = [each for each in above if each == config.root or config.root in each.parents]
        return not config.excluded(path) and not any(
            config.excluded(each, is_dir=True) for each in inside
        )

    def _area(self, path: str) -> _Area:
        directory = os.path.dirname(path)
        area = self._area_of.get(directory)
        if area is None:
            area = self._area_of[directory] = self._new_area(directory)
            for message in area.messages:
                if message not in self._said:
                    self._said.add(message)
                    self.messages.append(message)
        return area

    def _new_area(self, directory: str) -> _Area:
        messages: list[str] = []
        asked = RuleSelection(self.settings.select, self.settings.ignore)
        registry = self.registry
        try:
            config = load(Path(directory))
            if config.query_rules:
                registry = load_rules(
                    self._rule_files, plugins=self._plugins, queries=config.query_rules
                )
                messages += [f"{each.path}: {each.message}" for each in registry.problems]
            validate(config, known_rules(registry.rules))
        except ConfigError as error:
            messages += error.messages
            config, registry = Config(root=Path(directory)), self.registry
        known = known_rules(registry.rules)
        self._pages.update((rule.id, rule.info) for rule in registry.rules)
        try:
            asked.resolve(known)
        except SelectorError as error:
            messages += [f"settings: {message}" for message in error.messages]
            asked = RuleSelection()
        key = (str(config.root), config.digest, *map(str, config.files))
        if key not in self._areas:
            plan = Plan(
                config=config,
                asked=asked,
                rule_files=self._rule_files,
                plugins=self._plugins,
                query_files=config.query_rules,
                go=self.settings.go or go_version.parse(config.go),
                include_generated=bool(config.include_generated),
            )
            self._areas[key] = _Area(config, plan, self._tree, messages, self._pause)
        return self._areas[key]


def _stamp(path: str, stamps: dict[str, tuple[int, int]]) -> None:
    try:
        status = os.stat(path)
    except OSError:
        return
    stamps[path] = (status.st_mtime_ns, status.st_size)
