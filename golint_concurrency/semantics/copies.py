"""Values that must not be copied once they are used: locks, and what holds one by value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.semantics import copy_hints, infer
from golint_concurrency.semantics.callgraph import initial_value, scope_of, target_at
from golint_concurrency.semantics.denote import bind_signature, core, is_type
from golint_concurrency.semantics.nodes import nodes_of
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import Array, Named, Struct, Type
from golint_concurrency.syntax import ast
from golint_concurrency.syntax.file import Decl

_LOCKS = frozenset(
    [
        *(f"sync.{name}" for name in
          ("Mutex", "RWMutex", "Cond", "Once", "WaitGroup", "Pool", "Map")),
        *(f"sync/atomic.{name}" for name in
          ("Bool", "Int32", "Int64", "Uint32", "Uint64", "Uintptr", "Pointer")),
    ]
)  # fmt: skip
_MAX_DEPTH = 8
_AT_ONCE = 3
"""Statements after a copy in which it may get a new lock."""
_MAKERS = re.compile(r"([nN]ew|[mM]ake|[cC]reate|[cC]lone)(?![a-z])")
"""Names of functions that make something."""
_TYPES = (
    rb"\b\w+\.(?:"
    + "|".join(sorted({name.rsplit(".", 1)[1] for name in _LOCKS})).encode()
    + rb")\b"
)
_NAMES = re.compile(_TYPES + rb"|\bLock\b")
_LOCK_TYPES = re.compile(_TYPES)


def lock_in(scope: FileScope, type_: Type) -> str:
    """What a value of `type_` holds that must not be copied ("sync.Mutex"); "" if nothing is
    known."""
    if not isinstance(type_, Named | Struct | Array):
        return ""
    memo: dict[Type, str] = scope.package.memo.setdefault("locks-in", {})  # type: ignore[assignment]
    if type_ not in memo:
        memo[type_] = ""  # what a type that holds itself sees
        memo[type_] = _find(type_, 0)
    return memo[type_]


def _find(type_: Type, depth: int) -> str:
    if depth > _MAX_DEPTH:
        return ""
    if isinstance(type_, Named):
        if type_.qualified in _LOCKS:
            return type_.qualified
        if _is_no_copy(type_):
            return type_.name
    shape = core(type_)
    if isinstance(shape, Array):
        return _find(shape.elem, depth + 1)
    if isinstance(shape, Struct):
        for member in shape.members:
            if isinstance(member.type, Named | Struct | Array):
                found = _find(member.type, depth + 1)
                if found:
                    return found
    return ""


def _is_no_copy(type_: Named) -> bool:
    """True for a type whose pointer alone has `Lock` and `Unlock`, as go vet has it."""
    package, decl = type_.package, type_.decl
    if package is None or decl is None or package.stub:
        return False
    for name in ("Lock", "Unlock"):
        method = package.method(decl.name, name)
        if method is None:
            return False
        node = bind_signature(package.scope_of(method.decl), method.decl)
        if node.type.params or node.type.results or node.recv is None:
            return False
        if not isinstance(ast.unparen(node.recv.type), ast.Star):
            return False
    return True


def may_copy_locks(scope: FileScope, decl: Decl) -> bool:
    """False if the text of a declaration rules out that it is a function that copies a lock."""
    return (
        decl.is_function
        and _may_hold_locks(scope, decl)
        and copy_hints.may_copy(scope, decl, _LOCK_TYPES)
    )


def _may_hold_locks(scope: FileScope, function: Decl) -> bool:
    """False if neither the function nor a type of its package names what must not be copied."""
    package = scope.package
    key = "declares-locks"
    if key not in package.memo:
        package.memo[key] = any(
            decl.file.search(_NAMES, decl.start, decl.end)
            for member in package.members().values()
            for decl in (member.decl,)
            if decl.kind == "type"
        ) or any("Lock" in package.methods(base) for base in package.bases())
    if package.memo[key]:
        return True
    return scope.file.search(_NAMES, function.start, function.end) is not None


class Copy:
    """`node` copies something that holds `lock`. `kind` is receiver, parameter, assignment, range,
    return, literal or argument."""

    __slots__ = ("kind", "lock", "node")

    def __init__(self, kind: str, lock: str, node: ast.Node) -> None:
        self.kind = kind
        self.lock = lock
        self.node = node


def copies_in(scope: FileScope, function: ast.FuncDecl) -> Iterator[Copy]:
    """Copies by the function, its signature and its closures."""
    if function.recv is not None:
        yield from _field(scope, "receiver", function.recv)
    pending: list[FunctionInfo] = [function.info]
    while pending:
        info = pending.pop(0)
        pending.extend(literal.info for literal in info.literals)
        for field in info.node.type.params:
            yield from _field(scope, "parameter", field)
        for node in nodes_of(info, ast.Assign):
            if len(node.lhs) == len(node.rhs):
                for target, value in zip(node.lhs, node.rhs, strict=True):
                    if isinstance(target, ast.Ident) and target.name == "_":
                        continue
                    if not _is_renewed(scope, node, target):
                        yield from _value(scope, "assignment", value)
        for spec in nodes_of(info, ast.ValueSpec):
            for value in spec.values:
                yield from _value(scope, "assignment", value)
        for end in nodes_of(info, ast.Return):
            for value in end.results:
                yield from _value(scope, "return", value)
        for loop in nodes_of(info, ast.Range):
            yield from _range(scope, loop)
        for literal in nodes_of(info, ast.CompositeLit):
            for element in literal.elts:
                value = element.value if isinstance(element, ast.KeyValue) else element
                yield from _value(scope, "literal", value)
        for call in nodes_of(info, ast.Call):
            for argument in call.args:
                yield from _value(scope, "argument", argument)


def _field(scope: FileScope, kind: str, field: ast.Field) -> Iterator[Copy]:
    if all(name.name == "_" for name in field.names):
        return  # nobody uses the copy
    if isinstance(field.type, ast.Ident | ast.Selector | ast.Index | ast.ArrayType):
        lock = "" if field.variadic else lock_in(scope, infer.type_of(scope, field.type))
        if lock:
            yield Copy(kind, lock, field)


def _value(scope: FileScope, kind: str, value: ast.Expr) -> Iterator[Copy]:
    """A literal and the result of a call are new values; what has a name or an address is not."""
    value = ast.unparen(value)
    if isinstance(value, ast.Star):
        if isinstance(ast.unparen(value.x), ast.Call):
            return
    elif not isinstance(value, ast.Ident | ast.Selector | ast.Index | ast.TypeAssert):
        return
    lock = lock_in(scope, infer.type_of(scope, value))
    if lock and not is_type(scope, value):
        if kind not in ("return", "literal") or not _is_new(scope, value, 0):
            yield Copy(kind, lock, value)


def _is_renewed(scope: FileScope, copying: ast.Assign, target: ast.Expr) -> bool:
    """True for `c := *other; c.mu = sync.Mutex{}`: the copy gets a lock of its own at once."""
    statement: ast.Stmt | None = copying
    for _ in range(_AT_ONCE):
        statement = ast.statement_after(statement) if statement is not None else None
        if not isinstance(statement, ast.Assign) or len(statement.lhs) != 1:
            return False
        place, value = statement.lhs[0], ast.unparen(statement.rhs[0])
        if isinstance(place, ast.Selector) and isinstance(value, ast.CompositeLit):
            same = scope.file.text(place.x) == scope.file.text(target)
            if same and lock_in(scope, infer.type_of(scope, value)):
                return True
    return False


def _is_new(scope: FileScope, value: ast.Expr, depth: int) -> bool:
    """True for a value that the function has made itself and that nobody else knows yet: its lock
    is free, and who made it is done with it."""
    value = ast.unparen(value)
    if isinstance(value, ast.Star):
        value = ast.unparen(value.x)
    if isinstance(value, ast.TypeAssert):
        value = ast.unparen(value.x)
    local = value.obj if isinstance(value, ast.Ident) else None
    if not isinstance(local, Local) or local.role != "var" or local.node is None:
        return False
    made = _made_by(local)
    if made is None:
        if not isinstance(local.node, ast.ValueSpec) or local.node.values:
            return False
    elif not _makes(scope, made, depth):
        return False
    return all(use is value or _is_quiet(use, local, value.start) for use in local.uses)


def _made_by(local: Local) -> ast.Expr | None:
    """What a variable is declared with; for `value, err := f()` the call."""
    made = local.node
    if isinstance(made, ast.Assign) and len(made.rhs) == 1 < len(made.lhs):
        first = made.lhs[0]
        return made.rhs[0] if isinstance(first, ast.Ident) and first.obj is local else None
    return initial_value(local)


def _makes(scope: FileScope, value: ast.Expr, depth: int) -> bool:
    """True for a literal, its address, and a call of what returns nothing else, or says by its
    name that it makes something."""
    value = ast.unparen(value)
    if isinstance(value, ast.Unary) and value.op == "&":
        value = ast.unparen(value.x)
    if isinstance(value, ast.TypeAssert):
        value = ast.unparen(value.x)
    if isinstance(value, ast.CompositeLit):
        return True
    if not isinstance(value, ast.Call):
        return False
    if _MAKERS.match(ast.called_name(value.fun)):
        return True
    target = target_at(scope, value.fun)
    if target is None or depth:
        return False
    inner = scope_of(target)
    ends = nodes_of(target, ast.Return)
    return bool(ends) and all(
        len(end.results) == 1
        and (_makes(inner, end.results[0], 1) or _is_new(inner, end.results[0], 1))
        for end in ends
    )


def _is_quiet(use: ast.Ident, local: Local, copied: int) -> bool:
    """True for a use that gives the value to nobody else and leaves its lock alone."""
    if ast.enclosing_function(use) is not local.owner:
        return False
    if isinstance(use.parent, ast.Return):
        return True
    if use.start > copied or not isinstance(use.parent, ast.Selector):
        return False
    selector = use.parent
    call = selector.parent
    if isinstance(call, ast.Call) and call.fun is selector:
        return False  # a method, which may lock it
    if isinstance(call, ast.Selector):
        return call.sel.name not in ("Lock", "RLock", "TryLock", "Do", "Add", "Wait")
    return True


def _range(scope: FileScope, node: ast.Range) -> Iterator[Copy]:
    types = infer.range_types(scope, node)
    for target, type_ in zip((node.key, node.value), types, strict=True):
        if target is None or (isinstance(target, ast.Ident) and target.name == "_"):
            continue
        lock = lock_in(scope, type_)
        if lock:
            yield Copy("range", lock, target)
