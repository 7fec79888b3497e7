"""Whether work leaves its caller's context out on purpose.

Nobody can tell for certain what a programmer meant, so every sign of purpose counts: what the
code is called, where it stands, and what a comment beside it says.
"""

from __future__ import annotations

import re

from golint_concurrency.semantics import infer
from golint_concurrency.semantics.cfg_queries import is_error_test
from golint_concurrency.semantics.contexts import Held
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.semantics.types import is_named
from golint_concurrency.syntax import ast

_SAID = re.compile(
    rb"(?i)context|ctx|cancel|detach|background|outliv|deliberate|on purpose|intentional|async|"
    rb"regardless|even (if|when|though)|must (always|still)|nolint|timeout|deadline"
)
_ANNOUNCED = re.compile(rb"(?i)\b(in (the )?background|detach|outliv|fire[- ]and[- ]forget|async)")
_PACED = re.compile(
    rb"(?i)\bcontext\b|\bctx|cancel|deliberat|on purpose|intentional|brute|(tidy|clean)[- ]?up|"
    rb"graceful|\bdrain"
)
_GUARDS = re.compile(r"(?i)auth(enticate|ori[sz]ed)\Z|(login|password)")
_NAMED = re.compile(
    r"(?i)(close|shut_?down|stop|clean_?up|rollback|release|unlock|tear_?down|abort|flush|"
    r"background|async|detach|undo|compensat|graceful|deregister|unregister|"
    r"unsubscribe|disconnect|terminate|expire|evict|purge)"
)

_MAKES = re.compile(
    r"(?i)(new|make|create.*(client|conn|pool|session)|dial|connect|open|init|start|run|serve|"
    r"listen|watch|subscribe|setup|set_up|register|acquire|begin|consume|get_?(client|conn|pool))"
)


def makes_long_lived(call: ast.Call) -> bool:
    """True if `call`, by its name, makes something that its context keeps alive afterwards."""
    return _MAKES.match(_name(call.fun)) is not None


def cleans_up(call: ast.Call) -> bool:
    """True if the function around `call` cleans up, by its name."""
    up: ast.Node | None = call
    while up is not None and not isinstance(up, ast.FuncDecl):
        up = up.parent
    return up is not None and _NAMED.search(up.name.name) is not None


def is_detached(scope: FileScope, call: ast.Call) -> bool:
    """True if something says that `call` is not meant to end with the context around it.

    It cleans up, by its name or that of the function around; it stands where an error or the end
    of the context is dealt with; or a comment right above or beside it speaks of that.
    """
    if _NAMED.search(_name(call.fun)) or _explained(scope, call):
        return True
    child: ast.Node = call
    up = call.parent
    while up is not None:
        if isinstance(up, ast.FuncDecl):
            return _NAMED.search(up.name.name) is not None
        if isinstance(up, ast.FuncLit) and _NAMED.search(_holder(up)):
            return True
        if isinstance(up, ast.If):
            if child is up.then and _is_failure(scope, up.cond, True):
                return True
            if child is up.orelse and _is_failure(scope, up.cond, False):
                return True
        if isinstance(up, ast.CommClause) and up.comm is not None and child is not up.comm:
            if any(_asks_context(scope, node) for node in ast.walk(up.comm)):
                return True
        child, up = up, up.parent
    return False


def outlives_request(scope: FileScope, call: ast.Call, held: Held) -> bool:
    """True if the package starts the function around `call` on a goroutine of its own and gives it
    the context of a request, which ends before: `go s.check(r.Context(), id)`, `go s.check(r)`."""
    up: ast.Node | None = call
    while up is not None and not isinstance(up, ast.FuncDecl):
        up = up.parent
    if up is None:
        return False
    given = rb"" if held.text != held.local.name else rb"\s*(?:\w+\.)*\w+\.Context\(\)"
    memo, key = scope.package.memo, ("started-with-context", up.name.name, given)
    if key not in memo:
        name = re.escape(up.name.name.encode())
        start = re.compile(rb"\bgo\s+(?:\w+\.)*" + name + rb"\(" + given)
        memo[key] = any(start.search(other.file.content) for other in scope.package.scopes.values())
    return memo[key] is True


def is_paced(scope: FileScope, call: ast.Call) -> bool:
    """True if the pause `call` is meant to pass as it is: a comment says so, or it keeps those who
    guess a password waiting, by the name of its function."""
    if _explained(scope, call, _PACED):
        return True
    function = ast.enclosing_function(call)
    if isinstance(function, ast.FuncLit):
        return _GUARDS.search(_holder(function)) is not None
    return function is not None and _GUARDS.search(function.name.name) is not None


def is_announced(scope: FileScope, statement: ast.Stmt) -> bool:
    """True if a comment above calls what `statement` starts work in the background: right above
    it, or at the head of the lines that lead to it."""
    content = scope.file.content
    end = content.rfind(b"\n", 0, statement.start)
    while end >= 0:
        start = content.rfind(b"\n", 0, end) + 1
        text, end = content[start:end].strip(), start - 1
        if not text or text.endswith(b"{"):
            return False
        if text.startswith(b"//") and _ANNOUNCED.search(text):
            return True
    return False


def deals_with_failure(node: ast.Node) -> bool:
    """True if `node` stands in a branch of its function that is only taken after an error or a
    panic."""
    child, up = node, node.parent
    while up is not None and not isinstance(up, ast.FuncDecl | ast.FuncLit):
        if isinstance(up, ast.If):
            branches = ((up.then, True), (up.orelse, False))
            if any(child is branch and _tests_error(up.cond, when) for branch, when in branches):
                return True
            if child is up.then and _recovers(up):
                return True
        child, up = up, up.parent
    return False


def _recovers(statement: ast.If) -> bool:
    """True for `if r := recover(); r != nil`."""
    parts = [part for part in (statement.init, statement.cond) if part is not None]
    return any(
        isinstance(node, ast.Call) and ast.last_name(node.fun) == "recover"
        for part in parts
        for node in ast.walk(part)
    )


def _tests_error(cond: ast.Expr, when: bool) -> bool:
    return any(isinstance(node, ast.Expr) and is_error_test(node, when) for node in ast.walk(cond))


def watches_context(scope: FileScope, call: ast.Call) -> bool:
    """True if the function around starts something that waits for the end of a context: that may
    end what the call waits for."""
    function = ast.enclosing_function(call)
    if function is None:
        return False
    for node in ast.walk(function):
        if isinstance(node, ast.Selector):
            if node.sel.name == "Done" and ast.enclosing_function(node) is not function:
                if _asks_context(scope, node):
                    return True
            if node.sel.name == "AfterFunc":
                return True
    return False


def _is_failure(scope: FileScope, cond: ast.Expr, when: bool) -> bool:
    """True if `cond` being `when` means that something failed, or that the context is done."""
    for node in ast.walk(cond):
        if isinstance(node, ast.Expr) and is_error_test(node, when):
            return True
        if when and _asks_context(scope, node):
            return True
    return False


def _asks_context(scope: FileScope, node: ast.Node) -> bool:
    return (
        isinstance(node, ast.Selector)
        and node.sel.name in ("Err", "Done")
        and is_named(infer.type_of(scope, node.x), "context.Context")
    )


def _name(fun: ast.Expr) -> str:
    fun = ast.unparen(fun)
    if isinstance(fun, ast.Selector):
        return fun.sel.name
    return fun.name if isinstance(fun, ast.Ident) else ""


def _holder(literal: ast.FuncLit) -> str:
    """The name of the variable or field that a closure is given to, "" if it has none."""
    parent = literal.parent
    if isinstance(parent, ast.Assign) and literal in parent.rhs:
        return _name(parent.lhs[min(parent.rhs.index(literal), len(parent.lhs) - 1)])
    if isinstance(parent, ast.ValueSpec) and literal in parent.values:
        return parent.names[min(parent.values.index(literal), len(parent.names) - 1)].name
    if isinstance(parent, ast.KeyValue):
        return _name(parent.key)
    return ""


def _explained(scope: FileScope, call: ast.Call, said: re.Pattern[bytes] = _SAID) -> bool:
    """True if a comment on the lines of the statement, or right above it, speaks of contexts (or
    of what else `said` names)."""
    statement: ast.Node = call
    while statement.parent is not None and not isinstance(statement, ast.Stmt):
        statement = statement.parent
    content = scope.file.content
    line_end = content.find(b"\n", call.end)
    comment = content[call.end : line_end if line_end >= 0 else len(content)].partition(b"//")[2]
    if said.search(comment):
        return True
    end = content.rfind(b"\n", 0, statement.start) + 1
    while end > 0:
        start = content.rfind(b"\n", 0, end - 1) + 1
        line = content[start : end - 1].strip()
        if not line.startswith((b"//", b"*", b"/*")):
            return False
        if said.search(line):
            return True
        end = start
    return False
