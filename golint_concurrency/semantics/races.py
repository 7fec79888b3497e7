"""Data races on variables that closures share: two touches of one place, one of them a write, that
can happen at the same time with no guard in common."""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.semantics import infer
from golint_concurrency.semantics.atomics import is_atomic
from golint_concurrency.semantics.callgraph import scope_of
from golint_concurrency.semantics.denote import core
from golint_concurrency.semantics.guards import Guards, have_common
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.ordering import Place, Step, handed_over, overlap, places_of
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.touches import Touch, conflict, may_write, touch_of
from golint_concurrency.semantics.types import Basic
from golint_concurrency.syntax import ast

_MAX_TOUCHES = 80
"""Mentions of one variable that are compared with one another."""


class Race:
    """`write` and `other` can happen at the same time: the goroutine that `step` starts does one of
    them. `unguarded` is the one of the two to mend: where one is under a lock, the other."""

    __slots__ = ("other", "step", "unguarded", "write")

    def __init__(self, write: _Spot, other: _Spot, step: Step) -> None:
        self.write = write.touch
        self.other = other.touch
        self.step = step
        self.unguarded = other.touch if write.guards and not other.guards else write.touch


def shared_locals(info: FunctionInfo) -> list[Local]:
    """Variables that closures of `info` capture, at any depth, in source order."""
    found: dict[Local, None] = {}
    pending = list(info.literals)
    while pending:
        inner: FunctionInfo = pending.pop().info
        pending.extend(inner.literals)
        for local in inner.captures:
            if local.is_variable and local.owner is not None and not _is_loop_variable(local):
                found[local] = None
    return sorted(found, key=lambda local: local.ident.start)


def _is_loop_variable(local: Local) -> bool:
    if local.role == "range":
        return True
    node = local.node
    return isinstance(node, ast.Assign) and isinstance(node.parent, ast.For)


class _Spot:
    """A touch, and one place of it with what guards it."""

    __slots__ = ("_guards", "place", "touch")

    def __init__(self, touch: Touch, place: Place) -> None:
        self.touch = touch
        self.place = place
        self._guards: Guards | None = None

    @property
    def guards(self) -> Guards:
        if self._guards is None:
            self._guards = self.place.held()
        return self._guards


def race_on(scope: FileScope, local: Local, kind: str) -> Race | None:
    """The first race on `local`, or on what it leads to, whose write is of `kind` (see `Touch`)."""
    if local.role != "result" and not any(may_write(use) for use in local.uses):
        return None
    touches = [touch_of(scope, use) for use in local.uses[:_MAX_TOUCHES]]
    touches += _returned(local)
    if not any(touch.write and touch.kind == kind for touch in touches):
        return None
    assert local.owner is not None
    owner: FunctionInfo = local.owner.info
    spots = [_Spot(touch, place) for touch in touches for place in places_of(owner, touch.node)]
    if not any(spot.place.start for spot in spots):
        return None
    for write in spots:
        if not write.touch.write or write.touch.kind != kind:
            continue
        for other in sorted(spots, key=lambda spot: spot is not write):
            if not conflict(write.touch, other.touch):
                continue
            if write.place.start is None and other.place.start is None:
                continue
            if have_common(write.guards, other.guards):
                continue
            step = overlap(write.place, other.place, local)
            if step is None or _is_alone(write, other, step):
                continue
            if _is_set_before(write, step):
                continue
            if write is not other and handed_over(write.place, other.place):
                continue
            return Race(write, other, step)
    return None


def mixed_race(scope: FileScope, local: Local) -> Touch | None:
    """A plain use of `local` that can happen at the same time as one with sync/atomic, if one of
    the two writes."""
    plain: list[Touch] = []
    atomic: list[Touch] = []
    for use in local.uses[:_MAX_TOUCHES]:
        address = use.parent
        call = address.parent if isinstance(address, ast.Unary) else None
        if isinstance(call, ast.Call) and is_atomic(scope, call):
            write = "Load" not in scope.file.text(call.fun)
            atomic.append(Touch("variable", (), write, use))
        else:
            touch = touch_of(scope, use)
            if touch.kind == "variable" and not touch.path:
                plain.append(touch)
    if not plain or not atomic or local.owner is None:
        return None
    owner: FunctionInfo = local.owner.info
    others = [_Spot(touch, place) for touch in atomic for place in places_of(owner, touch.node)]
    for touch in plain:
        for place in places_of(owner, touch.node):
            spot = _Spot(touch, place)
            for other in others:
                if not (touch.write or other.touch.write):
                    continue
                if place.start is None and other.place.start is None:
                    continue
                if have_common(spot.guards, other.guards):
                    continue
                if overlap(place, other.place, local) is not None:
                    if not handed_over(place, other.place):
                        return touch
    return None


def _returned(local: Local) -> Iterator[Touch]:
    """`return x` in a function with named results writes them; without values, it reads them."""
    if local.role != "result" or local.owner is None or local.owner.body is None:
        return
    results = local.owner.info.results
    number = results.index(local) if local in results else -1
    for node in ast.walk_function(local.owner.body):
        if isinstance(node, ast.Return):
            given = node.results[number] if len(node.results) == len(results) else None
            if isinstance(given, ast.Ident) and given.obj is local:
                continue  # a mention like any other: it is returned as it is
            yield Touch("variable", (), bool(node.results), node)


def _is_alone(write: _Spot, other: _Spot, step: Step) -> bool:
    """True if one goroutine of the many that `step` starts does both: `if i == 0 { x = y }`, or
    `if job.first { x = y }` for a `job` of its own."""
    if write.place.start is not other.place.start and write.touch is not other.touch:
        return False
    scope = scope_of(write.place.owner)
    up: ast.Node | None = write.touch.node
    while up is not None and up is not step.function.node:
        child, up = up, up.parent
        if isinstance(up, ast.If) and child is up.then:
            if _is_own_flag(up.cond, step):
                return True
            for part in ast.walk(up.cond):
                if isinstance(part, ast.Binary) and part.op == "==":
                    shape = core(infer.type_of(scope, part.x))
                    if isinstance(shape, Basic) and "nil" not in scope.file.text(part):
                        return True
        elif isinstance(up, ast.Case) and isinstance(up.parent, ast.Switch):
            return up.parent.tag is not None or not up.default
    return False


def _is_own_flag(cond: ast.Expr, step: Step) -> bool:
    """True for a boolean that is, or is part of, what each goroutine has for itself."""
    root = ast.unparen(cond)
    while isinstance(root, ast.Selector):
        root = root.x
    if not isinstance(root, ast.Ident) or not isinstance(root.obj, Local):
        return False
    loops = ast.enclosing_loops(step.statement)
    return root.obj in step.function.params or any(
        loop.start <= root.obj.ident.start < loop.end for loop in loops
    )


def _is_set_before(write: _Spot, step: Step) -> bool:
    """True where a loop sets the variable and then starts a goroutine that uses it, both under one
    condition, which may be that no such goroutine runs."""
    if write.place.start is not None:
        return False
    start = step.statement
    node = write.touch.node
    if node.start > start.start:
        return False
    up: ast.Node | None = node.parent
    while up is not None and not isinstance(up, ast.For | ast.Range | ast.FuncDecl | ast.FuncLit):
        if isinstance(up, ast.If | ast.Case) and up.start <= start.start < up.end:
            return True
        up = up.parent
    return False
