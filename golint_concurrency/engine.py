"""Files in, diagnostics out: prefilter, parse, one pass per file, findings in a fixed order.

A file whose bytes hold nothing that could wake a rule is never parsed; a declaration that holds
nothing of the kind is never lowered; nothing is asked about a package in which no rule wakes.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from golint_concurrency import suppress
from golint_concurrency.diagnostic import Diagnostic, Problem, Severity, Span, Suppressed
from golint_concurrency.files import is_generated
from golint_concurrency.needles import NAME_BYTES, Needles, words_of
from golint_concurrency.rule import Option, Rule, RuleStopped, View, findings, to_diagnostic
from golint_concurrency.semantics import infer
from golint_concurrency.semantics.binding import bind_function, bind_value
from golint_concurrency.semantics.denote import bind_type
from golint_concurrency.semantics.nodes import nodes_below
from golint_concurrency.semantics.objects import Member
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.program import Program
from golint_concurrency.syntax import ast
from golint_concurrency.syntax.file import Decl, File
from golint_concurrency.tool_rules import INTERNAL_ERROR, SYNTAX_ERROR, TOOL_RULES


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is asked to do.

    `options` are rule options by rule id; `severity` is the configuration's word on a rule in the
    file at an absolute path, None where it has none. `names` resolves the rules that suppressions
    name.
    """

    rules: tuple[Rule, ...]
    options: Mapping[str, Mapping[str, Option]] = field(default_factory=dict)
    severity: Callable[[str, Rule], Severity | None] = lambda _path, _rule: None
    include_generated: bool = False
    suppressions: bool = True
    names: suppress.Names = lambda _name: frozenset()


@dataclass(slots=True)
class Outcome:
    """What came of a run over some files."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    suppressed: list[Suppressed] = field(default_factory=list)
    sources: dict[str, bytes] = field(default_factory=dict)
    files: int = 0
    spent: dict[str, float] = field(default_factory=dict)
    """Seconds by what they were spent on, if that was asked for."""
    parts: list[tuple[str, Outcome, Any]] = field(default_factory=list)
    """Outcomes by directory, each with what it depends on, if that was asked for."""
    records: dict[str, Any] = field(default_factory=dict)
    """What was read of imported packages, by the keys under which `parts` name them."""

    def merge(self, other: Outcome) -> None:
        """Add what came of other files."""
        self.diagnostics.extend(other.diagnostics)
        self.problems.extend(other.problems)
        self.suppressed.extend(other.suppressed)
        self.sources.update(other.sources)
        self.files += other.files
        for name, seconds in other.spent.items():
            self.spent[name] = self.spent.get(name, 0.0) + seconds
        self.parts.extend(other.parts)
        self.records.update(other.records)


class Engine:
    """Runs rules over files of one program."""

    def __init__(self, settings: Settings, program: Program) -> None:
        self.settings = settings
        self.program = program
        self.pause: Callable[[], None] = _go_on
        """Called before each declaration. May raise, to give up on a file: nothing is left
        half-done then."""
        self._all = _Plan(settings.rules)
        self._plans: dict[frozenset[str], _Plan] = {}
        self._ids = frozenset(
            [rule.id for rule in settings.rules] + [info.id for info in TOOL_RULES if info.enabled]
        )
        self._yields = {rule.id: rule.yields_to for rule in settings.rules if rule.yields_to}
        self._options = {
            rule.id: {**rule.options, **settings.options.get(rule.id, {})}
            for rule in settings.rules
        }

    def lint(
        self,
        files: Iterable[tuple[str, str]],
        allowed: Callable[[str], frozenset[str]] | None = None,
    ) -> Outcome:
        """Lint files given as (path to show, absolute path); order of the result is fixed.

        `allowed` gives the ids of the rules that may run on an absolute path; None allows all.
        """
        outcome = Outcome()
        with _no_collector():
            for shown, path in files:
                ids = allowed(path) if allowed is not None else None
                outcome.merge(self.lint_file(shown, path, ids))
        outcome.diagnostics.sort(key=lambda diagnostic: diagnostic.sort_key)
        return outcome

    def lint_file(self, shown: str, path: str, allowed: frozenset[str] | None = None) -> Outcome:
        """Lint one file with the rules whose ids are `allowed`, or all."""
        outcome = Outcome(files=1)
        content = self.program.content(path)
        if content is None:
            return outcome  # the reader has reported why
        if b"\x00" in content[:4]:
            said = "not Go source (a NUL byte at its start, as in UTF-16); left out"
            outcome.problems.append(Problem(shown, said, fatal=False))
            return outcome
        if not self.settings.include_generated and is_generated(content):
            return outcome
        plan = self._plan_for(allowed)
        awake = plan.awake(content)
        if path.endswith("_test.go"):
            awake = [rule for rule in awake if rule.tests]
        if not awake and not (self.settings.suppressions and suppress.names_us(content)):
            return outcome
        scope = self.program.scope_of(path)
        if scope is None:
            return outcome
        awake = [rule for rule in awake if _speaks(rule, scope)]
        assigned = _woken(scope, plan.assign(scope.file, awake))
        if allowed is None or SYNTAX_ERROR in allowed:
            if scope.file.broken_at(decl for decl, _ in assigned):
                self._report_syntax(shown, scope.file, outcome)
        for decl, rules in assigned:
            self.pause()
            self._lint_decl(shown, scope, decl, rules, outcome)
        outcome.diagnostics = self._yielded(list(dict.fromkeys(outcome.diagnostics)))
        if self.settings.suppressions and suppress.mentions(content):
            if outcome.diagnostics or allowed is None or not _JUDGES.isdisjoint(allowed):
                self._suppress(shown, scope.file, outcome, allowed)
        if outcome.diagnostics or outcome.suppressed:
            outcome.sources[shown] = content
            self._add_sources(outcome)
        return outcome

    def _plan_for(self, allowed: frozenset[str] | None) -> _Plan:
        """What looks for the rules in `allowed` only: with few of them, for few words."""
        if allowed is None:
            return self._all
        if allowed not in self._plans:
            rules = [rule for rule in self.settings.rules if rule.id in allowed]
            self._plans[allowed] = _Plan(rules)
        return self._plans[allowed]

    def _add_sources(self, outcome: Outcome) -> None:
        """The sources of other files that findings lead to: reports count lines in them."""
        found = [*outcome.diagnostics, *(item.diagnostic for item in outcome.suppressed)]
        for item in found:
            spans = [step.span for step in item.flow] + [other.span for other in item.related]
            for span in spans:
                if span.path not in outcome.sources:
                    content = self.program.content(span.path)
                    if content is not None:
                        outcome.sources[span.path] = content

    def _suppress(
        self, shown: str, file: File, outcome: Outcome, allowed: frozenset[str] | None
    ) -> None:
        """Take out what the file's own directives accept, and judge the directives."""
        ran = self._ids if allowed is None else allowed
        found = suppress.directives(shown, file, self.settings.names)
        verdict = suppress.judge(found, outcome.diagnostics, file.content, ran.__contains__)
        outcome.diagnostics = verdict.kept
        outcome.suppressed = verdict.suppressed

    def _yielded(self, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
        """Without those that another rule says better about the same place."""
        if not self._yields:
            return diagnostics
        said = {(diagnostic.rule, diagnostic.span.start) for diagnostic in diagnostics}
        return [
            diagnostic
            for diagnostic in diagnostics
            if not any(
                (other, diagnostic.span.start) in said
                for other in self._yields.get(diagnostic.rule, ())
            )
        ]

    def _lint_decl(
        self, shown: str, scope: FileScope, decl: Decl, rules: list[Rule], outcome: Outcome
    ) -> None:
        root = self._bind(scope, decl)
        path = scope.file.path
        views: dict[str, View] = {}
        by_kind: dict[type[ast.Node], list[Rule]] = {}
        by_call: dict[str, list[Rule]] = {}
        for rule in rules:
            views[rule.id] = View(self.program, scope, decl, shown, self._options[rule.id])
            for kind in rule.on:
                by_kind.setdefault(kind, []).append(rule)
            for name in rule.calls:
                by_call.setdefault(name.rsplit(".", 1)[1], []).append(rule)
        kinds = frozenset([*by_kind, ast.Call] if by_call else by_kind)
        for node in [root] if kinds == _FUNCTION else nodes_below(root, kinds):
            for rule in by_kind.get(type(node), ()):
                self._run(rule, views[rule.id], node, outcome, path)
            if by_call and type(node) is ast.Call:
                self._dispatch_call(node, scope, by_call, views, outcome)

    def _bind(self, scope: FileScope, decl: Decl) -> ast.Node:
        if decl.is_function:
            return bind_function(scope, decl).node
        if decl.kind == "type":
            member = scope.package.member(decl.name)
            if member is not None and member.decl is decl:
                return bind_type(member)
            return bind_type(Member(scope.package, decl))
        return bind_value(scope, decl)

    def _dispatch_call(
        self,
        call: ast.Node,
        scope: FileScope,
        by_call: dict[str, list[Rule]],
        views: dict[str, View],
        outcome: Outcome,
    ) -> None:
        assert isinstance(call, ast.Call)
        path = scope.file.path
        rules = by_call.get(ast.called_name(call.fun))
        if not rules:
            return
        callee = infer.callee_of(scope, call.fun)
        if callee is None or not callee.name:
            return
        for rule in rules:
            if callee.name in rule.calls:
                self._run(rule, views[rule.id], call, outcome, path)

    def _run(self, rule: Rule, view: View, node: ast.Node, outcome: Outcome, path: str) -> None:
        try:
            for finding in findings(rule, view, node):
                severity = self.settings.severity(path, rule)
                outcome.diagnostics.append(to_diagnostic(rule, view, finding, severity))
        except RuleStopped as stopped:
            outcome.problems.append(Problem(view.path, str(stopped), fatal=True))
        except Exception as error:  # a rule's bug must not take the other rules down
            message = (
                f"internal error: rule {rule.id} {rule.name} failed here "
                f"({type(error).__name__}: {error}); please report it, or use --ignore {rule.id}"
            )
            outcome.diagnostics.append(
                Diagnostic(
                    INTERNAL_ERROR,
                    "internal-error",
                    Severity.ERROR,
                    view.span(node),
                    message,
                    view.decl.symbol,
                )
            )
            outcome.problems.append(Problem(view.path, message, fatal=True))

    def _report_syntax(self, shown: str, file: File, outcome: Outcome) -> None:
        for start, end in file.errors():
            outcome.diagnostics.append(
                Diagnostic(
                    SYNTAX_ERROR,
                    "syntax-error",
                    Severity.NOTE,
                    Span(shown, start, end),
                    "this part could not be read as Go and was left out; "
                    "findings in the rest of the file stand",
                )
            )


def _go_on() -> None:
    """Nobody is waiting."""


_FUNCTION = frozenset([ast.FuncDecl])
_JUDGES = frozenset([suppress.UNUSED, suppress.UNREASONED])
"""Without findings, directives matter to these only."""


class _no_collector:
    """Switch the cycle collector off: trees are cyclic, long-lived and many, and it would walk
    them over and over (measured: lowering the standard library's net/... 2.7 s with, 1.5 s
    without)."""

    def __enter__(self) -> None:
        self._was = gc.isenabled()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        if self._was:
            gc.enable()


_FEW = 24
"""Literals for which a search for each is faster than to take a file to words."""


class _Plan:
    """Which rules can wake in which bytes."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._words = {rule.id: _called_names(rule) for rule in rules}
        literals = {literal for rule in rules for literal in rule.needs}
        literals.update(
            literal for rule in rules if not self._words[rule.id] for literal in rule.triggers
        )
        self._literals = Needles(literals)
        few = literals.union(*self._words.values()) if rules else literals
        self._few = sorted(few) if len(few) <= _FEW else []

    def awake(self, content: bytes) -> list[Rule]:
        """Rules of which a trigger and all needs occur in `content`."""
        if self._few:
            return self._awake_for_few(content)
        words = words_of(content)
        present = self._literals.within(content, words)
        return [
            rule
            for rule in self._rules
            # One that waits for calls alone is not woken by a part of a name.
            if not (words if self._words[rule.id] else present).isdisjoint(rule.triggers)
            and present.issuperset(rule.needs)
        ]

    def _awake_for_few(self, content: bytes) -> list[Rule]:
        """As `awake`, by a search for each literal: faster than to take a file to words."""
        present = {literal for literal in self._few if literal in content}
        return [
            rule
            for rule in self._rules
            if present.issuperset(rule.needs)
            and not present.isdisjoint(rule.triggers)
            and (
                not self._words[rule.id]
                or any(_word_at(content, word, 0, len(content)) >= 0 for word in rule.triggers)
            )
        ]

    def assign(self, file: File, awake: list[Rule]) -> list[tuple[Decl, list[Rule]]]:
        """Declarations that hold a trigger, with the rules to run on each."""
        content = file.content
        wanted: dict[Decl, list[Rule]] = {}
        hits: dict[tuple[bytes, bool], list[Decl]] = {}
        for rule in awake:
            found: dict[Decl, None] = {}
            words = self._words[rule.id]
            for literal in rule.triggers:
                key = (literal, literal in words)
                if key not in hits:
                    find = _word_at if key[1] else bytes.find
                    hits[key] = _declarations(file, content, literal, find)
                found.update(dict.fromkeys(hits[key]))
            for decl in found:
                wanted.setdefault(decl, []).append(rule)
        return sorted(wanted.items(), key=lambda item: item[0].start)


_Find = Callable[[bytes, bytes, int, int], int]


def _declarations(file: File, content: bytes, literal: bytes, find: _Find) -> list[Decl]:
    """Declarations in which `literal` occurs, each once (names of one spec count as one)."""
    found: list[Decl] = []
    size = len(content)
    offset = find(content, literal, 0, size)
    while offset >= 0:
        decl = file.decl_at(offset)
        if decl is None:
            offset = find(content, literal, offset + 1, size)
            continue
        found.append(decl)
        offset = find(content, literal, max(decl.end - len(literal) + 1, offset + 1), size)
    return found


def _woken(
    scope: FileScope, assigned: list[tuple[Decl, list[Rule]]]
) -> list[tuple[Decl, list[Rule]]]:
    """Without the rules that do not wake at a second look at the declaration's text."""
    found = []
    for decl, rules in assigned:
        rules = [rule for rule in rules if rule.wakes is None or rule.wakes(scope, decl)]
        if rules:
            found.append((decl, rules))
    return found


def _speaks(rule: Rule, scope: FileScope) -> bool:
    """True if the rule has something to say about files of this kind and version of Go."""
    go = scope.go_version
    if (rule.since and go < rule.since) or (rule.until and go >= rule.until):
        return False
    return rule.tests or not scope.is_test


def _word_at(content: bytes, word: bytes, start: int, end: int) -> int:
    """As `bytes.find`, for a whole name."""
    at = content.find(word, start, end)
    while at >= 0:
        after = at + len(word)
        if not (at and content[at - 1] in NAME_BYTES):
            if after >= len(content) or content[after] not in NAME_BYTES:
                return at
        at = content.find(word, at + 1, end)
    return -1


def _called_names(rule: Rule) -> frozenset[bytes]:
    """The triggers of a rule that wakes for calls alone, if all are names of what it waits for."""
    names = {call.rsplit(".", 1)[1].encode() for call in rule.calls}
    if rule.on or not names.issuperset(rule.triggers):
        return frozenset()
    return frozenset(rule.triggers)
