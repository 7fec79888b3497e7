"""Where the time of a run goes: read, parse, index, lower, and each rule."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from golint_concurrency.engine import Engine, Outcome
from golint_concurrency.rule import Rule, View
from golint_concurrency.semantics.program import Program, Reader

if TYPE_CHECKING:
    from golint_concurrency.engine import Settings
    from golint_concurrency.semantics.module import ModuleIndex
    from golint_concurrency.semantics.package import FileScope, Package
    from golint_concurrency.semantics.stubs.store import StubStore
    from golint_concurrency.syntax import ast
    from golint_concurrency.syntax.file import Decl, File

OTHER = "other"


class Clock:
    """Charges time to sections that may lie in one another: each gets only its own.

    `spent` are seconds by the name of the section.
    """

    __slots__ = ("_open", "_since", "spent")

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._open: list[str] = []
        self._since = 0.0

    def section(self, name: str) -> _Section:
        """A context that is charged to `name`."""
        return _Section(self, name)

    def enter(self, name: str) -> None:
        """From here on `name` pays."""
        self._charge()
        self._open.append(name)

    def leave(self) -> None:
        """What was entered last has ended."""
        self._charge()
        self._open.pop()

    def _charge(self) -> None:
        now = time.perf_counter()
        if self._open:
            name = self._open[-1]
            self.spent[name] = self.spent.get(name, 0.0) + now - self._since
        self._since = now


class _Section:
    __slots__ = ("_clock", "_name")

    def __init__(self, clock: Clock, name: str) -> None:
        self._clock = clock
        self._name = name

    def __enter__(self) -> None:
        self._clock.enter(self._name)

    def __exit__(self, *_: object) -> None:
        self._clock.leave()


class TimedProgram(Program):
    """A program that charges a clock for reading, parsing and finding files."""

    def __init__(
        self,
        clock: Clock,
        modules: ModuleIndex,
        stubs: StubStore,
        read: Reader,
        go: tuple[int, int] | None,
    ) -> None:
        def timed(path: str) -> bytes | None:
            with clock.section("read"):
                return read(path)

        super().__init__(modules, stubs, timed, go)
        self._clock = clock

    def file(self, path: str, *, imported: bool = False) -> File | None:
        """See `Program.file`."""
        with self._clock.section("parse"):
            return super().file(path, imported=imported)

    def package_of(self, path: str) -> Package:
        """See `Program.package_of`."""
        with self._clock.section("index"):
            return super().package_of(path)

    def package(self, path: str, importer: Package) -> Package | None:
        """See `Program.package`."""
        with self._clock.section("index"):
            return super().package(path, importer)


class TimedEngine(Engine):
    """An engine that charges a clock for what it lowers and for each rule."""

    def __init__(self, clock: Clock, settings: Settings, program: Program) -> None:
        super().__init__(settings, program)
        self._clock = clock

    def lint_file(self, shown: str, path: str, allowed: frozenset[str] | None = None) -> Outcome:
        """See `Engine.lint_file`."""
        with self._clock.section(OTHER):
            return super().lint_file(shown, path, allowed)

    def _bind(self, scope: FileScope, decl: Decl) -> ast.Node:
        with self._clock.section("lower"):
            return super()._bind(scope, decl)

    def _run(self, rule: Rule, view: View, node: ast.Node, outcome: Outcome, path: str) -> None:
        with self._clock.section(rule.id):
            super()._run(rule, view, node, outcome, path)
