"""Everything that is done with a value in its package, from where it is made onwards.

Followed through variables, parameters and results of functions in sight, package variables and
fields (all fields of that name and type: which object holds it does not matter). What leaves the
package, or goes where this cannot see, is told by `complete`.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.semantics import infer, words
from golint_concurrency.semantics.binding import bind_function, bind_value
from golint_concurrency.semantics.callgraph import (
    callers_of,
    member_of_function,
    scope_of,
    target_of,
)
from golint_concurrency.semantics.denote import literal_type, member_of
from golint_concurrency.semantics.objects import Local, Member
from golint_concurrency.semantics.package import FileScope, Package
from golint_concurrency.semantics.types import Named, Type, deref, is_named
from golint_concurrency.syntax import ast
from golint_concurrency.syntax.file import Decl

_MAX_STEPS = 300


class Whereabouts:
    """What happens to a value.

    `calls` are calls of its methods and `fields` the fields that are set on it, with the values
    (None: through a pointer). `overwritten` is true if all of it is set (`*x = y`). `passed` are
    calls of functions out of sight that it is an argument of, with its number, and `literals`
    those that it is a field of. `kept` are names
    of fields and package variables that hold it, `in_closure` is true if a closure uses it.
    `complete` is false where it may be used in ways that were not seen.
    """

    __slots__ = (
        "_holders",
        "_makers",
        "_pending",
        "_seen",
        "calls",
        "complete",
        "fields",
        "in_closure",
        "kept",
        "literals",
        "overwritten",
        "passed",
        "returned",
    )

    def __init__(
        self, holders: frozenset[str] = frozenset(), makers: frozenset[str] = frozenset()
    ) -> None:
        self._holders = holders
        self._makers = makers
        self.calls: list[tuple[FileScope, ast.Call]] = []
        self.fields: dict[str, list[tuple[FileScope, ast.Expr | None]]] = {}
        self.passed: list[tuple[FileScope, ast.Call, int]] = []
        self.literals: list[tuple[FileScope, ast.CompositeLit]] = []
        self.kept: set[str] = set()
        self.returned = False
        self.in_closure = False
        self.overwritten = False
        self.complete = True
        self._pending: list[tuple[FileScope, ast.Expr]] = []
        self._seen: set[object] = set()

    # -------------------------------------------------------------------------- following

    def run(self) -> None:
        """Follow whatever has been found so far to its ends."""
        steps = 0
        while self._pending:
            steps += 1
            if steps > _MAX_STEPS:
                self.complete = False
                return
            self._follow(*self._pending.pop())

    def start(self, scope: FileScope, value: ast.Expr) -> None:
        """Follow the value of an expression."""
        self._pending.append((scope, value))

    def _follow(self, scope: FileScope, value: ast.Expr) -> None:
        parent = value.parent
        while isinstance(parent, ast.Paren | ast.Star | ast.TypeAssert) or (
            isinstance(parent, ast.Unary) and parent.op == "&"
        ):
            value, parent = parent, parent.parent
        if isinstance(parent, ast.Assign):
            self._assigned(scope, value, parent.lhs, parent.rhs)
        elif isinstance(parent, ast.ValueSpec):
            self._assigned(scope, value, list(parent.names), parent.values)
        elif isinstance(parent, ast.Selector):
            self._selected(scope, parent)
        elif isinstance(parent, ast.Call):
            if value in parent.args:
                self._argument(scope, parent, parent.args.index(value))
        elif isinstance(parent, ast.KeyValue):
            self._keyed(scope, parent, value)
        elif isinstance(parent, ast.Return):
            self._returned(scope, parent, parent.results.index(value))
        elif not isinstance(parent, ast.Binary | ast.ExprStmt):
            self.complete = False

    def _assigned(
        self, scope: FileScope, value: ast.Expr, lhs: list[ast.Expr], rhs: list[ast.Expr]
    ) -> None:
        if value not in rhs:
            self.overwritten |= isinstance(value, ast.Star)
            return
        if len(lhs) == len(rhs):
            self._target(scope, lhs[rhs.index(value)])
        else:
            self._target(scope, lhs[0])  # client, err := newClient()

    def _target(self, scope: FileScope, target: ast.Expr) -> None:
        target = ast.unparen(target)
        if isinstance(target, ast.Ident):
            obj = target.obj if isinstance(target.obj, Local) else scope.resolve(target)
            if isinstance(obj, Local):
                self.local(scope, obj)
            elif isinstance(obj, Member):
                self.variable(obj)
        elif isinstance(target, ast.Selector):
            self.selector(scope, target)
        else:
            self.complete = False

    def local(self, scope: FileScope, local: Local) -> None:
        """Follow every mention of a variable of a function."""
        if id(local) in self._seen:
            return
        self._seen.add(id(local))
        for use in local.uses:
            if ast.enclosing_function(use) is not local.owner:
                self.in_closure = True
            self.start(scope, use)
        if local.role == "result" and local.owner is not None:
            self._result_of(scope, local.owner, local.index)

    def variable(self, member: Member) -> None:
        """Follow every mention of a package variable."""
        if member in self._seen:
            return
        self._seen.add(member)
        self.kept.add(member.name)
        if member.name[:1].isupper():
            self.complete = False
        for scope, node in _mentions(member.package, member.name):
            if isinstance(node, ast.Ident) and scope.resolve(node) is member:
                self.start(scope, node)

    def selector(self, scope: FileScope, target: ast.Selector) -> None:
        """Follow every mention of the field or package variable that `target` selects."""
        if is_named(deref(infer.type_of(scope, target.x)), *self._holders):
            self._target(scope, target.x)  # client.Transport = transport
            return
        selection = infer.selection_of(scope, target)
        if selection is None:
            obj = member_of(scope, target)
            if isinstance(obj, Member) and not obj.package.stub:
                self.variable(obj)
            self.complete = False
        else:
            self._field_of(deref(selection.owner), target.sel.name)

    def _keyed(self, scope: FileScope, pair: ast.KeyValue, value: ast.Expr) -> None:
        literal = pair.parent
        if pair.value is value and isinstance(pair.key, ast.Ident):
            if isinstance(literal, ast.CompositeLit):
                self.literals.append((scope, literal))
                if is_named(deref(literal_type(scope, literal)), *self._holders):
                    self.start(scope, literal)
                    return
                self._field_of(deref(literal_type(scope, literal)), pair.key.name)
                return
        self.complete = False

    def _field_of(self, owner: Type, name: str) -> None:
        if not isinstance(owner, Named) or owner.package is None or owner.decl is None:
            self.complete = False
            return
        self.kept.add(name)
        if owner.package.stub:
            self.complete = False
            return
        if name[:1].isupper():
            self.complete = False
        key = (id(owner.decl), name)
        if key in self._seen:
            return
        self._seen.add(key)
        for scope, selector in _field_uses(owner.package, owner.decl, name):
            self.start(scope, selector)

    def _selected(self, scope: FileScope, selector: ast.Selector) -> None:
        up = selector.parent
        if isinstance(up, ast.Call) and up.fun is selector:
            self.calls.append((scope, up))
        elif isinstance(up, ast.Assign) and selector in up.lhs:
            same = len(up.lhs) == len(up.rhs)
            self._set(scope, selector, up.rhs[up.lhs.index(selector)] if same else None)
        elif isinstance(up, ast.Unary) and up.op == "&":
            self._set(scope, selector, None)
        else:
            selection = infer.selection_of(scope, selector)
            if selection is None or selection.kind == "method":
                self.complete = False

    def _set(self, scope: FileScope, selector: ast.Selector, value: ast.Expr | None) -> None:
        self.fields.setdefault(selector.sel.name, []).append((scope, value))

    def _argument(self, scope: FileScope, call: ast.Call, index: int) -> None:
        callee = infer.callee_of(scope, call.fun)
        if callee is not None and callee.name in self._makers:
            self.start(scope, call)
            return
        target = target_of(scope, callee)
        if target is None:
            self.passed.append((scope, call, index))
            self.complete = False
        elif index < len(target.params):
            param = target.params[index]
            if param is not None:
                self.local(scope_of(target), param)
        else:
            self.complete = False

    def _returned(self, scope: FileScope, statement: ast.Return, index: int) -> None:
        function = ast.enclosing_function(statement)
        if function is not None:
            self._result_of(scope, function, index)

    def _result_of(
        self, scope: FileScope, function: ast.FuncDecl | ast.FuncLit, index: int
    ) -> None:
        self.returned = True
        member = member_of_function(function.info) if function.info is not None else None
        if member is None or index != 0:
            self.complete = False
            return
        if member.name[:1].isupper():
            self.complete = False
        if (member, "result") in self._seen:
            return
        self._seen.add((member, "result"))
        for caller_scope, _, call in callers_of(member):
            self.start(caller_scope, call)


def whereabouts_of(
    scope: FileScope,
    value: ast.Expr | Local | Member,
    holders: frozenset[str] = frozenset(),
    makers: frozenset[str] = frozenset(),
) -> Whereabouts:
    """What is done with the value of an expression, or with that of a variable.

    An expression that selects a field stands for all places that select this field.

    A struct of a type in `holders`, or the result of a function in `makers`, that the value is
    put into counts as the value: qualified names such as `net/http.Client`.
    """
    found = Whereabouts(holders, makers)
    if isinstance(value, Local):
        found.local(scope, value)
    elif isinstance(value, Member):
        found.variable(value)
    else:
        found.start(scope, value)
        if isinstance(value, ast.Selector):
            found.selector(scope, value)
    found.run()
    return found


def _mentions(package: Package, name: str) -> Iterator[tuple[FileScope, ast.Node]]:
    """Identifiers `name` in functions and initialisers of the package, their names bound."""
    for scope in package.scopes.values():
        seen: set[int] = set()
        for at in words.offsets(scope.file, name):
            decl = scope.file.decl_at(at)
            if decl is None or id(decl) in seen:
                continue
            seen.add(id(decl))
            for root in _roots(scope, decl):
                for node in ast.walk(root):
                    if isinstance(node, ast.Ident) and node.name == name:
                        yield scope, node


def _roots(scope: FileScope, decl: Decl) -> list[ast.Node]:
    if decl.is_function:
        return [bind_function(scope, decl).node]
    if decl.kind == "var":
        return list(bind_value(scope, decl).values)
    return []


def _field_uses(package: Package, decl: Decl, name: str) -> list[tuple[FileScope, ast.Selector]]:
    """Places that select field `name` of the type that `decl` declares."""
    key = ("field-uses", id(decl), name)
    known = package.memo.get(key)
    if known is None:
        found: list[tuple[FileScope, ast.Selector]] = []
        package.memo[key] = found  # while the search asks for types
        for scope, node in _mentions(package, name):
            selector = node.parent
            if not isinstance(selector, ast.Selector) or selector.sel is not node:
                continue
            selection = infer.selection_of(scope, selector)
            owner = deref(selection.owner) if selection is not None else None
            if isinstance(owner, Named) and owner.decl is decl:
                found.append((scope, selector))
        known = found
    return known  # type: ignore[return-value]
