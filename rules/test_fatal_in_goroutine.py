"""## What it finds
`t.Fatal`, `t.FailNow`, `t.Skip` and their kin, and testify's `require`, called in a goroutine
that a test starts: in the closure itself, or in a helper that it calls.

## What happens under load
These end the goroutine that calls them, by `runtime.Goexit`, not the test. The test goes on with
a result that is missing, waits for an answer that nobody will send until the ten minutes of
`go test` are over, or has already ended, and then the call panics and takes the other tests of
the package down. On a busy CI machine that is the test that fails once a week, in a place that
has nothing to do with it.

## Example
```go
go func() {
        conn, err := listener.Accept()
        if err != nil {
                t.Fatal(err)
        }
        conns <- conn
}()
conn := <-conns
```

## Use instead
```go
go func() {
        conn, err := listener.Accept()
        if err != nil {
                t.Error(err)
                close(conns)
                return
        }
        conns <- conn
}()
```
Or send the error to the test, and let it call `t.Fatal`. With testify: `assert` and `return`.

## When it stays silent
- The call belongs to a subtest that the goroutine runs (`t.Run` starts a goroutine of its own).
- The condition of testify's `Eventually`: the test fails all the same, only later.
- `t` is something that the goroutine has made for itself, or no `testing` type (`CollectT`).
- The helper is one of another package.
- `t.Error`, `t.Log`, `assert`: these may be called from any goroutine.

## Go versions
All.

## Source
Documentation of `testing.T.FailNow`; go vet's testinggoroutine, staticcheck's SA2002, testifylint's
go-require. This rule also follows helpers, and functions that start goroutines for others
(`errgroup.Group.Go`, `sync.WaitGroup.Go`, `time.AfterFunc`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from golint_concurrency.diagnostic import Severity, Span
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import facts
from golint_concurrency.semantics.callgraph import CallSite, calls_in, scope_of, target_of
from golint_concurrency.semantics.goroutines import root_object
from golint_concurrency.semantics.infer import callee_of, local_type, type_of
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.types import deref
from golint_concurrency.syntax import ast

_ENDS = frozenset(["FailNow", "Fatal", "Fatalf", "Skip", "SkipNow", "Skipf"])
_TESTING = frozenset(["testing.T", "testing.B", "testing.F", "testing.TB", "testing.common"])
_REQUIRE = "github.com/stretchr/testify/require."
_MAX_DEPTH = 3

_STARTERS = (
    "sync.WaitGroup.Go",
    "time.AfterFunc",
    "golang.org/x/sync/errgroup.Group.Go",
    "golang.org/x/sync/errgroup.Group.TryGo",
    "github.com/sourcegraph/conc.WaitGroup.Go",
    "github.com/sourcegraph/conc/pool.Pool.Go",
    "github.com/sourcegraph/conc/pool.ErrorPool.Go",
    "github.com/sourcegraph/conc/pool.ContextPool.Go",
)


def check(view: View, node: ast.Go | ast.Call) -> Iterator[Finding]:
    if isinstance(node, ast.Go):
        if not isinstance(node.call, ast.Call):
            return
        fun: ast.Expr = node.call.fun
        head = Span(view.path, node.start, node.call.fun.end)
    else:
        started = _started(view, node)
        if started is None:
            return
        fun = started
        head = Span(view.path, node.start, node.fun.end)
    target = target_of(view.scope, callee_of(view.scope, fun))
    if target is None:
        return
    inline = target.node is ast.unparen(fun)
    for site in calls_in(target):
        if not _on_this_goroutine(site):
            continue
        fatal = _ends(target, site)
        helper = None
        if fatal is None and site.target is not None and _is_near(view, site.target):
            helper = _first_in(site.target)
        if fatal is None and helper is None:
            continue
        if helper is not None and not _passes_testing(target, site):
            continue
        name, word = fatal or helper or ("", "")
        remedy = "assert and return" if name.startswith("require.") else f"{word} and return"
        message = (
            f"{name} ends only this goroutine, not the test, which goes on or waits for it in "
            f"vain; use {remedy}, or send the error to the test's own goroutine"
        )
        if not inline:
            key = f"ends-test-in:{view.path}"
            if target.memo.setdefault(key, node) is not node:
                return  # started in several places, and reported already
            yield Finding(node, message, span=head)
            return
        yield Finding(site.call, message, (view.related(node, "the goroutine starts here"),))


def _started(view: View, call: ast.Call) -> ast.Expr | None:
    """The argument that `call` runs on a goroutine of its own."""
    callee = callee_of(view.scope, call.fun)
    known = facts.of(callee.name) if callee is not None else None
    for number in known.all("go-arg") if known is not None else ():
        if number.isdigit() and int(number) < len(call.args):
            return call.args[int(number)]
    return None


def _on_this_goroutine(site: CallSite) -> bool:
    if site.mode == "go":
        return False
    return site.argument < 0 or not _has_own_test(site)


def _is_near(view: View, helper: FunctionInfo) -> bool:
    """True for a helper of the same package: those of others end tests in corner cases only."""
    return scope_of(helper).package is view.package


def _has_own_test(site: CallSite) -> bool:
    """True for a function that is given a test of its own, as t.Run and synctest.Test do."""
    if site.target is None:
        return True
    scope = scope_of(site.target)
    return any(
        param is not None and str(deref(local_type(scope, param))) in _TESTING
        for param in site.target.params
    )


def _ends(info: FunctionInfo, site: CallSite) -> tuple[str, str] | None:
    """How the call ends the goroutine: what to call it, and what to use instead."""
    owner, _, method = site.name.rpartition(".")
    fun = ast.unparen(site.call.fun)
    if owner in _TESTING and method in _ENDS and isinstance(fun, ast.Selector):
        if _is_own(info, fun.x):
            return None
        receiver = fun.x.name if isinstance(fun.x, ast.Ident) else "t"
        if method.startswith("Skip"):
            return f"{receiver}.{method}", f"{receiver}.Log"
        return f"{receiver}.{method}", f"{receiver}.Error{'f' if method.endswith('f') else ''}"
    if site.name.startswith(_REQUIRE):
        if owner.endswith(".Assertions"):
            return ("require." + method, "") if not _is_own(info, fun) else None
        scope = scope_of(info)
        if not site.call.args or method == "New":
            return None
        first = site.call.args[0]
        bare = str(deref(type_of(scope, first)))
        if bare in _TESTING and not _is_own(info, first):
            return "require." + method, ""
    return None


def _is_own(info: FunctionInfo, expr: ast.Expr) -> bool:
    """True if the `t` in `expr` is made by the goroutine itself."""
    root = root_object(scope_of(info), expr)
    return isinstance(root, Local) and root.role not in ("param", "receiver") and (
        info.node.start <= root.ident.start < info.node.end
    )  # fmt: skip


def _passes_testing(info: FunctionInfo, site: CallSite) -> bool:
    """True if the helper is given the test, or is a closure that has it."""
    scope = scope_of(info)
    given = [*site.call.args]
    fun = ast.unparen(site.call.fun)
    if isinstance(fun, ast.Selector):
        given.append(fun.x)
    for argument in given:
        if str(deref(type_of(scope, argument))) in _TESTING:
            return not _is_own(info, argument)
    return site.target is not None and isinstance(site.target.node, ast.FuncLit)


def _first_in(info: FunctionInfo) -> tuple[str, str] | None:
    """The first call in a helper, or in what it calls, that ends its goroutine."""
    if "ends-test" in info.memo:
        known: tuple[str, str] | None = info.memo["ends-test"]
        return known
    found: tuple[str, str] | None = None
    seen = {id(info)}
    queue: deque[tuple[FunctionInfo, int]] = deque([(info, 1)])
    while queue and found is None:
        current, depth = queue.popleft()
        for site in calls_in(current):
            if not _on_this_goroutine(site):
                continue
            found = _ends(current, site)
            if found is not None:
                break
            target = site.target
            if target is None or id(target) in seen or depth >= _MAX_DEPTH:
                continue
            if _passes_testing(current, site):
                seen.add(id(target))
                queue.append((target, depth + 1))
    info.memo["ends-test"] = found
    return found


RULE = Rule(
    id="GLC108",
    name="test-fatal-in-goroutine",
    summary="t.Fatal or require in a goroutine of a test",
    severity=Severity.ERROR,
    check=check,
    on=(ast.Go,),
    calls=_STARTERS,
    needs=(b'"testing"',),
    source="P",
    tags=("goroutines", "tests"),
)
