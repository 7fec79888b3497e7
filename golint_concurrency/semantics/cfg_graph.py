"""The control-flow graph of one function or closure body: plain data and what follows from it.

Blocks hold simple statements and evaluated expressions in the order in which they run; edges
know why they are taken. `cfg.build` makes a graph, `cfg_queries` asks it about paths.

Facts that cost something (order, dominators, loops, deferred calls) are computed at the first
question and kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from golint_concurrency.syntax import ast

RETURNS: Final = frozenset({"return", "end"})
"""Exits by which the function hands control back to its caller."""
UNWINDS: Final = frozenset({"return", "end", "panic"})
"""As RETURNS, and by an explicit panic."""
ALL_EXITS: Final = frozenset({"return", "end", "panic", "noreturn", "unknown"})

_GOTO_BUDGET: Final = 100_000
"""Blocks to visit for loops made with goto: statements nest only so deep, but labels need not
nest at all, and thousands of them would cost time by the square. Past it, a graph counts as
broken."""


class Edge:
    """A possible step from the end of `src` to the start of `dst`.

    `kind` is next, cond, case, type, comm, range, goto, break, continue, fallthrough or bad.

    - cond: `cond` (free of parentheses, `!`, `&&` and `||`) turned out to be `when`. In a switch
      without a tag, `clause` is the case that the condition belongs to.
    - case: an expression switch with a tag; the tag equals (`when` True) a value of `clause`.
      `when` False: it does not equal the last value in `src`, or no value at all.
    - type: the same for a type switch.
    - comm: the select chose `clause`.
    - range: there is a next element (`when` True) or there is none.
    """

    __slots__ = ("clause", "cond", "dst", "kind", "src", "when")

    def __init__(
        self,
        src: Block,
        dst: Block,
        kind: str,
        cond: ast.Expr | None = None,
        when: bool | None = None,
        clause: ast.Case | ast.CommClause | None = None,
    ) -> None:
        self.src = src
        self.dst = dst
        self.kind = kind
        self.cond = cond
        self.when = when
        self.clause = clause

    def __repr__(self) -> str:
        return f"Edge({self.src.index}->{self.dst.index} {self.kind})"


class Block:
    """A run of nodes without branches between them.

    `nodes` are simple statements, leaf conditions, switch tags, case values and range operands.
    Three compound statements stand in for what they do themselves: `Range` (assigns key and value
    at the head of each turn), `Select` (blocks; the chosen clause's `comm` opens that clause's
    own block) and `TypeSwitch` (evaluates its operand and binds it). Use `evaluated` to look
    inside a node without entering what belongs to other blocks.

    `exit` is set when the function can end after the last node. A block with neither `exit` nor
    successors never goes on (`select {}`).
    """

    __slots__ = ("exit", "index", "kind", "nodes", "order", "preds", "succs")

    def __init__(self, kind: str) -> None:
        self.index = -1
        self.kind = kind
        self.nodes: list[ast.Node] = []
        self.succs: list[Edge] = []
        self.preds: list[Edge] = []
        self.exit: Exit | None = None
        self.order = -1

    def __repr__(self) -> str:
        return f"Block({self.index} {self.kind})"


class Exit:
    """A place where the function can end.

    `kind` is return, end (falls off the closing brace), panic (an explicit call), noreturn (a call
    that never comes back, such as os.Exit or runtime.Goexit) or unknown (source that could not be
    read). `node` is the statement, None for end; `offset` is where to point.
    """

    __slots__ = ("block", "kind", "node", "offset")

    def __init__(self, block: Block, kind: str, node: ast.Stmt | None, offset: int) -> None:
        self.block = block
        self.kind = kind
        self.node = node
        self.offset = offset

    def __repr__(self) -> str:
        return f"Exit({self.kind}@{self.offset})"


class Loop:
    """Blocks that can run again and again, entered at `head`.

    `stmt` is None for a loop made with goto. `blocks` are those from which control can come back
    to `head`: a `return` or `break` inside the braces leads out of them.
    """

    __slots__ = ("blocks", "head", "stmt")

    def __init__(self, head: Block, stmt: ast.Loop | None, blocks: set[Block]) -> None:
        self.head = head
        self.stmt = stmt
        self.blocks = blocks

    def __repr__(self) -> str:
        return f"Loop(head {self.head.index}, {len(self.blocks)} blocks)"


class Position:
    """A node's place: `block.nodes[index]`."""

    __slots__ = ("block", "index")

    def __init__(self, block: Block, index: int) -> None:
        self.block = block
        self.index = index

    def __repr__(self) -> str:
        return f"Position({self.block.index}:{self.index})"


class Deferred:
    """Defer statements that ran before an exit, in the order in which their calls will run.

    `must` ran on every path to it, `may` (a superset) on some path.
    """

    __slots__ = ("may", "must")

    def __init__(self, must: list[ast.Defer], may: list[ast.Defer]) -> None:
        self.must = must
        self.may = may


class Graph:
    """The control flow of `body`.

    `blocks` are in source order, unreachable ones included; `entry` is the first. `broken` is
    true if part of the body could not be read: then an answer is a guess.
    """

    __slots__ = (
        "_defer_sets",
        "_dom",
        "_entries",
        "_loops",
        "_loops_by_block",
        "_positions",
        "_rpo",
        "blocks",
        "body",
        "broken",
        "defers",
        "entry",
        "exits",
        "loop_heads",
        "memo",
    )

    def __init__(self, body: ast.Block) -> None:
        self.body = body
        self.entry = Block("entry")
        self.blocks: list[Block] = []
        self.exits: list[Exit] = []
        self.defers: list[ast.Defer] = []
        self.broken = False
        self.loop_heads: dict[Block, ast.Loop] = {}
        self.memo: dict[str, object] = {}
        """Answers that other modules compute once for this graph, by their own names."""
        self._entries: dict[ast.Node, Position] = {}
        self._positions: dict[ast.Node, Position] | None = None
        self._rpo: list[Block] | None = None
        self._dom: _Dominators | None = None
        self._loops: list[Loop] | None = None
        self._loops_by_block: dict[Block, list[Loop]] = {}
        self._defer_sets: tuple[list[int], list[int]] | None = None

    # ----------------------------------------------------------------------- places

    def position(self, node: ast.Node) -> Position | None:
        """Where `node` runs: a simple statement, or anything nested in one.

        For a compound statement, where it begins. Something inside a closure is placed where the
        closure is made. None if `node` is not below `body`.
        """
        positions = self._positions
        if positions is None:
            positions = self._positions = dict(self._entries)
            for block in self.blocks:
                for index, item in enumerate(block.nodes):
                    positions[item] = Position(block, index)
        up: ast.Node | None = node
        while up is not None:
            found = positions.get(up)
            if found is not None:
                return found
            if up is self.body:
                return None
            up = up.parent
        return None

    # ------------------------------------------------------------ order and dominance

    @property
    def rpo(self) -> list[Block]:
        """Reachable blocks in reverse postorder."""
        order = self._rpo
        if order is None:
            order = self._rpo = _reverse_postorder(self.entry)
            for number, block in enumerate(order):
                block.order = number
        return order

    def reachable(self, block: Block) -> bool:
        """True if some path from the entry leads to `block`."""
        if self._rpo is None:
            _ = self.rpo
        return block.order >= 0

    def dominates(self, a: Block, b: Block) -> bool:
        """True if every path from the entry to `b` passes `a` (a block dominates itself).

        False if either is unreachable.
        """
        if not (self.reachable(a) and self.reachable(b)):
            return False
        dom = self._dominators()
        return dom.opened[a.order] <= dom.opened[b.order] < dom.closed[a.order]

    def idom(self, block: Block) -> Block | None:
        """The closest other block that dominates `block`; None for the entry or dead code."""
        if not self.reachable(block) or block is self.entry:
            return None
        return self.rpo[self._dominators().idom[block.order]]

    def _dominators(self) -> _Dominators:
        if self._dom is None:
            self._dom = _Dominators(self.rpo)
        return self._dom

    # ------------------------------------------------------------------------- loops

    @property
    def loops(self) -> list[Loop]:
        """All reachable loops, outer before inner."""
        if self._loops is None:
            self._loops = _find_loops(self)
            for loop in reversed(self._loops):
                for block in loop.blocks:
                    self._loops_by_block.setdefault(block, []).append(loop)
        return self._loops

    def loops_of(self, block: Block) -> list[Loop]:
        """Loops that run `block` again and again, innermost first."""
        _ = self.loops
        return self._loops_by_block.get(block, [])

    def loop_of(self, stmt: ast.Loop) -> Loop | None:
        """The loop of `stmt`; None if it is unreachable or never comes around again."""
        for loop in self.loops:
            if loop.stmt is stmt:
                return loop
        return None

    def can_exit(self, loop: Loop) -> bool:
        """True if control can leave `loop`, by whatever way."""
        for block in loop.blocks:
            if block.exit is not None:
                return True
            for edge in block.succs:
                if edge.dst not in loop.blocks:
                    return True
        return False

    # ------------------------------------------------------------------------ defers

    def deferred_at(self, exit_: Exit) -> Deferred:
        """Defer statements whose calls run, or may run, when the function ends at `exit_`."""
        block = exit_.block
        return self._deferred(block, len(block.nodes))

    def deferred_before(self, node: ast.Node) -> Deferred:
        """As `deferred_at`, were the function to end just before `node`."""
        place = self.position(node)
        if place is None:
            return Deferred([], [])
        return self._deferred(place.block, place.index)

    def _deferred(self, block: Block, upto: int) -> Deferred:
        if not self.defers or not self.reachable(block):
            return Deferred([], [])
        if self._defer_sets is None:
            self._defer_sets = _solve_defers(self)
        must = self._defer_sets[0][block.order]
        may = self._defer_sets[1][block.order]
        for node in block.nodes[:upto]:
            if isinstance(node, ast.Defer):
                bit = 1 << self.defers.index(node)
                must |= bit
                may |= bit
        ordered = sorted(enumerate(self.defers), key=self._run_order, reverse=True)
        return Deferred(
            [stmt for bit, stmt in ordered if must >> bit & 1],
            [stmt for bit, stmt in ordered if may >> bit & 1],
        )

    def _run_order(self, item: tuple[int, ast.Defer]) -> tuple[int, int]:
        place = self.position(item[1])
        assert place is not None
        return place.block.order, place.index


def evaluated(node: ast.Node) -> Iterator[ast.Node]:
    """`node` and all below it that runs where `node` stands in its block, in preorder.

    Bodies of closures are left out (the `FuncLit` is yielded), and so are the parts of compound
    markers that have a place of their own. The call of a Go or Defer statement is yielded, though
    only its function value and arguments are evaluated there.
    """
    stack: list[ast.Node] = [node]
    if isinstance(node, ast.Range):
        yield node
        stack = [part for part in (node.value, node.key) if part is not None]
    elif isinstance(node, ast.TypeSwitch):
        yield node
        stack = [part for part in (node.x, node.bind) if part is not None]
    elif isinstance(node, ast.Select):
        yield node
        return
    while stack:
        item = stack.pop()
        yield item
        if isinstance(item, ast.FuncLit):
            continue
        for name in ast.BACKWARDS[type(item)]:
            value = getattr(item, name)
            if value is None:
                continue
            if isinstance(value, list):
                stack.extend(reversed(value))
            else:
                stack.append(value)


def _reverse_postorder(entry: Block) -> list[Block]:
    seen: set[Block] = {entry}
    order: list[Block] = []
    stack: list[tuple[Block, int]] = [(entry, len(entry.succs) - 1)]
    # Last successor first, so that the reversed order keeps to the source.
    while stack:
        block, upto = stack.pop()
        while upto >= 0:
            target = block.succs[upto].dst
            upto -= 1
            if target not in seen:
                seen.add(target)
                stack.append((block, upto))
                stack.append((target, len(target.succs) - 1))
                break
        else:
            order.append(block)
    order.reverse()
    return order


class _Dominators:
    """Immediate dominators (Cooper, Harvey, Kennedy) and intervals of the dominator tree.

    All lists are indexed by a block's number in reverse postorder.
    """

    __slots__ = ("closed", "idom", "opened")

    def __init__(self, rpo: list[Block]) -> None:
        count = len(rpo)
        idom = [-1] * count
        idom[0] = 0
        preds = [[e.src.order for e in block.preds if e.src.order >= 0] for block in rpo]
        changed = True
        while changed:
            changed = False
            for number in range(1, count):
                best = -1
                for other in preds[number]:
                    if idom[other] < 0:
                        continue
                    if best < 0:
                        best = other
                        continue
                    while best != other:
                        while other > best:
                            other = idom[other]
                        while best > other:
                            best = idom[best]
                if idom[number] != best:
                    idom[number] = best
                    changed = True
        # A dominator comes first in reverse postorder, so sizes add up from the back and places
        # can be dealt out from the front: no walk over the tree is needed.
        size = [1] * count
        for number in range(count - 1, 0, -1):
            size[idom[number]] += size[number]
        opened = [0] * count
        free = [1] * count
        for number in range(1, count):
            parent = idom[number]
            opened[number] = free[parent]
            free[parent] += size[number]
            free[number] = opened[number] + 1
        self.idom = idom
        self.opened = opened
        self.closed = [opened[number] + size[number] for number in range(count)]


def _find_loops(graph: Graph) -> list[Loop]:
    # A step back in reverse postorder closes a loop. Where gotos make a second entrance, the
    # walk back from it would leave the loop: what the head cannot reach is not part of it.
    closing: dict[Block, list[Block]] = {}
    for block in graph.rpo:
        for edge in block.succs:
            if edge.dst.order <= block.order:
                closing.setdefault(edge.dst, []).append(block)
    loops: list[Loop] = []
    tangled = any(edge.kind == "goto" for block in graph.rpo for edge in block.succs)
    budget = _GOTO_BUDGET
    for head in sorted(closing, key=_order):
        stmt = graph.loop_heads.get(head)
        if stmt is None and budget <= 0:
            graph.broken = True
            continue
        blocks: set[Block] = {head}
        stack = closing[head]
        while stack:
            block = stack.pop()
            if block not in blocks:
                blocks.add(block)
                stack.extend(edge.src for edge in block.preds if edge.src.order >= 0)
        if tangled and not all(graph.dominates(head, block) for block in blocks):
            blocks &= _reach(head)
        if stmt is None:
            budget -= len(blocks)
        loops.append(Loop(head, stmt, blocks))
    return loops


def _order(block: Block) -> int:
    return block.order


def _reach(start: Block) -> set[Block]:
    seen: set[Block] = {start}
    stack = [start]
    while stack:
        for edge in stack.pop().succs:
            if edge.dst not in seen:
                seen.add(edge.dst)
                stack.append(edge.dst)
    return seen


def _solve_defers(graph: Graph) -> tuple[list[int], list[int]]:
    """Sets of defers (as bits) at the start of each block: on all paths, and on some path."""
    bits = {stmt: 1 << number for number, stmt in enumerate(graph.defers)}
    gains: list[int] = []
    for block in graph.rpo:
        gain = 0
        for node in block.nodes:
            if isinstance(node, ast.Defer):
                gain |= bits[node]
        gains.append(gain)
    everything = (1 << len(bits)) - 1
    must = [everything] * len(gains)
    may = [0] * len(gains)
    must[0] = 0
    changed = True
    while changed:
        changed = False
        for number, block in enumerate(graph.rpo):
            new_must = 0 if number == 0 else everything
            new_may = 0
            for edge in block.preds:
                source = edge.src.order
                if source >= 0:
                    new_must &= must[source] | gains[source]
                    new_may |= may[source] | gains[source]
            if new_must != must[number] or new_may != may[number]:
                must[number] = new_must
                may[number] = new_may
                changed = True
    return must, may
