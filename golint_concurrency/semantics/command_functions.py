"""Functions that a command line runs: once in the life of a process."""

from __future__ import annotations

import re

from golint_concurrency.semantics.objects import PackageName
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.syntax import ast

_COMMAND = re.compile(r"/(cobra|cli)(/v[0-9]+)?\Z")


def is_command_function(scope: FileScope, function: ast.FuncDecl) -> bool:
    """True for what a command line runs: `func(cmd *cobra.Command, args []string)`, and methods
    that get arguments and give an exit code, or `Execute` with an error."""
    arguments = False
    for field in function.type.params:
        type_ = field.type.x if isinstance(field.type, ast.Star) else field.type
        if isinstance(type_, ast.Selector) and isinstance(type_.x, ast.Ident):
            package = scope.resolve(type_.x)
            if isinstance(package, PackageName) and type_.sel.name in ("Command", "Context"):
                if _COMMAND.search(package.path):
                    return True
        arguments = arguments or scope.file.text(field.type) == "[]string"
    results = [scope.file.text(field.type) for field in function.type.results]
    if not arguments or function.recv is None or len(results) != 1:
        return False
    if results == ["int"]:
        return function.name.name in ("Run", "Exec", "Execute", "Main")
    return results == ["error"] and function.name.name == "Execute"
