"""HTTP handlers that only tell how the process does: metrics, profiles, health; and servers for
those who run it."""

from __future__ import annotations

import re
from pathlib import Path

from golint_concurrency.semantics import mentions
from golint_concurrency.semantics.callgraph import initial_value
from golint_concurrency.semantics.denote import constant, is_type
from golint_concurrency.semantics.infer import callee_of
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.syntax import ast

_PATHS = re.compile(r"(GET )?/(metrics|debug|health\w*|live\w*|ready\w*|ping|status|version)\b.*")
_NAMES = re.compile(
    r"[dD]ebug|[pP]prof|PPROF|[mM]etrics|[pP]rometheus|[hH]ealth|[eE]xporter|[dD]ev[sS]erver|"
    r"[oO]bservab|[sS]wagger|[pP]layground|[sS]tats|[aA]dmin|[iI]nstall"
)
_FRONT = ("/", "GET /", "/{$}", "GET /{$}")
_ADDS = frozenset(["Handle", "HandleFunc", "GET", "Get", "Any"])
_PACKAGES = ("/prometheus/promhttp.", "net/http/pprof.", "expvar.")


def only_observes(scope: FileScope, handler: ast.Expr) -> bool:
    """True if `handler` is made to be scraped: that of a metrics library, or a mux of the same
    function to which nothing but paths of such kinds is added."""
    handler = ast.unparen(handler)
    if isinstance(handler, ast.Ident) and handler.name == "nil":
        return _offers_profiles_only(scope)
    if isinstance(handler, ast.Call):
        if is_type(scope, handler.fun) and len(handler.args) == 1:
            return only_observes(scope, handler.args[0])
        return _observes(scope, handler)
    local = handler.obj if isinstance(handler, ast.Ident) else None
    if not isinstance(local, Local):
        return False
    made = initial_value(local)
    if isinstance(made, ast.Call) and _observes(scope, made):
        return True
    paths = [_path_added(scope, use) for use in local.uses]
    added = [path for path in paths if path is not None and path not in _FRONT]
    return bool(added) and all(_PATHS.fullmatch(path) for path in added)


def _offers_profiles_only(scope: FileScope) -> bool:
    """True if the default mux has the profiler, by an import of the file, and nothing that the
    package adds."""
    return any(spec.path == "net/http/pprof" for spec in scope.file.imports) and not any(
        mentions.in_package(scope.package, word) for word in (b"http.Handle(", b"http.HandleFunc(")
    )


def named_for_it(scope: FileScope, server: ast.Expr, address: ast.Expr | None) -> bool:
    """True if the names say so: that of the package, of a program's folder, of the file, of the
    function around `server`, of what it is kept in, or of what it listens on (`config.Debug.Addr`, `metricsServer := ...`)."""
    value: ast.Node = server
    while isinstance(value.parent, ast.Paren | ast.Unary):
        value = value.parent
    named: list[ast.Node] = []
    if isinstance(value.parent, ast.Assign) and len(value.parent.lhs) == 1:
        named.append(value.parent.lhs[0])
    function = ast.enclosing_function(server)
    while isinstance(function, ast.FuncLit):
        function = ast.enclosing_function(function)
    if isinstance(function, ast.FuncDecl):
        named.append(function.name)
    if address is not None:
        named.append(address)
        local = address.obj if isinstance(address, ast.Ident) else None
        made = initial_value(local) if isinstance(local, Local) else None
        if made is not None:
            named.append(made)
    package = scope.package
    name = Path(package.directory).name if package.name == "main" else package.name
    names = [name, Path(scope.file.path).stem, *map(scope.file.text, named)]
    return any(map(_NAMES.search, names))


def _observes(scope: FileScope, call: ast.Call) -> bool:
    callee = callee_of(scope, call.fun)
    return callee is not None and any(package in callee.name for package in _PACKAGES)


def _path_added(scope: FileScope, use: ast.Ident) -> str | None:
    """The path under which something is added to the mux; "?" for what only the run can tell, and
    for other uses that may add to it; None for those that do not."""
    selector = use.parent
    call = selector.parent if isinstance(selector, ast.Selector) else None
    if isinstance(selector, ast.Selector) and isinstance(call, ast.Call) and call.fun is selector:
        if selector.sel.name not in _ADDS or not call.args:
            return "?"
        path = constant(scope, call.args[0])
        return path if isinstance(path, str) else "?"
    return None if isinstance(use.parent, ast.KeyValue | ast.Assign | ast.Call) else "?"
