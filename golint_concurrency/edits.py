"""Source edits that several rules make: add fields to a literal, pick a free name.

What comes out is as gofmt would leave it, given that the file was so before.
"""

from __future__ import annotations

from collections.abc import Sequence

from golint_concurrency.diagnostic import Edit
from golint_concurrency.rule import View
from golint_concurrency.semantics.denote import core, denote
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import (
    Array,
    Basic,
    Chan,
    Interface,
    Map,
    Pointer,
    Signature,
    Slice,
    Struct,
)
from golint_concurrency.syntax import ast

_ZEROS = {"string": '""', "bool": "false", "unsafe.Pointer": "nil"}
"""Zero values of basic types that are not numbers."""


def add_fields(
    view: View, literal: ast.CompositeLit, fields: Sequence[tuple[str, str]]
) -> tuple[Edit, ...]:
    """Add `name: value` lines to a struct literal.

    New fields follow an empty line, which keeps gofmt from aligning them with the old ones.
    """
    content = view.scope.file.content
    indent = view.indent(literal)
    width = max(len(name) for name, _ in fields) + 1
    lines = "".join(f"{indent}\t{name + ':':<{width}} {value},\n" for name, value in fields)
    brace = literal.end - 1
    if not literal.elts:
        opened = Edit(view.range(literal.lbrace + 1, brace), f"\n{lines}{indent}")
        return (opened, *_unaligned(view, literal))
    last = literal.elts[-1].end
    inside = content[last:brace]
    if b"\n" in inside:
        # Already one field a line: the closing brace stands on a line of its own.
        line_start = content.rfind(b"\n", 0, brace) + 1
        return (view.insert(line_start, f"\n{lines}"),)
    first = literal.elts[0].start
    return (
        Edit(view.range(literal.lbrace + 1, first), f"\n{indent}\t"),
        Edit(view.range(last, brace), f",\n\n{lines}{indent}"),
        *_unaligned(view, literal),
    )


def _unaligned(view: View, literal: ast.CompositeLit) -> tuple[Edit, ...]:
    """Edits to the fields around `literal`, itself the value of one, when it comes to take several
    lines: gofmt aligns values of one line each, and such a one parts those above from those below.
    """
    content = view.scope.file.content
    value: ast.Node = literal
    while True:
        while isinstance(value.parent, ast.Unary):
            value = value.parent
        own, outer = value.parent, value.parent.parent if value.parent is not None else None
        if not isinstance(own, ast.KeyValue) or not isinstance(outer, ast.CompositeLit):
            return ()
        if b"\n" in content[outer.start : outer.end]:
            break
        value = outer  # which comes to take several lines as well

    def column(pair: ast.KeyValue) -> int:
        return pair.value.start - content.rfind(b"\n", 0, pair.value.start)

    def aligned(pair: ast.Expr, above: ast.Expr, below: ast.Expr) -> bool:
        """Whether `pair` takes one line, next to that of the other, its value in our column."""
        return (
            isinstance(pair, ast.KeyValue)
            and content.count(b"\n", above.end, below.start) == 1
            and b"\n" not in content[pair.start : pair.end]
            and column(pair) == column(own)
        )

    at = outer.elts.index(own)
    first = last = at
    while first and aligned(outer.elts[first - 1], outer.elts[first - 1], outer.elts[first]):
        first -= 1
    while last + 1 < len(outer.elts) and aligned(
        outer.elts[last + 1], outer.elts[last], outer.elts[last + 1]
    ):
        last += 1
    edits: list[Edit] = []
    for run in (outer.elts[first:at], [own], outer.elts[at + 1 : last + 1]):
        pairs = [pair for pair in run if isinstance(pair, ast.KeyValue)]
        width = max((pair.key.end - pair.key.start for pair in pairs), default=0)
        for pair in pairs:
            gap = ":" + " " * (width - (pair.key.end - pair.key.start) + 1)
            if content[pair.key.end : pair.value.start] != gap.encode():
                edits.append(Edit(view.range(pair.key.end, pair.value.start), gap))
    return tuple(edits)


def add_field(view: View, literal: ast.CompositeLit, name: str, value: str) -> tuple[Edit, ...]:
    """Add one `name: value`, on the same line where the literal has but one."""
    content = view.scope.file.content
    if b"\n" in content[literal.lbrace : literal.end]:
        return add_fields(view, literal, [(name, value)])
    separator = ", " if literal.elts else ""
    place = literal.elts[-1].end if literal.elts else literal.lbrace + 1
    return (view.insert(place, f"{separator}{name}: {value}"),)


def prepend_argument(view: View, call: ast.Call, text: str) -> tuple[Edit, ...]:
    """Pass `text` to `call`, before what it takes already.

    A single argument gets a neighbour by that, so that gofmt writes `f(ctx, a+b)` for `f(a + b)`.
    """
    if not call.args:
        return (view.insert(call.end - 1, text),)
    closer = _closer(view, call.args[0]) if len(call.args) == 1 else ()
    return (view.insert(call.args[0].start, f"{text}, "), *closer)


_CLOSE = frozenset(["+", "-", "*", "/", "%", "|", "^", "&", "&^", "<<", ">>"])
"""Operators that gofmt sets without spaces inside of other expressions."""


def _closer(view: View, expr: ast.Expr) -> tuple[Edit, ...]:
    """Edits that take the spaces around operators away, as gofmt does a level further in."""
    content = view.scope.file.content
    edits: list[Edit] = []
    pending = [expr] if not isinstance(expr, ast.Paren) else []
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Call):
            pending += node.args if len(node.args) == 1 else []
        elif isinstance(node, ast.Paren):
            pending.append(node.x)
        elif isinstance(node, ast.Binary):
            if isinstance(node.y, ast.Unary):
                return ()  # where gofmt may need a space: `a - -b`
            between = content[node.x.end : node.y.start]
            operator = between.find(node.op.encode())
            if node.op in _CLOSE and not between[:operator].strip():
                end = operator + len(node.op)
                if between[end:].strip() or b"\n" in between:
                    end = operator  # a comment or a new line follows
                    edits.append(Edit(view.range(node.x.end, node.x.end + end), ""))
                else:
                    edits.append(Edit(view.range(node.x.end, node.y.start), node.op))
            pending += (node.x, node.y)
    return tuple(edit for edit in edits if _replaced(content, edit) != edit.text)


def _replaced(content: bytes, edit: Edit) -> str:
    """What `edit` replaces."""
    return content[edit.span.start : edit.span.end].decode("utf-8", "replace")


def delete_line(view: View, node: ast.Node) -> Edit | None:
    """Take away the lines of `node`, with a comment that ends the last; None if they hold more."""
    content = view.scope.file.content
    start = content.rfind(b"\n", 0, node.start) + 1
    end = content.find(b"\n", node.end) + 1
    if not end or content[start : node.start].strip():
        return None
    rest = content[node.end : end].strip()
    if rest and not rest.startswith(b"//"):
        return None
    return Edit(view.range(start, end), "")


def delete_statement(view: View, node: ast.Stmt) -> Edit | None:
    """As `delete_line`, and leaves no empty line behind that gofmt would take away."""
    edit = delete_line(view, node)
    if edit is None:
        return None
    content = view.scope.file.content
    start, end = edit.span.start, edit.span.end
    previous = content.rfind(b"\n", 0, max(start - 1, 0)) + 1
    before = content[previous:start].strip()
    following = content.find(b"\n", end) + 1
    after = content[end:following].strip() if following else b""
    if not after and (not before or before.endswith(b"{")):
        end = following or end
    elif not before and after.startswith(b"}"):
        start = previous
    return Edit(view.range(start, end), "")


def free_name(view: View, wanted: str) -> str:
    """`wanted`, or with a number, so that it stands for nothing yet in the declaration."""
    taken = {node.name for node in ast.walk(_root(view)) if isinstance(node, ast.Ident)}
    if wanted not in taken and view.scope.lookup(wanted) is None:
        return wanted
    number = 2
    while f"{wanted}{number}" in taken or view.scope.lookup(f"{wanted}{number}") is not None:
        number += 1
    return f"{wanted}{number}"


def _root(view: View) -> ast.Node:
    if view.decl.is_function:
        return view.decl.function()
    return view.decl.value_spec() if view.decl.kind in ("var", "const") else view.decl.type_spec()


def after_error_check(view: View, statement: ast.Assign, text: str) -> Edit | None:
    """A new line `text` below `statement` and the `if err != nil { ...; return }` that follows it.

    None if what follows is no such check of its last result, or `statement` has one and is not a
    line of a block. With a single result, the line goes right below.
    """
    block = statement.parent
    if not isinstance(block, ast.Block):
        return None
    place: ast.Stmt = statement
    if len(statement.lhs) > 1:
        error = statement.lhs[-1]
        following = block.stmts[block.stmts.index(statement) + 1 :]
        if not following or not isinstance(error, ast.Ident):
            return None
        check = following[0]
        if not isinstance(check, ast.If) or check.init is not None or check.orelse is not None:
            return None
        cond = check.cond
        if not (
            isinstance(cond, ast.Binary)
            and cond.op == "!="
            and isinstance(cond.x, ast.Ident)
            and cond.x.name == error.name
            and isinstance(cond.y, ast.Ident)
            and cond.y.name == "nil"
        ):
            return None
        if not check.then.stmts or not isinstance(check.then.stmts[-1], ast.Return):
            return None
        place = check
    return view.insert_below(place, f"\n{view.indent(statement)}{text}")


def zero_results(view: View, info: FunctionInfo) -> list[str] | None:
    """What a function writes before the error when it returns one: `nil`, `0`, `Price{}`.

    None if its last result is no error, or another is of a type that cannot be told.
    """
    types_of: list[ast.Expr] = []
    for field in info.node.type.results:
        types_of.extend([field.type] * max(1, len(field.names)))
    if not types_of or str(denote(view.scope, types_of[-1])) != "error":
        return None
    zeros: list[str] = []
    for type_ in types_of[:-1]:
        shape = core(denote(view.scope, type_))
        if isinstance(shape, Pointer | Slice | Map | Chan | Interface | Signature):
            zeros.append("nil")
        elif isinstance(shape, Struct | Array):
            zeros.append(f"{view.text(type_)}{{}}")
        elif isinstance(shape, Basic):
            zeros.append(_ZEROS.get(shape.name, "0"))
        else:
            return None
    return zeros
