"""## What it finds
A unary gRPC call whose context never expires (`context.Background()`, `context.TODO()`, or what is
derived from them without a deadline), and `grpc.Dial` with `WithBlock` and no timeout.

## What happens under load
gRPC sends the caller's deadline along and gives up when it passes; without one it does neither. A
server that hangs, or a connection that was cut without a word, holds the call for as long as
keep-alive allows, which is for ever by default. A job that makes 20 such calls a second has 72,000
goroutines an hour later, each with a stream on the connection, and the server works for nobody.

## Example
```go
reply, err := client.Charge(context.Background(), request)
```

## Use instead
```go
ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
defer cancel()
reply, err := client.Charge(ctx, request)
```

## When it stays silent
- The context comes from elsewhere, or has a deadline.
- Streaming calls, which may last.
- The module sets timeouts for all calls: a default service configuration, or the timeout
  interceptor of go-grpc-middleware.
- The method's signature is not that of a generated client, or cannot be seen.
- Test files.

## Go versions
All.

## Source
Article chapter 4.4; "Deadlines", grpc.io/docs/guides/deadlines.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import mentions
from golint_concurrency.semantics.contexts import is_context
from golint_concurrency.semantics.deadlines import never_expires
from golint_concurrency.semantics.denote import core
from golint_concurrency.semantics.types import Pointer, Signature, Slice, is_named
from golint_concurrency.syntax import ast

GRPC = "google.golang.org/grpc"
INVOKES = (f"{GRPC}.ClientConn.Invoke", f"{GRPC}.ClientConnInterface.Invoke")
BOUNDED = (b"WithDefaultServiceConfig(", b"timeout.UnaryClientInterceptor(")


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    if not isinstance(ast.unparen(call.fun), ast.Selector) or not call.args:
        return
    name = view.name_of(call)
    if name in (f"{GRPC}.Dial", f"{GRPC}.DialContext"):
        message = _blocking_dial(view, call, name)
    elif (name in INVOKES or _is_unary(view, call)) and never_expires(view.scope, call.args[0]):
        message = (
            "this call has no deadline: a server that hangs holds the caller and its stream for "
            "ever, and each new call adds to them; pass a context with a timeout"
        )
    else:
        return
    if not message or mentions.in_module(view.program, view.package, BOUNDED):
        return
    yield Finding(
        call,
        message,
        span=view.span(call.fun),
    )


def _is_unary(view: View, call: ast.Call) -> bool:
    """True for `(ctx, *Request, ...grpc.CallOption) (*Reply, error)`, as protoc-gen-go-grpc
    writes it."""
    signature = core(view.type_of(call.fun))
    if not isinstance(signature, Signature) or not signature.variadic:
        return False
    if len(signature.params) != 3 or len(signature.results) != 2:
        return False
    options = signature.params[2].type
    return (
        is_context(signature.params[0].type)
        and isinstance(signature.params[1].type, Pointer)
        and isinstance(options, Slice)
        and is_named(options.elem, f"{GRPC}.CallOption")
        and isinstance(signature.results[0].type, Pointer)
        and str(signature.results[1].type) == "error"
    )


def _blocking_dial(view: View, call: ast.Call, name: str) -> str:
    """What to say of a dial that waits without end; "" if it does not."""
    options = {view.name_of(argument) for argument in call.args}
    if call.spread or f"{GRPC}.WithBlock" not in options or f"{GRPC}.WithTimeout" in options:
        return ""
    if name.endswith(".DialContext") and not never_expires(view.scope, call.args[0]):
        return ""
    return (
        "with WithBlock and no timeout this waits for as long as the server is away, and so does "
        "whoever needs the connection; dial without WithBlock, or with a context that has a timeout"
    )


RULE = Rule(
    id="GLC613",
    name="grpc-without-deadline",
    summary="gRPC call without a deadline",
    severity=Severity.WARNING,
    load=True,
    check=check,
    on=(ast.Call,),
    triggers=(b"context.Background(", b"context.TODO(", b"WithBlock("),
    enabled=False,
    source="S4.4",
    tests=False,
    tags=("grpc",),
)
