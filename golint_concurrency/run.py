"""A whole run: files to outcomes, over processes where there is enough work to pay for them."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from golint_concurrency import files, registry
from golint_concurrency.config import Config
from golint_concurrency.diagnostic import Problem, Severity
from golint_concurrency.engine import Engine, Outcome, Settings
from golint_concurrency.naming import name_files
from golint_concurrency.rule import Rule
from golint_concurrency.selection import ALL, KnownRule, RuleSelection, matching
from golint_concurrency.semantics.module import ModuleIndex
from golint_concurrency.semantics.program import Program
from golint_concurrency.semantics.stubs.store import StubStore
from golint_concurrency.semantics.tree import Overlay, Snapshot, Tree
from golint_concurrency.source import Target
from golint_concurrency.tool_rules import INTERNAL_ERROR, SYNTAX_ERROR, TOOL_RULES

if TYPE_CHECKING:
    from golint_concurrency.incremental import Session
    from golint_concurrency.progress import Progress

PARALLEL_BYTES = 2_000_000
"""Source below this is linted in one process: starting others costs about 50 ms each, which is
what one process needs for half a megabyte."""

CACHED_BYTES = 500_000
"""Source below this is linted faster than a cache is asked."""

_BATCH_BYTES = 2_500_000
_MOST_BYTES = 4_000_000
"""A batch reads the packages that it imports anew, so that larger ones save time and cost memory:
at this size a third of a gigabyte at most."""
_LEAST_BYTES = 1_500_000
_SPLIT_BYTES = 5_000_000
"""In a directory of this size or more, the tests are in batches of their own: for them the package
is another, with all their files in it, and all together would take too much memory."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run: plain data, so that it can be sent to worker processes.

    `overlay` gives contents, by absolute path, that stand in for those on disk; None where there
    is no file. `cached` lets results of earlier runs stand in for work, and keeps those of this
    one; a batch's outcome is then left in parts, by directory.
    """

    config: Config
    asked: RuleSelection
    rule_files: tuple[Path, ...] = ()
    query_files: tuple[Path, ...] = ()
    plugins: bool = True
    go: tuple[int, int] | None = None
    include_generated: bool = False
    suppressions: bool = True
    max_bytes: int = files.MAX_BYTES
    use_module_cache: bool = True
    timing: bool = False
    cached: bool = False
    in_parts: bool = False
    overlay: Overlay = field(default_factory=dict)
    answers: Mapping[tuple[str, tuple[bytes, ...], bool], dict[bytes, str]] = field(
        default_factory=dict
    )
    """What searches over modules give, where that is known (see `semantics.mentions`)."""


def known_rules(rules: Sequence[Rule]) -> tuple[KnownRule, ...]:
    """What selection and configuration need to know of the rules, those of the tool included."""
    own = [KnownRule(info.id, info.name, info.enabled) for info in TOOL_RULES]
    return (
        *own,
        *(KnownRule(rule.id, rule.name, rule.enabled, rule.options) for rule in rules),
    )


def lint(
    plan: Plan, targets: Sequence[Target], jobs: int, progress: Progress | None = None
) -> Outcome:
    """Lint `targets` with at most `jobs` processes; the outcome does not depend on how many."""
    outcome = Outcome()
    if progress is not None:
        progress.start(len(targets))
    groups = by_directory(targets)
    session = _session(plan, targets)
    if session is not None:
        known, rest = session.known(groups)
        plan = replace(plan, in_parts=True, answers=session.answers)
        targets = [target for group in rest.values() for target in group]
        for part in known:
            outcome.merge(part)
            if progress is not None:
                progress.advance(part.files)
    if sum(target.size for target in targets) > PARALLEL_BYTES and (jobs > 1 or _can_fork()):
        for part in _in_processes(plan, targets, jobs, progress):
            outcome.merge(part)
    else:
        worker = Worker(plan)
        for batch in batches(targets):
            outcome.merge(worker.lint(batch))
            if progress is not None:
                progress.advance(len(batch))
    if progress is not None:
        progress.end()
    if session is not None:
        session.keep(groups, outcome.parts, outcome.records)
        for _, part, _ in outcome.parts:
            outcome.merge(part)
        outcome.parts, outcome.records = [], {}
        if session.rebuilt is not None:
            said = "this cache could not be used, and was started anew"
            outcome.problems.append(Problem(str(session.rebuilt), said, fatal=False))
    outcome.diagnostics.sort(key=lambda diagnostic: diagnostic.sort_key)
    outcome.problems.sort(key=lambda problem: (problem.path, problem.message))
    return outcome


def _session(plan: Plan, targets: Sequence[Target]) -> Session | None:
    """The cache's part in this run; None if it has none."""
    own_rules = not plan.rule_files and not plan.query_files
    as_is = not plan.overlay and not plan.timing and plan.max_bytes == files.MAX_BYTES
    if not plan.cached or not own_rules or not as_is:
        return None
    if sum(target.size for target in targets) < CACHED_BYTES:
        return None
    from golint_concurrency import incremental  # costs more to import than a small file to lint

    rules = registry.load(plugins=plan.plugins, compiled=False).rules
    if not all(rule.check.__module__.startswith("golint_concurrency.") for rule in rules):
        return None  # what others' rules consult is not known
    settings = (
        sorted(rule.id for rule in rules),
        str(plan.config.root),
        [str(path) for path in plan.config.files],
        plan.config.digest,
        plan.asked,
        plan.go,
        plan.include_generated,
        plan.suppressions,
        plan.use_module_cache,
    )
    modules = ModuleIndex(use_cache=plan.use_module_cache)
    return incremental.Session(settings, modules, os.getcwd())


def _can_fork() -> bool:
    from golint_concurrency import pool  # costs more to import than a small file to lint

    return pool.can_fork()


def by_directory(targets: Sequence[Target]) -> dict[str, list[Target]]:
    """Targets by the directory in which they lie."""
    found: dict[str, list[Target]] = {}
    for target in targets:
        found.setdefault(os.path.dirname(target.absolute), []).append(target)
    return found


def batches(targets: Sequence[Target], jobs: int = 0) -> list[list[Target]]:
    """Targets in groups of about `_BATCH_BYTES`; files of one directory stay together, but for the
    tests of a very large one.

    For a number of `jobs` the groups get smaller towards the end, so that all have work until
    then.
    """
    found: list[list[Target]] = []
    left = sum(target.size for target in targets)
    room = 0
    for group in by_directory(targets).values():
        size = sum(target.size for target in group)
        if size >= _SPLIT_BYTES:
            found.extend(_split(group))
            room = 0
        else:
            if room <= 0:
                found.append([])
                share = left // (2 * jobs) if jobs else _BATCH_BYTES
                room = max(_LEAST_BYTES, min(share, _MOST_BYTES))
            found[-1].extend(group)
            room -= size
        left -= size
    return found


def _split(group: list[Target]) -> list[list[Target]]:
    """The files of a large directory without tests, and its tests in batches of one size."""
    tests = [target for target in group if target.path.endswith("_test.go")]
    rest = [target for target in group if not target.path.endswith("_test.go")]
    size = sum(target.size for target in tests)
    share = size / -(-size // _MOST_BYTES) if size else 0
    parts: list[list[Target]] = [rest] if rest else []
    filled = share
    for target in tests:
        if filled >= share:
            parts.append([])
            filled = 0
        parts[-1].append(target)
        filled += target.size
    return parts


def _in_processes(
    plan: Plan, targets: Sequence[Target], jobs: int, progress: Progress | None
) -> list[Outcome]:
    from golint_concurrency import pool

    groups = batches(targets, jobs)
    # The largest first, so that no process is left alone with a long one at the end.
    groups.sort(key=lambda group: -sum(target.size for target in group))
    work = _Work(plan)

    def done(at: int) -> None:
        if progress is not None:
            progress.advance(len(groups[at]))

    parts = pool.run(work, groups, jobs, done)
    return [
        part if part is not None else _alone(plan, group)
        for part, group in zip(parts, groups, strict=True)
    ]


def _alone(plan: Plan, group: list[Target]) -> Outcome:
    """A worker died (out of memory, killed): each file of its batch in a process of its own."""
    from golint_concurrency import pool

    work = _Work(replace(plan, in_parts=False))  # what comes of one file is no directory's outcome
    outcome = Outcome()
    for target, part in zip(group, pool.run(work, [[item] for item in group], 1), strict=True):
        if part is None:
            said = "the process that linted this file died; it was left out"
            outcome.problems.append(Problem(target.path, said))
        else:
            outcome.merge(part)
    return outcome


class _Work:
    """Lints a batch in a process that does nothing else."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        # Where processes can fork, rules and stubs are loaded once, for all of them.
        self._worker = Worker(plan) if _can_fork() else None

    def __call__(self, group: list[Target]) -> Outcome:
        return (self._worker or Worker(self._plan)).lint(group, last=True)


class Worker:
    """Lints batches; a program lives as long as one batch, which bounds memory."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        rules = registry.load(
            plan.rule_files, plugins=plan.plugins, queries=plan.query_files, compiled=False
        ).rules
        self._known = known_rules(rules)
        self._by_id = {item.id: item for item in self._known}
        settings = Settings(
            rules=rules,
            options={rule.id: dict(plan.config.settings(rule).options) for rule in self._known},
            include_generated=plan.include_generated,
            severity=self._severity,
            suppressions=plan.suppressions,
            names=lambda name: matching(name, self._known),
        )
        self._stubs = StubStore.open()
        self._tree = Tree(plan.overlay)
        self._settings = settings

    def lint(self, group: Sequence[Target], *, last: bool = False) -> Outcome:
        """Lint files as they are on disk, or in the plan's overlay; `last` if the process ends
        then."""
        outcome = self._lint(group, Reader(self._plan.max_bytes, Snapshot(self._tree)))
        if not last:
            gc.collect()  # a program's trees are cyclic: left alone, those of past batches pile up
        return outcome

    def lint_content(self, target: Target, content: bytes) -> Outcome:
        """Lint `content` in place of what is on disk at `target`."""
        return self._lint([target], Reader(self._plan.max_bytes, Tree({target.absolute: content})))

    def _lint(self, group: Sequence[Target], reader: Reader) -> Outcome:
        modules = ModuleIndex(use_cache=self._plan.use_module_cache, tree=reader.tree)
        engine, spent = self.engine(modules, reader)
        if self._plan.in_parts:
            return self._in_parts(group, engine, reader, modules)
        outcome = engine.lint(((target.path, target.absolute) for target in group), self.allowed())
        shown = {target.absolute: target.path for target in group}
        outcome.problems.extend(
            Problem(shown[path], message)
            for path, message in reader.failures.items()
            if path in shown
        )
        name_files(outcome, shown, os.getcwd())
        outcome.spent = spent
        return outcome

    def _in_parts(
        self, group: Sequence[Target], engine: Engine, reader: Reader, modules: ModuleIndex
    ) -> Outcome:
        """An outcome that holds one for each directory, with what it depends on."""
        from golint_concurrency.incremental import Inputs

        whole = Outcome()
        inputs = Inputs(reader.tree, modules)
        for directory, targets in by_directory(group).items():
            shown = {target.absolute: target.path for target in targets}
            part = engine.lint([(item.path, item.absolute) for item in targets], self.allowed())
            part.problems.extend(
                Problem(shown[path], message)
                for path, message in reader.failures.items()
                if path in shown
            )
            name_files(part, shown, os.getcwd())
            whole.parts.append((directory, part, inputs.of(directory, engine.program)))
        whole.records = inputs.records(engine.program, whole.parts)
        return whole

    def engine(self, modules: ModuleIndex, reader: Reader) -> tuple[Engine, dict[str, float]]:
        """An engine, and where it will note the time that it spends, if it does."""
        go = self._plan.go
        if not self._plan.timing:
            program = Program(modules, self._stubs, reader, go)
            program.mentions.update(self._plan.answers)
            return Engine(self._settings, program), {}
        from golint_concurrency.timing import Clock, TimedEngine, TimedProgram

        clock = Clock()
        program = TimedProgram(clock, modules, self._stubs, reader, go)
        return TimedEngine(clock, self._settings, program), clock.spent

    def allowed(self) -> Callable[[str], frozenset[str]]:
        """The ids of the rules that run on the file at an absolute path."""
        config, asked = self._plan.config, self._plan.asked
        # What could not be read or run is said whatever was selected, unless it was ignored.
        everything = RuleSelection((ALL,), asked.ignore).resolve(self._known)
        always = everything & {SYNTAX_ERROR, INTERNAL_ERROR}
        if not config.overrides and not config.per_file_ignores:
            everywhere = config.selection_for("", self._known, asked) | always
            return lambda _path: everywhere
        return lambda path: config.selection_for(path, self._known, asked) | always

    def _severity(self, path: str, rule: Rule) -> Severity | None:
        known = self._by_id[rule.id]
        return self._plan.config.severity_for(path, known)


class Reader:
    """Reads files of a tree for a program and remembers which could not be read, and why."""

    def __init__(self, max_bytes: int, tree: Tree) -> None:
        self._max_bytes = max_bytes
        self.tree = tree
        self.failures: dict[str, str] = {}

    def __call__(self, path: str) -> bytes | None:
        try:
            return self.tree.read(path, self._max_bytes)
        except files.Unreadable as error:
            self.failures[path] = str(error)
            return None


def lint_stdin(plan: Plan, content: bytes, name: str, cwd: str) -> Outcome:
    """Lint `content` as if it were the file `name`; its package is read from disk around it."""
    worker = Worker(plan)
    absolute = os.path.normpath(os.path.join(cwd, name))
    return worker.lint_content(Target(name, absolute, len(content)), content)
