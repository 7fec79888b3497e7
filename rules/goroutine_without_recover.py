"""## What it finds
A goroutine that request code starts, or a package of a server, with no deferred `recover` of its
own.

## What happens under load
`net/http` recovers a panic of a handler: one request fails. It cannot see a goroutine that the
handler starts: a nil map or an index out of range there ends the process. With 10,000 requests in
flight, one bad input breaks 10,000 requests, and the next instance gets the same input by retry.

## Example
```go
func (s *server) create(w http.ResponseWriter, r *http.Request) {
        event := decode(r)
        go func() {
                s.publish(event)
        }()
}
```

## Use instead
```go
        go func() {
                defer func() {
                        if err := recover(); err != nil {
                                log.Printf("goroutine panicked: %v", err)
                        }
                }()
                s.publish(event)
        }()
```

## When it stays silent
- The goroutine's function defers something that recovers.
- The goroutine only waits, closes and signals: nothing in it can panic in practice.
- Package `main`, test files, goroutines of libraries that recover (conc).
- What runs cannot be seen.

Off unless selected: many teams prefer a crash to going on in an unknown state.

## Go versions
All.

## Fix
Unsafe, for closures: defers a function that recovers and logs.

## Source
Article chapter 5.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Fix, Severity, Span
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.callgraph import calls_in, target_at
from golint_concurrency.semantics.flow import recovers
from golint_concurrency.semantics.requests import request_of
from golint_concurrency.semantics.scopes import FunctionInfo
from golint_concurrency.semantics.servers import serves
from golint_concurrency.syntax import ast

HARMLESS = frozenset(
    ["builtin.close", "sync.WaitGroup.Wait", "sync.WaitGroup.Done", "time.Sleep",
     "context.Context.Done"]
)  # fmt: skip


def check(view: View, statement: ast.Go) -> Iterator[Finding]:
    call = statement.call
    starter = view.function_of(statement)
    if view.in_main or starter is None or not isinstance(call, ast.Call):
        return
    target = target_at(view.scope, call.fun)
    if target is None or recovers(target) or _only_waits(target):
        return
    if request_of(starter) is None and not serves(view.package):
        return
    literal = call.fun if isinstance(call.fun, ast.FuncLit) else None
    fix = _fix(view, statement, literal) if literal is not None else None
    yield Finding(
        statement,
        "a panic in this goroutine ends the process and every request in flight, since no recover "
        "outside can see it; defer a function in it that recovers and logs",
        fixes=(fix,) if fix is not None else (),
        span=Span(view.path, statement.start, literal.type.end if literal else statement.end),
    )


def _only_waits(target: FunctionInfo) -> bool:
    if target.node.body is None:
        return True
    if any(site.name not in HARMLESS for site in calls_in(target)):
        return False
    return not any(
        isinstance(node, ast.Index | ast.Star | ast.TypeAssert | ast.SliceExpr)
        for node in ast.walk_function(target.node.body)
    )


def _fix(view: View, statement: ast.Go, literal: ast.FuncLit) -> Fix | None:
    content = view.scope.file.content
    line_end = content.find(b"\n", literal.body.start)
    rest = content[literal.body.start + 1 : line_end].strip()
    if line_end < 0 or (rest and not rest.startswith(b"//")):
        return None  # a body on one line
    log, imports = view.import_name("log")
    indent = view.indent(statement) + "\t"
    text = (
        f"\n{indent}defer func() {{\n{indent}\tif err := recover(); err != nil {{\n"
        f'{indent}\t\t{log}.Printf("goroutine panicked: %v", err)\n{indent}\t}}\n{indent}}}()'
    )
    return Fix("recover and log", (*imports, view.insert(line_end, text)), safe=False)


RULE = Rule(
    id="GLC105",
    name="goroutine-without-recover",
    summary="a panic in this goroutine ends the whole server",
    severity=Severity.NOTE,
    check=check,
    enabled=False,
    on=(ast.Go,),
    source="S5",
    fix="unsafe",
    tests=False,
    tags=("goroutines", "panic"),
)
