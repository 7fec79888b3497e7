"""One Go source file: what it declares at top level, read on demand.

Parsing is tree-sitter's and fast; lowering a declaration costs Python time, so a `File` knows
the names of its declarations and lowers one only when somebody asks for it.
"""

from __future__ import annotations

from bisect import bisect_right

from tree_sitter import Node as TSNode
from tree_sitter import Tree

from golint_concurrency.syntax import ast
from golint_concurrency.syntax.lower import Lowerer, spec_nodes
from golint_concurrency.syntax.parse import parse


class Decl:
    """A top-level declaration, not lowered yet.

    `kind` is func, method, type, const or var. `receiver` is the base type's name of a method.
    """

    __slots__ = (
        "_func",
        "_node",
        "_signature",
        "_spec",
        "end",
        "file",
        "kind",
        "name",
        "receiver",
        "start",
    )

    def __init__(self, file: File, node: TSNode, kind: str, name: str, receiver: str) -> None:
        self.file = file
        self.kind = kind
        self.name = name
        self.receiver = receiver
        self.start = node.start_byte
        self.end = node.end_byte
        self._node = node
        self._func: ast.FuncDecl | None = None
        self._signature: ast.FuncDecl | None = None
        self._spec: ast.TypeSpec | ast.ValueSpec | None = None

    @property
    def symbol(self) -> str:
        """`name`, or `Receiver.name` for a method."""
        return f"{self.receiver}.{self.name}" if self.receiver else self.name

    @property
    def is_function(self) -> bool:
        """True for functions and methods."""
        return self.kind in ("func", "method")

    @property
    def has_body(self) -> bool:
        """False for a function that is implemented elsewhere."""
        return self._node.child_by_field_name("body") is not None

    @property
    def is_lowered(self) -> bool:
        """True if somebody has asked for the function's body."""
        return self._func is not None

    def function(self) -> ast.FuncDecl:
        """The function with its body; only for kind func or method."""
        if self._func is None:
            self._func = self.file.lowerer.function(self._node)
            # Never replaces a signature that is in use: its type parameters have an identity.
            if self._signature is None:
                self._signature = self._func
        return self._func

    def signature(self) -> ast.FuncDecl:
        """The function, possibly without its body: for callers, who need only the types."""
        if self._signature is None:
            self._signature = self.file.lowerer.signature(self._node)
        return self._signature

    def type_spec(self) -> ast.TypeSpec:
        """The declaration of a type; only for kind type."""
        if self._spec is None:
            self._spec = self.file.lowerer.type_spec(self._node)
        assert isinstance(self._spec, ast.TypeSpec)
        return self._spec

    def value_spec(self) -> ast.ValueSpec:
        """The line of a const or var declaration that declares `name`."""
        if self._spec is None:
            self.file.lower_group(self._node)
        assert isinstance(self._spec, ast.ValueSpec)
        return self._spec

    def __repr__(self) -> str:
        return f"Decl({self.kind} {self.symbol} in {self.file.path})"


class File:
    """A parsed Go file. `path` is for messages only; `content` are the bytes that were parsed."""

    def __init__(self, path: str, content: bytes, tree: Tree | None = None) -> None:
        self.path = path
        self.content = content
        self.tree = tree if tree is not None else parse(content)
        self.lowerer = Lowerer(content)
        self.package = ""
        self.imports: list[ast.ImportSpec] = []
        self.decls: list[Decl] = []
        self._starts: list[int] = []
        self._read_top_level()

    @property
    def broken(self) -> bool:
        """True if some part of the file could not be read as Go."""
        return self.tree.root_node.has_error

    def errors(self, limit: int = 20) -> list[tuple[int, int]]:
        """Ranges that could not be read, outermost only, at most `limit`; one line each."""
        found: list[tuple[int, int]] = []
        stack = [self.tree.root_node]
        while stack and len(found) < limit:
            node = stack.pop()
            if node.is_error or node.is_missing:
                start = node.start_byte
                line_end = self.content.find(b"\n", start)
                end = min(node.end_byte, line_end if line_end >= 0 else node.end_byte)
                found.append((start, max(start, end)))
            elif node.has_error:
                stack.extend(reversed(node.children))
        return found

    def decl_at(self, offset: int) -> Decl | None:
        """The top-level declaration whose range holds `offset`."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or self.decls[index].end <= offset:
            return None
        return self.decls[index]

    def text(self, node: ast.Node) -> str:
        """The source of `node`."""
        return self.content[node.start : node.end].decode("utf-8", "replace")

    def doc(self, decl: Decl) -> str:
        """The comment lines right above `decl`, without the comment marks."""
        lines: list[str] = []
        for raw in reversed(self.content[: decl.start].split(b"\n")[:-1]):
            line = raw.strip()
            if not line.startswith(b"//"):
                break
            lines.append(line[2:].strip().decode("utf-8", "replace"))
        return "\n".join(reversed(lines))

    def _read_top_level(self) -> None:
        for node in self.tree.root_node.named_children:
            kind = node.type
            if kind in ("function_declaration", "method_declaration"):
                self._add_function(node, kind)
            elif kind == "type_declaration":
                for spec in spec_nodes(node):
                    self._add(spec, "type", spec.child_by_field_name("name"))
            elif kind in ("const_declaration", "var_declaration"):
                word = "const" if kind == "const_declaration" else "var"
                for spec in spec_nodes(node):
                    for name in spec.children_by_field_name("name"):
                        if name.is_named:
                            self._add(spec, word, name)
            elif kind == "import_declaration":
                self._add_imports(node)
            elif kind == "package_clause" and not self.package:
                names = [kid for kid in node.named_children if kid.type == "package_identifier"]
                self.package = self._text(names[0]) if names else ""

    def _text(self, node: TSNode) -> str:
        return self.content[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def _add(self, node: TSNode, kind: str, name: TSNode | None, receiver: str = "") -> None:
        if name is None or name.start_byte == name.end_byte:
            return
        self.decls.append(Decl(self, node, kind, self._text(name), receiver))
        self._starts.append(node.start_byte)

    def _add_function(self, node: TSNode, kind: str) -> None:
        name = node.child_by_field_name("name")
        if kind == "function_declaration":
            self._add(node, "func", name)
            return
        receiver = node.child_by_field_name("receiver")
        base = _receiver_base(receiver) if receiver is not None else None
        if base is not None:
            self._add(node, "method", name, self._text(base))

    def _add_imports(self, node: TSNode) -> None:
        for spec in spec_nodes(node):
            path = spec.child_by_field_name("path")
            if path is None:
                continue
            name = spec.child_by_field_name("name")
            self.imports.append(
                ast.ImportSpec(
                    spec.start_byte,
                    spec.end_byte,
                    self._text(name) if name is not None else None,
                    self._text(path)[1:-1],
                )
            )

    def lower_group(self, spec: TSNode) -> None:
        """Lower the whole const or var declaration that `spec` belongs to.

        Lines of a const group depend on the lines before them, so the group is one unit.
        """
        group: TSNode | None = spec
        while group is not None and not group.type.endswith("_declaration"):
            group = group.parent
        assert group is not None
        by_start = {lowered.start: lowered for lowered in self.lowerer.value_specs(group)}
        index = bisect_right(self._starts, group.start_byte - 1)
        while index < len(self.decls) and self.decls[index].start < group.end_byte:
            decl = self.decls[index]
            decl._spec = by_start[decl.start]
            index += 1


def _receiver_base(receiver: TSNode) -> TSNode | None:
    """The type name in `(r *T[K, V])`."""
    for parameter in receiver.named_children:
        node = parameter.child_by_field_name("type")
        for _ in range(8):
            if node is None or node.type == "type_identifier":
                return node
            kids = [kid for kid in node.named_children if kid.type != "comment"]
            node = kids[0] if kids else None
    return None
