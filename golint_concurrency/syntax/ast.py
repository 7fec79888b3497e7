"""The Go syntax tree that everything above works on.

Lowered from tree-sitter's concrete tree (see `lower`), one top-level declaration at a time and
only when asked for. The shape follows Go's own `go/ast` package: a reader who knows that one
knows this one. Differences: type expressions are ordinary expressions, every node knows its
parent, and code that could not be read is a `BadExpr` or `BadStmt`.

Every node carries `start` and `end`, byte offsets into the file. Slots named `sem`, and
`Selector.selection` and `callee`, belong to the semantic layer, which caches its answers there; nothing in this
layer reads them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Final


class Node:
    """A piece of source `[start, end)`; `parent` is None only for a declaration."""

    __slots__ = ("end", "parent", "start")
    fields: ClassVar[tuple[str, ...]] = ()

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.parent: Node | None = None

    def children(self) -> Iterator[Node]:
        """Direct children in source order of their fields."""
        for name in self.fields:
            value = getattr(self, name)
            if value is None:
                continue
            if isinstance(value, list):
                yield from value
            else:
                yield value

    def __repr__(self) -> str:
        return f"{type(self).__name__}[{self.start}:{self.end}]"


def walk(root: Node) -> Iterator[Node]:
    """Every node below and including `root`, in preorder; uses no recursion."""
    stack: list[Node] = [root]
    while stack:
        node = stack.pop()
        yield node
        for name in BACKWARDS[type(node)]:
            value = getattr(node, name)
            if value is None:
                continue
            if type(value) is list:
                stack.extend(value[::-1])
            else:
                stack.append(value)


def walk_function(root: Node) -> Iterator[Node]:
    """As `walk`, but does not enter function literals below `root` (it yields them)."""
    stack: list[Node] = [root]
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, FuncLit) and node is not root:
            continue
        for name in BACKWARDS[type(node)]:
            value = getattr(node, name)
            if value is None:
                continue
            if type(value) is list:
                stack.extend(value[::-1])
            else:
                stack.append(value)


def _adopt(parent: Node, *children: Node | None) -> None:
    for child in children:
        if child is not None:
            child.parent = parent


# --------------------------------------------------------------------------- expressions


class Expr(Node):
    """An expression or a type expression. `sem` caches its type."""

    __slots__ = ("sem",)

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self.parent = None
        self.sem: Any = None


class BadExpr(Expr):
    """Source that could not be read as an expression."""

    __slots__ = ()


class Ident(Expr):
    """A name. `obj` is set by the scope resolver to what the name stands for."""

    __slots__ = ("name", "obj")

    def __init__(self, start: int, end: int, name: str) -> None:
        self.start = start
        self.end = end
        self.parent = None
        self.sem = None
        self.name = name
        self.obj: Any = None

    def __repr__(self) -> str:
        return f"Ident({self.name})[{self.start}]"


class BasicLit(Expr):
    """`kind` is int, float, imaginary, rune or string; `value` is the literal as written."""

    __slots__ = ("kind", "value")

    def __init__(self, start: int, end: int, kind: str, value: str) -> None:
        self.start = start
        self.end = end
        self.parent = None
        self.sem = None
        self.kind = kind
        self.value = value


class CompositeLit(Expr):
    """`type{elts}`; `type` is None where the type is elided in an outer literal."""

    __slots__ = ("elts", "lbrace", "type")
    fields = ("type", "elts")

    def __init__(
        self, start: int, end: int, type_: Expr | None, elts: list[Expr], lbrace: int
    ) -> None:
        super().__init__(start, end)
        self.type = type_
        self.elts = elts
        self.lbrace = lbrace
        _adopt(self, type_, *elts)


class KeyValue(Expr):
    """`key: value` in a composite literal."""

    __slots__ = ("key", "value")
    fields = ("key", "value")

    def __init__(self, start: int, end: int, key: Expr, value: Expr) -> None:
        super().__init__(start, end)
        self.key = key
        self.value = value
        _adopt(self, key, value)


class FuncLit(Expr):
    """A closure; `info` is the semantic layer's `Function`."""

    __slots__ = ("body", "info", "type")
    fields = ("type", "body")

    def __init__(self, start: int, end: int, type_: FuncType, body: Block) -> None:
        super().__init__(start, end)
        self.type = type_
        self.body = body
        self.info: Any = None
        _adopt(self, type_, body)


class Paren(Expr):
    """`(x)`."""

    __slots__ = ("x",)
    fields = ("x",)

    def __init__(self, start: int, end: int, x: Expr) -> None:
        super().__init__(start, end)
        self.x = x
        x.parent = self


class Selector(Expr):
    """`x.sel`: a field, a method, or a name of an imported package.

    For the semantic layer: `selection`, which field or method it is, and `callee`, which function.
    """

    __slots__ = ("callee", "sel", "selection", "x")
    fields = ("x", "sel")

    def __init__(self, start: int, end: int, x: Expr, sel: Ident) -> None:
        self.start = start
        self.end = end
        self.parent = None
        self.sem = None
        self.x = x
        self.sel = sel
        self.selection: Any = None
        self.callee: Any = None
        x.parent = self
        sel.parent = self


class Index(Expr):
    """`x[i]`, also an instantiation `x[T1, T2]`."""

    __slots__ = ("indices", "x")
    fields = ("x", "indices")

    def __init__(self, start: int, end: int, x: Expr, indices: list[Expr]) -> None:
        super().__init__(start, end)
        self.x = x
        self.indices = indices
        _adopt(self, x, *indices)


class SliceExpr(Expr):
    """`x[low:high:max]`."""

    __slots__ = ("high", "low", "max", "x")
    fields = ("x", "low", "high", "max")

    def __init__(
        self,
        start: int,
        end: int,
        x: Expr,
        low: Expr | None,
        high: Expr | None,
        max_: Expr | None,
    ) -> None:
        super().__init__(start, end)
        self.x = x
        self.low = low
        self.high = high
        self.max = max_
        _adopt(self, x, low, high, max_)


class TypeAssert(Expr):
    """`x.(type_)`."""

    __slots__ = ("type", "x")
    fields = ("x", "type")

    def __init__(self, start: int, end: int, x: Expr, type_: Expr) -> None:
        super().__init__(start, end)
        self.x = x
        self.type = type_
        _adopt(self, x, type_)


class Call(Expr):
    """`fun(args)`, a call or a conversion; `spread` is true for `f(xs...)`."""

    __slots__ = ("args", "fun", "spread")
    fields = ("fun", "args")

    def __init__(self, start: int, end: int, fun: Expr, args: list[Expr], spread: bool) -> None:
        self.start = start
        self.end = end
        self.parent = None
        self.sem = None
        self.fun = fun
        self.args = args
        self.spread = spread
        fun.parent = self
        for arg in args:
            arg.parent = self


class Star(Expr):
    """`*x`: a dereference or a pointer type."""

    __slots__ = ("x",)
    fields = ("x",)

    def __init__(self, start: int, end: int, x: Expr) -> None:
        super().__init__(start, end)
        self.x = x
        x.parent = self


class Unary(Expr):
    """`op x` with op one of + - ! ^ & <- ~."""

    __slots__ = ("op", "x")
    fields = ("x",)

    def __init__(self, start: int, end: int, op: str, x: Expr) -> None:
        super().__init__(start, end)
        self.op = op
        self.x = x
        x.parent = self


class Binary(Expr):
    """`x op y`. A long chain is nested to the left; walkers must not recurse into `x`."""

    __slots__ = ("op", "x", "y")
    fields = ("x", "y")

    def __init__(self, start: int, end: int, x: Expr, op: str, y: Expr) -> None:
        self.start = start
        self.end = end
        self.parent = None
        self.sem = None
        self.x = x
        self.op = op
        self.y = y
        x.parent = self
        y.parent = self


class ArrayType(Expr):
    """`[]elem` (`length` None), `[length]elem`, or `[...]elem` (`implicit`)."""

    __slots__ = ("elem", "implicit", "length")
    fields = ("length", "elem")

    def __init__(
        self, start: int, end: int, length: Expr | None, elem: Expr, implicit: bool = False
    ) -> None:
        super().__init__(start, end)
        self.length = length
        self.elem = elem
        self.implicit = implicit
        _adopt(self, length, elem)


class MapType(Expr):
    """`map[key]value`."""

    __slots__ = ("key", "value")
    fields = ("key", "value")

    def __init__(self, start: int, end: int, key: Expr, value: Expr) -> None:
        super().__init__(start, end)
        self.key = key
        self.value = value
        _adopt(self, key, value)


class ChanType(Expr):
    """`chan elem`; `direction` is "both", "send" or "recv"."""

    __slots__ = ("direction", "elem")
    fields = ("elem",)

    def __init__(self, start: int, end: int, direction: str, elem: Expr) -> None:
        super().__init__(start, end)
        self.direction = direction
        self.elem = elem
        elem.parent = self


class Field(Node):
    """Parameters, results, struct fields or type parameters that share one type.

    No names means an embedded field or an unnamed parameter; `variadic` is `...type`.
    """

    __slots__ = ("names", "type", "variadic")
    fields = ("names", "type")

    def __init__(
        self, start: int, end: int, names: list[Ident], type_: Expr, variadic: bool = False
    ) -> None:
        super().__init__(start, end)
        self.names = names
        self.type = type_
        self.variadic = variadic
        _adopt(self, *names)
        type_.parent = self


class FuncType(Expr):
    """A signature: type parameters, parameters, results."""

    __slots__ = ("params", "results", "type_params")
    fields = ("type_params", "params", "results")

    def __init__(
        self,
        start: int,
        end: int,
        type_params: list[Field],
        params: list[Field],
        results: list[Field],
    ) -> None:
        super().__init__(start, end)
        self.type_params = type_params
        self.params = params
        self.results = results
        _adopt(self, *type_params, *params, *results)


class StructType(Expr):
    """`struct { members }`."""

    __slots__ = ("members",)
    fields = ("members",)

    def __init__(self, start: int, end: int, members: list[Field]) -> None:
        super().__init__(start, end)
        self.members = members
        _adopt(self, *members)


class InterfaceType(Expr):
    """Methods are fields with one name and a `FuncType`; embedded elements have no name."""

    __slots__ = ("members",)
    fields = ("members",)

    def __init__(self, start: int, end: int, members: list[Field]) -> None:
        super().__init__(start, end)
        self.members = members
        _adopt(self, *members)


# ---------------------------------------------------------------------------- statements


class Stmt(Node):
    """A statement."""

    __slots__ = ()


class BadStmt(Stmt):
    """A statement that could not be read; it may do anything."""

    __slots__ = ()


class Block(Stmt):
    """`{ stmts }`, also the body of a case, which has no braces of its own."""

    __slots__ = ("stmts",)
    fields = ("stmts",)

    def __init__(self, start: int, end: int, stmts: list[Stmt]) -> None:
        super().__init__(start, end)
        self.stmts = stmts
        for stmt in stmts:
            stmt.parent = self


class ExprStmt(Stmt):
    """An expression for its effect."""

    __slots__ = ("x",)
    fields = ("x",)

    def __init__(self, start: int, end: int, x: Expr) -> None:
        super().__init__(start, end)
        self.x = x
        x.parent = self


class Send(Stmt):
    """`chan <- value`."""

    __slots__ = ("chan", "value")
    fields = ("chan", "value")

    def __init__(self, start: int, end: int, chan: Expr, value: Expr) -> None:
        super().__init__(start, end)
        self.chan = chan
        self.value = value
        _adopt(self, chan, value)


class IncDec(Stmt):
    """`x++` or `x--`."""

    __slots__ = ("op", "x")
    fields = ("x",)

    def __init__(self, start: int, end: int, x: Expr, op: str) -> None:
        super().__init__(start, end)
        self.x = x
        self.op = op
        x.parent = self


class Assign(Stmt):
    """`lhs op rhs` with op one of = := += and the other operations."""

    __slots__ = ("lhs", "op", "rhs")
    fields = ("lhs", "rhs")

    def __init__(self, start: int, end: int, lhs: list[Expr], op: str, rhs: list[Expr]) -> None:
        super().__init__(start, end)
        self.lhs = lhs
        self.op = op
        self.rhs = rhs
        for expr in lhs:
            expr.parent = self
        for expr in rhs:
            expr.parent = self


class Go(Stmt):
    """`go call`."""

    __slots__ = ("call",)
    fields = ("call",)

    def __init__(self, start: int, end: int, call: Expr) -> None:
        super().__init__(start, end)
        self.call = call
        call.parent = self


class Defer(Stmt):
    """`defer call`."""

    __slots__ = ("call",)
    fields = ("call",)

    def __init__(self, start: int, end: int, call: Expr) -> None:
        super().__init__(start, end)
        self.call = call
        call.parent = self


class Return(Stmt):
    """`return results`."""

    __slots__ = ("results",)
    fields = ("results",)

    def __init__(self, start: int, end: int, results: list[Expr]) -> None:
        super().__init__(start, end)
        self.results = results
        _adopt(self, *results)


class Branch(Stmt):
    """`op` is break, continue, goto or fallthrough."""

    __slots__ = ("label", "op")

    def __init__(self, start: int, end: int, op: str, label: str | None) -> None:
        super().__init__(start, end)
        self.op = op
        self.label = label


class If(Stmt):
    """`if init; cond { then } else orelse`."""

    __slots__ = ("cond", "init", "orelse", "then")
    fields = ("init", "cond", "then", "orelse")

    def __init__(
        self,
        start: int,
        end: int,
        init: Stmt | None,
        cond: Expr,
        then: Block,
        orelse: Stmt | None,
    ) -> None:
        super().__init__(start, end)
        self.init = init
        self.cond = cond
        self.then = then
        self.orelse = orelse
        _adopt(self, init, cond, then, orelse)


class Case(Stmt):
    """A clause of a switch; `exprs` are values or types, and empty for `default`."""

    __slots__ = ("body", "default", "exprs", "sem")
    fields = ("exprs", "body")

    def __init__(self, start: int, end: int, exprs: list[Expr], body: Block, default: bool) -> None:
        super().__init__(start, end)
        self.exprs = exprs
        self.body = body
        self.default = default
        self.sem: Any = None
        _adopt(self, *exprs, body)


class Switch(Stmt):
    """`switch init; tag { clauses }`."""

    __slots__ = ("clauses", "init", "tag")
    fields = ("init", "tag", "clauses")

    def __init__(
        self, start: int, end: int, init: Stmt | None, tag: Expr | None, clauses: list[Case]
    ) -> None:
        super().__init__(start, end)
        self.init = init
        self.tag = tag
        self.clauses = clauses
        _adopt(self, init, tag, *clauses)


class TypeSwitch(Stmt):
    """`switch init; bind := x.(type) { clauses }`."""

    __slots__ = ("bind", "clauses", "init", "x")
    fields = ("init", "bind", "x", "clauses")

    def __init__(
        self,
        start: int,
        end: int,
        init: Stmt | None,
        bind: Ident | None,
        x: Expr,
        clauses: list[Case],
    ) -> None:
        super().__init__(start, end)
        self.init = init
        self.bind = bind
        self.x = x
        self.clauses = clauses
        _adopt(self, init, bind, x, *clauses)


class CommClause(Stmt):
    """A clause of a select; `comm` is a Send, ExprStmt or Assign, or None for `default`."""

    __slots__ = ("body", "comm")
    fields = ("comm", "body")

    def __init__(self, start: int, end: int, comm: Stmt | None, body: Block) -> None:
        super().__init__(start, end)
        self.comm = comm
        self.body = body
        _adopt(self, comm, body)


class Select(Stmt):
    """`select { clauses }`."""

    __slots__ = ("clauses",)
    fields = ("clauses",)

    def __init__(self, start: int, end: int, clauses: list[CommClause]) -> None:
        super().__init__(start, end)
        self.clauses = clauses
        _adopt(self, *clauses)

    @property
    def has_default(self) -> bool:
        """True if the select can never block."""
        return any(clause.comm is None for clause in self.clauses)


class For(Stmt):
    """`for init; cond; post { body }`; all three may be None."""

    __slots__ = ("body", "cond", "init", "post")
    fields = ("init", "cond", "post", "body")

    def __init__(
        self,
        start: int,
        end: int,
        init: Stmt | None,
        cond: Expr | None,
        post: Stmt | None,
        body: Block,
    ) -> None:
        super().__init__(start, end)
        self.init = init
        self.cond = cond
        self.post = post
        self.body = body
        _adopt(self, init, cond, post, body)


class Range(Stmt):
    """`for key, value := range x { body }`; `define` is true for `:=`."""

    __slots__ = ("body", "define", "key", "value", "x")
    fields = ("key", "value", "x", "body")

    def __init__(
        self,
        start: int,
        end: int,
        key: Expr | None,
        value: Expr | None,
        define: bool,
        x: Expr,
        body: Block,
    ) -> None:
        super().__init__(start, end)
        self.key = key
        self.value = value
        self.define = define
        self.x = x
        self.body = body
        _adopt(self, key, value, x, body)


class Labeled(Stmt):
    """`label: stmt`."""

    __slots__ = ("label", "stmt")
    fields = ("stmt",)

    def __init__(self, start: int, end: int, label: str, stmt: Stmt) -> None:
        super().__init__(start, end)
        self.label = label
        self.stmt = stmt
        stmt.parent = self


class DeclStmt(Stmt):
    """A const, var or type declaration inside a function."""

    __slots__ = ("specs",)
    fields = ("specs",)

    def __init__(self, start: int, end: int, specs: list[ValueSpec | TypeSpec]) -> None:
        super().__init__(start, end)
        self.specs = specs
        _adopt(self, *specs)


class Empty(Stmt):
    """A lone semicolon."""

    __slots__ = ()


# -------------------------------------------------------------------------- declarations


class ImportSpec(Node):
    """`name "path"`; `name` is None, ".", "_" or an alias."""

    __slots__ = ("name", "path")

    def __init__(self, start: int, end: int, name: str | None, path: str) -> None:
        super().__init__(start, end)
        self.name = name
        self.path = path


class ValueSpec(Node):
    """One line of a const or var declaration.

    In a const group, `type` and `values` of a line that repeats the previous one are that
    line's own expressions; `iota` is the line's number in the group.
    """

    __slots__ = ("const", "iota", "names", "type", "values")
    fields = ("names", "type", "values")

    def __init__(
        self,
        start: int,
        end: int,
        names: list[Ident],
        type_: Expr | None,
        values: list[Expr],
        const: bool,
        iota: int,
    ) -> None:
        super().__init__(start, end)
        self.names = names
        self.type = type_
        self.values = values
        self.const = const
        self.iota = iota
        _adopt(self, *names, type_, *values)


class TypeSpec(Node):
    """`type name[params] type`, or an alias with `=`."""

    __slots__ = ("alias", "name", "type", "type_params")
    fields = ("name", "type_params", "type")

    def __init__(
        self,
        start: int,
        end: int,
        name: Ident,
        type_params: list[Field],
        alias: bool,
        type_: Expr,
    ) -> None:
        super().__init__(start, end)
        self.name = name
        self.type_params = type_params
        self.alias = alias
        self.type = type_
        _adopt(self, name, *type_params, type_)


class FuncDecl(Node):
    """A function or method; `body` is None for one declared elsewhere (assembly, stubs)."""

    __slots__ = ("body", "info", "name", "recv", "type")
    fields = ("recv", "name", "type", "body")

    def __init__(
        self,
        start: int,
        end: int,
        recv: Field | None,
        name: Ident,
        type_: FuncType,
        body: Block | None,
    ) -> None:
        super().__init__(start, end)
        self.recv = recv
        self.name = name
        self.type = type_
        self.body = body
        self.info: Any = None
        _adopt(self, recv, name, type_, body)


Loop = For | Range
Func = FuncDecl | FuncLit


def unparen(expr: Expr) -> Expr:
    """`expr` without the parentheses around it."""
    while isinstance(expr, Paren):
        expr = expr.x
    return expr


def last_name(fun: Expr) -> str:
    """`f` of `f`, `x.f` and `a.b.f`, the name that a call of it shows; "" for anything else."""
    fun = unparen(fun)
    if isinstance(fun, Selector):
        return fun.sel.name
    return fun.name if isinstance(fun, Ident) else ""


def called_name(fun: Expr) -> str:
    """As `last_name`, also of a function with type arguments."""
    while isinstance(fun, Paren | Index):
        fun = fun.x
    return last_name(fun)


def is_deferred(node: Node) -> bool:
    """True for what a `defer` statement of the function runs, or its closures do."""
    up: Node | None = node
    while up is not None and not isinstance(up, FuncDecl):
        if isinstance(up, Defer):
            return True
        up = up.parent
    return False


def enclosing_function(node: Node) -> FuncDecl | FuncLit | None:
    """The innermost function or closure around `node`, not `node` itself."""
    up = node.parent
    while up is not None and not isinstance(up, FuncDecl | FuncLit):
        up = up.parent
    return up


def enclosing_statement(node: Node) -> Stmt | None:
    """The innermost statement that holds `node` (or `node` itself)."""
    up: Node | None = node
    while up is not None and not isinstance(up, Stmt):
        up = up.parent
    return up


def statement_before(statement: Stmt) -> Stmt | None:
    """The statement right before it in the same list; None for the first."""
    return _sibling(statement, -1)


def statement_after(statement: Stmt) -> Stmt | None:
    """The statement right after it in the same list; None for the last."""
    return _sibling(statement, 1)


def _sibling(statement: Stmt, step: int) -> Stmt | None:
    up = statement.parent
    stmts = up.stmts if isinstance(up, Block) else []
    for index, other in enumerate(stmts):
        if other is statement and 0 <= index + step < len(stmts):
            return stmts[index + step]
    return None


def enclosing_loops(node: Node) -> list[For | Range]:
    """Loops of the same function whose body (or post statement, condition) runs `node` every
    turn, innermost first."""
    loops: list[For | Range] = []
    child: Node = node
    up = node.parent
    while up is not None and not isinstance(up, FuncDecl | FuncLit):
        if (isinstance(up, For) and child is not up.init) or (
            isinstance(up, Range) and child is up.body
        ):
            loops.append(up)
        child, up = up, up.parent
    return loops


def _kinds(base: type[Node]) -> list[type[Node]]:
    return [base, *(kind for below in base.__subclasses__() for kind in _kinds(below))]


BACKWARDS: Final = {kind: tuple(reversed(kind.fields)) for kind in _kinds(Node)}
"""The fields that hold children, last first, by the kind of node: as a walk stacks them."""
