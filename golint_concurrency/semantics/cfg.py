"""Builds control-flow graphs from the syntax tree (Go specification, "Statements").

Panics that the language raises by itself (nil dereference, index out of range) are not edges:
they would lead out of nearly every statement and say nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from golint_concurrency.semantics.cfg_graph import (
    ALL_EXITS,
    RETURNS,
    UNWINDS,
    Block,
    Deferred,
    Edge,
    Exit,
    Graph,
    Loop,
    Position,
    evaluated,
)
from golint_concurrency.syntax import ast

__all__ = [
    "ALL_EXITS",
    "RETURNS",
    "UNWINDS",
    "Block",
    "Deferred",
    "Edge",
    "Exit",
    "Graph",
    "Loop",
    "Position",
    "build",
    "evaluated",
]


def named_panic(call: ast.Call) -> bool:
    """True for a call of something named `panic`: right unless the name is shadowed."""
    return isinstance(call.fun, ast.Ident) and call.fun.name == "panic"


def never(call: ast.Call) -> bool:
    """Every call comes back: for callers who know nothing about the functions called."""
    return False


def build(
    body: ast.Block,
    *,
    never_returns: Callable[[ast.Call], bool] = never,
    is_panic: Callable[[ast.Call], bool] = named_panic,
) -> Graph:
    """The control flow of a function's or closure's body. Closures inside are not entered.

    Both callbacks are asked about calls that stand as statements. `is_panic`: is it the builtin?
    `never_returns`: does control never come back (os.Exit, log.Fatal, runtime.Goexit)?
    """
    return _Builder(body, never_returns, is_panic).graph


class _Target:
    """Where break, continue and fallthrough lead inside a statement; `label` if it has one."""

    __slots__ = ("after", "again", "below", "label")

    def __init__(self, label: str | None, after: Block, again: Block | None) -> None:
        self.label = label
        self.after = after
        self.again = again
        self.below: Block | None = None


class _Builder:
    """Walks a body once; `here` is the block that takes the next node, None in dead code.

    Recursion: two frames for each level of nested statements, which the parser bounds.
    """

    __slots__ = ("graph", "here", "is_panic", "label", "labels", "never_returns", "targets")

    def __init__(
        self,
        body: ast.Block,
        never_returns: Callable[[ast.Call], bool],
        is_panic: Callable[[ast.Call], bool],
    ) -> None:
        self.graph = Graph(body)
        self.never_returns = never_returns
        self.is_panic = is_panic
        self.targets: list[_Target] = []
        self.labels: dict[str, Block] = {}
        self.label: str | None = None
        self.here: Block | None = None
        self._place(self.graph.entry)
        self._stmts(body.stmts)
        self._end(body)
        for block in self.labels.values():
            if block.index < 0:
                # A goto whose label is missing, or lost in source that could not be read.
                self._place(block)
                self._leave("unknown", None, body.end)
                self.graph.broken = True

    def _end(self, body: ast.Block) -> None:
        if self.here is not None:
            self._leave("end", None, max(body.start, body.end - 1))

    # ------------------------------------------------------------------------ blocks

    def _place(self, block: Block) -> None:
        """Go on in `block`."""
        block.index = len(self.graph.blocks)
        self.graph.blocks.append(block)
        self.here = block

    def _place_if_used(self, block: Block) -> None:
        """Go on in `block`, all of whose predecessors are known: dead code if there are none."""
        if block.preds:
            block.index = len(self.graph.blocks)
            self.graph.blocks.append(block)
            self.here = block
        else:
            self.here = None

    def _now(self) -> Block:
        """The block for the next node; a fresh one in dead code."""
        here = self.here
        if here is None:
            here = Block("dead")
            self._place(here)
        return here

    def _edge(
        self,
        dst: Block,
        kind: str,
        when: bool | None = None,
        clause: ast.Case | ast.CommClause | None = None,
    ) -> None:
        src = self._now()
        edge = Edge(src, dst, kind, None, when, clause)
        src.succs.append(edge)
        dst.preds.append(edge)

    def _jump(self, dst: Block, kind: str = "next") -> None:
        """Step to `dst` if control can be here; what follows is dead."""
        src = self.here
        if src is not None:
            edge = Edge(src, dst, kind)
            src.succs.append(edge)
            dst.preds.append(edge)
            self.here = None

    def _leave(self, kind: str, node: ast.Stmt | None, offset: int) -> None:
        """The function ends after the current node."""
        block = self._now()
        block.exit = Exit(block, kind, node, offset)
        self.graph.exits.append(block.exit)
        self.here = None

    def _begin(self, stmt: ast.Stmt) -> None:
        """Remember where a compound statement begins."""
        block = self._now()
        self.graph._entries[stmt] = Position(block, len(block.nodes))

    # -------------------------------------------------------------------- statements

    def _stmts(self, stmts: list[ast.Stmt]) -> None:
        for stmt in stmts:
            if isinstance(stmt, ast.Assign):
                self._now().nodes.append(stmt)
            elif isinstance(stmt, ast.ExprStmt):
                self._expression(stmt)
            elif isinstance(stmt, ast.If):
                self._if(stmt)
            elif isinstance(stmt, ast.Return):
                self._now().nodes.append(stmt)
                self._leave("return", stmt, stmt.start)
            elif isinstance(stmt, ast.Block):
                self._stmts(stmt.stmts)
            elif isinstance(stmt, ast.For):
                self._for(stmt)
            elif isinstance(stmt, ast.Range):
                self._range(stmt)
            elif isinstance(stmt, ast.Defer):
                self._now().nodes.append(stmt)
                self.graph.defers.append(stmt)
            elif isinstance(stmt, ast.Branch):
                self._branch(stmt)
            elif isinstance(stmt, ast.Switch):
                self._switch(stmt)
            elif isinstance(stmt, ast.TypeSwitch):
                self._type_switch(stmt)
            elif isinstance(stmt, ast.Select):
                self._select(stmt)
            elif isinstance(stmt, ast.Labeled):
                self._labeled(stmt)
            elif isinstance(stmt, ast.BadStmt):
                self._bad(stmt)
            elif not isinstance(stmt, ast.Empty):
                self._now().nodes.append(stmt)

    def _simple(self, stmt: ast.Stmt | None) -> None:
        """The init or post statement of another statement."""
        if stmt is not None:
            self._stmts([stmt])

    def _expression(self, stmt: ast.ExprStmt) -> None:
        self._now().nodes.append(stmt)
        call = stmt.x
        while isinstance(call, ast.Paren):
            call = call.x
        if isinstance(call, ast.Call):
            if self.is_panic(call):
                self._leave("panic", stmt, stmt.start)
            elif self.never_returns(call):
                self._leave("noreturn", stmt, stmt.start)

    def _bad(self, stmt: ast.BadStmt) -> None:
        self.graph.broken = True
        block = self._now()
        block.nodes.append(stmt)
        self._leave("unknown", stmt, stmt.start)
        after = Block("bad.done")
        edge = Edge(block, after, "bad")
        block.succs.append(edge)
        after.preds.append(edge)
        self._place(after)

    def _if(self, stmt: ast.If) -> None:
        done = Block("if.done")
        while True:  # an else-if chain nests to the right, without bound
            self._begin(stmt)
            self._simple(stmt.init)
            then = Block("if.then")
            orelse = stmt.orelse
            other = done if orelse is None else Block("if.else")
            self._cond(stmt.cond, then, other, None)
            self._place_if_used(then)
            self._stmts(stmt.then.stmts)
            self._jump(done)
            if orelse is None:
                break
            self._place_if_used(other)
            if isinstance(orelse, ast.If):
                stmt = orelse
                continue
            self._stmts([orelse])
            self._jump(done)
            break
        self._place_if_used(done)

    def _cond(self, cond: ast.Expr, yes: Block, no: Block, clause: ast.Case | None) -> None:
        """Evaluate `cond` and step to `yes` or `no`.

        Operands wait on a stack of their own: a chain of operators nests to the left, without
        bound.
        """
        pending: list[tuple[Block, ast.Expr, Block, Block]] = []
        while True:
            block = self._now()
            while True:
                if isinstance(cond, ast.Paren):
                    cond = cond.x
                elif isinstance(cond, ast.Unary) and cond.op == "!":
                    yes, no = no, yes
                    cond = cond.x
                elif isinstance(cond, ast.Binary) and cond.op in ("&&", "||"):
                    self.graph._entries[cond] = Position(block, len(block.nodes))
                    second = Block("cond")
                    pending.append((second, cond.y, yes, no))
                    if cond.op == "&&":
                        yes = second
                    else:
                        no = second
                    cond = cond.x
                else:
                    break
            block.nodes.append(cond)
            constant = cond.name if isinstance(cond, ast.Ident) else ""
            if constant != "false":
                edge = Edge(block, yes, "cond", cond, True, clause)
                block.succs.append(edge)
                yes.preds.append(edge)
            if constant != "true":
                edge = Edge(block, no, "cond", cond, False, clause)
                block.succs.append(edge)
                no.preds.append(edge)
            self.here = None
            if not pending:
                return
            block, cond, yes, no = pending.pop()
            self._place_if_used(block)

    # ------------------------------------------------------------------------- loops

    def _take_label(self) -> str | None:
        label = self.label
        self.label = None
        return label

    def _for(self, stmt: ast.For) -> None:
        label = self._take_label()
        self._begin(stmt)
        self._simple(stmt.init)
        head = Block("for.head")
        done = Block("for.done")
        post = Block("for.post") if stmt.post is not None else head
        self._now()
        self._jump(head)
        self._place(head)
        self.graph.loop_heads[head] = stmt
        if stmt.cond is not None:
            body = Block("for.body")
            self._cond(stmt.cond, body, done, None)
            self._place_if_used(body)
        self.targets.append(_Target(label, done, post))
        self._stmts(stmt.body.stmts)
        self.targets.pop()
        self._jump(post)
        if stmt.post is not None:
            self._place_if_used(post)
            self._simple(stmt.post)
            self._jump(head)
        self._place_if_used(done)

    def _range(self, stmt: ast.Range) -> None:
        label = self._take_label()
        self._now().nodes.append(stmt.x)
        head = Block("range.head")
        body = Block("range.body")
        done = Block("range.done")
        self._jump(head)
        self._place(head)
        self.graph.loop_heads[head] = stmt
        head.nodes.append(stmt)
        self._edge(body, "range", True)
        self._edge(done, "range", False)
        self._place(body)
        self.targets.append(_Target(label, done, head))
        self._stmts(stmt.body.stmts)
        self.targets.pop()
        self._jump(head)
        self._place(done)

    # ---------------------------------------------------------------------- switches

    def _switch(self, stmt: ast.Switch) -> None:
        label = self._take_label()
        self._begin(stmt)
        self._simple(stmt.init)
        bodies = [Block("switch.case") for _ in stmt.clauses]
        done = Block("switch.done")
        default = -1
        tag = stmt.tag
        if tag is not None:
            self._now().nodes.append(tag)
        for number, clause in enumerate(stmt.clauses):
            if clause.default:
                default = number
            elif tag is not None:
                self._values(clause, bodies[number])
            else:
                for expr in clause.exprs:
                    following = Block("switch.next")
                    self._cond(expr, bodies[number], following, clause)
                    self._place_if_used(following)
        if tag is not None:
            if default >= 0:
                self._edge(bodies[default], "case", True, stmt.clauses[default])
            else:
                self._edge(done, "case", False)
            self.here = None
        else:
            self._jump(bodies[default] if default >= 0 else done)
        self._clauses(stmt.clauses, bodies, label, done)

    def _values(self, clause: ast.Case, body: Block) -> None:
        """Compare the tag with the values of a clause.

        Values that do nothing when evaluated share a block: a table of constants is one step.
        """
        plain = False  # values of this clause wait for their edge
        for expr in clause.exprs:
            block = self._now()
            if isinstance(expr, ast.BasicLit | ast.Ident | ast.Selector):
                block.nodes.append(expr)
                plain = True
                continue
            if plain or block.succs:
                if plain:
                    self._edge(body, "case", True, clause)
                block = self._otherwise(clause)
            block.nodes.append(expr)
            self._edge(body, "case", True, clause)
            self._otherwise(clause)
            plain = False
        if plain:
            self._edge(body, "case", True, clause)

    def _otherwise(self, clause: ast.Case) -> Block:
        """Go on in a new block, to which the tag comes if no value so far was equal."""
        following = Block("switch.next")
        self._edge(following, "case", False, clause)
        self._place(following)
        return following

    def _type_switch(self, stmt: ast.TypeSwitch) -> None:
        label = self._take_label()
        self._begin(stmt)
        self._simple(stmt.init)
        bodies = [Block("type.case") for _ in stmt.clauses]
        done = Block("type.done")
        self._now().nodes.append(stmt)
        default = False
        for number, clause in enumerate(stmt.clauses):
            default = default or clause.default
            self._edge(bodies[number], "type", True, clause)
        if not default:
            self._edge(done, "type", False)
        self.here = None
        self._clauses(stmt.clauses, bodies, label, done)

    def _clauses(
        self, clauses: list[ast.Case], bodies: list[Block], label: str | None, done: Block
    ) -> None:
        target = _Target(label, done, None)
        self.targets.append(target)
        last = len(bodies) - 1
        for number, clause in enumerate(clauses):
            target.below = bodies[number + 1] if number < last else None
            # A body without a way in (`case false:`) is dead, but not if the one above it may
            # fall through: that edge is already drawn by then.
            self._place_if_used(bodies[number])
            self._stmts(clause.body.stmts)
            self._jump(done)
        self.targets.pop()
        self._place_if_used(done)

    def _select(self, stmt: ast.Select) -> None:
        label = self._take_label()
        done = Block("select.done")
        head = self._now()
        head.nodes.append(stmt)
        self.targets.append(_Target(label, done, None))
        for clause in stmt.clauses:
            body = Block("select.case")
            edge = Edge(head, body, "comm", None, None, clause)
            head.succs.append(edge)
            body.preds.append(edge)
            self._place(body)
            if clause.comm is not None:
                body.nodes.append(clause.comm)
            self._stmts(clause.body.stmts)
            self._jump(done)
        self.here = None
        self.targets.pop()
        self._place_if_used(done)

    # ------------------------------------------------------------------------- jumps

    def _labeled(self, stmt: ast.Labeled) -> None:
        block = self._label_block(stmt.label)
        self._jump(block)
        if block.index < 0:
            self._place(block)
        else:  # the label is declared twice: an error in the source
            self.graph.broken = True
            self._place(Block("label"))
        self._begin(stmt)
        inner = stmt.stmt
        if isinstance(inner, ast.For | ast.Range | ast.Switch | ast.TypeSwitch | ast.Select):
            self.label = stmt.label
        self._stmts([inner])

    def _label_block(self, label: str) -> Block:
        block = self.labels.get(label)
        if block is None:
            block = self.labels[label] = Block("label")
        return block

    def _branch(self, stmt: ast.Branch) -> None:
        self._now().nodes.append(stmt)
        op = stmt.op
        target: Block | None = None
        if op == "goto":
            if stmt.label is not None:
                target = self._label_block(stmt.label)
        elif op == "fallthrough":
            if self.targets:
                target = self.targets[-1].below
        else:
            for around in reversed(self.targets):
                if stmt.label is not None:
                    if around.label == stmt.label:
                        target = around.after if op == "break" else around.again
                        break
                elif op == "break" or around.again is not None:
                    target = around.after if op == "break" else around.again
                    break
        if target is None:
            self.graph.broken = True
            self._leave("unknown", stmt, stmt.start)
        else:
            self._jump(target, op)
