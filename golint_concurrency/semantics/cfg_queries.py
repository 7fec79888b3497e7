"""Questions about paths through a function.

A path question starts just after a node (or at the function's entry), follows every edge that
`follow` allows, and either shows a shortest witness or says that there is none. Predicates are
asked about whole nodes as they stand in blocks; `cfg_graph.evaluated` looks inside one.

With `correlate` (the default), paths that contradict themselves are left out: those that find
one condition true and later, with nothing changed, false (see `cfg_correlate`).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

from golint_concurrency.semantics.cfg_correlate import Correlations, correlations
from golint_concurrency.semantics.cfg_graph import RETURNS, Block, Edge, Exit, Graph
from golint_concurrency.syntax import ast

_ERROR = re.compile(r"err[A-Z]")

Predicate = Callable[[ast.Node], bool]
Follow = Callable[[Edge], bool]


MAX_STOPS = 10_000
"""A search that meets more blocks (one counts again for each set of known conditions) finds
nothing."""


class Path:
    """A way through the graph: from just after `start` (None: the entry) along `edges`.

    It ends at `exit`, or just before or at the node `goal`; the other of the two is None.
    """

    __slots__ = ("edges", "exit", "goal", "start")

    def __init__(
        self,
        start: ast.Node | None,
        edges: list[Edge],
        exit_: Exit | None,
        goal: ast.Node | None,
    ) -> None:
        self.start = start
        self.edges = edges
        self.exit = exit_
        self.goal = goal

    def nodes(self, graph: Graph) -> list[ast.Node]:
        """All nodes that run on the way, `start` left out and `goal` included."""
        place = graph.position(self.start) if self.start is not None else None
        block, index = (place.block, place.index + 1) if place else (graph.entry, 0)
        found: list[ast.Node] = []
        for edge in self.edges:
            found.extend(block.nodes[index:])
            block, index = edge.dst, 0
        for node in block.nodes[index:]:
            found.append(node)
            if node is self.goal:
                break
        return found


class Decision:
    """One turn of a path, for people: where it is taken and in which way."""

    __slots__ = ("node", "offset", "text")

    def __init__(self, offset: int, text: str, node: ast.Node | None) -> None:
        self.offset = offset
        self.text = text
        self.node = node


def must_pass(
    graph: Graph,
    start: ast.Node | None,
    predicate: Predicate,
    *,
    exits: frozenset[str] = RETURNS,
    follow: Follow | None = None,
    deferred: bool = True,
    correlate: bool = True,
) -> Path | None:
    """None if every path from just after `start` to an exit of these kinds passes a node for
    which `predicate` holds; otherwise a shortest path that reaches such an exit without one.

    With `deferred`, a Defer statement that must have run before `start` counts as passed on all
    paths, since its call runs at every exit (one after `start` counts as a node like any other).
    Paths that never end (a loop without exit, `select {}`) reach no exit. Also None if `start` is
    not in the graph or is dead code.
    """
    if deferred and start is not None and graph.defers:
        if any(predicate(stmt) for stmt in graph.deferred_before(start).must):
            return None
    return _search(graph, start, None, predicate, exits, follow, correlate)


def may_reach(
    graph: Graph,
    start: ast.Node | None,
    predicate: Predicate,
    *,
    blocked_by: Predicate | None = None,
    follow: Follow | None = None,
    correlate: bool = True,
) -> Path | None:
    """A shortest path from just after `start` to a node for which `predicate` holds, on which no
    node before that one satisfies `blocked_by`; None if there is none."""
    return _search(graph, start, predicate, blocked_by, frozenset(), follow, correlate)


def reaches_exit(
    graph: Graph,
    start: ast.Node | None,
    *,
    exits: frozenset[str] = RETURNS,
    follow: Follow | None = None,
    correlate: bool = True,
) -> Path | None:
    """A shortest path from just after `start` to an exit of these kinds; None if there is none."""
    return _search(graph, start, None, None, exits, follow, correlate)


class _Stop:
    """A block as a search meets it: how it came here, and what it knows then."""

    __slots__ = ("block", "by", "known", "previous")

    def __init__(
        self, block: Block, known: int, previous: _Stop | None = None, by: Edge | None = None
    ) -> None:
        self.block = block
        self.known = known
        self.previous = previous
        self.by = by

    def way(self) -> list[Edge]:
        """The edges that led here."""
        edges: list[Edge] = []
        stop: _Stop | None = self
        while stop is not None and stop.by is not None:
            edges.append(stop.by)
            stop = stop.previous
        edges.reverse()
        return edges


class _Scan:
    """What a search finds among `nodes`: the goal, or something that blocks the way."""

    __slots__ = ("blocked", "goal")

    def __init__(
        self, nodes: list[ast.Node], goal: Predicate | None, blocked_by: Predicate | None
    ) -> None:
        self.goal: ast.Node | None = None
        self.blocked = False
        for node in nodes:
            if goal is not None and goal(node):
                self.goal = node
                return
            if blocked_by is not None and blocked_by(node):
                self.blocked = True
                return


def _search(
    graph: Graph,
    start: ast.Node | None,
    goal: Predicate | None,
    blocked_by: Predicate | None,
    exits: frozenset[str],
    follow: Follow | None,
    correlate: bool,
) -> Path | None:
    """Breadth first, so that the first path found is a shortest one."""
    block, index = graph.entry, 0
    if start is not None:
        place = graph.position(start)
        if place is None:
            return None
        block, index = place.block, place.index + 1
    if not graph.reachable(block):
        return None
    related: Correlations | None = correlations(graph) if correlate else None
    if related is not None and not related.count:
        related = None
    known = 0
    if related is not None:
        known = related.at_start(block)
        for node in block.nodes[:index]:
            known = related.after_node(node, known)
    # The first visit sees only the rest of its block: `seen` and `scans` are about whole ones.
    seen: set[tuple[Block, int]] = set()
    scans: dict[Block, _Scan] = {}
    queue: deque[_Stop] = deque([_Stop(block, known)])
    while queue:
        stop = queue.popleft()
        block, known = stop.block, stop.known
        if stop.by is None:
            scan = _Scan(block.nodes[index:], goal, blocked_by)
        elif block in scans:
            scan = scans[block]
        else:
            scan = scans[block] = _Scan(block.nodes, goal, blocked_by)
        if scan.goal is not None:
            return Path(start, stop.way(), None, scan.goal)
        if scan.blocked:
            continue
        if block.exit is not None and block.exit.kind in exits:
            return Path(start, stop.way(), block.exit, None)
        if related is not None:
            if stop.by is None:
                for node in block.nodes[index:]:
                    known = related.after_node(node, known)
            else:
                known = related.after_block(block, known)
        for edge in block.succs:
            if follow is not None and not follow(edge):
                continue
            learned = known
            if related is not None:
                possible = related.along(edge, known)
                if possible is None:
                    continue
                learned = possible
            if (edge.dst, learned) not in seen:
                if len(seen) >= MAX_STOPS:
                    return None
                seen.add((edge.dst, learned))
                queue.append(_Stop(edge.dst, learned, stop, edge))
    return None


# ------------------------------------------------------------------------------- order


def always_before(graph: Graph, a: ast.Node, b: ast.Node) -> bool:
    """True if every path from the entry to `b` passes `a` first."""
    first, second = graph.position(a), graph.position(b)
    if first is None or second is None or not graph.reachable(second.block):
        return False
    if first.block is second.block:
        if first.index == second.index:
            return a.end <= b.start
        return first.index < second.index
    return graph.dominates(first.block, second.block)


def can_follow(graph: Graph, a: ast.Node, b: ast.Node) -> bool:
    """True if some path leads from just after `a` to `b`."""
    first, second = graph.position(a), graph.position(b)
    if first is None or second is None:
        return False
    if first.block is second.block:
        if first.index < second.index:
            return True
        if first.index == second.index and a.end <= b.start:
            return True
    target = second.block
    seen: set[Block] = set()
    stack = [first.block]
    while stack:
        for edge in stack.pop().succs:
            if edge.dst is target:
                return True
            if edge.dst not in seen:
                seen.add(edge.dst)
                stack.append(edge.dst)
    return False


def before(graph: Graph, a: ast.Node, b: ast.Node) -> bool:
    """True if `b` can run after `a`, and `a` never after `b`."""
    return can_follow(graph, a, b) and not can_follow(graph, b, a)


# -------------------------------------------------------------------------------- flow

S = TypeVar("S")


class Solution(Generic[S]):
    """What a dataflow analysis found. `complete` is false if it ran out of steps or states: then
    the states are only some of those that can occur."""

    __slots__ = ("_graph", "_states", "_transfer", "complete")

    def __init__(
        self,
        graph: Graph,
        transfer: Callable[[ast.Node, S], S],
        states: dict[Block, set[tuple[int, S]]],
        complete: bool,
    ) -> None:
        self._graph = graph
        self._transfer = transfer
        self._states = states
        self.complete = complete

    def at(self, block: Block) -> set[S]:
        """The states in which `block` can begin; empty if it cannot be reached."""
        return {state for _, state in self._states.get(block, ())}

    def before(self, node: ast.Node) -> set[S]:
        """The states in which `node` can be met; empty if it cannot be reached."""
        place = self._graph.position(node)
        return self._run(place.block, place.index) if place is not None else set()

    def after(self, node: ast.Node) -> set[S]:
        """The states just after `node`."""
        place = self._graph.position(node)
        return self._run(place.block, place.index + 1) if place is not None else set()

    def at_end(self, block: Block) -> set[S]:
        """The states in which `block` can be left."""
        return self._run(block, len(block.nodes))

    def at_exit(self, exit_: Exit) -> set[S]:
        """The states in which the function ends at `exit_` (before deferred calls)."""
        return self._run(exit_.block, len(exit_.block.nodes))

    def _run(self, block: Block, upto: int) -> set[S]:
        found = self.at(block)
        for node in block.nodes[:upto]:
            found = {self._transfer(node, state) for state in found}
        return found


def solve_forward(
    graph: Graph,
    entry_state: S,
    transfer: Callable[[ast.Node, S], S],
    join: Callable[[S, S], S] | None = None,
    edge_transfer: Callable[[Edge, S], S | None] | None = None,
    max_steps: int = 20_000,
    max_states: int = 64,
    correlate: bool = True,
) -> Solution[S]:
    """Push states (hashable) from the entry along all edges until nothing is new.

    `transfer` says what a node does to a state; `edge_transfer` what a branch teaches, None if the
    branch cannot be taken in that state. With `join`, each block has one state: the join of all
    that arrive, which must not grow without bound. Without, each block keeps up to `max_states`
    different ones, so that branches stay told apart, and with `correlate` states do not take
    branches that contradict those they took before.
    """
    related: Correlations | None = correlations(graph) if correlate and join is None else None
    if related is not None and not related.count:
        related = None
    states: dict[Block, set[tuple[int, S]]] = {graph.entry: {(0, entry_state)}}
    complete = True
    steps = 0
    queue: deque[tuple[Block, int, S]] = deque([(graph.entry, 0, entry_state)])
    while queue:
        block, known, state = queue.popleft()
        if (known, state) not in states[block]:
            continue  # joined into a newer one meanwhile
        steps += 1
        if steps > max_steps:
            complete = False
            break
        for node in block.nodes:
            state = transfer(node, state)
        if related is not None:
            known = related.after_block(block, known)
        for edge in block.succs:
            passed, learned = state, known
            if related is not None:
                possible = related.along(edge, known)
                if possible is None:
                    continue
                learned = possible
            if edge_transfer is not None:
                taught = edge_transfer(edge, state)
                if taught is None:
                    continue
                passed = taught
            arrived = states.setdefault(edge.dst, set())
            if join is not None and arrived:
                ((_, old),) = arrived
                passed = join(old, passed)
                if passed != old:
                    arrived.clear()
            if (learned, passed) in arrived:
                continue
            if len(arrived) >= max_states:
                complete = False
                continue
            arrived.add((learned, passed))
            queue.append((edge.dst, learned, passed))
    return Solution(graph, transfer, states, complete)


# ----------------------------------------------------------------------------- telling

_EXIT_TEXTS = {
    "return": "returns here",
    "end": "the function ends here",
    "panic": "panics here",
    "noreturn": "never comes back from here",
    "unknown": "this could not be read",
}


def witness_lines(path: Path) -> list[Decision]:
    """The turns that `path` takes, and how it ends, in order."""
    told: list[Decision] = []
    for edge in path.edges:
        decision = _decision(edge)
        if decision is not None:
            told.append(decision)
    if path.exit is not None:
        told.append(Decision(path.exit.offset, _EXIT_TEXTS[path.exit.kind], path.exit.node))
    elif path.goal is not None:
        told.append(Decision(path.goal.start, "reaches this", path.goal))
    return told


def _decision(edge: Edge) -> Decision | None:
    cond, clause = edge.cond, edge.clause
    if cond is not None:
        if is_error_test(cond, edge.when is True):
            return Decision(cond.start, "takes the error branch here", cond)
        shown, holds = _as_written(cond, edge.when is True)
        return Decision(shown.start, f"this condition is {'true' if holds else 'false'}", shown)
    if edge.kind == "comm" and isinstance(clause, ast.CommClause):
        text = "takes the default case" if clause.comm is None else "takes this case of the select"
        return Decision(clause.start, text, clause)
    if edge.kind in ("case", "type"):
        if edge.when and isinstance(clause, ast.Case):
            text = "takes the default case" if clause.default else "takes this case"
            return Decision(clause.start, text, clause)
        if clause is None and edge.src.nodes:
            last = edge.src.nodes[-1]
            return Decision(last.start, "no case matches", last)
        return None
    if edge.kind == "range":
        marker = edge.src.nodes[-1]
        text = "runs the loop's body" if edge.when else "the loop ends"
        return Decision(marker.start, text, marker)
    if edge.kind in ("break", "continue", "goto"):
        last = edge.src.nodes[-1]
        return Decision(last.start, f"{edge.kind} here", last)
    return None


def _as_written(cond: ast.Expr, holds: bool) -> tuple[ast.Expr, bool]:
    """The condition with the `!` before it, which readers see: the graph branches on `ok` alone
    for `if !ok`."""
    while True:
        parent = cond.parent
        if isinstance(parent, ast.Unary) and parent.op == "!":
            cond, holds = parent, not holds
        elif isinstance(parent, ast.Paren):
            cond = parent
        else:
            return cond, holds


def is_error_test(cond: ast.Expr, when: bool) -> bool:
    """True if `cond` being `when` means that something named like an error is not nil."""
    if not isinstance(cond, ast.Binary) or cond.op not in ("==", "!="):
        return False
    if not (isinstance(cond.y, ast.Ident) and cond.y.name == "nil"):
        return False
    name = cond.x.sel.name if isinstance(cond.x, ast.Selector) else ""
    if isinstance(cond.x, ast.Ident):
        name = cond.x.name
    named = name.endswith(("Err", "Error", "err")) or bool(_ERROR.match(name))
    return (cond.op == "!=") is when and named
