"""One input through everything that the tool does with a file, and what must hold of each step."""

from __future__ import annotations

import contextlib
import hashlib
import signal
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from golint_concurrency import registry
from golint_concurrency.config import Config
from golint_concurrency.diagnostic import Diagnostic, Report, RuleInfo, Span
from golint_concurrency.engine import Outcome
from golint_concurrency.fix import fix_file
from golint_concurrency.report import FORMATS, ReportOptions, render
from golint_concurrency.run import Plan, Worker
from golint_concurrency.selection import ALL, RuleSelection
from golint_concurrency.source import Target
from golint_concurrency.syntax.parse import parse
from golint_concurrency.tool_rules import INTERNAL_ERROR, TOOL_RULES

ROOT = "/nonexistent-fuzz"
SECONDS = 1.0
SECONDS_PER_MEGABYTE = 2.0
_ROUNDS = 6


class Hung(BaseException):
    """Time is up. Not an `Exception`: the engine goes on after those."""


@dataclass(slots=True)
class Failure:
    """What was broken, with details for whoever mends it."""

    kind: str
    details: str


@dataclass(slots=True)
class Verdict:
    """What came of an input. `digest` is of all that was found: equal for equal inputs."""

    failures: list[Failure] = field(default_factory=list)
    digest: str = ""
    findings: int = 0
    fixes: int = 0


class Trial:
    """Tries inputs with all rules; what is loaded once is shared between them."""

    def __init__(self, slack: float = 1.0) -> None:
        """`slack` multiplies the limits of time, for slow machines."""
        plan = Plan(Config(root=Path(ROOT)), RuleSelection((ALL,)), plugins=False)
        self._worker = Worker(plan)
        rules = registry.load(plugins=False).rules
        self._infos: tuple[RuleInfo, ...] = (*TOOL_RULES, *(rule.info for rule in rules))
        self._slack = slack

    def run(self, content: bytes, name: str = "a.go") -> Verdict:
        """Lint, report, fix, and lint again."""
        verdict = Verdict()
        limit = (SECONDS + SECONDS_PER_MEGABYTE * len(content) / 1_000_000) * self._slack
        first = self._lint(verdict, content, name, limit)
        if first is None:
            return verdict
        verdict.findings = len(first.diagnostics)
        self._spans(verdict, first, name)
        second = self._lint(verdict, content, name, limit)
        if second is not None and _plain(first) != _plain(second):
            verdict.failures.append(Failure("other findings", "a second run differs"))
        digest = hashlib.sha256(repr(_plain(first)).encode("utf-8", "surrogateescape"))
        if first.diagnostics or first.suppressed:
            for format_ in FORMATS:
                with self._guard(verdict, f"report {format_}", 4 * limit):
                    digest.update(self._rendered(format_, first))
        for unsafe in (False, True):
            digest.update(self._fix(verdict, content, name, first, limit, unsafe=unsafe))
        verdict.digest = digest.hexdigest()
        return verdict

    def _rendered(self, format_: str, outcome: Outcome) -> bytes:
        found = {item.rule for item in outcome.diagnostics}
        report = Report(
            tuple(outcome.diagnostics),
            tuple(outcome.problems),
            tuple(info for info in self._infos if info.id in found),  # all of them take long
            outcome.sources,
            outcome.files,
            0.0,
            tuple(outcome.suppressed),
        )
        root = Path(ROOT)
        options = ReportOptions(show_source=True, root=root, cwd=root, include_suppressed=True)
        return render(format_, report, options)

    def _lint(self, verdict: Verdict, content: bytes, name: str, limit: float) -> Outcome | None:
        outcome: Outcome | None = None
        with self._guard(verdict, "lint", limit):
            target = Target(name, f"{ROOT}/{name}", len(content))
            outcome = self._worker.lint_content(target, content)
        if outcome is not None:
            for item in outcome.diagnostics:
                if item.rule == INTERNAL_ERROR:
                    verdict.failures.append(Failure("rule", item.message))
        return outcome

    def _spans(self, verdict: Verdict, outcome: Outcome, name: str) -> None:
        """Every place lies within its file."""
        for item in outcome.diagnostics:
            edits = [edit.span for fix in item.fixes for edit in fix.edits]
            others = [other.span for other in item.related] + [step.span for step in item.flow]
            for span in [item.span, *edits, *others]:
                if not _within(span, outcome):
                    verdict.failures.append(Failure("span", f"{item.rule}: {span}"))

    def _fix(
        self,
        verdict: Verdict,
        content: bytes,
        name: str,
        outcome: Outcome,
        limit: float,
        *,
        unsafe: bool,
    ) -> bytes:
        """Apply fixes until there are none; what could be read still can."""
        readable: bool | None = None
        for _ in range(_ROUNDS):
            diagnostics = [item for item in outcome.diagnostics if item.fixes]
            if not diagnostics:
                break
            if readable is None:
                readable = not parse(content).root_node.has_error
            fixed = None
            with self._guard(verdict, "fix", limit * (1 + len(diagnostics))):
                fixed = fix_file(name, content, diagnostics, unsafe=unsafe)
            if fixed is None:
                break
            verdict.fixes += len(fixed.applied)
            if readable:
                verdict.failures += [
                    Failure("fix would break", f"{item.rule} {_fixes(item)}")
                    for item in fixed.dropped
                ]
                if parse(fixed.content).root_node.has_error:
                    rules = ", ".join(sorted({item.rule for item in fixed.applied}))
                    verdict.failures.append(Failure("fix broke", rules))
            if fixed.content == content:
                break
            content = fixed.content
            again = self._lint(verdict, content, name, limit)
            if again is None:
                break
            outcome = again
        return content

    @contextlib.contextmanager
    def _guard(self, verdict: Verdict, step: str, limit: float) -> Iterator[None]:
        """Note exceptions, and what takes more than `limit` seconds of this process's time."""

        def expired(_signal: int, frame: FrameType | None) -> None:
            raise Hung("".join(traceback.format_stack(frame, 12)))

        old = signal.signal(signal.SIGPROF, expired)
        began = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, 4 * limit)
        try:
            yield
        except Hung as error:
            verdict.failures.append(Failure(f"{step}: hang", str(error)))
            return
        except Exception:
            verdict.failures.append(Failure(f"{step}: exception", traceback.format_exc()))
            return
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, old)
        took = time.process_time() - began
        if took > limit:
            verdict.failures.append(Failure(f"{step}: slow", f"{took:.2f} s of {limit:.2f}"))


def _within(span: Span, outcome: Outcome) -> bool:
    content = outcome.sources.get(span.path)
    return content is not None and 0 <= span.start <= span.end <= len(content)


def _fixes(item: Diagnostic) -> str:
    return repr([(edit.span.start, edit.span.end, edit.text) for edit in item.fixes[0].edits])


def _plain(outcome: Outcome) -> object:
    return (outcome.diagnostics, outcome.suppressed, outcome.problems)
