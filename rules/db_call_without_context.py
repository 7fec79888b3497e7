"""## What it finds
`Query`, `QueryRow`, `Exec`, `Prepare`, `Begin` and `Ping` of `database/sql`, and their kin of sqlx,
where the form that takes a context exists.

## What happens under load
Without a context nothing ends the call: neither the client that hung up nor a deadline. A query
waits for a free connection, then for the database. When that takes 30 seconds for once, a service
at 200 requests a second has 6,000 goroutines in line for 25 connections, and most of them work for
clients that left long ago. With a context each gives its place up after the second that the client
is ready to wait.

## Example
```go
func (s *Store) Rename(ctx context.Context, id int64, name string) error {
        _, err := s.db.Exec("update users set name = $1 where id = $2", name, id)
        return err
}
```

## Use instead
```go
func (s *Store) Rename(ctx context.Context, id int64, name string) error {
        _, err := s.db.ExecContext(ctx, "update users set name = $1 where id = $2", name, id)
        return err
}
```

## When it stays silent
- A type of one's own whose method of that name is not the library's.
- Where there is no context: `if ctx != nil { ... } else { db.Query(q) }`.
- Calls without a context form: `Commit`, `Rollback`, `Rows.Scan`.
- Test files.

It is a note in a program that serves nothing, and in code that only prepares the database:
statements that create, alter or drop something, migrations, what `main`, `init` or a constructor
does once, and calls in the function that opens the pool. It is also one where the package, or the
whole module, works on SQLite: a file has no peer that hangs. Where no context is at hand, it is a
warning in request code only, and there a note in a method that only passes its parameters on: its
callers have to be given a context first.

## Go versions
All.

## Fix
Safe where the function has a context: it is passed. Unsafe where rows outlive a context that is
made here, after a wait for its end, and where it belongs to a function around this closure. Unsafe elsewhere, also in deferred calls and goroutines:
`context.TODO()`, which compiles and marks the place where a context has to come from.

## Source
Article chapter 4.4 (calls without a deadline); package documentation of `database/sql`; noctx.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golint_concurrency.diagnostic import Edit, Fix, Severity
from golint_concurrency.edits import prepend_argument
from golint_concurrency.rule import Finding, Rule, View
from golint_concurrency.semantics import contexts, facts, infer, mentions
from golint_concurrency.semantics.callgraph import initial_value
from golint_concurrency.semantics.delegation import passes_on
from golint_concurrency.semantics.members import select
from golint_concurrency.semantics.objects import Local
from golint_concurrency.semantics.requests import request_of
from golint_concurrency.semantics.servers import serves
from golint_concurrency.syntax import ast

MODULES = ("database/sql.", "github.com/jmoiron/sqlx.")
METHODS = re.compile(
    r"(Must|Named)?(Query|QueryRow|Exec|Prepare|Begin|Ping|Get|Select)(x|Named)?\Z"
)
TWINS = {
    name: known.get("twin") or ""
    for name in facts.named("twin")
    if name.startswith(MODULES)
    and METHODS.match(name.rpartition(".")[2])
    and (known := facts.of(name)) is not None
}
ENDS_HERE = re.compile(r"Exec|Ping|Get|Select")
"""Methods after which nothing is left that needs the context."""
OPENERS = frozenset(
    [
        "database/sql.Open",
        "database/sql.OpenDB",
        "github.com/jmoiron/sqlx.Open",
        "github.com/jmoiron/sqlx.Connect",
        "github.com/jmoiron/sqlx.NewDb",
        "github.com/jmoiron/sqlx.MustOpen",
        "github.com/jmoiron/sqlx.MustConnect",
    ]
)
OPENS = re.compile(r"(\A|[a-z])(Open|Connect)(DB|Database)?\Z|(open|connect)\Z")
EMBEDDED = re.compile(r"(?i)\bgo-sqlite\d?\b|\bsqlite\d?\b")
FILES = (b"/go-sqlite", b"modernc.org/sqlite", b"glebarez/sqlite", b"gorm.io/driver/sqlite")
REMOTE = (
    b"lib/pq",
    b"/pgx",
    b"driver/postgres",
    b"driver/mysql",
    b"/mysql",
    b"mssql",
    b"sqlserver",
    b"clickhouse",
    b"/godror",
    b"go-oracle",
    b"go-ora",
    b"snowflake",
    b"libsql",
)
DRIVERS = (*FILES, *REMOTE)
"""Words of import paths that tell which databases a module can talk to."""
DEFINES = re.compile(r"(?i)(\s*--[^\n]*\n)*\s*(create|alter|drop)\s")
ONCE = re.compile(
    r"(?i)migrat|install|seed|bootstrap|(create|drop|alter|init|ensure|apply|set_?up)\w*(table|schema)"
)


def check(view: View, call: ast.Call) -> Iterator[Finding]:
    fun = ast.unparen(call.fun)
    twin = TWINS[view.name_of(call)]
    if not isinstance(fun, ast.Selector) or not _has(view, fun, twin):
        return
    held = contexts.in_scope(view.scope, call)
    if held is not None and (held.goroutine or held.root):
        held = None
    if held is not None and _is_missing(view, call, held.text):
        return
    value = view.text(fun.x) if len(view.text(fun.x)) < 30 else "it"
    if held is not None:
        message = (
            f"the database works on after {held.text} is done, and a connection of the pool is "
            f"held for an answer that nobody waits for; write {value}.{twin}({held.text}, ...)"
        )
    else:
        message = (
            "nothing ends this call when the database is slow: callers pile up behind it, each "
            f"with a connection or in line for one; write {value}.{twin} with a context that has "
            "a deadline"
        )
    yield Finding(
        call,
        message,
        severity=Severity.NOTE if _is_minor(view, call, fun.x, held is not None) else None,
        fixes=(_fix(view, call, fun, twin),),
        span=view.span(call.fun),
    )


def _has(view: View, fun: ast.Selector, twin: str) -> bool:
    """True if the value has the library's own method `twin`."""
    selection = infer.selection_of(view.scope, fun)
    if selection is None:
        return False
    other = select(view.type_of(fun.x), twin)
    return other is not None and str(other.owner).strip("*") == str(selection.owner).strip("*")


def _is_missing(view: View, call: ast.Call, name: str) -> bool:
    """True where there is no context: `if ctx != nil { ...Context(ctx) } else { here }`."""
    node: ast.Node = call
    up = call.parent
    while up is not None and not isinstance(up, ast.FuncDecl | ast.FuncLit):
        if isinstance(up, ast.If):
            text = view.text(up.cond)
            if text == f"{name} != nil" and node is up.orelse:
                return True
            if text == f"{name} == nil" and node is up.then:
                return True
        node, up = up, up.parent
    return False


def _is_over(context: Local, call: ast.Call) -> bool:
    """True if the code before the call waits for the context's end: this may be the cleaning up."""
    return any(
        use.start < call.start
        and isinstance(use.parent, ast.Selector)
        and use.parent.sel.name in ("Done", "Err")
        for use in context.uses
    )


def _is_minor(view: View, call: ast.Call, value: ast.Expr, held: bool) -> bool:
    """True while the program starts, for a database that is a file of the process itself, and in
    a method that has no context to give because its callers do not."""
    info = view.function_of(call)
    if not held and info is not None and passes_on(info, call):
        return True
    return (
        _sets_up(view, call)
        or _runs_once(view)
        or _opens(view, value)
        or (not held and (info is None or request_of(info) is None))
        or _is_embedded(view)
    )


def _sets_up(view: View, call: ast.Call) -> bool:
    """True for a statement that makes or changes tables, as its text says."""
    text: ast.Expr | None = call.args[0] if call.args else None
    if isinstance(text, ast.Ident) and isinstance(text.obj, Local):
        text = initial_value(text.obj) or text
    if isinstance(text, ast.Call) and view.name_of(text) == "fmt.Sprintf" and text.args:
        text = text.args[0]
    while isinstance(text, ast.Binary):
        text = text.x
    value = view.constant(text) if text is not None else None
    return isinstance(value, str) and DEFINES.match(value) is not None


def _is_embedded(view: View) -> bool:
    """True if the package, or all of the module, knows of no database but one that is a file."""
    found = mentions.in_module(view.program, view.package, DRIVERS)
    if found and not found & frozenset(REMOTE):
        return True
    package = view.package
    if "embedded-sql" not in package.memo:
        paths = [spec.path for file in package.files for spec in file.imports]
        package.memo["embedded-sql"] = any(EMBEDDED.search(path) for path in (package.path, *paths))
    return bool(package.memo["embedded-sql"])


def _runs_once(view: View) -> bool:
    if view.in_main and not serves(view.package):
        return True
    if not view.decl.receiver and (
        view.decl.name in ("main", "init") or view.decl.name.startswith(("New", "new"))
    ):
        return True
    file = view.path.replace("\\", "/").rpartition("/")[2]
    return any(ONCE.search(name) for name in (view.decl.name, view.package.path, file))


def _opens(view: View, value: ast.Expr) -> bool:
    """True if the function has opened the pool itself: this is how the program starts."""
    if isinstance(value, ast.Selector):
        text = view.text(value)
        info = view.function_of(value)
        body = info.node.body if info is not None else None
        return body is not None and any(
            isinstance(node, ast.Assign)
            and len(node.rhs) == 1
            and view.text(node.lhs[0]) == text
            and _is_opener(view, node.rhs[0])
            for node in ast.walk_function(body)
        )
    local = value.obj if isinstance(value, ast.Ident) else None
    if not isinstance(local, Local):
        return False
    sources = [local.node, *(use.parent for use in local.uses)]
    return any(
        isinstance(source, ast.Assign)
        and len(source.rhs) == 1
        and isinstance(source.lhs[0], ast.Ident)
        and source.lhs[0].name == local.name
        and _is_opener(view, source.rhs[0])
        for source in sources
    )


def _is_opener(view: View, value: ast.Expr) -> bool:
    """True for a call that opens a pool, by the library or, of whatever it is, by its name."""
    if view.name_of(value) in OPENERS:
        return True
    value = ast.unparen(value)
    return isinstance(value, ast.Call) and OPENS.search(ast.last_name(value.fun)) is not None


def _fix(view: View, call: ast.Call, fun: ast.Selector, twin: str) -> Fix:
    held = contexts.in_scope(view.scope, call)
    imports: tuple[Edit, ...] = ()
    safe = False
    if held is not None and not held.goroutine:
        text = held.text
        safe = held.local.role == "param" or held.root or bool(ENDS_HERE.search(fun.sel.name))
        # A closure may run when the context of the function around it is over.
        safe = safe and held.local.owner is ast.enclosing_function(call)
        safe = safe and not _is_over(held.local, call)
    else:
        name, imports = view.import_name("context")
        text = f"{name}.TODO()"
    given = f"{text}, nil" if twin.startswith(("Begin", "MustBegin")) else text
    edits = (*imports, view.replace(fun.sel, twin), *prepend_argument(view, call, given))
    return Fix(f"call {twin} with {text}", edits, safe=safe)


RULE = Rule(
    id="GLC703",
    name="db-call-without-context",
    summary="database call without a context",
    severity=Severity.WARNING,
    load=True,
    check=check,
    calls=tuple(sorted(TWINS)),
    triggers=(
        b".Query(",
        b".Queryx(",
        b".QueryRow(",
        b".QueryRowx(",
        b".NamedQuery(",
        b"Exec(",
        b".Prepare",
        b".Begin",
        b".MustBegin(",
        b".Ping()",
        b".Get(&",  # sqlx: into a variable, unlike the many other Gets
        b".Get(dest",
        b".Select(&",
        b".Select(dest",
    ),
    source="S4.4",
    fix="safe",
    tests=False,
    yields_to=("GLC803",),
    tags=("database", "context"),
)
