"""How far a value travels after it was made, and which of its methods are called on the way.

Followed through variables, parameters of functions in sight, and calls that wrap it. What is
stored or returned can be configured elsewhere: there the answer falls back to words that occur in
the package or the module, so that it names a call too many, never one too few.
"""

from __future__ import annotations

from golint_concurrency.semantics import infer, mentions
from golint_concurrency.semantics.callgraph import scope_of, target_of
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.program import Program
from golint_concurrency.syntax import ast

LOCAL, PACKAGE, MODULE = 0, 1, 2
_MAX_STEPS = 200


class Travel:
    """`calls` are names of methods that are called on the value; `captured` is true where a
    closure uses it that is not deferred by the function itself. `reach` is how far it gets: LOCAL (every use was seen), PACKAGE (kept in an
    unexported variable or field) or MODULE."""

    __slots__ = ("_makers", "_seen", "_steps", "calls", "captured", "reach")

    def __init__(self, makers: frozenset[str]) -> None:
        self.calls: set[str] = set()
        self.captured = False
        self.reach = LOCAL
        self._makers = makers
        self._seen: set[int] = set()
        self._steps = 0

    def follow(self, scope: FileScope, value: ast.Expr) -> None:
        """Follow `value` to whatever its expression is put into."""
        self._steps += 1
        if self._steps > _MAX_STEPS:
            self.reach = MODULE
            return
        parent = value.parent
        while isinstance(parent, ast.Paren):
            value, parent = parent, parent.parent
        if isinstance(parent, ast.Assign) and value in parent.rhs:
            self._target(scope, parent.lhs[parent.rhs.index(value)])
        elif isinstance(parent, ast.ValueSpec) and value in parent.values:
            self._target(scope, parent.names[parent.values.index(value)])
        elif isinstance(parent, ast.Selector) and parent.x is value:
            self._selected(scope, parent)
        elif isinstance(parent, ast.Call) and value in parent.args:
            self._argument(scope, parent, parent.args.index(value))
        elif isinstance(parent, ast.KeyValue) and parent.value is value:
            exported = not isinstance(parent.key, ast.Ident) or parent.key.name[:1].isupper()
            self._kept(exported=exported)
        elif isinstance(parent, ast.Binary):
            pass  # compared with nil
        elif not isinstance(parent, ast.ExprStmt):
            self.reach = MODULE

    def _kept(self, *, exported: bool) -> None:
        self.reach = max(self.reach, MODULE if exported else PACKAGE)

    def _target(self, scope: FileScope, target: ast.Expr) -> None:
        if isinstance(target, ast.Ident):
            obj = target.obj if isinstance(target.obj, Local) else scope.resolve(target)
            if isinstance(obj, Local):
                self._local(scope, obj)
            elif target.name != "_":
                self._kept(exported=target.name[:1].isupper())
        elif isinstance(target, ast.Selector):
            self._kept(exported=target.sel.name[:1].isupper())
        else:
            self.reach = MODULE

    def _local(self, scope: FileScope, local: Local) -> None:
        if id(local) in self._seen:
            return
        self._seen.add(id(local))
        if local.role == "result":
            self.reach = MODULE
        for use in local.uses:
            if _is_elsewhere(use, local):
                self.captured = True
            if not (isinstance(use.parent, ast.Assign) and use in use.parent.lhs):
                self.follow(scope, use)

    def _selected(self, scope: FileScope, selector: ast.Selector) -> None:
        call = selector.parent
        if isinstance(call, ast.Call) and call.fun is selector:
            self.calls.add(selector.sel.name)
            if infer.callee_of(scope, selector) is None or self._passes_on(scope, selector):
                self.follow(scope, call)
        else:
            self.follow(scope, selector)  # an embedded part: `db.DB`

    def _argument(self, scope: FileScope, call: ast.Call, index: int) -> None:
        callee = infer.callee_of(scope, call.fun)
        target = target_of(scope, callee)
        if target is not None:
            if index < len(target.params):
                param = target.params[index]
                if param is not None:
                    self._local(scope_of(target), param)
            else:
                self.reach = MODULE
        elif callee is None or callee.interface:
            self.reach = MODULE
        elif self._passes_on(scope, call.fun):
            self.follow(scope, call)

    def _passes_on(self, scope: FileScope, fun: ast.Expr) -> bool:
        callee = infer.callee_of(scope, fun)
        return callee is not None and callee.name in self._makers


def calls_on(
    program: Program,
    scope: FileScope,
    value: ast.Expr,
    wanted: frozenset[str],
    makers: frozenset[str] = frozenset(),
) -> Travel:
    """Follow `value`; `calls` of the answer holds at least those of `wanted` that may be called
    on it anywhere in the module.

    `makers` are functions and methods whose result holds the value (`sqlx.NewDb`).
    """
    travel = Travel(makers)
    travel.follow(scope, value)
    if travel.reach == LOCAL:
        return travel
    package = scope.package
    words = {_called(name): name for name in sorted(wanted)}
    if travel.reach == PACKAGE and not _handed_out(scope, value):
        found = {word for word in words if mentions.in_package(package, word)}
    else:
        found = set(mentions.in_module(program, package, tuple(words)))
    travel.calls.update(words[word] for word in found)
    return travel


def _handed_out(scope: FileScope, value: ast.Expr) -> bool:
    """True if an exported function of the package returns a type of the value's name."""
    type_name = str(infer.type_of(scope, value)).strip("()").split(",", maxsplit=1)[0]
    base = type_name.rsplit(".", 1)[-1].encode()
    for file in scope.package.files:
        for decl in file.decls:
            if not decl.is_function or not decl.name[:1].isupper():
                continue
            for result in decl.signature().type.results:
                if base in file.slice(result.start, result.end):
                    return True
    return False


def _called(method: str) -> bytes:
    return f".{method}(".encode()


def _is_elsewhere(use: ast.Ident, local: Local) -> bool:
    """True in a closure, other than one that the variable's function itself defers."""
    function = ast.enclosing_function(use)
    if function is local.owner:
        return False
    call = function.parent if function is not None else None
    return not (
        isinstance(call, ast.Call)
        and call.fun is function
        and isinstance(call.parent, ast.Defer)
        and ast.enclosing_function(call) is local.owner
    )
