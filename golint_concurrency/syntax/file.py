"""One Go source file: what it declares at top level, read on demand.

A `File` knows the names of its declarations, from the lines of a formatted file or else from its
tree. It parses a declaration, or the whole file, and lowers a declaration only when somebody asks
for it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tree_sitter import Node as TSNode
from tree_sitter import Tree

from golint_concurrency.syntax import ast
from golint_concurrency.syntax.lower import Lowerer, spec_nodes
from golint_concurrency.syntax.outline import Chunk, outline
from golint_concurrency.syntax.parse import UNREADABLE, parse, parse_part

_BRACKETS = ((b"(", b")"), (b"{", b"}"))


class Decl:
    """A top-level declaration, not lowered yet.

    `kind` is func, method, type, const or var. `receiver` is the base type's name of a method.
    """

    __slots__ = (
        "_chunk",
        "_func",
        "_left",
        "_node",
        "_signature",
        "_spec",
        "_tried",
        "file",
        "kind",
        "name",
        "receiver",
        "start",
    )

    def __init__(
        self,
        file: File,
        where: TSNode | Chunk,
        kind: str,
        name: str,
        receiver: str,
        start: int,
    ) -> None:
        self.file = file
        self.kind = kind
        self.name = name
        self.receiver = receiver
        self.start = start
        self._node: TSNode | None = None
        self._chunk: Chunk | None = None
        if isinstance(where, Chunk):
            self._chunk = where
        else:
            self._node = where
        self._tried = False
        self._left: tuple[bool, bool] | None = None
        self._func: ast.FuncDecl | None = None
        self._signature: ast.FuncDecl | None = None
        self._spec: ast.TypeSpec | ast.ValueSpec | None = None

    @property
    def end(self) -> int:
        """Where the declaration ends; of a function in a formatted file, it need not be parsed."""
        if self._chunk is not None and self._chunk.stop:
            return self._chunk.stop
        node = self.node()
        if node is not None:
            return node.end_byte
        assert self._chunk is not None
        return self._chunk.end

    def node(self) -> TSNode | None:
        """The declaration as it was parsed; None if it could not be read."""
        if self._node is None and self._chunk is not None and not self._tried:
            self.file.parse_chunk(self._chunk)
        return self._node

    @property
    def chunk(self) -> Chunk | None:
        """Where it stands in the outline, one for all of a group; None in a file without one."""
        return self._chunk

    @property
    def is_broken(self) -> bool:
        """True if the declaration could not be read as Go, or not all of its group."""
        if self._chunk is not None and self._chunk.broken:
            return True
        if self._left is not None:
            return self._left[1]
        node = self.node()
        broken = self._chunk is not None and self._chunk.broken
        return node is None or node.has_error or broken

    @property
    def was_broken(self) -> bool:
        """True if the declaration was parsed, and could not be read."""
        return self._chunk is not None and self._chunk.broken

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
        if self._left is not None:
            return self._left[0]
        node = self.node()
        return node is not None and node.child_by_field_name("body") is not None

    @property
    def is_lowered(self) -> bool:
        """True if somebody has asked for the function's body."""
        return self._func is not None

    def function(self) -> ast.FuncDecl:
        """The function with its body; only for kind func or method."""
        if self._func is None:
            node = self.node()
            self._func = self._unread() if node is None else self.file.lowerer.function(node)
            # Never replaces a signature that is in use: its type parameters have an identity.
            if self._signature is None:
                self._signature = self._func
            self._release()
        return self._func

    def _release(self) -> None:
        """Give the parsed function back: a tree and its nodes are the most of what a run keeps."""
        node = self._node
        if node is None or self._chunk is None or not self._chunk.stop:
            return
        self._left = (node.child_by_field_name("body") is not None, node.has_error)
        self._node = None
        self._tried = False  # should somebody ask for the node once more

    def signature(self) -> ast.FuncDecl:
        """The function, possibly without its body: for callers, who need only the types."""
        if self._signature is None:
            node = self.node()
            self._signature = self._unread() if node is None else self.file.lowerer.signature(node)
        return self._signature

    def type_spec(self) -> ast.TypeSpec:
        """The declaration of a type; only for kind type."""
        if self._spec is None:
            node = self.node()
            if node is not None:
                self._spec = self.file.lowerer.type_spec(node)
            else:
                self._spec = ast.TypeSpec(
                    self.start, self.end, self._name(), [], False, self._bad()
                )
        assert isinstance(self._spec, ast.TypeSpec)
        return self._spec

    def value_spec(self) -> ast.ValueSpec:
        """The line of a const or var declaration that declares `name`."""
        if self._spec is None:
            node = self.node()
            if node is not None:
                self.file.lower_group(node)
            else:
                const = self.kind == "const"
                self._spec = ast.ValueSpec(
                    self.start, self.end, [self._name()], self._bad(), [], const, 0
                )
        assert isinstance(self._spec, ast.ValueSpec)
        return self._spec

    def anew(self, file: File) -> Decl:
        """The declaration in `file`, a copy of its own: parsed as far as it is, not lowered."""
        where = self._node if self._node is not None else self._chunk
        assert where is not None
        decl = Decl(file, where, self.kind, self.name, self.receiver, self.start)
        decl._chunk, decl._tried = self._chunk, self._tried
        return decl

    # What stands for a declaration whose name could be told, but nothing else.

    def _unread(self) -> ast.FuncDecl:
        type_ = ast.FuncType(
            self.start, self.start, [], [], [ast.Field(self.start, self.start, [], self._bad())]
        )
        return ast.FuncDecl(self.start, self.end, None, self._name(), type_, None)

    def _name(self) -> ast.Ident:
        return ast.Ident(self.start, self.start, self.name)

    def _bad(self) -> ast.BadExpr:
        return ast.BadExpr(self.start, self.end)

    def __repr__(self) -> str:
        return f"Decl({self.kind} {self.symbol} in {self.file.path})"


class Reads(NamedTuple):
    """What was read of a file beside its outline, which is all but the bodies of functions: all if
    `whole`, else where `words` stand, and what the functions `symbols` do."""

    whole: bool
    words: frozenset[bytes]
    symbols: frozenset[str]


class File:
    """A Go file. `path` is for messages only; `content` are the bytes that are read.

    A file notes what was read of it beside its outline, which `reads` tells: the more of a file
    stays unread, the fewer changes in it can matter to those who use its package.
    """

    def __init__(self, path: str, content: bytes, *, empty: bool = False) -> None:
        """`empty` leaves out what is declared, for `anew` to fill in."""
        self.path = path
        self._bytes = content
        self._is_read = False
        self._asked: set[bytes] = set()
        self._looked: set[int] = set()
        self.lowerer = Lowerer(content)
        self.package = ""
        self.imports: list[ast.ImportSpec] = []
        self.decls: list[Decl] = []
        self._starts: list[int] = []
        self._tree: Tree | None = None
        self._parts: list[tuple[int, int]] = []
        self._lost: list[tuple[int, int]] = []
        self._outlined = False
        if not empty:
            self._read()

    @property
    def content(self) -> bytes:
        """The whole file. Who asks for a word, or about a declaration, better says so."""
        self._is_read = True
        return self._bytes

    def searched(self, word: bytes) -> bytes:
        """The whole file, for somebody who looks for `word` and at what stands around it."""
        self._asked.add(word)
        return self._bytes

    def mentions(self, word: bytes) -> bool:
        """True if `word` stands anywhere in the file, be it as a part of another."""
        self._asked.add(word)
        return word in self._bytes

    def slice(self, start: int, end: int) -> bytes:
        """The bytes between `start` and `end`, which are part of one declaration."""
        self._look(start)
        return self._bytes[start:end]

    def search(self, pattern: re.Pattern[bytes], start: int, end: int) -> re.Match[bytes] | None:
        """The first match between `start` and `end`, which are part of one declaration."""
        self._look(start)
        return pattern.search(self._bytes, start, end)

    def _look(self, offset: int) -> None:
        self._looked.add(bisect_right(self._starts, offset) - 1)

    def reads(self) -> Reads:
        """What was read of the file so far, by anybody."""
        if self._is_read or not self._outlined:
            return Reads(True, frozenset(), frozenset())
        symbols = {decl.symbol for decl in self.decls if decl.is_lowered or decl.was_broken}
        symbols.update(self.decls[at].symbol for at in self._looked if at >= 0)
        return Reads(False, frozenset(self._asked), frozenset(symbols))

    def _read(self) -> None:
        content = self._bytes
        found = outline(content)
        if found is None and self.broken:
            found = outline(content, broken=True)
            if found is not None:
                ends = [(chunk.start, chunk.end) for chunk in found[1]]
                self._parts = [(0, found[0]), *ends]
        if found is None:
            self._read_top_level(self.tree.root_node)
            return
        head, chunks = found
        self._outlined = not self._parts
        self._read_part(0, head)
        for chunk in chunks:
            if not chunk.names:
                self._read_part(chunk.start, chunk.end)
            for kind, name, receiver, start in chunk.names:
                self._starts.append(start)
                self.decls.append(Decl(self, chunk, kind, name, receiver, start))

    def _read_part(self, start: int, end: int) -> None:
        root = parse_part(self._bytes, start, end).root_node
        self._outlined = self._outlined and not root.has_error
        self._read_top_level(root)

    def anew(self) -> File:
        """The same file, parsed as far as it is, without anything that was concluded from it."""
        file = File(self.path, self._bytes, empty=True)
        file.package = self.package
        file.imports, file._starts, file._tree = self.imports, self._starts, self._tree
        file._parts, file._outlined, file._lost = self._parts, self._outlined, self._lost
        file.decls = [decl.anew(file) for decl in self.decls]
        return file

    @property
    def tree(self) -> Tree:
        """The whole file, parsed."""
        self._is_read = True
        if self._tree is None:
            self._tree = parse(self._bytes)
            if not self._tree.root_node.has_error:  # else parts alone are read better
                self._adopt(self._tree.root_node, 0, len(self._bytes))
        return self._tree

    def parse_chunk(self, chunk: Chunk) -> None:
        """Parse one declaration, grouped or not, for all `Decl`s that come from it."""
        tree = parse_part(self._bytes, chunk.start, chunk.end)
        root = tree.root_node
        chunk.broken = root.has_error
        if tree is UNREADABLE:  # so is the whole
            self._lost.append((chunk.start, chunk.end))
            self._tree = tree
        for decl in self._adopt(root, chunk.start, chunk.end):
            decl._tried = True

    def _adopt(self, root: TSNode, start: int, end: int) -> list[Decl]:
        """Give the declarations between `start` and `end` their nodes, where these fit."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        decls = self.decls[first:last]
        if all(decl._node is not None for decl in decls):
            return decls
        specs: dict[int, TSNode] = {}
        for node in root.named_children:
            kind = node.type
            if kind in ("function_declaration", "method_declaration"):
                specs[node.start_byte] = node
            elif kind in ("type_declaration", "const_declaration", "var_declaration"):
                for spec in spec_nodes(node):
                    specs[spec.start_byte] = spec
        for decl in decls:
            if decl._node is None:
                decl._node = specs.get(decl.start)
        return decls

    @property
    def broken(self) -> bool:
        """True if some part of the file could not be read as Go."""
        return self.tree.root_node.has_error

    def broken_at(self, decls: Iterable[Decl]) -> bool:
        """As `broken`, for little more work than it takes to read `decls`: of another declaration
        only that it does not end, or that a bracket is missing."""
        if (
            self._outlined
            and not any(decl.is_broken for decl in decls)
            and not any(decl.is_broken for decl in self._doubtful())
        ):
            return False
        return self.broken

    def _doubtful(self) -> Iterator[Decl]:
        """Declarations whose text does not look whole; one for each group."""
        content = self._bytes
        last: Chunk | None = None
        for decl in self.decls:
            chunk = decl.chunk
            if chunk is None or chunk is last:
                continue
            last = chunk
            start, end = chunk.start, chunk.stop or chunk.end
            if (decl.is_function and not chunk.stop) or any(
                content.count(left, start, end) != content.count(right, start, end)
                for left, right in _BRACKETS
            ):
                yield decl

    def errors(self, limit: int = 20) -> list[tuple[int, int]]:
        """Ranges that could not be read, outermost only, at most `limit`; one line each."""
        found: list[tuple[int, int]] = []
        stack: list[TSNode] = []
        for part in reversed(self._parts or self._lost or [(0, len(self._bytes))]):
            tree = None if part in self._lost else self.tree
            if tree is not None and self._parts:
                tree = parse_part(self._bytes, *part)
            if tree is None or tree is UNREADABLE:
                found.append(self._first_line(*part))
            else:
                stack.append(tree.root_node)
        while stack and len(found) < limit:
            node = stack.pop()
            if node.is_error or node.is_missing:
                found.append(self._first_line(node.start_byte, node.end_byte))
            elif node.has_error:
                stack.extend(reversed(node.children))
        return sorted(found)[:limit]

    def _first_line(self, start: int, end: int) -> tuple[int, int]:
        line_end = self._bytes.find(b"\n", start)
        return start, max(start, min(end, line_end if line_end >= 0 else end))

    def decl_at(self, offset: int) -> Decl | None:
        """The top-level declaration whose range holds `offset`."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or self.decls[index].end <= offset:
            return None
        return self.decls[index]

    def text(self, node: ast.Node) -> str:
        """The source of `node`."""
        return self._bytes[node.start : node.end].decode("utf-8", "replace")

    def doc(self, decl: Decl) -> str:
        """The comment lines right above `decl`, without the comment marks."""
        lines: list[str] = []
        for raw in reversed(self._bytes[: decl.start].split(b"\n")[:-1]):
            line = raw.strip()
            if not line.startswith(b"//"):
                break
            lines.append(line[2:].strip().decode("utf-8", "replace"))
        return "\n".join(reversed(lines))

    def _read_top_level(self, root: TSNode) -> None:
        for node in root.named_children:
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
        return self._bytes[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def _add(self, node: TSNode, kind: str, name: TSNode | None, receiver: str = "") -> None:
        if name is None or name.start_byte == name.end_byte:
            return
        self.decls.append(Decl(self, node, kind, self._text(name), receiver, node.start_byte))
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
            # None for one whose name could be told from its line, but that the tree does not have.
            decl._spec = by_start.get(decl.start, decl._spec)
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
