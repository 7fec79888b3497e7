"""`golint-concurrency debug`: what the tool believes of a function, for authors of rules and for
those who report a bug.

Everything that is printed may hold text of the linted repository, so each line is escaped.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterator

from golint_concurrency.files import Unreadable, read
from golint_concurrency.semantics import summaries
from golint_concurrency.semantics.binding import bind_function, bind_value
from golint_concurrency.semantics.callgraph import CallSite, calls_in
from golint_concurrency.semantics.cfg_text import to_dot, to_text
from golint_concurrency.semantics.denote import is_type, member_of
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.infer import local_type, selection_of, type_of
from golint_concurrency.semantics.module import ModuleIndex
from golint_concurrency.semantics.objects import (
    FieldName,
    Local,
    Member,
    Object,
    PackageName,
    Predeclared,
)
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.program import Program
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.stubs.store import StubStore
from golint_concurrency.semantics.summary_text import words
from golint_concurrency.syntax import ast
from golint_concurrency.syntax.positions import LineIndex
from golint_concurrency.terminal import escape

UNKNOWN = "unknown"


class DebugError(Exception):
    """What was asked for is not there; the message says what is."""


def show(what: str, place: str, cwd: str, *, dot: bool = False) -> list[str]:
    """The lines of `debug WHAT PLACE`, safe to print. `place` is FILE or FILE:FUNC.

    Raises `DebugError` if there is no such file or function.
    """
    path, function = _split(place, cwd)
    absolute = os.path.abspath(os.path.join(cwd, path))
    try:
        read(absolute)
    except Unreadable as error:
        raise DebugError(f"{path}: {error}{_near_file(absolute)}") from error
    program = Program(ModuleIndex(), StubStore.open(), _content)
    scope = program.scope_of(absolute)
    if scope is None:
        raise DebugError(f"{path}: cannot be read")
    printer = _Printer(scope, dot)
    lines: list[str] = []
    for title, root, infos in _parts(scope, path, function, printer):
        lines += _VIEWS[what](printer, title, root, infos)
    return [escape(line) for line in lines]


def _content(path: str) -> bytes | None:
    try:
        return read(path)
    except Unreadable:
        return None


def _split(place: str, cwd: str) -> tuple[str, str]:
    """File and function; a colon that belongs to an existing file's name is part of it."""
    if os.path.exists(os.path.join(cwd, place)):
        return place, ""
    path, colon, function = place.rpartition(":")
    if not colon or not path or "/" in function or "\\" in function:
        return place, ""
    return path, function


def _near_file(absolute: str) -> str:
    if os.path.exists(absolute):
        return ""
    try:
        names = os.listdir(os.path.dirname(absolute))
    except OSError:
        return ""
    return _near(os.path.basename(absolute), sorted(name for name in names if name.endswith(".go")))


def _near(name: str, names: list[str]) -> str:
    spelled = {known.lower(): known for known in names}
    near = difflib.get_close_matches(name.lower()[:100], spelled, n=1, cutoff=0.4)
    return f"; did you mean {spelled[near[0]]}?" if near else ""


_Part = tuple[str, ast.Node, list[tuple[str, FunctionInfo]]]


def _parts(scope: FileScope, path: str, function: str, printer: _Printer) -> Iterator[_Part]:
    """Title, tree, and functions with their names, of each declaration that is asked for."""
    decls = [decl for decl in scope.file.decls if decl.is_function]
    if function:
        wanted = function.replace("(", "").replace(")", "").replace("*", "")
        decls = [decl for decl in decls if wanted in (decl.symbol, decl.name)]
        if not decls:
            names = sorted({decl.symbol for decl in scope.file.decls if decl.is_function})
            near = _near(wanted, names)
            if not near and wanted != wanted.rpartition(".")[2]:
                near = _near(wanted.rpartition(".")[2], names)
            raise DebugError(f"{path}: no function is called {function[:100]}{near}")
    seen: set[int] = set()
    for decl in scope.file.decls:
        if decl in decls:
            info = bind_function(scope, decl)
            title = f"func {decl.symbol} at line {printer.line(info.node)}"
            yield title, info.node, _with_closures(decl.symbol, info.node)
        elif not function and decl.kind in ("var", "const"):
            spec = bind_value(scope, decl)
            if id(spec) not in seen and spec.values:
                seen.add(id(spec))
                title = f"{decl.kind} {decl.name} at line {printer.line(spec)}"
                yield title, spec, _with_closures(decl.name, spec)


def _with_closures(name: str, root: ast.Node) -> list[tuple[str, FunctionInfo]]:
    """The function and the closures in it, these numbered as stack traces number them."""
    found: list[tuple[str, FunctionInfo]] = []
    count = 0
    for node in ast.walk(root):
        if isinstance(node, ast.FuncDecl):
            found.append((name, node.info))
        elif isinstance(node, ast.FuncLit) and node.info is not None:
            count += 1
            found.append((f"{name}.func{count}", node.info))
    return found


class _Printer:
    """Views of one file."""

    def __init__(self, scope: FileScope, dot: bool) -> None:
        self.scope = scope
        self.dot = dot
        self.lines = LineIndex(scope.file.content)

    def line(self, node: ast.Node) -> int:
        return self.lines.line(node.start)

    def at(self, node: ast.Node) -> str:
        line, column = self.lines.position(node.start)
        return f"{line}:{column}"

    def text(self, node: ast.Node) -> str:
        piece = self.scope.file.content[node.start : node.end].decode("utf-8", "replace")
        text = " ".join(piece.split())
        return text if len(text) <= 60 else text[:57] + "..."

    # --------------------------------------------------------------------------- types

    def types(self, title: str, root: ast.Node, _: list[tuple[str, FunctionInfo]]) -> list[str]:
        rows: list[tuple[int, str]] = []
        for node in ast.walk(root):
            if isinstance(node, ast.Call):
                rows.append(
                    (node.start, f"  {self.at(node)} {self.text(node)}: {self._call(node)}")
                )
            elif isinstance(node, ast.Ident):
                local = node.obj
                if isinstance(local, Local) and local.ident is node:
                    type_ = str(local_type(self.scope, local))
                    rows.append(
                        (node.start, f"  {self.at(node)} {local.role} {local.name}: {type_}")
                    )
        return [title, *(row for _, row in sorted(rows, key=lambda row: row[0]))]

    def _call(self, call: ast.Call) -> str:
        result = str(type_of(self.scope, call))
        fun = ast.unparen(call.fun)
        if isinstance(fun, ast.Selector) and member_of(self.scope, fun) is None:
            return f"receiver {type_of(self.scope, fun.x)!s}, result {result}"
        kind = "conversion to" if is_type(self.scope, fun) else "result"
        return f"{kind} {result}"

    # -------------------------------------------------------------------------- scopes

    def scopes(
        self, title: str, root: ast.Node, infos: list[tuple[str, FunctionInfo]]
    ) -> list[str]:
        uses = [node for node in ast.walk(root) if isinstance(node, ast.Ident)]
        uses.sort(key=lambda ident: ident.start)
        rows = [title]
        for ident in uses:
            if ident.name != "_":
                rows.append(f"  {self.at(ident)} {ident.name}: {self._meaning(ident)}")
        for name, info in infos:
            captured = [
                f"{local.name} ({self.at(local.ident)})"
                for local in info.captures
                if local.is_variable
            ]
            if captured:
                rows.append(f"  {name} captures {', '.join(captured)}")
        return rows

    def _meaning(self, ident: ast.Ident) -> str:
        parent = ident.parent
        if isinstance(parent, ast.Selector) and parent.sel is ident:
            member = member_of(self.scope, parent)
            if member is not None:
                return self._object(member, ident)
            selection = selection_of(self.scope, parent)
            if selection is None:
                return UNKNOWN
            if selection.method is not None:
                return f"method {selection.method.qualified}"
            return f"{selection.kind} of {selection.owner}"
        if isinstance(parent, ast.Field) and ident in parent.names and ident.obj is None:
            return "member of a type, or parameter of a function type"
        if isinstance(parent, ast.FuncDecl) and parent.name is ident:
            return "the function itself"
        return self._object(self.scope.resolve(ident), ident)

    def _object(self, obj: Object | None, ident: ast.Ident) -> str:
        if isinstance(obj, Local):
            if obj.ident is ident:
                return f"declares {obj.role}"
            return f"{obj.role} declared at {self.at(obj.ident)}"
        if isinstance(obj, Member):
            return f"{obj.kind} {obj.qualified}"
        if isinstance(obj, PackageName):
            return f"package {obj.path}"
        if isinstance(obj, Predeclared):
            return f"predeclared {obj.kind}"
        return "key of a field" if isinstance(obj, FieldName) else UNKNOWN

    # ----------------------------------------------------------------------------- cfg

    def cfg(self, _: str, __: ast.Node, infos: list[tuple[str, FunctionInfo]]) -> list[str]:
        rows: list[str] = []
        source = self.scope.file.content
        for name, info in infos:
            graph = graph_of(info)
            title = f"{name} at line {self.line(info.node)}"
            if graph is None:
                rows += [f"// {title}: no body"] if self.dot else [f"func {title}: no body"]
            elif self.dot:
                rows += [f"// {title}", *to_dot(graph, source).splitlines()]
            else:
                rows.append(f"func {title}")
                rows += [f"  {line}" for line in to_text(graph, source).splitlines()]
        return rows

    # --------------------------------------------------------------- summary and calls

    def summary(self, _: str, __: ast.Node, infos: list[tuple[str, FunctionInfo]]) -> list[str]:
        return [
            f"func {name} at line {self.line(info.node)}: "
            + (", ".join(words(summaries.of(info))) or "nothing")
            for name, info in infos
        ]

    def calls(self, _: str, __: ast.Node, infos: list[tuple[str, FunctionInfo]]) -> list[str]:
        rows: list[str] = []
        for name, info in infos:
            rows.append(f"func {name} at line {self.line(info.node)}")
            sites = sorted(calls_in(info), key=lambda site: site.call.start)
            rows += [f"  {self.at(site.call)} {self._site(site)}" for site in sites]
        return rows

    def _site(self, site: CallSite) -> str:
        mode = "" if site.mode == "call" else f"{site.mode} "
        callee = site.callee
        said = UNKNOWN
        if callee is not None:
            said = callee.name or "a method of an unnamed interface"
            if callee.literal is not None:
                said = "closure"
            elif callee.local is not None:
                said = f"the value of {callee.local.name}"
            elif callee.interface and callee.name:
                said += " (through an interface)"
        elif is_type(self.scope, site.call.fun):
            said = "conversion"
        text = f"{mode}{self.text(site.call.fun)}: {said}"
        if site.argument >= 0:
            text += f", run as argument {site.argument}"
        if site.target is not None:
            text += f" -> {self._target(site.target)}"
        return text

    def _target(self, info: FunctionInfo) -> str:
        """Where the function that runs is written; in another file with its name."""
        top = info.node
        while isinstance(top, ast.FuncLit) and top.info.parent is not None:
            top = top.info.parent
        scope = top.info.scope if isinstance(top.info.scope, FileScope) else self.scope
        line = LineIndex(scope.file.content).line(info.node.start)
        return f"{os.path.basename(scope.file.path)}:{line}"


_View = Callable[[_Printer, str, ast.Node, list[tuple[str, FunctionInfo]]], list[str]]
_VIEWS: dict[str, _View] = {
    "types": _Printer.types,
    "scopes": _Printer.scopes,
    "cfg": _Printer.cfg,
    "summary": _Printer.summary,
    "calls": _Printer.calls,
}
