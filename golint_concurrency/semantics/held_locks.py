"""Which locks are held at a node of a function, and since where.

Every path is followed with the locks that it has taken and given back, so that branches which go
together (`if shared { mu.Lock() } ... if shared { mu.Unlock() }`) stay together. Called functions
count by what they leave locked or unlocked when they return (`net_of`). Where a lock gets out of
sight (its `Unlock` is handed on as a value, a helper unlocks it on some paths only) it is unknown
from there on, and counts neither as held nor as free.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from golint_concurrency.semantics import infer
from golint_concurrency.semantics.access import ELEMENT, MAX_PATH, access_of
from golint_concurrency.semantics.callgraph import CallSite, calls_in, scope_of
from golint_concurrency.semantics.cfg_graph import RETURNS, Edge, Exit, Graph, evaluated
from golint_concurrency.semantics.cfg_queries import Solution, solve_forward
from golint_concurrency.semantics.effects import param_at
from golint_concurrency.semantics.flow import graph_of
from golint_concurrency.semantics.lock_ops import (
    LOCK,
    METHODS,
    RLOCK,
    RTRY,
    RUNLOCK,
    TRY,
    UNLOCK,
    LockOp,
    call_op,
    op_of,
)
from golint_concurrency.semantics.locks import Lock
from golint_concurrency.semantics.objects import Local, Member
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.syntax import ast

HELD: Final = "held"
GIVEN: Final = "given"
UNKNOWN: Final = "unknown"
DEFERRED: Final = "deferred"
LENT: Final = "lent"

WRITE, READ, EITHER = "w", "r", "?"

_STALE: Final = "*"
_NOBODY: Final[frozenset[Local]] = frozenset()
_MAX_DEPTH: Final = 2
"""Calls of calls that are followed to see what a helper does to a lock. It also ends recursion, so
that an answer does not depend on what was asked before."""
_WORD: Final = re.compile(rb"[lL]ock\b")


class Entry(NamedTuple):
    """What a path knows of one lock.

    `kind` is held, given (unlocked here, and not taken since), lent (unlocked here before it was
    taken, so the caller held it), unknown, or deferred (a deferred call will unlock it). `mode` is w, r, or ? if either. `site` did it: a call, a defer statement.
    `token` tells elements of a slice apart (see `LockOp`).
    """

    kind: str
    lock: Lock
    mode: str
    token: str
    mentions: frozenset[Local]
    site: ast.Node | None


State = frozenset[Entry]
_EMPTY: Final[State] = frozenset()


class Net(NamedTuple):
    """What a call leaves behind: locks that it takes for its caller, and those that it gives back.

    In both, the mode, and whether every path does so.
    """

    takes: dict[Lock, tuple[str, bool]]
    gives: dict[Lock, tuple[str, bool]]


_NOTHING: Final = Net({}, {})


class _Event(NamedTuple):
    """`what` is an operation on a lock, defer, unknown, or unknown-later (of a deferred call)."""

    what: str
    lock: Lock
    mode: str
    token: str
    mentions: frozenset[Local]
    site: ast.Node


class HeldLocks:
    """The locks that one function holds, node by node."""

    def __init__(self, info: FunctionInfo, depth: int) -> None:
        self.info = info
        self.graph: Graph | None = graph_of(info)
        self._depth = depth
        self.follows = False
        """True if what is called matters, which is followed less far the deeper it lies."""
        self._events: dict[ast.Node, list[_Event]] = {}
        self._tries: dict[ast.Expr, LockOp] = {}
        self._solution: Solution[State] | None = None
        if self.graph is None or self.graph.broken:
            return
        self._sites: dict[ast.Call, list[CallSite]] = {}
        for site in calls_in(info):
            self._sites.setdefault(site.call, []).append(site)
        for node, parts in _parts_of(info, self.graph):
            events = self._events_of(node, parts)
            if events:
                self._events[node] = events
        if not self._events and not self._tries:
            return
        for node, targets in _assigned_in(info, self.graph):
            kills = self._kills(targets, node)
            if kills:
                self._events.setdefault(node, []).extend(kills)
        self._solution = solve_forward(
            self.graph, _EMPTY, self._transfer, edge_transfer=self._along, max_steps=6_000
        )

    @property
    def known(self) -> bool:
        """False if the function does nothing to locks, or too much to tell."""
        return self._solution is not None and self._solution.complete

    def before(self, node: ast.Node) -> set[State]:
        """The states in which the statement around `node` can be met; empty if that is unknown."""
        if self._solution is None or not self._solution.complete:
            return set()
        return self._solution.before(node)

    def at_call(self, call: ast.Call) -> set[State]:
        """The same, with what runs before `call` in its own statement taken into account."""
        assert self.graph is not None
        states = self.before(call)
        place = self.graph.position(call) if states else None
        if place is not None:
            for event in self._events.get(place.block.nodes[place.index], ()):
                if event.site.end < call.end:
                    states = {_apply(event, state) for state in states}
        return states

    def must_hold(self, node: ast.Node) -> list[Entry]:
        """Locks that are held on every path to `node`, with one of the places that took them."""
        states = self.at_call(node) if isinstance(node, ast.Call) else self.before(node)
        return held_in_all(states)

    def at_exit(self, exit_: Exit) -> set[State]:
        """The states in which the function ends at `exit_`, before deferred calls run."""
        if self._solution is None or not self._solution.complete:
            return set()
        return self._solution.at_exit(exit_)

    # --------------------------------------------------------------------------- events

    def _events_of(self, node: ast.Node, parts: list[ast.Node]) -> list[_Event]:
        found: list[_Event] = []
        later = node.call if isinstance(node, ast.Go | ast.Defer) else None
        for part in parts:
            if isinstance(part, ast.Call):
                if part is later:
                    if isinstance(node, ast.Defer):
                        found.extend(self._deferred(node, part))
                else:
                    found.extend(self._called(node, part))
            elif isinstance(part, ast.FuncLit):
                if not self._runs_here(part):
                    self.follows = True
                    found.extend(self._perhaps(net_of(part.info, self._depth + 1), part))
            elif isinstance(part, ast.Selector):
                op = op_of(scope_of(self.info), part, part)
                if op is not None:
                    found.append(_unknown(op.lock, part))
        if len(found) > 1:
            found.sort(key=lambda event: event.site.end)
        return found

    def _called(self, node: ast.Node, call: ast.Call) -> list[_Event]:
        op = call_op(self.info, call)
        if op is not None:
            if op.kind in (TRY, RTRY):
                if call is node:  # a condition: each branch knows what came of it
                    self._tries[call] = op
                    return []
                return [_unknown(op.lock, call)]
            return [_Event(op.kind, op.lock, _mode(op.kind), op.token, op.mentions, call)]
        found: list[_Event] = []
        seen = False
        for site in self._sites.get(call, ()):
            if site.mode != "call" or not site.in_sight:
                continue
            seen = seen or site.argument < 0
            net = self._net(site)
            for lock, (mode, must) in net.gives.items():
                if must:
                    kind = RUNLOCK if mode == READ else UNLOCK
                    found.append(_Event(kind, lock, mode, _token(lock), _NOBODY, call))
                else:
                    found.append(_unknown(lock, call))
            for lock, (mode, must) in net.takes.items():
                if must:
                    kind = RLOCK if mode == READ else LOCK
                    found.append(_Event(kind, lock, mode, _token(lock), _NOBODY, call))
                else:
                    found.append(_unknown(lock, call))
        if not seen:
            for argument in call.args:
                if isinstance(argument, ast.Unary) and argument.op == "&":
                    access = access_of(scope_of(self.info), argument)
                    if access is not None:
                        found.append(_unknown((access.root, access.path), call))
        return found

    def _deferred(self, node: ast.Defer, call: ast.Call) -> list[_Event]:
        op = call_op(self.info, call)
        if op is not None:
            if op.kind in (UNLOCK, RUNLOCK):
                mode = _mode(op.kind)
                return [_Event("defer", op.lock, mode, op.token, op.mentions, node)]
            return []
        found: list[_Event] = []
        for site in self._sites.get(call, ()):
            if site.mode != "defer" or not site.in_sight:
                continue
            net = self._net(site)
            for lock, (mode, must) in net.gives.items():
                sure = must and lock not in net.takes
                what = "defer" if sure else "unknown-later"
                found.append(_Event(what, lock, mode, _token(lock), _NOBODY, node))
            for lock in net.takes:
                if lock not in net.gives:
                    found.append(_Event("unknown-later", lock, EITHER, "", _NOBODY, node))
        return found

    def _perhaps(self, net: Net, node: ast.Node) -> list[_Event]:
        """A closure that is made here and may run at any time."""
        return [_unknown(lock, node) for lock in {**net.takes, **net.gives}]

    def _runs_here(self, literal: ast.FuncLit) -> bool:
        up: ast.Node = literal
        while isinstance(up.parent, ast.Paren):
            up = up.parent
        call = up.parent
        if not isinstance(call, ast.Call):
            return False
        return any(
            site.mode != "go" and site.target is literal.info for site in self._sites.get(call, ())
        )

    def _net(self, site: CallSite) -> Net:
        if self._depth >= _MAX_DEPTH:
            self.follows = True
            return _NOTHING
        assert site.target is not None
        if _touches_locks(site.target, 2):
            self.follows = True
        net = net_of(site.target, self._depth + 1)
        if net is _NOTHING:
            return net
        takes: dict[Lock, tuple[str, bool]] = {}
        gives: dict[Lock, tuple[str, bool]] = {}
        for theirs, ours in ((net.takes, takes), (net.gives, gives)):
            for lock, how in theirs.items():
                here = translate(self.info, site, lock)
                if here is not None:
                    ours[here] = how
        return Net(takes, gives)

    def _kills(self, targets: list[ast.Expr] | list[ast.Ident], node: ast.Node) -> list[_Event]:
        """Variables that get a new value: what was known of locks in the old one is about others."""
        found: list[_Event] = []
        for target in targets:
            if isinstance(target, ast.Ident):
                if isinstance(target.obj, Local):
                    found.append(_Event("kill", (target.obj, ()), "", "", _NOBODY, node))
            elif isinstance(target, ast.Selector | ast.Star):
                access = access_of(scope_of(self.info), target)
                if access is not None:
                    found.append(_Event("kill", (access.root, access.path), "", "", _NOBODY, node))
        return found

    # ------------------------------------------------------------------------- solution

    def _transfer(self, node: ast.Node, state: State) -> State:
        events = self._events.get(node)
        if events is not None:
            for event in events:
                state = _apply(event, state)
        return state

    def _along(self, edge: Edge, state: State) -> State:
        if edge.cond is not None and self._tries and edge.when is True:
            op = self._tries.get(edge.cond)
            if op is not None:
                kind = RLOCK if op.kind == RTRY else LOCK
                event = _Event(kind, op.lock, _mode(kind), op.token, op.mentions, op.node)
                return _apply(event, state)
        return state


def _parts_of(info: FunctionInfo, graph: Graph) -> list[tuple[ast.Node, list[ast.Node]]]:
    """For each node, what may do something to locks there: calls, closures, methods as values."""
    known: list[tuple[ast.Node, list[ast.Node]]] | None = info.memo.get("lock-parts")
    if known is None:
        known = info.memo["lock-parts"] = []
        for block in graph.rpo:
            for node in block.nodes:
                if isinstance(node, ast.Ident | ast.BasicLit):
                    continue
                parts = [part for part in evaluated(node) if _is_of_interest(part)]
                if parts:
                    known.append((node, parts))
    return known


def _is_of_interest(part: ast.Node) -> bool:
    kind = type(part)
    if kind is ast.Call or kind is ast.FuncLit:
        return True
    if isinstance(part, ast.Selector) and part.sel.name in METHODS:
        return not (isinstance(part.parent, ast.Call) and part.parent.fun is part)
    return False


def _assigned_in(
    info: FunctionInfo, graph: Graph
) -> list[tuple[ast.Node, list[ast.Expr] | list[ast.Ident]]]:
    """For each node that sets variables or fields, which."""
    found: list[tuple[ast.Node, list[ast.Expr] | list[ast.Ident]]] = []
    for block in graph.rpo:
        for node in block.nodes:
            if isinstance(node, ast.Assign):
                found.append((node, node.lhs))
            elif isinstance(node, ast.Range):
                found.append((node, [x for x in (node.key, node.value) if x is not None]))
            elif isinstance(node, ast.DeclStmt):
                for spec in node.specs:
                    if isinstance(spec, ast.ValueSpec):
                        found.append((node, spec.names))
    return found


def held_in_all(states: set[State]) -> list[Entry]:
    """Entries of locks that are held in all of `states`, one for each lock."""
    if not states:
        return []
    common: dict[tuple[Lock, str, str], Entry] | None = None
    for state in states:
        held = {(e.lock, e.mode, e.token): e for e in state if e.kind == HELD}
        common = held if common is None else {k: e for k, e in common.items() if k in held}
        if not common:
            return []
    assert common is not None
    return sorted(common.values(), key=lambda e: e.site.start if e.site is not None else 0)


def locks_in(info: FunctionInfo) -> HeldLocks:
    """The locks that `info` holds, computed once."""
    return _locks_in(info, 0)


def _locks_in(info: FunctionInfo, depth: int) -> HeldLocks:
    known: HeldLocks | None = info.memo.get("held-locks")
    if known is None:
        key = f"held-locks {depth}"
        known = info.memo.get(key)
        if known is None:
            known = HeldLocks(info, depth)
            info.memo[key if known.follows else "held-locks"] = known
    return known


def net_of(info: FunctionInfo, depth: int = 0) -> Net:
    """What the function leaves locked or unlocked for its caller, in terms of its own receiver,
    parameters, captured and package variables."""
    key = f"lock-net {depth}"
    known: Net | None = info.memo.get(key)
    if known is None:
        if depth > _MAX_DEPTH or not _touches_locks(info, 2):
            return _NOTHING
        known = info.memo[key] = _net(info, depth)
    return known


def _net(info: FunctionInfo, depth: int) -> Net:
    held = _locks_in(info, depth)
    graph = held.graph
    if not held.known or graph is None:
        return _NOTHING
    takes: dict[Lock, tuple[str, bool]] = {}
    gives: dict[Lock, tuple[str, bool]] = {}
    ends: list[State] = []
    for exit_ in graph.exits:
        if exit_.kind in RETURNS:
            ends.extend(_run_deferred(state) for state in held.at_exit(exit_))
    for state in ends:
        lent = {entry.lock for entry in state if entry.kind == LENT}
        for entry in state:
            if entry.kind == UNKNOWN or (entry.kind == HELD and entry.lock not in lent):
                _note(takes, entry)
            if entry.kind == UNKNOWN or (entry.kind == GIVEN and entry.lock in lent):
                _note(gives, entry)
    for table, kind in ((takes, HELD), (gives, GIVEN)):
        for lock, (mode, must) in list(table.items()):
            if not _is_callers(info, lock):
                del table[lock]
            elif must:
                sure = all(any(e.kind == kind and e.lock == lock for e in s) for s in ends)
                table[lock] = (mode, sure)
    return Net(takes, gives) if takes or gives else _NOTHING


def _note(table: dict[Lock, tuple[str, bool]], entry: Entry) -> None:
    old = table.get(entry.lock)
    mode = entry.mode if old is None or old[0] == entry.mode else EITHER
    sure = entry.kind != UNKNOWN and mode != EITHER and (old is None or old[1])
    table[entry.lock] = (mode, sure)


def _is_callers(info: FunctionInfo, lock: Lock) -> bool:
    root = lock[0]
    if isinstance(root, Member):
        return True
    return root is info.receiver or root in info.params or root in info.captures


def _run_deferred(state: State) -> State:
    deferred = [entry for entry in state if entry.kind == DEFERRED]
    if not deferred:
        return state
    state = frozenset(entry for entry in state if entry.kind != DEFERRED)
    for entry in deferred:
        assert entry.site is not None
        if entry.mode == EITHER:
            event = _unknown(entry.lock, entry.site)
        else:
            kind = RUNLOCK if entry.mode == READ else UNLOCK
            mentions = entry.mentions
            event = _Event(kind, entry.lock, entry.mode, entry.token, mentions, entry.site)
        state = _apply(event, state)
    return state


def is_lent(states: set[State]) -> bool:
    """True if in some state a lock that the caller may have taken is unlocked."""
    for state in states:
        held = {entry.lock for entry in state if entry.kind == HELD}
        if any(e.kind == UNKNOWN or (e.kind == LENT and e.lock not in held) for e in state):
            return True
    return False


def _touches_locks(info: FunctionInfo, levels: int) -> bool:
    """True if the text of the function, or of what it calls, speaks of locks."""
    own: bool | None = info.memo.get("speaks-of-locks")
    if own is None:
        node = info.node
        file = scope_of(info).file
        own = info.memo["speaks-of-locks"] = file.search(_WORD, node.start, node.end) is not None
    if own or levels <= 1:
        return own
    deep: bool | None = info.memo.get("calls-speak-of-locks")
    if deep is None:
        deep = info.memo["calls-speak-of-locks"] = any(
            site.mode != "go" and _speaks_of_locks(site) for site in calls_in(info)
        )
    return deep


def _speaks_of_locks(site: CallSite) -> bool:
    """As `_touches_locks` with one level, of what is called, without lowering it."""
    decl = site.declared
    if decl is None:
        return site.target is not None and _touches_locks(site.target, 1)
    return decl.file.search(_WORD, decl.start, decl.end) is not None


def translate(info: FunctionInfo, site: CallSite, lock: Lock) -> Lock | None:
    """What `lock` of the function that `site` calls is in `info`, which calls it."""
    root, path = lock
    target = site.target
    if isinstance(root, Member):
        return lock
    if target is None:
        return None
    if root is target.receiver:
        fun = ast.unparen(site.call.args[site.argument] if site.argument >= 0 else site.call.fun)
        if not isinstance(fun, ast.Selector):
            return None
        chosen = infer.selection_of(scope_of(info), fun)
        if chosen is not None and chosen.kind == "field":
            return None  # a method value of whatever was there when the field was set
        access = access_of(scope_of(info), fun.x)
        if access is None:
            return None
        if site.callee is not None and site.callee.selection is not None:
            access = access.field(*(field.name for field in site.callee.selection.path))
        found = access.field(*path)
        return (found.root, found.path) if len(found.path) <= MAX_PATH else None
    if root in target.params:
        if site.argument >= 0 or site.call.spread:
            return None
        for index, argument in enumerate(site.call.args):
            if param_at(target, index) is root:
                access = access_of(scope_of(info), argument)
                if access is None or index >= len(target.params):
                    return None
                found = access.field(*path)
                return (found.root, found.path) if len(found.path) <= MAX_PATH else None
        return None
    return lock if root in target.captures else None


# ------------------------------------------------------------------------------- states


def _mode(kind: str) -> str:
    return READ if kind in (RLOCK, RUNLOCK, RTRY) else WRITE


def _token(lock: Lock) -> str:
    return _STALE if ELEMENT in lock[1] else ""


def _unknown(lock: Lock, site: ast.Node) -> _Event:
    return _Event(UNKNOWN, lock, EITHER, _token(lock), _NOBODY, site)


def _apply(event: _Event, state: State) -> State:
    what, lock = event.what, event.lock
    if what == "kill":
        return _killed(lock, state)
    if what in ("defer", "unknown-later"):
        mode = event.mode if what == "defer" else EITHER
        return state | {Entry(DEFERRED, lock, mode, event.token, event.mentions, event.site)}
    kept = {entry for entry in state if entry.kind in (DEFERRED, LENT) or entry.lock != lock}
    others = state - kept
    if what == UNKNOWN:
        kept.add(Entry(UNKNOWN, lock, EITHER, event.token, _NOBODY, None))
    elif what in (LOCK, RLOCK):
        again = any(e.kind == HELD and e.token == event.token != _STALE for e in others)
        kept |= {e for e in others if e.kind == HELD and e.token != event.token}
        if again:  # it waits here for itself, or, as a reader, has to unlock twice
            kept.add(Entry(UNKNOWN, lock, EITHER, event.token, _NOBODY, None))
            return frozenset(kept)
        kept.add(Entry(HELD, lock, event.mode, event.token, event.mentions, event.site))
    else:
        held = [e for e in others if e.kind == HELD]
        same = [e for e in held if e.token == event.token]
        if event.token and not same:
            held = [e for e in held if _STALE in (e.token, event.token)] or held
            same = held
        kept |= {e for e in others if e.kind == HELD and e not in same}
        if any(e.kind == UNKNOWN for e in others):
            kept.add(Entry(UNKNOWN, lock, EITHER, event.token, _NOBODY, None))
        elif not event.token:
            if not held and not any(e.kind == GIVEN for e in others):
                kept.add(Entry(LENT, lock, event.mode, "", _NOBODY, event.site))
            kept.add(Entry(GIVEN, lock, event.mode, "", _NOBODY, event.site))
    return frozenset(kept)


def _killed(target: Lock, state: State) -> State:
    root, path = target
    length = len(path)
    changed = False
    kept: set[Entry] = set()
    for entry in state:
        if entry.lock[0] is root and entry.lock[1][:length] == path:
            changed = True
            if entry.kind == DEFERRED:
                kept.add(entry._replace(mode=EITHER))
        elif not path and entry.token and root in entry.mentions:
            changed = True
            kept.add(entry._replace(token=_STALE, mentions=_NOBODY))
        else:
            kept.add(entry)
    return frozenset(kept) if changed else state
