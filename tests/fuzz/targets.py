"""The parts that read what a repository holds, each as a function of bytes alone.

Whatever the bytes are, a target raises nothing: errors that are meant for the user are caught
here, and what must hold of every result is asserted. `benchmarks/coverage_fuzz.py` looks for
bytes that break them, and so does `tests/test_fuzz_targets.py` in small.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from golint_concurrency import baseline, changes, codeowners, patch_file, registry, suppress
from golint_concurrency.config import NAME, ConfigError, load, validate
from golint_concurrency.diagnostic import Diagnostic, Severity, Span
from golint_concurrency.globs import GlobError, Globs
from golint_concurrency.queries import text as query_text
from golint_concurrency.run import known_rules
from golint_concurrency.selection import KnownRule, matching
from golint_concurrency.semantics import constraints
from golint_concurrency.semantics.module import parse_mod
from golint_concurrency.syntax import ast
from golint_concurrency.syntax.file import File

_PATHS = ("a.go", "dir/a b.go", "a" * 80 + "/x.go", "[x]/*.go", "\udcff.go")


@cache
def _known() -> tuple[KnownRule, ...]:
    return tuple(known_rules(registry.load(plugins=False).rules))


@cache
def _folder() -> Path:
    """A folder of this process for those that read files only; in memory where there is such."""
    shared = Path("/dev/shm")
    folder = tempfile.mkdtemp(prefix="glc-fuzz-", dir=shared if shared.is_dir() else None)
    return Path(folder)


def lowering(content: bytes) -> None:
    """Every declaration is lowered, with places that lie in the file and in their parents."""
    file = File("a.go", content)
    assert all(0 <= start <= end <= len(content) for start, end in file.errors())
    for decl in file.decls:
        assert 0 <= decl.start <= len(content)
        assert file.decl_at(decl.start) is not None or decl.end <= decl.start
        root: ast.Node
        if decl.is_function:
            assert decl.signature().name is not None
            root = decl.function()
        elif decl.kind == "type":
            root = decl.type_spec()
        else:
            root = decl.value_spec()
        for node in ast.walk(root):
            assert 0 <= node.start <= node.end <= len(content), node
        file.doc(decl)
        assert decl.symbol
    constraints.of_file(content)
    constraints.package_clause(content)


def suppressions(content: bytes) -> None:
    """Directives in the comments of a file, against a finding on every line."""
    file = File("a.go", content)
    found = suppress.directives("a.go", file, lambda name: matching(name, _known()))
    for directive in found:
        assert 0 <= directive.span.start <= directive.span.end
        assert content[directive.span.start : directive.span.start + 2] == b"//"
        assert b"\n" not in content[directive.span.start : directive.span.end]
        assert suppress.mentions(content)
        if directive.ours:
            assert suppress.names_us(content), "a file that is passed over unread"
    at = 0
    items = []
    for line in content.split(b"\n"):
        items.append(Diagnostic("GLC401", "x", Severity.WARNING, Span("a.go", at, at), "x"))
        at += len(line) + 1
    verdict = suppress.judge(found, items, content, lambda _rule: True)
    assert len([item for item in verdict.kept if item.rule == "GLC401"]) + len(
        verdict.suppressed
    ) == len(items)
    for item in verdict.kept:
        for fix in item.fixes:
            assert all(0 <= edit.span.start <= edit.span.end <= len(content) for edit in fix.edits)


def config(content: bytes) -> None:
    """A configuration file of the repository."""
    folder = _folder()
    (folder / ".git").mkdir(exist_ok=True)
    (folder / NAME).write_bytes(content)
    try:
        loaded = load(folder)
        validate(loaded, _known())
    except ConfigError as error:
        assert error.messages
        assert all("\n" not in message for message in error.messages)
        return
    for path in _PATHS:
        loaded.excluded(folder / path)


def query_rules(content: bytes) -> None:
    """A query of a rule that is data, without tree-sitter's part of reading it."""
    with contextlib.suppress(query_text.QueryTextError):
        query_text.read(content.decode("utf-8", "replace"))


def modules(content: bytes) -> None:
    """A go.mod."""
    module = parse_mod(content.decode("utf-8", "replace"), Path("/nonexistent"))
    assert module is None or module.path


def owners(content: bytes) -> None:
    """A CODEOWNERS."""
    read = codeowners.parse(content.decode("utf-8", "replace"))
    for path in _PATHS:
        assert all("@" in owner for owner in read.of(path))


def globs(content: bytes) -> None:
    """Patterns of a configuration, one a line."""
    try:
        compiled = Globs(content.decode("utf-8", "surrogateescape").split("\n"))
    except GlobError:
        return
    for path in _PATHS:
        compiled.match(path)
        compiled.match(path, is_dir=True)


def patches(content: bytes) -> None:
    """A diff that names what is new."""
    with contextlib.suppress(patch_file.PatchError):
        changes.before_patch(content, str(_folder()))


def baselines(content: bytes) -> None:
    """A baseline."""
    path = _folder() / "baseline.json"
    path.write_bytes(content)
    try:
        read = baseline.read(path)
    except baseline.BaselineError as error:
        assert "\n" not in str(error)
        return
    path.write_bytes(baseline.render(read))
    assert baseline.read(path).findings == read.findings


@dataclass(frozen=True, slots=True)
class Target:
    """What is tried, with bytes to begin with and words that are worth a try in them."""

    run: Callable[[bytes], None]
    seeds: tuple[bytes, ...]
    words: tuple[str, ...] = ()


_GO = (
    b'package p\n\nimport (\n\t"time"\n\tm "sync"\n)\n\ntype T[K comparable, V ~int | string] struct {\n'
    b"\tm.Mutex `x:\"y\"`\n\tf func(a, b int, c ...V) (err error)\n}\n\nconst (\n\tA = iota\n\tB\n)\n\n"
    b"var x, y = map[string][]int{\"a\": {1, 2: 3}}, [...]int{1}\n\n"
    b"func (t *T[K, V]) g(c <-chan int) {\nL:\n\tfor i := range 10 {\n\t\tselect {\n"
    b"\t\tcase v, ok := <-c:\n\t\t\tgo func() { _ = v; _ = ok }()\n\t\tcase <-time.After(1):\n"
    b"\t\t\tcontinue L\n\t\tdefault:\n\t\t\tbreak\n\t\t}\n\t\tswitch z := any(i).(type) {\n"
    b"\t\tcase int, string:\n\t\t\tfallthrough\n\t\tdefault:\n\t\t\tdefer t.Lock()\n\t\t\t_ = z\n\t\t}\n\t}\n"
    b"\tif a := x[\"a\"][1:2:3]; a != nil {\n\t\tt.f(1, 2)\n\t} else {\n\t\ta[0]++\n\t}\n}\n"
)  # fmt: skip
_COMMENTS = (
    b"//glc:file-ignore GLC401 all of it\n\npackage p //nolint:all // why\n\nfunc f() { //glc:ignore GLC4 x\n"
    b"\t//lint:ignore GLC401,SA1000 because\n\tg() // nolint:errcheck, GLC401 // reason\n\t/* //nolint */\n"
    b"\t//nolint:golint-concurrency\n\tvar _ = `//nolint`\n}\n"
)
_CONFIG = (
    b'select = ["ALL"]\nignore = ["GLC4", "time-after-in-loop"]\nfail-on = "error"\n'
    b'format = "json"\ngo = "1.22"\nexclude = ["**/gen/**", "!a"]\njobs = 2\ntests = false\n'
    b'include-generated = true\n\n[per-file-ignores]\n"a/*.go" = ["ALL"]\n\n'
    b'[rules.GLC802]\nseverity = "note"\ndepth = 9\n\n[[overrides]]\npaths = ["x/**"]\nselect = ["GLC1"]\n'
)
_MOD = (
    b"module example.com/m // x\n\ngo 1.22.1\n\ntoolchain go1.23\n\nrequire (\n\ta.b/c v1.0.0 // indirect\n)\n\n"
    b'replace a.b/c v1.0.0 => ../c\n\nreplace (\n\t"x" => `y` v2\n)\n\nexclude a v1\n'
)
_OWNERS = b"# x\n* @a @b/c\n[Section][2] @d\n/docs/* x@y.z\n^[Other]\n*.go\n\\#x @e # why\n!no @f\na/**/b/ @g\n"
_PATCH = (
    b'diff --git a/a.go "b/a\\303.go"\nsimilarity index 90%\nrename from a.go\nrename to b.go\n'
    b"--- a/a.go\n+++ b/b.go\n@@ -1,2 +1,3 @@ f\n a\n-b\n+c\n+d\n\\ No newline at end of file\n"
    b"diff --git a/c.go b/c.go\nnew file mode 100644\n--- /dev/null\n+++ b/c.go\n@@ -0,0 +1 @@\n+package p\n"
)
_BASELINE = b'{"version": 1, "findings": [{"rule": "GLC401", "path": "a.go", "symbol": "f", "text": "x", "count": 2}]}'
_QUERY = (
    b"((call_expression function: (selector_expression operand: (_) @pkg field: (field_identifier) @f)\n"
    b'  arguments: [(argument_list "," . (_)+ @arg) (x)?])\n (#eq? @f "After") (#not-in-loop? @f) ; x\n)\n'
)

TARGETS = {
    "lowering": Target(
        lowering,
        (_GO,),
        ("func", "chan", "<-", "select", "case", "interface", "struct", "goto", ":=", "...", "`", "[T any]"),
    ),
    "suppressions": Target(
        suppressions,
        (_COMMENTS,),
        ("//nolint", "//lint:ignore", "//glc:", "file-ignore", "GLC", "all", "// ", ":", "package"),
    ),
    "config": Target(
        config,
        (_CONFIG, b'extends = "base.toml"\nquery-rules = ["rules.toml"]\n'),
        ("select", "severity", "paths", "overrides", '"""', "[[", "1979-05-27", "rules")
    ),
    "modules": Target(modules, (_MOD,), ("module ", "replace", "=>", "require (", "go ", "//")),
    "owners": Target(owners, (_OWNERS,), ("@", "**", "[", "^[", "#")),
    "globs": Target(globs, (b"**/a/*.go\n!x[a-z]?/\n{a,b}/\\*\n",), ("**/", "/**", "[!", "{a,", "\\")),
    "patches": Target(patches, (_PATCH,), ("@@ -1 +1 @@", "--- ", "+++ ", "rename from ", "copy to ")),
    "baselines": Target(baselines, (_BASELINE,), ('"count"', '"findings"', "1e999", "null")),
    "query_rules": Target(query_rules, (_QUERY,), ("(#", "@x", "(_)", "[", ":", ".", "!")),
}  # fmt: skip
"""All targets by name."""
