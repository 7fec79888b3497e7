"""From tree-sitter's concrete tree to `ast`, a declaration at a time.

Two promises to the layers above: the tree that comes out is never deeper than `MAX_DEPTH`
(deeper source becomes a `BadExpr` or `BadStmt`), so they may recurse over it; and an error in
the source poisons only the innermost statement that holds it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from tree_sitter import Node as TSNode

from golint_concurrency.syntax import ast
from golint_concurrency.syntax.parse import by_kind, method_type_parameters

MAX_DEPTH = 240
"""Nesting of expressions and statements that is still read. Go's own compiler gives up later
(the parser at 1e5 levels), but no hand-written function comes near this."""

# Lowering takes at most four Python frames a level; what walks the result takes fewer.
if sys.getrecursionlimit() < 6000:
    sys.setrecursionlimit(6000)

_NAMES = frozenset(
    "identifier type_identifier field_identifier package_identifier blank_identifier "
    "nil true false iota label_name".split()
)
_LITERALS = {
    "int_literal": "int",
    "float_literal": "float",
    "imaginary_literal": "imaginary",
    "rune_literal": "rune",
    "interpreted_string_literal": "string",
    "raw_string_literal": "string",
}


_NAME_KINDS = frozenset(by_kind(dict.fromkeys(_NAMES, True)))
_LITERAL_KINDS = by_kind(_LITERALS)
(_COMMENT,) = by_kind({"comment": True})
_ARGUMENTS = frozenset(by_kind({"argument_list": True}))
_VARIADIC = frozenset(by_kind({"variadic_argument": True}))
_BINARY = frozenset(by_kind({"binary_expression": True}))
_STATEMENT_LIST = frozenset(by_kind({"statement_list": True}))
_EXPRESSION_LIST = frozenset(by_kind({"expression_list": True}))


class Lowerer:
    """Lowers declarations of one file; `content` must be the bytes that were parsed."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._depth = 0
        self._broken = False
        self._plain = False  # what is lowered holds no comment
        self.too_deep: list[tuple[int, int]] = []
        """Ranges left out because they are nested deeper than `MAX_DEPTH`."""

    # ------------------------------------------------------------------ declarations

    def function(self, node: TSNode) -> ast.FuncDecl:
        """Lower a function_declaration or method_declaration, body included."""
        body = node.child_by_field_name("body")
        decl = self.signature(node)
        if body is not None:
            text = self._content[body.start_byte : body.end_byte]
            self._plain = b"//" not in text and b"/*" not in text
            decl.body = self.block(body)
            decl.body.parent = decl
            self._plain = False
        return decl

    def signature(self, node: TSNode) -> ast.FuncDecl:
        """As `function`, but with `body` None: cheap, for callers in other files."""
        name = node.child_by_field_name("name")
        receiver = node.child_by_field_name("receiver")
        recv: ast.Field | None = None
        if receiver is not None:
            fields = self._parameters(receiver)
            recv = fields[0] if fields else None
        type_ = self._func_type(node)
        if recv is not None and name is not None:
            type_.type_params = self._method_type_params(node, name)
            for field in type_.type_params:
                field.parent = type_
        return ast.FuncDecl(
            node.start_byte,
            node.end_byte,
            recv,
            self._ident(name) if name is not None else self._nameless(node),
            type_,
            None,
        )

    def _method_type_params(self, node: TSNode, name: TSNode) -> list[ast.Field]:
        """Type parameters of a method, which `parse` hides from the grammar."""
        parameters = node.child_by_field_name("parameters")
        if parameters is None:
            return []
        if b"[" not in self._content[name.end_byte : parameters.start_byte]:
            return []
        body = node.child_by_field_name("body")
        end = body.start_byte if body is not None else node.end_byte
        head = method_type_parameters(self._content, node.start_byte, name.start_byte, end)
        functions = [kid for kid in head.named_children if kid.type == "function_declaration"]
        if not functions:
            return []
        return self._type_params(functions[0].child_by_field_name("type_parameters"))

    def type_spec(self, node: TSNode) -> ast.TypeSpec:
        """Lower a type_spec or type_alias."""
        name = node.child_by_field_name("name")
        type_ = node.child_by_field_name("type")
        return ast.TypeSpec(
            node.start_byte,
            node.end_byte,
            self._ident(name) if name is not None else self._nameless(node),
            self._type_params(node.child_by_field_name("type_parameters")),
            node.type == "type_alias",
            self.expr(type_) if type_ is not None else self._bad(node),
        )

    def value_specs(self, node: TSNode) -> list[ast.ValueSpec]:
        """Lower a const_declaration or var_declaration."""
        const = node.type == "const_declaration"
        specs: list[ast.ValueSpec] = []
        template: tuple[TSNode | None, TSNode | None] = (None, None)
        for iota, spec in enumerate(spec_nodes(node)):
            type_ = spec.child_by_field_name("type")
            value = spec.child_by_field_name("value")
            if const and type_ is None and value is None:
                type_, value = template
            else:
                template = (type_, value)
            names = [
                self._ident(child)
                for child in spec.children_by_field_name("name")
                if child.kind_id in _NAME_KINDS
            ]
            specs.append(
                ast.ValueSpec(
                    spec.start_byte,
                    spec.end_byte,
                    names,
                    self.expr(type_) if type_ is not None else None,
                    # More values than names are no Go, though the grammar has nothing against it.
                    self._expr_list(value)[: len(names)] if value is not None else [],
                    const,
                    iota,
                )
            )
        return specs

    def _kids(self, node: TSNode) -> list[TSNode]:
        kids = node.named_children
        return kids if self._plain else [kid for kid in kids if kid.kind_id != _COMMENT]

    # -------------------------------------------------------------------- statements

    def block(self, node: TSNode) -> ast.Block:
        """Lower a block, or the statement_list of a case."""
        return ast.Block(node.start_byte, node.end_byte, self._stmts(node))

    def _stmts(self, node: TSNode) -> list[ast.Stmt]:
        stmts: list[ast.Stmt] = []
        for child in self._kids(node):
            if child.kind_id in _STATEMENT_LIST:
                stmts += [self.stmt(grandchild) for grandchild in self._kids(child)]
            else:
                stmts.append(self.stmt(child))
        return stmts

    def stmt(self, node: TSNode) -> ast.Stmt:
        """Lower a statement; `BadStmt` where its own header or expressions are broken."""
        lower = _STATEMENTS.get(node.kind_id)
        if lower is None:
            return ast.BadStmt(node.start_byte, node.end_byte)
        if self._depth >= MAX_DEPTH:
            self.too_deep.append((node.start_byte, node.end_byte))
            return ast.BadStmt(node.start_byte, node.end_byte)
        outer, self._broken = self._broken, False
        self._depth += 1
        result = lower(self, node)
        self._depth -= 1
        if self._broken:
            result = ast.BadStmt(node.start_byte, node.end_byte)
        self._broken = outer
        return result

    def _maybe_stmt(self, node: TSNode | None) -> ast.Stmt | None:
        if node is None:
            return None
        stmt = self.stmt(node)
        if isinstance(stmt, ast.BadStmt):
            self._broken = True
        return stmt

    def _body(self, node: TSNode) -> ast.Block:
        body = node.child_by_field_name("body")
        if body is None or body.type != "block":
            self._broken = True
            return ast.Block(node.end_byte, node.end_byte, [])
        return self._sheltered_block(body)

    def _sheltered_block(self, node: TSNode) -> ast.Block:
        """A block inside a statement: its broken statements are its own affair."""
        outer, self._broken = self._broken, False
        block = self.block(node)
        self._broken = outer
        return block

    def _check_errors(self, node: TSNode) -> None:
        """An error right below a compound statement breaks its header."""
        if node.has_error:
            for child in node.children:
                if child.is_error or child.is_missing:
                    self._broken = True
                    return

    def _s_expression(self, node: TSNode) -> ast.Stmt:
        kids = self._kids(node)
        x = self.expr(kids[0]) if len(kids) == 1 else self._bad(node)
        return ast.ExprStmt(node.start_byte, node.end_byte, x)

    def _s_send(self, node: TSNode) -> ast.Stmt:
        return ast.Send(
            node.start_byte,
            node.end_byte,
            self._field(node, "channel"),
            self._field(node, "value"),
        )

    def _s_inc(self, node: TSNode) -> ast.Stmt:
        kids = self._kids(node)
        x = self.expr(kids[0]) if len(kids) == 1 else self._bad(node)
        op = "++" if node.type == "inc_statement" else "--"
        return ast.IncDec(node.start_byte, node.end_byte, x, op)

    def _s_assign(self, node: TSNode) -> ast.Stmt:
        left = node.child_by_field_name("left")
        right = node.child_by_field_name("right")
        if left is None or right is None:
            self._broken = True
            return ast.BadStmt(node.start_byte, node.end_byte)
        if node.type == "short_var_declaration":
            op = ":="
        else:
            operator = node.child_by_field_name("operator")
            op = self._text(operator) if operator is not None else "="
        self._check_errors(node)
        targets, values = self._expr_list(left), self._expr_list(right)
        if len(values) > len(targets):
            self._broken = True  # no Go, though the grammar has nothing against it
        return ast.Assign(node.start_byte, node.end_byte, targets, op, values)

    def _s_receive(self, node: TSNode) -> ast.Stmt:
        left = node.child_by_field_name("left")
        right = self._field(node, "right")
        if left is None:
            return ast.ExprStmt(node.start_byte, node.end_byte, right)
        op = ":=" if any(child.type == ":=" for child in node.children) else "="
        return ast.Assign(node.start_byte, node.end_byte, self._expr_list(left), op, [right])

    def _s_go(self, node: TSNode) -> ast.Stmt:
        kids = self._kids(node)
        call = self.expr(kids[0]) if len(kids) == 1 else self._bad(node)
        make = ast.Go if node.type == "go_statement" else ast.Defer
        return make(node.start_byte, node.end_byte, call)

    def _s_return(self, node: TSNode) -> ast.Stmt:
        kids = self._kids(node)
        self._check_errors(node)
        results: list[ast.Expr] = []
        for kid in kids:
            results.extend(self._expr_list(kid))
        return ast.Return(node.start_byte, node.end_byte, results)

    def _s_branch(self, node: TSNode) -> ast.Stmt:
        kids = self._kids(node)
        label = self._text(kids[0]) if kids else None
        op = node.type.removesuffix("_statement")
        return ast.Branch(node.start_byte, node.end_byte, op, label)

    def _s_labeled(self, node: TSNode) -> ast.Stmt:
        kids = self._kids(node)
        if not kids:
            self._broken = True
            return ast.BadStmt(node.start_byte, node.end_byte)
        inner: ast.Stmt
        if len(kids) > 1:
            inner = self.stmt(kids[1])
        else:
            inner = ast.Empty(node.end_byte, node.end_byte)
        return ast.Labeled(node.start_byte, node.end_byte, self._text(kids[0]), inner)

    def _s_block(self, node: TSNode) -> ast.Stmt:
        return self._sheltered_block(node)

    def _s_if(self, node: TSNode) -> ast.Stmt:
        # An else-if chain nests to the right: lowered in a loop so that length is not depth.
        chain: list[TSNode] = [node]
        tail: TSNode | None
        while True:
            tail = chain[-1].child_by_field_name("alternative")
            if tail is None or tail.type != "if_statement" or len(chain) > 2 * MAX_DEPTH:
                break
            chain.append(tail)
        orelse: ast.Stmt | None = None
        if tail is not None:
            orelse = self.stmt(tail)
        for link in reversed(chain):
            self._check_errors(link)
            then = link.child_by_field_name("consequence")
            if then is None:
                self._broken = True
                return ast.BadStmt(node.start_byte, node.end_byte)
            orelse = ast.If(
                link.start_byte,
                link.end_byte,
                self._maybe_stmt(link.child_by_field_name("initializer")),
                self._field(link, "condition"),
                self._sheltered_block(then),
                orelse,
            )
        assert orelse is not None
        return orelse

    def _s_for(self, node: TSNode) -> ast.Stmt:
        self._check_errors(node)
        heads = [kid for kid in self._kids(node) if kid.type != "block"]
        if len(heads) > 1:
            self._broken = True
        start, end = node.start_byte, node.end_byte
        if not heads:
            return ast.For(start, end, None, None, None, self._body(node))
        head = heads[0]
        if head.type == "range_clause":
            left = head.child_by_field_name("left")
            targets = self._expr_list(left) if left is not None else []
            define = any(child.type == ":=" for child in head.children)
            return ast.Range(
                start,
                end,
                targets[0] if targets else None,
                targets[1] if len(targets) > 1 else None,
                define,
                self._field(head, "right"),
                self._body(node),
            )
        if head.type == "for_clause":
            self._check_errors(head)
            condition = head.child_by_field_name("condition")
            return ast.For(
                start,
                end,
                self._maybe_stmt(head.child_by_field_name("initializer")),
                self.expr(condition) if condition is not None else None,
                self._maybe_stmt(head.child_by_field_name("update")),
                self._body(node),
            )
        return ast.For(start, end, None, self.expr(head), None, self._body(node))

    def _s_switch(self, node: TSNode) -> ast.Stmt:
        self._check_errors(node)
        value = node.child_by_field_name("value")
        return ast.Switch(
            node.start_byte,
            node.end_byte,
            self._maybe_stmt(node.child_by_field_name("initializer")),
            self.expr(value) if value is not None else None,
            self._cases(node),
        )

    def _s_type_switch(self, node: TSNode) -> ast.Stmt:
        self._check_errors(node)
        alias = node.child_by_field_name("alias")
        bind: ast.Ident | None = None
        if alias is not None:
            names = self._expr_list(alias)
            if len(names) == 1 and isinstance(names[0], ast.Ident):
                bind = names[0]
            else:
                self._broken = True
        return ast.TypeSwitch(
            node.start_byte,
            node.end_byte,
            self._maybe_stmt(node.child_by_field_name("initializer")),
            bind,
            self._field(node, "value"),
            self._cases(node),
        )

    def _cases(self, node: TSNode) -> list[ast.Case]:
        cases: list[ast.Case] = []
        for kid in node.named_children:
            kind = kid.type
            if kind not in ("expression_case", "type_case", "default_case"):
                continue
            exprs: list[ast.Expr] = []
            if kind == "expression_case":
                value = kid.child_by_field_name("value")
                exprs = self._expr_list(value) if value is not None else []
            elif kind == "type_case":
                exprs = [
                    self.expr(child)
                    for child in kid.children_by_field_name("type")
                    if child.is_named
                ]
            cases.append(
                ast.Case(
                    kid.start_byte,
                    kid.end_byte,
                    exprs,
                    self._case_body(kid),
                    kind == "default_case",
                )
            )
        return cases

    def _case_body(self, node: TSNode) -> ast.Block:
        """The statements after the colon of a case, in a block that spans just them."""
        outer, self._broken = self._broken, False
        stmts: list[ast.Stmt] = []
        start = end = node.end_byte
        for child in node.named_children:
            if child.type == "statement_list":
                start, end = child.start_byte, child.end_byte
                stmts = self._stmts(child)
        self._broken = outer
        return ast.Block(start, end, stmts)

    def _s_select(self, node: TSNode) -> ast.Stmt:
        self._check_errors(node)
        clauses: list[ast.CommClause] = []
        for kid in node.named_children:
            if kid.type not in ("communication_case", "default_case"):
                continue
            comm: ast.Stmt | None = None
            if kid.type == "communication_case":
                communication = kid.child_by_field_name("communication")
                if communication is None:
                    self._broken = True
                    continue
                comm = self.stmt(communication)
                if isinstance(comm, ast.BadStmt):
                    self._broken = True
            clauses.append(ast.CommClause(kid.start_byte, kid.end_byte, comm, self._case_body(kid)))
        return ast.Select(node.start_byte, node.end_byte, clauses)

    def _s_decl(self, node: TSNode) -> ast.Stmt:
        self._check_errors(node)
        specs: list[ast.ValueSpec | ast.TypeSpec] = []
        if node.type == "type_declaration":
            specs.extend(self.type_spec(spec) for spec in spec_nodes(node))
        else:
            specs.extend(self.value_specs(node))
        return ast.DeclStmt(node.start_byte, node.end_byte, specs)

    def _s_empty(self, node: TSNode) -> ast.Stmt:
        return ast.Empty(node.start_byte, node.end_byte)

    # ------------------------------------------------------------------- expressions

    def expr(self, node: TSNode) -> ast.Expr:
        """Lower an expression or a type."""
        kind = node.kind_id
        if kind in _NAME_KINDS:  # as `_ident`, without a call for what most expressions are
            start, end = node.start_byte, node.end_byte
            if start == end:
                self._broken = True
            return ast.Ident(start, end, self._content[start:end].decode("utf-8", "replace"))
        literal = _LITERAL_KINDS.get(kind)
        if literal is not None:
            return ast.BasicLit(node.start_byte, node.end_byte, literal, self._text(node))
        lower = _EXPRESSIONS.get(kind)
        if lower is None:
            return self._bad(node)
        if self._depth >= MAX_DEPTH:
            self.too_deep.append((node.start_byte, node.end_byte))
            return self._bad(node)
        self._depth += 1
        result = lower(self, node)
        self._depth -= 1
        return result

    def _bad(self, node: TSNode) -> ast.Expr:
        self._broken = True
        return ast.BadExpr(node.start_byte, node.end_byte)

    def _nameless(self, node: TSNode) -> ast.Ident:
        self._broken = True
        return ast.Ident(node.start_byte, node.start_byte, "_")

    def _text(self, node: TSNode) -> str:
        return self._content[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def _ident(self, node: TSNode) -> ast.Ident:
        start, end = node.start_byte, node.end_byte
        if start == end:
            self._broken = True
        return ast.Ident(start, end, self._content[start:end].decode("utf-8", "replace"))

    def _field(self, node: TSNode, name: str) -> ast.Expr:
        child = node.child_by_field_name(name)
        return self.expr(child) if child is not None else self._bad(node)

    def _expr_list(self, node: TSNode) -> list[ast.Expr]:
        if node.kind_id in _EXPRESSION_LIST:
            return [self.expr(child) for child in self._kids(node)]
        return [self.expr(node)]

    def _e_call(self, node: TSNode) -> ast.Expr:
        fun: TSNode | None
        arguments: TSNode | None
        type_arguments: TSNode | None
        children = node.children
        if len(children) == 2 and children[1].kind_id in _ARGUMENTS:
            fun, arguments = children
            type_arguments = None
        else:
            fun = node.child_by_field_name("function")
            arguments = node.child_by_field_name("arguments")
            type_arguments = node.child_by_field_name("type_arguments")
        if fun is None or arguments is None:
            return self._bad(node)
        callee = self.expr(fun)
        if type_arguments is not None:
            callee = ast.Index(
                fun.start_byte,
                type_arguments.end_byte,
                callee,
                [self.expr(kid) for kid in self._kids(type_arguments)],
            )
        args: list[ast.Expr] = []
        spread = False
        for kid in self._kids(arguments):
            if kid.kind_id in _VARIADIC:
                spread = True
                inner = self._kids(kid)
                args.append(self.expr(inner[0]) if inner else self._bad(kid))
            else:
                args.append(self.expr(kid))
        return ast.Call(node.start_byte, node.end_byte, callee, args, spread)

    def _e_conversion(self, node: TSNode) -> ast.Expr:
        # The grammar reads `*(*[]T)(x)` as a conversion to `*(*[]T)`. In Go the first star is a
        # dereference: a conversion binds tighter (specification, "Conversions").
        stars: list[int] = []
        target = self._field(node, "type")
        while isinstance(target, ast.Star):
            stars.append(target.start)
            target = target.x
        operand = self._field(node, "operand")
        result: ast.Expr = ast.Call(target.start, node.end_byte, target, [operand], False)
        for start in reversed(stars):
            result = ast.Star(start, node.end_byte, result)
        return result

    def _e_selector(self, node: TSNode) -> ast.Expr:
        children = node.children
        if len(children) == 3:
            operand, _, field = children
            if field.kind_id in _NAME_KINDS:
                return ast.Selector(
                    node.start_byte, node.end_byte, self.expr(operand), self._ident(field)
                )
        name = node.child_by_field_name("field")
        if name is None or name.kind_id not in _NAME_KINDS:
            return self._bad(node)
        return ast.Selector(
            node.start_byte, node.end_byte, self._field(node, "operand"), self._ident(name)
        )

    def _e_qualified(self, node: TSNode) -> ast.Expr:
        package = node.child_by_field_name("package")
        name = node.child_by_field_name("name")
        if package is None or name is None:
            return self._bad(node)
        return ast.Selector(node.start_byte, node.end_byte, self._ident(package), self._ident(name))

    def _e_index(self, node: TSNode) -> ast.Expr:
        index = node.child_by_field_name("index")
        if index is None:
            return self._bad(node)
        return ast.Index(
            node.start_byte, node.end_byte, self._field(node, "operand"), self._expr_list(index)
        )

    def _e_generic(self, node: TSNode) -> ast.Expr:
        kids = self._kids(node)
        if not kids:
            return self._bad(node)
        indices: list[ast.Expr] = []
        for kid in kids[1:]:
            if kid.type == "type_arguments":
                indices.extend(self.expr(argument) for argument in self._kids(kid))
            else:
                indices.append(self.expr(kid))
        return ast.Index(node.start_byte, node.end_byte, self.expr(kids[0]), indices)

    def _e_slice(self, node: TSNode) -> ast.Expr:
        bounds: list[ast.Expr | None] = []
        for name in ("start", "end", "capacity"):
            child = node.child_by_field_name(name)
            bounds.append(self.expr(child) if child is not None else None)
        return ast.SliceExpr(
            node.start_byte,
            node.end_byte,
            self._field(node, "operand"),
            bounds[0],
            bounds[1],
            bounds[2],
        )

    def _e_assertion(self, node: TSNode) -> ast.Expr:
        return ast.TypeAssert(
            node.start_byte,
            node.end_byte,
            self._field(node, "operand"),
            self._field(node, "type"),
        )

    def _e_unary(self, node: TSNode) -> ast.Expr:
        operator = node.child_by_field_name("operator")
        if operator is None:
            return self._bad(node)
        op = operator.type
        x = self._field(node, "operand")
        if op == "*":
            return ast.Star(node.start_byte, node.end_byte, x)
        return ast.Unary(node.start_byte, node.end_byte, op, x)

    def _e_binary(self, node: TSNode) -> ast.Expr:
        # A long chain (a + b + c + ...) nests to the left; its length is not depth.
        spine: list[TSNode] = []
        left: TSNode | None = node
        while left is not None and left.kind_id in _BINARY and len(spine) < 20_000:
            spine.append(left)
            left = left.child_by_field_name("left")
        if left is None:
            return self._bad(node)
        x = self.expr(left)
        for link in reversed(spine):
            operator = link.child_by_field_name("operator")
            right = link.child_by_field_name("right")
            if operator is None or right is None:
                return self._bad(node)
            self._check_errors(link)
            x = ast.Binary(link.start_byte, link.end_byte, x, operator.type, self.expr(right))
        return x

    def _e_paren(self, node: TSNode) -> ast.Expr:
        kids = self._kids(node)
        if len(kids) != 1:
            return self._bad(node)
        return ast.Paren(node.start_byte, node.end_byte, self.expr(kids[0]))

    def _e_func(self, node: TSNode) -> ast.Expr:
        body = node.child_by_field_name("body")
        if body is None:
            return self._bad(node)
        return ast.FuncLit(
            node.start_byte, node.end_byte, self._func_type(node), self._sheltered_block(body)
        )

    def _e_composite(self, node: TSNode) -> ast.Expr:
        type_ = node.child_by_field_name("type")
        body = node.child_by_field_name("body")
        if type_ is None or body is None:
            return self._bad(node)
        self._check_errors(node)
        return ast.CompositeLit(
            node.start_byte,
            node.end_byte,
            self.expr(type_),
            self._elements(body),
            body.start_byte,
        )

    def _e_literal_value(self, node: TSNode) -> ast.Expr:
        return ast.CompositeLit(
            node.start_byte, node.end_byte, None, self._elements(node), node.start_byte
        )

    def _elements(self, node: TSNode) -> list[ast.Expr]:
        elements: list[ast.Expr] = []
        for kid in self._kids(node):
            if kid.type == "keyed_element":
                pair = self._kids(kid)
                if len(pair) != 2:
                    elements.append(self._bad(kid))
                    continue
                elements.append(
                    ast.KeyValue(
                        kid.start_byte,
                        kid.end_byte,
                        self._element(pair[0]),
                        self._element(pair[1]),
                    )
                )
            else:
                elements.append(self._element(kid))
        return elements

    def _element(self, node: TSNode) -> ast.Expr:
        if node.type == "literal_element":
            kids = self._kids(node)
            return self.expr(kids[0]) if len(kids) == 1 else self._bad(node)
        return self.expr(node)

    # ------------------------------------------------------------------------- types

    def _func_type(self, node: TSNode) -> ast.FuncType:
        parameters = node.child_by_field_name("parameters")
        result = node.child_by_field_name("result")
        results: list[ast.Field] = []
        if result is not None:
            if result.type == "parameter_list":
                results = self._parameters(result)
            else:
                type_ = self.expr(result)
                results = [ast.Field(result.start_byte, result.end_byte, [], type_)]
        return ast.FuncType(
            node.start_byte,
            result.end_byte
            if result is not None
            else (parameters.end_byte if parameters is not None else node.end_byte),
            self._type_params(node.child_by_field_name("type_parameters")),
            self._parameters(parameters) if parameters is not None else [],
            results,
        )

    def _parameters(self, node: TSNode) -> list[ast.Field]:
        fields: list[ast.Field] = []
        for kid in self._kids(node):
            type_ = kid.child_by_field_name("type")
            if type_ is None:
                if kid.is_error:
                    self._broken = True
                continue
            names = [
                self._ident(child)
                for child in kid.children_by_field_name("name")
                if child.kind_id in _NAME_KINDS
            ]
            variadic = kid.type == "variadic_parameter_declaration"
            fields.append(
                ast.Field(kid.start_byte, kid.end_byte, names, self.expr(type_), variadic)
            )
        return fields

    def _type_params(self, node: TSNode | None) -> list[ast.Field]:
        return self._parameters(node) if node is not None else []

    def _e_pointer(self, node: TSNode) -> ast.Expr:
        kids = self._kids(node)
        if len(kids) != 1:
            return self._bad(node)
        return ast.Star(node.start_byte, node.end_byte, self.expr(kids[0]))

    def _e_array(self, node: TSNode) -> ast.Expr:
        length = node.child_by_field_name("length")
        return ast.ArrayType(
            node.start_byte,
            node.end_byte,
            self.expr(length) if length is not None else None,
            self._field(node, "element"),
            node.type == "implicit_length_array_type",
        )

    def _e_map(self, node: TSNode) -> ast.Expr:
        return ast.MapType(
            node.start_byte, node.end_byte, self._field(node, "key"), self._field(node, "value")
        )

    def _e_chan(self, node: TSNode) -> ast.Expr:
        direction = "both"
        tokens = [child.type for child in node.children if not child.is_named]
        if tokens[:1] == ["<-"]:
            direction = "recv"
        elif tokens[1:2] == ["<-"]:
            direction = "send"
        return ast.ChanType(node.start_byte, node.end_byte, direction, self._field(node, "value"))

    def _e_func_type(self, node: TSNode) -> ast.Expr:
        return self._func_type(node)

    def _e_struct(self, node: TSNode) -> ast.Expr:
        members: list[ast.Field] = []
        for body in self._kids(node):
            for kid in self._kids(body):
                type_ = kid.child_by_field_name("type")
                if kid.type != "field_declaration" or type_ is None:
                    continue
                names = [
                    self._ident(child)
                    for child in kid.children_by_field_name("name")
                    if child.kind_id in _NAME_KINDS
                ]
                embedded = self.expr(type_)
                if not names and kid.children[0].type == "*":
                    embedded = ast.Star(kid.start_byte, embedded.end, embedded)
                members.append(ast.Field(kid.start_byte, kid.end_byte, names, embedded))
        return ast.StructType(node.start_byte, node.end_byte, members)

    def _e_interface(self, node: TSNode) -> ast.Expr:
        members: list[ast.Field] = []
        for kid in self._kids(node):
            if kid.type == "method_elem":
                name = kid.child_by_field_name("name")
                if name is None:
                    continue
                members.append(
                    ast.Field(
                        kid.start_byte,
                        kid.end_byte,
                        [self._ident(name)],
                        self._func_type(kid),
                    )
                )
            elif not kid.is_error:
                members.append(ast.Field(kid.start_byte, kid.end_byte, [], self.expr(kid)))
        return ast.InterfaceType(node.start_byte, node.end_byte, members)

    def _e_union(self, node: TSNode) -> ast.Expr:
        kids = self._kids(node)
        if not kids:
            return self._bad(node)
        x = self.expr(kids[0])
        for kid in kids[1:]:
            x = ast.Binary(node.start_byte, kid.end_byte, x, "|", self.expr(kid))
        return x

    def _e_negated(self, node: TSNode) -> ast.Expr:
        kids = self._kids(node)
        if len(kids) != 1:
            return self._bad(node)
        return ast.Unary(node.start_byte, node.end_byte, "~", self.expr(kids[0]))


def spec_nodes(node: TSNode) -> list[TSNode]:
    """The specs of a const, var, type or import declaration, grouped or not."""
    specs: list[TSNode] = []
    for kid in node.named_children:
        if kid.type in ("var_spec_list", "import_spec_list"):
            specs.extend(child for child in kid.named_children if child.type.endswith("_spec"))
        elif kid.type.endswith("_spec") or kid.type == "type_alias":
            specs.append(kid)
    return specs


_STATEMENTS_BY_NAME: dict[str, Callable[[Lowerer, TSNode], ast.Stmt]] = {
    "expression_statement": Lowerer._s_expression,
    "send_statement": Lowerer._s_send,
    "inc_statement": Lowerer._s_inc,
    "dec_statement": Lowerer._s_inc,
    "assignment_statement": Lowerer._s_assign,
    "short_var_declaration": Lowerer._s_assign,
    "receive_statement": Lowerer._s_receive,
    "go_statement": Lowerer._s_go,
    "defer_statement": Lowerer._s_go,
    "return_statement": Lowerer._s_return,
    "break_statement": Lowerer._s_branch,
    "continue_statement": Lowerer._s_branch,
    "goto_statement": Lowerer._s_branch,
    "fallthrough_statement": Lowerer._s_branch,
    "labeled_statement": Lowerer._s_labeled,
    "block": Lowerer._s_block,
    "if_statement": Lowerer._s_if,
    "for_statement": Lowerer._s_for,
    "expression_switch_statement": Lowerer._s_switch,
    "type_switch_statement": Lowerer._s_type_switch,
    "select_statement": Lowerer._s_select,
    "var_declaration": Lowerer._s_decl,
    "const_declaration": Lowerer._s_decl,
    "type_declaration": Lowerer._s_decl,
    "empty_statement": Lowerer._s_empty,
}

_EXPRESSIONS_BY_NAME: dict[str, Callable[[Lowerer, TSNode], ast.Expr]] = {
    "call_expression": Lowerer._e_call,
    "type_conversion_expression": Lowerer._e_conversion,
    "selector_expression": Lowerer._e_selector,
    "qualified_type": Lowerer._e_qualified,
    "index_expression": Lowerer._e_index,
    "generic_type": Lowerer._e_generic,
    "type_instantiation_expression": Lowerer._e_generic,
    "slice_expression": Lowerer._e_slice,
    "type_assertion_expression": Lowerer._e_assertion,
    "unary_expression": Lowerer._e_unary,
    "binary_expression": Lowerer._e_binary,
    "parenthesized_expression": Lowerer._e_paren,
    "parenthesized_type": Lowerer._e_paren,
    "func_literal": Lowerer._e_func,
    "composite_literal": Lowerer._e_composite,
    "literal_value": Lowerer._e_literal_value,
    "pointer_type": Lowerer._e_pointer,
    "array_type": Lowerer._e_array,
    "slice_type": Lowerer._e_array,
    "implicit_length_array_type": Lowerer._e_array,
    "map_type": Lowerer._e_map,
    "channel_type": Lowerer._e_chan,
    "function_type": Lowerer._e_func_type,
    "struct_type": Lowerer._e_struct,
    "interface_type": Lowerer._e_interface,
    "type_elem": Lowerer._e_union,
    "type_constraint": Lowerer._e_union,
    "union_type": Lowerer._e_union,
    "negated_type": Lowerer._e_negated,
}

_STATEMENTS = by_kind(_STATEMENTS_BY_NAME)
_EXPRESSIONS = by_kind(_EXPRESSIONS_BY_NAME)
