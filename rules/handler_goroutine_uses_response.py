"""## What it finds
A goroutine that a handler starts and that uses what the handler only borrows: the
`http.ResponseWriter`, the body of the request, a `*gin.Context`, `echo.Context` or `*fiber.Ctx`,
although the handler can return before the goroutine is done.

## What happens under load
When a handler returns, `net/http` finishes the response, closes the body and reuses the buffers;
gin, echo and fiber put the context object back into a pool. With one request at a time nothing
shows. At 2,000 requests a second the object belongs to another request within microseconds: bytes
land in somebody else's response, one user's parameters are stored for another, maps of headers are
written by two goroutines ("fatal error: concurrent map writes" ends the process and every request
in it).

## Example
```go
func (s *server) create(c *gin.Context) {
        go func() {
                s.audit(c.GetString("user"), c.Request.URL.Path)
        }()
        c.Status(http.StatusAccepted)
}
```

## Use instead
```go
func (s *server) create(c *gin.Context) {
        user, path := c.GetString("user"), c.Request.URL.Path
        go s.audit(user, path)
        c.Status(http.StatusAccepted)
}
```
Read what the goroutine needs before it starts (gin also has `c.Copy()`), let the handler alone
write the response, or wait for the goroutine before returning.

## When it stays silent
- The handler waits for the goroutine on every path: `WaitGroup.Wait`, a receive of its result.
- The signal of the goroutine is returned or passed on, so that a caller may wait.
- The goroutine is given a copy (`c.Copy()`), or values that were read before it starts.
- Test files, where such handlers are made on purpose.
- The request itself is used, but not its body: its URL, headers and context stay valid.

## Go versions
All.

## Source
Article chapter 3.3; documentation of `http.Handler` ("it is not valid to use the ResponseWriter or
read from the Request.Body after or concurrently with the completion of the ServeHTTP call"), of
gin ("goroutines inside a middleware"), of fiber ("zero allocation"); data race study PLDI 2022.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Severity, Span, Step
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.borrowed import borrowed_by
from golint_concurrency.semantics.callgraph import target_at
from golint_concurrency.semantics.cfg_queries import witness_lines
from golint_concurrency.semantics.joins import joining
from golint_concurrency.syntax import ast

HARM = {
    "response": "the server reuses it then, so bytes land in another response or the process "
    "panics; let the handler write, or wait for the goroutine before returning",
    "body": "the server closes the body then, so what is read is cut off or another request's; "
    "read it before the goroutine starts, or wait for the goroutine before returning",
    "gin": "gin gives it to the next request, so under load users see each other's data; pass "
    "c.Copy() or the values that the goroutine needs",
    "echo": "echo gives it to the next request, so under load users see each other's data; read "
    "the values that the goroutine needs before it starts",
    "fiber": "fiber gives it to the next request, so under load users see each other's data; "
    "copy the values that the goroutine needs before it starts",
}


def check(view: View, statement: ast.Go) -> Iterator[Finding]:
    call = statement.call
    if not isinstance(call, ast.Call) or view.path.endswith("_test.go"):
        return
    target = target_at(view.scope, call.fun)
    used = borrowed_by(view.scope, statement, target)
    if used is None:
        return
    joined = joining(view.scope, statement, target)
    if joined.path is None or joined.elsewhere:
        return
    end = call.fun.type.end if isinstance(call.fun, ast.FuncLit) else statement.end
    span = Span(view.path, statement.start, end)
    flow = [Step(span, "the goroutine starts here")]
    for turn in witness_lines(joined.path):
        flow.append(Step(view.range(turn.offset, turn.offset), f"the handler: {turn.text}"))
    flow.append(view.step(used.use, f"{used.name} may be used here, after that"))
    yield Finding(
        statement,
        f"this goroutine uses {used.name}, which is no longer the handler's once it has returned: "
        f"{HARM[used.kind]}",
        (view.related(used.use, f"{used.name} is used here"),),
        tuple(flow),
        span=span,
    )


RULE = Rule(
    id="GLC102",
    name="handler-goroutine-uses-response",
    summary="goroutine uses the response or the context of a request that may be over",
    severity=Severity.ERROR,
    check=check,
    on=(ast.Go,),
    source="S3.3",
    tags=("goroutines", "http"),
)
