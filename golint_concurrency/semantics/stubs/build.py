"""Make the compact stub file from Go's own source and the hand-written module stubs.

    python -m golint_concurrency.semantics.stubs.build GO_SRC

GO_SRC is the `src` folder of a Go distribution. What is kept: exported functions, methods,
types, constants (with their values) and variables (with their types), and unexported types that
those mention; struct fields that are neither exported nor embedded are dropped. Run it when a Go
release comes out or a file under `modules/` changes; a test holds the result to its sources.
"""

from __future__ import annotations

import re
import sys
import zlib
from fractions import Fraction
from pathlib import Path

from golint_concurrency.semantics import infer, types
from golint_concurrency.semantics.denote import bind_signature, bind_type, constant
from golint_concurrency.semantics.module import ModuleIndex
from golint_concurrency.semantics.objects import Member, PackageName
from golint_concurrency.semantics.package import FileScope, Package, PackageSource
from golint_concurrency.semantics.program import Program
from golint_concurrency.semantics.stubs.store import DEFAULT, MAGIC, StubStore
from golint_concurrency.syntax import ast, printer
from golint_concurrency.syntax.file import File

_PACKAGE_LINE = re.compile(r"^//glc:package (\S+)$", re.MULTILINE)
MODULES = Path(__file__).parent / "modules"


class PackageWriter:
    """Turns one package into stub lines."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._imports: dict[str, str] = {}
        self._lines: dict[str, str] = {}
        self._wanted: list[str] = []
        self._seen: set[str] = set()

    def text(self) -> str:
        """The stub text of the package (see `store`)."""
        for name, member in sorted(self._package.members().items()):
            if name[:1].isupper():
                self._want(name, member)
        while self._wanted:
            name = self._wanted.pop()
            wanted = self._package.member(name)
            if wanted is not None:
                self._emit(wanted)
        imports = [f"={name}\t{path}" for name, path in sorted(self._imports.items())]
        lines = [f"{symbol}\t{line}" for symbol, line in sorted(self._lines.items())]
        return "\n".join(imports + lines) + "\n"

    def _want(self, name: str, member: Member | None) -> None:
        if member is not None and name not in self._seen:
            self._seen.add(name)
            self._wanted.append(name)

    def _emit(self, member: Member) -> None:
        scope = member.package.scope_of(member.decl)
        if member.kind == "func":
            node = bind_signature(scope, member.decl)
            self._mention(scope, node.type)
            self._lines[member.name] = f"func {member.name}{printer.signature(node.type)}"
        elif member.kind == "type":
            self._emit_type(scope, member)
        elif member.kind == "const":
            self._emit_const(scope, member)
        else:
            declared = infer.declared_type(member)
            self._lines[member.name] = f"var {member.name} {self._spell(declared)}"

    def _emit_type(self, scope: FileScope, member: Member) -> None:
        spec = bind_type(member)
        type_ = spec.type
        if isinstance(type_, ast.StructType):
            kept = [field for field in type_.members if _kept(field)]
            type_ = ast.StructType(type_.start, type_.end, kept)
        self._mention(scope, type_)
        params = ""
        if spec.type_params:
            for field in spec.type_params:
                self._mention(scope, field.type)
            whole = ast.FuncType(0, 0, spec.type_params, [], [])
            params = printer.signature(whole).removesuffix("()")
        equals = "= " if spec.alias else ""
        self._lines[member.name] = f"type {member.name}{params} {equals}{printer.source(type_)}"
        for name, method in sorted(self._package.methods(member.name).items()):
            if name[:1].isupper():
                there = method.package.scope_of(method.decl)
                node = bind_signature(there, method.decl)
                assert node.recv is not None
                self._mention(there, node.type)
                receiver = printer.source(node.recv.type)
                names = "".join(f"{ident.name} " for ident in node.recv.names)
                self._lines[f"{member.name}.{name}"] = (
                    f"func ({names}{receiver}) {name}{printer.signature(node.type)}"
                )

    def _emit_const(self, scope: FileScope, member: Member) -> None:
        spec = member.decl.value_spec()
        index = next(i for i, name in enumerate(spec.names) if name.name == member.name)
        declared = infer.declared_type(member)
        type_ = "" if str(declared).startswith("untyped") else self._spell(declared) + " "
        value = constant(scope, ast.Ident(0, 0, member.name)) if index < len(spec.values) else None
        if isinstance(value, bool):
            text = "true" if value else "false"
        elif isinstance(value, int):
            text = str(value)
        elif isinstance(value, str):
            text = _quote(value)
        elif isinstance(value, Fraction):
            text = repr(float(value))
        else:
            self._lines[member.name] = f"var {member.name} {self._spell(types.default(declared))}"
            return
        self._lines[member.name] = f"const {member.name} {type_}= {text}"

    def _mention(self, scope: FileScope, node: ast.Node) -> None:
        """Note the imports and unexported types that `node` refers to."""
        for part in ast.walk(node):
            if not isinstance(part, ast.Ident) or (
                part.obj is not None and not isinstance(part.obj, Member | PackageName)
            ):
                continue
            if isinstance(part.parent, ast.Selector) and part.parent.sel is part:
                continue
            if isinstance(part.parent, ast.Field) and part in part.parent.names:
                continue
            obj = scope.resolve(part)
            if isinstance(obj, PackageName):
                self._imports[part.name] = obj.path
            elif isinstance(obj, Member) and obj.package is self._package:
                self._want(obj.name, obj)

    def _spell(self, type_: types.Type) -> str:
        """Go source of a type as this package would write it; `any` if it is out of sight."""
        if isinstance(type_, types.Named):
            if type_.package is None:
                return type_.name
            args = f"[{', '.join(map(self._spell, type_.args))}]" if type_.args else ""
            if type_.package is self._package:
                self._want(type_.name, self._package.member(type_.name))
                return type_.name + args
            name = type_.package.name
            self._imports[name] = type_.package.path
            return f"{name}.{type_.name}{args}"
        if isinstance(type_, types.Pointer):
            return f"*{self._spell(type_.elem)}"
        if isinstance(type_, types.Slice):
            return f"[]{self._spell(type_.elem)}"
        if isinstance(type_, types.Array) and type_.length is not None:
            return f"[{type_.length}]{self._spell(type_.elem)}"
        if isinstance(type_, types.Map):
            return f"map[{self._spell(type_.key)}]{self._spell(type_.elem)}"
        if isinstance(type_, types.Basic):
            return str(types.default(type_))
        if isinstance(type_, types.Signature):
            params = ", ".join(self._spell(param.type) for param in type_.params)
            results = ", ".join(self._spell(result.type) for result in type_.results)
            return f"func({params}) ({results})"
        return "any"


def _kept(field: ast.Field) -> bool:
    return not field.names or any(name.name[:1].isupper() for name in field.names)


def _quote(text: str) -> str:
    body = "".join(
        char if char.isprintable() and char not in '"\\' else f"\\U{ord(char):08x}" for char in text
    )
    return f'"{body}"'


def std_packages(src: Path, program: Program) -> dict[str, Package]:
    """The importable packages of the standard library by import path."""
    found: dict[str, Package] = {}
    for directory in sorted({path.parent for path in src.rglob("*.go")}):
        path = directory.relative_to(src).as_posix()
        parts = path.split("/")
        if {"internal", "vendor", "testdata", "cmd", "builtin"} & set(parts):
            continue
        package = program.import_directory(directory)
        if package is not None and package.name != "main":
            found[path] = package
    return found


class _Alone(PackageSource):
    """Module stubs see nothing but themselves: their types are written out."""

    def package(self, path: str, importer: Package) -> Package | None:
        return None


def module_packages() -> dict[str, Package]:
    """The hand-written stubs by import path."""
    found: dict[str, Package] = {}
    for path in sorted(MODULES.rglob("*.go")):
        content = path.read_bytes()
        for import_path in _PACKAGE_LINE.findall(content.decode()):
            file = File(path.name, content)
            package = Package(import_path, file.package, _Alone(), go_version=(1, 27), stub=True)
            package.add_file(file)
            found[import_path] = package
    return found


def build(src: Path) -> bytes:
    """The stub file's bytes from a Go distribution's `src` folder."""

    def read(path: str) -> bytes | None:
        return Path(path).read_bytes()

    program = Program(ModuleIndex(), StubStore.empty(), read)
    packages = std_packages(src, program) | module_packages()
    index: list[str] = []
    blobs: list[bytes] = []
    offset = 0
    for path, package in sorted(packages.items()):
        blob = zlib.compress(PackageWriter(package).text().encode(), 9)
        index.append(f"{path}\t{package.name}\t{offset}\t{len(blob)}")
        blobs.append(blob)
        offset += len(blob)
    return MAGIC + b"\n" + "\n".join(index).encode() + b"\n\n" + b"".join(blobs)


def main(arguments: list[str]) -> int:
    """Write the stub file; returns an exit code."""
    if len(arguments) != 1 or not (Path(arguments[0]) / "fmt").is_dir():
        print("usage: python -m golint_concurrency.semantics.stubs.build GO_SRC", file=sys.stderr)
        return 2
    data = build(Path(arguments[0]))
    DEFAULT.write_bytes(data)
    print(f"{DEFAULT.name}: {len(data)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
