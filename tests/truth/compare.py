"""Holds what the semantic layer says against what the compiler says, place by place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from golint_concurrency.semantics import types
from golint_concurrency.semantics.binding import bind_function, bind_value
from golint_concurrency.semantics.constants import Value
from golint_concurrency.semantics.denote import constant, member_of
from golint_concurrency.semantics.infer import selection_of, type_of
from golint_concurrency.semantics.members import Selection
from golint_concurrency.semantics.objects import (
    FieldName,
    Local,
    Member,
    Object,
    PackageName,
    Predeclared,
)
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.types import Named
from golint_concurrency.syntax import ast

from .oracle import CallTruth, FileTruth, IdentTruth, ValueTruth
from .spelling import UNKNOWN_PART, spell
from .stdlib import StandardLibrary

EXAMPLES = 12
"""Mismatches kept for each category."""


@dataclass(slots=True)
class Tally:
    """Counts of one question, and where the answers differ."""

    right: int = 0
    wrong: int = 0
    unknown: int = 0
    categories: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)

    @property
    def asked(self) -> int:
        """How many questions there were."""
        return self.right + self.wrong + self.unknown

    @property
    def agreement(self) -> float:
        """Percentage of all answers that are right; unknown counts against it."""
        return 100.0 * self.right / max(1, self.asked)

    @property
    def known(self) -> float:
        """Percentage of questions that have an answer."""
        return 100.0 * (self.right + self.wrong) / max(1, self.asked)

    @property
    def precision(self) -> float:
        """Percentage of given answers that are right."""
        return 100.0 * self.right / max(1, self.right + self.wrong)

    def miss(self, category: str, example: str, *, unknown: bool = False) -> None:
        """Count a question without a right answer."""
        if unknown:
            self.unknown += 1
        else:
            self.wrong += 1
        self.categories[category] += 1
        kept = self.examples.setdefault(category, [])
        if len(kept) < EXAMPLES:
            kept.append(example)


@dataclass(slots=True)
class Comparison:
    """All tallies over the files compared so far."""

    names: Tally = field(default_factory=Tally)
    receivers: Tally = field(default_factory=Tally)
    results: Tally = field(default_factory=Tally)
    members: Tally = field(default_factory=Tally)
    captures: Tally = field(default_factory=Tally)
    values: Tally = field(default_factory=Tally)

    def lines(self) -> Iterable[str]:
        """The figures, for people."""
        for name in ("names", "receivers", "results", "members", "captures", "values"):
            tally: Tally = getattr(self, name)
            yield (
                f"{name:10} {tally.asked:8} asked, "
                f"known {tally.known:7.3f} %, of those right {tally.precision:7.3f} %, "
                f"agreement {tally.agreement:7.3f} %"
            )

    def report(self) -> Iterable[str]:
        """Every category of mismatch with examples."""
        for name in ("names", "receivers", "results", "members", "captures", "values"):
            tally: Tally = getattr(self, name)
            for category, count in tally.categories.most_common():
                yield f"## {name}: {category}: {count}"
                yield from (f"    {example}" for example in tally.examples[category])


def compare_file(truth: FileTruth, library: StandardLibrary, into: Comparison) -> None:
    """Compare one file; `library` must know its package."""
    package = library.package(truth.package)
    assert package is not None
    file = next(f for f in package.files if f.path == str(truth.path))
    FileComparison(truth, package.scopes[id(file)], into).run()


class FileComparison:
    """The work on one file."""

    def __init__(self, truth: FileTruth, scope: FileScope, into: Comparison) -> None:
        self.truth = truth
        self.scope = scope
        self.into = into
        self.idents: dict[int, ast.Ident] = {}
        self.calls: dict[tuple[int, int], ast.Call] = {}
        self.exprs: dict[tuple[int, int], ast.Expr] = {}
        self.literals: dict[int, ast.FuncLit] = {}

    def run(self) -> None:
        """Bind the whole file and ask every question."""
        for root in self._roots():
            for node in ast.walk(root):
                if isinstance(node, ast.Expr):
                    self.exprs.setdefault((node.start, node.end), node)
                if isinstance(node, ast.Ident):
                    self.idents.setdefault(node.start, node)
                elif isinstance(node, ast.Call):
                    self.calls.setdefault((node.start, node.end), node)
                elif isinstance(node, ast.FuncLit):
                    self.literals.setdefault(node.start, node)
        for ident in self.truth.idents:
            self._name(ident)
        for call in self.truth.calls:
            self._call(call)
        for value in self.truth.values:
            self._value(value)
        self._captures()

    def _roots(self) -> Iterable[ast.Node]:
        seen: set[int] = set()
        for decl in self.scope.file.decls:
            if decl.is_function:
                bind_function(self.scope, decl)
                yield decl.function()
            elif decl.kind in ("var", "const"):
                spec = bind_value(self.scope, decl)
                if id(spec) not in seen:
                    seen.add(id(spec))
                    yield spec

    def _at(self, offset: int) -> str:
        content = self.scope.file.content
        line = content.count(b"\n", 0, offset) + 1
        start = content.rfind(b"\n", 0, offset) + 1
        end = content.find(b"\n", offset)
        text = content[start : end if end >= 0 else None].decode().strip()
        return f"{self.truth.package}/{self.truth.path.name}:{line}: {text[:120]}"

    # ---------------------------------------------------------------------------- names

    def _name(self, truth: IdentTruth) -> None:
        if truth.kind == "label":
            return  # labels are strings in our tree
        node = self.idents.get(truth.offset)
        if node is None:
            self.into.names.miss("no identifier there", self._at(truth.offset), unknown=True)
            return
        if isinstance(node.parent, ast.Selector) and node.parent.sel is node:
            self._member(node, node.parent, truth)
            return
        if isinstance(node.parent, ast.Field) and node in node.parent.names and node.obj is None:
            return  # a member of an anonymous type, or a parameter of a function type
        obj = self.scope.resolve(node)
        if obj is None:
            self.into.names.miss(f"unresolved {truth.kind}", self._at(truth.offset), unknown=True)
        elif same_object(obj, truth, self.truth.path):
            self.into.names.right += 1
        else:
            self.into.names.miss(
                f"{truth.kind} taken for {type(obj).__name__}",
                f"{truth.name} is {truth.where}, not {obj!r}: {self._at(truth.offset)}",
            )

    def _member(self, node: ast.Ident, parent: ast.Selector, truth: IdentTruth) -> None:
        """What a selector selects: a name of a package, a field or a method."""
        tally = self.into.members
        place = self._at(truth.offset)
        if truth.kind in ("field", "method"):
            selection = selection_of(self.scope, parent)
            if selection is None:
                tally.miss(f"unknown {truth.kind}", f"{node.name}: {place}", unknown=True)
            elif same_selection(selection, truth):
                tally.right += 1
            else:
                tally.miss(
                    f"other {truth.kind}",
                    f"{node.name} is {truth.where}:{truth.decl}, not {selection.kind} "
                    f"of {selection.owner}: {place}",
                )
            return
        obj = member_of(self.scope, parent)
        if obj is None and truth.where.startswith("unsafe."):
            tally.right += 1  # unsafe declares nothing in source
        elif obj is None:
            tally.miss(f"unknown {truth.kind}", f"{node.name}: {place}", unknown=True)
        elif same_object(obj, truth, self.truth.path):
            tally.right += 1
        else:
            tally.miss(f"other {truth.kind}", f"{node.name}: {place}")

    # ---------------------------------------------------------------------------- types

    def _call(self, truth: CallTruth) -> None:
        place = self._at(truth.start)
        node = self.calls.get((truth.start, truth.end))
        if node is None:
            self.into.results.miss("no call there", place, unknown=True)
            if truth.receiver:
                self.into.receivers.miss("no call there", place, unknown=True)
            return
        fun = ast.unparen(node.fun)
        if truth.receiver and isinstance(fun, ast.Selector):
            self._type(self.into.receivers, fun.x, truth.receiver, place)
        self._type(self.into.results, node, truth.result, place)

    def _type(self, tally: Tally, node: ast.Expr, truth: str, place: str) -> None:
        said = spell(types.default(type_of(self.scope, node)))
        if said == truth:
            tally.right += 1
        elif UNKNOWN_PART in said:
            tally.miss(
                f"unknown {type(node).__name__}", f"{said} for {truth}: {place}", unknown=True
            )
        elif truth.startswith("untyped ") or said.startswith("untyped "):
            tally.right += 1  # the compiler types a constant by its context, we do not
        else:
            tally.miss(f"other {type(node).__name__}", f"{said}, but it is {truth}: {place}")

    # -------------------------------------------------------------------- constant values

    def _value(self, truth: ValueTruth) -> None:
        node = self.exprs.get((truth.start, truth.end))
        place = self._at(truth.start)
        said = constant(self.scope, node) if node is not None else None
        if said is None:
            kind = type(node).__name__ if node is not None else "expression"
            self.into.values.miss(f"unknown {kind}", f"{truth.text[:60]}: {place}", unknown=True)
        elif same_value(said, truth):
            self.into.values.right += 1
        else:
            self.into.values.miss(
                f"other {type(node).__name__}", f"{said!r}, not {truth.text[:60]!r}: {place}"
            )

    # ------------------------------------------------------------------------- captures

    def _captures(self) -> None:
        for closure in self.truth.closures:
            node = self.literals.get(closure.offset)
            info = node.info if node is not None else None
            if info is None:
                self.into.captures.miss("no closure", self._at(closure.offset), unknown=True)
                continue
            found = {
                (local.name, local.ident.start) for local in info.captures if local.is_variable
            }
            if found == set(closure.captures):
                self.into.captures.right += 1
            else:
                self.into.captures.miss(
                    "captures",
                    f"missing {sorted(set(closure.captures) - found)}, "
                    f"spurious {sorted(found - set(closure.captures))}: "
                    f"{self._at(closure.offset)}",
                )


def same_value(said: Value, truth: ValueTruth) -> bool:
    """True if both are the same number (a float: as near as float64 tells), text or truth."""
    if isinstance(said, bool):
        return truth.kind == "bool" and truth.text == str(said).lower()
    if isinstance(said, str):
        return truth.kind == "string" and truth.text == said
    if truth.kind == "int":
        return said == int(truth.text)
    if truth.kind != "float":
        return False
    exact = Fraction(truth.text)
    return abs(exact - said) <= abs(exact) / 2**50


def same_selection(selection: Selection, truth: IdentTruth) -> bool:
    """True if both mean the same field or method."""
    if truth.kind != selection.kind:
        return False
    if selection.method is not None:
        decl = selection.method.decl
        if truth.decl is None:
            return selection.method.qualified == truth.where
        return (
            Path(decl.file.path).name == truth.where
            and decl.start <= truth.decl < decl.end
            and decl.name == truth.name
        )
    if selection.field is not None:
        place = selection.field.node
        return truth.decl is None or (place is not None and place.start == truth.decl)
    owner = types.deref(selection.owner)
    if truth.decl is None and isinstance(owner, Named) and owner.package is not None:
        return truth.where in (
            f"{owner.qualified}.{truth.name}",
            f"{owner.package.path}.{truth.name}",
        )
    return True  # a method of an interface: where it is written is not kept


def same_object(obj: Object, truth: IdentTruth, path: Path) -> bool:
    """True if both mean the same declaration; `path` is the file of the mention."""
    if isinstance(obj, FieldName):
        return truth.kind == "field"
    if isinstance(obj, Local):
        return truth.decl == obj.ident.start and truth.where == path.name
    if isinstance(obj, PackageName):
        return truth.kind == "pkg" and truth.where.removeprefix("vendor/") == obj.path
    if isinstance(obj, Predeclared):
        return truth.where == "universe"
    if isinstance(obj, Member):
        if truth.decl is None:
            return truth.where == obj.qualified
        decl = obj.decl
        return (
            Path(decl.file.path).name == truth.where
            and decl.start <= truth.decl < decl.end
            and decl.name == truth.name
        )
    return False
