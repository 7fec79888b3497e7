"""Maps that goroutines use at the same time, one of them to write, with no guard in common."""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.semantics import guards, infer
from golint_concurrency.semantics.access import Root, access_of
from golint_concurrency.semantics.callgraph import CallSite, calls_in, scope_of
from golint_concurrency.semantics.effects import GO
from golint_concurrency.semantics.guards import Guards
from golint_concurrency.semantics.map_accesses import MapAccess, called_accesses, own_accesses
from golint_concurrency.semantics.nodes import nodes_of
from golint_concurrency.semantics.objects import Local, Member
from golint_concurrency.semantics.ordering import Place, Step, handed_over, overlap, places_of
from golint_concurrency.semantics.requests import handler_kind
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import Pointer
from golint_concurrency.syntax import ast

_STARTS = re.compile(
    rb"\bgo\b|\.(?:Try)?Go\(|Handle|\.Submit\(|http\.Request\b|\bfunc\(\w+ \*?\w+\.(?:Context|Ctx)\)"
)
"""What a function holds that starts a goroutine or a handler."""
_MAX_SPOTS = 60
"""Accesses to one map that are compared with one another."""


class MapRace:
    """`first` and `second` can happen at the same time; `first` is the one to mend, and is
    `second` where the same code runs on several goroutines. `start` starts the goroutine; None
    for a handler, which the server runs for each request."""

    __slots__ = ("first", "second", "start")

    def __init__(self, first: MapAccess, second: MapAccess, start: ast.Node | None) -> None:
        self.first = first
        self.second = second
        self.start = start


class _Item:
    """An access somewhere in a function or its closures; `site` is the call that leads to it."""

    __slots__ = ("access", "inside", "site")

    def __init__(self, access: MapAccess, inside: FunctionInfo, site: CallSite | None) -> None:
        self.access = access
        self.inside = inside
        self.site = site


class _Spot:
    __slots__ = ("access", "guards", "place")

    def __init__(self, access: MapAccess, place: Place, held: Guards) -> None:
        self.access = access
        self.place = place
        self.guards = held


def races_in(info: FunctionInfo) -> Iterator[MapRace]:
    """Races among what the declared function `info`, its closures and its calls do to maps."""
    body = info.node.body
    if body is None or not scope_of(info).file.search(_STARTS, body.start, body.end):
        return
    groups: dict[tuple[Root, tuple[str, ...]], list[_Item]] = {}
    for item in _items(info):
        groups.setdefault((item.access.root, item.access.path), []).append(item)
    for (root, path), items in groups.items():
        if not any(item.access.write for item in items) or not _is_one_map(info, root, path):
            continue
        race = _race(info, root, items)
        if race is not None:
            yield race


def _items(info: FunctionInfo) -> Iterator[_Item]:
    package = scope_of(info).package
    pending = [info]
    while pending:
        inside = pending.pop(0)
        pending.extend(literal.info for literal in inside.literals)
        for access in own_accesses(inside):
            yield _Item(access, inside, None)
        for site in calls_in(inside):
            if site.mode == "defer" or site.leaves(package.directory):
                continue  # at the end, after whatever was waited for
            if site.target is None or isinstance(site.target.node, ast.FuncLit):
                continue
            if scope_of(site.target).package is not package:
                continue
            for access in called_accesses(inside, site):
                if not _replaces(site.target, access) and not _replaces(access.info, access):
                    yield _Item(access, inside, site)


def _replaces(info: FunctionInfo, access: MapAccess) -> bool:
    """True if the function sets a field called like that of the map: it works on one of its own."""
    return bool(access.path) and any(
        isinstance(target, ast.Selector) and target.sel.name == access.path[-1]
        for node in nodes_of(info, ast.Assign)
        for target in node.lhs
    )


def _is_one_map(info: FunctionInfo, root: Root, path: tuple[str, ...]) -> bool:
    """False if the path may lead to one map now and to another later, or if it is another in each
    turn of a loop."""
    if isinstance(root, Local) and root.role == "range":
        return False
    scope = scope_of(info)
    assigned: list[ast.Assign] = []
    first_start = None
    body = info.node.body
    assert body is not None
    for node in ast.walk(body):
        if isinstance(node, ast.Go) and first_start is None:
            first_start = node.start
        if not isinstance(node, ast.Assign):
            continue
        for target in node.lhs:
            if path and isinstance(target, ast.Selector) and target.sel.name == path[-1]:
                access = access_of(scope, target)
                if access is None or (access.root is root and access.path == path):
                    assigned.append(node)
            elif isinstance(target, ast.Ident) and target.obj is root:
                if not isinstance(root, Local) or node is not root.node:
                    assigned.append(node)
    if not assigned:
        return True
    only = assigned[0]
    return (
        len(assigned) == 1
        and not ast.enclosing_loops(only)
        and ast.enclosing_function(only) in (info.node, getattr(root, "owner", None))
        and first_start is not None
        and only.end < first_start
    )


def _race(info: FunctionInfo, root: Root, items: list[_Item]) -> MapRace | None:
    owner = info
    if isinstance(root, Local) and root.owner is not None:
        owner = root.owner.info
    variable = root if isinstance(root, Local) and root.owner is owner.node else None
    spots: list[_Spot] = []
    for item in items:
        spots += _spots(owner, item)
    spots = spots[:_MAX_SPOTS]
    if not any(spot.place.start for spot in spots):
        return None
    for write in spots:
        if not write.access.write:
            continue
        for other in sorted(spots, key=lambda spot: spot is not write):
            if write.place.start is None and other.place.start is None:
                continue
            if guards.have_common(write.guards, other.guards):
                continue
            step = overlap(write.place, other.place, variable)
            if step is None or (write is not other and handed_over(write.place, other.place)):
                continue
            pair = (write.access, other.access)
            if write.guards and not other.guards:
                pair = (other.access, write.access)
            return MapRace(*pair, step.statement)
    return None


def _spots(owner: FunctionInfo, item: _Item) -> Iterator[_Spot]:
    access, site = item.access, item.site
    if site is None:
        for place in places_of(owner, access.node):
            yield _Spot(access, place, place.held())
        return
    assert site.target is not None
    for place in places_of(owner, site.call):
        if site.mode != "go":
            yield _Spot(access, place, place.held() | access.guards)
            continue
        step = Step(place.function, site.call, site.target, GO, False)
        there = Place(owner, access.origin, (*place.steps, step))
        yield _Spot(access, there, access.guards)


# --------------------------------------------------------------------------- handlers


def served_writes(info: FunctionInfo) -> Iterator[MapRace]:
    """Writes, with nothing held, of a handler to maps that all requests share: package variables
    and fields of its receiver."""
    if handler_kind(info) is None:
        return
    seen: set[tuple[Root, tuple[str, ...]]] = set()
    for item in _items(info):
        access = item.access
        key = (access.root, access.path)
        if not access.write or key in seen or not _is_shared(info, access):
            continue
        for spot in _spots(info, item):
            if not spot.guards and spot.place.start is None:
                seen.add(key)
                yield MapRace(access, access, None)
                break


def _is_shared(info: FunctionInfo, access: MapAccess) -> bool:
    root = access.root
    if isinstance(root, Member):
        return root.kind == "var"
    if root is not info.receiver or not access.path:
        return False
    return isinstance(infer.local_type(scope_of(info), root), Pointer)
