"""Channels that live in package variables and struct fields: all that a package does with one.

Such a channel can be known as a whole only if other packages cannot name it. Its mentions are
found by name in the bytes of the package's files, and checked by meaning.
"""

from __future__ import annotations

from golint_concurrency.semantics import words
from golint_concurrency.semantics.binding import bind_function, bind_value
from golint_concurrency.semantics.callgraph import scope_of, target_of
from golint_concurrency.semantics.channels import parameter, settled_uses
from golint_concurrency.semantics.denote import core, denote, is_type, literal_type
from golint_concurrency.semantics.infer import callee_of, selection_of, type_of
from golint_concurrency.semantics.nodes import nodes_at
from golint_concurrency.semantics.objects import Local, Member, Predeclared
from golint_concurrency.semantics.package import FileScope, Package
from golint_concurrency.semantics.types import UNKNOWN, Chan, Named, deref
from golint_concurrency.syntax import ast
from golint_concurrency.syntax.file import Decl

_MAX_USES = 200


class Use:
    """`kind` is send, receive, range or close; `node` the Send, Unary, Range or Call."""

    __slots__ = ("kind", "node", "scope")

    def __init__(self, kind: str, node: ast.Node, scope: FileScope) -> None:
        self.kind = kind
        self.node = node
        self.scope = scope


class HeldChannel:
    """What a package does with the channels that a variable or field of its own holds.

    `values` are the expressions that it is set to, each in its file; `unknown_values` is true if
    there may be others. `unseen` are the places where the channel gets out of sight. `assigned`
    are the assignments among the values, outside declarations and literals.
    """

    __slots__ = ("assigned", "name", "unknown_values", "unseen", "uses", "values")

    def __init__(self, name: str) -> None:
        self.name = name
        self.values: list[tuple[FileScope, ast.Expr]] = []
        self.assigned: list[ast.Assign] = []
        self.uses: list[Use] = []
        self.unseen: list[ast.Node] = []
        self.unknown_values = False

    @property
    def in_sight(self) -> bool:
        """True if every value and every use is listed."""
        return not self.unseen and not self.unknown_values

    def of(self, *kinds: str) -> list[Use]:
        """The uses of these kinds."""
        return [use for use in self.uses if use.kind in kinds]


def held_channel(scope: FileScope, expr: ast.Expr) -> HeldChannel | None:
    """All about the channel variable or field that `expr` names.

    None if it is neither, or if other packages can use it by its name.
    """
    expr = ast.unparen(expr)
    if isinstance(expr, ast.Ident):
        obj = scope.resolve(expr)
        if isinstance(obj, Member) and obj.kind == "var":
            return _of_variable(scope, obj)
        return None
    if not isinstance(expr, ast.Selector):
        return None
    owner = _owner(scope, expr)
    if owner is None or owner.decl is None or owner.package is None:
        return None
    return field_channel(owner.package, owner.decl, expr.sel.name)


def field_channel(package: Package, decl: Decl, name: str) -> HeldChannel | None:
    """All about the channels in field `name` of the struct type `decl`."""
    if package.stub or not _is_private(package, name):
        return None
    key = ("held-channel", decl.name, name)
    if key not in package.memo:
        package.memo[key] = None  # while the search asks for types
        package.memo[key] = _Search(package, name, decl, None).run()
    held = package.memo[key]
    return held if isinstance(held, HeldChannel) else None


def _of_variable(scope: FileScope, member: Member) -> HeldChannel | None:
    package = member.package
    if package is not scope.package or package.stub or not _is_private(package, member.name):
        return None
    key = ("held-channel", "", member.name)
    if key not in package.memo:
        package.memo[key] = None
        package.memo[key] = _Search(package, member.name, None, member).run()
    held = package.memo[key]
    return held if isinstance(held, HeldChannel) else None


def _is_private(package: Package, name: str) -> bool:
    return package.name == "main" or not name[:1].isupper()


def _owner(scope: FileScope, selector: ast.Selector) -> Named | None:
    """The named struct that declares the field which `selector` selects."""
    selection = selection_of(scope, selector)
    if selection is None or selection.kind != "field":
        return None
    owner = deref(selection.owner)
    return owner if isinstance(owner, Named) else None


class _Search:
    """Finds the mentions of one variable (`member`) or field (`decl`), and what they do."""

    __slots__ = ("_decl", "_held", "_member", "_name", "_package", "_pending", "_seen")

    def __init__(
        self, package: Package, name: str, decl: Decl | None, member: Member | None
    ) -> None:
        self._package = package
        self._name = name
        self._decl = decl
        self._member = member
        self._held = HeldChannel(name)
        self._pending: list[tuple[FileScope, ast.Expr]] = []
        self._seen: set[int] = set()

    def run(self) -> HeldChannel:
        """Look at all files of the package."""
        for scope in self._package.scopes.values():
            decl = self._decl
            if decl is not None and words.has_unkeyed_literal(scope.file, decl.name):
                self._held.unknown_values = True
            places: dict[Decl, list[int]] = {}
            for at in words.offsets(scope.file, self._name):
                decl = scope.file.decl_at(at)
                if decl is not None:
                    places.setdefault(decl, []).append(at)
            for decl, offsets in places.items():
                self._declaration(scope, decl, offsets)
        while self._pending:
            scope, value = self._pending.pop()
            if id(value) not in self._seen:
                self._seen.add(id(value))
                if len(self._seen) > _MAX_USES:
                    self._held.unseen.append(value)
                    break
                self._step(scope, value)
        self._held.uses.sort(key=lambda use: (use.scope.file.path, use.node.start))
        return self._held

    def _declaration(self, scope: FileScope, decl: Decl, offsets: list[int]) -> None:
        if decl.kind in ("type", "const"):
            return
        roots: list[ast.Node]
        if decl.is_function:
            roots = [bind_function(scope, decl).node]
        else:
            spec = bind_value(scope, decl)
            roots = list(spec.values)
            for index, name in enumerate(spec.names):
                if self._member is not None and self._member.decl is decl:
                    if name.name == self._name and spec.values:
                        self._set(scope, spec.values, len(spec.names), index)
        for root in roots:
            for node in nodes_at(root, offsets):
                if isinstance(node, ast.Ident) and node.name == self._name:
                    self._mention(scope, node)

    def _mention(self, scope: FileScope, ident: ast.Ident) -> None:
        parent = ident.parent
        if self._member is not None:
            if isinstance(parent, ast.Selector) and parent.sel is ident:
                return
            if isinstance(parent, ast.KeyValue) and parent.key is ident and ident.obj is not None:
                if not isinstance(ident.obj, Member):
                    return
            if ident.obj is None or isinstance(ident.obj, Member):
                if scope.resolve(ident) is self._member:
                    self._use(scope, ident)
            return
        if isinstance(parent, ast.Selector) and parent.sel is ident:
            owner = _owner(scope, parent)
            if owner is not None and owner.decl is self._decl:
                self._use(scope, parent)
            elif owner is None and type_of(scope, parent.x) is UNKNOWN:
                if selection_of(scope, parent) is None and not self._is_package(scope, parent):
                    self._held.unseen.append(parent)
                    self._held.unknown_values = True
        elif isinstance(parent, ast.KeyValue) and parent.key is ident:
            literal = parent.parent
            if isinstance(literal, ast.CompositeLit):
                built = deref(literal_type(scope, literal))
                if isinstance(built, Named) and built.decl is self._decl:
                    self._set(scope, [parent.value], 1, 0)

    def _is_package(self, scope: FileScope, selector: ast.Selector) -> bool:
        """True for `pkg.name`: no field."""
        x = selector.x
        return isinstance(x, ast.Ident) and x.obj is None and scope.resolve(x) is not None

    def _use(self, scope: FileScope, expr: ast.Expr) -> None:
        parent = expr.parent
        if isinstance(parent, ast.Assign) and expr in parent.lhs:
            self._held.assigned.append(parent)
            self._set(scope, parent.rhs, len(parent.lhs), parent.lhs.index(expr))
        elif isinstance(parent, ast.Range) and (expr is parent.key or expr is parent.value):
            self._held.unknown_values = True
        elif isinstance(parent, ast.Unary) and parent.op == "&":
            self._held.unknown_values = True
            self._held.unseen.append(parent)
        else:
            self._pending.append((scope, expr))

    def _set(self, scope: FileScope, values: list[ast.Expr], wanted: int, index: int) -> None:
        if len(values) != wanted:
            self._held.unknown_values = True
            return
        value = ast.unparen(values[index])
        self._held.values.append((scope, value))
        # A channel that comes from a variable has uses by that name too.
        if isinstance(value, ast.Ident):
            obj = scope.resolve(value)
            if isinstance(obj, Local):
                self._local(scope, obj)
                return
            if isinstance(obj, Predeclared) and obj.name == "nil":
                return
        elif isinstance(value, ast.Call) and callee_of(scope, value.fun) is not None:
            if isinstance(value.fun, ast.Ident) and value.fun.name == "make":
                return
        self._held.unseen.append(value)

    def _step(self, scope: FileScope, value: ast.Expr) -> None:
        held = self._held
        parent = value.parent
        while isinstance(parent, ast.Paren):
            value, parent = parent, parent.parent
        if isinstance(parent, ast.Send) and parent.chan is value:
            held.uses.append(Use("send", parent, scope))
        elif isinstance(parent, ast.Unary) and parent.op == "<-":
            held.uses.append(Use("receive", parent, scope))
        elif isinstance(parent, ast.Range) and parent.x is value:
            held.uses.append(Use("range", parent, scope))
        elif isinstance(parent, ast.Call) and value in parent.args:
            self._argument(scope, parent, parent.args.index(value))
        elif isinstance(parent, ast.Assign) and value in parent.rhs:
            target = None
            if len(parent.lhs) == len(parent.rhs):
                target = parent.lhs[parent.rhs.index(value)]
            if isinstance(target, ast.Ident) and target.name == "_":
                return
            if isinstance(target, ast.Ident) and isinstance(target.obj, Local):
                self._local(scope, target.obj)
                return
            if target is None or not self._is_mine(scope, target):
                held.unseen.append(value)
        elif isinstance(parent, ast.ValueSpec) and value in parent.values:
            for name, given in zip(parent.names, parent.values, strict=False):
                if given is value and isinstance(name.obj, Local):
                    self._local(scope, name.obj)
                    return
            held.unseen.append(value)
        elif isinstance(parent, ast.KeyValue) and parent.value is value:
            if not self._is_mine(scope, parent.key):
                held.unseen.append(value)
        elif not isinstance(parent, ast.Binary | ast.ExprStmt):
            held.unseen.append(value)

    def _is_mine(self, scope: FileScope, target: ast.Expr) -> bool:
        """True if `target`, a field, its key in a literal, or a variable, is what we look for."""
        if isinstance(target, ast.Selector):
            owner = _owner(scope, target)
            return (
                self._decl is not None
                and owner is not None
                and owner.decl is self._decl
                and target.sel.name == self._name
            )
        if isinstance(target, ast.Ident) and target.name == self._name:
            pair = target.parent
            if isinstance(pair, ast.KeyValue) and isinstance(pair.parent, ast.CompositeLit):
                built = deref(literal_type(scope, pair.parent))
                return isinstance(built, Named) and built.decl is self._decl
            return self._member is not None and scope.resolve(target) is self._member
        return False

    def _local(self, scope: FileScope, local: Local) -> None:
        uses = settled_uses(local)
        if local.role == "param" or uses is None:
            # Whoever passed or set it may use it too.
            self._held.unseen.append(local.ident)
            return
        self._pending += [(scope, use) for use in uses]

    def _argument(self, scope: FileScope, call: ast.Call, index: int) -> None:
        if is_type(scope, call.fun):
            if isinstance(core(denote(scope, call.fun)), Chan):
                self._pending.append((scope, call))
            return
        callee = callee_of(scope, call.fun)
        if callee is not None and callee.name == "builtin.close":
            self._held.uses.append(Use("close", call, scope))
            return
        if callee is not None and callee.name in ("builtin.len", "builtin.cap"):
            return
        target = target_of(scope, callee)
        param = parameter(target, call, index)
        if target is None or param is None:
            self._held.unseen.append(call)
            return
        if any(isinstance(use.parent, ast.Assign) and use in use.parent.lhs for use in param.uses):
            self._held.unseen.append(call)
            return
        self._pending += [(scope_of(target), use) for use in param.uses]
