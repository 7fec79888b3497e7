"""Functions by which the parts of a program are set up, run and ended, as their names say.

What stands in one of them mostly happens once for each part, and of most parts a process has one.
A name is no proof: it turns a warning into a note, and nothing else.
"""

from __future__ import annotations

import re

from golint_concurrency.semantics.callgraph import all_callers, member_of_function
from golint_concurrency.semantics.command_functions import is_command_function
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.repeats import repeat_of
from golint_concurrency.syntax import ast

_STARTS = re.compile(
    r"(?i)(new|make|create|start|schedule|open|init|run|serve|setup|listen|launch|boot|main\Z)"
)
_EXITS = re.compile(rb"\bos\.Exit\(|\blog\.Fatal")
_STOPS = re.compile(r"(?i)(graceful_?)?(stop|shutdown)")


def starts_a_part(scope: FileScope, node: ast.Node) -> bool:
    """True if the function around `node` sets up or runs what it belongs to, by its name, or is
    what a command line runs, and nothing in sight does that again and again: in a loop, or for each
    request."""
    function = _declared_around(node)
    if function is None or not (names_a_start(function) or is_command_function(scope, function)):
        return False
    return repeat_of(scope, node) is None


def names_a_start(function: ast.FuncDecl) -> bool:
    """True if the function sets up or runs a part of the program, as its name says."""
    return _STARTS.match(function.name.name) is not None


def is_part(scope: FileScope, node: ast.Node, depth: int = 3) -> bool:
    """True if `node` runs once for each part of the program, as far as names tell: in what sets a
    part up (see `starts_a_part`), or in a function that only such code calls or starts."""
    if starts_a_part(scope, node):
        return True
    function = _declared_around(node)
    if depth == 0 or function is None or repeat_of(scope, node) is not None:
        return False
    member = member_of_function(function.info)
    return member is not None and all_callers(
        member, lambda where, call: is_part(where, call, depth - 1)
    )


def may_exit(scope: FileScope, node: ast.Node) -> bool:
    """True if the function around `node` can end the process: it does not serve anybody then."""
    function = ast.enclosing_function(node) or node
    return _EXITS.search(scope.file.slice(function.start, function.end)) is not None


def ends_a_part(node: ast.Node) -> bool:
    """True if the function around `node` stops a part of the program for good, by its name. Not
    `Close`: connections and files are closed again and again."""
    function = _declared_around(node)
    return function is not None and _STOPS.match(function.name.name) is not None


def _declared_around(node: ast.Node) -> ast.FuncDecl | None:
    function = ast.enclosing_function(node)
    while isinstance(function, ast.FuncLit):
        function = ast.enclosing_function(function)
    return function if isinstance(function, ast.FuncDecl) else None
