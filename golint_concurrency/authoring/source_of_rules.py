"""What the source of a rule module declares, read with libcst and never run.

libcst's parser crashes on some sources and is slow on others, so a stranger's is read in a process
of its own.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from golint_concurrency import child

FunctionNames = dict[str, int]
SECONDS = 5.0
_MOST_NESTED = 100


class Unreadable(Exception):
    """The source cannot be read as Python; `line` is where."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Declared:
    """A `Rule(...)` at top level: what its arguments say as literals, and the line of each.

    `strings` and `names` are the items of tuples that are strings, and dotted names.
    """

    line: int
    texts: dict[str, str]
    strings: dict[str, tuple[str, ...]]
    names: dict[str, tuple[str, ...]]
    given: dict[str, int]
    check: str = ""


@dataclass(slots=True)
class ModuleSource:
    """A module: its docstring, rules, functions, and what importing it imports and calls."""

    docstring: str = ""
    rules: list[Declared] = field(default_factory=list)
    functions: FunctionNames = field(default_factory=dict)
    imports: list[tuple[str, int]] = field(default_factory=list)
    calls: list[tuple[str, int]] = field(default_factory=list)


class Reader:
    """Reads modules in a process of its own."""

    def __init__(self) -> None:
        self._child = child.Child(__name__, SECONDS)

    def read(self, text: str) -> ModuleSource:
        """As `read` below. Raises `Unreadable` for what takes too much as well."""
        try:
            answer = self._child.ask({}, text.encode())
        except child.Died as error:
            raise Unreadable(1, f"reading it was stopped {error}") from error
        if "said" in answer:
            raise Unreadable(answer["line"], answer["said"])
        found = ModuleSource(**answer)
        found.rules = [Declared(**rule) for rule in answer["rules"]]
        return found


def serve() -> None:
    """In the process: answer requests of a `Reader`."""
    child.serve(_answer)


def _answer(_request: child.Request, content: bytes) -> child.Answer:
    try:
        return asdict(read(content.decode()))
    except Unreadable as error:
        return {"said": str(error), "line": error.line}


def read(text: str) -> ModuleSource:
    """Take a module apart. Raises `Unreadable`."""
    if _depth(text) > _MOST_NESTED:
        raise Unreadable(1, f"nested deeper than {_MOST_NESTED}")
    try:
        wrapper = MetadataWrapper(cst.parse_module(text))
        collector = _Collector()
        wrapper.visit(collector)
    except cst.ParserSyntaxError as error:
        place = re.search(r"error at ([0-9]+):", error.message)
        line = int(place[1]) if place else error.raw_line
        raise Unreadable(line, f"not Python: {error.message}") from error
    except RecursionError as error:
        raise Unreadable(1, "nested too deeply") from error
    collector.found.docstring = wrapper.module.get_docstring() or ""
    return collector.found


def _depth(text: str) -> int:
    """At least how deep brackets nest: the parser reads them recursively."""
    deepest = depth = 0
    for character in text:
        if character in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in ")]}":
            depth = max(0, depth - 1)
    return deepest


def dotted(node: cst.CSTNode | None) -> str:
    """`a.b.c` of a name or attribute; "" for anything else."""
    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        node = node.value
    if not isinstance(node, cst.Name):
        return ""
    return ".".join([node.value, *reversed(parts)])


class _Collector(cst.CSTVisitor):
    """Looks at what runs when a module is imported: not into functions."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self) -> None:
        super().__init__()
        self.found = ModuleSource()

    def _line(self, node: cst.CSTNode) -> int:
        return int(self.get_metadata(PositionProvider, node).start.line)

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        self.found.functions.setdefault(node.name.value, self._line(node))
        return False

    def visit_Lambda(self, node: cst.Lambda) -> bool:
        return False

    def visit_If(self, node: cst.If) -> bool:
        # `if TYPE_CHECKING:` does not run.
        return dotted(node.test).rsplit(".", 1)[-1] != "TYPE_CHECKING"

    def visit_Import(self, node: cst.Import) -> None:
        for alias in node.names:
            self.found.imports.append((dotted(alias.name), self._line(node)))

    def visit_ImportFrom(self, node: cst.ImportFrom) -> None:
        module = dotted(node.module)
        if node.relative or not module:
            return
        names = [] if isinstance(node.names, cst.ImportStar) else [
            dotted(alias.name) for alias in node.names
        ]  # fmt: skip
        for name in names or [""]:
            self.found.imports.append((f"{module}.{name}".rstrip("."), self._line(node)))

    def visit_Call(self, node: cst.Call) -> None:
        name = dotted(node.func)
        if name.rsplit(".", 1)[-1] == "Rule":
            self.found.rules.append(self._declared(node))
        elif name:
            self.found.calls.append((name, self._line(node)))

    def _declared(self, call: cst.Call) -> Declared:
        texts: dict[str, str] = {}
        strings: dict[str, tuple[str, ...]] = {}
        names: dict[str, tuple[str, ...]] = {}
        given: dict[str, int] = {}
        check = ""
        for argument in call.args:
            if argument.keyword is None:
                continue
            name = argument.keyword.value
            given[name] = self._line(argument)
            value = argument.value
            evaluated = _string(value)
            if evaluated is not None:
                texts[name] = evaluated
            elif isinstance(value, cst.Tuple | cst.List):
                items = [element.value for element in value.elements]
                evaluated_items = [_string(item) for item in items]
                strings[name] = tuple(item for item in evaluated_items if item is not None)
                names[name] = tuple(found for item in items if (found := dotted(item)))
            if name == "check":
                check = dotted(value)
        return Declared(self._line(call), texts, strings, names, given, check)


def _string(node: cst.BaseExpression) -> str | None:
    if isinstance(node, cst.SimpleString | cst.ConcatenatedString):
        value = node.evaluated_value
        return value if isinstance(value, str) else None
    return None
