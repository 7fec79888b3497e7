"""What keeps others away while a place of a function runs: locks held, and whatever works as one.

The answer errs on the side of too much, for rules that are silent where something guards: what is
taken on some path counts (`if shared { mu.Lock() }`), a
method called `lock` counts as a lock of its receiver, a slot that is taken from a channel as one
of that channel, and so do `Once.Do` and a won `CompareAndSwap`, from there on.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from golint_concurrency.semantics import facts, infer
from golint_concurrency.semantics.access import Root, access_of
from golint_concurrency.semantics.callgraph import scope_of
from golint_concurrency.semantics.cfg_graph import Graph, evaluated
from golint_concurrency.semantics.cfg_queries import Solution, solve_forward
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.nodes import nodes_of
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

ANY = "*"
"""Ends the path of a guard that stands for every lock below: the one that `s.lock()` takes."""
_TAKES = re.compile(r"(?i)(?<!un)(?<![bc])lock|acquire|enter\b|mutex")
_GIVES = re.compile(r"(?i)unlock|release|leave\b")
_WORDS = re.compile(rb"(?i)lock|acquire|mutex|\.Do\(|CompareAndSwap|<-|enter\b|swap")


class Guard(NamedTuple):
    """A lock by access path; `shared` if it lets in others who only share it (`RLock`).

    `root` is None for a lock that cannot be told: it may be any.
    """

    root: Root | None
    path: tuple[str, ...]
    shared: bool


Guards = frozenset[Guard]
NONE: Guards = frozenset()
UNTOLD = Guard(None, (), False)


def guards_at(info: FunctionInfo, node: ast.Node) -> Guards:
    """What may be held at `node`, taken by the function itself on some path; cached per function."""
    solution = _solution(info)
    if solution is None:
        return NONE
    states = solution.before(node)
    if not states:
        return frozenset([UNTOLD])  # dead code races with nobody
    return frozenset.union(*states)


def deferred_releases(info: FunctionInfo) -> Guards:
    """What the function gives back when it ends: held, it may be, while deferred calls run."""
    scope = scope_of(info)
    found: set[Guard] = set()
    for statement in nodes_of(info, ast.Defer):
        for part in ast.walk(statement.call):
            if isinstance(part, ast.Call):
                for takes, guard in _of_call(scope, part):
                    if not takes:
                        found.add(guard)
    return frozenset(found)


def handed_in(info: FunctionInfo) -> Guards:
    """Locks that a goroutine gives back and never takes: whoever starts it holds them for it."""
    scope = scope_of(info)
    taken: set[Guard] = set()
    given: set[Guard] = set()
    for call in nodes_of(info, ast.Call):
        for takes, guard in _of_call(scope, call):
            (taken if takes else given).add(guard)
    return frozenset(
        guard for guard in given if guard.root and not any(_same(guard, one) for one in taken)
    )


def exclusive(guards: Guards) -> bool:
    """True if one of `guards` keeps everybody else out."""
    return any(not guard.shared for guard in guards)


def have_common(a: Guards, b: Guards) -> bool:
    """True if the holders of `a` and of `b` may keep each other out."""
    return any(_same(one, other) for one in a for other in b)


def _same(a: Guard, b: Guard) -> bool:
    if a.root is None or b.root is None:
        return True
    if a.root is not b.root:
        return False
    if a.path == b.path:
        return True
    for one, other in ((a.path, b.path), (b.path, a.path)):
        if one[-1:] == (ANY,) and other[: len(one) - 1] == one[:-1]:
            return True
    return False


def _solution(info: FunctionInfo) -> Solution[Guards] | None:
    if "guards" not in info.memo:
        info.memo["guards"] = _solve(info)
    known: Solution[Guards] | None = info.memo["guards"]
    return known


def _solve(info: FunctionInfo) -> Solution[Guards] | None:
    body = info.node.body
    if body is None:
        return None
    scope = scope_of(info)
    if scope.file.search(_WORDS, body.start, body.end) is None:
        return None
    graph = graph_of(info)
    if graph is None or not _any(scope, graph):
        return None
    known: dict[ast.Node, list[tuple[bool, Guard]]] = {}

    def transfer(node: ast.Node, state: Guards) -> Guards:
        changes = known.get(node)
        if changes is None:
            changes = known[node] = _changes(scope, node)
        for takes, guard in changes:
            if takes:
                state |= {guard}
            else:
                state = frozenset(held for held in state if not _same(held, guard))
        return state

    return solve_forward(graph, NONE, transfer, join=frozenset.union)


def _any(scope: FileScope, graph: Graph) -> bool:
    return any(_changes(scope, node) for block in graph.blocks for node in block.nodes)


def _changes(scope: FileScope, node: ast.Node) -> list[tuple[bool, Guard]]:
    """What `node` takes (True) and gives back (False), in order."""
    found: list[tuple[bool, Guard]] = []
    for part in evaluated(node):
        if isinstance(part, ast.Call):
            if not isinstance(part.parent, ast.Defer | ast.Go):
                found += _of_call(scope, part)
        elif isinstance(part, ast.Send):
            found += _slot(scope, part.chan, "sent", "received")
        elif isinstance(part, ast.Unary) and part.op == "<-":
            found += _slot(scope, part.x, "received", "sent")
    return found


def _slot(scope: FileScope, channel: ast.Expr, takes: str, gives: str) -> list[tuple[bool, Guard]]:
    """A channel that hands out slots: whoever has put something in, or taken it out, holds one."""
    access = access_of(scope, channel)
    if access is None:
        return []
    return [
        (False, Guard(access.root, (*access.path, gives), False)),
        (True, Guard(access.root, (*access.path, takes), False)),
    ]


def _of_call(scope: FileScope, call: ast.Call) -> list[tuple[bool, Guard]]:
    fun = ast.unparen(call.fun)
    name = fun.sel.name if isinstance(fun, ast.Selector) else ""
    if isinstance(fun, ast.Ident):
        name = fun.name
    is_release = _GIVES.search(name) is not None
    if not is_release and not _TAKES.search(name) and name != "Do" and "Swap" not in name:
        return []
    callee = infer.callee_of(scope, fun)
    qualified = callee.name if callee is not None else ""
    known = facts.of(qualified) if qualified else None
    receiver = fun.x if isinstance(fun, ast.Selector) else None
    if "Swap" in name:
        if not qualified.startswith("sync/atomic.") or "CompareAndSwap" not in name:
            return []
        place = call.args[0] if len(call.args) == 3 else receiver
        return [(True, _guard(scope, place, (), False))]
    if name == "Do":
        if qualified != "sync.Once.Do":
            return []
        return [(True, _guard(scope, receiver, _embedded(callee), False))]
    if known is not None:
        path = _embedded(callee)
        if "locks" in known or "trylocks" in known:
            return [(True, _guard(scope, receiver, path, False))]
        if "rlocks" in known or "tryrlocks" in known:
            return [(True, _guard(scope, receiver, path, True))]
        if "unlocks" in known or "runlocks" in known:
            return [(False, _guard(scope, receiver, path, False))]
    shared = name[:1] in "rR" and name[1:2] in "lL"
    chosen = infer.selection_of(scope, fun) if isinstance(fun, ast.Selector) else None
    if chosen is not None and chosen.kind == "field":
        receiver = None  # a function that the field holds: it may take any lock
    return [(not is_release, _guard(scope, receiver, (ANY,), shared))]


def _embedded(callee: infer.Callee | None) -> tuple[str, ...]:
    """Fields that the selector of a promoted method leaves out."""
    if callee is None or callee.selection is None:
        return ()
    return tuple(field.name for field in callee.selection.path)


def _guard(scope: FileScope, expr: ast.Expr | None, path: tuple[str, ...], shared: bool) -> Guard:
    access = access_of(scope, expr) if expr is not None else None
    if access is None:
        return Guard(None, (), shared)
    return Guard(access.root, access.path + path, shared)
