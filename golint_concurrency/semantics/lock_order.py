"""In which order a package takes its locks, and where two functions disagree."""

from __future__ import annotations

from typing import Final, NamedTuple

from golint_concurrency.semantics.callgraph import CallSite, calls_in, initial_value, scope_of
from golint_concurrency.semantics.held_locks import READ, Entry, held_in_all, locks_in
from golint_concurrency.semantics.lock_classes import LockClass, class_of, users_of
from golint_concurrency.semantics.lock_ops import LOCK, RLOCK, call_op
from golint_concurrency.semantics.lock_reach import taken_by_site
from golint_concurrency.semantics.locks import Lock
from golint_concurrency.semantics.nodes import nodes_of
from golint_concurrency.semantics.objects import Local, Member
from golint_concurrency.semantics.package import Package
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

_MEMO: Final = "lock-order"


class Nesting(NamedTuple):
    """`info` takes lock `inner` at `place` (by `calls`, if it is not done there) while it holds
    `outer`, which it took at `site`. `others` are further locks that it holds."""

    info: FunctionInfo
    symbol: str
    outer: LockClass
    outer_mode: str
    outer_lock: Lock
    site: ast.Call
    inner: LockClass
    inner_mode: str
    inner_lock: Lock
    place: ast.Call
    calls: tuple[CallSite, ...]
    others: frozenset[LockClass]


class Inversion(NamedTuple):
    """Two nestings of the same locks in opposite order; `first` comes first in the package."""

    first: Nesting
    second: Nesting


def inversions_in(package: Package, root: FunctionInfo, symbol: str) -> list[Inversion]:
    """Pairs of functions of the package, tests left out, that can wait for each other for ever, of
    which the first is `root`, called `symbol`, or a closure in it; one for each pair of locks.

    The package is searched only for those pairs of locks that `root` holds together.
    """
    found: list[Inversion] = []
    for pair in dict.fromkeys(_pair(nesting) for nesting in _nestings_below(root, symbol)):
        for inversion in _of_pair(package, pair):
            if _root(inversion.first.info) is root:
                found.append(inversion)
    return found


def _pair(nesting: Nesting) -> tuple[LockClass, LockClass]:
    outer, inner = nesting.outer, nesting.inner
    return (outer, inner) if outer < inner else (inner, outer)


def _nestings_below(root: FunctionInfo, symbol: str) -> list[Nesting]:
    """Nestings in a function and its closures, where these take a lock themselves."""
    found: list[Nesting] = []
    todo = [root]
    while todo:
        info = todo.pop()
        todo.extend(literal.info for literal in info.literals)
        if any(_takes(info, call) for call in nodes_of(info, ast.Call)):
            found.extend(_nestings(info, symbol))
    return found


def _takes(info: FunctionInfo, call: ast.Call) -> bool:
    op = call_op(info, call)
    return op is not None and op.kind in (LOCK, RLOCK)


def _of_pair(package: Package, pair: tuple[LockClass, LockClass]) -> list[Inversion]:
    known: dict[tuple[LockClass, LockClass], list[Inversion]]
    known = package.memo.setdefault(_MEMO, {})  # type: ignore[assignment]
    if pair not in known:
        known[pair] = _find(package, pair)
    return known[pair]


def _find(package: Package, pair: tuple[LockClass, LockClass]) -> list[Inversion]:
    users = users_of(package)
    ones: list[Nesting] = []
    others: list[Nesting] = []
    seen: set[int] = set()
    for which in pair:
        for user in users.get(which, ()):
            if id(user.info) not in seen:
                seen.add(id(user.info))
                for nesting in _nestings(user.info, user.symbol):
                    if (nesting.outer, nesting.inner) == pair:
                        ones.append(nesting)
                    elif (nesting.inner, nesting.outer) == pair:
                        others.append(nesting)
    return _opposed(ones, others) if ones and others else []


def _opposed(ones: list[Nesting], others: list[Nesting]) -> list[Inversion]:
    for one in sorted(ones, key=_position):
        for other in sorted(others, key=_position):
            if _can_meet(one, other):
                first, second = sorted((one, other), key=_position)
                return [Inversion(first, second)]
    return []


def _position(nesting: Nesting) -> tuple[str, int]:
    return scope_of(nesting.info).file.path, nesting.place.start


def _can_meet(one: Nesting, other: Nesting) -> bool:
    """True if the two can hold each other up: different functions, on the same values as far as
    can be told, with no third lock that keeps them apart, and not as readers only."""
    if _root(one.info) is _root(other.info) or one.others & other.others:
        return False
    if one.outer_mode == other.inner_mode == READ or one.inner_mode == other.outer_mode == READ:
        return False
    return _is_one_value(one) and _is_one_value(other)


def _is_one_value(nesting: Nesting) -> bool:
    """True if one of the locks is found from the value that holds the other, or is global."""
    (outer, outer_path), (inner, inner_path) = nesting.outer_lock, nesting.inner_lock
    if isinstance(outer, Member) or isinstance(inner, Member):
        return True
    if outer is not inner:
        return False
    a, b = outer_path[:-1], inner_path[:-1]
    return a == b[: len(a)] or b == a[: len(b)]


def _nestings(info: FunctionInfo, symbol: str) -> list[Nesting]:
    known: list[Nesting] | None = info.memo.get(_MEMO)
    if known is None:
        known = info.memo[_MEMO] = _find_nestings(info, symbol)
    return known


def _find_nestings(info: FunctionInfo, symbol: str) -> list[Nesting]:
    held = locks_in(info)
    if not held.known:
        return []
    scope = scope_of(info)
    found: list[Nesting] = []
    for site in calls_in(info):
        if site.mode != "call":
            continue
        before: list[tuple[Entry, LockClass]] = []
        for entry in held_in_all(held.at_call(site.call)):
            if isinstance(entry.site, ast.Call) and not _is_fresh(entry.lock):
                outer = class_of(scope, entry.site.fun)
                if outer is not None:
                    before.append((entry, outer))
        if not before:
            continue
        classes = frozenset(outer for _, outer in before)
        for taking in taken_by_site(info, site):
            inner = class_of(scope_of(taking.info), taking.node.fun)
            if inner is None or _is_fresh(taking.lock):
                continue
            for entry, outer in before:
                if outer != inner and isinstance(entry.site, ast.Call):
                    found.append(
                        Nesting(
                            info, symbol, outer, entry.mode, entry.lock, entry.site, inner,
                            taking.mode, taking.lock, site.call, taking.calls,
                            classes - {outer, inner},
                        )
                    )  # fmt: skip
    return found


def _is_fresh(lock: Lock) -> bool:
    """True for a lock in a value that the function has made itself: nobody else waits for it."""
    root = lock[0]
    if not isinstance(root, Local):
        return False
    value = initial_value(root)
    if isinstance(value, ast.Unary):
        value = ast.unparen(value.x)
    if isinstance(value, ast.Call):
        return isinstance(value.fun, ast.Ident) and value.fun.name.startswith(("new", "New"))
    return isinstance(value, ast.CompositeLit)


def _root(info: FunctionInfo) -> FunctionInfo:
    while info.parent is not None:
        info = info.parent.info
    return info
