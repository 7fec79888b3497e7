"""Go source for a piece of the tree, on one line: for stubs, messages and generated fixes."""

from __future__ import annotations

from golint_concurrency.syntax import ast


def source(node: ast.Expr) -> str:
    """`node` spelled as Go on one line; function bodies become `{}`.

    Raises `ValueError` for a `BadExpr`. The depth of the tree is bounded by `lower.MAX_DEPTH`.
    """
    printer = _PRINTERS.get(type(node))
    if printer is None:
        raise ValueError(f"cannot spell {node!r}")
    return printer(node)  # type: ignore[operator,no-any-return]


def signature(node: ast.FuncType) -> str:
    """Type parameters, parameters and results, without the word func."""
    text = f"({_fields(node.params)})"
    if node.type_params:
        text = f"[{_fields(node.type_params)}]{text}"
    if len(node.results) == 1 and not node.results[0].names:
        return f"{text} {source(node.results[0].type)}"
    if node.results:
        return f"{text} ({_fields(node.results)})"
    return text


def _fields(fields: list[ast.Field]) -> str:
    parts = []
    for field in fields:
        type_ = ("..." if field.variadic else "") + source(field.type)
        names = ", ".join(name.name for name in field.names)
        parts.append(f"{names} {type_}" if names else type_)
    return ", ".join(parts)


def _binary(node: ast.Binary) -> str:
    parts: list[str] = []
    left: ast.Expr = node
    while isinstance(left, ast.Binary):
        parts.append(f" {left.op} {source(left.y)}")
        left = left.x
    return source(left) + "".join(reversed(parts))


def _call(node: ast.Call) -> str:
    args = ", ".join(map(source, node.args))
    return f"{source(node.fun)}({args}{'...' if node.spread else ''})"


def _slice(node: ast.SliceExpr) -> str:
    bounds = [source(bound) if bound else "" for bound in (node.low, node.high)]
    if node.max is not None:
        bounds.append(source(node.max))
    return f"{source(node.x)}[{':'.join(bounds)}]"


def _array(node: ast.ArrayType) -> str:
    length = "..." if node.implicit else source(node.length) if node.length else ""
    return f"[{length}]{source(node.elem)}"


def _chan(node: ast.ChanType) -> str:
    word = {"send": "chan<- ", "recv": "<-chan "}.get(node.direction, "chan ")
    elem = source(node.elem)
    if isinstance(node.elem, ast.ChanType) and node.elem.direction == "recv":
        elem = f"({elem})"
    return word + elem


def _struct(node: ast.StructType) -> str:
    return "struct{ " + "; ".join(_member(member) for member in node.members) + " }"


def _member(field: ast.Field) -> str:
    if field.names and isinstance(field.type, ast.FuncType) and _in_interface(field):
        return field.names[0].name + signature(field.type)
    names = ", ".join(name.name for name in field.names)
    return f"{names} {source(field.type)}" if names else source(field.type)


def _in_interface(field: ast.Field) -> bool:
    return isinstance(field.parent, ast.InterfaceType)


def _interface(node: ast.InterfaceType) -> str:
    return "interface{ " + "; ".join(_member(member) for member in node.members) + " }"


def _composite(node: ast.CompositeLit) -> str:
    type_ = source(node.type) if node.type is not None else ""
    return f"{type_}{{{', '.join(map(source, node.elts))}}}"


_PRINTERS: dict[type[ast.Expr], object] = {
    ast.Ident: lambda node: node.name,
    ast.BasicLit: lambda node: node.value,
    ast.CompositeLit: _composite,
    ast.KeyValue: lambda node: f"{source(node.key)}: {source(node.value)}",
    ast.FuncLit: lambda node: f"func{signature(node.type)} {{}}",
    ast.Paren: lambda node: f"({source(node.x)})",
    ast.Selector: lambda node: f"{source(node.x)}.{node.sel.name}",
    ast.Index: lambda node: f"{source(node.x)}[{', '.join(map(source, node.indices))}]",
    ast.SliceExpr: _slice,
    ast.TypeAssert: lambda node: f"{source(node.x)}.({source(node.type)})",
    ast.Call: _call,
    ast.Star: lambda node: f"*{source(node.x)}",
    ast.Unary: lambda node: f"{node.op}{source(node.x)}",
    ast.Binary: _binary,
    ast.ArrayType: _array,
    ast.MapType: lambda node: f"map[{source(node.key)}]{source(node.value)}",
    ast.ChanType: _chan,
    ast.FuncType: lambda node: f"func{signature(node)}",
    ast.StructType: _struct,
    ast.InterfaceType: _interface,
}
