"""## What it finds
- A constant without a unit where a `time.Duration` is expected: `time.Sleep(5)` sleeps five
  nanoseconds.
- A length of time multiplied by another: `time.Since(start) * time.Millisecond`.
- `time.NewTicker`, `Ticker.Reset` and `time.Tick` with a constant that is zero or negative.

## What happens under load
A `time.Duration` counts nanoseconds. A retry loop with `time.Sleep(100)` between its attempts
makes millions of attempts a second and takes a core; `context.WithTimeout(ctx, 30)` has expired
before the request leaves, so every call fails; `http.Client{Timeout: 10}` the same. The product of
two times is off by a factor of up to a billion: one second times one second is 31 years, so the
timeout that should free a stuck goroutine never comes. A ticker with a period of zero panics, and
the channel of `time.Tick(0)` is nil: whoever receives from it waits for ever.

## Example
```go
const retryDelay = 100

func connect(dial func() error) {
        for dial() != nil {
                time.Sleep(retryDelay)
        }
}
```

## Use instead
```go
const retryDelay = 100 * time.Millisecond

func connect(dial func() error) {
        for dial() != nil {
                time.Sleep(retryDelay)
        }
}
```

## When it stays silent
- The constant is 0 or 1 ("at once"), or ten thousand and more: then the author counts nanoseconds.
- The function is declared in the module itself, or is arithmetic on times (`Time.Add`, `Round`).
- A factor whose making is not in sight: a parameter, a field, or a variable that is assigned again
  may well be a bare count, as in `time.Duration(n) * time.Second`.
- A product that is divided again (`elapsed * total / done`), or the square of one value; a product
  with `time.Nanosecond`, which is 1.
- A comment there keeps staticcheck's SA1004 quiet: the number is meant.
- Test files.

## Go versions
All.

## Source
staticcheck SA1004, the linter durationcheck; documentation of `time.NewTicker`.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import infer
from golint_concurrency.semantics.denote import core, is_type, literal_type
from golint_concurrency.semantics.durations import is_duration, is_time, length
from golint_concurrency.semantics.members import select
from golint_concurrency.semantics.types import Signature, deref, is_named
from golint_concurrency.syntax import ast

SMALLEST, LARGEST = 2, 9_999
PERIODS = frozenset(["time.NewTicker", "time.Tick", "time.Ticker.Reset"])
ARITHMETIC = frozenset(["Add", "Round", "Truncate"])


def check(view: View, node: ast.Node) -> Iterator[Finding]:
    if isinstance(node, ast.Binary):
        if node.op == "*":
            yield from _product(view, node)
    elif isinstance(node, ast.Call):
        yield from _call(view, node)
    elif isinstance(node, ast.KeyValue):
        if _is_bare(view, node.value) and _sets_duration(view, node):
            yield _without_unit(view, node.value, node)
    elif isinstance(node, ast.Assign) and node.op == "=" and len(node.lhs) == len(node.rhs) == 1:
        target, value = node.lhs[0], node.rhs[0]
        if isinstance(target, ast.Selector) and _is_bare(view, value):
            if is_duration(view.scope, target) and _is_foreign(view, target.x):
                yield _without_unit(view, value, node)


def _call(view: View, call: ast.Call) -> Iterator[Finding]:
    if not call.args or is_type(view.scope, call.fun):
        return
    period = _last_name(call.fun) in ("NewTicker", "Tick", "Reset")
    for index, argument in enumerate(call.args):
        if period and index == 0:
            value = length(view.scope, argument)
            if value is not None and value <= 0 and view.name_of(call) in PERIODS:
                yield _period(view, call)
                return
        if (
            _is_bare(view, argument)
            and _takes_duration(view, call, index)
            and not _is_meant(view, call)
        ):
            yield _without_unit(view, argument, call)


def _is_meant(view: View, call: ast.Call) -> bool:
    """True if a comment on the line or above it keeps staticcheck's twin of this check quiet: who
    wrote that has looked at the number."""
    return b"SA1004" in view.lines_to(call.start, call.end)


def _last_name(fun: ast.Expr) -> str:
    return fun.sel.name if isinstance(fun, ast.Selector) else getattr(fun, "name", "")


def _is_bare(view: View, expr: ast.Expr) -> bool:
    """True for a small whole number that says no unit: a literal, a constant of one."""
    expr = ast.unparen(expr)
    if isinstance(expr, ast.Call):
        if len(expr.args) != 1 or _last_name(expr.fun) != "Duration":
            return False
        if not is_type(view.scope, expr.fun) or not isinstance(expr.args[0], ast.BasicLit):
            return False
    elif isinstance(expr, ast.BasicLit):
        if expr.kind != "int":
            return False
    elif isinstance(expr, ast.Binary):
        if not isinstance(ast.unparen(expr.y), ast.BasicLit):
            return False
    elif not isinstance(expr, ast.Ident | ast.Selector):
        return False
    value = length(view.scope, expr)
    if value is None or not SMALLEST <= value <= LARGEST:
        return False
    return is_time(view.scope, expr) is False


def _takes_duration(view: View, call: ast.Call, index: int) -> bool:
    """True if a function of a library expects a duration there, to wait for it."""
    if _last_name(call.fun) in ARITHMETIC:
        return False
    callee = view.callee(call)
    if callee is None or callee.member is None or not callee.member.package.stub:
        return False
    signature = core(infer.type_of(view.scope, call.fun))
    return (
        isinstance(signature, Signature)
        and index < len(signature.params)
        and is_named(signature.params[index].type, "time.Duration")
    )


def _sets_duration(view: View, pair: ast.KeyValue) -> bool:
    literal = pair.parent
    if not isinstance(literal, ast.CompositeLit) or not isinstance(pair.key, ast.Ident):
        return False
    type_ = literal_type(view.scope, literal)
    package = getattr(deref(type_), "package", None)
    if package is None or not package.stub:
        return False
    field = select(type_, pair.key.name)
    return field is not None and is_named(field.type, "time.Duration")


def _is_foreign(view: View, expr: ast.Expr) -> bool:
    package = getattr(deref(infer.type_of(view.scope, expr)), "package", None)
    return package is not None and bool(package.stub)


def _product(view: View, product: ast.Binary) -> Iterator[Finding]:
    scope = view.scope
    up = product.parent
    while isinstance(up, ast.Paren | ast.Binary):
        if isinstance(up, ast.Binary) and up.op in ("/", "%"):
            return
        up = up.parent
    if not (is_duration(scope, product.x) and is_duration(scope, product.y)):
        return
    if view.text(product.x) == view.text(product.y) and length(scope, product.x) is None:
        return
    if 1 in (length(scope, product.x), length(scope, product.y)):
        return  # n * time.Nanosecond is n: said twice, and still right
    if is_time(scope, product.x) and is_time(scope, product.y):
        yield Finding(
            product,
            "both factors are lengths of time, so the product counts nanoseconds times "
            "nanoseconds, and whoever waits for it waits a billion times too long; multiply by a "
            "bare number, as in time.Duration(n) * time.Second",
        )


def _without_unit(view: View, value: ast.Expr, around: ast.Node) -> Finding:
    count = length(view.scope, value)
    what = "this timeout is over" if not isinstance(around, ast.Call) else "this time is over"
    if isinstance(around, ast.Call) and view.name_of(around) == "time.Sleep":
        what = "this sleep is over"
    return Finding(
        value,
        f"without a unit {view.text(value)} means {count} nanoseconds: {what} before anything can "
        f"happen, and a loop around it spins; say the unit, as in "
        f"{count} * {view.import_name('time')[0]}.Millisecond",
    )


def _period(view: View, call: ast.Call) -> Finding:
    name = _last_name(call.fun)
    harm = (
        "the channel of time.Tick is nil for a period that is not positive, "
        "and a receive from it waits for ever"
        if name == "Tick"
        else f"{name} panics for a period that is not positive"
    )
    return Finding(call, f"{harm}; give it a period above zero")


RULE = Rule(
    id="GLC405",
    name="duration-mistake",
    summary="a duration without a unit, or one multiplied by another",
    severity=Severity.ERROR,
    check=check,
    on=(ast.Binary, ast.Call, ast.KeyValue, ast.Assign),
    triggers=(
        b"Sleep", b"After", b"NewTimer", b"NewTicker", b"Tick", b"Reset", b"Timeout", b"Interval",
        b"second", b"Second", b"Minute", b"Hour", b"Delay",
    ),
    source="P",
    tests=False,
    tags=("timers",),
)  # fmt: skip
