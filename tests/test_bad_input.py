"""Whatever lies in a repository: a clear word on stderr or a clean result, never a traceback.

In each case a good file lies beside the bad one and must be linted all the same.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.command import Ran, run, run_bound

MISTAKE = """package p

import "time"

func f(c chan int) {
	for {
		select {
		case <-c:
		case <-time.After(time.Minute):
		}
	}
}
"""
FOUND = "9 GLC401"
DEEP = 100_000


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A module with a mistake in good/a.go."""
    (tmp_path / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
    (tmp_path / "good").mkdir()
    (tmp_path / "good" / "a.go").write_text(MISTAKE)
    return tmp_path


def lint(tree: Path, *arguments: str | bytes, code: int = 1) -> Ran:
    """Lint, and see that the good file was linted and no control character came through."""
    ran = run("check", *arguments, "-q", cwd=tree)
    assert ran.code == code, ran.err
    for text in (ran.out, ran.err):
        assert not [char for char in text if not char.isprintable() and char not in "\n"]
    assert f"good/a.go:{FOUND}" in ran.found
    return ran


# --- paths


def test_no_such_path(tree: Path) -> None:
    ran = lint(tree, "missing", "good", code=2)
    assert ran.err == (
        "golint-concurrency: error: missing: no such file or directory; "
        "give files, directories or ./...\n"
    )


@pytest.mark.parametrize("path", ["", "a\x1b[31mb", "new\nline", "..." * 400, b"\xff\xfe"])
def test_strange_path(tree: Path, path: str | bytes) -> None:
    ran = lint(tree, path, ".", code=2)
    assert ran.err.count("\n") == 1
    assert "no such file or directory" in ran.err


def test_directory_without_go_files(tree: Path) -> None:
    (tree / "empty").mkdir()
    (tree / "empty" / "README").write_text("x")
    ran = run("empty", cwd=tree)
    assert (ran.code, ran.out) == (0, "")
    assert "note: empty: no Go files to lint here" in ran.err
    assert "no findings in 0 files" in ran.err
    assert lint(tree, "empty", "good").err == ""


def test_named_file_that_is_not_go(tree: Path) -> None:
    lint(tree, "go.mod", "good")


def test_symlink_loop(tree: Path) -> None:
    (tree / "loop").symlink_to(tree)
    (tree / "a.go").symlink_to("b.go")
    (tree / "b.go").symlink_to("a.go")
    assert lint(tree, "./...").err == ""
    assert "a.go: cannot be read" in lint(tree, "a.go", "./...", code=2).err


def test_file_name_that_acts(tree: Path) -> None:
    name = "x\n::error file=a::b\x1b]0;title\x07\u202egnp.go"
    (tree / name).write_text(MISTAKE)
    (tree / os.fsdecode(b"\xff\xfe.go")).write_text(MISTAKE)
    ran = lint(tree, "./...")
    assert len(ran.found) == 3
    assert len(ran.out.splitlines()) == 3
    for form in ("json", "sarif", "github", "jsonl", "gitlab", "checkstyle", "junit", "rdjson"):
        shown = run("check", "--format", form, "-q", cwd=tree)
        assert shown.code == 1
        assert "\x1b" not in shown.out
        assert not [line for line in shown.out.splitlines() if line.startswith("::error file=a::")]


def test_directory_name_that_acts(tree: Path) -> None:
    folder = tree / "d\x1b[2J\n"
    folder.mkdir()
    (folder / "a.go").write_text(MISTAKE)
    assert "d\\x1b[2J\\n/a.go:9 GLC401" in lint(tree, "./...").found


# --- things that are no files


def test_directory_called_like_a_file(tree: Path) -> None:
    (tree / "x.go").mkdir()
    (tree / "x.go" / "y.go").write_text(MISTAKE)
    assert "x.go/y.go:9 GLC401" in lint(tree, "./...").found


def test_fifo(tree: Path) -> None:
    os.mkfifo(tree / "good" / "pipe.go")
    ran = lint(tree, "./...")
    assert ran.err == ("golint-concurrency: note: good/pipe.go: not a regular file; left out\n")
    ran = lint(tree, "good/pipe.go", "good/a.go", code=2)
    assert "error: good/pipe.go: not a regular file; left out" in ran.err


def test_fifo_instead_of_go_mod(tree: Path) -> None:
    (tree / "go.mod").unlink()
    os.mkfifo(tree / "go.mod")
    os.mkfifo(tree / "go.work")
    assert run("check", "-q", cwd=tree, timeout=20).found


def test_device(tree: Path) -> None:
    (tree / "zero.go").symlink_to("/dev/zero")
    assert "not a regular file" in lint(tree, "zero.go", "good", code=2).err


def test_no_permission(tree: Path) -> None:
    (tree / "secret.go").write_text(MISTAKE)
    (tree / "secret.go").chmod(0)
    ran = run_bound("check", "--select", "GLC401", "-q", "./...", cwd=tree)
    assert ran.code == 2
    assert "secret.go: cannot be read: Permission denied" in ran.err


# --- contents


def test_not_utf8(tree: Path) -> None:
    latin = MISTAKE.replace('"time"', '"time" // f\xfcr').replace("<-c:", '<-c: // "\xe9\xff"')
    (tree / "latin.go").write_bytes(latin.encode("latin-1"))
    (tree / "utf16.go").write_bytes(MISTAKE.encode("utf-16"))
    ran = lint(tree, "./...")
    assert "latin.go:9 GLC401" in ran.found
    for form in ("json", "sarif", "github", "junit"):
        assert run("check", "--format", form, cwd=tree).code == 1


def test_byte_order_mark_and_line_ends(tree: Path) -> None:
    (tree / "bom.go").write_bytes(b"\xef\xbb\xbf" + MISTAKE.encode())
    (tree / "crlf.go").write_bytes(MISTAKE.replace("\n", "\r\n").encode())
    ran = lint(tree, "./...")
    assert "bom.go:9 GLC401" in ran.found
    assert "crlf.go:9 GLC401" in ran.found


@pytest.mark.parametrize("content", [b"", b"\n", b"\xef\xbb\xbf", b"package", b"// time.After"])
def test_hardly_anything(tree: Path, content: bytes) -> None:
    (tree / "good" / "b.go").write_bytes(content)
    assert lint(tree, "./...").err == ""


def test_huge(tree: Path) -> None:
    (tree / "huge.go").write_text(MISTAKE + "// time.After\n" * (20_000_000 // 14))
    ran = lint(tree, "./...", code=2)
    assert ran.err == "golint-concurrency: error: huge.go: larger than 10 MiB; left out\n"


def test_large_but_read(tree: Path) -> None:
    (tree / "large.go").write_text(MISTAKE + "// time.After\n" * (9_000_000 // 14))
    assert "large.go:9 GLC401" in lint(tree, "./...").found


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings(tree: Path, encoding: str) -> None:
    """Go source is UTF-8; what is not must not pass for clean without a word."""
    (tree / "wide.go").write_bytes(MISTAKE.encode(encoding))
    ran = lint(tree, "./...")
    assert "wide.go: not Go source" in ran.err
    assert len(ran.found) == 1


def test_garbage(tree: Path) -> None:
    noise = random.Random(1)
    for at in range(4):
        words = [
            b"time.After(1)",
            b"for {",
            b"go func() {",
            b"\x00\x1b[31m",
            b"}",
            b"\n",
            b"select",
        ]
        content = b"".join(
            noise.choice([noise.randbytes(noise.randrange(40)), *words]) for _ in range(2000)
        )
        (tree / f"noise{at}.go").write_bytes(MISTAKE.encode() * (at % 2) + content)
    lint(tree, "./...", "--select", "ALL")


def expression(text: str) -> str:
    return f"func g() {{\n\ttime.Sleep(1)\n\tx := {text}\n\t_ = x\n}}\n"


def body(text: str) -> str:
    return f"func g(c chan int) {{\n\tfor {{\n\t\t<-time.After(1)\n\t}}\n{text}\n}}\n"


NESTED = {
    "parens": expression("(" * DEEP + "1" + ")" * DEEP),
    "open": expression("(" * DEEP),
    "binary": expression("+".join(["1"] * DEEP)),
    "unary": expression("!" * DEEP + "true"),
    "receive": expression("<-" * DEEP + "c"),
    "selectors": expression("a" + ".b" * DEEP),
    "calls": expression("f(" * DEEP + ")" * DEEP),
    "chain": expression("f" + "()" * DEEP),
    "index": expression("a[" * DEEP + "0" + "]" * DEEP),
    "literals": expression("[]any{" * DEEP + "}" * DEEP),
    "closures": body("func() {" * DEEP + "}()" * DEEP),
    "goroutines": body("go func() {" * DEEP + "}()" * DEEP),
    "blocks": body("{" * DEEP + "}" * DEEP),
    "ifs": body("if true {" * DEEP + "}" * DEEP),
    "elses": body("if true {} else " * DEEP + "{}"),
    "loops": body("for {" * DEEP + "}" * DEEP),
    "selects": body("select { case <-c: " * DEEP + "}" * DEEP),
    "slices": f"var y {'[]' * DEEP}int\n",
    "channels": f"var y {'chan ' * DEEP}int\n",
    "maps": f"var y {'map[string]' * DEEP}int\n",
    "pointers": f"func g(y {'*' * DEEP}int) {{ time.After(1) }}\n",
    "structs": f"type S {'struct{a ' * DEEP}int{'}' * DEEP}\n",
    "comments": "/*" * DEEP,
}


@pytest.mark.parametrize("kind", NESTED)
def test_nested_deeply(tmp_path: Path, kind: str) -> None:
    (tmp_path / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
    (tmp_path / "a.go").write_text(MISTAKE + NESTED[kind])
    ran = run("check", "--select", "ALL", "-q", cwd=tmp_path, timeout=60)
    assert ran.code == 1
    assert f"a.go:{FOUND}" in ran.found, "what stands before the hostile part is still linted"
    assert ran.err == ""


def test_broken_part_is_said(tree: Path) -> None:
    (tree / "broken.go").write_text(MISTAKE + "\nfunc g( {\n")
    found = lint(tree, "./...").found
    assert "broken.go:9 GLC401" in found
    assert [line for line in found if line.startswith("broken.go") and "GLC002" in line]


# --- configuration


def test_hostile_configuration_loads_no_code(tree: Path) -> None:
    trap = tree / "trap.py"
    trap.write_text("open('sprung', 'w').close()\n")
    for module in ("golint_concurrency_rules.py", "sitecustomize.py", "conftest.py", "click.py"):
        (tree / module).write_text(trap.read_text())
    (tree / "golint_concurrency").mkdir()
    (tree / "golint_concurrency" / "__init__.py").write_text(trap.read_text())
    for text in (
        'rules = ["trap.py"]',
        'plugins = ["trap"]',
        'extends = "trap.py"',
        '[rules."trap.py"]\npath = "trap.py"',
        "[tool.golint-concurrency]\nrules = ['trap.py']",
    ):
        (tree / ".golint-concurrency.toml").write_text(text)
        ran = run("./...", cwd=tree)
        assert ran.code == 2
        assert ".golint-concurrency.toml:" in ran.err or "trap.py:" in ran.err
    (tree / ".golint-concurrency.toml").unlink()
    assert run("./...", cwd=tree).code == 1
    assert not list(tree.rglob("sprung"))
