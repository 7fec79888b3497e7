"""## What it finds
JSON that request code, or a loop, decodes into `map[string]any`, `any` or a slice of them, to read
keys from it that are written out in the program.

## What happens under load
Every key becomes a string of its own, every number an interface around a float, every level a map
with its buckets: a document of 10 kB turns into 500 allocations, where a struct needs a dozen and
skips what nobody reads. At 2,000 requests a second that is a million objects a second, and a
quarter of the cores collect garbage while latencies follow its rhythm.

## Example
```go
var in map[string]any
if err := json.NewDecoder(r.Body).Decode(&in); err != nil { ... }
name, _ := in["name"].(string)
```

## Use instead
```go
var in struct {
        Name string `json:"name"`
}
if err := json.NewDecoder(r.Body).Decode(&in); err != nil { ... }
```
`json.RawMessage` for parts that are only passed on.

## When it stays silent
- The value is passed on, ranged over or encoded again: no key of it is named here.
- The code runs once, as far as can be seen: no handler, no loop.
- Test files.

## Go versions
All.

## Source
Article chapter 1 (allocation on hot paths); package documentation of `encoding/json`, `Unmarshal`.
"""

from __future__ import annotations

from collections.abc import Iterator

from golint_concurrency.diagnostic import Severity
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics.denote import core
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.repeats import repeat_of
from golint_concurrency.semantics.types import Interface, Map, Slice, Type
from golint_concurrency.syntax import ast

SONIC = "github.com/bytedance/sonic"
TARGETS = {
    "encoding/json.Unmarshal": 1,
    "encoding/json.Decoder.Decode": 0,
    f"{SONIC}.Unmarshal": 1,
    f"{SONIC}.UnmarshalString": 1,
    f"{SONIC}.Decoder.Decode": 0,
}


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    index = TARGETS[view.name_of(call)]
    target = ast.unparen(call.args[index]) if index < len(call.args) else None
    if not isinstance(target, ast.Unary) or target.op != "&":
        return
    variable = ast.unparen(target.x)
    local = variable.obj if isinstance(variable, ast.Ident) else None
    if not isinstance(local, Local) or not _is_untyped(view.type_of(variable)):
        return
    read = _key_of(view, local)
    if read is None or repeat_of(view.scope, call) is None:
        return
    yield Finding(
        call,
        f"decoding into {view.text(variable)} allocates every key and value of the document, each "
        "time this runs: under load the garbage collector takes the cores; decode into a struct "
        "with the fields that are read",
        (view.related(read, "reads this key"),),
        span=view.span(call.fun),
    )


def _is_untyped(type_: Type) -> bool:
    """`any`, `map[string]any`, and slices of them."""
    shape = core(type_)
    if isinstance(shape, Slice):
        shape = core(shape.elem)
    if isinstance(shape, Map):
        if str(core(shape.key)) != "string":
            return False
        shape = core(shape.elem)
    return isinstance(shape, Interface) and not shape.methods and not shape.embeds


def _key_of(view: View, local: Local) -> ast.Index | None:
    """Where a key that is written out is read from the value, or from what is asserted of it.

    None if the whole value goes elsewhere as well, or keys are added to it.
    """
    read: ast.Index | None = None
    for use in local.uses:
        up: ast.Node | None = use.parent
        if isinstance(up, ast.Return) or (
            isinstance(up, ast.Call) and use in up.args and view.name_of(up) != "builtin.len"
        ):
            return None
        while isinstance(up, ast.TypeAssert | ast.Paren | ast.Index):
            if isinstance(up, ast.Index) and isinstance(view.constant(up.indices[0]), str):
                if isinstance(up.parent, ast.Assign) and up in up.parent.lhs:
                    return None
                read = read or up
                break
            up = up.parent
    return read


RULE = Rule(
    id="GLC907",
    name="untyped-json-on-hot-path",
    summary="JSON decoded into maps for each request, where fields are known",
    severity=Severity.NOTE,
    check=check,
    calls=tuple(TARGETS),
    triggers=(b".Unmarshal", b".Decode("),
    enabled=False,
    source="S1",
    tests=False,
    tags=("runtime",),
)
