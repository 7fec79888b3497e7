"""What a rule is: a declaration, and one function that is handed nodes and yields findings.

A rule module holds a docstring (the documentation, see `explain`), a `check` function and
`RULE = Rule(...)`. The engine knows nothing of any rule; a rule knows nothing of files on disk,
reports or other rules. Whatever two rules need is a question on `View` or in `semantics`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from golint_concurrency.diagnostic import (
    Diagnostic,
    Edit,
    Fix,
    Precision,
    Related,
    RuleInfo,
    Severity,
    Span,
    Step,
)
from golint_concurrency.semantics import denote, infer, types
from golint_concurrency.semantics.cfg_queries import Path, witness_lines
from golint_concurrency.semantics.constants import Value
from golint_concurrency.semantics.package import FileScope, Package
from golint_concurrency.semantics.program import Program
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.surroundings import carries_load, is_injected
from golint_concurrency.syntax import ast
from golint_concurrency.syntax.file import Decl

ID = re.compile(r"[A-Z]{2,8}[0-9]{3,4}\Z")
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")

_KEYWORDS: dict[type[ast.Node], bytes] = {
    ast.Go: b"go ",
    ast.Defer: b"defer ",
    ast.Select: b"select",
    ast.Send: b"<-",
    ast.For: b"for",
    ast.Range: b"range ",
    ast.Return: b"return",
    ast.FuncLit: b"func",
    ast.FuncDecl: b"func",
    ast.TypeSpec: b"type",
    ast.CompositeLit: b"{",
    ast.StructType: b"struct",
    ast.If: b"if ",
    ast.Switch: b"switch",
}

Option = int | str | bool | float


def keyword_kinds() -> frozenset[str]:
    """Names of the kinds of nodes from which a rule's triggers follow."""
    return frozenset(kind.__name__ for kind in _KEYWORDS)


class RuleError(Exception):
    """A rule's declaration is wrong; the message says which and how to mend it."""


class RuleStopped(Exception):
    """A rule gave up on a file for a reason that the message tells, which is no bug in it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The declaration of a rule.

    What wakes it: nodes of the kinds `on`, and calls of the functions `calls`, by qualified name
    without receiver decoration ("time.After", "net/http.Client.Do"). `triggers` are literals of
    which at least one must occur in a declaration for the rule to look at it (made from `on` and
    `calls` if left out), `needs` are literals that the file must hold, all of them. `decls`
    restricts nothing: a rule sees functions, package-level variables and types alike. `wakes` is
    asked next, before the declaration is lowered: False means that its text rules a finding out.

    `fix` is "safe", "unsafe" or "". `since` and `until` are the first and the first-no-longer
    `go` version in which the rule speaks. `options` are its settings with their defaults. Where a
    rule of `yields_to` (ids) reports the same statement, this one keeps quiet. `load` tells that
    its harm grows with requests or hours: its findings are notes where there are none
    (`semantics.surroundings`).
    """

    id: str
    name: str
    summary: str
    severity: Severity
    check: Callable[[View, Any], Iterable[Finding] | None]
    on: tuple[type[ast.Node], ...] = ()
    calls: tuple[str, ...] = ()
    triggers: tuple[bytes, ...] = ()
    needs: tuple[bytes, ...] = ()
    wakes: Callable[[FileScope, Decl], bool] | None = None
    precision: Precision = Precision.HIGH
    enabled: bool = True
    source: str = ""
    fix: str = ""
    since: tuple[int, int] | None = None
    until: tuple[int, int] | None = None
    tests: bool = True
    load: bool = False
    yields_to: tuple[str, ...] = ()
    options: Mapping[str, Option] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    explanation: str = ""

    def __post_init__(self) -> None:
        if not ID.match(self.id):
            raise RuleError(f"rule id {self.id!r}: expected capital letters and three digits")
        if not NAME.match(self.name):
            raise RuleError(f"rule {self.id}: name {self.name!r} must be lower-case-with-hyphens")
        if not self.on and not self.calls:
            raise RuleError(f"rule {self.id}: nothing wakes it; give `on` or `calls`")
        if not self.triggers:
            found = {_KEYWORDS[kind] for kind in self.on if kind in _KEYWORDS}
            found |= {call.rsplit(".", 1)[1].encode() for call in self.calls}
            if not found or any(kind not in _KEYWORDS for kind in self.on):
                raise RuleError(f"rule {self.id}: give `triggers`, none follow from `on`")
            object.__setattr__(self, "triggers", tuple(sorted(found)))

    @property
    def info(self) -> RuleInfo:
        """What reports and help need to know."""
        since = f"{self.since[0]}.{self.since[1]}" if self.since else ""
        return RuleInfo(
            id=self.id,
            name=self.name,
            summary=self.summary,
            severity=self.severity,
            precision=self.precision,
            explanation=self.explanation,
            source=self.source,
            enabled=self.enabled,
            fixable=self.fix,
            since_go=since,
            load=self.load,
            tags=("concurrency", *self.tags),
            options=tuple((name, _toml(value)) for name, value in self.options.items()),
        )


def _toml(value: Option) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else str(value)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule yields; the engine makes a `Diagnostic` of it.

    `severity` overrides the rule's, where the specification says that a place matters less.
    """

    node: ast.Node
    message: str
    related: tuple[Related, ...] = ()
    flow: tuple[Step, ...] = ()
    fixes: tuple[Fix, ...] = ()
    severity: Severity | None = None
    span: Span | None = None


class View:
    """The program as one rule sees it while it looks at one declaration of one file."""

    __slots__ = ("decl", "options", "path", "program", "scope")

    def __init__(
        self,
        program: Program,
        scope: FileScope,
        decl: Decl,
        path: str,
        options: Mapping[str, Option],
    ) -> None:
        self.program = program
        self.scope = scope
        self.decl = decl
        self.path = path
        self.options = options

    # --- where are we

    @property
    def package(self) -> Package:
        """The package that the file belongs to."""
        return self.scope.package

    @property
    def go(self) -> tuple[int, int]:
        """The `go` directive that rules this file; the newest release if there is none."""
        return self.scope.go_version

    @property
    def in_test(self) -> bool:
        """True in a `_test.go` file, and in one that supports tests: it imports `testing`."""
        return self.scope.is_test

    @property
    def in_main(self) -> bool:
        """True in a package that is a program."""
        return self.scope.package.name == "main"

    # --- what does this mean

    def type_of(self, expr: ast.Expr) -> types.Type:
        """See `infer.type_of`."""
        return infer.type_of(self.scope, expr)

    def callee(self, call: ast.Call) -> infer.Callee | None:
        """See `infer.callee_of`."""
        return infer.callee_of(self.scope, call.fun)

    def name_of(self, call: ast.Expr) -> str:
        """The qualified name that `call` calls ("time.After"); "" if it has none in sight."""
        call = ast.unparen(call)
        if not isinstance(call, ast.Call):
            return ""
        callee = infer.callee_of(self.scope, call.fun)
        return callee.name if callee is not None else ""

    def constant(self, expr: ast.Expr) -> Value | None:
        """See `denote.constant`."""
        return denote.constant(self.scope, expr)

    def function_of(self, node: ast.Node) -> FunctionInfo | None:
        """The innermost function or closure around `node`."""
        function = ast.enclosing_function(node)
        return function.info if function is not None else None

    # --- how to say it

    def text(self, node: ast.Node) -> str:
        """The source of `node`."""
        return self.scope.file.text(node)

    def span(self, node: ast.Node) -> Span:
        """Where `node` of this file stands."""
        return Span(self.path, node.start, node.end)

    def head(self, statement: ast.Go | ast.Defer) -> Span:
        """The statement, or `go func()` of it: an alert on one line stays inside a diff."""
        call = statement.call
        if isinstance(call, ast.Call) and isinstance(call.fun, ast.FuncLit):
            return Span(self.path, statement.start, call.fun.type.end)
        return self.span(statement)

    def opening(self, made: ast.Node) -> Span:
        """What makes a value; of a composite literal the part before its brace, on one line."""
        end = made.lbrace if isinstance(made, ast.CompositeLit) else made.end
        return Span(self.path, made.start, end)

    def range(self, start: int, end: int) -> Span:
        """A range of bytes in this file."""
        return Span(self.path, start, end)

    def related(self, node: ast.Node, message: str) -> Related:
        """A second place in this file."""
        return Related(self.span(node), message)

    def step(self, node: ast.Node, message: str) -> Step:
        """A step of the path that leads to the finding."""
        return Step(self.span(node), message)

    def path_steps(self, path: Path, first: Step | None = None) -> tuple[Step, ...]:
        """The turns of a path through a function of this file, after `first` if it is given."""
        steps = [] if first is None else [first]
        for told in witness_lines(path):
            end = told.offset + 1  # of a statement, which may be long, only where it begins
            if isinstance(told.node, ast.Expr | ast.Return):
                end = told.node.end
            steps.append(Step(self.range(told.offset, end), told.text))
        return tuple(steps)

    def insert(self, offset: int, text: str) -> Edit:
        """An edit that inserts `text`."""
        return Edit(self.range(offset, offset), text)

    def insert_below(self, node: ast.Node, text: str) -> Edit:
        """An edit that inserts `text` (which starts with a line break) below the line on which
        `node` ends, comments on that line included."""
        content = self.scope.file.content
        end = content.find(b"\n", node.end)
        end = end if end >= 0 else len(content)
        return self.insert(end - (content[end - 1 : end] == b"\r"), text)

    def replace(self, node: ast.Node, text: str) -> Edit:
        """An edit that replaces `node`."""
        return Edit(self.span(node), text)

    def lines_to(self, start: int, end: int) -> bytes:
        """The lines from the one above offset `start` to that of `end`: where remarks stand that
        tell other tools that something is meant."""
        content = self.scope.file.content
        above = content.rfind(b"\n", 0, max(0, content.rfind(b"\n", 0, start)))
        last = content.find(b"\n", end)
        return content[above + 1 : last if last >= 0 else len(content)]

    def indent(self, node: ast.Node) -> str:
        """The white space before the line on which `node` starts."""
        content = self.scope.file.content
        line = content.rfind(b"\n", 0, node.start) + 1
        end = line
        while content[end : end + 1] in (b" ", b"\t"):
            end += 1
        return content[line:end].decode()

    def import_name(self, path: str) -> tuple[str, tuple[Edit, ...]]:
        """The name of package `path` in this file, and the edits that import it if needed."""
        known = self.scope.imported(path)
        if known is not None:
            return known, ()
        name = path.rsplit("/", 1)[-1]
        return name, (self._import_edit(path),)

    def _import_edit(self, path: str) -> Edit:
        file = self.scope.file
        spec = f'"{path}"'
        for existing in file.imports:
            line = file.content.rfind(b"\n", 0, existing.start) + 1
            if file.content[line : existing.start].strip() in (b"", b"_") and path < existing.path:
                return self.insert(existing.start, f"{spec}\n\t")
        if file.imports:
            last = max(
                (imp for imp in file.imports if "." not in imp.path.split("/")[0]),
                key=lambda imp: imp.start,
                default=file.imports[-1],
            )
            line = file.content.rfind(b"\n", 0, last.start) + 1
            if file.content[line : last.start].startswith(b"import"):
                return self.insert(last.end, f"\nimport {spec}")
            return self.insert(last.end, f"\n\t{spec}")
        clause = re.search(rb"^package[ \t]+\w+", file.content, re.MULTILINE)
        offset = clause.end() if clause else 0
        return self.insert(offset, f"\n\nimport {spec}")


def to_diagnostic(
    rule: Rule, view: View, finding: Finding, severity: Severity | None
) -> Diagnostic:
    """The plain data of `finding`; `severity` is the configuration's word, if it has one."""
    decl = view.decl
    return Diagnostic(
        rule=rule.id,
        name=rule.name,
        severity=severity or _severity(rule, view, finding),
        span=finding.span or view.span(finding.node),
        message=finding.message,
        symbol=decl.symbol,
        related=finding.related,
        flow=finding.flow,
        fixes=finding.fixes,
    )


def _severity(rule: Rule, view: View, finding: Finding) -> Severity:
    severity = finding.severity or rule.severity
    if rule.load and severity > Severity.NOTE:
        if not carries_load(view.program, view.scope) or is_injected(view.scope, finding.node):
            return Severity.NOTE
    return severity


def findings(rule: Rule, view: View, node: ast.Node) -> Iterator[Finding]:
    """Run `rule` on one node."""
    result = rule.check(view, node)
    if result is not None:
        yield from result
