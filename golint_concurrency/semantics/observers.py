"""HTTP handlers that only tell how the process does: metrics, profiles, health."""

from __future__ import annotations

import re

from golint_concurrency.semantics.callgraph import initial_value
from golint_concurrency.semantics.denote import constant, is_type
from golint_concurrency.semantics.infer import callee_of
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.package import FileScope
from golint_concurrency.syntax import ast

_PATHS = re.compile(r"(GET )?/(metrics|debug|health\w*|live\w*|ready\w*|ping|status|version)\b.*")
_FRONT = ("/", "GET /", "/{$}", "GET /{$}")
_ADDS = frozenset(["Handle", "HandleFunc", "GET", "Get", "Any"])
_PACKAGES = ("/prometheus/promhttp.", "net/http/pprof.", "expvar.")


def only_observes(scope: FileScope, handler: ast.Expr) -> bool:
    """True if `handler` is made to be scraped: that of a metrics library, or a mux of the same
    function to which nothing but paths of such kinds is added."""
    handler = ast.unparen(handler)
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
