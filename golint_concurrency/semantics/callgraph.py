"""Who calls whom: call sites of a function, what they lead to, and who calls it.

Forward edges are found by looking at one function; backward edges by looking for its name in the
bytes of the files that could call it, so neither needs the whole program.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from golint_concurrency.semantics import facts, words
from golint_concurrency.semantics.binding import bind_function
from golint_concurrency.semantics.function_values import held_by, implementation
from golint_concurrency.semantics.infer import Callee, callee_of
from golint_concurrency.semantics.nodes import nodes_at, nodes_of
from golint_concurrency.semantics.objects import Local, Member
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast
from golint_concurrency.syntax.file import Decl

# What follows the name in a call: arguments, type arguments, or the end of (name).
_CALLED = re.compile(rb"\s*[(\[)/]")


class CallSite:
    """One call in a function. `mode` is call, go or defer.

    `callee` is None where it cannot be told what is called; `target` is the function with a body
    in sight that runs. `argument` is the number of the argument that runs, where the callee runs
    a function that it is given (`once.Do(f)`), else -1.
    """

    __slots__ = ("_scope", "_target", "argument", "call", "callee", "mode")

    def __init__(
        self,
        call: ast.Call,
        callee: Callee | None,
        target: FunctionInfo | FileScope | None,
        mode: str,
        argument: int = -1,
    ) -> None:
        """`target` may be the scope of the file instead: then it is found when somebody asks."""
        self.call = call
        self.callee = callee
        self.mode = mode
        self.argument = argument
        self._scope: FileScope | None = None
        self._target: FunctionInfo | None = None
        if isinstance(target, FileScope):
            self._scope = target
        else:
            self._target = target

    @property
    def target(self) -> FunctionInfo | None:
        """The function that runs, bound; None if it is out of sight."""
        scope = self._scope
        if scope is not None:
            self._scope = None
            fun = self.call.fun if self.argument < 0 else self.call.args[self.argument]
            self._target = _target(scope, fun, self.callee)
        return self._target

    @property
    def declared(self) -> Decl | None:
        """The declaration of what runs, where the call names it and its body is in sight: for
        questions of its text, which spare it from being lowered."""
        member = self.callee.member if self.callee is not None else None
        return member.decl if member is not None and _is_in_sight(member) else None

    @property
    def in_sight(self) -> bool:
        """As `target is not None`, for less."""
        return self.declared is not None or self.target is not None

    def leaves(self, directory: str) -> bool:
        """True if what runs is known to lie in another directory's package."""
        member = self.callee.member if self.callee is not None else None
        return member is not None and member.package.directory != directory

    @property
    def name(self) -> str:
        """The qualified name of the callee, "" if it has none."""
        return self.callee.name if self.callee is not None else ""


def scope_of(info: FunctionInfo) -> FileScope:
    """The file scope of a function or closure."""
    up: FunctionInfo = info
    while not isinstance(up.scope, FileScope):
        if up.parent is None:
            return _scope_of_package_literal(info)
        up = up.parent.info
    if info.scope is None:
        info.scope = up.scope
    return up.scope


def _scope_of_package_literal(info: FunctionInfo) -> FileScope:
    raise LookupError(f"closure {info.node!r} was bound without its file")


def body_of(info: FunctionInfo) -> ast.Block | None:
    """The body of a function or closure."""
    return info.node.body


def calls_in(info: FunctionInfo) -> list[CallSite]:
    """Call sites of the function itself, closures that it only creates left out; cached."""
    known: list[CallSite] | None = info.calls
    if known is not None:
        return known
    sites: list[CallSite] = []
    info.calls = sites
    body = body_of(info)
    if body is None:
        return sites
    scope = scope_of(info)
    for node in nodes_of(info, ast.Call):
        mode = "call"
        if isinstance(node.parent, ast.Go):
            mode = "go"
        elif isinstance(node.parent, ast.Defer):
            mode = "defer"
        sites.extend(_sites(scope, node, mode))
    return sites


def _sites(scope: FileScope, call: ast.Call, mode: str) -> list[CallSite]:
    callee = callee_of(scope, call.fun)
    sites = [CallSite(call, callee, scope, mode)]
    known = facts.of(callee.name) if callee is not None and callee.name else None
    if known is None:
        return sites
    for fact, how in (("runs-arg", mode), ("go-arg", "go")):
        for number in known.all(fact):
            if number.isdigit() and int(number) < len(call.args):
                argument = call.args[int(number)]
                passed = callee_of(scope, argument)
                if passed is not None and _is_function_value(argument, passed):
                    sites.append(CallSite(call, passed, scope, how, int(number)))
    return sites


def _is_function_value(argument: ast.Expr, passed: Callee) -> bool:
    return not isinstance(ast.unparen(argument), ast.Call) and not passed.name.startswith(
        "builtin."
    )


def target_of(scope: FileScope, callee: Callee | None) -> FunctionInfo | None:
    """The function in sight that `callee` runs; None for interfaces, stubs and unknowns."""
    if callee is None:
        return None
    if callee.literal is not None:
        info: FunctionInfo | None = callee.literal.info
        return info
    if callee.member is not None:
        return info_of(callee.member)
    if callee.local is not None:
        literal = closure_in(callee.local)
        return literal.info if literal is not None else None
    return None


def target_at(scope: FileScope, fun: ast.Expr) -> FunctionInfo | None:
    """The function in sight that a call of `fun` runs.

    As `target_of`, and also through variables that hold a function or method, fields that are set
    once, and interfaces that one type implements (see `function_values`).
    """
    return _target(scope, fun, callee_of(scope, fun))


def _target(scope: FileScope, fun: ast.Expr, callee: Callee | None) -> FunctionInfo | None:
    target = target_of(scope, callee)
    if target is not None:
        return target
    if callee is None:
        held = held_by(scope, fun)
        return target_of(held.scope, callee_of(held.scope, held.value)) if held else None
    if callee.local is not None:
        value = method_value(callee.local)
        return target_of(scope, callee_of(scope, value)) if value is not None else None
    if callee.interface and callee.selection is not None:
        fun = ast.unparen(fun)
        if isinstance(fun, ast.Selector):
            member = implementation(callee.selection, fun.sel.name)
            return info_of(member) if member is not None else None
    return None


def method_value(local: Local) -> ast.Expr | None:
    """The name of the function or method that a variable is set to, once: `f := s.run`."""
    value = initial_value(local)
    if isinstance(value, ast.Ident | ast.Selector):
        if not any(is_assigned(use) for use in local.uses):
            return value
    return None


def info_of(member: Member) -> FunctionInfo | None:
    """The bound function of a declaration, None if its body is out of sight."""
    if not _is_in_sight(member):
        return None
    return bind_function(member.package.scope_of(member.decl), member.decl)


def _is_in_sight(member: Member) -> bool:
    decl = member.decl
    return not member.package.stub and decl.is_function and decl.has_body


def closure_in(local: Local) -> ast.FuncLit | None:
    """The one closure that a local variable ever holds: `f := func() {...}`, never reassigned."""
    value = initial_value(local)
    if value is None and isinstance(local.node, ast.ValueSpec) and not local.node.values:
        # var f func(); f = func() { ... f() ... }: the idiom for recursion.
        assigned = [use for use in local.uses if is_assigned(use)]
        if len(assigned) != 1:
            return None
        statement = assigned[0].parent
        if not isinstance(statement, ast.Assign) or len(statement.lhs) != len(statement.rhs):
            return None
        value = statement.rhs[statement.lhs.index(assigned[0])]
        return value if isinstance(value, ast.FuncLit) else None
    if isinstance(value, ast.FuncLit) and not any(is_assigned(use) for use in local.uses):
        return value
    return None


def initial_value(local: Local) -> ast.Expr | None:
    """The expression that a local variable is declared with, None if it shares a call's results."""
    node = local.node
    if isinstance(node, ast.Assign) and len(node.lhs) == len(node.rhs):
        return ast.unparen(node.rhs[local.index])
    if isinstance(node, ast.ValueSpec) and len(node.names) == len(node.values):
        return ast.unparen(node.values[local.index])
    return None


def is_assigned(use: ast.Ident) -> bool:
    """True if this mention of a variable gives it a new value, or lets others do so (`&x`)."""
    parent = use.parent
    if isinstance(parent, ast.Assign):
        return use in parent.lhs
    if isinstance(parent, ast.IncDec):
        return True
    if isinstance(parent, ast.Range):
        return use is parent.key or use is parent.value
    return isinstance(parent, ast.Unary) and parent.op == "&"


def member_of_function(info: FunctionInfo) -> Member | None:
    """The declaration of a function or method; None for a closure."""
    node = info.node
    if not isinstance(node, ast.FuncDecl):
        return None
    scope = scope_of(info)
    for decl in scope.file.decls:
        if decl.is_function and decl.start == node.start:
            if decl.receiver:
                return scope.package.method(decl.receiver, decl.name)
            return scope.package.member(decl.name)
    return None


Site = tuple[FileScope, Decl, ast.Call]
"""A call, the function that it stands in, and the file."""


class _Callers:
    """The calls of a function, found as far as somebody asks."""

    __slots__ = ("_found", "_member", "_more", "_searching")

    def __init__(self, member: Member) -> None:
        self._found: list[Site] = []
        self._member = member
        self._more: Iterator[Site] = _search_callers(member)
        self._searching = False

    def all(self) -> list[Site]:
        """All of them."""
        for _ in self:
            pass
        return self._found

    def __iter__(self) -> Iterator[Site]:
        at = 0
        while True:
            while at < len(self._found):
                yield self._found[at]
                at += 1
            site = self._next()
            if site is None:
                return
            self._found.append(site)

    def _next(self) -> Site | None:
        assert not self._searching, "who looks for callers must not ask for them"
        self._searching = True
        try:
            return next(self._more, None)
        except BaseException:
            # What has failed is over; whoever asks next finds the rest, or sees the same failure.
            self._more = islice(_search_callers(self._member), len(self._found), None)
            raise
        finally:
            self._searching = False


def callers_of(member: Member) -> list[Site]:
    """Calls of a function or method in its own package, found by name and checked by meaning;
    cached."""
    return _callers(member).all()


def each_caller_of(member: Member) -> Iterator[Site]:
    """As `callers_of`, for who may have seen enough before the last: the search goes on as it is
    asked to."""
    return iter(_callers(member))


def all_callers(member: Member, test: Callable[[FileScope, ast.Call], bool]) -> bool:
    """True if the function has callers in its package and `test` holds for each call."""
    called = False
    for scope, _, call in each_caller_of(member):
        if not test(scope, call):
            return False
        called = True
    return called


def _callers(member: Member) -> _Callers:
    memo = member.package.memo
    key = ("callers-of", member)
    known = memo.get(key)
    if not isinstance(known, _Callers):
        known = memo[key] = _Callers(member)
    return known


def _search_callers(member: Member) -> Iterator[Site]:
    for scope in member.package.scopes.values():
        places: dict[Decl, list[int]] = {}
        for at in words.followed(scope.file, member.name, _CALLED):
            decl = scope.file.decl_at(at)
            if decl is not None and decl.is_function:
                places.setdefault(decl, []).append(at)
        for decl, offsets in places.items():
            info = bind_function(scope, decl)
            for node in nodes_at(info.node, offsets):
                if isinstance(node, ast.Call) and ast.called_name(node.fun) == member.name:
                    callee = callee_of(scope, node.fun)
                    if callee is not None and callee.member is member:
                        yield scope, decl, node
