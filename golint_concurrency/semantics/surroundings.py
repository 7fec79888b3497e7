"""Where code stands: in a service, in a tool that ends soon, in support of tests, in a sample.

Harm that grows with requests and hours needs a process that gets requests and lives for hours. A
tool that does one thing and exits, the helpers of tests, and programs that show how a library is
used, have neither. What is told here is told by imports, by names of folders within the module
(never above its repository) and by words; where nothing speaks for it, code is taken to serve.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from golint_concurrency.semantics import mentions, programs
from golint_concurrency.semantics.objects import PackageName
from golint_concurrency.semantics.package import FileScope, Package
from golint_concurrency.semantics.program import Program
from golint_concurrency.semantics.servers import listens, module_serves
from golint_concurrency.syntax import ast

_TESTING = re.compile(
    r"(e2e|http|io|fs|slog|db|unit|integration|mock|fake|acceptance|system)?[-_]?"
    r"(e2e|test[-_]?(s|ing|er|util|utils|helpers?|support|suite|suites|kit|lib|env|server|cluster|harness|bed|fixtures?)?|"
    r"mock(s|ing)?|fakes?|fixtures?)|integration|chaos|[a-z0-9]+[-_]tests?|"
    r"(?!(at|con|pro|la|fas|grea|back|speed|pen)test)[a-z0-9]+test"
)
"""Names of folders and packages that hold what only tests need, as Go projects call them."""
_TEST_IMPORTS = re.compile(
    r"net/http/httptest|testing/\w+|github\.com/(stretchr/testify/|onsi/(ginkgo|gomega)|"
    r"ory/dockertest|testcontainers/|golang/mock/|DATA-DOG/go-sqlmock).*"
)
_MOCKS = re.compile(r"(mock|fake)s?_.+|.+_(mock|fake)s?")
_SYSTEM = re.compile(r"_(unix|linux|windows|darwin)\Z")
_SAMPLES = re.compile(
    r"_?examples?|bench|benchmarks?|contrib|demos?|dev[-_]?tools?|dummy|experimental|hack|"
    r"hello([-_]?world)?|loadtest|\w*playground|samples?|([\w-]+[-_])?scripts?|simulations?|"
    r"third_party|tools|tutorials?"
)
"""golangci-lint leaves `examples` out by default as well."""
_TOOL = re.compile(r".+[-_]cli|\w+cli|kubectl-.+|\w+ctl")
"""Names of folders that hold a tool for the command line: `cmd/shop-cli`, `shopctl`."""
_STAYS = (b"signal.Notify", b"select {}", b"ListenAndServe", b".Serve(", b"net.Listen")
_RUNS = (*_STAYS, b".Run(", b".Start(")
_COMMANDS = re.compile(
    r"github\.com/(spf13/cobra|urfave/cli(/v\d+)?|jessevdk/go-flags|alecthomas/(kong|kingpin/v\d+)|"
    r"mitchellh/cli|google/subcommands)"
)
"""Libraries with which commands of a command line are declared."""
_EXECUTES = b") Execute(args []string) error {"
_CONSUMES = (b"net.Listen", b"lambda.Start(", b"FetchMessage(", b"ReadMessage(", b"ConsumeClaim(")
_PROGRAM = b"package main\n"


def supports_tests(program: Program, scope: FileScope) -> bool:
    """True for files of tests, and for what only tests use: by its imports, or by the name of the
    file, of its package or of a folder around it."""
    return (
        scope.is_test
        or any(_TEST_IMPORTS.fullmatch(spec.path) for spec in scope.file.imports)
        or _TESTING.fullmatch(scope.package.name) is not None
        or _TESTING.fullmatch(_SYSTEM.sub("", Path(scope.file.path).stem)) is not None
        or _MOCKS.fullmatch(Path(scope.file.path).stem) is not None
        or any(_TESTING.fullmatch(folder) for folder in _folders(program, scope.package))
    )


def is_sample(program: Program, package: Package) -> bool:
    """True for programs that show something, or that the makers of the module run by hand."""
    folders = _folders(program, package)
    if package.name == "main" and any(folder.startswith("test") for folder in folders[-1:]):
        return True
    # `build` at the top holds what builds the project.
    return folders[:1] == ("build",) or any(_SAMPLES.fullmatch(folder) for folder in folders)


def is_command(scope: FileScope) -> bool:
    """True for a file that declares a command and starts nothing that goes on running."""
    files = [scope.file]
    if scope.file.mentions(_EXECUTES):  # of go-flags, which only the parser's file imports
        files = scope.package.files
    return any(
        _COMMANDS.fullmatch(spec.path) for file in files for spec in file.imports
    ) and not any(scope.file.mentions(word) for word in _RUNS)


def ends_soon(program: Program, package: Package) -> bool:
    """True for a program that neither listens nor waits for a signal, or that listens on loopback
    only, and for what only such programs of a module use: packages that they reach and no other
    module does, and folders with the name of a tool."""
    folders = _folders(program, package)
    if "cli" in folders or any(_TOOL.fullmatch(folder) for folder in folders):
        return True
    if package.name == "main" and not any(mentions.in_package(package, word) for word in _STAYS):
        return True
    life = programs.life_of(program, package)
    if life != programs.UNKNOWN:
        return life == programs.LOCAL or (life == programs.ENDS and package.name != "main")
    if package.name != "main" and {"internal", "cmd"}.isdisjoint(_folders(program, package)):
        return False  # another module may use it, in a server
    return (
        not listens(package)
        and not module_serves(program, package)
        and mentions.in_module(program, package, (*_CONSUMES, _PROGRAM)) == {_PROGRAM}
    )


def carries_load(program: Program, scope: FileScope) -> bool:
    """False where no requests come and no hours pass: what piles up there stays a small pile."""
    package = scope.package
    known = package.memo.get("carries-load")
    if known is None:
        known = not is_sample(program, package) and not ends_soon(program, package)
        package.memo["carries-load"] = known
    return bool(known) and not is_command(scope) and not supports_tests(program, scope)


def is_injected(scope: FileScope, node: ast.Node) -> bool:
    """True for code that only runs where a test asks for a fault: `failpoint.Inject("name", f)`."""
    up: ast.Node | None = node
    while up is not None:
        call = up.parent
        if isinstance(up, ast.FuncLit) and isinstance(call, ast.Call) and up in call.args:
            fun = ast.unparen(call.fun)
            package = (
                scope.resolve(fun.x)
                if isinstance(fun, ast.Selector) and isinstance(fun.x, ast.Ident)
                else None
            )
            if isinstance(package, PackageName) and package.path.endswith("/failpoint"):
                return True
        up = call
    return False


def _folders(program: Program, package: Package) -> tuple[str, ...]:
    """The folders from the root of its repository down to the package."""
    if not package.directory:
        return ()
    module = program.modules.for_path(Path(package.directory))
    if module is None:
        return ()
    path = os.path.relpath(package.directory, program.modules.repository_root(module))
    return () if path.startswith("..") else tuple(path.split(os.sep))
