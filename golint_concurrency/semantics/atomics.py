"""Variables and fields that are used with the functions of sync/atomic, and where they are used
without."""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.files import is_generated
from golint_concurrency.semantics import guards, infer, words
from golint_concurrency.semantics.binding import bind_function
from golint_concurrency.semantics.callgraph import (
    calls_in,
    each_caller_of,
    initial_value,
    member_of_function,
)
from golint_concurrency.semantics.denote import core
from golint_concurrency.semantics.guards import Guards
from golint_concurrency.semantics.nodes import nodes_of
from golint_concurrency.semantics.objects import Local, Member
from golint_concurrency.semantics.package import FileScope, Package
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.touches import touch_of
from golint_concurrency.semantics.types import Map, Named, Pointer, Slice, deref
from golint_concurrency.syntax import ast
from golint_concurrency.syntax.file import Decl

_VERBS = ("Add", "Load", "Store", "Swap", "CompareAndSwap", "And", "Or")
_TYPES = ("Int32", "Int64", "Uint32", "Uint64", "Uintptr", "Pointer")
FUNCTIONS = tuple(f"sync/atomic.{verb}{type_}" for verb in _VERBS for type_ in _TYPES)
_SETS_UP = re.compile(r"(?i)^(new|init|make|open|setup|create|main$|clone|copy|decode|unmarshal)")
_SUMS_UP = re.compile(
    r"(?i)merge|summar|string|format|marshal|msgsize|encode|reset|^log|print|equal|report|total|dump"
)
"""Names of functions that mostly work on a value that nobody changes any more, or on a copy."""
_STARTS = re.compile(r"(?i)(start|run|open)")
_ENDS = re.compile(r"(?i)wait|join|stop|close|shutdown|drain|finish")

_HELD = re.compile(r"(?i)\b(locks?|locked|held|holds|holding|mutex)\b")

Owner = tuple[Package, str, str]
"""A field: the package and the name of the type that declares it, and its own name; for a
package variable the type's name is ""."""


class Use:
    """A mention of the field or variable: `node`, in `info` of the file of `scope`.

    `atomic` if it is the operand of a function of sync/atomic; `write` if it is set.
    """

    __slots__ = ("atomic", "call", "info", "node", "scope", "write")

    def __init__(
        self,
        node: ast.Expr,
        info: FunctionInfo,
        scope: FileScope,
        call: ast.Call | None,
        write: bool,
    ) -> None:
        self.node = node
        self.info = info
        self.scope = scope
        self.call = call
        self.atomic = call is not None
        self.write = write

    def held(self) -> Guards:
        """What may guard the place, in its own function and those around it."""
        found = guards.guards_at(self.info, self.node)
        node: ast.Node = self.info.node
        info = self.info
        while info.parent is not None:
            outer = info.parent.info
            found |= guards.guards_at(outer, node)
            node, info = outer.node, outer
        return found


def operand(call: ast.Call) -> ast.Expr | None:
    """`x` of `atomic.AddInt64(&x, 1)`."""
    if not call.args:
        return None
    first = ast.unparen(call.args[0])
    return ast.unparen(first.x) if isinstance(first, ast.Unary) and first.op == "&" else None


def owner_of(scope: FileScope, expr: ast.Expr) -> Owner | None:
    """The field or package variable that `expr` names, if its package is in sight."""
    if isinstance(expr, ast.Ident):
        obj = scope.resolve(expr)
        if isinstance(obj, Member) and obj.kind == "var" and obj.package is scope.package:
            return scope.package, "", obj.name
        return None
    if not isinstance(expr, ast.Selector):
        return None
    selection = infer.selection_of(scope, expr)
    if selection is None or selection.kind != "field":
        return None
    type_ = deref(selection.owner)
    if not isinstance(type_, Named) or type_.package is None or type_.decl is None:
        return None
    if type_.package is not scope.package:
        return None
    return type_.package, type_.decl.name, expr.sel.name


def uses_of(owner: Owner) -> list[Use]:
    """All mentions in the package's functions, tests left out, in the order of files; cached."""
    package = owner[0]
    key = ("atomic-uses", owner[1], owner[2])
    if key not in package.memo:
        package.memo[key] = list(_find(owner))
    return package.memo[key]  # type: ignore[return-value]


def _find(owner: Owner) -> Iterator[Use]:
    package, _, name = owner
    for scope in package.scopes.values():
        if scope.is_test or is_generated(scope.file.content):
            continue
        seen: set[Decl] = set()
        for at in words.offsets(scope.file, name):
            decl = scope.file.decl_at(at)
            if decl is None or not decl.is_function or decl in seen:
                continue
            seen.add(decl)
            yield from _in_function(scope, bind_function(scope, decl), owner)


def _in_function(scope: FileScope, info: FunctionInfo, owner: Owner) -> Iterator[Use]:
    name = owner[2]
    for node in ast.walk(info.node):
        expr: ast.Expr | None = None
        if isinstance(node, ast.Selector) and node.sel.name == name:
            expr = node
        elif isinstance(node, ast.Ident) and node.name == name and not owner[1]:
            if not (isinstance(node.parent, ast.Selector) and node.parent.sel is node):
                expr = node
        if expr is None or owner_of(scope, expr) != owner:
            continue
        function = ast.enclosing_function(expr)
        if function is None:
            continue
        call = _atomic_call(scope, expr)
        if call is not None:
            write = "Load" not in _name(call)
            yield Use(expr, function.info, scope, call, write)
            continue
        touch = touch_of(scope, expr)
        if touch.kind == "variable" and not touch.path:
            yield Use(expr, function.info, scope, None, touch.write)


def _name(call: ast.Call) -> str:
    fun = ast.unparen(call.fun)
    return fun.sel.name if isinstance(fun, ast.Selector) else ""


def _atomic_call(scope: FileScope, expr: ast.Expr) -> ast.Call | None:
    up: ast.Node = expr
    while isinstance(up.parent, ast.Paren):
        up = up.parent
    address = up.parent
    if not isinstance(address, ast.Unary) or address.op != "&":
        return None
    call = address.parent
    if not isinstance(call, ast.Call) or not call.args or call.args[0] is not address:
        return None
    return call if is_atomic(scope, call) else None


def is_atomic(scope: FileScope, call: ast.Call) -> bool:
    """True for a call of a function of sync/atomic."""
    callee = infer.callee_of(scope, call.fun)
    return callee is not None and callee.name in FUNCTIONS


def mixed(owner: Owner) -> list[Use]:
    """Uses without sync/atomic that can meet one with it. Cached.

    What comes before others can know the value, or after they are done with it, is left out, and
    so are fields that are mostly used plainly: there, the few atomic uses are the odd ones, and
    some other rule keeps users apart. Of fields, only uses by methods count: `s.n` of a receiver.
    """
    package = owner[0]
    key = ("atomic-mixed", owner[1], owner[2])
    if key not in package.memo:
        package.memo[key] = _mixed(owner)
    return package.memo[key]  # type: ignore[return-value]


def _mixed(owner: Owner) -> list[Use]:
    uses = uses_of(owner)
    atomic = [use for use in uses if use.atomic]
    plain = [use for use in uses if not use.atomic and not _is_private(use, owner)]
    users = {_outermost(use.info) for use in atomic}
    if len({_outermost(use.info) for use in plain} - users) > len(users):
        return []
    return [use for use in plain if _can_meet(use, atomic, owner)]


def _can_meet(use: Use, atomic: list[Use], owner: Owner) -> bool:
    others = atomic if use.write else [other for other in atomic if other.write]
    if owner[1] and not (_is_of_receiver(use) and any(map(_is_of_receiver, others))):
        return False
    outer = _outermost(use.info)
    if not use.write and any(_outermost(other.info) is outer for other in others):
        return False  # the writer may read as it likes, and CompareAndSwap checks what was read
    setters = {id(_outermost(other.info)) for other in others}
    if not use.write and any(
        site.target is not None and id(site.target) in setters
        for site in calls_in(outer)
        if site.mode == "call" and site.call.start < use.node.start
    ):
        return False  # so is who has it set by a method
    if not others or _comes_after_end(use) or _SUMS_UP.search(_name_of(outer)):
        return False
    if use.write and _sets_more(use, outer):
        return False
    return not use.held() and not _is_called_with_lock(outer)


def _sets_more(use: Use, outer: FunctionInfo) -> bool:
    """True if the function also sets a slice or map beside the field: nobody else may be at work
    then, whatever the other field is set with."""
    node = use.node
    root = ast.unparen(node.x) if isinstance(node, ast.Selector) else None
    if not isinstance(root, ast.Ident):
        return False
    return any(
        isinstance(target, ast.Selector)
        and isinstance(target.x, ast.Ident)
        and target.x.obj is root.obj
        and isinstance(core(infer.type_of(use.scope, target)), Slice | Map)
        for statement in nodes_of(outer, ast.Assign)
        if statement.op == "="
        for target in statement.lhs
    )


def _is_of_receiver(use: Use) -> bool:
    """True for `s.n` in a method of `s`."""
    node = use.node
    if not isinstance(node, ast.Selector):
        return False
    root = ast.unparen(node.x)
    return (
        isinstance(root, ast.Ident) and isinstance(root.obj, Local) and root.obj.role == "receiver"
    )


def _name_of(info: FunctionInfo) -> str:
    node = info.node
    return node.name.name if isinstance(node, ast.FuncDecl) else ""


def _is_called_with_lock(info: FunctionInfo) -> bool:
    """True if the function says so, or a caller in its package may hold something."""
    if "lock" in _name_of(info).lower():
        return True
    member = member_of_function(info)
    if member is None:
        return False
    if _HELD.search(member.package.scope_of(member.decl).file.doc(member.decl)):
        return True
    return any(_is_kept_apart(scope, call) for scope, _, call in each_caller_of(member))


def _is_kept_apart(scope: FileScope, call: ast.Call) -> bool:
    """True if the caller may hold a lock, or has seen a count come down to zero."""
    function = ast.enclosing_function(call)
    if function is not None and guards.guards_at(function.info, call):
        return True
    up: ast.Node | None = call
    while up is not None and not isinstance(up, ast.FuncDecl | ast.FuncLit):
        up = up.parent
        if isinstance(up, ast.If) and isinstance(up.cond, ast.Binary):
            if up.cond.op in ("==", "<=") and scope.file.text(up.cond.y) == "0":
                return True
    return False


def _outermost(info: FunctionInfo) -> FunctionInfo:
    while info.parent is not None:
        info = info.parent.info
    return info


def _is_private(use: Use, owner: Owner) -> bool:
    """True while the value is made, and for a copy of it."""
    outer = _outermost(use.info)
    node = outer.node
    if isinstance(node, ast.FuncDecl):
        if _SETS_UP.search(node.name.name):
            return True
        if use.write and _STARTS.match(node.name.name):
            # What it starts is there when all is set.
            if any(start.start > use.node.end for start in nodes_of(outer, ast.Go)):
                return True
        if owner[1] and any(
            owner[1] in use.scope.file.text(result.type) for result in node.type.results
        ):
            return True
    if not owner[1]:
        return False
    root = ast.unparen(use.node)
    pointed = False
    while isinstance(root, ast.Selector | ast.Paren | ast.Star | ast.Index):
        if isinstance(root, ast.Selector):
            pointed = pointed or isinstance(infer.type_of(use.scope, root.x), Pointer)
        root = root.x
    if not isinstance(root, ast.Ident):
        return True
    obj = use.scope.resolve(root)
    if not isinstance(obj, Local):
        return not isinstance(obj, Member)
    if not pointed:
        return True
    if obj.role in ("receiver", "param", "range", "case"):
        return False
    value = initial_value(obj)
    if isinstance(value, ast.Unary):
        value = ast.unparen(value.x)
    if value is None:
        return isinstance(obj.node, ast.ValueSpec)
    return isinstance(value, ast.CompositeLit | ast.Call)


def _comes_after_end(use: Use) -> bool:
    """True if the function has waited for something before, or ends something."""
    body = use.info.node.body
    if body is None:
        return True
    for node in ast.walk(body):
        if node.start >= use.node.start:
            continue
        if isinstance(node, ast.Unary) and node.op == "<-":
            return True
        if isinstance(node, ast.Call) and _ENDS.search(ast.last_name(node.fun)):
            return True
    declared = _outermost(use.info).node
    return isinstance(declared, ast.FuncDecl) and _ENDS.search(declared.name.name) is not None
