"""Questions about paths through a function.

A path question starts just after a node (or at the function's entry), follows every edge that
`follow` allows, and either shows a shortest witness or says that there is none. Predicates are
asked about whole nodes as they stand in blocks; `cfg_graph.evaluated` looks inside one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

from golint_concurrency.semantics.cfg_graph import RETURNS, Block, Edge, Exit, Graph
from golint_concurrency.syntax import ast

Predicate = Callable[[ast.Node], bool]
Follow = Callable[[Edge], bool]


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
    return _search(graph, start, None, predicate, exits, follow)


def may_reach(
    graph: Graph,
    start: ast.Node | None,
    predicate: Predicate,
    *,
    blocked_by: Predicate | None = None,
    follow: Follow | None = None,
) -> Path | None:
    """A shortest path from just after `start` to a node for which `predicate` holds, on which no
    node before that one satisfies `blocked_by`; None if there is none."""
    return _search(graph, start, predicate, blocked_by, frozenset(), follow)


def reaches_exit(
    graph: Graph,
    start: ast.Node | None,
    *,
    exits: frozenset[str] = RETURNS,
    follow: Follow | None = None,
) -> Path | None:
    """A shortest path from just after `start` to an exit of these kinds; None if there is none."""
    return _search(graph, start, None, None, exits, follow)


def _search(
    graph: Graph,
    start: ast.Node | None,
    goal: Predicate | None,
    blocked_by: Predicate | None,
    exits: frozenset[str],
    follow: Follow | None,
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
    origin = block
    came_by: dict[Block, Edge] = {}
    queue: deque[Block] = deque()
    moved = False
    while True:
        stopped = False
        for node in block.nodes[index:]:
            if goal is not None and goal(node):
                return Path(start, _way(came_by, origin, block, moved), None, node)
            if blocked_by is not None and blocked_by(node):
                stopped = True
                break
        if not stopped:
            if block.exit is not None and block.exit.kind in exits:
                return Path(start, _way(came_by, origin, block, moved), block.exit, None)
            for edge in block.succs:
                if edge.dst not in came_by and (follow is None or follow(edge)):
                    came_by[edge.dst] = edge
                    queue.append(edge.dst)
        if not queue:
            return None
        block, index, moved = queue.popleft(), 0, True


def _way(came_by: dict[Block, Edge], origin: Block, block: Block, moved: bool) -> list[Edge]:
    """The edges from `origin` to `block`, which may be `origin` again if the search `moved`."""
    edges: list[Edge] = []
    while moved:
        edges.append(came_by[block])
        block = came_by[block].src
        moved = block is not origin
    edges.reverse()
    return edges


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

    __slots__ = ("_graph", "_transfer", "complete", "states")

    def __init__(
        self,
        graph: Graph,
        transfer: Callable[[ast.Node, S], S],
        states: dict[Block, set[S]],
        complete: bool,
    ) -> None:
        self._graph = graph
        self._transfer = transfer
        self.states = states
        self.complete = complete

    def before(self, node: ast.Node) -> set[S]:
        """The states in which `node` can be met; empty if it is unreachable."""
        place = self._graph.position(node)
        if place is None:
            return set()
        return self._run(place.block, place.index)

    def after(self, node: ast.Node) -> set[S]:
        """The states just after `node`."""
        place = self._graph.position(node)
        if place is None:
            return set()
        return self._run(place.block, place.index + 1)

    def at_exit(self, exit_: Exit) -> set[S]:
        """The states in which the function ends at `exit_` (before deferred calls)."""
        return self._run(exit_.block, len(exit_.block.nodes))

    def _run(self, block: Block, upto: int) -> set[S]:
        states = self.states.get(block)
        if not states:
            return set()
        found = set(states)
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
) -> Solution[S]:
    """Push states (hashable) from the entry along all edges until nothing is new.

    `transfer` says what a node does to a state; `edge_transfer` what a branch teaches, None if the
    branch cannot be taken in that state. With `join`, each block has one state: the join of all
    that arrive, which must not grow without bound. Without, each block keeps up to `max_states`
    different ones, so that branches stay told apart.
    """
    states: dict[Block, set[S]] = {graph.entry: {entry_state}}
    complete = True
    steps = 0
    queue: deque[tuple[Block, S]] = deque([(graph.entry, entry_state)])
    while queue:
        block, state = queue.popleft()
        if state not in states[block]:
            continue  # joined into a newer one meanwhile
        steps += 1
        if steps > max_steps:
            complete = False
            break
        for node in block.nodes:
            state = transfer(node, state)
        for edge in block.succs:
            passed = state
            if edge_transfer is not None:
                learned = edge_transfer(edge, state)
                if learned is None:
                    continue
                passed = learned
            known = states.setdefault(edge.dst, set())
            if join is not None and known:
                (old,) = known
                passed = join(old, passed)
                if passed != old:
                    known.clear()
            if passed in known:
                continue
            if len(known) >= max_states:
                complete = False
                continue
            known.add(passed)
            queue.append((edge.dst, passed))
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
        word = "true" if edge.when else "false"
        return Decision(cond.start, f"this condition is {word}", cond)
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


def is_error_test(cond: ast.Expr, when: bool) -> bool:
    """True if `cond` being `when` means that something named like an error is not nil."""
    if not isinstance(cond, ast.Binary) or cond.op not in ("==", "!="):
        return False
    if not (isinstance(cond.y, ast.Ident) and cond.y.name == "nil"):
        return False
    name = cond.x.sel.name if isinstance(cond.x, ast.Selector) else ""
    if isinstance(cond.x, ast.Ident):
        name = cond.x.name
    return (cond.op == "!=") is when and (name == "err" or name.endswith(("Err", "Error", "err")))
