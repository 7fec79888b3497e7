"""Branches that go together: `if locked { mu.Lock() } ... if locked { mu.Unlock() }`.

A path that takes the first branch and not the second cannot happen, as long as `locked` does not
change in between. The conditions that occur more than once in a function are numbered; what is
known about them is a bit set, two bits for each: known true, known false.

Only conditions over variables, field paths, `len` of those, and constants are followed. They are
taken to hold until the function itself assigns to one of the names, takes its address, or (for
what lies behind a name: a field, a length) calls a method on it or passes it on. A change by
another goroutine or by a closure is not seen: rather a path too few than one that cannot happen.
"""

from __future__ import annotations

from typing import Final

from golint_concurrency.semantics.cfg_graph import Block, Edge, Graph, evaluated
from golint_concurrency.syntax import ast

_MAX_CONDITIONS: Final = 24
_MEMO: Final = "correlations"
_LOCKING: Final = frozenset({"Lock", "Unlock", "RLock", "RUnlock", "TryLock", "TryRLock"})


class _Condition:
    """A condition in normal form; `negated` if the source says the opposite of `key`."""

    __slots__ = ("key", "negated", "operands", "roots", "shallow")

    def __init__(
        self,
        key: str,
        operands: tuple[str, ...],
        negated: bool,
        roots: set[object],
        shallow: set[object],
    ) -> None:
        self.key = key
        self.operands = operands
        self.negated = negated
        self.roots = roots
        self.shallow = shallow


class Correlations:
    """What a graph's repeated conditions tell about each other. Known facts are an int."""

    __slots__ = ("_block_kills", "_edges", "_entry", "_kills", "_live", "count")

    def __init__(self, graph: Graph) -> None:
        self.count = 0
        """How many conditions occur more than once; 0 means that there is nothing to know."""
        self._edges: dict[Edge, int] = {}
        self._kills: dict[ast.Node, int] = {}
        self._block_kills: dict[Block, int] = {}
        self._entry: dict[Block, int] = {}
        self._live: dict[Block, int] = {}
        names = _Names()
        found: dict[str, list[tuple[Block, _Condition]]] = {}
        for block in graph.rpo:
            if block.succs and block.succs[0].cond is not None:
                condition = names.condition(block.succs[0].cond)
                if condition is not None:
                    found.setdefault(condition.key, []).append((block, condition))
        by_root: dict[object, int] = {}
        deep: dict[object, int] = {}
        by_operand: dict[str, int] = {}
        for places in found.values():
            if len(places) < 2 or self.count >= _MAX_CONDITIONS:
                continue
            yes, no = 1 << 2 * self.count, 2 << 2 * self.count
            self.count += 1
            for block, condition in places:
                for edge in block.succs:
                    self._edges[edge] = yes if edge.when is not condition.negated else no
            for operand in places[0][1].operands:
                by_operand[operand] = by_operand.get(operand, 0) | yes | no
            for root in places[0][1].roots:
                by_root[root] = by_root.get(root, 0) | yes | no
                if root not in places[0][1].shallow:
                    deep[root] = deep.get(root, 0) | yes | no
        if self.count:
            self._find_kills(graph, names, by_root, deep, by_operand)
            self._find_live(graph)
            self._solve(graph)

    def at_start(self, block: Block) -> int:
        """What is known on every path to the start of `block`."""
        return self._entry.get(block, 0)

    def after_node(self, node: ast.Node, known: int) -> int:
        """What is still known after `node`."""
        return known & ~self._kills.get(node, 0)

    def after_block(self, block: Block, known: int) -> int:
        """What is still known after all nodes of `block`."""
        return known & ~self._block_kills.get(block, 0)

    def along(self, edge: Edge, known: int) -> int | None:
        """What is known after taking `edge`; None if what is known rules that out.

        What no later branch asks about is forgotten, so that paths which differ in nothing that
        matters are one.
        """
        bit = self._edges.get(edge)
        if bit is not None:
            if known & _opposite(bit):
                return None
            known |= bit
        return known & self._live[edge.dst]

    def _find_kills(
        self,
        graph: Graph,
        names: _Names,
        by_root: dict[object, int],
        deep: dict[object, int],
        by_operand: dict[str, int],
    ) -> None:
        for block in graph.rpo:
            for node in block.nodes:
                kill = 0
                for part in evaluated(node):
                    if isinstance(part, ast.Ident | ast.BasicLit):
                        continue  # most nodes, and they change nothing
                    if isinstance(part, ast.Call):
                        if not deep:
                            continue
                        roots, fields = names.handed_over(part)
                        by = deep
                    else:
                        roots, fields = names.changed(part)
                        by = by_root
                    for root in roots:
                        kill |= by.get(root, 0)
                    for field in fields:
                        for operand, bits in by_operand.items():
                            if _overlap(field, operand):
                                kill |= bits
                if kill:
                    self._kills[node] = kill
                    self._block_kills[block] = self._block_kills.get(block, 0) | kill

    def _find_live(self, graph: Graph) -> None:
        live = self._live
        asked: dict[Block, int] = {}
        for block in graph.rpo:
            live[block] = 0
            asked[block] = 0
            for edge in block.succs:
                bit = self._edges.get(edge, 0)
                if bit:
                    asked[block] |= bit | _opposite(bit)
        changed = True
        while changed:
            changed = False
            for block in reversed(graph.rpo):
                later = asked[block]
                for edge in block.succs:
                    later |= live[edge.dst]
                later = self.after_block(block, later)
                if later != live[block]:
                    live[block] = later
                    changed = True

    def _solve(self, graph: Graph) -> None:
        everything = (1 << 2 * self.count) - 1
        entry = self._entry
        for block in graph.rpo:
            entry[block] = everything
        entry[graph.entry] = 0
        changed = True
        while changed:
            changed = False
            for block in graph.rpo:
                known = 0 if block is graph.entry else everything
                for edge in block.preds:
                    if edge.src.order < 0:
                        continue
                    passed = self.after_block(edge.src, entry[edge.src])
                    learned = self.along(edge, passed)
                    if learned is not None:
                        known &= learned
                if known != entry[block]:
                    entry[block] = known
                    changed = True


def correlations(graph: Graph) -> Correlations:
    """The correlations of `graph`, computed once."""
    known = graph.memo.get(_MEMO)
    if not isinstance(known, Correlations):
        known = graph.memo[_MEMO] = Correlations(graph)
    return known


def _opposite(bit: int) -> int:
    # Bit pairs start at even places: 1 is "true" and 2 "false" of the first condition.
    return bit << 1 if bit.bit_length() % 2 else bit >> 1


def _overlap(field: str, operand: str) -> bool:
    """True if a new value of `field` may change `operand`: one is the other, or part of it."""
    return (
        operand == field
        or operand.startswith((f"{field}.", f"{field}#"))
        or field.startswith(f"{operand}.")
    )


class _Names:
    """Tells variables apart: by what they resolve to, or by name where nothing is resolved."""

    __slots__ = ("_numbers",)

    def __init__(self) -> None:
        self._numbers: dict[object, int] = {}

    def root(self, ident: ast.Ident) -> object:
        return ident.obj if ident.obj is not None else ident.name

    def condition(self, cond: ast.Expr) -> _Condition | None:
        roots: set[object] = set()
        shallow: set[object] = set()
        if isinstance(cond, ast.Binary):
            left = self._operand(cond.x, roots, shallow)
            right = self._operand(cond.y, roots, shallow)
            if left is None or right is None or not roots:
                return None
            op = cond.op
            both = (left, right)
            if op in ("==", "!="):
                first, second = sorted(both)
                return _Condition(f"{first} == {second}", both, op == "!=", roots, shallow)
            if op in ("<", ">="):
                return _Condition(f"{left} < {right}", both, op == ">=", roots, shallow)
            if op in (">", "<="):
                return _Condition(f"{right} < {left}", both, op == "<=", roots, shallow)
            return None
        key = self._operand(cond, roots, shallow)
        if key is None or not roots:
            return None
        return _Condition(key, (key,), False, roots, shallow)

    def _operand(self, expr: ast.Expr, roots: set[object], shallow: set[object]) -> str | None:
        """A text that is equal for equal operands; adds the variables that it depends on."""
        expr = ast.unparen(expr)
        if isinstance(expr, ast.BasicLit):
            return expr.value
        if isinstance(expr, ast.Ident):
            if expr.name in ("nil", "true", "false"):
                return expr.name
            root = self.root(expr)
            if root not in roots:
                roots.add(root)
                shallow.add(root)
            number = self._numbers.setdefault(root, len(self._numbers))
            return f"{expr.name}#{number}"
        suffix = ""
        if isinstance(expr, ast.Call) and isinstance(expr.fun, ast.Ident) and len(expr.args) == 1:
            if expr.fun.name not in ("len", "cap"):
                return None
            suffix = f"#{expr.fun.name}"
            expr = ast.unparen(expr.args[0])
        while isinstance(expr, ast.Selector):
            suffix = f".{expr.sel.name}{suffix}"
            expr = ast.unparen(expr.x)
        if not isinstance(expr, ast.Ident):
            return None
        root = self.root(expr)
        roots.add(root)
        shallow.discard(root)
        number = self._numbers.setdefault(root, len(self._numbers))
        return f"{expr.name}#{number}{suffix}"

    def changed(self, node: ast.Node) -> tuple[list[object], list[str]]:
        """What `node` itself gives a new value: variables, in whole or in a part that has no
        name of its own, and fields (`x.f`, as text)."""
        targets: list[ast.Expr | None] = []
        if isinstance(node, ast.Assign):
            targets.extend(node.lhs)
        elif isinstance(node, ast.IncDec):
            targets.append(node.x)
        elif isinstance(node, ast.Range):
            targets.extend((node.key, node.value))
        elif isinstance(node, ast.ValueSpec):
            targets.extend(node.names)
        elif isinstance(node, ast.TypeSwitch):
            targets.append(node.bind)
        elif isinstance(node, ast.Unary) and node.op == "&":
            targets.append(node.x)
        return self._parts(targets)

    def handed_over(self, call: ast.Call) -> tuple[list[object], list[str]]:
        """Variables and fields that `call` is made on or gets: it may change what lies behind them.

        Locking is not such a change: it is what conditional locking does in between.
        """
        fun = ast.unparen(call.fun)
        targets: list[ast.Expr | None] = list(call.args)
        if isinstance(fun, ast.Selector) and fun.sel.name not in _LOCKING:
            targets.append(fun.x)
        elif isinstance(fun, ast.Ident) and fun.name in ("len", "cap"):
            return [], []
        return self._parts(targets)

    def _parts(self, targets: list[ast.Expr | None]) -> tuple[list[object], list[str]]:
        fields: list[str] = []
        whole: list[ast.Expr | None] = []
        for target in targets:
            field = None
            if isinstance(target, ast.Selector):
                field = self._operand(target, set(), set())
            if field is None:
                whole.append(target)
            else:
                fields.append(field)
        return self._roots_of(whole), fields

    def _roots_of(self, targets: list[ast.Expr | None]) -> list[object]:
        roots: list[object] = []
        for target in targets:
            while isinstance(
                target, ast.Selector | ast.Index | ast.SliceExpr | ast.Star | ast.Paren | ast.Unary
            ):
                target = target.x
            if isinstance(target, ast.Ident):
                roots.append(self.root(target))
        return roots
