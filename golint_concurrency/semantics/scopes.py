"""Names inside functions: Go's block scopes, shadowing, and what closures capture.

One pass over a function binds every identifier that stands for something local. Identifiers
left with `obj` None belong to the file, the package or the universe: `package.FileScope` finds
those. The rules are those of the Go specification, "Declarations and scope".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from golint_concurrency.semantics.objects import Local
from golint_concurrency.syntax import ast


class FunctionInfo:
    """What is known of one function or closure after its names are bound.

    `captures` maps each variable of an enclosing function to its mentions in here (closures
    inside included). `parent` is the enclosing function's node.
    """

    __slots__ = (
        "blocking",
        "calls",
        "captures",
        "graph",
        "literals",
        "memo",
        "node",
        "params",
        "parent",
        "receiver",
        "results",
        "scope",
    )

    def __init__(
        self, node: ast.FuncDecl | ast.FuncLit, parent: ast.FuncDecl | ast.FuncLit | None
    ) -> None:
        self.node = node
        self.parent = parent
        self.receiver: Local | None = None
        self.params: list[Local | None] = []
        self.results: list[Local | None] = []
        self.captures: dict[Local, list[ast.Ident]] = {}
        self.literals: list[ast.FuncLit] = []
        self.scope: object = None
        # Caches of the modules above: callgraph, blocking, flow, and anybody's answers by name.
        self.calls: Any = None
        self.blocking: Any = None
        self.graph: Any = None
        self.memo: dict[str, Any] = {}


class Resolver:
    """Binds the names of one top-level declaration."""

    def __init__(self) -> None:
        self._env: dict[str, Local] = {}
        self._undo: list[list[tuple[str, Local | None]]] = []
        self._owners: list[ast.FuncDecl | ast.FuncLit] = []
        self.keys: list[tuple[ast.Ident, Local | None]] = []
        """Keys of composite literals that could be a field or a variable (with the local one of
        that name, if there is one): only the literal's type tells."""

    def function(self, node: ast.FuncDecl) -> FunctionInfo:
        """Bind all names in `node`; sets `node.info` and that of every closure inside."""
        self._open()
        if node.recv is not None:
            self._receiver_type_params(node)
        info = self._enter(node, None)
        if node.recv is not None:
            self._expr(node.recv.type)
            for index, name in enumerate(node.recv.names):
                info.receiver = self._declare(name, "receiver", node.recv, index)
        self._signature(node.type, info)
        if node.body is not None:
            self._stmts(node.body.stmts)
        self._owners.pop()
        self._close()
        return info

    def expression(self, node: ast.Expr) -> None:
        """Bind names in a package-level initialiser (closures in it have scopes)."""
        self._open()
        self._expr(node)
        self._close()

    def type_spec(self, node: ast.TypeSpec) -> None:
        """Bind type parameters inside a package-level type declaration."""
        self._open()
        self._type_params(node.type_params)
        self._expr(node.type)
        self._close()

    # ------------------------------------------------------------------------ scopes

    def _open(self) -> None:
        self._undo.append([])

    def _close(self) -> None:
        for name, previous in reversed(self._undo.pop()):
            if previous is None:
                del self._env[name]
            else:
                self._env[name] = previous

    def _declare(self, ident: ast.Ident, role: str, node: ast.Node, index: int) -> Local:
        owner = self._owners[-1] if self._owners else None
        local = Local(ident, role, node, index, owner)
        ident.obj = local
        if ident.name != "_":
            self._undo[-1].append((ident.name, self._env.get(ident.name)))
            self._env[ident.name] = local
        return local

    def _use(self, ident: ast.Ident) -> None:
        local = self._env.get(ident.name)
        if local is None:
            return
        ident.obj = local
        local.uses.append(ident)
        if local.owner is not self._owners[-1] if self._owners else False:
            for owner in reversed(self._owners):
                if owner is local.owner:
                    break
                owner.info.captures.setdefault(local, []).append(ident)

    def _enter(
        self, node: ast.FuncDecl | ast.FuncLit, parent: ast.FuncDecl | ast.FuncLit | None
    ) -> FunctionInfo:
        info = FunctionInfo(node, parent)
        node.info = info
        if isinstance(node, ast.FuncLit) and parent is not None:
            parent.info.literals.append(node)
        self._owners.append(node)
        return info

    # ------------------------------------------------------------------- declarations

    def _receiver_type_params(self, node: ast.FuncDecl) -> None:
        """In `func (l *List[T]) f()`, the receiver's type arguments declare T."""
        assert node.recv is not None
        base: ast.Expr = node.recv.type
        while isinstance(base, ast.Star | ast.Paren):
            base = base.x
        if isinstance(base, ast.Index):
            for index, name in enumerate(base.indices):
                if isinstance(name, ast.Ident):
                    self._declare(name, "typeparam", base, index)

    def _type_params(self, fields: list[ast.Field]) -> None:
        index = 0
        for field in fields:
            for name in field.names:
                self._declare(name, "typeparam", field, index)
                index += 1
        for field in fields:
            self._expr(field.type)

    def _signature(self, node: ast.FuncType, info: FunctionInfo) -> None:
        self._type_params(node.type_params)
        # Types are resolved before any parameter is declared: `func(time time.Time)` is legal.
        for field in node.params:
            self._expr(field.type)
        for field in node.results:
            self._expr(field.type)
        for role, fields, out in (
            ("param", node.params, info.params),
            ("result", node.results, info.results),
        ):
            index = 0
            for field in fields:
                if not field.names:
                    out.append(None)
                    index += 1
                for name in field.names:
                    out.append(self._declare(name, role, field, index))
                    index += 1

    # --------------------------------------------------------------------- statements

    def _stmts(self, stmts: list[ast.Stmt]) -> None:
        for stmt in stmts:
            self._stmt(stmt)

    def _block(self, block: ast.Block) -> None:
        self._open()
        self._stmts(block.stmts)
        self._close()

    def _stmt(self, stmt: ast.Stmt) -> None:
        handler = _HANDLERS.get(type(stmt))
        if handler is not None:
            handler(self, stmt)

    def _s_expr(self, stmt: ast.ExprStmt | ast.IncDec) -> None:
        self._expr(stmt.x)

    def _s_send(self, stmt: ast.Send) -> None:
        self._expr(stmt.chan)
        self._expr(stmt.value)

    def _s_assign(self, stmt: ast.Assign) -> None:
        for expr in stmt.rhs:
            self._expr(expr)
        if stmt.op != ":=":
            for expr in stmt.lhs:
                self._expr(expr)
            return
        here = {name for name, _ in self._undo[-1]}
        for index, target in enumerate(stmt.lhs):
            if not isinstance(target, ast.Ident):
                self._expr(target)
            elif target.name != "_" and target.name in here:
                # `:=` reuses a variable that the same scope declares already.
                self._use(target)
            else:
                self._declare(target, "var", stmt, index)

    def _s_call(self, stmt: ast.Go | ast.Defer) -> None:
        self._expr(stmt.call)

    def _s_return(self, stmt: ast.Return) -> None:
        for expr in stmt.results:
            self._expr(expr)

    def _s_block(self, stmt: ast.Block) -> None:
        self._block(stmt)

    def _s_if(self, stmt: ast.If) -> None:
        opened = 0
        link: ast.Stmt | None = stmt
        while isinstance(link, ast.If):
            self._open()
            opened += 1
            if link.init is not None:
                self._stmt(link.init)
            self._expr(link.cond)
            self._block(link.then)
            link = link.orelse
        if link is not None:
            self._stmt(link)
        for _ in range(opened):
            self._close()

    def _s_for(self, stmt: ast.For) -> None:
        self._open()
        if stmt.init is not None:
            self._stmt(stmt.init)
        if stmt.cond is not None:
            self._expr(stmt.cond)
        if stmt.post is not None:
            self._stmt(stmt.post)
        self._block(stmt.body)
        self._close()

    def _s_range(self, stmt: ast.Range) -> None:
        self._expr(stmt.x)
        self._open()
        for index, target in enumerate((stmt.key, stmt.value)):
            if target is None:
                continue
            if stmt.define and isinstance(target, ast.Ident):
                self._declare(target, "range", stmt, index)
            else:
                self._expr(target)
        self._block(stmt.body)
        self._close()

    def _s_switch(self, stmt: ast.Switch) -> None:
        self._open()
        if stmt.init is not None:
            self._stmt(stmt.init)
        if stmt.tag is not None:
            self._expr(stmt.tag)
        for clause in stmt.clauses:
            for expr in clause.exprs:
                self._expr(expr)
            self._block(clause.body)
        self._close()

    def _s_type_switch(self, stmt: ast.TypeSwitch) -> None:
        self._open()
        if stmt.init is not None:
            self._stmt(stmt.init)
        self._expr(stmt.x)
        for clause in stmt.clauses:
            for expr in clause.exprs:
                self._expr(expr)
            self._open()
            if stmt.bind is not None:
                # Each clause has a variable of its own, of its own type.
                local = self._declare(stmt.bind, "case", stmt, 0)
                local.clause = clause
                clause.sem = local
            self._stmts(clause.body.stmts)
            self._close()
        self._close()

    def _s_select(self, stmt: ast.Select) -> None:
        for clause in stmt.clauses:
            self._open()
            if clause.comm is not None:
                self._stmt(clause.comm)
            self._stmts(clause.body.stmts)
            self._close()

    def _s_labeled(self, stmt: ast.Labeled) -> None:
        self._stmt(stmt.stmt)

    def _s_decl(self, stmt: ast.DeclStmt) -> None:
        for spec in stmt.specs:
            if isinstance(spec, ast.TypeSpec):
                # A type is in scope in its own declaration.
                self._declare(spec.name, "type", spec, 0)
                self._open()
                self._type_params(spec.type_params)
                self._expr(spec.type)
                self._close()
                continue
            if spec.type is not None:
                self._expr(spec.type)
            for expr in spec.values:
                self._expr(expr)
            role = "const" if spec.const else "var"
            for index, name in enumerate(spec.names):
                self._declare(name, role, spec, index)

    # -------------------------------------------------------------------- expressions

    def _expr(self, expr: ast.Expr) -> None:
        stack: list[ast.Node] = [expr]
        while stack:
            node = stack.pop()
            kind = type(node)
            if kind is ast.Ident:
                assert isinstance(node, ast.Ident)
                if node.name in self._env:
                    self._use(node)
            elif kind is ast.Selector:
                assert isinstance(node, ast.Selector)
                stack.append(node.x)
            elif kind is ast.Call:
                assert isinstance(node, ast.Call)
                stack.extend(reversed(node.args))
                stack.append(node.fun)
            elif kind is ast.FuncLit:
                assert isinstance(node, ast.FuncLit)
                self._literal(node)
            elif kind is ast.CompositeLit:
                assert isinstance(node, ast.CompositeLit)
                self._composite(node, stack)
            elif kind is ast.FuncType:
                assert isinstance(node, ast.FuncType)
                for field in (*node.type_params, *node.params, *node.results):
                    stack.append(field.type)
            elif kind is ast.StructType or kind is ast.InterfaceType:
                assert isinstance(node, ast.StructType | ast.InterfaceType)
                for field in node.members:
                    stack.append(field.type)
            elif kind is not ast.BasicLit and kind is not ast.BadExpr:
                children = list(node.children())
                children.reverse()
                stack.extend(children)

    def _literal(self, node: ast.FuncLit) -> None:
        parent = self._owners[-1] if self._owners else None
        info = self._enter(node, parent)
        self._open()
        self._signature(node.type, info)
        self._stmts(node.body.stmts)
        self._close()
        self._owners.pop()

    def _composite(self, node: ast.CompositeLit, stack: list[ast.Node]) -> None:
        not_struct = isinstance(node.type, ast.MapType | ast.ArrayType)
        for element in reversed(node.elts):
            if isinstance(element, ast.KeyValue):
                stack.append(element.value)
                key = element.key
                if isinstance(key, ast.Ident) and not not_struct:
                    self.keys.append((key, self._env.get(key.name)))
                else:
                    stack.append(key)
            else:
                stack.append(element)
        if node.type is not None:
            stack.append(node.type)


_HANDLERS: dict[type[ast.Node], Callable[[Resolver, Any], None]] = {
    ast.ExprStmt: Resolver._s_expr,
    ast.IncDec: Resolver._s_expr,
    ast.Send: Resolver._s_send,
    ast.Assign: Resolver._s_assign,
    ast.Go: Resolver._s_call,
    ast.Defer: Resolver._s_call,
    ast.Return: Resolver._s_return,
    ast.Block: Resolver._s_block,
    ast.If: Resolver._s_if,
    ast.For: Resolver._s_for,
    ast.Range: Resolver._s_range,
    ast.Switch: Resolver._s_switch,
    ast.TypeSwitch: Resolver._s_type_switch,
    ast.Select: Resolver._s_select,
    ast.Labeled: Resolver._s_labeled,
    ast.DeclStmt: Resolver._s_decl,
}
