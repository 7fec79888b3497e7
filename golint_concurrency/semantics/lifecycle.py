"""Functions by which the parts of a program are set up, run and ended, as their names say.

What stands in one of them mostly happens once for each part, and of most parts a process has one.
A name is no proof: it turns a warning into a note, and nothing else.
"""

from __future__ import annotations

import re

from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.repeats import repeat_of
from golint_concurrency.syntax import ast

_STARTS = re.compile(
    r"(?i)(new|make|create|start|open|init|run|serve|setup|listen|launch|boot|main\Z)"
)


def starts_a_part(scope: FileScope, node: ast.Node) -> bool:
    """True if the function around `node` sets up or runs what it belongs to, by its name, and
    nothing in sight does that again and again: in a loop, or for each request."""
    function = ast.enclosing_function(node)
    while isinstance(function, ast.FuncLit):
        function = ast.enclosing_function(function)
    return (
        isinstance(function, ast.FuncDecl)
        and _STARTS.match(function.name.name) is not None
        and repeat_of(scope, node) is None
    )
